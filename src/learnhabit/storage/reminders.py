"""Reading reminders and deliveries, and the one statement that gives a delivery to one process alone."""

from __future__ import annotations

from datetime import date, datetime

from learnhabit.domain.reminder import LEASE, Delivery, Reminder
from learnhabit.domain.reminder_rule import read_rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from learnhabit.storage.store import Store

_REMINDER = "SELECT id, rule, starts_on, text, condition, enabled, next_due, updated_at FROM reminder"
_DELIVERY = "id, reminder, occurrence, state, attempts, next_try, counted_from, expires_on, done_at, text, reason"
_WAITING = "state IN ('pending', 'snoozed')"


def wall_text(wall: datetime) -> str:
    """A naive wall clock as it is stored, to the minute."""
    return wall.strftime("%Y-%m-%dT%H:%M")


def is_idle(store: Store, wall: datetime, now: int) -> bool:
    """Whether nothing is due at a naive wall clock, and nothing waits for this instant."""
    row = store.one(
        "SELECT EXISTS (SELECT 1 FROM reminder WHERE enabled = 1 AND deleted_at IS NULL AND next_due <= ?1)"
        " OR EXISTS (SELECT 1 FROM reminder WHERE enabled = 1 AND deleted_at IS NULL AND next_due IS NULL)"
        f" OR EXISTS (SELECT 1 FROM delivery WHERE {_WAITING} AND next_try <= ?2)",
        wall_text(wall),
        now,
    )
    return row is None or not row[0]


def read_reminders(store: Store, where: str = "", *parameters: object) -> tuple[Reminder, ...]:
    """Reminders that are not deleted, in the order in which they were made; `where` begins with `AND`."""
    rows = store.all(f"{_REMINDER} WHERE deleted_at IS NULL {where} ORDER BY seq", *parameters)
    return tuple(_reminder(row) for row in rows)


def _reminder(row: tuple[Any, ...]) -> Reminder:
    return Reminder(
        id=row[0],
        rule=read_rule(row[1]),
        starts_on=date.fromisoformat(row[2]),
        text=row[3],
        condition=row[4],
        enabled=bool(row[5]),
        next_due=datetime.fromisoformat(row[6]) if row[6] else None,
        updated_at=row[7],
    )


def write_next_due(store: Store, reminder: str, wall: datetime | None) -> None:
    """Keep when a reminder is due next; no change by hand, so nothing for undo."""
    store.connection.execute(
        "UPDATE reminder SET next_due = ? WHERE id = ?", (wall_text(wall) if wall else None, reminder)
    )


def add_delivery(store: Store, delivery: Delivery, now: int) -> None:
    """Record that a reminder was due; one that is recorded already stays."""
    row = {**_row(delivery), "created_at": now, "updated_at": now}
    store.connection.execute(
        f"INSERT INTO delivery ({', '.join(row)}) VALUES ({', '.join('?' * len(row))}) ON CONFLICT DO NOTHING",
        tuple(row.values()),
    )


def is_recorded(store: Store, reminder: str, wall: datetime) -> bool:
    """Whether a time of a reminder is recorded already, whatever became of it."""
    row = store.one("SELECT 1 FROM delivery WHERE reminder = ? AND occurrence = ?", reminder, wall_text(wall))
    return row is not None


def supersede(store: Store, delivery: Delivery, now: int, reason: str) -> None:
    """Let earlier times of the same reminder that are to be tried now expire: this one says it all."""
    store.connection.execute(
        "UPDATE delivery SET state = 'expired', done_at = ?1, updated_at = ?1, reason = ?2"
        f" WHERE reminder = ?3 AND occurrence < ?4 AND {_WAITING} AND next_try <= ?1",
        (now, reason, delivery.reminder, wall_text(delivery.occurrence)),
    )


def claim(store: Store, now: int) -> Delivery | None:
    """The delivery that waits longest, for the caller alone until the lease is over; None when none is due.

    One statement, inside the caller's transaction, so that of several processes one gets it.
    """
    row = store.connection.execute(
        "UPDATE delivery SET next_try = ?1 + ?2, attempts = attempts + 1, updated_at = ?1"
        f" WHERE seq = (SELECT seq FROM delivery WHERE {_WAITING} AND next_try <= ?1 ORDER BY next_try, seq LIMIT 1)"
        f" AND next_try <= ?1 RETURNING {_DELIVERY}",
        (now, LEASE),
    ).fetchone()
    return _delivery(row) if row else None


def write_delivery(store: Store, delivery: Delivery, now: int, *, reopen: bool = False) -> bool:
    """Keep what became of a delivery that waits, or with `reopen` of one that is done.

    False when somebody else has ended it meanwhile.
    """
    row = {**_row(delivery), "updated_at": now}
    waits = "true" if reopen else _WAITING
    changed = store.connection.execute(
        f"UPDATE delivery SET {', '.join(f'{name} = ?' for name in row)} WHERE id = ? AND {waits}",
        (*row.values(), delivery.id),
    ).rowcount
    return changed == 1


def _row(delivery: Delivery) -> dict[str, object]:
    return {
        **vars(delivery),
        "occurrence": wall_text(delivery.occurrence),
        "expires_on": delivery.expires_on.isoformat(),
    }


def read_deliveries(
    store: Store, where: str = "true", *parameters: object, limit: int | None = None
) -> tuple[Delivery, ...]:
    """Deliveries, the latest occurrence first."""
    rows = store.all(
        f"SELECT {_DELIVERY} FROM delivery WHERE {where} ORDER BY occurrence DESC, seq DESC LIMIT ?",
        *parameters,
        -1 if limit is None else limit,
    )
    return tuple(_delivery(row) for row in rows)


def _delivery(row: tuple[Any, ...]) -> Delivery:
    return Delivery(
        id=row[0],
        reminder=row[1],
        occurrence=datetime.fromisoformat(row[2]),
        state=row[3],
        attempts=row[4],
        next_try=row[5],
        counted_from=row[6],
        expires_on=date.fromisoformat(row[7]),
        done_at=row[8],
        text=row[9],
        reason=row[10],
    )
