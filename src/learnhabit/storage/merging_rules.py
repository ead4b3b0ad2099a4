"""Merging what its id alone does not tell apart: rules that count from a day on, the catalogue, grades, the timer."""

from __future__ import annotations

from learnhabit.storage.facts import staying_id, stays_here
from learnhabit.storage.merging import NEWER, Merge

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    Values = dict[str, Any]

DATED = {"day_start": ("effective_from",), "cadence": ("effective_from",), "daily_amount": ("what", "effective_from")}
"""Of several rules that have these in common only one can count."""
SAME_DAY = "another one for the same day is newer"
STATES = {
    "topic": (("followed_on",), ("archived_on",)),
    "resource": (("finished_on",), ("unit", "done_amount", "whole_amount"), ("place",)),
    "advice": (("hidden_on",),),
}
"""A person's own columns of the catalogue's rows; those of one group belong together."""
TEXTS = {
    "topic": (
        *("title", "aliases", "theme", "who", "why", "summary"),
        *("prerequisites", "subtopics", "first_step", "project", "questions"),
    ),
    "resource": ("topic", "title", "kind", "authors", "year", "url", "minutes", "level"),
}
"""The catalogue's columns that a person may change, which `edited` then names."""


def merge_dated(merge: Merge, table: str, rows: Sequence[Values], *, revive: bool) -> None:
    """Merge rules of which a day has one: of two that were set apart the newer one counts, and the other goes."""
    known = {row[0] for row in merge.store.all(f"SELECT id FROM {table}")}
    merge.merge(table, rows, revive=revive)
    names = ", ".join(DATED[table])
    best: set[tuple[object, ...]] = set()
    for row_id, *key in merge.store.all(
        f"SELECT id, {names} FROM {table} WHERE deleted_at IS NULL ORDER BY updated_at DESC, id DESC"
    ):
        if tuple(key) not in best:
            best.add(tuple(key))
        elif row_id in known:
            merge.remove(table, row_id)
        else:
            merge.drop(table, row_id, SAME_DAY)


def merge_catalogue(merge: Merge, table: str, rows: Sequence[Values], *, revive: bool) -> None:
    """Merge topics, resources or advice: one's own as any row, of the catalogue's what a person did with them.

    The catalogue's texts are those of this program, unless somebody changed them.
    """
    names = merge.store.columns(table)
    here = {row[0]: dict(zip(names, row, strict=True)) for row in _every(merge, table, names)}
    own: list[Values] = []
    for row in rows:
        known = here.get(row["id"])
        if row.get("origin") == "own" or known is None:
            if table == "advice":
                merge.skip(table, row["id"], "not in this program")
            elif known is not None and known["origin"] == "catalogue":
                merge.change(table, [row])
            else:
                own.append(row)
        elif known.get("origin") == "own":
            if touched(table, row):
                merge.skip(table, row["id"], "the id is one of your own here")
        else:
            _merge_marks(merge, table, row, known)
    merge.merge(table, own, revive=revive)


def _every(merge: Merge, table: str, names: Sequence[str]) -> list[tuple[Any, ...]]:
    assert names[0] == "id"
    return merge.store.all(f"SELECT {', '.join(names)} FROM {table}")


def touched(table: str, row: Values) -> bool:
    """Whether a person did something with a row of the catalogue."""
    return bool(row.get("edited")) or any(row[name] is not None for group in STATES[table] for name in group)


def _merge_marks(merge: Merge, table: str, row: Values, known: Values) -> None:
    """What a person did with a row of the catalogue, here and there."""
    if not touched(table, row):
        return
    newer = row["updated_at"] > known["updated_at"]
    values: Values = {}
    lost = False
    for group in STATES[table]:
        mine, theirs = [known[name] for name in group], [row[name] for name in group]
        if mine == theirs or theirs[0] is None:
            continue
        if mine[0] is None or newer:
            values |= zip(group, theirs, strict=True)
        else:
            lost = True
    edited = known["edited"].split("\n") if known.get("edited") else []
    for name in row["edited"].split("\n") if row.get("edited") else []:
        if name in edited and known[name] == row[name]:
            continue
        if name not in edited or newer:
            values[name] = row[name]
            edited = list(dict.fromkeys([*edited, name]))
            values["edited"] = "\n".join(edited)
        else:
            lost = True
    if values:
        untouched = not touched(table, known)
        values["updated_at"] = row["updated_at"] if untouched else max(known["updated_at"], row["updated_at"])
        if known["deleted_at"] is not None:
            values |= {"deleted_at": None, "withdrawn": 0}
        merge.update(table, row["id"], values)
    elif lost:
        merge.skip(table, row["id"], NEWER)
    else:
        merge.keep(table)


def merge_grades(merge: Merge, rows: Sequence[Values], fresh_id: str, *, revive: bool) -> set[str]:
    """Append to the review log what it lacks; the cards of which other grades count now.

    What undo of an import took back comes again with the same file: grades, and what was said of them. With `revive` so
    do those that a person took back with their card. `fresh_id` is an id that nothing has; of it others are made.
    """
    store = merge.store
    cards = {row[0] for row in store.all("SELECT id FROM card")}
    known = {row[0] for row in store.all("SELECT id FROM card_review")}
    last = {
        row[0]: row[1:]
        for row in store.all(
            "SELECT of_review, voided, id, max(seq) FROM card_review WHERE of_review IS NOT NULL GROUP BY of_review"
        )
    }
    said = {row["of_review"]: row["voided"] for row in rows if row["of_review"] is not None}
    back = merge.back.get("card", set()) if revive else set()
    new: list[Values] = []
    there = set(known)
    for row in rows:
        name = row["id"]
        if name in known:
            voided, verdict, _ = last.get(name, (0, "", 0))
            wanted = said.get(name, 0)
            ours = stays_here(verdict)
            if row["of_review"] is None and wanted != voided and (ours or (voided and row["card"] in back)):
                number = (int(fresh_id[-8:], 16) + len(new)) % (1 << 32)
                fresh = f"{fresh_id[:-8]}{number:08x}"
                new.append(_verdict(row, staying_id(fresh) if ours else fresh, wanted, merge.now))
            else:
                merge.keep("card_review")
        elif row["card"] not in cards:
            merge.skip("card_review", name, "its card is missing")
        elif row["of_review"] is not None and row["of_review"] not in there:
            merge.skip("card_review", name, "its grade is missing")
        else:
            new.append(row)
            there.add(name)
    merge.add("card_review", new)
    return {row["card"] for row in new}


def _verdict(row: Values, name: str, voided: int, now: int) -> Values:
    """A row that says of a grade whether it counts."""
    said = {"id": name, "grade": None, "of_review": row["id"], "voided": voided, "seconds": 0}
    return {**row, **said, "created_at": now, "updated_at": now}


def merge_timer(merge: Merge, rows: Sequence[Values]) -> None:
    """Take a running timer along, where none runs and it was not stopped here meanwhile."""
    for row in rows[:1]:
        running = merge.store.one("SELECT id FROM timer")
        if running is not None:
            if running[0] == row["id"]:
                merge.keep("timer")
            else:
                merge.skip("timer", row["id"], "another one runs here")
        elif merge.store.one(
            "SELECT 1 FROM session WHERE id = ? OR origin = 'timer' AND started_at = ?", row["id"], row["started_at"]
        ):
            merge.skip("timer", row["id"], "stopped here already")
        else:
            merge.put_timer(row)
