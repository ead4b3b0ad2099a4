"""Undo and redo of an import: thousands of rows in a few statements, as if it had never been.

Rows that came leave tombstones that keep their age, so that the same file can be imported again; rows that were changed
get back what they were. Ordinary undo is a change of its own, which others have to hear of.
"""

from __future__ import annotations

from learnhabit.storage.facts import staying_id
from learnhabit.storage.merging import unfreeze
from learnhabit.storage.store import new_id

TYPE_CHECKING = False
if TYPE_CHECKING:
    from learnhabit.storage.store import Store

_KEPT = ("reminder", "topic", "resource")
"""Tables of which redo needs all that was: a reminder has a next time, and a row may be the catalogue's meanwhile."""
_OF = "SELECT row_id FROM journal_row WHERE journal = ?1 AND table_name = ?2 AND before IS NULL"


def take_back(store: Store, journal: str, now: int) -> None:
    """Undo an import, inside the caller's transaction."""
    for table in _tables(store, journal):
        # Of what merely goes little has to be kept for redo: its row stays as it is, as a tombstone.
        stays = "deleted_at" in store.columns(table)
        _keep_after(store, journal, table, "before IS NOT NULL" if stays and table not in _KEPT else "true")
        if table == "card_review":
            _void(store, journal, now, voided=True)
        elif stays:
            # Later than its age, also within one second: that tells it from what a person deleted.
            store.connection.execute(
                f"UPDATE {table} SET deleted_at = max(?3, updated_at + 1) WHERE id IN ({_OF})", (journal, table, now)
            )
        else:
            store.connection.execute(f"DELETE FROM {table} WHERE id IN ({_OF})", (journal, table))
        _restore(store, journal, table, "before")
    store.connection.execute("UPDATE journal SET undone = 1 WHERE id = ?", (journal,))


def bring_back(store: Store, journal: str, now: int) -> None:
    """Do an import again, inside the caller's transaction."""
    for table in reversed(_tables(store, journal)):
        if table == "card_review":
            _void(store, journal, now, voided=False)
        elif "deleted_at" in store.columns(table):
            store.connection.execute(f"UPDATE {table} SET deleted_at = NULL WHERE id IN ({_OF})", (journal, table))
        _restore(store, journal, table, "after")
        if table == "reminder":
            # What changes a reminder also forgets when it is due, and that may have been put off by hand.
            store.connection.execute(
                "UPDATE reminder SET next_due = json_extract(after, '$.next_due') FROM journal_row"
                " WHERE journal = ? AND table_name = 'reminder' AND row_id = reminder.id",
                (journal,),
            )
    store.connection.execute("UPDATE journal SET undone = 0 WHERE id = ?", (journal,))


def _tables(store: Store, journal: str) -> list[str]:
    return [row[0] for row in store.all("SELECT DISTINCT table_name FROM journal_row WHERE journal = ?", journal)]


def _keep_after(store: Store, journal: str, table: str, which: str) -> None:
    if table == "card_review":
        return
    pairs = ", ".join(f"'{name}', {name}" for name in store.columns(table))
    store.connection.execute(
        f"UPDATE journal_row SET after = (SELECT json_object({pairs}) FROM {table} WHERE id = row_id)"
        f" WHERE journal = ? AND table_name = ? AND {which}",
        (journal, table),
    )


def _void(store: Store, journal: str, now: int, *, voided: bool) -> None:
    """The review log is append-only: a grade that came is voided, and what was said of one is turned round.

    For this device alone: elsewhere it is as if the import had never been.
    """
    rows = store.all(_OF, journal, "card_review")
    store.connection.executemany(
        "INSERT INTO card_review (id, card, of_review, voided, reviewed_at, study_day, created_at, updated_at)"
        " SELECT ?1, card, coalesce(of_review, id), coalesce(voided, 0) <> ?2, reviewed_at, study_day, ?3, ?3"
        " FROM card_review WHERE id = ?4",
        [(staying_id(new_id(now * 1000)), int(voided), now, row[0]) for row in rows],
    )


def _restore(store: Store, journal: str, table: str, image: str) -> None:
    """Give rows what their images say, their age too."""
    where = f"WHERE journal = ?1 AND table_name = ?2 AND {image} IS NOT NULL"
    first = store.one(f"SELECT {image} FROM journal_row {where} LIMIT 1", journal, table)
    if first is None:
        return
    # Images of before a migration lack the columns that came with it: they stay as they are.
    known = {row[0] for row in store.all("SELECT key FROM json_each(?)", first[0])}
    columns = [name for name in store.columns(table) if name in known]
    if table == "session":
        unfreeze(
            store,
            store.all(
                f"SELECT row_id, json_extract({image}, '$.study_day'), json_extract({image}, '$.day_moves'),"
                f" json_extract({image}, '$.started_at') FROM journal_row {where}",
                journal,
                table,
            ),
        )
    values = ", ".join(f"json_extract({image}, '$.{name}')" for name in columns)
    settings = ", ".join(f"{name} = excluded.{name}" for name in columns if name != "id")
    store.connection.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM journal_row {where}"
        f" ORDER BY position ON CONFLICT (id) DO UPDATE SET {settings}",
        (journal, table),
    )
