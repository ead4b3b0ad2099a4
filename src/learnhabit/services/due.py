"""Which recall cards are to be recalled now; cheap enough for Today and the header."""

from __future__ import annotations

from learnhabit.domain.recall import RECALL_LIMIT
from learnhabit.services.workspace import Workspace
from learnhabit.storage.cards import DUE, graded_on
from learnhabit.storage.rules import read_setting


def daily_limit(workspace: Workspace) -> int:
    """Cards a day at most."""
    return int(read_setting(workspace.store, "recall_limit") or RECALL_LIMIT)


def due_count(workspace: Workspace) -> int:
    """How many cards there are to recall now, no more than the daily limit leaves."""
    today = workspace.today
    left = daily_limit(workspace) - graded_on(workspace.store, today)
    row = workspace.store.one(
        f"SELECT (SELECT count(*) FROM (SELECT 1 FROM card WHERE {DUE} AND reviewed_on IS NOT ?1 LIMIT ?3))"
        f" + (SELECT count(*) FROM card WHERE {DUE} AND reviewed_on = ?1)",
        today.isoformat(),
        workspace.now,
        max(left, 0),
    )
    return int(row[0]) if row else 0


def due_cards(workspace: Workspace, left: int) -> list[str]:
    """Ids of the cards to recall now: as many as are left, and those graded today already that come back."""
    today, now = workspace.today.isoformat(), workspace.now
    store = workspace.store
    others = store.all(
        f"SELECT id FROM card WHERE {DUE} AND reviewed_on IS NOT ?1 ORDER BY due_on, seq LIMIT ?3",
        today,
        now,
        max(left, 0),
    )
    again = store.all(f"SELECT id FROM card WHERE {DUE} AND reviewed_on = ?1 ORDER BY due_at, seq", today, now)
    return [row[0] for row in (*others, *again)]
