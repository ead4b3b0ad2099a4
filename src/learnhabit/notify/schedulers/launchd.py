"""An agent of launchd. Written by its documentation and tested against recorded calls; not run on a Mac."""

from __future__ import annotations

import os
import plistlib
import sys

from learnhabit.notify.calling import call, required
from learnhabit.notify.schedulers.scheduler import Planned, State, content, remove, write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

LABEL = "org.learnhabit.remind"


class Launchd:
    """Each minute while the person is logged in."""

    name = "launchd"
    about = "a launchd agent, every minute, also while the app is closed"
    systems: tuple[str, ...] = ("darwin",)

    def is_available(self) -> bool:
        """It always is there."""
        return True

    def files(self, command: Sequence[str]) -> tuple[Planned, ...]:
        """The agent's property list."""
        agent = {
            "Label": LABEL,
            "ProgramArguments": list(command),
            "StartInterval": 60,
            "RunAtLoad": True,
            "ProcessType": "Background",
        }
        return (Planned(path=_path(), text=plistlib.dumps(agent).decode()),)

    def install(self, command: Sequence[str]) -> None:
        """Write the agent and load it, in the place of an older one."""
        for planned in self.files(command):
            write(planned.path, planned.text.encode())
        call(["launchctl", "bootout", f"{_domain()}/{LABEL}"])
        try:
            required(["launchctl", "bootstrap", _domain(), _path()], "launchd did not take the agent")
        except BaseException:
            remove(_path())
            raise

    def installed(self) -> str:
        """What is installed, as it stands there; empty when nothing is."""
        return content(_path())

    def uninstall(self) -> bool:
        """Unload the agent and remove its file."""
        call(["launchctl", "bootout", f"{_domain()}/{LABEL}"])
        return remove(_path())

    def state(self) -> State:
        """Whether it is loaded."""
        if not os.path.exists(_path()):
            return State(installed=False, running=False, detail="")
        loaded = call(["launchctl", "print", f"{_domain()}/{LABEL}"]).code == 0
        return State(installed=True, running=loaded, detail="" if loaded else "launchd has not loaded the agent")


def _path() -> str:
    return os.path.expanduser(f"~/Library/LaunchAgents/{LABEL}.plist")


def _domain() -> str:
    return f"gui/{os.getuid() if sys.platform != 'win32' else 0}"
