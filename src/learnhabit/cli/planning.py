"""Commands that say what is asked of a day and a week: cadence and time off."""

from __future__ import annotations

from learnhabit.cli.output import print_json, say, short_id, warn
from learnhabit.cli.parser import Command, Parser
from learnhabit.domain.day_text import WEEKDAYS, long_day
from learnhabit.errors import UsageError
from learnhabit.services import planning

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace

    from learnhabit.domain.cadence import TimeOff
    from learnhabit.services.workspace import Workspace


def _cadence_options(parser: Parser) -> None:
    parser.add_argument("--minimum", metavar="DURATION", help="from so much on a day counts")
    parser.add_argument("--goal", metavar="DURATION", help="fills the bar on Today, and nothing else")


def _cadence(workspace: Workspace, options: Namespace) -> None:
    words = options.words[0] if options.words else None
    if words is None and options.minimum is None and options.goal is None:
        plan = planning.plan(workspace)
    else:
        plan = planning.set_plan(workspace, cadence=words, minimum=options.minimum, goal=options.goal)
    if options.json:
        print_json(
            {
                "days_per_week": plan.days_per_week,
                "weekdays": [WEEKDAYS[day].lower() for day in plan.weekdays],
                "minimum_seconds": plan.minimum_seconds,
                "goal_seconds": plan.goal_seconds,
                "effective_from": plan.effective_from.isoformat(),
            }
        )
        return
    say(planning.plan_words(plan))


def _time_off_options(parser: Parser) -> None:
    parser.add_argument("--why", metavar="TEXT", default="", help="a word for it, such as holiday")


def _time_off(workspace: Workspace, options: Namespace) -> None:
    words = options.words
    if options.why and words[:1] in ([], ["list"], ["remove"]):
        raise UsageError("--why is for declaring time off", "such as learnhabit time-off 24 dec --why holiday")
    if not words or words == ["list"]:
        _list_time_off(workspace, options)
        return
    if words[0] == "remove":
        if len(words) != 2:
            raise UsageError("time-off remove: something is missing", "it takes one ID, or last")
        off, verb = planning.remove_time_off(workspace, words[1]), "Removed from today on:"
    else:
        if len(words) > 2:
            raise UsageError(f"time-off: too many words, from “{words[2]}” on", "it takes FROM [TO]")
        to_text = words[1] if len(words) == 2 else None
        off, verb = planning.add_time_off(workspace, words[0], to_text, options.why), "Time off:"
    warn(workspace.warnings)
    if options.json:
        print_json(_time_off_json(off))
    else:
        say(f"{verb} {planning.describe_time_off(off)}.  id {short_id(off.id)}")


def _list_time_off(workspace: Workspace, options: Namespace) -> None:
    declared = planning.time_off(workspace)
    if options.json:
        print_json([_time_off_json(off) for off in declared])
        return
    if not declared:
        say("No time off is declared. Such as: learnhabit time-off 2026-12-24 2027-01-01 --why holiday")
    for off in declared:
        removed = f", removed from {long_day(off.removed_on)} on" if off.removed_on else ""
        say(f"{short_id(off.id)}  {planning.describe_time_off(off)}{removed}")


def _time_off_json(off: TimeOff) -> dict[str, object]:
    return {
        "id": off.id,
        "from": off.from_day.isoformat(),
        "to": off.to_day.isoformat(),
        "why": off.why,
        "entered_on": off.entered_on.isoformat(),
        "removed_on": off.removed_on.isoformat() if off.removed_on else None,
    }


COMMANDS = {
    "cadence": Command(
        _cadence,
        "show or set how many days a week, the daily minimum and goal",
        words="[N | mon,wed,fri]",
        most=1,
        options=_cadence_options,
        example="learnhabit cadence 4 --minimum 15m --goal 45m",
    ),
    "time-off": Command(
        _time_off,
        "declare time off, list it, or remove it from today on",
        words="FROM [TO] | list | remove ID",
        most=None,
        options=_time_off_options,
        example="learnhabit time-off 2026-12-24 2027-01-01 --why holiday",
    ),
}
