"""Fuzzy search over titles, without reading any of them as markup."""

from __future__ import annotations

from collections.abc import Iterable

from textual.fuzzy import FuzzySearch

from learnhabit.services.values import TopicRow
from learnhabit.tui import safe_text

_SEARCH = FuzzySearch()


def score(query: str, title: str) -> tuple[float, list[int]]:
    """(how well a query fits, which characters of the filtered title it found); 0 when it does not."""
    found, offsets = _SEARCH.match(query, safe_text.plain(title).strip())
    return found, list(offsets)


def best_topics(query: str, topics: Iterable[TopicRow]) -> list[tuple[TopicRow, list[int]]]:
    """Topics that hold a query in their names, the best first; where none does, those that a few letters of it fit."""
    wanted = query.strip().casefold()
    topics = list(topics)
    if not wanted:
        return [(topic, []) for topic in topics]
    held: list[tuple[int, TopicRow, list[int]]] = []
    for topic in topics:
        title = safe_text.plain(topic.title).strip().casefold()
        at = title.find(wanted)
        if at >= 0:
            # At the start of a word before inside one.
            inside = at > 0 and title[at - 1].isalnum()
            held.append((2 * inside + (at > 0), topic, list(range(at, at + len(wanted)))))
        elif any(wanted in alias.casefold() for alias in (topic.id, *topic.aliases)):
            held.append((2, topic, []))
    if held:
        return [(topic, offsets) for _, topic, offsets in sorted(held, key=lambda each: each[0])]
    found = [(score(wanted, topic.title), topic) for topic in topics]
    fitting = sorted((each for each in found if each[0][0] > 0), key=lambda each: -each[0][0])
    return [(topic, offsets) for (_, offsets), topic in fitting]
