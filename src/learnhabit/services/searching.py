"""Full-text search over titles, notes, takeaways and cards."""

from __future__ import annotations

from datetime import date

from learnhabit.domain.record import Record
from learnhabit.domain.text import display_line
from learnhabit.services.workspace import Workspace
from learnhabit.storage.search import KINDS, find, scan

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

LIMIT = 20
MOST_WORDS = 12
_FIRST_WITHOUT_BLANKS = 0x0E00
"""From Thai on scripts write words without blanks between, and an index of words finds none inside."""
_WITH_BLANKS = ((0x10A0, 0x1AFF), (0x1C00, 0x2E7F), (0xA500, 0xABFF), (0xAC00, 0xD7FF), (0xFB00, 0xFB4F))
"""Exceptions: scripts beyond it that do separate words, Korean and Ethiopic among them, and ligatures of letters."""
_SELECT = {
    "topic": "SELECT id, title, summary, id, NULL FROM topic",
    "resource": "SELECT id, title, authors, topic, NULL FROM resource",
    "session": "SELECT id, coalesce((SELECT title FROM topic WHERE topic.id = session.topic), topic),"
    " trim(takeaway || char(10) || note), topic, study_day FROM session",
    "card": "SELECT id, question, answer, topic, NULL FROM card",
}


class Hit(Record):
    """Something that was found."""

    kind: str
    """`topic`, `resource`, `session` or `card`."""
    id: str
    title: str
    """Of a session that of its topic, of a card its question."""
    text: str
    """What else it says, on one line."""
    topic: str
    """Topic id."""
    day: date | None
    """The study day of a session."""


def search(workspace: Workspace, query: str, *, kinds: Sequence[str] = KINDS, limit: int = LIMIT) -> tuple[Hit, ...]:
    """What holds every word of a query, or words that begin so; the best first, then the newest.

    Case and accents make no difference. Words of scripts that write no blanks, and signs, are looked for anywhere in
    the text, without the index.
    """
    words = list(dict.fromkeys(display_line(query).lower().split()))[:MOST_WORDS]
    if not words or not kinds:
        return ()
    # Folded as a whole `ß` is `ss`, which the index takes for two different words.
    folded = list(dict.fromkeys(word.casefold() for word in words))
    rows = _found(workspace, words, folded, kinds, limit) if all(_is_indexed(word) for word in words) else None
    if rows is None:
        rows = scan(workspace.store, folded, kinds, limit)
    return tuple(hit for hit in (_hit(workspace, kind, seq) for kind, seq in rows) if hit is not None)


def _found(
    workspace: Workspace, words: Sequence[str], folded: Sequence[str], kinds: Sequence[str], limit: int
) -> list[tuple[str, int]] | None:
    """What the index holds of the words as they are written, then of their other spelling; None without an index."""
    rows = find(workspace.store, words, kinds, limit)
    if rows is None or folded == words or len(rows) == limit:
        return rows
    return list(dict.fromkeys((*rows, *(find(workspace.store, folded, kinds, limit) or ()))))[:limit]


def _is_indexed(word: str) -> bool:
    """Whether the index can find a word: some letter or digit in it, and no script without blanks."""
    return any(each.isalnum() for each in word) and not any(_lacks_blanks(ord(each)) for each in word)


def _lacks_blanks(code: int) -> bool:
    return code >= _FIRST_WITHOUT_BLANKS and not any(first <= code <= last for first, last in _WITH_BLANKS)


def _hit(workspace: Workspace, kind: str, seq: int) -> Hit | None:
    row = workspace.store.one(f"{_SELECT[kind]} WHERE seq = ? AND deleted_at IS NULL", seq)
    if row is None:
        return None
    return Hit(
        kind=kind,
        id=row[0],
        title=display_line(row[1]),
        text=display_line(row[2]),
        topic=row[3],
        day=date.fromisoformat(row[4]) if row[4] else None,
    )
