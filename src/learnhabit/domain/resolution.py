"""What a resolution is, and where it stands: progress, plan, pace and state from what was done, for a given day."""

from __future__ import annotations

from datetime import date, timedelta

from learnhabit.domain.pace import Week, best_week, finish_day, full_weeks, needed_a_week, quartiles, usual_week
from learnhabit.domain.record import Record
from learnhabit.domain.recurring import RunningPeriod, over_counts, running_period
from learnhabit.domain.resolution_plan import PlanLine, plan_line
from learnhabit.domain.unpaused import Unpaused

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from learnhabit.domain.cadence import Rules

MEASURES = ("hours", "sessions", "days", "resources", "count", "done")
PERIODS = ("day", "week", "month")
"""What a recurring resolution's target may be for."""
NEXT_YEAR_FROM = (12, 15)
"""Month and day from which a line without dates means the next year, and the app offers to set one."""
AHEAD_DAYS = 7
"""Safe days from which one that is above its line is ahead."""
JUDGED_WEEKS = 4
"""Full weeks after which one may be out of reach."""
_DAY = timedelta(days=1)


class Aim(Record):
    """A target and an end, from the study day on which they were entered."""

    entered_on: date
    target: int
    """Seconds for hours, else a number; for each period when it recurs."""
    period_end: date


class Resolution(Record):
    """Something to be learnt, with a number and a period."""

    id: str
    statement: str
    """In the words of the person who made it."""
    measure: str
    """One of `MEASURES`."""
    kind: str | None
    """Of resources: `paper`, `course` and so on; None for all kinds and for other measures."""
    scope: tuple[str, ...]
    """Topic ids; empty for all."""
    per: str | None
    """One of `PERIODS` when it recurs."""
    period_start: date
    made_on: date
    aims: tuple[Aim, ...]
    """Oldest first; the first one holds the first target."""
    cue: str
    let_go_on: date | None
    let_go_why: str
    carried_from: str | None
    """The id of the resolution of the year before that it goes on with."""

    @property
    def target(self) -> int:
        """As it is now."""
        return self.aims[-1].target

    @property
    def first_target(self) -> int:
        """As it was when the resolution was made."""
        return self.aims[0].target

    @property
    def period_end(self) -> date:
        """The last day, as it is now."""
        return self.aims[-1].period_end

    @property
    def first_day(self) -> date:
        """The day on which the plan starts: it was made, or its period began, whichever is later."""
        return max(self.made_on, self.period_start)


class Done(Record):
    """What was done, by study day; days without anything are absent."""

    seconds: Mapping[date, int]
    """Study within the scope."""
    sessions: Mapping[date, int]
    """Sessions within the scope."""
    items: Mapping[date, int]
    """Finished resources of the kind within the scope, or check-ins."""
    first_session_day: date | None
    """Of the whole log."""


class Standing(Record):
    """Where a resolution stands on a day. Amounts are seconds for hours, else numbers."""

    progress: int
    """Of a recurring one: periods kept."""
    planned: int
    """Up to the beginning of the day; of a recurring one: periods that are over."""
    delta: int
    safe_days: int | None
    needed_per_week: float | None
    usual_per_week: float | None
    projected_from: date | None
    projected_to: date | None
    state: str
    """`let go`, `kept`, `not kept`, `out of reach`, `behind`, `ahead` or `on pace`."""
    reached_on: date | None
    """The day on which the target was reached."""
    running: RunningPeriod | None
    """Of a recurring one: the period that is running."""
    usual_day: float | None
    """Of a recurring one: the usual amount of a studied day."""


def amounts(resolution: Resolution, done: Done, rules: Rules) -> Mapping[date, int]:
    """What counts for a resolution's measure, by study day."""
    if resolution.measure == "hours":
        return done.seconds
    if resolution.measure == "sessions":
        return done.sessions
    if resolution.measure == "days":
        return {day: 1 for day, seconds in done.seconds.items() if seconds >= rules.minimum(day)}
    return done.items


def counted_amounts(resolution: Resolution, done: Done, rules: Rules) -> Mapping[date, int]:
    """The same on counted days within the scope only; resources and check-ins count on any day that has one."""
    found = amounts(resolution, done, rules)
    if resolution.measure in ("hours", "sessions"):
        return {day: found[day] for day, value in done.seconds.items() if value >= rules.minimum(day) and day in found}
    return found


def within(found: Mapping[date, int], first: date, last: date) -> int:
    """The sum over a stretch of days, both included."""
    return sum(value for day, value in found.items() if first <= day <= last)


def line_of(resolution: Resolution, found: Mapping[date, int], rules: Rules) -> PlanLine:
    """The plan of a resolution that does not recur: it starts at the progress of the days before its first day."""
    start = within(found, resolution.period_start, resolution.first_day - _DAY)
    aims = [(aim.entered_on, aim.target, aim.period_end) for aim in resolution.aims]
    return plan_line(resolution.first_day, start, aims, rules)


def standing(resolution: Resolution, done: Done, rules: Rules, today: date) -> Standing:
    """Where a resolution stands on a study day, whose own work counts but is not planned yet.

    `done` reaches from the period's first day, or the thirteenth full week before today if that is earlier, up to now.
    """
    found = amounts(resolution, done, rules)
    if resolution.per is not None:
        return _recurring(resolution, done, found, rules, today)
    progress = within(found, resolution.period_start, resolution.period_end)
    kept, over = progress >= resolution.target, today > resolution.period_end
    reached = _reached_on(resolution, found) if kept else None
    if resolution.measure == "done":
        state = _ended(resolution, kept=kept, over=over) or "on pace"
        return _standing(progress, 0, None, state, reached)
    line = line_of(resolution, found, rules)
    planned = line.planned(today)
    safe = _safe_days(line, progress, planned, today, resolution.period_end)
    ended = _ended(resolution, kept=kept, over=over)
    if ended == "let go" or over:
        return _standing(progress, planned, None if ended == "let go" else safe, ended or "not kept", reached)
    off = Unpaused(rules.time_off)
    remaining = max(0, resolution.target - progress)
    begin = max(today, resolution.period_start)
    needed = needed_a_week(remaining, off.count(begin, resolution.period_end))
    rare = resolution.measure in ("resources", "count")
    weeks: Sequence[Week] = ()
    if done.first_session_day is not None:
        weeks = full_weeks(found, done.first_session_day, today, rules, off, most=13 if rare else 6)
    usual = usual_week(weeks, rare=rare)
    fast, slow = (usual_week(weeks[:6], rare=True), usual) if rare else quartiles(weeks)
    finish = [
        finish_day(remaining, pace, begin, off) if pace is not None and not kept else None for pace in (fast, slow)
    ]
    if rare and finish[0] is not None and finish[1] is not None:
        finish.sort(key=lambda day: day or date.max)
    elif rare and finish[0] is None:
        finish.reverse()
    if ended is None and progress < planned and _hopeless(resolution, found, rules, off, today, needed):
        ended = "out of reach"
    if ended is None:
        ended = "behind" if safe < 0 else "ahead" if progress > planned and safe >= AHEAD_DAYS else "on pace"
    return _standing(progress, planned, safe, ended, reached).replace(
        needed_per_week=needed[0] / needed[1],
        usual_per_week=None if usual is None else usual[0] / usual[1],
        projected_from=finish[0],
        projected_to=finish[1],
    )


def _standing(progress: int, planned: int, safe: int | None, state: str, reached: date | None) -> Standing:
    return Standing(
        progress=progress,
        planned=planned,
        delta=progress - planned,
        safe_days=safe,
        needed_per_week=None,
        usual_per_week=None,
        projected_from=None,
        projected_to=None,
        state=state,
        reached_on=reached,
        running=None,
        usual_day=None,
    )


def _ended(resolution: Resolution, *, kept: bool, over: bool) -> str | None:
    if resolution.let_go_on is not None:
        return "let go"
    if kept:
        return "kept"
    return "not kept" if over else None


def _reached_on(resolution: Resolution, found: Mapping[date, int]) -> date | None:
    total = 0
    for day in sorted(found):
        if resolution.period_start <= day <= resolution.period_end:
            total += found[day]
            if total >= resolution.target:
                return day
    return None


def _safe_days(line: PlanLine, progress: int, planned: int, today: date, end: date) -> int:
    """Days that may pass without anything before the line is above what was done; below zero: unpaused days behind."""
    if progress >= planned:
        # The line never falls, so the last day on which it is not above can be halved in on.
        low, high = 0, max(0, (end - today).days)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if progress >= line.planned(today + middle * _DAY) else (low, middle - 1)
        return low
    # Behind: the line was not above on its first day, and it only rises on unpaused days.
    low, high = 0, (today - line.first).days
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if progress >= line.planned(line.first + middle * _DAY) else (low, middle - 1)
    return -line.off.count(line.first + low * _DAY, today - _DAY)


def _hopeless(
    resolution: Resolution,
    found: Mapping[date, int],
    rules: Rules,
    off: Unpaused,
    today: date,
    needed: tuple[int, int],
) -> bool:
    """Whether more than twice the best full week since it was made is needed, when there were at least four."""
    weeks = full_weeks(found, resolution.first_day, today, rules, off, most=None)
    if len(weeks) < JUDGED_WEEKS:
        return False
    best = best_week(weeks)
    return best[0] > 0 and needed[0] * best[1] > 2 * best[0] * needed[1]


def _recurring(resolution: Resolution, done: Done, found: Mapping[date, int], rules: Rules, today: date) -> Standing:
    kept, over = over_counts(resolution, found, rules, today)
    running, safe, usual = running_period(resolution, found, counted_amounts(resolution, done, rules), rules, today)
    if resolution.let_go_on is not None:
        state, safe = "let go", None
    elif today > resolution.period_end:
        state = "kept" if over and 10 * kept >= 8 * over else "not kept"
    else:
        state = "behind" if safe is not None and safe < 0 else "on pace"
    return _standing(kept, over, safe, state, None).replace(running=running, usual_day=usual)
