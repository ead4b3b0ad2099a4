"""What the catalogue has no more: it leaves the lists, unless a person has to do with it."""

from __future__ import annotations

from learnhabit.domain.topic import TopicName, names_exactly
from learnhabit.storage.free_ids import named

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from learnhabit.storage.store import Store

    Row = dict[str, object]
    Rows = dict[str, dict[str, Row]]
    """The catalogue's columns by table and id."""

TOUCHED = {
    "resource": ("finished_on", "done_amount", "edited"),
    "topic": ("followed_on", "archived_on", "edited"),
    "advice": (),
}
"""Columns that say what a person did with a row of the catalogue, by table; resources go before their topics."""
_UNDOABLE = ("session", "card", "resolution")
"""Of these a deleted row names its topic still: undo may bring it back."""


def withdraw(store: Store, rows: Rows, now: int) -> None:
    """Take what this catalogue has no more out of the lists."""
    for table, columns in TOUCHED.items():
        touched = " OR ".join((*(f"coalesce({name}, '') <> ''" for name in columns), named(table, _UNDOABLE)))
        own = "" if table == "advice" else " AND origin = 'catalogue'"
        for (row_id,) in store.all(f"SELECT id FROM {table} WHERE deleted_at IS NULL{own} AND NOT ({touched})"):
            if row_id not in rows[table]:
                store.connection.execute(
                    f"UPDATE {table} SET withdrawn = 1, deleted_at = ?, updated_at = ? WHERE id = ?", (now, now, row_id)
                )


def is_touched(store: Store, table: str, row_id: str, row: Row) -> bool:
    """Whether a person has to do with a row of the catalogue that holds these values."""
    if any(row.get(name) not in (None, "") for name in TOUCHED[table]):
        return True
    found = store.one(f"SELECT {named(table, _UNDOABLE)} FROM {table} WHERE id = ?", row_id)
    return bool(found and found[0])


def names_of(rows: Rows) -> list[TopicName]:
    """What the catalogue's topics are called."""
    return [
        TopicName(id=row_id, title=str(row["title"]), aliases=tuple(str(row["aliases"]).split("\n")))
        for row_id, row in rows["topic"].items()
    ]


def give_up_names(store: Store, rows: Rows, now: int) -> None:
    """Take from topics that the catalogue has no more the short names that others have now: one name, one topic."""
    names = names_of(rows)
    for row_id, aliases, edited in store.all(
        "SELECT id, aliases, edited FROM topic WHERE origin = 'catalogue' AND aliases <> ''"
    ):
        kept = kept_names(aliases, edited, names)
        if row_id not in rows["topic"] and kept != aliases:
            store.connection.execute("UPDATE topic SET aliases = ?, updated_at = ? WHERE id = ?", (kept, now, row_id))


def kept_names(aliases: str, edited: str, names: Sequence[TopicName]) -> str:
    """The short names of a dropped topic that mean no other; those that a person chose stay."""
    if "aliases" in edited.split("\n"):
        return aliases
    return "\n".join(each for each in aliases.split("\n") if not names_exactly(each, names))
