"""Text that tries to be more than text: it is shown, it does nothing, and no character of it steers a terminal."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from textual.content import Content
from textual.pilot import Pilot

from learnhabit.domain.text import display
from learnhabit.services import topics, tracking
from learnhabit.services.workspace import Workspace
from learnhabit.tui import safe_text
from learnhabit.tui.screens.edit import EditDialog
from learnhabit.tui.widgets.area import Area
from learnhabit.tui.widgets.fields import Line
from tests.tui.support import HOSTILE, NOW, UNSHOWN, app_on, press, run, sessions, shown, wait, with_data

LONG = "word [/b] " * 1000


TEXTS = (*HOSTILE, LONG)


def fill(folder: Path) -> None:
    """Each text as topic, note, takeaway and tag of a session, and one as the timer's note."""
    for minutes, text in enumerate(TEXTS):

        def deed(workspace: Workspace, text: str = text) -> None:
            topic = topics.add_topic(workspace, text[:190]).id
            tracking.log(workspace, ["30m", topic], note=text, takeaway=text, tags=(text[:60],))

        with_data(folder, deed, NOW - timedelta(hours=1, minutes=minutes))
    with_data(folder, lambda w: tracking.start(w, [w.names[-1].id], note=TEXTS[0]), NOW - timedelta(minutes=33))


def assert_harmless(app: object) -> None:
    """No character on the screen that a terminal would obey."""
    text = shown(app)
    assert not [character for character in UNSHOWN if character in text]


def seen_of(text: str) -> str:
    """Enough of a text to know it again, in whatever column it stands."""
    return " ".join(display(text).split())[:8].strip()


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80", "120"])
def test_on_every_screen_and_dialog(tmp_path: Path, size: tuple[int, int]) -> None:
    fill(tmp_path)
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        assert_harmless(app)
        for key in ("x", "X", "w", "question_mark", "s"):
            await press(pilot, key)
            assert_harmless(app)
            await press(pilot, "escape")
        await press(pilot, "2")
        for text in TEXTS:
            await wait(pilot, lambda text=text: seen_of(text) in shown(app), text)  # type: ignore[misc]
            await press(pilot, "e")
            assert isinstance(app.screen, EditDialog)
            assert_harmless(app)
            for field in app.screen.query(Line):
                assert not set(field.value) & set(UNSHOWN)
            assert app.screen.query_one("#note", Area).text == display(text)
            # Nothing was changed, so nothing is written: what a field can't show is not lost.
            await press(pilot, "ctrl+s")
            await wait(pilot, lambda: not isinstance(app.screen, EditDialog))
            await press(pilot, "enter")
            assert_harmless(app)
            await press(pilot, "escape", "down")
        for key in ("S", "t", "m", "l", "s", "x"):
            await press(pilot, key)
            assert_harmless(app)
            await press(pilot, "escape")
        await press(pilot, "ctrl+p", "w", "o", "r")
        assert_harmless(app)
        await press(pilot, "escape")
        # Toasts name what was changed.
        for _ in TEXTS:
            count = len(sessions(tmp_path))
            await press(pilot, "d")
            await wait(pilot, lambda count=count: len(sessions(tmp_path)) == count - 1)  # type: ignore[misc]
            assert_harmless(app)
        for _ in TEXTS:
            await press(pilot, "u")
            assert_harmless(app)
        await wait(pilot, lambda: len(sessions(tmp_path)) == len(TEXTS))
        assert app.is_running

    run(app, script, size)
    assert {each.note for each in sessions(tmp_path)} == set(TEXTS)


def test_pasted_escapes_do_not_stay(tmp_path: Path) -> None:
    from textual import events

    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "l")
        app.screen.post_message(events.Paste("30m rag \x1b]52;c;aGk=\x07note‮ #tag"))
        await wait(pilot, lambda: "30m rag" in app.screen.query_one("#line", Line).value)
        assert app.screen.query_one("#line", Line).value == "30m rag ]52;c;aGk=note #tag"
        await press(pilot, "tab")
        app.screen.post_message(events.Paste("one\n\x9b31mtwo"))
        await wait(pilot, lambda: app.screen.query_one("#takeaway", Area).text == "one\n31mtwo")

    run(app, script)


@pytest.mark.parametrize("text", [*HOSTILE, LONG, "", "漢" * 50, "e\u0301" * 50, "\x1b" * 5000])
@pytest.mark.parametrize("width", [0, 1, 2, 7, 40])
def test_elided_text_never_takes_more_cells_than_it_may(text: str, width: int) -> None:
    assert safe_text.elided(text, width).cell_length <= width
    assert safe_text.fitted(text, width).cell_length == width
    for line in safe_text.wrapped(text, max(width, 2), limit=3):
        assert line.cell_length <= max(width, 2)
    assert len(safe_text.wrapped(text, 10, limit=3)) <= 3


def test_markup_is_not_read() -> None:
    assert safe_text.line("[b]x[/b]") == Content("[b]x[/b]")
    assert safe_text.marked("[b]x", [0, 1], 10, "", "bold").plain == "[b]x"
