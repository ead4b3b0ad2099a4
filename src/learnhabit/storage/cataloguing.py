"""Writing the catalogue into the file, beside what a person has of their own."""

from __future__ import annotations

from learnhabit.catalogue import Catalogue
from learnhabit.storage.carrying import carry
from learnhabit.storage.free_ids import free
from learnhabit.storage.withdrawing import give_up_names, withdraw

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container

    from learnhabit.storage.store import Store
    from learnhabit.storage.withdrawing import Row, Rows

_TAKEN_BACK = "(origin = 'catalogue' AND withdrawn = 0 AND deleted_at > updated_at)"
"""A row of another program's catalogue that came with an import and went with its undo."""
_BACK = ", deleted_at = iif(withdrawn, NULL, deleted_at), withdrawn = 0"
"""What was withdrawn is there again; what a person deleted stays deleted."""


def write_catalogue(store: Store, catalogue: Catalogue, now: int) -> None:
    """Write topics, resources and advice; what a person made or changed stays as it is.

    A built-in row lists the columns its owner changed in `edited`; an id that a person took first stays theirs, and a
    topic of theirs gets no resources that they did not ask for. What the catalogue dropped leaves the lists, unless it
    was touched: studied, read in, finished, followed, archived, made a card of. It comes back with a later catalogue
    that has it again.
    """
    rows = _rows(catalogue)
    taken_over = {"topic": _take_over(store, "topic", rows["topic"])}
    own = {"topic": _own(store, "topic")}
    rows["resource"] = {each: row for each, row in rows["resource"].items() if row["topic"] not in own["topic"]}
    taken_over["resource"] = _take_over(store, "resource", rows["resource"])
    own["resource"] = _own(store, "resource")
    written = {
        table: {each: row for each, row in found.items() if each not in own.get(table, ())}
        for table, found in rows.items()
    }
    for table, found in written.items():
        for row_id, row in found.items():
            _write(store, table, row_id, row, now)
    # Only now: a topic that has another id in this catalogue has lost its resources to it.
    withdraw(store, written, now)
    give_up_names(store, rows, now)
    carry(store, rows, taken_over, now)


def _rows(catalogue: Catalogue) -> Rows:
    rows: Rows = {"topic": {}, "resource": {}, "advice": {}}
    for topic in catalogue.topics:
        rows["topic"][topic.id] = {
            "title": topic.title,
            "aliases": "\n".join(topic.aliases),
            "theme": topic.theme,
            "position": len(rows["topic"]),
            "who": "\n".join(topic.who),
            "why": topic.why,
            "summary": topic.summary,
            "prerequisites": "\n".join(topic.prerequisites),
            "subtopics": "\n".join(topic.subtopics),
            "first_step": topic.first_step,
            "project": topic.project,
            "questions": "\n".join(topic.questions),
        }
        for resource in topic.resources:
            rows["resource"][resource.id] = {
                "topic": topic.id,
                "title": resource.title,
                "kind": resource.kind,
                "authors": resource.authors,
                "year": resource.year,
                "url": resource.url,
                "minutes": resource.minutes,
                "level": resource.level,
                "position": len(rows["resource"]),
            }
    for advice in catalogue.advice:
        rows["advice"][advice.id] = {
            "kind": advice.kind,
            "moment": advice.moment,
            "text": advice.text,
            "why": advice.why,
            "authors": advice.authors,
            "source": advice.source,
            "year": advice.year,
            "url": advice.url,
        }
    return rows


def _take_over(store: Store, table: str, wanted: Container[str]) -> set[str]:
    """Make room for the catalogue where nothing needs a deleted row any more; the ids."""
    gone = store.all(f"SELECT id FROM {table} WHERE {free(table)} OR {_TAKEN_BACK}")
    taken = {row_id for (row_id,) in gone if row_id in wanted}
    store.connection.executemany(f"DELETE FROM {table} WHERE id = ?", [(each,) for each in taken])
    if taken:
        # It may hold words of what was there before.
        store.drop_index()
    return taken


def _own(store: Store, table: str) -> set[str]:
    """The ids that are a person's own."""
    return {row[0] for row in store.all(f"SELECT id FROM {table} WHERE origin = 'own'")}


def _write(store: Store, table: str, row_id: str, row: Row, now: int) -> None:
    full: Row = {"id": row_id, **row, "created_at": now, "updated_at": now}
    edited: list[str] = []
    if table != "advice":
        full["origin"] = "catalogue"
        known = store.one(f"SELECT edited FROM {table} WHERE id = ?", row_id)
        edited = known[0].split("\n") if known else []
    changes = [name for name in (*row, "updated_at") if name not in edited]
    store.connection.execute(
        f"INSERT INTO {table} ({', '.join(full)}) VALUES ({', '.join('?' * len(full))})"
        f" ON CONFLICT (id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in changes)}{_BACK}",
        tuple(full.values()),
    )
