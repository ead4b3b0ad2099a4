"""Resolutions and where they stand today."""

from __future__ import annotations

from datetime import date, timedelta

from learnhabit.domain.pace import full_weeks
from learnhabit.domain.recurring import USUAL_DAYS
from learnhabit.domain.resolution import Done, Resolution, standing
from learnhabit.domain.unpaused import Unpaused
from learnhabit.errors import LearnhabitError, UsageError
from learnhabit.services.resolution_values import ResolutionView
from learnhabit.services.workspace import Workspace
from learnhabit.storage.resolutions import (
    last_resolution_id,
    read_check_ins,
    read_finished,
    read_resolutions,
    read_work,
    resolution_ids_ending_with,
)
from learnhabit.storage.rules import first_session_day

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_LOOK = 13
"""Full weeks before today that a pace may be made of."""
_LOOK_BACK = timedelta(days=180)
_DAY = timedelta(days=1)


def resolutions(workspace: Workspace) -> tuple[ResolutionView, ...]:
    """Every resolution in the order in which they were made, over and let go ones too."""
    return standings(workspace, read_resolutions(workspace.store))


def made_resolutions(workspace: Workspace) -> tuple[Resolution, ...]:
    """The same without where they stand, which takes a reading of the log."""
    return tuple(read_resolutions(workspace.store))


def running_resolutions(workspace: Workspace) -> tuple[ResolutionView, ...]:
    """Those that are running and not kept, most urgent first: most days behind, then on pace, then ahead."""
    today = workspace.today.isoformat()
    # The period ends on the day that was entered last.
    running = read_resolutions(
        workspace.store,
        "AND let_go_on IS NULL AND period_start <= ?1 AND ?1 <= (SELECT period_end FROM resolution_aim AS aim"
        " WHERE aim.resolution = resolution.id AND aim.deleted_at IS NULL ORDER BY entered_on DESC, seq DESC LIMIT 1)",
        today,
    )
    views = [view for view in standings(workspace, running) if view.standing.state != "kept"]
    return tuple(sorted(views, key=_urgency))


def _urgency(view: ResolutionView) -> tuple[int, int]:
    state = view.standing.state
    rank = 0 if state in ("behind", "out of reach") else 2 if state == "ahead" else 1
    return rank, view.standing.safe_days or 0 if rank == 0 else 0


def resolution_view(workspace: Workspace, reference: str) -> ResolutionView:
    """One resolution by the end of its id, or the one made last for `last`; UsageError when none or several fit."""
    return standings(workspace, [find_resolution(workspace, reference)])[0]


def find_resolution(workspace: Workspace, reference: str) -> Resolution:
    """The resolution whose id ends with a reference, or the one made last for `last`.

    Raises UsageError when no id or more than one ends so.
    """
    wanted = reference.strip().lower()
    if wanted == "last":
        last = last_resolution_id(workspace.store)
        if last is None:
            raise LearnhabitError(
                "There is no resolution yet", 'make one: learnhabit resolve "40 hours of rag by June"'
            )
        ids = [last]
    else:
        ids = resolution_ids_ending_with(workspace.store, wanted) if wanted else []
    if len(ids) != 1:
        several = f"type more of it: {', '.join(ids)}"
        raise UsageError(
            f"{'More than one resolution ends' if ids else 'No resolution'} {'with ' if ids else ''}“{reference}”",
            several if ids else "learnhabit resolution list shows the end of each id; `last` names the latest",
        )
    found = read_resolutions(workspace.store, "AND id = ?", ids[0])
    if not found:
        raise workspace.damage_or(
            LearnhabitError(f"The resolution “{reference}” is gone", "another program has just deleted it")
        )
    return found[0]


def standings(workspace: Workspace, found: Sequence[Resolution]) -> tuple[ResolutionView, ...]:
    """Where given resolutions stand today."""
    read = Reader(workspace)
    titles = {name.id: name.title for name in workspace.names} if any(each.scope for each in found) else {}
    return tuple(
        ResolutionView(
            resolution=each,
            standing=standing(each, read.done(each), workspace.rules, workspace.today),
            titles=tuple(titles.get(topic, topic) for topic in each.scope),
        )
        for each in found
    )


class Reader:
    """Reads what was done for resolutions, once for all of the same scope."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._first_session = first_session_day(workspace.store)
        self._weeks_from: date | None = None
        self._work: dict[tuple[str, ...], tuple[date, dict[date, int], dict[date, int]]] = {}

    def done(self, resolution: Resolution) -> Done:
        """What was done for a resolution, from as far back as its figures look."""
        store = self._workspace.store
        items: dict[date, int] = {}
        if resolution.measure == "resources":
            items = read_finished(store, resolution.scope, resolution.kind)
        elif resolution.measure in ("count", "done"):
            items = read_check_ins(store, resolution.id)
        seconds: dict[date, int] = {}
        sessions: dict[date, int] = {}
        if resolution.measure in ("hours", "sessions", "days") and self._first_session is not None:
            first = min(resolution.period_start, self._look_back(self._first_session))
            seconds, sessions = self._read(resolution.scope, first)
            if resolution.per is not None:
                minimum = self._workspace.rules.minimum
                while (
                    first > self._first_session
                    and sum(value >= minimum(day) for day, value in seconds.items()) < USUAL_DAYS
                ):
                    first = max(self._first_session, first - _LOOK_BACK)
                    seconds, sessions = self._read(resolution.scope, first)
        return Done(seconds=seconds, sessions=sessions, items=items, first_session_day=self._first_session)

    def _look_back(self, first_session: date) -> date:
        """The day from which the weeks of a pace are read."""
        if self._weeks_from is None:
            rules, today = self._workspace.rules, self._workspace.today
            weeks = full_weeks({}, first_session, today, rules, Unpaused(rules.time_off), most=LONGEST_LOOK)
            self._weeks_from = weeks[-1].start if weeks else today
        return self._weeks_from

    def _read(self, scope: tuple[str, ...], first: date) -> tuple[dict[date, int], dict[date, int]]:
        known = self._work.get(scope)
        if known is None or known[0] > first:
            # A clock that was set back leaves study on days to come; it counts as the log stands.
            seconds, sessions = read_work(self._workspace.store, scope, first, date.max)
            known = self._work[scope] = (first, seconds, sessions)
        return known[1], known[2]
