"""Salvage: every row whose pages are whole comes back from a damaged file, and what is lost is counted."""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from learnhabit.clock import FrozenClock
from learnhabit.errors import LearnhabitError
from learnhabit.services.doctor import examine
from learnhabit.services.salvaging import salvage_to
from learnhabit.services.transferring import export, import_file
from learnhabit.storage.salvage import Salvaged, is_foreign, salvage
from learnhabit.storage.schema_log import LOG
from learnhabit.storage.schema_resolutions import RESOLUTIONS
from tests.benchmarks.generate import generate
from tests.storage.support import MONDAY, at, copy_home, sizes

PAGE = 4096
SESSIONS = 400


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of ten years, small, with some notes that need many pages."""
    home = tmp_path_factory.mktemp("whole")
    path = home / "learnhabit.db"
    generate(SESSIONS, str(path))
    # A benchmark has thousands of cards; here some are enough.
    connection = sqlite3.connect(path)
    stays = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'card_review_stays'").fetchone()[0]
    connection.execute("DROP TRIGGER card_review_stays")
    connection.execute("DELETE FROM card_review WHERE card NOT IN (SELECT id FROM card WHERE seq <= 100)")
    connection.execute("DELETE FROM card WHERE seq > 100")
    connection.execute(stays)
    connection.commit()
    connection.execute("VACUUM")
    connection.close()
    with at(home) as workspace, workspace.store.transaction():
        workspace.store.connection.execute(
            "UPDATE session SET takeaway = substr(hex(zeroblob(20000)), 1, 3000 * (1 + seq % 7)) WHERE seq % 5 = 0"
        )
        workspace.store.connection.execute("UPDATE session SET deleted_at = 1800000000 WHERE seq IN (3, 77)")
    return path


class Places:
    """Where each session lies, as SQLite's own `dbstat` tells: the pages without which it can't be read."""

    def __init__(self, path: Path) -> None:
        connection = sqlite3.connect(path)
        try:
            rows = connection.execute(
                "SELECT path, pageno, pagetype, ncell FROM dbstat WHERE name = 'session'"
            ).fetchall()
            seqs = [seq for (seq,) in connection.execute("SELECT seq FROM session ORDER BY seq")]
            live = connection.execute("SELECT seq FROM session WHERE deleted_at IS NULL").fetchall()
        except sqlite3.OperationalError:
            pytest.skip("this SQLite has no dbstat to compare with")
        finally:
            connection.close()
        self.live = {seq for (seq,) in live}
        self.pages: dict[int, set[int]] = {}
        cells: dict[str, int] = {}
        waiting = iter(seqs)
        for leaf, number, kind, count in sorted(rows):
            if kind == "leaf":
                for cell in range(count):
                    seq = next(waiting)
                    self.pages[seq] = {number}
                    cells[f"{leaf}{cell:03x}"] = seq
        for name, number, kind, _ in rows:
            if kind == "overflow":
                self.pages[cells[name.partition("+")[0]]].add(number)
        assert next(waiting, None) is None

    def readable(self, gone: set[int]) -> set[int]:
        return {seq for seq, pages in self.pages.items() if not pages & gone}


@pytest.fixture(scope="module")
def places(whole: Path) -> Places:
    return Places(whole)


def saved(found: Salvaged, table: str = "session") -> list[tuple[Any, ...]]:
    return found.connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()


def rows_of(path: Path, table: str = "session") -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()
    finally:
        connection.close()


def test_a_healthy_file_comes_back_whole(whole: Path) -> None:
    before = whole.read_bytes()
    found = salvage(str(whole))
    assert (found.lost, found.uncertain, found.lost_days, found.lost_seconds) == ({}, set(), {}, 0)
    for table in found.read:
        assert saved(found, table) == rows_of(whole, table), table
    assert found.read["session"] == SESSIONS - 2
    assert found.read.keys() >= {"tag", "card", "card_review", "resolution", "reminder", "cadence", "time_off", "topic"}
    assert whole.read_bytes() == before


@sizes(6, 400)
def test_every_session_whose_pages_are_whole_comes_back(whole: Path, places: Places, scratch: Path, size: int) -> None:
    content = whole.read_bytes()
    pages = len(content) // PAGE
    everything = {row[0]: row for row in rows_of(whole)}
    partly = counted = 0
    for seed in range(size):
        chance = random.Random(seed)
        gone = set(chance.sample(range(1, pages + 1), chance.choice([1, 5, pages // 20, pages // 3])))
        gone |= {1} if chance.random() < 0.3 else set()
        damaged = bytearray(content)
        for number in gone:
            damaged[(number - 1) * PAGE : number * PAGE] = chance.choice([chance.randbytes(PAGE), bytes(PAGE)])
        path = scratch / "learnhabit.db"
        path.write_bytes(damaged)
        found = salvage(str(path))
        there = {row[0]: row for row in saved(found)}
        expected = places.readable(gone)
        assert there.keys() >= expected, f"seed {seed}: {sorted(expected - there.keys())} could be read"
        assert all(there[seq] == everything[seq] for seq in expected), seed
        assert found.read.get("session", 0) == len(there.keys() & places.live)
        lost = len(places.live - there.keys())
        if "session" in found.uncertain:
            assert found.lost.get("session", 0) <= lost, f"seed {seed}"
        else:
            assert found.lost.get("session", 0) == lost, f"seed {seed}"
            counted += 1
        partly += 0 < len(expected) < SESSIONS
        assert sum(found.lost_days.values()) <= lost
        if found.lost_seconds is not None:
            gone_seconds = sum(everything[seq][6] for seq in places.live - there.keys())
            assert found.lost_seconds == gone_seconds, f"seed {seed}"
        assert path.read_bytes() == damaged
        found.connection.close()
    # Both happen: something is lost, and how much is known.
    assert partly and counted


def changed(whole: Path, to: Path, change: Callable[[bytearray], None]) -> Salvaged:
    content = bytearray(whole.read_bytes())
    change(content)
    to.write_bytes(content)
    return salvage(str(to))


def test_a_broken_header_loses_nothing(whole: Path, tmp_path: Path) -> None:
    def change(content: bytearray) -> None:
        content[:100] = random.Random(1).randbytes(100)

    found = changed(whole, tmp_path / "x.db", change)
    assert saved(found) == rows_of(whole)
    assert (found.lost, found.uncertain) == ({}, set())


def test_the_page_of_the_schema_may_be_gone(whole: Path, tmp_path: Path) -> None:
    def change(content: bytearray) -> None:
        content[:PAGE] = bytes(PAGE)

    found = changed(whole, tmp_path / "x.db", change)
    assert saved(found) == rows_of(whole)
    assert saved(found, "tag") == rows_of(whole, "tag")


def test_the_whole_schema_may_be_gone(whole: Path, tmp_path: Path) -> None:
    """Then nothing says to which table a page belongs, and each row shows it."""
    connection = sqlite3.connect(whole)
    numbers = connection.execute("SELECT pageno FROM dbstat WHERE name = 'sqlite_schema'").fetchall()
    connection.close()

    def change(content: bytearray) -> None:
        for (number,) in numbers:
            content[(number - 1) * PAGE : number * PAGE] = bytes(PAGE)

    found = changed(whole, tmp_path / "x.db", change)
    for table in ("session", "tag", "card", "card_review", "resolution", "resolution_aim", "check_in", "reminder"):
        assert saved(found, table) == rows_of(whole, table), table
    # Nobody knows whether there were more.
    assert found.uncertain >= {"session", "card"}


def test_a_truncated_file_gives_back_what_is_left(whole: Path, places: Places, tmp_path: Path) -> None:
    content = whole.read_bytes()
    kept = len(content) // PAGE // 2
    found = changed(whole, tmp_path / "x.db", lambda bytes_: bytes_.__delitem__(slice(kept * PAGE + 700, None)))
    gone = set(range(kept + 1, len(content) // PAGE + 1))
    assert {row[0] for row in saved(found)} >= places.readable(gone)
    assert found.lost or found.uncertain


def test_an_older_file_is_read_as_well(tmp_path: Path) -> None:
    """Its rows are shorter, and the later tables are missing."""
    path = tmp_path / "x.db"
    connection = sqlite3.connect(path)
    connection.executescript(LOG + RESOLUTIONS)
    connection.execute(
        "INSERT INTO session (id, topic, started_at, ended_at, seconds, utc_offset, zone, study_day, origin,"
        " created_at, updated_at) VALUES ('a', 'rag', 1000, 1060, 60, 0, 'UTC', '1970-01-01', 'log', 1, 1)"
    )
    connection.commit()
    connection.close()
    found = salvage(str(path))
    assert (found.read, found.lost, found.uncertain) == ({"session": 1}, {}, set())
    assert found.connection.execute("SELECT id, starred FROM session").fetchall() == [("a", 0)]


def test_text_that_is_none_is_replaced_and_counted(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(whole.read_bytes())
    connection = sqlite3.connect(path)
    connection.execute("UPDATE session SET note = cast(x'c328' AS TEXT) WHERE seq = 9")
    connection.commit()
    connection.close()
    found = salvage(str(path))
    assert found.connection.execute("SELECT note FROM session WHERE seq = 9").fetchone() == ("\ufffd(",)
    assert found.lost == {}
    path.rename(tmp_path / "learnhabit.db")
    assert salvage_to(str(tmp_path), clock_of(MONDAY), str(tmp_path / "saved.json")).replaced == 1


def test_values_that_no_row_may_have_are_counted_as_lost(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(whole.read_bytes())
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute("UPDATE session SET seconds = -5 WHERE seq = 9")
    connection.execute("UPDATE session SET created_at = 1 << 60 WHERE seq = 10")
    connection.commit()
    connection.close()
    found = salvage(str(path))
    assert found.lost == {"session": 2}
    assert found.read["session"] == SESSIONS - 4
    assert sum(found.lost_days.values()) == 2


def test_a_write_that_was_cut_short_is_taken_back(whole: Path, tmp_path: Path) -> None:
    """Its pages may be half in the file; the journal beside it has those of before."""
    path, copy = tmp_path / "live.db", tmp_path / "x.db"
    path.write_bytes(whole.read_bytes())
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE session SET seconds = 86400, takeaway = hex(randomblob(900)), day_moves = 1")
    connection.execute("PRAGMA cache_spill = 1")
    copy.write_bytes(path.read_bytes())
    (tmp_path / "x.db-journal").write_bytes((tmp_path / "live.db-journal").read_bytes())
    connection.execute("ROLLBACK")
    connection.close()
    assert copy.read_bytes() != whole.read_bytes()
    before = copy.read_bytes()
    assert saved(salvage(str(copy))) == rows_of(whole)
    assert copy.read_bytes() == before


def test_what_another_program_left_in_a_wal_is_read_as_well(whole: Path, tmp_path: Path) -> None:
    path, copy = tmp_path / "live.db", tmp_path / "x.db"
    path.write_bytes(whole.read_bytes())
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("UPDATE session SET note = 'in the wal' WHERE seq = 9")
    copy.write_bytes(path.read_bytes())
    (tmp_path / "x.db-wal").write_bytes((tmp_path / "live.db-wal").read_bytes())
    connection.close()
    found = salvage(str(copy))
    assert found.connection.execute("SELECT note FROM session WHERE seq = 9").fetchone() == ("in the wal",)
    assert found.read["session"] == SESSIONS - 2


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0", b"not a database" * 1000, bytes(8192)])
def test_what_is_no_database_gives_nothing(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(content)
    assert salvage(str(path)).read == {}


def test_another_programs_file_is_told_apart(whole: Path, tmp_path: Path) -> None:
    other = tmp_path / "x.db"
    connection = sqlite3.connect(other)
    connection.execute("PRAGMA application_id = 1")
    connection.execute("CREATE TABLE session (seq INTEGER PRIMARY KEY, id TEXT)")
    connection.execute("INSERT INTO session VALUES (1, 'a')")
    connection.commit()
    connection.close()
    assert is_foreign(str(other))
    assert not is_foreign(str(whole))
    assert salvage(str(other)).read == {}


def test_what_is_saved_of_a_healthy_file_is_its_export(whole: Path, tmp_path: Path) -> None:
    with at(whole.parent) as workspace:
        export(workspace, str(tmp_path / "export.json"), force=False)
        clock = workspace.clock
    report = salvage_to(str(whole.parent), clock, str(tmp_path / "saved.json"))
    assert (tmp_path / "saved.json").read_bytes() == (tmp_path / "export.json").read_bytes()
    assert (report.read["session"], report.lost, report.uncertain) == (SESSIONS - 2, {}, ())
    assert (tmp_path / "saved.json").stat().st_mode & 0o777 == 0o600


@sizes(3, 200)
def test_what_is_saved_can_be_imported(made_home: Path, whole: Path, scratch: Path, size: int) -> None:
    """Whatever the damage made of the rows: an import takes what was written, and finds every session of it."""
    content = whole.read_bytes()
    refused: set[str] = set()
    for seed in range(size):
        chance = random.Random(seed)
        damaged = bytearray(content)
        for _ in range(chance.choice([5, 200, 2000])):
            # A page, a stretch of zeros, or some bytes.
            at_ = chance.randrange(len(content))
            length = chance.choice([1, 1, 1, 3, 30, PAGE])
            damaged[at_ : at_ + length] = chance.choice([bytes(length), chance.randbytes(length)])
        (scratch / f"{seed}").mkdir()
        (scratch / f"{seed}" / "learnhabit.db").write_bytes(damaged[: len(content)])
        home = copy_home(made_home, scratch / f"new{seed}")
        with at(home) as workspace:
            try:
                report = salvage_to(str(scratch / f"{seed}"), workspace.clock, str(scratch / f"{seed}.json"))
            except LearnhabitError as error:
                refused.add(error.title)
                continue
            brought = import_file(workspace, str(scratch / f"{seed}.json"))
            later = sum(number for table, reason, number in brought.skipped if table == "session")
            assert brought.added.get("session", 0) + later == report.read.get("session", 0), seed
        assert {each.state for each in examine(str(home), clock_of(MONDAY)).findings if each.check == "totals"} == {
            "ok"
        }


def clock_of(moment: str) -> FrozenClock:
    return FrozenClock(datetime.fromisoformat(moment))


@pytest.mark.parametrize(
    ("content", "title"),
    [
        (None, "There is no data file to read"),
        (b"", "Nothing can be read from the data file"),
        (b"not a database" * 1000, "Nothing can be read from the data file"),
    ],
)
def test_where_nothing_is_to_be_saved_nothing_is_written(tmp_path: Path, content: bytes | None, title: str) -> None:
    if content is not None:
        (tmp_path / "learnhabit.db").write_bytes(content)
    with pytest.raises(LearnhabitError) as caught:
        salvage_to(str(tmp_path), clock_of(MONDAY), str(tmp_path / "saved.json"))
    assert caught.value.title == title
    assert not (tmp_path / "saved.json").exists()


def test_the_damaged_file_is_never_written_over(whole: Path, tmp_path: Path) -> None:
    home = copy_home(whole.parent, tmp_path / "home")
    before = (home / "learnhabit.db").read_bytes()
    os.link(home / "learnhabit.db", home / "other")
    (home / "saved.json").write_text("mine")
    for name, force in (("learnhabit.db", True), ("other", True), ("saved.json", False)):
        with pytest.raises(LearnhabitError):
            salvage_to(str(home), clock_of(MONDAY), str(home / name), force=force)
    assert (home / "learnhabit.db").read_bytes() == before
    assert (home / "saved.json").read_text() == "mine"


@sizes(5, 1000)
def test_flipped_bytes_are_survived(whole: Path, scratch: Path, size: int) -> None:
    """Lengths, pointers and kinds that lead anywhere; most of what is read is as it was."""
    content = whole.read_bytes()
    path = scratch / "learnhabit.db"
    for seed in range(size):
        chance = random.Random(seed)
        damaged = bytearray(content)
        flips = chance.choice([1, 20, 400])
        for _ in range(flips):
            # The heads of pages and of cells are where a byte leads elsewhere.
            place = chance.randrange(len(content) // PAGE) * PAGE + chance.randrange(chance.choice([16, 120, PAGE]))
            damaged[place] = chance.randrange(256)
        cut = chance.choice([0, 0, 0, chance.randrange(len(damaged))])
        path.write_bytes(damaged[: len(damaged) - cut])
        found = salvage(str(path))
        # A page of sessions holds about twenty; no byte costs more than its page.
        assert cut or len(saved(found)) >= SESSIONS - 40 * flips, seed
        assert found.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)], seed
        found.connection.close()
