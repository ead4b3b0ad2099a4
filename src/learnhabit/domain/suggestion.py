"""What to study next: a ranking with its reasons, the same for the same log and day."""

from __future__ import annotations

from datetime import date

from learnhabit.domain.day_text import days_ago
from learnhabit.domain.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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
    """Study days in a row with it, up to today or the study day before."""
    prerequisites: tuple[str, ...]
    finished: int
    """Resources of it that are done."""
    followed: bool
    days_behind: int
    """By which a resolution of this topic is behind its plan; 0 when none is."""
    behind_on: str
    """The same in words; empty when none is."""
    begun_with: str
    """In words that one is in the middle of a resource of it; empty when none is open."""
    dismissed: bool
    """Not wanted today."""
    archived: bool
    """Put aside: it is not ranked, but others may build on it."""


class Suggestion(Record):
    """A topic with the reason why it stands where it stands."""

    topic: str
    reason: str


def rank(candidates: Sequence[Candidate], today: date) -> tuple[Suggestion, ...]:
    """Topics in the order in which they are worth a session today.

    First those of resolutions that are behind, most days first; then those with an open resource, then those that are
    followed, then those already begun, in each the one not touched for longest first, so that none goes cold. A topic
    that was studied on each of the last three study days goes behind the others of its group (interleaving). Then the
    rest in the given order, those whose prerequisites are met before the others. Last what was dismissed for today.
    """
    known = {each.id: each for each in candidates}
    groups: dict[str, list[Candidate]] = {name: [] for name in _GROUPS}
    for each in candidates:
        if not each.archived:
            groups[_group(each)].append(each)
    found: list[Suggestion] = []
    for name, members in groups.items():
        order = sorted(members, key=lambda each: _order(each, known))
        found += (Suggestion(topic=each.id, reason=_reason(name, each, known, today)) for each in order)
    return tuple(found)


_GROUPS = ("behind", "open", "followed", "begun", "new", "dismissed")


def _group(candidate: Candidate) -> str:
    if candidate.dismissed:
        return "dismissed"
    if candidate.days_behind > 0:
        return "behind"
    if candidate.begun_with:
        return "open"
    if candidate.followed:
        return "followed"
    return "begun" if candidate.last_day is not None or candidate.finished else "new"


def _order(candidate: Candidate, known: Mapping[str, Candidate]) -> tuple[bool, int, date, bool]:
    waits = candidate.last_day or date.min
    unready = not candidate.followed and _missing(candidate, known) is not None
    return candidate.days_in_row >= TIRING_DAYS, -candidate.days_behind, waits, unready


def is_known(seconds: int, finished: int) -> bool:
    """Whether so much time, or so many finished resources, are enough for the topics that build on a topic."""
    return seconds >= ENOUGH_SECONDS or finished > 0


def _missing(candidate: Candidate, known: Mapping[str, Candidate]) -> Candidate | None:
    for name in candidate.prerequisites:
        before = known.get(name)
        if before is not None and not is_known(before.seconds, before.finished):
            return before
    return None


def _waits_longest(candidate: Candidate, others: Iterable[Candidate]) -> bool:
    """Whether each of the others was touched later, of those that were touched at all; and there is one."""
    days = [each.last_day for each in others if each.last_day is not None and each is not candidate]
    return bool(days) and candidate.last_day is not None and candidate.last_day < min(days)


def _reason(group: str, candidate: Candidate, known: Mapping[str, Candidate], today: date) -> str:
    touched = days_ago(candidate.last_day, today) if candidate.last_day is not None else ""
    if group == "behind":
        return candidate.behind_on
    if group == "dismissed":
        return "You put it off for today"
    if group == "open":
        return f"{candidate.begun_with}, last touched {touched}" if touched else candidate.begun_with
    if candidate.last_day == today:
        return "You studied it today and can go on"
    if group in ("followed", "begun"):
        verb = "follow" if group == "followed" else "have begun"
        if not touched and not candidate.finished:
            return "You follow it and have not begun: ten minutes are a start"
        if not touched:
            read = "one resource" if candidate.finished == 1 else f"{candidate.finished} resources"
            return f"You have finished {read} of it" + (", and follow it" if group == "followed" else "")
        rivals = (each for each in known.values() if not each.archived and (each.followed or group == "begun"))
        if _waits_longest(candidate, rivals):
            return f"Of the topics you {verb} it has waited longest: last touched {touched}"
        return f"You {verb} it: last touched {touched}"
    before = _missing(candidate, known)
    if before is not None:
        return f"New to you; easier after {before.title}"
    if candidate.prerequisites:
        return "New to you, and you have what it builds on"
    return "New to you, and it needs nothing before it"
