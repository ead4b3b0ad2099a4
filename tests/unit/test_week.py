"""Weeks: what they need, whether they were kept, and how many in a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import pytest

from learnhabit.domain.cadence import Cadence
from learnhabit.domain.week import WeekResult, week_need, week_result, weeks_in_row
from tests.unit.pictures import FIRST, day, rules, seconds


@pytest.mark.parametrize(
    ("n", "needs"),
    [
        # Needs for 0, 1, … 7 unpaused days.
        (1, [0, 0, 0, 0, 1, 1, 1, 1]),
        (2, [0, 0, 1, 1, 1, 1, 2, 2]),
        (3, [0, 0, 1, 1, 2, 2, 3, 3]),
        (4, [0, 1, 1, 2, 2, 3, 3, 4]),
        (5, [0, 1, 1, 2, 3, 4, 4, 5]),
        (6, [0, 1, 2, 3, 3, 4, 5, 6]),
        (7, [0, 1, 2, 3, 4, 5, 6, 7]),
    ],
)
def test_a_week_needs_its_share_of_its_unpaused_days(n: int, needs: list[int]) -> None:
    assert [week_need(n, unpaused) for unpaused in range(8)] == needs


def result(
    picture: str, n: int, changes: Mapping[int, int] | None = None, first_day: date = date(2026, 1, 1)
) -> WeekResult:
    """The week from Monday to Sunday."""
    studied = {day(number): seconds(mark) for number, mark in enumerate(picture)}
    return week_result(FIRST, studied, rules(picture, n, changes), first_day)


@pytest.mark.parametrize(
    ("n", "picture", "counted", "need", "kept"),
    [
        (5, "#####..", 5, 5, True),
        (5, "#.#.###", 5, 5, True),
        (5, "####...", 4, 5, False),
        (5, "#######", 7, 5, True),
        # Time off lowers the need, studied or not; study in it counts.
        (5, "##//...", 2, 4, False),
        (5, "##+/#..", 4, 4, True),
        (5, "+++++++", 7, 0, None),
        (5, "///////", 0, 0, None),
        (1, "////...", 0, 0, None),
        (1, "///....", 0, 1, False),
        (3, "///#.#.", 2, 2, True),
    ],
)
def test_a_week(n: int, picture: str, counted: int, need: int, kept: bool | None) -> None:
    assert result(picture, n) == WeekResult(start=FIRST, counted_days=counted, need=need, kept=kept)


@pytest.mark.parametrize(
    ("n", "changes", "need"), [(5, {2: 3}, 3), (3, {2: 5}, 3), (5, {2: 2, 4: 6}, 2), (5, {7: 1}, 5), (5, {0: 4}, 4)]
)
def test_the_smallest_number_of_days_in_force_during_the_week_decides(
    n: int, changes: dict[int, int], need: int
) -> None:
    assert result(".......", n, changes).need == need


def test_the_smallest_number_may_be_that_of_the_days_before_the_first_cadence() -> None:
    asked = rules("", 7).replace(cadences=(Cadence(effective_from=day(3), days_per_week=7, weekdays=()),))
    assert week_result(FIRST, {}, asked, FIRST).need == 5


@pytest.mark.parametrize(("first", "need"), [(0, 5), (1, 4), (2, 4), (3, 3), (4, 2), (5, 1), (6, 1), (7, 0), (-30, 5)])
def test_days_before_the_first_session_ask_for_nothing(first: int, need: int) -> None:
    assert result("", 5, first_day=day(first)).need == need


def test_a_week_that_starts_on_sunday() -> None:
    sunday = FIRST - timedelta(days=1)
    studied = {sunday: 600, day(5): 600, day(6): 600}
    found = week_result(sunday, studied, rules("", 2).replace(week_start="sunday"), sunday)
    # The Sunday after is another week's.
    assert (found.counted_days, found.kept) == (2, True)


def row(picture: str) -> Iterator[WeekResult]:
    """Weeks, newest first, from a picture with the running one last: kept, not kept, skipped."""
    for mark in reversed(picture):
        kept = {"k": True, "n": False, "s": None}[mark]
        yield WeekResult(start=FIRST, counted_days=0, need=0, kept=kept)


@pytest.mark.parametrize(
    ("picture", "expected"),
    [
        ("", 0),
        ("k", 1),
        ("n", 0),
        ("s", 0),
        # The running week can only add.
        ("kkkn", 3),
        ("kkkk", 4),
        ("kkks", 3),
        # A skipped week neither adds nor breaks.
        ("kkssk", 3),
        ("kksn", 2),
        # A week that was not kept ends the row.
        ("kknkk", 2),
        ("kknn", 0),
        ("kknsn", 0),
    ],
)
def test_weeks_in_a_row(picture: str, expected: int) -> None:
    assert weeks_in_row(row(picture)) == expected


def test_nothing_is_read_beyond_the_first_week_that_was_not_kept() -> None:
    weeks = row("kkknkn")
    assert weeks_in_row(weeks) == 1
    assert len(list(weeks)) == 3
