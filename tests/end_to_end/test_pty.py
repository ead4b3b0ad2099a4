"""The real app in a real terminal, driven by keys alone; afterwards the command line and the terminal are asked."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.end_to_end.program import Program
from tests.end_to_end.terminal import Terminal

SIZES = [(80, 24), (140, 45)]
ALTERNATE_SCREEN, CURSOR, BRACKETED_PASTE = 1049, 25, 2004
MOUSE_AND_FOCUS = (1000, 1002, 1003, 1004, 1006, 1015)


def opened(program: Program, columns: int = 80, lines: int = 24, variables: dict[str, str] | None = None) -> Terminal:
    """The app in a terminal, as `learnhabit` alone opens it."""
    environment = program.environment(**(variables or {}))
    return Terminal([sys.executable, "-m", "learnhabit"], environment, columns, lines)


def assert_restored(terminal: Terminal) -> None:
    """The terminal is as it was before: no alternate screen, the cursor shown, no mouse, the same line settings."""
    assert terminal.modes[ALTERNATE_SCREEN] is False
    assert terminal.modes[CURSOR] is True
    assert terminal.modes.get(BRACKETED_PASTE, False) is False
    assert not any(terminal.modes.get(mode, False) for mode in MOUSE_AND_FOCUS)
    assert terminal.after == terminal.before
    # The keyboard protocol that was pushed is popped again.
    assert terminal.written.count(b"\x1b[<u") >= len(re.findall(rb"\x1b\[>[0-9]+u", terminal.written))


@pytest.mark.parametrize(("columns", "lines"), SIZES)
def test_a_day_with_keys_alone(program: Program, columns: int, lines: int) -> None:
    with opened(program, columns, lines) as app:
        app.wait("TODAY")
        # Start a timer on the step that Today suggests, stop it with a takeaway.
        app.keys("s")
        app.wait("00:00:00")
        app.keys("x")
        app.wait("One takeaway")
        app.keys("Small tasks first", "^s")
        app.wait_gone("One takeaway")
        app.wait(lambda: len(program.sessions()) == 1)
        # Log 45 minutes of yesterday; the dialog says what it understood before it is saved.
        app.keys("l")
        app.wait("UNDERSTOOD AS")
        app.keys("45m rag chunking @yesterday 21:00 #paper")
        app.wait("21:00–21:45")
        app.keys("enter")
        app.wait_gone("UNDERSTOOD AS")
        app.wait(lambda: len(program.sessions()) == 2)
        # Edit it in the log.
        app.keys("2")
        app.wait("2 sessions")
        app.keys("down", "e")
        app.wait("Edit session")
        app.wait("chunking")
        app.keys("tab")
        # What a field was understood as stands below the one that has the focus.
        app.wait(lambda: re.search(r"45m\b.*\n.*Sun 22 Nov 21:00–21:45", app.text))
        # Its text is selected.
        app.keys("backspace")
        app.wait(lambda: re.search(r"Duration +▌ +│", app.text))
        app.keys("50m", "^s")
        app.wait_gone("Edit session")
        app.wait(lambda: program.sessions()[1]["seconds"] == 3000)
        app.wait("50 min")
        # Delete it, and take that back.
        app.keys("d")
        app.wait("1 session ")
        assert len(program.sessions()) == 1
        app.keys("u")
        app.wait("2 sessions")
        # Filter.
        app.keys("/")
        app.wait_gone("e Edit")
        app.keys("chunk")
        app.wait("1 session ")
        app.wait_gone("Mon 23 Nov  today")
        assert "Sun 22 Nov" in app.text
        # Out of the field, and then everything again.
        app.keys("esc")
        app.wait("e Edit")
        assert "Mon 23 Nov  today" not in app.text
        app.keys("esc")
        app.wait("2 sessions")
        app.keys("^q")
        assert app.end() == 0
        assert_restored(app)
    first, second = program.sessions()
    assert (first["takeaway"], first["study_day"]) == ("Small tasks first", "2026-11-23")
    assert first["started_at"] == "2026-11-23T20:40:00+01:00"
    del second["id"]
    assert second == {
        "topic": "retrieval-augmented-generation",
        "study_day": "2026-11-22",
        "started_at": "2026-11-22T21:00:00+01:00",
        "seconds": 3000,
        "note": "chunking",
        "takeaway": "",
        "tags": ["paper"],
        "resource": None,
    }


@pytest.mark.parametrize(("columns", "lines"), SIZES)
def test_the_first_opening_says_what_to_do_and_the_first_log_is_a_few_keys_away(
    fresh: Program, columns: int, lines: int
) -> None:
    """An empty HOME: no folder, no settings, nothing."""
    environment = fresh.environment()
    for name in ("LEARNHABIT_HOME", "XDG_DATA_HOME"):
        environment.pop(name, None)
    fresh.home.mkdir(parents=True)
    environment["HOME"] = str(fresh.home)
    with Terminal([sys.executable, "-m", "learnhabit"], environment, columns, lines) as app:
        # Whoever leaves out the first run is told on Today.
        for asked in ("keep up with", "want to reach", "will it happen"):
            app.wait(asked)
            app.keys("esc")
        app.wait(lambda: re.search(r"Press s .* or l to log", app.text))
        app.keys("l")
        app.wait("UNDERSTOOD AS")
        # What is offered can be saved as it stands: l, then enter.
        app.wait(lambda: re.search(r"UNDERSTOOD AS *│\n.*10 min", app.text))
        app.keys("enter")
        app.wait_gone("UNDERSTOOD AS")
        app.wait_gone("Press s")
        app.keys("^q")
        assert app.end() == 0
    home = fresh.home / ".local/share/learnhabit"
    assert [each["seconds"] for each in Program(home).sessions()] == [600]


@pytest.mark.parametrize(
    ("screen", "leave"),
    [
        ("Today", "^q"),
        ("Today", "SIGTERM"),
        ("Today", "SIGHUP"),
        ("a dialog", "^q"),
        ("a dialog", "SIGHUP"),
        ("the palette", "SIGTERM"),
    ],
)
def test_the_terminal_is_restored(program: Program, screen: str, leave: str) -> None:
    with opened(program) as app:
        app.wait("TODAY")
        if screen == "a dialog":
            app.keys("l")
            app.wait("UNDERSTOOD AS")
            app.keys("45m rag half a li")
        elif screen == "the palette":
            app.keys("^p")
            app.wait("Search for")
        app.wait(lambda: app.modes[ALTERNATE_SCREEN])
        assert app.after != app.before
        leave_by(app, leave)
        assert app.end() == 0
        assert_restored(app)
        assert "Traceback" not in app.text
    assert program.sessions() == []


def leave_by(app: Terminal, way: str) -> None:
    if way.startswith("SIG"):
        os.kill(app.process.pid, getattr(signal, way))
    else:
        app.keys(way)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_during_the_first_paint_restores_the_terminal_too(program: Program, number: signal.Signals) -> None:
    with opened(program) as app:
        app.wait(lambda: app.modes.get(ALTERNATE_SCREEN))
        os.kill(app.process.pid, number)
        assert app.end() == 0
        assert_restored(app)
        assert "wrong in the program" not in app.text


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_keeps_a_running_timer(program: Program, number: signal.Signals) -> None:
    program.ok("start", "rag", "--at", "-10m")
    with opened(program) as app:
        app.wait("00:10:00")
        os.kill(app.process.pid, number)
        assert app.end() == 0
        assert_restored(app)
    assert program.json("stop")["seconds"] == 600


def test_a_window_that_is_shut_ends_the_app(program: Program) -> None:
    with opened(program) as app:
        app.wait("TODAY")
        app.hang_up()
        app.process.wait(timeout=30)
    program.ok("log", "5m", "rag")


def test_kill_9_with_a_running_timer_loses_nothing(program: Program) -> None:
    """With the real clock: what was started in the app is stopped on the command line, to the second."""
    real = program.at("", "Europe/Paris")
    with opened(real) as app:
        app.wait("TODAY")
        started = time.time()
        app.keys("s")
        app.wait(lambda: re.search(r"00:00:0[1-9]", app.text))
        os.kill(app.process.pid, signal.SIGKILL)
        assert app.end() == -signal.SIGKILL
    timer = real.json("status")["timer"]
    assert timer["paused"] is False
    assert 1 <= timer["seconds"] <= time.time() - started + 1
    with opened(real) as app:
        app.wait(lambda: re.search(r"00:00:\d\d", app.text))
        app.keys("x")
        app.wait("One takeaway")
        app.keys("Nothing was lost", "^s")
        app.wait(lambda: real.sessions())
        app.keys("^q")
        assert app.end() == 0
    assert real.sessions()[0]["takeaway"] == "Nothing was lost"


def test_two_apps_and_the_command_line_see_each_other(program: Program) -> None:
    with opened(program) as app, opened(program, 140, 45) as other:
        for each in (app, other):
            each.wait("TODAY")
        program.ok("log", "30m", "rag", "--note", "from outside", "--at", "9:00")
        for each in (app, other):
            each.wait("30 of 10 min")
        app.keys("s")
        other.wait("00:00:00")
        program.ok("pause")
        for each in (app, other):
            each.wait("paused")
        program.ok("cancel")
        other.wait_gone("paused")
        for each in (app, other):
            each.keys("^q")
            assert each.end() == 0
            assert_restored(each)


def test_a_timer_that_looks_wrong_is_asked_about(program: Program) -> None:
    program.at("2026-11-23T06:00:00+01:00").ok("start", "rag")
    with opened(program) as app:
        app.wait(lambda: re.search(r"[Dd]iscard", app.text) and "14" in app.text)
        app.keys("k")
        app.wait(lambda: program.sessions())
        app.keys("^q")
        assert app.end() == 0
    assert program.sessions()[0]["seconds"] == 14 * 3600 + 40 * 60


@pytest.mark.parametrize(("columns", "lines"), [(40, 12), (20, 5), (250, 70)])
def test_small_and_large_terminals(program: Program, columns: int, lines: int) -> None:
    program.ok("log", "30m", "rag", "--at", "9:00")
    with opened(program, columns, lines) as app:
        app.wait("oday")
        for key, shown in (("2", "Log"), ("1", "oday"), ("l", ""), ("esc", ""), ("?", ""), ("esc", "")):
            app.keys(key)
            app.wait(shown)
        app.keys("^q")
        assert app.end() == 0
        assert_restored(app)


@pytest.mark.parametrize("variable", ["NO_COLOR", "TEXTUAL_ANIMATIONS"])
def test_without_colours_and_without_animations(program: Program, variable: str) -> None:
    with opened(program, variables={variable: "none"}) as app:
        app.wait("TODAY")
        if variable == "NO_COLOR":
            colours = re.findall(rb"\x1b\[[0-9;]*?[34]8;2;([0-9]+);([0-9]+);([0-9]+)", app.written)
            assert all(red == green == blue for red, green, blue in colours)
        app.keys("2")
        app.wait("Nothing is logged yet")
        app.keys("^q")
        assert app.end() == 0


HOSTILE = [
    "[/]",
    "[@click=app.quit]x[/]",
    "learn [Python]",
    "a\x1b]52;c;eA==\x07b",
    "a\x1b[31mb\x9b1mc",
    "a\u202eb\u2066c",
    "👩\u200d👩\u200d👧 e\u0301 検索",
]


def test_hostile_text_on_every_screen(program: Program) -> None:
    """What a person wrote is text in the app too: nothing of it reaches the terminal as an order."""
    for number, text in enumerate(HOSTILE):
        topic = program.json("topic", "add", "--json", "--", text)["id"]
        program.ok(*("log", "5m", topic, "--at", f"{9 + number}:00", "--note", text, "--takeaway", text, "--tag", text))
    program.ok("start", program.sessions()[0]["topic"], "--note", HOSTILE[1], "--at", "-5m")
    with opened(program) as app:
        app.wait("00:05:00")

        def shown(check: str | Callable[[], object]) -> None:
            app.wait(check)
            written = app.written.decode(errors="replace")
            for order in ("\x1b]52", "\x07b", "\x1b[31mb", "\x9b", "\u202e", "\u2066"):
                assert order not in written

        shown(lambda: "[/]" in app.text or "[@click" in app.text or "[Python]" in app.text)
        app.keys("2")
        shown("7 sessions")
        for text in ("[/]", "[@click=app.quit]x[/]", "learn [Python]"):
            shown(text)
        for _ in HOSTILE:
            app.keys("enter")
            shown("TAKEAWAY")
            # A key goes to the dialog for as long as it is there.
            app.keys("esc")
            app.wait_gone("TAKEAWAY")
            app.keys("e")
            shown("Edit session")
            app.keys("esc")
            app.wait_gone("Edit session")
            app.keys("down")
        app.keys("^p")
        shown("Search for")
        # The palette lies over the day's heading.
        assert "Mon 23 Nov  today" not in app.text
        app.keys("click")
        shown(lambda: re.search(r"click *\n", app.text))
        app.keys("esc")
        shown("Mon 23 Nov  today")
        app.keys("x")
        shown("One takeaway")
        app.keys(HOSTILE[1], "^s")
        shown("8 sessions")
        app.keys("u")
        shown("7 sessions")
        app.keys("^q")
        assert app.end() == 0
        assert_restored(app)


@pytest.mark.parametrize("case", ["a folder", "another program's", "a folder that can't be made"])
def test_a_file_that_cannot_be_opened_is_said_in_the_terminal(program: Program, tmp_path: Path, case: str) -> None:
    home = tmp_path / "broken"
    if case == "a folder that can't be made":
        home.write_text("a file")
    else:
        home.mkdir()
        if case == "a folder":
            (home / "learnhabit.db").mkdir()
        else:
            (home / "learnhabit.db").write_bytes(b"SQLite format 3\x00" + bytes(84) + bytes(4000))
    with Terminal([sys.executable, "-m", "learnhabit"], Program(home).environment()) as app:
        assert app.end() == 1
        assert "learnhabit: " in app.text and "Traceback" not in app.text
        assert app.modes.get(ALTERNATE_SCREEN) is None
        assert app.after == app.before


def test_a_broken_file_of_preferences_is_named_with_line_and_column_and_nothing_else_is_lost(program: Program) -> None:
    program.ok("log", "30m", "rag", "--at", "9:00")
    config = program.home / "config.toml"
    broken = 'theme = "nord"\n[keys]\n"app.undo" = b\n'
    config.write_text(broken)
    with opened(program, 140, 45) as app:
        app.wait("30 of 10 min")
        app.wait("config.toml is not valid: line 3, column 14")
        # The usual keys and colours hold.
        app.wait("u Undo")
        app.keys("3")
        app.wait("Say what you want to learn")
        app.keys("^q")
        assert app.end() == 0
        assert_restored(app)
    assert config.read_text() == broken
    assert "line 3, column 14" in program.ok("settings").err
    # Mended, it is taken up.
    config.write_text(broken.replace("= b", '= "b"'))
    with opened(program, 140, 45) as app:
        app.wait("b Undo")
        app.keys("b")
        app.wait(lambda: program.sessions() == [])
        app.keys("^q")
        assert app.end() == 0
