"""One command's options and words, over argparse."""

from __future__ import annotations

import sys
from types import ModuleType

from learnhabit.errors import UsageError

# argparse asks gettext for a translation of each of its words, and gettext imports locale and looks through the disk
# for files that nobody has written: a third of a bare interpreter's start, on every command. It gets the word itself.
_untranslated = ModuleType("gettext")
_untranslated.gettext = lambda message: message  # type: ignore[attr-defined]
_untranslated.ngettext = lambda one, many, n: one if n == 1 else many  # type: ignore[attr-defined]
_real = sys.modules.get("gettext")
sys.modules["gettext"] = _untranslated
import argparse  # noqa: E402

del sys.modules["gettext"]
if _real is not None:
    sys.modules["gettext"] = _real

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, NoReturn

    from learnhabit.services.workspace import Workspace

WIDTH = 88
"""Columns of the help texts. A fixed width keeps argparse from importing shutil for every option."""


class Command:
    """A command: what it is for, which words and options it takes, what it does.

    `words` names its words for the usage line, such as `ID DAY`; `least` and `most` say how many there may be.
    """

    def __init__(
        self,
        run: Callable[[Workspace, argparse.Namespace], None],
        about: str,
        *,
        words: str = "",
        least: int = 0,
        most: int | None = 0,
        options: Callable[[Parser], None] | None = None,
        example: str = "",
    ) -> None:
        self.run = run
        self.about = about
        self.words = words
        self.least = least
        self.most = most
        self.options = options
        self.example = example


class FolderCommand(Command):
    """A command on the data folder itself: for when the file in it may not open, or is about to be replaced.

    It may return an exit code, where an answer that was given means that something is wrong.
    """

    def __init__(
        self,
        run_on: Callable[[str, argparse.Namespace], int | None],
        about: str,
        *,
        words: str = "",
        least: int = 0,
        most: int | None = 0,
        options: Callable[[Parser], None] | None = None,
        example: str = "",
    ) -> None:
        super().__init__(_refused, about, words=words, least=least, most=most, options=options, example=example)
        self.run_on = run_on
        """Does it on a folder's whole path; opens a workspace where it needs one."""


def _refused(workspace: Workspace, options: argparse.Namespace) -> None:
    raise TypeError("this command runs on a folder")


class Parser(argparse.ArgumentParser):
    """An argument parser that raises UsageError, and takes words and options in any order."""

    def __init__(self, name: str, command: Command) -> None:
        self._valued: dict[str, object] = {}
        super().__init__(
            prog=f"learnhabit {name}",
            usage=f"learnhabit {name} {command.words} [options]".replace("  ", " "),
            description=command.about,
            epilog=f"Example: {command.example}" if command.example else None,
            allow_abbrev=False,
            add_help=False,
            formatter_class=lambda prog: argparse.HelpFormatter(prog, width=WIDTH),
        )
        self.command = command
        self.name = name
        if command.options:
            command.options(self)
        self.add_argument("-h", "--help", action="store_true", help="show this")
        self.add_argument("--json", action="store_true", help="print JSON")
        self.add_argument("--data-dir", metavar="FOLDER", help="the data folder")

    def add_argument(self, *names: Any, **options: Any) -> argparse.Action:
        action = super().add_argument(*names, **options)
        for name in names:
            if action.nargs != 0:
                self._valued[name] = action.nargs
        return action

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"learnhabit {self.name}: {message}", f"learnhabit {self.name} --help shows what it takes")

    def read(self, arguments: Sequence[str]) -> argparse.Namespace:
        """Options as attributes, words as `words`. An option takes the next argument whatever its first character."""
        words: list[str] = []
        options: list[str] = []
        waiting = list(reversed(arguments))
        while waiting:
            argument = waiting.pop()
            if argument == "--":
                words += reversed(waiting)
                break
            if argument in self._valued:
                # argparse would take the value in `--at -15m` for an option of its own.
                optional = self._valued[argument] == "?"
                if waiting and not (optional and waiting[-1].startswith("--")):
                    argument = f"{argument}={_guarded(waiting.pop())}"
                options.append(argument)
            elif argument.startswith("--") or argument == "-h":
                name, equals, value = argument.partition("=")
                options.append(f"{name}={_guarded(value)}" if equals else argument)
            else:
                words.append(argument)
        result = self.parse_args(options)
        for name, value in vars(result).items():
            setattr(result, name, [_bare(each) for each in value] if isinstance(value, list) else _bare(value))
        result.words = words
        if not result.help:
            self._check_count(words)
        return result

    def _check_count(self, words: Sequence[str]) -> None:
        command = self.command
        if len(words) < command.least:
            missing = f"it takes {command.words}"
            example = f", such as {command.example}" if command.example else ""
            raise UsageError(f"learnhabit {self.name}: something is missing", f"{missing}{example}")
        if command.most is not None and len(words) > command.most:
            raise UsageError(
                f"learnhabit {self.name}: too many words, from “{words[command.most]}” on",
                f"it takes {command.words}" if command.words else "it takes none",
            )


_DASHES = "\0"
"""Stands for a value that is `--`, which argparse would drop; no argument can hold this character itself."""


def _guarded(value: str) -> str:
    return _DASHES if value == "--" else value


def _bare(value: object) -> object:
    return "--" if value == _DASHES else value
