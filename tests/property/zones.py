"""Zones whose clocks change in every awkward way, and what a wall clock means in them by looking at each minute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

ZONES = (
    "UTC",
    "America/New_York",
    "America/St_Johns",  # half an hour off; until 2011 clocks changed at 00:01
    "America/Havana",  # midnights that do not exist
    "America/Santiago",
    "Europe/Paris",
    "Atlantic/Azores",
    "Africa/Casablanca",  # four changes a year, around Ramadan
    "Asia/Tehran",
    "Asia/Beirut",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",  # half an hour of summer time
    "Pacific/Apia",  # no 30 December 2011
    "Pacific/Kwajalein",  # no 21 August 1993
)

_EPOCH = datetime(1970, 1, 1)
_FIRST, _LAST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2037, 12, 1, tzinfo=UTC)
_MINUTE = 60
_HOUR = 3600
_DAY = 24 * _HOUR


def offset(zone: str, instant: int) -> int:
    """Seconds that local time is ahead of UTC at an instant."""
    found = datetime.fromtimestamp(instant, ZoneInfo(zone)).utcoffset()
    assert found is not None
    return int(found.total_seconds())


def wall_at(zone: str, instant: int) -> datetime:
    """The wall clock at an instant."""
    return datetime.fromtimestamp(instant, ZoneInfo(zone)).replace(tzinfo=None, fold=0)


@cache
def changes(zone: str) -> tuple[int, ...]:
    """The first instants with another offset than the minute before."""
    return tuple(
        next(minute for minute in range(day, day + _DAY + 1, _MINUTE) if offset(zone, minute) != offset(zone, day))
        for day in range(int(_FIRST.timestamp()), int(_LAST.timestamp()), _DAY)
        if offset(zone, day) != offset(zone, day + _DAY)
    )


@cache
def _change(zone: str) -> st.SearchStrategy[int]:
    return st.sampled_from(changes(zone))


_near = st.integers(-2 * _HOUR, 2 * _HOUR) | st.integers(-_DAY, _DAY)
_any = st.integers(int(_FIRST.timestamp()), int(_LAST.timestamp()))


@st.composite
def instants(draw: st.DrawFn, zone: str) -> int:
    """An instant of five decades, near a change of the clocks where there is any."""
    return draw(_change(zone)) + draw(_near) if changes(zone) else draw(_any)


@st.composite
def walls(draw: st.DrawFn, zone: str) -> datetime:
    """A wall clock, near a change of the clocks where there is any: also one that no clock shows."""
    if not changes(zone):
        return wall_at(zone, draw(_any))
    return wall_at(zone, draw(_change(zone)) - 1) + timedelta(seconds=draw(_near))


def first_instant_of(zone: str, wall: datetime) -> int:
    """The first instant at which a clock on the wall shows a time; if none does, the first at which it shows more.

    Clocks change on whole minutes in these years, so it is enough to look at one second of each minute, and for the
    end of a gap at each minute's beginning. No clock is more than 14 hours from UTC.
    """
    as_utc = (wall - _EPOCH) // timedelta(seconds=1)
    for instant in range(as_utc - 15 * _HOUR, as_utc + 15 * _HOUR + 1, _MINUTE):
        if instant + offset(zone, instant) == as_utc:
            return instant
    whole = as_utc // _MINUTE * _MINUTE
    return next(
        instant
        for instant in range(whole - 15 * _HOUR, whole + 15 * _HOUR + 1, _MINUTE)
        if instant + offset(zone, instant) > as_utc
    )
