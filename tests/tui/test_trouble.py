"""When the file can't be read or written: a dialog says so, nothing typed is lost, and trying again helps."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from textual.pilot import Pilot

from learnhabit.services import advising, preferences
from learnhabit.tui import looks
from learnhabit.tui.screens.entry import EntryDialog
from learnhabit.tui.screens.error import ErrorDialog
from learnhabit.tui.widgets.fields import Line
from tests.tui.support import app_on, enter, logged, press, run, sessions, shown, wait, with_data


def studied(folder: Path) -> None:
    """A log whose advice of the day was shown before: the app has nothing to write, and to read anew, by itself."""
    logged(folder, "10m rag")
    with_data(folder, lambda workspace: advising.note_advice(workspace, advising.advice(workspace)))  # type: ignore[arg-type]


def spoiled(folder: Path) -> None:
    """A file that is damaged behind its header."""
    whole = (folder / "learnhabit.db").read_bytes()
    os.replace(folder / "learnhabit.db", folder / "kept.db")
    (folder / "learnhabit.db").write_bytes(whole[:100] + b"\xff" * (len(whole) - 100))


def mended(folder: Path) -> None:
    """The file from before."""
    os.replace(folder / "kept.db", folder / "learnhabit.db")


def test_a_save_that_fails_keeps_what_was_typed(tmp_path: Path) -> None:
    studied(tmp_path)
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "l")
        await enter(pilot, "45m rag precious words")
        await wait(pilot, lambda: "45 min  Retrieval" in shown(app))
        spoiled(tmp_path)
        await press(pilot, "enter")
        await wait(pilot, lambda: isinstance(app.screen, ErrorDialog))
        assert "The session was not saved" in shown(app)
        assert "Your words are safe" in shown(app)
        await press(pilot, "y", "escape")
        await wait(pilot, lambda: isinstance(app.screen, EntryDialog))
        assert app.screen.query_one("#line", Line).value == "45m rag precious words"
        mended(tmp_path)
        await press(pilot, "enter")
        await wait(pilot, lambda: len(sessions(tmp_path)) == 2)

    run(app, script)


def test_try_again(tmp_path: Path) -> None:
    studied(tmp_path)
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        spoiled(tmp_path)
        await press(pilot, "s")
        await wait(pilot, lambda: isinstance(app.screen, ErrorDialog))
        mended(tmp_path)
        await press(pilot, "r")
        await wait(pilot, lambda: app.timer is not None)

    run(app, script, (80, 24))


def test_hiding_advice_is_tried_again(tmp_path: Path) -> None:
    studied(tmp_path)
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        assert app.view is not None and app.view.advice is not None
        hidden = app.view.advice.id
        await press(pilot, "h")
        spoiled(tmp_path)
        await press(pilot, "x")
        await wait(pilot, lambda: isinstance(app.screen, ErrorDialog))
        mended(tmp_path)
        await press(pilot, "r")
        await wait(pilot, lambda: app.view and app.view.advice and app.view.advice.id != hidden, "another piece")

    run(app, script)


def test_a_lock_does_not_stop_the_screen(tmp_path: Path) -> None:
    logged(tmp_path, "10m rag")
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        with closing(sqlite3.connect(tmp_path / "learnhabit.db", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            await pilot.press("l")
            await wait(pilot, lambda: isinstance(app.screen, EntryDialog))
            for character in ("4", "5", "m"):
                await pilot.press(character)
            assert app.screen.query_one("#line", Line).value == "45m"
            await wait(pilot, lambda: isinstance(app.screen, ErrorDialog))
            assert "Another program" in shown(app)
            other.execute("ROLLBACK")
        await press(pilot, "escape")
        await wait(pilot, lambda: isinstance(app.screen, EntryDialog))
        await press(pilot, "escape")

    run(app, script)


def test_a_mistake_of_the_program_is_said_and_survived(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from learnhabit.services import undoing

    def broken(workspace: object) -> str:
        raise RuntimeError("no such thing")

    monkeypatch.setattr(undoing, "undo", broken)
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "u")
        await wait(pilot, lambda: isinstance(app.screen, ErrorDialog))
        assert "Something is wrong in the program" in shown(app)
        assert "no such thing" in shown(app)

    run(app, script)


def test_refusals_are_said_in_passing(tmp_path: Path) -> None:
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "u")
        await wait(pilot, lambda: "There is nothing to undo" in shown(app))
        await press(pilot, "x")
        await wait(pilot, lambda: "No timer is running" in shown(app))
        await press(pilot, "2", "e")
        await wait(pilot, lambda: "There is no session here" in shown(app))

    run(app, script)


def test_the_theme_is_remembered(tmp_path: Path) -> None:
    first = app_on(tmp_path)

    async def choose(pilot: Pilot[int]) -> None:
        assert first.theme == looks.DARK
        first.use_theme(looks.LIGHT)
        await wait(pilot, lambda: preferences.theme(str(tmp_path)) == looks.LIGHT)

    run(first, choose)
    assert app_on(tmp_path).theme == looks.LIGHT


def test_an_unknown_theme_is_the_default(tmp_path: Path) -> None:
    preferences.set_theme(str(tmp_path), "no-such-theme")
    assert app_on(tmp_path).theme == looks.DARK


def test_preferences_that_are_broken_are_named(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("theme = [", encoding="utf-8")
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await wait(pilot, lambda: "config.toml" in shown(app))
        assert app.theme == looks.DARK

    run(app, script)


def test_a_theme_that_can_not_be_kept_is_used_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from learnhabit.errors import LearnhabitError

    def refuse(folder: str, name: str) -> None:
        raise LearnhabitError("The preferences can't be written", "the folder is read-only")

    monkeypatch.setattr(preferences, "set_theme", refuse)
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        app.use_theme(looks.LIGHT)
        await wait(pilot, lambda: "The theme is not remembered" in shown(app))
        assert app.theme == looks.LIGHT

    run(app, script)


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "ansi-dark", "ansi-light", looks.LIGHT, "nord"])
def test_every_theme_works(tmp_path: Path, theme: str) -> None:
    logged(tmp_path, "10m rag")
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        app.use_theme(theme)
        await press(pilot, "2", "l", "escape", "s", "escape", "1", "w", "escape")
        assert "TODAY" in shown(app)

    run(app, script, (80, 24))


def test_every_key_has_a_name_and_says_what_it_does(tmp_path: Path) -> None:
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        for keys in ((), ("2",), ("l",), ("escape", "s"), ("escape", "question_mark")):
            await press(pilot, *keys)
            for each in app.screen.active_bindings.values():
                if type(each.node).__module__.startswith("learnhabit"):
                    ours = each.binding in [b for bs in each.node._bindings.key_to_bindings.values() for b in bs]
                    if ours and each.binding.id:
                        assert each.binding.tooltip, each.binding
            assert app.screen.HELP

    run(app, script)
