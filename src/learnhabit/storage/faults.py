"""What SQLite and the file system report, as one clear message each. Imported only when something went wrong."""

from __future__ import annotations

import os
import sqlite3

from learnhabit.errors import LearnhabitError
from learnhabit.storage.opening import BACKUPS


def explain_within(error: Exception, path: str, connection: sqlite3.Connection | None) -> LearnhabitError | None:
    """The same for whatever happened while a file was open; None for a mistake of the program.

    A damaged value that SQLite hands out unseen, such as a day that is none, fails anywhere and with any exception:
    then the file is searched for damage.
    """
    if isinstance(error, UnicodeEncodeError) and connection is None:
        return LearnhabitError("The data folder's name can't be used", "it holds characters that no file name can have")
    if isinstance(error, (LearnhabitError, sqlite3.Error, OSError)):
        return explain(error, path)
    if isinstance(error, UnicodeDecodeError) or (connection is not None and not _is_whole(connection)):
        # SQLite quotes the damaged schema in its message, which is no text then.
        return damaged(path)
    return None


def _is_whole(connection: sqlite3.Connection) -> bool:
    try:
        return bool(connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))
    except (sqlite3.Error, UnicodeDecodeError):
        return False


def explain(error: Exception, path: str) -> LearnhabitError:
    """The error a person sees for what storage raised; never judged by SQLite's wording, which changes.

    Works on `sqlite_errorname`, else on the primary code (a STRICT type error has the name "unknown").
    """
    if isinstance(error, LearnhabitError):
        return error
    if isinstance(error, OSError):
        return _explain_os(error, path)
    name = getattr(error, "sqlite_errorname", None)
    code = getattr(error, "sqlite_errorcode", None)
    if name is None and isinstance(error, sqlite3.OperationalError):
        # Python raises "Could not decode to UTF-8" without any code: text in the file is not text any more.
        return damaged(path)
    name = name or ""
    primary = (code or 0) & 0xFF
    if name == "SQLITE_READONLY_DBMOVED":
        return LearnhabitError(
            "The data file was moved or replaced while it was open",
            f"nothing was saved to {path}. Close the app and open it again",
        )
    if primary == sqlite3.SQLITE_READONLY:
        return LearnhabitError(
            "The data file is read-only",
            f"reading works, but nothing was saved. Allow writing to {path} and to its folder, then try again",
        )
    if primary == sqlite3.SQLITE_CANTOPEN:
        return _cannot_open(path)
    if primary == sqlite3.SQLITE_NOTADB:
        return not_a_database(path)
    if primary == sqlite3.SQLITE_CORRUPT:
        return damaged(path)
    if primary == sqlite3.SQLITE_FULL or primary == sqlite3.SQLITE_IOERR:
        return LearnhabitError(
            "The disk is full or failing",
            f"this was not saved; everything saved before is safe in {path}. Free some space, then try again ({name})",
        )
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LearnhabitError(
            "Another program is writing to the data file",
            f"it held {path} for over 5 seconds, and nothing was saved."
            " Close a sync or backup that uses it, then try again",
        )
    return LearnhabitError("The database refused this", f"{error}; nothing was saved ({name or 'no code'})")


def damaged(path: str) -> LearnhabitError:
    """The file can't be read as it was written."""
    import shlex

    copy = f"cp {shlex.quote(path)} {shlex.quote(f'{path}.damaged')}"
    way = _way_back(path) or (
        f"Copy it aside first ({copy}), with the app closed. {_SALVAGE}; then put a copy from your own backup in its"
        " place"
    )
    return LearnhabitError("The data file is damaged", f"nothing was changed. {way}")


def not_a_database(path: str, what: str = "is no SQLite file, or its beginning is damaged") -> LearnhabitError:
    """The file has not the beginning that it should have."""
    way = _way_back(path) or f"Move it away, or choose another folder with --data-dir. If it was yours: {_SALVAGE}"
    return LearnhabitError(
        "This is not a learnhabit database",
        f"{path} {what}; nothing was changed. {way}",
    )


def refuse_to_begin(path: str, *, make: bool) -> None:
    """LearnhabitError for a file that is gone or empty, when it was there a moment ago (not `make`), or when backups
    say that it should be there: a new one would look as if all were lost."""
    way = _way_back(path, least=1)
    title = f"The data file is {'empty' if os.path.exists(path) else 'gone'}"
    if way:
        aside = os.path.join(os.path.dirname(path), BACKUPS)
        raise LearnhabitError(title, f"nothing was changed at {path}. {way}. To begin anew, move {aside} away")
    if not make:
        raise LearnhabitError(title, f"{path} was erased or moved; nothing was saved. Leave the app and open it again")


_SALVAGE = "learnhabit doctor --salvage FILE writes what can still be read into a file"


def _way_back(path: str, least: int = 0) -> str:
    """Where the newest good backup is and what brings it back; empty when there is none that holds so much."""
    from learnhabit.storage.backup import newest_good

    try:
        good = newest_good(os.path.dirname(path))
    except LearnhabitError:
        return ""
    if good is None or good.facts < least:
        return ""
    from learnhabit.domain.day_text import clock_time, long_day

    number = f"{good.sessions:,} session{'' if good.sessions == 1 else 's'}"
    found = f"The newest good backup is {good.id}, of {long_day(good.wall)}, {clock_time(good.wall)}, with {number}"
    back = f"learnhabit backup restore {good.id} brings it back"
    return f"{found}: {back}" if least else f"{found}: {back}, and keeps the damaged file. Before that, {_SALVAGE}"


def _cannot_open(path: str) -> LearnhabitError:
    if os.path.isdir(path):
        return LearnhabitError(
            "The data file is a folder",
            f"{path} should be a file. Move it away, or choose another folder with --data-dir",
        )
    folder = os.path.dirname(path)
    if not os.path.isdir(folder):
        return LearnhabitError("The data folder is missing", f"{folder} is gone; nothing was saved. Create it again")
    return LearnhabitError(
        "The data file can't be opened",
        f"check that {path} is yours to read and write, and that its folder {folder} is too",
    )


def _explain_os(error: OSError, path: str) -> LearnhabitError:
    import errno

    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
        return LearnhabitError(
            "The disk is full or failing", f"nothing was saved. Free some space for {path}, then try again"
        )
    if error.errno == errno.EROFS:
        return LearnhabitError("The disk is read-only", f"nothing was saved. {path} can't be created there")
    if error.errno in (errno.EISDIR, errno.ELOOP):
        return _cannot_open(path)
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return LearnhabitError(
            "The data folder is not a folder",
            f"{os.path.dirname(path)} is a file, or lies below one. Choose another folder with --data-dir",
        )
    if error.errno == errno.ENAMETOOLONG:
        return LearnhabitError("The data folder's name is too long", "choose a shorter one with --data-dir")
    folder = os.path.dirname(path)
    if _lies_above(error.filename, folder) and not os.path.isdir(folder):
        return LearnhabitError(
            "The data folder can't be made",
            f"{folder}: {error.strerror or error}: choose another with --data-dir or LEARNHABIT_HOME",
        )
    return LearnhabitError(
        "The data file can't be opened",
        f"{error.strerror or error}: check that {path} is yours to read and write, and that its folder is too",
    )


def _lies_above(name: object, folder: str) -> bool:
    """Whether what an error names is a folder, or one of those in which it lies."""
    return isinstance(name, str) and os.path.join(folder, "").startswith(os.path.join(name, ""))
