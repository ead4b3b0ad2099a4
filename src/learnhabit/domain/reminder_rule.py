"""When a reminder is due: a rule in plain words, read and written."""

from __future__ import annotations

import re
from datetime import time

from learnhabit.domain.day_text import WEEKDAYS, ordinal
from learnhabit.domain.day_words import NOON, time_of_day, weekday_number
from learnhabit.domain.record import Record
from learnhabit.domain.text import quoted
from learnhabit.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

LAST_DAY = -1
"""The day of the month that stands for its last one."""
MOST = {"day": 366, "week": 52, "month": 12}
"""The largest interval of each frequency."""
_FORMS = "such as daily 19:30, weekdays at 7pm, mon,wed,fri 20:00, every 2 weeks on sun 18:00 or 1st of the month 9:00"
_NEEDS_TIME = "add one, such as 19:30 or 7pm"
_TIME = r"(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{2}))?\s*(?P<half>am|pm)?|(?P<word>noon)"
_ONLY_ONE = "each reminder has one time; add another reminder for the other"
_EVERY = {"daily": "day", "weekly": "week", "monthly": "month"}
_NUMBERS = {"other": 2, "second": 2, "third": 3, "two": 2, "three": 3, "four": 4}


class Rule(Record):
    """A rule on naive local time."""

    every: str
    """`day`, `week` or `month`."""
    interval: int
    """So many of them, from 1 on."""
    weekdays: tuple[int, ...]
    """Of a weekly one, ascending, Monday is 0; else empty."""
    month_day: int
    """Of a monthly one 1–31, which in a shorter month is its last day, or -1 for the last; else 0."""
    hour: int
    minute: int

    @property
    def text(self) -> str:
        """The rule in words that read as itself."""
        return f"{_days_text(self)} {self.hour:02}:{self.minute:02}"


def _days_text(rule: Rule) -> str:
    many = rule.interval > 1
    if rule.every == "day":
        return f"every {rule.interval} days" if many else "daily"
    if rule.every == "month":
        day = "last day" if rule.month_day == LAST_DAY else ordinal(rule.month_day)
        return f"{day} of every {rule.interval} months" if many else f"{day} of the month"
    names = ",".join(WEEKDAYS[day].lower() for day in rule.weekdays)
    if many:
        return f"every {rule.interval} weeks on {names}"
    return {(0, 1, 2, 3, 4): "weekdays", (5, 6): "weekends", (0, 1, 2, 3, 4, 5, 6): "daily"}.get(rule.weekdays, names)


def read_rule(text: str) -> Rule:
    """A rule as people write it: days, then a time; UsageError with what is missing or unclear.

    A bare hour needs am or pm, or minutes: `at 7` may mean two.
    """
    words = re.sub(r"\s*,\s*", ",", " ".join(text.lower().split()))
    if not words:
        raise UsageError("The rule is empty", _FORMS)
    days, clock = _split(words, text)
    return _days(days, _clock(clock, text), text)


def _split(words: str, text: str) -> tuple[str, str]:
    """(words for the days, words for the time); the time stands at the end, or at the beginning."""
    if re.search(r"[0-9]\.[0-9]", words):
        raise UsageError(f"{quoted(text)} is no reminder", "write the time as 19:30 or 7:30pm")
    found = re.fullmatch(rf"(?P<days>.*?) ?(?:\bat )?(?P<time>(?<![0-9:]){_TIME})", words)
    if found is None or (not found["days"] and not found["time"]):
        turned = re.fullmatch(rf"(?:at )?(?P<time>{_TIME}) (?P<days>.+)", words)
        if turned is None:
            if re.search(r"[0-9]{1,2}:[0-9]{2}|[0-9] ?[ap]m\b|\bnoon\b", words):
                raise UsageError(f"{quoted(text)} is no reminder", _FORMS)
            raise UsageError(f"{quoted(text)} says no time", _NEEDS_TIME)
        found = turned
    days = found["days"].strip()
    if re.search(r"[0-9]:[0-9]{2}|[0-9] ?[ap]m\b|\bnoon\b", days):
        raise UsageError(f"{quoted(text)} names several times", _ONLY_ONE)
    if not found["minute"] and not found["half"] and not found["word"]:
        if not _is_days(days):
            raise UsageError(f"{quoted(text)} says no time", _NEEDS_TIME)
        if int(found["hour"]) < 13:
            raise UsageError(f"{quoted(text)}: is that morning or evening?", "write 07:00, 7am, 19:00 or 7pm")
    return days, found["time"]


def _is_days(days: str) -> bool:
    try:
        _days(days, NOON, days)
    except UsageError:
        return False
    return True


def _clock(words: str, text: str) -> time:
    match = re.fullmatch(_TIME, words)
    if match is None or match["word"]:
        return NOON
    return time_of_day(
        match["hour"], match["minute"] or "0", match["half"] or "", f"{quoted(text)} names no time of day"
    )


def _days(words: str, clock: time, text: str) -> Rule:
    if words in ("", "at"):
        raise UsageError(f"{quoted(text)} says no days", "put daily, weekdays or mon,wed,fri before the time")
    daily = Rule(every="day", interval=1, weekdays=(), month_day=0, hour=clock.hour, minute=clock.minute)
    month_day = _month_rule(words, text)
    if month_day is not None:
        interval, day = month_day
        return daily.replace(every="month", interval=interval, month_day=day)
    interval, unit, rest = _interval(words)
    if not 1 <= interval <= MOST.get(unit, 1):
        plural = f"{unit}s" if unit else "times"
        raise UsageError(f"{quoted(text)} is no reminder", f"every 1 to {MOST.get(unit, 1)} {plural}")
    if unit == "day":
        if rest:
            raise UsageError(f"{quoted(text)} is no reminder", _FORMS)
        return daily.replace(interval=interval)
    if unit == "month":
        raise UsageError(f"{quoted(text)} names no day of the month", "such as 1st of the month 9:00, or last day")
    weekdays = _weekdays(rest, text)
    if not weekdays:
        if unit == "week":
            raise UsageError(f"{quoted(text)} names no day of the week", "such as every 2 weeks on sun 18:00")
        raise UsageError(f"{quoted(text)} is no reminder", _FORMS)
    if len(weekdays) == 7 and interval == 1:
        return daily
    return daily.replace(every="week", interval=interval, weekdays=weekdays)


def _interval(words: str) -> tuple[int, str, str]:
    """(interval, `day`, `week`, `month` or nothing, the rest)."""
    first, _, rest = words.partition(" ")
    if first in _EVERY:
        return 1, _EVERY[first], rest.removeprefix("on ")
    if first not in ("every", "each"):
        return 1, "", words.removeprefix("on ")
    match = re.fullmatch(
        r"(?:(?P<number>[0-9]{1,4}|[a-z]+) )?(?P<unit>day|week|month)s?(?: (?:on )?(?P<rest>.+))?", rest
    )
    if match is None or not (match["number"] is None or match["number"].isdigit() or match["number"] in _NUMBERS):
        return 1, "", rest.removeprefix("on ")
    number = match["number"] or "1"
    return _NUMBERS.get(number) or int(number), match["unit"], match["rest"] or ""


def _month_rule(words: str, text: str) -> tuple[int, int] | None:
    """(interval, day) of words for a day of the month."""
    month = r"(?:the |each |every )?(?:(?P<{0}>[0-9]{{1,4}}|other|second|third) )?months?"
    day = r"(?:the )?(?P<{0}>last|[0-9]{{1,4}}(?:st|nd|rd|th)?)(?: day)?"
    match = re.fullmatch(rf"(?:on )?{day.format('d')} (?:of|in) {month.format('n')}", words) or re.fullmatch(
        rf"(?:monthly|(?:every|each) (?:(?P<n>[0-9]{{1,4}}|other|second|third) )?months?) (?:on )?{day.format('d')}",
        words,
    )
    if match is None:
        return None
    number = match["n"] or "1"
    interval = _NUMBERS.get(number) or int(number)
    if not 1 <= interval <= MOST["month"]:
        raise UsageError(f"{quoted(text)} is no reminder", f"every 1 to {MOST['month']} months")
    if match["d"] == "last":
        return interval, LAST_DAY
    which = int(re.sub("[a-z]", "", match["d"]))
    if not 1 <= which <= 31:
        raise UsageError(f"{quoted(text)} names no day of the month", "from the 1st to the 31st, or last day")
    return interval, which


def _weekdays(words: str, text: str) -> tuple[int, ...]:
    """Weekdays that are named; empty when something else is."""
    groups = {"weekday": (0, 1, 2, 3, 4), "weekdays": (0, 1, 2, 3, 4), "weekend": (5, 6), "weekends": (5, 6)}
    found: set[int] = set()
    for word in _listed(words):
        if word in groups:
            found.update(groups[word])
            continue
        first, dash, last = word.partition("-")
        begin, end = weekday_number(_singular(first)), weekday_number(_singular(last)) if dash else None
        if begin is None or (dash and end is None):
            return ()
        if end is None:
            found.add(begin)
        elif end < begin:
            raise UsageError(f"{quoted(text)} is no reminder", "name the days one by one, such as sat,sun,mon")
        else:
            found.update(range(begin, end + 1))
    return tuple(sorted(found))


def _listed(words: str) -> Sequence[str]:
    return re.sub(r",| and | & ", " ", words).split()


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("days") else word
