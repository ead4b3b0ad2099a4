"""Study days, weeks and wall clocks: the tables of the documentation and the days on which clocks change."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from learnhabit.domain.study_day import DayStart, parse_day_start, resolve_wall, study_day, week_start_of, week_year
from learnhabit.errors import UsageError


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def from_first(minutes: int) -> list[DayStart]:
    """A day start that holds for every day of a test."""
    return [DayStart(effective_from=date(2000, 1, 1), minutes=minutes)]


@pytest.mark.parametrize(
    ("start", "moment", "expected"),
    [
        ("04:00", "2026-11-23 20:40", "2026-11-23"),
        ("04:00", "2026-11-24 00:30", "2026-11-23"),
        ("04:00", "2026-11-24 03:59:59", "2026-11-23"),
        ("04:00", "2026-11-24 04:00", "2026-11-24"),
        ("00:00", "2026-11-24 00:00", "2026-11-24"),
        ("00:00", "2026-11-23 23:59:59", "2026-11-23"),
        ("11:59", "2026-11-24 11:58", "2026-11-23"),
        ("11:59", "2026-11-24 11:59", "2026-11-24"),
        # 29 February, and the turn of the year.
        ("04:00", "2028-03-01 02:00", "2028-02-29"),
        ("04:00", "2028-02-29 02:00", "2028-02-28"),
        ("04:00", "2026-03-01 02:00", "2026-02-28"),
        ("04:00", "2027-01-01 03:00", "2026-12-31"),
        # 02:00 → 03:00 in Europe, and back: the wall clock decides, not the hours that went by.
        ("04:00", "2026-03-29 03:59", "2026-03-28"),
        ("04:00", "2026-03-29 04:30", "2026-03-29"),
        ("04:00", "2026-10-25 03:59", "2026-10-24"),
        ("04:00", "2026-10-25 04:00", "2026-10-25"),
    ],
)
def test_the_study_day_is_the_date_of_the_wall_clock_less_the_day_start(start: str, moment: str, expected: str) -> None:
    assert study_day(wall(moment), from_first(parse_day_start(start))) == date.fromisoformat(expected)


def test_without_a_day_start_it_is_four_in_the_morning() -> None:
    assert study_day(wall("2026-11-24 03:59"), []) == date(2026, 11, 23)
    assert study_day(wall("2026-11-24 04:00"), []) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("changes", "moment", "expected"),
    [
        # On the 23rd the start becomes 06:00: from the 24th on.
        ({24: "06:00"}, "23 03:59", 22),
        ({24: "06:00"}, "23 04:30", 23),
        ({24: "06:00"}, "24 04:30", 23),
        ({24: "06:00"}, "24 06:00", 24),
        ({24: "06:00"}, "25 05:59", 24),
        # An earlier start: the 24th begins at midnight, the night before is still judged by 04:00.
        ({24: "00:00"}, "23 02:00", 22),
        ({24: "00:00"}, "23 23:59", 23),
        ({24: "00:00"}, "24 00:00", 24),
        # Changed again before it was in force, and later.
        ({24: "06:00", 25: "00:00"}, "24 05:00", 23),
        ({24: "06:00", 25: "00:00"}, "24 23:59", 24),
        ({24: "06:00", 25: "00:00"}, "25 00:00", 25),
        ({10: "00:00", 24: "11:00"}, "10 00:00", 10),
        ({10: "00:00", 24: "11:00"}, "23 00:30", 23),
        ({10: "00:00", 24: "11:00"}, "24 10:59", 23),
        ({10: "00:00", 24: "11:00"}, "24 11:00", 24),
    ],
)
def test_a_new_day_start_counts_from_its_day_on(changes: dict[int, str], moment: str, expected: int) -> None:
    starts = [
        DayStart(effective_from=date(2026, 11, day), minutes=parse_day_start(text)) for day, text in changes.items()
    ]
    assert study_day(wall(f"2026-11-{moment}"), starts) == date(2026, 11, expected)


@pytest.mark.parametrize("old", ["00:00", "04:00", "11:59"])
@pytest.mark.parametrize("new", ["00:00", "02:00", "04:00", "09:30", "11:59"])
def test_a_new_day_start_never_turns_today_back_and_leaves_no_day_out(old: str, new: str) -> None:
    before = from_first(parse_day_start(old))
    for set_at in range(0, 24 * 60, 97):
        moment = wall("2026-11-23 00:00") + timedelta(minutes=set_at)
        today = study_day(moment, before)
        after = [*before, DayStart(effective_from=today + timedelta(days=1), minutes=parse_day_start(new))]
        # An earlier start may have passed already; then the next study day begins now.
        begun = moment >= datetime.combine(today + timedelta(days=1), time.min) + timedelta(minutes=after[-1].minutes)
        days = [today, today + timedelta(days=begun)]
        days += [study_day(moment + timedelta(minutes=passed), after) for passed in range(72 * 60)]
        assert days[1] == days[2]
        assert days == sorted(days)
        assert {(later - earlier).days for earlier, later in pairwise(days)} == {0, 1}


@pytest.mark.parametrize(("text", "minutes"), [("00:00", 0), ("4:00", 240), ("04:00", 240), (" 11:59 ", 719)])
def test_parse_day_start(text: str, minutes: int) -> None:
    assert parse_day_start(text) == minutes


@pytest.mark.parametrize("text", ["", "4", "12:00", "23:00", "4:60", "04:0", "-1:00", "4:00 am", "04:00:00", "٠٤:٠٠"])
def test_parse_day_start_refuses(text: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_day_start(text)
    assert refused.value.exit_code == 2


@pytest.mark.parametrize(
    ("zone", "moment", "expected"),
    [
        ("UTC", "2026-03-29 02:30", "2026-03-29T02:30:00+00:00"),
        # A wall clock that does not exist is the end of the gap.
        ("Europe/Paris", "2026-03-29 01:59:59", "2026-03-29T01:59:59+01:00"),
        ("Europe/Paris", "2026-03-29 02:00", "2026-03-29T03:00:00+02:00"),
        ("Europe/Paris", "2026-03-29 02:30", "2026-03-29T03:00:00+02:00"),
        ("Europe/Paris", "2026-03-29 03:00", "2026-03-29T03:00:00+02:00"),
        ("America/New_York", "2026-03-08 02:59:59", "2026-03-08T03:00:00-04:00"),
        ("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-04T02:30:00+11:00"),
        # A midnight that does not exist, and a whole day.
        ("America/Havana", "2026-03-08 00:30", "2026-03-08T01:00:00-04:00"),
        ("America/Santiago", "2026-09-06 00:00", "2026-09-06T01:00:00-03:00"),
        ("Pacific/Apia", "2011-12-30 12:00", "2011-12-31T00:00:00+14:00"),
        ("Pacific/Apia", "2011-12-29 23:59", "2011-12-29T23:59:00-10:00"),
        # One that exists twice is the first of the two.
        ("Europe/Paris", "2026-10-25 02:30", "2026-10-25T02:30:00+02:00"),
        ("Europe/Paris", "2026-10-25 03:00", "2026-10-25T03:00:00+01:00"),
        ("America/New_York", "2026-11-01 01:30", "2026-11-01T01:30:00-04:00"),
        ("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-05T01:45:00+11:00"),
        ("America/St_Johns", "2026-11-01 01:30", "2026-11-01T01:30:00-02:30"),
        # Neither: a zone without changes, with an odd offset.
        ("Asia/Kolkata", "2026-03-29 02:30", "2026-03-29T02:30:00+05:30"),
    ],
)
def test_a_wall_clock_as_an_instant(zone: str, moment: str, expected: str) -> None:
    place = ZoneInfo(zone)

    def offset_at(instant: int) -> int:
        offset = datetime.fromtimestamp(instant, place).utcoffset()
        assert offset is not None
        return int(offset.total_seconds())

    found = resolve_wall(wall(moment), offset_at)
    assert datetime.fromtimestamp(found, place).isoformat() == expected


@pytest.mark.parametrize(
    ("day", "monday", "sunday", "saturday"),
    [
        ("2026-11-23", "2026-11-23", "2026-11-22", "2026-11-21"),
        ("2026-11-22", "2026-11-16", "2026-11-22", "2026-11-21"),
        ("2026-11-21", "2026-11-16", "2026-11-15", "2026-11-21"),
        ("2026-11-20", "2026-11-16", "2026-11-15", "2026-11-14"),
        ("2028-03-01", "2028-02-28", "2028-02-27", "2028-02-26"),
        ("2027-01-01", "2026-12-28", "2026-12-27", "2026-12-26"),
    ],
)
def test_the_first_day_of_a_week(day: str, monday: str, sunday: str, saturday: str) -> None:
    found = [week_start_of(date.fromisoformat(day), start).isoformat() for start in ("monday", "sunday", "saturday")]
    assert found == [monday, sunday, saturday]


@pytest.mark.parametrize(
    ("day", "week_start", "expected"),
    [
        # 2020 and 2026 have an ISO week 53.
        ("2020-12-31", "monday", (2020, 53)),
        ("2021-01-03", "monday", (2020, 53)),
        ("2021-01-04", "monday", (2021, 1)),
        ("2026-12-28", "monday", (2026, 53)),
        ("2027-01-03", "monday", (2026, 53)),
        ("2027-01-04", "monday", (2027, 1)),
        ("2024-12-30", "monday", (2025, 1)),
        ("2028-02-29", "monday", (2028, 9)),
        # The fourth day is a Wednesday, and a Tuesday.
        ("2026-01-03", "sunday", (2025, 53)),
        ("2026-01-04", "sunday", (2026, 1)),
        ("2026-01-02", "saturday", (2025, 52)),
        ("2026-01-03", "saturday", (2026, 1)),
        ("2028-12-31", "sunday", (2029, 1)),
    ],
)
def test_a_week_belongs_to_the_year_of_its_fourth_day(day: str, week_start: str, expected: tuple[int, int]) -> None:
    assert week_year(date.fromisoformat(day), week_start) == expected
