"""The doctor on the command line: looking the data folder over, mending it, and saving what can be read."""

from __future__ import annotations

from learnhabit.cli.output import print_json, say
from learnhabit.cli.parser import FolderCommand, Parser
from learnhabit.domain.text import display_line
from learnhabit.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace

    from learnhabit.services.doctor import Checkup
    from learnhabit.services.salvaging import SalvageReport

SHOWN_DAYS = 6
"""Days of lost sessions that are named."""


def _options(parser: Parser) -> None:
    parser.add_argument("--fix", action="store_true", help="put right what can be worked out anew")
    parser.add_argument("--salvage", metavar="FILE", help="write what can be read of a damaged database as an export")
    parser.add_argument("--force", action="store_true", help="with --salvage: over a file that exists")


def _doctor(folder: str, options: Namespace) -> int:
    from learnhabit.clock import clock_from_environment

    clock = clock_from_environment()
    if options.salvage is not None:
        if options.fix:
            raise UsageError("--fix and --salvage are two things", "leave one of them out")
        from learnhabit.services.salvaging import salvage_to

        _say_salvage(salvage_to(folder, clock, options.salvage, force=options.force), as_json=options.json)
        return 0
    if options.force:
        raise UsageError("--force is for --salvage", "leave it out, or name a FILE with --salvage")
    from learnhabit.services.doctor import examine, mend

    found = mend(folder, clock) if options.fix else examine(folder, clock)
    if options.json:
        print_json([_finding_json(found, number, fixed=options.fix) for number in range(len(found.findings))])
    else:
        _say_checkup(found, fixed=options.fix)
    return 1 if found.wrong else 0


def _finding_json(found: Checkup, number: int, *, fixed: bool) -> dict[str, object]:
    each = found.findings[number]
    row: dict[str, object] = {"check": each.check, "state": each.state, "detail": each.detail, "do": each.do}
    return {**row, "mended": each.check in found.mended} if fixed else row


def _say_checkup(found: Checkup, *, fixed: bool) -> None:
    width = max(len(each.check) for each in found.findings)
    for each in found.findings:
        mended = "mended: " if each.check in found.mended else ""
        _say_line(f"{each.state:<7}  {each.check:<{width}}  ", f"{mended}{each.detail}")
        if each.do:
            _say_line(f"{'':<7}  {'':<{width}}  -> ", each.do)
    say("")
    if fixed and found.mended:
        _say_line("", f"Mended: {', '.join(found.mended)}.")
    elif fixed:
        say("There was nothing that could be mended.")
    _say_line("", _summary(found))


def _say_line(head: str, text: str) -> None:
    """A line; in a terminal it goes on below itself, and whoever reads a pipe gets it whole."""
    import sys

    if not sys.stdout.isatty():
        say(head + text)
        return
    from shutil import get_terminal_size
    from textwrap import fill

    wrapped = fill(
        display_line(text),
        max(get_terminal_size().columns, len(head) + 20),
        initial_indent=head,
        subsequent_indent=" " * len(head),
        # A path is one word, and stays one to be copied.
        break_long_words=False,
        break_on_hyphens=False,
    )
    say(wrapped or head)


def _summary(found: Checkup) -> str:
    if not found.wrong and not found.better:
        return "Everything is in order."
    parts = []
    if found.wrong:
        parts.append(f"{found.wrong} thing{' is' if found.wrong == 1 else 's are'} wrong")
    if found.better:
        things = "" if found.wrong else f" thing{'s'[: found.better > 1]}"
        parts.append(f"{found.better}{things} could be better")
    mends = f" learnhabit doctor --fix mends: {', '.join(found.mends)}." if found.mends else ""
    return f"{', '.join(parts)}.{mends}"


def _say_salvage(report: SalvageReport, *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "written": report.written,
                "read": report.read,
                "lost": report.lost,
                "uncertain": list(report.uncertain),
                "lost_days": [{"study_day": day.isoformat(), "sessions": number} for day, number in report.lost_days],
                "lost_seconds": report.lost_seconds,
                "replaced": report.replaced,
            }
        )
        return
    from shlex import quote

    from learnhabit.services.transferring import NAMES, words_for

    say(f"Written: {report.written}")
    _say_line("", f"Read: {words_for(report.read, most=len(NAMES))}.")
    if report.lost:
        known = words_for({name: n for name, n in report.lost.items() if name not in report.uncertain}, most=len(NAMES))
        least = words_for({name: n for name, n in report.lost.items() if name in report.uncertain}, most=len(NAMES))
        parts = [known, f"at least {least}"]
        _say_line("", f"Lost: {'; '.join(part for part in parts if not part.endswith('nothing'))}.")
    elif report.uncertain:
        named = ", ".join(NAMES[name][1] for name in report.uncertain)
        _say_line("", f"Lost: nothing that is known; of {named} there may have been more.")
    else:
        say("Lost: nothing.")
    if "topic" in report.lost or "resource" in report.lost:
        _say_line("", "Topics and resources that came with the program come back by themselves, as they were at first.")
    if report.lost_days:
        _say_days(report)
    if report.replaced:
        say(f"In {report.replaced:,} text{'s'[: report.replaced != 1]} letters could not be read: � stands for them.")
    say("The database was not changed. To go on with what was read, with the app closed:")
    say(f"  mv {quote(report.source)} {quote(f'{report.source}.damaged')}")
    say(f"  learnhabit import {quote(report.written)}")


def _say_days(report: SalvageReport) -> None:
    from learnhabit.domain.day_text import long_day
    from learnhabit.domain.duration import format_duration

    long = f", {format_duration(report.lost_seconds)} in all," if report.lost_seconds else ""
    days = [f"{long_day(day)} ({number})" for day, number in report.lost_days]
    more = f" and {len(days) - SHOWN_DAYS:,} more days" if len(days) > SHOWN_DAYS else ""
    _say_line("", f"The lost sessions{long} were on {', '.join(days[:SHOWN_DAYS])}{more}.")


COMMANDS = {
    "doctor": FolderCommand(
        _doctor,
        "look the data folder over, mend it, save what a damaged file still holds",
        options=_options,
        example="learnhabit doctor --fix",
    ),
}
