"""The locks of this process hold, whatever else it does with the file: on POSIX systems a `close` drops them."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from learnhabit.clock import FrozenClock
from learnhabit.services.backups import backup_now
from learnhabit.storage import connection
from learnhabit.storage.connection import beginning, change_counter, connect, read_header
from tests.storage.support import MONDAY, at, file_of

WRITE = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=0)
connection.execute("BEGIN IMMEDIATE")
connection.execute("INSERT INTO offer (id, made_at) VALUES ('locks', 1)")
connection.execute("COMMIT")
"""


def another_writes(home: Path) -> bool:
    """Whether another process can write now."""
    done = subprocess.run(
        [sys.executable, "-c", WRITE, str(file_of(home))], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0 or "database is locked" in done.stderr
    return done.returncode == 0


def _opens(home: Path) -> int:
    with at(home) as workspace:
        return len(workspace.names)


LOOKS: dict[str, Callable[[Path], object]] = {
    "header": lambda home: read_header(str(file_of(home))),
    "counter": lambda home: change_counter(str(file_of(home))),
    "workspace": _opens,
    "twice": lambda home: [_opens(home), change_counter(str(file_of(home))), _opens(home)],
}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize("begin", ["BEGIN IMMEDIATE", "BEGIN; SELECT 1 FROM meta LIMIT 1"])
def test_a_look_at_the_file_drops_no_lock(home: Path, look: Callable[[Path], object], begin: str) -> None:
    holder = connect(str(file_of(home)))
    try:
        for statement in begin.split(";"):
            holder.execute(statement).fetchall()
        look(home)
        assert not another_writes(home)
    finally:
        holder.close()
    assert another_writes(home)


def test_a_backup_is_made_of_one_state(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the look at its counter and the copy nobody writes."""
    tried: list[bool] = []

    class Watched(connection.DataFile):
        def backup(self, target: sqlite3.Connection, **options: object) -> None:
            tried.append(another_writes(home))
            super().backup(target, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(connection, "DataFile", Watched)
    backup_now(str(home), FrozenClock(datetime.fromisoformat(MONDAY)))
    assert tried == [False]


def test_what_is_kept_open_goes_with_the_last_connection(home: Path) -> None:
    path = str(file_of(home))
    before = set(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else set()
    others = len(connection._kept), len(connection._open)
    first, second = connect(path), connect(path)
    assert beginning(path, 16) == beginning(path, 16) == b"SQLite format 3\0"
    first.close()
    first.close()
    assert beginning(path, 16) == b"SQLite format 3\0"
    second.close()
    assert (len(connection._kept), len(connection._open)) == others
    if before:
        assert set(os.listdir("/proc/self/fd")) == before
