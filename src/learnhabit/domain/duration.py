"""Durations: read as people write them, written as screens show them. Stored in seconds."""

from __future__ import annotations

import re

from learnhabit.domain.text import quoted
from learnhabit.errors import UsageError

LONGEST = 24 * 3600
"""Seconds; no single entry is longer."""

HOUR = "(?:h|hrs?|hours?)"
MINUTE = "(?:m|mins?|minutes?)"
_FORMS = (
    rf"(?P<hours>[0-9]{{1,9}})\s*{HOUR}(?:\s*(?P<rest>[0-9]{{1,9}})\s*{MINUTE}?)?"
    rf"|(?P<decimal>[0-9]{{0,9}}[.,][0-9]{{1,4}})\s*{HOUR}"
    rf"|(?P<minutes>[0-9]{{1,9}})\s*{MINUTE}?"
    r"|(?P<clock_hours>[0-9]{1,2}):(?P<clock_minutes>[0-9]{2})"
)
_MOST_DIGITS = 9
_HINT = "write 45m, 1h30, 1:30, 1.5h or 90 (minutes)"


def read_duration(text: str) -> int | None:
    """Seconds of a text in one of the forms, whatever its length; None for another form."""
    text = text.strip().lower()
    number = text.removesuffix("m")
    if number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS:
        # `45m` and `90` are nearly all there is, and not worth a pattern.
        return int(number) * 60
    match = re.fullmatch(_FORMS, text)
    if match is None:
        return None
    if match["hours"] is not None:
        return int(match["hours"]) * 3600 + int(match["rest"] or 0) * 60
    if match["decimal"] is not None:
        return round(float(match["decimal"].replace(",", ".")) * 3600)
    if match["minutes"] is not None:
        return int(match["minutes"]) * 60
    minutes = int(match["clock_minutes"])
    return int(match["clock_hours"]) * 3600 + minutes * 60 if minutes < 60 else None


def parse_duration(text: str) -> int:
    """Seconds from `45m`, `1h30`, `1h 30m`, `1:30`, `1.5h` or `90`; UsageError for anything else, zero or over 24 h."""
    seconds = read_duration(text)
    if seconds is None:
        if re.fullmatch("[0-9]{1,9}[.,][0-9]{1,9}", text.strip()):
            raise UsageError(f"{quoted(text)} has no unit", f"write {text.strip()}h for hours, or whole minutes")
        raise UsageError(f"{quoted(text)} is no duration", _HINT)
    if seconds <= 0:
        raise UsageError(f"{quoted(text)} is no time at all", "a session has at least a minute")
    if seconds > LONGEST:
        raise UsageError(f"{quoted(text)} is over 24 hours", "log one session a day")
    return seconds


def _half_up(seconds: int, unit: int) -> int:
    return (2 * seconds + unit) // (2 * unit)


def format_duration(seconds: int) -> str:
    """`45 min`, from an hour on `1 h 05 m`; rounded half up to whole minutes."""
    minutes = _half_up(seconds, 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60:,} h {minutes % 60:02} m"


def format_hours(seconds: int) -> str:
    """`12.4 h`, `1,234.5 h`: rounded half up to a tenth."""
    tenths = _half_up(seconds, 360)
    return f"{tenths // 10:,}.{tenths % 10} h"


def study_level(seconds: int) -> int:
    """How a year's grid draws a day: 0 for none, then under 20 min, 20–39, 40–59 and 60 or more, minutes half up."""
    return 0 if seconds <= 0 else 1 + min(_half_up(seconds, 60) // 20, 3)


def format_clock(seconds: int) -> str:
    """A running timer: `00:24:13`."""
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def format_short(seconds: int) -> str:
    """Hours and whole minutes, as a status line has room for: `0:24`."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02}"
