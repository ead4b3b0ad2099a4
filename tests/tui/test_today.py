"""Today is true about the timer, and all of it can be seen on a terminal of any height."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from textual.containers import VerticalScroll
from textual.pilot import Pilot

from learnhabit.services import tracking
from learnhabit.services.workspace import Workspace
from learnhabit.tui.screens.today import TodayScreen
from learnhabit.tui.widgets.heatmap import YearHeatmap
from tests.tui.resolved import studied_and_resolved
from tests.tui.support import NOW, app_on, clock_at, logged, press, run, shown, wait, with_data
from tests.tui.test_snapshots import Compare, script_of, timing

LOW = (120, 30)
NEXT_DAY = datetime.fromisoformat("2026-11-24T04:20:00+01:00")


def today(pilot: Pilot[int]) -> TodayScreen:
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, TodayScreen)
    return screen


def page(pilot: Pilot[int]) -> VerticalScroll:
    return today(pilot).query_one("#page", VerticalScroll)


def running(folder: Path, minutes: int, moment: datetime = NOW, *, paused: bool = False) -> None:
    """A timer with so many minutes on it."""

    def deed(workspace: Workspace) -> None:
        tracking.start(workspace, ["rag"], at=f"-{minutes}m" if minutes else None)
        if paused:
            tracking.pause(workspace)

    with_data(folder, deed, moment)


@pytest.mark.parametrize(
    ("minutes", "paused", "said"),
    [
        (0, False, "just begun"),
        (0, True, "paused"),
        (25, False, "+25 min running"),
        (25, True, "+25 min paused"),
        (65, False, "+1 h 05 m running"),
        (700, False, "+11 h 40 m running"),
    ],
)
def test_what_runs_today(tmp_path: Path, minutes: int, paused: bool, said: str) -> None:
    logged(tmp_path, "5m rag @7:00")
    running(tmp_path, minutes, paused=paused)
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        row = next(line for line in shown(app).splitlines() if " of 10 min" in line)
        assert said in row
        assert today(pilot).body.running == minutes * 60

    run(app, script)


@pytest.mark.parametrize("paused", [False, True])
@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80", "120"])
def test_a_timer_of_yesterday_adds_nothing_to_today(tmp_path: Path, paused: bool, size: tuple[int, int]) -> None:
    logged(tmp_path, "30m rag @2026-11-20 9:00")
    running(tmp_path, 40, NEXT_DAY - timedelta(hours=4), paused=paused)
    app = app_on(tmp_path, clock_at(NEXT_DAY))

    async def script(pilot: Pilot[int]) -> None:
        assert app.timer is not None
        assert not app.timer.suspicion
        text = shown(app)
        assert "Tue 24 Nov" in text or size[0] < 110
        assert today(pilot).body.running == 0
        above = text.split("STUDIED")[0]
        assert "min running" not in above
        assert "m running" not in above
        assert "counted once the timer is stopped" not in text
        assert "the timer counts for Mon 23 Nov" in text
        if size[0] > 100:
            assert "10 min to go" in text
            assert "the timer counts for Mon 23 Nov; 10 min make today count" in text

    run(app, script, size)


def test_a_timer_goes_on_to_count_for_its_own_day_when_the_day_turns(tmp_path: Path) -> None:
    logged(tmp_path, "5m rag @7:00")
    clock = clock_at(NEXT_DAY - timedelta(hours=1))
    with_data(tmp_path, lambda ws: tracking.start(ws, ["rag"]), NEXT_DAY - timedelta(hours=1, minutes=30))
    app = app_on(tmp_path, clock)

    async def script(pilot: Pilot[int]) -> None:
        assert "+30 min running" in shown(app)
        clock.move(3600)
        await wait(pilot, lambda: "the timer counts for Mon 23 Nov" in shown(app), "the new day")
        assert "running" not in shown(app).split("NEXT STEP")[0]

    run(app, script)


def seen(pilot: Pilot[int]) -> tuple[bool, bool]:
    """Whether the first and the last row of Today are on the screen."""
    view, screen = page(pilot).region, today(pilot)
    return screen.body.region.y >= view.y, screen.query_one(YearHeatmap).region.bottom <= view.bottom


@pytest.mark.parametrize("size", [(80, 18), (120, 22)], ids=["80", "120"])
def test_keys_scroll_where_there_is_no_room_for_all(tmp_path: Path, size: tuple[int, int]) -> None:
    studied_and_resolved(tmp_path, 7)

    async def script(pilot: Pilot[int]) -> None:
        where = page(pilot)
        assert seen(pilot) == (True, False)
        for there, back in (("down", "up"), ("j", "k"), ("pagedown", "pageup"), ("space", "pageup"), ("end", "home")):
            await press(pilot, there)
            assert where.scroll_y > 0, there
            await press(pilot, back)
            assert where.scroll_y == 0, back
        await press(pilot, "end")
        assert seen(pilot) == (False, True)

    run(app_on(tmp_path), script, size)


@pytest.mark.parametrize("number", [0, 1, 7])
@pytest.mark.parametrize("timed", [False, True])
@pytest.mark.parametrize("height", [28, 30, 33, 34, 36])
def test_a_wide_terminal_shows_all_of_it_at_once(tmp_path: Path, height: int, number: int, timed: bool) -> None:
    studied_and_resolved(tmp_path, number)
    if timed:
        timing(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        assert page(pilot).max_scroll_y == 0, shown(pilot.app)
        assert seen(pilot) == (True, True)
        assert ("NEXT STEP" in shown(pilot.app)) is (height >= 34 + timed)

    run(app_on(tmp_path), script, (120, height))


@pytest.mark.parametrize("timed", [False, True], ids=["still", "timer"])
def test_a_low_wide_terminal(tmp_path: Path, snap_compare: Compare, timed: bool) -> None:
    studied_and_resolved(tmp_path, 7)
    if timed:
        timing(tmp_path)
    assert snap_compare(app_on(tmp_path), terminal_size=LOW, run_before=script_of())
