"""Commands that change what is written, and take changes back."""

from __future__ import annotations

from learnhabit.cli.output import print_json, say, session_json, short_id, span_of
from learnhabit.cli.parser import Command, Parser
from learnhabit.cli.tracking import print_outcome
from learnhabit.domain.day_text import long_day
from learnhabit.domain.duration import format_duration
from learnhabit.domain.text import display_line
from learnhabit.services import editing, undoing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace

    from learnhabit.domain.session import Session
    from learnhabit.services.workspace import Workspace


def _edit_options(parser: Parser) -> None:
    parser.add_argument("--at", metavar="WHEN", help="another start; the study day follows from it")
    parser.add_argument("--duration", metavar="DURATION", help="another duration from the same start")
    parser.add_argument("--topic", metavar="TOPIC", help="another topic")
    parser.add_argument("--note", metavar="TEXT", help='another note; "" removes it')
    parser.add_argument("--takeaway", metavar="TEXT", help='another takeaway; "" removes it')
    parser.add_argument(
        "--tag", metavar="TAG", action="append", help='these tags instead; may be given again, "" removes all'
    )
    parser.add_argument("--resource", metavar="ID", help='another paper, course or book; "" removes it')


def _edit(workspace: Workspace, options: Namespace) -> None:
    outcome = editing.edit(
        workspace,
        options.words[0],
        at=options.at,
        duration=options.duration,
        topic=options.topic,
        note=options.note,
        takeaway=options.takeaway,
        tags=options.tag,
        resource=options.resource,
    )
    print_outcome(workspace, outcome, "Now", as_json=options.json)


def _move(workspace: Workspace, options: Namespace) -> None:
    outcome = editing.move(workspace, options.words[0], " ".join(options.words[1:]))
    print_outcome(workspace, outcome, "Moved", as_json=options.json)


def _split(workspace: Workspace, options: Namespace) -> None:
    parts = editing.split(workspace, *options.words)
    if options.json:
        print_json([session_json(part) for part in parts])
        return
    for part in parts:
        say(_described(workspace, part))


def _merge(workspace: Workspace, options: Namespace) -> None:
    merged = editing.merge(workspace, *options.words)
    if options.json:
        print_json([session_json(merged)])
        return
    say(_described(workspace, merged))


def _delete(workspace: Workspace, options: Namespace) -> None:
    session = editing.delete(workspace, options.words[0])
    if options.json:
        print_json(session_json(session))
        return
    say(f"Deleted {_described(workspace, session)}  learnhabit undo brings it back")


def _described(workspace: Workspace, session: Session) -> str:
    return (
        f"{short_id(session.id)}  {format_duration(session.seconds)} of {session.topic_title},"
        f" {span_of(session, workspace)} on study day {long_day(session.study_day)}."
    )


def _star_options(parser: Parser) -> None:
    parser.add_argument("--off", action="store_true", help="take the star away")


def _star(workspace: Workspace, options: Namespace) -> None:
    session = editing.star(workspace, options.words[0], starred=not options.off)
    if options.json:
        print_json({**session_json(session), "starred": session.starred})
        return
    said = "Took the star from" if options.off else "★"
    say(f"{said} {display_line(session.takeaway)}  learnhabit undo takes it back")


def _undo(workspace: Workspace, options: Namespace) -> None:
    _print_step(undoing.undo(workspace), "undone", "Took back", "learnhabit redo does it again", options)


def _redo(workspace: Workspace, options: Namespace) -> None:
    _print_step(undoing.redo(workspace), "redone", "Did again", "learnhabit undo takes it back", options)


def _print_step(summary: str, key: str, verb: str, hint: str, options: Namespace) -> None:
    if options.json:
        print_json({key: summary})
    else:
        say(f"{verb}: {summary}.  {hint}")


COMMANDS = {
    "edit": Command(
        _edit,
        "change a session",
        words="ID",
        least=1,
        most=1,
        options=_edit_options,
        example='learnhabit edit last --duration 50m --note "to section 4"',
    ),
    "move": Command(
        _move,
        "let a session count for another study day",
        words="ID DAY",
        least=2,
        most=4,
        example="learnhabit move last yesterday",
    ),
    "split": Command(
        _split,
        "cut a session in two at a time inside it",
        words="ID TIME",
        least=2,
        most=2,
        example="learnhabit split last 21:10",
    ),
    "merge": Command(
        _merge,
        "make two sessions of one topic and day one",
        words="ID ID",
        least=2,
        most=2,
        example="learnhabit merge last a1b2c3",
    ),
    "delete": Command(_delete, "delete a session", words="ID", least=1, most=1, example="learnhabit delete last"),
    "star": Command(
        _star,
        "keep a takeaway for the year's summary",
        words="ID",
        least=1,
        most=1,
        options=_star_options,
        example="learnhabit star last",
    ),
    "undo": Command(_undo, "take back the latest change"),
    "redo": Command(_redo, "do again what was undone"),
}
