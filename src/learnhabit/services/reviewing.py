"""The weekly review: a week against its plan, and what its owner says about it."""

from __future__ import annotations

import re
from datetime import date, timedelta

from learnhabit.domain.day_text import long_day
from learnhabit.domain.day_words import read_day
from learnhabit.domain.pace import full_weeks, usual_week
from learnhabit.domain.resolution_words import amount_text
from learnhabit.domain.study_day import week_start_of, week_year
from learnhabit.domain.text import display_line, quoted
from learnhabit.domain.unpaused import Unpaused
from learnhabit.domain.week import WeekResult
from learnhabit.errors import LearnhabitError, UsageError
from learnhabit.services.finding import accepted
from learnhabit.services.habit import week_of
from learnhabit.services.resolution_values import ResolutionView, ReviewView
from learnhabit.services.resolutions import running_resolutions
from learnhabit.services.workspace import Workspace
from learnhabit.storage.reviews import read_review
from learnhabit.storage.rules import first_session_day, read_day_seconds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

QUESTION = "What changed, and what stayed the same?"
LONGEST_REVIEW = 10_000
"""Characters."""
USUAL_WEEKS = 6
_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)


def review(workspace: Workspace, week: str = "last") -> ReviewView:
    """A week (`last`, `this`, `2026-W47`, or a day in it) against its plan, with what was written about it."""
    return _review(workspace, _week_start(workspace, week))


def write_review(
    workspace: Workspace, week: str, text: str, adjust: Callable[[Workspace], object] | None = None
) -> ReviewView:
    """Keep what a person says about a week; it takes the place of what was said before.

    What `adjust` changes, such as the cadence, is kept or refused together with it, and is one step to undo.
    """
    start = _week_start(workspace, week)
    words = accepted(workspace, text).strip()
    if not display_line(words):
        raise UsageError("The review is empty", f"one sentence is enough. {QUESTION}")
    if len(words) > LONGEST_REVIEW:
        raise UsageError("The review is too long", f"at most {LONGEST_REVIEW:,} characters")
    known = read_review(workspace.store, start)
    year, number = week_year(start, workspace.rules.week_start)
    with workspace.change(f"wrote the review of week {number} of {year}") as change:
        values = {"week_start": start.isoformat(), "text": words, "written_on": workspace.today.isoformat()}
        if known:
            change.update("review", known[0], values)
        else:
            change.insert("review", workspace.new_id(), values)
        if adjust is not None:
            adjust(workspace)
    return _review(workspace, start)


def review_due(workspace: Workspace) -> bool:
    """Whether last week has something to look back on and is not written yet."""
    start = week_start_of(workspace.today, workspace.rules.week_start) - _WEEK
    first = first_session_day(workspace.store)
    return first is not None and first < start + _WEEK and read_review(workspace.store, start) is None


def _week_start(workspace: Workspace, text: str) -> date:
    words = " ".join(accepted(workspace, text).lower().split())
    rules, today = workspace.rules, workspace.today
    this = week_start_of(today, rules.week_start)
    numbered = re.fullmatch(r"([0-9]{4})-?w([0-9]{1,2})", words)
    if words in ("last", "last week", ""):
        start = this - _WEEK
    elif words in ("this", "this week"):
        start = this
    elif numbered:
        year, number = int(numbered[1]), int(numbered[2])
        if not 1971 <= year <= 9000:
            raise UsageError(f"{quoted(text)} is out of reach", "weeks go from 1971 on")
        # The fourth day of a week decides its year, so the week of 4 January is the first.
        start = week_start_of(date(year, 1, 4), rules.week_start)
        start += (number - week_year(start, rules.week_start)[1]) * _WEEK
        if number < 1 or week_year(start, rules.week_start) != (year, number):
            raise UsageError(f"{quoted(text)} is no week", f"{year} has no week {number}")
    else:
        start = week_start_of(read_day(text, workspace.calendar), rules.week_start)
    if start > this:
        raise LearnhabitError("This week is still to come", f"it begins on {long_day(start)}")
    return start


def _review(workspace: Workspace, start: date) -> ReviewView:
    rules, today = workspace.rules, workspace.today
    end = start + 6 * _DAY
    result = week_of(workspace, start)
    first = first_session_day(workspace.store)
    back = start - (2 * USUAL_WEEKS) * _WEEK
    by_day = read_day_seconds(workspace.store, back, end)
    seconds = sum(value for day, value in by_day.items() if day >= start)
    usual = None
    if first is not None:
        weeks = full_weeks(by_day, max(first, back), start, rules, Unpaused(rules.time_off), most=USUAL_WEEKS)
        pace = usual_week(weeks, rare=False)
        usual = None if pace is None else pace[0] // pace[1]
    known = read_review(workspace.store, start)
    year, number = week_year(start, rules.week_start)
    running = end >= today
    return ReviewView(
        week_start=start,
        week_end=end,
        number=number,
        year=year,
        counted_days=result.counted_days,
        need=result.need,
        kept=result.kept,
        seconds=seconds,
        usual_seconds=usual,
        lines=(
            _days_line(result, running=running),
            _hours_line(seconds, usual, running=running),
            _resolutions_line(running_resolutions(workspace)),
        ),
        question=QUESTION,
        text=known[1] if known else "",
        written_on=known[2] if known else None,
        running=running,
    )


def _days_line(result: WeekResult, *, running: bool) -> str:
    days = f"{result.counted_days} day{'' if result.counted_days == 1 else 's'} studied"
    if not result.need:
        return f"{days}; the week asked for nothing"
    if result.kept:
        return f"{days} of the {result.need} planned: the week is kept"
    missing = result.need - result.counted_days
    return f"{days} of the {result.need} planned, {missing} {'to go' if running else 'short'}"


def _hours_line(seconds: int, usual: int | None, *, running: bool) -> str:
    studied = f"{amount_text(seconds, 'hours')} in all{' so far' if running else ''}"
    if usual is None:
        return f"{studied}; a usual week shows after three full ones"
    return f"{studied}, usual {amount_text(usual, 'hours')}"


def _resolutions_line(views: tuple[ResolutionView, ...]) -> str:
    if not views:
        return "No resolution is running"
    behind = [view for view in views if view.standing.state in ("behind", "out of reach")]
    running = f"{len(views)} resolution{'' if len(views) == 1 else 's'} running"
    if not behind:
        return f"{running}, {'it is' if len(views) == 1 else 'all are'} on pace today"
    return f"{running}, {len(behind)} behind today: {quoted(behind[0].resolution.statement)}"
