"""The one timer: how much it shows, and when that looks wrong."""

from __future__ import annotations

from learnhabit.domain.duration import format_duration
from learnhabit.domain.record import Record

BEAT_LATE = 120
"""Seconds; a heartbeat comes every 30 while the app is open."""
LONG_WITHOUT_BEAT = 3 * 3600
LONG = 12 * 3600
CLOCK_GAP = 120
"""Seconds by which wall clock and boot-time clock may disagree."""


class Timer(Record):
    """A timer, running or paused. Instants are epoch seconds (UTC)."""

    id: str
    topic: str
    resource: str | None
    note: str
    tags: tuple[str, ...]
    started_at: int
    utc_offset: int
    """Minutes east of UTC at the start."""
    zone: str
    pauses: tuple[tuple[int, int], ...]
    """Finished pauses, in order."""
    paused_at: int | None
    """The beginning of the pause that goes on."""
    boot_id: str
    """The machine's boot at the start; empty where the system does not say."""
    boot_clock: int | None
    """What the boot-time clock showed at the start, in seconds."""
    heartbeat_at: int | None
    """When the open app last said that it sees this timer."""


def end_of(timer: Timer, now: int) -> int:
    """Where the timer would end if it were stopped now: a paused one ends at its pause."""
    return now if timer.paused_at is None else timer.paused_at


def elapsed(timer: Timer, now: int) -> int:
    """Seconds without pauses up to now; never negative."""
    end = end_of(timer, now)
    paused = sum(max(0, min(resumed_at, end) - paused_at) for paused_at, resumed_at in timer.pauses if paused_at < end)
    return max(0, end - timer.started_at - paused)


def pause(timer: Timer, now: int) -> Timer:
    """The timer, held; a clock that was set back can't make a pause begin before the last one ended."""
    if timer.paused_at is not None:
        return timer
    earliest = timer.pauses[-1][1] if timer.pauses else timer.started_at
    return timer.replace(paused_at=max(now, earliest))


def resume(timer: Timer, now: int) -> Timer:
    """The timer, going on. An app that saw it before the pause is not missed during it: it counts as seen now."""
    paused_at = timer.paused_at
    if paused_at is None:
        return timer
    seen = timer if timer.heartbeat_at is None else timer.replace(heartbeat_at=now)
    if now <= paused_at:
        return seen.replace(paused_at=None)
    return seen.replace(pauses=(*timer.pauses, (paused_at, now)), paused_at=None)


def trim(timer: Timer, end: int) -> Timer:
    """The timer as if it had been paused at an instant; pauses behind it go. One that is paused grows no longer."""
    end = max(end, timer.started_at)
    if timer.paused_at is not None:
        end = min(end, timer.paused_at)
    kept = []
    for paused_at, resumed_at in timer.pauses:
        if paused_at <= end < resumed_at:
            end = paused_at
        if resumed_at <= end:
            kept.append((paused_at, resumed_at))
    return timer.replace(pauses=tuple(kept), paused_at=end)


def suspicion(timer: Timer, now: int, boot_id: str, boot_clock: int | None) -> str:
    """Why the time shown looks wrong, in words that end without a full stop; empty when it does not.

    A paused timer is never asked about. Clocks are compared only where the system has a boot-time clock.
    """
    if timer.paused_at is not None:
        return ""
    last = max([timer.started_at, *(resumed_at for _, resumed_at in timer.pauses)])
    if now < last or (timer.heartbeat_at is not None and now < timer.heartbeat_at):
        return "the clock was set back while it ran"
    shown = elapsed(timer, now)
    if boot_id and timer.boot_id and boot_id != timer.boot_id:
        return f"the machine was restarted while it ran, and it shows {format_duration(shown)}"
    if boot_clock is not None and timer.boot_clock is not None and boot_id == timer.boot_id:
        gap = (now - timer.started_at) - (boot_clock - timer.boot_clock)
        if abs(gap) > CLOCK_GAP:
            return f"the clock was set {'forward' if gap > 0 else 'back'} by {format_duration(abs(gap))} while it ran"
    if shown > LONG:
        return f"it shows {format_duration(shown)}"
    if timer.heartbeat_at is not None and now - timer.heartbeat_at > BEAT_LATE and shown > LONG_WITHOUT_BEAT:
        beat = elapsed(timer, timer.heartbeat_at)
        return f"it shows {format_duration(shown)}, and the app last saw it at {format_duration(beat)}"
    return ""
