"""What is asked of a week and a day, and from which study day on; time off."""

from __future__ import annotations

from datetime import date

from learnhabit.domain.record import Record
from learnhabit.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

DEFAULT_DAYS_PER_WEEK = 5
DEFAULT_MINIMUM = 600
"""Seconds: showing up is the habit."""

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Cadence(Record):
    """Days a week, from a study day on."""

    effective_from: date
    days_per_week: int
    """1–7."""
    weekdays: tuple[int, ...]
    """Days on which the app asks, Monday is 0; another day instead is just as good. Empty: none is named."""


class DailyAmount(Record):
    """A daily minimum or goal, from a study day on."""

    effective_from: date
    seconds: int


class TimeOff(Record):
    """A declared stretch of days that ask for nothing."""

    id: str
    from_day: date
    to_day: date
    """Included."""
    why: str
    entered_on: date
    removed_on: date | None
    """From this study day on it counts no more; the days before stay off."""


class Rules(Record):
    """All that judges a day; each tuple from the oldest to the newest."""

    cadences: tuple[Cadence, ...]
    minimums: tuple[DailyAmount, ...]
    goals: tuple[DailyAmount, ...]
    time_off: tuple[TimeOff, ...]
    week_start: str
    """`monday`, `sunday` or `saturday`."""

    def days_per_week(self, day: date) -> int:
        """Days a week in force on a day."""
        for cadence in reversed(self.cadences):
            if cadence.effective_from <= day:
                return cadence.days_per_week
        return DEFAULT_DAYS_PER_WEEK

    def minimum(self, day: date) -> int:
        """Seconds from which a day counts."""
        return _amount(self.minimums, day, DEFAULT_MINIMUM)

    def goal(self, day: date) -> int:
        """Seconds that fill the day's bar; a goal that was never set is the minimum."""
        return _amount(self.goals, day, self.minimum(day))

    def paused(self, day: date) -> bool:
        """Whether a day lies inside declared time off."""
        # A plain loop: a scan asks this for every day, and `any` over a generator takes twice as long.
        for off in self.time_off:
            if off.from_day <= day <= off.to_day and (off.removed_on is None or day < off.removed_on):
                return True
        return False


def _amount(amounts: Sequence[DailyAmount], day: date, default: int) -> int:
    for amount in reversed(amounts):
        if amount.effective_from <= day:
            return amount.seconds
    return default


def parse_cadence(text: str) -> tuple[int, tuple[int, ...]]:
    """(days a week, named weekdays) from `4` or `mon,wed,fri`; UsageError for anything else."""
    words = text.replace(",", " ").lower().split()
    if len(words) == 1 and words[0] in ("1", "2", "3", "4", "5", "6", "7"):
        return int(words[0]), ()
    weekdays = set()
    for word in words:
        found = [number for number, name in enumerate(_WEEKDAYS) if len(word) >= 3 and name.startswith(word)]
        if not found:
            raise UsageError(f"“{text}” is no cadence", "days a week from 1 to 7, or weekdays such as mon,wed,fri")
        weekdays.add(found[0])
    if not weekdays:
        raise UsageError("The cadence is empty", "days a week from 1 to 7, or weekdays such as mon,wed,fri")
    return len(weekdays), tuple(sorted(weekdays))
