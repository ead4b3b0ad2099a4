"""Strength: worked examples, and where it settles."""

from __future__ import annotations

import pytest

from learnhabit.domain.strength import smoothing, strength_step
from tests.unit.pictures import closed


@pytest.mark.parametrize(
    ("n", "picture", "strength"),
    [
        (7, "#" * 20, 0.65575),
        (5, "#####.." * 4, 0.71684),
        (7, "#", 0.05192),
        (5, "#", 0.06114),
        (5, "#####", 0.27053),
        # Days off and paused days leave it as it is; a missed day does not.
        (5, "#####..", 0.27053),
        (5, "#####..//", 0.27053),
        (5, "#####...", 0.25399),
        # The first day back lifts it again.
        (5, "#####....#", 0.28502),
        (5, "...", 0.0),
    ],
)
def test_strength(n: int, picture: str, strength: float) -> None:
    assert closed(picture, n)[-1].strength == pytest.approx(strength, abs=0.000_005)


@pytest.mark.parametrize(
    ("n", "week", "share"),
    [(5, "#####..", 1), (5, "###....", 3 / 5), (7, "###....", 3 / 7), (4, "##.....", 2 / 4), (5, ".......", 0)],
)
def test_strength_settles_at_the_share_of_the_cadence_that_is_kept(n: int, week: str, share: float) -> None:
    last_week = [state.strength for state in closed(week * 104, n)[-7:]]
    assert sum(last_week) / 7 == pytest.approx(share, abs=0.035)


def test_the_factor_is_that_of_the_cadence_in_force_on_the_day() -> None:
    state = closed("##", 7, {1: 3})[-1]
    assert state.strength == pytest.approx(smoothing(3) * (1 - smoothing(7)) + 1 - smoothing(3))


def test_thirteen_missed_days_halve_it_at_seven_days_a_week() -> None:
    strength = 0.8
    for _ in range(13):
        strength = strength_step(strength, 7, counted=False)
    assert strength == pytest.approx(0.4)


@pytest.mark.parametrize("n", range(1, 8))
def test_it_stays_between_0_and_1(n: int) -> None:
    assert strength_step(1.0, n, counted=True) == 1.0
    assert strength_step(0.0, n, counted=False) == 0.0
    assert smoothing(n) > 0.5
