"""Sending what is due, once: the agent's tick and the app's are this one function.

Each time a reminder was due is one row. Whoever takes it says so in the same statement that finds it, so any number of
processes may do this at once; one that dies between sending and writing it down may repeat it, never lose it.
"""

from __future__ import annotations

import os
from datetime import datetime

from learnhabit.domain.quiet_hours import read_quiet_hours
from learnhabit.domain.record import Record
from learnhabit.domain.reminder import ATTEMPTS, CATCH_UP, Delivery, is_too_late, wait_before
from learnhabit.services.workspace import Workspace
from learnhabit.storage.reminders import (
    add_delivery,
    claim,
    is_idle,
    is_recorded,
    read_reminders,
    supersede,
    write_delivery,
    write_next_due,
)
from learnhabit.storage.rules import read_setting

TYPE_CHECKING = False
if TYPE_CHECKING:
    from learnhabit.domain.quiet_hours import QuietHours
    from learnhabit.domain.reminder import Reminder
    from learnhabit.notify.notifier import Notifier

QUIET_HOURS = "22:00-07:00"
"""Where nothing was set."""
SUPERSEDED = "a later one took its place"
TICK_FILE = "remind.tick"
"""Beside the data file; its date says when the agent last looked, without a write to the database each minute."""


class Tick(Record):
    """What one tick did."""

    ended: tuple[Delivery, ...]
    """Deliveries that were sent, skipped, expired or given up."""
    waiting: tuple[Delivery, ...]
    """Those that were tried, or held back, and are tried again."""


def tick(workspace: Workspace, notifier: Notifier | None = None) -> Tick:
    """Record what is due, and send it or say why not; on the desktop unless another notifier is given.

    A delivery that fails is recorded and tried again later; it raises nothing.
    """
    if is_idle(workspace.store, _wall(workspace), workspace.now):
        return Tick(ended=(), waiting=())
    record_due(workspace)
    if notifier is None:
        from learnhabit.notify.desktop import DesktopNotifier

        notifier = DesktopNotifier()
    ended: list[Delivery] = []
    waiting: list[Delivery] = []
    while True:
        with workspace.store.transaction():
            taken = claim(workspace.store, workspace.now)
        if taken is None:
            return Tick(ended=tuple(ended), waiting=tuple(waiting))
        done = _deliver(workspace, taken, notifier)
        with workspace.store.transaction():
            written = write_delivery(workspace.store, done, workspace.now)
        if written:
            (waiting if done.done_at is None else ended).append(done)
        # Sending takes time, and what is read for the next one shall be what is true then.
        workspace.forget()
        workspace.refresh()


def note_tick(workspace: Workspace) -> None:
    """Leave a mark that the agent looked just now; where nothing can be written there is none."""
    try:
        path = os.path.join(workspace.folder, TICK_FILE)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
        os.utime(path, (workspace.now, workspace.now))
    except OSError:
        pass


def record_due(workspace: Workspace) -> None:
    """Write down each time a reminder was due up to now: the newest in time waits, others are past."""
    store, wall = workspace.store, _wall(workspace)
    with store.transaction():
        # Read under the lock: another process may have done it since.
        for reminder in read_reminders(
            store, "AND enabled = 1 AND (next_due IS NULL OR next_due <= ?)", wall.strftime("%Y-%m-%dT%H:%M")
        ):
            _record(workspace, reminder, wall)


def schedule(workspace: Workspace, reminder: Reminder) -> datetime | None:
    """When a reminder is due next: as it is stored, else the first time after it was changed that is not done yet."""
    from learnhabit.domain.occurrence import next_occurrence

    if not reminder.enabled:
        return None
    if reminder.next_due is not None:
        return reminder.next_due
    changed = workspace.clock.local(reminder.updated_at).replace(tzinfo=None)
    due = next_occurrence(reminder.rule, reminder.starts_on, changed)
    while due is not None and is_recorded(workspace.store, reminder.id, due):
        due = next_occurrence(reminder.rule, reminder.starts_on, due)
    return due


def quiet_hours(workspace: Workspace) -> QuietHours | None:
    """The quiet hours in force."""
    return read_quiet_hours(read_setting(workspace.store, "quiet_hours") or QUIET_HOURS)


def catch_up(workspace: Workspace) -> int:
    """Seconds within which a late reminder is still sent."""
    return int(read_setting(workspace.store, "catch_up") or CATCH_UP)


def bell(workspace: Workspace) -> bool:
    """Whether the terminal rings for a reminder."""
    return read_setting(workspace.store, "bell") == "on"


def _record(workspace: Workspace, reminder: Reminder, wall: datetime) -> None:
    from learnhabit.domain.occurrence import next_occurrence, occurrences

    store = workspace.store
    first = schedule(workspace, reminder)
    if first is not None and first <= wall:
        due = [first, *occurrences(reminder.rule, reminder.starts_on, first, wall)]
        hours, patience = quiet_hours(workspace), catch_up(workspace)
        newest = True
        for occurrence in reversed(due):
            delivery = _new(workspace, reminder, occurrence, hours)
            late = is_too_late(delivery, workspace.now, workspace.today, patience)
            if late or not newest:
                delivery = _ended(delivery, workspace.now, "expired", late or SUPERSEDED)
            else:
                newest = False
                supersede(store, delivery, workspace.now, SUPERSEDED)
            add_delivery(store, delivery, workspace.now)
        first = next_occurrence(reminder.rule, reminder.starts_on, wall)
    write_next_due(store, reminder.id, first)


def _new(workspace: Workspace, reminder: Reminder, occurrence: datetime, hours: QuietHours | None) -> Delivery:
    held = hours is not None and hours.hold(occurrence)
    begin = hours.end_behind(occurrence) if hours is not None and held else occurrence
    return Delivery(
        id=f"{reminder.id}@{occurrence:%Y-%m-%dT%H:%M}",
        reminder=reminder.id,
        occurrence=occurrence,
        state="pending",
        attempts=0,
        next_try=workspace.now,
        counted_from=workspace.clock.resolve(begin),
        expires_on=workspace.study_day_of(occurrence),
        done_at=None,
        text="",
        reason="",
    )


def _deliver(workspace: Workspace, delivery: Delivery, notifier: Notifier) -> Delivery:
    """What becomes of a delivery that is ours for a minute."""
    now = workspace.now
    late = is_too_late(delivery, now, workspace.today, catch_up(workspace))
    if late:
        # What went wrong before says more than the time.
        return _ended(delivery, now, "expired", delivery.reason or late)
    found = read_reminders(workspace.store, "AND id = ?", delivery.reminder)
    if not found or not found[0].enabled:
        return _ended(delivery, now, "skipped", "the reminder is off" if found else "the reminder was deleted")
    reminder = found[0]
    wall = _wall(workspace)
    hours = quiet_hours(workspace)
    if hours is not None and hours.hold(wall):
        end = workspace.clock.resolve(hours.end_behind(wall))
        return delivery.replace(
            attempts=delivery.attempts - 1,
            next_try=end,
            counted_from=end,
            reason=f"quiet hours until {hours.end:%H:%M}",
        )
    from learnhabit.services.conditions import unmet

    why = unmet(workspace, reminder.condition)
    if why:
        return _ended(delivery, now, "skipped", why)
    if delivery.attempts > ATTEMPTS:
        return _ended(delivery, now, "failed", delivery.reason or "whoever tried did not come back")
    from learnhabit.notify.notifier import NotSentError
    from learnhabit.services.notices import notice_for

    notice = notice_for(workspace, reminder)
    try:
        notifier.send(notice)
    except NotSentError as error:
        now = workspace.refresh()
        if delivery.attempts >= ATTEMPTS:
            return _ended(delivery.replace(text=notice.title), now, "failed", error.title)
        return delivery.replace(next_try=now + wait_before(delivery.attempts), text=notice.title, reason=error.title)
    return _ended(delivery.replace(text=notice.title), workspace.refresh(), "sent", _lateness(workspace, delivery))


def _lateness(workspace: Workspace, delivery: Delivery) -> str:
    """Why it came later than it was due, where it did."""
    if delivery.reason:
        return delivery.reason
    late = (workspace.now - workspace.clock.resolve(delivery.occurrence)) // 60
    return f"{late} min late" if delivery.state == "pending" and late >= 2 else ""


def _ended(delivery: Delivery, now: int, state: str, reason: str) -> Delivery:
    return delivery.replace(state=state, done_at=now, reason=reason)


def _wall(workspace: Workspace) -> datetime:
    return workspace.now_wall.replace(tzinfo=None)
