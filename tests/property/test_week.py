"""Weeks against their words, counted from the oldest on and with fractions."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from learnhabit.domain.study_day import week_start_of
from learnhabit.domain.week import WeekResult, week_need, week_result, weeks_in_row
from tests.property import oracles
from tests.property.histories import FIRST, History, histories

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


def kept_by_the_words(history: History, start: date) -> bool | None:
    """Whether a week was kept; None when it needs nothing."""
    seconds, rules = history.seconds(), history.rules
    days = [start + number * DAY for number in range(7)]
    paused = [day for day in days if day < FIRST or oracles.off(rules, day)]
    n = min(oracles.n_on(rules, day) for day in days)
    need = math.floor(Fraction(n * (7 - len(paused)), 7) + Fraction(1, 2))
    return None if need == 0 else len([day for day in days if oracles.counted(seconds, rules, day)]) >= need


def weeks(history: History) -> list[date]:
    """The first day of every week from that of the first session to the running one."""
    found = [week_start_of(FIRST, history.rules.week_start)]
    while found[-1] + WEEK <= history.today:
        found.append(found[-1] + WEEK)
    return found


@given(histories())
def test_weeks_in_a_row_counted_from_the_oldest_week_on(history: History) -> None:
    seconds, rules = history.seconds(), history.rules
    expected = 0
    *over, running = weeks(history)
    for start in over:
        kept = kept_by_the_words(history, start)
        if kept is not None:
            expected = expected + 1 if kept else 0
    expected += kept_by_the_words(history, running) is True

    def newest_first() -> Iterator[WeekResult]:
        for start in reversed(weeks(history)):
            yield week_result(start, seconds, rules, FIRST)

    assert weeks_in_row(newest_first()) == expected


@given(histories(), st.integers(0, 6))
def test_studying_today_never_ends_a_row_of_weeks(history: History, days_later: int) -> None:
    seconds, rules = history.seconds(), history.rules
    today = history.today + days_later * DAY

    def row(studied: dict[date, int]) -> int:
        start = week_start_of(today, rules.week_start)
        results = []
        while start + WEEK > FIRST:
            results.append(week_result(start, studied, rules, FIRST))
            start -= WEEK
        return weeks_in_row(results)

    assert row(seconds) <= row({**seconds, today: 3600}) <= row(seconds) + 1


@given(st.integers(1, 7), st.integers(0, 7))
def test_a_need_is_the_share_rounded_half_up(n: int, unpaused: int) -> None:
    need = week_need(n, unpaused)
    assert need - Fraction(1, 2) <= Fraction(n * unpaused, 7) < need + Fraction(1, 2)
    assert 0 <= need <= min(n, unpaused)
