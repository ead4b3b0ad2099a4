"""Counting days outside every declared time off, without walking through them."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, timedelta

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from learnhabit.domain.cadence import TimeOff

_DAY = timedelta(days=1)


class Unpaused:
    """The days outside time off, as it is known now or as it was known on an earlier day."""

    def __init__(self, time_off: Sequence[TimeOff], known_on: date | None = None) -> None:
        self._ranges = _merged(_ranges(time_off, known_on))
        """Stretches of time off that neither meet nor overlap, oldest first; ordinals, both ends included."""
        self._ends = [end for _, end in self._ranges]

    def count(self, first: date, last: date) -> int:
        """Unpaused days from one to the other, both included; 0 when they are the wrong way round."""
        low, high = first.toordinal(), last.toordinal()
        if high < low:
            return 0
        days = high - low + 1
        # Ten years hold some dozens of stretches, and each week of each resolution asks.
        for place in range(bisect_left(self._ends, low), len(self._ranges)):
            begin, end = self._ranges[place]
            if begin > high:
                break
            days -= min(end, high) - max(begin, low) + 1
        return days

    def day_after(self, first: date, number: int) -> date | None:
        """The unpaused day with this number, counted from `first` as 1 if it is unpaused; None beyond the calendar."""
        at = first.toordinal()
        for begin, end in self._ranges:
            if end < at:
                continue
            if begin > at:
                if number <= begin - at:
                    break
                number -= begin - at
            at = end + 1
        at += number - 1
        return date.fromordinal(at) if at <= date.max.toordinal() else None


def _ranges(time_off: Iterable[TimeOff], known_on: date | None) -> Iterable[tuple[int, int]]:
    for off in time_off:
        if known_on is not None and off.entered_on > known_on:
            continue
        last = off.to_day
        if off.removed_on is not None and (known_on is None or off.removed_on <= known_on):
            last = min(last, off.removed_on - _DAY)
        if off.from_day <= last:
            yield off.from_day.toordinal(), last.toordinal()


def _merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for begin, end in sorted(ranges):
        if found and begin <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return found
