"""Reminder rules in plain words: each line of `reminder_rules.txt` is read as it says, or refused with its message."""

from __future__ import annotations

from datetime import date, datetime
from itertools import islice
from pathlib import Path

import pytest

from learnhabit.domain.occurrence import first_day, next_occurrence, occurrences
from learnhabit.domain.reminder_rule import read_rule
from learnhabit.errors import UsageError

LINES = (Path(__file__).parent / "reminder_rules.txt").read_text(encoding="utf-8").splitlines()
READ = [line.split(" => ") for line in LINES if " => " in line]
REFUSED = [line.split(" !! ") for line in LINES if " !! " in line]
NOW = datetime(2026, 11, 25, 18, 0)


def test_the_table_is_as_long_as_it_has_to_be() -> None:
    assert len(READ) + len(REFUSED) == len(LINES) >= 80
    assert len(REFUSED) >= len(LINES) / 3


@pytest.mark.parametrize(("text", "canonical"), READ)
def test_a_rule_is_read(text: str, canonical: str) -> None:
    rule = read_rule(text)
    assert rule.text == canonical
    # What is shown and stored reads as itself, however it was typed.
    assert read_rule(canonical) == rule
    assert read_rule(f"  {text.upper()} ".replace(" ", "  ")) == rule


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_another_text_is_refused_with_what_helps(text: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_rule(text)
    assert f"{caught.value.title}: {caught.value.hint}" == message


def test_nothing_is_no_rule() -> None:
    with pytest.raises(UsageError, match="The rule is empty"):
        read_rule(" \n ")


COMING = {
    "daily 19:30": ["2026-11-25 19:30", "2026-11-26 19:30"],
    "daily 18:00": ["2026-11-26 18:00", "2026-11-27 18:00"],
    "every 3 days 7:00": ["2026-11-26 07:00", "2026-11-29 07:00"],
    "every 2 weeks on sun 18:00": ["2026-11-29 18:00", "2026-12-13 18:00"],
    "every 2 weeks on mon,thu 9:00": ["2026-11-26 09:00", "2026-12-07 09:00", "2026-12-10 09:00"],
    "31st of the month 9:00": ["2026-11-30 09:00", "2026-12-31 09:00", "2027-01-31 09:00", "2027-02-28 09:00"],
    "29th of the month 9:00": ["2026-11-29 09:00", "2026-12-29 09:00", "2027-01-29 09:00", "2027-02-28 09:00"],
    "last day of the month 9:00": ["2026-11-30 09:00", "2026-12-31 09:00", "2027-01-31 09:00", "2027-02-28 09:00"],
    "every 2 months on the 31st 9:00": ["2026-11-30 09:00", "2027-01-31 09:00", "2027-03-31 09:00"],
    "25th of the month 9:00": ["2026-12-25 09:00", "2027-01-25 09:00"],
}


@pytest.mark.parametrize("text", COMING)
def test_the_first_time_is_the_first_one_from_now_on(text: str) -> None:
    rule = read_rule(text)
    start = first_day(rule, NOW)
    wanted = [datetime.fromisoformat(each) for each in COMING[text]]
    assert list(islice(occurrences(rule, start, NOW, datetime(2028, 1, 1)), len(wanted))) == wanted
    assert next_occurrence(rule, start, NOW) == wanted[0]
    assert start == wanted[0].date()


def test_the_calendar_has_an_end() -> None:
    assert next_occurrence(read_rule("daily 9:00"), date(2026, 1, 1), datetime(9998, 6, 1)) is None
    assert (
        next_occurrence(read_rule("every 12 months on the 31st 9:00"), date(2026, 1, 1), datetime(9997, 6, 1)) is None
    )
