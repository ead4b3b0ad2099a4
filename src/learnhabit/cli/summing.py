"""The year on the command line: its summary in every format, and the look back."""

from __future__ import annotations

import sys

from learnhabit.cli.output import print_json, say, tell, warn
from learnhabit.cli.parser import Command, Parser
from learnhabit.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from learnhabit.services.workspace import Workspace

BAR = 30
"""Cells of the bar that shows how far a long summary is."""
LONG = 20_000
"""Sessions from which it is shown."""


def _summary_options(parser: Parser) -> None:
    parser.add_argument("--format", metavar="FORMAT", help="html, md, json, csv, png or pdf")
    parser.add_argument("--share", metavar="LEVEL", help="public, friends or full: what leaves")
    parser.add_argument("-o", "--output", metavar="FILE", help="where to; - for the standard output")
    parser.add_argument("--force", action="store_true", help="over a file that exists")
    parser.add_argument("--show", metavar="ID", action="append", help="let friends see this resolution's title")
    parser.add_argument("--from", dest="from_day", metavar="DAY", help="another stretch: from this study day on")
    parser.add_argument("--to", dest="to_day", metavar="DAY", help="another stretch: up to this study day")
    parser.add_argument("--open", action="store_true", help="show the file that was written")


def _summary(workspace: Workspace, options: Namespace) -> None:
    from learnhabit.services import summary_files as files
    from learnhabit.services.summary import default_year, range_period, read_year, summary, year_period

    stretch = options.from_day is not None or options.to_day is not None
    if stretch and options.words:
        raise UsageError("A year and a stretch of days are two things", "leave the year or --from and --to out")
    path = None if options.output == "-" else options.output
    kind = "json" if options.json and options.format is None and path is None else files.format_of(options.format, path)
    to_output = options.output == "-" or (path is None and kind in files.TEXTS)
    if options.open and to_output:
        raise UsageError("There is no file to open", "name one with -o FILE")
    if options.json and to_output and kind != "json":
        raise UsageError(f"{kind} is no JSON", "name a file with -o FILE, or leave --json out")
    level = files.level_of(options.share, kind)
    approved = files.approved_ids(workspace, options.show or ())
    if approved and level != "friends":
        warn([f"--show counts with --share friends; {level} shows {'every' if level == 'full' else 'no'} title"])
    if stretch:
        period = range_period(workspace, options.from_day, options.to_day)
    else:
        year = read_year(workspace, options.words[0]) if options.words else default_year(workspace)
        period = year_period(workspace, year)
    target = path or files.default_name(period, level, kind)
    if not to_output:
        files.check(target, kind, force=options.force)
    found = summary(workspace, period)
    shared = files.share(found, level, approved)
    made = files.make(workspace, shared, kind, bar() if found.sessions >= LONG else None)
    if to_output:
        _put_out(files.standard_output(made, kind), kind)
        return
    written = files.write(made, target, kind, force=options.force)
    said = {"public": "rounded totals only", "friends": "no notes, no days, no clock hours", "full": "everything"}[
        level
    ]
    if options.json:
        print_json({"written": written, "format": kind, "share": level})
        if options.open:
            files.open_file(written)
    elif options.open:
        tell(f"Written: {written} ({level}: {said})")
        files.open_file(written)
    else:
        say(f"Written: {written} ({level}: {said})")


def _put_out(data: bytes, kind: str) -> None:
    """Text passes the display filter already; a picture or an archive is not for a terminal."""
    if kind in ("png", "pdf", "csv"):
        if sys.stdout.isatty():
            raise UsageError(
                f"A terminal can't show {kind}", "name a file with -o FILE, or send it into another program"
            )
        stream = getattr(sys.stdout, "buffer", None)
        if stream is None:
            return
        stream.write(data)
        stream.flush()
        return
    say(data.decode().rstrip("\n"))


def bar() -> Callable[[int, int], None] | None:
    """A bar on the error stream, when that is a terminal."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, whole: int) -> None:
        share = min(done / max(whole, 1), 1.0)
        full = int(share * BAR)
        end = "\n" if done >= whole else ""
        try:
            print(
                f"\r{'━' * full}{'─' * (BAR - full)} {done:,} of {whole:,} sessions",
                end=end,
                file=sys.stderr,
                flush=True,
            )
        except OSError:
            pass

    return show


def _look_back_options(parser: Parser) -> None:
    for name, about in (
        ("worked", "what worked"),
        ("did-not", "what did not"),
        ("changed", "what changed your mind"),
        ("same", "what stayed the same"),
    ):
        parser.add_argument(f"--{name}", metavar="TEXT", help=f'{about}; "" removes it')
    parser.add_argument("--carry-on", metavar="ID", action="append", help="make this resolution for the next year too")
    parser.add_argument("--smaller", metavar="ID", action="append", help="the same with half of its target")


def _look_back(workspace: Workspace, options: Namespace) -> None:
    from learnhabit.domain.year_summary import QUESTIONS
    from learnhabit.services.looking_back import answers, look_back
    from learnhabit.services.summary import default_year, read_year

    year = read_year(workspace, options.words[0]) if options.words else default_year(workspace)
    given = {key: text for key, _ in QUESTIONS if (text := getattr(options, key.replace("-", "_"))) is not None}
    decisions = dict.fromkeys(options.carry_on or (), "carry on")
    decisions |= dict.fromkeys(options.smaller or (), "smaller")
    made = look_back(workspace, year, given, decisions) if given or decisions else ()
    warn(workspace.warnings)
    found = answers(workspace, year)
    if options.json:
        from learnhabit.cli.resolving import resolution_json

        print_json(
            {
                "year": year,
                "answers": [{"key": key, "text": found.get(key, "")} for key, _ in QUESTIONS],
                "made": [resolution_json(view) for view in made],
            }
        )
        return
    for view in made:
        say(f"For {year + 1}: {view.resolution.statement}  id {view.resolution.id[-6:]}")
    if made or given:
        say("learnhabit undo takes it back")
        return
    for key, question in QUESTIONS:
        say(question)
        say(f"  {found[key]}" if key in found else f'  –  learnhabit look-back {year} --{key} "…"')


COMMANDS = {
    "summary": Command(
        _summary,
        "the year on one page, in six formats and three levels of privacy",
        words="[YEAR]",
        most=1,
        options=_summary_options,
        example="learnhabit summary 2026 --format png --share friends",
    ),
    "look-back": Command(
        _look_back,
        "say what worked in a year, and take resolutions into the next",
        words="[YEAR]",
        most=1,
        options=_look_back_options,
        example='learnhabit look-back --worked "Ten minutes before the mail"',
    ),
}
