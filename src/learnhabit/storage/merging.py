"""Merging rows from elsewhere into the database: by id, the newer one wins, and nothing that is here is lost.

It runs inside one change. What it does is noted for undo at the end, in a few statements however many rows there are.
"""

from __future__ import annotations

import sqlite3

from learnhabit.storage.cards import COUNTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from learnhabit.storage.store import Change, Store

    Values = dict[str, Any]

DELETED = "deleted here"
NEWER = "newer here"
BULK = 1_000
"""Sessions from which their totals are added up at the end, not by the triggers of each: in a third of the time."""
LATEST = {
    "resolution_aim": ("resolution", "entered_on"),
    "review": ("week_start",),
    "year_answer": ("year", "question"),
}
"""Of several rows that have these in common the one entered last is shown."""
PARENTS = {"tag": "session", "resolution_aim": "resolution", "check_in": "resolution"}
"""Tables whose rows are nothing without another one's, which their column of that name says."""

_TRIGGERS = ("session_insert_counts", "session_insert_searched")
_TOTALS = (("day_total", "study_day", "study_day"), ("month_total", "month", "substr(study_day, 1, 7)"))
_REFUSALS = (sqlite3.IntegrityError, sqlite3.DataError, OverflowError, UnicodeEncodeError)
_OTHERS = "SELECT voided FROM card_review AS other WHERE other.of_review = card_review.of_review AND other.seq"
_TURNS = (
    f"voided <> coalesce(({_OTHERS} <= ?4 ORDER BY seq DESC LIMIT 1), 0) AND NOT EXISTS ({_OTHERS} > card_review.seq)"
    " AND EXISTS (SELECT 1 FROM card_review AS given WHERE given.id = card_review.of_review AND given.seq <= ?4)"
)
"""Whether a row of the review log says that a grade that was here counts no longer, or again."""
_NOTED = {
    # A grade that does not count counts neither before nor after undo.
    "card_review": f" AND ({COUNTS} OR {_TURNS})",
    "card": " AND deleted_at IS NULL",
}
"""Which of the rows that were added (behind the row ?4) undo takes back, where it is not all."""


def prepare(store: Store) -> None:
    """What has to be set before the transaction begins: the notes of an import stay in memory."""
    store.connection.execute("PRAGMA temp_store = MEMORY")


class RefusedRowError(Exception):
    """A row that the schema does not take."""

    def __init__(self, table: str, row_id: str, reason: str) -> None:
        super().__init__(f"{table} {row_id}: {reason}")
        self.table, self.row_id, self.reason = table, row_id, reason


class Merge:
    """One import: what becomes of each row, and how many there are of each kind.

    Rows are the values of all columns but `seq` by name; those of one call have their columns in one order.
    """

    def __init__(self, change: Change) -> None:
        self.store: Store = change.store
        self.now = change.now
        self.added: dict[str, int] = {}
        self.changed: dict[str, int] = {}
        self.unchanged: dict[str, int] = {}
        self.skipped: dict[tuple[str, str], list[str]] = {}
        """Ids by table and reason."""
        self.fresh: dict[str, set[str]] = {}
        """Ids of what was added or changed, by table."""
        self.back: dict[str, set[str]] = {}
        """Ids of what was deleted here and came back, by table."""
        self._alive: dict[str, set[str]] = {}
        self._gone: dict[str, set[str]] = {}
        self._change = change
        self._before: dict[str, int] = {}
        """The last `seq` of a table before it was added to."""
        connection = self.store.connection
        connection.execute(
            "CREATE TEMP TABLE IF NOT EXISTS merged (place INTEGER PRIMARY KEY, name TEXT, id TEXT, image TEXT,"
            " UNIQUE (name, id))"
        )
        connection.execute("DELETE FROM temp.merged")

    @property
    def taken(self) -> int:
        """How many rows were added or changed."""
        return sum(self.added.values()) + sum(self.changed.values())

    def skip(self, table: str, row_id: str, reason: str) -> None:
        """A row that is left out."""
        self.skipped.setdefault((table, reason), []).append(row_id)

    def keep(self, table: str) -> None:
        """A row that is here already."""
        self.unchanged[table] = self.unchanged.get(table, 0) + 1

    def last_before(self, table: str) -> int:
        """A number that the `seq` of what was here already does not exceed."""
        return self._before.get(table, (1 << 63) - 1)

    def orphaned(self, table: str, row: Values) -> bool:
        """Whether the row that this one belongs to is neither here nor in the file; then this one is left out."""
        parent = PARENTS[table]
        if row[parent] in self._alive[parent]:
            return False
        why = "was deleted here" if row[parent] in self._gone[parent] else "is missing"
        self.skip(table, row["id"], f"its {parent} {why}")
        return True

    def merge(self, table: str, rows: Iterable[Values], *, revive: bool = False) -> None:
        """Merge rows by id. With `revive` what was deleted here comes back.

        So does what belongs to a row that came back: deleting that one had deleted all of it.
        """
        parent = PARENTS.get(table, "")
        parents_back = self.back.get(parent, ())
        deleted = "deleted_at" if "deleted_at" in self.store.columns(table) else "NULL"
        here = {row[0]: row for row in self.store.all(f"SELECT id, updated_at, {deleted} FROM {table}")}
        new, newer, back = [], [], []
        for row in rows:
            known = here.get(row["id"])
            if known is None:
                new.append(row)
            elif known[2] is not None:
                # One that undo of an import took away kept its age, and may come again.
                taken_back = known[2] > known[1] and row["updated_at"] >= known[1]
                follows = bool(parents_back) and row[parent] in parents_back
                if revive or taken_back or follows or row["updated_at"] > known[1]:
                    back.append(row)
                else:
                    self.skip(table, row["id"], DELETED)
            elif row["updated_at"] > known[1]:
                newer.append(row)
            elif row["updated_at"] == known[1]:
                self.keep(table)
            else:
                self.skip(table, row["id"], NEWER)
        self.change(table, newer)
        self.change(table, back, count=self.added)
        self.add(table, new)
        came = self.back[table] = {row["id"] for row in back}
        self._gone[table] = {name for name, row in here.items() if row[2] is not None and name not in came}
        self._alive[table] = here.keys() - self._gone[table] | {row["id"] for row in new}

    def bring(self, table: str, rows: Sequence[Values]) -> set[str]:
        """Add rows whose ids follow from what they hold: those that are here stay as they are. The ids that came."""
        here = {row[0]: row for row in self.store.all(f"SELECT id, updated_at, deleted_at FROM {table}")}
        new, back = [], []
        for row in rows:
            known = here.get(row["id"])
            if known is None:
                new.append(row)
            elif known[2] is None:
                self.keep(table)
            elif known[2] > known[1]:
                back.append(row)
            else:
                self.skip(table, row["id"], DELETED)
        self.change(table, back, count=self.added)
        self.add(table, new)
        return {row["id"] for row in (*new, *back)}

    def add(self, table: str, rows: Sequence[Values]) -> None:
        """Insert rows that are not here."""
        if not rows:
            return
        self._count(self.added, table, rows)
        found = self.store.one(f"SELECT coalesce(max(seq), 0) FROM {table}")
        before = self._before.setdefault(table, found[0] if found else 0)
        if table == "session" and len(rows) >= BULK:
            self._add_sessions(rows, before)
        else:
            self._write(table, rows)

    def add_quietly(self, table: str, rows: Sequence[Values]) -> None:
        """Insert what a person has no part in: neither counted nor undone; what is here stays."""
        if rows:
            self._write(table, rows, " ON CONFLICT DO NOTHING")

    def change(self, table: str, rows: Sequence[Values], *, count: dict[str, int] | None = None) -> None:
        """Give rows that are here, perhaps deleted, these values; they count as changed, or as `count` says."""
        if not rows:
            return
        self._count(self.changed if count is None else count, table, rows)
        self.note(table, [row["id"] for row in rows])
        if table == "session":
            unfreeze(self.store, [(row["id"], row["study_day"], row["day_moves"], row["started_at"]) for row in rows])
        settings = ", ".join(f"{name} = excluded.{name}" for name in rows[0] if name != "id")
        self._write(table, rows, f" ON CONFLICT (id) DO UPDATE SET {settings}")

    def update(self, table: str, row_id: str, values: Mapping[str, object]) -> None:
        """Change some columns of one row."""
        self._count(self.changed, table, [{"id": row_id}])
        self.adjust(table, row_id, values)

    def adjust(self, table: str, row_id: str, values: Mapping[str, object]) -> None:
        """Change what follows from other rows; it is undone with them and counts for nothing by itself."""
        self.note(table, [row_id])
        settings = ", ".join(f"{name} = ?" for name in values)
        try:
            self.store.connection.execute(f"UPDATE {table} SET {settings} WHERE id = ?", (*values.values(), row_id))
        except _REFUSALS as error:
            raise RefusedRowError(table, row_id, str(error)) from None

    def remove(self, table: str, row_id: str) -> None:
        """Leave a tombstone where a row gives way to one of the file."""
        self.note(table, [row_id])
        self.store.connection.execute(
            f"UPDATE {table} SET deleted_at = ?1, updated_at = ?1 WHERE id = ?2", (self.now, row_id)
        )

    def note(self, table: str, ids: Sequence[str]) -> None:
        """Keep how rows are before they change, for undo; of several changes the first counts."""
        pairs = ", ".join(f"'{name}', {name}" for name in self.store.columns(table))
        self.store.connection.executemany(
            f"INSERT OR IGNORE INTO temp.merged (name, id, image) SELECT '{table}', id, json_object({pairs})"
            f" FROM {table} WHERE id = ?",
            [(name,) for name in ids],
        )

    def drop(self, table: str, row_id: str, reason: str) -> None:
        """Take a row away again that was added a moment ago."""
        self.store.connection.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))
        self.added[table] -= 1
        self.fresh[table].discard(row_id)
        self.skip(table, row_id, reason)

    def put_timer(self, row: Values) -> None:
        """Let a timer run."""
        self._count(self.added, "timer", [row])
        self.note_new("timer", row["id"])
        self._write("timer", [row])

    def note_new(self, table: str, row_id: str) -> None:
        """The same of a row that was not here, in a table without an order of entry."""
        self.store.connection.execute("INSERT INTO temp.merged (name, id) VALUES (?, ?)", (table, row_id))

    def finish(self, summary: str) -> None:
        """Make one step to undo of all that was done, under this name; nothing, where nothing was."""
        if not self.taken:
            return
        self._change.summary = summary
        journal = self._change.begin()
        connection = self.store.connection
        insert = "INSERT INTO journal_row (journal, position, table_name, row_id, before)"
        place = self._change.position
        place += connection.execute(
            f"{insert} SELECT ?, ? + place, name, id, image FROM temp.merged", (journal, place)
        ).rowcount
        for table, before in self._before.items():
            place += connection.execute(
                f"{insert} SELECT ?1, ?2 + row_number() OVER (ORDER BY seq), ?3, id, NULL FROM {table}"
                f" WHERE seq > ?4{_NOTED.get(table, '')}",
                (journal, place, table, before),
            ).rowcount
        self._change.position = place
        for table, same in LATEST.items():
            self._settle(table, same)

    def _settle(self, table: str, same: Sequence[str]) -> None:
        """Let what is newer here stay the last one entered, beside an older one that has just come."""
        if table in self._before:
            equal = " AND ".join(f"new.{name} = {table}.{name}" for name in same)
            self.store.connection.execute(
                f"UPDATE {table} SET seq = seq + (SELECT max(seq) FROM {table}) WHERE seq <= ?1 AND deleted_at IS NULL"
                f" AND EXISTS (SELECT 1 FROM {table} AS new WHERE new.seq > ?1 AND new.deleted_at IS NULL AND {equal}"
                f" AND (new.updated_at, new.id) < ({table}.updated_at, {table}.id))",
                (self._before[table],),
            )

    def _count(self, where: dict[str, int], table: str, rows: Sequence[Values]) -> None:
        where[table] = where.get(table, 0) + len(rows)
        self.fresh.setdefault(table, set()).update(row["id"] for row in rows)

    def _add_sessions(self, rows: Sequence[Values], before: int) -> None:
        """Many sessions at once: their totals are added up afterwards, as the triggers would have."""
        connection = self.store.connection
        triggers = [self.store.one("SELECT sql FROM sqlite_master WHERE name = ?", name) for name in _TRIGGERS]
        # A schema without them would be damaged, and then nothing may be written.
        for name in _TRIGGERS:
            connection.execute(f"DROP TRIGGER {name}")
        self._write("session", rows)
        added = f"FROM session WHERE seq > {int(before)} AND deleted_at IS NULL"
        for table, key, value in _TOTALS:
            connection.execute(
                f"INSERT INTO {table} ({key}, topic, seconds, sessions)"
                f" SELECT {value}, topic, sum(seconds), count(*) {added} GROUP BY 1, 2"
                f" ON CONFLICT ({key}, topic) DO UPDATE"
                " SET seconds = seconds + excluded.seconds, sessions = sessions + excluded.sessions"
            )
        connection.execute(f"DELETE FROM scan_state WHERE study_day >= (SELECT min(study_day) {added})")
        if self.store.one("SELECT 1 FROM meta WHERE key = 'search'"):
            connection.execute(
                f"INSERT OR IGNORE INTO search_queue (kind, row) SELECT 'session', seq {added}"
                " AND (note <> '' OR takeaway <> '')"
            )
        for trigger in triggers:
            connection.execute(trigger[0] if trigger else "")

    def _write(self, table: str, rows: Sequence[Values], conflict: str = "") -> None:
        names = list(rows[0])
        sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))}){conflict}"
        try:
            self.store.connection.executemany(sql, [tuple(row.values()) for row in rows])
        except _REFUSALS as error:
            found = self._culprit(table, sql, rows, again=bool(conflict))
            raise RefusedRowError(table, str(found.get("id", "")), str(error)) from None

    def _culprit(self, table: str, sql: str, rows: Sequence[Values], *, again: bool) -> Values:
        """The row at which several came to an end; nothing of them stays in any case."""
        if again:
            for row in rows:
                try:
                    self.store.connection.execute(sql, tuple(row.values()))
                except _REFUSALS:
                    return row
        for row in rows:
            if self.store.one(f"SELECT 1 FROM {table} WHERE id = ?", row.get("id")) is None:
                return row
        return rows[-1]


def unfreeze(store: Store, rows: Sequence[tuple[str, str, int, int]]) -> None:
    """Let sessions have another study day: (id, day, moves, start) each.

    One that was moved to one day here and to another there has as many moves on both sides, and its day is frozen
    unless a move is counted.
    """
    store.connection.executemany(
        "UPDATE session SET day_moves = day_moves + 1"
        " WHERE id = ?1 AND study_day IS NOT ?2 AND day_moves = ?3 AND started_at = ?4",
        rows,
    )
