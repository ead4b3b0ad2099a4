"""Where the habit stands: today's progress, run and strength, from the state of the last closed day on."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta

from learnhabit.domain.duration import format_duration
from learnhabit.domain.record import Record
from learnhabit.domain.run import safe_days
from learnhabit.domain.scan import ScanState, advance, peek
from learnhabit.domain.study_day import week_start_of
from learnhabit.domain.week import WeekResult, week_result
from learnhabit.services.values import DayProgress
from learnhabit.services.workspace import Workspace
from learnhabit.storage.connection import is_unwritable
from learnhabit.storage.rules import first_session_day, read_day_seconds, read_rules, read_state_before, write_states

_DAY = timedelta(days=1)


class Habit(Record):
    """The habit as of today."""

    progress: DayProgress
    run_days: int
    longest_run: int
    safe_days: int
    strength: float
    """0–1."""
    yesterday: ScanState | None
    """The state at the end of the last closed day; None when today is the first day or nothing was logged."""


def progress_of(workspace: Workspace, day: date) -> DayProgress:
    """A study day against the minimum and the goal in force on it."""
    rules = workspace.rules
    return DayProgress(
        study_day=day,
        seconds=read_day_seconds(workspace.store, day, day).get(day, 0),
        minimum_seconds=rules.minimum(day),
        goal_seconds=rules.goal(day),
    )


def habit(workspace: Workspace) -> Habit:
    """Run, safe days and strength today; closes the days since the last state and keeps their states."""
    today = workspace.today
    progress = progress_of(workspace, today)
    yesterday = close_days(workspace)
    now = peek(yesterday, today, progress.seconds, workspace.rules)
    return Habit(
        progress=progress,
        run_days=now.run_days if now else 0,
        longest_run=now.longest_run if now else 0,
        safe_days=safe_days(now.run_window, workspace.rules.days_per_week(today)) if now else 0,
        strength=now.strength if now else 0.0,
        yesterday=yesterday,
    )


def week_of(workspace: Workspace, day: date) -> WeekResult:
    """The week that holds a day, counted up to today."""
    start = week_start_of(day, workspace.rules.week_start)
    seconds = read_day_seconds(workspace.store, start, start + 6 * _DAY)
    first = first_session_day(workspace.store)
    return week_result(start, seconds, workspace.rules, first if first is not None else workspace.today)


def close_days(workspace: Workspace) -> ScanState | None:
    """Judge the days that are over since the last state and keep their states; that of yesterday."""
    today = workspace.today
    store = workspace.store
    before = store.one("PRAGMA data_version")
    state = read_state_before(store, today)
    if state is not None:
        day = state.study_day + _DAY
    else:
        first = first_session_day(store)
        if first is None:
            return None
        day = first
    if day >= today:
        return state
    seconds = read_day_seconds(store, day, today - _DAY)
    # Kept states are for every process: they are made from rules read now, not from those this workspace began with.
    rules = read_rules(store)
    closed: list[ScanState] = []
    while day < today:
        state = advance(state, day, seconds.get(day, 0), rules)
        closed.append(state)
        day += _DAY
    try:
        with store.transaction():
            # Another process may have logged an earlier day meanwhile: then these states are old already.
            if store.one("PRAGMA data_version") == before:
                write_states(store, closed)
    except sqlite3.OperationalError as error:
        # Only a shortcut for next time: a file that can't be written can still be read.
        if not is_unwritable(error):
            raise
    return state


def progress_words(progress: DayProgress) -> str:
    """`32 min of 45 min, counted`."""
    left = progress.minimum_seconds - progress.seconds
    state = "counted" if left <= 0 else f"{format_duration(left)} to go until it counts"
    return f"{format_duration(progress.seconds)} of {format_duration(progress.goal_seconds)}, {state}"


def run_words(days: int, longest: int, safe: int, minimum_seconds: int) -> str:
    """`12 days (longest 40), safe for 2 more days off`."""
    if not days:
        if longest:
            return f"none now (longest {longest}): the next counted day begins one"
        return f"none yet: {format_duration(minimum_seconds)} today begin one"
    kept = "study today to keep it" if safe == 0 else f"safe for {_count(safe, 'more day')} off"
    return f"{_count(days, 'day')} (longest {longest}), {kept}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
