"""How screens 4 and 5 and their dialogs look. After a change that is meant: `--snapshot-update`, and look."""

from __future__ import annotations

import os
import shutil
from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from textual.app import App
from textual.pilot import Pilot

from learnhabit.services import cards, recall, resources, topics, tracking
from learnhabit.services.workspace import Workspace
from learnhabit.tui import looks
from learnhabit.tui.screens.recall import RecallScreen
from learnhabit.tui.screens.topic_reading import TopicDialog
from learnhabit.tui.screens.topics import TopicsScreen
from tests.tui.support import HOSTILE, NOW, app_on, calm, press, ready, wait, with_data
from tests.tui.test_snapshots import LIGHT, Compare, history

NARROW, WIDE, LARGE = (80, 24), (120, 36), (140, 45)


def read(workspace: Workspace) -> None:
    """Followed topics, things read, one put aside, one's own, and cards."""
    for topic in ("rag", "fine-tuning", "multimodal"):
        topics.follow_topic(workspace, topic)
    topics.archive_topic(workspace, "video-generation")
    topics.add_topic(workspace, "Rust for machine learning", ["rust"])
    resources.add_resource(workspace, "rust", "The book", kind="book", minutes="20h")
    for name, amount in (
        ("rag-lewis", "100%"),
        ("lost-in-the-middle", "60%"),
        ("peft", "35 of 60 min"),
        ("qlora", "100%"),
    ):
        resources.set_progress(workspace, name, amount)
    cards.add_question_cards(workspace, "rag")
    cards.add_card(
        workspace,
        "fine-tuning",
        "What does QLoRA keep in 4 bits and what stays in higher precision?",
        "The frozen base weights are stored in 4 bits. The adapters and the computation itself use 16.",
    )
    recall.grade_card(workspace, "last", 3)


def hostile(workspace: Workspace) -> None:
    for text in HOSTILE:
        topics.add_topic(workspace, text)
        resources.add_resource(workspace, "rag", f"{text} " * 4, authors=text)
        cards.add_card(workspace, "rag", f"{text} " * 6, text * 3)
    topics.edit_topic(workspace, "rag", why=HOSTILE[1], summary=HOSTILE[2] * 3, questions=list(HOSTILE))


def many(workspace: Workspace) -> None:
    for number in range(60):
        topics.add_topic(workspace, f"Own topic {number}")


def script_of(*keys: str, theme: str = looks.DARK) -> Callable[[Pilot[int]], Awaitable[None]]:
    """Press keys, each once what the one before asked for is read: a topic's details are read after a short rest."""

    async def script(pilot: Pilot[int]) -> None:
        await ready(pilot)
        if theme != looks.DARK:
            pilot.app.theme = theme
        for key in keys:
            await press(pilot, key)
            await wait(pilot, lambda: _is_read(pilot.app), "the details")
            await calm(pilot)

    return script


def _is_read(app: App[int]) -> bool:
    """Whether nothing is still to be read for what is shown."""
    screen = app.screen
    if isinstance(screen, TopicDialog):
        return screen.pane.detail is not None
    if isinstance(screen, TopicsScreen):
        marked, detail = screen.marked, screen.pane.detail
        return marked is not None and detail is not None and detail.view.id == marked.id
    if isinstance(screen, RecallScreen):
        state = screen._state
        return state.queue is not None and (state.card is None or bool(state.intervals[0]))
    return True


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Data folders made once, with the same ids each time."""
    made = {}
    for name, deed in (("new", None), ("read", read), ("hostile", hostile), ("many", many)):
        made[name] = tmp_path_factory.mktemp(f"topics-{name}")
        numbers = count(1)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "urandom", lambda size, numbers=numbers: next(numbers).to_bytes(size, "big"))
            if name == "read":
                history(made[name])
            if deed is not None:
                with_data(made[name], deed, NOW - timedelta(days=9))
    return made


@pytest.fixture
def copies(folders: dict[str, Path], tmp_path: Path) -> dict[str, Path]:
    """Copies of them: a look at Today notes what was shown."""
    return {name: Path(shutil.copytree(folder, tmp_path / name)) for name, folder in folders.items()}


SIZES = pytest.mark.parametrize(
    "size",
    [
        pytest.param(NARROW, id="80"),
        pytest.param(WIDE, id="120"),
        pytest.param(LARGE, marks=pytest.mark.campaign, id="140"),
    ],
)
THEMES = pytest.mark.parametrize("theme", [pytest.param(looks.DARK, id="dark"), LIGHT])


@SIZES
@THEMES
@pytest.mark.parametrize("name", ["new", "read"])
def test_topics(copies: dict[str, Path], snap_compare: Compare, name: str, size: tuple[int, int], theme: str) -> None:
    assert snap_compare(app_on(copies[name]), terminal_size=size, run_before=script_of("4", "down", theme=theme))


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
@pytest.mark.parametrize(
    ("name", "keys"), [("hostile", ("4", "down")), ("hostile", ("4", "end")), ("many", ("4", "end"))]
)
def test_topics_of_other_people(
    copies: dict[str, Path], snap_compare: Compare, name: str, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    assert snap_compare(app_on(copies[name]), terminal_size=size, run_before=script_of(*keys))


DIALOGS = {
    "inside": ("enter", "down", "down"),
    "inside-end": ("enter", "end"),
    "archive": ("Z", "end"),
    "add": ("a",),
    "edit": ("e",),
    "resource": ("A",),
    "progress": ("enter", "P"),
    "link": ("enter", "o"),
    "find": ("slash", "q"),
}


# Wide, the cursor goes into the pane beside the map: test_topics.py follows it there.
@pytest.mark.parametrize(
    ("name", "size"),
    [
        pytest.param(name, size, id=f"{name}-{size[0]}")
        for name, keys in DIALOGS.items()
        for size in (NARROW, WIDE)
        if size == NARROW or keys[0] != "enter"
    ],
)
def test_topic_dialogs(copies: dict[str, Path], snap_compare: Compare, name: str, size: tuple[int, int]) -> None:
    keys = ("4", "down", *DIALOGS[name])
    assert snap_compare(app_on(copies["read"]), terminal_size=size, run_before=script_of(*keys))


RECALL = {"front": (), "back": ("N", "F", "4", "enter"), "edit": ("escape", "e"), "add": ("escape", "a")}


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
@THEMES
@pytest.mark.parametrize("name", ["front", "back"])
def test_recall(copies: dict[str, Path], snap_compare: Compare, name: str, size: tuple[int, int], theme: str) -> None:
    assert snap_compare(
        app_on(copies["read"]), terminal_size=size, run_before=script_of("5", *RECALL[name], theme=theme)
    )


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
@pytest.mark.parametrize(
    ("name", "keys"),
    [("new", ()), ("read", RECALL["edit"]), ("read", RECALL["add"]), ("hostile", ()), ("hostile", ("enter",))],
)
def test_recall_of_other_kinds(
    copies: dict[str, Path], snap_compare: Compare, name: str, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    assert snap_compare(app_on(copies[name]), terminal_size=size, run_before=script_of("5", *keys))


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
@pytest.mark.parametrize("keys", [("h",), ("y",)], ids=["source", "share"])
def test_dialogs_of_today(
    copies: dict[str, Path], snap_compare: Compare, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    assert snap_compare(app_on(copies["read"]), terminal_size=size, run_before=script_of(*keys))


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
def test_stopping_with_a_card(copies: dict[str, Path], snap_compare: Compare, size: tuple[int, int]) -> None:
    with_data(
        copies["read"],
        lambda ws: tracking.start(ws, ["fine-tuning"], resource="peft-documentation"),
        NOW - timedelta(minutes=33),
    )
    assert snap_compare(app_on(copies["read"]), terminal_size=size, run_before=script_of("x", "ctrl+r"))
