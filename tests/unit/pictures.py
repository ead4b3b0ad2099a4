"""Histories drawn as rows of days, oldest first, and what the scan makes of them.

`#` counted · `.` not · `/` declared time off without enough study · `+` counted all the same inside time off
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from learnhabit.domain.cadence import Cadence, Rules, TimeOff
from learnhabit.domain.scan import ScanState, advance, peek

FIRST = date(2026, 3, 2)
"""The first day of every picture, a Monday."""
ENOUGH, LITTLE = 1500, 300
"""Seconds on a day that counts and on one that does not."""

_LETTERS = {"counted": "C", "paused": "P", "day off": "d", "missed": "M"}


def day(number: int) -> date:
    """The day at a place of a picture."""
    return FIRST + timedelta(days=number)


def seconds(mark: str) -> int:
    """What was studied on a day."""
    return ENOUGH if mark in "#+" else LITTLE


def rules(picture: str, n: int, changes: Mapping[int, int] | None = None) -> Rules:
    """n from the first day on, other values from the places in `changes` on, time off where it is drawn."""
    return Rules(
        cadences=tuple(
            Cadence(effective_from=day(number), days_per_week=value, weekdays=())
            for number, value in sorted({0: n, **(changes or {})}.items())
        ),
        minimums=(),
        goals=(),
        time_off=tuple(
            TimeOff(id=str(number), from_day=day(number), to_day=day(number), why="", entered_on=FIRST, removed_on=None)
            for number, mark in enumerate(picture)
            if mark in "/+"
        ),
        week_start="monday",
    )


def closed(picture: str, n: int = 5, changes: Mapping[int, int] | None = None) -> list[ScanState]:
    """The state at the end of every day; all of them are over."""
    states: list[ScanState] = []
    for number, mark in enumerate(picture):
        before = states[-1] if states else None
        states.append(advance(before, day(number), seconds(mark), rules(picture, n, changes)))
    return states


def today(picture: str, n: int = 5, changes: Mapping[int, int] | None = None) -> ScanState | None:
    """The state as of the last day, which is today and not over."""
    states = closed(picture[:-1], n, changes)
    return peek(states[-1] if states else None, day(len(picture) - 1), seconds(picture[-1]), rules(picture, n, changes))


def kinds(picture: str, n: int = 5, changes: Mapping[int, int] | None = None) -> str:
    """What every day was: Counted, Paused, day off (`d`) or Missed."""
    return "".join(_LETTERS[state.kind] for state in closed(picture, n, changes))
