"""Writing a file that a person asked for: theirs alone, over nothing by accident, and never over their data."""

from __future__ import annotations

import os
import re
import stat

from learnhabit.errors import LearnhabitError, UsageError
from learnhabit.files import write_whole
from learnhabit.storage.connection import APPLICATION_ID, beginning
from learnhabit.storage.opening import BACKUPS, FILE_NAME

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_DATA = re.compile(rf"{re.escape(FILE_NAME)}(-journal|-wal|-shm)?")


def checked_file(path: str, *, force: bool | None = None) -> str:
    """The whole path of a file that may be written; what stands there is refused before any work is done for it.

    An existing file stays unless `force` is True (None: whoever asked can't say so), a symbolic link, a folder and what
    belongs to the data in any case.
    """
    whole = _whole(path)
    if os.path.islink(whole):
        raise LearnhabitError(f"{whole} is a symbolic link", "nothing was written; name the file itself")
    if os.path.isdir(whole):
        raise LearnhabitError(f"{whole} is a folder", "nothing was written; name a file in it")
    _refuse_data(whole)
    if not force and os.path.lexists(whole):
        raise _exists(whole, force)
    return whole


def checked_folder(path: str, names: Iterable[str], *, force: bool | None = None) -> str:
    """The same for a folder of files with these names."""
    whole = _whole(path)
    if os.path.islink(whole):
        raise LearnhabitError(f"{whole} is a symbolic link", "nothing was written; name the folder itself")
    if os.path.lexists(whole) and not os.path.isdir(whole):
        raise LearnhabitError(f"{whole} is a file", "nothing was written; name a folder, or a file that ends with .zip")
    for each in (whole, os.path.join(whole, ".")):
        _refuse_data(each)
    if os.path.isdir(whole) and not force:
        raise _exists(whole, force)
    for each in (os.path.join(whole, name) for name in names):
        if os.path.islink(each) or os.path.isdir(each):
            raise LearnhabitError(f"{each} is no file", "nothing was written; move it away")
        _refuse_data(each)
    return whole


def read_file(path: str, most: int) -> bytes:
    """What a file holds; LearnhabitError when it can't be read, is no file, or holds over `most` bytes."""
    whole = _whole(path)
    try:
        # Not blocking: a pipe would never answer.
        descriptor = os.open(whole, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise LearnhabitError(f"{whole} can't be read", f"{error.strerror}; name another file") from None
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            kind = "a folder" if stat.S_ISDIR(found.st_mode) else "no file"
            raise LearnhabitError(f"{whole} is {kind}", "nothing was read; name a file")
        if found.st_size > most:
            raise LearnhabitError(
                f"{whole} is too large", f"it has {found.st_size:,} bytes, and {most:,} are read at most"
            )
        with open(descriptor, "rb", closefd=False) as file:
            return file.read(most)
    except OSError as error:
        raise LearnhabitError(f"{whole} can't be read", f"{error.strerror}; take another copy") from None
    finally:
        os.close(descriptor)


def write_file(path: str, data: bytes | Iterable[bytes], *, force: bool | None = None) -> str:
    """Write a file that only its owner can read, where `checked_file` lets it; the whole path.

    Data in pieces is made while it is written.

    LearnhabitError when it can't be written: then nothing was.
    """
    whole = checked_file(path, force=force)
    try:
        write_whole(whole, data, replace=bool(force))
    except FileExistsError:
        raise _exists(whole, force) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise LearnhabitError(f"{whole} can't be written", f"{reason}; choose another place") from None
    return whole


def write_folder(path: str, files: Mapping[str, bytes], *, force: bool | None = None) -> str:
    """Write files into a new folder that only its owner can enter, where `checked_folder` lets it; the whole path.

    A folder that exists is taken only with `force`, and then only files of these names are written over. A new one is
    there whole or not at all; LearnhabitError when it can't be written.
    """
    whole = checked_folder(path, files, force=force)
    if os.path.isdir(whole):
        for name, data in files.items():
            write_file(os.path.join(whole, name), data, force=True)
        return whole
    own = f"{os.getpid()}-{os.urandom(3).hex()}"
    partial = os.path.join(os.path.dirname(whole), f".{os.path.basename(whole)[:200]}.{own}.part")
    try:
        os.mkdir(partial, 0o700)
        try:
            for name, data in files.items():
                write_whole(os.path.join(partial, name), data, replace=False)
            os.rename(partial, whole)
        except BaseException:
            for name in os.listdir(partial):
                os.unlink(os.path.join(partial, name))
            os.rmdir(partial)
            raise
    except OSError as error:
        raise LearnhabitError(f"{whole} can't be written", f"{error.strerror}; choose another place") from None
    return whole


def _whole(path: str) -> str:
    if not path.strip() or "\0" in path:
        raise UsageError("A file needs a name", "such as week.txt")
    return os.path.abspath(os.path.expanduser(path.strip()))


def _refuse_data(whole: str) -> None:
    """LearnhabitError for a data file, what SQLite keeps beside it, and anything among the backups: of whichever data
    folder, and by whichever way it is named."""
    folder, name = os.path.split(whole)
    real = os.path.realpath(folder)
    kept = _DATA.fullmatch(os.path.normcase(name)) and os.path.exists(os.path.join(real, FILE_NAME))
    if kept or _among_backups(folder) or _among_backups(real) or _is_database(whole):
        shown = whole.removesuffix(f"{os.sep}.")
        raise LearnhabitError(f"{shown} belongs to your data", "nothing was written; choose another name")


def _among_backups(folder: str) -> bool:
    while folder != os.path.dirname(folder):
        above, name = os.path.split(folder)
        if name == BACKUPS and os.path.exists(os.path.join(above, FILE_NAME)):
            return True
        folder = above
    return False


def _is_database(path: str) -> bool:
    """Whether a file is a database of this program: the data file by another name, a backup, or a copy."""
    if not os.path.isfile(path):
        return False
    try:
        header = beginning(path, 72)
    except OSError:
        # Nobody can have it open who could not read it either.
        return False
    return header.startswith(b"SQLite format 3\0") and int.from_bytes(header[68:], "big") == APPLICATION_ID


def _exists(whole: str, force: bool | None) -> LearnhabitError:
    hint = "nothing was written; choose another name" + (", or add --force" if force is not None else "")
    return LearnhabitError(f"{whole} exists already", hint)
