"""A session: one stretch of study on one topic, and how it is cut in two or joined."""

from __future__ import annotations

from datetime import date

from learnhabit.domain.record import Record
from learnhabit.errors import LearnhabitError

LONGEST_MERGED = 48 * 3600
"""Seconds of a session that was joined from others."""


class Session(Record):
    """A session as it is stored, with the titles that its topic and resource have now."""

    seq: int
    """Order of entry on this device; never leaves the database."""
    id: str
    topic: str
    """Topic id."""
    topic_title: str
    resource: str | None
    """Resource id."""
    resource_title: str
    """Empty without a resource."""
    started_at: int
    """Epoch seconds, UTC."""
    ended_at: int
    """Epoch seconds, UTC; pauses lie between start and end."""
    seconds: int
    """Studied, without pauses."""
    utc_offset: int
    """Minutes east of UTC where and when it started."""
    zone: str
    """IANA name of the zone, or an offset."""
    study_day: date
    """Frozen when it was written."""
    day_moves: int
    """How often it was moved to another day by hand."""
    note: str
    takeaway: str
    tags: tuple[str, ...]
    pauses: tuple[tuple[int, int], ...]
    """(start, end) in epoch seconds."""
    origin: str
    """`timer` or `log`."""
    starred: bool
    """The takeaway is kept for the year's summary."""


def split(session: Session, at: int, second_id: str) -> tuple[Session, Session]:
    """Cut a session at an instant inside it; a cut inside a pause goes to the pause's two ends.

    The first part keeps id, note, takeaway and tags, pauses stay on their side. Raises LearnhabitError when a part
    would hold no study. The second part's study day is the caller's to set.
    """
    first_end, second_start = at, at
    for paused_at, resumed_at in session.pauses:
        if paused_at <= at <= resumed_at:
            first_end, second_start = paused_at, resumed_at
    before = tuple(pause for pause in session.pauses if pause[1] <= first_end and pause[0] < first_end)
    after = tuple(pause for pause in session.pauses if pause[0] >= second_start and pause[1] > second_start)
    first_seconds = first_end - session.started_at - _length(before)
    # A session whose time was typed in may be shorter than its span: what is left goes to the second part.
    second_seconds = session.seconds - first_seconds
    if first_seconds <= 0 or second_seconds <= 0 or session.ended_at <= second_start:
        raise LearnhabitError("The cut would leave an empty part", "name a time with study before and after it")
    first = session.replace(ended_at=first_end, seconds=first_seconds, pauses=before)
    second = session.replace(
        id=second_id,
        started_at=second_start,
        seconds=second_seconds,
        pauses=after,
        note="",
        takeaway="",
        tags=(),
        starred=False,
    )
    return first, second


def merge(first: Session, second: Session) -> Session:
    """Make two sessions of one topic and study day one; LearnhabitError for others.

    The first one's id and the earlier start stay, seconds add, texts join by a line break, tags unite. Time in which
    neither was studied becomes a pause. If one was moved to its day by hand, so was the whole.
    """
    if first.topic != second.topic:
        raise LearnhabitError(
            "The sessions have different topics", f"{first.topic_title} and {second.topic_title}: edit one first"
        )
    if first.study_day != second.study_day:
        raise LearnhabitError("The sessions count for different days", "learnhabit move ID DAY moves one first")
    if first.seconds + second.seconds > LONGEST_MERGED:
        raise LearnhabitError("Together the sessions are over 48 hours", "leave them apart")
    early = first if first.started_at <= second.started_at else second
    known = {tag.casefold() for tag in first.tags}
    return first.replace(
        started_at=early.started_at,
        ended_at=max(first.ended_at, second.ended_at),
        seconds=first.seconds + second.seconds,
        pauses=_gaps(first, second),
        note=_joined(first.note, second.note),
        takeaway=_joined(first.takeaway, second.takeaway),
        tags=(*first.tags, *(tag for tag in second.tags if tag.casefold() not in known)),
        resource=first.resource or second.resource,
        resource_title=first.resource_title or second.resource_title,
        utc_offset=early.utc_offset,
        zone=early.zone,
        day_moves=max(first.day_moves, second.day_moves),
        starred=first.starred or second.starred,
    )


def _length(pauses: tuple[tuple[int, int], ...]) -> int:
    return sum(end - start for start, end in pauses)


def _gaps(*sessions: Session) -> tuple[tuple[int, int], ...]:
    """The stretches between the first start and the last end in which none of the sessions was studied."""
    studied = []
    for session in sessions:
        start = session.started_at
        for paused_at, resumed_at in session.pauses:
            studied.append((start, paused_at))
            start = resumed_at
        studied.append((start, session.ended_at))
    studied.sort()
    gaps, reached = [], studied[0][0]
    for start, end in studied:
        if start > reached:
            gaps.append((reached, start))
        reached = max(reached, end)
    return tuple(gaps)


def _joined(first: str, second: str) -> str:
    return "\n".join(text for text in (first, second) if text)
