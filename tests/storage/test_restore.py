"""Restoring: all old or all new whatever happens, and nothing that was there is lost."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from learnhabit.domain.backup import Backup
from learnhabit.errors import LearnhabitError
from learnhabit.services import backups, resolving, searching, tracking, undoing
from learnhabit.services.cards import add_card
from learnhabit.services.log import NO_FILTER, log_page
from learnhabit.services.workspace import open_workspace
from learnhabit.storage import restore as restoring
from tests.storage import next_schema
from tests.storage.herd import Nursery
from tests.storage.nursery import visible
from tests.storage.support import (
    assert_refused,
    assert_sound,
    assert_states_fresh,
    at,
    copy_home,
    file_of,
    raw,
    rows,
    run,
    sizes,
)
from tests.storage.test_backup import clock, folder_of, logged
from tests.storage.test_disk_full import FULL, limit
from tests.storage.test_kill import cut_short

LATER = "2026-11-24T20:40:00+01:00"


def seen(home: Path) -> str:
    with open_workspace(str(home)) as workspace:
        return visible(workspace)


def notes(home: Path) -> list[str]:
    with at(home, LATER) as workspace:
        return sorted(each.note for each in log_page(workspace, NO_FILTER, None, older=True, limit=1000).sessions)


@pytest.fixture
def backed_up(home: Path) -> tuple[Path, Backup]:
    """A folder whose backup holds the session `then`, and which has `then` and `now`."""
    logged(home, "then")
    made = backups.backup_now(str(home), clock())
    logged(home, "now", moment=LATER)
    return home, made


@sizes(3, 50)
def test_a_restore_that_is_killed_is_all_old_or_all_new(made_home: Path, tmp_path: Path, size: int) -> None:
    chance = random.Random(20_260_105)
    home = copy_home(made_home, tmp_path / "home")
    for number in range(20):
        logged(home, f"few {number}")
    few = backups.backup_now(str(home), clock())
    for number in range(60):
        logged(home, f"many {number}", "x" * 4000)
    many = backups.backup_now(str(home), clock(LATER))
    states = {seen(home)}
    backups.restore(str(home), clock(), few)
    states.add(seen(home))
    assert len(states) == 2
    cut = 0
    met = set()
    with Nursery() as nursery:
        for _ in range(size):
            nursery.kill_one(
                "restore", str(home), many.id, few.id, after=chance.randint(0, 2), delay=chance.random() * 0.1
            )
            cut += cut_short(home)
            found = seen(home)
            assert found in states
            met.add(found)
            with open_workspace(str(home)) as workspace:
                assert_states_fresh(workspace)
            assert_sound(home)
            # What stands is among the backups, or becomes one; those of before are as good as they were.
            assert backups.trouble(str(home), backups.find_backup(str(home), many.id)) == ""
    assert size < 50 or (cut > 0 and met == states)


def test_a_restore_can_be_taken_back_by_another(backed_up: tuple[Path, Backup]) -> None:
    home, made = backed_up
    before = rows(home)
    done = backups.restore(str(home), clock(LATER), made)
    assert (notes(home), done.set_aside) == (["then"], "")
    assert done.before is not None
    assert (done.before.sessions, done.before.why) == (2, "before a restore")
    # Nothing was changed since: it needs no backup of its own.
    assert backups.restore(str(home), clock(LATER), done.before).before == made
    assert rows(home) == before
    assert_sound(home)


def test_the_oldest_backup_can_be_restored_when_its_time_has_come(backed_up: tuple[Path, Backup]) -> None:
    home, made = backed_up
    old = folder_of(home) / "20261102-1000.db"
    for day in range(2, 14):
        shutil.copyfile(folder_of(home) / f"{made.id}.db", old.with_name(f"202611{day:02}-1000.db"))
    (folder_of(home) / f"{made.id}.db").unlink()
    chosen = backups.find_backup(str(home), "20261102")
    done = backups.restore(str(home), clock("2026-11-14T10:00:00+01:00"), chosen)
    assert notes(home) == ["then"]
    assert done.before is not None
    backups.restore(str(home), clock("2026-11-14T11:00:00+01:00"), done.before)
    assert notes(home) == ["now", "then"]
    # The next one that comes thins them out.
    assert old.exists()
    backups.backup_now(str(home), clock("2026-11-15T10:00:00+01:00"))
    assert not old.exists()


def test_the_journal_of_undo_is_that_of_the_backup(backed_up: tuple[Path, Backup]) -> None:
    home, made = backed_up
    backups.restore(str(home), clock(LATER), made)
    with at(home, LATER) as workspace:
        assert "logged 5 min" in undoing.undo(workspace)
    assert notes(home) == []


def test_an_app_that_has_the_file_open_sees_the_restored_data(backed_up: tuple[Path, Backup]) -> None:
    home, made = backed_up
    with at(home, LATER) as workspace:
        seen_before = workspace.data_version()
        assert workspace.store.one("SELECT count(*) FROM session") == (2,)
        inode = file_of(home).stat().st_ino
        backups.restore(str(home), clock(LATER), made)
        assert file_of(home).stat().st_ino == inode
        assert workspace.data_version() != seen_before
        assert workspace.store.one("SELECT count(*) FROM session") == (1,)
        tracking.log(workspace, ["10m", "rag", "after it"])
    assert notes(home) == ["after it", "then"]
    assert_sound(home)


def test_what_is_written_between_the_backup_of_now_and_the_restore_is_kept(
    backed_up: tuple[Path, Backup], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, made = backed_up
    forget, late = restoring._forget_search, iter(["late"])

    def somebody_writes(folder: str) -> None:
        note = next(late, None)
        if note:
            logged(home, note, moment=LATER)
        forget(folder)

    monkeypatch.setattr(restoring, "_forget_search", somebody_writes)
    done = backups.restore(str(home), clock(LATER), made)
    assert notes(home) == ["then"]
    assert done.before is not None
    backups.restore(str(home), clock(LATER), done.before)
    assert notes(home) == ["late", "now", "then"]


def test_a_file_that_is_in_use_for_good_is_not_restored(
    backed_up: tuple[Path, Backup], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, made = backed_up
    monkeypatch.setattr(restoring, "BUSY_MILLISECONDS", 60)
    other = raw(home)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM session").fetchone()
    with pytest.raises(LearnhabitError, match="Another program is writing"):
        backups.restore(str(home), clock(LATER), made)
    other.execute("ROLLBACK")
    other.close()
    assert notes(home) == ["now", "then"]


def overwritten(path: Path) -> None:
    path.write_bytes(os.urandom(20_000))


def without_beginning(path: Path) -> None:
    path.write_bytes(bytes(100) + path.read_bytes()[100:])


def without_schema(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"\xff" * 3996 + whole[4096:])


def with_broken_pages(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[8192:200_000] = b"\xff" * (200_000 - 8192)
    path.write_bytes(content)


def cut_off(path: Path) -> None:
    os.truncate(path, 50_000)


def of_another_program(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE theirs (a)")
    connection.close()


def beside_a_journal(path: Path) -> None:
    """A header that is gone, and the journal of a write that was cut short."""
    path.with_name("learnhabit.db-journal").write_bytes(os.urandom(4096))
    without_beginning(path)


DAMAGE = [
    overwritten,
    without_beginning,
    without_schema,
    with_broken_pages,
    cut_off,
    of_another_program,
    beside_a_journal,
]


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda each: each.__name__)
def test_a_damaged_database_is_kept_and_the_backup_takes_its_place(
    backed_up: tuple[Path, Backup], damage: Callable[[Path], None]
) -> None:
    home, made = backed_up
    damage(file_of(home))
    content = file_of(home).read_bytes()
    beside = home / "learnhabit.db-journal"
    journal = beside.read_bytes() if beside.exists() else b""
    plan = backups.plan_restore(str(home), made.id)
    assert plan.unread or damage is of_another_program
    done = backups.restore(str(home), clock(LATER), made)
    assert done.before is None
    aside = Path(done.set_aside)
    assert aside.name == "learnhabit.db.damaged-20261124-2040"
    assert aside.read_bytes() == content
    assert aside.stat().st_mode & 0o777 == 0o600
    if journal:
        assert Path(f"{aside}-journal").read_bytes() == journal
    assert notes(home) == ["then"]
    assert file_of(home).stat().st_mode & 0o777 == 0o600
    assert_sound(home)
    assert not [name for name in os.listdir(home) if name.endswith(".part")]


@pytest.mark.parametrize("how", ["gone", "empty"])
def test_a_database_that_is_gone_does_not_begin_anew_and_comes_back(backed_up: tuple[Path, Backup], how: str) -> None:
    home, made = backed_up
    file_of(home).unlink()
    if how == "empty":
        file_of(home).touch()
    answer = run(home, "log", "5m", "rag")
    assert_refused(answer, f"The data file is {how}", f"nothing was changed at {file_of(home)}. The newest good backup")
    assert f"learnhabit backup restore {made.id} brings it back" in answer.err
    done = backups.restore(str(home), clock(LATER), made)
    assert (done.before, done.set_aside) == (None, "")
    assert notes(home) == ["then"]
    assert_sound(home)


def test_a_folder_in_the_files_place_is_named(backed_up: tuple[Path, Backup]) -> None:
    home, made = backed_up
    file_of(home).unlink()
    file_of(home).mkdir()
    with pytest.raises(LearnhabitError, match="The data file is a folder"):
        backups.restore(str(home), clock(LATER), made)


def test_a_full_disk_leaves_the_database_as_it_was(home: Path) -> None:
    for number in range(60):
        logged(home, f"then {number}", "x" * 3000)
    made = backups.backup_now(str(home), clock())
    raw(home).execute("UPDATE session SET deleted_at = 1, takeaway = '', note = ''")
    raw(home).executescript("DELETE FROM journal_row; DELETE FROM journal")
    raw(home).execute("VACUUM")
    assert file_of(home).stat().st_size + 20_000 < made.bytes
    before = seen(home)
    for size in (file_of(home).stat().st_size // 2, file_of(home).stat().st_size + 10_000):
        answer = run(home, "backup", "restore", made.id, "--yes", prefix=limit(size))
        assert_refused(answer, FULL, "")
        assert seen(home) == before
        assert_sound(home)
        assert {each.id for each in backups.backups(str(home)) if backups.trouble(str(home), each)} == set()
    assert run(home, "backup", "restore", made.id, "--yes").code == 0
    assert len(notes(home)) == 60


def test_a_backup_of_a_newer_program_is_refused(backed_up: tuple[Path, Backup]) -> None:
    home, made = backed_up
    path = folder_of(home) / f"{made.id}.db"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    (folder_of(home) / "manifest.json").unlink()
    (found,) = backups.backups(str(home))
    with pytest.raises(LearnhabitError, match=r"newer than the program.*schema 99"):
        backups.restore(str(home), clock(LATER), found)
    assert notes(home) == ["now", "then"]


def test_a_backup_of_an_older_program_is_brought_up_to_date(
    backed_up: tuple[Path, Backup], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, made = backed_up
    next_schema.install(monkeypatch.setattr)
    monkeypatch.setattr(restoring, "SCHEMA_VERSION", next_schema.VERSION)
    assert notes(home) == ["now", "then"]
    backups.restore(str(home), clock(LATER), made)
    assert raw(home).execute("PRAGMA user_version").fetchone() == (next_schema.VERSION,)
    assert notes(home) == ["then"]
    assert raw(home).execute(f"SELECT DISTINCT {next_schema.COLUMN} FROM session").fetchall() == [("calm",)]


def test_search_finds_what_was_restored(backed_up: tuple[Path, Backup]) -> None:
    home, made = backed_up

    def found(word: str) -> int:
        with at(home, LATER) as workspace:
            return len(searching.search(workspace, word, kinds=("session",)))

    assert (found("then"), found("now")) == (1, 1)
    backups.restore(str(home), clock(LATER), made)
    # It takes the place that `now` had.
    logged(home, "fresh", moment=LATER)
    assert (found("then"), found("now"), found("fresh")) == (1, 0, 1)


def test_the_plan_says_what_would_change(backed_up: tuple[Path, Backup]) -> None:
    home, made = backed_up
    with at(home, LATER) as workspace:
        resolving.add_resolution(workspace, "40 hours of rag by June")
        add_card(workspace, "rag", "Why?", "Because.")
        tracking.log(workspace, ["1h", "lora"], at="yesterday 10:00")
    words = backups.plan_words(backups.plan_restore(str(home), made.id))
    assert words == ["Lost: 2 sessions (1 h 05 m), 1 resolution, 1 recall card."]
    with at(home, LATER) as workspace:
        workspace.store.connection.execute("UPDATE session SET deleted_at = 9, updated_at = 9 WHERE note = 'then'")
    words = backups.plan_words(backups.plan_restore(str(home), made.id))
    assert words[1:] == ["Back again: 1 session (5 min)."]
    done = backups.restore(str(home), clock(LATER), made)
    assert backups.plan_words(backups.plan_restore(str(home), made.id)) == (
        "Nothing that you entered is different from now.",
    )
    assert done.before is not None
    raw(home).execute("UPDATE session SET note = 'other', updated_at = updated_at + 1")
    assert backups.plan_words(backups.plan_restore(str(home), made.id)) == ["As it was then: 1 session."]


def test_backups_may_lie_elsewhere(backed_up: tuple[Path, Backup], tmp_path: Path) -> None:
    home, made = backed_up
    shutil.move(folder_of(home), tmp_path / "elsewhere")
    folder_of(home).symlink_to(tmp_path / "elsewhere")
    backups.restore(str(home), clock(LATER), made)
    assert notes(home) == ["then"]
    assert len(list((tmp_path / "elsewhere").glob("*.db"))) == 2
