"""When of the day and how regularly: hours of the week, the median session, the longest gap and the return after it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from operator import itemgetter

from learnhabit.domain.year_summary import Gap, Rhythm

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence, Set

    Pauses = Sequence[tuple[int, int]]
    StudiedSession = tuple[int, int, int, int, str, Pauses | str, int, str]
    """(start, end, seconds, offset in minutes, study day as `2026-11-23`, pauses, entered at, zone).

    Instants are epoch seconds; no pauses may be an empty text. A plain tuple, as a year may hold ten thousand.
    """
else:
    StudiedSession = tuple

FEW_SESSIONS = 10
"""Under so many there is no median and no best hour."""
LATE = 86_400
"""Seconds after its end from which a session was logged late."""
LONG = 12 * 3600
"""Seconds from which a session may need a look."""
RETURN_DAYS = 7
_HOUR, _DAY_SECONDS = 3600, 86_400
_DAY = timedelta(days=1)


def rhythm(
    sessions: Sequence[StudiedSession],
    seconds: Mapping[date, int],
    paused: Set[date],
    *,
    counted: Set[date],
    last: date,
    today: date,
    day_start: int,
    run_longest: int,
    run_ended: date | None,
) -> Rhythm:
    """The rhythm of sessions in the order of their days and starts, and of the days on which they count."""
    lengths = sorted(session[2] for session in sessions)
    few = len(lengths) < FEW_SESSIONS
    hours, days_at = _hours(sessions, day_start)
    by_hour = [sum(row[hour] for row in hours) for hour in range(24)]
    best = None if few else by_hour.index(max(by_hour))
    return Rhythm(
        median_seconds=None if few else _median(lengths),
        longest_seconds=lengths[-1] if lengths else None,
        best_hour=best,
        best_hour_days=0 if best is None else len(days_at[best]),
        late_sessions=sum(session[6] - session[1] >= LATE for session in sessions),
        long_sessions=sum(session[2] > LONG for session in sessions),
        overlapping=_overlapping(sessions),
        run_longest=run_longest,
        run_ended=run_ended,
        gap=_gap(seconds, paused, counted, last, today),
        hours=tuple(tuple(row) for row in hours),
    )


def _median(lengths: Sequence[int]) -> int:
    middle = len(lengths) // 2
    return lengths[middle] if len(lengths) % 2 else (lengths[middle - 1] + lengths[middle]) // 2


def _overlapping(sessions: Sequence[StudiedSession]) -> int:
    found, reached = 0, 0
    # In the order of their days they are nearly in that of their starts: one that was moved is not.
    for session in sorted(sessions, key=itemgetter(0)):
        found += session[0] < reached
        reached = max(reached, session[1])
    return found


def _hours(sessions: Sequence[StudiedSession], day_start: int) -> tuple[list[list[int]], list[set[str]]]:
    """(seconds by weekday and hour, study days by hour), split by the clock on the wall where it was studied.

    A session's seconds are spread over the time between its start and end without its pauses; where the seconds were
    typed in, each hour gets its share. The weekday is that of the study day: 01:00 belongs to the evening before.
    """
    rows = [[0] * 24 for _ in range(7)]
    days: list[set[str]] = [set() for _ in range(24)]
    latest = [""] * 24
    today = ""
    row, weekday = rows[0], 0
    for start, end, seconds, offset, day, pauses, *_ in sessions:
        if day != today:
            today, weekday = day, date.fromisoformat(day).weekday()
            row = rows[weekday]
        shift = offset * 60
        begin, stop = start + shift, end + shift
        hour, last = begin // _HOUR, (stop - 1) // _HOUR
        if hour == last:
            # Nearly half of all: worth the few lines, as a year may hold ten thousand.
            clock = hour % 24
            row[clock] += seconds
            if latest[clock] != day:
                latest[clock] = day
                days[clock].add(day)
            continue
        base = (begin - day_start * 60) // _DAY_SECONDS
        for at, share in _shares(begin, stop, _moved(pauses, shift), seconds):
            clock = at % 24
            later = (at * _HOUR - day_start * 60) // _DAY_SECONDS - base
            (rows[(weekday + later) % 7] if later > 0 else row)[clock] += share
            if latest[clock] != day:
                latest[clock] = day
                days[clock].add(day)
    return rows, days


def _moved(pauses: Pauses | str, by: int) -> Pauses:
    return [] if isinstance(pauses, str) else [(start + by, end + by) for start, end in pauses]


def _shares(begin: int, end: int, pauses: Pauses, seconds: int) -> tuple[tuple[int, int], ...]:
    """(hour since the epoch, seconds) of a session that takes several; the shares add up to its seconds."""
    edge = (begin // _HOUR + 1) * _HOUR
    if not pauses and end <= edge + _HOUR and end - begin == seconds:
        return (begin // _HOUR, edge - begin), (begin // _HOUR + 1, end - edge)
    pieces = _pieces(begin, end, pauses)
    whole = sum(length for _, length in pieces)
    if whole == seconds:
        return tuple(pieces)
    made, left = [], seconds
    for at, length in pieces[:-1]:
        share = seconds * length // whole
        made.append((at, share))
        left -= share
    return (*made, (pieces[-1][0], left))


def _pieces(start: int, end: int, pauses: Pauses) -> list[tuple[int, int]]:
    """(hour since the epoch, seconds studied in it) on the wall clock; never empty."""
    stretches = []
    at = start
    for paused, resumed in sorted(pauses):
        if paused > at:
            stretches.append((at, min(paused, end)))
        at = max(at, resumed)
    if at < end:
        stretches.append((at, end))
    pieces: list[tuple[int, int]] = []
    for begin, stop in stretches or [(start, end)]:
        while begin < stop:
            edge = min((begin // _HOUR + 1) * _HOUR, stop)
            pieces.append((begin // _HOUR, edge - begin))
            begin = edge
    return pieces


def _gap(seconds: Mapping[date, int], paused: Set[date], counted: Set[date], last: date, today: date) -> Gap | None:
    """The longest stretch of days without study between two days with some; days of time off are not counted."""
    days = sorted(seconds)
    longest: Gap | None = None
    for before, after in pairwise(days):
        if (after - before).days - 1 <= (longest.days if longest else 0):
            continue
        empty = [before + number * _DAY for number in range(1, (after - before).days)]
        empty = [day for day in empty if day not in paused]
        if empty and len(empty) > (longest.days if longest else 0):
            over = after + (RETURN_DAYS - 1) * _DAY <= min(last, today)
            returned = sum(after + number * _DAY in counted for number in range(RETURN_DAYS))
            longest = Gap(first=empty[0], last=empty[-1], days=len(empty), return_days=returned if over else None)
    return longest
