"""Restoring a backup: into the live database through SQLite, so that whoever has it open sees all old or all new.

A file that is put in the place of one that is open, or beside its journal, comes out malformed; this does not.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import time

from learnhabit.domain.backup import Backup
from learnhabit.errors import LearnhabitError
from learnhabit.storage import backup as backups
from learnhabit.storage import manifest
from learnhabit.storage.connection import (
    APPLICATION_ID,
    BUSY_MILLISECONDS,
    NAP_MILLISECONDS,
    SCHEMA_VERSION,
    apply_pragmas,
    change_counter,
    create_file,
    open_file,
    read_header,
)
from learnhabit.storage.faults import explain
from learnhabit.storage.opening import FILE_NAME
from learnhabit.storage.store import SEARCH_FILE

TRIES = 3
"""How often a restore begins anew because somebody wrote between the backup of now and it."""
PAGES = 1
"""Copied between two looks: after the first page nobody else can write, and nothing is written yet."""


class _WrittenError(Exception):
    """Somebody wrote after the state of now was backed up."""


def restore(folder: str, chosen: Backup, stem: str, now: int, utc_offset: int) -> tuple[Backup | None, str]:
    """Make the database what a backup holds.

    Returns the backup of the state before, and the path where a damaged file was set aside instead (empty when it was
    not). LearnhabitError when the backup is damaged or of a newer program, or when it can't be done: then nothing was.
    """
    source = manifest.file_of(folder, chosen.id)
    _refuse(folder, chosen)
    path = os.path.realpath(os.path.join(folder, FILE_NAME))
    try:
        for _ in range(TRIES):
            before, expected, aside = _keep(folder, path, stem, now, utc_offset)
            _forget_search(folder)
            try:
                _into(path, source, expected, replaceable=bool(aside))
                if aside:
                    os.chmod(path, 0o600)
            except _WrittenError:
                continue
            _forget_search(folder)
            return before, aside
    except (OSError, sqlite3.Error) as error:
        raise _explained(error, path) from error
    raise LearnhabitError(
        "Another program is writing to the data file", "nothing was restored. Close the app and try again"
    )


def _refuse(folder: str, chosen: Backup) -> None:
    wrong = backups.trouble(folder, chosen)
    if wrong:
        good = backups.newest_good(folder)
        instead = f"the newest good one is {good.id}" if good else "there is no good one"
        raise LearnhabitError(f"Backup {chosen.id} can't be restored", f"{wrong}; nothing was changed, and {instead}")
    # The file says it, whatever the manifest says.
    schema = manifest.facts(manifest.file_of(folder, chosen.id))["schema"]
    if schema > SCHEMA_VERSION:
        raise LearnhabitError(
            f"Backup {chosen.id} is newer than the program",
            f"it has schema {schema}, this program knows {SCHEMA_VERSION}; nothing was changed."
            " Install the newest learnhabit",
        )


def _keep(folder: str, path: str, stem: str, now: int, utc_offset: int) -> tuple[Backup | None, int | None, str]:
    """Back up what is there (and its `change_counter` then); what can't be backed up is set aside as it is. Neither for
    a file that is not there or empty."""
    if os.path.exists(path) and not os.path.isfile(path):
        if os.path.isdir(path):
            raise explain(IsADirectoryError(21, "Is a directory"), path)
        read_header(path)
    try:
        header = read_header(path)
    except LearnhabitError:
        return None, None, _set_aside(path, stem)
    if header is None:
        left = _set_aside(path, stem) if _size(f"{path}-journal") else ""
        create_file(path)
        return None, None, left
    version, application = header
    if application != APPLICATION_ID and not _size(f"{path}-journal"):
        return None, None, _set_aside(path, stem)
    if version > SCHEMA_VERSION:
        raise LearnhabitError(
            "This database is newer than the program",
            f"{path} has schema {version}, this program knows {SCHEMA_VERSION}; nothing was changed."
            " Install the newest learnhabit",
        )
    try:
        return *backups.make_noting(folder, stem, now, utc_offset, backups.BEFORE), ""
    except backups.DamagedError:
        return None, None, _set_aside(path, stem)


def _set_aside(path: str, stem: str) -> str:
    """A copy of a damaged file and of its journal, byte by byte, on the disk; where."""
    number = 1
    while True:
        aside = f"{path}.damaged-{stem}" + (f"-{number}" if number > 1 else "")
        try:
            if os.path.exists(path):
                _copy(path, aside)
            if _size(f"{path}-journal"):
                _copy(f"{path}-journal", f"{aside}-journal")
            break
        except FileExistsError:
            number += 1
    manifest.sync_folder(os.path.dirname(path))
    return aside


def _copy(path: str, to: str) -> None:
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(to, flags, 0o600)
    try:
        with open(descriptor, "wb") as target, open(path, "rb") as source:
            shutil.copyfileobj(source, target, 1 << 20)
            target.flush()
            os.fsync(target.fileno())
    except BaseException:
        os.unlink(to)
        raise


def _into(path: str, source_path: str, expected: int | None, *, replaceable: bool) -> None:
    """Write a backup's pages into the database, in one transaction of SQLite."""
    source = manifest.opened(source_path)
    try:
        target = _raw(path)
        try:
            target.execute("PRAGMA journal_mode = TRUNCATE").fetchone()
            target.execute("PRAGMA synchronous = EXTRA")
            _run(source, target, path, expected)
            apply_pragmas(target)
        finally:
            target.close()
    except sqlite3.DatabaseError as error:
        if not (replaceable and backups.is_damage(error)):
            raise
        # SQLite finds no database in the file. Nobody can have a transaction on it, and it lies aside as it was.
        _replace(path, source_path)
    finally:
        source.close()


def _raw(path: str) -> sqlite3.Connection:
    connection = open_file(path)
    connection.execute(f"PRAGMA busy_timeout = {NAP_MILLISECONDS}")
    return connection


def _run(source: sqlite3.Connection, target: sqlite3.Connection, path: str, expected: int | None) -> None:
    deadline = time.monotonic() + BUSY_MILLISECONDS / 1000
    locked = False

    def look(status: int, remaining: int, total: int) -> None:
        nonlocal locked
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            if time.monotonic() >= deadline:
                error = sqlite3.OperationalError("database is locked")
                error.sqlite_errorcode, error.sqlite_errorname = sqlite3.SQLITE_BUSY, "SQLITE_BUSY"
                raise error
        elif not locked:
            locked = True
            if expected is not None and change_counter(path) != expected:
                raise _WrittenError

    source.backup(target, pages=PAGES, progress=look, sleep=NAP_MILLISECONDS / 1000)


def _replace(path: str, source_path: str) -> None:
    partial = os.path.join(os.path.dirname(path), f".{FILE_NAME}.{os.getpid()}-{os.urandom(3).hex()}.part")
    _copy(source_path, partial)
    try:
        try:
            # It belongs to the damaged file, and would be played back into the new one.
            os.unlink(f"{path}-journal")
        except FileNotFoundError:
            pass
        manifest.sync_folder(os.path.dirname(path))
        os.replace(partial, path)
    except BaseException:
        os.unlink(partial)
        raise
    manifest.sync_folder(os.path.dirname(path))


def _forget_search(folder: str) -> None:
    """The index belongs to other rows; a search makes a new one."""
    for name in (SEARCH_FILE, f"{SEARCH_FILE}-journal"):
        try:
            os.unlink(os.path.join(folder, name))
        except FileNotFoundError:
            pass


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return 0


def _explained(error: OSError | sqlite3.Error, path: str) -> LearnhabitError:
    explained = explain(error, path)
    return LearnhabitError(explained.title, explained.hint)
