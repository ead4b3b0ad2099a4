"""The number of a resolution's line: how much of what, and for each day, week or month."""

from __future__ import annotations

import re

from learnhabit.domain.duration import read_duration
from learnhabit.domain.line_words import BETWEEN, ON, STUDY_WORDS, Words
from learnhabit.domain.record import Record
from learnhabit.domain.resolution_draft import EXAMPLE, UNIT_DAYS, AmbiguousLine
from learnhabit.domain.text import quoted
from learnhabit.domain.topic import names_any, topic_called
from learnhabit.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_NUMBERS = {
    name: number
    for number, name in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1
    )
}
_TIMES = {"once": 1, "twice": 2, "thrice": 3}
_ADVERBS = {"daily": "day", "weekly": "week", "monthly": "month"}
_UNITS = {
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), "h"),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), "m"),
}
_MEASURES = {
    **dict.fromkeys(("session", "sessions", "sitting", "sittings"), "sessions"),
    **dict.fromkeys(("day", "days"), "days"),
    **dict.fromkeys(("resource", "resources"), "resources"),
}
_KINDS = {
    **dict.fromkeys(("paper", "papers"), "paper"),
    **dict.fromkeys(("article", "articles"), "article"),
    **dict.fromkeys(("course", "courses"), "course"),
    **dict.fromkeys(("book", "books"), "book"),
    **dict.fromkeys(("docs", "documentation"), "docs"),
}
_SHORT = {"d": "day", "w": "week", "wk": "week", "mo": "month"}
_EACH = frozenset(("a", "an", "per", "every", "each", *_ADVERBS))


class Amount(Record):
    """A number with its unit, and where it stands."""

    measure: str
    """`times` for a number of times of something else, until it is known of what."""
    kind: str | None
    target: float
    """Seconds, or a number."""
    start: int
    """Words; the end is not included."""
    end: int
    between: tuple[int, int]
    """Words between the number and its unit, which may name a topic."""
    bare: bool
    """It has no unit that is known."""


def _amount(
    measure: str, target: float, start: int, end: int, *, kind: str | None = None, bare: bool = False
) -> Amount:
    return Amount(measure=measure, kind=kind, target=target, start=start, end=end, between=(0, 0), bare=bare)


def read_per(words: Words) -> str | None:
    """`day`, `week` or `month` where the line says so, such as `a week`, `every day` or `monthly`."""
    for place in range(len(words.texts)):
        text, following = words.free(place), words.free(place + 1)
        if text in ("every", "each") and following == "other":
            raise UsageError("Every other one can't be counted", "write once a week, or 2 times a month")
        if text == "a" and following in UNIT_DAYS and words.free(place - 1) == "half":
            raise UsageError(f"Half a {following} can't be counted", "write it in hours")
        if text in ("a", "an", "per", "every", "each") and following in UNIT_DAYS:
            if text in ("a", "an") and place == 0:
                continue
            words.take(place, place + 2, "measure")
            return following
        if text in ("a", "per", "every", "each") and following in ("year", "quarter", "fortnight"):
            raise _other_per(words, place, following)
        if text in _ADVERBS:
            words.take(place, place + 1, "measure")
            return _ADVERBS[text]
        glued = re.fullmatch(r"([0-9][^/]*|[a-z]+)/(day|week|month|d|w|wk|mo)", text)
        if glued:
            raise AmbiguousLine(
                f"{quoted(text)} is not written out",
                [words.replaced(place, place + 1, f"{glued[1]} a {_SHORT.get(glued[2], glued[2])}")],
            )
    return None


def read_amount(words: Words, per: str | None) -> Amount | None:
    """The line's one number with its unit; None when it names none. UsageError when it names two."""
    found: list[Amount] = []
    place = 0
    while place < len(words.texts):
        amount = None if words.roles[place] else _amount_at(words, place, per)
        if amount is None:
            place += 1
            continue
        found.append(amount)
        place = amount.end
    real = [each for each in found if not (each.bare and len(found) > 1 and _is_article(words, each))]
    articles = [each for each in real if _is_article(words, each)]
    if len(real) > 1 and articles and len(articles) < len(real):
        # `explain a paper once a month`: the number is the once.
        real = _times_of(words, real, articles)
    if len(real) > 1:
        raise UsageError("It names two numbers", "make one resolution of each")
    if not real:
        return None
    words.take(real[0].start, real[0].end, "measure")
    return real[0]


def amount_without_number(words: Words) -> Amount:
    """`study every day` is seven days a week; `a post every week` was read with its article."""
    if _things(words) and not words.studies:
        return _amount("count", 1, 0, 0)
    return _amount("days", 1, 0, 0)


def no_unit(words: Words, amount: Amount, reads: Callable[[str], bool]) -> UsageError:
    """The error for a number without a unit, with the lines that have one and can be read."""
    number = words.written(amount.start, amount.end).rstrip(",;.")
    choices = []
    for unit, linking in (("hours", "of"), ("sessions", "on"), ("days", "on")):
        following = _following(words, amount.end)
        link = "" if following in ON or not following or following in _EACH else f" {linking}"
        choices.append(words.replaced(amount.start, amount.end, f"{number} {unit}{link}"))
    readable = [line for line in choices if reads(line)]
    if not readable:
        return UsageError(f"{quoted(number)} has no unit", EXAMPLE)
    return AmbiguousLine(f"{quoted(number)} has no unit", readable)


def _other_per(words: Words, place: int, unit: str) -> UsageError:
    if unit != "year":
        return UsageError(f"A {unit} is no period here", "write a day, a week, a month or a date")
    year = words.today.year
    return AmbiguousLine(
        "“A year” may mean this one or the next",
        [words.replaced(place, place + 2, "this year"), words.replaced(place, place + 2, f"in {year + 1}")],
    )


def _following(words: Words, place: int) -> str:
    if place >= len(words.texts) or words.roles[place] in ("when", "cue", "measure"):
        return ""
    return words.texts[place]


def _is_article(words: Words, amount: Amount) -> bool:
    return words.texts[amount.start] in ("a", "an", "one")


def _times_of(words: Words, real: list[Amount], articles: list[Amount]) -> list[Amount]:
    times = [each for each in real if each not in articles]
    if len(times) == 1 and times[0].measure == "times":
        thing = articles[0]
        measure, kind = (thing.measure, thing.kind)
        words.take(thing.start, thing.end, "measure")
        return [times[0].replace(measure=measure, kind=kind)]
    return times if times and all(each.bare for each in articles) else real


def _amount_at(words: Words, place: int, per: str | None) -> Amount | None:
    text = words.texts[place]
    if text in _TIMES or (number := re.fullmatch(r"([0-9]+)(?:x|×)", text)):
        count = _TIMES[text] if text in _TIMES else int(number[1] if number else 0)
        return _times(words, place, place + 1, count)
    for count in (4, 3, 2, 1):
        spoken = words.texts[place : place + count]
        if len(spoken) == count and text[:1].isdigit() and not any(words.roles[place : place + count]):
            joined = " ".join(spoken)
            seconds = read_duration(joined) if re.search("[hm]", joined) else None
            if seconds is not None:
                return _timed(place, place + count, seconds)
    if words.texts[place : place + 2] == ["half", "an"] and words.free(place + 2) in ("hour", "h"):
        return _timed(place, place + 3, 1800)
    value = _number(words, place)
    if value is None:
        return None
    return _unit(words, place, value, per)


def _number(words: Words, place: int) -> float | None:
    text = words.texts[place]
    if re.fullmatch(r"[-−+]?[0-9][0-9.,]*", text):
        plain = text.lstrip("+").replace("−", "-")
        if re.fullmatch(r"-?[0-9]{1,3}(,[0-9]{3})+", plain):
            plain = plain.replace(",", "")
        try:
            value = float(plain.replace(",", "."))
        except ValueError:
            raise UsageError(f"{quoted(text)} is no number", EXAMPLE) from None
        if value <= 0:
            raise UsageError(f"{quoted(text)} is nothing to aim at", "the number is at least 1")
        return value
    if text in _NUMBERS:
        return float(_NUMBERS[text])
    return 1.0 if text in ("a", "an") else None


def _unit(words: Words, place: int, value: float, per: str | None) -> Amount | None:
    article = words.texts[place] in ("a", "an")
    unit = words.free(place + 1)
    if unit in _UNITS:
        return _timed(place, place + 2, int(value * (3600 if _UNITS[unit] == "h" else 60) + 0.5))
    if unit == "times":
        return _times(words, place, place + 2, _whole(value, "times"))
    end = _unit_end(words, place + 1)
    if end is not None:
        noun = words.texts[end - 1]
        kind = _KINDS.get(noun)
        measure = _MEASURES.get(noun, "resources")
        if measure == "days" and article:
            return None
        if measure == "resources" and words.makes:
            measure, kind = "count", None
        elif article and per is None and not words.studies:
            # `pass a course` says that it is done or not.
            return None
        return Amount(
            measure=measure,
            kind=kind,
            target=_whole(value, noun),
            start=place,
            end=end,
            between=(place + 1, end - 1),
            bare=False,
        )
    if article:
        if per is None or not unit:
            return None
        return _amount("count", 1, place, place + 1, bare=True)
    return _bare(words, place, value, unit)


def _unit_end(words: Words, place: int) -> int | None:
    """The place behind the noun of a number: at once, or behind a topic of up to three words."""
    for offset in range(4):
        noun = words.free(place + offset)
        if noun in _MEASURES or noun in _KINDS:
            if offset == 0 or (
                noun in _KINDS and names_any(" ".join(words.texts[place : place + offset]), words.names)
            ):
                return place + offset + 1
            return None
        if not noun or noun in ON:
            return None
    return None


def _bare(words: Words, place: int, value: float, unit: str) -> Amount:
    """A number whose unit is a thing of one's own (`6 blog posts`), or is missing."""
    own = bool(unit) and unit not in ON and unit not in BETWEEN and unit not in STUDY_WORDS
    if own and (_other_verb(words, place) or not names_any(unit, words.names)):
        return Amount(
            measure="count",
            kind=None,
            target=_whole(value, unit),
            start=place,
            end=place + 2,
            between=(0, 0),
            bare=False,
        )
    return _amount("sessions", value, place, place + 1, bare=True)


def _other_verb(words: Words, place: int) -> bool:
    """Whether a word before the number says that something else than study is counted: `train 6 models`."""
    return any(
        not words.roles[before] and text not in STUDY_WORDS and topic_called(text, words.names) is None
        for before, text in enumerate(words.texts[:place])
    )


def _times(words: Words, start: int, end: int, count: int) -> Amount:
    measure = "days" if words.studies or not _things(words) else "times"
    return _amount(measure, count, start, end)


def _things(words: Words) -> bool:
    """Whether the line holds words besides verbs of study, number and period."""
    return any(
        not role and text not in STUDY_WORDS and text not in _TIMES and text not in ("a", "an", "times")
        for text, role in zip(words.texts, words.roles, strict=True)
    )


def _timed(start: int, end: int, seconds: int) -> Amount:
    if seconds <= 0:
        raise UsageError("No time at all is nothing to aim at", "the number is at least 1")
    return _amount("hours", seconds, start, end)


def _whole(value: float, noun: str) -> int:
    if value != int(value):
        raise UsageError(f"{value:g} {noun} can't be counted", "only hours may have a fraction")
    return int(value)
