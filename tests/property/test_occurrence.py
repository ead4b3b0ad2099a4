"""Occurrences against a walk through every day, and rules that read as they are written."""

from __future__ import annotations

import calendar
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from learnhabit.domain.occurrence import first_day, next_occurrence, occurrences
from learnhabit.domain.reminder_rule import LAST_DAY, MOST, Rule, read_rule
from learnhabit.errors import UsageError

DAY = timedelta(days=1)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    every = draw(st.sampled_from(("day", "week", "month")))
    weekdays = draw(st.sets(st.integers(0, 6), min_size=1)) if every == "week" else set()
    interval = draw(st.integers(1, 3) | st.integers(1, MOST[every]))
    if len(weekdays) == 7 and interval == 1:
        every, weekdays = "day", set()
    return Rule(
        every=every,
        interval=interval,
        weekdays=tuple(sorted(weekdays)),
        month_day=draw(st.integers(1, 31) | st.just(LAST_DAY)) if every == "month" else 0,
        hour=draw(st.integers(0, 23)),
        minute=draw(st.integers(0, 59)),
    )


def is_due(rule: Rule, starts_on: date, day: date) -> bool:
    """By the words: every so many days, weeks from Monday on, or months, counted from the first."""
    if day < starts_on:
        return False
    if rule.every == "day":
        return (day - starts_on).days % rule.interval == 0
    if rule.every == "week":
        weeks = ((day - day.weekday() * DAY) - (starts_on - starts_on.weekday() * DAY)).days // 7
        return weeks % rule.interval == 0 and day.weekday() in rule.weekdays
    months = (day.year - starts_on.year) * 12 + day.month - starts_on.month
    last = calendar.monthrange(day.year, day.month)[1]
    wanted = last if rule.month_day == LAST_DAY else min(rule.month_day, last)
    return months % rule.interval == 0 and day.day == wanted


MOMENTS = st.datetimes(datetime(1999, 1, 1), datetime(2049, 12, 31))


@given(rule=rules(), made=MOMENTS, later=st.timedeltas(timedelta(0), timedelta(days=4000)))
def test_occurrences_are_those_of_a_walk(rule: Rule, made: datetime, later: timedelta) -> None:
    starts_on = first_day(rule, made)
    once = rule.replace(interval=1)
    walked = made.date()
    while not (
        is_due(once, walked, walked) and datetime(walked.year, walked.month, walked.day, rule.hour, rule.minute) > made
    ):
        walked += DAY
    assert starts_on == walked
    after = made + later
    upto = after + timedelta(days=100)
    expected = []
    day = after.date()
    while day <= upto.date():
        wall = datetime(day.year, day.month, day.day, rule.hour, rule.minute)
        if is_due(rule, starts_on, day) and after < wall <= upto:
            expected.append(wall)
        day += DAY
    assert list(occurrences(rule, starts_on, after, upto)) == expected
    if expected:
        assert next_occurrence(rule, starts_on, after) == expected[0]


@given(rule=rules())
def test_a_rule_reads_as_it_is_written(rule: Rule) -> None:
    assert read_rule(rule.text) == rule


@given(text=st.text(max_size=40) | st.from_regex(r"(daily|every [0-9]{1,3} weeks on|mon|last day of) .{0,20}"))
def test_any_other_text_is_refused(text: str) -> None:
    try:
        rule = read_rule(text)
    except UsageError:
        return
    assert read_rule(rule.text) == rule
