"""The first run of the program in a real terminal of 80×24: by keys, by mouse, and with each step left out."""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Iterator

import pytest

from tests.end_to_end.bus import Bus, private_bus
from tests.end_to_end.program import Program
from tests.end_to_end.terminal import Terminal

FIRST = ("retrieval-augmented-generation", "multimodal-models", "efficient-fine-tuning")
LINE = "15 hours of Retrieval-augmented generation by 31 Mar"
CUE, RULE = "after my morning coffee", "weekdays 07:35"


@pytest.fixture
def newcomer(program: Program) -> Program:
    """The program with a folder that was made, and in which nobody was yet."""
    with sqlite3.connect(program.home / "learnhabit.db") as connection:
        connection.execute("DELETE FROM offer")
    connection.close()
    return program


@pytest.fixture
def bus() -> Iterator[Bus]:
    with private_bus() as running, running.service():
        yield running


def opened(program: Program, **variables: str) -> Terminal:
    return Terminal([sys.executable, "-m", "learnhabit"], program.environment(**variables))


def click(app: Terminal, text: str) -> None:
    """Press and release the left button in the middle of a text on the screen."""
    y, row = next((y, row) for y, row in enumerate(app.rows()) if text in row)
    x = row.index(text) + len(text) // 2
    app.keys(f"\x1b[<0;{x + 1};{y + 1}M\x1b[<0;{x + 1};{y + 1}m")


def chosen(program: Program) -> tuple[list[str], list[str], list[str], str]:
    """(followed topics, resolutions, reminders, cue) as the command line says."""
    return (
        [each for each in FIRST if program.json("topic", "show", each)["followed"]],
        [each["statement"] for each in program.json("resolution", "list")],
        [each["rule"] for each in program.json("remind", "list")],
        program.json("settings")["cue"],
    )


def leave(app: Terminal) -> None:
    """Today is there; quit."""
    app.wait(lambda: "TODAY" in app.text and "first run" not in app.text)
    app.keys("^q")
    assert app.end() == 0


def test_by_keys_with_a_notification_that_arrives(fresh: Program, bus: Bus) -> None:
    """An empty home, nothing but enter, space and the arrows; then everything is there, and it is not asked again."""
    fresh.home.parent.mkdir(parents=True)
    with opened(fresh, DBUS_SESSION_BUS_ADDRESS=bus.address) as app:
        app.wait("▌ [ ] Retrieval-augmented generation")
        # Nothing of Today is seen before it.
        assert b"START" not in app.written
        app.keys(" ", "down", "down", " ")
        app.wait("2 of 3 picked")
        app.keys("enter")
        app.wait("min a week")
        app.keys("enter")
        app.wait(lambda: "next: Tue 24 Nov 07:35, then Wed, Thu, Fri, Mon" in app.text and "[✓] Also when" in app.text)
        app.keys("enter")
        app.wait("Did you see it?")
        app.wait("To Today")
        ((title, body),) = bus.notices
        assert title == "Ten minutes of Retrieval-augmented generation"
        assert body.startswith("After your morning coffee, take the first step in Retrieval-augmented generation:")
        # Yes has the focus.
        app.keys("enter")
        app.wait("All set")
        assert "Retrieval-augmented generation" in app.text and "15 hours of" in app.text
        leave(app)
    assert chosen(fresh) == ([FIRST[0], FIRST[2]], [LINE], [RULE], CUE)
    # What was ticked is set up.
    assert fresh.json("remind", "status")["agent"]
    for said in ("added the reminder", "resolved", "followed"):
        assert said in fresh.ok("undo").out
    assert chosen(fresh) == ([], [], [], "")
    with opened(fresh) as app:
        app.wait("TODAY")
        leave(app)


def test_by_mouse(newcomer: Program, bus: Bus) -> None:
    with opened(newcomer, DBUS_SESSION_BUS_ADDRESS=bus.address) as app:
        app.wait("Multimodal models")
        click(app, "[ ] Multimodal models")
        app.wait("1 of 3 picked")
        click(app, "Next")
        app.wait("UNDERSTOOD AS")
        click(app, "finish 3 papers on Multimodal models")
        app.wait("Finish 3 papers")
        # Back by the names of the steps, and forth again.
        click(app, "● Topics")
        app.wait("[✓] Multimodal models")
        click(app, "Next")
        app.wait("Finish 3 papers")
        click(app, "Resolve")
        app.wait(lambda: "next: Tue" in app.text and "[✓] Also when" in app.text)
        click(app, "always")
        app.wait("◉ always")
        click(app, "Also when")
        app.wait("[ ] Also when")
        click(app, "Test now")
        app.wait("Did you see it?")
        click(app, "show what to check")
        app.wait("While the app is closed")
        app.keys("esc")
        app.wait("Did you see it?")
        click(app, " Yes ")
        app.wait("Good: reminders")
        click(app, "Finish")
        leave(app)
    assert chosen(newcomer) == (["multimodal-models"], ["finish 3 papers on Multimodal models by 31 Mar"], [RULE], CUE)
    assert newcomer.json("remind", "list")[0]["condition"] == "always"
    assert not newcomer.json("remind", "status")["agent"]
    assert len(bus.notices) == 1


@pytest.mark.parametrize("left_out", ["topics", "resolution", "moment", "all"])
def test_a_step_is_left_out(newcomer: Program, left_out: str) -> None:
    with opened(newcomer) as app:
        app.wait("▌ [ ] Retrieval-augmented generation")
        app.keys(" ")
        app.wait("1 of 3 picked")
        app.keys("esc" if left_out in ("topics", "all") else "enter")
        app.wait("UNDERSTOOD AS")
        app.keys("esc" if left_out in ("resolution", "all") else "enter")
        app.wait("next: Tue")
        if left_out in ("moment", "all"):
            app.keys("esc")
        else:
            app.wait("no session bus")
            app.keys("enter")
            # It is said what is in the way, and goes on.
            app.wait("could not be sent")
            app.keys("enter")
        leave(app)
    topics, resolutions, reminders, cue = chosen(newcomer)
    assert topics == ([] if left_out in ("topics", "all") else ["retrieval-augmented-generation"])
    # Without a topic the line is about any.
    line = "study 5 days a week" if left_out == "topics" else LINE
    assert resolutions == ([] if left_out in ("resolution", "all") else [line])
    assert (reminders, cue) == (([], "") if left_out in ("moment", "all") else ([RULE], CUE))
    if left_out != "all":
        return
    with opened(newcomer) as app:
        app.wait("TODAY")
        leave(app)


@pytest.mark.parametrize("something", [False, True], ids=["nothing chosen", "topics chosen"])
def test_leaving_in_the_middle(newcomer: Program, something: bool) -> None:
    """It is asked again only where nothing was chosen; a step that is done is kept."""
    with opened(newcomer) as app:
        app.wait("▌ [ ] Retrieval-augmented generation")
        app.keys(" ")
        app.wait("1 of 3 picked")
        app.keys("enter" if something else "esc")
        app.wait("UNDERSTOOD AS")
        app.keys("^q")
        assert app.end() == 0
    assert chosen(newcomer)[:2] == (["retrieval-augmented-generation"] if something else [], [])
    with opened(newcomer) as app:
        app.wait("TODAY" if something else "What would you like to keep up with?")
        app.keys("^q")
        assert app.end() == 0


def test_a_home_that_is_lived_in_is_not_asked(newcomer: Program) -> None:
    newcomer.ok("log", "5m", "rag")
    with opened(newcomer) as app:
        app.wait("TODAY")
        app.keys("2")
        app.wait(lambda: re.search(r"1 session\b", app.text))
        assert "first run" not in app.written.decode(errors="replace")
        app.keys("^q")
        assert app.end() == 0
