"""Summing up a period: pure, from what was read. Every sum is made of the same totals, so that none can disagree."""

from __future__ import annotations

from datetime import date, timedelta

from learnhabit.domain.day_rhythm import rhythm
from learnhabit.domain.pace import total
from learnhabit.domain.scan import advance, peek
from learnhabit.domain.study_day import week_start_of
from learnhabit.domain.week import WeekResult, week_result
from learnhabit.domain.year_facts import LONGEST_COMPARED, YearFacts, days_of, seconds_by_day, year_before
from learnhabit.domain.year_resolutions import onward_of, pace_of, result_of
from learnhabit.domain.year_summary import Before, Counting, DaySum, MonthSum, TopicSum, WeekSum, YearSummary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from learnhabit.domain.cadence import Rules
    from learnhabit.domain.day_rhythm import StudiedSession
    from learnhabit.domain.year_facts import TopicDay

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)


def year_summary(facts: YearFacts) -> YearSummary:
    """The summary, without its hash."""
    period = facts.period
    first, last = period.first, period.last
    whole, facts = facts, facts.replace(rules=_near(facts))
    rules = facts.rules
    by_day = seconds_by_day(facts.totals)
    inside = [each for each in facts.totals if first <= each[0] <= last]
    seconds = seconds_by_day(inside)
    sessions = sum(each[3] for each in inside)
    kinds, run_longest, run_ended = _scan(facts)
    days = () if period.future else days_of(first, last)
    heatmap = tuple(DaySum(day=day, seconds=seconds.get(day, 0), kind=kinds.get(day, "none")) for day in days)
    paused = frozenset(day for day in days_of(first, period.end) if rules.paused(day))
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
        resolutions=tuple(result_of(each, done, whole) for each, done in facts.resolutions),
        paused=paused,
        before=before,
        pace=pace_of(whole, seconds, compared=before is not None),
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
        onward=onward_of(facts),
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


def _scan(facts: YearFacts) -> tuple[dict[date, str], int, date | None]:
    """(kind of each judged day of the period, longest run on any of them, the day on which it was that long)."""
    kinds: dict[date, str] = {}
    longest, ended = 0, None
    if facts.period.future:
        return kinds, longest, ended
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
    by_day = seconds_by_day(facts.before)
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
