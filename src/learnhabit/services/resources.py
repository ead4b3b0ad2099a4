"""Papers, courses and books that are finished, or not any more."""

from __future__ import annotations

from datetime import date

from learnhabit.domain.day_text import long_day
from learnhabit.domain.day_words import read_day
from learnhabit.domain.text import quoted
from learnhabit.errors import LearnhabitError
from learnhabit.services.finding import accepted, find_resource
from learnhabit.services.resolution_values import ResourceState
from learnhabit.services.workspace import Workspace


def finish_resource(workspace: Workspace, reference: str, on: str | None = None) -> ResourceState:
    """Note that a resource is finished, today or on an earlier day."""
    found = _state(workspace, reference)
    if found.finished_on is not None:
        raise LearnhabitError(
            f"{quoted(found.title)} is finished already",
            f"since {long_day(found.finished_on)}; learnhabit resource reopen {found.id} takes that back",
        )
    day = read_day(accepted(workspace, on), workspace.calendar) if on is not None else workspace.today
    if day > workspace.today:
        raise LearnhabitError(f"{long_day(day)} is still to come", "a resource is finished when it is")
    with workspace.change(f"finished {quoted(found.title)}") as change:
        change.update("resource", found.id, {"finished_on": day.isoformat()})
    return found.replace(finished_on=day)


def reopen_resource(workspace: Workspace, reference: str) -> ResourceState:
    """Take back that a resource is finished."""
    found = _state(workspace, reference)
    if found.finished_on is None:
        raise LearnhabitError(f"{quoted(found.title)} is not finished", "there is nothing to take back")
    with workspace.change(f"reopened {quoted(found.title)}") as change:
        change.update("resource", found.id, {"finished_on": None})
    return found.replace(finished_on=None)


def _state(workspace: Workspace, reference: str) -> ResourceState:
    row = workspace.store.one(
        "SELECT id, title, topic, kind, finished_on FROM resource WHERE id = ?", find_resource(workspace, reference)
    )
    if row is None:
        raise workspace.damage_or(LearnhabitError(f"The resource {quoted(reference)} is gone", "it was just deleted"))
    return ResourceState(
        id=row[0],
        title=row[1],
        topic=row[2],
        kind=row[3],
        finished_on=date.fromisoformat(row[4]) if row[4] else None,
    )
