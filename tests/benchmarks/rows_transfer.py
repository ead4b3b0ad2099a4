"""Row 9: a long history that is imported, against its bare rows in SQLite."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from learnhabit.storage.connection import connect
from tests.benchmarks import places
from tests.benchmarks.bench import Bench
from tests.benchmarks.table import Line, judged
from tests.benchmarks.timing import duration_of, paired

IMPORT_BUDGET = 4.0
TABLES = (
    *("setting", "cadence", "daily_amount", "time_off", "session", "tag"),
    *("resolution", "resolution_aim", "check_in", "card", "card_review", "reminder"),
)
"""What an import into a new home adds; the catalogue is there."""


def bulk(bench: Bench) -> Iterator[Line]:
    """`import`, from start to exit, against one `executemany` a table without triggers, in one transaction."""
    size = bench.at(100_000)
    with places.home(size) as home:
        file, empty, target = home / "export.json", home / "empty", home / "target"
        duration_of([bench.learnhabit, "export", str(file)], bench.environment(home), bench.log)
        duration_of([bench.learnhabit, "status"], bench.environment(empty), bench.log)
        rows = _rows(home / places.FILE_NAME)

        def fresh() -> Path:
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(empty, target)
            return target / places.FILE_NAME

        def raw() -> float:
            connection = connect(str(fresh()))
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                connection.execute(f"DROP TRIGGER {name}")
            begun = time.perf_counter()
            connection.execute("BEGIN IMMEDIATE")
            for insert, values in rows:
                connection.executemany(insert, values)
            connection.execute("COMMIT")
            taken = (time.perf_counter() - begun) * 1000
            connection.close()
            return taken

        def imported() -> float:
            fresh()
            return duration_of([bench.learnhabit, "import", str(file)], bench.environment(target), bench.log)

        ratio = paired(raw, imported, bench.rounds(5, 15), IMPORT_BUDGET)
        yield judged("9", f"import at {size:,} : executemany", ratio, IMPORT_BUDGET)


def _rows(path: Path) -> list[tuple[str, list[tuple[object, ...]]]]:
    """(statement, values) of each table."""
    found = []
    with sqlite3.connect(path) as database:
        for table in TABLES:
            names = [row[1] for row in database.execute(f"PRAGMA table_info({table})") if row[1] != "seq"]
            insert = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
            found.append((insert, database.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY seq").fetchall()))
    return found
