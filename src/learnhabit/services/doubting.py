"""The timer as it is shown, and what to do when the time it shows looks wrong."""

from __future__ import annotations

from datetime import date

from learnhabit.domain.day_text import wall_at
from learnhabit.domain.duration import format_duration
from learnhabit.domain.timer import Timer, elapsed, suspicion
from learnhabit.errors import LearnhabitError
from learnhabit.services.recording import day_total
from learnhabit.services.values import TimerView
from learnhabit.services.workspace import Workspace
from learnhabit.storage.timers import read_timer


class DoubtError(LearnhabitError):
    """The timer's time looks wrong, and nobody has said what it is worth."""


def view_of(workspace: Workspace, running: Timer) -> TimerView:
    """A timer as screens and commands show it."""
    row = None
    if running.resource:
        row = workspace.store.one("SELECT title FROM resource WHERE id = ?", running.resource)
    beat = running.heartbeat_at
    return TimerView(
        topic=running.topic,
        topic_title=topic_title(workspace, running.topic),
        resource=running.resource,
        resource_title=row[0] if row else "",
        note=running.note,
        started_at=running.started_at,
        started_wall=wall_at(running.started_at, running.utc_offset),
        study_day=_study_day(workspace, running),
        seconds=elapsed(running, workspace.now),
        paused=running.paused_at is not None,
        suspicion=suspicion_of(workspace, running),
        heartbeat_seconds=None if beat is None else elapsed(running, beat),
    )


def trim_to(workspace: Workspace, running: Timer, seconds: int | None) -> int:
    """The instant up to which a timer is kept: so many seconds of study, or the app's last heartbeat."""
    if seconds is None:
        if running.heartbeat_at is None:
            raise LearnhabitError(
                "There is no heartbeat to trim to", "the app was not open beside this timer: say --trim DURATION"
            )
        return running.heartbeat_at
    # The duration counts from the start, and pauses within it do not count.
    end = running.started_at + seconds
    for paused_at, resumed_at in running.pauses:
        if paused_at < end:
            end += resumed_at - paused_at
    # A clock that was set back to before the start says nothing about the length; else no timer is longer than it ran.
    if end > workspace.now >= running.started_at:
        raise LearnhabitError(
            f"The timer shows {format_duration(elapsed(running, workspace.now))} only",
            f"{format_duration(seconds)} would be longer than that",
        )
    return end


def suspicion_of(workspace: Workspace, running: Timer) -> str:
    """Why the timer's time looks wrong now; empty when it does not."""
    return suspicion(running, workspace.now, *workspace.clock.boot())


def refuse_suspicious(workspace: Workspace, running: Timer, command: str) -> None:
    """Raise DoubtError when the timer's time looks wrong, so that nothing is silently long."""
    reason = suspicion_of(workspace, running)
    if reason:
        flags = "--keep, --trim [DURATION] or --discard"
        raise DoubtError(
            f"The timer looks wrong: {reason}",
            f"say what to do with it: {flags}" if command == "stop" else f"first: learnhabit stop with {flags}",
        )


def required_timer(workspace: Workspace, hint: str) -> Timer:
    """The timer; LearnhabitError with a hint when none runs."""
    running = read_timer(workspace.store)
    if running is None:
        raise LearnhabitError("No timer is running", hint)
    return running


def day_total_of(workspace: Workspace, running: Timer) -> int:
    """Seconds studied on the study day that a timer belongs to, without the timer."""
    return day_total(workspace, _study_day(workspace, running))


def _study_day(workspace: Workspace, running: Timer) -> date:
    """The study day of a timer's start, by the clock where it was started."""
    return workspace.study_day_of(wall_at(running.started_at, running.utc_offset))


def topic_title(workspace: Workspace, topic: str) -> str:
    """A topic's title by its id."""
    return next((name.title for name in workspace.names if name.id == topic), topic)
