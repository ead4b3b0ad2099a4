"""Which topic a few words mean."""

from __future__ import annotations

from learnhabit.domain.record import Record
from learnhabit.domain.text import quoted
from learnhabit.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_LISTED = 6


class TopicName(Record):
    """A topic's id, title and aliases."""

    id: str
    title: str
    aliases: tuple[str, ...]


def plain(text: str) -> str:
    """A name as names are compared: case, hyphens and the width of blanks make no difference."""
    return " ".join(text.casefold().replace("-", " ").split())


def match_topic(text: str, names: Sequence[TopicName]) -> TopicName:
    """The topic that a word or several mean.

    Tried in order: the exact id; an exact alias or title; the start of one; the start of the rest of one from any of
    its words on. The first tier with a single topic wins. UsageError when none fits, or several do.
    """
    found = _first_tier(text, names)
    if len(found) == 1:
        return found[0]
    if found:
        listed = "; ".join(f"{name.title} ({name.id})" for name in found[:MOST_LISTED])
        more = f"; and {len(found) - MOST_LISTED} more" if len(found) > MOST_LISTED else ""
        raise UsageError(f"{quoted(text)} fits several topics", f"type more of one: {listed}{more}")
    raise UsageError(f"Unknown topic {quoted(text)}", _near(text, names))


def _first_tier(text: str, names: Sequence[TopicName]) -> list[TopicName]:
    """The topics of the first tier that narrows it down to one; else those of the first tier with any."""
    wanted = plain(text)
    if not wanted:
        return []
    several: list[TopicName] = []
    for tier in (_has_id, _is_called, _begins, _goes_on):
        found = [name for name in names if tier(name, text, wanted)]
        if len(found) == 1:
            return found
        several = several or found
    return several


def _has_id(name: TopicName, text: str, wanted: str) -> bool:
    return name.id == text or plain(name.id) == wanted


def _is_called(name: TopicName, text: str, wanted: str) -> bool:
    return any(plain(each) == wanted for each in (name.title, *name.aliases))


def _begins(name: TopicName, text: str, wanted: str) -> bool:
    return any(plain(each).startswith(wanted) for each in (name.id, name.title, *name.aliases))


def _goes_on(name: TopicName, text: str, wanted: str) -> bool:
    return any(f" {wanted}" in f" {plain(each)}" for each in (name.id, name.title, *name.aliases))


def names_exactly(text: str, names: Sequence[TopicName]) -> bool:
    """Whether a text is one topic's whole id, title or alias."""
    wanted = plain(text)
    return bool(wanted) and any(_has_id(name, text, wanted) or _is_called(name, text, wanted) for name in names)


def topic_called(text: str, names: Sequence[TopicName]) -> TopicName | None:
    """The one topic whose whole id, title or alias a text is; None where none or several are."""
    wanted = plain(text)
    found = [name for name in names if wanted and (_has_id(name, text, wanted) or _is_called(name, text, wanted))]
    return found[0] if len(found) == 1 else None


def candidates(text: str, names: Sequence[TopicName]) -> list[TopicName]:
    """The topics between which a text does not decide, at most six; empty where it names none or one."""
    found = _first_tier(text, names)
    return found[:MOST_LISTED] if len(found) > 1 else []


def names_any(text: str, names: Sequence[TopicName]) -> bool:
    """Whether a text names a topic, or several, in any tier."""
    return bool(_first_tier(text, names))


def take_topic(words: Sequence[str], names: Sequence[TopicName]) -> tuple[TopicName, Sequence[str]]:
    """(topic, the words behind it): of the leading words the longest run that names a topic exactly, else the first."""
    known = {plain(each) for name in names for each in (name.id, name.title, *name.aliases)} - {""}
    # Nothing longer than the longest name can be one.
    most = max((each.count(" ") + 1 for each in known), default=1)
    for count in range(min(len(words), most), 1, -1):
        text = " ".join(words[:count])
        if plain(text) in known:
            return match_topic(text, names), words[count:]
    return match_topic(words[0], names), words[1:]


def _near(text: str, names: Sequence[TopicName]) -> str:
    import difflib

    known = {plain(each): name for name in names for each in (name.id, name.title, *name.aliases)}
    near = difflib.get_close_matches(plain(text)[:100], list(known), n=3)
    titles = list(dict.fromkeys(known[each].id for each in near))
    guess = f"did you mean {' or '.join(titles)}? " if titles else ""
    return f'{guess}learnhabit topics lists all; learnhabit topic add "TITLE" adds one'
