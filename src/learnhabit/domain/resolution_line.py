"""A resolution in one line of plain words: `40 hours of fine-tuning by 31 Dec`, `study 5 days a week`, `pass the exam`.

The line is read from its surest words on: when, each day or week, the number with its unit, topics. What is left must
be a verb or the like, except where a person counts things of their own.
"""

from __future__ import annotations

import re
from datetime import date

from learnhabit.domain.day_text import long_day
from learnhabit.domain.line_words import Words
from learnhabit.domain.resolution_amount import amount_without_number, no_unit, read_amount, read_per
from learnhabit.domain.resolution_draft import (
    EXAMPLE,
    LONGEST_STATEMENT,
    LONGEST_YEARS,
    AmbiguousLine,
    Draft,
    check_target,
)
from learnhabit.domain.resolution_period import UnclearDateError, default_period, read_period
from learnhabit.domain.resolution_scope import read_scope
from learnhabit.domain.text import quoted
from learnhabit.domain.topic import TopicName, topic_called
from learnhabit.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from learnhabit.domain.day_words import Calendar

_CUES = ("after", "when", "while", "whenever")
_MAYBE_CUES = ("before", "during", "over", "with")
"""Words that begin a cue unless a topic follows them."""


def read_resolution(line: str, names: Sequence[TopicName], calendar: Calendar) -> Draft:
    """What a line resolves. UsageError when it can't be read, AmbiguousLine when it may mean several things."""
    if not any(each.isalnum() for each in line):
        raise UsageError("A resolution needs words", EXAMPLE)
    if len(line) > 2 * LONGEST_STATEMENT:
        raise _too_long()
    return _read(line, names, calendar.today)


def _read(line: str, names: Sequence[TopicName], today: date) -> Draft:
    words = Words(line, names, today)
    first, last, next_year = _period(words)
    cue = _cue(words)
    per = read_per(words)
    amount = read_amount(words, per)
    if amount is None and per is None:
        _check_done(words)
        measure, kind, target = "done", None, 1
        scope: tuple[str, ...] = ()
    else:
        if amount is None:
            amount = amount_without_number(words)
        if amount.measure == "sessions" and amount.bare:
            raise no_unit(words, amount, lambda other: _reads(other, names, today))
        scope = read_scope(words, amount)
        measure, kind, target = amount.measure, amount.kind, int(amount.target)
        if measure == "days" and per == "day":
            # Each day is seven days a week: a day itself is studied or not.
            target, per = 7, "week"
        measure = "count" if measure == "times" else measure
        check_target(measure, target, per, (last - first).days + 1)
    statement = words.without("cue")
    if not any(each.isalnum() for each in statement):
        raise UsageError("It says when in the day, and not what", EXAMPLE)
    if len(statement) > LONGEST_STATEMENT:
        raise _too_long()
    return Draft(
        statement=statement,
        measure=measure,
        kind=kind,
        target=target,
        scope=scope,
        per=per,
        period_start=first,
        period_end=last,
        cue=cue,
        next_year=next_year,
        parts=words.parts(),
    )


def _reads(line: str, names: Sequence[TopicName], today: date) -> bool:
    try:
        _read(line, names, today)
    except UsageError:
        return False
    return True


def _too_long() -> UsageError:
    return UsageError("The resolution is too long", f"at most {LONGEST_STATEMENT} characters")


def _period(words: Words) -> tuple[date, date, bool]:
    """(first, last day, whether the next year is meant for want of dates)."""
    found = None
    for place in range(len(words.texts)):
        if words.roles[place]:
            continue
        try:
            period = read_period(words.texts, place, words.today)
        except UnclearDateError as error:
            raise _unclear_date(words, error) from None
        if period is None:
            continue
        words.take(place, place + period.words, "when")
        if found is None:
            found = (period.first, period.last)
        elif period.first == words.today and found[0] >= words.today:
            # `from March by June`, `in 2027 by June`: the later words only end it earlier.
            found = (found[0], period.last)
        else:
            raise UsageError("It says twice when", "give one period, such as in March, or by 31 Dec")
    if found is None:
        return default_period(words.today)
    first, last = found
    if last < words.today:
        raise UsageError("Its days are over", f"it would end on {long_day(last)}, and today is {long_day(words.today)}")
    if last < first:
        raise UsageError("It would end before it begins", f"from {long_day(first)} to {long_day(last)}")
    if last.year - words.today.year > LONGEST_YEARS:
        raise UsageError("Its end is too far away", f"at most {LONGEST_YEARS} years from now")
    return first, last, False


def _unclear_date(words: Words, error: UnclearDateError) -> UsageError:
    place = words.texts.index(error.word)
    if not error.meanings:
        return UsageError(f"{quoted(error.word)} is no date", "there is no such day in the calendar")
    several = "may mean two days" if len(error.meanings) > 1 else "is not written out"
    choices = [words.replaced(place, place + 1, meaning) for meaning in error.meanings]
    return AmbiguousLine(f"{quoted(error.word)} {several}", choices)


def _cue(words: Words) -> str:
    """`after morning coffee`: from such a word to the end, or to the words that say when."""
    for place in range(1, len(words.texts)):
        text, following = words.free(place), words.free(place + 1)
        if not following or not (text in _CUES or (text in _MAYBE_CUES and not _topic_at(words, place + 1))):
            continue
        end = place + 1
        while end < len(words.texts) and not words.roles[end]:
            end += 1
        words.take(place, end, "cue")
        return words.written(place, end).strip(" ,;.")
    return ""


def _topic_at(words: Words, place: int) -> bool:
    """Whether a topic's whole name begins at a place, of up to four words."""
    return any(topic_called(words.joined(place, place + count), words.names) is not None for count in range(1, 5))


def _check_done(words: Words) -> None:
    """Only a line without a number is done or not."""
    for place, text in enumerate(words.texts):
        if not words.roles[place] and re.fullmatch(r"[-+]?[0-9][0-9.,/]*%?", text):
            raise UsageError(f"{quoted(text)} can't be read", EXAMPLE)
    if all(words.roles):
        raise UsageError("It says when, and not what", EXAMPLE)
