"""When a card comes back: examples, words, and that neither the hour nor travel changes anything."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from learnhabit.domain.recall import (
    AGAIN,
    EASY,
    GOOD,
    HARD,
    LONGEST_DAYS,
    Grade,
    Memory,
    after_grade,
    interval_words,
    new_memory,
    replayed,
)

DAY = date(2026, 11, 23)
NOON = 1_795_431_600


def grade(value: int, day: int = 0, second: int = 0) -> Grade:
    return Grade(grade=value, at=NOON + day * 86_400 + second, day=DAY + timedelta(days=day))


def history(*grades: tuple[int, int]) -> Memory:
    return replayed(DAY, [grade(value, day) for value, day in grades])


def test_the_first_grade() -> None:
    words = [interval_words(after_grade(new_memory(DAY), grade(value))) for value in (AGAIN, HARD, GOOD, EASY)]
    assert words == ["10 min", "15 min", "2 days", "8 days"]


def test_a_card_that_is_known_stays_away_longer_each_time() -> None:
    days = []
    memory, day = new_memory(DAY), 0
    for _ in range(5):
        memory = after_grade(memory, grade(GOOD, day))
        assert memory.phase == "review"
        days.append((memory.due_on - DAY).days - day)
        day = (memory.due_on - DAY).days
    assert days == sorted(days)
    assert days[-1] > 100


def test_a_card_that_was_forgotten_is_learned_again() -> None:
    forgotten = history((GOOD, 0), (GOOD, 2), (AGAIN, 12))
    assert (forgotten.phase, forgotten.due_on, interval_words(forgotten)) == (
        "relearning",
        DAY + timedelta(days=12),
        "10 min",
    )
    again = after_grade(forgotten, grade(GOOD, 12))
    assert again.phase == "review"
    assert again.due_on > DAY + timedelta(days=12)


def test_no_card_stays_away_for_more_than_ten_years() -> None:
    memory, day = new_memory(DAY), 0
    for _ in range(12):
        memory = after_grade(memory, grade(EASY, day))
        day = (memory.due_on - DAY).days
    assert memory.reviewed_on is not None
    assert (memory.due_on - memory.reviewed_on).days == LONGEST_DAYS
    assert interval_words(memory) == "10.0 years"


def test_the_end_of_the_calendar_is_no_end() -> None:
    late = Grade(grade=EASY, at=253_370_000_000, day=date(9998, 12, 30))
    assert after_grade(replayed(DAY, [late]), late.replace(day=date(9998, 12, 31))).due_on <= date.max


@pytest.mark.parametrize("second", [0, 3_600, 80_000])
def test_the_hour_of_the_day_changes_nothing(second: int) -> None:
    early = replayed(DAY, [grade(GOOD), grade(GOOD, 2), grade(HARD, 9)])
    late = replayed(DAY, [grade(GOOD, second=second), grade(GOOD, 2, second // 2), grade(HARD, 9, second)])
    assert (early.due_on, early.stability, early.difficulty) == (late.due_on, late.stability, late.difficulty)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (1, "1 day"),
        (30, "30 days"),
        (31, "1 month"),
        (46, "2 months"),
        (364, "12 months"),
        (365, "1.0 years"),
        (548, "1.5 years"),
    ],
)
def test_words_of_intervals(days: int, expected: str) -> None:
    memory = history((GOOD, 0)).replace(due_on=DAY + timedelta(days=days))
    assert interval_words(memory) == expected
