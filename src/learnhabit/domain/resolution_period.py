"""The words of a resolution that say when: `by 31 Dec`, `in March`, `this year`, `from 1 March to 30 June`."""

from __future__ import annotations

import re
from datetime import date, timedelta

from learnhabit.domain.day_words import month_number, weekday_number
from learnhabit.domain.record import Record
from learnhabit.domain.resolution import NEXT_YEAR_FROM
from learnhabit.domain.text import quoted
from learnhabit.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_DAY = timedelta(days=1)
_UP_TO = ("by", "until", "till", "before", "to")
_SEASONS = ("spring", "summer", "autumn", "fall", "winter", "christmas", "easter", "thanksgiving")
COUNTED = frozenset(
    (
        *("h", "hr", "hrs", "hour", "hours", "m", "min", "mins", "minute", "minutes", "session", "sessions"),
        *("day", "days", "resource", "resources", "paper", "papers", "article", "articles", "course", "courses"),
        *("book", "books", "docs", "times", "more", "study", "posts", "talks", "talk", "videos", "blog", "things"),
        *("pages", "chapters", "exercises", "problems", "projects", "lessons", "models", "lectures"),
    )
)
"""A number before one of these is its own, and no day of a month."""
_HINT = "write the month as a word, or the date as 2027-03-01"


class Span(Record):
    """Days that a word or several name."""

    first: date
    last: date


class Period(Record):
    """What the words at a place of a line say about when."""

    words: int
    """How many there are."""
    first: date
    last: date


class UnclearDateError(Exception):
    """A date of numbers alone; `meanings` are the ways to write it that can't be mistaken."""

    def __init__(self, word: str, meanings: Sequence[str]) -> None:
        super().__init__(word)
        self.word = word
        self.meanings = tuple(meanings)


def default_period(today: date) -> tuple[date, date, bool]:
    """(first, last day, whether it is the next year) of a line that says nothing about when."""
    if (today.month, today.day) >= NEXT_YEAR_FROM:
        return date(today.year + 1, 1, 1), date(today.year + 1, 12, 31), True
    return today, date(today.year, 12, 31), False


def read_period(words: Sequence[str], at: int, today: date) -> Period | None:
    """The period whose words begin at a place; None when none does. Words are in lower case.

    UsageError for words that begin one and can't be read, UnclearDateError for a date of numbers alone.
    """
    word, following = words[at], words[at + 1] if at + 1 < len(words) else ""
    if word in ("this", "next"):
        return _this_or_next(words, at, today)
    if word in ("from", "since", "between", "starting"):
        return _from(words, at, today)
    if word in _UP_TO[:4]:
        return _up_to(words, at, today)
    if word == "after" and following:
        count, span = _longest(words, at + 1, today, whole=True)
        if span is not None:
            later = span.last + _DAY
            raise UnclearDateError(" ".join(words[at : at + 1 + count]), [f"from {later.day} {_written_month(later)}"])
    if word in ("in", "within", "for", "over", "during") and (long := _so_long(words, at, today)) is not None:
        raise UnclearDateError(" ".join(words[at : at + long[0]]), [f"by {long[1].day} {_written_month(long[1])}"])
    if word in ("in", "during", "throughout", "for", "over") and following:
        begin = at + 1 + (following == "the")
        count, span = _longest(words, begin, today, whole=True)
        if span is not None:
            return Period(words=begin - at + count, first=span.first, last=span.last)
        if words[begin : begin + 1] and words[begin] in _SEASONS and word != "for":
            raise UsageError(f"{quoted(' '.join(words[at : begin + 1]))} has no days", _HINT)
        inner = _this_or_next(words, begin, today) if begin < len(words) else None
        return None if inner is None else inner.replace(words=begin - at + inner.words)
    return None


def read_last_day(text: str, today: date) -> date:
    """The last day that a text names: a day, or the end of a month; without a year the next one that is not over.

    UsageError when it can't be read or may mean two days.
    """
    words = text.lower().replace(",", " ").split()
    try:
        found = read_period(["by", *words], 0, today)
    except UnclearDateError as error:
        meanings = " or ".join(error.meanings)
        hint = f"write {meanings}" if meanings else "there is no such day in the calendar"
        raise UsageError(f"{quoted(text)} is not clear", hint) from None
    if found is None or found.words != len(words) + 1:
        raise UsageError(f"{quoted(text)} is no day", "write 30 June, June, or the date as 2027-06-30")
    return found.last


def _so_long(words: Sequence[str], at: int, today: date) -> tuple[int, date] | None:
    """(words, last day) of `in 3 months` or `within the next 10 weeks`."""
    begin = at + 1
    for phrase in ("the", "next"):
        begin += words[begin : begin + 1] == [phrase]
    number, unit = (*words[begin : begin + 2], "", "")[:2]
    if not re.fullmatch("[1-9][0-9]{0,2}", number) or unit.rstrip("s") not in ("week", "month", "year"):
        return None
    count = int(number)
    if unit.startswith("week"):
        return begin + 2 - at, today + 7 * count * _DAY
    months = today.year * 12 + today.month - 1 + count * (12 if unit.startswith("year") else 1)
    end = _month_end(months // 12, months % 12 + 1)
    return begin + 2 - at, end.replace(day=min(today.day, end.day))


def _written_month(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.year}"


def _this_or_next(words: Sequence[str], at: int, today: date) -> Period | None:
    """`this year`, `next month` and the like."""
    which, unit = words[at], words[at + 1] if at + 1 < len(words) else ""
    if which not in ("this", "next"):
        return None
    if unit == "year":
        year = today.year + (which == "next")
        return Period(words=2, first=date(year, 1, 1), last=date(year, 12, 31))
    if unit == "month":
        first = today.replace(day=1)
        if which == "next":
            first = _month_end(first.year, first.month) + _DAY
        return Period(words=2, first=first, last=_month_end(first.year, first.month))
    if unit == "week":
        raise UsageError("A week is too short for a resolution", f"give a last day, such as “by {_sunday(today)}”")
    return None


def _sunday(today: date) -> str:
    day = today + timedelta(days=6 - today.weekday())
    return f"{day.day} {_MONTHS[day.month - 1]}"


def _up_to(words: Sequence[str], at: int, today: date) -> Period | None:
    """`by D` ends with D, `before D` the day before it; `by the end of` a month or year with its last day."""
    begin = at + 1
    if words[begin : begin + 1] == ["the"] and re.fullmatch(
        "[0-9]{1,2}(st|nd|rd|th)", " ".join(words[at + 2 : at + 3])
    ):
        begin += 1
    end_of = False
    for phrase in (("the", "end", "of"), ("end", "of")):
        if tuple(words[begin : begin + len(phrase)]) == phrase:
            begin, end_of = begin + len(phrase), True
    if end_of and tuple(words[begin : begin + 1]) == ("the",):
        begin += 1
    unit = words[begin] if begin < len(words) else ""
    if end_of and unit in ("year", "month"):
        inner = _this_or_next(["this", unit], 0, today)
        return None if inner is None else Period(words=begin + 1 - at, first=today, last=inner.last)
    inner = _this_or_next(words, begin, today) if unit else None
    if inner is not None:
        last = inner.last if end_of or words[at] != "before" else inner.first - _DAY
        return Period(words=begin + 2 - at, first=today, last=last)
    count, span = _longest(words, begin, today, whole=end_of)
    if span is None:
        if unit in _SEASONS or (
            unit == "the" and tuple(words[begin + 1 : begin + 2]) in {(each,) for each in _SEASONS}
        ):
            said = words[at : begin + (2 if unit == "the" else 1)]
            raise UsageError(f"{quoted(' '.join(said))} is no day", _HINT)
        return None
    last = span.last
    if words[at] == "before":
        if words[begin] == "today":
            last = today - _DAY
        elif span.first <= today:
            # Before a month that is running: the next one is meant.
            _, span = _longest(words, begin, span.last + _DAY, whole=end_of)
        last = span.first - _DAY if span is not None and words[begin] != "today" else last
    return Period(words=begin + count - at, first=today, last=last)


def _from(words: Sequence[str], at: int, today: date) -> Period | None:
    begin = at + 2 if words[at] == "starting" and words[at + 1 : at + 2] in (["in"], ["on"], ["from"]) else at + 1
    count, span = _longest(words, begin, today, whole=True, past=words[at] == "since")
    if span is None and begin < len(words) and (inner := _this_or_next(words, begin, today)) is not None:
        count, span = inner.words, Span(first=inner.first, last=inner.last)
    if span is None:
        return _days_of_one_month(words, at, begin, today)
    place = begin + count
    if place < len(words) and words[place] in (("and",) if words[at] == "between" else _UP_TO):
        more, end = _longest(words, place + 1, max(today, span.first), whole=True)
        if end is not None:
            last = end.first - _DAY if words[place] == "before" else end.last
            return Period(words=place + 1 + more - at, first=span.first, last=last)
    if words[at] == "between":
        return None
    return Period(words=place - at, first=span.first, last=date(max(span.first, today).year, 12, 31))


def _days_of_one_month(words: Sequence[str], at: int, begin: int, today: date) -> Period | None:
    """`from 1 to 30 June`."""
    day = re.fullmatch("([0-9]{1,2})(?:st|nd|rd|th)?", words[begin] if begin < len(words) else "")
    if day is None or tuple(words[begin + 1 : begin + 2]) not in (("to",), ("until",), ("till",), ("and",), ("-",)):
        return None
    count, span = _longest(words, begin + 2, today, whole=False)
    if span is None or span.first != span.last or not 1 <= int(day[1]) <= span.last.day:
        return None
    return Period(words=begin + 2 + count - at, first=span.last.replace(day=int(day[1])), last=span.last)


def _longest(words: Sequence[str], at: int, today: date, *, whole: bool, past: bool = False) -> tuple[int, Span | None]:
    """(number of words, days) of the longest date that begins at a place."""
    for count in range(min(4, len(words) - at), 0, -1):
        following = words[at + count] if at + count < len(words) else ""
        if count > 1 and words[at + count - 1].isdigit() and len(words[at + count - 1]) < 3 and following in COUNTED:
            # `by June 12 papers`: the number is the papers'.
            continue
        span = _span(" ".join(words[at : at + count]), today, whole=whole, past=past)
        if span is not None:
            return count, span
    return 0, None


def _span(text: str, today: date, *, whole: bool, past: bool) -> Span | None:
    """The days of a day, a month or a year; a bare year only where a whole stretch is asked for."""
    text = text.replace(",", "").strip()
    if re.fullmatch(r"[0-9]{1,4}[/.][0-9]{1,2}([/.][0-9]{1,4})?|[0-9]{1,2}-[0-9]{1,2}(-([0-9]{4}|[0-9]{2}))?", text):
        raise UnclearDateError(text, _meanings(text, today))
    iso = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?", text)
    if iso:
        year, month = int(iso[1]), int(iso[2])
        if iso[3] is None:
            return _month(year, month, text)
        return _one_day(_civil(year, month, int(iso[3]), text))
    if re.fullmatch(r"[0-9]{4}", text):
        year = int(text)
        if not whole:
            raise UsageError(
                f"{quoted(text)} has no day",
                f"write 31 Dec {text} for its end, or 31 Dec {year - 1} for the day before",
            )
        return Span(first=_civil(year, 1, 1, text), last=_civil(year, 12, 31, text))
    if text in ("today", "tomorrow", "now"):
        return _one_day(today + (_DAY if text == "tomorrow" else timedelta()))
    parts = [part for part in text.split() if part != "of"]
    quarter = re.fullmatch("q([1-4])", parts[0]) if parts else None
    if quarter and len(parts) <= 2:
        return _quarter(int(quarter[1]), parts[1:], today)
    if len(parts) == 1 and (number := re.fullmatch("([0-9]{1,2})(?:st|nd|rd|th)", text)):
        return _next_numbered(int(number[1]), text, today)
    if len(parts) == 1 and (weekday := weekday_number(text)) is not None:
        return _one_day(today + timedelta(days=(weekday - today.weekday()) % 7))
    return _named(parts, text, today, past=past)


def _quarter(number: int, year: Sequence[str], today: date) -> Span | None:
    """`Q1`, the next that is not over, or `Q1 2027`."""
    if year and not re.fullmatch("[0-9]{4}", year[0]):
        return None
    month = 3 * number
    found = int(year[0]) if year else today.year + (_month_end(today.year, month) < today)
    return Span(first=_civil(found, month - 2, 1, f"q{number}"), last=_month_end(found, month))


def _next_numbered(number: int, text: str, today: date) -> Span:
    """`the 15th`: the next one, of this month or a later one."""
    for days in range(62):
        if (today + days * _DAY).day == number:
            return _one_day(today + days * _DAY)
    raise UsageError(f"{quoted(text)} is no date", "there is no such day in the calendar")


def _named(parts: Sequence[str], text: str, today: date, *, past: bool) -> Span | None:
    """`March`, `March 2027`, `31 Dec`, `Dec 31`, `31 December 2027`."""
    year = None
    if len(parts) > 1 and re.fullmatch(r"[0-9]{4}", parts[-1]):
        year, parts = int(parts[-1]), parts[:-1]
    if len(parts) == 1:
        month = month_number(parts[0])
        if month is None:
            return None
        if year is None:
            year = today.year if _month_end(today.year, month) >= today else today.year + 1
            if past:
                year = today.year if date(today.year, month, 1) <= today else today.year - 1
        return _month(year, month, text)
    if len(parts) != 2:
        return None
    day, name = (parts[0], parts[1]) if parts[0][:1].isdigit() else (parts[1], parts[0])
    month, number = month_number(name), re.fullmatch(r"([0-9]{1,2})(?:st|nd|rd|th)?", day)
    if month is None or number is None or not 1 <= int(number[1]) <= 31:
        return None
    if year is not None:
        return _one_day(_civil(year, month, int(number[1]), text))
    found = []
    # A 29 February may be up to eight years away.
    for each in range(today.year - 8, today.year + 9):
        try:
            found.append(date(each, month, int(number[1])))
        except ValueError:
            continue
    found = [each for each in found if (each <= today if past else each >= today)]
    if not found:
        raise UsageError(f"{quoted(text)} is no date", "there is no such day in the calendar")
    return _one_day(max(found) if past else min(found))


def _one_day(day: date) -> Span:
    return Span(first=day, last=day)


def _month(year: int, month: int, text: str) -> Span:
    first = _civil(year, month, 1, text)
    return Span(first=first, last=_month_end(year, month))


def _month_end(year: int, month: int) -> date:
    following = date(year, month, 28) + 4 * _DAY
    return following - following.day * _DAY


def _civil(year: int, month: int, day: int, text: str) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise UsageError(f"{quoted(text)} is no date", "there is no such day in the calendar") from None
    if not 1970 < year < 9000:
        raise UsageError(f"{quoted(text)} is out of reach", "dates go from 1971 on")
    return found


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _meanings(text: str, today: date) -> list[str]:
    """The dates that a date of numbers may mean, written out: day first, then month first."""
    numbers = [int(part) for part in re.split(r"[/.-]", text) if part]
    year = None
    if len(numbers) == 3:
        if numbers[0] > 31:
            year, numbers = numbers[0], [numbers[2], numbers[1]]
        else:
            year, numbers = numbers[2], numbers[:2]
            year = year + 2000 if year < 100 else year
    found = []
    for day, month in ((numbers[0], numbers[1]), (numbers[1], numbers[0])):
        if not (1 <= month <= 12 and 1 <= day <= 31):
            continue
        try:
            named = _named([str(day), _MONTHS[month - 1].lower()], text, today, past=False)
            meant = date(year, month, day) if year is not None else named.first if named else None
        except (ValueError, UsageError):
            continue
        if meant is not None and (written := f"{meant.day} {_MONTHS[meant.month - 1]} {meant.year}") not in found:
            found.append(written)
    return found
