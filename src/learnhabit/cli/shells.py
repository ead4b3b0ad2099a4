"""The completion scripts: shtab writes them from a tree of every command, and asks us for topics and ids.

A word may hold anything that a person wrote. bash puts what it is given on the line as it stands, so it is quoted
here; zsh and fish quote by themselves.
"""

from __future__ import annotations

import argparse
import re

import shtab

from learnhabit.cli import GROUPS, command_named
from learnhabit.cli.parser import Parser

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from learnhabit.cli.parser import Command

_BASH = r"""
# $1: the kind of words; $2: what was typed
_learnhabit_words() {
  local program="${COMP_WORDS[0]-learnhabit}" quote="${2:0:1}" word about
  program="${program/#\~\//$HOME/}"
  while IFS=$'\t' read -r word about; do
    case $quote in
      \') [[ $word == *\'* ]] || printf '%s\n' "$word" ;;
      \") [[ $word == *[\"\\\$\`\!]* ]] || printf '%s\n' "$word" ;;
      *) printf '%q\n' "$word" ;;
    esac
  done < <(command "$program" completion --words "$1" -- "$2" "${COMP_WORDS[@]:1}" 2>/dev/null </dev/null)
}
"""
_ZSH = r"""
# $1: the kind of words
_learnhabit_words() {
  local program=${(Q)_comp_command1:-learnhabit} word about
  local -a names shown
  program=${program/#\~\//$HOME/}
  while IFS=$'\t' read -r word about; do
    names+=("$word")
    shown+=("$word -- $about")
  done < <(command $program completion --words $1 -- "${(Q)PREFIX}" ${(z)LBUFFER} 2>/dev/null </dev/null)
  compadd -l -d shown -a names
}
"""
_FISH = r"""
# $argv: the kind of words
function _learnhabit_words
    set -l line (commandline -opc)
    set -l program (string replace -r '^~/' "$HOME/" -- $line[1])
    command $program completion --words $argv[1] -- (commandline -ct) $line[2..-1] 2>/dev/null </dev/null
end
"""
_IDS = {
    "topic": "topics",
    "resource": "resources",
    "resolution": "resolutions",
    "recall": "cards",
    "remind": "reminders",
    "time-off": "time-off",
    "backup": "backups",
    **dict.fromkeys(("edit", "move", "split", "merge", "delete", "star"), "sessions"),
}
"""What ID means, by command."""
_OPTION_IDS = {
    "--resource": "resources",
    "--show": "resolutions",
    "--carry-on": "resolutions",
    "--smaller": "resolutions",
}
"""What it means behind an option."""
_DEED = re.compile("[a-z][a-z-]*")


def script(shell: str) -> str:
    """The script for a shell, without the remarks that shtab begins it with."""
    preamble = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}[shell]
    for kind in sorted(_KINDS):
        name = kind.replace("-", "_")
        if shell == "bash":
            preamble += f'_learnhabit_{name}() {{ _learnhabit_words {kind} "$1"; }}\n'
        elif shell == "zsh":
            preamble += f"_learnhabit_{name}() {{ _learnhabit_words {kind} }}\n"
    made = shtab.complete(tree(), shell, root_prefix="learnhabit", preamble=preamble)
    # A file that is read by `source` defines the completion, as one that is evaluated does; only zsh itself loads it.
    made = made.replace("$zsh_eval_context[-1] == eval", "$zsh_eval_context[-1] != loadautofunc")
    first, rest = made.split("\n", 1) if made.startswith("#compdef") else ("", made)
    remark = f"# Completion of learnhabit for {shell}, written by shtab: learnhabit completion {shell}"
    return "\n".join((first, remark, re.sub(r"\A(?:\s*#.*\n)+", "", rest))).lstrip()


def tree() -> argparse.ArgumentParser:
    """Every command with its options and its words, as argparse knows them."""
    root = argparse.ArgumentParser(prog="learnhabit", add_help=False)
    root.add_argument("--help", "-h", action="store_true", help="list the commands")
    root.add_argument("--version", action="store_true", help="print the version")
    _complete(root.add_argument("--data-dir", metavar="FOLDER", help="the data folder"), "", "FOLDER")
    commands = root.add_subparsers(metavar="COMMAND")
    for name in (name for names in GROUPS.values() for name in names):
        command = command_named(name)
        deeds, own = _read(command)
        titles = _settings() if name == "settings" else {}
        deeds = {**{key: [choices] for key, (_, choices) in titles.items()}, **deeds}
        made = commands.add_parser(
            name, help=command.about, description=command.about, parents=[_with_options(name, command)], add_help=False
        )
        if deeds:
            below = made.add_subparsers(metavar="ACTION")
            for deed, words in deeds.items():
                if deed in titles:
                    about = titles[deed][0]
                else:
                    about = command.deeds[deed].about if command.deeds else " ".join([name, deed, *words])
                part = below.add_parser(
                    deed, help=about, description=about, parents=[_with_options(name, command, deed)], add_help=False
                )
                _add_words(part, name, deed, words)
        else:
            _add_words(made, name, "", own)
    return root


def _with_options(name: str, command: Command, deed: str = "") -> Parser:
    """A command's options, with what may stand behind each; of a deed only those that are for it."""
    parser = Parser(name, command)
    for action in parser._actions:
        deeds = parser.deeds_of.get(action.option_strings[0])
        if deed and deeds and deed not in deeds:
            action.help = argparse.SUPPRESS
        elif action.nargs != 0:
            _complete(action, name, str(action.metavar))
    return parser


def _read(command: Command) -> tuple[dict[str, list[str]], list[str]]:
    """(what may be done with which words, the words without any of these), also of a usage like `list | remove ID`."""
    if command.deeds:
        return {name: _words(deed.takes) for name, deed in command.deeds.items()}, []
    deeds: dict[str, list[str]] = {}
    own: list[str] = []
    for part in re.split(r" \| (?![^\[]*\])", command.words):
        words = _words(part)
        if words and _DEED.fullmatch(words[0]) and not part.startswith("["):
            deeds[words[0]] = words[1:]
        elif not own:
            own = words if " | " not in part else [part.strip("[]").replace(" | ", "|")]
    return deeds, own


def _words(usage: str) -> list[str]:
    return re.sub(r"--\S+ \S+", "", usage.replace("[", "").replace("]", "")).split()


def _settings() -> dict[str, tuple[str, str]]:
    """(title, what it may be) of each setting."""
    from learnhabit.services.settings import SETTINGS

    return {key: (each.title, "|".join(each.choices) or "VALUE") for key, each in SETTINGS.items()}


def _add_words(parser: argparse.ArgumentParser, command: str, deed: str, words: Sequence[str]) -> None:
    for place, word in enumerate(words):
        more = words[place + 1 : place + 2] == ["…"]
        if word == "…" or word.startswith(("@", "#", "--")):
            continue
        action = parser.add_argument(f"word{place}", metavar=word, nargs="*" if more else None, help=_about(word))
        _complete(action, command, word, deed)


def _about(word: str) -> str:
    return word.lower().replace("|", " or ") if word.count("|") < 3 else "one of these"


def _complete(action: argparse.Action, command: str, word: str, deed: str = "") -> None:
    """Say what may stand at a place, if that is known."""
    kind = _kind(action, command, word, deed)
    if kind:
        name = f"_learnhabit_{kind.replace('-', '_')}"
        action.complete = {"bash": name, "zsh": name, "fish": f"(_learnhabit_words {kind})"}  # type: ignore[attr-defined]
    elif word.startswith(("FILE", "FOLDER")):
        action.complete = shtab.FILE if word.startswith("FILE") else shtab.DIRECTORY  # type: ignore[attr-defined]
    else:
        action.choices = _choices(command, word, deed)


def _kind(action: argparse.Action, command: str, word: str, deed: str) -> str:
    if word == "ID":
        if action.option_strings:
            return _OPTION_IDS.get(action.option_strings[0], "")
        return "archived" if (command, deed) == ("topic", "restore") else _IDS.get(command, "")
    return "topics" if word in ("TOPIC", "QUERY") else ""


def _choices(command: str, word: str, deed: str) -> Sequence[str] | None:
    if "|" in word and "," not in word:
        return word.lower().split("|")
    if word == "WEEK" or (word == "YEAR" and not deed):
        return ("this", "last")
    if word == "FORMAT":
        from learnhabit.services.summary_files import FORMATS

        return tuple(FORMATS)
    if word == "LEVEL":
        from learnhabit.reports.shared import LEVELS

        return LEVELS
    if word == "CONDITION":
        from learnhabit.domain.reminder import CONDITIONS

        return tuple(CONDITIONS)
    if word == "GRADE":
        from learnhabit.domain.recall import GRADES

        return tuple(GRADES)
    if word == "KIND" and command == "resource":
        from learnhabit.services.resources import KINDS

        return KINDS
    return None


_KINDS = {*_IDS.values(), *_OPTION_IDS.values(), "archived"}
