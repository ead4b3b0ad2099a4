"""Where resolutions stand, against the slow oracle, and what must hold whatever was done."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnhabit.domain.cadence import TimeOff
from learnhabit.domain.resolution import Aim, Done, amounts, line_of, standing
from tests.property import resolution_oracle as oracle
from tests.property.resolution_histories import Case, cases

DAY = timedelta(days=1)


def stands(case: Case, **changes: object) -> str:
    """The state."""
    return standing(case.resolution.replace(**changes), case.done, case.rules, case.today).state


@given(cases())
def test_it_stands_where_the_oracle_says(case: Case) -> None:
    found = standing(case.resolution, case.done, case.rules, case.today)
    wanted = oracle.standing(case.resolution, case.done, case.rules, case.today)
    assert (found.progress, found.planned, found.delta) == (wanted.progress, wanted.planned, wanted.delta)
    assert found.safe_days == wanted.safe_days
    assert found.needed_per_week == (None if wanted.needed is None else pytest.approx(float(wanted.needed), rel=1e-12))
    assert found.usual_per_week == (None if wanted.usual is None else pytest.approx(float(wanted.usual), rel=1e-12))
    assert (found.projected_from, found.projected_to) == (wanted.projected_from, wanted.projected_to)
    assert (found.state, found.reached_on) == (wanted.state, wanted.reached_on)


@given(cases(per=True))
def test_a_recurring_one_stands_where_the_oracle_says(case: Case) -> None:
    found = standing(case.resolution, case.done, case.rules, case.today)
    wanted = oracle.recurring(case.resolution, case.done, case.rules, case.today)
    assert (found.progress, found.planned) == (wanted.progress, wanted.planned)
    assert (found.safe_days, found.state) == (wanted.safe_days, wanted.state)
    running = found.running
    assert (running is None) == (wanted.running is None)
    if running is not None and wanted.running is not None:
        first, last, progress, target, left = wanted.running
        assert (running.start, running.end, running.progress, running.days_left) == (first, last, progress, left)
        assert running.target == pytest.approx(float(target), rel=1e-12)
    assert (found.needed_per_week, found.usual_per_week, found.projected_from, found.projected_to) == (None,) * 4


@given(cases())
def test_states_never_contradict_each_other(case: Case) -> None:
    found = standing(case.resolution, case.done, case.rules, case.today)
    if found.state == "kept":
        assert found.delta >= 0 or case.today > case.resolution.period_end
        assert found.progress >= case.resolution.target
    if found.safe_days is not None:
        assert (found.safe_days >= 0) == (found.delta >= 0)
    if found.state == "ahead":
        assert found.progress > 0 and found.delta > 0
    if found.state in ("behind", "out of reach"):
        assert found.delta < 0


@given(cases())
def test_the_line_only_rises_and_ends_at_the_target(case: Case) -> None:
    resolution, rules = case.resolution, case.rules
    if resolution.measure == "done":
        return
    line = line_of(resolution, amounts(resolution, case.done, rules), rules)
    behind_last = resolution.period_end + DAY
    values = [line.exact(line.first + number * DAY) for number in range((behind_last - line.first).days + 1)]
    assert all(a[0] * b[1] <= b[0] * a[1] for a, b in pairwise(values))
    last_change = max([line.first, *(aim.entered_on for aim in resolution.aims), *changes_of(rules.time_off)])
    if line.off.count(last_change, resolution.period_end) and resolution.target >= line.planned(last_change):
        assert values[-1] == (resolution.target, 1)


def changes_of(offs: tuple[TimeOff, ...]) -> list[date]:
    return [day for off in offs for day in (off.entered_on, off.removed_on) if day is not None]


@given(cases(), st.integers(1, 300))
def test_whoever_resolves_is_not_behind_the_minute_after(case: Case, share: int) -> None:
    made = case.resolution.replace(
        made_on=case.today,
        aims=(case.resolution.aims[0].replace(entered_on=case.today, target=share),),
        let_go_on=None,
    )
    if case.today <= made.period_end:
        found = standing(made, case.done, case.rules, case.today)
        assert found.state in ("kept", "ahead", "on pace")
        assert found.safe_days is None or found.safe_days >= 0


@given(cases(), st.integers(1, 300), st.integers(0, 40))
def test_nobody_is_behind_who_aims_anew_and_was_not(case: Case, share: int, more: int) -> None:
    resolution = case.resolution
    if case.today > resolution.period_end or resolution.measure == "done" or resolution.let_go_on:
        return
    target = max(1, resolution.target * share // 100)
    aim = Aim(entered_on=case.today, target=target, period_end=resolution.period_end + more * DAY)
    before = standing(resolution, case.done, case.rules, case.today)
    after = standing(resolution.replace(aims=(*resolution.aims, aim)), case.done, case.rules, case.today)
    entered_today = resolution.aims[-1].entered_on == case.today
    # Several changes on one day are one, the last: a target that was lowered today and is raised again eases less.
    if before.delta >= 0 and (not entered_today or target <= resolution.target):
        assert after.delta >= 0
    if target >= resolution.target and not entered_today:
        assert after.planned == before.planned, "aiming higher moves nothing that is over"
    if target <= resolution.target and not entered_today:
        assert after.planned <= before.planned


@given(cases(), st.integers(0, 30), st.integers(0, 30), st.booleans())
def test_nobody_is_behind_who_plans_time_off_and_was_not(case: Case, begin: int, length: int, past: bool) -> None:
    first = case.today - begin * DAY if past else case.today + begin * DAY
    last = first + length * DAY
    off = TimeOff(id="new", from_day=first, to_day=last, why="", entered_on=case.today, removed_on=None)
    before = standing(case.resolution, case.done, case.rules, case.today)
    rules = case.rules.replace(time_off=(*case.rules.time_off, off))
    after = standing(case.resolution, case.done, rules, case.today)
    assert after.planned <= before.planned
    if not past:
        assert after.planned == before.planned, "time off ahead moves nothing that is over"
    if before.delta >= 0:
        assert after.delta >= 0


@given(cases(), st.integers(0, 60), st.integers(60, 7200))
def test_more_work_never_makes_it_worse(case: Case, back: int, seconds: int) -> None:
    day = case.today - back * DAY
    more = Done(
        seconds={**case.done.seconds, day: case.done.seconds.get(day, 0) + seconds},
        sessions={**case.done.sessions, day: case.done.sessions.get(day, 0) + 1},
        items={**case.done.items, day: case.done.items.get(day, 0) + 1},
        first_session_day=case.done.first_session_day,
    )
    if day < case.resolution.first_day:
        # The line starts at what was done before its first day, so more of that moves the line, too.
        return
    before = standing(case.resolution, case.done, case.rules, case.today)
    after = standing(case.resolution, more, case.rules, case.today)
    assert after.progress >= before.progress and after.planned == before.planned
    if before.safe_days is not None and after.safe_days is not None:
        assert after.safe_days >= before.safe_days
