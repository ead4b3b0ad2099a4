"""The topics of a resolution's line."""

from __future__ import annotations

from learnhabit.domain.line_words import BETWEEN, ON, STUDY_WORDS, Words
from learnhabit.domain.resolution_draft import AmbiguousLine
from learnhabit.domain.topic import TopicName, candidates, match_topic, topic_called
from learnhabit.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from learnhabit.domain.resolution_amount import Amount


def read_scope(words: Words, amount: Amount) -> tuple[str, ...]:
    """The ids of the topics that the remaining words name; UsageError for none, AmbiguousLine for several."""
    if amount.measure in ("count", "times"):
        # Things of one's own are counted by check-ins; its words are its own, too.
        return ()
    found: list[str] = []
    start, end = amount.between
    if end > start:
        found += _topics(words, start, end)
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
    whole = topic_called(" ".join(words.texts[start:end]), words.names)
    if whole is not None:
        words.take(start, end, "topics")
        return [whole.id]
    found: list[str] = []
    place = start
    while place < end:
        if words.texts[place] in BETWEEN or words.texts[place] in ON:
            place += 1
            continue
        stop, topic = _one_topic(words, place, end)
        words.take(place, stop, "topics")
        found.append(topic.id)
        place = stop
    return found


def _one_topic(words: Words, place: int, end: int) -> tuple[int, TopicName]:
    """(place behind it, topic): the longest run of words that names one exactly, else up to the next link."""
    for stop in range(end, place, -1):
        named = topic_called(" ".join(words.texts[place:stop]), words.names)
        if named is not None:
            return stop, named
    stop = place + 1
    while stop < end and words.texts[stop] not in BETWEEN and not _comma_behind(words, stop - 1):
        stop += 1
    text = " ".join(words.texts[place:stop])
    try:
        return stop, match_topic(text, words.names)
    except UsageError as error:
        several = [name.id for name in candidates(text, words.names)]
        if several:
            raise AmbiguousLine(error.title, [words.replaced(place, stop, each) for each in several]) from None
        raise


def _comma_behind(words: Words, place: int) -> bool:
    return words.written(place, place + 1).endswith((",", ";"))
