"""Summing up a period: pure, from what was read. Every sum is made of the same totals, so that none can disagree."""

from __future__ import annotations

from datetime import date, timedelta

from learnhabit.domain.day_rhythm import StudiedSession, rhythm
from learnhabit.domain.pace import total
from learnhabit.domain.record import Record
from learnhabit.domain.resolution import Done, Resolution, amounts, line_of, standing
from learnhabit.domain.resolution_words import target_text
from learnhabit.domain.scan import advance, peek
from learnhabit.domain.study_day import week_start_of
from learnhabit.domain.week import WeekResult, week_result
from learnhabit.domain.year_summary import (
    Before,
    Counting,
    DaySum,
    Finished,
    MonthSum,
    Onward,
    Pace,
    Period,
    Recalled,
    ResolutionResult,
    TopicSum,
    WeekSum,
    Words,
    YearSummary,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from learnhabit.domain.cadence import Rules
    from learnhabit.domain.scan import ScanState

    TopicDay = tuple[date, str, int, int]
    """What was studied on one topic on one study day: (day, topic, seconds, sessions)."""
else:
    TopicDay = tuple

LONGEST_COMPARED = 366
"""Days of a period that is held against the same one of the year before."""
_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)


class YearFacts(Record):
    """What was read for a summary, within one transaction."""

    period: Period
    today: date
    totals: Sequence[TopicDay]
    """Of the period, and of the six days before and behind it."""
    before: Sequence[TopicDay]
    """The same of all the year before; empty when the period is not compared."""
    state: ScanState | None
    """At the end of the latest closed day before the period."""
    since_state: Mapping[date, int]
    """Seconds by day from the day behind that state (else from the first session on) to the period's last day."""
    first_session_day: date | None
    rules: Rules
    day_start: int
    """Minutes after midnight."""
    sessions: Sequence[StudiedSession]
    """Of the period, in the order of their days and starts."""
    names: Mapping[str, tuple[str, str]]
    """(title, theme) by topic id."""
    themes: tuple[str, ...]
    resolutions: tuple[tuple[Resolution, Done], ...]
    finished: tuple[Finished, ...]
    recall: Recalled
    words: Words
    successors: Mapping[str, Resolution]
    """Resolutions that go on in the year after with one of these, by its id."""


def year_before(day: date) -> date:
    """The same date of the year before; 29 February becomes 28 February."""
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 2, 28)
    return day.replace(year=day.year - 1)


def year_summary(facts: YearFacts) -> YearSummary:
    """The summary, without its hash."""
    period = facts.period
    first, last = period.first, period.last
    whole, facts = facts, facts.replace(rules=_near(facts))
    rules = facts.rules
    by_day = _by_day(facts.totals)
    inside = [each for each in facts.totals if first <= each[0] <= last]
    seconds = _by_day(inside)
    sessions = sum(each[3] for each in inside)
    kinds, run_longest, run_ended = _scan(facts)
    days = () if period.future else _span(first, last)
    heatmap = tuple(DaySum(day=day, seconds=seconds.get(day, 0), kind=kinds.get(day, "none")) for day in days)
    paused = frozenset(day for day in _span(first, period.end) if rules.paused(day))
    weeks = _weeks(facts, by_day, first, last, facts.today)
    before = _before(facts)
    begin = facts.first_session_day or facts.today
    kept, over = _kept(weeks, facts.today)
    topics = _topics(inside, facts, compared=before is not None)
    themes = dict.fromkeys(facts.themes, 0)
    for topic in topics:
        if topic.theme in themes:
            themes[topic.theme] += topic.seconds
    return YearSummary(
        period=period,
        seconds=sum(seconds.values()),
        sessions=sessions,
        days_counted=sum(value >= rules.minimum(day) for day, value in seconds.items()),
        days_studied=len(seconds),
        days_asked=sum(day >= begin and day not in paused for day in days),
        weeks_kept=kept,
        weeks_over=over,
        heatmap=heatmap,
        months=_months(facts, seconds, compared=before is not None),
        weeks=tuple(
            WeekSum(
                start=week.start,
                seconds=total(seconds, week.start, week.start + 6 * _DAY),
                counted_days=week.counted_days,
                need=week.need,
                kept=week.kept if week.start + 6 * _DAY < facts.today or week.kept else None,
            )
            for week in weeks
        ),
        topics=topics,
        themes=tuple(themes.items()),
        resolutions=tuple(_result(each, done, whole) for each, done in facts.resolutions),
        paused=paused,
        before=before,
        pace=_pace(whole, seconds, compared=before is not None),
        rhythm=rhythm(
            facts.sessions,
            seconds,
            paused,
            counted=frozenset(day for day, kind in kinds.items() if kind == "counted"),
            last=last,
            today=facts.today,
            day_start=facts.day_start,
            run_longest=run_longest,
            run_ended=run_ended,
        ),
        finished=facts.finished,
        recall=facts.recall if facts.recall.grades or facts.recall.made else None,
        words=facts.words,
        onward=_onward(facts),
        counting=Counting(
            zones=_zones(facts.sessions),
            day_start=facts.day_start,
            week_start=rules.week_start,
            days_per_week=rules.days_per_week(last),
            minimum=rules.minimum(last),
            paused_days=sum(day <= last for day in paused),
            first_session_day=facts.first_session_day,
        ),
        hash="",
    )


def _near(facts: YearFacts) -> Rules:
    """The rules without time off that is far away: every day asks for it, and ten years hold dozens of stretches."""
    first = year_before(facts.period.first) - _WEEK
    since = facts.state.study_day if facts.state is not None else facts.first_session_day
    first, last = min(first, since or first), facts.period.end + _WEEK
    near = tuple(off for off in facts.rules.time_off if off.to_day >= first and off.from_day <= last)
    return facts.rules.replace(time_off=near)


def _zones(sessions: Sequence[StudiedSession]) -> tuple[str, ...]:
    counts: dict[str, int] = {}
    for session in sessions:
        counts[session[7]] = counts.get(session[7], 0) + 1
    return tuple(sorted(counts, key=lambda zone: (-counts[zone], zone)))


def _span(first: date, last: date) -> list[date]:
    return [date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1)]


def _by_day(totals: Iterable[TopicDay]) -> dict[date, int]:
    seconds: dict[date, int] = {}
    for day, _, value, _ in totals:
        seconds[day] = seconds.get(day, 0) + value
    return seconds


def _scan(facts: YearFacts) -> tuple[dict[date, str], int, date | None]:
    """(kind of each judged day of the period, longest run on any of them, the day on which it was that long)."""
    kinds: dict[date, str] = {}
    longest, ended = 0, None
    state = facts.state
    day = state.study_day + _DAY if state is not None else facts.first_session_day
    while day is not None and day <= facts.period.last:
        seconds = facts.since_state.get(day, 0)
        if day < facts.today:
            state = advance(state, day, seconds, facts.rules)
            kind = state.kind
        else:
            # Today, and a day that a flight west has made tomorrow again, are judged only once they are counted.
            state = peek(state, day, seconds, facts.rules)
            counted = seconds >= facts.rules.minimum(day)
            kind = "counted" if counted else "paused" if facts.rules.paused(day) else "none"
        if day >= facts.period.first:
            kinds[day] = kind
            if state is not None and state.run_days > longest:
                longest, ended = state.run_days, day
        day += _DAY
    return kinds, longest, ended


def _weeks(facts: YearFacts, by_day: Mapping[date, int], first: date, last: date, today: date) -> list[WeekResult]:
    """The weeks that have begun and whose fourth day lies in a period; a week belongs to the year of that day."""
    if facts.period.future:
        return []
    begin = facts.first_session_day or today
    found = []
    start = week_start_of(first, facts.rules.week_start)
    while start <= last:
        if first <= start + 3 * _DAY <= facts.period.end:
            found.append(week_result(start, by_day, facts.rules, begin))
        start += _WEEK
    return found


def _kept(weeks: Sequence[WeekResult], today: date) -> tuple[int, int]:
    """(kept, over): weeks that ask for nothing are left out, and the running one can only add."""
    over = [week for week in weeks if week.kept or (week.kept is False and week.start + 6 * _DAY < today)]
    return sum(week.kept is True for week in over), len(over)


def _topics(inside: Sequence[TopicDay], facts: YearFacts, *, compared: bool) -> tuple[TopicSum, ...]:
    seconds: dict[str, int] = {}
    sessions: dict[str, int] = {}
    for _, topic, value, number in inside:
        seconds[topic] = seconds.get(topic, 0) + value
        sessions[topic] = sessions.get(topic, 0) + number
    earlier: dict[str, int] = {}
    since, until = year_before(facts.period.first), year_before(facts.period.last)
    for day, topic, value, _ in facts.before:
        if since <= day <= until:
            earlier[topic] = earlier.get(topic, 0) + value
    ranked = sorted(seconds, key=lambda topic: (-seconds[topic], facts.names.get(topic, (topic, ""))[0], topic))
    return tuple(
        TopicSum(
            topic=topic,
            title=facts.names.get(topic, (topic, ""))[0],
            theme=facts.names.get(topic, (topic, ""))[1],
            seconds=seconds[topic],
            sessions=sessions[topic],
            before=earlier.get(topic, 0) if compared else None,
        )
        for topic in ranked
    )


def _months(facts: YearFacts, seconds: Mapping[date, int], *, compared: bool) -> tuple[MonthSum, ...]:
    if facts.period.future:
        return ()
    sums: dict[tuple[int, int], int] = {}
    for day, value in seconds.items():
        sums[day.year, day.month] = sums.get((day.year, day.month), 0) + value
    earlier: dict[tuple[int, int], int] = {}
    for day, _, value, _ in facts.before:
        earlier[day.year, day.month] = earlier.get((day.year, day.month), 0) + value
    months = []
    first = facts.period.first.replace(day=1)
    while first <= facts.period.last:
        following = (first + 31 * _DAY).replace(day=1)
        months.append(
            MonthSum(
                first=first,
                seconds=sums.get((first.year, first.month), 0),
                before=earlier.get((first.year - 1, first.month), 0) if compared else None,
                running=first <= facts.today < following and facts.period.so_far,
            )
        )
        first = following
    return tuple(months)


def _before(facts: YearFacts) -> Before | None:
    """The year before to the same date; None where nothing was logged up to then, or the period is over a year long."""
    period = facts.period
    began = facts.first_session_day
    if period.future or (period.end - period.first).days >= LONGEST_COMPARED or period.first.year <= date.min.year + 1:
        return None
    first, last = year_before(period.first), year_before(period.last)
    if began is None or began > last:
        return None
    by_day = _by_day(facts.before)
    inside = {day: value for day, value in by_day.items() if first <= day <= last}
    weeks = []
    start = week_start_of(first, facts.rules.week_start)
    while start + 6 * _DAY <= last:
        if first <= start + 3 * _DAY:
            weeks.append(week_result(start, by_day, facts.rules, began))
        start += _WEEK
    kept, over = _kept(weeks, facts.today)
    return Before(
        first=first,
        last=last,
        seconds=sum(inside.values()),
        days=sum(value >= facts.rules.minimum(day) for day, value in inside.items()),
        weeks_kept=kept,
        weeks_over=over,
    )


def as_of_end(resolution: Resolution, done: Done, period: Period) -> tuple[Resolution, Done]:
    """A resolution and what was done for it, without what came after the period."""
    if not period.so_far:
        last = period.end
        aims = tuple(aim for aim in resolution.aims if aim.entered_on <= last) or resolution.aims[:1]
        gone = resolution.let_go_on is not None and resolution.let_go_on > last
        resolution = resolution.replace(
            aims=aims,
            let_go_on=None if gone else resolution.let_go_on,
            let_go_why="" if gone else resolution.let_go_why,
        )
        done = done.replace(
            seconds={day: value for day, value in done.seconds.items() if day <= last},
            sessions={day: value for day, value in done.sessions.items() if day <= last},
            items={day: value for day, value in done.items.items() if day <= last},
        )
    return resolution, done


def _result(resolution: Resolution, done: Done, facts: YearFacts) -> ResolutionResult:
    resolution, done = as_of_end(resolution, done, facts.period)
    today = facts.today if facts.period.so_far or facts.period.future else min(facts.today, facts.period.end + _DAY)
    stands = standing(resolution, done, facts.rules, today)
    changes = [
        aim.entered_on
        for before, aim in zip(resolution.aims, resolution.aims[1:], strict=False)
        if aim.target != before.target
    ]
    if resolution.per is None:
        first_kept = stands.progress >= resolution.first_target
    else:
        first = standing(resolution.replace(aims=_with_first_target(resolution)), done, facts.rules, today)
        first_kept = bool(first.planned) and 10 * first.progress >= 8 * first.planned
    return ResolutionResult(
        resolution=resolution,
        standing=stands,
        changed_on=changes[-1] if changes else None,
        first_target_kept=first_kept,
    )


def _with_first_target(resolution: Resolution) -> tuple[object, ...]:
    return tuple(aim.replace(target=resolution.first_target) for aim in resolution.aims)


def _onward(facts: YearFacts) -> tuple[Onward, ...]:
    """What was decided; once one goes on, those that end with the period and don't are dropped."""
    if not facts.successors:
        return ()
    made = []
    for each, _ in facts.resolutions:
        after = facts.successors.get(each.id)
        if after is not None:
            smaller = after.measure == each.measure and after.per == each.per and after.target < each.target
            decision = "smaller" if smaller else "carry on"
            target = "" if after.measure == "done" else target_text(after.target, after.measure, after.kind, after.per)
        elif each.period_end <= facts.period.end:
            decision, target = "drop", ""
        else:
            continue
        made.append(Onward(resolution=each.id, statement=each.statement, decision=decision, target=target))
    return tuple(made)


def _pace(facts: YearFacts, seconds: Mapping[date, int], *, compared: bool) -> Pace:
    period = facts.period
    chosen = _led_by(facts)
    found: Mapping[date, int] = seconds
    plan: tuple[int, ...] = ()
    plan_first = target = needed = usual = None
    statement = ""
    if chosen is not None:
        resolution, done = as_of_end(*chosen, period)
        found = amounts(resolution, done, facts.rules)
        line = line_of(resolution, found, facts.rules)
        plan_first = max(line.first, period.first)
        last = min(resolution.period_end, period.end)
        plan = tuple(line.planned(day) for day in _span(plan_first, last + _DAY))
        today = facts.today if period.so_far else min(facts.today, period.end + _DAY)
        stands = standing(resolution, done, facts.rules, today)
        target, needed, usual = resolution.target, stands.needed_per_week, stands.usual_per_week
        statement = resolution.statement
    sums, so_far = [], 0
    for day in () if period.future else _span(period.first, period.last):
        so_far += found.get(day, 0)
        sums.append(so_far)
    earlier: list[int] = []
    if compared and (chosen is None or not chosen[0].scope):
        by_day, so_far = _by_day(facts.before), 0
        for day in _span(year_before(period.first), year_before(period.end)):
            so_far += by_day.get(day, 0)
            earlier.append(so_far)
    return Pace(
        done=tuple(sums),
        before=tuple(earlier),
        statement=statement,
        plan_first=plan_first,
        plan=plan,
        target=target,
        needed_per_week=needed,
        usual_per_week=usual,
    )


def _led_by(facts: YearFacts) -> tuple[Resolution, Done] | None:
    """The resolution over hours whose plan is drawn: one that fills the period and has all topics, else the largest."""
    period = facts.period
    found = [
        (resolution, done)
        for resolution, done in facts.resolutions
        if resolution.measure == "hours"
        and resolution.per is None
        and resolution.let_go_on is None
        and resolution.period_start >= period.first
        and resolution.period_end <= period.end
    ]
    return max(found, key=lambda pair: (not pair[0].scope, pair[0].target), default=None)
