"""The screen Reminders: each deed does what it says; a reminder that is due comes once, in the app or outside."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from textual.pilot import Pilot

from learnhabit.domain.reminder import Delivery
from learnhabit.services.agent import install
from learnhabit.services.reminding import ReminderView, add_reminder, deliveries, reminders
from learnhabit.services.settings import set_setting
from learnhabit.services.workspace import Workspace
from learnhabit.tui.app import LearnhabitApp
from learnhabit.tui.messages import DataChanged
from learnhabit.tui.reminding import Ticker
from learnhabit.tui.screens.error import ErrorDialog
from learnhabit.tui.screens.reminder_agent import AgentDialog
from learnhabit.tui.screens.reminder_edit import ReminderDialog
from learnhabit.tui.screens.reminders import RemindersScreen
from learnhabit.tui.widgets.choice import Choice
from tests.end_to_end.bus import private_bus
from tests.support import clean_environment
from tests.tui.support import HOSTILE, NOW, UNSHOWN, app_on, clock_at, enter, logged, press, run, shown, wait, with_data

NARROW, WIDE = (80, 24), (120, 36)


@pytest.fixture(autouse=True)
def _bare_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a scheduler nor a way to notify: what the screen says does not depend on who runs this."""
    monkeypatch.setenv("PATH", "/nowhere")


def on_reminders(
    folder: Path, script: Callable[[Pilot[int], RemindersScreen], Awaitable[None]], size: tuple[int, int] = WIDE
) -> None:
    """Run a script on the screen."""

    async def main(pilot: Pilot[int]) -> None:
        await press(pilot, "comma", "comma")
        screen = pilot.app.screen
        assert isinstance(screen, RemindersScreen)
        await wait(pilot, lambda: screen.reminders is not None and screen.status is not None, "the reminders")
        await script(pilot, screen)

    run(app_on(folder), main, size)


def made(folder: Path, *rules: str, condition: str = "always") -> None:
    for number, rule in enumerate(rules):
        moment = NOW - timedelta(days=2) + timedelta(seconds=number)
        with_data(folder, partial(add_reminder, rule=rule, condition=condition, text=f"Text of {rule}"), moment)


def read(folder: Path) -> tuple[ReminderView, ...]:
    with_view: list[tuple[ReminderView, ...]] = []
    with_data(folder, lambda ws: with_view.append(reminders(ws)))
    return with_view[0]


def delivered(folder: Path) -> tuple[Delivery, ...]:
    found: list[tuple[Delivery, ...]] = []
    with_data(folder, lambda ws: found.append(deliveries(ws)))
    return found[0]


async def until(pilot: Pilot[int], text: str) -> None:
    await wait(pilot, lambda: text in shown(pilot.app), f"“{text}”")


def said(app: LearnhabitApp) -> str:
    return " ".join(notification.message for notification in app._notifications)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
def test_one_is_made_changed_and_taken_back_by_keys(tmp_path: Path, size: tuple[int, int]) -> None:
    async def script(pilot: Pilot[int], screen: RemindersScreen) -> None:
        assert "There is no reminder yet" in shown(pilot.app)
        await press(pilot, "z")
        assert "There is nothing to put off" in said(screen.app)
        await press(pilot, "a")
        dialog = pilot.app.screen
        assert isinstance(dialog, ReminderDialog)
        await enter(pilot, "weekdays at 9")
        assert "is that morning or evening?" in shown(pilot.app)
        await press(pilot, "enter")
        await until(pilot, "! “weekdays at 9”")
        await enter(pilot, "pm")
        await until(pilot, "weekdays 21:00: first on Mon 23 Nov 21:00")
        await press(pilot, "tab")
        await enter(pilot, "One page")
        await press(pilot, "tab", "right", "ctrl+s")
        await wait(pilot, lambda: pilot.app.screen is screen and screen.marked is not None, "the list")
        marked = screen.marked
        assert marked is not None
        assert (marked.reminder.rule.text, marked.reminder.text) == ("weekdays 21:00", "One page")
        assert marked.reminder.condition == "always"
        await press(pilot, "e")
        assert pilot.app.screen.query_one("#condition", Choice).at == 1
        await press(pilot, "end")
        for _ in range(5):
            await press(pilot, "backspace")
        await enter(pilot, "20:50")
        await press(pilot, "enter")
        await until(pilot, "weekdays 20:50")
        await press(pilot, "space")
        await until(pilot, "[ ]")
        assert not read(tmp_path)[0].reminder.enabled
        await press(pilot, "space")
        await until(pilot, "[✓]")
        await press(pilot, "S")
        await until(pilot, "Tue 20:50")
        await press(pilot, "d")
        await until(pilot, "There is no reminder yet")
        await press(pilot, "u")
        await until(pilot, "weekdays 20:50")

    on_reminders(tmp_path, script, size)


def test_why_the_marked_one_comes_or_does_not(tmp_path: Path) -> None:
    made(tmp_path, "daily 21:00", condition="not-studied")
    made(tmp_path, "daily 21:30")

    async def script(pilot: Pilot[int], screen: RemindersScreen) -> None:
        await until(pilot, "Comes today at 21:00")
        logged(tmp_path, "32m rag")
        pilot.app.post_message(DataChanged())
        await until(pilot, "Would be skipped today at 21:00: 32 min are logged today already")
        await press(pilot, "down")
        await until(pilot, "Comes today at 21:30")
        assert "daily 21:30, always" in shown(pilot.app)

    on_reminders(tmp_path, script)


def test_a_reminder_that_is_due_is_said_in_the_app_and_can_be_put_off(tmp_path: Path) -> None:
    made(tmp_path, "daily 20:45")

    async def script(pilot: Pilot[int]) -> None:
        app = pilot.app
        assert isinstance(app, LearnhabitApp)
        # Of yesterday's nothing can come any more, and today's is not due yet.
        await wait(pilot, lambda: [each.state for each in delivered(tmp_path)] == ["expired"] * 2, "the first tick")
        clock.move(6 * 60)
        Ticker(app)._thread.start()
        await wait(pilot, lambda: "Text of daily 20:45" in said(app), "the toast")
        assert delivered(tmp_path)[0].state == "sent"
        await press(pilot, "comma", "comma")
        await until(pilot, "✓ sent")
        await press(pilot, "z")
        await until(pilot, "“Text of daily 20:45” comes once more.")
        await press(pilot, "enter")
        await until(pilot, "put off")
        assert delivered(tmp_path)[0].state == "snoozed"

    clock = clock_at(NOW)
    app = app_on(tmp_path, clock)
    run(app, script)


def test_the_bell_rings_when_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path, "daily 20:30")
    with_data(tmp_path, lambda ws: set_setting(ws, "bell", "on"))
    rung: list[bool] = []
    monkeypatch.setattr(LearnhabitApp, "bell", lambda self: rung.append(True))

    async def script(pilot: Pilot[int]) -> None:
        await wait(pilot, lambda: rung, "the bell")

    run(app_on(tmp_path), script)


def test_who_looks_elsewhere_is_told_on_the_desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The app in the background beside an agent: the bus gets each notice once."""
    made(tmp_path, "daily 20:39", "daily 20:40")
    path = "/usr/bin:/bin"

    async def script(pilot: Pilot[int]) -> None:
        app = pilot.app
        assert isinstance(app, LearnhabitApp)
        app.app_focus = False
        environment = {
            **clean_environment(tmp_path.parent),
            "PATH": path,
            "LEARNHABIT_HOME": str(tmp_path),
            "LEARNHABIT_NOW": NOW.isoformat(),
            "DBUS_SESSION_BUS_ADDRESS": bus.address,
        }
        clock.move(5 * 60)
        agents = [
            subprocess.Popen([sys.executable, "-m", "learnhabit", "remind", "tick"], env=environment) for _ in range(2)
        ]
        tickers = [Ticker(app) for _ in range(2)]
        for ticker in tickers:
            ticker.start()
        for agent in agents:
            assert agent.wait(60) == 0
        await wait(pilot, lambda: [each.state for each in delivered(tmp_path)][:2] == ["sent", "sent"], "both")
        for ticker in tickers:
            ticker.stop()
        assert said(app) == ""

    # A clock before they are due, so that the app's own first tick finds nothing.
    clock = clock_at(NOW - timedelta(minutes=5))
    monkeypatch.setenv("PATH", path)
    with private_bus() as bus, bus.service():
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
        run(app_on(tmp_path, clock), script)
        notices = sorted(title for title, _ in bus.notices)
    assert notices == ["Text of daily 20:39", "Text of daily 20:40"]


def test_who_is_away_is_told_on_the_desktop_and_else_finds_it_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many terminals never say that they have lost the focus."""
    made(tmp_path, "daily 20:39", "daily 20:50")

    async def script(pilot: Pilot[int]) -> None:
        app = pilot.app
        assert isinstance(app, LearnhabitApp)
        assert app.is_looked_at
        app._touched_at -= 301
        assert app.app_focus and not app.is_looked_at
        clock.move(60)
        with private_bus() as bus, bus.service():
            monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
            Ticker(app).start()
            await wait(pilot, lambda: delivered(tmp_path)[0].state == "sent", "the notice")
            assert [title for title, _ in bus.notices] == ["Text of daily 20:39"]
            assert said(app) == ""
        clock.move(11 * 60)
        Ticker(app).start()
        await wait(pilot, lambda: "Text of daily 20:50" in said(app), "the toast")
        assert delivered(tmp_path)[0].state == "sent"
        await press(pilot, "down")
        assert app.is_looked_at

    clock = clock_at(NOW - timedelta(minutes=2))
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    run(app_on(tmp_path, clock), script)


def test_a_test_that_can_not_be_sent_says_why(tmp_path: Path) -> None:
    made(tmp_path, "daily 21:00")

    async def script(pilot: Pilot[int], screen: RemindersScreen) -> None:
        await press(pilot, "t")
        await wait(pilot, lambda: "There is nothing to notify with" in said(screen.app), "the reason")
        assert "libnotify-bin" in said(screen.app)

    on_reminders(tmp_path, script)


def test_the_agent_is_set_up_and_taken_away(tmp_path: Path) -> None:
    made(tmp_path, "daily 21:00")

    async def script(pilot: Pilot[int], screen: RemindersScreen) -> None:
        await until(pilot, "No agent")
        await press(pilot, "i")
        assert isinstance(pilot.app.screen, AgentDialog)
        assert "there is nothing to notify with" in shown(pilot.app)
        assert "learnhabit-remind.desktop" in shown(pilot.app), "it is shown before it is written"
        await press(pilot, "s")
        await until(pilot, "Agent does not run")
        assert "Reminders come by learnhabit remind run" in said(screen.app)
        await press(pilot, "i", "r")
        await until(pilot, "No agent")

    on_reminders(tmp_path, script)


def test_setting_the_agent_up_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path, "daily 21:00")
    failures = [OSError("no space left on device")]

    def failing(workspace: Workspace) -> object:
        if failures:
            raise failures.pop()
        return install(workspace)

    monkeypatch.setattr("learnhabit.services.agent.install", failing)

    async def script(pilot: Pilot[int], screen: RemindersScreen) -> None:
        await until(pilot, "No agent")
        await press(pilot, "i", "s")
        await wait(pilot, lambda: isinstance(pilot.app.screen, ErrorDialog), "the error")
        await press(pilot, "r")
        await until(pilot, "Agent does not run")

    on_reminders(tmp_path, script)


def test_hostile_texts_change_nothing(tmp_path: Path) -> None:
    def fill(workspace: Workspace) -> None:
        for text in HOSTILE:
            add_reminder(workspace, "daily 20:00", "always", text)

    with_data(tmp_path, fill, NOW - timedelta(hours=2))

    async def script(pilot: Pilot[int], screen: RemindersScreen) -> None:
        for _ in HOSTILE:
            await press(pilot, "down")
            text = shown(pilot.app)
            assert not any(character in text for character in UNSHOWN)
        assert "[@click=app.quit]x[/]" in text
        await press(pilot, "e", "escape")

    on_reminders(tmp_path, script)


def test_space_and_a_click_switch_and_mark(tmp_path: Path) -> None:
    made(tmp_path, "daily 21:00", "daily 21:30", "daily 22:30")

    async def script(pilot: Pilot[int], screen: RemindersScreen) -> None:
        await pilot.click(screen.list, offset=(10, 3))
        assert screen.marked is not None and screen.marked.reminder.rule.text == "daily 22:30"
        await press(pilot, "space")
        await wait(pilot, lambda: not read(tmp_path)[2].reminder.enabled, "off")

    on_reminders(tmp_path, script)
