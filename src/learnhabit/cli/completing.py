"""Completion for the shells: a script that shtab writes, and the words that the script asks for at each tab."""

from __future__ import annotations

from learnhabit.cli.output import say
from learnhabit.cli.parser import FolderCommand, Parser
from learnhabit.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace

SHELLS = ("bash", "zsh", "fish")
"""For which there is a script."""


def _options(parser: Parser) -> None:
    parser.add_argument("--words", dest="kind", metavar="KIND", help="what the scripts ask for, such as topics")


def _completion(folder: str, options: Namespace) -> None:
    if options.kind is not None:
        _say_words(folder, options)
        return
    shell = options.words[0] if options.words else ""
    if shell not in SHELLS or len(options.words) > 1:
        raise UsageError(
            "Completion is made for one shell", f"there are {', '.join(SHELLS)}; such as learnhabit completion bash"
        )
    from learnhabit.cli.shells import script

    say(script(shell))


def _say_words(folder: str, options: Namespace) -> None:
    """A word a line, with what it is behind a tab. The first word given is what was typed, the others are the line."""
    from learnhabit.services.completing import folder_of, words

    typed, *line = options.words or [""]
    for word, about in words(folder_of(line) or folder, options.kind, typed):
        say(f"{word}\t{about}")


COMMANDS = {
    "completion": FolderCommand(
        _completion,
        "print a script that lets bash, zsh or fish complete commands, topics and ids",
        words="bash|zsh|fish",
        most=None,
        options=_options,
        example="learnhabit completion bash",
    ),
}
