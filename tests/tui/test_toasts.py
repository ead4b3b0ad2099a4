"""What is said in passing: never under a dialog, never over one for long, and gone with a key."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.pilot import Pilot

from learnhabit.tui import safe_text
from learnhabit.tui.app import LearnhabitApp
from learnhabit.tui.messages import ReminderCame
from learnhabit.tui.screens.entry import EntryDialog
from learnhabit.tui.screens.helping import HelpDialog
from tests.tui.support import app_on, calm, press, run, shown, wait

SAID = "said in passing"
LONG = 300.0
"""Seconds after which it would go by itself: longer than any test waits."""


def of(pilot: Pilot[int]) -> LearnhabitApp:
    app = pilot.app
    assert isinstance(app, LearnhabitApp)
    return app


def said(app: LearnhabitApp) -> list[str]:
    return [notification.message for notification in app._notifications]


async def gone(pilot: Pilot[int], text: str = SAID) -> None:
    await wait(pilot, lambda: text not in shown(pilot.app), "the toast to go")


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80", "120"])
def test_none_stays_under_a_dialog(tmp_path: Path, size: tuple[int, int]) -> None:
    async def script(pilot: Pilot[int]) -> None:
        app = of(pilot)
        safe_text.toast(app, SAID, seconds=LONG)
        await wait(pilot, lambda: SAID in shown(app), "the toast")
        # It is low enough to leave free where toasts are.
        await press(pilot, "l")
        assert isinstance(app.screen, EntryDialog)
        await gone(pilot)
        await press(pilot, "escape")
        await gone(pilot)
        # And the next one is seen.
        safe_text.toast(app, SAID, seconds=LONG)
        await wait(pilot, lambda: SAID in shown(app), "the toast")

    run(app_on(tmp_path), script, size)


def test_none_stays_under_the_second_of_two_dialogs(tmp_path: Path) -> None:
    async def script(pilot: Pilot[int]) -> None:
        app = of(pilot)
        await press(pilot, "l")
        safe_text.toast(app, "said over the first", seconds=LONG)
        await wait(pilot, lambda: "said over the first" in shown(app), "the toast")
        await press(pilot, "f1")
        assert isinstance(app.screen, HelpDialog)
        await gone(pilot, "said over the first")
        racks = [rack for screen in app.screen_stack[:-1] for rack in screen.query("ToastRack")]
        assert len(racks) == 2
        assert not any(rack.display for rack in racks), "the second dialog may lie over it just now"
        safe_text.toast(app, "said over the second", seconds=LONG)
        await wait(pilot, lambda: "said over the second" in shown(app), "the toast")
        assert said(app) == ["said over the second"]

    run(app_on(tmp_path), script)


@pytest.mark.parametrize("tab", ["1", "2", "3", "4", "6", "comma"])
def test_escape_takes_them_away_on_a_main_screen(tmp_path: Path, tab: str) -> None:
    async def script(pilot: Pilot[int]) -> None:
        app = of(pilot)
        await press(pilot, tab)
        safe_text.toast(app, "said in passing", seconds=LONG)
        await wait(pilot, lambda: "said in passing" in shown(app), "the toast")
        await press(pilot, "escape")
        assert not said(app)
        await gone(pilot, "said in passing")

    run(app_on(tmp_path), script)


def test_escape_in_a_dialog_closes_that(tmp_path: Path) -> None:
    async def script(pilot: Pilot[int]) -> None:
        app = of(pilot)
        await press(pilot, "l")
        safe_text.toast(app, "said in passing", seconds=LONG)
        await press(pilot, "escape")
        assert not isinstance(app.screen, EntryDialog)
        assert said(app) == ["said in passing"]

    run(app_on(tmp_path), script)


def test_a_reminder_waits_until_no_dialog_is_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[bool] = []
    monkeypatch.setattr(LearnhabitApp, "bell", lambda self: rung.append(True))

    async def script(pilot: Pilot[int]) -> None:
        app = of(pilot)
        await press(pilot, "l", "f1")
        assert len(app.screen_stack) == 3
        app.post_message(ReminderCame("Ten minutes of study", bell=True, seconds=LONG))
        await calm(pilot)
        assert not said(app)
        assert not rung
        await press(pilot, "escape")
        assert not said(app)
        safe_text.toast(app, "Saved")
        await press(pilot, "escape")
        await wait(pilot, lambda: "Ten minutes of study" in shown(app), "the reminder")
        assert said(app) == ["Saved", "Ten minutes of study"], "neither takes the other's place"
        assert rung == [True]
        await press(pilot, "l", "escape")
        assert not said(app), "it is said once"

    run(app_on(tmp_path), script)


def test_a_reminder_without_a_dialog_comes_at_once(tmp_path: Path) -> None:
    async def script(pilot: Pilot[int]) -> None:
        app = of(pilot)
        app.post_message(ReminderCame("Ten minutes of study", bell=False, seconds=LONG))
        await wait(pilot, lambda: "Ten minutes of study" in shown(app), "the reminder")

    run(app_on(tmp_path), script)


@pytest.mark.parametrize("width", [40, 60, 79, 80, 109, 120])
def test_all_of_it_is_seen_at_every_width(tmp_path: Path, width: int) -> None:
    words = [f"word{number:02}" for number in range(30)]

    async def script(pilot: Pilot[int]) -> None:
        app = of(pilot)
        safe_text.toast(app, " ".join(words), seconds=LONG)
        await wait(pilot, lambda: "word00" in shown(app), "the toast")
        assert re.findall(r"word\d\d", shown(app)) == words

    run(app_on(tmp_path), script, (width, 24))
