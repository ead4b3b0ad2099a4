"""The screens in plain words, a fact a line: today, week, year."""

from __future__ import annotations

from learnhabit.cli.output import print_json, say, session_json, timer_json, warn
from learnhabit.cli.parser import Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace

    from learnhabit.services.values import TodayView, WeekDot, WeekRow
    from learnhabit.services.week_view import WeekView
    from learnhabit.services.workspace import Workspace


def _today(workspace: Workspace, options: Namespace) -> None:
    from learnhabit.services.advising import note_advice
    from learnhabit.services.today import today_view

    view = today_view(workspace)
    if view.advice is not None:
        note_advice(workspace, view.advice)
    if options.json:
        print_json(_today_json(view))
        return
    from learnhabit.services.today_words import today_words

    say("\n".join(today_words(view)))


def _today_json(view: TodayView) -> dict[str, object]:
    from learnhabit.cli.resolving import resolution_json
    from learnhabit.cli.studying import advice_json, step_json

    return {
        "now": view.now_wall.isoformat(),
        "study_day": view.today.isoformat(),
        "seconds": view.progress.seconds,
        "minimum_seconds": view.progress.minimum_seconds,
        "goal_seconds": view.progress.goal_seconds,
        "timer": timer_json(view.timer) if view.timer else None,
        "this_week": _row_json(view.this_week),
        "last_week": _row_json(view.last_week),
        "weeks_in_row": view.weeks_in_row,
        "run": {"days": view.run_days, "longest": view.longest_run, "safe_days": view.safe_days},
        "strength": view.strength,
        "strength_rising": view.strength_rising,
        "year_seconds": view.grid.year_seconds,
        "year_counted_days": view.grid.year_counted_days,
        "next": [step_json(step) for step in view.steps[:3]],
        "advice": advice_json(view.advice) if view.advice else None,
        "resolutions": [resolution_json(each) for each in view.resolutions],
        "recall_due": view.recall_due,
        "review_due": view.review_due,
        "sessions": [session_json(session) for session in view.sessions],
    }


def _row_json(row: WeekRow) -> dict[str, object]:
    return {
        "week_start": row.start.isoformat(),
        "counted_days": row.counted_days,
        "target_days": row.target_days,
        "kept": row.kept,
        "days": [_day_json(dot) for dot in row.days],
    }


def _day_json(dot: WeekDot) -> dict[str, object]:
    return {"day": dot.day.isoformat(), "seconds": dot.seconds, "state": dot.state}


def _week(workspace: Workspace, options: Namespace) -> None:
    from learnhabit.services.week_view import week_view

    view = week_view(workspace, " ".join(options.words) or "this")
    warn(workspace.warnings)
    if options.json:
        print_json(_week_json(view))
        return
    from learnhabit.services.week_words import week_words

    say("\n".join(week_words(view)))


def _week_json(view: WeekView) -> dict[str, object]:
    from learnhabit.cli.reviewing import review_json

    days = [
        {
            **_day_json(each.dot),
            "topics": [
                {"title": topic.title, "seconds": topic.seconds, "sessions": topic.sessions} for topic in each.topics
            ],
        }
        for each in view.days
    ]
    return {
        **review_json(view.review),
        "minimum_seconds": view.minimum_seconds,
        "goal_seconds": view.goal_seconds,
        "days": days,
    }


def _year(workspace: Workspace, options: Namespace) -> None:
    from learnhabit.services.summary import read_year
    from learnhabit.services.year_view import year_view

    view = year_view(workspace, read_year(workspace, options.words[0]) if options.words else None)
    if options.json:
        from learnhabit.services.summary_files import json_text

        say(json_text(view.shared).rstrip("\n"))
        return
    from learnhabit.services.year_words import year_words

    say("\n".join(year_words(view)))


COMMANDS = {
    "today": Command(
        _today,
        "all that the screen Today shows, in plain words",
        example="learnhabit today",
    ),
    "week": Command(
        _week,
        "a week's plan and its days, in plain words",
        words="[WEEK]",
        most=None,
        example="learnhabit week last",
    ),
    "year": Command(
        _year,
        "all that the screen Year shows, in plain words",
        words="[YEAR]",
        most=1,
        example="learnhabit year 2026",
    ),
}
