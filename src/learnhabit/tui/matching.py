"""Search over titles, without reading any of them as markup."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from textual.fuzzy import FuzzySearch

from learnhabit.tui import safe_text

T = TypeVar("T")

_SEARCH = FuzzySearch()


def score(query: str, title: str) -> tuple[float, list[int]]:
    """(how well a few letters fit, which characters of the filtered title they found); 0 when they do not."""
    found, offsets = _SEARCH.match(query, safe_text.plain(title).strip())
    return found, list(offsets)


def best(query: str, items: Iterable[T], names: Callable[[T], tuple[str, ...]]) -> list[tuple[T, list[int]]]:
    """Items whose names hold a query, the best first; where none does, those that a few letters of it fit.

    The first name is the title: the offsets say which of its characters were found.
    """
    wanted = query.strip().casefold()
    items = list(items)
    if not wanted:
        return [(item, []) for item in items]
    held: list[tuple[int, T, list[int]]] = []
    for item in items:
        title, *others = names(item)
        title = safe_text.plain(title).strip().casefold()
        at = title.find(wanted)
        if at >= 0:
            # At the start of a word before inside one.
            inside = at > 0 and title[at - 1].isalnum()
            held.append((2 * inside + (at > 0), item, list(range(at, at + len(wanted)))))
        elif any(wanted in other.casefold() for other in others):
            held.append((2, item, []))
    if held:
        return [(item, offsets) for _, item, offsets in sorted(held, key=lambda each: each[0])]
    found = [(score(wanted, names(item)[0]), item) for item in items]
    fitting = sorted((each for each in found if each[0][0] > 0), key=lambda each: -each[0][0])
    return [(item, offsets) for (_, offsets), item in fitting]
