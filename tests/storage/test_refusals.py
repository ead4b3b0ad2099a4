"""What can't be opened, or is not ours: one clear message, exit code 1, and not a byte is changed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from learnhabit.errors import LearnhabitError
from learnhabit.services import tracking
from learnhabit.services.log import NO_FILTER, log_count
from learnhabit.services.workspace import open_workspace
from learnhabit.storage.opening import open_store
from tests.storage.support import assert_refused, assert_sound, at, file_of, raw, run

Prepare = Callable[[Path], None]
COMMANDS = (["sessions"], ["log", "45m", "rag"], ["status", "--json"])
"""One that reads, one that writes, and one for programs."""


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below a folder, byte for byte, and when it was changed."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def newer(home: Path) -> None:
    raw(home).execute("PRAGMA user_version = 99")


def foreign(home: Path) -> None:
    file_of(home).unlink()
    connection = raw(home)
    connection.executescript("CREATE TABLE topic (id); INSERT INTO topic VALUES ('mine'); PRAGMA user_version = 1;")
    connection.close()


def foreign_without_version(home: Path) -> None:
    foreign(home)
    raw(home).execute("PRAGMA user_version = 0")


def foreign_with_an_id(home: Path) -> None:
    foreign(home)
    raw(home).execute("PRAGMA application_id = 252006673")


def some_text(home: Path) -> None:
    file_of(home).write_text("Dear diary, this is no database. " * 20)


def a_few_bytes(home: Path) -> None:
    file_of(home).write_bytes(b"SQLite format 3\0")


def encrypted(home: Path) -> None:
    file_of(home).write_bytes(os.urandom(8192))


NOT_OURS: dict[Prepare, tuple[str, str]] = {
    newer: ("This database is newer than the program", "{} has schema 99, this program knows"),
    foreign: ("This database belongs to another program", "{} was not made by learnhabit; nothing was changed"),
    foreign_without_version: ("This database belongs to another program", "{} was not made by learnhabit; nothing"),
    foreign_with_an_id: ("This database belongs to another program", "{} was not made by learnhabit; nothing"),
    some_text: ("This is not a learnhabit database", "{} is no SQLite file; nothing was changed"),
    a_few_bytes: ("This is not a learnhabit database", "{} is no SQLite file; nothing was changed"),
    encrypted: ("This is not a learnhabit database", "{} is no SQLite file; nothing was changed"),
}


@pytest.mark.parametrize("prepare", NOT_OURS)
def test_a_file_that_is_not_ours_is_refused_untouched(home: Path, prepare: Prepare) -> None:
    prepare(home)
    title, hint = NOT_OURS[prepare]
    before = contents(home)
    for command in COMMANDS:
        assert_refused(run(home, *command), title, hint.format(file_of(home)), as_json="--json" in command)
        assert contents(home) == before


def test_a_foreign_file_in_use_with_a_wal_is_untouched(home: Path) -> None:
    file_of(home).unlink()
    owner = raw(home)
    owner.executescript("PRAGMA journal_mode = WAL; CREATE TABLE topic (id); INSERT INTO topic VALUES ('mine');")
    before = contents(home)
    assert {"learnhabit.db", "learnhabit.db-wal", "learnhabit.db-shm"} <= before.keys()
    for command in COMMANDS:
        answer = run(home, *command)
        assert_refused(answer, "This database belongs to another program", "", as_json="--json" in command)
        assert contents(home) == before
    assert owner.execute("SELECT id FROM topic").fetchall() == [("mine",)]
    owner.close()


def test_a_file_of_ours_that_somebody_put_into_wal_mode_is_read_and_put_back(home: Path) -> None:
    with at(home) as workspace:
        tracking.log(workspace, ["45m", "rag"])
    connection = raw(home)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    assert run(home, "log", "45m", "rag").code == 0
    assert raw(home).execute("PRAGMA journal_mode").fetchone() != ("wal",)
    assert_sound(home)


def a_folder(home: Path) -> None:
    file_of(home).unlink()
    file_of(home).mkdir()


def a_pipe(home: Path) -> None:
    file_of(home).unlink()
    os.mkfifo(file_of(home))


def a_device(home: Path) -> None:
    file_of(home).unlink()
    file_of(home).symlink_to("/dev/null")


def a_dangling_link(home: Path) -> None:
    file_of(home).unlink()
    file_of(home).symlink_to(home / "gone" / "learnhabit.db")


def a_link_to_itself(home: Path) -> None:
    file_of(home).unlink()
    file_of(home).symlink_to(file_of(home))


def a_file_as_folder(home: Path) -> None:
    shutil.rmtree(home)
    home.write_text("no folder")


def a_folder_below_a_file(home: Path) -> None:
    shutil.rmtree(home.parent)
    home.parent.write_text("no folder")


def a_dangling_link_as_folder(home: Path) -> None:
    shutil.rmtree(home)
    home.symlink_to(home.parent / "gone")


IN_THE_WAY: dict[Prepare, tuple[str, str]] = {
    a_folder: ("The data file is a folder", "{} should be a file. Move it away"),
    a_pipe: ("The data file is no file", "{} is a pipe or a device"),
    a_device: ("The data file is no file", "{} is a pipe or a device"),
    a_dangling_link: ("The data file can't be opened", "check that {} is yours"),
    a_link_to_itself: ("The data file can't be opened", "check that {} is yours"),
    a_file_as_folder: ("The data folder is not a folder", "{.parent} is a file, or lies below one"),
    a_folder_below_a_file: ("The data folder is not a folder", "{.parent} is a file, or lies below one"),
    a_dangling_link_as_folder: ("The data folder is not a folder", "{.parent} is a file"),
}


@pytest.mark.parametrize("prepare", IN_THE_WAY)
def test_what_stands_in_the_files_place_is_named(home: Path, prepare: Prepare) -> None:
    inner = home.parent / "inner"
    inner.mkdir()
    home = home.rename(inner / "home")
    prepare(home)
    title, hint = IN_THE_WAY[prepare]
    for command in COMMANDS:
        answer = run(home, *command)
        assert_refused(answer, title, hint.format(file_of(home)), as_json="--json" in command)


def test_a_folder_that_does_not_exist_is_made_for_its_owner_only(tmp_path: Path) -> None:
    home = tmp_path / "a" / "b" / "home"
    assert run(home, "log", "45m", "rag").code == 0
    assert home.stat().st_mode & 0o777 == 0o700
    assert {path.name: path.stat().st_mode & 0o777 for path in home.iterdir()} == {
        "learnhabit.db": 0o600,
        "learnhabit.db-journal": 0o600,
    }


def test_modes_do_not_depend_on_the_umask(tmp_path: Path) -> None:
    for mask in ("0000", "0777"):
        home = tmp_path / mask / "home"
        home.parent.mkdir()
        answer = run(home, "log", "45m", "rag", prefix=["sh", "-c", f'umask {mask}; exec "$0" "$@"'])
        if mask == "0000":
            assert answer.code == 0, answer
            assert home.stat().st_mode & 0o777 == 0o700
            assert {path.stat().st_mode & 0o777 for path in home.iterdir()} == {0o600}
        else:
            # Whoever masks everything can't work with it, and is told so; nothing is open to others.
            assert "Traceback" not in answer.err
            assert all(path.stat().st_mode & 0o077 == 0 for path in home.parent.rglob("*"))


def test_an_empty_folder_is_closed_to_others_and_one_in_use_is_left_alone(tmp_path: Path) -> None:
    empty, used = tmp_path / "empty", tmp_path / "used"
    for home in (empty, used):
        home.mkdir(mode=0o755)
    (used / "photo.jpg").write_bytes(b"")
    for home in (empty, used):
        assert run(home, "status").code == 0
        assert file_of(home).stat().st_mode & 0o777 == 0o600
    assert empty.stat().st_mode & 0o777 == 0o700
    assert used.stat().st_mode & 0o777 == 0o755


def test_an_empty_file_becomes_a_database(home: Path) -> None:
    file_of(home).write_bytes(b"")
    assert run(home, "log", "45m", "rag").code == 0
    assert_sound(home)


def test_a_link_to_a_database_elsewhere_is_followed(home: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    file_of(home).rename(file_of(elsewhere))
    file_of(home).symlink_to(file_of(elsewhere))
    assert run(home, "log", "45m", "rag").code == 0
    assert_sound(elsewhere)
    with at(elsewhere) as workspace:
        assert log_count(workspace, NO_FILTER).sessions == 1


NAMES = [
    "a?mode=ro",
    "a#b",
    "100%25 %",
    "a&b=c;d",
    "two  blanks ",
    "it's “quoted\"",
    "naïve 学习 🎓",
    "line\nend",
    "-x",
    ":memory:",
]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_will_do(tmp_path: Path, name: str) -> None:
    home = tmp_path / name
    assert run(home, "log", "45m", "rag").code == 0
    assert run(home, "sessions", "--json").json[0]["seconds"] == 2700
    assert [path.name for path in tmp_path.iterdir() if path.name != "home"] == [name]
    assert file_of(home).is_file()
    assert_sound(home)


@pytest.mark.parametrize("make", [lambda path: f"/{path}", lambda path: f"{path}/", lambda path: f"{path}/x/../"])
def test_a_folder_may_be_written_in_any_way(tmp_path: Path, make: Callable[[str], str]) -> None:
    home = tmp_path / "home"
    assert run(tmp_path, "--data-dir", make(str(home)), "log", "45m", "rag").code == 0
    assert file_of(home).is_file()


def test_a_name_that_is_no_text_will_do(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9")
    home = tmp_path / name
    assert run(home, "log", "45m", "rag").code == 0
    assert file_of(home).is_file()
    some_text(home)
    assert_refused(run(home, "status", "--json"), "This is not a learnhabit database", "", as_json=True)


def test_a_name_that_is_too_long_is_named(home: Path) -> None:
    answer = run(home, "--data-dir", str(home / ("x" * 300)), "status", "--json")
    assert_refused(answer, "The data folder's name is too long", "choose a shorter one", as_json=True)


@pytest.mark.parametrize("name", ["a\0b", "a\ud800b"])
def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path, name: str) -> None:
    for opening in (lambda: open_workspace(str(tmp_path / name)), lambda: open_store(str(tmp_path / name), 0)):
        with pytest.raises(LearnhabitError) as caught:
            opening()
        assert caught.value.title == "The data folder's name can't be used"
    assert list(tmp_path.iterdir()) == []


def test_a_beginning_that_is_damaged_is_no_other_programs_file(home: Path) -> None:
    content = bytearray(file_of(home).read_bytes())
    content[16:18] = b"\x00\x03"  # a page size that can't be
    file_of(home).write_bytes(content)
    for command in COMMANDS:
        answer = run(home, *command)
        assert_refused(
            answer,
            "This is not a learnhabit database",
            f"{file_of(home)} is no SQLite file, or its beginning is damaged; nothing was changed",
            as_json="--json" in command,
        )
    assert file_of(home).read_bytes() == content


def test_a_file_cut_short_is_damaged(home: Path) -> None:
    with at(home) as workspace:
        for _ in range(50):
            tracking.log(workspace, ["45m", "rag", "x" * 500])
    content = file_of(home).read_bytes()
    file_of(home).write_bytes(content[: len(content) // 3])
    before = file_of(home).read_bytes()
    for command in COMMANDS:
        answer = run(home, *command)
        assert_refused(
            answer,
            "The data file is damaged",
            f"nothing was changed. Copy it aside first (cp {file_of(home)} ",
            as_json="--json" in command,
        )
    assert file_of(home).read_bytes() == before
