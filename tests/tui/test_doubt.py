"""A timer that looks wrong: asked about whatever one does with it, and trimmed to what the app really saw."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from learnhabit.services import tracking
from learnhabit.services.cards import card_list
from learnhabit.services.workspace import Workspace
from learnhabit.tui import watch
from learnhabit.tui.app import LearnhabitApp
from learnhabit.tui.screens.asking import ConfirmDialog
from learnhabit.tui.screens.doubt import DoubtDialog
from learnhabit.tui.screens.start import StartDialog
from learnhabit.tui.screens.stop import StopDialog
from learnhabit.tui.widgets.area import Area
from learnhabit.tui.widgets.fields import Line
from tests.tui.resolved import opened
from tests.tui.support import (
    NOW,
    MovingClock,
    app_on,
    calm,
    clock_at,
    enter,
    press,
    run,
    sessions,
    shown,
    wait,
    with_data,
)

RAG = "retrieval-augmented-generation"
NEARLY = timedelta(hours=12, seconds=-60)
A_MOMENT = 110
"""Seconds; less than what the app takes for a sleep of the machine."""


def begun(folder: Path, ago: timedelta, beat: timedelta | None = None, **more: Any) -> None:
    """A timer that runs, and when the app saw it last."""
    with_data(folder, lambda ws: tracking.start(ws, ["rag"], **more), NOW - ago)
    if beat is not None:
        with_data(folder, tracking.heartbeat, NOW - beat)


def nearly(folder: Path, script: Callable[[Pilot[int], LearnhabitApp, MovingClock], Any], **more: Any) -> None:
    """Run a script beside a timer that looks wrong in a minute, which nobody notices by itself."""
    begun(folder, NEARLY, **more)
    clock = clock_at()
    app = app_on(folder, clock)

    async def main(pilot: Pilot[int]) -> None:
        await script(pilot, app, clock)

    run(app, main)


def counted_beats(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """One for each heartbeat that the watcher sends from now on."""
    beats: list[None] = []

    def beat(workspace: Workspace) -> None:
        tracking.heartbeat(workspace)
        beats.append(None)

    monkeypatch.setattr(watch, "heartbeat", beat)
    return beats


async def asked(pilot: Pilot[int]) -> DoubtDialog:
    """Wait for the question."""
    await wait(pilot, lambda: isinstance(pilot.app.screen, DoubtDialog), "the question")
    dialog = pilot.app.screen
    assert isinstance(dialog, DoubtDialog)
    assert "looks wrong" in shown(pilot.app)
    return dialog


def test_heartbeats_that_come_with_the_question_do_not_move_what_it_trims_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(tmp_path, timedelta(hours=13, minutes=5), timedelta(hours=12))
    beats = counted_beats(monkeypatch)
    monkeypatch.setattr(watch, "POLL_SECONDS", 0.01)
    monkeypatch.setattr(watch, "HEARTBEAT_SECONDS", 0.02)
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await asked(pilot)
        assert "1 h 05 m, up to when the app last saw it" in shown(app)
        await wait(pilot, lambda: len(beats) > 3, "heartbeats")
        await press(pilot, "t")
        await wait(pilot, lambda: app.timer is None, "the end")

    run(app, script)
    assert [each.seconds for each in sessions(tmp_path)] == [65 * 60]


def test_it_is_asked_about_when_the_machine_wakes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun(tmp_path, timedelta(minutes=40), timedelta(0))
    beats = counted_beats(monkeypatch)
    clock = clock_at()
    app = app_on(tmp_path, clock)

    async def script(pilot: Pilot[int]) -> None:
        # What changed before it watched is read once in any case.
        await wait(pilot, lambda: beats, "the watcher")
        await calm(pilot)
        assert app.timer is not None
        assert not app.timer.suspicion
        # The study day does not turn.
        clock.move(4 * 3600)
        await asked(pilot)
        assert "40 min, up to when the app last saw it" in shown(app)
        # Once is enough, as long as nothing was decided.
        await press(pilot, "escape")
        app.read_today()
        await wait(pilot, lambda: " looks wrong" in shown(app), "the bar")
        assert not isinstance(app.screen, DoubtDialog)
        await press(pilot, "x", "t")
        await wait(pilot, lambda: app.timer is None, "the end")
        # And the next one is asked about as well.
        with_data(tmp_path, lambda ws: tracking.start(ws, ["rag"]), NOW + timedelta(hours=4))
        await wait(pilot, lambda: app.timer is not None, "another timer")
        clock.move(12 * 3600 + 60)
        await asked(pilot)

    run(app, script)
    assert [each.seconds for each in sessions(tmp_path)] == [40 * 60]


def test_pausing_it_asks(tmp_path: Path) -> None:
    begun(tmp_path, timedelta(hours=13))
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await asked(pilot)
        await press(pilot, "escape", "p")
        await asked(pilot)
        assert app.timer is not None
        assert not app.timer.paused

    run(app, script)


def test_pausing_one_that_has_just_come_to_look_wrong_asks(tmp_path: Path) -> None:
    async def script(pilot: Pilot[int], app: LearnhabitApp, clock: MovingClock) -> None:
        clock.move(A_MOMENT)
        assert app.timer is not None
        assert not app.timer.suspicion
        await press(pilot, "p")
        await asked(pilot)
        await press(pilot, "X")
        await wait(pilot, lambda: app.timer is None, "the end")

    nearly(tmp_path, script)
    assert sessions(tmp_path) == ()


def test_stop_asks_and_keeps_what_was_written(tmp_path: Path) -> None:
    async def script(pilot: Pilot[int], app: LearnhabitApp, clock: MovingClock) -> None:
        await press(pilot, "x")
        await enter(pilot, "Chunks overlap.")
        await press(pilot, "ctrl+r")
        await enter(pilot, "What overlaps?")
        clock.move(A_MOMENT)
        await press(pilot, "ctrl+s")
        await asked(pilot)
        text = shown(app)
        assert "--keep" not in text
        assert "What you wrote in Stop is saved with it." in text
        # Later: back to what was written.
        await press(pilot, "escape")
        assert isinstance(app.screen, StopDialog)
        assert app.screen.query_one("#takeaway", Area).text == "Chunks overlap."
        await press(pilot, "ctrl+s")
        await asked(pilot)
        await press(pilot, "k")
        await wait(pilot, lambda: len(app.screen_stack) == 1 and app.timer is None, "the end")

    nearly(tmp_path, script)
    (session,) = sessions(tmp_path)
    assert (session.takeaway, session.seconds) == ("Chunks overlap.", 12 * 3600 - 60 + A_MOMENT)
    with opened(tmp_path) as workspace:
        assert [each.question for each in card_list(workspace)] == ["What overlaps?"]


def test_progress_that_is_not_understood_is_no_dead_end(tmp_path: Path) -> None:
    resource = "peft-documentation"

    async def script(pilot: Pilot[int], app: LearnhabitApp, clock: MovingClock) -> None:
        await press(pilot, "x")
        await enter(pilot, "Chunks overlap.")
        app.screen.query_one("#progress", Line).value = "lots"
        clock.move(A_MOMENT)
        await press(pilot, "ctrl+s")
        await asked(pilot)
        await press(pilot, "k")
        await wait(pilot, lambda: "progress is left out" in shown(app), "the end")

    nearly(tmp_path, script, resource=resource)
    assert [each.takeaway for each in sessions(tmp_path)] == ["Chunks overlap."]


@pytest.mark.parametrize("topic", ["evaluation", "Something of my own"])
def test_switching_asks_and_goes_on(tmp_path: Path, topic: str) -> None:
    async def script(pilot: Pilot[int], app: LearnhabitApp, clock: MovingClock) -> None:
        await press(pilot, "2", "s")
        assert isinstance(app.screen, StartDialog)
        await enter(pilot, topic)
        clock.move(A_MOMENT)
        await press(pilot, "enter")
        await asked(pilot)
        assert "--keep" not in shown(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, StartDialog)
        await press(pilot, "enter")
        await asked(pilot)
        await press(pilot, "k")
        await wait(pilot, lambda: app.timer is not None and app.timer.topic != RAG, "the other timer")
        assert len(app.screen_stack) == 1

    nearly(tmp_path, script)
    assert len(sessions(tmp_path)) == 1


@pytest.mark.parametrize("known", [True, False])
def test_switching_to_a_step_asks_and_goes_on(tmp_path: Path, known: bool) -> None:
    async def script(pilot: Pilot[int], app: LearnhabitApp, clock: MovingClock) -> None:
        assert app.view is not None
        step = next(each for each in app.view.steps if each.topic != RAG)
        clock.move(A_MOMENT)
        if known:
            app.read_today()
            await asked(pilot)
            await press(pilot, "escape")
        app.switch_to(step.topic, step.title)
        if not known:
            await wait(pilot, lambda: isinstance(app.screen, ConfirmDialog), "the first question")
            await press(pilot, "enter")
        await asked(pilot)
        await press(pilot, "k")
        await wait(pilot, lambda: app.timer is not None and app.timer.topic == step.topic, "the other timer")

    nearly(tmp_path, script)
    assert len(sessions(tmp_path)) == 1
