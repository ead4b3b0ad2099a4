"""Writing a file that a person asked for: theirs alone, whole or not at all, and over nothing by accident."""

from __future__ import annotations

import os

from learnhabit.errors import LearnhabitError, UsageError


def write_file(path: str, data: bytes, *, force: bool = False) -> str:
    """Write a file that only its owner can read; the whole path.

    An existing file stays unless `force` is given, a symbolic link in any case. LearnhabitError when it can't be
    written: then nothing was.
    """
    if not path.strip() or "\0" in path:
        raise UsageError("A file needs a name", "such as week.txt")
    whole = os.path.abspath(os.path.expanduser(path.strip()))
    if os.path.islink(whole):
        raise LearnhabitError(f"{whole} is a symbolic link", "nothing was written; name the file itself")
    try:
        if not force and os.path.lexists(whole):
            raise FileExistsError
        _write(whole, data, force=force)
    except FileExistsError:
        raise LearnhabitError(f"{whole} exists already", "nothing was written; choose another name") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise LearnhabitError(f"{whole} can't be written", f"{reason}; choose another place") from None
    return whole


def _write(path: str, data: bytes, *, force: bool) -> None:
    temporary = os.path.join(os.path.dirname(path), f".{os.path.basename(path)[:200]}.{os.getpid()}.part")
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, 0o600)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if force:
            if os.path.isdir(path):
                raise IsADirectoryError(21, "it is a folder")
            os.replace(temporary, path)
        else:
            # A link fails where a file came to be meanwhile; a rename would take its place.
            os.link(temporary, path)
    finally:
        try:
            os.unlink(temporary)
        except FileNotFoundError:
            pass
