"""Today's next step: the best three, one put off; the advice's source, and hiding it; sharing."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from learnhabit.services.resources import set_progress
from learnhabit.services.topics import follow_topic
from learnhabit.services.workspace import open_workspace
from learnhabit.tui.app import LearnhabitApp
from learnhabit.tui.screens.reading import SourceDialog
from learnhabit.tui.screens.share import ShareDialog
from learnhabit.tui.screens.today import TodayScreen
from learnhabit.tui.widgets.fields import Line
from tests.tui.support import HOSTILE, NOW, UNSHOWN, app_on, calm, clock_at, logged, press, run, shown, wait, with_data


def today(pilot: Pilot[int]) -> TodayScreen:
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, TodayScreen)
    return screen


def step(pilot: Pilot[int]) -> str:
    found = today(pilot).next_step
    return found.topic if found is not None else ""


def test_n_walks_through_three(tmp_path: Path) -> None:
    async def script(pilot: Pilot[int]) -> None:
        seen = [step(pilot)]
        for _ in range(3):
            await press(pilot, "n")
            seen.append(step(pilot))
        assert len(set(seen)) == 3
        assert seen[3] == seen[0]

    run(app_on(tmp_path), script)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80", "120"])
def test_a_step_put_off_comes_back_with_undo_and_tomorrow(tmp_path: Path, size: tuple[int, int]) -> None:
    with_data(tmp_path, lambda ws: follow_topic(ws, "lora"))

    async def script(pilot: Pilot[int]) -> None:
        assert step(pilot) == "efficient-fine-tuning"
        await press(pilot, "N")
        await wait(pilot, lambda: step(pilot) != "efficient-fine-tuning", "another step")
        await press(pilot, "u")
        await wait(pilot, lambda: step(pilot) == "efficient-fine-tuning", "undo")
        await press(pilot, "N")
        await wait(pilot, lambda: step(pilot) != "efficient-fine-tuning", "another step")

    run(app_on(tmp_path), script, size)
    clock = clock_at(NOW)
    clock.move(86_400)

    async def tomorrow(pilot: Pilot[int]) -> None:
        assert step(pilot) == "efficient-fine-tuning"

    run(app_on(tmp_path, clock), tomorrow, size)


def test_starting_on_a_step_takes_the_open_resource(tmp_path: Path) -> None:
    with_data(tmp_path, lambda ws: set_progress(ws, "qlora", "40%"))

    async def script(pilot: Pilot[int]) -> None:
        app = pilot.app
        assert isinstance(app, LearnhabitApp)
        assert "You are 40 % through a paper on it" in shown(app)
        await press(pilot, "s")
        await wait(pilot, lambda: app.timer is not None, "the timer")
        assert app.timer is not None
        assert app.timer.resource == "qlora-efficient-finetuning-of-quantized"

    run(app_on(tmp_path), script)


def test_the_advice_is_noted_once_it_was_seen(tmp_path: Path) -> None:
    async def script(pilot: Pilot[int]) -> None:
        app = pilot.app
        assert isinstance(app, LearnhabitApp)

        def noted() -> object:
            with open_workspace(str(tmp_path), clock_at(NOW)) as workspace:
                return workspace.store.all("SELECT day, moment, advice FROM advice_shown")

        assert app.view is not None
        assert app.view.advice is not None
        expected = [("2026-11-23", "start", app.view.advice.id)]
        await wait(pilot, lambda: noted() == expected, "the note")

    run(app_on(tmp_path), script)


def test_advice_that_does_not_help_is_hidden(tmp_path: Path) -> None:
    async def script(pilot: Pilot[int]) -> None:
        app = pilot.app
        assert isinstance(app, LearnhabitApp)
        assert app.view is not None
        first = app.view.advice
        assert first is not None
        await press(pilot, "h")
        assert isinstance(app.screen, SourceDialog)
        assert first.source.split(":")[0] in shown(app)
        await press(pilot, "x")
        await wait(pilot, lambda: app.view is not None and app.view.advice not in (None, first), "another piece")
        await press(pilot, "u")

        def hidden() -> object:
            with open_workspace(str(tmp_path), clock_at(NOW)) as workspace:
                return workspace.store.all("SELECT id FROM advice WHERE hidden_on IS NOT NULL")

        # Today keeps the piece that it shows by now; the other one may come again.
        await wait(pilot, lambda: hidden() == [], "undo")

    run(app_on(tmp_path), script)


def test_sharing_a_takeaway_and_the_week(tmp_path: Path) -> None:
    logged(tmp_path, "20m rag", takeaway="Chunks overlap.")
    logged(tmp_path, "20m lora", takeaway=HOSTILE[3])
    target = tmp_path / "told.txt"

    async def script(pilot: Pilot[int]) -> None:
        app = pilot.app
        await press(pilot, "y")
        assert isinstance(app.screen, ShareDialog)
        assert not set(UNSHOWN) & set(shown(app))
        await press(pilot, "right")
        assert "Chunks overlap." in shown(app)
        await press(pilot, "right")
        assert "40 min on 1 day" in shown(app)
        await press(pilot, "left", "enter")
        assert "Chunks overlap." in app.clipboard
        await press(pilot, "y", "right", "f")
        app.screen.query_one(Line).value = str(target)
        await press(pilot, "enter")
        await wait(pilot, target.exists, "the file")
        await calm(pilot)
        assert len(app.screen_stack) == 1
        await press(pilot, "y", "f")
        app.screen.query_one(Line).value = str(target)
        await press(pilot, "enter")
        assert "exists already" in shown(app)

    run(app_on(tmp_path), script)
    assert "Chunks overlap." in target.read_text()
