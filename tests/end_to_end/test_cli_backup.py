"""Backups and erasing on the command line: the contract, what is said beside a damaged file, and what comes unasked."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from learnhabit.services import agent
from tests.end_to_end.program import Program
from tests.end_to_end.terminal import Terminal

LATER = "2026-11-24T20:40:00+01:00"
FIELDS = {"id", "path", "created_at", "sessions", "sha256"}


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path / "home")


def test_the_contract(program: Program) -> None:
    assert program.json("backup", "list") == []
    program.ok("log", "45m", "rag")
    first = program.json("backup", "now")
    assert first.keys() == FIELDS
    assert (first["id"], first["created_at"], first["sessions"]) == ("20261123-2040", program.now, 1)
    assert hashlib.sha256(Path(first["path"]).read_bytes()).hexdigest() == first["sha256"]
    later = program.at(LATER)
    later.ok("log", "10m", "lora")
    second = later.json("backup", "now")
    listed = later.json("backup", "list")
    # The first after so long came by itself, behind the log.
    assert [each["id"] for each in listed] == ["20261124-2040-2", "20261124-2040", first["id"]]
    assert listed == later.json("backup")
    assert (listed[0], listed[2]) == (second, first)
    sessions = later.sessions()
    done = later.json("backup", "restore", first["id"], "--yes")
    assert done["restored"] == first and done["before"].keys() == FIELDS and done["set_aside"] is None
    assert [each["topic"] for each in later.sessions()] == ["retrieval-augmented-generation"]
    later.ok("backup", "restore", done["before"]["id"], "--yes")
    assert later.sessions() == sessions


def test_what_is_said_and_refused(program: Program) -> None:
    assert "There is no backup yet" in program.ok("backup").out
    assert program.refused(1, "backup", "restore", "last") == (
        "There is no backup yet",
        "learnhabit backup now makes one",
    )
    program.ok("log", "45m", "rag")
    assert "Backed up 1 session (45 min): " in program.ok("backup", "now").out
    assert program.ok("backup").out.startswith("20261123-2040  1 session (45 min), ")
    program.ok("log", "10m", "lora")
    title, hint = program.refused(1, "backup", "restore", "last")
    assert title == "Backup 20261123-2040 was not restored"
    assert hint == "Lost: 1 session (10 min). Add --yes if that is what you want"
    assert program.refused(2, "backup", "restore", "2027")[0] == "There is no backup “2027”"
    assert program.refused(2, "backup", "mend")[0] == "backup: there is no “mend”"
    assert len(program.sessions()) == 2
    said = program.ok("backup", "restore", "last", "--yes").out
    assert "Restored backup 20261123-2040: 1 session (45 min)." in said
    assert "learnhabit backup restore 20261123-2040-2\ntakes this back." in said


@pytest.mark.parametrize("how", ["pages", "beginning"])
def test_a_damaged_file_is_met_with_the_way_back(program: Program, how: str) -> None:
    program.ok("log", "45m", "rag")
    made = program.json("backup", "now")
    path = program.home / "learnhabit.db"
    content = bytearray(path.read_bytes())
    if how == "pages":
        content[100:] = b"\xff" * (len(content) - 100)
    else:
        content[:100] = bytes(100)
    path.write_bytes(content)
    for command in (("status",), ("log", "5m", "rag"), ("summary", "2026"), ("remind", "tick")):
        title, hint = program.refused(1, *command)
        assert title == ("The data file is damaged" if how == "pages" else "This is not a learnhabit database")
        assert f"The newest good backup is {made['id']}, of Mon 23 Nov 2026, 20:40, with 1 session: " in hint
        assert f"learnhabit backup restore {made['id']} brings it back, and keeps the damaged file" in hint
        assert "learnhabit doctor --salvage FILE" in hint
    assert path.read_bytes() == content
    said = program.ok("backup", "restore", made["id"], "--yes").out
    kept = program.home / "learnhabit.db.damaged-20261123-2040"
    assert f"The damaged file was kept: {kept}" in said
    assert kept.read_bytes() == content
    assert len(program.sessions()) == 1


def test_without_a_backup_only_salvage_is_named(program: Program) -> None:
    program.ok("log", "45m", "rag")
    path = program.home / "learnhabit.db"
    path.write_bytes(path.read_bytes()[:100] + b"\xff" * 400_000)
    title, hint = program.refused(1, "sessions")
    assert title == "The data file is damaged"
    assert "learnhabit doctor --salvage FILE" in hint and "Copy it aside first" in hint and "newest" not in hint


def test_a_backup_comes_by_itself_behind_the_answer(program: Program) -> None:
    program.ok("log", "45m", "rag")
    assert not (program.home / "backups").exists()
    later = program.at(LATER)
    # The first look at a new day closes those before, which is no change of anybody's.
    for reading in ("status", "sessions", "week"):
        later.ok(reading)
    assert not (program.home / "backups").exists()
    later.ok("log", "10m", "lora")
    (made,) = later.json("backup", "list")
    assert (made["id"], made["sessions"]) == ("20261124-2040", 2)
    later.ok("log", "10m", "lora")
    assert len(later.json("backup", "list")) == 1
    # The agent's look takes what has changed since, also when it has nothing to send.
    program.at("2026-11-24T21:10:00+01:00").ok("remind", "tick")
    assert [each["sessions"] for each in later.json("backup", "list")] == [3, 2]
    program.at("2026-11-24T21:40:00+01:00").ok("remind", "tick")
    assert len(later.json("backup", "list")) == 2


def test_a_backup_that_can_not_be_made_is_a_note(program: Program) -> None:
    program.ok("log", "45m", "rag")
    (program.home / "backups").write_text("in the way")
    answer = program.at(LATER)("log", "10m", "lora", "--json")
    assert answer.code == 0
    assert answer.json["seconds"] == 600
    assert answer.err.startswith("learnhabit: note: no automatic backup was made; it is tried again later. The backup")
    assert answer.err.count("\n") == 1
    (program.home / "backups").unlink()
    program.at(LATER).ok("log", "10m", "lora")
    assert len(program.json("backup", "list")) == 1


@pytest.fixture
def lived_in(program: Program) -> Program:
    """A home with all that there may be."""
    program.ok("log", "45m", "rag")
    program.ok("backup", "now")
    for name in (
        *("search.db", "config.toml", "remind.tick", "learnhabit.db.before-migration-4", "learnhabit.db-wal"),
        *(
            "learnhabit.db.damaged-20261101-1000",
            "learnhabit.db.damaged-20261101-1000-journal",
            "learnhabit.db.damaged",
        ),
        *("search.db.0123456789abcdef", ".config.toml.77.part", ".config.toml.77-abcdef.part"),
        *("backups/.20261101-1000.7-abcdef.part", "backups/.manifest.json.7.part", "backups/.manifest.json.7-abc.part"),
    ):
        (program.home / name).write_text("mine")
    return program


def test_erasing_leaves_nothing(lived_in: Program) -> None:
    assert lived_in.refused(2, "erase")[0] == "erase: --all is missing"
    title, hint = lived_in.refused(1, "erase", "--all")
    assert title == "Nothing was erased" and "Add --yes-erase" in hint
    assert len(lived_in.sessions()) == 1
    done = lived_in.json("erase", "--all", "--yes-erase")
    assert done["kept"] == []
    assert str(lived_in.home / "learnhabit.db") in done["erased"]
    assert not lived_in.home.exists()
    assert lived_in.json("erase", "--all", "--yes-erase") == {"erased": [], "kept": []}
    assert not lived_in.home.exists()


def test_erasing_leaves_what_is_not_its_own(lived_in: Program, tmp_path: Path) -> None:
    home, other = lived_in.home, tmp_path / "other"
    other.mkdir()
    foreign = [home / "notes.txt", home / "learnhabit.db.mine", home / "backups" / "letter.txt", home / ".part"]
    for each in foreign:
        each.write_text("somebody's")
    (home / "config.toml").unlink()
    (other / "config.toml").write_text("shared")
    (home / "config.toml").symlink_to(other / "config.toml")
    (home / "search.db-journal").mkdir()
    done = lived_in.json("erase", "--all", "--yes-erase")
    assert {each.name for each in home.rglob("*")} == {
        *("backups", "search.db-journal"),
        *(each.name for each in foreign),
    }
    assert set(done["kept"]) == {
        *(str(each) for each in foreign),
        *(str(other / "config.toml"), str(home / "search.db-journal")),
    }
    assert (other / "config.toml").read_text() == "shared"


def test_erasing_follows_no_link(lived_in: Program, tmp_path: Path) -> None:
    home, elsewhere = lived_in.home, tmp_path / "elsewhere"
    (home / "backups").rename(elsewhere)
    (home / "backups").symlink_to(elsewhere)
    done = lived_in.json("erase", "--all", "--yes-erase")
    assert done["kept"] == [str(elsewhere)]
    assert not home.exists()
    assert (elsewhere / "20261123-2040.db").exists()


def test_erasing_a_damaged_home(lived_in: Program) -> None:
    (lived_in.home / "learnhabit.db").write_bytes(b"garbage" * 1000)
    lived_in.ok("erase", "--all", "--yes-erase")
    assert not lived_in.home.exists()


def test_erasing_takes_its_own_agent_along_and_no_other(lived_in: Program) -> None:
    other = Program(lived_in.home.parent / "home-2")
    other.ok("remind", "install", "--with", "autostart")
    entry = lived_in.home.parent / ".config/autostart/learnhabit-remind.desktop"
    assert entry.exists()
    lived_in.ok("erase", "--all", "--yes-erase")
    assert entry.exists()
    done = other.json("erase", "--all", "--yes-erase")
    assert "agent: autostart" in done["erased"]
    assert not entry.exists()


def test_a_loop_that_runs_does_not_bring_erased_data_back(lived_in: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    from learnhabit.clock import FrozenClock, clock_from_environment

    looks: list[bool] = []

    class EndedError(Exception):
        pass

    def sleep(seconds: float) -> None:
        looks.append(lived_in.home.exists())
        if len(looks) == 1:
            lived_in.ok("erase", "--all", "--yes-erase")
        if len(looks) == 3:
            raise EndedError

    monkeypatch.setattr(agent, "time", SimpleNamespace(sleep=sleep))
    clock = clock_from_environment({"LEARNHABIT_NOW": lived_in.now})
    assert isinstance(clock, FrozenClock)
    with pytest.raises(EndedError):
        agent.run_ticks(str(lived_in.home), clock)
    assert looks == [True, False, False]


def test_a_terminal_is_asked(lived_in: Program) -> None:
    lived_in.ok("log", "10m", "lora")

    def asked(*arguments: str) -> Terminal:
        return Terminal([sys.executable, "-m", "learnhabit", *arguments], lived_in.environment())

    for answer in ("n", ""):
        with asked("backup", "restore", "last") as terminal:
            terminal.wait("Restore it? [y/N]")
            assert "Lost: 1 session (10 min)." in terminal.text
            terminal.keys(answer, "enter")
            assert terminal.process.wait(30) == 1
    assert len(lived_in.sessions()) == 2
    with asked("backup", "restore", "last") as terminal:
        terminal.wait("Restore it? [y/N]")
        terminal.keys("y", "enter")
        terminal.wait("takes this back")
        assert terminal.process.wait(30) == 0
    assert len(lived_in.sessions()) == 1
    for answer, code in (("yes", 1), ("erase", 0)):
        with asked("erase", "--all") as terminal:
            terminal.wait("Type erase to erase it all:")
            terminal.keys(answer, "enter")
            assert terminal.process.wait(30) == code
        assert lived_in.home.exists() == bool(code)
