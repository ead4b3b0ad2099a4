"""A resolution in one line of plain words: `40 hours of fine-tuning by 31 Dec`, `study 5 days a week`, `pass the exam`.

The line is read from its surest words on: when, each day or week, the number with its unit, topics. What is left must
be a verb or the like, except where a person counts things of their own.
"""

from __future__ import annotations

from datetime import date

from learnhabit.domain.day_text import long_day
from learnhabit.domain.day_words import weekday_number
from learnhabit.domain.line_words import STUDY_WORDS, Words
from learnhabit.domain.resolution_amount import amount_without_number, counts, no_unit, read_amount
from learnhabit.domain.resolution_draft import (
    EXAMPLE,
    LONGEST_STATEMENT,
    LONGEST_YEARS,
    UNIT_DAYS,
    AmbiguousLine,
    Draft,
    check_target,
)
from learnhabit.domain.resolution_per import read_per
from learnhabit.domain.resolution_period import UnclearDateError, default_period, read_period
from learnhabit.domain.resolution_scope import read_scope
from learnhabit.domain.text import quoted
from learnhabit.domain.topic import MOST_LISTED, TopicName, topic_called
from learnhabit.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from learnhabit.domain.day_words import Calendar

_DEEPEST = 3
"""Doubts in one line that are worked through one after the other."""
_SIGNS = "-−+~≈<>≥≤#$€£.,(*"
_CUES = ("after", "when", "while", "whenever")
_TIMES_OF_DAY = frozenset(
    (
        *("morning", "mornings", "evening", "evenings", "afternoon", "afternoons", "night", "nights", "noon", "lunch"),
        *("breakfast", "dinner", "weekends", "weekdays", "bedtime", "home", "work"),
    )
)
_MAYBE_CUES = ("before", "during", "over", "with")
"""Words that begin a cue unless a topic follows them."""


def read_resolution(line: str, names: Sequence[TopicName], calendar: Calendar) -> Draft:
    """What a line resolves. UsageError when it can't be read, AmbiguousLine when it may mean several things."""
    if not any(each.isalnum() for each in line):
        raise UsageError("A resolution needs words", EXAMPLE)
    if len(line) > 2 * LONGEST_STATEMENT:
        raise _too_long()
    return _decided(line, names, calendar.today, _DEEPEST)


def _decided(line: str, names: Sequence[TopicName], today: date, depth: int) -> Draft:
    """The line's draft; an AmbiguousLine's choices are tried, so that each can be read and no two mean the same."""
    try:
        return _parted(_read(line, names, today), names, today)
    except AmbiguousLine as error:
        found: dict[Draft, str] = {}
        refused: UsageError | None = None
        for choice in error.choices if depth else ():
            try:
                # Each choice, or the choices that it leaves.
                for each in _settled(choice, names, today, depth - 1):
                    meaning = _decided(each, names, today, 0).replace(statement="", parts=())
                    found.setdefault(meaning, each)
            except UsageError as reason:
                refused = refused or reason
        if found:
            raise AmbiguousLine(error.title, tuple(found.values())[:MOST_LISTED]) from None
        raise refused or UsageError(error.title, EXAMPLE) from None


def _settled(line: str, names: Sequence[TopicName], today: date, depth: int) -> tuple[str, ...]:
    try:
        _decided(line, names, today, depth)
    except AmbiguousLine as further:
        return further.choices
    return (line,)


def _parted(draft: Draft, names: Sequence[TopicName], today: date) -> Draft:
    """The same draft, if its statement says all of it without the cue that was taken out."""
    if draft.cue:
        try:
            alone: Draft | None = _read(draft.statement, names, today)
        except UsageError:
            alone = None
        if alone is None or alone.replace(parts=(), cue=draft.cue) != draft.replace(parts=()):
            raise UsageError(f"{quoted(draft.cue)} stands amid the rest", "put it at the end of the line")
    return draft


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
        _check_numbers(words)
        measure, kind, target = amount.measure, amount.kind, int(amount.target)
        if per == "day" and cue.startswith("on "):
            raise UsageError("A target a day is for every day", f"write how much a week {cue}")
        if measure == "days" and per == "day" and target == 1:
            # Each day is seven days a week: a day itself is studied or not.
            target, per = 7, "week"
        measure = "count" if measure == "times" else measure
        check_target(measure, target, per, (last - first).days + 1)
    statement = words.without("cue")
    if measure == "done" and cue and all(text in STUDY_WORDS for text in words.left()):
        raise UsageError("It says when in the day, and not how much", EXAMPLE)
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
            raise _unclear_date(words, place, error) from None
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


def _unclear_date(words: Words, place: int, error: UnclearDateError) -> UsageError:
    if not error.meanings:
        return UsageError(f"{quoted(error.word)} is no date", "there is no such day in the calendar")
    several = "may mean two days" if len(error.meanings) > 1 else "is not written out"
    count = error.word.count(" ") + 1
    start = words.texts.index(error.word) if count == 1 else place
    choices = [words.replaced(start, start + count, meaning) for meaning in error.meanings]
    said = words.written(start, start + count).rstrip(".,;")
    return AmbiguousLine(f"{quoted(said)} {several}", choices)


def _cue(words: Words) -> str:
    """`after morning coffee`: from such a word on, up to the end or to words that say something else."""
    for place in range(len(words.texts)):
        if not _begins_cue(words, place):
            continue
        end = place + 1
        while end < len(words.texts) and not words.roles[end] and not _ends_cue(words, place, end):
            end += 1
        if place == 0 and end == len(words.texts):
            continue
        words.take(place, end, "cue")
        return words.written(place, end).strip(" ,;.")
    return ""


def _begins_cue(words: Words, place: int) -> bool:
    text, following = words.free(place), words.free(place + 1)
    if not following:
        return False
    if text in _CUES:
        return True
    if place == 0 or following[0].isdigit():
        return False
    if text in ("in", "at", "on"):
        last = words.free(place + 2) if following == "the" else following
        return last in _TIMES_OF_DAY or (last[-1:] == "s" and weekday_number(last[:-1]) is not None)
    return text in _MAYBE_CUES and not _topic_at(words, place + 1)


def _ends_cue(words: Words, start: int, place: int) -> bool:
    """Whether a comma, a number with its unit, or `every day` and the like end a cue before a place."""
    text, following = words.texts[place], words.free(place + 1)
    if text in ("every", "each", "a", "per") and following in UNIT_DAYS:
        return True
    if start == 0 and words.comma_behind(place - 1):
        return True
    return text[0].isdigit() and (counts(following) or counts(text.lstrip("0123456789.,")))


def _topic_at(words: Words, place: int) -> bool:
    """Whether a topic's whole name begins at a place, of up to four words."""
    return any(topic_called(words.joined(place, place + count), words.names) is not None for count in range(1, 5))


def _check_done(words: Words) -> None:
    """Only a line without a number is done or not."""
    _check_numbers(words)
    if all(words.roles):
        raise UsageError("It says when, and not what", EXAMPLE)


def _check_numbers(words: Words) -> None:
    """No number may be left over; those inside a name (`GPT-4`) are no numbers."""
    for place, text in enumerate(words.texts):
        if not words.roles[place] and text[0] not in '“"' and text.lstrip(_SIGNS)[:1].isnumeric():
            raise UsageError(f"{quoted(text)} can't be read", EXAMPLE)
