"""Ids of topics and resources that are taken, and those that nothing needs any more."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container

    from learnhabit.storage.store import Store

_NAMES = {
    "topic": {
        "session": "session.topic = topic.id",
        "timer": "timer.topic = topic.id",
        "card": "card.topic = topic.id",
        "resource": "resource.topic = topic.id",
        "resolution": "instr(char(10) || scope || char(10), char(10) || topic.id || char(10))",
    },
    "resource": {"session": "session.resource = resource.id", "timer": "timer.resource = resource.id"},
}
"""How rows of other tables name a row."""


def named(table: str, gone_too: Container[str] = ()) -> str:
    """SQL that says whether anything names a row; of the tables in `gone_too` deleted rows count as well."""
    parts = []
    for other, names in _NAMES.get(table, {}).items():
        live = "" if other == "timer" or other in gone_too else f" AND {other}.deleted_at IS NULL"
        parts.append(f"EXISTS (SELECT 1 FROM {other} WHERE {names}{live})")
    return " OR ".join(parts) or "0"


def free(table: str) -> str:
    """SQL that says whether a row is a person's own that is gone, and that nothing names."""
    return f"(origin = 'own' AND deleted_at IS NOT NULL AND NOT ({named(table)}))"


def taken_ids(store: Store, table: str) -> set[str]:
    """The ids that nothing new may have; `Change.replace` writes a row by another one."""
    return {row[0] for row in store.all(f"SELECT id FROM {table} WHERE NOT {free(table)}")}
