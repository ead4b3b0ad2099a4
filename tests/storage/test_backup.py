"""Backups: of one state of the database whoever writes, checked, listed whatever became of the manifest, thinned."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
import threading
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from learnhabit.clock import Clock, FrozenClock
from learnhabit.domain.backup import LATEST, Backup
from learnhabit.errors import LearnhabitError, UsageError
from learnhabit.services import backups, tracking
from learnhabit.storage import manifest
from tests.storage.herd import Nursery
from tests.storage.support import MONDAY, assert_refused, assert_sound, at, file_of, rows, run
from tests.storage.test_disk_full import FULL, limit


def clock(moment: str = MONDAY) -> FrozenClock:
    return FrozenClock(datetime.fromisoformat(moment))


def logged(home: Path, *words: str, moment: str = MONDAY) -> None:
    with at(home, moment) as workspace:
        tracking.log(workspace, ["5m", "rag", *words])


def folder_of(home: Path) -> Path:
    return home / "backups"


def held(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True)


def test_a_backup_of_a_database_that_is_written_to_holds_whole_writes(home: Path) -> None:
    numbers: set[int] = set()
    with Nursery() as nursery:
        writers = threading.Thread(target=nursery.run_many, args=(2, "log", str(home), "w{}", "25"))
        writers.start()
        while writers.is_alive():
            numbers.add(assert_whole(home, backups.backup_now(str(home), Clock())))
        writers.join()
    assert len(rows(home)["session"]) == 50
    assert len(numbers) > 1, "nothing was written meanwhile"


def assert_whole(home: Path, backup: Backup) -> int:
    """Nothing in a backup is half of a write; the number of its sessions."""
    with closing(held(folder_of(home) / f"{backup.id}.db")) as connection:
        # Every session came with its tag, its part of both totals and its step in the journal, in one transaction.
        counts = {
            connection.execute(sql).fetchone()[0]
            for sql in (
                "SELECT count(*) FROM session",
                "SELECT count(DISTINCT session) FROM tag",
                "SELECT coalesce(sum(sessions), 0) FROM day_total",
                "SELECT coalesce(sum(sessions), 0) FROM month_total",
            )
        }
        assert counts == {backup.sessions}
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert backups.trouble(str(home), backup) == ""
    return backup.sessions


def test_backups_at_once_do_not_disturb_one_another(swift_home: Path) -> None:
    with Nursery() as nursery:
        assert nursery.run_many(4, "back_up", str(swift_home), "12")[0] == [0] * 4
    found = backups.backups(str(swift_home))
    assert len(found) >= LATEST
    assert {backups.trouble(str(swift_home), each) for each in found} == {""}
    assert not list(folder_of(swift_home).glob("*.part")) + list(folder_of(swift_home).glob(".*"))


def test_a_backup_is_its_owners_and_nothing_else_is_left(home: Path) -> None:
    logged(home, "kept")
    before = file_of(home).read_bytes()
    made = backups.backup_now(str(home), clock())
    assert file_of(home).read_bytes() == before
    assert made.id == "20261123-2040"
    assert made.created_at == MONDAY
    assert (made.sessions, made.seconds, made.resolutions, made.cards) == (1, 300, 0, 0)
    assert stat.S_IMODE(folder_of(home).stat().st_mode) == 0o700
    files = sorted(folder_of(home).iterdir())
    assert [each.name for each in files] == ["20261123-2040.db", "manifest.json"]
    assert {stat.S_IMODE(each.stat().st_mode) for each in files} == {0o600}
    assert backups.backup_now(str(home), clock()).id == "20261123-2040-2"
    assert [each.id for each in backups.backups(str(home))] == ["20261123-2040-2", "20261123-2040"]


def test_a_backup_is_found_by_a_part_of_its_id(home: Path) -> None:
    with pytest.raises(LearnhabitError, match="no backup yet"):
        backups.find_backup(str(home), "last")
    first = backups.backup_now(str(home), clock())
    second = backups.backup_now(str(home), clock("2026-11-24T20:41:00+01:00"))
    found = {each: backups.find_backup(str(home), each) for each in ("last", "-2041", "1124", second.id)}
    assert set(found.values()) == {second}
    assert backups.find_backup(str(home), first.id) == first
    for reference in ("2026112", "", "1125", "../x"):
        with pytest.raises(UsageError):
            backups.find_backup(str(home), reference)


def garbled(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40] + b"\xff" * 30)


def of_another_shape(path: Path) -> None:
    path.write_text('{"changes": 1, "backups": [[], {"id": "../../x"}, null, 7]}')


def too_deep(path: Path) -> None:
    path.write_text('{"changes": 1, "backups": ' + "[" * 100_000)


@pytest.mark.parametrize("lose", [Path.unlink, garbled, of_another_shape, too_deep])
def test_a_manifest_that_is_lost_is_worked_out_from_the_files(home: Path, lose: object) -> None:
    assert callable(lose)
    logged(home)
    made = [backups.backup_now(str(home), clock()), backups.backup_now(str(home), clock(MONDAY.replace("+01", "-05")))]
    lose(folder_of(home) / "manifest.json")
    (folder_of(home) / "20269999-2040.db").write_text("no day")
    (folder_of(home) / "note.txt").write_text("somebody's")
    assert backups.backups(str(home)) == [each.replace(why="") for each in reversed(made)]
    # It was written anew, and the next backup finds its place in it.
    assert [each["id"] for each in json.loads((folder_of(home) / "manifest.json").read_text())["backups"]] == [
        each.id for each in made
    ]
    third = backups.backup_now(str(home), clock("2026-11-25T20:41:00+01:00"))
    assert backups.backups(str(home))[0] == third
    assert (folder_of(home) / "note.txt").exists()


def test_a_manifest_that_was_tampered_with_makes_no_damaged_backup_good(home: Path) -> None:
    made = backups.backup_now(str(home), clock())
    path = folder_of(home) / "manifest.json"
    path.write_text(path.read_text().replace(made.sha256, "0" * 64))
    (found,) = backups.backups(str(home))
    assert "its bytes are not those that were written" in backups.trouble(str(home), found)
    assert backups.newest_good(str(home)) is None


def spoil(home: Path, backup: Backup, place: int = -3000) -> None:
    """Change a byte that SQLite's own check may not notice."""
    path = folder_of(home) / f"{backup.id}.db"
    content = bytearray(path.read_bytes())
    content[place] ^= 0x20
    path.write_bytes(content)


def test_a_damaged_backup_is_never_offered(home: Path) -> None:
    logged(home, "in the good one")
    good = backups.backup_now(str(home), clock())
    bad = [backups.backup_now(str(home), clock(f"2026-11-24T20:4{n}:00+01:00")) for n in range(3)]
    spoil(home, bad[0])
    (folder_of(home) / f"{bad[1].id}.db").write_bytes(b"")
    with (folder_of(home) / f"{bad[2].id}.db").open("ab") as file:
        file.truncate(200_000)
    assert backups.newest_good(str(home)) == good
    before = file_of(home).read_bytes()
    for each in bad:
        with pytest.raises(LearnhabitError, match=f"can't be restored.*the newest good one is {good.id}"):
            backups.plan_restore(str(home), each.id)
        with pytest.raises(LearnhabitError, match="can't be restored"):
            backups.restore(str(home), clock(), each)
    assert file_of(home).read_bytes() == before
    # Nor when the manifest can't tell, as far as SQLite can.
    (folder_of(home) / "manifest.json").unlink()
    assert {each.id for each in backups.backups(str(home)) if not backups.trouble(str(home), each)} <= {
        good.id,
        bad[0].id,
    }
    listed = run(home, "backup", "list", "--json")
    assert {each["id"] for each in listed.json} <= {good.id, bad[0].id}
    assert f"backup {bad[1].id} is not listed" in listed.err


def test_a_damaged_database_makes_no_backup(home: Path) -> None:
    good = backups.backup_now(str(home), clock())
    content = bytearray(file_of(home).read_bytes())
    content[100_000:300_000] = b"\xff" * 200_000
    file_of(home).write_bytes(content)
    answer = run(home, "backup", "now")
    assert_refused(answer, "The data file is damaged", f"nothing was changed. The newest good backup is {good.id}")
    assert [each.id for each in backups.backups(str(home))] == [good.id]
    assert sorted(os.listdir(folder_of(home))) == [f"{good.id}.db", "manifest.json"]


@pytest.mark.parametrize("size", [1, 5000, 300_000])
def test_a_full_disk_leaves_no_part_of_a_backup(home: Path, size: int) -> None:
    logged(home)
    before = file_of(home).read_bytes()
    answer = run(home, "backup", "now", prefix=limit(size))
    assert_refused(answer, FULL, f"no backup was made; everything saved before is safe in {file_of(home)}.")
    assert file_of(home).read_bytes() == before
    assert os.listdir(folder_of(home)) == []
    assert run(home, "backup", "now").code == 0


def test_old_backups_are_thinned_out_and_what_was_left_behind_goes(home: Path) -> None:
    folder = folder_of(home)
    (first,) = [backups.backup_now(str(home), clock("2026-01-01T10:00:00+01:00"))]
    for day in range(2, 30):
        shutil.copyfile(folder / f"{first.id}.db", folder / f"202601{day:02}-1000.db")
    for name in (".20260101-1000.1-abc.part", ".20260102-1000.2-def.part"):
        (folder / name).write_text("unfinished")
    os.utime(folder / ".20260101-1000.1-abc.part", (0, 0))
    logged(home)
    newest = backups.backup_now(str(home), clock("2026-02-01T10:00:00+01:00"))
    found = backups.backups(str(home))
    assert found[0] == newest
    assert len(found) < 20
    assert len(list(folder.glob("2026*.db"))) == len(found)
    # One that is being written just now stays.
    assert [each.name for each in folder.glob(".*")] == [".20260102-1000.2-def.part"]


def test_what_an_ended_process_of_the_same_number_left_is_in_nobodys_way(home: Path) -> None:
    first = backups.backup_now(str(home), clock())
    # In a container a process has the number that another one had.
    left = folder_of(home) / f".manifest.json.{os.getpid()}.part"
    left.write_text("unfinished")
    logged(home)
    made = backups.backup_by_itself(str(home), clock("2026-11-24T10:00:00+01:00"))
    assert backups.backups(str(home)) == [made, first]
    listed = json.loads((folder_of(home) / "manifest.json").read_text())["backups"]
    assert [each["id"] for each in listed] == [first.id, made.id] if made else False
    assert left.exists()
    os.utime(left, (0, 0))
    backups.backup_now(str(home), clock("2026-11-25T10:00:00+01:00"))
    assert [each.name for each in folder_of(home).glob(".*")] == []


def test_threads_of_one_process_write_the_list_at_once(swift_home: Path) -> None:
    made = backups.backup_now(str(swift_home), clock())
    failed: list[BaseException] = []

    def work() -> None:
        try:
            for _ in range(100):
                manifest.put(str(swift_home), [made], 1, made.made_at)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert failed == []
    assert backups.backups(str(swift_home)) == [made]
    assert not list(folder_of(swift_home).glob(".*"))


def test_without_a_list_the_backups_are_thinned_out_all_the_same(home: Path) -> None:
    moments = [f"2026-11-{day:02}T{hour}:00:00+01:00" for day in (1, 2, 3) for hour in range(10, 22)]
    (folder_of(home) / "manifest.json").mkdir(parents=True)
    for moment in moments:
        with pytest.raises(LearnhabitError, match="The backup could not be made"):
            backups.backup_now(str(home), clock(moment))
    assert len(list(folder_of(home).glob("2026*.db"))) < 15
    assert not list(folder_of(home).glob(".*"))


def test_what_was_made_just_now_stays_whatever_the_clock_says(home: Path) -> None:
    moments = [MONDAY] * 12 + ["2026-11-10T10:00:00+01:00"] * 10
    for moment in moments:
        made = backups.backup_now(str(home), clock(moment))
        assert made in backups.backups(str(home))
    assert made.id == "20261110-1000-10"


def test_by_itself_when_something_has_changed_and_time_has_passed(home: Path) -> None:
    def due(moment: str, largest: int | None = None) -> bool:
        with at(home, moment) as workspace:
            return workspace.backup_is_due(largest)

    def made(moment: str) -> Backup | None:
        return backups.backup_by_itself(str(home), clock(moment))

    # The home was made on Monday at 20:40; its first half hour needs none.
    assert [due(f"2026-11-23T{time}:00+01:00") for time in ("20:40", "21:09", "21:10")] == [False, False, True]
    assert made("2026-11-23T21:10:00+01:00") is not None
    assert [due(f"2026-11-23T{time}:00+01:00") for time in ("21:10", "21:39", "22:40")] == [False, False, False]
    assert made("2026-11-23T22:40:00+01:00") is None
    logged(home, moment="2026-11-23T21:20:00+01:00")
    assert [due(f"2026-11-23T{time}:00+01:00") for time in ("21:39", "21:40")] == [False, True]
    assert not due("2026-11-23T21:40:00+01:00", largest=1000)
    assert made("2026-11-23T21:40:00+01:00") is not None
    # A clock that was set back makes one more, and then goes by that.
    logged(home, moment="2026-11-23T20:50:00+01:00")
    assert due("2026-11-23T21:00:00+01:00")
    assert made("2026-11-23T21:00:00+01:00") is not None
    assert not due("2026-11-23T21:05:00+01:00")
    assert_sound(home)
