"""The study day of a moment, weeks, and wall clocks as instants. A study day is a civil date, computed once."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from learnhabit.domain.record import Record
from learnhabit.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DEFAULT_DAY_START = 240
"""Minutes after midnight: 04:00."""
LATEST_DAY_START = 719
"""Minutes after midnight: 11:59."""

_DAY = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1)
_FIRST_WEEKDAY = {"monday": 0, "sunday": 6, "saturday": 5}


class DayStart(Record):
    """When study days begin, from a study day on."""

    effective_from: date
    minutes: int
    """After midnight on the wall clock, 0–719."""


def study_day(wall: datetime, starts: Sequence[DayStart]) -> date:
    """The study day of a naive wall clock, by day starts from the oldest to the newest (04:00 before the first).

    The day start is subtracted from the wall clock, never from the instant: four hours before 04:30 on the spring DST
    day are still that day. From its first day on a new start decides; before it the old one does, kept below that day,
    so that today never turns back.
    """
    day = (wall - timedelta(minutes=DEFAULT_DAY_START)).date()
    for start in starts:
        new = (wall - timedelta(minutes=start.minutes)).date()
        day = new if new >= start.effective_from else min(day, start.effective_from - _DAY)
    return day


def parse_day_start(text: str) -> int:
    """Minutes after midnight from `HH:MM`, 00:00–11:59; UsageError for anything else."""
    match = re.fullmatch(r"([0-9]{1,2}):([0-9]{2})", text.strip())
    if match and int(match[2]) < 60:
        minutes = int(match[1]) * 60 + int(match[2])
        if minutes <= LATEST_DAY_START:
            return minutes
    raise UsageError(f"“{text}” can't begin a study day", "a time from 00:00 to 11:59, such as 04:00")


def resolve_wall(wall: datetime, offset_at: Callable[[int], int]) -> int:
    """The instant (epoch seconds) of a naive wall clock, where `offset_at` gives local time's offset at an instant.

    An ambiguous wall clock is the first of the two; one that a gap leaves out is the end of the gap.
    """
    as_utc = (wall - _EPOCH) // timedelta(seconds=1)
    # No offset is over 24 h, so both sides of any transition near the wall clock are seen from a day away.
    before, after = as_utc - 86_400, as_utc + 86_400
    fitting = [
        as_utc - offset for offset in {offset_at(before), offset_at(after)} if offset_at(as_utc - offset) == offset
    ]
    if fitting:
        return min(fitting)
    old = offset_at(before)
    while after - before > 1:
        middle = (before + after) // 2
        if offset_at(middle) == old:
            before = middle
        else:
            after = middle
    return after


def week_start_of(day: date, week_start: str) -> date:
    """The first day of the week that holds a day; weeks start on `monday`, `sunday` or `saturday`."""
    return day - timedelta(days=(day.weekday() - _FIRST_WEEKDAY[week_start]) % 7)


def week_year(day: date, week_start: str) -> tuple[int, int]:
    """(year, number) of the week that holds a day.

    A week belongs to the year of its fourth day, as in ISO 8601.
    """
    fourth = week_start_of(day, week_start) + timedelta(days=3)
    return fourth.year, (fourth.timetuple().tm_yday - 1) // 7 + 1
