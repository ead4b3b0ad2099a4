"""Logging the past, and the one timer."""

from __future__ import annotations

from learnhabit.domain.day_text import clock_time, wall_at
from learnhabit.domain.day_words import read_when
from learnhabit.domain.duration import format_duration
from learnhabit.domain.quick_entry import Entry, parse_arguments, parse_line, parse_topic_line, place_entry, unique_tags
from learnhabit.domain.timer import Timer, elapsed, end_of, trim
from learnhabit.domain.timer import pause as paused_timer
from learnhabit.domain.timer import resume as resumed_timer
from learnhabit.errors import LearnhabitError
from learnhabit.services.doubting import (
    day_total_of,
    refuse_suspicious,
    required_timer,
    suspicion_of,
    topic_title,
    trim_to,
    view_of,
)
from learnhabit.services.finding import accepted, find_resource
from learnhabit.services.recording import (
    day_total,
    describe_overlap,
    insert_session,
    offset_minutes,
    outcome,
)
from learnhabit.services.values import Outcome, Preview, TimerView
from learnhabit.services.workspace import Workspace
from learnhabit.storage.store import Change
from learnhabit.storage.timers import read_timer, timer_image, update_timer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_SESSION = 24 * 3600
"""Seconds; a timer over that is trimmed or discarded."""


def log(
    workspace: Workspace,
    words: Sequence[str],
    *,
    at: str | None = None,
    note: str | None = None,
    tags: Sequence[str] = (),
    takeaway: str = "",
    resource: str | None = None,
) -> Outcome:
    """Log study that is over; `words` are a quick-entry line or its parts.

    Raises UsageError for words that can't be read, LearnhabitError for study in the future.
    """
    entry = parse_arguments([accepted(workspace, word) for word in words], workspace.names)
    entry = _with_options(workspace, entry, at, note, tags)
    placed = place_entry(entry, workspace.calendar)
    resource_id = find_resource(workspace, resource) if resource else None
    session_id = workspace.new_id()
    day = workspace.study_day_of(workspace.clock.local(placed.started_at))
    before = day_total(workspace, day)
    with workspace.change(f"logged {format_duration(entry.seconds)} of {entry.topic.title}") as change:
        insert_session(
            change,
            workspace,
            session_id,
            topic=entry.topic.id,
            resource=resource_id,
            started_at=placed.started_at,
            ended_at=placed.ended_at,
            seconds=entry.seconds,
            note=entry.note,
            takeaway=accepted(workspace, takeaway),
            tags=entry.tags,
            pauses=(),
            origin="log",
        )
    return outcome(workspace, session_id, before)


def preview(workspace: Workspace, line: str) -> Preview:
    """What a quick-entry line would save; nothing is written. Raises as `log` does."""
    entry = parse_line(accepted(workspace, line), workspace.names)
    placed = place_entry(entry, workspace.calendar)
    started = workspace.clock.local(placed.started_at)
    day = workspace.study_day_of(started)
    return Preview(
        seconds=entry.seconds,
        topic_title=entry.topic.title,
        note=entry.note,
        tags=entry.tags,
        started_wall=started,
        ended_wall=workspace.clock.local(placed.ended_at),
        study_day=day,
        day_seconds=day_total(workspace, day) + entry.seconds,
        warnings=describe_overlap(workspace, placed.started_at, placed.ended_at, ""),
    )


def timer(workspace: Workspace) -> TimerView | None:
    """The timer as it stands, or None."""
    running = read_timer(workspace.store)
    return view_of(workspace, running) if running else None


def start(
    workspace: Workspace,
    words: Sequence[str],
    *,
    at: str | None = None,
    note: str | None = None,
    tags: Sequence[str] = (),
    resource: str | None = None,
) -> TimerView:
    """Start the timer on a topic, now or at an earlier moment. Raises LearnhabitError while one runs."""
    new = _new_timer(workspace, words, at, note, tags, resource)
    with workspace.change(f"started {topic_title(workspace, new.topic)}") as change:
        running = read_timer(workspace.store)
        if running is not None:
            raise LearnhabitError(
                f"A timer runs already on {topic_title(workspace, running.topic)}",
                "learnhabit switch TOPIC stops it and starts the next; learnhabit stop saves it",
            )
        _insert_timer(change, new)
    return view_of(workspace, new)


def switch(
    workspace: Workspace,
    words: Sequence[str],
    *,
    at: str | None = None,
    note: str | None = None,
    tags: Sequence[str] = (),
    resource: str | None = None,
    takeaway: str = "",
    kept_note: str | None = None,
) -> tuple[Outcome, TimerView]:
    """Stop the running timer and start the next one at the same moment, in one change.

    `takeaway` and `kept_note` (instead of the timer's) go to the session that is saved, all else to the next timer.
    """
    takeaway = accepted(workspace, takeaway)
    kept_note = None if kept_note is None else accepted(workspace, kept_note)
    new = _new_timer(workspace, words, at, note, tags, resource)
    with workspace.change(f"switched to {topic_title(workspace, new.topic)}") as change:
        running = required_timer(workspace, "learnhabit start TOPIC starts one")
        refuse_suspicious(workspace, running, "switch")
        if new.started_at < running.started_at:
            since = clock_time(wall_at(running.started_at, running.utc_offset), clock_24=workspace.clock_24)
            raise LearnhabitError(
                "The running timer started later than that",
                f"{topic_title(workspace, running.topic)} runs since {since}: switch at a later moment",
            )
        before = day_total_of(workspace, running)
        kept = running
        if new.started_at < end_of(running, workspace.now):
            kept = trim(running, new.started_at)
        session_id = _write_stop(
            change, workspace, kept, end_of(kept, workspace.now), note=kept_note, takeaway=takeaway, undo_to=running
        )
        _insert_timer(change, new)
    return outcome(workspace, session_id, before), view_of(workspace, new)


def pause(workspace: Workspace) -> TimerView:
    """Hold the timer. Raises DoubtError when its time looks wrong: held, it would never be asked about again."""
    with workspace.store.transaction():
        running = required_timer(workspace, "learnhabit start TOPIC starts one")
        if running.paused_at is not None:
            raise LearnhabitError("The timer is paused already", "learnhabit resume goes on, learnhabit stop saves it")
        refuse_suspicious(workspace, running, "pause")
        held = paused_timer(running, workspace.now)
        workspace.store.forget_redo()
        update_timer(workspace.store, held, workspace.now)
    return view_of(workspace, held)


def resume(workspace: Workspace) -> TimerView:
    """Let a paused timer go on."""
    with workspace.store.transaction():
        running = required_timer(workspace, "learnhabit start TOPIC starts one")
        if running.paused_at is None:
            raise LearnhabitError("The timer is running already", "learnhabit pause holds it, learnhabit stop saves it")
        boot_id, boot_clock = workspace.clock.boot()
        going = resumed_timer(running, workspace.now)
        # Whatever the machine did during the pause is no reason to doubt the time after it.
        going = going.replace(boot_id=boot_id, boot_clock=_boot_at(boot_clock, workspace.now - going.started_at))
        workspace.store.forget_redo()
        update_timer(workspace.store, going, workspace.now)
    return view_of(workspace, going)


def stop(
    workspace: Workspace,
    *,
    takeaway: str = "",
    note: str | None = None,
    decision: str | None = None,
    trim_seconds: int | None = None,
) -> Outcome | None:
    """Stop the timer and write its session, in one transaction.

    `decision` answers for a time that looks wrong: `keep`, `trim` (to `trim_seconds`, else to the last heartbeat) or
    `discard`, which writes nothing and returns None. Raises LearnhabitError when there is no timer, or when the time
    looks wrong and nothing was decided.
    """
    if decision == "discard":
        cancel(workspace)
        return None
    takeaway = accepted(workspace, takeaway)
    note = None if note is None else accepted(workspace, note)
    with workspace.change("stopped the timer") as change:
        running = required_timer(workspace, "learnhabit start TOPIC starts one; learnhabit log 45m TOPIC logs the past")
        change.summary = f"stopped {topic_title(workspace, running.topic)}"
        kept = running
        if decision == "trim":
            kept = trim(running, trim_to(workspace, running, trim_seconds))
        elif decision is None:
            refuse_suspicious(workspace, running, "stop")
        before = day_total_of(workspace, running)
        session_id = _write_stop(
            change, workspace, kept, end_of(kept, workspace.now), note=note, takeaway=takeaway, undo_to=running
        )
    return outcome(workspace, session_id, before)


def cancel(workspace: Workspace) -> TimerView:
    """Drop the timer without writing a session."""
    with workspace.change("discarded the timer") as change:
        running = required_timer(workspace, "there is nothing to cancel")
        change.summary = f"discarded the timer on {topic_title(workspace, running.topic)}"
        change.remove("timer", running.id, before=timer_image(workspace.store, _as_paused(running, workspace.now)))
    return view_of(workspace, running)


def heartbeat(workspace: Workspace) -> None:
    """Note that the app is open beside a running timer; changes nothing else, and is no step to undo.

    A timer whose time looks wrong stays as it is: the last heartbeat says up to when somebody was there.
    """
    with workspace.store.transaction():
        running = read_timer(workspace.store)
        if running is not None and running.paused_at is None and not suspicion_of(workspace, running):
            update_timer(workspace.store, running.replace(heartbeat_at=workspace.now), workspace.now)


def _with_options(workspace: Workspace, entry: Entry, at: str | None, note: str | None, tags: Sequence[str]) -> Entry:
    more = tuple(accepted(workspace, tag).lstrip("#") for tag in tags)
    return entry.replace(
        when=entry.when if at is None else accepted(workspace, at),
        note=entry.note if note is None else accepted(workspace, note),
        tags=unique_tags((*entry.tags, *more)),
    )


def _new_timer(
    workspace: Workspace,
    words: Sequence[str],
    at: str | None,
    note: str | None,
    tags: Sequence[str],
    resource: str | None,
) -> Timer:
    entry = parse_topic_line([accepted(workspace, word) for word in words], workspace.names)
    entry = _with_options(workspace, entry, at, note, tags)
    started_at = workspace.now if entry.when is None else read_when(entry.when, workspace.calendar).started_at
    boot_id, boot_clock = workspace.clock.boot()
    return Timer(
        id=workspace.new_id(),
        topic=entry.topic.id,
        resource=find_resource(workspace, resource) if resource else None,
        note=entry.note,
        tags=entry.tags,
        started_at=started_at,
        utc_offset=offset_minutes(workspace, started_at),
        zone=workspace.clock.zone(started_at),
        pauses=(),
        paused_at=None,
        boot_id=boot_id,
        boot_clock=_boot_at(boot_clock, workspace.now - started_at),
        heartbeat_at=None,
    )


def _boot_at(boot_clock: int | None, seconds_ago: int) -> int | None:
    """What the boot-time clock showed a while ago (negative: before this boot)."""
    return None if boot_clock is None else boot_clock - seconds_ago


def _insert_timer(change: Change, new: Timer) -> None:
    change.insert(
        "timer",
        new.id,
        {
            "topic": new.topic,
            "resource": new.resource,
            "note": new.note,
            "tags": "\n".join(new.tags),
            "started_at": new.started_at,
            "utc_offset": new.utc_offset,
            "zone": new.zone,
            "boot_id": new.boot_id,
            "boot_clock": new.boot_clock,
        },
    )


def _write_stop(
    change: Change,
    workspace: Workspace,
    running: Timer,
    ended_at: int,
    *,
    note: str | None,
    takeaway: str,
    undo_to: Timer | None = None,
) -> str:
    """Write a timer's session and remove the timer; undo brings the timer back, paused at that moment.

    Returns the session's id. It is not the timer's: a timer that undo brought back is stopped a second time.
    """
    seconds = elapsed(running, ended_at)
    if seconds > LONGEST_SESSION:
        raise LearnhabitError(
            f"The timer shows {format_duration(seconds)}",
            "a session has at most 24 h: stop --trim DURATION keeps a part, stop --discard drops it",
        )
    change.remove("timer", running.id, before=timer_image(workspace.store, _as_paused(undo_to or running, ended_at)))
    session_id = workspace.new_id()
    insert_session(
        change,
        workspace,
        session_id,
        topic=running.topic,
        resource=running.resource,
        started_at=running.started_at,
        # A timer that is stopped within its first second still leaves what was promised: a session.
        ended_at=max(ended_at, running.started_at + 1),
        seconds=max(seconds, 1),
        note=running.note if note is None else note,
        takeaway=takeaway,
        tags=running.tags,
        pauses=running.pauses,
        origin="timer",
        place=(running.utc_offset, running.zone),
    )
    return session_id


def _as_paused(running: Timer, moment: int) -> Timer:
    return running if running.paused_at is not None else paused_timer(running, moment)
