"""Hours in which nothing is sent."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

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
    begin_hour, begin_minute, end_hour, end_minute = (int(each) for each in match.groups())
    if max(begin_hour, end_hour) > 23 or max(begin_minute, end_minute) > 59:
        raise UsageError(f"{quoted(text)} are no quiet hours", "times go from 00:00 to 23:59")
    begin, end = time(begin_hour, begin_minute), time(end_hour, end_minute)
    if begin == end:
        raise UsageError(f"{quoted(text)} would never end", "to send nothing at all, disable the reminders")
    return QuietHours(begin=begin, end=end)
