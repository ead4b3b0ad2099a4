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
    """Topics that fit, the best first; an alias may be what fits."""
    query = query.strip()
    if not query:
        return [(topic, []) for topic in topics]
    found = []
    for topic in topics:
        value, offsets = score(query, topic.title)
        for alias in (topic.id, *topic.aliases):
            other = score(query, alias)[0] * 0.9
            if other > value:
                value, offsets = other, []
        if value > 0:
            found.append((value, topic, offsets))
    found.sort(key=lambda each: -each[0])
    return [(topic, offsets) for _, topic, offsets in found]
