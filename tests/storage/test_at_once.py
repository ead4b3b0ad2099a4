"""Several processes at once: all get their turn, nothing is lost, and the first opening happens once."""

from __future__ import annotations

import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from learnhabit.services import tracking
from learnhabit.services.habit import habit
from learnhabit.services.log import NO_FILTER, log_count, log_page
from learnhabit.services.planning import add_time_off
from learnhabit.services.workspace import Workspace
from learnhabit.storage.connection import SCHEMA_VERSION
from tests.storage import next_schema
from tests.storage.herd import Nursery
from tests.storage.support import (
    JOURNALLED,
    assert_sound,
    assert_states_fresh,
    at,
    copy_home,
    file_of,
    raw,
    rows,
    sizes,
)

WRITERS = 8


@sizes(100, 250)
def test_eight_writers_lose_nothing(home: Path, size: int) -> None:
    with at(home) as workspace:
        tracking.start(workspace, ["lora"])
    with Nursery() as nursery:
        codes, told = nursery.run_many(WRITERS, "log", str(home), "{}", str(size))
    assert codes == [0] * WRITERS
    with at(home, "2099-01-01T00:00:00+00:00") as workspace:
        there = log_page(workspace, NO_FILTER, None, older=True, limit=1_000_000).sessions
        count = log_count(workspace, NO_FILTER)
    assert len(there) == count.sessions == WRITERS * size
    assert count.seconds == WRITERS * size * 60
    assert Counter(session.id for session in there) == Counter(session["id"] for session in told)
    assert Counter(session.note for session in there) == {
        f"{writer}.{number}": 1 for writer in range(WRITERS) for number in range(size)
    }
    assert all(session.tags == ("killed",) for session in there)
    assert_sound(home)


@sizes(5, 50)
def test_eight_processes_open_an_empty_folder(made_home: Path, tmp_path: Path, size: int) -> None:
    wanted = [row["id"] for row in rows(made_home)["topic"]]
    with Nursery() as nursery:
        for number in range(size):
            # Every other time not even the folder is there.
            home = tmp_path / str(number) / "home"
            if number % 2:
                home.mkdir(parents=True)
            codes, told = nursery.run_many(WRITERS, "log", str(home), "{}", "1")
            assert codes == [0] * WRITERS
            assert len(told) == WRITERS
            assert [row["id"] for row in rows(home)["topic"]] == wanted
            assert sorted(row["note"] for row in rows(home)["session"]) == [f"{each}.0" for each in range(WRITERS)]
            assert file_of(home).stat().st_mode & 0o777 == 0o600
            assert home.stat().st_mode & 0o777 == 0o700
            assert_sound(home)


@sizes(3, 30)
def test_eight_processes_upgrade_one_file(made_home: Path, tmp_path: Path, size: int) -> None:
    filled = copy_home(made_home, tmp_path / "filled")
    with at(filled) as workspace:
        for number in range(200):
            tracking.log(workspace, ["5m", "rag", f"before {number} {'x' * 500}"])
    before = rows(filled)
    with Nursery() as nursery:
        for number in range(size):
            home = copy_home(filled, tmp_path / str(number))
            codes, told = nursery.run_many(WRITERS, "upgrade", str(home))
            assert codes == [0] * WRITERS
            assert len(told) == WRITERS
            assert raw(home).execute("PRAGMA user_version").fetchone() == (next_schema.VERSION,)
            assert raw(home).execute(f"SELECT DISTINCT {next_schema.COLUMN} FROM session").fetchall() == [("calm",)]
            assert_sound(home)
            # The copy is the file as it was, whole, and nobody else's to read.
            copy = home / "copy"
            copy.mkdir()
            moved = home.joinpath(next_schema.COPY).rename(file_of(copy))
            assert moved.stat().st_mode & 0o777 == 0o600
            assert raw(copy).execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
            assert_sound(copy)
            assert rows(copy) == before
            assert sorted(path.name for path in home.iterdir()) == ["copy", "learnhabit.db", "learnhabit.db-journal"]


def test_a_reader_sees_what_another_has_written_meanwhile(home: Path) -> None:
    with at(home) as reader, at(home) as writer:
        before = reader.data_version()
        assert reader.data_version() == before
        tracking.log(writer, ["45m", "rag"])
        assert reader.data_version() != before
        assert log_count(reader, NO_FILTER).sessions == 1


def test_states_are_not_made_from_rules_that_another_has_changed_meanwhile(home: Path) -> None:
    with at(home) as workspace:
        for day in range(2, 20):
            if day % 3:
                tracking.log(workspace, ["45m", "rag"], at=f"2026-11-{day:02} 10:00")
    with at(home) as reader:
        assert reader.rules.time_off == ()
        with at(home) as writer:
            add_time_off(writer, "2026-11-03", "2026-11-12", "ill")
        habit(reader)
    with at(home) as workspace:
        assert_states_fresh(workspace)


def test_nothing_is_written_by_a_change_that_raises(home: Path) -> None:
    before = rows(home, tombstones=True)
    content = file_of(home).read_bytes()

    def mistake(workspace: Workspace) -> None:
        with workspace.store.change("a mistake", now=1, journal_id="j") as change:
            for last in ("2026-01-05", "2026-01-03"):
                change.insert("time_off", last, {"from_day": "2026-01-04", "to_day": last, "entered_on": "2026-01-04"})

    with at(home) as workspace:
        with pytest.raises(sqlite3.IntegrityError):
            mistake(workspace)
        assert workspace.store.one("SELECT count(*) FROM journal") == (0,)
    assert rows(home, tombstones=True) == before
    assert before.keys() == set(JOURNALLED)
    assert file_of(home).read_bytes() == content
