"""Looking into a data file without touching it: nothing is made, upgraded, locked for long or written."""

from __future__ import annotations

import os
import sqlite3

from learnhabit.storage.connection import APPLICATION_ID, SCHEMA_VERSION, read_header
from learnhabit.storage.opening import FILE_NAME

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

PATIENCE = 0.1
"""Seconds that a look waits for another process that writes: somebody waits for the answer while typing."""


def peek(folder: str, sql: str) -> list[tuple[Any, ...]]:
    """Rows of a data folder's file; none where there is no file, or one that this program would upgrade first.

    Raises OSError, sqlite3.Error or LearnhabitError for a file that can't be read.
    """
    path = os.path.join(folder, FILE_NAME)
    if read_header(path) != (SCHEMA_VERSION, APPLICATION_ID):
        return []
    quoted = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    host = "//" if quoted.startswith("/") else ""
    connection = sqlite3.connect(os.fsencode(f"file:{host}{quoted}?mode=ro"), uri=True, timeout=PATIENCE)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()
