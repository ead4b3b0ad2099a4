"""Bringing a file to this program's schema and catalogue. Imported only when the two differ, or the home is empty."""

from __future__ import annotations

import os
import sqlite3

from learnhabit import __version__
from learnhabit.catalogue import digest, load
from learnhabit.storage.cataloguing import write_catalogue
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


def _meta(store: Store, key: str) -> str:
    row = store.one("SELECT value FROM meta WHERE key = ?", key)
    return str(row[0]) if row else ""


def _schema_version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
