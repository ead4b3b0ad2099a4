"""Cadence, daily minimum and goal, time off, and the settings that belong to the data."""

from __future__ import annotations

from datetime import date, timedelta

from learnhabit.domain.cadence import TimeOff, parse_cadence
from learnhabit.domain.day_text import WEEKDAYS, long_day
from learnhabit.domain.day_words import read_day
from learnhabit.domain.duration import LONGEST, format_duration, parse_duration
from learnhabit.domain.quiet_hours import OFF, read_quiet_hours
from learnhabit.domain.recall import RECALL_LIMIT
from learnhabit.domain.record import Record
from learnhabit.domain.reminder import CATCH_UP
from learnhabit.domain.study_day import parse_day_start
from learnhabit.domain.text import quoted
from learnhabit.errors import LearnhabitError, UsageError
from learnhabit.services.delivering import QUIET_HOURS
from learnhabit.services.finding import accepted
from learnhabit.services.workspace import Workspace
from learnhabit.storage.rules import read_setting, read_time_off
from learnhabit.storage.store import Change

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

DAY = timedelta(days=1)
MOST_CARDS = 999
LONGEST_WORDS = 80
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
            _put_dated(
                change,
                workspace,
                "cadence",
                today,
                {"days_per_week": parsed[0], "weekdays": "".join(str(day) for day in parsed[1])},
            )
        if minimum_seconds:
            _put_dated(change, workspace, "daily_amount", today, {"what": "minimum", "seconds": minimum_seconds})
        if goal_seconds:
            _put_dated(change, workspace, "daily_amount", today, {"what": "goal", "seconds": goal_seconds})
    workspace.forget()
    return plan(workspace)


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


def _put_dated(change: Change, workspace: Workspace, table: str, day: date, values: dict[str, object]) -> None:
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


WEEK_STARTS = ("monday", "sunday", "saturday")


def settings(workspace: Workspace) -> dict[str, str]:
    """Every setting that belongs to the data, with the value in force."""
    start = next((each for each in reversed(workspace.day_starts)), None)
    minutes = start.minutes if start else 240
    return {
        "day_start": f"{minutes // 60:02}:{minutes % 60:02}",
        "week_start": read_setting(workspace.store, "week_start") or "monday",
        "clock": read_setting(workspace.store, "clock") or "24",
        "cue": read_setting(workspace.store, "cue") or "",
        "partner": read_setting(workspace.store, "partner") or "",
        "recall_limit": read_setting(workspace.store, "recall_limit") or str(RECALL_LIMIT),
        "quiet_hours": read_setting(workspace.store, "quiet_hours") or QUIET_HOURS,
        "catch_up": _short(int(read_setting(workspace.store, "catch_up") or CATCH_UP)),
        "bell": read_setting(workspace.store, "bell") or OFF,
    }


def set_setting(workspace: Workspace, key: str, value: str) -> str:
    """Change a setting; returns one sentence on what it means from now on."""
    value = accepted(workspace, value).strip()
    if key == "cue":
        said = _put_words(workspace, key, value)
        return f"The advice names your cue: {said}." if said else "The advice names no cue."
    if key == "partner":
        said = _put_words(workspace, key, value)
        return f"Your study partner is {said}." if said else "No study partner is named."
    value = value.lower()
    if key == "recall_limit":
        if not (value.isascii() and value.isdigit() and 1 <= int(value[:9]) <= MOST_CARDS):
            raise UsageError(f"{quoted(value)} is no number of cards", f"1 to {MOST_CARDS} a day")
        _put_setting(workspace, key, str(int(value)))
        return f"At most {int(value)} recall cards are asked a day."
    if key == "quiet_hours":
        hours = read_quiet_hours(value)
        _put_setting(workspace, key, hours.text if hours else OFF)
        return f"No reminder comes from {hours.text.replace('-', ' to ')}." if hours else "Reminders come at any hour."
    if key == "catch_up":
        seconds = parse_duration(value)
        if not 60 <= seconds <= LONGEST:
            raise UsageError(f"{quoted(value)} is no time for catching up", "a minute to a day, such as 3h")
        _put_setting(workspace, key, str(seconds))
        return f"A reminder that is late by up to {format_duration(seconds)} still comes."
    if key == "bell":
        if value not in ("on", OFF):
            raise UsageError(f"{quoted(value)} is neither on nor off", "with on, the terminal rings for a reminder")
        _put_setting(workspace, key, value)
        return f"The terminal {'rings' if value == 'on' else 'keeps silent'} when a reminder comes in the app."
    if key == "day_start":
        minutes = parse_day_start(value)
        # From the next study day on, so that today never turns back.
        day = workspace.today + DAY
        with workspace.change(f"set day_start to {value}") as change:
            # After a flight west a start that was set before may lie beyond this one; the newest choice holds.
            for row in workspace.store.all(
                "SELECT id FROM day_start WHERE effective_from > ? AND deleted_at IS NULL", day.isoformat()
            ):
                change.remove("day_start", row[0])
            _put_dated(change, workspace, "day_start", day, {"minutes": minutes})
        workspace.forget()
        return f"A study day begins at {minutes // 60:02}:{minutes % 60:02} from {long_day(day)} on."
    if key == "week_start":
        matches = [each for each in WEEK_STARTS if value and each.startswith(value)]
        if len(matches) != 1:
            raise UsageError(f"“{value}” can't begin a week", "monday, sunday or saturday")
        _put_setting(workspace, key, matches[0])
        return f"Weeks begin on {matches[0].capitalize()}; every week is grouped anew."
    if key == "clock":
        if value not in ("12", "24"):
            raise UsageError(f"“{value}” is no clock", "12 or 24")
        _put_setting(workspace, key, value)
        return f"Times are shown with {value} hours."
    raise unknown_setting(workspace, key)


def _short(seconds: int) -> str:
    """`3h` or `45m`, as it may be typed."""
    return f"{seconds // 3600}h" if seconds % 3600 == 0 else f"{seconds // 60}m"


def unknown_setting(workspace: Workspace, key: str) -> UsageError:
    """The error for a key that does not exist."""
    return UsageError(f"Unknown setting “{key}”", f"there are {', '.join(settings(workspace))}")


def _put_words(workspace: Workspace, key: str, value: str) -> str:
    """Words of the person's own; an empty text removes them."""
    words = " ".join(value.split())
    if len(words) > LONGEST_WORDS:
        raise UsageError(f"The {key} is too long", f"at most {LONGEST_WORDS} characters")
    _put_setting(workspace, key, words)
    return words


def _put_setting(workspace: Workspace, key: str, value: str) -> None:
    with workspace.change(f"set {key} to {value}") as change:
        change.put("setting", key, {"value": value})
    workspace.forget()
