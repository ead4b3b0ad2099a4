"""Commands for resolutions, and for what is finished: resolve, resolution, resource."""

from __future__ import annotations

from learnhabit.cli.acting import Deed, by_deed
from learnhabit.cli.output import print_json, say, short_id, warn
from learnhabit.cli.parser import Command, Parser
from learnhabit.domain.day_text import long_day
from learnhabit.domain.resolution_words import (
    STATE_ICONS,
    bare_amount,
    delta_text,
    progress_text,
    rate_text,
    state_sentence,
    target_text,
)
from learnhabit.domain.text import display_line
from learnhabit.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from learnhabit.services.resolution_values import ResolutionDetail, ResolutionView
    from learnhabit.services.workspace import Workspace

STATEMENT, DONE, DELTA = 27, 14, 14
"""Cells of the list's columns, which with state and id fill 80."""


def resolution_json(view: ResolutionView) -> dict[str, object]:
    """A resolution as other programs read it: hours as decimal numbers, dates in ISO form, null where none applies."""
    resolution, standing = view.resolution, view.standing
    hours = 3600 if resolution.measure == "hours" else 1

    def amount(value: float | None, scale: int = hours) -> float | None:
        return value if value is None or scale == 1 else value / scale

    # A recurring one counts periods, whatever each of them measures.
    counted = 1 if resolution.per else hours
    made: dict[str, object] = {
        "id": resolution.id,
        "statement": resolution.statement,
        "measure": resolution.measure,
        "kind": resolution.kind,
        "scope": list(resolution.scope),
        "period_start": resolution.period_start.isoformat(),
        "period_end": resolution.period_end.isoformat(),
        "made_on": resolution.made_on.isoformat(),
        "per": resolution.per,
        "target": amount(resolution.target),
        "first_target": amount(resolution.first_target),
        "progress": amount(standing.progress, counted),
        "planned": amount(standing.planned, counted),
        "delta": amount(standing.delta, counted),
        "safe_days": standing.safe_days,
        "needed_per_week": amount(standing.needed_per_week),
        "usual_per_week": amount(standing.usual_per_week),
        "projected_from": standing.projected_from.isoformat() if standing.projected_from else None,
        "projected_to": standing.projected_to.isoformat() if standing.projected_to else None,
        "state": standing.state,
    }
    if resolution.per:
        running = standing.running
        made["period_progress"] = amount(running.progress) if running else None
        made["period_target"] = amount(running.target) if running else None
    return made


def _resolve_options(parser: Parser) -> None:
    parser.add_argument("--cue", default="", metavar="TEXT", help="when it is to happen, such as after morning coffee")


def _resolve(workspace: Workspace, options: Namespace) -> None:
    from learnhabit.services.resolving import add_resolution

    view, sentence = add_resolution(workspace, " ".join(options.words), options.cue)
    warn(workspace.warnings)
    if options.json:
        print_json(resolution_json(view))
    else:
        say(sentence)
        say(f"id {short_id(view.resolution.id)} · learnhabit undo takes it back")


def _resolution_options(parser: Parser) -> None:
    parser.add_argument("--why", metavar="TEXT", deeds=("let-go",), help="the reason, which is kept")
    parser.add_argument("--on", metavar="DAY", deeds=("checkin",), help="the day it was done")
    parser.add_argument("--statement", metavar="TEXT", deeds=("edit",), help="the words")
    parser.add_argument(
        "--topic", action="append", metavar="TOPIC", deeds=("edit",), help="a topic that counts; may be repeated"
    )
    parser.add_argument("--all-topics", action="store_true", deeds=("edit",), help="every topic counts")
    parser.add_argument("--until", metavar="DAY", deeds=("edit",), help="the last day")
    parser.add_argument("--cue", metavar="TEXT", deeds=("edit",), help="when it is to happen")


def _list(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services.resolutions import resolutions

    views = resolutions(workspace)
    if options.json:
        print_json([resolution_json(view) for view in views])
        return
    if not views:
        say('No resolution yet. Such as: learnhabit resolve "40 hours of fine-tuning by 31 Dec"')
    for view in views:
        say(_row(view))


def _row(view: ResolutionView) -> str:
    resolution, standing = view.resolution, view.standing
    state = f"{STATE_ICONS[standing.state]} {standing.state:<12}"
    statement = _cut(display_line(resolution.statement), STATEMENT)
    done = delta = ""
    if resolution.per:
        done, running = delta_text(standing, resolution), standing.running
        delta = f"now {_of(view, running.progress, running.target)}" if running else ""
    elif resolution.measure != "done":
        done = _of(view, standing.progress, resolution.target)
        delta = delta_text(standing, resolution) if standing.state in ("behind", "out of reach", "ahead") else ""
    done, delta = f"{_cut(done, DONE):>{DONE}}", f"{_cut(delta, DELTA):<{DELTA}}"
    return f"{state} {statement:<{STATEMENT}} {done}  {delta} {short_id(resolution.id)}"


def _of(view: ResolutionView, done: float, target: float) -> str:
    """`32.4 of 40 h`, `11 of 12`: the statement says of what."""
    if view.resolution.measure == "hours":
        return progress_text(done, target, "hours")
    return f"{bare_amount(done, view.resolution.measure)} of {bare_amount(target, view.resolution.measure)}"


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1].rstrip()}…"


def _show(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services.resolution_detail import resolution_detail

    detail = resolution_detail(workspace, words[0])
    if not options.json:
        _say_detail(detail)
        return
    resolution = detail.view.resolution
    print_json(
        {
            **resolution_json(detail.view),
            "cue": resolution.cue,
            "aims": [
                {
                    "entered_on": aim.entered_on.isoformat(),
                    "target": aim.target / 3600 if resolution.measure == "hours" else aim.target,
                    "period_end": aim.period_end.isoformat(),
                }
                for aim in resolution.aims
            ],
            "let_go_on": resolution.let_go_on.isoformat() if resolution.let_go_on else None,
            "let_go_why": resolution.let_go_why,
            "reached_on": detail.view.standing.reached_on.isoformat() if detail.view.standing.reached_on else None,
            "why": [
                {
                    "figure": each.figure,
                    "value": each.value,
                    "text": each.text,
                    "parts": [list(row) for row in each.rows],
                }
                for each in detail.reasons
            ],
        }
    )


def _say_detail(detail: ResolutionDetail) -> None:
    resolution, standing = detail.view.resolution, detail.view.standing
    say(f"{display_line(resolution.statement)}  {STATE_ICONS[standing.state]} {standing.state}")
    rows = [("", detail.sentence)]
    topics = ", ".join(detail.view.titles) or "any"
    if resolution.measure not in ("count", "done"):
        rows.append(("Topics", topics))
    rows.append(("Days", f"{long_day(resolution.period_start)} to {long_day(resolution.period_end)}"))
    if resolution.cue:
        rows.append(("Cue", resolution.cue))
    first = resolution.aims[0]
    if len(resolution.aims) > 1:
        aim = target_text(first.target, resolution.measure, resolution.kind, resolution.per)
        rows.append(("First", f"{aim} until {long_day(first.period_end)}, on {long_day(first.entered_on)}"))
    shown = [each for each in detail.reasons if each.figure not in ("STATE", "WOULD FINISH")]
    rows += [(each.figure.capitalize(), each.value) for each in shown]
    if detail.projection:
        rows.append(("Finish", detail.projection))
    if detail.advice_more:
        rows.append(("In time", detail.advice_more))
    if detail.weeks and standing.needed_per_week is not None:
        weeks = " · ".join(
            rate_text(week.amount, resolution.measure, resolution.kind).removesuffix(" a week") for week in detail.weeks
        )
        rows.append(("Weeks", f"{weeks}, oldest first"))
    for name, text in rows:
        say(f"  {name:<11} {display_line(text)}".rstrip() if name else f"  {display_line(text)}")


def _target(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services.resolving import set_target

    _say_change(workspace, options, set_target(workspace, words[0], " ".join(words[1:])))


def _checkin(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services.resolving import check_in

    _say_change(workspace, options, check_in(workspace, words[0], words[1] if len(words) > 1 else None, options.on))


def _edit(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services.resolving import edit_resolution

    if options.topic and options.all_topics:
        raise UsageError("--topic and --all-topics exclude each other", "give one of them")
    view = edit_resolution(
        workspace,
        words[0],
        statement=options.statement,
        topics=[] if options.all_topics else options.topic,
        until=options.until,
        cue=options.cue,
    )
    _say_change(workspace, options, view)


def _let_go(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services.resolving import let_go

    _say_change(workspace, options, let_go(workspace, words[0], options.why or ""))


def _carry_over(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services.resolving import carry_over

    year = words[0]
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        raise UsageError(f"“{year}” is no year", f"such as learnhabit resolution carry-over {workspace.today.year}")
    made = carry_over(workspace, int(year), words[1:] or None)
    warn(workspace.warnings)
    if options.json:
        print_json([resolution_json(view) for view in made])
        return
    for view in made:
        say(_row(view))
    say(f"Carried {len(made)} over to {year}.  learnhabit undo takes them back")


def _delete(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services.resolving import delete_resolution

    view = delete_resolution(workspace, words[0])
    if options.json:
        print_json(resolution_json(view))
    else:
        say(f"Deleted “{display_line(view.resolution.statement)}”.  learnhabit undo brings it back")


def _say_change(workspace: Workspace, options: Namespace, view: ResolutionView) -> None:
    warn(workspace.warnings)
    if options.json:
        print_json(resolution_json(view))
        return
    say(_row(view))
    say(state_sentence(view.resolution, view.standing, workspace.today))


DEEDS: dict[str, Deed] = {
    "list": Deed(_list, "where each stands"),
    "show": Deed(_show, "all of one, and how its figures came about", "ID", 1, 1),
    "target": Deed(_target, "another target, from today on; the first one is kept", "ID VALUE", 2, 4),
    "checkin": Deed(_checkin, "count one more, or N, for one that counts what you say", "ID [N]", 1, 2),
    "edit": Deed(_edit, "other words, topics, cue or last day", "ID", 1, 1),
    "let-go": Deed(_let_go, "end it without regret; the reason is kept", "ID --why TEXT", 1, 1),
    "carry-over": Deed(
        _carry_over, "make what the year before left open for YEAR too, or these of it", "YEAR [ID …]", 1, None
    ),
    "delete": Deed(_delete, "delete it as if it had never been made", "ID", 1, 1),
}


COMMANDS = {
    "resolve": Command(
        _resolve,
        "say in one line of plain words what you will learn, and by when",
        words="LINE",
        least=1,
        most=None,
        options=_resolve_options,
        example='learnhabit resolve "40 hours of fine-tuning by 31 Dec"',
    ),
    "resolution": Command(
        by_deed("resolution", DEEDS),
        "see where resolutions stand, and change them",
        deeds=DEEDS,
        alone="list",
        options=_resolution_options,
        example="learnhabit resolution target last 50",
    ),
}
