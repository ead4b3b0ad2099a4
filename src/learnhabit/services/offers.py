"""What the app offers by itself, once each: looking back on the week and the year, the next year, carrying over."""

from __future__ import annotations

from datetime import timedelta

from learnhabit.domain.resolution import NEXT_YEAR_FROM
from learnhabit.domain.study_day import week_start_of
from learnhabit.services.looking_back import choices
from learnhabit.services.resolving import carry_over_choices
from learnhabit.services.reviewing import review_due
from learnhabit.services.workspace import Workspace
from learnhabit.storage.reviews import mark_offered, was_offered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def due_offer(workspace: Workspace) -> str | None:
    """What may be offered now and was not yet: `look-back:2026`, `next-year:2027`, `carry-over:2027`,
    `review:2026-11-16`."""
    return next((offer for offer in _due(workspace) if not was_offered(workspace.store, offer)), None)


def take_offer(workspace: Workspace, offer: str) -> None:
    """Remember that an offer was made, so that it is not made again."""
    mark_offered(workspace.store, offer, workspace.now)


def _due(workspace: Workspace) -> Iterator[str]:
    today = workspace.today
    if (today.month, today.day) >= NEXT_YEAR_FROM:
        if choices(workspace, today.year):
            yield f"look-back:{today.year}"
        elif not _made_for(workspace, today.year + 1):
            yield f"next-year:{today.year + 1}"
    if carry_over_choices(workspace, today.year):
        yield f"carry-over:{today.year}"
    if review_due(workspace):
        last = week_start_of(today, workspace.rules.week_start) - timedelta(weeks=1)
        yield f"review:{last.isoformat()}"


def _made_for(workspace: Workspace, year: int) -> bool:
    """Whether a resolution begins in a year already."""
    return (
        workspace.store.one(
            "SELECT 1 FROM resolution WHERE period_start >= ? AND deleted_at IS NULL LIMIT 1", f"{year:04}-01-01"
        )
        is not None
    )
