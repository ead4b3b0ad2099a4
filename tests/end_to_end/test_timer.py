"""The one timer, from moment to moment: nothing it showed is lost, and nothing wrong is saved in silence."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import Any

import pytest

from tests.end_to_end.program import Program

RAG = "retrieval-augmented-generation"
TUNING = "efficient-fine-tuning"


def at(program: Program, time: str, day: int = 23) -> Program:
    """The program at a wall clock of November 2026."""
    return program.at(f"2026-11-{day}T{time}{':00' if time.count(':') == 1 else ''}+01:00")


def timer(program: Program) -> Any:
    return program.json("status")["timer"]


def test_start_and_stop(program: Program) -> None:
    started = at(program, "20:00").json("start", "rag", "chunking", "#paper", "--tag", "deep")
    assert started == {"topic": RAG, "started_at": "2026-11-23T20:00:00+01:00", "seconds": 0, "paused": False}
    assert timer(at(program, "20:10:30"))["seconds"] == 630
    stopped = at(program, "20:25").json("stop", "--takeaway", "Overlap.")
    assert stopped.pop("id")
    assert stopped == {
        "topic": RAG,
        "study_day": "2026-11-23",
        "started_at": "2026-11-23T20:00:00+01:00",
        "seconds": 1500,
        "note": "chunking",
        "takeaway": "Overlap.",
        "tags": ["paper", "deep"],
        "resource": None,
    }
    assert timer(program) is None
    assert at(program, "20:26").refused(1, "stop")


def test_start_earlier_and_another_note_at_the_end(program: Program) -> None:
    assert program.json("start", "lora", "--at", "-15m")["seconds"] == 900
    stopped = program.json("stop", "--note", "rank 8")
    assert (stopped["seconds"], stopped["note"]) == (900, "rank 8")
    assert program.json("start", "lora @yesterday 21:00")["started_at"] == "2026-11-22T21:00:00+01:00"


def test_pauses_are_left_out(program: Program) -> None:
    at(program, "20:00").ok("start", "rag")
    assert at(program, "20:10").json("pause") == {
        "topic": RAG,
        "started_at": "2026-11-23T20:00:00+01:00",
        "seconds": 600,
        "paused": True,
    }
    assert timer(at(program, "20:15"))["seconds"] == 600
    assert at(program, "20:20").json("resume")["paused"] is False
    at(program, "20:25").ok("pause")
    at(program, "20:30").ok("resume")
    stopped = at(program, "20:45").json("stop")
    assert stopped["seconds"] == (10 + 5 + 15) * 60
    assert "20:00" in program.at("2026-11-23T21:00:00+01:00").ok("sessions").out


def test_stop_while_paused_ends_at_the_pause(program: Program) -> None:
    at(program, "20:00").ok("start", "rag")
    at(program, "20:10").ok("pause")
    said = at(program, "23:30").ok("stop").out
    assert "20:00–20:10" in said
    assert program.sessions()[0]["seconds"] == 600


def test_a_session_of_a_moment_is_still_one(program: Program) -> None:
    program.ok("start", "rag")
    assert program.json("stop")["seconds"] >= 1


@pytest.mark.parametrize("seconds", [1, 59, 61, 3599, 43_199])
def test_seconds_are_exact(program: Program, seconds: int) -> None:
    at(program, "06:00").ok("start", "rag")
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    stopped = at(program, f"{6 + hours:02}:{minutes:02}:{rest:02}").json("stop")
    assert stopped["seconds"] == seconds


def test_refused_while_one_runs_and_without_one(program: Program) -> None:
    """Nothing changes, and the hint names the command that helps."""
    for command, hint in (
        (["pause"], "start"),
        (["resume"], "start"),
        (["stop"], "start"),
        (["switch", "rag"], "start"),
    ):
        assert f"learnhabit {hint}" in program.refused(1, *command)[1]
    program.refused(1, "cancel")
    at(program, "20:00").ok("start", "rag")
    before = program.file()
    running = at(program, "20:10")
    assert "learnhabit switch" in running.refused(1, "start", "lora")[1]
    assert "learnhabit pause" in running.refused(1, "resume")[1]
    assert program.file() == before
    running.ok("pause")
    before = program.file()
    assert "learnhabit resume" in at(program, "20:15").refused(1, "pause")[1]
    assert "learnhabit switch" in at(program, "20:15").refused(1, "start", "lora")[1]
    assert program.file() == before
    assert timer(at(program, "20:15")) == timer(running)


def test_switch_stops_and_starts_at_one_moment(program: Program) -> None:
    at(program, "20:00").ok("start", "rag", "first")
    both = at(program, "20:30").json("switch", "lora", "second", "--at", "-10m")
    assert (both["stopped"]["seconds"], both["stopped"]["note"]) == (1200, "first")
    assert both["timer"]["topic"] == TUNING
    assert both["timer"]["started_at"] == "2026-11-23T20:20:00+01:00"
    stopped = at(program, "20:40").json("stop")
    assert (stopped["seconds"], stopped["note"]) == (1200, "second")
    assert at(program, "21:00").ok("sessions").stderr == b""


def test_switch_while_paused_ends_the_first_at_its_pause(program: Program) -> None:
    at(program, "20:00").ok("start", "rag")
    at(program, "20:10").ok("pause")
    both = at(program, "20:30").json("switch", "lora")
    assert both["stopped"]["seconds"] == 600
    assert (both["timer"]["started_at"], both["timer"]["paused"]) == ("2026-11-23T20:30:00+01:00", False)


def test_switch_into_a_pause_that_is_over(program: Program) -> None:
    at(program, "20:00").ok("start", "rag")
    at(program, "20:10").ok("pause")
    at(program, "20:20").ok("resume")
    both = at(program, "20:30").json("switch", "lora", "--at", "20:15")
    assert both["stopped"]["seconds"] == 600
    assert both["timer"]["started_at"] == "2026-11-23T20:15:00+01:00"


def test_cancel_keeps_nothing_and_undo_brings_it_back_paused(program: Program) -> None:
    at(program, "20:00").ok("start", "rag", "kept note")
    at(program, "20:10").ok("cancel")
    assert timer(program) is None and program.sessions() == []
    at(program, "20:30").ok("undo")
    back = timer(at(program, "20:35"))
    assert (back["seconds"], back["paused"]) == (600, True)
    at(program, "20:35").ok("resume")
    stopped = at(program, "20:40").json("stop")
    assert (stopped["seconds"], stopped["note"]) == (900, "kept note")


def test_undo_of_stop_brings_it_back_paused_at_that_moment(program: Program) -> None:
    at(program, "20:00").ok("start", "rag")
    first = at(program, "20:25").json("stop", "--takeaway", "lost with it")
    at(program, "21:00").ok("undo")
    assert program.sessions() == []
    assert timer(at(program, "21:30")) == {
        "topic": RAG,
        "started_at": "2026-11-23T20:00:00+01:00",
        "seconds": 1500,
        "paused": True,
    }
    # A second stop is a session of its own, and ends at the first one's end.
    second = at(program, "21:40").json("stop", "--takeaway", "second")
    assert second["seconds"] == 1500 and second["id"] != first["id"]
    assert [each["id"] for each in program.sessions()] == [second["id"]]


def test_redo_of_a_stop_brings_the_same_session_again(program: Program) -> None:
    at(program, "20:00").ok("start", "rag", "#a")
    stopped = at(program, "20:25").json("stop", "--takeaway", "t")
    at(program, "21:00").ok("undo")
    at(program, "21:10").ok("redo")
    assert timer(program) is None
    assert program.sessions() == [stopped]
    # Back once more, and on: the pause is no study.
    at(program, "21:15").ok("undo")
    at(program, "21:30").ok("resume")
    at(program, "21:31").refused(1, "redo")
    assert at(program, "21:35").json("stop")["seconds"] == 1800


def test_undo_of_a_start_is_a_cancel(program: Program) -> None:
    at(program, "20:00").ok("start", "rag")
    at(program, "20:10").ok("undo")
    assert timer(program) is None and program.sessions() == []
    at(program, "20:15").ok("redo")
    assert timer(at(program, "20:20"))["started_at"] == "2026-11-23T20:00:00+01:00"


def test_pause_and_resume_are_no_steps(program: Program) -> None:
    program.ok("log", "5m", "aya")
    at(program, "20:45").ok("start", "rag")
    at(program, "20:50").ok("pause")
    at(program, "20:55").ok("resume")
    at(program, "21:00").ok("undo")
    assert timer(program) is None
    assert len(program.sessions()) == 1
    at(program, "21:00").ok("undo")
    assert program.sessions() == []


def test_undo_of_a_switch_takes_both_back(program: Program) -> None:
    at(program, "20:00").ok("start", "rag")
    at(program, "20:20").ok("switch", "lora")
    at(program, "20:30").ok("undo")
    back = timer(at(program, "20:30"))
    assert (back["topic"], back["seconds"], back["paused"]) == (RAG, 1200, True)
    assert program.sessions() == []
    at(program, "20:31").ok("redo")
    assert timer(at(program, "20:40"))["topic"] == TUNING
    assert [each["seconds"] for each in program.sessions()] == [1200]


@pytest.mark.parametrize("ends", ["stop", "cancel", "undo"])
def test_undo_never_makes_a_second_timer(program: Program, ends: str) -> None:
    at(program, "20:00").ok("start", "rag")
    at(program, "20:10").ok(ends)
    at(program, "20:20").ok("start", "lora")
    at(program, "20:30").ok("undo")
    assert timer(program) is None
    if ends != "undo":
        at(program, "20:31").ok("undo")
        assert timer(program)["topic"] == RAG


def test_kill_9_behind_a_start_loses_nothing(program: Program) -> None:
    code = "import sys, time; from learnhabit.cli import main; main(['start', 'rag', 'note']); time.sleep(600)"
    environment = program.environment(PYTHONUNBUFFERED="1")
    with subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline().startswith(b"Started")
        os.kill(process.pid, signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    later = at(program, "21:10")
    assert timer(later)["seconds"] == 1800
    assert later.json("stop")["note"] == "note"


def test_every_command_is_a_process_of_its_own(program: Program) -> None:
    assert at(program, "20:00").spawn("start", "rag").code == 0
    assert at(program, "20:10").spawn("pause").code == 0
    assert at(program, "20:20").spawn("resume").code == 0
    assert at(program, "20:30").spawn("stop", "--json").json["seconds"] == 1200
    assert at(program, "20:31").spawn("undo").code == 0
    assert at(program, "20:32").spawn("status", "--json").json["timer"]["paused"] is True
