"""Whether a week was kept."""

from __future__ import annotations

from datetime import date, timedelta

from learnhabit.domain.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from learnhabit.domain.cadence import Rules


class WeekResult(Record):
    """One week against its need."""

    start: date
    counted_days: int
    need: int
    """Counted days that keep the week."""
    kept: bool | None
    """None when the week needs nothing."""


def week_need(days_per_week: int, unpaused_days: int) -> int:
    """Days that a week needs: n of 7, of its unpaused days, half up."""
    return (2 * days_per_week * unpaused_days + 7) // 14


def week_result(start: date, seconds: Mapping[date, int], rules: Rules, first_day: date) -> WeekResult:
    """The week that begins on a day; days before the first session's day ask for nothing.

    With no session at all `first_day` is today. The smallest number of days a week in force during the week decides.
    """
    days = [start + timedelta(days=offset) for offset in range(7)]
    counted = sum(seconds.get(day, 0) >= rules.minimum(day) for day in days)
    unpaused = sum(day >= first_day and not rules.paused(day) for day in days)
    need = week_need(min(rules.days_per_week(day) for day in days), unpaused)
    return WeekResult(start=start, counted_days=counted, need=need, kept=counted >= need if need else None)


def weeks_in_row(results: Iterable[WeekResult]) -> int:
    """Kept weeks in a row, from the running week (first) backwards; reads no further than the first week not kept.

    Weeks that need nothing neither add nor break; the running week can only add.
    """
    kept = 0
    for number, result in enumerate(results):
        if result.kept:
            kept += 1
        elif result.kept is False and number > 0:
            break
    return kept
