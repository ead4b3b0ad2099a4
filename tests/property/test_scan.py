"""The scan, run, strength, safe days and weeks against their oracles, over random histories."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from learnhabit.domain.cadence import Rules
from learnhabit.domain.run import safe_days
from learnhabit.domain.scan import ScanState, advance, peek
from learnhabit.domain.study_day import week_start_of
from learnhabit.domain.week import week_result, weeks_in_row
from tests.property import oracles
from tests.property.histories import FIRST, History, histories

DAY = timedelta(days=1)


def closed(seconds: dict[date, int], rules: Rules, today: date) -> list[ScanState]:
    """The states of every day before today."""
    states: list[ScanState] = []
    state, day = None, FIRST
    while day < today:
        state = advance(state, day, seconds.get(day, 0), rules)
        states.append(state)
        day += DAY
    return states


def as_of(seconds: dict[date, int], rules: Rules, today: date) -> ScanState | None:
    """The state as of today."""
    states = closed(seconds, rules, today)
    return peek(states[-1] if states else None, today, seconds.get(today, 0), rules)


def run_of(seconds: dict[date, int], rules: Rules, today: date) -> int:
    """The run as of today."""
    state = as_of(seconds, rules, today)
    return state.run_days if state else 0


@given(histories())
def test_every_day_is_what_its_words_say(history: History) -> None:
    states = closed(history.seconds(), history.rules, history.today)
    expected = oracles.kinds(history.seconds(), history.rules, FIRST, history.today - DAY)
    assert {state.study_day: state.kind for state in states} == expected


@given(histories())
def test_the_run_is_the_longest_stretch_that_keeps_the_cadence(history: History) -> None:
    expected = oracles.run(history.seconds(), history.rules, FIRST, history.today)
    assert run_of(history.seconds(), history.rules, history.today) == expected


# The oracle tries every beginning of every day's run: shorter histories, or it would outlast all other tests together.
@given(histories(longest=35))
def test_the_longest_run_is_the_largest_it_ever_was(history: History) -> None:
    state = as_of(history.seconds(), history.rules, history.today)
    expected = oracles.longest_run(history.seconds(), history.rules, FIRST, history.today)
    assert (state.longest_run if state else 0) == expected


@given(histories())
def test_strength_is_the_smoothing_of_what_was_judged(history: History) -> None:
    state = as_of(history.seconds(), history.rules, history.today)
    expected = oracles.strength(history.seconds(), history.rules, FIRST, history.today)
    strength = state.strength if state else 0.0
    assert abs(strength - expected) < 1e-12
    assert 0 <= strength < 1


@given(histories())
def test_safe_days_can_be_left_out_and_no_more(history: History) -> None:
    rules, today = history.rules, history.today
    # What is set for days to come is not known today.
    rules = rules.replace(cadences=tuple(each for each in rules.cadences if each.effective_from <= today))
    state = as_of(history.seconds(), rules, today)
    found = safe_days(state.run_window if state else None, rules.days_per_week(today))
    assert found == oracles.safe_days(history.seconds(), rules, FIRST, today)


@given(histories())
def test_a_day_that_passes_never_lengthens_a_run(history: History) -> None:
    seconds, rules, today = history.seconds(), history.rules, history.today
    assert run_of(seconds, rules, today + DAY) <= run_of(seconds, rules, today)


@given(histories())
def test_a_counted_day_adds_exactly_one(history: History) -> None:
    seconds, rules, today = history.seconds(), history.rules, history.today
    without = {day: value for day, value in seconds.items() if day != today}
    if today == FIRST:
        return
    assert run_of({**without, today: 3600}, rules, today) == run_of(without, rules, today) + 1


@given(histories(), st.data())
def test_a_forgotten_day_logged_later_never_shortens_a_run(history: History, data: st.DataObject) -> None:
    seconds, rules, today = history.seconds(), history.rules, history.today
    forgotten = FIRST + DAY * data.draw(st.integers(0, len(history.days) - 1))
    later = {**seconds, forgotten: max(3600, seconds.get(forgotten, 0))}
    assert run_of(later, rules, today) >= run_of(seconds, rules, today)


@given(histories(), st.integers(0, 7200))
def test_logging_today_judges_no_earlier_day_anew(history: History, more: int) -> None:
    seconds, rules, today = history.seconds(), history.rules, history.today
    before = closed(seconds, rules, today)
    assert closed({**seconds, today: seconds.get(today, 0) + more}, rules, today) == before


@given(histories(), st.data())
def test_a_scan_that_goes_on_from_a_kept_state_is_the_whole_scan(history: History, data: st.DataObject) -> None:
    states = closed(history.seconds(), history.rules, history.today)
    if not states:
        return
    start = data.draw(st.integers(0, len(states) - 1))
    state = states[start]
    for expected in states[start + 1 :]:
        state = advance(state, expected.study_day, history.seconds().get(expected.study_day, 0), history.rules)
        assert state == expected


@given(histories())
def test_a_rule_changes_nothing_before_it_is_in_force(history: History) -> None:
    seconds, rules, today = history.seconds(), history.rules, history.today
    known = rules.replace(
        cadences=tuple(each for each in rules.cadences if each.effective_from <= today),
        minimums=tuple(each for each in rules.minimums if each.effective_from <= today),
    )
    assert as_of(seconds, rules, today) == as_of(seconds, known, today)


@given(histories(), st.integers(-2, 14))
def test_a_week_needs_its_share_of_its_unpaused_days(history: History, number: int) -> None:
    start = week_start_of(FIRST, history.rules.week_start) + timedelta(weeks=number)
    result = week_result(start, history.seconds(), history.rules, FIRST)
    days, need = oracles.week(history.seconds(), history.rules, start, FIRST)
    assert (result.counted_days, result.need) == (days, need)
    assert result.kept == (None if need == 0 else days >= need)


@given(histories())
def test_weeks_in_a_row_end_at_the_first_week_not_kept(history: History) -> None:
    running = week_start_of(history.today, history.rules.week_start)
    results = []
    start = running
    while start > FIRST - timedelta(weeks=1):
        results.append(week_result(start, history.seconds(), history.rules, FIRST))
        start -= timedelta(weeks=1)
    expected = 0
    for position, result in enumerate(results):
        if result.kept is False and position > 0:
            break
        expected += result.kept is True
    read = 0

    def one_by_one() -> object:
        nonlocal read
        for result in results:
            read += 1
            yield result

    assert weeks_in_row(one_by_one()) == expected  # type: ignore[arg-type]
    not_kept = [position for position, result in enumerate(results) if result.kept is False and position > 0]
    assert read == (not_kept[0] + 1 if not_kept else len(results))
