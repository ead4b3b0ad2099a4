"""What there is to say of a session beyond what it holds: its resource's progress, its card, what it counts for."""

from __future__ import annotations

from datetime import date

from learnhabit.domain.reading_progress import Progress
from learnhabit.domain.record import Record
from learnhabit.domain.resolution import Resolution
from learnhabit.domain.session import Session
from learnhabit.services.workspace import Workspace
from learnhabit.storage.resolutions import read_resolutions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

STUDIED = ("hours", "sessions", "days")
"""Measures that are made of sessions; the others are finished resources and check-ins."""


class SessionMore(Record):
    """The rest about a session."""

    session: str
    """Its id."""
    progress: Progress | None
    """How far its resource is now; None without one, or while nothing is noted."""
    finished: bool
    """Its resource is."""
    cards: int
    """Recall cards that were made of it."""
    due_on: date | None
    """When the first of them is asked next; None while all are put aside, too."""
    resolutions: tuple[Resolution, ...]
    """Those that it counts for, in the order in which they were made."""


def session_more(workspace: Workspace, session: Session) -> SessionMore:
    """A few look-ups, none of which reads the log."""
    progress, finished = _resource(workspace, session.resource)
    found = workspace.store.one(
        "SELECT count(*), min(CASE WHEN suspended_on IS NULL THEN due_on END) FROM card"
        " WHERE session = ? AND deleted_at IS NULL",
        session.id,
    )
    cards, due = found if found is not None else (0, None)
    return SessionMore(
        session=session.id,
        progress=progress,
        finished=finished,
        cards=cards,
        due_on=date.fromisoformat(due) if due else None,
        resolutions=_counts_for(workspace, session),
    )


def carded(workspace: Workspace, sessions: Collection[str]) -> frozenset[str]:
    """Which of some sessions, by their ids, have a recall card."""
    if not sessions:
        return frozenset()
    marks = ", ".join("?" * len(sessions))
    rows = workspace.store.all(
        f"SELECT DISTINCT session FROM card WHERE session IN ({marks}) AND deleted_at IS NULL", *sessions
    )
    return frozenset(row[0] for row in rows)


def _resource(workspace: Workspace, resource: str | None) -> tuple[Progress | None, bool]:
    """(progress, finished)."""
    row = None
    if resource is not None:
        row = workspace.store.one(
            "SELECT unit, done_amount, whole_amount, finished_on FROM resource WHERE id = ? AND deleted_at IS NULL",
            resource,
        )
    if row is None:
        return None, False
    unit, done, whole, finished = row
    known = unit and done is not None and whole
    return Progress(unit=unit, done=done, whole=whole) if known else None, finished is not None


def _counts_for(workspace: Workspace, session: Session) -> tuple[Resolution, ...]:
    """Resolutions of the session's day and topic that are made of study; one that was let go, up to that day."""
    day = session.study_day
    # The period ends on the day that was entered last.
    found = read_resolutions(
        workspace.store,
        "AND period_start <= ?1 AND (let_go_on IS NULL OR ?1 <= let_go_on)"
        " AND ?1 <= (SELECT period_end FROM resolution_aim AS aim WHERE aim.resolution = resolution.id"
        " AND aim.deleted_at IS NULL ORDER BY entered_on DESC, seq DESC LIMIT 1)",
        day.isoformat(),
    )
    return tuple(
        each
        for each in found
        if each.measure in STUDIED
        and (not each.scope or session.topic in each.scope)
        # One that recurs has no periods before it was made.
        and (each.per is None or day >= each.first_day)
    )
