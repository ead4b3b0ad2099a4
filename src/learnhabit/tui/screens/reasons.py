"""Why the figures of the habit are what they are, in words."""

from __future__ import annotations

from learnhabit.domain.duration import format_duration
from learnhabit.domain.strength import strength_step
from learnhabit.services.values import TodayView


def reasons(view: TodayView) -> list[tuple[str, str, str]]:
    """(name, figure, how it comes about) of today, the week, the run and strength."""
    return [
        ("TODAY", _today_figure(view), _today(view)),
        ("WEEK", f"{view.this_week.counted_days} of {_days(view.this_week.target_days)}", _week(view)),
        ("RUN", _days(view.run_days), _run(view)),
        ("STRENGTH", f"{_percent(view.strength)} %", _strength(view)),
    ]


def _today_figure(view: TodayView) -> str:
    return f"{format_duration(view.progress.seconds)} of {format_duration(view.progress.goal_seconds)}"


def _today(view: TodayView) -> str:
    progress = view.progress
    counts = "counts" if progress.seconds >= progress.minimum_seconds else "does not count yet"
    return (
        f"A day counts from {format_duration(progress.minimum_seconds)} on; today {counts}. "
        f"The goal of {format_duration(progress.goal_seconds)} fills the bar and nothing else. "
        "A running timer joins when it is stopped."
    )


def _week(view: TodayView) -> str:
    week = view.this_week
    have = "has" if week.counted_days == 1 else "have"
    return (
        f"You mean to study on {_days(view.days_per_week)} a week. Time off, and days before the first session, "
        f"take their share from that: this week needs {week.target_days}. "
        f"{_days(week.counted_days)} {have} counted so far. Weeks kept in a row: {view.weeks_in_row}."
    )


def _run(view: TodayView) -> str:
    free = 7 - view.days_per_week
    gaps = f"at most {free} of any 7 days in a row stay empty" if free else "no day stays empty"
    longest = f"The longest so far: {view.longest_run}."
    if not view.run_days:
        return f"A run begins with the next counted day and lasts while {gaps}. {longest}"
    said = f"Counted days in the stretch that keeps the cadence: it lasts while {gaps}, time off aside. {longest} "
    safe = f"Safe days: {view.safe_days}. "
    if view.safe_days:
        return said + safe + "So many in a row may stay empty from now on, and the run stays as it is."
    return said + safe + "The next empty day makes the run shorter; it does not undo the habit."


def _strength(view: TodayView) -> str:
    n, now = view.days_per_week, view.strength
    up, down = strength_step(now, n, counted=True), strength_step(now, n, counted=False)
    return (
        "How firmly the habit sits, from 0 to 100 %: a counted day moves it towards 100, a missed one towards 0, "
        "days off within the cadence and time off leave it alone. So it settles at the share of the cadence that "
        "is kept, and one missed day costs little. "
        f"The next counted day would make it {_percent(up)} %, a missed one {_percent(down)} %."
    )


def _percent(share: float) -> int:
    return int(share * 100 + 0.5)


def _days(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'}"
