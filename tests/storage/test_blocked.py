"""A file that can be read and not written, one that another program holds, and one that was replaced while open."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from learnhabit.errors import LearnhabitError
from learnhabit.services import editing, tracking
from learnhabit.services.log import NO_FILTER, log_count
from learnhabit.services.status import status
from learnhabit.services.today import today_view
from learnhabit.storage import connection as opened
from learnhabit.storage import opening, store
from tests.end_to_end.program import Program
from tests.storage.support import assert_refused, assert_sound, at, copy_home, file_of, raw, rows, run, unprivileged

LATER = "2026-11-25T20:40:00+01:00"
WRITING = (
    ["log", "45m", "rag"],
    ["start", "rag", "--json"],
    ["edit", "last", "--note", "other"],
    ["move", "last", "yesterday", "--json"],
    ["delete", "last"],
    ["undo", "--json"],
    ["cadence", "3"],
    ["time-off", "today"],
    ["settings", "clock", "12"],
    ["topic", "add", "Rust"],
)
READING = (["sessions"], ["status"], ["status", "--json"], ["topics"], ["cadence"], ["settings"], ["time-off", "list"])


@pytest.fixture
def filled(home: Path) -> Path:
    """A folder with a session of Monday; on Wednesday its days are still to be closed."""
    with at(home) as workspace:
        tracking.log(workspace, ["45m", "rag", "kept"])
    return home


READ_ONLY = ("The data file is read-only", "reading works, but nothing was saved. Allow writing to {}")


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_read_only_place_can_be_read_and_says_so_when_written(filled: Path, what: str) -> None:
    if what == "file":
        file_of(filled).chmod(0o400)
    else:
        # The journal of the last write is still there, and could be written without the folder.
        (filled / "learnhabit.db-journal").unlink()
        filled.chmod(0o500)
    before = file_of(filled).read_bytes()
    for command in READING:
        answer = run(filled, *command, prefix=unprivileged(), now=LATER)
        assert answer.code == 0, answer
        assert answer.err == ""
    for command in WRITING:
        answer = run(filled, *command, prefix=unprivileged(), now=LATER)
        title, hint = READ_ONLY
        assert_refused(answer, title, hint.format(file_of(filled)), as_json="--json" in command)
    assert file_of(filled).read_bytes() == before
    filled.chmod(0o700)
    file_of(filled).chmod(0o600)
    assert run(filled, "log", "45m", "rag", now=LATER).code == 0


def test_a_read_only_place_can_be_read_by_a_newer_program(filled: Path) -> None:
    raw(filled).execute("UPDATE meta SET value = '0.0.1' WHERE key = 'program'")
    file_of(filled).chmod(0o400)
    assert run(filled, "status", prefix=unprivileged()).code == 0
    answer = run(filled, "log", "45m", "rag", prefix=unprivileged())
    assert_refused(answer, READ_ONLY[0], READ_ONLY[1].format(file_of(filled)))


@pytest.mark.parametrize("mode", [0o000, 0o200])
def test_a_file_without_permission_is_named(filled: Path, mode: int) -> None:
    file_of(filled).chmod(mode)
    for command in (["sessions"], ["log", "45m", "rag", "--json"]):
        answer = run(filled, *command, prefix=unprivileged())
        hint = f"Permission denied: check that {file_of(filled)} is yours to read and write"
        assert_refused(answer, "The data file can't be opened", hint, as_json="--json" in command)


def test_a_folder_without_permission_is_named(filled: Path) -> None:
    filled.chmod(0o000)
    answer = run(filled, "sessions", "--json", prefix=unprivileged())
    filled.chmod(0o700)
    assert_refused(answer, "The data file can't be opened", "Permission denied: check that", as_json=True)


def test_a_folder_that_may_not_be_made_is_named(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    for home in (closed / "home", closed / "a" / "home"):
        hint = f"{home}: Permission denied: choose another with --data-dir or LEARNHABIT_HOME"
        assert_refused(
            run(home, "status", "--json", prefix=unprivileged()), "The data folder can't be made", hint, as_json=True
        )
        assert list(closed.iterdir()) == []


def test_a_folder_that_can_t_be_reached_is_not_called_missing(filled: Path) -> None:
    filled.parent.chmod(0o600)
    answer = run(filled, "status", "--json", prefix=unprivileged())
    filled.parent.chmod(0o700)
    assert_refused(answer, "The data file can't be opened", "Permission denied: check that", as_json=True)


@pytest.fixture
def holder(filled: Path) -> Iterator[sqlite3.Connection]:
    """Another program with the file open."""
    connection = raw(filled)
    yield connection
    connection.close()


BUSY = "Another program is writing to the data file"


def test_a_file_that_is_locked_for_good_is_named_after_five_seconds(filled: Path, holder: sqlite3.Connection) -> None:
    holder.execute("BEGIN IMMEDIATE")
    begin = time.monotonic()
    answer = run(filled, "log", "45m", "rag", "--json")
    waited = time.monotonic() - begin
    hint = f"it held {file_of(filled)} for over 5 seconds, and nothing was saved"
    assert_refused(answer, BUSY, hint, as_json=True)
    assert waited >= 5
    holder.execute("ROLLBACK")
    assert run(filled, "log", "45m", "rag").code == 0


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (opened, store):
        monkeypatch.setattr(module, "BUSY_MILLISECONDS", 60)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("lock", ["IMMEDIATE", "EXCLUSIVE"])
def test_every_lock_has_the_same_message(filled: Path, holder: sqlite3.Connection, lock: str) -> None:
    holder.execute(f"BEGIN {lock}")
    before = file_of(filled).read_bytes()
    program = Program(filled, now=LATER)
    for command in (["log", "45m", "rag"], ["undo"], ["start", "rag"]):
        title, hint = program.refused(1, *command)
        assert title == BUSY
        assert hint.startswith(f"it held {file_of(filled)}")
    if lock == "EXCLUSIVE":
        assert program.refused(1, "sessions")[0] == BUSY
    else:
        # Who only writes does not keep others from reading, not even when there are days to close.
        assert len(program.sessions()) == 1
        assert program.json("status")["run"]["days"] == 1
    holder.execute("ROLLBACK")
    assert file_of(filled).read_bytes() == before
    program.ok("log", "45m", "rag")
    assert_sound(filled)


@pytest.mark.usefixtures("impatient")
def test_a_reader_that_does_not_end_delays_a_commit_and_loses_nothing(filled: Path, holder: sqlite3.Connection) -> None:
    holder.execute("BEGIN")
    holder.execute("SELECT * FROM session").fetchone()
    program = Program(filled, now=LATER)
    assert program.refused(1, "log", "45m", "rag")[0] == BUSY
    assert len(program.sessions()) == 1
    holder.execute("ROLLBACK")
    program.ok("log", "45m", "rag")
    assert len(program.sessions()) == 2
    assert_sound(filled)


class Watch:
    """The clock by which one waits for a lock; the lock ends when it has been looked at a few times."""

    def __init__(self, holder: sqlite3.Connection) -> None:
        self.holder = holder
        self.looks = 0

    def monotonic(self) -> float:
        self.looks += 1
        if self.looks == 3:
            self.holder.execute("ROLLBACK")
        return time.monotonic()


def test_a_lock_that_ends_in_time_is_waited_for(
    filled: Path, holder: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(holder)
    holder.execute("BEGIN EXCLUSIVE")
    monkeypatch.setattr(opened, "time", watch)
    with at(filled) as workspace:
        tracking.log(workspace, ["45m", "rag"])
    assert watch.looks == 3
    assert len(rows(filled)["session"]) == 2


@pytest.mark.parametrize("how", ["replaced", "moved", "deleted"])
def test_a_file_that_was_replaced_while_open_is_not_written(filled: Path, tmp_path: Path, how: str) -> None:
    other = copy_home(filled, tmp_path / "other")
    with at(other) as workspace:
        tracking.log(workspace, ["10m", "lora", "of the other"])
    kept = file_of(other).read_bytes()

    def log_around_it() -> None:
        with at(filled) as workspace:
            # Written to before: the journal of that write is closed again.
            tracking.log(workspace, ["45m", "rag", "before"])
            if how == "replaced":
                file_of(other).replace(file_of(filled))
            elif how == "moved":
                file_of(filled).rename(filled / "moved.db")
            else:
                file_of(filled).unlink()
            tracking.log(workspace, ["45m", "rag", "lost"])

    with pytest.raises(LearnhabitError) as caught:
        log_around_it()
    assert caught.value.title == "The data file was moved or replaced while it was open"
    assert caught.value.hint.startswith(f"nothing was saved to {file_of(filled)}. Close the app and open it again")
    if how == "replaced":
        assert file_of(filled).read_bytes() == kept
        with at(filled) as workspace:
            assert log_count(workspace, NO_FILTER).sessions == 2
        assert_sound(filled)


def test_a_file_that_was_replaced_is_named_by_the_command_too(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = copy_home(filled, tmp_path / "other")
    kept = file_of(other).read_bytes()
    program = Program(filled)

    def replace_then_open(folder: str, now: int) -> store.Store:
        found = opening.open_store(folder, now)
        file_of(copy_home(other, tmp_path / str(len(list(tmp_path.iterdir()))))).replace(file_of(filled))
        return found

    monkeypatch.setattr("learnhabit.services.workspace.open_store", replace_then_open)
    title, hint = program.refused(1, "log", "45m", "rag")
    assert title == "The data file was moved or replaced while it was open"
    assert hint.startswith("nothing was saved to")
    assert file_of(filled).read_bytes() == kept


def test_closed_days_are_kept_where_they_can_be(filled: Path) -> None:
    with at(filled, LATER) as workspace:
        before = status(workspace)
        assert workspace.store.one("SELECT count(*) FROM scan_state") == (2,)
        assert today_view(workspace).run_days == before.run_days
        editing.delete(workspace, "last")
        assert workspace.store.one("SELECT count(*) FROM scan_state") == (0,)
    assert rows(filled)["session"] == []
