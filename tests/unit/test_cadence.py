"""Rules and the day from which they count; reading a cadence."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from learnhabit.domain.cadence import Cadence, DailyAmount, Rules, TimeOff, parse_cadence
from learnhabit.errors import UsageError

DAY = timedelta(days=1)
EMPTY = Rules(cadences=(), minimums=(), goals=(), time_off=(), week_start="monday")


def march(number: int) -> date:
    return date(2026, 3, number)


def amounts(*rows: tuple[int, int]) -> tuple[DailyAmount, ...]:
    return tuple(DailyAmount(effective_from=march(number), seconds=seconds) for number, seconds in rows)


def off(first: int, last: int, removed: int | None = None) -> TimeOff:
    return TimeOff(
        id="a",
        from_day=march(first),
        to_day=march(last),
        why="",
        entered_on=march(1),
        removed_on=None if removed is None else march(removed),
    )


def test_without_any_rule() -> None:
    assert EMPTY.days_per_week(march(1)) == 5
    assert EMPTY.minimum(march(1)) == 600
    assert EMPTY.goal(march(1)) == 600
    assert not EMPTY.paused(march(1))


def test_a_rule_counts_from_its_day_on() -> None:
    rules = EMPTY.replace(
        cadences=tuple(
            Cadence(effective_from=march(number), days_per_week=n, weekdays=()) for number, n in ((5, 3), (9, 7))
        ),
        minimums=amounts((5, 1200), (9, 60)),
        goals=amounts((7, 3600)),
    )
    days = (4, 5, 6, 7, 8, 9, 31)
    assert [rules.days_per_week(march(number)) for number in days] == [5, 3, 3, 3, 3, 7, 7]
    assert [rules.minimum(march(number)) for number in days] == [600, 1200, 1200, 1200, 1200, 60, 60]
    # A goal that was not set yet is the minimum of the day.
    assert [rules.goal(march(number)) for number in days] == [600, 1200, 1200, 3600, 3600, 3600, 3600]


@pytest.mark.parametrize(
    ("time_off", "days"),
    [
        ([off(5, 5)], [5]),
        ([off(5, 8)], [5, 6, 7, 8]),
        # Removed: the days before the removal stay off.
        ([off(5, 8, removed=7)], [5, 6]),
        ([off(5, 8, removed=6)], [5]),
        ([off(5, 8, removed=5)], []),
        ([off(5, 8, removed=2)], []),
        ([off(5, 8, removed=9)], [5, 6, 7, 8]),
        # Several may overlap; a removed one takes nothing from another.
        ([off(5, 8, removed=6), off(7, 9)], [5, 7, 8, 9]),
        ([off(5, 8), off(6, 7, removed=6)], [5, 6, 7, 8]),
    ],
)
def test_time_off(time_off: list[TimeOff], days: list[int]) -> None:
    rules = EMPTY.replace(time_off=tuple(time_off))
    assert [number for number in range(1, 32) if rules.paused(march(number))] == days


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1", (1, ())),
        ("4", (4, ())),
        (" 7 ", (7, ())),
        ("mon,wed,fri", (3, (0, 2, 4))),
        ("fri, MON,Wed", (3, (0, 2, 4))),
        ("tuesday thursday", (2, (1, 3))),
        ("Sat,SUNDAY", (2, (5, 6))),
        ("mon,monday,mon", (1, (0,))),
        ("mon,tue,wed,thu,fri,sat,sun", (7, (0, 1, 2, 3, 4, 5, 6))),
    ],
)
def test_parse_cadence(text: str, expected: tuple[int, tuple[int, ...]]) -> None:
    assert parse_cadence(text) == expected


@pytest.mark.parametrize(
    "text", ["", " ", ",", "0", "8", "-1", "4.5", "five", "mo", "m", "mon,4", "4,5", "mon,noday", "monx", "٤", "5 days"]
)
def test_parse_cadence_refuses(text: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_cadence(text)
    assert refused.value.exit_code == 2
    assert "mon,wed,fri" in refused.value.hint
