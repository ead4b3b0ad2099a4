"""What there is in the folder of backups: written down beside them, and looked at where that is missing or damaged."""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
from datetime import datetime

from learnhabit.domain.backup import Backup, wall_of
from learnhabit.files import write_whole
from learnhabit.storage.connection import APPLICATION_ID
from learnhabit.storage.opening import BACKUPS, CHANGES, MANIFEST

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

WHYS = ("automatic", "asked for", "before a restore", "")
_EPOCH = datetime(1970, 1, 1)
_NAME = re.compile(r"(\d{8}-\d{4}(?:-[2-9]|-[1-9]\d{1,4})?)\.db")
_KINDS: dict[str, type] = {name: str if kind == "str" else int for name, kind in Backup.__annotations__.items()}
_COUNTS = {
    "sessions": "SELECT coalesce(sum(sessions), 0) FROM day_total",
    "seconds": "SELECT coalesce(sum(seconds), 0) FROM day_total",
    "resolutions": "SELECT count(*) FROM resolution WHERE deleted_at IS NULL",
    "cards": "SELECT count(*) FROM card WHERE deleted_at IS NULL",
}


def file_of(folder: str, backup_id: str) -> str:
    """Where a backup lies."""
    return os.path.join(folder, BACKUPS, f"{backup_id}.db")


def ids(folder: str) -> list[str]:
    """The id of every backup that lies there, whatever its state."""
    try:
        with os.scandir(os.path.join(folder, BACKUPS)) as entries:
            return [each.name.removesuffix(".db") for each in entries if _is_backup(each)]
    except FileNotFoundError:
        return []


def read(folder: str, made: Backup | None = None) -> list[Backup]:
    """Every backup that lies there. One that the manifest does not describe is looked at, and written down where that
    is possible; the one that was `made` just now is known, and whoever made it writes it down."""
    there = ids(folder)
    if not there:
        return []
    known, changes, made_at = _written(folder)
    if made is not None:
        known[made.id] = made
    found = []
    for each in there:
        try:
            found.append(known.get(each) or _looked_at(folder, each))
        except FileNotFoundError:
            # Another process has thinned it out meanwhile.
            continue
    if made is None and {each.id for each in found} != known.keys():
        try:
            put(folder, found, changes, made_at or max((each.made_at for each in found), default=0))
        except OSError:
            # It can be read all the same.
            pass
    return found


def put(folder: str, backups: Iterable[Backup], changes: int, now: int) -> None:
    """Write the manifest; its date says when the newest backup was made, its head at which state of the database."""
    ordered = sorted(backups, key=lambda each: each.order)
    rows = ",\n".join(f"{{{', '.join(_entry(each))}}}" for each in ordered)
    path = os.path.join(folder, MANIFEST)
    write_whole(path, f'{CHANGES}{changes},\n"backups": [\n{rows}\n]}}\n'.encode())
    os.utime(path, (now, now))


def _entry(backup: Backup) -> Iterator[str]:
    """A backup's fields as JSON. None of its texts holds what needs an escape, and json is slow to import."""
    for name, kind in _KINDS.items():
        value = getattr(backup, name)
        yield f'"{name}": "{value}"' if kind is str else f'"{name}": {value}'


def _written(folder: str) -> tuple[dict[str, Backup], int, int]:
    """What the manifest says, by id: nothing where it can't be read; the state of the database, and its own date."""
    path = os.path.join(folder, MANIFEST)
    try:
        with open(path, "rb") as file:
            text = file.read(1 << 22)
        import json

        said = json.loads(text)
        rows, changes, made_at = said["backups"], int(said["changes"]), int(os.stat(path).st_mtime)
        return {each.id: each for each in (_backup(row) for row in rows) if each}, changes, made_at
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        # An impossible state: the next look finds that something has changed.
        return {}, -1, 0


def _backup(row: Any) -> Backup | None:
    if not isinstance(row, dict) or row.keys() != _KINDS.keys():
        return None
    if any(type(row[name]) is not kind for name, kind in _KINDS.items()) or not _NAME.fullmatch(f"{row['id']}.db"):
        return None
    if row["why"] not in WHYS:
        return None
    try:
        backup = Backup(**row)
        # What is no day or no moment is found out here.
        return backup if backup.wall and backup.created_at else None
    except (ValueError, OverflowError, OSError):
        return None


def _is_backup(entry: os.DirEntry[str]) -> bool:
    if not _NAME.fullmatch(entry.name) or not entry.is_file(follow_symlinks=False):
        return False
    try:
        return bool(wall_of(entry.name))
    except ValueError:
        return False


def _looked_at(folder: str, backup_id: str) -> Backup:
    """A backup that nothing is written about."""
    path = file_of(folder, backup_id)
    dated = int(os.stat(path).st_mtime)
    wall = int((wall_of(backup_id) - _EPOCH).total_seconds())
    offset = (wall - dated // 60 * 60) // 60
    if abs(offset) > 14 * 60:
        # The file's date is that of a copy.
        dated, offset = wall, 0
    try:
        sha256, size = fingerprint(path)
        counted = facts(path)
        sound = not _unsound(path)
    except (OSError, sqlite3.Error, UnicodeDecodeError):
        size, counted, sound = os.stat(path).st_size, dict.fromkeys((*_COUNTS, "schema"), 0), False
        sha256 = ""
    return Backup(
        id=backup_id,
        made_at=dated,
        utc_offset=offset,
        bytes=size,
        sha256=sha256 if sound else "",
        **counted,
        why="",
    )


def trouble(path: str, backup: Backup) -> str:
    """What is wrong with a file that should be a backup, in words; empty for a good one."""
    try:
        if not backup.sha256:
            return "it is damaged"
        if fingerprint(path) != (backup.sha256, backup.bytes):
            return "it is damaged: its bytes are not those that were written"
        return _unsound(path)
    except FileNotFoundError:
        return "its file is gone"
    except OSError as error:
        return f"it can't be read: {error.strerror}"
    except (sqlite3.Error, UnicodeDecodeError):
        return "it is damaged"


def _unsound(path: str) -> str:
    connection = opened(path)
    try:
        if connection.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
            return "it is no database of learnhabit"
        return "" if _is_whole(connection) else "it is damaged"
    finally:
        connection.close()


def is_whole(path: str) -> bool:
    """Whether SQLite finds nothing wrong with a database that nobody writes to; raises what it can't read."""
    connection = opened(path)
    try:
        return _is_whole(connection)
    finally:
        connection.close()


def _is_whole(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))


def opened(path: str) -> sqlite3.Connection:
    """A backup for reading; nothing is written, not even a journal beside it."""
    quoted = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    connection = sqlite3.connect(
        os.fsencode(f"file:{'//' if quoted.startswith('/') else ''}{quoted}?mode=ro&immutable=1"),
        uri=True,
        isolation_level=None,
    )
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    return connection


def facts(path: str) -> dict[str, int]:
    """What a whole database holds: sessions, their seconds, resolutions, cards, and the version of its schema."""
    connection = opened(path)
    try:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        found: dict[str, int] = {}
        for name, sql in _COUNTS.items():
            table = sql.partition(" FROM ")[2].split()[0]
            # The first schemas had no cards; a later one may have other tables.
            found[name] = int(connection.execute(sql).fetchone()[0]) if table in tables else 0
        found["schema"] = int(connection.execute("PRAGMA user_version").fetchone()[0])
        return found
    finally:
        connection.close()


def fingerprint(path: str) -> tuple[str, int]:
    """SHA-256 and size of a file."""
    total, size = hashlib.sha256(), 0
    with open(path, "rb") as file:
        while chunk := file.read(1 << 20):
            total.update(chunk)
            size += len(chunk)
    return total.hexdigest(), size


def sync_folder(folder: str) -> None:
    """Let a name that is new in a folder be on the disk, where the system can do that."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        pass
    finally:
        os.close(descriptor)
