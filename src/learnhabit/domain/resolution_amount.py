"""The number of a resolution's line: how much of what, and for each day, week or month."""

from __future__ import annotations

import re

from learnhabit.domain.duration import read_duration
from learnhabit.domain.line_words import BETWEEN, ON, QUALIFIERS, STUDY_WORDS, Words
from learnhabit.domain.record import Record
from learnhabit.domain.resolution_draft import EXAMPLE, UNIT_DAYS, AmbiguousLine
from learnhabit.domain.resolution_number import read_number
from learnhabit.domain.resolution_per import ADVERBS
from learnhabit.domain.text import quoted
from learnhabit.domain.topic import names_any, topic_called
from learnhabit.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_TIMES = {"once": 1, "twice": 2, "thrice": 3}
_LONG = frozenset(("week", "weeks", "month", "months", "year", "years", "quarter", "quarters"))
_PLURALS = frozenset(("papers", "articles", "courses", "books", "sessions", "sittings", "resources"))
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
_EACH = frozenset(("a", "an", "per", "every", "each", *ADVERBS))


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
    for place, text in enumerate(words.texts):
        if text in _PLURALS and not words.roles[place] and not words.makes:
            choices = [words.replaced(place, place + 1, f"{number} {text}") for number in (2, 3)]
            raise AmbiguousLine(f"How many {text} is not said", choices)
    if not _things(words) and not words.studies:
        raise UsageError("It says how often, and not what", EXAMPLE)
    return _amount("days" if words.studies or only_topics(words) else "count", 1, 0, 0)


def only_topics(words: Words) -> bool:
    """Whether the words that are left name topics and nothing else."""
    place = 0
    named = False
    while place < len(words.texts):
        text = words.free(place)
        if not text or text in STUDY_WORDS or text in BETWEEN:
            place += 1
            continue
        end = next(
            (stop for stop in range(len(words.texts), place, -1) if _names_topic(words, place, stop)),
            None,
        )
        if end is None:
            return False
        named, place = True, end
    return named


def _names_topic(words: Words, start: int, stop: int) -> bool:
    return not any(words.roles[start:stop]) and words.topic(start, stop) is not None


def no_unit(words: Words, amount: Amount, reads: Callable[[str], bool]) -> UsageError:
    """The error for a number without a unit, with the lines that have one and can be read."""
    number = words.written(amount.start, amount.end).rstrip(",;.")
    choices = []
    for unit, linking in (("hours", "of"), ("sessions", "on"), ("days", "on")):
        following = _following(words, amount.end)
        link = "" if following in ON or not following or following in _EACH else f" {linking}"
        choices.append(words.replaced(amount.start, amount.end, f"{number} {unit}{link}"))
    readable = [line for line in choices if reads(line)]
    if re.fullmatch("(19|20)[0-9]{2}", number):
        # A year, most likely.
        readable = [line for line in (words.replaced(amount.start, amount.end, f"in {number}"),) if reads(line)]
    if not readable:
        return UsageError(
            f"{quoted(number)} has no unit",
            "give it one, such as 40 hours; a number that is part of a name goes in quotation marks",
        )
    return AmbiguousLine(f"{quoted(number)} has no unit", readable)


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
    if text in _TIMES or (number := re.fullmatch(r"([0-9]{1,9})(?:x|×)", text)):
        count = _TIMES[text] if text in _TIMES else int(number[1] if number else 0)
        return _times(words, place, place + 1, count)
    timed = _duration(words, place)
    if timed is not None:
        return timed
    found = read_number(words, place)
    if found is not None:
        return _unit(words, place, place + found[1], found[0], per)
    return _unit(words, place, place + 1, 1.0, per) if text in ("a", "an") else None


def _duration(words: Words, place: int) -> Amount | None:
    """`40h`, `1h30`, `1 hour and 30 minutes`, `half an hour`."""
    text = words.texts[place]
    if words.texts[place : place + 2] == ["half", "an"] and words.free(place + 2) in ("hour", "h"):
        return _timed(place, place + 3, 1800)
    one = text in ("an", "one") and words.free(place + 1) in ("hour", "h")
    if words.texts[place + 2 : place + 5] == ["and", "a", "half"] and words.free(place + 1) in ("hour", "hours", "h"):
        whole = read_number(words, place) if not one else (1.0, 1)
        return _timed(place, place + 5, int((whole[0] + 0.5) * 3600)) if whole and whole[1] == 1 else None
    if not (one or text[:1].isdigit()) or re.fullmatch(r"[0-9]{1,3}\.[0-9]{3}", text):
        # `2.500` may be a thousand times as much.
        return None
    for count in (5, 4, 3, 2, 1):
        end = place + count
        spoken = ["1" if one else text, *words.texts[place + 1 : end]]
        if len(spoken) < count or any(words.roles[place:end]):
            continue
        if count > 1 and any(words.comma_behind(each) for each in range(place, end - 1)):
            continue
        if count > 1 and spoken[-1].isdigit() and words.free(end) and words.free(end) not in ON:
            # `1 h 30` is a duration, the 12 of `1 h 12 papers` is not its minutes.
            continue
        joined = " ".join(each for each in spoken if each != "and")
        seconds = read_duration(joined) if re.search("[hm:]", joined) and spoken[-1] != "and" else None
        if seconds is not None:
            return _timed(place, end, seconds)
    return None


def _unit(words: Words, place: int, behind: int, value: float, per: str | None) -> Amount | None:
    """What the word behind a number makes of it; `behind` is the place after the number."""
    article = words.texts[place] in ("a", "an") and behind == place + 1
    if words.free(behind) in QUALIFIERS and not article:
        behind += 1
    unit = words.free(behind)
    if unit in _UNITS:
        return _timed(place, behind + 1, int(value * (3600 if _UNITS[unit] == "h" else 60) + 0.5))
    if unit in ("times", "x", "×"):
        return _times(words, place, behind + 1, _whole(value, "times"))
    if unit in _LONG and not article:
        raise UsageError(f"{unit.capitalize()} can't be counted", "count hours, sessions, days or papers")
    end = _unit_end(words, behind)
    if end is not None:
        noun = words.texts[end - 1]
        kind = _KINDS.get(noun)
        measure = _MEASURES.get(noun, "resources")
        if measure == "days" and article:
            return None
        if article and per is None and not words.studies:
            # `pass a course` says that it is done or not.
            return None
        if measure == "resources" and words.makes:
            measure, kind = "count", None
        return Amount(
            measure=measure,
            kind=kind,
            target=_whole(value, noun),
            start=place,
            end=end,
            between=(behind, end - 1),
            bare=False,
        )
    if article:
        if per is None or not unit:
            return None
        return _amount("count", 1, place, _own_end(words, behind), bare=True)
    return _bare(words, place, behind, value, unit)


def _unit_end(words: Words, place: int) -> int | None:
    """The place behind the noun of a number: at once, or behind a topic of up to three words."""
    for offset in range(6):
        noun = words.free(place + offset)
        if noun in _MEASURES or noun in _KINDS:
            if offset == 0 or (noun in _KINDS and _named_before(words, place, place + offset)):
                return place + offset + 1
            return None
        if not noun or noun in ON or noun in UNIT_DAYS:
            return None
    return None


def counts(text: str) -> bool:
    """Whether a word is one of the things that are counted: hours, sessions, papers."""
    return text in _UNITS or text in _MEASURES or text in _KINDS


def _named_before(words: Words, start: int, end: int) -> bool:
    """Whether words between a number and its noun name a topic, or several: `12 rag or multimodal papers`."""
    if names_any(words.joined(start, end), words.names):
        return True
    names, piece = [], list[str]()
    for text in [*words.texts[start:end], "and"]:
        if text in BETWEEN:
            names.append(" ".join(piece))
            piece = []
        else:
            piece.append(text)
    return all(names_any(name, words.names) for name in names)


def _bare(words: Words, place: int, behind: int, value: float, unit: str) -> Amount:
    """A number whose unit is a thing of one's own (`6 blog posts`), or is missing."""
    own = bool(unit) and unit not in ON and unit not in BETWEEN and unit not in STUDY_WORDS
    if own and unit[0].isalpha() and (_other_verb(words, place) or not names_any(unit, words.names)):
        return Amount(
            measure="count",
            kind=None,
            target=_whole(value, unit),
            start=place,
            end=_own_end(words, behind),
            between=(0, 0),
            bare=False,
        )
    return _amount("sessions", value, place, behind, bare=True)


def _own_end(words: Words, place: int) -> int:
    """The place behind a thing of one's own: `blog posts` up to a word that links."""
    end = place + 1
    while words.free(end) and not words.comma_behind(end - 1):
        text = words.free(end)
        if text in ON or text in BETWEEN or text in STUDY_WORDS or not text.isalpha() or text in _TIMES:
            break
        end += 1
    return end


def _other_verb(words: Words, place: int) -> bool:
    """Whether a word before the number says that something else than study is counted: `train 6 models`."""
    return any(
        not words.roles[before] and text not in STUDY_WORDS and topic_called(text, words.names) is None
        for before, text in enumerate(words.texts[:place])
    )


def _times(words: Words, start: int, end: int, count: int) -> Amount:
    if count < 1:
        raise UsageError(f"{quoted(words.written(start, end))} is nothing to aim at", "the number is at least 1")
    held = words.roles[start:end]
    words.take(start, end, "measure")
    things, topics = _things(words), only_topics(words)
    words.roles[start:end] = held
    if not things and not words.studies:
        choices = [
            words.replaced(start, end, f"{count} {noun}{'' if count == 1 else 's'}") for noun in ("session", "day")
        ]
        raise AmbiguousLine(f"{quoted(words.written(start, end))} of what is not said", choices)
    return _amount("days" if words.studies or topics else "times", count, start, end)


def _things(words: Words) -> bool:
    """Whether the line holds words besides verbs of study, number and period."""
    return any(
        not role and text not in STUDY_WORDS and text not in ("a", "an") and any(each.isalpha() for each in text)
        for text, role in zip(words.texts, words.roles, strict=True)
    )


def _timed(start: int, end: int, seconds: int) -> Amount:
    if seconds < 60:
        raise UsageError("No time at all is nothing to aim at", "the number is at least 1")
    return _amount("hours", seconds, start, end)


def _whole(value: float, noun: str) -> int:
    if value != int(value):
        raise UsageError(f"{value:g} {noun} can't be counted", "only hours may have a fraction")
    return int(value)
