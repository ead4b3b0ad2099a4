"""The one parser for study in words: `DURATION TOPIC [NOTE] [@WHEN] [#tag …]`.

The app's line, the dialog and the command's arguments all come here.
"""

from __future__ import annotations

import re
from datetime import timedelta

from learnhabit.domain.day_text import clock_time, short_day
from learnhabit.domain.day_words import Calendar, looks_like_when, read_when
from learnhabit.domain.duration import HOUR, MINUTE, format_duration, parse_duration, read_duration
from learnhabit.domain.record import Record
from learnhabit.domain.topic import TopicName, match_topic, names_any, names_exactly, take_topic
from learnhabit.errors import LearnhabitError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = r'"[^"]*"\S*|\S+'
# `1h 30m` is one duration in two words; `1h 30` is not: the 30 may belong to the topic.
_SPREAD = f"(?i:[0-9]+ ?{HOUR} [0-9]+ ?{MINUTE}|[0-9]+(?:[.,][0-9]+)? {HOUR}|[0-9]+ {MINUTE})"
_EXAMPLE = 'such as 45m rag "chunking, section 4" @yesterday 21:00 #paper'


class Entry(Record):
    """A line, read but not yet placed in time."""

    seconds: int
    """0 where a line has no duration (`start`)."""
    topic: TopicName
    note: str
    when: str | None
    """The words behind `@`, or None: it ends now."""
    tags: tuple[str, ...]


class Placed(Record):
    """Where an entry lies, in epoch seconds."""

    started_at: int
    ended_at: int


class _Token(Record):
    """A word of a line, or a stretch that is note whatever it holds."""

    text: str
    literal: bool


def parse_line(line: str, names: Sequence[TopicName]) -> Entry:
    """Read a whole line. UsageError says what is missing or not understood."""
    return _parse(_tokens(line), names, with_duration=True)


def parse_arguments(arguments: Sequence[str], names: Sequence[TopicName]) -> Entry:
    """Read a command's arguments: one is a line; among several the shell has split already."""
    return _parse(_split_arguments(arguments), names, with_duration=True)


def parse_topic_line(arguments: Sequence[str], names: Sequence[TopicName]) -> Entry:
    """The same without a duration: `TOPIC [NOTE] [@WHEN] [#tag …]`."""
    return _parse(_split_arguments(arguments), names, with_duration=False)


def place_entry(entry: Entry, calendar: Calendar) -> Placed:
    """Place an entry: from its start, or so that it ends now. LearnhabitError when it would end after now."""
    if entry.when is None:
        return Placed(started_at=calendar.now - entry.seconds, ended_at=calendar.now)
    started_at = read_when(entry.when, calendar).started_at
    ended_at = started_at + entry.seconds
    if ended_at > calendar.now:
        minutes = -(-(ended_at - calendar.now) // 60)
        end = calendar.now_wall + timedelta(seconds=ended_at - calendar.now)
        raise LearnhabitError(
            f"It would end at {clock_time(end)} on {short_day(end.date())}, {format_duration(minutes * 60)} after now",
            f"it is {clock_time(calendar.now_wall)}: give an earlier start or a shorter duration",
        )
    return Placed(started_at=started_at, ended_at=ended_at)


def _split_arguments(arguments: Sequence[str]) -> list[_Token]:
    if len(arguments) == 1:
        return _tokens(arguments[0])
    tokens = []
    for argument in arguments:
        if not any(each.isspace() for each in argument):
            # An empty argument stays: it may stand where the topic should.
            tokens += _tokens(argument) or [_Token(text="", literal=False)]
        else:
            tokens.append(_Token(text=argument, literal=True))
    return tokens


def _tokens(line: str) -> list[_Token]:
    tokens = []
    for word in re.findall(_WORD, line):
        literal = word.startswith('"') and '"' in word[1:]
        tokens.append(_Token(text=word[1:].replace('"', "", 1) if literal else word, literal=literal))
    return tokens


def _parse(tokens: list[_Token], names: Sequence[TopicName], *, with_duration: bool) -> Entry:
    seconds = 0
    if with_duration:
        seconds, tokens = _take_duration(tokens, names)
    if not tokens:
        raise UsageError("The topic is missing", _EXAMPLE if with_duration else "such as learnhabit start rag")
    topic, tokens = _take_topic(tokens, names)
    tokens, when = _take_when(tokens)
    tags = [token.text[1:] for token in tokens if _is_tag(token)]
    note = " ".join(token.text for token in tokens if token.text and not _is_tag(token))
    return Entry(seconds=seconds, topic=topic, note=note, when=when, tags=unique_tags(tags))


def _take_duration(tokens: list[_Token], names: Sequence[TopicName]) -> tuple[int, list[_Token]]:
    if not tokens or not tokens[0].text.strip():
        raise UsageError("The duration is missing", _EXAMPLE)
    for count in (4, 3, 2) if len(tokens) > 1 and _goes_on(tokens[1].text) else ():
        spread = tokens[:count]
        text = " ".join(token.text for token in spread)
        if (
            not any(token.literal for token in spread)
            and re.fullmatch(_SPREAD, text)
            and not names_exactly(spread[-1].text, names)
        ):
            return parse_duration(text), tokens[count:]
    first = tokens[0]
    if first.literal and read_duration(first.text) is None:
        # `"45m rag" "a note"`: a blank makes an argument literal behind the topic only.
        words = _tokens(first.text)
        if len(words) > 1 and read_duration(words[0].text) and names_any(words[1].text, names):
            return parse_duration(words[0].text), words[1:] + tokens[1:]
    return parse_duration(first.text), tokens[1:]


def _goes_on(word: str) -> bool:
    """Whether a duration may go on with a word: a quick look that saves most lines a pattern."""
    return word[:1].isdigit() or word[:1] in ("h", "H", "m", "M")


def _take_topic(tokens: list[_Token], names: Sequence[TopicName]) -> tuple[TopicName, list[_Token]]:
    first = tokens[0]
    if not first.text.strip() or (_opens_more(first) and not names_exactly(first.text, names)):
        raise UsageError("The topic is missing", _EXAMPLE)
    if first.literal:
        return match_topic(first.text, names), tokens[1:]
    words = [first.text]
    # Words from here on may belong to a topic of several words, until a note in quotes begins.
    for token in tokens[1:]:
        if token.literal:
            break
        words.append(token.text)
    topic, rest = take_topic(words, names)
    return topic, tokens[len(words) - len(rest) :]


def _opens_more(token: _Token) -> bool:
    """Whether a word can only begin a moment or be a tag."""
    return _is_tag(token) or (not token.literal and token.text.startswith("@"))


def _take_when(tokens: list[_Token]) -> tuple[list[_Token], str | None]:
    """Take out the last `@` whose words up to a tag, a note in quotes or the end read as a moment."""
    for start in range(len(tokens) - 1, -1, -1):
        if tokens[start].literal or not tokens[start].text.startswith("@"):
            continue
        end = start + 1
        while end < len(tokens) and not tokens[end].literal and not _is_tag(tokens[end]):
            end += 1
        when = " ".join([tokens[start].text[1:], *(token.text for token in tokens[start + 1 : end])]).strip()
        # Only the last `@` counts: when it is no moment it is note, and so are those before it.
        return (tokens[:start] + tokens[end:], when) if looks_like_when(when) else (tokens, None)
    return tokens, None


def _is_tag(token: _Token) -> bool:
    return not token.literal and len(token.text) > 1 and token.text[0] == "#" and token.text[1].isalpha()


def unique_tags(tags: Sequence[str]) -> tuple[str, ...]:
    """Tags without outer blanks, empty ones and repetitions; case makes no difference, the first spelling stays."""
    kept: dict[str, str] = {}
    for tag in tags:
        name = " ".join(tag.split())
        if name:
            kept.setdefault(name.casefold(), name)
    return tuple(kept.values())
