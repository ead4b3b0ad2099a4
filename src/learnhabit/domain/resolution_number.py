"""Numbers in a resolution's line: `40`, `1,000`, `2.5`, `½`, `twelve`, `two dozen`."""

from __future__ import annotations

import re

from learnhabit.domain.resolution_draft import EXAMPLE, AmbiguousLine
from learnhabit.domain.text import quoted
from learnhabit.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from learnhabit.domain.line_words import Words

_UP_TO_TWENTY = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBERS = {
    **{name: number for number, name in enumerate(_UP_TO_TWENTY)},
    **{name: 10 * number for number, name in enumerate(_TENS, 2)},
}
_GROUPS = {"dozen": 12, "hundred": 100, "thousand": 1000}
"""These may have an article or a number before them."""
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}


def read_number(words: Words, place: int) -> tuple[float, int] | None:
    """(number, how many words it takes) at a place; an article is no number.

    UsageError for one that is not over 0, AmbiguousLine for `1.000`, `40-50`, `10k` and `10 000`.
    """
    found = _number(words, place)
    if found is not None and words.texts[place + found[1] : place + found[1] + 3] == ["and", "a", "half"]:
        return found[0] + 0.5, found[1] + 3
    return found


def _number(words: Words, place: int) -> tuple[float, int] | None:
    text = words.texts[place].lstrip("~≈≥>+")
    following = words.free(place + 1)
    if text in _NUMBERS or text in _GROUPS or (text in ("a", "an") and following in _GROUPS):
        return _spoken(words, place)
    tens, _, ones = text.partition("-")
    if tens in _TENS and 0 < _NUMBERS.get(ones, 0) < 10:
        return float(_NUMBERS[tens] + _NUMBERS[ones]), 1
    if text[-1:] in _FRACTIONS and (len(text) == 1 or (text[:-1].isascii() and text[:-1].isdigit())):
        return _positive(float(text[:-1] or 0) + _FRACTIONS[text[-1]], text), 1
    if not re.search("[0-9]", text) or not re.match(r"[-−.,0-9]", text):
        return None
    return _digits(words, place, text.removesuffix("+"), following)


def _digits(words: Words, place: int, text: str, following: str) -> tuple[float, int] | None:
    between = re.fullmatch(r"([0-9.,]+)[-–—]([0-9.,]+)", text)
    if between:
        raise AmbiguousLine(
            f"{quoted(text)} is not one number",
            [words.replaced(place, place + 1, each) for each in (between[1], between[2])],
        )
    thousands = re.fullmatch(r"([0-9]{1,6}(?:[.,][0-9])?)k", text)
    if thousands:
        number = f"{float(thousands[1].replace(',', '.')) * 1000:.0f}"
        raise AmbiguousLine(f"{quoted(text)} is not written out", [words.replaced(place, place + 1, number)])
    if re.fullmatch(r"[0-9]{1,3}", text) and re.fullmatch(r"[0-9]{3}", following):
        raise AmbiguousLine(
            f"{quoted(f'{text} {following}')} is not one number",
            [words.replaced(place, place + 2, text + following)],
        )
    if re.fullmatch(r"[1-9][0-9]{0,2}(\.[0-9]{3})+", text):
        choices = [text.replace(".", ""), "" if text.endswith(".000") or text.count(".") > 1 else f"{float(text):g}"]
        raise AmbiguousLine(
            f"{quoted(text)} may mean two numbers",
            [words.replaced(place, place + 1, each) for each in choices if each],
        )
    if not re.fullmatch(r"[-−]?[0-9]*([.,][0-9]+)*", text):
        return None
    plain = text.replace("−", "-")
    if re.fullmatch(r"-?[0-9]{1,3}(,[0-9]{3})+", plain):
        plain = plain.replace(",", "")
    try:
        value = float(plain.replace(",", "."))
    except ValueError:
        raise UsageError(f"{quoted(text)} is no number", EXAMPLE) from None
    return _positive(value, text), 1


def _spoken(words: Words, place: int) -> tuple[float, int]:
    """`twelve`, `twenty five`, `a dozen`, `two hundred`."""
    text = words.texts[place]
    value, count = float(_NUMBERS.get(text, 1)), 1
    if text in _GROUPS:
        return float(_GROUPS[text]), 1
    following = words.free(place + 1)
    if text in _TENS and 0 < _NUMBERS.get(following, 0) < 10:
        value, count = value + _NUMBERS[following], 2
    group = words.free(place + count)
    if group in _GROUPS:
        value, count = value * _GROUPS[group], count + 1
    return _positive(value, text), count


def _positive(value: float, text: str) -> float:
    if value <= 0:
        raise UsageError(f"{quoted(text)} is nothing to aim at", "the number is at least 1")
    return value
