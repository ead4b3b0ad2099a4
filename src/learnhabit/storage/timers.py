"""The one timer's row."""

from __future__ import annotations

from learnhabit.domain.timer import Timer
from learnhabit.storage.sessions import read_pauses, write_pauses

TYPE_CHECKING = False
if TYPE_CHECKING:
    from learnhabit.storage.store import Store


def read_timer(store: Store) -> Timer | None:
    """The timer, or None."""
    row = store.one(
        "SELECT id, topic, resource, note, tags, started_at, utc_offset, zone, pauses, paused_at, boot_id, boot_clock,"
        " heartbeat_at FROM timer"
    )
    if row is None:
        return None
    return Timer(
        id=row[0],
        topic=row[1],
        resource=row[2],
        note=row[3],
        tags=tuple(row[4].split("\n")) if row[4] else (),
        started_at=row[5],
        utc_offset=row[6],
        zone=row[7],
        pauses=read_pauses(row[8]),
        paused_at=row[9],
        boot_id=row[10],
        boot_clock=row[11],
        heartbeat_at=row[12],
    )


def update_timer(store: Store, timer: Timer, now: int) -> None:
    """Write what pausing, resuming and the heartbeat change; inside the caller's transaction."""
    store.connection.execute(
        "UPDATE timer SET pauses = ?, paused_at = ?, boot_id = ?, boot_clock = ?, heartbeat_at = ?, updated_at = ?"
        " WHERE id = ?",
        (
            write_pauses(timer.pauses),
            timer.paused_at,
            timer.boot_id,
            timer.boot_clock,
            timer.heartbeat_at,
            now,
            timer.id,
        ),
    )


def timer_image(store: Store, timer: Timer) -> str | None:
    """The timer's row as the journal keeps it, with this timer's pause instead of the one that is stored."""
    row = store.one(
        "SELECT json_set(?, '$.pauses', ?, '$.paused_at', ?)",
        store.image("timer", timer.id),
        write_pauses(timer.pauses),
        timer.paused_at,
    )
    return str(row[0]) if row else None
