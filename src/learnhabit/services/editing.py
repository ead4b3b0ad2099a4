"""Changing sessions that are written: edit, move, split, merge, delete."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from learnhabit.domain.day_text import clock_time, long_day, short_day, time_range, wall_at
from learnhabit.domain.day_words import read_day, read_when
from learnhabit.domain.duration import format_duration, parse_duration
from learnhabit.domain.quick_entry import unique_tags
from learnhabit.domain.session import Session
from learnhabit.domain.session import merge as merged_session
from learnhabit.domain.session import split as split_session
from learnhabit.domain.topic import match_topic
from learnhabit.errors import LearnhabitError, UsageError
from learnhabit.services.finding import accepted, find_resource, find_session
from learnhabit.services.recording import (
    day_total,
    insert_session,
    offset_minutes,
    outcome,
    overlap_warning,
    put_tags,
    remove_tags,
)
from learnhabit.services.values import Outcome
from learnhabit.services.workspace import Workspace
from learnhabit.storage.sessions import write_pauses
from learnhabit.storage.store import Change

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def edit(
    workspace: Workspace,
    reference: str,
    *,
    at: str | None = None,
    duration: str | None = None,
    topic: str | None = None,
    note: str | None = None,
    takeaway: str | None = None,
    tags: Sequence[str] | None = None,
    resource: str | None = None,
) -> Outcome:
    """Change a session; what is None stays. A typed start recomputes the study day; an empty resource removes it."""
    old = find_session(workspace, reference)
    new = _edited(workspace, old, at, duration, topic, note, takeaway, tags, resource)
    before = day_total(workspace, new.study_day)
    if new == old:
        raise LearnhabitError("Nothing to change", "name what should change, such as --duration 50m or --note TEXT")
    with workspace.change(f"edited {_described(old)}") as change:
        _write(change, old, new)
    return outcome(workspace, old.id, before)


def preview_edit(
    workspace: Workspace,
    reference: str,
    *,
    at: str | None = None,
    duration: str | None = None,
    topic: str | None = None,
    note: str | None = None,
    takeaway: str | None = None,
    tags: Sequence[str] | None = None,
    resource: str | None = None,
) -> Outcome:
    """What `edit` would make of a session; nothing is written. Raises as `edit` does, except for no change."""
    old = find_session(workspace, reference)
    new = _edited(workspace, old, at, duration, topic, note, takeaway, tags, resource)
    before = day_total(workspace, new.study_day)
    after = before + new.seconds - (old.seconds if new.study_day == old.study_day else 0)
    return Outcome(
        session=new,
        warnings=(*workspace.warnings, *overlap_warning(workspace, new)),
        day_seconds=after,
        day_seconds_before=before,
    )


def move(workspace: Workspace, reference: str, day_text: str) -> Outcome:
    """Let a session count for another study day; its start stays as it was."""
    session = find_session(workspace, reference)
    day = read_day(day_text, workspace.calendar)
    if day > workspace.today:
        raise LearnhabitError(f"{long_day(day)} is still to come", "a session can move to today or an earlier day")
    if day == session.study_day:
        raise LearnhabitError(f"The session counts for {long_day(day)} already", "nothing was changed")
    before = day_total(workspace, day)
    with workspace.change(f"moved {_described(session)} to {long_day(day)}") as change:
        change.update("session", session.id, {"study_day": day.isoformat(), "day_moves": session.day_moves + 1})
    return outcome(workspace, session.id, before)


def split(workspace: Workspace, reference: str, time_text: str) -> tuple[Session, Session]:
    """Cut a session in two at a wall clock inside it; the first part keeps id, note and tags."""
    session = find_session(workspace, reference)
    at = _inside(workspace, session, time_text)
    part = split_session(session, at, workspace.new_id())
    first, second = part
    wall = wall_at(second.started_at, session.utc_offset)
    # A session that was moved by hand stays together; else the second part has a start, and so a day, of its own.
    day = session.study_day if session.day_moves else workspace.study_day_of(wall)
    with workspace.change(f"split {_described(session)}") as change:
        _write(change, session, first)
        insert_session(
            change,
            workspace,
            second.id,
            topic=second.topic,
            resource=second.resource,
            started_at=second.started_at,
            ended_at=second.ended_at,
            seconds=second.seconds,
            note=second.note,
            takeaway=second.takeaway,
            tags=second.tags,
            pauses=second.pauses,
            origin=second.origin,
            place=(session.utc_offset, session.zone),
            study_day=day,
            day_moves=session.day_moves,
        )
    return find_session(workspace, first.id), find_session(workspace, second.id)


def merge(workspace: Workspace, reference: str, other_reference: str) -> Session:
    """Make two sessions of one topic and study day one; the first one's id stays."""
    first, second = find_session(workspace, reference), find_session(workspace, other_reference)
    if first.id == second.id:
        raise LearnhabitError("A session can't be merged with itself", "name two sessions")
    merged = merged_session(first, second)
    if merged.started_at != first.started_at:
        merged = merged.replace(utc_offset=second.utc_offset, zone=second.zone)
    with workspace.change(f"merged {_described(first)} and {_described(second)}") as change:
        _write(change, first, merged)
        remove_tags(change, second.id, second.tags)
        change.remove("session", second.id)
    return find_session(workspace, first.id)


def star(workspace: Workspace, reference: str, *, starred: bool | None = None) -> Session:
    """Star a session's takeaway, which keeps it for the year's summary, or take the star away; None: the other one.

    LearnhabitError without a takeaway.
    """
    session = find_session(workspace, reference)
    wanted = not session.starred if starred is None else starred
    if wanted and not session.takeaway:
        raise LearnhabitError(
            "There is no takeaway to star", f'learnhabit edit {session.id[-6:]} --takeaway "…" writes one'
        )
    if wanted == session.starred:
        raise LearnhabitError(
            f"The takeaway {'has' if wanted else 'had'} {'a' if wanted else 'no'} star", "nothing was changed"
        )
    what = f"the takeaway of {_described(session)}"
    with workspace.change(f"starred {what}" if wanted else f"took the star from {what}") as change:
        change.update("session", session.id, {"starred": int(wanted)})
    return find_session(workspace, session.id)


def delete(workspace: Workspace, reference: str) -> Session:
    """Delete a session; `undo` brings it back while the journal holds the step."""
    session = find_session(workspace, reference)
    with workspace.change(f"deleted {_described(session)}") as change:
        remove_tags(change, session.id, session.tags)
        change.remove("session", session.id)
    return session


def _edited(
    workspace: Workspace,
    old: Session,
    at: str | None,
    duration: str | None,
    topic: str | None,
    note: str | None,
    takeaway: str | None,
    tags: Sequence[str] | None,
    resource: str | None,
) -> Session:
    new = old
    if topic is not None:
        name = match_topic(accepted(workspace, topic), workspace.names)
        new = new.replace(topic=name.id, topic_title=name.title)
    if note is not None:
        new = new.replace(note=accepted(workspace, note))
    if takeaway is not None:
        new = new.replace(takeaway=accepted(workspace, takeaway))
    if tags is not None:
        new = new.replace(tags=unique_tags([accepted(workspace, tag).lstrip("#") for tag in tags]))
    if resource is not None:
        new = new.replace(resource=find_resource(workspace, resource) if resource else None)
    if duration is not None:
        new = _with_duration(new, parse_duration(accepted(workspace, duration)))
    if at is not None:
        new = _with_start(workspace, new, read_when(accepted(workspace, at), workspace.calendar).started_at)
    if new.ended_at > workspace.now and (at is not None or duration is not None):
        end = workspace.clock.local(new.ended_at)
        raise LearnhabitError(
            f"It would end at {clock_time(end)} on {short_day(end)}, which is still to come",
            "a shorter duration, or an earlier start",
        )
    return new


def _with_duration(session: Session, seconds: int) -> Session:
    """Another duration from the same start; pauses that lie behind the new end go."""
    end, pauses = session.started_at + seconds, []
    for pause in session.pauses:
        if pause[0] < end:
            pauses.append(pause)
            end += pause[1] - pause[0]
    return session.replace(seconds=seconds, ended_at=end, pauses=tuple(pauses))


def _with_start(workspace: Workspace, session: Session, started_at: int) -> Session:
    """The same session at another time, with the study day that follows from it."""
    shift = started_at - session.started_at
    if shift == 0:
        return session
    return session.replace(
        started_at=started_at,
        ended_at=session.ended_at + shift,
        pauses=tuple((start + shift, end + shift) for start, end in session.pauses),
        utc_offset=offset_minutes(workspace, started_at),
        zone=workspace.clock.zone(started_at),
        study_day=workspace.study_day_of(workspace.clock.local(started_at)),
        day_moves=0,
    )


def _write(change: Change, old: Session, new: Session) -> None:
    """Write the columns that differ, and the tags."""
    values: dict[str, object] = {}
    for name in ("topic", "resource", "started_at", "ended_at", "seconds", "utc_offset", "zone", "day_moves"):
        if getattr(new, name) != getattr(old, name):
            values[name] = getattr(new, name)
    for name in ("note", "takeaway", "starred"):
        if getattr(new, name) != getattr(old, name):
            values[name] = getattr(new, name)
    if new.study_day != old.study_day:
        values["study_day"] = new.study_day.isoformat()
    if new.pauses != old.pauses:
        values["pauses"] = write_pauses(new.pauses)
    change.update("session", old.id, values)
    remove_tags(change, old.id, [tag for tag in old.tags if tag not in new.tags])
    put_tags(change, old.id, [tag for tag in new.tags if tag not in old.tags])


def _inside(workspace: Workspace, session: Session, text: str) -> int:
    """The instant inside a session that a wall clock (`21:10`) names, in the session's own offset."""
    try:
        clock = datetime.strptime(text.strip(), "%H:%M").time()
    except ValueError:
        raise UsageError(f"“{text}” is no time", "write a wall clock inside the session, such as 21:10") from None
    offset = timedelta(minutes=session.utc_offset)
    start = datetime(1970, 1, 1) + timedelta(seconds=session.started_at) + offset
    day = date(start.year, start.month, start.day)
    for ahead in range((session.ended_at - session.started_at) // 86_400 + 2):
        wall = datetime.combine(day + timedelta(days=ahead), clock)
        instant = int((wall - offset - datetime(1970, 1, 1)).total_seconds())
        if session.started_at < instant < session.ended_at:
            return instant
    span = time_range(wall_at(session.started_at, session.utc_offset), wall_at(session.ended_at, session.utc_offset))
    raise LearnhabitError(f"{text.strip()} is not inside the session", f"it is {span}")


def _described(session: Session) -> str:
    return f"{format_duration(session.seconds)} of {session.topic_title} on {short_day(session.study_day)}"
