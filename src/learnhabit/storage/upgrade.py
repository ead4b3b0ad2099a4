"""Bringing a file to this program's schema and catalogue. Imported only when the two differ, or the home is empty."""

from __future__ import annotations

import os
import sqlite3

from learnhabit import __version__
from learnhabit.catalogue import Catalogue, digest, load
from learnhabit.storage.connection import SCHEMA_VERSION, connect
from learnhabit.storage.migrations import migrate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from learnhabit.storage.store import Store


def upgrade(store: Store, now: int) -> None:
    """Migrate, then write the catalogue if it changed; safe when several processes do it at once.

    A file that already holds data is copied beside itself before its schema changes.
    """
    with store.transaction():
        # Under the lock: somebody else may have migrated while this process waited for it.
        version = _schema_version(store.connection)
        if version < SCHEMA_VERSION:
            if version > 0:
                copy_aside(store.path, version)
            migrate(store.connection)
        fingerprint = digest()
        if _meta(store, "catalogue") != fingerprint:
            write_catalogue(store, load(), now)
            set_meta(store, "catalogue", fingerprint)
        set_meta(store, "program", __version__)


def copy_aside(path: str, version: int) -> str:
    """A consistent copy of the file as it was at a schema version; its path. It takes the place of an earlier one,
    which an upgrade that failed has left.

    The caller holds the write lock, so that two processes don't write the same copy.
    """
    copy = f"{path}.before-migration-{version}"
    partial = f"{copy}.partial"
    _discard(partial)
    os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0), 0o600))
    # A connection of its own reads what is committed, beside the lock.
    source, target = connect(path), connect(partial)
    try:
        source.backup(target)
    finally:
        target.close()
        source.close()
    with open(partial, "rb") as file:
        os.fsync(file.fileno())
    os.replace(partial, copy)
    _discard(partial)
    return copy


def _discard(path: str) -> None:
    """Remove a file and its journal, if they are there."""
    for name in (path, f"{path}-journal"):
        try:
            os.unlink(name)
        except FileNotFoundError:
            pass


def set_meta(store: Store, key: str, value: str) -> None:
    """Remember a fact about the file itself."""
    store.connection.execute(
        "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )


def write_catalogue(store: Store, catalogue: Catalogue, now: int) -> None:
    """Write topics, resources and advice; what a person made or changed stays as it is.

    A built-in row lists the columns its owner changed in `edited`; an id that a person took first stays theirs.
    What the catalogue dropped leaves the lists, unless it was touched: studied, read in, finished, followed, archived,
    made a card of. It comes back with a later catalogue that has it again.
    """
    resource_position = 0
    _withdraw(store, catalogue, now)
    for position, topic in enumerate(catalogue.topics):
        _write(
            store,
            "topic",
            topic.id,
            {
                "title": topic.title,
                "aliases": "\n".join(topic.aliases),
                "theme": topic.theme,
                "position": position,
                "who": "\n".join(topic.who),
                "why": topic.why,
                "summary": topic.summary,
                "prerequisites": "\n".join(topic.prerequisites),
                "subtopics": "\n".join(topic.subtopics),
                "first_step": topic.first_step,
                "project": topic.project,
                "questions": "\n".join(topic.questions),
            },
            now,
        )
        for resource in topic.resources:
            _write(
                store,
                "resource",
                resource.id,
                {
                    "topic": topic.id,
                    "title": resource.title,
                    "kind": resource.kind,
                    "authors": resource.authors,
                    "year": resource.year,
                    "url": resource.url,
                    "minutes": resource.minutes,
                    "level": resource.level,
                    "position": resource_position,
                },
                now,
            )
            resource_position += 1
    for advice in catalogue.advice:
        row: dict[str, object] = {
            "kind": advice.kind,
            "moment": advice.moment,
            "text": advice.text,
            "why": advice.why,
            "authors": advice.authors,
            "source": advice.source,
            "year": advice.year,
            "url": advice.url,
        }
        _upsert(store, "advice", advice.id, row, row, now)


_TOUCHED = {
    "resource": "finished_on IS NOT NULL OR done_amount IS NOT NULL OR edited <> ''"
    " OR EXISTS (SELECT 1 FROM session WHERE session.resource = resource.id)"
    " OR EXISTS (SELECT 1 FROM timer WHERE timer.resource = resource.id)",
    "topic": "followed_on IS NOT NULL OR archived_on IS NOT NULL OR edited <> ''"
    " OR EXISTS (SELECT 1 FROM session WHERE session.topic = topic.id)"
    " OR EXISTS (SELECT 1 FROM timer WHERE timer.topic = topic.id)"
    " OR EXISTS (SELECT 1 FROM card WHERE card.topic = topic.id)"
    " OR EXISTS (SELECT 1 FROM resource WHERE resource.topic = topic.id AND resource.deleted_at IS NULL)"
    " OR EXISTS (SELECT 1 FROM resolution"
    " WHERE instr(char(10) || scope || char(10), char(10) || topic.id || char(10)))",
    "advice": "0",
}
"""Which rows of the catalogue a person has to do with, by table; resources go before their topics."""


def _withdraw(store: Store, catalogue: Catalogue, now: int) -> None:
    """Take what this catalogue has no more out of the lists."""
    kept = {
        "resource": {resource.id for topic in catalogue.topics for resource in topic.resources},
        "topic": {topic.id for topic in catalogue.topics},
        "advice": {advice.id for advice in catalogue.advice},
    }
    for table, touched in _TOUCHED.items():
        own = "" if table == "advice" else " AND origin = 'catalogue'"
        rows = store.all(f"SELECT id FROM {table} WHERE deleted_at IS NULL{own} AND NOT ({touched})")
        for (row_id,) in rows:
            if row_id not in kept[table]:
                store.connection.execute(
                    f"UPDATE {table} SET withdrawn = 1, deleted_at = ?, updated_at = ? WHERE id = ?", (now, now, row_id)
                )


def _write(store: Store, table: str, row_id: str, row: dict[str, object], now: int) -> None:
    known = store.one(f"SELECT origin, edited FROM {table} WHERE id = ?", row_id)
    if known and known[0] == "own":
        return
    edited = known[1].split("\n") if known else []
    _upsert(
        store,
        table,
        row_id,
        {**row, "origin": "catalogue"},
        {name: value for name, value in row.items() if name not in edited},
        now,
    )


_BACK = ", deleted_at = iif(withdrawn, NULL, deleted_at), withdrawn = 0"
"""What was withdrawn is there again; what a person deleted stays deleted."""


def _upsert(
    store: Store, table: str, row_id: str, row: dict[str, object], changes: dict[str, object], now: int
) -> None:
    full = {"id": row_id, **row, "created_at": now, "updated_at": now}
    settings = ", ".join(f"{name} = excluded.{name}" for name in (*changes, "updated_at"))
    settings += _BACK
    store.connection.execute(
        f"INSERT INTO {table} ({', '.join(full)}) VALUES ({', '.join('?' * len(full))})"
        f" ON CONFLICT (id) DO UPDATE SET {settings}",
        tuple(full.values()),
    )


def _meta(store: Store, key: str) -> str:
    row = store.one("SELECT value FROM meta WHERE key = ?", key)
    return str(row[0]) if row else ""


def _schema_version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
