"""A week in plain words, a fact a line: for screen readers and pipes."""

from __future__ import annotations

from datetime import date

from learnhabit.domain.duration import format_duration
from learnhabit.domain.text import display_line
from learnhabit.domain.year_text import day_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from learnhabit.services.values import WeekDot
    from learnhabit.services.week_view import WeekDay, WeekView

WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
STATES = {"counted": "counted", "under": "under the minimum", "none": "nothing", "to come": "to come"}


def full_day(day: date) -> str:
    """`Monday 23 November 2026`."""
    return f"{WEEKDAY_NAMES[day.weekday()]} {day_text(day)}"


def state_words(dot: WeekDot, *, before: bool) -> str:
    """What a day of a week was; `before` the first session nothing was asked."""
    return "before the first session" if before else STATES.get(dot.state, dot.state)


def week_words(view: WeekView) -> list[str]:
    """The week's plan, what came of it, and its days."""
    review = view.review
    so_far = ", so far" if review.running else ""
    said = [
        f"Week {review.number} of {review.year}",
        f"Days: {full_day(review.week_start)} to {full_day(review.week_end)}{so_far}",
        f"Planned: {_planned(view)}",
    ]
    said += review.lines
    said += [_day(each) for each in view.days]
    if review.text:
        said += [f"{review.question}", *(f"  {line}" for line in review.text.splitlines() if line.strip())]
    else:
        said.append(f'{review.question} Answer: learnhabit review {review.year}-W{review.number:02} --write "…"')
    return said


def _planned(view: WeekView) -> str:
    need = view.row.target_days
    if not need:
        return "nothing; the week asks for no day"
    said = f"{need} {'day' if need == 1 else 'days'} of at least {format_duration(view.minimum_seconds)}"
    if need != view.days_per_week:
        said += f"; a whole week asks for {view.days_per_week}"
    if view.weekdays:
        said += f", on {', '.join(WEEKDAY_NAMES[number] for number in view.weekdays)} or other days instead"
    if view.goal_seconds > view.minimum_seconds:
        said += f"; the goal of a day is {format_duration(view.goal_seconds)}"
    return said


def _day(each: WeekDay) -> str:
    dot = each.dot
    said = f"{full_day(dot.day)}: {state_words(dot, before=each.before)}"
    if not dot.seconds:
        return said
    topics = []
    for topic in each.topics:
        times = f" in {topic.sessions} sessions" if topic.sessions > 1 else ""
        topics.append(f"{format_duration(topic.seconds)} of {display_line(topic.title)}{times}")
    return f"{said}, {format_duration(dot.seconds)}: {'; '.join(topics)}" if topics else said
