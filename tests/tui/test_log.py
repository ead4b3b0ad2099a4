"""Screen 2: what was just done is in view and marked, the filter is left without being lost, and all of a session."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from learnhabit.domain.session import Session
from learnhabit.services import resolving, resources
from learnhabit.services.cards import add_card
from learnhabit.services.log import NO_FILTER, log_page
from learnhabit.services.workspace import Workspace
from learnhabit.tui.app import LearnhabitApp
from learnhabit.tui.messages import Found
from learnhabit.tui.screens.log import LogScreen
from learnhabit.tui.screens.log_reading import read_more
from learnhabit.tui.screens.reading import SessionDialog
from learnhabit.tui.widgets.loglist import LogList
from tests.tui.support import (
    HOSTILE,
    NOW,
    UNSHOWN,
    app_on,
    calm,
    enter,
    logged,
    press,
    run,
    sessions,
    shown,
    wait,
    with_data,
)

NARROW, WIDE = (80, 24), (120, 36)
PEFT = "peft-documentation"
SIZES = pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])


def on_log(
    folder: Path, script: Callable[[Pilot[int], LogScreen], Awaitable[None]], size: tuple[int, int] = WIDE
) -> None:
    """Run a script on screen 2."""

    async def main(pilot: Pilot[int]) -> None:
        await press(pilot, "2")
        screen = pilot.app.screen
        assert isinstance(screen, LogScreen)
        await at_rest(pilot, screen)
        await script(pilot, screen)

    run(app_on(folder), main, size)


async def at_rest(pilot: Pilot[int], screen: LogScreen) -> None:
    """Wait until the marked session is read with everything."""
    await wait(pilot, lambda: screen.is_read, "the rest of the session")
    await calm(pilot)


def said(pilot: Pilot[int]) -> str:
    app = pilot.app
    assert isinstance(app, LearnhabitApp)
    return " ".join(notification.message for notification in app._notifications)


def rows(pilot: Pilot[int]) -> list[str]:
    """What stands on the screen, without frames and rules between panes."""
    return [line.strip("│ ") for each in shown(pilot.app).splitlines() for line in each.split("│ ")]


def marked(screen: LogScreen) -> str:
    """The note of the marked session."""
    return "" if screen.marked is None else screen.marked.note


def many(folder: Path) -> None:
    """A log that is longer than any screen here."""
    for back in range(50, 0, -1):
        logged(folder, f"45m rag note{back}", NOW - timedelta(days=back))


@pytest.fixture(scope="session")
def long_log(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("long")
    many(folder)
    return (folder / "learnhabit.db").read_bytes()


@pytest.fixture
def folder(tmp_path: Path, long_log: bytes) -> Path:
    """A copy of the long log."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    (folder / "learnhabit.db").touch(0o600)
    (folder / "learnhabit.db").write_bytes(long_log)
    return folder


@SIZES
def test_what_was_just_logged_is_in_view_and_marked(folder: Path, size: tuple[int, int]) -> None:
    async def script(pilot: Pilot[int], screen: LogScreen) -> None:
        await press(pilot, "l")
        await enter(pilot, "20m rag fresh")
        await press(pilot, "enter")
        await wait(pilot, lambda: pilot.app.screen is screen and marked(screen) == "fresh", "the new session")
        text = shown(pilot.app)
        assert "Mon 23 Nov  today" in text
        assert "fresh" in text

    on_log(folder, script, size)


@SIZES
def test_a_second_delete_after_undo_deletes_the_same_one(folder: Path, size: tuple[int, int]) -> None:
    async def script(pilot: Pilot[int], screen: LogScreen) -> None:
        assert marked(screen) == "note1"
        await press(pilot, "d")
        await wait(pilot, lambda: marked(screen) == "note2", "the delete")
        await press(pilot, "u")
        await wait(pilot, lambda: marked(screen) == "note1", "the undo")
        assert any(line.endswith("note1") for line in rows(pilot))
        await press(pilot, "d")
        await wait(pilot, lambda: marked(screen) == "note2", "the second delete")

    on_log(folder, script, size)
    assert [each.note for each in sessions(folder)][:2] == ["note2", "note3"]


@SIZES
def test_escape_leaves_the_filter_and_then_clears_it(folder: Path, size: tuple[int, int]) -> None:
    async def script(pilot: Pilot[int], screen: LogScreen) -> None:
        await press(pilot, "slash")
        footer = shown(pilot.app).splitlines()[-1]
        assert "enter To the list" in footer
        assert "esc Leave field" in footer
        assert "f1 Help" in footer
        await enter(pilot, "note33")
        await press(pilot, "escape")
        assert isinstance(pilot.app.focused, LogList)
        assert screen.filter.value == "note33"
        await wait(pilot, lambda: marked(screen) == "note33", "the filter")
        assert "esc Leave field" not in shown(pilot.app).splitlines()[-1]
        await press(pilot, "escape")
        await wait(pilot, lambda: marked(screen) == "note1", "everything")
        assert screen.filter.value == ""
        await press(pilot, "slash")
        await enter(pilot, "nowhere")
        await wait(pilot, lambda: "In the list, esc shows everything again." in shown(pilot.app), "the way back")
        await press(pilot, "escape", "escape")
        await wait(pilot, lambda: marked(screen) == "note1", "everything")

    on_log(folder, script, size)


def test_where_nothing_is_filtered_escape_takes_what_was_said_away(folder: Path) -> None:
    async def script(pilot: Pilot[int], screen: LogScreen) -> None:
        await press(pilot, "X")
        assert "No timer is running" in said(pilot)
        await press(pilot, "escape")
        assert not said(pilot)
        await wait(pilot, lambda: "No timer is running" not in shown(pilot.app), "the toast to go")

    on_log(folder, script)


def rich(folder: Path, *, note: str = "", statement: str = "") -> None:
    """A session with everything that can be said of one."""

    def resolve(workspace: Workspace) -> None:
        for line in ("40 hours of fine-tuning by 31 Dec", "Study 5 days a week", "10 hours of rag by 31 Dec"):
            view, _ = resolving.add_resolution(workspace, line)
            if statement:
                resolving.edit_resolution(workspace, view.resolution.id, statement=statement)

    with_data(folder, resolve, NOW - timedelta(days=9))
    logged(folder, "20m rag", NOW - timedelta(days=1))
    logged(folder, "45m fine-tuning", note=note, resource=PEFT, takeaway="what was learnt")

    def more(workspace: Workspace) -> None:
        session = log_page(workspace, NO_FILTER, None, older=True, limit=1).sessions[0]
        add_card(workspace, "fine-tuning", "What?", "That.", origin="takeaway", session=session.id)
        resources.set_progress(workspace, PEFT, "12 of 30 pages")

    with_data(folder, more)


@SIZES
def test_all_of_a_session(tmp_path: Path, size: tuple[int, int]) -> None:
    """Beside the list, or in the dialog where there is no room for it."""
    rich(tmp_path, note="read it")

    async def script(pilot: Pilot[int], screen: LogScreen) -> None:
        assert "◆" in shown(pilot.app)
        if size == NARROW:
            await press(pilot, "enter")
            assert isinstance(pilot.app.screen, SessionDialog)
        lines = rows(pilot)
        (bar,) = (line for line in lines if "12 of 30 pages" in line)
        assert "━" in bar
        assert "◆ recall card, due tomorrow" in lines
        if size == NARROW:
            await press(pilot, "pagedown")
            lines = rows(pilot)
        assert "COUNTS FOR" in lines
        assert any(line.startswith("◐ 40 hours of fine-tuning") and line.endswith("behind") for line in lines)
        assert any(line.startswith("● Study 5 days a week") and line.endswith("on pace") for line in lines)
        assert not any("10 hours of rag" in line for line in lines)
        if size == WIDE:
            await press(pilot, "down")
            await at_rest(pilot, screen)
            assert "10 hours of rag" in shown(pilot.app)
            assert "12 of 30 pages" not in shown(pilot.app)
            await press(pilot, "asterisk", "up", "asterisk")
            await wait(pilot, lambda: "★◆" in shown(pilot.app), "both signs")

    on_log(tmp_path, script, size)


def test_the_dialog_reads_what_is_not_known_yet(tmp_path: Path) -> None:
    rich(tmp_path)

    async def script(pilot: Pilot[int], screen: LogScreen) -> None:
        screen._details.clear()
        screen.pane.show(None, type(screen.pane.known)(today=screen.pane.known.today))
        await press(pilot, "enter")
        await wait(pilot, lambda: "recall card, due tomorrow" in shown(pilot.app), "the rest")

    on_log(tmp_path, script, NARROW)


def test_what_comes_after_the_dialog_was_closed_is_dropped(tmp_path: Path) -> None:
    rich(tmp_path)

    async def script(pilot: Pilot[int], screen: LogScreen) -> None:
        await press(pilot, "enter")
        dialog = pilot.app.screen
        assert isinstance(dialog, SessionDialog)
        await press(pilot, "escape")
        await wait(pilot, lambda: not dialog.is_running, "the dialog to end")
        pilot.app.post_message(Found(next(iter(screen._details.values())), dialog._show))
        await press(pilot, "down")
        assert pilot.app.screen is screen

    on_log(tmp_path, script, NARROW)


@SIZES
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_words(tmp_path: Path, text: str, size: tuple[int, int]) -> None:
    rich(tmp_path, note=text, statement=text)

    async def script(pilot: Pilot[int], screen: LogScreen) -> None:
        await press(pilot, "enter", "pagedown")
        assert not set(UNSHOWN) & set(shown(pilot.app))
        assert "COUNTS FOR" in shown(pilot.app)
        await press(pilot, "escape")
        assert pilot.app.screen is screen

    on_log(tmp_path, script, size)


def test_moving_the_cursor_lays_nothing_out_and_reads_once_it_rests(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_data(folder, lambda workspace: resources.set_progress(workspace, PEFT, "45%"))
    logged(folder, "45m fine-tuning", note="long words " * 30, resource=PEFT, takeaway="longer " * 30)

    async def script(pilot: Pilot[int], screen: LogScreen) -> None:
        app = pilot.app
        assert isinstance(app, LearnhabitApp)
        # What it says at its start is a change like any other, after which everything is read anew.
        app._watcher.stop()
        app._watcher._thread.join()
        await calm(pilot)
        await at_rest(pilot, screen)
        read: list[str] = []
        laid_out: list[bool] = []
        reflow = screen._compositor.reflow

        def reading(screen: LogScreen, session: Session, asked: Sequence[str], generation: int) -> None:
            read.append(session.note)
            read_more(screen, session, asked, generation)

        def reflowing(*args: Any) -> Any:
            laid_out.append(True)
            return reflow(*args)

        monkeypatch.setattr("learnhabit.tui.screens.log.read_more", reading)
        monkeypatch.setattr(screen._compositor, "reflow", reflowing)
        for _ in range(4):
            # Faster than the cursor rests: the screen handles all of them in one go.
            screen.list.action_move(1)
        await wait(pilot, lambda: read, "the reading")
        await at_rest(pilot, screen)
        assert read == [marked(screen)]
        assert not laid_out
        screen.list.action_move(-1)
        await wait(pilot, lambda: len(read) == 2, "the second reading")
        await at_rest(pilot, screen)
        screen.list.action_move(1)
        await calm(pilot)
        await at_rest(pilot, screen)
        assert len(read) == 2, "what was read is remembered"

    on_log(folder, script)


@SIZES
def test_short_titles_leave_room_for_notes(tmp_path: Path, size: tuple[int, int]) -> None:
    note = "as many words as there may be room for in a row of the list, which are many where the title is short"
    logged(tmp_path, f"45m multimodal {note}")

    async def script(pilot: Pilot[int], screen: LogScreen) -> None:
        (line,) = (each for each in shown(pilot.app).splitlines() if "45 min  Multimodal models" in each)
        assert "Multimodal models  as many words" in line
        await calm(pilot)
        logged(tmp_path, "10m rag", NOW - timedelta(hours=2))
        await wait(pilot, lambda: "Retrieval" in shown(pilot.app), "the longer title")
        (line,) = (each for each in shown(pilot.app).splitlines() if "45 min  Multimodal models" in each)
        assert "Multimodal models     " in line

    on_log(tmp_path, script, size)
