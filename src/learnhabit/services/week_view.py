"""A week: what was planned, and what happened day by day."""

from __future__ import annotations

from datetime import date, timedelta

from learnhabit.domain.record import Record
from learnhabit.domain.study_day import week_year
from learnhabit.domain.week import week_result
from learnhabit.services.values import WeekDot, WeekRow
from learnhabit.services.workspace import Workspace
from learnhabit.storage.rules import first_session_day, read_day_seconds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from learnhabit.services.resolution_values import ReviewView

_DAY = timedelta(days=1)


class TopicTime(Record):
    """What a topic got on a day."""

    title: str
    seconds: int
    sessions: int


class WeekDay(Record):
    """A day of a week with what was studied on it."""

    dot: WeekDot
    before: bool
    """It lies before the first session, and asks for nothing."""
    topics: tuple[TopicTime, ...]
    """Most first."""


class WeekView(Record):
    """A week against its plan, day by day."""

    review: ReviewView
    row: WeekRow
    days: tuple[WeekDay, ...]
    days_per_week: int
    """That the cadence asks for at the week's end."""
    weekdays: tuple[int, ...]
    """Days that the cadence names, Monday is 0; empty without any."""
    minimum_seconds: int
    goal_seconds: int


def week_row(workspace: Workspace, start: date, seconds: Mapping[date, int], first: date | None) -> WeekRow:
    """A week's days and what they make; `seconds` by day, `first` is the day of the first session."""
    rules, today = workspace.rules, workspace.today
    result = week_result(start, seconds, rules, first if first is not None else today)
    dots = []
    for offset in range(7):
        day = start + offset * _DAY
        studied = seconds.get(day, 0)
        if studied >= rules.minimum(day):
            state = "counted"
        elif studied:
            state = "under"
        elif rules.paused(day):
            state = "time off"
        else:
            state = "to come" if day > today else "none"
        dots.append(WeekDot(day=day, seconds=studied, state=state))
    return WeekRow(
        start=start,
        number=week_year(start, rules.week_start)[1],
        days=tuple(dots),
        counted_days=result.counted_days,
        target_days=result.need,
        kept=result.kept,
    )


def week_view(workspace: Workspace, week: str = "this") -> WeekView:
    """A week (`this`, `last`, `2026-W47`, or a day in it): its plan, its days, and what was written about it."""
    from learnhabit.services.reviewing import review

    found = review(workspace, week)
    first = first_session_day(workspace.store)
    row = week_row(workspace, found.week_start, read_day_seconds(workspace.store, *_span(found)), first)
    topics = _topics(workspace, found)
    rules, end = workspace.rules, found.week_end
    cadence = next((each for each in reversed(rules.cadences) if each.effective_from <= end), None)
    return WeekView(
        review=found,
        row=row,
        days=tuple(
            WeekDay(
                dot=dot,
                before=dot.state == "none" and dot.day != workspace.today and (first is None or dot.day < first),
                topics=tuple(topics.get(dot.day, ())),
            )
            for dot in row.days
        ),
        days_per_week=rules.days_per_week(end),
        weekdays=cadence.weekdays if cadence is not None else (),
        minimum_seconds=rules.minimum(end),
        goal_seconds=rules.goal(end),
    )


def _span(found: ReviewView) -> tuple[date, date]:
    return found.week_start, found.week_end


def _topics(workspace: Workspace, found: ReviewView) -> dict[date, list[TopicTime]]:
    made: dict[date, list[TopicTime]] = {}
    for day, title, seconds, sessions in workspace.store.all(
        "SELECT study_day, topic.title, sum(seconds) AS spent, count(*) FROM session JOIN topic ON topic.id = topic"
        " WHERE study_day BETWEEN ? AND ? AND session.deleted_at IS NULL"
        " GROUP BY study_day, topic.id ORDER BY study_day, spent DESC, topic.title",
        *(day.isoformat() for day in _span(found)),
    ):
        made.setdefault(date.fromisoformat(day), []).append(TopicTime(title=title, seconds=seconds, sessions=sessions))
    return made
