"""One scan, forward: what every study day was, and how run and strength stood at its end."""

from __future__ import annotations

from datetime import date, timedelta

from learnhabit.domain.record import Record
from learnhabit.domain.run import keeps_cadence, run_step, window_after
from learnhabit.domain.strength import strength_step

TYPE_CHECKING = False
if TYPE_CHECKING:
    from learnhabit.domain.cadence import Rules

_DAY = timedelta(days=1)


class ScanState(Record):
    """Where the scan stands at the end of a study day."""

    study_day: date
    kind: str
    """`counted`, `paused`, `day off` or `missed`."""
    strength: float
    """0–1."""
    run_days: int
    longest_run: int
    """The largest the run ever was."""
    run_window: str | None
    """The run's stretch as `run.py` remembers it; None without a run."""
    effort_window: str | None
    """The same for the effort that is alive, which begins anew after each missed day; None when none is."""


def advance(state: ScanState | None, day: date, seconds: int, rules: Rules) -> ScanState:
    """Close a study day on which so many seconds were studied.

    `state` is that of the day before; None for the first study day with a session.
    """
    days_per_week = rules.days_per_week(day)
    state = _on(state, day, days_per_week, rules)
    run_days, run_window, effort = state.run_days, state.run_window, state.effort_window
    strength = state.strength
    if seconds >= rules.minimum(day):
        kind = "counted"
        effort = window_after(effort or "", counted=True)
        run_days, run_window = run_step(run_days, run_window, days_per_week, counted=True)
        strength = strength_step(strength, days_per_week, counted=True)
    elif rules.paused(day):
        kind = "paused"
    else:
        run_days, run_window = run_step(run_days, run_window, days_per_week, counted=False)
        effort = None if effort is None else window_after(effort, counted=False)
        if effort is not None and keeps_cadence(effort, days_per_week):
            kind = "day off"
        else:
            kind, effort = "missed", None
            strength = strength_step(strength, days_per_week, counted=False)
    return ScanState(
        study_day=day,
        kind=kind,
        strength=strength,
        run_days=run_days,
        longest_run=max(state.longest_run, run_days),
        run_window=run_window,
        effort_window=effort,
    )


def peek(state: ScanState | None, today: date, seconds: int, rules: Rules) -> ScanState | None:
    """The state as of today, which is judged only once it is counted; None before the first day that was judged."""
    if seconds >= rules.minimum(today):
        return advance(state, today, seconds, rules)
    return None if state is None else _on(state, today, rules.days_per_week(today), rules)


def _on(state: ScanState | None, day: date, days_per_week: int, rules: Rules) -> ScanState:
    """The state with which a day begins: windows look back no further than a change of the days a week."""
    if state is None:
        return ScanState(
            study_day=day,
            kind="missed",
            strength=0.0,
            run_days=0,
            longest_run=0,
            run_window=None,
            effort_window=None,
        )
    if days_per_week == rules.days_per_week(day - _DAY):
        return state
    return state.replace(
        run_window=None if state.run_window is None else "",
        effort_window=None if state.effort_window is None else "",
    )
