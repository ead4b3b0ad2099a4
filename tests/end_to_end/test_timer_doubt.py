"""A timer that looks wrong is asked about: long, forgotten by the app, or beside a clock that was changed."""

from __future__ import annotations

import os
import sqlite3

import pytest

from learnhabit.services import tracking
from learnhabit.services.workspace import open_workspace
from tests.end_to_end.program import Program, surroundings
from tests.end_to_end.test_timer import RAG, at, timer


def beat(program: Program) -> None:
    """What the open app does every 30 seconds."""
    with surroundings(program.environment()), open_workspace() as workspace:
        tracking.heartbeat(workspace)


def asked(program: Program) -> bool:
    """Whether `stop` asks what to do; if so it changes nothing and lists the flags."""
    before = program.file()
    answer = program("stop")
    if answer.code == 0:
        return False
    assert program.file() == before
    _, hint = program.refused(1, "stop")
    assert all(flag in hint for flag in ("--keep", "--trim", "--discard"))
    assert "--keep" in program.ok("status").err
    return True


@pytest.mark.parametrize(("end", "wrong"), [("18:00:00", False), ("18:00:01", True), ("23:59:59", True)])
def test_over_twelve_hours(program: Program, end: str, wrong: bool) -> None:
    at(program, "06:00").ok("start", "rag")
    assert asked(at(program, end)) is wrong


def test_twelve_hours_are_counted_without_pauses(program: Program) -> None:
    at(program, "06:00").ok("start", "rag")
    at(program, "07:00").ok("pause")
    at(program, "19:30").ok("resume")
    assert asked(at(program, "20:00")) is False
    assert program.sessions()[0]["seconds"] == 5400


def test_a_paused_timer_is_not_asked_about(program: Program) -> None:
    at(program, "06:00").ok("start", "rag")
    at(program, "18:00").ok("pause")
    assert asked(at(program, "20:00", day=25)) is False
    assert program.sessions()[0]["seconds"] == 12 * 3600


def test_a_timer_that_looks_wrong_is_not_paused(program: Program) -> None:
    at(program, "06:00").ok("start", "rag")
    before = program.file()
    _, hint = at(program, "19:00").refused(1, "pause")
    assert all(flag in hint for flag in ("learnhabit stop", "--keep", "--trim", "--discard"))
    assert program.file() == before


@pytest.mark.parametrize(
    ("beat_at", "end", "wrong"),
    [
        ("12:30", "15:00:00", False),  # three hours, not over
        ("12:30", "15:00:01", True),
        ("14:58:01", "15:00:01", False),  # two minutes, not over
        ("14:58:00", "15:00:01", True),
        ("19:59", "20:00", False),
        (None, "20:00", False),
    ],
)
def test_an_old_heartbeat(program: Program, beat_at: str | None, end: str, wrong: bool) -> None:
    at(program, "12:00").ok("start", "rag")
    if beat_at:
        beat(at(program, beat_at))
    assert asked(at(program, end)) is wrong


def test_a_clock_set_back(program: Program) -> None:
    at(program, "20:40").ok("start", "rag")
    back = at(program, "20:10")
    assert timer(back)["seconds"] == 0
    assert asked(back) is True
    assert back.json("stop", "--trim", "30m")["seconds"] == 1800
    at(program, "20:40").ok("start", "rag")
    assert back.json("stop", "--keep")["seconds"] >= 1


def test_a_clock_set_back_during_a_pause_leaves_nothing_negative(program: Program) -> None:
    at(program, "20:00").ok("start", "rag")
    at(program, "20:30").ok("pause")
    at(program, "20:10").ok("resume")
    assert timer(at(program, "20:10"))["seconds"] >= 0
    stopped = at(program, "20:40").json("stop")
    assert 1800 <= stopped["seconds"] <= 2400


def test_keep(program: Program) -> None:
    at(program, "06:00").ok("start", "rag")
    assert at(program, "20:00").json("stop", "--keep")["seconds"] == 14 * 3600


def test_keep_is_refused_over_24_hours(program: Program) -> None:
    at(program, "06:00", day=22).ok("start", "rag")
    _, hint = at(program, "06:01").refused(1, "stop", "--keep")
    assert "--trim" in hint and "--discard" in hint
    assert at(program, "06:00").json("stop", "--keep")["seconds"] == 24 * 3600


def test_trim_to_a_duration(program: Program) -> None:
    at(program, "06:00").ok("start", "rag")
    at(program, "06:10").ok("pause")
    at(program, "06:30").ok("resume")
    said = at(program, "20:00").ok("stop", "--trim", "45m").out
    assert program.sessions()[0]["seconds"] == 2700
    assert "06:00–07:05" in said
    at(program, "21:00").ok("undo")
    assert timer(at(program, "21:00"))["paused"] is True


def test_trim_to_the_last_heartbeat(program: Program) -> None:
    at(program, "06:00").ok("start", "rag")
    assert "DURATION" in at(program, "20:00").refused(1, "stop", "--trim")[1]
    beat(at(program, "07:15"))
    assert at(program, "20:00").json("stop", "--trim")["seconds"] == 4500


def test_trim_json_does_not_take_the_option_for_a_duration(program: Program) -> None:
    at(program, "06:00").ok("start", "rag")
    beat(at(program, "07:15"))
    assert at(program, "20:00").ok("stop", "--trim", "--json").json["seconds"] == 4500


def test_discard(program: Program) -> None:
    at(program, "06:00").ok("start", "rag")
    at(program, "20:00").ok("stop", "--discard")
    assert timer(program) is None and program.sessions() == []
    at(program, "20:01").ok("undo")
    assert timer(at(program, "20:01"))["topic"] == RAG


def test_switch_asks_too_and_cancel_does_not(program: Program) -> None:
    at(program, "06:00").ok("start", "rag")
    late = at(program, "20:00")
    before = program.file()
    assert "--trim" in late.refused(1, "switch", "lora")[1]
    assert program.file() == before
    late.ok("cancel")


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ("boot_id = 'another boot'", True),
        ("boot_clock = boot_clock - 200", True),  # the wall clock was set back, or sleep was not counted
        ("boot_clock = boot_clock + 200", True),
        ("boot_clock = boot_clock - 100", False),
        ("boot_id = '', boot_clock = NULL", False),
    ],
)
@pytest.mark.skipif(not os.path.exists("/proc/sys/kernel/random/boot_id"), reason="this system has no boot id")
def test_a_restart_and_a_clock_that_was_set(program: Program, change: str, wrong: bool) -> None:
    """With the real clock: a frozen one is not compared with the machine's."""
    real = program.at("")
    real.ok("start", "rag", "--at", "-10m")
    with sqlite3.connect(program.home / "learnhabit.db") as connection:
        connection.execute(f"UPDATE timer SET {change}")
    connection.close()
    assert asked(real) is wrong
    if wrong:
        assert 600 <= real.json("stop", "--keep")["seconds"] < 660
