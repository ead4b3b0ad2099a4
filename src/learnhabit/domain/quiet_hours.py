"""Hours in which nothing is sent."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from learnhabit.domain.day_words import time_of_day
from learnhabit.domain.record import Record
from learnhabit.domain.text import quoted
from learnhabit.errors import UsageError

OFF = "off"
_DAY = timedelta(days=1)


class QuietHours(Record):
    """From a time of day to another one, over midnight when the first is the later."""

    begin: time
    end: time
    """The first minute that is not quiet any more."""

    @property
    def text(self) -> str:
        """`22:00-07:00`."""
        return f"{self.begin:%H:%M}-{self.end:%H:%M}"

    def hold(self, wall: datetime) -> bool:
        """Whether a wall clock lies inside."""
        clock = wall.time()
        if self.begin < self.end:
            return self.begin <= clock < self.end
        return clock >= self.begin or clock < self.end

    def end_behind(self, wall: datetime) -> datetime:
        """The next wall clock at which they end."""
        end = datetime.combine(wall.date(), self.end)
        return end if end > wall else end + _DAY


def read_quiet_hours(text: str) -> QuietHours | None:
    """`22:00-07:00`, or None for `off`; UsageError for anything else."""
    words = text.strip().lower().replace("–", "-")
    if words in (OFF, "none", "no", ""):
        return None
    match = re.fullmatch(r"([0-9]{1,2}):([0-9]{2})\s*-\s*([0-9]{1,2}):([0-9]{2})", words)
    if match is None:
        raise UsageError(f"{quoted(text)} are no quiet hours", "from a time to another, such as 22:00-07:00, or off")
    refusal = f"{quoted(text)} are no quiet hours"
    begin, end = (time_of_day(match[at], match[at + 1], "", refusal) for at in (1, 3))
    if begin == end:
        raise UsageError(f"{quoted(text)} would never end", "to send nothing at all, disable the reminders")
    return QuietHours(begin=begin, end=end)
