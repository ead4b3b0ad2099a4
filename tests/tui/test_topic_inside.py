"""Screen 4: what is done to a resource is done to one that is seen, and can be taken back where it was done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from learnhabit.services import resources, topics
from learnhabit.services.resources import resource_list
from learnhabit.tui.app import LearnhabitApp
from learnhabit.tui.messages import Found
from learnhabit.tui.screens.asking import AskDialog, ConfirmDialog
from learnhabit.tui.screens.topic_reading import TopicDialog
from learnhabit.tui.screens.topics import TopicsScreen
from tests.tui.support import press, sessions, shown, wait, with_data
from tests.tui.test_topics import NARROW, RAG, WIDE, go_to, on_topics, pick, reading

HINT = "Mark a resource first: enter goes into the topic, A adds one"
SIZES = pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])


def said(pilot: Pilot[int]) -> str:
    app = pilot.app
    assert isinstance(app, LearnhabitApp)
    return " ".join(notification.message for notification in app._notifications)


def states(folder: Path) -> list[tuple[str, str, float]]:
    found: Any = reading(folder, lambda ws: resource_list(ws, "rag"))
    return [(each.id, each.state, each.progress) for each in found]


async def open_topic(pilot: Pilot[int], screen: TopicsScreen, topic: str = RAG) -> TopicDialog:
    """Into a topic where there is no room beside the map."""
    await go_to(pilot, screen, topic)
    await press(pilot, "enter")
    dialog = pilot.app.screen
    assert isinstance(dialog, TopicDialog)
    await wait(pilot, lambda: dialog.pane.detail is not None, "the details")
    return dialog


@SIZES
@pytest.mark.parametrize("key", ["d", "P", "J", "K"])
def test_on_the_map_no_resource_is_touched(tmp_path: Path, key: str, size: tuple[int, int]) -> None:
    async def script(pilot: Pilot[int], screen: TopicsScreen) -> None:
        await go_to(pilot, screen, RAG)
        before = states(tmp_path)
        await press(pilot, key)
        assert HINT in said(pilot)
        assert not isinstance(pilot.app.screen, AskDialog)
        assert states(tmp_path) == before

    on_topics(tmp_path, script, size)


def test_inside_it_is(tmp_path: Path) -> None:
    async def script(pilot: Pilot[int], screen: TopicsScreen) -> None:
        await go_to(pilot, screen, RAG)
        await press(pilot, "enter")
        assert screen.inside
        await press(pilot, "d")
        await wait(pilot, lambda: states(tmp_path)[0][1] == "done", "done")
        await press(pilot, "escape")
        assert not screen.inside
        await press(pilot, "d")
        assert HINT in said(pilot)
        assert states(tmp_path)[0][1] == "done"

    on_topics(tmp_path, script, WIDE)


def test_in_the_dialog_it_is_taken_back_and_done_again(tmp_path: Path) -> None:
    async def script(pilot: Pilot[int], screen: TopicsScreen) -> None:
        dialog = await open_topic(pilot, screen)
        await press(pilot, "d")
        await wait(pilot, lambda: states(tmp_path)[0][1] == "done", "done")
        await wait(pilot, lambda: dialog.pane.resource and dialog.pane.resource.state == "done", "the dialog")
        await press(pilot, "u")
        await wait(pilot, lambda: states(tmp_path)[0][1] == "to do", "the undo")
        await wait(pilot, lambda: dialog.pane.resource and dialog.pane.resource.state == "to do", "the dialog")
        assert pilot.app.screen is dialog
        await press(pilot, "ctrl+r")
        await wait(pilot, lambda: states(tmp_path)[0][1] == "done", "the redo")
        await press(pilot, "U", "u")
        await wait(pilot, lambda: states(tmp_path)[0][1] == "to do", "the undo")

    on_topics(tmp_path, script, NARROW)


def test_in_the_dialog_the_timer_starts_on_the_marked_resource(tmp_path: Path) -> None:
    async def script(pilot: Pilot[int], screen: TopicsScreen) -> None:
        app = pilot.app
        assert isinstance(app, LearnhabitApp)
        dialog = await open_topic(pilot, screen)
        assert "s start" in shown(app)
        second = reading(tmp_path, lambda ws: resource_list(ws, "rag"))[1].id
        await pick(pilot, dialog.pane, second)
        await press(pilot, "s")
        await wait(pilot, lambda: app.timer is not None, "the timer")
        assert app.timer is not None
        assert (app.timer.topic, app.timer.resource) == (RAG, second)
        assert app.screen is dialog
        await press(pilot, "escape")
        other = await open_topic(pilot, screen, "multimodal-models")
        await press(pilot, "s")
        assert isinstance(app.screen, ConfirmDialog)
        await press(pilot, "escape")
        assert app.screen is other
        assert not sessions(tmp_path)

    on_topics(tmp_path, script, NARROW)


def test_details_that_come_after_it_was_closed_are_dropped(tmp_path: Path) -> None:
    async def script(pilot: Pilot[int], screen: TopicsScreen) -> None:
        dialog = await open_topic(pilot, screen)
        detail = dialog.pane.detail
        assert detail is not None
        await press(pilot, "escape")
        await wait(pilot, lambda: not dialog.is_running, "the dialog to end")
        pilot.app.post_message(Found(detail, dialog._show))
        await press(pilot, "down")
        assert pilot.app.screen is screen

    on_topics(tmp_path, script, NARROW)


def test_a_topic_that_is_taken_back_closes_its_dialog(tmp_path: Path) -> None:
    with_data(tmp_path, lambda ws: topics.add_topic(ws, "Rust", ["crab"]))
    with_data(tmp_path, lambda ws: resources.add_resource(ws, "rust", "The book"))

    async def script(pilot: Pilot[int], screen: TopicsScreen) -> None:
        await open_topic(pilot, screen, "rust")
        await press(pilot, "u")
        await wait(pilot, lambda: "none yet" in shown(pilot.app), "the resource to go")
        await press(pilot, "u")
        await wait(pilot, lambda: pilot.app.screen is screen, "the map")
        await wait(pilot, lambda: len(screen.list.views) == 26, "the map without it")

    on_topics(tmp_path, script, NARROW)
