"""Where answers go: stdout for data, stderr for errors and warnings, through pipes, closed ends and plain terminals."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.end_to_end.program import TIME_LIMIT, Answer, Program

LOGGED = ("log", "1h", "rag", "naïve café", "--at", "18:00")

PRINTING: list[tuple[str, ...]] = [
    ("log", "5m", "rag"),
    ("start", "rag", "--at", "-30m"),
    ("status",),
    ("pause",),
    ("resume",),
    ("switch", "lora"),
    ("stop",),
    ("delete", "last"),
    ("start", "rag"),
    ("cancel",),
    ("sessions",),
    ("topics",),
    ("topics", "rag"),
    ("edit", "last", "--note", "x"),
    ("move", "last", "yesterday"),
    ("move", "last", "today"),
    ("split", "last", "20:20"),
    ("merge", "last", "@first"),
    ("undo",),
    ("redo",),
    ("delete", "last"),
    ("cadence",),
    ("cadence", "4", "--minimum", "15m"),
    ("time-off", "2026-12-24", "--why", "holiday"),
    ("time-off", "list"),
    ("time-off", "remove", "last"),
    ("settings",),
    ("settings", "clock"),
    ("settings", "clock", "12"),
    ("topic", "add", "Rust"),
]
"""Every command that prints, in an order in which each works, on a log that holds one session."""


def walk(program: Program, *more: str) -> list[tuple[tuple[str, ...], Answer]]:
    """The answers of all printing commands, each of which must work."""
    program.ok(*LOGGED)
    answers = []
    for command in PRINTING:
        ids = {"@first": program.sessions()[2]["id"]} if "@first" in command else {}
        answers.append((command, program.ok(*(ids.get(word, word) for word in command), *more)))
    return answers


def test_every_command_that_prints_has_json(program: Program) -> None:
    for command, answer in walk(program, "--json"):
        assert isinstance(answer.json, dict | list), command
        assert answer.out.endswith("\n") and answer.out.count("\n") == 1, command


def test_people_get_lines_and_nothing_else(program: Program) -> None:
    for command, answer in walk(program):
        assert answer.out.strip() and answer.out.endswith("\n"), command
        assert b"\x1b" not in answer.stdout + answer.stderr, command
        assert not re.search(r"\b(None|nan|inf)\b", answer.out), command


def test_the_installed_program_says_the_same(program: Program) -> None:
    script = Path(sys.executable).parent / "learnhabit"
    program.ok(*LOGGED)
    for command in (["status"], ["sessions"], ["sessions", "--json"], ["bogus", "--json"]):
        done = subprocess.run(
            [script, *command], env=program.environment(), capture_output=True, timeout=TIME_LIMIT, check=False
        )
        assert Answer(done.returncode, done.stdout, done.stderr) == program(*command) == program.spawn(*command)


@pytest.mark.parametrize("variable", ["NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"])
def test_colour_variables_change_nothing_in_a_pipe(program: Program, variable: str) -> None:
    program.ok(*LOGGED)
    assert program.spawn("sessions", environment={variable: "1", "TERM": "xterm-256color"}) == program.ok("sessions")


def test_a_stream_that_knows_only_ascii(program: Program) -> None:
    program.ok(*LOGGED)
    program.ok("topic", "add", "日本語 ✓")
    narrow = {"PYTHONIOENCODING": "ascii"}
    for command in (["sessions"], ["sessions", "--json"], ["topics"], ["status"]):
        answer = program.spawn(*command, environment=narrow)
        assert answer.code == 0 and answer.stderr == b""
        assert answer.stdout.isascii()
    assert program.spawn("sessions", "--json", environment=narrow).json == program.sessions()
    failed = program.spawn("log", "45m", "日本", "x", environment=narrow)
    assert failed.code == 0 and failed.stdout.isascii()
    failed = program.spawn("log", "45m", "ünknown", environment=narrow)
    assert failed.code == 2 and failed.stderr.isascii() and failed.err.startswith("learnhabit: Unknown topic ")


def test_a_plain_c_locale(program: Program) -> None:
    answer = program.spawn("log", "45m", "rag", "naïve café".encode(), environment={"LC_ALL": "C", "LANG": "C"})
    assert answer.code == 0 and answer.stderr == b""
    assert program.sessions()[0]["note"] == "naïve café"


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("command", ["sessions", "sessions --json", "topics", "status", "--help", "log --help"])
def test_a_reader_that_has_gone_is_no_error(program: Program, command: str, unbuffered: str) -> None:
    for minute in range(20):
        program.ok("log", "1m", "rag", "--note", "x" * 500, "--at", f"yesterday 10:{minute:02}")
    answer = into_closed_pipe(program, command.split(), unbuffered)
    assert answer.stderr == b""
    assert answer.code == 0


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_an_error_is_still_one_when_nobody_reads_it(program: Program, unbuffered: str) -> None:
    for arguments, code in ((["bogus", "--json"], 2), (["stop", "--json"], 1)):
        answer = into_closed_pipe(program, arguments, unbuffered)
        assert answer.code == code
        assert answer.err.startswith("learnhabit: ") and answer.err.count("\n") == 1


def into_closed_pipe(program: Program, arguments: list[str], unbuffered: str) -> Answer:
    """Run a command whose standard output nobody reads any more."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        return to_stream(program, arguments, writer, PYTHONUNBUFFERED=unbuffered)
    finally:
        os.close(writer)


def to_stream(program: Program, arguments: list[str], stdout: int, **environment: str) -> Answer:
    done = subprocess.run(
        [sys.executable, "-m", "learnhabit", *arguments],
        env=program.environment(**environment),
        stdout=stdout,
        stderr=subprocess.PIPE,
        timeout=TIME_LIMIT,
        check=False,
    )
    return Answer(done.returncode, b"", done.stderr)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_an_answer_that_cannot_be_written_does_not_deny_what_was_done(program: Program, unbuffered: str) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        answer = to_stream(program, ["log", "45m", "rag"], full, PYTHONUNBUFFERED=unbuffered)
    finally:
        os.close(full)
    assert len(program.sessions()) == 1
    assert answer.code == 1
    assert answer.err.startswith("learnhabit: ") and answer.err.count("\n") == 1
    assert "nothing was saved" not in answer.err


@pytest.mark.parametrize(
    ("closed", "arguments", "code"),
    [
        (">&-", "status", 0),
        (">&-", "log 45m rag", 0),
        (">&-", "bogus --json", 2),
        ("2>&-", "bogus", 2),
        ("2>&-", "status", 0),
        (">&- 2>&-", "log 45m rag", 0),
        ("<&-", "status", 0),
    ],
)
def test_a_stream_that_is_closed_from_the_start(program: Program, closed: str, arguments: str, code: int) -> None:
    shell = shutil.which("sh")
    assert shell
    done = subprocess.run(
        [shell, "-c", f'exec "$0" -m learnhabit {arguments} {closed}', sys.executable],
        env=program.environment(),
        capture_output=True,
        timeout=TIME_LIMIT,
        check=False,
    )
    assert done.returncode == code, done
    assert b"Traceback" not in done.stdout + done.stderr
    assert len(program.sessions()) == arguments.count("log")


def test_without_a_terminal_the_app_says_so_and_shows_the_status(program: Program) -> None:
    answer = program.spawn()
    assert answer.code == 0
    assert answer.stdout == program.ok("status").stdout
    assert answer.err.startswith("learnhabit: ") and "terminal" in answer.err


def test_under_cron_a_new_home_shows_its_status_in_text(tmp_path: Path) -> None:
    """Nothing in the environment but what cron gives: no TERM, no locale, no terminal, no session."""
    given = {"HOME": str(tmp_path), "LOGNAME": "somebody", "PATH": "/usr/bin:/bin", "SHELL": "/bin/sh"}
    done = subprocess.run(
        [sys.executable, "-m", "learnhabit"],
        env=given,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=TIME_LIMIT,
        check=False,
    )
    assert done.returncode == 0
    assert done.stdout.startswith(b"Today     0 min of 10 min") and b"\x1b" not in done.stdout
    assert done.stderr.startswith(b"learnhabit: the app needs a terminal") and done.stderr.count(b"\n") == 1
    assert (tmp_path / ".local/share/learnhabit/learnhabit.db").exists()


@pytest.mark.parametrize(
    ("command", "next_step"),
    [
        (["sessions"], "learnhabit log"),
        (["sessions", "--from", "yesterday"], "learnhabit "),
        (["sessions", "--search", "nothing of the kind"], "learnhabit "),
        (["sessions", "--topic", "rag"], "learnhabit "),
        (["topics", "nothing of the kind"], "learnhabit topic"),
        (["time-off", "list"], "learnhabit time-off"),
        (["status"], "today begin one"),
    ],
)
def test_an_empty_answer_says_what_to_do_next(program: Program, command: list[str], next_step: str) -> None:
    assert next_step in program.ok(*command).out
    if command != ["status"]:
        assert program.json(*command) == []


def test_warnings_go_to_stderr_and_change_no_exit_code(program: Program) -> None:
    program.ok(*LOGGED)
    for arguments in (["log", "1h", "lora", "--at", "18:30"], ["edit", "last", "--at", "17:30"]):
        plain = program.ok(*arguments)
        program.ok("undo")
        machine = program.ok(*arguments, "--json")
        assert machine.stderr == plain.stderr
        assert plain.err.startswith("learnhabit: ") and plain.err.count("\n") == 1
        assert "30 min" in plain.err and "Retrieval-augmented generation" in plain.err
        assert machine.json["seconds"] == 3600
    # Both are kept and both count.
    assert program.json("status")["today"]["seconds"] == 7200
    # Sessions that only touch share nothing.
    assert program.ok("log", "30m", "lora", "--at", "19:00").stderr == b""


def test_the_answer_repeats_date_and_study_day(program: Program) -> None:
    late = program.ok("log", "45m", "rag", "--at", "2026-11-23 1:00").out
    assert "01:00–01:45" in late and "Sun 22 Nov 2026" in late
    assert "45 min" in late and program.sessions()[0]["id"][-6:] in late
    assert "Mon 23 Nov 2026" in program.ok("move", "last", "today").out


def test_minutes_hours_and_thousands_as_people_read_them(program: Program) -> None:
    program.ok("log", "59m", "rag", "--at", "9:00")
    program.ok("log", "1h05", "rag", "--at", "10:00")
    listed = program.ok("sessions").out
    assert "59 min" in listed and "1 h 05 m" in listed and "2 h 04 m" in listed
    assert "2.1 h" in program.ok("topics", "retrieval-augmented").out


@pytest.mark.parametrize(
    ("template", "filled"),
    [
        ("{week[counted_days]}/{week[target_days]} {timer}", "1/5 Efficient fine-tuning 0:24"),
        ("{timer[topic]} {timer[seconds]} {timer[paused]}", "efficient-fine-tuning 1440 False"),
        ("{today[seconds]}|{today[study_day]}|{today[goal_seconds]}", "1800|2026-11-23|600"),
        ("{run[days]} {run[longest]} {run[safe_days]} {strength:.2f}", "1 1 2 0.06"),
        ("{strength:.0%}", "6%"),
        ("{{}} ünï\t✓", "{} ünï\t✓"),
        ("", ""),
        ("{timer:>40}", "Efficient fine-tuning 0:24".rjust(40)),
    ],
)
def test_status_format(program: Program, template: str, filled: str) -> None:
    program.ok("log", "30m", "rag", "--at", "9:00")
    program.ok("start", "lora", "--at", "-24m")
    assert program.ok("status", "--format", template).out == f"{filled}\n"


def test_status_format_without_a_timer(program: Program) -> None:
    template = "[{timer}{timer[topic]}{timer[seconds]}{timer[started_at]}{timer[paused]}] {week[counted_days]}"
    assert program.ok("status", "--format", template).out == "[] 0\n"
