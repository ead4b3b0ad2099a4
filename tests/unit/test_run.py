"""The run, the longest run and safe days, in pictures; the last day of a picture is today."""

from __future__ import annotations

import pytest

from learnhabit.domain.run import keeps_cadence, run_step, safe_days
from tests.unit.pictures import closed, today


@pytest.mark.parametrize(
    ("n", "picture", "run", "longest", "safe"),
    [
        # Today is not judged before it is over, but adds as soon as it is counted.
        (5, ".", 0, 0, 0),
        (5, "#", 1, 1, 2),
        (5, "#.", 1, 1, 2),
        (5, "#..", 1, 1, 1),
        (5, "#...", 1, 1, 0),
        (5, "#....", 0, 1, 0),
        (5, "#...#", 1, 1, 2),
        # A kept week; the third free day in seven breaks it.
        (5, "#####", 5, 5, 2),
        (5, "#####..", 5, 5, 1),
        (5, "#####..#", 6, 6, 0),
        (5, "#####...", 5, 5, 0),
        (5, "#####....", 0, 5, 0),
        (5, "#####..#####..#####..", 15, 15, 1),
        # A broken stretch begins anew at the next counted day from which it holds: nothing of it is lost there.
        (5, "###..###..", 3, 6, 1),
        (5, "###..###.#", 4, 6, 1),
        # Every day: a single free day ends it.
        (7, "#########", 9, 9, 0),
        (7, "####.", 4, 4, 0),
        (7, "####..", 0, 4, 0),
        (7, "####.#", 1, 4, 0),
        # Once a week.
        (1, "#", 1, 1, 6),
        (1, "#......#", 2, 2, 6),
        (1, "#......#......#......", 3, 3, 1),
        # Time off is no free day, and neither ends nor lengthens anything.
        (5, "###//////#", 4, 4, 2),
        (5, "###..//.", 3, 3, 0),
        (5, "###..//..", 0, 3, 0),
        (5, "###..++++.", 7, 7, 0),
    ],
)
def test_run(n: int, picture: str, run: int, longest: int, safe: int) -> None:
    state = today(picture, n)
    if state is None:
        assert (run, longest, safe) == (0, 0, 0)
        return
    assert (state.run_days, state.longest_run, safe_days(state.run_window, n)) == (run, longest, safe)


@pytest.mark.parametrize(
    ("picture", "n", "changes", "run", "safe"),
    [
        # Windows begin anew where n changes: what was allowed before is not counted against it …
        ("#..#..#", 3, {6: 6}, 3, 1),
        ("#..#...", 3, {5: 6}, 2, 0),
        # … and the run goes on; when it breaks, nothing before the change is left of it.
        ("#..#....", 3, {5: 6}, 0, 0),
        ("#..##..", 3, {4: 6}, 3, 0),
        ("#..##...", 3, {4: 6}, 0, 0),
        ("#######..", 7, {7: 5}, 7, 1),
        ("#####..#", 5, {7: 5}, 6, 0),
    ],
)
def test_run_over_a_new_cadence(picture: str, n: int, changes: dict[int, int], run: int, safe: int) -> None:
    state = today(picture, n, changes)
    assert state is not None
    last = [n, *(changes[place] for place in sorted(changes))][-1]
    assert (state.run_days, safe_days(state.run_window, last)) == (run, safe)


@pytest.mark.parametrize(
    ("before", "after", "run_before", "run_after"),
    [
        ("###...###", "###.#.###", 3, 7),
        ("###..###..", "####.###..", 3, 7),
        ("#####...#", "#####.#.#", 1, 7),
        # A forgotten day of a stretch that is over changes nothing here, and shortens nothing.
        ("#.......##", "##......##", 2, 2),
    ],
)
def test_a_forgotten_day_that_is_logged_later_may_join_two_stretches(
    before: str, after: str, run_before: int, run_after: int
) -> None:
    states = [today(before), today(after)]
    assert [state and state.run_days for state in states] == [run_before, run_after]


def test_the_longest_run_stays_when_the_run_ends() -> None:
    assert [state.longest_run for state in closed("###....##")] == [1, 2, 3, 3, 3, 3, 3, 3, 3]
    assert [state.run_days for state in closed("###....##")] == [1, 2, 3, 3, 3, 0, 0, 1, 2]


def test_a_step_without_a_run() -> None:
    assert run_step(0, None, 5, counted=False) == (0, None)
    assert run_step(0, None, 5, counted=True) == (1, "1")
    # An empty window is a run whose cadence has just changed.
    assert run_step(9, "", 5, counted=False) == (9, "0")
    assert run_step(9, "", 7, counted=False) == (0, None)


@pytest.mark.parametrize("n", range(1, 8))
def test_a_window_may_hold_seven_less_n_uncounted_days(n: int) -> None:
    assert keeps_cadence("0" * (7 - n), n)
    assert not keeps_cadence("0" * (8 - n), n)
    assert safe_days("1111111", n) == 7 - n
    assert safe_days(None, n) == 0
