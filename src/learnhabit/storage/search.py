"""The index of full-text search: a cache in a file of its own, made by sqlite-utils and thrown away without regret.

The main file's triggers note which rows have changed (`search_queue`) once its `meta` names an index. Text that is
erased takes the whole index with it (`store.py`), and the next search makes a new one.
"""

from __future__ import annotations

import os
import sqlite3

from learnhabit.storage.connection import is_unwritable, patiently
from learnhabit.storage.store import SEARCH_FILE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from sqlite_utils import Database

    from learnhabit.storage.store import Store

KINDS = ("topic", "resource", "session", "card")
_BATCH = 5_000
"""Rows that are brought up to date in one transaction, so that nobody waits long to write."""
_TRIES = 5
"""How often an index is opened that turns out to be another one's successor."""
_TEXT = {
    "topic": "SELECT seq, title, replace(aliases, char(10), ' ') || ' ' || summary FROM topic",
    "resource": "SELECT seq, title, authors FROM resource",
    "session": "SELECT seq, takeaway, note FROM session",
    "card": "SELECT seq, question, answer FROM card",
}
"""(seq, what weighs more, what weighs less) by table."""


def find(store: Store, words: Sequence[str], kinds: Sequence[str], limit: int) -> list[tuple[str, int]] | None:
    """(table, seq) of the rows that hold words beginning with each of some, the best first.

    None when there is no index and none can be made: a folder that can't be written, a full disk, another process
    that is making one at this moment.
    """
    try:
        return _find(store, words, kinds, limit)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError) and is_unwritable(error):
            return None
        # A damaged index is no loss: it is made anew, once.
        _discard(store)
    try:
        return _find(store, words, kinds, limit)
    except sqlite3.DatabaseError:
        return None


def _find(store: Store, words: Sequence[str], kinds: Sequence[str], limit: int) -> list[tuple[str, int]] | None:
    index = _open(store)
    if index is None:
        return None
    try:
        # Each word in quotes is a word whatever it holds, and the star behind it lets it go on.
        query = " ".join('"' + word.replace('"', '""') + '"*' for word in words)
        rows = index.query(
            "SELECT kind, row FROM text_fts JOIN text ON text.rowid = text_fts.rowid"
            f" WHERE text_fts MATCH :query AND kind IN ({', '.join(f':k{n}' for n in range(len(kinds)))})"
            " ORDER BY bm25(text_fts, 2.0, 1.0), row DESC LIMIT :limit",
            {"query": query, "limit": limit, **{f"k{n}": kind for n, kind in enumerate(kinds)}},
        )
        return [(row["kind"], row["row"]) for row in rows]
    finally:
        index.close()


def _open(store: Store) -> Database | None:
    """The index, up to date; None while other processes make theirs."""
    from sqlite_utils import Database

    path = index_path(store)
    for _ in range(_TRIES):
        name = _name(store)
        if (name is None or not os.path.exists(path) or _id_of(path) != name) and not _build(store, path):
            return None
        # Without sqlite-utils' plugins: a search runs nothing that somebody else has installed.
        index = Database(path, execute_plugins=False)
        try:
            if _is_current(store, index):
                return index
        except BaseException:
            index.close()
            raise
        index.close()
    return None


def _name(store: Store) -> str | None:
    """The id of the index that belongs to the main file."""
    row = store.one("SELECT value FROM meta WHERE key = 'search'")
    return str(row[0]) if row else None


def index_path(store: Store) -> str:
    """Where the index lies."""
    return os.path.join(os.path.dirname(store.path), SEARCH_FILE)


def _id_of(path: str) -> str:
    connection = sqlite3.connect(path)
    try:
        row = connection.execute("SELECT id FROM info").fetchone()
        return str(row[0]) if row else ""
    finally:
        connection.close()


def _build(store: Store, path: str) -> bool:
    """Make a new index of all there is, beside the old one, and put it in its place.

    False when another process has begun a newer one meanwhile: the notes of what has changed are for that one.
    """
    from sqlite_utils import Database

    name = os.urandom(8).hex()
    with store.transaction():
        store.connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('search', ?)", (name,))
        # From here on changes are noted: what is written while the index is made is read again afterwards.
        store.connection.execute("DELETE FROM search_queue")
    partial = f"{path}.{name}"
    try:
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0), 0o600))
        index = Database(partial, execute_plugins=False)
        try:
            # A cache that a power cut may damage: then it is made anew.
            index.conn.execute("PRAGMA synchronous = OFF")
            index.table("info").create({"id": str})
            index.table("info").insert({"id": name})
            index.table("text").create({"key": int, "kind": str, "row": int, "head": str, "body": str}, pk="key")
            index.table("text").insert_all(_all(store))
            index.table("text").enable_fts(
                ["head", "body"], tokenize="unicode61 remove_diacritics 2", create_triggers=True
            )
        finally:
            index.close()
        with store.transaction():
            if _name(store) != name:
                return False
            os.replace(partial, path)
        return True
    except OSError as error:
        raise sqlite3.OperationalError(str(error)) from error
    finally:
        for rest in (partial, f"{partial}-journal"):
            if os.path.exists(rest):
                os.unlink(rest)


def _all(store: Store) -> Iterator[dict[str, Any]]:
    for kind, select in _TEXT.items():
        for row in patiently(store.connection, f"{select} WHERE deleted_at IS NULL"):
            if row[1] or row[2]:
                yield _document(kind, *row)


def _document(kind: str, seq: int, head: str, body: str) -> dict[str, Any]:
    return {"key": _key(kind, seq), "kind": kind, "row": seq, "head": head, "body": body}


def _key(kind: str, seq: int) -> int:
    """One number for a row of several tables."""
    return seq * len(KINDS) + KINDS.index(kind)


def _is_current(store: Store, index: Database) -> bool:
    """Bring the index up to date; False when it is no more the one that belongs to the main file."""
    # All of it: a statement that is not finished would keep others from writing the index.
    ((name,),) = index.execute("SELECT id FROM info").fetchall()
    while True:
        # In one statement: an index that another process is making takes the notes along when it begins.
        row = store.one("SELECT value, EXISTS (SELECT 1 FROM search_queue) FROM meta WHERE key = 'search'")
        if row is None or row[0] != name:
            return False
        if not row[1]:
            return True
        _catch_up(store, index, name)


def _catch_up(store: Store, index: Database, name: str) -> None:
    """Read again what has changed, as much as nobody waits for long.

    The main file is locked for writing meanwhile, and lets go of its notes last: whatever happens in between, a row is
    rather read twice than never.
    """
    with store.transaction():
        if _name(store) != name:
            return
        changed = store.all("SELECT kind, row FROM search_queue LIMIT ?", _BATCH)
        documents, gone = [], []
        for kind, seq in changed:
            row = store.one(f"{_TEXT[kind]} WHERE seq = ? AND deleted_at IS NULL", seq)
            if row is not None and (row[1] or row[2]):
                documents.append(_document(kind, *row))
            else:
                gone.append(_key(kind, seq))
        with index.atomic():
            index.table("text").upsert_all(documents, pk="key")
            for key in gone:
                index.execute("DELETE FROM text WHERE key = ?", [key])
        for kind, seq in changed:
            store.connection.execute("DELETE FROM search_queue WHERE kind = ? AND row = ?", (kind, seq))


def _discard(store: Store) -> None:
    for path in (index_path(store), f"{index_path(store)}-journal"):
        if os.path.exists(path):
            os.unlink(path)


def scan(store: Store, words: Sequence[str], kinds: Sequence[str], limit: int) -> list[tuple[str, int]]:
    """The same without an index, newest first: rows whose text holds each word anywhere, in any script."""
    found: list[tuple[str, int]] = []
    for kind in kinds:
        rows = patiently(store.connection, f"{_TEXT[kind]} WHERE deleted_at IS NULL ORDER BY seq DESC")
        for seq, head, body in rows:
            text = f"{head} {body}".casefold()
            if all(word in text for word in words):
                found.append((kind, seq))
                if len(found) == limit:
                    return found
    return found
