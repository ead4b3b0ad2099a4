"""Opening the one database file: header, pragmas, and nothing else."""

from __future__ import annotations

import os
import sqlite3
import time
from _thread import allocate_lock

from learnhabit.errors import LearnhabitError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

APPLICATION_ID = 0x4C484254
"""`LHBT`, at bytes 68–71 of the file."""
SCHEMA_VERSION = 5
"""What this program reads and writes, at bytes 60–63 of the file; `migrations.py` leads there."""
BUSY_MILLISECONDS = 5000
"""How long another process may keep this one from reading or writing."""
NAP_MILLISECONDS = 10
"""How long SQLite waits by itself; `patiently` asks it again and again."""
_REGULAR, _FOLDER = 0o100000, 0o040000
"""Kinds of files, as in the upper bits of a mode; reading a folder raises the error that says so."""

_PRAGMAS = (
    f"PRAGMA busy_timeout = {NAP_MILLISECONDS}",
    # A power cut lost acknowledged commits with WAL at synchronous=NORMAL; with these two it lost none.
    "PRAGMA journal_mode = TRUNCATE",
    "PRAGMA synchronous = EXTRA",
    "PRAGMA foreign_keys = ON",
    # Without it INSERT OR REPLACE would delete rows behind the triggers' back, and totals would drift.
    "PRAGMA recursive_triggers = ON",
    "PRAGMA trusted_schema = OFF",
    # Erased text is overwritten in the file, not only unlinked.
    "PRAGMA secure_delete = ON",
)


def apply_pragmas(connection: sqlite3.Connection) -> None:
    """Set what every connection needs; also after a restore, which replaces the pages underneath."""
    for pragma in _PRAGMAS:
        patiently(connection, pragma)


def patiently(connection: sqlite3.Connection, sql: str, parameters: Sequence[object] = ()) -> sqlite3.Cursor:
    """Execute a statement that may find the file locked; raises SQLITE_BUSY after `BUSY_MILLISECONDS`.

    Left to wait by itself, SQLite naps up to 100 ms between two looks, and who waits longest looks least often: beside
    seven busy writers one starved now and then.
    """
    deadline: float | None = None
    while True:
        try:
            return connection.execute(sql, parameters)
        except sqlite3.OperationalError as error:
            if (error.sqlite_errorcode or 0) & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            now = time.monotonic()
            if deadline is None:
                deadline = now + BUSY_MILLISECONDS / 1000
            elif now >= deadline:
                raise


def is_unwritable(error: sqlite3.OperationalError) -> bool:
    """Whether a file could not be written for a cause outside the program: what was read of it is good all the same."""
    return (error.sqlite_errorcode or 0) & 0xFF in (
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
    )


_gate = allocate_lock()
_open: dict[tuple[int, int], int] = {}
"""How many connections this process has to a file, by device and inode."""
_kept: dict[tuple[int, int], int] = {}
"""Descriptors of those that were read besides."""


class DataFile(sqlite3.Connection):
    """A connection that `beginning` knows of while it is open."""

    key: tuple[int, int] | None = None

    def close(self) -> None:
        """Close it, and with the last one of a file what was kept open for it."""
        super().close()
        key, self.key = self.key, None
        if key is None:
            return
        with _gate:
            _open[key] -= 1
            if not _open[key]:
                del _open[key]
                descriptor = _kept.pop(key, None)
                if descriptor is not None:
                    os.close(descriptor)


def beginning(path: str, length: int) -> bytes:
    """The first bytes of a database file. LearnhabitError for a pipe or a device, OSError when it can't be read.

    On POSIX systems a process that closes any descriptor of a file drops all the locks that it has on it, those of
    SQLite's connections in other threads too, and two writers could be at it at once. So while there is a connection,
    what was opened here stays open.
    """
    with _gate:
        there = os.stat(path)
        kept = _kept.get((there.st_dev, there.st_ino))
        if kept is not None:
            return os.pread(kept, length, 0)
        # Not blocking: a pipe in the file's place would never answer.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        keep = False
        try:
            status = os.fstat(descriptor)
            if status.st_mode & 0o170000 not in (_REGULAR, _FOLDER):
                raise LearnhabitError(
                    "The data file is no file",
                    f"{path} is a pipe or a device. Move it away, or choose another folder with --data-dir",
                )
            key = (status.st_dev, status.st_ino)
            # Windows knows no such call, and no such trap.
            if key in _open and hasattr(os, "pread"):
                _kept[key], keep = descriptor, True
            return os.read(descriptor, length)
        finally:
            if not keep:
                os.close(descriptor)


def read_header(path: str) -> tuple[int, int] | None:
    """(schema version, application id) of a database file; None when it is missing or empty.

    Raises LearnhabitError when the file is not a SQLite database, OSError when it can't be read.
    """
    try:
        header = beginning(path, 100)
    except FileNotFoundError:
        return None
    if not header:
        return None
    if len(header) < 100 or not header.startswith(b"SQLite format 3\0"):
        from learnhabit.storage.faults import not_a_database

        raise not_a_database(path, "is no SQLite file")
    return int.from_bytes(header[60:64], "big"), int.from_bytes(header[68:72], "big")


def change_counter(path: str) -> int:
    """A number in the file's header that changes with every write."""
    return int.from_bytes(beginning(path, 28)[24:], "big")


def create_file(path: str) -> None:
    """Make an empty database file that only its owner can read; one that exists is left as it is."""
    folder = os.path.dirname(path)
    if not os.path.isdir(folder):
        os.makedirs(folder, mode=0o700, exist_ok=True)
    elif not os.listdir(folder):
        # An empty folder was made for this; one that holds other things keeps the mode its owner gave it.
        os.chmod(folder, 0o700)
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    try:
        os.close(os.open(path, flags, 0o600))
    except FileExistsError:
        pass


def open_file(path: str) -> DataFile:
    """Open an existing file for reading and writing, without implicit transactions and with no pragma set."""
    # mode=rw: SQLite must never create a file, or follow a dangling link, by itself.
    quoted = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    # With an empty host: a path may begin with two slashes, and what follows them would be taken for one.
    host = "//" if quoted.startswith("/") else ""
    address = os.fsencode(f"file:{host}{quoted}?mode=rw")
    with _gate:
        connection = sqlite3.connect(address, uri=True, isolation_level=None, factory=DataFile)
        try:
            there = os.stat(path)
        except OSError:
            # Gone within this moment; what SQLite makes of that is said with the first statement.
            return connection
        connection.key = (there.st_dev, there.st_ino)
        _open[connection.key] = _open.get(connection.key, 0) + 1
    return connection


def connect(path: str) -> sqlite3.Connection:
    """The same with the pragmas that everything here relies on."""
    connection = open_file(path)
    try:
        apply_pragmas(connection)
    except BaseException:
        connection.close()
        raise
    return connection
