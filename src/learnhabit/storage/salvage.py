"""What can still be read of a damaged file, as a database in memory that holds it; the file itself is never changed.

Every page is read, whether the tree above it is whole or not. A row is taken when it fits a table of this program with
all its constraints; which table a page belongs to is known from the tree, or else found by trying. The indexes hold the
rowid of every row a second time: those that have no row are lost, and counted.
"""

from __future__ import annotations

import os
import re
import sqlite3

from learnhabit.storage.connection import APPLICATION_ID
from learnhabit.storage.migrations import migrate
from learnhabit.storage.pages import (
    INDEX_NODE,
    MAGIC,
    TABLE_LEAF,
    USUAL_SIZE,
    DamagedPageError,
    Pages,
    Tree,
    Value,
    walk,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LOCAL = ("journal",)
"""Tables that are of use on this device and in this file only."""
_UNROOTED = ("offer", "advice_shown")
"""Tables without rowids that hold facts: their rows lie in what is an index to SQLite."""

_KINDS: dict[str, tuple[type, ...]] = {"TEXT": (str,), "INTEGER": (int,), "REAL": (float, int)}
"""What values of a STRICT column may be."""
_MOST = 1 << 53
"""No number that the program writes is larger, and no export could hold it."""

Row = tuple[int, list[Value]]


class Salvaged:
    """The rows that were read, and what is known of the others."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        """A database in memory, of this program's schema, without triggers."""
        self.read: dict[str, int] = {}
        """Rows by table, deleted ones left out."""
        self.lost: dict[str, int] = {}
        """Rows that are known to have been there and could not be read, by table; 0 is left out."""
        self.uncertain: set[str] = set()
        """Tables of which more may be lost than that."""
        self.lost_days: dict[str, int] = {}
        """How many of the lost sessions were on each study day, as far as it is known."""
        self.lost_seconds: int | None = None
        """How long the lost sessions were together; None when nothing tells."""


def salvage(path: str) -> Salvaged:
    """Read what there is; OSError when the file can't be read at all."""
    content = _content(path)
    found = [_Recovery(Pages(content, size, reserved)).done() for size, reserved in _page_sizes(content)]
    best = max(found, key=lambda each: sum(each.read.values()))
    for each in found:
        if each is not best:
            each.connection.close()
    return best


def is_foreign(path: str) -> bool:
    """Whether the file's beginning is whole and names another program."""
    with open(path, "rb") as file:
        head = file.read(100)
    return head.startswith(MAGIC) and head[68:72] not in (APPLICATION_ID.to_bytes(4, "big"), bytes(4))


def _content(path: str) -> bytes:
    """The file's bytes; what a crash left beside it is taken back, or brought in, in a copy first."""
    beside = [f"{path}{end}" for end in ("-journal", "-wal")]
    beside = [name for name in beside if os.path.isfile(name) and os.path.getsize(name)]
    settled = _settled(path, beside) if beside else None
    if settled is not None:
        return settled
    with open(path, "rb") as file:
        return file.read()


def _settled(path: str, beside: Sequence[str]) -> bytes | None:
    import shutil
    import tempfile

    # Made for its owner only; SQLite puts the copy in order as soon as it reads it.
    with tempfile.TemporaryDirectory(prefix="learnhabit-") as folder:
        copy = os.path.join(folder, "copy.db")
        for name in (path, *beside):
            shutil.copyfile(name, f"{copy}{name[len(path) :]}")
        connection = sqlite3.connect(copy, isolation_level=None)
        try:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        except (sqlite3.Error, UnicodeDecodeError):
            # Whatever it did to the copy is no worse than what is there.
            return None
        finally:
            connection.close()
        with open(copy, "rb") as file:
            return file.read()


def _page_sizes(content: bytes) -> list[tuple[int, int]]:
    """(bytes of a page, bytes left free at its end): as the file says, and as this program makes files."""
    said = int.from_bytes(content[16:18], "big")
    said = 65536 if said == 1 else said
    found = [(USUAL_SIZE, 0)]
    if 512 <= said <= 65536 and said & (said - 1) == 0:
        spare = content[20] if said - content[20] >= 480 else 0
        if (said, spare) not in found:
            found.append((said, spare))
    return found


def _fresh() -> sqlite3.Connection:
    """An empty database with this program's tables and constraints, and nothing that acts by itself."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(connection)
    for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("BEGIN")
    return connection


class _Table:
    """A table of this program: what a row of it looks like, and where its rowids lie a second time."""

    def __init__(self, connection: sqlite3.Connection, name: str, sql: str) -> None:
        self.name = name
        self.columns: list[str] = []
        self._types: list[tuple[str, bool]] = []
        self.least = 0
        for _, column, kind, needed, default, key in connection.execute(f"PRAGMA table_info({name})"):
            rowid = bool(key) and kind == "INTEGER"
            self.columns.append(column)
            self._types.append(("" if rowid else kind, bool(needed) and not rowid))
            if needed and default is None:
                # Columns that came with a later schema have a value for the rows of before.
                self.least = len(self.columns)
        self.strictness = sql.count("CHECK")
        live = [
            index
            for index, text in connection.execute(
                "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ?", (name,)
            )
            if text and re.search(r"WHERE deleted_at IS NULL$", text)
        ]
        self.indexes = live or [f"sqlite_autoindex_{name}_1"]

    def fits(self, values: Sequence[Value]) -> bool:
        """Whether values may be a row of this table, by their number and kinds."""
        if not self.least <= len(values) <= len(self.columns):
            return False
        for value, (kind, needed) in zip(values, self._types, strict=False):
            if not kind or value is None:
                if value is not None or needed:
                    return False
            elif not isinstance(value, _KINDS[kind]) or _is_beyond(value):
                return False
        return True


class _Recovery:
    """One reading of one file."""

    def __init__(self, pages: Pages) -> None:
        self.pages = pages
        self.connection = _fresh()
        known = self.connection.execute("SELECT type, name, sql FROM sqlite_schema").fetchall()
        self.names = {(kind, name) for kind, name, _ in known}
        self.tables = {
            name: _Table(self.connection, name, sql)
            for kind, name, sql in known
            if kind == "table" and "WITHOUT ROWID" not in sql and name not in _LOCAL and not name.startswith("_")
        }
        self.taken: set[int] = set()
        self.roots: dict[str, int] = {}
        self.whole: set[str] = set()
        """Tables and indexes of which every page was read."""

    def done(self) -> Salvaged:
        """Read everything."""
        self._read_schema()
        for table in self.tables.values():
            self._read_table(table)
        for name in _UNROOTED:
            self._read_unrooted(name)
        self._read_strays()
        found = Salvaged(self.connection)
        for name, table in self.tables.items():
            deleted = "deleted_at" in table.columns
            self._count(found, name, "WHERE deleted_at IS NULL" if deleted else "")
            self._count_lost(found, table)
        for name in _UNROOTED:
            self._count(found, name)
        self._compare_totals(found)
        self.connection.execute("COMMIT")
        return found

    def _count(self, found: Salvaged, name: str, where: str = "") -> None:
        (number,) = self.connection.execute(f"SELECT count(*) FROM {name} {where}").fetchone()
        if number:
            found.read[name] = number

    def _read_schema(self) -> None:
        """Where tables and indexes begin; their list may have lost pages as well, or its root."""
        tree = walk(self.pages, 1, index=False, taken=self.taken)
        leaves = list(tree.leaves)
        if tree.broken:
            leaves += [number for number in self._all(TABLE_LEAF) if number not in self.taken]
        bad: list[int] = []
        for number in leaves:
            for _, values in self._rows(number, bad):
                if len(values) == 5 and (values[0], values[1]) in self.names and isinstance(values[3], int):
                    self.taken.add(number)
                    self.roots.setdefault(str(values[1]), values[3])
        if not tree.broken and not bad:
            # An older file lacks the later tables, and nothing of them is lost.
            self.whole |= self.tables.keys() - self.roots.keys()

    def _all(self, kind: int) -> Iterator[int]:
        return (number for number in range(1, self.pages.count + 1) if self.pages.kind(number) == kind)

    def _rows(self, number: int, bad: list[int]) -> Iterator[Row]:
        """The rows of a leaf; one that can't be read adds its page to `bad`."""
        for page, cell in self.pages.cells(number):
            try:
                yield self.pages.row(page, cell)
            except DamagedPageError:
                bad.append(number)

    def _tree(self, name: str, *, index: bool) -> Tree:
        root = self.roots.get(name, 0)
        return walk(self.pages, root, index=index, taken=self.taken)

    def _read_table(self, table: _Table) -> None:
        if table.name not in self.roots:
            return
        tree = self._tree(table.name, index=False)
        bad: list[int] = []
        for number in tree.leaves:
            rows = list(self._rows(number, bad))
            if not self._insert(table, rows) and rows:
                # Not this table's, whatever led here.
                self.taken.discard(number)
                bad.append(number)
        if not tree.broken and not bad:
            self.whole.add(table.name)

    def _insert(self, table: _Table, rows: Sequence[Row]) -> int:
        """How many of some rows are in the table now, or were already."""
        fitting = [row for row in rows if table.fits(row[1])]
        before = self.connection.total_changes
        for length in {len(values) for _, values in fitting}:
            names = table.columns[:length]
            # What a constraint refuses is left out, and the others go in.
            self.connection.executemany(
                f"INSERT OR IGNORE INTO {table.name} ({', '.join(names)}) VALUES ({', '.join('?' * length)})",
                [(rowid, *values[1:]) for rowid, values in fitting if len(values) == length],
            )
        made = self.connection.total_changes - before
        if made == len(fitting):
            return made
        key = table.columns[0]
        there = f"SELECT 1 FROM {table.name} WHERE {key} = ? AND id = ?"
        return sum(
            self.connection.execute(there, (rowid, values[1])).fetchone() is not None for rowid, values in fitting
        )

    def _read_unrooted(self, name: str) -> None:
        columns = [row[1] for row in self.connection.execute(f"PRAGMA table_info({name})")]
        for values in self._entries(name):
            if len(values) == len(columns):
                try:
                    self.connection.execute(
                        f"INSERT OR IGNORE INTO {name} VALUES ({', '.join('?' * len(columns))})", values
                    )
                except sqlite3.Error:
                    self.whole.discard(name)

    def _entries(self, name: str) -> Iterator[list[Value]]:
        """What an index holds."""
        tree = self._tree(name, index=True)
        whole = not tree.broken
        for number in (*tree.leaves, *tree.nodes):
            for page, cell in self.pages.cells(number):
                try:
                    yield self.pages.entry(page, cell, inner=self.pages.kind(number) == INDEX_NODE)
                except DamagedPageError:
                    whole = False
        if whole:
            self.whole.add(name)

    def _read_strays(self) -> None:
        """Leaves that nothing leads to any more: each goes to the table that takes most of its rows."""
        strictest = sorted(self.tables.values(), key=lambda table: -table.strictness)
        for number in self._all(TABLE_LEAF):
            if number in self.taken:
                continue
            rows = list(self._rows(number, []))
            best, most = None, 0
            for table in strictest:
                if most < len(rows) and any(table.fits(values) for _, values in rows):
                    self.connection.execute("SAVEPOINT trial")
                    took = self._insert(table, rows)
                    self.connection.execute("ROLLBACK TO trial")
                    self.connection.execute("RELEASE trial")
                    if took > most:
                        best, most = table, took
            if best is not None:
                self._insert(best, rows)

    def _count_lost(self, found: Salvaged, table: _Table) -> None:
        """Compare the rowids that the indexes hold with the rows that were read."""
        key = table.columns[0]
        there = {row[0] for row in self.connection.execute(f"SELECT {key} FROM {table.name}")}
        known: dict[int, str] = {}
        for name in table.indexes:
            for values in self._entries(name):
                if isinstance(values[-1], int) and values[-1] > 0:
                    day = next((text for text in values[:-1] if isinstance(text, str) and _is_day(text)), "")
                    known[values[-1]] = known.get(values[-1]) or day
        lost = known.keys() - there
        if lost:
            found.lost[table.name] = len(lost)
        if table.name not in self.whole and not any(name in self.whole for name in table.indexes):
            found.uncertain.add(table.name)
        if table.name == "session":
            for rowid in lost:
                found.lost_days[known[rowid]] = found.lost_days.get(known[rowid], 0) + 1

    def _compare_totals(self, found: Salvaged) -> None:
        """The sums of months and days say how much there was, where they can be read: better than any index."""
        live = "FROM session WHERE deleted_at IS NULL"
        months = self._totals("month_total")
        if months is not None:
            number, seconds = self.connection.execute(f"SELECT count(*), coalesce(sum(seconds), 0) {live}").fetchone()
            lost = max(sum(row[1] for row in months) - number, 0)
            found.lost_seconds = max(sum(row[2] for row in months) - seconds, 0)
            found.uncertain.discard("session")
            found.lost.pop("session", None)
            if lost:
                found.lost["session"] = lost
        days = self._totals("day_total")
        if days is not None:
            missing: dict[str, int] = {}
            for day, number, _ in days:
                missing[day] = missing.get(day, 0) + number
            for day, number in self.connection.execute(f"SELECT study_day, count(*) {live} GROUP BY 1"):
                missing[day] = missing.get(day, 0) - number
            found.lost_days = {day: number for day, number in missing.items() if number > 0}

    def _totals(self, name: str) -> list[tuple[str, int, int]] | None:
        """(day or month, sessions, seconds) of a table of sums; None when not all of it can be read."""
        rows = []
        for values in self._entries(name):
            if len(values) != 4 or not isinstance(values[0], str):
                return None
            seconds, sessions = values[2], values[3]
            if not isinstance(seconds, int) or not isinstance(sessions, int):
                return None
            rows.append((values[0], sessions, seconds))
        return rows if name in self.whole else None


def _is_beyond(value: Value) -> bool:
    return isinstance(value, (int, float)) and not -_MOST <= value <= _MOST


def _is_day(text: str) -> bool:
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) is not None
