"""The plan of a resolution: a line that starts where one stands and never moves the days that are over.

One increment is planned for each unpaused day. A change of target, end or time off aims the line anew from its day on.
Only two changes ease the past: time off entered for days that are over, and a lower target, which scales them.
"""

from __future__ import annotations

from datetime import date, timedelta
from math import gcd

from learnhabit.domain.unpaused import Unpaused

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from learnhabit.domain.cadence import Rules, TimeOff

    Exact = tuple[int, int]
    """Numerator and denominator. The module `fractions` alone would take half as long to import as Python to start."""

_DAY = timedelta(days=1)


class PlanLine:
    """What is planned by the beginning of each day.

    The increment is the same on all unpaused days of a stretch, so that a stretch is a rate. Which days of it are
    unpaused is known from time off as it stands now: what was entered later made its days flat, and what was removed
    later covers the days before its removal.
    """

    def __init__(self, first: date, start: int, stretches: Sequence[tuple[date, date, Exact]], off: Unpaused) -> None:
        self.first = first
        self.start = start
        """Done before the first day."""
        self.stretches = stretches
        """(first day, last day, increment of an unpaused day); the last day is included."""
        self.off = off

    def exact(self, day: date) -> Exact:
        """Planned by the beginning of a day."""
        return _sum(self.start, self.stretches, self.off, day)

    def planned(self, day: date) -> int:
        """The same, rounded down to a whole second or number."""
        numerator, denominator = self.exact(day)
        return numerator // denominator


def plan_line(first: date, start: int, aims: Sequence[tuple[date, int, date]], rules: Rules) -> PlanLine:
    """The line from a first day on, at `start`, through every change of (entered on, target, last day) and time off."""
    # Ten years of time off that was over before cost more than the plan itself.
    time_off = [off for off in rules.time_off if off.to_day >= first]
    by_day = {max(entered_on, first): (target, last) for entered_on, target, last in aims}
    target, last = by_day.get(first, (aims[0][1], aims[0][2]))
    stretches: list[tuple[date, date, Exact]] = []
    for day in sorted({first, *by_day, *_changes_of(time_off, first)}):
        known = Unpaused(time_off, known_on=day)
        new, last = by_day.get(day, (target, last))
        # What was planned from this day on is planned anew.
        stretches = [(begin, min(end, day - _DAY), rate) for begin, end, rate in stretches if begin < day]
        if new < target and target > start:
            factor = (max(0, new - start), target - start)
            stretches = [(begin, end, _times(rate, factor)) for begin, end, rate in stretches]
        target = new
        numerator, denominator = _sum(start, stretches, known, day)
        days = known.count(day, last)
        if days:
            stretches.append((day, last, _reduced(max(0, target * denominator - numerator), denominator * days)))
    return PlanLine(first, start, stretches, Unpaused(time_off))


def _changes_of(time_off: Iterable[TimeOff], first: date) -> Iterable[date]:
    """The days from the first on, on which time off was entered or removed."""
    for off in time_off:
        for day in (off.entered_on, off.removed_on):
            if day is not None and day > first:
                yield day


def _sum(start: int, stretches: Sequence[tuple[date, date, Exact]], off: Unpaused, day: date) -> Exact:
    total = (start, 1)
    for begin, end, rate in stretches:
        days = off.count(begin, min(end, day - _DAY))
        if days:
            total = _reduced(total[0] * rate[1] + days * rate[0] * total[1], total[1] * rate[1])
    return total


def _times(left: Exact, right: Exact) -> Exact:
    return _reduced(left[0] * right[0], left[1] * right[1])


def _reduced(numerator: int, denominator: int) -> Exact:
    divisor = gcd(numerator, denominator)
    return numerator // divisor, denominator // divisor
