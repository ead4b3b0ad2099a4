"""What every scheduler of a system can do, and the one way in which they call its programs."""

from __future__ import annotations

import os
import subprocess
import tempfile

from learnhabit.domain.record import Record
from learnhabit.errors import LearnhabitError

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

        def is_available(self) -> bool:
            """Whether this machine has it, and it answers."""

        def files(self, command: Sequence[str]) -> tuple[Planned, ...]:
            """What `install` would write."""

        def install(self, command: Sequence[str]) -> None:
            """Let the command run each minute; once more changes nothing. LearnhabitError when the system refuses."""

        def uninstall(self) -> bool:
            """Take it away again, and nothing else; False when it was not there."""

        def state(self) -> State:
            """Whether it is there, and whether it runs."""


SECONDS = 30
"""A program of the system that takes longer hangs."""


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


class Said(Record):
    """What a program said."""

    code: int
    out: str
    err: str


def call(arguments: Sequence[str], text: str | None = None) -> Said:
    """Run a program of the system in plain English; a missing or hanging one is code 127."""
    try:
        done = subprocess.run(
            arguments,
            input=text,
            stdin=subprocess.DEVNULL if text is None else None,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=SECONDS,
            env={**os.environ, "LC_ALL": "C"},
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return Said(code=127, out="", err=str(error))
    return Said(code=done.returncode, out=done.stdout, err=done.stderr)


def required(arguments: Sequence[str], what: str, text: str | None = None) -> Said:
    """The same; LearnhabitError with `what` went wrong when it failed."""
    said = call(arguments, text)
    if said.code:
        raise LearnhabitError(what, " ".join((said.err or said.out).split()) or f"{arguments[0]} gave no reason")
    return said


def write_whole(path: str, data: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    folder = os.path.dirname(path)
    try:
        os.makedirs(folder, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=folder, prefix=".learnhabit-")
        try:
            with open(descriptor, "wb") as file:
                file.write(data)
            os.chmod(temporary, 0o644)
            os.replace(temporary, path)
        except BaseException:
            os.unlink(temporary)
            raise
    except OSError as error:
        raise LearnhabitError(f"{path} could not be written", error.strerror or str(error)) from None


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
