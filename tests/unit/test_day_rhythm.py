"""Hours of the week, the median, what was logged late."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from learnhabit.domain.day_rhythm import StudiedSession, rhythm
from learnhabit.domain.year_summary import Rhythm

MONDAY = date(2026, 11, 23)


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def session(
    start: str,
    end: str,
    day: date = MONDAY,
    *pauses: tuple[str, str],
    offset: int = 0,
    seconds: int | None = None,
    late: int = 0,
) -> StudiedSession:
    """A session by two moments of UTC."""
    begin, stop = at(start), at(end)
    breaks = tuple((at(a), at(b)) for a, b in pauses)
    length = stop - begin - sum(b - a for a, b in breaks) if seconds is None else seconds
    return (begin, stop, length, offset, day.isoformat(), breaks, stop + late, "UTC")


def of(*sessions: StudiedSession, day_start: int = 240) -> Rhythm:
    found = sorted(sessions, key=lambda each: (each[4], each[0]))
    seconds = {date.fromisoformat(each[4]): each[2] for each in found}
    return rhythm(
        found,
        seconds,
        frozenset(),
        counted=frozenset(seconds),
        last=MONDAY,
        today=MONDAY,
        day_start=day_start,
        run_longest=0,
        run_ended=None,
    )


def cells(found: Rhythm) -> dict[tuple[int, int], int]:
    return {(day, hour): value for day, row in enumerate(found.hours) for hour, value in enumerate(row) if value}


def test_a_session_is_split_by_the_clock() -> None:
    found = of(session("2026-11-23 08:40", "2026-11-23 10:10"))
    assert cells(found) == {(0, 8): 1200, (0, 9): 3600, (0, 10): 600}


def test_the_clock_is_that_of_where_it_was_studied() -> None:
    found = of(session("2026-11-23 08:40", "2026-11-23 09:10", offset=330))
    assert cells(found) == {(0, 14): 1800}


def test_after_midnight_belongs_to_the_evening_before_and_after_the_day_start_to_the_new_day() -> None:
    night = session("2026-11-23 23:30", "2026-11-24 00:30")
    assert cells(of(night)) == {(0, 23): 1800, (0, 0): 1800}
    long = session("2026-11-23 23:30", "2026-11-24 05:00")
    assert cells(of(long))[(1, 4)] == 3600
    assert cells(of(long))[(0, 3)] == 3600
    assert cells(of(long, day_start=360))[(0, 4)] == 3600


def test_pauses_are_left_out() -> None:
    found = of(session("2026-11-23 08:00", "2026-11-23 11:00", MONDAY, ("2026-11-23 08:30", "2026-11-23 10:45")))
    assert cells(found) == {(0, 8): 1800, (0, 10): 900}


def test_a_duration_that_was_typed_is_spread_over_the_span() -> None:
    found = of(session("2026-11-23 08:30", "2026-11-23 09:30", seconds=1001))
    assert sum(cells(found).values()) == 1001
    assert cells(found) == {(0, 8): 500, (0, 9): 501}


@pytest.mark.parametrize("count", [9, 10])
def test_fewer_than_ten_sessions_say_nothing_about_the_usual_one(count: int) -> None:
    found = of(*(session(f"2026-11-{day:02} 08:00", f"2026-11-{day:02} 08:{day:02}", date(2026, 11, day))
                 for day in range(1, count + 1)))  # fmt: skip
    assert (found.median_seconds, found.best_hour) == ((330, 8) if count == 10 else (None, None))
    assert found.best_hour_days == (10 if count == 10 else 0)
    assert found.longest_seconds == count * 60


def test_late_long_and_overlapping_sessions_are_counted() -> None:
    found = of(
        session("2026-11-20 08:00", "2026-11-20 09:00", date(2026, 11, 20), late=86_400),
        session("2026-11-20 08:30", "2026-11-20 08:45", date(2026, 11, 20), late=86_399),
        session("2026-11-21 08:00", "2026-11-21 21:00", date(2026, 11, 21)),
    )
    assert (found.late_sessions, found.long_sessions, found.overlapping) == (1, 1, 1)
