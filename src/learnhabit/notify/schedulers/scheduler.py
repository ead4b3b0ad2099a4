"""What every scheduler of a system can do, and the files that they leave."""

from __future__ import annotations

import os

from learnhabit.domain.record import Record
from learnhabit.errors import LearnhabitError
from learnhabit.files import write_whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Protocol

    class Scheduler(Protocol):
        """A system's way to run a command each minute."""

        name: str
        """As `--with` takes it."""
        about: str
        """For a person: what it is and when it runs."""
        systems: tuple[str, ...]
        """Beginnings of `sys.platform` on which there may be one."""

        def is_available(self) -> bool:
            """Whether this machine has it, and it answers; asked on its systems only."""

        def files(self, command: Sequence[str]) -> tuple[Planned, ...]:
            """What `install` would write."""

        def install(self, command: Sequence[str]) -> None:
            """Let the command run each minute; once more changes nothing. LearnhabitError when the system refuses."""

        def installed(self) -> str:
            """What is installed, as it stands there; empty when nothing is."""

        def uninstall(self) -> bool:
            """Take it away again, and nothing else; False when it was not there."""

        def state(self) -> State:
            """Whether it is there, and whether it runs."""


class Planned(Record):
    """A file, or a part of one, that is written."""

    path: str
    text: str


class State(Record):
    """How a scheduler stands."""

    installed: bool
    running: bool
    detail: str
    """What is wrong, in words; empty when nothing is."""


def write(path: str, data: bytes) -> None:
    """Write a file of the system's configuration, and the folders that lead to it."""
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        write_whole(path, data, mode=0o644)
    except OSError as error:
        raise LearnhabitError(f"{path} could not be written", error.strerror or str(error)) from None


def content(path: str) -> str:
    """What a file holds; nothing where it is not there or can't be read."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def remove(path: str) -> bool:
    """Remove a file; False when it was not there."""
    try:
        os.unlink(path)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise LearnhabitError(f"{path} could not be removed", error.strerror or str(error)) from None
    return True


def config_home() -> str:
    """Where programs of this user keep their configuration."""
    return os.environ.get("XDG_CONFIG_HOME", "").strip() or os.path.expanduser("~/.config")
