"""One connection, its transactions, and the undo journal that is written with every change."""

from __future__ import annotations

import os
import sqlite3

from learnhabit.storage.connection import BUSY_MILLISECONDS, NAP_MILLISECONDS, patiently

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType
    from typing import Any, Self

UNDO_STEPS = 30
SEARCH_FILE = "search.db"
"""The search index, beside the data file: a cache that goes whenever text is erased."""

_ERASED_TEXT = {
    "session": "note = '', takeaway = ''",
    "tag": "name = ''",
    "time_off": "why = ''",
    "resolution": "statement = '', cue = '', let_go_why = ''",
    "review": "text = ''",
    "year_answer": "text = ''",
    "topic": "title = id, aliases = '', why = '', summary = '', first_step = '', project = '', questions = ''",
    "resource": "title = id, authors = '', url = ''",
    "card": "question = '', answer = ''",
    "reminder": "text = ''",
}
"""What a person wrote, by table: erased once the journal can't bring a deleted row back."""

_SEARCHED_TEXT = {
    "session": ("note", "takeaway"),
    "topic": ("title", "aliases", "summary"),
    "resource": ("title", "authors"),
    "card": ("question", "answer"),
}
"""What the search index holds, by table."""

_APPEND_ONLY = frozenset({"card_review"})
"""Logs whose rows stay: taking one back appends a row that voids it, doing it again one that lets it count again."""


def new_id(milliseconds: int) -> str:
    """A UUIDv7 from the clock's milliseconds (RFC 9562); the standard library has one from 3.14 on only."""
    value = (milliseconds & 0xFFFF_FFFF_FFFF) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def import_id(journal_id: str) -> str:
    """The id of the step of an import: that of any, marked, since thousands of rows are undone in their own way."""
    return f"import-{journal_id}"


def is_import(journal_id: str) -> bool:
    """Whether a step is an import."""
    return journal_id.startswith("import-")


class Store:
    """The database of one folder, open in one thread."""

    def __init__(self, connection: sqlite3.Connection, path: str) -> None:
        self.connection = connection
        self.path = path
        self._columns: dict[str, list[str]] = {}

    def one(self, sql: str, *parameters: object) -> tuple[Any, ...] | None:
        """The first row, or None."""
        row: tuple[Any, ...] | None = patiently(self.connection, sql, parameters).fetchone()
        return row

    def all(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        """Every row."""
        return patiently(self.connection, sql, parameters).fetchall()

    def transaction(self) -> Transaction:
        """A write transaction that is taken at once, so that writers queue instead of failing midway."""
        return Transaction(self)

    def snapshot(self) -> Snapshot:
        """A transaction for reading several things that belong together."""
        return Snapshot(self)

    def change(self, summary: str, *, now: int, journal_id: str) -> Change:
        """A transaction that is one undo step; `summary` says what it did, in the past tense."""
        return Change(self, summary, now, journal_id)

    def columns(self, table: str) -> list[str]:
        """A table's columns without `seq`, which never leaves the database."""
        if table not in self._columns:
            names = [row[1] for row in self.all(f"PRAGMA table_info({table})")]
            self._columns[table] = [name for name in names if name not in ("seq", "one")]
        return self._columns[table]

    def image(self, table: str, row_id: str) -> str | None:
        """A row as JSON text, or None where there is none."""
        pairs = ", ".join(f"'{name}', {name}" for name in self.columns(table))
        row = self.one(f"SELECT json_object({pairs}) FROM {table} WHERE id = ?", row_id)
        return row[0] if row else None

    def restore(self, table: str, row_id: str, image: str | None, now: int) -> None:
        """Make a row what its image says; without an image it goes (a tombstone where the table has one)."""
        if table in _APPEND_ONLY:
            self._append_void(table, row_id, now, voided=image is None)
            return
        columns = self.columns(table)
        if image is None:
            if "deleted_at" in columns:
                self.connection.execute(
                    f"UPDATE {table} SET deleted_at = ?, updated_at = ? WHERE id = ?", (now, now, row_id)
                )
            else:
                self.connection.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))
            return
        # An image of before a migration lacks the columns that came with it: they stay as they are.
        known = {row[0] for row in self.all("SELECT key FROM json_each(?)", image)}
        columns = [name for name in columns if name in known]
        values = ", ".join("?2" if name == "updated_at" else f"json_extract(?1, '$.{name}')" for name in columns)
        settings = ", ".join(f"{name} = excluded.{name}" for name in columns if name != "id")
        self.connection.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} WHERE true"
            f" ON CONFLICT (id) DO UPDATE SET {settings}",
            (image, now),
        )

    def _append_void(self, table: str, row_id: str, now: int, *, voided: bool) -> None:
        """Of several such rows of one entry the latest counts."""
        self.connection.execute(
            f"INSERT INTO {table} (id, card, of_review, voided, reviewed_at, study_day, created_at, updated_at)"
            f" SELECT ?1, card, id, ?2, reviewed_at, study_day, ?3, ?3 FROM {table} WHERE id = ?4",
            (new_id(now * 1000), int(voided), now, row_id),
        )

    def forget_redo(self) -> None:
        """Drop what could be redone; called inside a transaction by whatever is new."""
        if self.one("SELECT 1 FROM journal WHERE undone = 1 LIMIT 1"):
            self._drop("undone = 1")

    def _drop(self, which: str) -> None:
        """Drop journal entries, and erase the text of deleted rows that nothing can bring back any more."""
        entries = f"FROM journal_row JOIN journal ON journal.id = journal WHERE {which}"
        tables = [row[0] for row in self.all(f"SELECT DISTINCT table_name {entries}")]
        self._erase_index(tables, entries)
        deleted = {
            table: self.all(
                f"SELECT DISTINCT row_id {entries} AND table_name = ?"
                f" AND EXISTS (SELECT 1 FROM {table} WHERE id = row_id AND deleted_at IS NOT NULL)",
                table,
            )
            for table in tables
            if table in _ERASED_TEXT
        }
        self.connection.execute(f"DELETE FROM journal WHERE {which}")
        for table, rows in deleted.items():
            self.connection.executemany(
                f"UPDATE {table} SET {_ERASED_TEXT[table]} WHERE id = ?1"
                f" AND NOT EXISTS (SELECT 1 FROM journal_row WHERE table_name = '{table}' AND row_id = ?1)",
                rows,
            )

    def _erase_index(self, tables: Sequence[str], entries: str) -> None:
        """Throw the search index away when it may hold text that goes with these entries; a search makes a new one."""
        if self.one("SELECT 1 FROM meta WHERE key = 'search'") is None:
            return
        for table in tables:
            changed = " OR ".join(
                f"json_extract(before, '$.{name}') IS NOT {name}" for name in _SEARCHED_TEXT.get(table, ())
            )
            if changed and self.one(
                f"SELECT 1 {entries} AND table_name = ? AND EXISTS (SELECT 1 FROM {table} WHERE {table}.id = row_id"
                f" AND (deleted_at IS NOT NULL OR before IS NOT NULL AND ({changed}))) LIMIT 1",
                table,
            ):
                self.drop_index()
                return

    def drop_index(self) -> None:
        """Throw the search index away, inside a transaction."""
        self.connection.execute("DELETE FROM meta WHERE key = 'search'")
        self.connection.execute("DELETE FROM search_queue")
        for name in (SEARCH_FILE, f"{SEARCH_FILE}-journal"):
            try:
                os.unlink(os.path.join(os.path.dirname(self.path), name))
            except FileNotFoundError:
                pass

    def trim_journal(self) -> None:
        """Keep the latest steps only."""
        oldest = self.one("SELECT seq FROM journal ORDER BY seq DESC LIMIT 1 OFFSET ?", UNDO_STEPS)
        if oldest:
            self._drop(f"journal.seq <= {int(oldest[0])}")

    def close(self) -> None:
        """Close the connection; a transaction that is still open is rolled back."""
        self.connection.close()


class Transaction:
    """`BEGIN IMMEDIATE` … `COMMIT`, rolled back on any error."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def __enter__(self) -> Self:
        connection = self.store.connection
        patiently(connection, "BEGIN IMMEDIATE")
        # From here on only this process writes; what is left to wait for is that readers finish.
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        connection = self.store.connection
        try:
            if kind is None:
                connection.execute("COMMIT")
        finally:
            # After a commit that went well there is nothing to roll back.
            self._roll_back()
            connection.execute(f"PRAGMA busy_timeout = {NAP_MILLISECONDS}")

    def _roll_back(self) -> None:
        # SQLite may have rolled back by itself already (a full disk); there is nothing more to do then.
        if self.store.connection.in_transaction:
            try:
                self.store.connection.execute("ROLLBACK")
            except sqlite3.Error:
                pass


class Snapshot(Transaction):
    """Several readings of one state of the file; whatever others write meanwhile is not seen."""

    def __enter__(self) -> Self:
        patiently(self.store.connection, "BEGIN")
        return self


class Change(Transaction):
    """A transaction whose rows are journalled, so that it can be undone as one step.

    A change that touched no row leaves no step behind. Entered again while it is open, it goes on: what is done inside
    is kept or dropped with all the rest.
    """

    def __init__(self, store: Store, summary: str, now: int, journal_id: str) -> None:
        super().__init__(store)
        self.summary = summary
        self.now = now
        self._id = journal_id
        self.position = 0
        """Rows that were noted for undo."""
        self._depth = 0

    def __enter__(self) -> Self:
        if not self._depth:
            super().__enter__()
        self._depth += 1
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._depth -= 1
        if not self._depth:
            super().__exit__(kind, error, trace)

    @property
    def is_open(self) -> bool:
        """Begun, and neither kept nor dropped."""
        return self._depth > 0

    def renamed(self, summary: str) -> None:
        """Say in one word what several parts came to."""
        self.summary = summary
        if self.position:
            self.store.connection.execute("UPDATE journal SET summary = ? WHERE id = ?", (summary, self._id))

    def joined(self, summary: str) -> Change:
        """The same change with one more thing to say; to be entered by whoever does it."""
        self.renamed(f"{self.summary} and {summary}")
        return self

    def insert(self, table: str, row_id: str, values: Mapping[str, object]) -> None:
        """Write a new row; one with this id already is the same change once more, and stays."""
        row = {"id": row_id, **values, "created_at": self.now, "updated_at": self.now}
        self._note(table, row_id, None)
        self.store.connection.execute(
            f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))}) ON CONFLICT (id) DO NOTHING",
            tuple(row.values()),
        )

    def replace(self, table: str, row_id: str, values: Mapping[str, object]) -> None:
        """Write a new row, also in the place of a deleted one, of which nothing stays."""
        # First, while it is there: what could be redone goes, and its text from wherever it stands.
        self.store.forget_redo()
        self.store.connection.execute(f"DELETE FROM {table} WHERE id = ? AND deleted_at IS NOT NULL", (row_id,))
        self.insert(table, row_id, values)

    def update(self, table: str, row_id: str, values: Mapping[str, object]) -> None:
        """Change columns of a row."""
        self._note(table, row_id, self.store.image(table, row_id))
        row = {**values, "updated_at": self.now}
        self.store.connection.execute(
            f"UPDATE {table} SET {', '.join(f'{name} = ?' for name in row)} WHERE id = ?", (*row.values(), row_id)
        )

    def put(self, table: str, row_id: str, values: Mapping[str, object]) -> None:
        """Insert a row, or change the one with this id and bring it back if it was deleted."""
        if self.store.one(f"SELECT 1 FROM {table} WHERE id = ?", row_id):
            self.update(table, row_id, {**values, "deleted_at": None})
        else:
            self.insert(table, row_id, values)

    def remove(self, table: str, row_id: str, *, before: str | None = None) -> None:
        """Delete a row (leave a tombstone where the table has one); undo brings back `before`, else what was there."""
        self._note(table, row_id, before or self.store.image(table, row_id))
        self.store.restore(table, row_id, None, self.now)

    def begin(self) -> str:
        """The id of the step to undo, which is begun with the first row that changes."""
        if self.position == 0:
            self.store.forget_redo()
            self.store.connection.execute(
                "INSERT INTO journal (id, summary, created_at) VALUES (?, ?, ?)", (self._id, self.summary, self.now)
            )
            self.store.trim_journal()
        return self._id

    def _note(self, table: str, row_id: str, before: str | None) -> None:
        self.begin()
        self.position += 1
        self.store.connection.execute(
            "INSERT INTO journal_row (journal, position, table_name, row_id, before) VALUES (?, ?, ?, ?, ?)",
            (self._id, self.position, table, row_id, before),
        )


def undo(store: Store, now: int) -> str | None:
    """Take back the latest step; says its summary, or None when there is nothing to take back."""
    with store.transaction():
        entry = store.one("SELECT id, summary FROM journal WHERE undone = 0 ORDER BY seq DESC LIMIT 1")
        if entry is None:
            return None
        if is_import(entry[0]):
            from learnhabit.storage.imported import take_back

            take_back(store, entry[0], now)
            return str(entry[1])
        # Backwards, so that a row that was changed twice ends as it was first.
        for position, table, row_id, before in store.all(
            "SELECT position, table_name, row_id, before FROM journal_row WHERE journal = ? ORDER BY position DESC",
            entry[0],
        ):
            after = store.image(table, row_id)
            store.restore(table, row_id, before, now)
            store.connection.execute(
                "UPDATE journal_row SET after = ? WHERE journal = ? AND position = ?", (after, entry[0], position)
            )
        store.connection.execute("UPDATE journal SET undone = 1 WHERE id = ?", (entry[0],))
        return str(entry[1])


def redo(store: Store, now: int) -> str | None:
    """Do again what was undone last; says its summary, or None when there is nothing to do again."""
    with store.transaction():
        entry = store.one("SELECT id, summary FROM journal WHERE undone = 1 ORDER BY seq LIMIT 1")
        if entry is None:
            return None
        if is_import(entry[0]):
            from learnhabit.storage.imported import bring_back

            bring_back(store, entry[0], now)
            return str(entry[1])
        for table, row_id, after in store.all(
            "SELECT table_name, row_id, after FROM journal_row WHERE journal = ? ORDER BY position", entry[0]
        ):
            store.restore(table, row_id, after, now)
        store.connection.execute("UPDATE journal SET undone = 0 WHERE id = ?", (entry[0],))
        return str(entry[1])
