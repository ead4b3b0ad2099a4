"""How often a resolution's line says: `a week`, `every day`, `monthly`."""

from __future__ import annotations

import re

from learnhabit.domain.day_words import weekday_number
from learnhabit.domain.resolution_draft import UNIT_DAYS, AmbiguousLine
from learnhabit.domain.text import quoted
from learnhabit.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from learnhabit.domain.line_words import Words

ADVERBS = {"daily": "day", "weekly": "week", "monthly": "month"}
_ODD_ADVERBS = frozenset(("biweekly", "bi-weekly", "fortnightly", "quarterly", "yearly", "annually"))
_SHORT = {"d": "day", "w": "week", "wk": "week", "mo": "month"}


def read_per(words: Words) -> str | None:
    """`day`, `week` or `month` where the line says so, such as `a week`, `every day` or `monthly`; at most once."""
    found = None
    for place in range(len(words.texts)):
        per = _per_at(words, place)
        if per is None:
            continue
        if found is not None:
            raise UsageError("It says twice how often", "give one of a day, a week or a month")
        found = per
    return found


def _per_at(words: Words, place: int) -> str | None:
    text, following = words.free(place), words.free(place + 1)
    if text in ("every", "each") and following and following not in UNIT_DAYS:
        raise _every(words, place, following)
    half = words.free(place - 1) == "half" and words.texts[max(0, place - 3) : place - 1] != ["and", "a"]
    if text == "a" and following in UNIT_DAYS and half:
        raise UsageError(f"Half a {following} can't be counted", "write it in hours")
    if text in ("a", "an", "per", "every", "each") and following in UNIT_DAYS:
        if text in ("a", "an") and place == 0:
            return None
        words.take(place, place + 2, "measure")
        return following
    if text in ("a", "per") and following in ("year", "quarter", "fortnight"):
        raise _other_per(words, place, following)
    if text in _ODD_ADVERBS:
        raise UsageError(
            f"{quoted(text)} can't be counted", "write a day, a week, a month, or a period such as in 2027"
        )
    if text in ADVERBS:
        words.take(place, place + 1, "measure")
        return ADVERBS[text]
    glued = re.fullmatch(r"([0-9][^/]*|[a-z]+)/(day|week|month|d|w|wk|mo)", text)
    if glued:
        number = re.sub("^([0-9]+)d$", r"\1 days", glued[1])
        raise AmbiguousLine(
            f"{quoted(text)} is not written out",
            [words.replaced(place, place + 1, f"{number} a {_SHORT.get(glued[2], glued[2])}")],
        )
    return None


def _every(words: Words, place: int, unit: str) -> UsageError:
    """`every morning`, `every Sunday` and `every other week` are asked about: they say how often in another way."""
    said = words.written(place, place + 2).rstrip(".,;!")
    title = f"{quoted(said)} is not written out"
    if unit in ("year", "quarter", "fortnight"):
        return _other_per(words, place, unit)
    if unit in ("morning", "evening", "afternoon", "night"):
        daily = f"every day at {unit}" if unit == "night" else f"every day in the {unit}"
        return AmbiguousLine(title, [words.replaced(place, place + 2, daily)])
    if weekday_number(unit) is not None:
        name = words.written(place + 1, place + 2).rstrip(".,;!")
        return AmbiguousLine(
            title,
            [words.replaced(place, place + 2, f"{once} a week on {name}s") for once in ("once", "")],
        )
    if unit in ("weekday", "weekdays"):
        return AmbiguousLine(title, [words.replaced(place, place + 2, "5 days a week")])
    other = "Every other one" if unit == "other" else quoted(said)
    return UsageError(f"{other} can't be counted", "write once a week, or 2 times a month")


def _other_per(words: Words, place: int, unit: str) -> UsageError:
    if unit != "year":
        return UsageError(f"A {unit} is no period here", "write a day, a week, a month or a date")
    year = words.today.year
    return AmbiguousLine(
        "“A year” may mean this one or the next",
        [words.replaced(place, place + 2, "this year"), words.replaced(place, place + 2, f"in {year + 1}")],
    )
