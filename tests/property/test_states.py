"""What is kept per closed day stays right: over edits of the past, new rules, days that pass and forgotten days."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from learnhabit.domain.cadence import Cadence, DailyAmount, Rules, TimeOff
from learnhabit.domain.scan import ScanState, advance, peek
from tests.property.histories import FIRST, LONGEST, History, histories

DAY = timedelta(days=1)
ENOUGH = 3600
"""Seconds that are over every minimum."""


def replay(seconds: dict[date, int], rules: Rules, first: date, last: date) -> dict[date, ScanState]:
    """The state at the end of every day, with nothing kept."""
    states: dict[date, ScanState] = {}
    state, day = None, first
    while day <= last:
        state = states[day] = advance(state, day, seconds.get(day, 0), rules)
        day += DAY
    return states


def kept(state: ScanState) -> ScanState:
    """A state that was written down and read again."""
    values = json.loads(json.dumps({**vars(state), "study_day": state.study_day.isoformat()}))
    return ScanState(**{**values, "study_day": date.fromisoformat(values["study_day"])})


@given(histories(), st.integers(0, LONGEST - 1), st.sampled_from([0, 60, 600, ENOUGH]))
def test_after_an_edit_of_the_past_the_scan_goes_on_from_the_state_before_it(
    history: History, number: int, seconds: int
) -> None:
    before = replay(history.seconds(), history.rules, FIRST, history.today)
    day = FIRST + number % len(history.days) * DAY
    edited = {**history.seconds(), day: seconds}
    whole = replay(edited, history.rules, FIRST, history.today)
    # No day before the edited one is judged anew, and nothing but the state before it is needed for the rest.
    assert all(before[each] == whole[each] for each in whole if each < day)
    state = kept(before[day - DAY]) if day > FIRST else None
    while day <= history.today:
        state = advance(state, day, edited.get(day, 0), history.rules)
        assert kept(state) == whole[day]
        day += DAY


@given(
    histories(),
    st.integers(1, 7),
    st.sampled_from([60, 600, 3600]),
    st.integers(0, 9),
    st.sampled_from([0, 400, ENOUGH]),
)
def test_nothing_that_is_set_or_logged_today_judges_a_closed_day_anew(
    history: History, n: int, minimum: int, days_off: int, seconds: int
) -> None:
    today, rules = history.today, history.rules
    off = TimeOff(id="new", from_day=today, to_day=today + days_off * DAY, why="", entered_on=today, removed_on=None)
    up_to_now = rules.replace(
        cadences=tuple(row for row in rules.cadences if row.effective_from < today),
        minimums=tuple(row for row in rules.minimums if row.effective_from < today),
        # What was declared already and is not over is removed today.
        time_off=tuple(
            row.replace(removed_on=min(row.removed_on or today, today)) if row.to_day >= today else row
            for row in rules.time_off
        ),
    )
    changed = up_to_now.replace(
        cadences=(*up_to_now.cadences, Cadence(effective_from=today, days_per_week=n, weekdays=())),
        minimums=(*up_to_now.minimums, DailyAmount(effective_from=today, seconds=minimum)),
        time_off=(*up_to_now.time_off, off),
    )
    closed = replay(history.seconds(), rules, FIRST, today - DAY)
    logged = {**history.seconds(), today: seconds}
    assert replay(logged, changed, FIRST, today - DAY) == closed
    # Nor does it take anything away today; a counted day gives.
    yesterday = closed.get(today - DAY)
    now = peek(yesterday, today, seconds, changed)
    is_counted = seconds >= minimum
    run, longest = (yesterday.run_days, yesterday.longest_run) if yesterday else (0, 0)
    assert (now.run_days if now else 0) == run + is_counted
    assert (now.longest_run if now else 0) == max(longest, run + is_counted)
    assert (now.strength if now else 0) >= (yesterday.strength if yesterday else 0)


@given(histories())
def test_what_a_day_does_to_the_state(history: History) -> None:
    states = [*replay(history.seconds(), history.rules, FIRST, history.today).values()]
    begin = ScanState(
        study_day=FIRST - DAY,
        kind="paused",
        strength=0.0,
        run_days=0,
        longest_run=0,
        run_window=None,
        effort_window=None,
    )
    for before, after in pairwise([begin, *states]):
        assert after.study_day == before.study_day + DAY
        assert 0 <= after.strength <= 1
        assert after.longest_run == max(before.longest_run, after.run_days)
        assert (after.run_days == 0) == (after.run_window is None)
        # An effort is part of a run: it ends no later.
        assert after.effort_window is None or (after.run_window or "").endswith(after.effort_window)
        if after.kind == "counted":
            assert after.run_days == before.run_days + 1
            assert before.strength < after.strength or after.strength > 0.999_999
        elif after.kind == "missed":
            assert after.run_days <= before.run_days
            assert after.effort_window is None
            assert after.strength < before.strength or before.strength == 0
        else:
            assert after.strength == before.strength
            # A day off is one of its effort; the run may reach further back and lose its oldest days to it.
            assert after.run_days == before.run_days or (after.kind == "day off" and after.run_days < before.run_days)


@given(histories(), st.integers(-20, LONGEST - 1))
def test_a_forgotten_day_never_shortens_the_run_of_any_day_nor_the_longest(history: History, number: int) -> None:
    forgotten = FIRST + min(number, len(history.days) - 1) * DAY
    before = replay(history.seconds(), history.rules, FIRST, history.today)
    later = {**history.seconds(), forgotten: ENOUGH}
    after = replay(later, history.rules, min(FIRST, forgotten), history.today)
    for day, state in before.items():
        assert after[day].run_days >= state.run_days
        assert after[day].longest_run >= state.longest_run


@given(histories(), st.integers(1, 20))
def test_days_that_pass_without_study_never_lengthen_a_run_nor_strengthen(history: History, days: int) -> None:
    states = [
        *replay(history.seconds(), history.rules, FIRST, history.today + days * DAY).values(),
    ][len(history.days) - 1 :]
    for before, after in pairwise(states):
        assert after.run_days <= before.run_days
        assert after.longest_run == before.longest_run
        assert after.strength <= before.strength
