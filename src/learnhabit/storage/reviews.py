"""Weekly reviews, and what the app has offered already: the statements, and nothing that decides."""

from __future__ import annotations

from datetime import date

TYPE_CHECKING = False
if TYPE_CHECKING:
    from learnhabit.storage.store import Store


def read_review(store: Store, week_start: date) -> tuple[str, str, date] | None:
    """(id, text, day on which it was written) of a week's review; the latest where two devices wrote one."""
    row = store.one(
        "SELECT id, text, written_on FROM review WHERE week_start = ? AND deleted_at IS NULL ORDER BY seq DESC LIMIT 1",
        week_start.isoformat(),
    )
    return (row[0], row[1], date.fromisoformat(row[2])) if row else None


def was_offered(store: Store, offer: str) -> bool:
    """Whether the app has made an offer on this device."""
    return store.one("SELECT 1 FROM offer WHERE id = ?", offer) is not None


def mark_offered(store: Store, offer: str, now: int) -> None:
    """Remember that an offer was made. It is no change of the person's, so there is nothing to undo."""
    with store.transaction():
        store.connection.execute(
            "INSERT INTO offer (id, made_at) VALUES (?, ?) ON CONFLICT (id) DO NOTHING", (offer, now)
        )
