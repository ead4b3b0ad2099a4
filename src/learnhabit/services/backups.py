"""Backups: made when asked for and by themselves, listed, and restored after saying what that would change."""

from __future__ import annotations

import os
import sqlite3

from learnhabit.clock import Clock
from learnhabit.domain.backup import Backup
from learnhabit.domain.record import Record
from learnhabit.errors import LearnhabitError, UsageError
from learnhabit.storage import backup as storage
from learnhabit.storage.manifest import file_of
from learnhabit.storage.opening import FILE_NAME, has_changed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

COMPARED = (
    ("session", "session", "seconds"),
    ("timer", "running timer", ""),
    ("resolution", "resolution", ""),
    ("check_in", "check-in", ""),
    ("card", "recall card", ""),
    ("reminder", "reminder", ""),
    ("review", "weekly review", ""),
)
"""Tables that a plan compares, each with its word and, where it has one, its length."""
RESTORED = "it was before a restore"
"""Why a reminder did not come, in words."""


class Difference(Record):
    """What a restore would do to one kind of thing."""

    word: str
    """One of them, such as `session`."""
    lost: int
    lost_seconds: int
    """Of the sessions that would be lost; 0 for other things."""
    back: int
    back_seconds: int
    changed: int
    """There then as now, and not the same."""


class Plan(Record):
    """What a restore would do."""

    backup: Backup
    path: str
    differences: tuple[Difference, ...]
    """One for each kind of thing that would change."""
    unread: str
    """Why what is there now could not be compared; empty when it was."""


class Restored(Record):
    """What a restore did."""

    backup: Backup
    before: Backup | None
    """The backup of the state before; None when there was none, or when it was damaged."""
    set_aside: str
    """Where the damaged file was copied to; empty when it was none."""


def backup_now(folder: str, clock: Clock) -> Backup:
    """Make a backup, whether anything has changed or not. LearnhabitError when it can't be made."""
    return _make(folder, clock, "asked for")


def backup_by_itself(folder: str, clock: Clock) -> Backup | None:
    """Make the backup that is due, if anything has changed since the newest; None when there is none to make.

    The caller knows that it is due (`Workspace.backup_is_due`).
    """
    return _make(folder, clock, "automatic") if has_changed(folder) else None


def path_of(folder: str, backup: Backup) -> str:
    """The whole path of a backup."""
    return file_of(folder, backup.id)


def backups(folder: str) -> list[Backup]:
    """Every backup, newest first, without reading each to its end; `trouble` does that."""
    return storage.backups(folder)


def trouble(folder: str, backup: Backup) -> str:
    """What is wrong with a backup, in words; empty for a good one. Reads all of it."""
    return storage.trouble(folder, backup)


def newest_good(folder: str) -> Backup | None:
    """The latest backup that is whole."""
    return storage.newest_good(folder)


def find_backup(folder: str, reference: str) -> Backup:
    """The backup of an id, of a part that only one id has, or the `last`, which is the newest good one."""
    text = reference.strip()
    found = backups(folder)
    if not found:
        raise LearnhabitError("There is no backup yet", "learnhabit backup now makes one")
    if text.lower() == "last":
        good = newest_good(folder)
        if good is None:
            raise LearnhabitError("No backup is whole", "learnhabit backup list says what is wrong with each")
        return good
    exact = [each for each in found if each.id == text]
    fitting = exact or [each for each in found if text and text in each.id]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise UsageError(f"“{reference}” fits {len(fitting)} backups", f"such as {fitting[0].id} and {fitting[1].id}")
    raise UsageError(f"There is no backup “{reference}”", "learnhabit backup list shows their ids")


def plan_restore(folder: str, reference: str) -> Plan:
    """What restoring a backup would change. LearnhabitError for a damaged one, UsageError for one that is none."""
    chosen = find_backup(folder, reference)
    wrong = trouble(folder, chosen)
    if wrong:
        good = newest_good(folder)
        instead = f"the newest good one is {good.id}" if good else "there is no good one"
        raise LearnhabitError(f"Backup {chosen.id} can't be restored", f"{wrong}; {instead}")
    path = path_of(folder, chosen)
    try:
        differences, unread = _differences(os.path.join(folder, FILE_NAME), path), ""
    except (sqlite3.Error, OSError, LearnhabitError, UnicodeDecodeError) as error:
        there = os.path.exists(os.path.join(folder, FILE_NAME))
        differences, unread = (), "what is there now can't be read" if there else "there is no data file now"
        if isinstance(error, sqlite3.OperationalError) and (error.sqlite_errorcode or 0) & 0xFF == sqlite3.SQLITE_BUSY:
            unread = "another program holds the data file"
    return Plan(backup=chosen, path=path, differences=differences, unread=unread)


def restore(folder: str, clock: Clock, backup: Backup) -> Restored:
    """Make the database what a backup holds; what was there is backed up first, or set aside when it is damaged.

    A backup of an older program is brought up to date. LearnhabitError when it can't be done: then nothing was; or when
    what was restored can't be brought up to date.
    """
    from learnhabit.storage.restore import restore as into_the_database

    now, stem, offset = _moment(clock)
    before, aside = into_the_database(folder, backup, stem, now, offset)
    _end_reminders(folder, clock)
    return Restored(backup=backup, before=before, set_aside=aside)


def _end_reminders(folder: str, clock: Clock) -> None:
    """What was due up to now has come, or was missed, since the backup was made: each reminder's next time is to come.

    It knows nothing of that, and would send it once more.
    """
    from learnhabit.services.transferring import move_on
    from learnhabit.services.workspace import open_workspace
    from learnhabit.storage.reminders import read_deliveries, write_delivery

    with open_workspace(folder, clock) as workspace, workspace.store.transaction():
        move_on(workspace)
        late = "state IN ('pending', 'snoozed') AND next_try <= ?"
        for each in read_deliveries(workspace.store, late, workspace.now):
            ended = each.replace(state="expired", done_at=workspace.now, reason=RESTORED)
            write_delivery(workspace.store, ended, workspace.now)


def _make(folder: str, clock: Clock, why: str) -> Backup:
    now, stem, offset = _moment(clock)
    return storage.make(folder, stem, now, offset, why)


def _moment(clock: Clock) -> tuple[int, str, int]:
    now = clock.now()
    return now, f"{clock.local(now):%Y%m%d-%H%M}", clock.offset_at(now) // 60


def _differences(path: str, backup: str) -> tuple[Difference, ...]:
    from learnhabit.storage.comparing import compare

    found = compare(path, backup, [(table, length) for table, _, length in COMPARED])
    return tuple(
        Difference(word=word, lost=lost, lost_seconds=lost_seconds, back=back, back_seconds=back_seconds, changed=same)
        for (_, word, _), (lost, lost_seconds, back, back_seconds, same) in zip(COMPARED, found, strict=True)
        if lost or back or same
    )


def plan_words(plan: Plan) -> Sequence[str]:
    """A plan as sentences."""
    if plan.unread:
        return (f"{plan.unread[:1].upper()}{plan.unread[1:]}, so what would be lost is not known.",)
    if not plan.differences:
        return ("Nothing that you entered is different from now.",)
    said = []
    for name, seconds, title in (("lost", "lost_seconds", "Lost"), ("back", "back_seconds", "Back again")):
        parts = [
            _counted(getattr(each, name), each.word, getattr(each, seconds))
            for each in plan.differences
            if getattr(each, name)
        ]
        if parts:
            said.append(f"{title}: {', '.join(parts)}.")
    changed = [_counted(each.changed, each.word, 0) for each in plan.differences if each.changed]
    if changed:
        said.append(f"As it was then: {', '.join(changed)}.")
    return said


def _counted(number: int, word: str, seconds: int) -> str:
    from learnhabit.domain.duration import format_duration

    length = f" ({format_duration(seconds)})" if seconds else ""
    return f"{number:,} {word}{'' if number == 1 else 's'}{length}"
