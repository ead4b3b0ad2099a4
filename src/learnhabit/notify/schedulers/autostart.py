"""A loop that a desktop starts at login, for machines with neither systemd nor cron."""

from __future__ import annotations

import os

from learnhabit.notify.schedulers.scheduler import Planned, State, config_home, content, remove, write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


class Autostart:
    """`learnhabit remind run`, from the next login on."""

    name = "autostart"
    about = "learnhabit remind run, from the next login on"
    systems: tuple[str, ...] = ("linux", "freebsd")

    def is_available(self) -> bool:
        """Any desktop of these systems reads such entries."""
        return True

    def files(self, command: Sequence[str]) -> tuple[Planned, ...]:
        """The entry; the loop takes the place of the tick."""
        loop = [*command[:-1], "run"]
        text = (
            "[Desktop Entry]\nType=Application\nName=learnhabit reminders\n"
            f"Exec={' '.join(_quoted(each) for each in loop)}\nNoDisplay=true\nTerminal=false\n"
        )
        return (Planned(path=_path(), text=text),)

    def install(self, command: Sequence[str]) -> None:
        """Write the entry."""
        for planned in self.files(command):
            write(planned.path, planned.text.encode())

    def installed(self) -> str:
        """What is installed, as it stands there; empty when nothing is."""
        return content(_path())

    def uninstall(self) -> bool:
        """Remove the entry."""
        return remove(_path())

    def state(self) -> State:
        """Whether the entry is there; whether the loop runs, only its ticks say."""
        there = os.path.exists(_path())
        return State(installed=there, running=there, detail="")


def _path() -> str:
    return os.path.join(config_home(), "autostart", "learnhabit-remind.desktop")


def _quoted(argument: str) -> str:
    # By the desktop entry specification: first as a quoted argument, then as a string value.
    for character in ("\\", '"', "`", "$"):
        argument = argument.replace(character, f"\\{character}")
    return f'"{argument}"'.replace("\\", "\\\\").replace("%", "%%").replace("\n", "\\n")
