"""The run: counted days in the longest stretch up to today that keeps the cadence.

A stretch is remembered by its *window*: one character for each of its last seven days that are not paused, `1` counted
and `0` not, no further back than its beginning or the latest change of the cadence.
"""

from __future__ import annotations

WINDOW_DAYS = 7


def window_after(window: str, *, counted: bool) -> str:
    """The window with one more day at its end."""
    return (window + ("1" if counted else "0"))[-WINDOW_DAYS:]


def keeps_cadence(window: str, days_per_week: int) -> bool:
    """Whether at most 7 − n of the days are uncounted."""
    return window.count("0") <= WINDOW_DAYS - days_per_week


def run_step(run_days: int, window: str | None, days_per_week: int, *, counted: bool) -> tuple[int, str | None]:
    """(run, window) after one more day that is not paused; a window of None is no run.

    When an uncounted day breaks the stretch, its beginning moves on to the next counted day from which it holds. That
    day lies inside the window: looking back is shorter from a later beginning, so the days before it hold as they did.
    """
    if counted:
        return run_days + 1, window_after(window or "", counted=True)
    if window is None:
        return 0, None
    window = window_after(window, counted=False)
    if keeps_cadence(window, days_per_week):
        return run_days, window
    for begin in range(len(window)):
        if window[begin] == "1" and keeps_cadence(window[begin:], days_per_week):
            return window[begin:].count("1"), window[begin:]
    return 0, None


def safe_days(window: str | None, days_per_week: int) -> int:
    """How many unpaused uncounted days in a row leave the run as long as it is; 0 without a run."""
    if window is None:
        return 0
    days = 0
    while keeps_cadence(window := window_after(window, counted=False), days_per_week):
        days += 1
    return days
