"""The resolutions of a period: where they stood at its end, what goes on, and the pace against the largest plan."""

from __future__ import annotations

from datetime import date, timedelta

from learnhabit.domain.resolution import Done, Resolution, amounts, line_of, standing
from learnhabit.domain.resolution_words import target_text
from learnhabit.domain.year_facts import YearFacts, days_of, seconds_by_day, year_before
from learnhabit.domain.year_summary import Onward, Pace, Period, ResolutionResult

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_DAY = timedelta(days=1)


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


def result_of(resolution: Resolution, done: Done, facts: YearFacts) -> ResolutionResult:
    """Where a resolution stood at the period's end, or stands today while it runs."""
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


def onward_of(facts: YearFacts) -> tuple[Onward, ...]:
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


def pace_of(facts: YearFacts, seconds: Mapping[date, int], *, compared: bool) -> Pace:
    """What was done day by day, against the plan of the resolution over hours that leads, and the year before."""
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
        plan = tuple(line.planned(day) for day in days_of(plan_first, last + _DAY))
        today = facts.today if period.so_far else min(facts.today, period.end + _DAY)
        stands = standing(resolution, done, facts.rules, today)
        target, needed, usual = resolution.target, stands.needed_per_week, stands.usual_per_week
        statement = resolution.statement
    sums, so_far = [], 0
    for day in () if period.future else days_of(period.first, period.last):
        so_far += found.get(day, 0)
        sums.append(so_far)
    earlier: list[int] = []
    if compared and (chosen is None or not chosen[0].scope):
        by_day, so_far = seconds_by_day(facts.before), 0
        for day in days_of(year_before(period.first), year_before(period.end)):
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
