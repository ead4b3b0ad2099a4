"""Backups, and the end of them all, on the command line: both work where the database does not open any more."""

from __future__ import annotations

import os
import sys

from learnhabit.cli.acting import Deed, by_deed
from learnhabit.cli.output import ask, print_json, say, tell, warn
from learnhabit.cli.parser import FolderCommand, Parser
from learnhabit.errors import LearnhabitError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from learnhabit.clock import Clock
    from learnhabit.domain.backup import Backup
    from learnhabit.services.backups import Plan
    from learnhabit.services.erasing import Found


def backup_json(folder: str, backup: Backup) -> dict[str, object]:
    """A backup as other programs read it."""
    from learnhabit.services.backups import path_of

    return {
        "id": backup.id,
        "path": path_of(folder, backup),
        "created_at": backup.created_at,
        "sessions": backup.sessions,
        "sha256": backup.sha256,
    }


def _backup_options(parser: Parser) -> None:
    parser.add_argument("--yes", action="store_true", deeds=("restore",), help="without asking")


def _list(folder: str, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services.backups import backups, trouble

    found = [(each, trouble(folder, each)) for each in backups(folder)]
    if options.json:
        warn([f"backup {each.id} is not listed: {wrong}" for each, wrong in found if wrong])
        print_json([backup_json(folder, each) for each, wrong in found if not wrong])
        return
    if not found:
        say("There is no backup yet. One is made by itself every half hour in which something changes;")
        say("learnhabit backup now makes one.")
    width = max((len(each.id) for each, _ in found), default=0)
    for each, wrong in found:
        say(
            f"{each.id:<{width}}  {_holds(each)}, {size(each.bytes)}" if not wrong else f"{each.id:<{width}}  ! {wrong}"
        )


def _now(folder: str, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services.backups import backup_now, path_of

    _open_once(folder)
    made = backup_now(folder, _clock())
    if options.json:
        print_json(backup_json(folder, made))
    else:
        say(f"Backed up {_holds(made)}: {path_of(folder, made)}")


def _open_once(folder: str) -> None:
    """A home that is not there is made, an older one brought up to date; what is wrong with it is said."""
    from learnhabit.services.workspace import open_workspace

    with open_workspace(folder):
        pass


def _restore(folder: str, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services.backups import plan_restore, restore

    plan = plan_restore(folder, words[0])
    if not options.yes:
        _agree(plan)
    done = restore(folder, _clock(), plan.backup)
    if options.json:
        before = backup_json(folder, done.before) if done.before else None
        restored = backup_json(folder, done.backup)
        print_json({"restored": restored, "before": before, "set_aside": done.set_aside or None})
        return
    say(f"Restored backup {done.backup.id}: {_holds(done.backup)}.")
    if done.before is not None:
        say(f"What was there before is backup {done.before.id}: learnhabit backup restore {done.before.id}")
        say("takes this back. learnhabit undo goes on from where it stood in the backup.")
    if done.set_aside:
        say(f"The damaged file was kept: {done.set_aside}")


def _agree(plan: Plan) -> None:
    """Ask whether a plan is meant; without a terminal to ask on, LearnhabitError."""
    from learnhabit.services.backups import plan_words

    words = plan_words(plan)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise LearnhabitError(
            f"Backup {plan.backup.id} was not restored", f"{' '.join(words)} Add --yes if that is what you want"
        )
    tell(f"Backup {plan.backup.id}, of {_made(plan.backup)}:")
    tell(f"  It holds {_holds(plan.backup)}.")
    tell("\n".join(f"  {each}" for each in words))
    tell("  What is there now is kept." if plan.unread else "  What is there now is backed up first.")
    if not (ask("Restore it? [y/N] ") or "").strip().lower().startswith("y"):
        raise LearnhabitError("Nothing was restored", "all is as it was")


def _holds(backup: Backup) -> str:
    from learnhabit.domain.duration import format_duration

    length = f" ({format_duration(backup.seconds)})" if backup.seconds else ""
    number = f"{backup.sessions:,} session{'' if backup.sessions == 1 else 's'}{length}"
    more = ((backup.resolutions, "resolution"), (backup.cards, "card"))
    return ", ".join([number, *(f"{count:,} {word}{'' if count == 1 else 's'}" for count, word in more if count)])


def _made(backup: Backup) -> str:
    from learnhabit.domain.day_text import clock_time, long_day

    return f"{long_day(backup.wall)}, {clock_time(backup.wall)}"


def size(number: int) -> str:
    """Bytes for people: `492 kB`, `1.4 MB`."""
    for unit, step in (("GB", 1_000_000_000), ("MB", 1_000_000)):
        if number >= step:
            return f"{number / step:.1f} {unit}"
    return f"{round(number / 1000):,} kB" if number >= 1000 else f"{number} bytes"


def _clock() -> Clock:
    from learnhabit.clock import clock_from_environment

    return clock_from_environment()


def _erase_options(parser: Parser) -> None:
    parser.add_argument("--all", action="store_true", help="everything; there is nothing less to erase here")
    parser.add_argument("--yes-erase", action="store_true", help="without asking, for scripts")


def _erase(folder: str, options: Namespace) -> None:
    from learnhabit.services.erasing import erase, look

    if not options.all:
        raise UsageError(
            "erase: --all is missing",
            "it erases all your data for good, backups too; learnhabit delete ID deletes one session",
        )
    found = look(folder)
    if not options.yes_erase:
        shown = _shown(folder, found)
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise LearnhabitError(
                "Nothing was erased",
                f"from {folder} would go {'; '.join(shown) or 'nothing'}. Add --yes-erase if you want that",
            )
        if shown:
            tell(f"This goes for good from {folder}, and nothing brings it back:")
            tell("\n".join(f"  {each}" for each in shown))
            if found.foreign:
                tell("This is not learnhabit's, and stays:")
                tell("\n".join(f"  {os.path.relpath(each, folder)}" for each in found.foreign))
            tell("learnhabit export FILE would keep a copy.")
            if (ask("Type erase to erase it all: ") or "").strip().lower() != "erase":
                raise LearnhabitError("Nothing was erased", "all is as it was")
    gone = erase(folder, found)
    if options.json:
        print_json({"erased": list(gone.erased), "kept": list(gone.kept)})
        return
    if not gone.erased:
        say(f"There was nothing to erase in {folder}.")
        return
    say(f"Erased: {len(gone.erased)} {'thing' if len(gone.erased) == 1 else 'things'} in {folder}.")
    if gone.kept:
        say(f"Still there, as it is not learnhabit's or was only linked: {', '.join(gone.kept)}")


def _shown(folder: str, found: Found) -> list[str]:
    """What would go, a line each, the backups in one."""
    lines, copies, total = [], 0, 0
    for each in found.ours:
        name = os.path.relpath(each.path, folder)
        if os.path.dirname(name):
            copies += name.endswith(".db")
            total += each.bytes
        else:
            lines.append(f"{name}: {each.about}" + (f", {size(each.bytes)}" if each.bytes else ""))
    if total:
        lines.append(f"backups: {copies:,} backup{'' if copies == 1 else 's'}, {size(total)}")
    return lines + [f"the reminders' agent: {each}" for each in found.agents]


DEEDS: dict[str, Deed] = {
    "list": Deed(_list, "the backups, the latest first"),
    "now": Deed(_now, "make one"),
    "restore": Deed(_restore, "put one in place of what is there, which is backed up first", "ID", 1, 1),
}

COMMANDS = {
    "backup": FolderCommand(
        by_deed("backup", DEEDS),
        "backups of all your data: list them, make one, restore one",
        deeds=DEEDS,
        alone="list",
        options=_backup_options,
        example="learnhabit backup restore last",
    ),
    "erase": FolderCommand(
        _erase,
        "erase all your data for good: database, backups, settings, the agent",
        words="--all",
        options=_erase_options,
        example="learnhabit erase --all",
    ),
}
