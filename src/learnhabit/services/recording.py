"""Writing one session, and saying what came of it."""

from __future__ import annotations

from datetime import date

from learnhabit.domain.day_text import time_range, wall_at
from learnhabit.domain.duration import format_duration
from learnhabit.domain.session import Session
from learnhabit.errors import LearnhabitError
from learnhabit.services.values import Outcome
from learnhabit.services.workspace import Workspace
from learnhabit.storage.rules import read_day_seconds
from learnhabit.storage.sessions import overlapping, session_by_id, write_pauses
from learnhabit.storage.store import Change

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def insert_session(
    change: Change,
    workspace: Workspace,
    session_id: str,
    *,
    topic: str,
    resource: str | None,
    started_at: int,
    ended_at: int,
    seconds: int,
    note: str,
    takeaway: str,
    tags: Sequence[str],
    pauses: Sequence[tuple[int, int]],
    origin: str,
    place: tuple[int, str] | None = None,
    study_day: date | None = None,
    day_moves: int = 0,
) -> None:
    """Write a session; its study day is computed here, once, unless it is given.

    `place` is where it began, (minutes east of UTC, zone): here, unless it is given.
    """
    utc_offset, zone = place or (offset_minutes(workspace, started_at), workspace.clock.zone(started_at))
    change.insert(
        "session",
        session_id,
        {
            "topic": topic,
            "resource": resource,
            "started_at": started_at,
            "ended_at": ended_at,
            "seconds": seconds,
            "utc_offset": utc_offset,
            "zone": zone,
            "study_day": (study_day or workspace.study_day_of(wall_at(started_at, utc_offset))).isoformat(),
            "day_moves": day_moves,
            "note": note,
            "takeaway": takeaway,
            "pauses": write_pauses(pauses),
            "origin": origin,
        },
    )
    put_tags(change, session_id, tags)


def offset_minutes(workspace: Workspace, instant: int) -> int:
    """Local time's offset from UTC at an instant, in whole minutes."""
    return workspace.clock.offset_at(instant) // 60


def put_tags(change: Change, session_id: str, tags: Sequence[str]) -> None:
    """Give a session tags it may have had before. A tag's id follows from the session and the name (uuid5), so the
    same tag set on two devices is one row."""
    if not tags:
        return
    for name in tags:
        change.put("tag", tag_id(session_id, name), {"session": session_id, "name": name})


def remove_tags(change: Change, session_id: str, tags: Sequence[str]) -> None:
    """Take tags away from a session."""
    for name in tags:
        change.remove("tag", tag_id(session_id, name))


def tag_id(session_id: str, name: str) -> str:
    """A tag's id follows from its session and its name, whatever the case."""
    import hashlib

    space = bytes.fromhex(session_id.replace("-", ""))
    digest = hashlib.sha1(space + name.casefold().encode(), usedforsecurity=False).digest()
    value = int.from_bytes(digest[:16], "big") & ~(0xF << 76) | 0x5 << 76
    text = f"{value & ~(0x3 << 62) | 0x2 << 62:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def outcome(workspace: Workspace, session_id: str, day_seconds_before: int) -> Outcome:
    """What was written, read back; with a warning when it shares time with another session."""
    session = session_by_id(workspace.store, session_id)
    if session is None:
        raise workspace.damage_or(
            LearnhabitError("The session was not found after it was saved", "another program has just deleted it")
        )
    return Outcome(
        session=session,
        warnings=(*workspace.warnings, *overlap_warning(workspace, session)),
        day_seconds=day_total(workspace, session.study_day),
        day_seconds_before=day_seconds_before,
    )


def day_total(workspace: Workspace, day: date) -> int:
    """Seconds studied on a study day."""
    return read_day_seconds(workspace.store, day, day).get(day, 0)


def overlap_warning(workspace: Workspace, session: Session) -> tuple[str, ...]:
    """One sentence when another session shares time with this one; both are kept, and both count."""
    return describe_overlap(workspace, session.started_at, session.ended_at, session.id)


def describe_overlap(workspace: Workspace, started_at: int, ended_at: int, besides: str) -> tuple[str, ...]:
    """The same for an interval that may not be saved yet."""
    found = overlapping(workspace.store, started_at, ended_at, besides)
    if found is None:
        return ()
    title, start, end = found
    shared = min(ended_at, end) - max(started_at, start)
    span = time_range(workspace.clock.local(start), workspace.clock.local(end), clock_24=workspace.clock_24)
    return (f"Shares {format_duration(shared)} with {title}, {span}: both are kept and both count.",)
