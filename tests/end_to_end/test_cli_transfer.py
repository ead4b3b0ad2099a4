"""`export` and `import` as they are typed: files, streams, refusals, and a disk that is full."""

from __future__ import annotations

import json
import stat
from datetime import datetime
from pathlib import Path

import pytest

from tests.end_to_end.program import Program
from tests.storage.living import live
from tests.storage.support import assert_sound, file_of, run
from tests.storage.test_disk_full import FULL, limit
from tests.storage.test_transfer import answers
from tests.storage.test_transfer_hostile import DEEDS

SIZE = 400


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path / "home")


def test_there_and_back(program: Program, tmp_path: Path) -> None:
    program.ok("log", "45m", "rag", "chunking", "#deep")
    program.ok("resolve", "100 h of rag")
    file = tmp_path / "all.json"
    said = program.ok("export", str(file)).out
    assert said == f"Written: {file} (1 session, 1 resolution, 1 tag and 1 more)\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert program.refused(1, "export", str(file))[0] == f"{file} exists already"
    written = program.json("export", str(file), "--force")
    assert written["written"] == str(file) and written["rows"]["session"] == 1
    assert json.loads(program.ok("export", "-").out) == json.loads(file.read_text())
    before = program.file()
    for own in (program.home / "learnhabit.db", program.home / "learnhabit.db-journal"):
        assert program.refused(1, "export", str(own), "--force")[0] == f"{own} belongs to your data"
    own = program.home / "learnhabit.db"
    title = f"{own} belongs to your data"
    assert program.refused(1, "summary", "-o", str(own), "--format", "md", "--force")[0] == title
    assert program.refused(1, "doctor", "--salvage", str(own), "--force")[0] == title
    assert program.file() == before
    link = tmp_path / "link.json"
    link.symlink_to(file)
    assert program.refused(1, "export", str(link), "--force")[0] == f"{link} is a symbolic link"

    other = Program(tmp_path / "other")
    tried = other.json("import", str(file), "--dry-run")
    assert tried["added"] == 4 and tried["dry_run"]
    assert other.sessions() == []
    assert other.ok("import", str(file)).out == (
        "Added: 1 session, 1 resolution, 1 tag and 1 target\nlearnhabit undo takes it back\n"
    )
    assert other.sessions() == program.sessions()
    again = other.json("import", str(file))
    assert {key: again[key] for key in ("added", "changed", "unchanged", "skipped")} == {
        "added": 0, "changed": 0, "unchanged": 4, "skipped": 0,
    }  # fmt: skip
    assert other.ok("import", str(file)).out.endswith("Nothing new: all of it is here already.\n")
    other.ok("delete", "last")
    said = other.ok("import", str(file)).out
    assert "Skipped: 1 session: deleted here\n" in said and "--bring-back" in said
    assert other.ok("import", str(file), "--bring-back").out.startswith("Added: 1 session and 1 tag\n")
    assert other.ok("undo").out.startswith("Took back: imported 1 session and 1 tag")


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "ascii", "latin-1", "cp437"])
def test_the_standard_output_holds_an_export_in_every_encoding(program: Program, tmp_path: Path, encoding: str) -> None:
    program.ok("log", "45m", "rag", "Café “Übung” 🜁 a\\b \u202e\u2028ü\x85")
    program.ok("export", str(tmp_path / "all.json"))
    answer = program.spawn("export", "-", environment={"PYTHONIOENCODING": encoding})
    assert (answer.code, answer.stderr) == (0, b"")
    assert answer.stdout.isascii() == (encoding != "utf-8")
    file = tmp_path / "streamed.json"
    file.write_bytes(answer.stdout)
    assert json.loads(file.read_bytes()) == json.loads((tmp_path / "all.json").read_bytes())
    other = Program(tmp_path / "other")
    assert other.json("import", str(file))["added"] == 1
    assert other.sessions() == program.sessions()


def test_export_erase_import(program: Program, tmp_path: Path) -> None:
    live(program.home, [(deed, number, 90) for number in range(2) for deed in DEEDS])
    later = program.at("2026-12-30T20:40:00+01:00")
    before = answers(program.home, datetime.fromisoformat(later.now))
    file = tmp_path / "all.json"
    later.ok("export", str(file))
    later.ok("erase", "--all", "--yes-erase")
    assert later.sessions() == []
    later.ok("import", str(file))
    assert answers(program.home, datetime.fromisoformat(later.now)) == before


def test_a_table(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text("Date;Duration;Project\n2026-11-02;45m;rag\n2026-11-02;20m;Deep Work\n")
    assert program.refused(1, "import", str(file))[0] == "This is no export of learnhabit"
    assert program.refused(1, "import", "--csv", str(file))[0] == "1 topic is unknown: “Deep Work”"
    assert program.refused(2, "import", "--csv", str(file), "--bring-back")
    assert program.refused(2, "import", str(file), "--create-topics")
    assert (
        program.refused(2, "import", "--csv", str(file), "--topic-map", "Deep Work")[0] == "“Deep Work” maps no topic"
    )
    assert program.json("import", "--csv", str(file), "--topic-map", "Deep Work=lora")["added"] == 2
    assert program.json("import", "--csv", str(file), "--create-topics")["unchanged"] == 2


def test_files_that_can_t_be_read(program: Program, tmp_path: Path) -> None:
    for path, title in (
        (tmp_path, f"{tmp_path} is a folder"),
        (tmp_path / "none", f"{tmp_path / 'none'} can't be read"),
        (Path("/dev/zero"), "/dev/zero is no file"),
    ):
        for more in ((), ("--csv",)):
            assert program.refused(1, "import", str(path), *more)[0] == title


def test_a_full_disk(program: Program, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    rows = "".join(f"2026-11-{n % 20 + 1:02},{n % 24}:00,{n % 50 + 5}m,rag,{'x' * 300}\n" for n in range(SIZE))
    table.write_text(f"date,start,duration,topic,note\n{rows}")
    program.ok("import", "--csv", str(table))
    file = tmp_path / "all.json"
    answer = run(program.home, "export", str(file), prefix=limit(100_000))
    assert answer.code == 1 and answer.err.startswith(f"learnhabit: {file} can't be written: File too large"), answer
    assert sorted(each.name for each in tmp_path.iterdir()) == ["home", "table.csv"]
    program.ok("export", str(file))

    other = Program(tmp_path / "other")
    other.ok("log", "45m", "rag")
    before = file_of(other.home).read_bytes()
    few = limit(len(before) + 40_000)
    for words in ((str(file),), ("--csv", str(table))):
        answer = run(other.home, "import", *words, prefix=few)
        assert answer.code == 1 and answer.err.startswith(f"learnhabit: {FULL}: this was not saved"), answer
        assert file_of(other.home).read_bytes() == before
    assert_sound(other.home)
    assert other.json("import", str(file))["added"] == SIZE
    assert_sound(other.home)
