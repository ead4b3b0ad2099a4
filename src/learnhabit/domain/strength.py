"""Strength: exponential smoothing over judged days, with the constants of Loop Habit Tracker."""

from __future__ import annotations


def smoothing(days_per_week: int) -> float:
    """The factor by which one judged day lets the past fade: `0.5 ** (1 / (13 * sqrt(n / 7)))`.

    Source of the constants: Loop Habit Tracker's score. Thirteen judged days halve the past at seven days a week,
    fewer at a smaller cadence, where days are rarer.
    """
    return float(0.5 ** (1 / (13 * (days_per_week / 7) ** 0.5)))


_SMOOTHING = tuple(smoothing(max(days, 1)) for days in range(8))


def strength_step(strength: float, days_per_week: int, *, counted: bool) -> float:
    """Strength (0–1) after a counted or a missed day; days off and paused days leave it as it is."""
    fading = _SMOOTHING[days_per_week]
    return fading * strength + (1 - fading) if counted else fading * strength
