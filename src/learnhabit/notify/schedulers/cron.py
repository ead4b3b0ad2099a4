"""A block of lines in the user's crontab."""

from __future__ import annotations

import shlex
import shutil

from learnhabit.errors import LearnhabitError
from learnhabit.notify.calling import call, required
from learnhabit.notify.schedulers.scheduler import Planned, State

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

BEGIN = "# learnhabit reminders: from here"
END = "# learnhabit reminders: to here, as written by learnhabit remind install"


class Cron:
    """Each minute; what a sleeping machine missed is caught up from the table of deliveries."""

    name = "cron"
    about = "cron, every minute, also while the app is closed"
    systems: tuple[str, ...] = ("linux", "freebsd")

    def is_available(self) -> bool:
        """Whether there is a crontab, and a cron that reads it."""
        return shutil.which("crontab") is not None and _runs()

    def files(self, command: Sequence[str]) -> tuple[Planned, ...]:
        """The block, which stands behind whatever the crontab holds."""
        return (Planned(path="crontab", text=_block(command)),)

    def install(self, command: Sequence[str]) -> None:
        """Put the block into the crontab, in the place of an older one."""
        self._write(_without_block(_read()), _block(command))

    def installed(self) -> str:
        """What is installed, as it stands there; empty when nothing is."""
        text = _read() if shutil.which("crontab") else ""
        return "" if _without_block(text) == text else text

    def uninstall(self) -> bool:
        """Take the block out; every other line stays as it was."""
        if shutil.which("crontab") is None:
            return False
        before = _read()
        after = _without_block(before)
        if after == before:
            return False
        self._write(after, "")
        return True

    def state(self) -> State:
        """Whether the block is there, and cron runs."""
        text = _read() if shutil.which("crontab") else ""
        if _without_block(text) == text:
            return State(installed=False, running=False, detail="")
        runs = _runs()
        return State(installed=True, running=runs, detail="" if runs else "cron does not run")

    def _write(self, kept: str, block: str) -> None:
        if kept and not kept.endswith("\n"):
            kept += "\n"
        if not kept and not block:
            required(["crontab", "-r"], "The crontab could not be removed")
            return
        required(["crontab", "-"], "The crontab could not be written", kept + block)


def _block(command: Sequence[str]) -> str:
    # cron takes a bare % for the end of the command.
    line = shlex.join(command).replace("%", r"\%")
    if "\n" in line:
        raise LearnhabitError("cron can't run this command", "the data folder's name holds a line break")
    return f"{BEGIN}\n* * * * * {line} >/dev/null 2>&1\n{END}\n"


def _read() -> str:
    said = call(["crontab", "-l"])
    if said.code == 0:
        return said.out
    if "no crontab" in said.err.lower():
        return ""
    raise LearnhabitError("The crontab could not be read", " ".join(said.err.split()) or "crontab -l failed")


def _without_block(text: str) -> str:
    kept: list[str] = []
    inside = False
    for line in text.splitlines(keepends=True):
        if line.rstrip("\n") == BEGIN:
            inside = True
        elif line.rstrip("\n") == END:
            inside = False
        elif not inside:
            kept.append(line)
    # A block without its end was cut by hand: nothing behind it is taken away.
    return text if inside else "".join(kept)


def _runs() -> bool:
    """Whether a cron daemon runs."""
    if shutil.which("pgrep") is None:
        return True
    return call(["pgrep", "-x", "cron|crond|fcron|anacron"]).code == 0
