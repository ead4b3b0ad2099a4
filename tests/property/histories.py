"""Random histories: what was studied on each day, and the rules that judge it."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from learnhabit.domain.cadence import Cadence, DailyAmount, Rules, TimeOff
from learnhabit.domain.record import Record

FIRST = date(2026, 1, 1)
LONGEST = 80
"""Days of a history; long enough for every window to fill, break and fill again several times."""


class History(Record):
    """Seconds of each study day from the first session on, the last one being today."""

    days: tuple[int, ...]
    rules: Rules

    @property
    def today(self) -> date:
        """The last day."""
        return FIRST + timedelta(days=len(self.days) - 1)

    def seconds(self) -> dict[date, int]:
        """Seconds by study day; days without study are absent."""
        return {FIRST + timedelta(days=number): value for number, value in enumerate(self.days) if value}


def _day() -> st.SearchStrategy[date]:
    return st.integers(-10, LONGEST + 10).map(lambda offset: FIRST + timedelta(days=offset))


@st.composite
def _time_off(draw: st.DrawFn) -> TimeOff:
    begin = draw(_day())
    end = begin + timedelta(days=draw(st.integers(0, 12)))
    return TimeOff(
        id="off",
        from_day=begin,
        to_day=end,
        why="",
        entered_on=draw(_day()),
        removed_on=draw(st.none() | _day()),
    )


@st.composite
def rules(draw: st.DrawFn) -> Rules:
    """Changing cadences and minimums, time off, any week start."""
    cadence_days = sorted(draw(st.sets(_day(), max_size=3)))
    minimum_days = sorted(draw(st.sets(_day(), max_size=2)))
    return Rules(
        cadences=tuple(
            Cadence(effective_from=day, days_per_week=draw(st.integers(1, 7)), weekdays=()) for day in cadence_days
        ),
        minimums=tuple(
            DailyAmount(effective_from=day, seconds=draw(st.sampled_from([300, 600, 1200]))) for day in minimum_days
        ),
        goals=(),
        time_off=tuple(draw(st.lists(_time_off(), max_size=3))),
        week_start=draw(st.sampled_from(["monday", "sunday", "saturday"])),
    )


@st.composite
def histories(draw: st.DrawFn) -> History:
    """A history whose first day holds a session; habits of every strength, so that long runs occur too."""
    length = draw(st.integers(1, LONGEST))
    laziness = draw(st.sampled_from([1, 2, 3, 5, 9]))
    values = st.sampled_from([0, *[1500] * laziness, 400])
    days = draw(st.lists(values, min_size=length, max_size=length))
    days[0] = days[0] or draw(st.sampled_from([60, 1500]))
    return History(days=tuple(days), rules=draw(rules()))
