"""Random histories: what was studied on each day, and the rules that judge it."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from learnhabit.domain.cadence import Cadence, DailyAmount, Rules, TimeOff
from learnhabit.domain.record import Record

FIRST = date(2026, 1, 1)
LONGEST = 80
"""Days of a history; long enough for every window to fill, break and fill again several times."""
AROUND = 5
"""Days before the first and after the last day for which something may be set, too."""


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


# Strategies are built once: building them in every draw takes most of the time of a test.
_place = st.integers(0, LONGEST + 2 * AROUND - 1)
_cadences = st.lists(st.tuples(_place, st.integers(1, 7)), max_size=4)
_minimums = st.lists(st.tuples(_place, st.sampled_from([300, 600, 1200])), max_size=2)
_time_off = st.lists(st.tuples(_place, st.integers(0, 12), st.none() | _place), max_size=4)
_week_start = st.sampled_from(["monday", "sunday", "saturday"])
_length = st.integers(1, LONGEST)
_amounts = st.sampled_from([(0, 400, *[1500] * diligence) for diligence in (1, 2, 3, 5, 9)])
_first_day = st.sampled_from([60, 1500])
_bytes = [st.binary(min_size=length, max_size=length) for length in range(LONGEST + 1)]


@st.composite
def rules(draw: st.DrawFn, length: int) -> Rules:
    """Changing cadences and minimums, time off that was partly removed, any week start; spread over so many days."""

    def day(place: int) -> date:
        return FIRST + timedelta(days=place % (length + 2 * AROUND) - AROUND)

    return Rules(
        cadences=tuple(
            Cadence(effective_from=begin, days_per_week=n, weekdays=())
            for begin, n in sorted({day(place): n for place, n in draw(_cadences)}.items())
        ),
        minimums=tuple(
            DailyAmount(effective_from=begin, seconds=seconds)
            for begin, seconds in sorted({day(place): seconds for place, seconds in draw(_minimums)}.items())
        ),
        goals=(),
        time_off=tuple(
            TimeOff(
                id="off",
                from_day=day(place),
                to_day=day(place) + timedelta(days=more),
                why="",
                entered_on=day(place),
                removed_on=None if removed is None else day(removed),
            )
            for place, more, removed in draw(_time_off)
        ),
        week_start=draw(_week_start),
    )


@st.composite
def histories(draw: st.DrawFn, longest: int = LONGEST) -> History:
    """A history whose first day holds a session; habits of every strength, so that long runs occur too."""
    amounts = draw(_amounts)
    # One draw of bytes takes a tenth of the time of a list of draws.
    days = [amounts[byte % len(amounts)] for byte in draw(_bytes[draw(_length)])][:longest]
    days[0] = days[0] or draw(_first_day)
    return History(days=tuple(days), rules=draw(rules(len(days))))
