"""Calendars of real zones for tests: what words for days and times are read against."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from learnhabit.domain.day_words import Calendar
from learnhabit.domain.study_day import DayStart, resolve_wall, study_day


def offset_in(zone: ZoneInfo) -> Callable[[int], int]:
    """The offset from UTC in seconds at an instant."""

    def offset_at(instant: int) -> int:
        offset = datetime.fromtimestamp(instant, zone).utcoffset()
        assert offset is not None
        return int(offset.total_seconds())

    return offset_at


def calendar_at(instant: int, zone: str = "UTC", starts: Sequence[DayStart] = ()) -> Calendar:
    """The calendar of an instant in a zone."""
    place = ZoneInfo(zone)
    wall = datetime.fromtimestamp(instant, place).replace(tzinfo=None)
    return Calendar(
        now=instant,
        now_wall=wall,
        today=study_day(wall, starts),
        study_day_of=lambda wall: study_day(wall, starts),
        resolve=lambda wall: resolve_wall(wall, offset_in(place)),
    )


def calendar_of(moment: str, zone: str = "UTC", starts: Sequence[DayStart] = ()) -> Calendar:
    """The calendar of an ISO 8601 moment, UTC unless it has an offset."""
    aware = datetime.fromisoformat(moment)
    return calendar_at(int((aware if aware.tzinfo else aware.replace(tzinfo=UTC)).timestamp()), zone, starts)


def wall_in(instant: int, zone: str = "UTC") -> str:
    """An instant on a zone's wall clock: `2026-11-23 20:40`."""
    return datetime.fromtimestamp(instant, ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")
