"""Reading totals of topics and states of resources: the statements, and nothing that decides."""

from __future__ import annotations

from datetime import date

TYPE_CHECKING = False
if TYPE_CHECKING:
    from learnhabit.storage.store import Store


def read_totals(store: Store) -> dict[str, tuple[int, date]]:
    """(seconds, last study day) of each topic that was ever studied."""
    return {
        row[0]: (row[1], date.fromisoformat(row[2]))
        for row in store.all(
            "SELECT topic, sum(seconds), (SELECT max(study_day) FROM day_total WHERE topic = month_total.topic)"
            " FROM month_total GROUP BY topic"
        )
        # A total without a day is damage that SQLite can't see.
        if row[2] is not None
    }


def read_resource_states(store: Store) -> dict[str, list[tuple[str, float]]]:
    """(`to do`, `doing` or `done`; progress 0–1) of each resource, by topic."""
    found: dict[str, list[tuple[str, float]]] = {}
    for topic, done, share, begun in store.all(
        "SELECT topic, finished_on IS NOT NULL, coalesce(1.0 * done_amount / whole_amount, 0.0),"
        # An index finds one session, however many there are.
        " EXISTS (SELECT 1 FROM session WHERE session.resource = resource.id AND session.deleted_at IS NULL)"
        " FROM resource WHERE deleted_at IS NULL"
    ):
        state = ("done", 1.0) if done else ("doing" if share or begun else "to do", share)
        found.setdefault(topic, []).append(state)
    return found


def read_dismissed(store: Store, day: date) -> set[str]:
    """Topics that are not wanted as the next step on a day."""
    return {
        row[0] for row in store.all("SELECT topic FROM dismissal WHERE day = ? AND deleted_at IS NULL", day.isoformat())
    }
