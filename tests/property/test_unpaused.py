"""Counting days outside time off, against walking through them."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from learnhabit.domain.cadence import Rules, TimeOff
from learnhabit.domain.unpaused import Unpaused
from tests.property import oracles
from tests.property.histories import FIRST

DAY = timedelta(days=1)
_numbers = st.integers(0, 60)


@st.composite
def _time_off(draw: st.DrawFn) -> TimeOff:
    begin, length, entered, removed = draw(st.tuples(_numbers, st.integers(0, 20), _numbers, st.none() | _numbers))
    return TimeOff(
        id="off",
        from_day=FIRST + begin * DAY,
        to_day=FIRST + (begin + length) * DAY,
        why="",
        entered_on=FIRST + entered * DAY,
        removed_on=None if removed is None else FIRST + max(entered, removed) * DAY,
    )


_several = st.lists(_time_off(), max_size=5)


def _known(offs: list[TimeOff], day: date) -> list[TimeOff]:
    """Time off as it stood at the end of a day: later entries unknown, later removals not yet made."""
    return [
        off.replace(removed_on=off.removed_on if off.removed_on is not None and off.removed_on <= day else None)
        for off in offs
        if off.entered_on <= day
    ]


@given(_several, _numbers, st.integers(-3, 90), st.none() | _numbers)
def test_count_is_that_of_a_walk(offs: list[TimeOff], begin: int, length: int, known: int | None) -> None:
    first, last = FIRST + begin * DAY, FIRST + (begin + length) * DAY
    on = None if known is None else FIRST + known * DAY
    rules = _rules(offs if on is None else _known(offs, on))
    walked = sum(not oracles.off(rules, first + number * DAY) for number in range(length + 1))
    assert Unpaused(offs, on).count(first, last) == walked


@given(_several, _numbers, st.integers(1, 90))
def test_the_day_with_a_number_is_that_of_a_walk(offs: list[TimeOff], begin: int, number: int) -> None:
    first, left, rules = FIRST + begin * DAY, number, _rules(offs)
    day = first - DAY
    while left:
        day += DAY
        left -= not oracles.off(rules, day)
    assert Unpaused(offs).day_after(first, number) == day


def test_beyond_the_calendar_there_is_no_day() -> None:
    assert Unpaused([]).day_after(date.max, 1) == date.max
    assert Unpaused([]).day_after(date.max, 2) is None


def _rules(offs: list[TimeOff]) -> Rules:
    return Rules(cadences=(), minimums=(), goals=(), time_off=tuple(offs), week_start="monday")
