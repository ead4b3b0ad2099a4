"""All that the screen Today shows, read in one go."""

from __future__ import annotations

from datetime import date, timedelta

from learnhabit.domain.study_day import week_start_of
from learnhabit.domain.week import week_result, weeks_in_row
from learnhabit.services.advising import advice_for
from learnhabit.services.due import due_count
from learnhabit.services.habit import Habit, habit
from learnhabit.services.resolutions import running_resolutions
from learnhabit.services.reviewing import review_due
from learnhabit.services.suggesting import next_steps
from learnhabit.services.tracking import timer
from learnhabit.services.values import TodayView, YearGrid
from learnhabit.services.week_view import week_row
from learnhabit.services.workspace import Workspace
from learnhabit.storage.rules import first_session_day, read_day_seconds, read_state_before
from learnhabit.storage.sessions import list_sessions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from learnhabit.domain.week import WeekResult

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
GRID_WEEKS = 53
"""Weeks before the running one that the grid may show."""
FEW_SESSIONS = 10
"""Under so many sessions a year has no usual day."""


def today_view(workspace: Workspace) -> TodayView:
    """Today's progress, two weeks, the habit, the year, what was studied, a next step and a piece of advice."""
    today = workspace.today
    first = first_session_day(workspace.store)
    sessions = list_sessions(workspace.store, ["study_day = ?"], [today.isoformat()], limit=None)
    grid = _grid(workspace, first)
    week = week_start_of(today, workspace.rules.week_start)
    running = running_resolutions(workspace)
    steps = next_steps(workspace, running)
    # Late: it keeps what it counted, and a damaged file is better met before anything is written.
    now = habit(workspace)
    return TodayView(
        now_wall=workspace.now_wall,
        today=today,
        progress=now.progress,
        this_week=week_row(workspace, week, grid.seconds, first),
        last_week=week_row(workspace, week - WEEK, grid.seconds, first),
        days_per_week=workspace.rules.days_per_week(today),
        run_days=now.run_days,
        longest_run=now.longest_run,
        safe_days=now.safe_days,
        strength=now.strength,
        strength_rising=_rising(workspace, now),
        weeks_in_row=weeks_in_row(_weeks_back(workspace, week, first)),
        sessions=sessions,
        grid=grid,
        steps=steps,
        advice=advice_for(workspace, now, running, steps),
        resolutions=running,
        review_due=review_due(workspace),
        timer=timer(workspace),
        recall_due=due_count(workspace),
        empty=first is None,
        clock_24=workspace.clock_24,
    )


def _rising(workspace: Workspace, now: Habit) -> bool | None:
    before = read_state_before(workspace.store, workspace.today - 6 * DAY)
    return None if before is None else now.strength >= before.strength


def _weeks_back(workspace: Workspace, week: date, first: date | None) -> Iterator[WeekResult]:
    """This week and those before it, newest first, read half a year at a time and only as far as asked for."""
    chunk = 26
    while first is not None and week > first - WEEK:
        oldest = week - (chunk - 1) * WEEK
        seconds = read_day_seconds(workspace.store, oldest, week + 6 * DAY)
        for _ in range(chunk):
            if week <= first - WEEK:
                return
            yield week_result(week, seconds, workspace.rules, first)
            week -= WEEK


def _grid(workspace: Workspace, first: date | None) -> YearGrid:
    today, rules = workspace.today, workspace.rules
    year_begin = date(today.year, 1, 1)
    begin = min(year_begin, week_start_of(today, rules.week_start) - GRID_WEEKS * WEEK)
    end = date(today.year, 12, 31)
    # To the end of the year: time off that is to come is drawn, too.
    seconds = read_day_seconds(workspace.store, begin, end)
    year = {day: value for day, value in seconds.items() if year_begin <= day <= today}
    row = workspace.store.one(
        "SELECT coalesce(sum(sessions), 0) FROM month_total WHERE month BETWEEN ? AND ?",
        f"{today.year:04}-01",
        f"{today.year:04}-12",
    )
    paused = set()
    for off in rules.time_off:
        day = max(off.from_day, begin)
        while day <= min(off.to_day, end):
            if rules.paused(day):
                paused.add(day)
            day += DAY
    return YearGrid(
        year=today.year,
        first=begin,
        today=today,
        first_session_day=first,
        week_start=rules.week_start,
        seconds=seconds,
        paused=frozenset(paused),
        year_seconds=sum(year.values()),
        year_counted_days=sum(value >= rules.minimum(day) for day, value in year.items()),
        usual_seconds=sorted(year.values())[len(year) // 2] if year and row and row[0] >= FEW_SESSIONS else None,
        running=True,
    )
