"""Reading what the counting depends on: cadence, amounts, time off, day start, settings, scan states."""

from __future__ import annotations

from datetime import date

from learnhabit.domain.cadence import Cadence, DailyAmount, Rules, TimeOff
from learnhabit.domain.scan import ScanState
from learnhabit.domain.study_day import DayStart

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from learnhabit.storage.store import Store

_DATED = "WHERE deleted_at IS NULL {} ORDER BY effective_from, seq"


def read_setting(store: Store, key: str) -> str | None:
    """A setting that belongs to the data, or None when it was never set."""
    row = store.one("SELECT value FROM setting WHERE id = ? AND deleted_at IS NULL", key)
    return str(row[0]) if row else None


def read_day_starts(store: Store) -> tuple[DayStart, ...]:
    """When the study day began, oldest rule first."""
    return tuple(
        DayStart(effective_from=date.fromisoformat(row[0]), minutes=row[1])
        for row in store.all(f"SELECT effective_from, minutes FROM day_start {_DATED.format('')}")
    )


def read_rules(store: Store) -> Rules:
    """Cadence, daily minimum and goal, time off and the week's first day."""
    amounts: dict[str, list[DailyAmount]] = {"minimum": [], "goal": []}
    for what, day, seconds in store.all(f"SELECT what, effective_from, seconds FROM daily_amount {_DATED.format('')}"):
        amounts[what].append(DailyAmount(effective_from=date.fromisoformat(day), seconds=seconds))
    return Rules(
        cadences=tuple(
            Cadence(
                effective_from=date.fromisoformat(row[0]),
                days_per_week=row[1],
                weekdays=tuple(int(weekday) for weekday in row[2]),
            )
            for row in store.all(f"SELECT effective_from, days_per_week, weekdays FROM cadence {_DATED.format('')}")
        ),
        minimums=tuple(amounts["minimum"]),
        goals=tuple(amounts["goal"]),
        time_off=read_time_off(store),
        week_start=read_setting(store, "week_start") or "monday",
    )


def read_time_off(store: Store) -> tuple[TimeOff, ...]:
    """Every declared time off, removed ones too, in the order of their days."""
    return tuple(
        TimeOff(
            id=row[0],
            from_day=date.fromisoformat(row[1]),
            to_day=date.fromisoformat(row[2]),
            why=row[3],
            entered_on=date.fromisoformat(row[4]),
            removed_on=date.fromisoformat(row[5]) if row[5] else None,
        )
        for row in store.all(
            "SELECT id, from_day, to_day, why, entered_on, removed_on FROM time_off"
            " WHERE deleted_at IS NULL ORDER BY from_day, seq"
        )
    )


def read_day_seconds(store: Store, first: date, last: date) -> dict[date, int]:
    """Seconds of every study day with a session, both ends included."""
    return {
        date.fromisoformat(day): seconds
        for day, seconds in store.all(
            "SELECT study_day, sum(seconds) FROM day_total WHERE study_day BETWEEN ? AND ? GROUP BY study_day",
            first.isoformat(),
            last.isoformat(),
        )
    }


def first_session_day(store: Store) -> date | None:
    """The first study day with a session."""
    row = store.one("SELECT min(study_day) FROM day_total")
    return date.fromisoformat(row[0]) if row and row[0] else None


def read_state_before(store: Store, day: date) -> ScanState | None:
    """The state at the end of the latest closed day before a day."""
    row = store.one(
        "SELECT study_day, kind, strength, run_days, longest_run, run_window, effort_window FROM scan_state"
        " WHERE study_day < ? ORDER BY study_day DESC LIMIT 1",
        day.isoformat(),
    )
    if row is None:
        return None
    return ScanState(
        study_day=date.fromisoformat(row[0]),
        kind=row[1],
        strength=row[2],
        run_days=row[3],
        longest_run=row[4],
        run_window=row[5],
        effort_window=row[6],
    )


def write_states(store: Store, states: Sequence[ScanState]) -> None:
    """Keep the states of closed days; inside the caller's transaction."""
    store.connection.executemany(
        "INSERT OR REPLACE INTO scan_state"
        " (study_day, kind, strength, run_days, longest_run, run_window, effort_window) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                state.study_day.isoformat(),
                state.kind,
                state.strength,
                state.run_days,
                state.longest_run,
                state.run_window,
                state.effort_window,
            )
            for state in states
        ],
    )
