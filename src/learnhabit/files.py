"""Writing a file so that it is there whole or not at all."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def write_whole(path: str, data: bytes | Iterable[bytes], *, mode: int = 0o600, replace: bool = True) -> None:
    """Write a file beside its place and put it there, on disk, with this mode.

    Without `replace` FileExistsError is raised where something is already. Any OSError leaves everything as it was.
    """
    # In containers processes have the same numbers again and again, and one that was killed leaves its file.
    own = f"{os.getpid()}-{os.urandom(3).hex()}"
    temporary = os.path.join(os.path.dirname(path), f".{os.path.basename(path)[:200]}.{own}.part")
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, mode)
    try:
        with open(descriptor, "wb") as file:
            file.writelines([data] if isinstance(data, bytes) else data)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            os.replace(temporary, path)
        else:
            put_new(temporary, path)
    finally:
        try:
            os.unlink(temporary)
        except FileNotFoundError:
            pass


def put_new(temporary: str, path: str) -> None:
    """Let a file that is written appear at its place; FileExistsError where something is already."""
    try:
        # A link fails where a file came to be meanwhile; a rename would take its place.
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:
        # Memory cards and some shares know no links.
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        os.replace(temporary, path)
