"""Commands that log study and drive the timer."""

from __future__ import annotations

import sys

from learnhabit.cli.output import ask, print_json, say, session_json, short_id, span_of, tell, timer_json, warn
from learnhabit.cli.parser import Command, Parser
from learnhabit.domain.day_text import clock_time, long_day
from learnhabit.domain.duration import format_duration, parse_duration
from learnhabit.errors import LearnhabitError, UsageError
from learnhabit.services import tracking

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace

    from learnhabit.services.values import Outcome, TimerView
    from learnhabit.services.workspace import Workspace


def _entry_options(parser: Parser) -> None:
    parser.add_argument(
        "--at", metavar="WHEN", help="the start: -15m, 21:00, yesterday 21:00, mon 8:15, 2026-03-01 9:00"
    )
    parser.add_argument("--note", metavar="TEXT", help="the note, literally")
    parser.add_argument("--tag", metavar="TAG", action="append", default=[], help="a tag; may be given again")
    parser.add_argument("--resource", metavar="ID", help="the paper, course or book")


def _log_options(parser: Parser) -> None:
    _entry_options(parser)
    parser.add_argument("--takeaway", metavar="TEXT", help="what you want to keep from it")


def _stop_options(parser: Parser) -> None:
    parser.add_argument("--takeaway", metavar="TEXT", default="", help="what you want to keep from it")
    parser.add_argument("--note", metavar="TEXT", help="a note instead of the one given at the start")
    parser.add_argument("--progress", metavar="AMOUNT", help="how far its resource is: 45%%, 120 of 300 pages, 35 min")
    parser.add_argument(
        "--card", metavar="QUESTION", nargs="?", const="", help="make the takeaway a recall card, with this question"
    )
    parser.add_argument("--keep", action="store_true", help="the time looks wrong, and is right")
    parser.add_argument(
        "--trim", metavar="DURATION", nargs="?", const="", help="keep this much, or up to the last heartbeat of the app"
    )
    parser.add_argument("--discard", action="store_true", help="drop the timer without a session")


def _log(workspace: Workspace, options: Namespace) -> None:
    outcome = tracking.log(
        workspace,
        options.words,
        at=options.at,
        note=options.note,
        tags=options.tag,
        takeaway=options.takeaway or "",
        resource=options.resource,
    )
    print_outcome(workspace, outcome, "Logged", as_json=options.json)


def print_outcome(workspace: Workspace, outcome: Outcome, verb: str, *, as_json: bool) -> None:
    """Say what was written: date, study day and the day's total, so that a slip is seen at once."""
    session = outcome.session
    warn(outcome.warnings)
    if as_json:
        print_json(session_json(session))
        return
    moved = ", moved there by hand" if session.day_moves else ""
    say(
        f"{verb} {format_duration(session.seconds)} of {session.topic_title}, {span_of(session, workspace)}"
        f" on study day {long_day(session.study_day)}{moved}."
    )
    say(f"That day: {format_duration(outcome.day_seconds)}.  id {short_id(session.id)} · learnhabit undo takes it back")


def _start(workspace: Workspace, options: Namespace) -> None:
    timer = tracking.start(
        workspace, options.words, at=options.at, note=options.note, tags=options.tag, resource=options.resource
    )
    _print_timer(workspace, timer, "Started", options)


def _switch(workspace: Workspace, options: Namespace) -> None:
    outcome, timer = tracking.switch(
        workspace, options.words, at=options.at, note=options.note, tags=options.tag, resource=options.resource
    )
    if options.json:
        warn(outcome.warnings)
        print_json({"stopped": session_json(outcome.session), "timer": timer_json(timer)})
        return
    print_outcome(workspace, outcome, "Stopped", as_json=False)
    _print_timer(workspace, timer, "Started", options)


def _pause(workspace: Workspace, options: Namespace) -> None:
    _print_timer(workspace, tracking.pause(workspace), "Paused", options)


def _resume(workspace: Workspace, options: Namespace) -> None:
    _print_timer(workspace, tracking.resume(workspace), "Resumed", options)


def _stop(workspace: Workspace, options: Namespace) -> None:
    decisions = [name for name in ("keep", "discard") if getattr(options, name)]
    if options.trim is not None:
        decisions.append("trim")
    if len(decisions) > 1:
        raise UsageError("Only one of --keep, --trim and --discard", "say what should become of the time")
    decision, trim_to = decisions[0] if decisions else None, options.trim
    if decision is None and not options.json and sys.stdin.isatty() and sys.stdout.isatty():
        decision, trim_to = _ask(workspace)
    if decision == "discard":
        _cancel(workspace, options)
        return
    trim_seconds = parse_duration(trim_to) if trim_to else None
    outcome: Outcome | None
    if options.progress is None and options.card is None:
        outcome = tracking.stop(
            workspace, takeaway=options.takeaway, note=options.note, decision=decision, trim_seconds=trim_seconds
        )
    else:
        # Loaded when it is asked for: a plain stop is not to wait for it.
        from learnhabit.services.stopping import stop_with

        outcome = stop_with(
            workspace,
            takeaway=options.takeaway,
            note=options.note,
            decision=decision,
            trim_seconds=trim_seconds,
            progress=options.progress,
            question=options.card,
        )
    if outcome:
        print_outcome(workspace, outcome, "Stopped", as_json=options.json)


def _ask(workspace: Workspace) -> tuple[str | None, str]:
    """Ask what to do with a time that looks wrong: (decision, duration to trim to). (None, "") when it looks right."""
    timer = tracking.timer(workspace)
    if timer is None or not timer.suspicion:
        return None, ""
    tell(f"The timer on {timer.topic_title} looks wrong: {timer.suspicion}.")
    beat = timer.heartbeat_seconds
    usual = f" (alone: {format_duration(beat)}, when the app last saw it)" if beat is not None else ""
    while True:
        line = ask(f"keep, trim DURATION{usual}, discard, or leave it running? ") or ""
        answer = line.split(maxsplit=1) or ["leave"]
        word = next((name for name in ("keep", "trim", "discard", "leave") if name.startswith(answer[0].lower())), "")
        if word == "leave":
            raise LearnhabitError("The timer still runs", "learnhabit stop asks again")
        if word:
            return word, answer[1] if word == "trim" and len(answer) > 1 else ""


def _cancel(workspace: Workspace, options: Namespace) -> None:
    _print_timer(workspace, tracking.cancel(workspace), "Discarded", options)


def _print_timer(workspace: Workspace, timer: TimerView, verb: str, options: Namespace) -> None:
    warn(workspace.warnings)
    if options.json:
        print_json(timer_json(timer))
        return
    since = clock_time(timer.started_wall, clock_24=workspace.clock_24)
    hints = {
        "Started": "learnhabit stop saves it",
        "Resumed": "learnhabit stop saves it",
        "Paused": "learnhabit resume goes on, learnhabit stop saves it",
        "Discarded": "learnhabit undo brings it back, paused",
    }
    shown = f", {format_duration(timer.seconds)}" if timer.seconds >= 60 else ""
    say(f"{verb} {timer.topic_title}, since {since}{shown}.  {hints[verb]}")


COMMANDS = {
    "log": Command(
        _log,
        "log study that is over",
        words="DURATION TOPIC [NOTE] [@WHEN] [#TAG …]",
        least=1,
        most=None,
        options=_log_options,
        example='learnhabit log 45m rag "chunking, section 4" --at "yesterday 21:00"',
    ),
    "start": Command(
        _start,
        "start the timer",
        words="TOPIC [NOTE] [@WHEN] [#TAG …]",
        least=1,
        most=None,
        options=_entry_options,
        example="learnhabit start rag --at -15m",
    ),
    "pause": Command(_pause, "hold the timer"),
    "resume": Command(_resume, "let the timer go on"),
    "switch": Command(
        _switch,
        "stop the timer and start another topic",
        words="TOPIC [NOTE] [@WHEN] [#TAG …]",
        least=1,
        most=None,
        options=_entry_options,
        example="learnhabit switch evaluation",
    ),
    "stop": Command(
        _stop,
        "stop the timer and save the session",
        options=_stop_options,
        example='learnhabit stop --takeaway "Chunks overlap so that no fact is cut in two."',
    ),
    "cancel": Command(_cancel, "drop the timer without saving"),
}
