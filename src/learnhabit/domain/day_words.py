"""Days and moments as people write them: `-15m`, `21:00`, `yesterday 21:00`, `mon`, `2026-03-01 9:00`."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from learnhabit.domain.day_text import clock_time, long_day
from learnhabit.domain.duration import read_duration
from learnhabit.domain.record import Record
from learnhabit.domain.text import quoted
from learnhabit.errors import LearnhabitError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

NOON = time(12)
"""The time of a day that was named without one."""

_DAY = timedelta(days=1)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_DAYS_NEAR = {"yesterday": -1, "today": 0, "tomorrow": 1}
_TIME = r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})\s*(?P<half>am|pm)?|(?P<hour12>[0-9]{1,2})\s*(?P<half12>am|pm)"
_ISO = r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
_SLASHES = r"[0-9]{1,4}/[0-9]{1,2}(/[0-9]{1,4})?"
_DOTS = r"[0-9]{1,4}\.[0-9]{1,2}(\.[0-9]{0,4})?"
_WHEN_HINT = "write -15m, 21:00, yesterday 21:00, mon 8:15 or 2026-03-01 9:00"
_DAY_HINT = "write today, yesterday, mon, 1 mar or 2026-03-01"
_NEAR_HINT = "write today, tomorrow, mon, 1 mar or 2026-03-01"


class Calendar(Record):
    """What words for days and times are read against."""

    now: int
    """Epoch seconds."""
    now_wall: datetime
    """The same on the wall clock, naive."""
    today: date
    """The running study day."""
    study_day_of: Callable[[datetime], date]
    """The study day of a naive wall clock."""
    resolve: Callable[[datetime], int]
    """The instant of a naive wall clock, in epoch seconds."""


class When(Record):
    """A moment that was named."""

    started_at: int
    """Epoch seconds."""


def looks_like_when(text: str) -> bool:
    """Whether a text has the form of a moment, such as the part of a line behind `@`.

    `25:00` and `03/04` have it: they are refused when they are read, rather than taken for a note in silence.
    """
    return _form_of(text) is not None


def read_when(text: str, calendar: Calendar) -> When:
    """The moment a text names. UsageError when it can't be read, LearnhabitError when it is still to come.

    A time alone is the latest one not in the future, a weekday the latest before today (with a time: today's if that
    is not in the future). Named days are study days, written dates are civil; without a time both mean 12:00.
    """
    form = _form_of(text)
    if form is None:
        raise UsageError(f"{quoted(text)} is no moment", _WHEN_HINT)
    ago, day_words, match = form
    if ago:
        if ago > calendar.now:
            raise _out_of_reach(text)
        return When(started_at=calendar.now - ago)
    clock = _time(match, text) if match else None
    if not day_words:
        return When(started_at=_latest(clock or NOON, calendar))
    iso = re.fullmatch(_ISO, day_words)
    if iso:
        wall = datetime.combine(_civil(int(iso[1]), int(iso[2]), int(iso[3]), text), clock or NOON)
        return _placed(wall, text, calendar)
    if day_words in _DAYS_NEAR:
        day = calendar.today + _DAYS_NEAR[day_words] * _DAY
        return _placed(_wall_on(day, clock or NOON, calendar), text, calendar)
    weekday = weekday_number(day_words)
    if weekday is not None:
        back = (calendar.today.weekday() - weekday) % 7
        if back == 0 and clock is not None:
            wall = _wall_on(calendar.today, clock, calendar)
            if _instant(wall, text, calendar) <= calendar.now:
                return _placed(wall, text, calendar)
        day = calendar.today - timedelta(days=back or 7)
        return _placed(_wall_on(day, clock or NOON, calendar), text, calendar)
    # `1 mar 9:00`: a date in words is civil, like a written one.
    return _placed(datetime.combine(read_day(day_words, calendar), clock or NOON), text, calendar)


def read_day(text: str, calendar: Calendar, *, lean: str = "past") -> date:
    """The day a text names; UsageError when it can't be read or may mean two days.

    A date without a year is the latest one that is not to come; with `lean="near"` the one nearest to today.
    A weekday is the latest up to today, with `near` the next from today on.
    """
    words = " ".join(text.lower().replace(",", " ").split())
    if words in _DAYS_NEAR:
        return calendar.today + _DAYS_NEAR[words] * _DAY
    iso = re.fullmatch(_ISO, words)
    if iso:
        return _civil(int(iso[1]), int(iso[2]), int(iso[3]), text)
    weekday = weekday_number(words)
    if weekday is not None:
        if lean == "near":
            return calendar.today + timedelta(days=(weekday - calendar.today.weekday()) % 7)
        return calendar.today - timedelta(days=(calendar.today.weekday() - weekday) % 7)
    if re.fullmatch(f"{_SLASHES}|{_DOTS}", words):
        raise UsageError(f"{quoted(text)} may mean two days", "write the month as a word, or the date as 2026-03-01")
    found = _month_day(words)
    if found is None:
        raise UsageError(f"{quoted(text)} is no day", _NEAR_HINT if lean == "near" else _DAY_HINT)
    day, month, year = found
    if year is not None:
        return _civil(year, month, day, text)
    return _without_year(day, month, text, calendar, lean)


def read_day_range(text: str, calendar: Calendar) -> tuple[date, date]:
    """(first, last) day of what a text names: a day, a month (`sep`, `sep 2025`, `2026-03`) or a year.

    `-` may stand for a blank.
    """
    words = " ".join(text.lower().split())
    month: int | None = None
    year = calendar.today.year
    dashed = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})", words)
    if dashed:
        year, month = int(dashed[1]), int(dashed[2])
    elif (named := re.fullmatch(r"([a-z]+)[- ]([0-9]{4})", words)) and month_number(named[1]):
        year, month = int(named[2]), month_number(named[1])
    elif re.fullmatch(r"[0-9]{4}", words):
        first = _civil(int(words), 1, 1, text)
        return first, first.replace(month=12, day=31)
    else:
        month = month_number(words)
        if month is not None and month > calendar.today.month:
            year -= 1
    if month is not None:
        first = _civil(year, month, 1, text)
        following = first.replace(day=28) + 4 * _DAY
        return first, following - following.day * _DAY
    if not re.fullmatch(_ISO, words):
        words = words.replace("-", " ")
    day = read_day(words, calendar)
    return day, day


def _form_of(text: str) -> tuple[int, str, re.Match[str] | None] | None:
    """(seconds ago, words for a day, time): the first alone, or one of the others or both. None for another form."""
    words = " ".join(text.lower().split())
    if words.startswith("-"):
        ago = read_duration(words[1:])
        return (ago, "", None) if ago else None
    day_words, clock = words, re.fullmatch(_TIME, words)
    if clock:
        return 0, "", clock
    for count in (1, 2):
        parts = words.rsplit(" ", count)
        if len(parts) == count + 1:
            match = re.fullmatch(_TIME, " ".join(parts[1:]))
            if match:
                day_words, clock = parts[0], match
    if (
        day_words in _DAYS_NEAR
        or re.fullmatch(_ISO, day_words)
        or re.fullmatch(_SLASHES, day_words)
        or weekday_number(day_words) is not None
        or _month_day(day_words)
    ):
        return 0, day_words, clock
    return None


def _time(match: re.Match[str], text: str) -> time:
    hour, minute = match["hour"] or match["hour12"], match["minute"] or "0"
    return time_of_day(hour, minute, match["half"] or match["half12"] or "", f"{quoted(text)} is no moment")


def time_of_day(hour: str, minute: str, half: str, refusal: str) -> time:
    """A time from its digits and `am`, `pm` or nothing; UsageError with this title for one that no clock shows."""
    hours, minutes = int(hour), int(minute)
    if half:
        if not 1 <= hours <= 12:
            raise UsageError(refusal, "with am or pm the hours go from 1 to 12")
        hours = hours % 12 + (12 if half.lower() == "pm" else 0)
    if hours > 23 or minutes > 59:
        raise UsageError(refusal, "times go from 00:00 to 23:59")
    return time(hours, minutes)


def weekday_number(word: str) -> int | None:
    """Monday is 0; of a name or its beginning, from three letters on."""
    if len(word) < 3:
        return None
    return next((number for number, name in enumerate(_WEEKDAYS) if name.startswith(word)), None)


def month_number(word: str) -> int | None:
    """1–12, of a name or its beginning, from three letters on."""
    if len(word) < 3:
        return None
    return next((number for number, name in enumerate(_MONTHS, 1) if name.startswith(word)), None)


def _month_day(words: str) -> tuple[int, int, int | None] | None:
    """(day, month, year) of `1 mar`, `mar 1` and the like, with or without a year."""
    parts = words.split()
    if len(parts) not in (2, 3):
        return None
    year = None
    if len(parts) == 3:
        if not re.fullmatch(r"[0-9]{4}", parts[2]):
            return None
        year = int(parts[2])
    day, name = parts[0], parts[1]
    if not day[:1].isdigit():
        day, name = name, day
    month, number = month_number(name), re.fullmatch(r"([0-9]{1,2})(?:st|nd|rd|th)?", day)
    return (int(number[1]), month, year) if month and number else None


def _civil(year: int, month: int, day: int, text: str) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise UsageError(f"{quoted(text)} is no date", "there is no such day in the calendar") from None
    if not 1970 < year < 9000:
        raise _out_of_reach(text)
    return found


def _without_year(day: int, month: int, text: str, calendar: Calendar, lean: str) -> date:
    found = []
    # A 29 February may be up to eight years away.
    for year in range(calendar.today.year - 8, calendar.today.year + 9):
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    if lean == "past":
        found = [each for each in found if each <= calendar.today]
    if not found:
        raise UsageError(f"{quoted(text)} is no date", "there is no such day in the calendar")
    return min(found, key=lambda each: abs((each - calendar.today).days))


def _wall_on(day: date, clock: time, calendar: Calendar) -> datetime:
    """The wall clock at a time of a study day: after midnight it is on the next civil day."""
    wall = datetime.combine(day, clock)
    for candidate in (wall, wall + _DAY):
        if calendar.study_day_of(candidate) == day:
            return candidate
    return wall


def _latest(clock: time, calendar: Calendar) -> int:
    """The latest moment with this time that is not in the future."""
    wall = datetime.combine(calendar.now_wall.date() + _DAY, clock)
    instant = calendar.resolve(wall)
    while instant > calendar.now:
        wall -= _DAY
        instant = calendar.resolve(wall)
    return instant


def _instant(wall: datetime, text: str, calendar: Calendar) -> int:
    try:
        instant = calendar.resolve(wall)
    except (OverflowError, OSError, ValueError):
        raise _out_of_reach(text) from None
    if instant < 0:
        raise _out_of_reach(text)
    return instant


def _out_of_reach(text: str) -> UsageError:
    return UsageError(f"{quoted(text)} is out of reach", "dates go from 1971 on")


def _placed(wall: datetime, text: str, calendar: Calendar) -> When:
    instant = _instant(wall, text, calendar)
    if instant > calendar.now:
        raise LearnhabitError(
            f"{long_day(wall.date())} {clock_time(wall)} is still to come", "study is logged when it is over"
        )
    return When(started_at=instant)
