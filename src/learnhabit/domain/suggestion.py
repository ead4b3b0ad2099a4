"""What to study next: a ranking with its reasons, the same for the same log and day."""

from __future__ import annotations

from datetime import date

from learnhabit.domain.day_text import days_ago
from learnhabit.domain.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ENOUGH_SECONDS = 3600
"""Time on a prerequisite after which it is no longer recommended first."""
TIRING_DAYS = 3
"""After so many study days in a row with one topic another goes before it (interleaving)."""


class Candidate(Record):
    """A topic as the ranking sees it."""

    id: str
    title: str
    seconds: int
    """Time spent on it so far."""
    last_day: date | None
    days_in_row: int
    """Study days in a row with it, up to today or the last study day."""
    prerequisites: tuple[str, ...]
    days_behind: int
    """By which a resolution of this topic is behind its plan; 0 when none is."""
    behind_on: str
    """The same in words; empty when none is."""


class Suggestion(Record):
    """A topic with the reason why it stands where it stands."""

    topic: str
    reason: str


def rank(candidates: Sequence[Candidate], today: date) -> tuple[Suggestion, ...]:
    """Topics in the order in which they are worth a session today.

    First those of resolutions that are behind, most days first; then those already begun, not touched for longest
    first, so that none goes cold. In both one that was studied on each of the last three study days goes behind the
    others, and among those begun what was studied today goes last. Then the rest in the given order, those whose
    prerequisites are met before the others.
    """
    known = {each.id: each for each in candidates}
    behind = sorted(
        (each for each in candidates if each.days_behind > 0),
        key=lambda each: (each.days_in_row >= TIRING_DAYS, -each.days_behind, each.last_day or date.min),
    )
    begun = sorted(
        (each for each in candidates if each.last_day is not None and each.days_behind <= 0),
        key=lambda each: (each.last_day == today, each.days_in_row >= TIRING_DAYS, each.last_day),
    )
    fresh = sorted(
        (each for each in candidates if each.last_day is None and each.days_behind <= 0),
        key=lambda each: _missing(each, known) is not None,
    )
    return tuple(
        [Suggestion(topic=each.id, reason=each.behind_on) for each in behind]
        + [Suggestion(topic=each.id, reason=_reason_begun(each, today, first=i == 0)) for i, each in enumerate(begun)]
        + [Suggestion(topic=each.id, reason=_reason_fresh(each, known)) for each in fresh]
    )


def _missing(candidate: Candidate, known: Mapping[str, Candidate]) -> Candidate | None:
    for name in candidate.prerequisites:
        before = known.get(name)
        if before is not None and before.seconds < ENOUGH_SECONDS:
            return before
    return None


def _reason_begun(candidate: Candidate, today: date, *, first: bool) -> str:
    if candidate.last_day is None or candidate.last_day == today:
        return "You studied it today and can go on"
    waited = "Of the topics you have begun it has waited longest" if first else "You have begun it"
    return f"{waited}: last touched {days_ago(candidate.last_day, today)}"


def _reason_fresh(candidate: Candidate, known: Mapping[str, Candidate]) -> str:
    before = _missing(candidate, known)
    if before is not None:
        return f"New to you; easier after {before.title}"
    if candidate.prerequisites:
        return "New to you, and you have what it builds on"
    return "New to you, and it needs nothing before it"
