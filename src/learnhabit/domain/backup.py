"""Backups as values: which there are, and which of them are kept when time goes by."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from learnhabit.domain.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

LATEST, DAYS, WEEKS, MONTHS = 8, 12, 10, 9
"""How many are kept: the latest ones of each cause, then the last one of each of so many days, weeks and months."""
SHRUNK = 0.9
"""With less than this part of what an earlier backup held, the database has shrunk."""


def wall_of(backup_id: str) -> datetime:
    """Day and time that a backup's id begins with; ValueError when they are none."""
    # Not strptime, whose import costs more than the whole of this.
    day, time = backup_id[:8], backup_id[9:13]
    return datetime(int(day[:4]), int(day[4:6]), int(day[6:]), int(time[:2]), int(time[2:]))


class Backup(Record):
    """A whole copy of the database as it was at a moment."""

    id: str
    """Day and time on the wall clock where it was made, such as `20261126-0131`; `-2` behind it when that was taken."""
    made_at: int
    """Epoch seconds."""
    utc_offset: int
    """Minutes; of the wall clock where it was made."""
    bytes: int
    sha256: str
    """Of the file as it was made; empty when it was damaged already when it was first looked at."""
    sessions: int
    seconds: int
    """Of all sessions together."""
    resolutions: int
    cards: int
    schema: int
    """Version of the database's schema."""
    why: str
    """`automatic`, `asked for`, `before a restore`; empty when nobody knows any more."""

    @property
    def wall(self) -> datetime:
        """When it was made on the wall clock there, to the minute; naive."""
        return wall_of(self.id)

    @property
    def created_at(self) -> str:
        """The moment in ISO 8601 with its offset."""
        zone = timezone(timedelta(minutes=self.utc_offset))
        return datetime.fromtimestamp(self.made_at, zone).isoformat()

    @property
    def order(self) -> tuple[int, str, int]:
        """By this they are sorted, oldest first."""
        return self.made_at, self.id[:13], int(self.id[14:] or 1)

    @property
    def facts(self) -> int:
        """How much of a person's it holds."""
        return self.sessions + self.resolutions + self.cards


def thinned(backups: Iterable[Backup]) -> list[Backup]:
    """Those that are kept, oldest first.

    Nothing from before a loss is dropped as long as the newest holds less than nine tenths of what was there.
    """
    found = sorted(backups, key=lambda each: each.order)
    keep = {each.id for each in found[: _before_loss(found)]}
    for why in {each.why for each in found}:
        # What a person asked for, or may want back, does not make room for what comes every half hour.
        keep |= {each.id for each in [each for each in found if each.why == why][-LATEST:]}
    keep |= _last_of_each(found, DAYS, lambda day: day)
    keep |= _last_of_each(found, WEEKS, lambda day: day - timedelta(days=day.weekday()))
    keep |= _last_of_each(found, MONTHS, lambda day: day.replace(day=1))
    return [each for each in found if each.id in keep]


def _last_of_each(backups: Sequence[Backup], number: int, period: Callable[[date], date]) -> set[str]:
    last = {period(each.wall.date()): each.id for each in backups}
    return {last[each] for each in sorted(last)[-number:]}


def _before_loss(backups: Sequence[Backup]) -> int:
    """How many of the first ones date from before a loss that is not made up for."""
    loss = fullest = 0
    for position, backup in enumerate(backups):
        if backup.facts < SHRUNK * fullest:
            loss, fullest = position, 0
        fullest = max(fullest, backup.facts)
    before = max((each.facts for each in backups[:loss]), default=0)
    return loss if loss and backups[-1].facts < SHRUNK * before else 0
