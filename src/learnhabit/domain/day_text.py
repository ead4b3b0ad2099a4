"""Writing days and times for people, in English whatever the locale."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)  # noqa: UP017


def wall_at(instant: int, utc_offset: int) -> datetime:
    """An instant (epoch seconds) on the wall clock of an offset in minutes, aware."""
    return (_EPOCH + timedelta(seconds=instant)).astimezone(timezone(timedelta(minutes=utc_offset)))


def short_day(day: date) -> str:
    """`Mon 23 Nov`."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def long_day(day: date) -> str:
    """`Mon 23 Nov 2026`."""
    return f"{short_day(day)} {day.year}"


def clock_time(wall: datetime, *, clock_24: bool = True) -> str:
    """`20:05`, or `8:05pm` on a clock of 12 hours."""
    if clock_24:
        return f"{wall.hour:02}:{wall.minute:02}"
    return f"{wall.hour % 12 or 12}:{wall.minute:02}{'am' if wall.hour < 12 else 'pm'}"


def ordinal(number: int) -> str:
    """`1st`, `12th`, `1,023rd`."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"


def time_range(start: datetime, end: datetime, *, clock_24: bool = True) -> str:
    """`20:31–21:15`."""
    return f"{clock_time(start, clock_24=clock_24)}–{clock_time(end, clock_24=clock_24)}"


def days_ago(day: date, today: date) -> str:
    """`today`, `yesterday`, `6 days ago`."""
    days = (today - day).days
    if days <= 0:
        return "today"
    return "yesterday" if days == 1 else f"{days} days ago"
