"""A user timer of systemd."""

from __future__ import annotations

import os
import shutil

from learnhabit.notify.calling import call, required
from learnhabit.notify.schedulers.scheduler import Planned, State, config_home, content, remove, write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

UNIT = "learnhabit-remind"


class Systemd:
    """Each minute while the person is logged in, whether the app is open or not; missed minutes are caught up."""

    name = "systemd"
    about = "a systemd user timer, every minute, also while the app is closed"
    systems: tuple[str, ...] = ("linux",)

    def is_available(self) -> bool:
        """Whether this user's systemd answers."""
        return shutil.which("systemctl") is not None and call(["systemctl", "--user", "show-environment"]).code == 0

    def files(self, command: Sequence[str]) -> tuple[Planned, ...]:
        """The service and its timer."""
        return (
            Planned(path=_path("service"), text=service_text(command)),
            Planned(path=_path("timer"), text=TIMER),
        )

    def install(self, command: Sequence[str]) -> None:
        """Write both and start the timer; what was written goes again when systemd refuses it."""
        for planned in self.files(command):
            write(planned.path, planned.text.encode())
        try:
            required(["systemctl", "--user", "daemon-reload"], "systemd did not read the timer")
            required(["systemctl", "--user", "enable", "--now", f"{UNIT}.timer"], "systemd did not start the timer")
        except BaseException:
            self._remove_files()
            raise

    def installed(self) -> str:
        """What is installed, as it stands there; empty when nothing is."""
        return content(_path("service"))

    def uninstall(self) -> bool:
        """Stop the timer and remove both files."""
        if not any(os.path.exists(_path(kind)) for kind in ("service", "timer")):
            return False
        call(["systemctl", "--user", "disable", "--now", f"{UNIT}.timer"])
        self._remove_files()
        call(["systemctl", "--user", "daemon-reload"])
        return True

    def state(self) -> State:
        """Whether the timer is enabled and active."""
        if not os.path.exists(_path("timer")):
            return State(installed=False, running=False, detail="")
        enabled = call(["systemctl", "--user", "is-enabled", f"{UNIT}.timer"])
        active = call(["systemctl", "--user", "is-active", f"{UNIT}.timer"])
        wrong = ""
        if enabled.code:
            wrong = "its timer is not enabled"
        elif active.code:
            wrong = f"its timer is {active.out.strip() or 'not active'}"
        return State(installed=True, running=not wrong, detail=wrong)

    def _remove_files(self) -> None:
        for kind in ("timer", "service"):
            remove(_path(kind))


def _path(kind: str) -> str:
    return os.path.join(config_home(), "systemd", "user", f"{UNIT}.{kind}")


TIMER = """\
[Unit]
Description=Every minute: learnhabit looks whether a reminder is due

[Timer]
OnCalendar=*:*:00
AccuracySec=5s
Persistent=true

[Install]
WantedBy=timers.target
"""


def service_text(command: Sequence[str]) -> str:
    """The service; without a session bus there is nobody to notify, and it waits for the next minute."""
    return f"""\
[Unit]
Description=learnhabit sends the reminders that are due
ConditionPathExists=%t/bus

[Service]
Type=oneshot
TimeoutStartSec=90
ExecStart={" ".join(_quoted(each) for each in command)}
"""


def _quoted(argument: str) -> str:
    for character, escape in (("\\", "\\\\"), ('"', '\\"'), ("%", "%%"), ("$", "$$"), ("\n", "\\n")):
        argument = argument.replace(character, escape)
    return f'"{argument}"'
