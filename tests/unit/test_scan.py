"""What every day was, and what today may and may not do to it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from learnhabit.domain.cadence import DailyAmount
from learnhabit.domain.scan import advance, peek
from tests.unit.pictures import FIRST, closed, day, kinds, rules, today


@pytest.mark.parametrize(
    ("n", "picture", "expected"),
    [
        # Five days a week leave two free of any seven.
        (5, "#####..", "CCCCCdd"),
        (5, "#####..#####..", "CCCCCddCCCCCdd"),
        (5, "##.##.###.##.#", "CCdCCdCCCdCCdC"),
        (5, "#####...", "CCCCCddM"),
        # Nothing is alive after a missed day, until the next counted one, whose effort looks no further back.
        (5, "#####....#..#", "CCCCCddMMCddC"),
        (5, "#...#..", "CddMCdd"),
        # Nothing is alive before the first counted day.
        (5, "..#.", "MMCd"),
        (5, "...", "MMM"),
        # Other cadences.
        (7, "##.#", "CCMC"),
        (6, "##.##.##", "CCdCCMCC"),
        (3, "#....#", "CddddC"),
        (3, "#.....#", "CddddMC"),
        (1, "#......#", "CddddddC"),
        (1, "#.......#", "CddddddMC"),
    ],
)
def test_a_day_is_counted_off_or_missed(n: int, picture: str, expected: str) -> None:
    assert kinds(picture, n) == expected


@pytest.mark.parametrize(
    ("picture", "expected"),
    [
        ("###////###", "CCCPPPPCCC"),
        ("/////", "PPPPP"),
        # Paused days are skipped: the third uncounted of the last seven that are not paused is missed.
        ("###..//.#", "CCCddPPMC"),
        ("#..//////////.", "CddPPPPPPPPPPM"),
        # A counted day inside time off stands among the last seven and helps.
        ("#..+++++.", "CddCCCCCd"),
        ("#../////.", "CddPPPPPM"),
        # It can begin an effort.
        (".//+//..", "MPPCPPdd"),
    ],
)
def test_time_off(picture: str, expected: str) -> None:
    assert kinds(picture) == expected


@pytest.mark.parametrize(
    ("picture", "n", "changes", "expected"),
    [
        # Free days before the change are forgotten, so a stricter cadence does not punish a looser past …
        ("#...#...", 3, {}, "CdddCdMM"),
        ("#...#..#", 3, {4: 6}, "CdddCdMC"),
        ("#...#.#", 3, {4: 6}, "CdddCdC"),
        # … and the effort goes on over the change.
        ("#####.#", 5, {5: 6}, "CCCCCdC"),
        ("#####.#", 5, {5: 7}, "CCCCCMC"),
        ("#####..#", 7, {5: 5}, "CCCCCddC"),
        # Setting the same number again changes nothing.
        ("#..#..#", 5, {3: 5}, "CddCMMC"),
        ("#..#..#", 5, {3: 4}, "CddCddC"),
    ],
)
def test_a_new_number_of_days_a_week(picture: str, n: int, changes: dict[int, int], expected: str) -> None:
    assert kinds(picture, n, changes) == expected


def test_a_new_minimum_rejudges_no_day_before_it() -> None:
    stricter = rules("####", 5).replace(minimums=(DailyAmount(effective_from=day(2), seconds=1800),))
    state = None
    found = []
    for number, seconds in enumerate((600, 599, 1799, 1800)):
        state = advance(state, day(number), seconds, stricter)
        found.append(state.kind)
    assert found == ["counted", "day off", "day off", "counted"]


def test_today_is_judged_only_once_it_is_counted() -> None:
    before = closed("#####..")[-1]
    asked = rules("########", 5)
    assert peek(before, day(7), 599, asked) == before
    counted = peek(before, day(7), 600, asked)
    assert counted is not None
    assert (counted.kind, counted.run_days, counted.longest_run) == ("counted", 6, 6)
    assert counted.strength > before.strength
    assert counted == advance(before, day(7), 600, asked)


def test_today_alone() -> None:
    assert today(".") is None
    state = today("#")
    assert state is not None
    assert (state.study_day, state.kind, state.run_days, state.longest_run) == (FIRST, "counted", 1, 1)


def test_a_cadence_that_is_set_today_leaves_run_and_strength_until_today_is_over() -> None:
    before = closed("#####.")[-1]
    state = peek(before, day(6), 0, rules("#####..", 5, {6: 7}))
    assert state is not None
    assert (state.run_days, state.longest_run, state.strength) == (5, 5, before.strength)
    # The windows begin anew.
    assert (state.run_window, state.effort_window) == ("", "")


def test_the_windows_hold_the_last_seven_days_that_are_not_paused() -> None:
    assert [state.run_window for state in closed("##.//#+")] == ["1", "11", "110", "110", "110", "1101", "11011"]
    assert closed("########")[-1].run_window == "1111111"
    assert closed("#..")[-1].effort_window == "100"
    assert closed("#...")[-1].effort_window is None


def test_a_scan_goes_over_29_february() -> None:
    asked = rules("", 7).replace(cadences=())
    state = None
    leap = FIRST.replace(year=2028, month=2, day=27)
    for number in range(4):
        state = advance(state, leap + timedelta(days=number), 600, asked)
    assert state is not None
    assert (state.study_day.isoformat(), state.run_days) == ("2028-03-01", 4)
