"""The weekly review on the command line."""

from __future__ import annotations

from learnhabit.cli.output import print_json, say, warn
from learnhabit.cli.parser import Command, Parser
from learnhabit.domain.day_text import long_day
from learnhabit.services.reviewing import review, write_review

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace

    from learnhabit.services.resolution_values import ReviewView
    from learnhabit.services.workspace import Workspace


def _options(parser: Parser) -> None:
    parser.add_argument("--write", metavar="TEXT", help="keep what you say about the week")


def _review(workspace: Workspace, options: Namespace) -> None:
    week = " ".join(options.words) or "last"
    said = options.write
    view = review(workspace, week) if said is None else write_review(workspace, week, said)
    warn(workspace.warnings)
    if options.json:
        print_json(review_json(view))
    else:
        _say(view, written=options.write is not None)


def _say(view: ReviewView, *, written: bool) -> None:
    so_far = ", so far" if view.running else ""
    say(f"Week {view.number} of {view.year}, {long_day(view.week_start)} to {long_day(view.week_end)}{so_far}")
    for line in view.lines:
        say(f"  {line}")
    if written:
        say("Kept.  learnhabit undo takes it back")
    elif view.text:
        say(f"{view.question}\n{view.text}")
    else:
        say(f'{view.question}  learnhabit review {view.year}-W{view.number:02} --write "…" keeps the answer')


def review_json(view: ReviewView) -> dict[str, object]:
    """A week as other programs read it."""
    return {
        "week": f"{view.year}-W{view.number:02}",
        "week_start": view.week_start.isoformat(),
        "week_end": view.week_end.isoformat(),
        "counted_days": view.counted_days,
        "target_days": view.need,
        "kept": view.kept,
        "seconds": view.seconds,
        "usual_seconds": view.usual_seconds,
        "lines": list(view.lines),
        "question": view.question,
        "text": view.text,
        "written_on": view.written_on.isoformat() if view.written_on else None,
    }


COMMANDS = {
    "review": Command(
        _review,
        "look back on a week: against its plan, and in your words",
        words="[WEEK]",
        most=None,
        options=_options,
        example='learnhabit review last --write "Mornings worked, Friday did not."',
    ),
}
