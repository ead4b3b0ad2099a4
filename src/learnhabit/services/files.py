"""Writing a file that a person asked for: theirs alone, and over nothing by accident."""

from __future__ import annotations

import os

from learnhabit.errors import LearnhabitError, UsageError
from learnhabit.files import write_whole


def write_file(path: str, data: bytes, *, force: bool | None = None) -> str:
    """Write a file that only its owner can read; the whole path.

    An existing file stays unless `force` is True (None: whoever asked can't say so), a symbolic link and a folder in
    any case. LearnhabitError when it can't be written: then nothing was.
    """
    if not path.strip() or "\0" in path:
        raise UsageError("A file needs a name", "such as week.txt")
    whole = os.path.abspath(os.path.expanduser(path.strip()))
    if os.path.islink(whole):
        raise LearnhabitError(f"{whole} is a symbolic link", "nothing was written; name the file itself")
    if os.path.isdir(whole):
        raise LearnhabitError(f"{whole} is a folder", "nothing was written; name a file in it")
    try:
        # Looked at first, since nothing can be made beside it where the folder may not be written.
        if not force and os.path.lexists(whole):
            raise FileExistsError(whole)
        write_whole(whole, data, replace=bool(force))
    except FileExistsError:
        hint = "nothing was written; choose another name" + (", or add --force" if force is not None else "")
        raise LearnhabitError(f"{whole} exists already", hint) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise LearnhabitError(f"{whole} can't be written", f"{reason}; choose another place") from None
    return whole
