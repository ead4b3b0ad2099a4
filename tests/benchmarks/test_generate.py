"""The generator's files: the same every time, exact in their totals, and the program's own."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest

from learnhabit.services.workspace import open_workspace
from learnhabit.storage.connection import connect
from tests.benchmarks.generate import generate

ROWS = 3000


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("history") / "learnhabit.db"
    generate(ROWS, str(path))
    return path


@pytest.fixture
def database(file: Path) -> sqlite3.Connection:
    return connect(str(file))


def _all(database: sqlite3.Connection, sql: str) -> list[tuple[object, ...]]:
    return database.execute(sql).fetchall()


def test_same_seed_same_history(file: Path, tmp_path: Path) -> None:
    again, other = tmp_path / "again.db", tmp_path / "other.db"
    generate(ROWS, str(again))
    generate(ROWS, str(other), seed=1)
    # When a migration ran is the system's time.
    dumps = [
        [line for line in connect(str(path)).iterdump() if "_sqlite_migrations" not in line]
        for path in (file, again, other)
    ]
    assert dumps[0] == dumps[1]
    assert dumps[0] != dumps[2]


@pytest.mark.parametrize("rows", [1, 2, 3, 40])
def test_few_rows(rows: int, tmp_path: Path) -> None:
    generate(rows, str(tmp_path / "few.db"))
    found = _all(connect(str(tmp_path / "few.db")), "SELECT count(*), max(study_day) FROM session")
    assert found == [(rows, "2026-11-23")]


def test_ten_years_to_a_fixed_day(database: sqlite3.Connection) -> None:
    assert _all(database, "SELECT count(*), min(study_day), max(study_day) FROM session") == [
        (ROWS, "2016-11-24", "2026-11-23")
    ]
    assert _all(database, "SELECT count(DISTINCT topic) FROM session") == [(26,)]


def test_schema_is_the_programs(database: sqlite3.Connection, tmp_path: Path) -> None:
    with open_workspace(str(tmp_path)) as workspace:
        own = workspace.store.all("SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2")
    assert _all(database, "SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2") == own


def test_totals_are_exact(database: sqlite3.Connection) -> None:
    for table, key, value in (
        ("day_total", "study_day", "study_day"),
        ("month_total", "month", "substr(study_day, 1, 7)"),
    ):
        kept = _all(database, f"SELECT {key}, topic, seconds, sessions FROM {table} ORDER BY 1, 2")
        counted = f"SELECT {value}, topic, sum(seconds), count(*) FROM session GROUP BY 1, 2 ORDER BY 1, 2"
        assert kept == _all(database, counted)


def test_sessions_are_sound(database: sqlite3.Connection) -> None:
    assert _all(database, "PRAGMA integrity_check") == [("ok",)]
    assert _all(database, "PRAGMA foreign_key_check") == []
    rows = database.execute(
        "SELECT id, started_at, ended_at, utc_offset, study_day FROM session ORDER BY started_at"
    ).fetchall()
    ids = [row[0] for row in rows]
    assert ids == sorted(ids)
    end = 0
    for _, started, ended, offset, day in rows:
        assert started >= end
        end = ended
        wall = timedelta(seconds=started + offset * 60 - 4 * 3600)
        assert date(1970, 1, 1) + timedelta(days=wall.days) == date.fromisoformat(day)
    assert {row[3] for row in rows} == {60, 120}


def test_a_file_that_is_there_stays(file: Path) -> None:
    before = file.stat().st_mtime_ns
    with pytest.raises(FileExistsError):
        generate(ROWS, str(file))
    assert file.stat().st_mtime_ns == before
