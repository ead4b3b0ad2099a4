"""How the app looks. After a change that is meant: `pytest tests/tui/test_snapshots.py --snapshot-update`, and look."""

from __future__ import annotations

import os
import shutil
from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Protocol

import pytest
from textual.app import App
from textual.pilot import Pilot

from learnhabit.errors import LearnhabitError
from learnhabit.services import editing, planning, resolving, resources, tracking
from learnhabit.services.cards import add_card
from learnhabit.services.log import NO_FILTER, log_page
from learnhabit.services.workspace import Workspace
from learnhabit.tui import looks
from learnhabit.tui.app import LearnhabitApp
from learnhabit.tui.faults import fault_of
from learnhabit.tui.screens.log import LogScreen
from tests.tui.support import NOW, app_on, calm, enter, logged, press, ready, wait, with_data

TAKEAWAY = "With B set to zero at the start, training begins from the base model exactly."
NARROW, WIDE = (80, 24), (120, 36)
LIGHT = pytest.param(looks.LIGHT, marks=pytest.mark.campaign, id="light")
"""The colours differ, what is drawn does not: one screen in the light is enough for every run."""


class Compare(Protocol):
    """The fixture of pytest-textual-snapshot."""

    def __call__(
        self,
        app: App[int],
        *,
        terminal_size: tuple[int, int],
        run_before: Callable[[Pilot[int]], Awaitable[None]],
    ) -> bool: ...


def history(folder: Path) -> None:
    """Two months of study, none of it made by chance."""
    with_data(folder, lambda w: planning.set_plan(w, goal="45m"), NOW - timedelta(days=70))
    notes = ("Self-RAG, reflection tokens", "RAGAS: metrics and their limits", "Read to section 3. Rank and alpha", "")
    topics = ("rag", "fine-tuning", "multimodal", "prompting-and-ai-tools")
    for back in range(60, 0, -1):
        if back % 7 in (2, 5) or 30 < back < 36:
            continue
        minutes = (12, 25, 44, 65)[back % 4]
        moment = NOW - timedelta(days=back, hours=back % 5)
        takeaway = TAKEAWAY if back % 3 == 0 else ""
        logged(folder, f"{minutes}m {topics[back % 4]}", moment, note=notes[back % 4], takeaway=takeaway)
    logged(folder, "18m rag chunking, section 4 #paper", NOW - timedelta(hours=7))
    logged(folder, "14m fine-tuning LoRA, first half", NOW - timedelta(hours=2))


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a history, made once, with the same ids each time."""
    folder = tmp_path_factory.mktemp("history")
    numbers = count(1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "urandom", lambda size: next(numbers).to_bytes(size, "big"))
        history(folder)
    return folder


@pytest.fixture
def home(tmp_path: Path, original: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(original, tmp_path / "home"))


def timing(folder: Path) -> None:
    """A timer that has run for 33 minutes."""
    with_data(
        folder, lambda w: tracking.start(w, ["fine-tuning"], note="LoRA, the second half"), NOW - timedelta(minutes=33)
    )


def log_is_read(app: App[int]) -> bool:
    """The log, if it is looked at or stands behind a dialog, shows all of the marked session."""
    return all(screen.is_read for screen in app.screen_stack if isinstance(screen, LogScreen))


def script_of(*keys: str, theme: str = looks.DARK, text: str = "") -> Callable[[Pilot[int]], Awaitable[None]]:
    """Press keys, then type a text."""

    async def script(pilot: Pilot[int]) -> None:
        await ready(pilot)
        if theme != looks.DARK:
            pilot.app.theme = theme
        await calm(pilot)
        await press(pilot, *keys)
        if text:
            await enter(pilot, text)
        await wait(pilot, lambda: not pilot.app.screen.query(".--populating"), "the palette")
        await wait(pilot, lambda: log_is_read(pilot.app), "what is read once the cursor rests")
        await calm(pilot)

    return script


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
@pytest.mark.parametrize("theme", [looks.DARK, looks.LIGHT], ids=["dark", "light"])
def test_today(home: Path, snap_compare: Compare, size: tuple[int, int], theme: str) -> None:
    assert snap_compare(app_on(home), terminal_size=size, run_before=script_of(theme=theme))


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
def test_today_before_the_first_session(tmp_path: Path, snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(app_on(tmp_path), terminal_size=size, run_before=script_of())


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
def test_today_with_a_timer(home: Path, snap_compare: Compare, size: tuple[int, int]) -> None:
    timing(home)
    assert snap_compare(app_on(home), terminal_size=size, run_before=script_of())


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
@pytest.mark.parametrize("theme", [looks.DARK, looks.LIGHT], ids=["dark", "light"])
def test_log(home: Path, snap_compare: Compare, size: tuple[int, int], theme: str) -> None:
    assert snap_compare(app_on(home), terminal_size=size, run_before=script_of("2", "down", theme=theme))


def test_log_before_the_first_session(tmp_path: Path, snap_compare: Compare) -> None:
    assert snap_compare(app_on(tmp_path), terminal_size=NARROW, run_before=script_of("2"))


def test_log_filtered(home: Path, snap_compare: Compare) -> None:
    assert snap_compare(app_on(home), terminal_size=NARROW, run_before=script_of("slash", text="rank since:nov"))


@pytest.mark.parametrize(("size", "keys"), [(NARROW, ("2", "enter")), (WIDE, ("2",))], ids=["80", "120"])
def test_all_of_a_session(
    home: Path, snap_compare: Compare, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    numbers = count(100_000)
    monkeypatch.setattr(os, "urandom", lambda size: next(numbers).to_bytes(size, "big"))
    for line in ("40 hours of fine-tuning by 31 Dec", "Study 5 days a week"):
        with_data(home, lambda w, line=line: resolving.add_resolution(w, line), NOW - timedelta(days=9))  # type: ignore[misc]
    moment, resource = NOW - timedelta(minutes=5), "peft-documentation"
    logged(home, "12m fine-tuning", moment, note="section 4 #docs", resource=resource, takeaway=TAKEAWAY)

    def more(workspace: Workspace) -> None:
        session = log_page(workspace, NO_FILTER, None, older=True, limit=1).sessions[0]
        add_card(workspace, session.topic, "What?", TAKEAWAY, origin="takeaway", session=session.id)
        resources.set_progress(workspace, resource, "35 of 75 min")
        editing.star(workspace, session.id)

    with_data(home, more)
    assert snap_compare(app_on(home), terminal_size=size, run_before=script_of(*keys))


DIALOGS: dict[str, tuple[tuple[str, ...], str]] = {
    "log": (("l",), "45m rag LoRA, section 4 @yesterday 21:00 #paper"),
    "log-not-understood": (("l",), "45 rga"),
    "start": (("2", "s"), "fin"),
    "edit": (("2", "down", "e", "tab"), "20m"),
    "split": (("2", "S"), ""),
    "move": (("2", "t"), ""),
    "session": (("2", "down", "down", "down", "enter"), ""),
    "help": (("question_mark",), ""),
    "why": (("w",), ""),
    "source": (("h",), ""),
    "palette": (("ctrl+p",), ""),
}


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
@pytest.mark.parametrize("name", DIALOGS)
def test_dialogs(home: Path, snap_compare: Compare, name: str, size: tuple[int, int]) -> None:
    keys, text = DIALOGS[name]
    assert snap_compare(app_on(home), terminal_size=size, run_before=script_of(*keys, text=text))


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
@pytest.mark.parametrize("key", ["x", "X", "s"])
def test_dialogs_of_the_timer(home: Path, snap_compare: Compare, key: str, size: tuple[int, int]) -> None:
    timing(home)
    text = "Adapting only the query and value matrices already gives most of the gain." if key == "x" else ""
    assert snap_compare(app_on(home), terminal_size=size, run_before=script_of(key, text=text))


@pytest.mark.parametrize("theme", [looks.DARK, looks.LIGHT], ids=["dark", "light"])
def test_stop_and_edit_in_both_themes(home: Path, snap_compare: Compare, theme: str) -> None:
    timing(home)
    assert snap_compare(app_on(home), terminal_size=WIDE, run_before=script_of("2", "down", "e", theme=theme))


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
def test_a_doubtful_timer(home: Path, snap_compare: Compare, size: tuple[int, int]) -> None:
    with_data(home, lambda w: tracking.start(w, ["fine-tuning"]), NOW - timedelta(hours=13, minutes=5))
    with_data(home, tracking.heartbeat, NOW - timedelta(hours=12))
    assert snap_compare(app_on(home), terminal_size=size, run_before=script_of())


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
def test_an_error(home: Path, snap_compare: Compare, size: tuple[int, int]) -> None:
    timing(home)
    app = app_on(home)
    cause = OSError("database is locked")
    error = LearnhabitError(
        "Another program is writing to the data file, and it did not finish within 5 seconds",
        "close a sync or backup that holds the file, then try again",
    )
    error.__cause__ = cause

    async def script(pilot: Pilot[int]) -> None:
        await ready(pilot)
        assert isinstance(pilot.app, LearnhabitApp)
        # The folder of a test differs from run to run.
        pilot.app.folder = "/home/ada/.local/share/learnhabit"
        pilot.app.show_fault(fault_of(error), "The session was not saved", lambda: None, form=True)
        await calm(pilot)
        # It is drawn; nothing may be read or made there.
        pilot.app.folder = str(home)

    assert snap_compare(app, terminal_size=size, run_before=script)
