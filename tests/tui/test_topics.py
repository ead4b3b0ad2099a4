"""Screen 4: every topic and resource is reachable, and each deed does what it says."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from learnhabit.services import resources, topics
from learnhabit.services.cards import card_list
from learnhabit.services.resources import resource_list
from learnhabit.services.topic_map import topic_detail, topic_map
from learnhabit.services.workspace import open_workspace
from learnhabit.tui.app import LearnhabitApp
from learnhabit.tui.screens.form import FieldsDialog
from learnhabit.tui.screens.topic_reading import TopicDialog
from learnhabit.tui.screens.topics import TopicsScreen
from learnhabit.tui.widgets.area import Area
from learnhabit.tui.widgets.fields import Line
from tests.tui.support import (
    HOSTILE,
    NOW,
    UNSHOWN,
    app_on,
    calm,
    clock_at,
    enter,
    logged,
    press,
    run,
    shown,
    wait,
    with_data,
)

NARROW, WIDE = (80, 24), (120, 36)
RAG = "retrieval-augmented-generation"


def on_topics(
    folder: Path, script: Callable[[Pilot[int], TopicsScreen], Awaitable[None]], size: tuple[int, int]
) -> None:
    """Run a script on screen 4."""

    async def main(pilot: Pilot[int]) -> None:
        await press(pilot, "4")
        screen = pilot.app.screen
        assert isinstance(screen, TopicsScreen)
        await wait(pilot, lambda: screen.list.views, "the map")
        await calm(pilot)
        await script(pilot, screen)

    run(app_on(folder), main, size)


def reading(folder: Path, what: Callable[[Any], Any]) -> Any:
    with open_workspace(str(folder), clock_at(NOW)) as workspace:
        return what(workspace)


async def go_to(pilot: Pilot[int], screen: TopicsScreen, topic: str) -> None:
    """Put the cursor on a topic and wait for its details."""
    assert screen.list.mark(topic)
    await detailed(pilot, screen)


async def detailed(pilot: Pilot[int], screen: TopicsScreen) -> None:
    def there() -> bool:
        detail, marked = screen.pane.detail, screen.marked
        return detail is not None and marked is not None and detail.view.id == marked.id

    await wait(pilot, there, "the details")
    await calm(pilot)


async def pick(pilot: Pilot[int], pane: Any, name: str) -> None:
    """Put the cursor of a pane on a resource."""
    await press(pilot, "home")
    for _ in range(40):
        if pane.resource is not None and pane.resource.id == name:
            return
        await press(pilot, "down")
    raise AssertionError(f"{name} is not there")


@pytest.mark.parametrize("step", [8, pytest.param(1, marks=pytest.mark.campaign)])
def test_every_topic_and_resource_is_reached_by_keys_in_80_columns(tmp_path: Path, step: int) -> None:
    """Every topic, and the resources of each or of every eighth."""
    expected = {each.id: each.title for each in reading(tmp_path, resource_list)}
    seen: dict[str, str] = {}

    async def script(pilot: Pilot[int], screen: TopicsScreen) -> None:
        app = pilot.app
        assert isinstance(app, LearnhabitApp)
        names = []
        for number in range(26):
            if number:
                await press(pilot, "down")
            assert screen.marked is not None
            names.append(screen.marked.id)
            assert screen.marked.title[:20] in shown(app)
            if number % step:
                continue
            await detailed(pilot, screen)
            await press(pilot, "enter")
            dialog = app.screen
            assert isinstance(dialog, TopicDialog)
            await wait(pilot, lambda dialog=dialog: dialog.pane.detail is not None, "the topic")  # type: ignore[misc]
            for place in range(dialog.pane.count()):
                if place:
                    await pilot.press("down")
                if dialog.pane.resource is not None:
                    seen[dialog.pane.resource.id] = dialog.pane.resource.title
            await press(pilot, "escape")
        assert len(set(names)) == 26

    on_topics(tmp_path, script, NARROW)
    assert seen.items() <= expected.items()
    assert len(seen) == len(expected) if step == 1 else len(seen) > 20


def test_every_topic_is_reached_by_mouse_in_80_columns(tmp_path: Path) -> None:
    async def script(pilot: Pilot[int], screen: TopicsScreen) -> None:
        reached = set()
        for _ in range(30):
            places = [place for place in screen.list._shown if place is not None]
            for place in sorted({place for place in places if place >= 0}):
                # A click on what is marked already opens it.
                if place != screen.list._at:
                    await pilot.click(screen.list, offset=(10, screen.list._shown.index(place)))
                assert screen.marked is not None
                reached.add(screen.marked.id)
            below = [row for row, place in enumerate(screen.list._shown) if place == -2]
            if not below:
                break
            await pilot.click(screen.list, offset=(10, below[0]))
        assert len(reached) == 26
        await detailed(pilot, screen)
        row = screen.list._shown.index(screen.list._at)
        await pilot.click(screen.list, offset=(10, row))
        await wait(pilot, lambda: isinstance(pilot.app.screen, TopicDialog), "the topic")

    on_topics(tmp_path, script, NARROW)


def test_into_the_topic_and_back(tmp_path: Path) -> None:
    async def script(pilot: Pilot[int], screen: TopicsScreen) -> None:
        await detailed(pilot, screen)
        for key, back in (("enter", "escape"), ("right", "left")):
            await press(pilot, key)
            assert screen.inside
            await press(pilot, "end")
            assert screen.pane.question is not None
            await press(pilot, back)
            assert screen.focused is screen.list

    on_topics(tmp_path, script, WIDE)


def test_following_archiving_and_the_archive(tmp_path: Path) -> None:
    async def script(pilot: Pilot[int], screen: TopicsScreen) -> None:
        await go_to(pilot, screen, RAG)
        await press(pilot, "f")
        await wait(pilot, lambda: screen.marked is not None and screen.marked.followed, "following")
        assert "★" in shown(pilot.app)
        await press(pilot, "f")
        await wait(pilot, lambda: screen.marked is not None and not screen.marked.followed, "not following")
        await press(pilot, "z")
        await wait(pilot, lambda: len(screen.list.views) == 25, "the archive")
        assert screen.marked is not None
        assert screen.marked.id != RAG
        await press(pilot, "Z")
        assert len(screen.list.views) == 26
        assert screen.list.mark(RAG)
        await press(pilot, "z", "Z")
        await wait(pilot, lambda: len(screen.list.views) == 26, "the map")
        await press(pilot, "u")
        await wait(pilot, lambda: len(screen.list.views) == 25, "undo")

    on_topics(tmp_path, script, WIDE)


def test_nothing_in_the_archive_is_said_kindly(tmp_path: Path) -> None:
    async def script(pilot: Pilot[int], screen: TopicsScreen) -> None:
        await press(pilot, "Z")
        assert "Nothing is put aside" in shown(pilot.app)

    on_topics(tmp_path, script, WIDE)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
def test_a_topic_and_a_resource_of_ones_own(tmp_path: Path, size: tuple[int, int]) -> None:
    async def script(pilot: Pilot[int], screen: TopicsScreen) -> None:
        app = pilot.app
        await press(pilot, "a")
        await enter(pilot, "Rust")
        await press(pilot, "tab")
        await enter(pilot, "ferris, crab")
        await press(pilot, "ctrl+s")
        await wait(pilot, lambda: screen.marked is not None and screen.marked.id == "rust", "the topic")
        assert reading(tmp_path, lambda ws: topic_detail(ws, "crab").view.aliases) == ("ferris", "crab")
        await press(pilot, "A")
        await enter(pilot, "The book")
        await press(pilot, "tab")
        await enter(pilot, "javascript:x")
        await press(pilot, "ctrl+s")
        assert "is no link" in shown(app)
        app.screen.query_one("#url", Line).value = "https://a.org/book"
        app.screen.query_one("#minutes", Line).value = "1h30"
        await press(pilot, "ctrl+s")
        await wait(pilot, lambda: app.screen is screen, "the map")
        (found,) = reading(tmp_path, lambda ws: resource_list(ws, "rust"))
        assert (found.title, found.url, found.minutes, found.own) == ("The book", "https://a.org/book", 90, True)
        await press(pilot, "u")
        await wait(pilot, lambda: not reading(tmp_path, lambda ws: resource_list(ws, "rust")), "undo")
        await press(pilot, "u")
        await wait(pilot, lambda: len(screen.list.views) == 26, "undo of the topic")

    on_topics(tmp_path, script, size)


def test_editing_a_topic(tmp_path: Path) -> None:
    async def script(pilot: Pilot[int], screen: TopicsScreen) -> None:
        app = pilot.app
        await go_to(pilot, screen, RAG)
        await press(pilot, "e")
        assert isinstance(app.screen, FieldsDialog)
        app.screen.query_one("#title", Line).value = "Looking things up"
        app.screen.query_one("#questions", Area).text = "Why look it up?\nWhere?"
        app.screen.query_one("#prerequisites", Line).value = "nowhere"
        await press(pilot, "ctrl+s")
        assert "Unknown topic" in shown(app)
        app.screen.query_one("#prerequisites", Line).value = "multimodal, lora"
        await press(pilot, "ctrl+s")
        await wait(pilot, lambda: app.screen is screen and "Looking things up" in shown(app), "the new title")
        detail = reading(tmp_path, lambda ws: topic_detail(ws, RAG))
        assert detail.questions == ("Why look it up?", "Where?")
        assert [each.id for each in detail.prerequisites] == ["multimodal-models", "efficient-fine-tuning"]
        await detailed(pilot, screen)
        await press(pilot, "e", "ctrl+s")
        assert len(app.screen_stack) == 1, "nothing changed, nothing saved"

    on_topics(tmp_path, script, WIDE)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
def test_progress_done_and_reading_order(tmp_path: Path, size: tuple[int, int]) -> None:
    async def script(pilot: Pilot[int], screen: TopicsScreen) -> None:
        app = pilot.app
        await go_to(pilot, screen, RAG)
        await press(pilot, "enter")
        dialog = app.screen
        pane = dialog.pane if isinstance(dialog, TopicDialog) else screen.pane
        await wait(pilot, lambda: pane.detail is not None, "the details")
        first, second = [each.id for each in reading(tmp_path, lambda ws: resource_list(ws, "rag"))][:2]

        def read(name: str) -> Any:
            return reading(tmp_path, lambda ws: resources.resource_view(ws, name))

        await pick(pilot, pane, first)
        await press(pilot, "P")
        await enter(pilot, "12 pages")
        await press(pilot, "enter")
        assert "Of how many pages?" in shown(app)
        app.screen.query_one(Line).value = "12 of 30 pages"
        await press(pilot, "enter")
        await wait(pilot, lambda: "12 of 30 pages" in shown(app), "the progress")
        assert read(first).progress == 0.4
        await press(pilot, "d")
        await wait(pilot, lambda: read(first).state == "done", "done")
        await calm(pilot)
        assert pane.resource is not None
        assert pane.resource.id == first
        await press(pilot, "d")
        await wait(pilot, lambda: read(first).state == "doing", "reopened")
        await calm(pilot)
        await press(pilot, "J")
        await wait(pilot, lambda: [each.id for each in pane.detail.resources][:2] == [second, first], "the order")  # type: ignore[union-attr]
        assert pane.resource.id == first, "the cursor stays with it"
        await press(pilot, "K")
        await wait(pilot, lambda: pane.detail.resources[0].id == first, "the order from before")  # type: ignore[union-attr]
        await press(pilot, "K")
        await calm(pilot)
        assert any("first already" in each.message for each in app._notifications)

    on_topics(tmp_path, script, size)


def test_a_link_opens_after_a_question_that_shows_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf "%s" "$1" > {opened}.part && mv {opened}.part {opened}\n')
    browser.chmod(0o700)
    monkeypatch.setenv("BROWSER", str(browser))
    monkeypatch.delenv("DISPLAY", raising=False)
    home = tmp_path / "home"
    address = f"https://a.org/{'x' * 90}?q=1&r=%20#top"
    with_data(home, lambda ws: resources.add_resource(ws, "rag", "Mine", url=address))

    async def script(pilot: Pilot[int], screen: TopicsScreen) -> None:
        app = pilot.app
        await go_to(pilot, screen, RAG)
        await press(pilot, "enter")
        await pick(pilot, screen.pane, "mine")
        await press(pilot, "o")
        flat = "".join(line.strip(" │┊") for line in shown(app).splitlines()).replace(" ", "")
        assert "x" * 60 in flat
        assert "#top" in flat
        await press(pilot, "escape")
        assert not opened.exists()
        await press(pilot, "enter", "enter")
        await wait(pilot, opened.exists, "the browser")

    on_topics(home, script, WIDE)
    assert opened.read_text() == address


def test_a_resource_without_a_link_says_so(tmp_path: Path) -> None:
    with_data(tmp_path, lambda ws: resources.add_resource(ws, "rag", "Mine"))

    async def script(pilot: Pilot[int], screen: TopicsScreen) -> None:
        await go_to(pilot, screen, RAG)
        await press(pilot, "enter")
        await pick(pilot, screen.pane, "mine")
        await press(pilot, "o")
        assert "has no link" in shown(pilot.app)

    on_topics(tmp_path, script, WIDE)


def test_the_questions_become_cards(tmp_path: Path) -> None:
    async def script(pilot: Pilot[int], screen: TopicsScreen) -> None:
        await go_to(pilot, screen, RAG)
        await press(pilot, "r")
        await wait(pilot, lambda: "3 recall cards" in shown(pilot.app), "the cards")
        assert "5 Recall 3" in shown(pilot.app)

    on_topics(tmp_path, script, WIDE)
    assert len(reading(tmp_path, card_list)) == 3


def test_starting_on_a_topic_and_on_a_resource(tmp_path: Path) -> None:
    async def script(pilot: Pilot[int], screen: TopicsScreen) -> None:
        app = pilot.app
        assert isinstance(app, LearnhabitApp)
        await go_to(pilot, screen, RAG)
        await press(pilot, "s")
        await wait(pilot, lambda: app.timer is not None, "the timer")
        assert (app.timer.topic, app.timer.resource) == (RAG, None)  # type: ignore[union-attr]
        await go_to(pilot, screen, "multimodal-models")
        await press(pilot, "enter")
        resource = screen.pane.resource
        assert resource is not None
        await press(pilot, "s", "enter")
        await wait(pilot, lambda: app.timer is not None and app.timer.topic == "multimodal-models", "the other timer")
        assert app.timer.resource == resource.id  # type: ignore[union-attr]

    logged(tmp_path, "20m rag")
    on_topics(tmp_path, script, WIDE)


@pytest.mark.parametrize(
    ("letters", "expected"), [("multim", "multimodal-models"), ("qlora", "efficient-fine-tuning"), ("zebra", "")]
)
def test_finding(tmp_path: Path, letters: str, expected: str) -> None:
    logged(tmp_path, "20m rag", note="a zebra crossing")

    async def script(pilot: Pilot[int], screen: TopicsScreen) -> None:
        app = pilot.app
        assert isinstance(app, LearnhabitApp)
        await press(pilot, "slash")
        await enter(pilot, letters)
        await wait(pilot, lambda: len(letters) < 5 or letters.lower() in shown(app).lower(), "the hits")
        await press(pilot, "enter")
        await calm(pilot)
        if expected:
            await wait(pilot, lambda: screen.marked is not None and screen.marked.id == expected, expected)
        else:
            await wait(pilot, lambda: app.current_mode == "log", "the log")

    on_topics(tmp_path, script, NARROW)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
def test_hostile_words_are_words(tmp_path: Path, size: tuple[int, int]) -> None:
    for text in HOSTILE:
        with_data(tmp_path, lambda ws, text=text: topics.add_topic(ws, text))  # type: ignore[misc]
        with_data(tmp_path, lambda ws, text=text: resources.add_resource(ws, "rag", text, authors=text))  # type: ignore[misc]
        with_data(tmp_path, lambda ws, text=text: topics.edit_topic(ws, "rag", why=text, questions=[text, text]))  # type: ignore[misc]
    own = [view.id for theme in reading(tmp_path, topic_map).themes for view in theme.topics if view.own]

    async def script(pilot: Pilot[int], screen: TopicsScreen) -> None:
        for name in [*own[::3], RAG]:
            await go_to(pilot, screen, name)
            assert not set(UNSHOWN) & set(shown(pilot.app))
            await press(pilot, "enter")
            await press(pilot, "end")
            assert not set(UNSHOWN) & set(shown(pilot.app))
            await press(pilot, "escape")
            screen.list.focus()
            await press(pilot, "e")
            assert not set(UNSHOWN) & set(shown(pilot.app))
            await press(pilot, "escape")

    on_topics(tmp_path, script, size)


def test_another_writer_leaves_the_cursor_where_it_is(tmp_path: Path) -> None:
    async def script(pilot: Pilot[int], screen: TopicsScreen) -> None:
        await go_to(pilot, screen, "multimodal-models")
        with_data(tmp_path, lambda ws: topics.add_topic(ws, "Rust"))
        await wait(pilot, lambda: len(screen.list.views) == 27, "the new topic")
        assert screen.marked is not None
        assert screen.marked.id == "multimodal-models"

    on_topics(tmp_path, script, WIDE)


def test_a_map_of_many_topics_draws_only_what_is_in_view(tmp_path: Path) -> None:
    for number in range(60):
        with_data(tmp_path, lambda ws, number=number: topics.add_topic(ws, f"Own {number}"))  # type: ignore[misc]

    async def script(pilot: Pilot[int], screen: TopicsScreen) -> None:
        # What the app writes down by itself on a new day is read anew, now and then in between.
        for _ in range(10):
            views, lines = screen.list.views, screen.list._drawn
            await press(pilot, "home", "end")
            if screen.list.views is views:
                break
        assert screen.list._drawn is lines, "the rows without the mark are drawn once"
        assert screen.marked is not None
        assert screen.marked.title == "Own 59"

    on_topics(tmp_path, script, NARROW)
