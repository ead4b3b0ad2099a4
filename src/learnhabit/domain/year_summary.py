"""What a year, or any stretch of days, came to: immutable values that every screen and file of the summary shows."""

from __future__ import annotations

from datetime import date

from learnhabit.domain.record import Record
from learnhabit.domain.resolution import Resolution, Standing

QUESTIONS = (
    ("worked", "What worked?"),
    ("did-not", "What did not?"),
    ("changed", "What changed my mind?"),
    ("same", "What stayed the same?"),
)
"""What the look back asks, by the key under which the answer is stored."""


class Period(Record):
    """The stretch of study days that is summed up."""

    year: int | None
    """None when it is not a calendar year."""
    first: date
    end: date
    """The last day that belongs to it."""
    last: date
    """The last day that is counted: today while it runs."""
    so_far: bool
    """It is not over."""
    future: bool
    """It has not begun."""


class DaySum(Record):
    """One study day."""

    day: date
    seconds: int
    kind: str
    """`counted`, `paused`, `day off`, `missed`; `none` before the first session and while today is not counted."""


class MonthSum(Record):
    """One month, as far as it belongs to the period."""

    first: date
    """The month's first day."""
    seconds: int
    before: int | None
    """The same month of the year before, whole; None without a year before."""
    running: bool


class WeekSum(Record):
    """A week whose fourth day lies in the period."""

    start: date
    seconds: int
    """Of its days within the period."""
    counted_days: int
    need: int
    kept: bool | None
    """None when it asks for nothing, or is still open."""


class TopicSum(Record):
    """One topic."""

    topic: str
    title: str
    theme: str
    seconds: int
    sessions: int
    before: int | None
    """In the year before, to the same date; None without a year before."""


class ResolutionResult(Record):
    """A resolution whose time touches the period, as it stood at the period's end."""

    resolution: Resolution
    standing: Standing
    changed_on: date | None
    """The day of the latest change of the target."""
    first_target_kept: bool
    """What was done reaches the first target, too."""


class Gap(Record):
    """The longest stretch without any study, time off left out, and the return after it."""

    first: date
    last: date
    days: int
    """Days in it without study and without time off."""
    return_days: int | None
    """Counted days of the seven that follow; None while those are not over."""


class Rhythm(Record):
    """When and how long."""

    median_seconds: int | None
    """Of a session; None under ten sessions."""
    longest_seconds: int | None
    best_hour: int | None
    """Hour of the clock with most study; None under ten sessions."""
    best_hour_days: int
    """Days on which something was studied in it."""
    late_sessions: int
    """Logged a day or more after they ended."""
    long_sessions: int
    """Over twelve hours: they may need a look."""
    overlapping: int
    """Sessions that begin before another one has ended: both count."""
    run_longest: int
    run_ended: date | None
    gap: Gap | None
    hours: tuple[tuple[int, ...], ...]
    """Seconds by weekday (Monday first) and by hour of the clock; the hours after midnight belong to the study day."""


class Finished(Record):
    """A resource that was finished."""

    day: date
    title: str
    kind: str
    topic: str
    """Title."""


class Takeaway(Record):
    """A takeaway that was starred."""

    day: date
    topic: str
    """Title."""
    text: str


class Review(Record):
    """What was written about a week."""

    week_start: date
    text: str


class Words(Record):
    """In one's own words."""

    answers: tuple[tuple[str, str], ...]
    """(key in `QUESTIONS`, text), in the order of the questions; only those that were answered."""
    takeaways: tuple[Takeaway, ...]
    reviews: tuple[Review, ...]


class Recalled(Record):
    """Evidence of what stayed."""

    grades: int
    recalled: int
    """Grades better than `again`."""
    made: int
    """Cards that were made."""


class Before(Record):
    """The year before, to the same date."""

    first: date
    last: date
    seconds: int
    days: int
    weeks_kept: int
    weeks_over: int


class Onward(Record):
    """What becomes of a resolution in the year after."""

    resolution: str
    """Id."""
    statement: str
    decision: str
    """`carry on`, `smaller` or `drop`."""
    target: str
    """Of the one that goes on, in words; empty for `drop`."""


class Pace(Record):
    """What was done by the end of each day, against the plan of a resolution over hours if there is one."""

    done: tuple[int, ...]
    """Seconds from the period's first day on, up to its last counted one."""
    before: tuple[int, ...]
    """The same of the whole year before; empty without one, or when a resolution has topics of its own."""
    statement: str
    """Of the resolution; empty without one."""
    plan_first: date | None
    plan: tuple[int, ...]
    """Planned by the beginning of each day from `plan_first` to the day behind the last."""
    target: int | None
    needed_per_week: float | None
    usual_per_week: float | None


class Counting(Record):
    """How it was counted."""

    zones: tuple[str, ...]
    """Names of the zones in which was studied, most used first."""
    day_start: int
    """Minutes after midnight, as it is now."""
    week_start: str
    days_per_week: int
    minimum: int
    """Seconds from which a day counts, as it is at the end."""
    paused_days: int
    first_session_day: date | None
    """Of the whole log."""


class YearSummary(Record):
    """All of it."""

    period: Period
    seconds: int
    sessions: int
    days_counted: int
    days_studied: int
    days_asked: int
    """Days of the period so far that were no time off, from the first session on."""
    weeks_kept: int
    weeks_over: int
    heatmap: tuple[DaySum, ...]
    """Every day from the first to the last counted one."""
    months: tuple[MonthSum, ...]
    """Every month that has begun."""
    weeks: tuple[WeekSum, ...]
    topics: tuple[TopicSum, ...]
    """Most first."""
    themes: tuple[tuple[str, int], ...]
    """(title, seconds) of every theme of the catalogue, in its order."""
    resolutions: tuple[ResolutionResult, ...]
    paused: frozenset[date]
    """Time off in all of the period, days to come too."""
    before: Before | None
    pace: Pace
    rhythm: Rhythm
    finished: tuple[Finished, ...]
    recall: Recalled | None
    """None when nothing was graded and no card made."""
    words: Words
    onward: tuple[Onward, ...]
    """Empty while nothing was decided."""
    counting: Counting
    hash: str
    """SHA-256 of all that is summed up."""

    @property
    def empty(self) -> bool:
        """Nothing was studied."""
        return not self.sessions

    def states(self) -> dict[str, int]:
        """How many resolutions are kept, open, not kept and let go."""
        counts = {"kept": 0, "open": 0, "not_kept": 0, "let_go": 0}
        for each in self.resolutions:
            state = each.standing.state
            name = {"kept": "kept", "not kept": "not_kept", "let go": "let_go"}.get(state, "open")
            counts[name] += 1
        return counts
