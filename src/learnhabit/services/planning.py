"""Cadence, daily minimum and goal, and time off."""

from __future__ import annotations

from datetime import date

from learnhabit.domain.cadence import TimeOff, parse_cadence
from learnhabit.domain.day_text import WEEKDAYS, long_day
from learnhabit.domain.day_words import read_day
from learnhabit.domain.duration import format_duration, parse_duration
from learnhabit.domain.record import Record
from learnhabit.errors import LearnhabitError, UsageError
from learnhabit.services.finding import accepted
from learnhabit.services.workspace import Workspace
from learnhabit.storage.rules import read_time_off
from learnhabit.storage.store import Change

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

SHORTEST_MINIMUM = 60
"""Seconds; a minimum of nothing would make every day count."""


class Plan(Record):
    """What is asked of a day and a week from today on."""

    days_per_week: int
    weekdays: tuple[int, ...]
    """Days on which the app asks, Monday is 0; empty when any day is as good."""
    minimum_seconds: int
    goal_seconds: int
    effective_from: date
    """The study day from which the cadence counts."""


def plan(workspace: Workspace) -> Plan:
    """The cadence and amounts in force today."""
    rules, today = workspace.rules, workspace.today
    cadence = next((each for each in reversed(rules.cadences) if each.effective_from <= today), None)
    return Plan(
        days_per_week=rules.days_per_week(today),
        weekdays=cadence.weekdays if cadence else (),
        minimum_seconds=rules.minimum(today),
        goal_seconds=rules.goal(today),
        effective_from=cadence.effective_from if cadence else today,
    )


def set_plan(
    workspace: Workspace, *, cadence: str | None = None, minimum: str | None = None, goal: str | None = None
) -> Plan:
    """Change cadence, daily minimum or daily goal from today on; days that are over are not judged anew."""
    parsed = parse_cadence(accepted(workspace, cadence)) if cadence is not None else None
    minimum_seconds = _amount(minimum)
    goal_seconds = _amount(goal)
    if parsed is None and minimum_seconds is None and goal_seconds is None:
        raise UsageError("Nothing to change", "learnhabit cadence 4, or mon,wed,fri, --minimum 10m, --goal 45m")
    said = []
    if parsed:
        said.append(f"cadence to {describe_cadence(*parsed)}")
    if minimum_seconds:
        said.append(f"daily minimum to {format_duration(minimum_seconds)}")
    if goal_seconds:
        said.append(f"daily goal to {format_duration(goal_seconds)}")
    today = workspace.today
    with workspace.change(f"set {' and '.join(said)}") as change:
        if parsed:
            put_dated(
                change,
                workspace,
                "cadence",
                today,
                {"days_per_week": parsed[0], "weekdays": "".join(str(day) for day in parsed[1])},
            )
        if minimum_seconds:
            put_dated(change, workspace, "daily_amount", today, {"what": "minimum", "seconds": minimum_seconds})
        if goal_seconds:
            put_dated(change, workspace, "daily_amount", today, {"what": "goal", "seconds": goal_seconds})
    workspace.forget()
    return plan(workspace)


def plan_words(plan: Plan) -> str:
    """What is asked, in a sentence."""
    return (
        f"{describe_cadence(plan.days_per_week, plan.weekdays)}; a day counts from"
        f" {format_duration(plan.minimum_seconds)} on, its goal is {format_duration(plan.goal_seconds)}."
    )


def describe_cadence(days_per_week: int, weekdays: Sequence[int]) -> str:
    """`5 days a week`, with the named days behind it."""
    named = f" ({', '.join(WEEKDAYS[day] for day in weekdays)})" if weekdays else ""
    return f"{days_per_week} {'day' if days_per_week == 1 else 'days'} a week{named}"


def _amount(text: str | None) -> int | None:
    if text is None:
        return None
    seconds = parse_duration(text)
    if seconds < SHORTEST_MINIMUM:
        raise UsageError(f"“{text}” is too short", "a day needs at least a minute")
    return seconds


def put_dated(change: Change, workspace: Workspace, table: str, day: date, values: dict[str, object]) -> None:
    """Write a rule that counts from a day on; a second one for the same day replaces the first."""
    what = " AND what = ?2" if "what" in values else ""
    known = workspace.store.one(
        f"SELECT id FROM {table} WHERE effective_from = ?1 AND deleted_at IS NULL{what}",
        *([day.isoformat(), values["what"]] if what else [day.isoformat()]),
    )
    row = {"effective_from": day.isoformat(), **values}
    if known:
        change.update(table, known[0], row)
    else:
        change.insert(table, workspace.new_id(), row)


def add_time_off(workspace: Workspace, from_text: str, to_text: str | None, why: str) -> TimeOff:
    """Declare time off from a day to a day (both included), past ones allowed; without an end it is one day."""
    first = read_day(accepted(workspace, from_text), workspace.calendar, lean="near")
    last = first
    if to_text is not None:
        calendar = workspace.calendar
        if to_text.strip().lower() not in ("today", "yesterday", "tomorrow"):
            # `mon fri` means the Friday behind that Monday.
            calendar = calendar.replace(today=first)
        last = read_day(accepted(workspace, to_text), calendar, lean="near")
    if last < first:
        raise LearnhabitError(
            "Time off would end before it begins", f"{long_day(first)} to {long_day(last)}: turn the two days round"
        )
    off = TimeOff(
        id=workspace.new_id(),
        from_day=first,
        to_day=last,
        why=" ".join(accepted(workspace, why).split()),
        entered_on=workspace.today,
        removed_on=None,
    )
    with workspace.change(f"declared time off {describe_time_off(off)}") as change:
        change.insert(
            "time_off",
            off.id,
            {
                "from_day": first.isoformat(),
                "to_day": last.isoformat(),
                "why": off.why,
                "entered_on": off.entered_on.isoformat(),
            },
        )
    workspace.forget()
    return off


def time_off(workspace: Workspace) -> tuple[TimeOff, ...]:
    """Time off that was declared, in the order of its days; removed ones too, they covered the days before."""
    return read_time_off(workspace.store)


def remove_time_off(workspace: Workspace, reference: str) -> TimeOff:
    """End time off from today on: days that are over stay off, today and later ones count again."""
    found = [each for each in time_off(workspace) if each.id.endswith(reference.strip().lower()) and reference.strip()]
    if reference == "last":
        row = workspace.store.one("SELECT id FROM time_off WHERE deleted_at IS NULL ORDER BY seq DESC LIMIT 1")
        found = [each for each in time_off(workspace) if row and each.id == row[0]]
    if len(found) != 1:
        raise UsageError(
            f"{'Several' if found else 'No'} time off with the id “{reference}”", "learnhabit time-off list shows them"
        )
    off = found[0]
    if off.removed_on is not None:
        raise LearnhabitError("This time off was removed already", f"on {long_day(off.removed_on)}")
    today = workspace.today
    if off.to_day < today:
        raise LearnhabitError(
            "This time off is over",
            "days that are over keep what they were; only learnhabit undo takes it back as if it had never been",
        )
    with workspace.change(f"removed time off {describe_time_off(off)}") as change:
        change.update("time_off", off.id, {"removed_on": today.isoformat()})
    workspace.forget()
    return off.replace(removed_on=today)


def describe_time_off(off: TimeOff) -> str:
    """`Mon 6 Jul 2026 to Sun 12 Jul 2026 (holiday)`."""
    days = long_day(off.from_day)
    if off.to_day != off.from_day:
        days = f"{days} to {long_day(off.to_day)}"
    return f"{days} ({off.why})" if off.why else days
