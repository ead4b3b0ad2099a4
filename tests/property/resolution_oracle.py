"""Where a resolution stands, slowly: one planned increment a day and walks through the days, as the rules are worded.

It shares nothing with the program's arithmetic: exact fractions, a list of increments, and the statistics module.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from learnhabit.domain.cadence import Rules
from learnhabit.domain.resolution import Done, Resolution
from tests.property.oracles import counted, off

DAY = timedelta(days=1)
FEW, FULL = 3, 4


class Answer(NamedTuple):
    """What the program's `Standing` holds, without the running period."""

    progress: int
    planned: int
    delta: int
    safe_days: int | None
    needed: Fraction | None
    usual: Fraction | None
    projected_from: date | None
    projected_to: date | None
    state: str
    reached_on: date | None


def days(first: date, last: date) -> list[date]:
    """Every day from one to the other, both included."""
    return [first + DAY * number for number in range((last - first).days + 1)]


def known_on(rules: Rules, day: date) -> Rules:
    """Time off as it stood at the end of a day."""
    return rules.replace(
        time_off=tuple(
            each.replace(removed_on=each.removed_on if each.removed_on is not None and each.removed_on <= day else None)
            for each in rules.time_off
            if each.entered_on <= day
        )
    )


def amounts(resolution: Resolution, done: Done, rules: Rules) -> Mapping[date, int]:
    """What counts on each day."""
    if resolution.measure == "hours":
        return done.seconds
    if resolution.measure == "sessions":
        return done.sessions
    if resolution.measure == "days":
        return {day: 1 for day in done.seconds if counted(dict(done.seconds), rules, day)}
    return done.items


def total(found: Mapping[date, int], first: date, last: date) -> int:
    """The sum from one day to the other."""
    return sum(found.get(day, 0) for day in days(first, last))


def increments(resolution: Resolution, start: int, rules: Rules) -> dict[date, Fraction]:
    """One planned increment a day, by the procedure: a change on day e first eases the past, then aims anew."""
    first = resolution.first_day
    aims = {max(aim.entered_on, first): aim for aim in resolution.aims}
    changes = {first, *aims}
    for each in rules.time_off:
        changes |= {day for day in (each.entered_on, each.removed_on) if day is not None and day > first}
    plan: dict[date, Fraction] = {}
    aim = aims[first]
    target = aim.target
    for day in sorted(changes):
        now = known_on(rules, day)
        aim = aims.get(day, aim)
        for before in plan:
            if before < day and off(now, before):
                plan[before] = Fraction(0)
        if aim.target < target and target > start:
            factor = Fraction(max(0, aim.target - start), target - start)
            for before in plan:
                if before < day:
                    plan[before] *= factor
        target = aim.target
        plan = {before: value for before, value in plan.items() if before < day}
        ahead = [each for each in days(day, aim.period_end) if not off(now, each)]
        if ahead:
            step = max(Fraction(0), (target - start - sum(plan.values(), Fraction(0))) / len(ahead))
            plan |= dict.fromkeys(ahead, step)
    return plan


def planned(start: int, plan: Mapping[date, Fraction], day: date) -> int:
    """The sum over the days before a day, rounded down."""
    return floor(start + sum((value for each, value in plan.items() if each < day), Fraction(0)))


def full_weeks(found: Mapping[date, int], first: date, today: date, rules: Rules) -> list[Fraction]:
    """Weeks that are over with at least four unpaused days, scaled to seven, newest first."""
    begins = {"monday": 0, "sunday": 6, "saturday": 5}[rules.week_start]
    end = today
    while end.weekday() != begins:
        end -= DAY
    weeks = []
    while end > first:
        week = [day for day in days(end - 7 * DAY, end - DAY) if day >= first]
        unpaused = sum(not off(rules, day) for day in week)
        if unpaused >= FULL:
            weeks.append(Fraction(sum(found.get(day, 0) for day in week) * 7, unpaused))
        end -= 7 * DAY
    return weeks


def finish(remaining: int, pace: Fraction, begin: date, rules: Rules) -> date | None:
    """Walk the unpaused days until the pace has brought what remains."""
    if pace <= 0 or remaining <= 0:
        return None
    latest = date(begin.year + 10, begin.month, 28 if (begin.month, begin.day) == (2, 29) else begin.day)
    needed, day = ceil(remaining / (pace / 7)), begin
    while day <= latest:
        needed -= not off(rules, day)
        if needed == 0:
            return day
        day += DAY
    return None


def standing(resolution: Resolution, done: Done, rules: Rules, today: date) -> Answer:
    """Where one that does not recur stands."""
    found = amounts(resolution, done, rules)
    first, end = resolution.period_start, resolution.period_end
    progress = total(found, first, end)
    reached = next((day for day in days(first, end) if total(found, first, day) >= resolution.target), None)
    ended = "let go" if resolution.let_go_on else "kept" if reached else "not kept" if today > end else None
    if resolution.measure == "done":
        return Answer(progress, 0, progress, None, None, None, None, None, ended or "on pace", reached)
    start = total(found, first, resolution.first_day - DAY)
    plan = increments(resolution, start, rules)
    line = planned(start, plan, today)
    safe: int | None
    if progress >= line:
        safe = max(
            [k for k in range((end - today).days + 1) if progress >= planned(start, plan, today + k * DAY)] or [0]
        )
    else:
        back = [day for day in reversed(days(resolution.first_day, today - DAY)) if not off(rules, day)]
        safe = -next(j for j, day in enumerate(back, 1) if progress >= planned(start, plan, day))
    if ended == "let go":
        safe = None
    if ended == "let go" or today > end:
        return Answer(progress, line, progress - line, safe, None, None, None, None, ended or "not kept", reached)
    remaining = max(0, resolution.target - progress)
    begin = max(today, first)
    left = sum(not off(rules, day) for day in days(begin, end))
    needed = Fraction(remaining) / max(Fraction(1), Fraction(left, 7))
    weeks = full_weeks(found, done.first_session_day, today, rules) if done.first_session_day else []
    usual = early = late = None
    if resolution.measure in ("resources", "count"):
        weeks = weeks[:13]
        if len(weeks) >= FEW:
            usual = statistics.mean(weeks)
            ends = [finish(remaining, pace, begin, rules) for pace in (statistics.mean(weeks[:6]), usual)]
            known = sorted(day for day in ends if day is not None)
            early, late = (*known, None, None)[:2]
    else:
        weeks = weeks[:6]
        if len(weeks) >= FEW:
            usual = statistics.median(weeks)
            low, _, high = statistics.quantiles(weeks, n=4, method="inclusive")
            early, late = finish(remaining, high, begin, rules), finish(remaining, low, begin, rules)
    if ended is None and progress < line:
        since = full_weeks(found, resolution.first_day, today, rules)
        hopeless = len(since) >= 4 and max(since) > 0 and needed > 2 * max(since)
        ended = "out of reach" if hopeless else "behind"
    ended = ended or ("ahead" if progress > line and safe is not None and safe >= 7 else "on pace")
    return Answer(progress, line, progress - line, safe, needed, usual, early, late, ended, reached)


class Run(NamedTuple):
    """Where a recurring one stands."""

    progress: int
    planned: int
    safe_days: int | None
    state: str
    running: tuple[date, date, int, Fraction, int] | None
    """(first day, last day, progress, target, days left)."""


def unit(per: str, day: date, week_start: str) -> list[date]:
    """The days of the day, week or month that holds a day."""
    if per == "day":
        return [day]
    if per == "week":
        begins = {"monday": 0, "sunday": 6, "saturday": 5}[week_start]
        while day.weekday() != begins:
            day -= DAY
        return days(day, day + 6 * DAY)
    return [each for each in days(day - 31 * DAY, day + 31 * DAY) if (each.year, each.month) == (day.year, day.month)]


def target_on(resolution: Resolution, day: date) -> int:
    """The target in force on a day."""
    before = [aim.target for aim in resolution.aims if aim.entered_on <= day]
    return before[-1] if before else resolution.first_target


def period(
    resolution: Resolution, found: Mapping[date, int], rules: Rules, day: date
) -> tuple[list[date], bool, Fraction]:
    """(its days inside the resolution, whether it is whole, its target) of the period that holds a day."""
    whole = unit(str(resolution.per), day, rules.week_start)
    inside = [each for each in whole if resolution.first_day <= each <= resolution.period_end]
    share = Fraction(sum(not off(rules, each) for each in inside), len(whole))
    target = min(target_on(resolution, each) for each in inside) * share
    if resolution.measure != "hours":
        target = Fraction(floor(target + Fraction(1, 2)))
    return inside, inside == whole, target


def recurring(resolution: Resolution, done: Done, rules: Rules, today: date) -> Run:
    """The periods that are over, and the one that runs."""
    found = amounts(resolution, done, rules)
    kept = over = 0
    day = resolution.first_day
    while day <= resolution.period_end:
        inside, whole, target = period(resolution, found, rules, day)
        reached = sum(found.get(each, 0) for each in inside) >= target
        if inside[-1] < today and target > 0 and (whole or reached):
            over += 1
            kept += reached
        day = inside[-1] + DAY
    running, safe = None, None
    if resolution.first_day <= today <= resolution.period_end:
        inside, _, target = period(resolution, found, rules, today)
        progress = sum(found.get(each, 0) for each in inside)
        studied = found
        if resolution.measure in ("hours", "sessions"):
            studied = {each: found.get(each, 0) for each in done.seconds if counted(dict(done.seconds), rules, each)}
        begin = today + DAY if studied.get(today, 0) else today
        left = sum(not off(rules, each) for each in days(begin, inside[-1]))
        last = [studied[each] for each in sorted(studied) if each <= today and studied[each]][-20:]
        guess = 1800 if resolution.measure == "hours" else 1
        usual = Fraction(guess) if len(last) < 5 else Fraction(statistics.median(map(Fraction, last)))
        reachable = [k for k in range(left + 1) if progress + (left - k) * usual >= target]
        safe = max(reachable, default=0 if resolution.per == "day" else -1)
        running = (inside[0], inside[-1], progress, target, left)
    if resolution.let_go_on:
        return Run(kept, over, None, "let go", running)
    if today > resolution.period_end:
        return Run(
            kept, over, safe, "kept" if over and Fraction(kept, over) >= Fraction(8, 10) else "not kept", running
        )
    return Run(kept, over, safe, "behind" if safe is not None and safe < 0 else "on pace", running)
