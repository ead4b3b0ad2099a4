"""Moments in words, against a search through every quarter of an hour of a zone's real clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnhabit.domain.day_words import Calendar, looks_like_when, read_day, read_day_range, read_when
from learnhabit.domain.study_day import DayStart
from learnhabit.errors import LearnhabitError
from tests.calendars import calendar_at
from tests.refusals import tried

STEP = 900
DAY = 86_400
ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "America/Santiago",  # clocks change at midnight
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Australia/Lord_Howe",  # by half an hour
    "Pacific/Apia",  # 30 December 2011 did not exist
    "Pacific/Chatham",
)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# Around the changes of clocks in Europe, America, Chile, Samoa; and any time.
CHANGES = (1_774_746_000, 1_792_890_000, 1_772_953_200, 1_793_512_800, 1_775_361_600, 1_788_667_200, 1_325_239_200)
NOWS = st.one_of(
    # From 2012 on: until then St. John's changed at 00:01, which a search through quarters of an hour can't see.
    st.integers(min_value=1_326_000_000, max_value=2_000_000_000),
    st.builds(
        lambda change, away: change + away,
        st.sampled_from(CHANGES),
        st.integers(min_value=-2 * DAY, max_value=2 * DAY),
    ),
)
CLOCKS = st.builds(time, st.integers(0, 23), st.sampled_from(range(0, 60, 15)))
STARTS = st.one_of(st.none(), st.integers(0, 719))


@cache
def zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def walls(first: int, last: int, place: ZoneInfo, clock: time) -> Iterator[tuple[int, datetime]]:
    """(instant, wall clock) of every time the clock shows, from the last to the first.

    Of two the first counts; a time that a gap leaves out counts at the gap's end.
    """
    instant = last // STEP * STEP
    later = datetime.fromtimestamp(instant, place)
    while instant >= first:
        earlier = datetime.fromtimestamp(instant - STEP, place)
        reached = earlier.replace(tzinfo=None, fold=0)
        shown = later.replace(tzinfo=None, fold=0)
        found = []
        while not later.fold and reached < shown:
            reached += timedelta(seconds=STEP)
            if reached.time() == clock:
                found.append((instant, reached))
        yield from reversed(found)
        instant -= STEP
        later = earlier


def make(now: int, name: str, start: int | None) -> Calendar:
    starts = [] if start is None else [DayStart(effective_from=date(1990, 1, 1), minutes=start)]
    return calendar_at(now, name, starts)


@given(NOWS, st.sampled_from(ZONES), CLOCKS)
def test_a_time_is_the_latest_that_is_not_in_the_future(now: int, name: str, clock: time) -> None:
    expected = next(walls(now - 3 * DAY, now, zone(name), clock))[0]
    assert read_when(f"{clock:%H:%M}", make(now, name, None)).started_at == expected


@given(NOWS, st.sampled_from(ZONES), CLOCKS, STARTS, st.sampled_from(range(7)))
def test_a_weekday_with_a_time_is_the_latest_too(
    now: int, name: str, clock: time, start: int | None, weekday: int
) -> None:
    calendar = make(now, name, start)
    expected = next(
        instant
        for instant, wall in walls(now - 9 * DAY, now, zone(name), clock)
        if calendar.study_day_of(wall).weekday() == weekday
    )
    assert read_when(f"{WEEKDAYS[weekday]} {clock:%H:%M}", calendar).started_at == expected


@given(
    NOWS, st.sampled_from(ZONES), CLOCKS, STARTS, st.sampled_from([("yesterday", -1), ("today", 0), ("tomorrow", 1)])
)
def test_a_named_study_day(now: int, name: str, clock: time, start: int | None, named: tuple[str, int]) -> None:
    calendar = make(now, name, start)
    word, away = named
    day = calendar.today + timedelta(days=away)
    [expected] = [
        instant
        for instant, wall in walls(now + (away - 2) * DAY, now + (away + 2) * DAY, zone(name), clock)
        if calendar.study_day_of(wall) == day
    ]
    text = f"{word} {clock:%H:%M}"
    if expected > now:
        with pytest.raises(LearnhabitError) as caught:
            read_when(text, calendar)
        assert caught.value.exit_code == 1
    else:
        assert read_when(text, calendar).started_at == expected


@given(NOWS, st.sampled_from(ZONES), CLOCKS, st.integers(min_value=0, max_value=3))
def test_a_written_date_is_civil(now: int, name: str, clock: time, back: int) -> None:
    calendar = make(now, name, None)
    day = calendar.now_wall.date() - timedelta(days=back)
    [expected] = [
        instant
        for instant, wall in walls(now - (back + 2) * DAY, now - (back - 2) * DAY, zone(name), clock)
        if wall.date() == day
    ]
    found = tried(lambda: read_when(f"{day} {clock:%H:%M}", calendar))
    if isinstance(found, LearnhabitError):
        assert found.exit_code == 1 and expected > now
    else:
        assert found.started_at == expected <= now


@given(
    NOWS,
    st.sampled_from(ZONES),
    STARTS,
    st.dates(date(1971, 1, 1), date(2100, 1, 1)),
)
def test_days(now: int, name: str, start: int | None, day: date) -> None:
    calendar = make(now, name, start)
    assert read_day(day.isoformat(), calendar) == day
    assert read_day(f"{day:%d %b %Y}", calendar) == read_day(f"{day:%B %d, %Y}", calendar) == day
    assert read_day_range(day.isoformat(), calendar) == (day, day)
    first, last = read_day_range(f"{day:%Y-%m}", calendar)
    assert first.day == 1 and first <= day <= last and (last + timedelta(days=1)).day == 1
    assert read_day_range(f"{day:%b-%Y}", calendar) == (first, last)
    found = read_day(f"{day:%d %b}", calendar)
    assert (found.month, found.day) == (day.month, day.day)
    assert found <= calendar.today
    years = 8 if (day.month, day.day) == (2, 29) else 1
    assert found.replace(year=found.year + years) > calendar.today
    near = read_day(f"{day:%d %b}", calendar, lean="near")
    assert abs(near - calendar.today) <= abs(found - calendar.today)
    weekday = read_day(f"{day:%A}", calendar)
    assert weekday.weekday() == day.weekday()
    assert timedelta(0) <= calendar.today - weekday < timedelta(days=7)


WORDS = st.lists(
    st.one_of(
        st.sampled_from(
            [*WEEKDAYS, "yesterday", "today", "-", "-15m", "21:00", "9", "pm", "2026-03-01", "mar", "29", "2026"]
        ),
        st.sampled_from(["99:99", "0000-00-00", "9999-12-31", "3/4", "1.2", "31", "feb", "-9999999h", "०९:००"]),
        st.text(max_size=4),
    ),
    max_size=4,
)


@given(WORDS.map(" ".join), NOWS, st.sampled_from(ZONES))
def test_nothing_but_our_errors(text: str, now: int, name: str) -> None:
    calendar = make(now, name, None)
    when = tried(lambda: read_when(text, calendar))
    if isinstance(when, LearnhabitError):
        assert when.exit_code == 2 or looks_like_when(text)
    else:
        assert 0 <= when.started_at <= now and looks_like_when(text)
    for found in (tried(lambda: read_day(text, calendar)), tried(lambda: read_day_range(text, calendar))):
        assert not isinstance(found, LearnhabitError) or found.exit_code == 2
