"""What services hand to the app and the command line: immutable values, nothing that writes."""

from __future__ import annotations

from datetime import date, datetime

from learnhabit.domain.record import Record
from learnhabit.domain.session import Session

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from learnhabit.services.resolution_values import ResolutionView


class TimerView(Record):
    """The timer as it stands now."""

    topic: str
    """Topic id."""
    topic_title: str
    resource: str | None
    """Id."""
    resource_title: str
    """Empty without a resource."""
    note: str
    started_at: int
    """Epoch seconds, UTC."""
    started_wall: datetime
    """The same instant on the wall clock, aware."""
    study_day: date
    """The study day of its start."""
    seconds: int
    """Elapsed without pauses, at the moment of reading."""
    paused: bool
    suspicion: str
    """Why the elapsed time looks wrong, in words; empty when it does not."""
    heartbeat_seconds: int | None
    """Elapsed up to the last heartbeat of the app, if there was one."""


class Outcome(Record):
    """A session that was written, with what a person should know about it."""

    session: Session
    warnings: tuple[str, ...]
    """One clear sentence each, such as an overlap with another session."""
    day_seconds: int
    """Total of the session's study day after the change."""
    day_seconds_before: int
    """The same total before the change."""


class Preview(Record):
    """What a quick-entry line would save."""

    seconds: int
    topic_title: str
    note: str
    tags: tuple[str, ...]
    started_wall: datetime
    ended_wall: datetime
    study_day: date
    day_seconds: int
    """Total of that study day as it would be."""
    warnings: tuple[str, ...]


class DayProgress(Record):
    """One study day against its minimum and its goal, in seconds."""

    study_day: date
    seconds: int
    minimum_seconds: int
    goal_seconds: int


class WeekDot(Record):
    """One day of a week row."""

    day: date
    seconds: int
    state: str
    """`counted`, `under` (studied less than the minimum), `none`, `to come` or `time off`."""


class WeekRow(Record):
    """One week on Today."""

    start: date
    number: int
    """ISO week number, or the week of the year by `week_start`."""
    days: tuple[WeekDot, ...]
    counted_days: int
    target_days: int
    kept: bool | None
    """None for a week that needs nothing (all time off, or before the first session)."""


class YearGrid(Record):
    """Days of the running year, and at least the last 53 weeks before today."""

    year: int
    first: date
    """The first day that is held in `seconds`."""
    today: date
    first_session_day: date | None
    week_start: str
    """`monday`, `sunday` or `saturday`."""
    seconds: Mapping[date, int]
    paused: frozenset[date]
    year_seconds: int
    """Total of the running year so far."""
    year_counted_days: int
    usual_seconds: int | None
    """Median of the year's studied days; None under 10 sessions."""
    running: bool
    """The year is not over, so that its last day is marked."""


class NextStep(Record):
    """A topic worth starting now, and why."""

    topic: str
    title: str
    reason: str
    """One sentence without a full stop."""
    begun: bool
    """It was studied, or a resource of it is done."""
    touched: str
    """`last touched 6 days ago`, or empty for a topic never studied."""
    first_step: str
    question: str
    """One of its questions to begin with, another each day; empty for a topic that is not begun, or has none."""
    resource: str | None
    """Id of what to go on with, or to begin; None when everything of the topic is done."""
    resource_title: str
    resource_minutes: int | None
    """Estimated, still to go."""
    resource_open: bool
    """It is begun."""


class AdviceView(Record):
    """One piece of advice for this moment, with its source and with what to do about it."""

    id: str
    moment: str
    """Its own."""
    leading: str
    """The moment of the day, for which another one's piece may stand in."""
    text: str
    """The advice and the pairing."""
    advice: str
    pairing: str
    """One sentence: the first step or the open resource, with the cue; may be empty."""
    why: str
    source: str
    """Authors, title, year."""
    url: str
    topic: str | None
    """Id of the topic in the pairing."""


class TodayView(Record):
    """All that the screen Today shows."""

    now_wall: datetime
    today: date
    progress: DayProgress
    this_week: WeekRow
    last_week: WeekRow
    days_per_week: int
    """Days a week that the cadence asks for, as of today."""
    run_days: int
    longest_run: int
    safe_days: int
    strength: float
    """0–1."""
    strength_rising: bool | None
    """Against a week ago; None in the first week."""
    weeks_in_row: int
    sessions: tuple[Session, ...]
    """What was studied today, newest first."""
    grid: YearGrid
    steps: tuple[NextStep, ...]
    """Best first; `n` walks through them."""
    advice: AdviceView | None
    timer: TimerView | None
    resolutions: tuple[ResolutionView, ...]
    """Those that are running, most urgent first."""
    review_due: bool
    """Last week can be looked back on and was not yet."""
    recall_due: int
    """Cards to recall now."""
    empty: bool
    """No session was ever logged."""
    clock_24: bool


class LogKey(Record):
    """Where a session stands in the log: its order is (study day, start, seq)."""

    study_day: date
    started_at: int
    seq: int


class LogFilter(Record):
    """Which sessions a list shows. Empty fields restrict nothing."""

    topics: tuple[str, ...]
    """Topic ids, any of them."""
    words: tuple[str, ...]
    """Every word must stand in the note, the takeaway, a tag or the topic's title."""
    tags: tuple[str, ...]
    from_day: date | None
    to_day: date | None


class LogPage(Record):
    """A stretch of the log, newest first."""

    sessions: tuple[Session, ...]
    day_seconds: Mapping[date, int]
    """Whole total of every study day that occurs in `sessions`."""
    complete: bool
    """Nothing lies beyond this page in the direction that was asked for."""


class LogCount(Record):
    """How much a filter matches."""

    sessions: int
    seconds: int


class TopicRow(Record):
    """One topic in a list."""

    id: str
    title: str
    aliases: tuple[str, ...]
    theme: str
    seconds: int
    last_study_day: date | None
    own: bool


class Status(Record):
    """Today, the week, the run and strength in a few numbers."""

    timer: TimerView | None
    progress: DayProgress
    counted_days: int
    target_days: int
    run_days: int
    longest_run: int
    safe_days: int
    strength: float
    """0–1."""
