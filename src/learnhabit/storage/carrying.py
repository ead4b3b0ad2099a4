"""A new catalogue in the steps that can be undone.

They hold rows as they were, with the catalogue's texts of then. Undo and redo are to bring back what a person did, not
what an earlier catalogue said: so these rows, too, are written anew, each as the catalogue would have found it.
"""

from __future__ import annotations

from learnhabit.storage.merging_rules import STATES
from learnhabit.storage.withdrawing import is_touched, kept_names, names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from typing import Any

    from learnhabit.storage.store import Store
    from learnhabit.storage.withdrawing import Row, Rows

    Image = dict[str, Any]


def carry(store: Store, rows: Rows, taken_over: Mapping[str, Container[str]], now: int) -> None:
    """Let the steps know the catalogue as it was just written; `taken_over` are ids that were a person's, by table."""
    import json

    names = names_of(rows)
    for journal, position, table, row_id, *images in store.all(
        "SELECT journal, position, table_name, row_id, before, after FROM journal_row"
        f" WHERE table_name IN ({', '.join('?' * len(rows))})",
        *rows,
    ):
        found = store.image(table, row_id)
        if found is None:
            continue
        here = json.loads(found)
        row = rows[table].get(row_id)
        # Those of one step and table have to be alike, also where a migration has brought columns meanwhile.
        before, after = (image and {**here, **json.loads(image)} for image in images)
        if row is not None:
            if before is None and here.get("origin") != "own":
                before = _plain(table, row, here)
            before, after = (
                _written(table, image, row, here, taken_over=row_id in taken_over.get(table, ()))
                for image in (before, after)
            )
        else:
            for image in filter(None, (before, after)):
                if image.get("origin") != "own":
                    if table == "topic":
                        image["aliases"] = kept_names(image["aliases"], image["edited"], names)
                    if image["deleted_at"] is None and not is_touched(store, table, row_id, image):
                        image |= {"withdrawn": 1, "deleted_at": now}
        store.connection.execute(
            "UPDATE journal_row SET before = ?, after = ? WHERE journal = ? AND position = ?",
            (*(image and json.dumps(image, ensure_ascii=False) for image in (before, after)), journal, position),
        )


def _plain(table: str, row: Row, here: Image) -> Image:
    """A row of the catalogue that nobody has touched."""
    untouched = dict.fromkeys((name for group in STATES[table] for name in group), None)
    rest = {"origin": "catalogue", "edited": "", "deleted_at": None, "withdrawn": 0}
    return {**here, **row, **untouched, **{name: value for name, value in rest.items() if name in here}}


def _written(table: str, image: Image | None, row: Row, here: Image, *, taken_over: bool) -> Image | None:
    """A row as the catalogue leaves it: what a person did stays, and the columns that they changed."""
    if image is None or (image.get("origin") == "own" and not taken_over):
        return image
    if image.get("origin") == "own" and image["deleted_at"] is not None:
        return _plain(table, row, here)
    if image.get("origin") == "own":
        # One of their own gave way: where it was there, the catalogue's is, and what they did with it they did with it.
        image = {**image, "origin": "catalogue", "edited": ""}
    edited = image.get("edited", "").split("\n")
    image = {**image, **{name: value for name, value in row.items() if name not in edited}}
    return {**image, "deleted_at": None, "withdrawn": 0} if image["withdrawn"] else image
