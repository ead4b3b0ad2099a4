"""The topics of a resolution's line."""

from __future__ import annotations

from learnhabit.domain.day_words import month_number
from learnhabit.domain.line_words import BETWEEN, ON, STUDY_WORDS, Words
from learnhabit.domain.resolution_amount import counts
from learnhabit.domain.resolution_draft import AmbiguousLine
from learnhabit.domain.text import quoted
from learnhabit.domain.topic import candidates, match_topic
from learnhabit.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from learnhabit.domain.resolution_amount import Amount

_WHEN = frozenset(("by", "until", "till", "before", "from", "since", "between", "within", "during", "every", "each"))
_WHEN_HINT = "write by 31 Dec, in March, or from 1 March to 30 June"
_TOO_SHORT = frozenset(("today", "tonight", "tomorrow", "yesterday", "now"))


def read_scope(words: Words, amount: Amount) -> tuple[str, ...]:
    """The ids of the topics that the remaining words name; UsageError for none, AmbiguousLine for several."""
    if amount.measure in ("count", "times"):
        # Things of one's own are counted by check-ins; its words are its own, too.
        return ()
    found: list[str] = []
    start, end = amount.between
    if end > start:
        found += _topics(words, start, end)
        words.take(start, end, "topics")
    place = 0
    while place < len(words.texts):
        if words.roles[place] or words.texts[place] in STUDY_WORDS - ON:
            place += 1
            continue
        end = place
        while end < len(words.texts) and not words.roles[end]:
            end += 1
        begin = place
        while begin < end and (words.texts[begin] in ON or words.texts[begin] in STUDY_WORDS):
            begin += 1
        if begin < end:
            found += _topics(words, begin, end)
        place = end
    return tuple(dict.fromkeys(found))


def _topics(words: Words, start: int, end: int) -> list[str]:
    """The ids of topics that stand side by side, with commas, `or` and `and` between them."""
    whole = words.topic(start, end)
    if whole is not None:
        words.take(start, end, "topics")
        return [whole]
    found: list[str] = []
    place = start
    while place < end:
        text = words.texts[place]
        if text in BETWEEN or text in ON or text in ("done", "the") or not any(each.isalnum() for each in text):
            place += 1
            continue
        stop, topics = _one_topic(words, place, end)
        words.take(place, stop, "topics")
        found += topics
        place = stop
    return found


def _one_topic(words: Words, place: int, end: int) -> tuple[int, list[str]]:
    """(place behind it, ids): the longest run of words that names one exactly, else up to the next link.

    A word such as `rag/multimodal` names several.
    """
    for stop in range(end, place, -1):
        named = words.topic(place, stop)
        if named is not None:
            return stop, [named]
    stop = place + 1
    while stop < end and not _parts(words.texts[stop]) and not words.comma_behind(stop - 1):
        stop += 1
    text = words.joined(place, stop)
    written = words.written(place, stop).strip(" .,;!?:\"“”'()")
    if " ".join(written.lower().split()) == text:
        # As it was typed, for the answer to an unknown one.
        text = written
    _check_when(words, place, end)
    if counts(words.texts[stop - 1]):
        raise UsageError("It names two things to count", "make one resolution of each")
    pieces = [piece.strip() for piece in text.split("/") if piece.strip()]
    if len(pieces) > 1:
        return stop, [match_topic(piece, words.names).id for piece in pieces]
    try:
        return stop, [match_topic(text, words.names).id]
    except UsageError as error:
        several = [name.id for name in candidates(text, words.names)]
        if several:
            raise AmbiguousLine(error.title, [words.replaced(place, stop, each) for each in several]) from None
        raise


def _parts(text: str) -> bool:
    """Whether a word parts topics, or a topic from what is no topic."""
    return text in BETWEEN or text in _WHEN or not any(each.isalnum() for each in text)


def _check_when(words: Words, place: int, end: int) -> None:
    """A better answer than an unknown topic for words that were meant to say when."""
    text = words.texts[place]
    if text in _WHEN:
        raise UsageError(f"{quoted(words.written(place, end).rstrip('.,;!'))} can't be read", _WHEN_HINT)
    if text in _TOO_SHORT:
        raise UsageError(f"{quoted(text)} is too short for a resolution", "give a last day, such as by 31 Dec")
    if place + 1 == end and month_number(text) is not None:
        name = words.written(place, end).rstrip(".,;!")
        raise AmbiguousLine(
            f"{quoted(name)} is not written out",
            [words.replaced(place, end, f"{link} {name}") for link in ("in", "by")],
        )
