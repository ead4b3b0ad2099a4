"""Resolutions that recur: every day, week or month is a period of its own, kept or not, and none is made up for."""

from __future__ import annotations

from datetime import date, timedelta

from learnhabit.domain.pace import total
from learnhabit.domain.record import Record
from learnhabit.domain.study_day import week_start_of
from learnhabit.domain.unpaused import Unpaused

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from learnhabit.domain.cadence import Rules
    from learnhabit.domain.resolution import Resolution

USUAL_DAYS = 20
"""Counted days whose median is the usual amount of a studied day."""
FEW_DAYS = 5
"""Under so many the usual day is a guess."""
GUESSED_SECONDS = 1800
_DAY = timedelta(days=1)


class RunningPeriod(Record):
    """The period that is running."""

    start: date
    end: date
    """Included; both lie inside the resolution."""
    progress: int
    target: float
    """Prorated by the unpaused days; whole for whole-number measures."""
    days_left: int
    """Unpaused days up to its end, today among them until it is counted."""


class Period(Record):
    """A day, week or month of a resolution, or the part of it that lies inside."""

    start: date
    end: date
    whole: bool
    """It does not begin before or end after the resolution."""
    progress: int
    target: tuple[int, int]
    """Numerator and denominator, prorated by the unpaused days."""

    @property
    def kept(self) -> bool:
        """Whether its target was reached."""
        return self.progress * self.target[1] >= self.target[0]

    @property
    def counts(self) -> bool:
        """Whether it is one of the periods, once it is over: a part counts only if kept, nothing asked never."""
        return self.target[0] > 0 and (self.whole or self.kept)


def over_periods(resolution: Resolution, found: Mapping[date, int], rules: Rules, today: date) -> Iterator[Period]:
    """The periods that are over, oldest first."""
    off = Unpaused(rules.time_off)
    start = resolution.first_day
    while start <= resolution.period_end:
        period = _period(resolution, found, rules, off, start)
        if period.end >= today:
            return
        yield period
        start = period.end + _DAY


def over_counts(resolution: Resolution, found: Mapping[date, int], rules: Rules, today: date) -> tuple[int, int]:
    """(kept, over) among the periods that are over and count."""
    kept = over = 0
    for period in over_periods(resolution, found, rules, today):
        if period.counts:
            over += 1
            kept += period.kept
    return kept, over


def running_period(
    resolution: Resolution, found: Mapping[date, int], counted: Mapping[date, int], rules: Rules, today: date
) -> tuple[RunningPeriod | None, int | None, float | None]:
    """(the running period, safe days, usual amount of a studied day); no period and no safe days outside its days.

    `counted` holds the amounts of counted days. Safe days are the days off that still leave the period reachable at
    the usual amount on each of the others; −1 when it is not any more. A running day is never behind.
    """
    usual = _usual_day(resolution.measure, counted, today)
    if not resolution.first_day <= today <= resolution.period_end:
        return None, None, usual[0] / usual[1]
    off = Unpaused(rules.time_off)
    start, _ = unit_of(resolution.per, today, rules.week_start)
    period = _period(resolution, found, rules, off, max(start, resolution.first_day))
    left = off.count(today + _DAY if counted.get(today) else today, period.end)
    numerator, denominator = period.target
    missing = max(0, numerator - period.progress * denominator)
    days = -(-missing * usual[1] // (denominator * usual[0]))
    safe = left - days
    if resolution.per == "day":
        safe = max(0, safe)
    running = RunningPeriod(
        start=period.start,
        end=period.end,
        progress=period.progress,
        target=numerator / denominator,
        days_left=left,
    )
    return running, max(-1, safe), usual[0] / usual[1]


def unit_of(per: str | None, day: date, week_start: str) -> tuple[date, date]:
    """(first, last) day of the day, week or month that holds a day."""
    if per == "week":
        start = week_start_of(day, week_start)
        return start, start + 6 * _DAY
    if per == "month":
        start = day.replace(day=1)
        following = start.replace(day=28) + 4 * _DAY
        return start, following - following.day * _DAY
    return day, day


def _period(resolution: Resolution, found: Mapping[date, int], rules: Rules, off: Unpaused, start: date) -> Period:
    """The period that begins on a day of the resolution."""
    first, last = unit_of(resolution.per, start, rules.week_start)
    end = min(last, resolution.period_end)
    length, unpaused = (last - first).days + 1, off.count(start, end)
    target = _target_in(resolution, start, end) * unpaused
    exact = (target, length) if resolution.measure == "hours" else ((2 * target + length) // (2 * length), 1)
    return Period(
        start=start,
        end=end,
        whole=start == first and end == last,
        progress=total(found, start, end),
        target=exact,
    )


def _target_in(resolution: Resolution, start: date, end: date) -> int:
    """The smallest target in force on a period's days, so that aiming higher counts from the next period on."""
    by_day = {aim.entered_on: aim.target for aim in resolution.aims}
    before = [day for day in by_day if day <= start]
    targets = [target for day, target in by_day.items() if start < day <= end]
    targets.append(by_day[max(before)] if before else resolution.first_target)
    return min(targets)


def _usual_day(measure: str, counted: Mapping[date, int], today: date) -> tuple[int, int]:
    """The median amount of the latest counted days; before there are five of them half an hour, or 1."""
    days = sorted((day for day in counted if day <= today), reverse=True)[:USUAL_DAYS]
    if len(days) < FEW_DAYS:
        return (GUESSED_SECONDS if measure == "hours" else 1), 1
    return _median(sorted(counted[day] for day in days))


def _median(values: Sequence[int]) -> tuple[int, int]:
    middle = len(values) // 2
    return (values[middle], 1) if len(values) % 2 else (values[middle - 1] + values[middle], 2)
