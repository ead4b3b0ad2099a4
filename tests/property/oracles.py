"""Slow, obvious versions of the rules, written from their words and sharing nothing with the program's scan."""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import NamedTuple

from learnhabit.domain.cadence import Rules

DAY = timedelta(days=1)


def n_on(rules: Rules, day: date) -> int:
    """Days a week in force: the latest cadence set up to that day, five before any."""
    n = 5
    for cadence in rules.cadences:
        if cadence.effective_from <= day:
            n = cadence.days_per_week
    return n


def counted(seconds: dict[date, int], rules: Rules, day: date) -> bool:
    """At least the daily minimum in force on that day."""
    minimum = 600
    for amount in rules.minimums:
        if amount.effective_from <= day:
            minimum = amount.seconds
    return seconds.get(day, 0) >= minimum


def off(rules: Rules, day: date) -> bool:
    """Inside declared time off; removed time off covers the days before its removal."""
    return any(
        each.from_day <= day <= each.to_day and not (each.removed_on is not None and day >= each.removed_on)
        for each in rules.time_off
    )


class Fact(NamedTuple):
    """What is true of a day by itself."""

    counted: bool
    off: bool
    n: int


def facts(seconds: dict[date, int], rules: Rules, first: date, last: date) -> dict[date, Fact]:
    """Every day from the one before the first to the last."""
    days = [first + DAY * number for number in range(-1, (last - first).days + 1)]
    return {day: Fact(counted(seconds, rules, day), off(rules, day), n_on(rules, day)) for day in days}


def last_seven(known: dict[date, Fact], day: date, begin: date) -> list[date]:
    """The last seven days up to one that are not paused, back to `begin` or to a day on which n changed.

    A counted day is never paused, inside time off either.
    """
    found: list[date] = []
    while day >= begin and len(found) < 7:
        if known[day].counted or not known[day].off:
            found.append(day)
        if known[day].n != known[day - DAY].n:
            break
        day -= DAY
    return found


def holds(known: dict[date, Fact], day: date, begin: date) -> bool:
    """Of the last seven unpaused days at most 7 − n are uncounted, no further back than `begin` or a change of n."""
    return sum(not known[each].counted for each in last_seven(known, day, begin)) <= 7 - known[day].n


def kinds(seconds: dict[date, int], rules: Rules, first: date, last: date) -> dict[date, str]:
    """What every day was, one after the other."""
    known = facts(seconds, rules, first, last)
    found: dict[date, str] = {}
    effort: date | None = None
    day = first
    while day <= last:
        if known[day].counted:
            found[day] = "counted"
            effort = effort or day
        elif known[day].off:
            found[day] = "paused"
        elif effort is not None and holds(known, day, effort):
            found[day] = "day off"
        else:
            found[day] = "missed"
            effort = None
        day += DAY
    return found


def run(seconds: dict[date, int], rules: Rules, first: date, today: date) -> int:
    """Counted days in the longest stretch up to today that keeps the cadence.

    Today is part of it only once it is counted.
    """
    known = facts(seconds, rules, first, today)
    return _longest_stretch(known, first, today if known[today].counted else today - DAY)


def longest_run(seconds: dict[date, int], rules: Rules, first: date, today: date) -> int:
    """The largest that the run was on any day."""
    known = facts(seconds, rules, first, today)
    lasts = [first + DAY * number for number in range((today - first).days + known[today].counted)]
    return max((_longest_stretch(known, first, last) for last in lasts), default=0)


def _longest_stretch(known: dict[date, Fact], first: date, last: date) -> int:
    """Every beginning is tried, and every day in the stretch is looked at."""
    days = [first + DAY * number for number in range((last - first).days + 1)]
    studied = [day for day in days if known[day].counted]
    lacking = [day for day in days if not known[day].counted and not known[day].off]
    lengths = [
        sum(day >= begin for day in studied)
        for begin in studied
        if all(holds(known, day, begin) for day in lacking if day > begin)
    ]
    return max(lengths, default=0)


def strength(seconds: dict[date, int], rules: Rules, first: date, today: date) -> float:
    """Exponential smoothing over counted and missed days; today only once it is counted."""
    value, begun = 0.0, False
    for day, kind in kinds(seconds, rules, first, today).items():
        if day == today and kind != "counted":
            continue
        m = 0.5 ** (1 / (13 * math.sqrt(n_on(rules, day) / 7)))
        begun = begun or kind == "counted"
        if kind == "counted":
            value = m * value + (1 - m)
        elif kind == "missed" and begun:
            value = m * value
    return value


def safe_days(seconds: dict[date, int], rules: Rules, first: date, today: date) -> int:
    """Leave out one unpaused day after the other, from today on (tomorrow if today is counted), until the run shrinks.

    The days left out lie outside every time off, so time off is taken from the rules for days that are to come.
    """
    now = run(seconds, rules, first, today)
    if now == 0:
        return 0
    closed = today if counted(seconds, rules, today) else today - DAY
    past_only = rules.replace(
        time_off=tuple(
            each.replace(to_day=min(each.to_day, closed)) for each in rules.time_off if each.from_day <= closed
        ),
        cadences=tuple(each for each in rules.cadences if each.effective_from <= today),
        minimums=tuple(each for each in rules.minimums if each.effective_from <= today),
    )
    left_out = {day: value for day, value in seconds.items() if day <= closed}
    days = 0
    # The day after the last one left out is not over, so it is not judged.
    while run(left_out, past_only, first, closed + DAY * (days + 2)) == now:
        days += 1
    return days


def week(seconds: dict[date, int], rules: Rules, start: date, first: date) -> tuple[int, int]:
    """(counted days, need) of the week that begins on a day."""
    days = [start + DAY * number for number in range(7)]
    n = min(n_on(rules, day) for day in days)
    unpaused = [day for day in days if day >= first and not off(rules, day)]
    return sum(counted(seconds, rules, day) for day in days), math.floor(n * len(unpaused) / 7 + 0.5)
