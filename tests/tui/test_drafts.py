"""What was written is not lost on the way out of a form, and enter saves from fields of one row."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from learnhabit.services import tracking
from learnhabit.services.cards import card_list
from learnhabit.services.resources import resource_view
from learnhabit.tui.app import LearnhabitApp
from learnhabit.tui.screens.asking import AskDialog, ConfirmDialog
from learnhabit.tui.screens.edit import EditDialog
from learnhabit.tui.screens.entry import EntryDialog, SavePress
from learnhabit.tui.screens.form import FieldsDialog
from learnhabit.tui.screens.stop import StopDialog
from learnhabit.tui.widgets.area import Area
from learnhabit.tui.widgets.fields import Line
from tests.tui.resolved import opened
from tests.tui.support import NOW, app_on, calm, enter, logged, press, run, sessions, shown, wait, with_data

PEFT = "peft-documentation"


def timing(folder: Path) -> None:
    with_data(
        folder,
        lambda ws: tracking.start(ws, ["lora"], resource=PEFT, note="as planned"),
        NOW - timedelta(minutes=30),
    )


def typed(app: LearnhabitApp) -> dict[str, str]:
    """What stands in the fields of *Stop and save*."""
    dialog = app.screen
    assert isinstance(dialog, StopDialog)
    words = {str(line.id): line.value for line in dialog.query(Line)}
    return {**words, "takeaway": dialog.query_one("#takeaway", Area).text}


async def fill(pilot: Pilot[int]) -> dict[str, str]:
    """Write into every field of *Stop and save*."""
    await press(pilot, "x")
    await enter(pilot, "Less is more.\nMost of it")
    await press(pilot, "ctrl+r")
    await enter(pilot, "What is less?")
    dialog = pilot.app.screen
    dialog.query_one("#progress", Line).value = "45%"
    dialog.query_one("#words", Line).value = "otherwise"
    assert isinstance(pilot.app, LearnhabitApp)
    return typed(pilot.app)


@pytest.mark.parametrize("key", ["escape", "ctrl+o"])
def test_stop_opens_again_with_what_was_typed(tmp_path: Path, key: str) -> None:
    timing(tmp_path)
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        before = await fill(pilot)
        assert len(before) == 4
        await press(pilot, key)
        await wait(pilot, lambda: len(app.screen_stack) == 1, "the way out")
        if key == "ctrl+o":
            await wait(pilot, lambda: app.timer is not None and app.timer.paused, "the pause")
        else:
            assert "What you wrote is kept: x opens it again" in shown(app)
        await press(pilot, "x")
        assert typed(app) == before
        # One goes on where one stopped.
        await enter(pilot, ".")
        await press(pilot, "ctrl+s")
        await wait(pilot, lambda: app.timer is None, "the end")

    run(app, script)
    (session,) = sessions(tmp_path)
    assert (session.takeaway, session.note) == ("Less is more.\nMost of it.", "otherwise")
    with opened(tmp_path) as workspace:
        assert [each.question for each in card_list(workspace)] == ["What is less?"]
        assert resource_view(workspace, PEFT).done_amount == 45


def test_another_timer_begins_with_empty_fields(tmp_path: Path) -> None:
    timing(tmp_path)
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await fill(pilot)
        await press(pilot, "escape", "X", "enter")
        await wait(pilot, lambda: app.timer is None, "no timer")
        app.start_topic("lora")
        await wait(pilot, lambda: app.timer is not None, "another timer")
        await press(pilot, "x")
        assert typed(app) == {"words": "", "takeaway": ""}

    run(app, script)


def test_an_undone_stop_has_its_words_again(tmp_path: Path) -> None:
    timing(tmp_path)
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        before = await fill(pilot)
        await press(pilot, "ctrl+s")
        await wait(pilot, lambda: app.timer is None, "the end")
        await press(pilot, "u")
        await wait(pilot, lambda: app.timer is not None, "the timer")
        await press(pilot, "x")
        assert typed(app) == before

    run(app, script)


def test_a_note_that_was_not_touched_stays_the_timers(tmp_path: Path) -> None:
    timing(tmp_path)
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "x", "escape")
        assert "is kept" not in shown(app)
        await press(pilot, "x")
        assert typed(app)["words"] == "as planned"
        await press(pilot, "ctrl+s")
        await wait(pilot, lambda: app.timer is None, "the end")

    run(app, script)
    assert sessions(tmp_path)[0].note == "as planned"


@pytest.mark.parametrize("way", ["step", "dialog"])
def test_a_switch_takes_what_was_typed_along_in_one_step(tmp_path: Path, way: str) -> None:
    timing(tmp_path)
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await fill(pilot)
        await press(pilot, "escape")
        if way == "step":
            app.switch_to("retrieval-augmented-generation", "Retrieval-augmented generation")
            await wait(pilot, lambda: isinstance(app.screen, ConfirmDialog), "the question")
            assert "What you wrote in Stop is saved with it." in shown(app)
        else:
            await press(pilot, "2", "s")
            await enter(pilot, "retrieval-aug")
        await press(pilot, "enter")
        await wait(pilot, lambda: app.timer is not None and app.timer.topic.startswith("retrieval"), "the other")
        (session,) = sessions(tmp_path)
        assert (session.takeaway, session.note) == ("Less is more.\nMost of it", "otherwise")
        with opened(tmp_path) as workspace:
            assert [each.question for each in card_list(workspace)] == ["What is less?"]
            assert resource_view(workspace, PEFT).done_amount == 45
        await press(pilot, "u")
        await wait(pilot, lambda: app.timer is not None and app.timer.topic == "efficient-fine-tuning", "undo")
        assert "Undone: switched to Retrieval-augmented generation" in shown(app)

    run(app, script)
    assert sessions(tmp_path) == ()
    with opened(tmp_path) as workspace:
        assert card_list(workspace) == ()


def test_a_new_topic_and_its_timer_are_both_there_or_neither(tmp_path: Path) -> None:
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "2", "s")
        await enter(pilot, "Something of my own")
        began = app.screen.query_one("#began", Line)
        began.value = "nonsense"
        await press(pilot, "enter")
        await wait(pilot, lambda: "nonsense" in shown(app) and "! " in shown(app), "the refusal")
        began.value = ""
        await press(pilot, "enter")
        await wait(pilot, lambda: app.timer is not None, "the timer")
        assert "Something of my own" in shown(app)

    run(app, script)


@pytest.mark.parametrize("field", ["note", "takeaway"])
def test_editing_asks_before_words_are_lost(tmp_path: Path, field: str) -> None:
    logged(tmp_path, "45m rag chunking", takeaway="Chunks overlap.")
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "2", "e")
        area = app.screen.query_one(f"#{field}", Area)
        before = area.text
        area.focus()
        await press(pilot, "end")
        await enter(pilot, " And more.")
        for key in ("escape", "ctrl+t"):
            await press(pilot, key)
            assert isinstance(app.screen, ConfirmDialog)
            assert "Leave without saving what you wrote?" in shown(app)
            await press(pilot, "escape")
            assert isinstance(app.screen, EditDialog)
            assert area.text == f"{before} And more."
        await press(pilot, "ctrl+t", "enter")
        await wait(pilot, lambda: isinstance(app.screen, AskDialog), "the other day")
        await press(pilot, "escape", "e")
        await wait(pilot, lambda: isinstance(app.screen, EditDialog), "the dialog")
        # Without other words nothing is asked, whatever else was typed.
        app.screen.query_one("#duration", Line).value = "50m"
        await press(pilot, "escape")
        assert len(app.screen_stack) == 1

    run(app, script)


def test_logging_asks_before_a_takeaway_is_lost(tmp_path: Path) -> None:
    logged(tmp_path, "45m rag chunking")
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "l")
        await enter(pilot, "45m rag")
        await press(pilot, "tab")
        await enter(pilot, "Chunks overlap.")
        await press(pilot, "escape")
        assert isinstance(app.screen, ConfirmDialog)
        await press(pilot, "escape")
        assert app.screen.query_one("#takeaway", Area).text == "Chunks overlap."
        await press(pilot, "escape", "enter")
        await wait(pilot, lambda: len(app.screen_stack) == 1, "the way out")
        await press(pilot, "l")
        await enter(pilot, "45m rag")
        await press(pilot, "escape")
        assert len(app.screen_stack) == 1

    run(app, script)
    assert len(sessions(tmp_path)) == 1


def test_a_form_asks_before_the_words_of_a_tall_field_are_lost(tmp_path: Path) -> None:
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "4", "down", "e")
        form = app.screen
        assert isinstance(form, FieldsDialog)
        form.query_one("#questions", Area).focus()
        await enter(pilot, "And why?")
        await press(pilot, "escape")
        assert isinstance(app.screen, ConfirmDialog)
        await press(pilot, "enter")
        await wait(pilot, lambda: len(app.screen_stack) == 1, "the way out")
        await press(pilot, "e", "escape")
        assert len(app.screen_stack) == 1

    run(app, script)


@pytest.mark.parametrize("field", ["when", "duration", "topic", "resource", "tags"])
def test_enter_saves_an_edit_from_each_field_of_one_row(tmp_path: Path, field: str) -> None:
    logged(tmp_path, "45m rag chunking")
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "2", "e")
        app.screen.query_one("#tags", Line).value = "#paper"
        app.screen.query_one(f"#{field}", Line).focus()
        await press(pilot, "enter")
        await wait(pilot, lambda: len(app.screen_stack) == 1, "the end")

    run(app, script)
    assert sessions(tmp_path)[0].tags == ("paper",)


@pytest.mark.parametrize("field", ["progress", "words", "question"])
def test_enter_saves_a_stop_from_each_field_of_one_row(tmp_path: Path, field: str) -> None:
    timing(tmp_path)
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await fill(pilot)
        app.screen.query_one(f"#{field}", Line).focus()
        await press(pilot, "enter")
        await wait(pilot, lambda: app.timer is None, "the end")

    run(app, script)
    assert len(sessions(tmp_path)) == 1


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80", "120"])
def test_the_button_names_the_key_that_saves_from_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    logged(tmp_path, "45m rag chunking")
    app = app_on(tmp_path)
    layouts: list[Screen[object]] = []
    layout = Screen._refresh_layout

    def lay_out(screen: Screen[object], *more: object, **named: object) -> None:
        layouts.append(screen)
        layout(screen, *more, **named)  # type: ignore[arg-type]

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "l")
        assert isinstance(app.screen, EntryDialog)
        place = app.screen.query_one(SavePress).region
        assert "Save enter" in shown(app)
        await calm(pilot)
        monkeypatch.setattr(Screen, "_refresh_layout", lay_out)
        await press(pilot, "tab")
        assert "Save ^s" in shown(app)
        await press(pilot, "tab")
        # On another button enter presses that one.
        assert "Save ^s" in shown(app)
        await press(pilot, "tab")
        assert "Save enter" in shown(app)
        await press(pilot, "shift+tab", "shift+tab", "shift+tab")
        assert "Save enter" in shown(app)
        assert app.screen.query_one(SavePress).region == place
        assert layouts == []
        # Whenever it is laid out, it has room for either.
        await press(pilot, "tab")
        await pilot.resize_terminal(size[0] - 2, size[1])
        await wait(pilot, lambda: app.screen.size.width == size[0] - 2, "the size")
        await press(pilot, "shift+tab")
        assert "Save enter" in shown(app)

    run(app, script, size)
