"""Pace: the weeks as they were, what a week usually brings, what it needs to bring, and when that would be enough."""

from __future__ import annotations

from datetime import date, timedelta

from learnhabit.domain.record import Record
from learnhabit.domain.study_day import week_start_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from learnhabit.domain.cadence import Rules
    from learnhabit.domain.unpaused import Unpaused

    Exact = tuple[int, int]

FULL_WEEK = 4
"""Unpaused days from which a week says something about the pace."""
FEW_WEEKS = 3
"""Under so many full weeks there is no usual one."""
_YEARS_AHEAD = 10
_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)


class Week(Record):
    """A full week that is over."""

    start: date
    amount: int
    """Seconds for hours, else a number."""
    unpaused: int
    """Days, 4–7: the week's amount is scaled from them to seven."""


def full_weeks(
    found: Mapping[date, int], first: date, today: date, rules: Rules, off: Unpaused, *, most: int | None
) -> tuple[Week, ...]:
    """The latest weeks that are over with at least 4 unpaused days, newest first, at most so many.

    Days before `first` are as paused, and what was done on them is not part of a week.
    """
    weeks: list[Week] = []
    start = week_start_of(today, rules.week_start) - _WEEK
    while start + 6 * _DAY >= first and (most is None or len(weeks) < most):
        begin, end = max(start, first), start + 6 * _DAY
        unpaused = off.count(begin, end)
        if unpaused >= FULL_WEEK:
            amount = total(found, begin, end)
            weeks.append(Week(start=start, amount=amount, unpaused=unpaused))
        start -= _WEEK
    return tuple(weeks)


def total(found: Mapping[date, int], first: date, last: date) -> int:
    """The sum over the days from one to the other, both included; looks each day up, so for short stretches."""
    days = range(first.toordinal(), last.toordinal() + 1)
    return sum([found.get(date.fromordinal(day), 0) for day in days])


def usual_week(weeks: Sequence[Week], *, rare: bool) -> Exact | None:
    """What a week usually brings: the median, or for things that don't happen every week (`rare`) the mean.

    None under 3 weeks.
    """
    if len(weeks) < FEW_WEEKS:
        return None
    values = _scaled(weeks)
    if rare:
        return sum(values), _UNIT * len(values)
    middle = len(values) // 2
    return (values[middle], _UNIT) if len(values) % 2 else (values[middle - 1] + values[middle], 2 * _UNIT)


def quartiles(weeks: Sequence[Week]) -> tuple[Exact | None, Exact | None]:
    """(upper, lower) quartile of the weeks, interpolated with both ends included; None under 3 weeks."""
    if len(weeks) < FEW_WEEKS:
        return None, None
    values = _scaled(weeks)
    return _quartile(values, 3), _quartile(values, 1)


def best_week(weeks: Sequence[Week]) -> Exact:
    """The largest week."""
    return _scaled(weeks)[-1], _UNIT


def needed_a_week(remaining: int, unpaused_days: int) -> Exact:
    """What each week has to bring in the unpaused days that are left; the last week is one week whatever is left."""
    return remaining * 7, max(7, unpaused_days)


def finish_day(remaining: int, pace: Exact, first: date, off: Unpaused) -> date | None:
    """The day on which a weekly pace brings what remains, walking unpaused days from `first` on.

    None at a pace of 0, or when that would take more than ten years.
    """
    numerator, denominator = pace
    if numerator <= 0 or remaining <= 0:
        return None
    days = -(-7 * remaining * denominator // numerator)
    if days > 366 * (_YEARS_AHEAD + 1):
        return None
    day = off.day_after(first, days)
    latest = date(first.year + _YEARS_AHEAD, first.month, min(first.day, 28 if first.month == 2 else 31))
    return None if day is None or day > latest else day


_UNIT = 420
"""The least common multiple of 4, 5, 6 and 7: weeks scaled to seven days are whole numbers of 1/420."""


def _scaled(weeks: Sequence[Week]) -> list[int]:
    return sorted(week.amount * 7 * _UNIT // week.unpaused for week in weeks)


def _quartile(values: Sequence[int], number: int) -> Exact:
    place, share = divmod((len(values) - 1) * number, 4)
    above = values[min(place + 1, len(values) - 1)]
    return values[place] * (4 - share) + above * share, 4 * _UNIT
