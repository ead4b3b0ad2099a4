"""Writing a file that a person asked for: nothing is lost over it, and it is theirs alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from learnhabit.clock import FrozenClock
from learnhabit.errors import LearnhabitError, UsageError
from learnhabit.files import write_whole
from learnhabit.services import backups
from learnhabit.services.files import read_file, write_file, write_folder
from tests.services.support import at


def test_it_is_there_whole_and_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "week.txt"
    assert write_file(str(path), b"one") == str(path)
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"one", 0o600)
    assert os.listdir(tmp_path) == ["week.txt"]


def test_what_is_there_stays_unless_it_was_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "week.txt"
    path.write_bytes(b"mine")
    with pytest.raises(LearnhabitError) as caught:
        write_file(str(path), b"new")
    assert "--force" not in caught.value.hint
    with pytest.raises(LearnhabitError) as caught:
        write_file(str(path), b"new", force=False)
    assert "--force" in caught.value.hint
    assert path.read_bytes() == b"mine"
    write_file(str(path), b"new", force=True)
    assert path.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["week.txt"]


@pytest.mark.parametrize("force", [None, False, True])
def test_links_and_folders_are_left_alone(tmp_path: Path, force: bool | None) -> None:
    target = tmp_path / "target"
    target.write_bytes(b"mine")
    (tmp_path / "link").symlink_to(target)
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    (tmp_path / "folder").mkdir()
    for name, says in (("link", "symbolic link"), ("dangling", "symbolic link"), ("folder", "is a folder")):
        with pytest.raises(LearnhabitError, match=says):
            write_file(str(tmp_path / name), b"new", force=force)
    assert target.read_bytes() == b"mine"
    assert sorted(os.listdir(tmp_path)) == ["dangling", "folder", "link", "target"]


def test_where_nothing_can_be_written_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(LearnhabitError, match="can't be written"):
        write_file(str(tmp_path / "no" / "such" / "folder.txt"), b"x")
    with pytest.raises(LearnhabitError, match="can't be written"):
        write_file(str(tmp_path / ("x" * 300)), b"x")
    for name in ("", " ", "a\0b"):
        with pytest.raises(UsageError, match="needs a name"):
            write_file(name, b"x")
    assert os.listdir(tmp_path) == []


def test_a_file_system_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a memory card, where `link` is refused."""

    def refuse(source: str, target: str) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "week.txt"
    write_file(str(path), b"one")
    assert path.read_bytes() == b"one"
    with pytest.raises(FileExistsError):
        write_whole(str(path), b"two", replace=False)
    assert (path.read_bytes(), os.listdir(tmp_path)) == (b"one", ["week.txt"])


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with a backup."""
    home = tmp_path / "home"
    with at(home, "2026-11-23T20:40:00+01:00"):
        pass
    backups.backup_now(str(home), FrozenClock(datetime.fromisoformat("2026-11-23T20:40:00+01:00")))
    for name in ("learnhabit.db-wal", "backups/manifest.json"):
        (home / name).touch()
    return home


@pytest.mark.parametrize("force", [None, False, True])
def test_nothing_is_written_over_the_data_or_among_the_backups(data: Path, tmp_path: Path, force: bool | None) -> None:
    database = data / "learnhabit.db"
    os.link(database, tmp_path / "hard")
    (tmp_path / "way").symlink_to(data)
    (data / "backups").rename(tmp_path / "elsewhere")
    (data / "backups").symlink_to(tmp_path / "elsewhere")
    before = {each: each.read_bytes() for each in sorted(tmp_path.rglob("*")) if each.is_file()}
    for name in (
        *("home/learnhabit.db", "home/learnhabit.db-journal", "home/learnhabit.db-wal", "home/learnhabit.db-shm"),
        *("hard", "way/learnhabit.db", "home/../way/learnhabit.db", "home/backups/new.json", "way/backups/new.json"),
        *("home/backups/manifest.json", "home/backups/20261123-2040.db", "elsewhere/20261123-2040.db"),
    ):
        with pytest.raises(LearnhabitError, match=r"belongs to your data: nothing was written; choose another name"):
            write_file(str(tmp_path / name), b"new", force=force)
        with pytest.raises(LearnhabitError):
            write_folder(str(tmp_path / name), {"a": b"new"}, force=force)
    for name in ("home/backups", "way/backups", "home/backups/new"):
        with pytest.raises(LearnhabitError):
            write_folder(str(tmp_path / name), {"a.csv": b"new"}, force=force)
    assert {each: each.read_bytes() for each in sorted(tmp_path.rglob("*")) if each.is_file()} == before


def test_a_folder_of_tables_goes_over_nothing_of_the_data(data: Path) -> None:
    before = (data / "learnhabit.db").read_bytes()
    with pytest.raises(LearnhabitError, match="belongs to your data"):
        write_folder(str(data), {"learnhabit.db": b"new"}, force=True)
    assert (data / "learnhabit.db").read_bytes() == before
    write_folder(str(data), {"days.csv": b"new"}, force=True)
    assert (data / "days.csv").read_bytes() == b"new"


def test_elsewhere_such_names_are_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    for name in ("learnhabit.db", "backups/week.txt", "learnhabit.db-wal"):
        write_file(str(tmp_path / name), b"one", force=True)
        (tmp_path / name).unlink()


def test_a_folder_that_an_ended_process_of_the_same_number_left_is_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / f".tables.{os.getpid()}.part").mkdir()
    write_folder(str(tmp_path / "tables"), {"a.csv": b"one"})
    assert (tmp_path / "tables" / "a.csv").read_bytes() == b"one"


def test_what_is_read_is_a_file_of_a_sensible_size(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"0123456789")
    assert read_file(str(path), 10) == b"0123456789"
    os.mkfifo(tmp_path / "pipe")
    for name, most, says in (
        ("file", 9, "is too large"),
        ("", 9, "is a folder"),
        ("pipe", 9, "is no file"),
        ("none", 9, "can't be read"),
    ):
        with pytest.raises(LearnhabitError, match=says):
            read_file(str(tmp_path / name), most)


def test_pieces_that_fail_leave_nothing(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"one"
        raise RuntimeError("the source is damaged")

    with pytest.raises(RuntimeError):
        write_file(str(tmp_path / "file"), pieces())
    assert os.listdir(tmp_path) == []
    assert write_file(str(tmp_path / "file"), iter([b"one", b"two"]))
    assert (tmp_path / "file").read_bytes() == b"onetwo"
