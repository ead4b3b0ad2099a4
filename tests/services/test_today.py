"""What the screen Today is told."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from learnhabit.services.planning import add_time_off, set_plan
from learnhabit.services.settings import set_setting
from learnhabit.services.today import today_view
from learnhabit.services.tracking import log, start
from tests.services.support import at

MONDAY = "2026-11-23T20:40:00+01:00"


def study(folder: Path, *entries: str) -> None:
    with at(folder, MONDAY) as workspace:
        for entry in entries:
            log(workspace, [entry])


def test_an_empty_home_says_so_and_suggests_something(tmp_path: Path) -> None:
    with at(tmp_path, MONDAY) as workspace:
        view = today_view(workspace)
    assert view.empty
    assert (view.progress.seconds, view.progress.minimum_seconds, view.progress.goal_seconds) == (0, 600, 600)
    assert (view.run_days, view.strength, view.strength_rising, view.weeks_in_row) == (0, 0.0, None, 0)
    assert view.this_week.target_days == 5
    assert view.last_week.kept is None
    assert view.grid.seconds == {}
    assert view.steps[0].first_step
    assert view.steps[0].touched == ""
    assert view.advice is not None
    assert view.advice.moment == "start"
    assert view.timer is None


def test_it_agrees_with_what_was_logged(tmp_path: Path) -> None:
    study(tmp_path, "32m rag @7:41", "5m evaluation @8:30", "25m rag @2026-11-22 10:05", "9m rag @2026-11-20 10:00")
    with at(tmp_path, MONDAY) as workspace:
        start(workspace, ["rag"])
        view = today_view(workspace)
    assert not view.empty
    assert view.progress.seconds == 37 * 60
    assert [session.seconds for session in view.sessions] == [5 * 60, 32 * 60]
    assert [day.state for day in view.this_week.days] == ["counted", *["to come"] * 6]
    assert [day.state for day in view.last_week.days] == ["none"] * 4 + ["under", "none", "counted"]
    assert view.grid.year_seconds == (32 + 5 + 25 + 9) * 60
    assert view.grid.year_counted_days == 2
    assert view.grid.usual_seconds is None
    assert view.run_days == 2
    assert view.timer is not None
    assert view.timer.topic == "retrieval-augmented-generation"
    assert view.advice is not None
    assert view.advice.moment == "after-session"


def test_last_week_is_judged_from_the_first_session_on(tmp_path: Path) -> None:
    study(tmp_path, "25m rag @2026-11-22 10:05")
    with at(tmp_path, MONDAY) as workspace:
        view = today_view(workspace)
    # Of last week only its Sunday counts: 5 of 7 of one day is one day.
    assert (view.last_week.counted_days, view.last_week.target_days, view.last_week.kept) == (1, 1, True)
    assert view.weeks_in_row == 1


def test_weeks_in_row_reach_back_over_many_weeks(tmp_path: Path) -> None:
    first = date(2026, 1, 5)
    with at(tmp_path, "2026-01-01T20:00:00+00:00") as workspace:
        set_plan(workspace, cadence="1")
    study(tmp_path, *(f"30m rag @{first + timedelta(weeks=week)} 9:00" for week in range(46)))
    with at(tmp_path, MONDAY) as workspace:
        assert today_view(workspace).weeks_in_row == 46


def test_time_off_is_drawn_and_lowers_the_need(tmp_path: Path) -> None:
    with at(tmp_path, MONDAY) as workspace:
        add_time_off(workspace, "2026-11-24", "2026-11-29", "holiday")
        view = today_view(workspace)
    assert [day.state for day in view.this_week.days] == ["none", *["time off"] * 6]
    assert view.this_week.target_days == 1
    assert len(view.grid.paused) == 6


def test_ten_sessions_make_a_usual_day(tmp_path: Path) -> None:
    study(
        tmp_path,
        *(
            f"{minutes}m rag @2026-11-{day:02} 9:00"
            for day, minutes in zip(range(1, 11), range(10, 110, 10), strict=True)
        ),
    )
    with at(tmp_path, MONDAY) as workspace:
        assert today_view(workspace).grid.usual_seconds == 60 * 60


@pytest.mark.parametrize(
    ("logged", "day", "moment"),
    [
        (["20m rag @2026-11-22 9:00"], "23", "weekly-review"),
        (["20m rag @2026-11-22 9:00", "20m rag @2026-10-01 9:00"], "25", "daily"),
        (["20m rag @2026-11-22 9:00"], "25", "start"),
        (["20m rag @2026-11-12 9:00"], "23", "missed-day"),
        ([f"20m rag @2026-11-{day} 9:00" for day in range(15, 23)], "25", "run"),
    ],
)
def test_the_moment_follows_from_the_log(tmp_path: Path, logged: list[str], day: str, moment: str) -> None:
    study(tmp_path, *logged)
    with at(tmp_path, f"2026-11-{day}T20:40:00+01:00") as workspace:
        advice = today_view(workspace).advice
    assert advice is not None
    assert advice.moment == moment


def test_the_advice_stays_for_the_day(tmp_path: Path) -> None:
    study(tmp_path, "20m rag @2026-11-22 9:00")
    shown = set()
    for clock in ("05:00", "12:00", "23:59"):
        with at(tmp_path, f"2026-11-23T{clock}:00+01:00") as workspace:
            shown.add(today_view(workspace).advice)
    assert len(shown) == 1


def test_the_newest_day_start_holds_after_a_flight_west(tmp_path: Path) -> None:
    with at(tmp_path, "2026-11-24T12:00:00+13:00") as workspace:
        set_setting(workspace, "day_start", "05:00")
    with at(tmp_path, "2026-11-23T12:00:00-08:00") as workspace:
        set_setting(workspace, "day_start", "02:00")
    with at(tmp_path, "2026-11-26T03:00:00-08:00") as workspace:
        assert workspace.today == date(2026, 11, 26)


def test_a_week_may_start_on_sunday(tmp_path: Path) -> None:
    study(tmp_path, "20m rag @2026-11-22 9:00", "20m rag @2026-11-23 9:00")
    with at(tmp_path, MONDAY) as workspace:
        set_setting(workspace, "week_start", "sunday")
        view = today_view(workspace)
    assert view.this_week.start == date(2026, 11, 22)
    assert view.this_week.counted_days == 2
