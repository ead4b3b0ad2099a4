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
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any, NoReturn

    from learnhabit.cli.acting import Deed
    from learnhabit.services.workspace import Workspace

WIDTH = 88
"""Columns of the help texts. A fixed width keeps argparse from importing shutil for every option."""


class Command:
    """A command: what it is for, which words and options it takes, what it does.

    `words` names its words for the usage line, such as `ID DAY`; `least` and `most` say how many there may be. A
    command whose first word says what to do has `deeds` instead; `alone` is the one that is done without a word.
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
        deeds: Mapping[str, Deed] | None = None,
        alone: str = "",
    ) -> None:
        self.run = run
        self.about = about
        self.words = ("[ACTION]" if alone else "ACTION") if deeds else words
        self.least = least
        self.most = None if deeds else most
        self.options = options
        self.example = example
        self.deeds = deeds or {}
        self.alone = alone


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
        deeds: Mapping[str, Deed] | None = None,
        alone: str = "",
    ) -> None:
        super().__init__(
            _refused,
            about,
            words=words,
            least=least,
            most=most,
            options=options,
            example=example,
            deeds=deeds,
            alone=alone,
        )
        self.run_on = run_on
        """Does it on a folder's whole path; opens a workspace where it needs one."""


def _refused(workspace: Workspace, options: argparse.Namespace) -> None:
    raise TypeError("this command runs on a folder")


class Parser(argparse.ArgumentParser):
    """An argument parser that raises UsageError, and takes words and options in any order."""

    def __init__(self, name: str, command: Command) -> None:
        self._known: dict[str, argparse.Action] = {}
        self.deeds_of: dict[str, tuple[str, ...]] = {}
        """Of an option that is not for every deed: those it is for."""
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

    def add_argument(self, *names: Any, deeds: tuple[str, ...] = (), **options: Any) -> argparse.Action:
        """An option; with `deeds`, one for these alone."""
        if deeds:
            options["help"] = f"{', '.join(deeds)}: {options['help']}"
        action = super().add_argument(*names, **options)
        for name in names:
            self._known[name] = action
            if deeds:
                self.deeds_of[name] = deeds
        return action

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{self.name}: {message}", f"learnhabit {self.name} --help shows what it takes")

    def format_help(self) -> str:
        """The help text, what can be done before the options."""
        before, options, after = super().format_help().partition("options:\n")
        deeds = f"actions:\n{self.deed_lines('  ')}\n\n" if self.command.deeds else ""
        return f"{before}{deeds}{options}{after}"

    def deed_lines(self, indent: str = "") -> str:
        """What each deed takes and is for, a line each."""
        takes = {f"{name} {deed.takes}".rstrip(): deed.about for name, deed in self.command.deeds.items()}
        width = max(map(len, takes), default=0)
        return "\n".join(f"{indent}{each:<{width}}  {about}" for each, about in takes.items())

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
            known = self._known.get(argument)
            if known is not None and known.nargs != 0:
                # argparse would take the value in `--at -15m` for an option of its own.
                optional = known.nargs == "?"
                if waiting and not (optional and waiting[-1].startswith("--")):
                    argument = f"{argument}={_guarded(waiting.pop())}"
                elif not optional:
                    raise UsageError(f"{self.name}: {argument} needs a value", f"it takes {argument} {known.metavar}")
                options.append(argument)
            elif argument.startswith("--") or argument == "-h":
                name, equals, value = argument.partition("=")
                options.append(f"{name}={_guarded(value)}" if equals else argument)
            else:
                words.append(argument)
        given = [option.partition("=")[0] for option in options]
        for name, option in zip(given, options, strict=True):
            if name not in self._known:
                self.error(f"there is no option {name}")
            if self._known[name].nargs == 0 and option != name:
                self.error(f"{name} takes no value")
        result = self.parse_args(options)
        for name, value in vars(result).items():
            setattr(result, name, [_bare(each) for each in value] if isinstance(value, list) else _bare(value))
        result.words = words or [self.command.alone] * bool(self.command.alone)
        if not result.help:
            self._check_count(words)
            self._check_deeds(result.words, given)
        return result

    def _check_count(self, words: Sequence[str]) -> None:
        command = self.command
        if len(words) < command.least:
            missing = f"it takes {command.words}"
            example = f", such as {command.example}" if command.example else ""
            raise UsageError(f"{self.name}: something is missing", f"{missing}{example}")
        if command.most is not None and len(words) > command.most:
            raise UsageError(
                f"{self.name}: too many words, from “{words[command.most]}” on",
                f"it takes {command.words}" if command.words else "it takes none",
            )

    def _check_deeds(self, words: Sequence[str], given: Sequence[str]) -> None:
        """An option that a deed would not look at is a misunderstanding, and nothing is done."""
        for name in given:
            deeds = self.deeds_of.get(name)
            if deeds and words[0] in self.command.deeds and words[0] not in deeds:
                raise UsageError(
                    f"{self.name} {words[0]} takes no {name}", f"it is for {self.name} {' and '.join(deeds)}"
                )


_DASHES = "\0"
"""Stands for a value that is `--`, which argparse would drop; no argument can hold this character itself."""


def _guarded(value: str) -> str:
    return _DASHES if value == "--" else value


def _bare(value: object) -> object:
    return "--" if value == _DASHES else value
