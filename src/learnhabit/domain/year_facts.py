"""What is read for the summary of a period: plain values, nothing that is summed up yet."""

from __future__ import annotations

from datetime import date

from learnhabit.domain.record import Record
from learnhabit.domain.resolution import Done, Resolution
from learnhabit.domain.year_summary import Finished, Period, Recalled, Words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from learnhabit.domain.cadence import Rules
    from learnhabit.domain.day_rhythm import StudiedSession
    from learnhabit.domain.scan import ScanState

    TopicDay = tuple[date, str, int, int]
    """What was studied on one topic on one study day: (day, topic, seconds, sessions)."""

LONGEST_COMPARED = 366
"""Days of a period that is held against the same one of the year before."""


class YearFacts(Record):
    """What was read for a summary, within one transaction."""

    period: Period
    today: date
    totals: Sequence[TopicDay]
    """Of the period, and of the six days before and behind it."""
    before: Sequence[TopicDay]
    """The same of all the year before; empty when the period is not compared."""
    state: ScanState | None
    """At the end of the latest closed day before the period."""
    since_state: Mapping[date, int]
    """Seconds by day from the day behind that state (else from the first session on) to the period's last day."""
    first_session_day: date | None
    rules: Rules
    day_start: int
    """Minutes after midnight."""
    sessions: Sequence[StudiedSession]
    """Of the period, in the order of their days and starts."""
    names: Mapping[str, tuple[str, str]]
    """(title, theme) by topic id."""
    themes: tuple[str, ...]
    resolutions: tuple[tuple[Resolution, Done], ...]
    finished: tuple[Finished, ...]
    recall: Recalled
    words: Words
    successors: Mapping[str, Resolution]
    """Resolutions that go on in the year after with one of these, by its id."""


def year_before(day: date) -> date:
    """The same date of the year before; 29 February becomes 28 February."""
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 2, 28)
    return day.replace(year=day.year - 1)


def days_of(first: date, last: date) -> list[date]:
    """Every day from one to the other, both included."""
    return [date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1)]


def seconds_by_day(totals: Sequence[TopicDay]) -> dict[date, int]:
    """Seconds of each day with study."""
    seconds: dict[date, int] = {}
    for day, _, value, _ in totals:
        seconds[day] = seconds.get(day, 0) + value
    return seconds
