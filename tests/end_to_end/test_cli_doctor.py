"""`learnhabit doctor`: its words, its JSON, its exit codes, in a process like a person's and in a terminal's width."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime
from pathlib import Path

from learnhabit.clock import FrozenClock
from learnhabit.services.backups import backup_now
from tests.end_to_end.program import NOW, Program

STATES = {"ok", "warning", "wrong"}


def lived_in(program: Program) -> Program:
    for day in ("2026-11-20", "2026-11-21"):
        program.ok("log", "45m", "rag", "the survey", "--at", f"{day} 20:00", "--takeaway", "keys are cheap")
    program.ok("resolve", "40 hours of rag by June")
    backup_now(str(program.home), FrozenClock(datetime.fromisoformat(NOW)))
    return program


def break_totals(program: Program) -> None:
    connection = sqlite3.connect(program.home / "learnhabit.db")
    connection.execute("UPDATE day_total SET seconds = 1")
    connection.commit()
    connection.close()


def test_all_is_well(program: Program) -> None:
    answer = lived_in(program).ok("doctor")
    lines = answer.out.splitlines()
    assert lines[-2:] == ["", "Everything is in order."]
    assert all(line.startswith("ok       ") for line in lines[:-2]), answer.out
    found = program.json("doctor")
    assert all(each.keys() == {"check", "state", "detail", "do"} for each in found)
    assert {each["state"] for each in found} == {"ok"}
    assert len(found) == len(lines) - 2


def test_what_is_wrong_is_printed_with_exit_code_1_and_mended(program: Program) -> None:
    break_totals(lived_in(program))
    answer = program("doctor")
    assert (answer.code, answer.err) == (1, "")
    assert "wrong    totals            4 sums of a day or month differ from the log\n" not in answer.out
    assert "wrong    totals            2 sums of a day or month differ from the log\n" in answer.out
    assert "-> learnhabit doctor --fix" in answer.out
    assert answer.out.endswith("\n1 thing is wrong. learnhabit doctor --fix mends: totals.\n")
    machine = program("doctor", "--json")
    assert machine.code == 1
    assert [each["check"] for each in machine.json if each["state"] == "wrong"] == ["totals"]
    fixed = program("doctor", "--fix", "--json")
    assert fixed.code == 0
    assert {each["check"] for each in fixed.json if each["mended"]} == {"totals"}
    assert program.ok("doctor", "--fix").out.endswith(
        "There was nothing that could be mended.\nEverything is in order.\n"
    )
    assert program.json("status")["today"]["seconds"] == 0


def test_a_damaged_database_is_told_and_saved(program: Program, fresh: Program, tmp_path: Path) -> None:
    lived_in(program)
    before = program.sessions()
    database = program.home / "learnhabit.db"
    content = bytearray(database.read_bytes())
    content[:100] = bytes(100)
    database.write_bytes(content)
    answer = program("doctor")
    assert answer.code == 1
    assert "wrong    file" in answer.out
    saved = tmp_path / "saved.json"
    told = program.ok("doctor", "--salvage", str(saved)).out
    assert "Read: 2 sessions, 1 resolution" in told
    assert "Lost: nothing.\n" in told
    assert database.read_bytes() == content
    title, _ = program.refused(1, "doctor", "--salvage", str(saved))
    assert title == f"{saved} exists already"
    report = program.json("doctor", "--salvage", str(saved), "--force")
    assert report.keys() == {"written", "read", "lost", "uncertain", "lost_days", "lost_seconds", "replaced"}
    assert (report["read"]["session"], report["lost"], report["lost_seconds"]) == (2, {}, 0)
    assert json.loads(saved.read_text())["format"] == "learnhabit-export"
    fresh.ok("import", str(saved))
    assert fresh.sessions() == before


def test_fix_and_salvage_are_two_things(program: Program) -> None:
    title, _ = program.refused(2, "doctor", "--fix", "--salvage", "x.json")
    assert title == "--fix and --salvage are two things"


def test_a_folder_that_is_not_there_is_not_made(fresh: Program) -> None:
    assert fresh.ok("doctor").out.endswith("Everything is in order.\n")
    assert not fresh.home.exists()


def test_in_a_process_of_its_own(program: Program) -> None:
    """What is written to a pipe is whole, and a file of bytes is no traceback."""
    (program.home / "learnhabit.db").write_bytes(b"\xff" * 5000)
    answer = program.spawn("doctor", "--fix", "--json")
    assert (answer.code, answer.err) == (1, "")
    assert {each["state"] for each in answer.json} <= STATES
    (found,) = [each for each in answer.json if each["check"] == "file"]
    assert found["state"] == "wrong" and found["do"]
