"""Today in plain words, a fact a line: for screen readers and pipes."""

from __future__ import annotations

from learnhabit.domain.day_text import clock_time, wall_at
from learnhabit.domain.duration import format_duration, format_hours, format_short
from learnhabit.domain.text import display_line
from learnhabit.services.habit import progress_words, run_words
from learnhabit.services.resolution_cells import cells_of
from learnhabit.services.suggesting import MOST
from learnhabit.services.week_words import WEEKDAY_NAMES, full_day, state_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from learnhabit.domain.session import Session
    from learnhabit.services.resolution_values import ResolutionView
    from learnhabit.services.values import AdviceView, NextStep, TimerView, TodayView, WeekRow


def today_words(view: TodayView) -> list[str]:
    """All that the screen Today shows."""
    progress = view.progress
    said = [f"{full_day(view.today)}, {clock_time(view.now_wall, clock_24=view.clock_24)}"]
    if view.timer is not None:
        said += _timer(view.timer, clock_24=view.clock_24)
    said.append(f"Today: {progress_words(progress)}")
    left = progress.goal_seconds - progress.seconds
    said.append(f"Goal: {'met' if left <= 0 else f'{format_duration(left)} to go'}")
    said += _habit(view)
    said += _steps(view)
    if view.advice is not None:
        said += _advice(view.advice)
    said += _resolutions(view)
    said.append(f"Recall: {_cards(view.recall_due)}")
    if view.review_due:
        said.append("Review: last week can be looked back on; learnhabit review shows it")
    said += _studied(view)
    return said


def _timer(timer: TimerView, *, clock_24: bool) -> list[str]:
    since = clock_time(timer.started_wall, clock_24=clock_24)
    state = "paused" if timer.paused else "running"
    what = display_line(" · ".join(part for part in (timer.topic_title, timer.resource_title, timer.note) if part))
    said = [f"Timer: {what}, {state}, {format_short(timer.seconds)} since {since}"]
    if timer.suspicion:
        said.append(f"In doubt: {timer.suspicion}; learnhabit stop takes --keep, --trim [DURATION] or --discard")
    return said


def _habit(view: TodayView) -> list[str]:
    said = [_week("This week", view.this_week), _days("This week's days", view, view.this_week)]
    first = view.grid.first_session_day
    if first is not None and first < view.this_week.start:
        said += [_week("Last week", view.last_week), _days("Last week's days", view, view.last_week)]
    if view.weeks_in_row:
        said.append(f"Weeks kept in a row: {view.weeks_in_row}")
    said.append(f"Run: {run_words(view.run_days, view.longest_run, view.safe_days, view.progress.minimum_seconds)}")
    if view.empty:
        return [*said, "Strength: from the first day on"]
    rising = {None: "", True: ", rising", False: ", falling"}[view.strength_rising]
    said.append(f"Strength: {int(view.strength * 100 + 0.5)} %{rising}")
    year = view.grid
    said.append(
        f"{year.year} so far: {format_hours(year.year_seconds)} on {_count(year.year_counted_days, 'counted day')}"
    )
    if year.usual_seconds is not None:
        said.append(f"A usual day of {year.year}: {format_duration(year.usual_seconds)}")
    return said


def _week(name: str, week: WeekRow) -> str:
    kept = ", kept" if week.kept else ""
    if not week.target_days:
        return f"{name}: {_count(week.counted_days, 'counted day')}; nothing is asked"
    return f"{name}: {week.counted_days} of {_count(week.target_days, 'day')} counted{kept} (week {week.number})"


def _days(name: str, view: TodayView, week: WeekRow) -> str:
    """Each day's state, neighbours of the same state in one: `Monday to Wednesday counted, Thursday nothing`."""
    first = view.grid.first_session_day
    groups: list[tuple[str, list[str]]] = []
    for dot in week.days:
        before = dot.state == "none" and dot.day != view.today and (first is None or dot.day < first)
        state, weekday = state_words(dot, before=before), WEEKDAY_NAMES[dot.day.weekday()]
        if groups and groups[-1][0] == state:
            groups[-1][1].append(weekday)
        else:
            groups.append((state, [weekday]))
    said = [f"{days[0]} to {days[-1]} {state}" if days[1:] else f"{days[0]} {state}" for state, days in groups]
    return f"{name}: {', '.join(said)}"


def _steps(view: TodayView) -> list[str]:
    said = []
    for number, step in enumerate(view.steps[:MOST]):
        if number == 0:
            said += _step(step, empty=view.empty)
        else:
            said.append(f"Or: {display_line(step.title)}. {display_line(step.reason)}")
    return said or ["Next step: there is no topic yet"]


def _step(step: NextStep, *, empty: bool) -> list[str]:
    touched = f", {step.touched}" if step.touched else ""
    said = [f"{'Start here' if empty else 'Next step'}: {display_line(step.title)}{touched}"]
    if step.resource_title:
        left = f", {format_duration(step.resource_minutes * 60)} left" if step.resource_minutes else ""
        said.append(f"Read: {display_line(step.resource_title)}{left}")
    said.append(f"Why: {display_line(step.reason)}")
    if step.question:
        said.append(f"Recall first: {display_line(step.question)}")
    elif step.first_step:
        said.append(f"First step: {display_line(step.first_step)}")
    said.append(f"Begin it: learnhabit start {step.topic}")
    return said


def _advice(advice: AdviceView) -> list[str]:
    said = [f"Advice: {display_line(advice.advice)}"]
    if advice.pairing:
        said.append(f"What to do: {display_line(advice.pairing)}")
    return [*said, f"Source of the advice: {display_line(advice.source)}"]


def _resolutions(view: TodayView) -> list[str]:
    if not view.resolutions:
        return ['Resolutions: none is running; learnhabit resolve "40 hours of fine-tuning by 31 Dec" makes one']
    return [
        f"Resolutions: {len(view.resolutions)} running",
        *(_resolution(each, view.today) for each in view.resolutions),
    ]


def _resolution(view: ResolutionView, today: date) -> str:
    cells, resolution = cells_of(view, today), view.resolution
    if resolution.measure == "done":
        done = cells.done
    elif resolution.per is not None:
        done = f"{cells.done} {cells.plan} kept" if view.standing.planned else ""
    else:
        done = f"done {cells.done}, planned {cells.plan}"
    parts = [cells.state, *(part for part in (done, cells.closing) if part)]
    return f"Resolution: {display_line(cells.statement)}: {'; '.join(parts)}"


def _cards(due: int) -> str:
    return f"{_count(due, 'card')} to recall now; learnhabit recall asks" if due else "no card is due"


def _studied(view: TodayView) -> list[str]:
    if view.empty:
        return [
            "Studied: nothing is logged yet",
            "To log what is over: learnhabit log 45m rag",
            "To time what begins: learnhabit start rag",
        ]
    if not view.sessions:
        return ["Studied today: nothing yet"]
    return [
        f"Studied today: {_count(len(view.sessions), 'session')}",
        *(_session(each, clock_24=view.clock_24) for each in view.sessions),
    ]


def _session(session: Session, *, clock_24: bool) -> str:
    begin = clock_time(wall_at(session.started_at, session.utc_offset), clock_24=clock_24)
    texts = [session.topic_title, session.resource_title, session.note, *(f"tag {tag}" for tag in session.tags)]
    if session.takeaway:
        texts.append(f"{'starred takeaway' if session.starred else 'takeaway'}: {session.takeaway}")
    words = "; ".join(display_line(text) for text in texts if text)
    return f"Session: {begin}, {format_duration(session.seconds)}, {words}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
