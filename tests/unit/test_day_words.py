"""Days and moments in words. The usual now is Monday 23 November 2026, 20:40, ISO week 48."""

from __future__ import annotations

from datetime import date

import pytest

from learnhabit.domain.day_words import looks_like_when, read_day, read_day_range, read_when
from learnhabit.domain.study_day import DayStart
from learnhabit.errors import LearnhabitError, UsageError
from tests.calendars import calendar_of, wall_in

NOW = "2026-11-23 20:40"
AFTER_MIDNIGHT = "2026-11-24 00:30"
"""By the clock Tuesday, by the study day still Monday."""
EARLY = "2026-11-24 06:00"
BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("now", "text", "started"),
    [
        (NOW, "-15m", "2026-11-23 20:25"),
        (NOW, "-1h30", "2026-11-23 19:10"),
        (NOW, "-90", "2026-11-23 19:10"),
        (NOW, "- 2 h", "2026-11-23 18:40"),
        (NOW, "-1.5h", "2026-11-23 19:10"),
        (NOW, "-25h", "2026-11-22 19:40"),
        (NOW, "20:40", "2026-11-23 20:40"),
        (NOW, "20:41", "2026-11-22 20:41"),
        (NOW, "20:00", "2026-11-23 20:00"),
        (NOW, "7:05", "2026-11-23 07:05"),
        (NOW, "00:00", "2026-11-23 00:00"),
        (NOW, "23:59", "2026-11-22 23:59"),
        (NOW, "9pm", "2026-11-22 21:00"),
        (NOW, "8 PM", "2026-11-23 20:00"),
        (NOW, "9:30am", "2026-11-23 09:30"),
        (NOW, "9:30 pm", "2026-11-22 21:30"),
        (NOW, "12am", "2026-11-23 00:00"),
        (NOW, "12:30pm", "2026-11-23 12:30"),
        (NOW, "today", "2026-11-23 12:00"),
        (NOW, "Today 8:15", "2026-11-23 08:15"),
        (NOW, "yesterday", "2026-11-22 12:00"),
        (NOW, "yesterday 21:00", "2026-11-22 21:00"),
        (NOW, "  YESTERDAY \n 9 pm ", "2026-11-22 21:00"),
        # study days begin at 04:00: what is before that belongs to the evening before
        (NOW, "yesterday 03:59", "2026-11-23 03:59"),
        (NOW, "yesterday 01:00", "2026-11-23 01:00"),
        (NOW, "yesterday 04:00", "2026-11-22 04:00"),
        (NOW, "sun 1:30", "2026-11-23 01:30"),
        (NOW, "mon", "2026-11-16 12:00"),
        (NOW, "mon 8:15", "2026-11-23 08:15"),
        (NOW, "mon 20:40", "2026-11-23 20:40"),
        (NOW, "mon 20:41", "2026-11-16 20:41"),
        (NOW, "monday 21:00", "2026-11-16 21:00"),
        # 01:30 of this Monday's study day is still to come
        (NOW, "mon 1:30", "2026-11-17 01:30"),
        (NOW, "tue", "2026-11-17 12:00"),
        (NOW, "sun 8:15", "2026-11-22 08:15"),
        (NOW, "sunday", "2026-11-22 12:00"),
        (NOW, "thurs 10:00", "2026-11-19 10:00"),
        (NOW, "2026-03-01", "2026-03-01 12:00"),
        (NOW, "2026-03-01 9:00", "2026-03-01 09:00"),
        # a written date is civil
        (NOW, "2026-03-01 1:00", "2026-03-01 01:00"),
        (NOW, "2026-3-1 9am", "2026-03-01 09:00"),
        (NOW, "2024-02-29", "2024-02-29 12:00"),
        (NOW, "1 mar", "2026-03-01 12:00"),
        (NOW, "1 mar 9:00", "2026-03-01 09:00"),
        (NOW, "mar 1 1:00", "2026-03-01 01:00"),
        (NOW, "1 march 2025 9:00", "2025-03-01 09:00"),
        (NOW, "24 nov", "2025-11-24 12:00"),
        # after midnight
        (AFTER_MIDNIGHT, "21:00", "2026-11-23 21:00"),
        (AFTER_MIDNIGHT, "0:30", "2026-11-24 00:30"),
        (AFTER_MIDNIGHT, "0:31", "2026-11-23 00:31"),
        (AFTER_MIDNIGHT, "today", "2026-11-23 12:00"),
        (AFTER_MIDNIGHT, "today 0:15", "2026-11-24 00:15"),
        (AFTER_MIDNIGHT, "today 21:00", "2026-11-23 21:00"),
        (AFTER_MIDNIGHT, "yesterday 21:00", "2026-11-22 21:00"),
        (AFTER_MIDNIGHT, "yesterday 0:15", "2026-11-23 00:15"),
        (AFTER_MIDNIGHT, "mon 21:00", "2026-11-23 21:00"),
        (AFTER_MIDNIGHT, "mon 0:15", "2026-11-24 00:15"),
        (AFTER_MIDNIGHT, "mon", "2026-11-16 12:00"),
        (AFTER_MIDNIGHT, "tue 0:15", "2026-11-18 00:15"),
        (EARLY, "yesterday", "2026-11-23 12:00"),
        (EARLY, "mon", "2026-11-23 12:00"),
        (EARLY, "tue 5:00", "2026-11-24 05:00"),
        (EARLY, "yesterday 2:00", "2026-11-24 02:00"),
        # the turn of the year, and of a leap year
        ("2027-01-01 08:00", "yesterday 23:00", "2026-12-31 23:00"),
        ("2027-01-01 08:00", "31 dec", "2026-12-31 12:00"),
        ("2028-03-01 08:00", "yesterday", "2028-02-29 12:00"),
        ("2027-03-01 08:00", "29 feb", "2024-02-29 12:00"),
    ],
)
def test_read_when(now: str, text: str, started: str) -> None:
    assert looks_like_when(text)
    assert wall_in(read_when(text, calendar_of(now)).started_at) == started


@pytest.mark.parametrize(
    ("now", "text", "title"),
    [
        (NOW, "today 21:00", "Mon 23 Nov 2026 21:00 is still to come"),
        (NOW, "today 1:00", "Tue 24 Nov 2026 01:00 is still to come"),
        (EARLY, "today", "Tue 24 Nov 2026 12:00 is still to come"),
        (NOW, "tomorrow", "Tue 24 Nov 2026 12:00 is still to come"),
        (NOW, "tomorrow 8:00", "Tue 24 Nov 2026 08:00 is still to come"),
        (NOW, "2026-11-24", "Tue 24 Nov 2026 12:00 is still to come"),
        (NOW, "2026-11-23 20:41", "Mon 23 Nov 2026 20:41 is still to come"),
        (NOW, "2100-01-01 9:00", "Fri 1 Jan 2100 09:00 is still to come"),
        (NOW, "24 dec 2026", "Thu 24 Dec 2026 12:00 is still to come"),
    ],
)
def test_still_to_come(now: str, text: str, title: str) -> None:
    assert looks_like_when(text)
    with pytest.raises(LearnhabitError) as caught:
        read_when(text, calendar_of(now))
    assert (caught.value.title, caught.value.exit_code) == (title, 1)
    assert caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "25:00",
        "24:00",
        "21:60",
        "13pm",
        "0am",
        "13:30pm",
        "mon 25:00",
        "yesterday 21:75",
        "2026-02-30",
        "2025-02-29 9:00",
        "2026-13-01",
        "0000-01-01",
        "1970-01-01",
        "9999-12-31",
        "31 feb",
        "99 mar",
        "0 jan",
        "29 feb 2026",
        "03/04",
        "3/4 21:00",
        "03/04/2026",
        "2026/03/04",
        "-999999999h",
    ],
)
def test_the_form_of_a_moment_that_is_none(text: str) -> None:
    """It counts as what stands behind `@`, so that a slip is refused and not taken for a note."""
    assert looks_like_when(text)
    with pytest.raises(UsageError):
        read_when(text, calendar_of(NOW))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-",
        "--",
        "-0m",
        "--15m",
        "-x",
        "- ",
        "15m",
        "+15m",
        "now",
        "noon",
        "alice",
        "home",
        "mo",
        "m",
        "monda y",
        "mondays",
        "yesterdays",
        "today today",
        "21",
        "21:0",
        "21:000",
        "121:00",
        "2100",
        "9 o'clock",
        "21:00 LoRA",
        "yesterday morning",
        "yesterday 21:00 sharp",
        "mon tue",
        "mar",
        "mar 2026",
        "1",
        "1 xyz",
        "1 ma",
        "2026",
        "2026-03",
        "20260301",
        "26-03-01",
        "1.2",
        "1.2.3",
        "example.org",
        "２１:００",
        "٢١:٠٠",
        "²1:00",
        "x" * 10_000,
        "1 " * 5_000,
        "-" * 5_000,
        "9" * 5_000 + ":00",
    ],
)
def test_no_moment(text: str) -> None:
    assert not looks_like_when(text)
    with pytest.raises(UsageError) as caught:
        read_when(text, calendar_of(NOW))
    assert "is no moment" in caught.value.title
    assert len(caught.value.title) < 100


@pytest.mark.parametrize(
    ("now", "text", "instant"),
    [
        # 29 March 2026: 02:00 becomes 03:00
        ("2026-03-29T10:00+02:00", "2:30", "2026-03-29T03:00+02:00"),
        ("2026-03-29T10:00+02:00", "1:59", "2026-03-29T01:59+01:00"),
        ("2026-03-29T10:00+02:00", "3:00", "2026-03-29T03:00+02:00"),
        ("2026-03-29T10:00+02:00", "yesterday 2:30", "2026-03-29T03:00+02:00"),
        ("2026-03-29T10:00+02:00", "-8h", "2026-03-29T01:00+01:00"),
        ("2026-03-29T03:00+02:00", "2:30", "2026-03-29T03:00+02:00"),
        ("2026-03-29T01:59+01:00", "2:30", "2026-03-28T02:30+01:00"),
        # 25 October 2026: 03:00 becomes 02:00, and of two the first is meant
        ("2026-10-25T10:00+01:00", "2:30", "2026-10-25T02:30+02:00"),
        ("2026-10-25T02:20+01:00", "2:30", "2026-10-25T02:30+02:00"),
        ("2026-10-25T02:20+02:00", "2:30", "2026-10-24T02:30+02:00"),
        ("2026-10-25T02:20+01:00", "3:00", "2026-10-24T03:00+02:00"),
        ("2026-10-25T10:00+01:00", "yesterday 3:30", "2026-10-25T03:30+01:00"),
        ("2026-10-26T10:00+01:00", "sun", "2026-10-25T12:00+01:00"),
    ],
)
def test_clock_changes(now: str, text: str, instant: str) -> None:
    found = read_when(text, calendar_of(now, BERLIN)).started_at
    assert found == calendar_of(instant).now


@pytest.mark.parametrize(
    ("minutes", "now", "text", "started"),
    [
        (0, AFTER_MIDNIGHT, "today 0:15", "2026-11-24 00:15"),
        (0, AFTER_MIDNIGHT, "yesterday 0:15", "2026-11-23 00:15"),
        (0, AFTER_MIDNIGHT, "mon", "2026-11-23 12:00"),
        (719, NOW, "yesterday 11:58", "2026-11-23 11:58"),
        (719, NOW, "yesterday 11:59", "2026-11-22 11:59"),
        (719, NOW, "yesterday", "2026-11-22 12:00"),
        (719, "2026-11-24 11:00", "today", "2026-11-23 12:00"),
    ],
)
def test_other_day_starts(minutes: int, now: str, text: str, started: str) -> None:
    starts = [DayStart(effective_from=date(2026, 1, 1), minutes=minutes)]
    assert wall_in(read_when(text, calendar_of(now, starts=starts)).started_at) == started


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", "2026-11-23"),
        ("yesterday", "2026-11-22"),
        ("tomorrow", "2026-11-24"),
        ("mon", "2026-11-23"),
        ("Monday", "2026-11-23"),
        ("sun", "2026-11-22"),
        ("tue", "2026-11-17"),
        ("2026-03-01", "2026-03-01"),
        ("2026-3-1", "2026-03-01"),
        ("2030-01-01", "2030-01-01"),
        ("1 mar", "2026-03-01"),
        ("mar 1", "2026-03-01"),
        ("1st March", "2026-03-01"),
        ("march 2nd", "2026-03-02"),
        ("3rd sept", "2026-09-03"),
        ("1 march 2024", "2024-03-01"),
        ("mar 1, 2024", "2024-03-01"),
        ("23 nov", "2026-11-23"),
        ("24 nov", "2025-11-24"),
        ("29 feb", "2024-02-29"),
        ("29 feb 2028", "2028-02-29"),
    ],
)
def test_read_day(text: str, day: str) -> None:
    assert read_day(text, calendar_of(NOW)).isoformat() == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("mon", "2026-11-23"),
        ("tue", "2026-11-24"),
        ("sun", "2026-11-29"),
        ("20 dec", "2026-12-20"),
        ("3 jan", "2027-01-03"),
        ("20 nov", "2026-11-20"),
        ("24 nov", "2026-11-24"),
        ("1 jul", "2026-07-01"),
        ("29 feb", "2028-02-29"),
    ],
)
def test_read_day_near(text: str, day: str) -> None:
    """For time off, which may be planned or declared afterwards."""
    assert read_day(text, calendar_of(NOW), lean="near").isoformat() == day


def test_today_is_the_study_day() -> None:
    assert read_day("today", calendar_of(AFTER_MIDNIGHT)) == date(2026, 11, 23)
    assert read_day("24 nov", calendar_of(AFTER_MIDNIGHT)) == date(2025, 11, 24)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("03/04", "“03/04” may mean two days"),
        ("3.4.", "“3.4.” may mean two days"),
        ("3.4.2026", "“3.4.2026” may mean two days"),
        ("03/04/26", "“03/04/26” may mean two days"),
        ("2026-02-30", "“2026-02-30” is no date"),
        ("30 feb", "“30 feb” is no date"),
        ("31 april 2026", "“31 april 2026” is no date"),
        ("1970-12-31", "“1970-12-31” is out of reach"),
        ("9000-01-01", "“9000-01-01” is out of reach"),
        ("", "“” is no day"),
        ("mo", "“mo” is no day"),
        ("21:00", "“21:00” is no day"),
        ("yesterday 21:00", "“yesterday 21:00” is no day"),
        ("1 mar 26", "“1 mar 26” is no day"),
        ("1 mar 2026 x", "“1 mar 2026 x” is no day"),
        ("１ mar", "“１ mar” is no day"),
        ("x" * 5000, f"“{'x' * 60}…” is no day"),
    ],
)
def test_no_day(text: str, title: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_day(text, calendar_of(NOW))
    assert caught.value.title == title


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("yesterday", "2026-11-22", "2026-11-22"),
        ("2026-03-01", "2026-03-01", "2026-03-01"),
        ("1-mar", "2026-03-01", "2026-03-01"),
        ("1-mar-2024", "2024-03-01", "2024-03-01"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2024-2", "2024-02-01", "2024-02-29"),
        ("2026-12", "2026-12-01", "2026-12-31"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("sep", "2026-09-01", "2026-09-30"),
        ("November", "2026-11-01", "2026-11-30"),
        ("dec", "2025-12-01", "2025-12-31"),
        ("sep-2024", "2024-09-01", "2024-09-30"),
        ("feb 2024", "2024-02-01", "2024-02-29"),
        ("mon", "2026-11-23", "2026-11-23"),
    ],
)
def test_read_day_range(text: str, first: str, last: str) -> None:
    start, end = read_day_range(text, calendar_of(NOW))
    assert (start.isoformat(), end.isoformat()) == (first, last)


@pytest.mark.parametrize("text", ["2026-13", "2026-00", "0000", "9999", "xyz-2024", "03/04", "", "-"])
def test_no_range(text: str) -> None:
    with pytest.raises(UsageError):
        read_day_range(text, calendar_of(NOW))
