"""What a session says in a list: its clock times and its texts."""

from __future__ import annotations

from datetime import datetime, timedelta

from learnhabit.domain.duration import format_duration
from learnhabit.domain.session import Session

_EPOCH = datetime(1970, 1, 1)


def wall_at(session: Session, instant: int) -> datetime:
    """The wall clock at an instant, by the offset of the session's start; naive."""
    return _EPOCH + timedelta(seconds=instant, minutes=session.utc_offset)


def began(session: Session) -> datetime:
    """Wall clock at the start."""
    return wall_at(session, session.started_at)


def ended(session: Session) -> datetime:
    """Wall clock at the end."""
    return wall_at(session, session.ended_at)


def summary(session: Session, *, star: bool = True) -> str:
    """Resource, note, takeaway and tags in one line; the `star` of a takeaway may be said elsewhere."""
    takeaway = f"★ {session.takeaway}" if session.starred and star else session.takeaway
    parts = [session.resource_title or "", session.note, takeaway, " ".join(f"#{tag}" for tag in session.tags)]
    return " · ".join(part for part in parts if part)


def told(session: Session) -> str:
    """`44 min of Efficient fine-tuning`."""
    return f"{format_duration(session.seconds)} of {session.topic_title}"


def offset(minutes: int) -> str:
    """`+01:00`."""
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
