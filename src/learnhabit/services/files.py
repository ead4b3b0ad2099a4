"""Writing a file that a person asked for: theirs alone, and over nothing by accident."""

from __future__ import annotations

import os

from learnhabit.errors import LearnhabitError, UsageError
from learnhabit.files import write_whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


def write_folder(path: str, files: Mapping[str, bytes], *, force: bool | None = None) -> str:
    """Write files into a new folder that only its owner can enter; the whole path.

    A folder that exists is taken only with `force`, and then only files of these names are written over. It is there
    whole or not at all; LearnhabitError when it can't be written.
    """
    whole = _whole(path)
    if os.path.islink(whole):
        raise LearnhabitError(f"{whole} is a symbolic link", "nothing was written; name the folder itself")
    if os.path.lexists(whole) and not os.path.isdir(whole):
        raise LearnhabitError(f"{whole} is a file", "nothing was written; name a folder, or a file that ends with .zip")
    if os.path.isdir(whole):
        if not force:
            hint = "nothing was written; choose another name" + (", or add --force" if force is not None else "")
            raise LearnhabitError(f"{whole} exists already", hint)
        for name in files:
            if os.path.islink(os.path.join(whole, name)) or os.path.isdir(os.path.join(whole, name)):
                raise LearnhabitError(f"{os.path.join(whole, name)} is no file", "nothing was written; move it away")
        for name, data in files.items():
            write_file(os.path.join(whole, name), data, force=True)
        return whole
    partial = os.path.join(os.path.dirname(whole), f".{os.path.basename(whole)[:200]}.{os.getpid()}.part")
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


def write_file(path: str, data: bytes, *, force: bool | None = None) -> str:
    """Write a file that only its owner can read; the whole path.

    An existing file stays unless `force` is True (None: whoever asked can't say so), a symbolic link and a folder in
    any case. LearnhabitError when it can't be written: then nothing was.
    """
    whole = _whole(path)
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
