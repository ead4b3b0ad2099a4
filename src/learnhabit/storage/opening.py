"""From a folder to an open store: refuse what is not ours, make or upgrade what is."""

from __future__ import annotations

import os
import sqlite3

from learnhabit import __version__
from learnhabit.errors import LearnhabitError
from learnhabit.storage.connection import (
    APPLICATION_ID,
    SCHEMA_VERSION,
    change_counter,
    connect,
    create_file,
    read_header,
)
from learnhabit.storage.store import Store

FILE_NAME = "learnhabit.db"
BACKUPS = "backups"
"""The folder of backups, in the data folder."""
MANIFEST = os.path.join(BACKUPS, "manifest.json")
"""What there is in it; the file's date says when the newest was made, by the program's clock."""
CHANGES = '{"changes": '
"""How it begins; what follows is `change_counter` at the newest backup."""
BACKUP_SECONDS = 1800
"""As long after a backup none is made by itself."""


def require_file(folder: str) -> None:
    """LearnhabitError unless the folder's data file is there, and not empty."""
    path = os.path.join(folder, FILE_NAME)
    try:
        there = os.stat(path).st_size > 0
    except OSError:
        there = False
    if not there:
        from learnhabit.storage.faults import refuse_to_begin

        refuse_to_begin(path, make=False)


def open_store(folder: str, now: int) -> Store:
    """The store of a data folder, made or upgraded where needed.

    Raises LearnhabitError for a newer file, another program's, a damaged one, a folder, or one that can't be opened.
    """
    path = os.path.join(folder, FILE_NAME)
    if "\0" in path:
        raise LearnhabitError("The data folder's name can't be used", "it holds a NUL character")
    connection: sqlite3.Connection | None = None
    try:
        header = read_header(path)
        if header is None:
            if os.path.isdir(os.path.join(folder, BACKUPS)):
                from learnhabit.storage.faults import refuse_to_begin

                refuse_to_begin(path, make=True)
            create_file(path)
        else:
            # Before SQLite opens it: setting the journal mode would already change another program's file.
            _refuse(path, *header)
        connection = connect(path)
        store = Store(connection, path)
        # Once more under SQLite's lock: the bytes may be those of a first migration that a crash cut short.
        version, application = _pragma(store, "user_version"), _pragma(store, "application_id")
        if version == application == 0:
            _upgrade(store, now)
        elif (version, application) != (SCHEMA_VERSION, APPLICATION_ID):
            _refuse(path, version, application)
            _upgrade(store, now)
        elif _program(store) != __version__:
            _upgrade(store, now, current=True)
        return store
    except Exception as error:
        from learnhabit.storage.faults import explain_within

        explained = explain_within(error, path, connection)
        if connection is not None:
            connection.close()
        if explained is None or explained is error:
            raise
        raise explained from error


def backup_is_due(store: Store, folder: str, now: int) -> bool:
    """Whether the newest backup is old enough for another one, if anything has changed since; costs microseconds.

    Without any, the database must have been there for as long.
    """
    try:
        made = os.stat(os.path.join(folder, MANIFEST)).st_mtime
    except OSError:
        row = store.one("SELECT created_at FROM topic ORDER BY seq LIMIT 1")
        return row is not None and now - int(row[0]) >= BACKUP_SECONDS
    return not 0 <= now - made < BACKUP_SECONDS


def has_changed(folder: str) -> bool:
    """Whether the database was written since the newest backup."""
    try:
        with open(os.path.join(folder, MANIFEST), encoding="ascii") as file:
            head = file.read(len(CHANGES) + 24)
        return head.removeprefix(CHANGES).partition(",")[0] != str(change_counter(os.path.join(folder, FILE_NAME)))
    except (OSError, ValueError):
        return True


def _program(store: Store) -> str:
    row = store.one("SELECT value FROM meta WHERE key = 'program'")
    return str(row[0]) if row else ""


def _pragma(store: Store, name: str) -> int:
    row = store.one(f"PRAGMA {name}")
    return int(row[0]) if row else 0


def _refuse(path: str, version: int, application: int) -> None:
    if application != APPLICATION_ID and not _has_journal(path):
        raise LearnhabitError(
            "This database belongs to another program",
            f"{path} was not made by learnhabit; nothing was changed. Move it away, or choose another folder"
            " with --data-dir",
        )
    if version > SCHEMA_VERSION:
        raise LearnhabitError(
            "This database is newer than the program",
            f"{path} has schema {version}, this program knows {SCHEMA_VERSION}; nothing was changed."
            " Install the newest learnhabit",
        )


def _has_journal(path: str) -> bool:
    """A write that a crash cut short left its journal: the header is not final before SQLite played it back."""
    try:
        return os.stat(f"{path}-journal").st_size > 0
    except OSError:
        return False


def _upgrade(store: Store, now: int, *, current: bool = False) -> None:
    from learnhabit.storage.upgrade import upgrade

    try:
        upgrade(store, now)
    except sqlite3.OperationalError as error:
        # With the schema as it should be, a read-only file or a busy one can still be read: only topics may be older.
        readable = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_BUSY)
        if not current or (error.sqlite_errorcode or 0) & 0xFF not in readable:
            raise
