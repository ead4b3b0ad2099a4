"""Backups of the database: made through SQLite, checked, listed in a manifest, and thinned.

A copy of the file may catch it in the middle of a write; `Connection.backup()` copies one state of it.
"""

from __future__ import annotations

import os
import sqlite3
import time

from learnhabit.domain.backup import Backup, thinned
from learnhabit.errors import LearnhabitError
from learnhabit.files import put_new
from learnhabit.storage import manifest
from learnhabit.storage.connection import change_counter, connect, patiently
from learnhabit.storage.manifest import file_of
from learnhabit.storage.opening import BACKUPS, FILE_NAME

BEFORE = "before a restore"
ABANDONED = 3600
"""Seconds after which a copy that is not finished counts as left behind by a process that was ended."""


class DamagedError(LearnhabitError):
    """The database can't be copied as it is: it is damaged, or no database at all."""


def make(folder: str, stem: str, now: int, utc_offset: int, why: str) -> Backup:
    """Copy the database of a data folder, check the copy, and thin the older ones out; what was made.

    `stem` is the wall clock's day and time, such as `20261126-0131`. DamagedError for a database that is, any other
    LearnhabitError when the copy can't be written; neither leaves anything behind.
    """
    return make_noting(folder, stem, now, utc_offset, why)[0]


def make_noting(folder: str, stem: str, now: int, utc_offset: int, why: str) -> tuple[Backup, int]:
    """The same, with the database's `change_counter` at the state that was copied. Before a restore a backup of the
    same state, where there is one, does as well."""
    path = os.path.join(folder, FILE_NAME)
    try:
        os.makedirs(os.path.join(folder, BACKUPS), mode=0o700, exist_ok=True)
        partial = os.path.join(folder, BACKUPS, f".{stem}.{os.getpid()}-{os.urandom(3).hex()}.part")
        try:
            changes = _copy(path, partial)
            same = _same(folder, partial) if why == BEFORE else None
            if same is not None:
                return same, changes
            made = _finished(folder, partial, stem, now, utc_offset, why)
        finally:
            _discard(partial)
        _list_it(folder, made, changes)
    except (OSError, sqlite3.Error, UnicodeDecodeError) as error:
        raise _explained(error, folder) from error
    return made, changes


def backups(folder: str) -> list[Backup]:
    """Every backup of a data folder, newest first; what the manifest does not know is looked at and written into it."""
    try:
        return sorted(manifest.read(folder), key=lambda each: each.order, reverse=True)
    except OSError as error:
        raise LearnhabitError(
            "The backups can't be read", f"{os.path.join(folder, BACKUPS)}: {error.strerror}"
        ) from error


def trouble(folder: str, backup: Backup) -> str:
    """What is wrong with a backup, in words; empty for a good one, which is read to the end for this."""
    return manifest.trouble(file_of(folder, backup.id), backup)


def newest_good(folder: str) -> Backup | None:
    """The latest backup that is whole."""
    return next((each for each in backups(folder) if not trouble(folder, each)), None)


def is_damage(error: BaseException) -> bool:
    """Whether what was raised says that a database is damaged, or none at all."""
    if isinstance(error, UnicodeDecodeError):
        return True
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or (
        isinstance(error, sqlite3.OperationalError) and not code
    )


def _copy(path: str, partial: str) -> int:
    """Copy one state of a database into a new file; the number that changes with each write to it."""
    os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0), 0o600))
    source = connect(path)
    try:
        target = sqlite3.connect(partial, isolation_level=None)
        try:
            # Nobody else knows of this file, and it is synced once at the end.
            target.execute("PRAGMA journal_mode = OFF")
            target.execute("PRAGMA synchronous = OFF")
            # The lock for reading is waited for here; without it backup() would wait for ever.
            patiently(source, "BEGIN")
            patiently(source, "SELECT 1 FROM sqlite_schema LIMIT 1").fetchall()
            changes = change_counter(path)
            source.backup(target)
        finally:
            target.close()
    finally:
        source.close()
    if not manifest.is_whole(partial):
        raise _damage(path)
    return changes


def _same(folder: str, partial: str) -> Backup | None:
    """A good backup of the very same state: going back and forth between two needs no third."""
    fingerprint = manifest.fingerprint(partial)
    found = (each for each in manifest.read(folder) if (each.sha256, each.bytes) == fingerprint)
    return next((each for each in found if not trouble(folder, each)), None)


def _finished(folder: str, partial: str, stem: str, now: int, utc_offset: int, why: str) -> Backup:
    """Put a copy that is whole into its place, on the disk."""
    facts = manifest.facts(partial)
    with open(partial, "rb") as file:
        os.fsync(file.fileno())
    sha256, size = manifest.fingerprint(partial)
    # Behind every other of this minute: the place of one that was thinned out would make it the oldest.
    same = [int(each[len(stem) + 1 :] or 1) for each in manifest.ids(folder) if each[: len(stem)] == stem]
    number = max(same, default=0) + 1
    while True:
        name = stem if number == 1 else f"{stem}-{number}"
        try:
            put_new(partial, file_of(folder, name))
            break
        except FileExistsError:
            number += 1
    # Not before: by a clock that is behind, another process would take it for one that was left behind.
    os.utime(file_of(folder, name), (now, now))
    manifest.sync_folder(os.path.join(folder, BACKUPS))
    return Backup(id=name, made_at=now, utc_offset=utc_offset, bytes=size, sha256=sha256, **facts, why=why)


def _list_it(folder: str, made: Backup, changes: int) -> None:
    """Write the manifest, and drop what is old enough."""
    _clear(folder)
    found = manifest.read(folder, made)
    # Before a restore the one that goes next may be the one that is wanted.
    kept = found if made.why == BEFORE else thinned(found)
    if made not in kept:
        # The clock was set back.
        kept.append(made)
    try:
        manifest.put(folder, kept, changes, made.made_at)
    finally:
        # Without a list, too: the next try adds one more.
        for each in found:
            if each not in kept:
                _discard(file_of(folder, each.id))


def _clear(folder: str) -> None:
    """Remove what processes that were ended have left behind."""
    with os.scandir(os.path.join(folder, BACKUPS)) as entries:
        left = [each.path for each in entries if each.name.startswith(".") and each.name.endswith(".part")]
    for path in left:
        try:
            if time.time() - os.lstat(path).st_mtime > ABANDONED:
                os.unlink(path)
        except OSError:
            # Another process has just put it into its place, or it can't be removed: it is in nobody's way.
            pass


def _discard(path: str) -> None:
    try:
        os.unlink(path)
    except FileNotFoundError:
        pass


def _damage(path: str) -> DamagedError:
    from learnhabit.storage.faults import damaged

    error = damaged(path)
    return DamagedError(error.title, error.hint)


def _explained(error: OSError | sqlite3.Error | UnicodeDecodeError, folder: str) -> LearnhabitError:
    import errno

    from learnhabit.storage.faults import damaged, explain

    path = os.path.join(folder, FILE_NAME)
    if is_damage(error):
        explained = explain(error, path) if isinstance(error, sqlite3.Error) else damaged(path)
        return DamagedError(explained.title, explained.hint)
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR) or (
        isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG)
    ):
        return LearnhabitError(
            "The disk is full or failing",
            f"no backup was made; everything saved before is safe in {path}. Free some space, then try again",
        )
    if isinstance(error, OSError):
        return LearnhabitError(
            "The backup could not be made",
            f"{error.strerror or error}: check that {os.path.join(folder, BACKUPS)} is a folder that you may write to",
        )
    return explain(error, path)
