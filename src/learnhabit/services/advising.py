"""The piece of advice that fits now, joined to the next step; what was shown, and what is not wanted again."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta

from learnhabit.domain.moment import Piece, Situation, choose, moments
from learnhabit.domain.pairing import Step, pair
from learnhabit.domain.study_day import week_start_of
from learnhabit.domain.text import quoted
from learnhabit.errors import LearnhabitError, UsageError
from learnhabit.services.finding import accepted
from learnhabit.services.habit import Habit, habit
from learnhabit.services.resolutions import running_resolutions
from learnhabit.services.reviewing import review_due
from learnhabit.services.suggesting import next_steps
from learnhabit.services.values import AdviceView, NextStep
from learnhabit.services.workspace import Workspace
from learnhabit.storage.connection import is_unwritable
from learnhabit.storage.rules import first_session_day, read_setting

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from learnhabit.services.resolution_values import ResolutionView


def advice(workspace: Workspace) -> AdviceView | None:
    """The advice for now; None only when every piece is hidden. The same all day while the moment stays."""
    running = running_resolutions(workspace)
    return advice_for(workspace, habit(workspace), running, next_steps(workspace, running))


def advice_for(
    workspace: Workspace, now: Habit, running: Sequence[ResolutionView], steps: Sequence[NextStep]
) -> AdviceView | None:
    """The same from what was read already."""
    store, today = workspace.store, workspace.today
    fitting = moments(_situation(workspace, now, running))
    shown = store.one(
        "SELECT advice.id FROM advice_shown JOIN advice ON advice.id = advice"
        " WHERE day = ? AND advice_shown.moment = ? AND hidden_on IS NULL AND deleted_at IS NULL",
        today.isoformat(),
        fitting[0],
    )
    pieces = [
        Piece(id=row[0], moment=row[1], last_shown=date.fromisoformat(row[2]) if row[2] else None)
        for row in store.all(
            "SELECT id, moment, (SELECT max(day) FROM advice_shown WHERE advice = advice.id AND day <= ?) FROM advice"
            " WHERE hidden_on IS NULL AND deleted_at IS NULL ORDER BY seq",
            today.isoformat(),
        )
    ]
    chosen = shown[0] if shown else choose(fitting, pieces, today)
    if chosen is None:
        return None
    row = store.one("SELECT id, moment, text, why, authors, source, year, url FROM advice WHERE id = ?", chosen)
    if row is None:
        return None
    step = steps[0] if steps else None
    pairing = pair(row[1], step_of(workspace, step), cue_for(workspace, running, step), setting(workspace, "partner"))
    source = f"{row[4]}: {row[5]}" if row[4] else row[5]
    return AdviceView(
        id=row[0],
        moment=row[1],
        leading=fitting[0],
        text=f"{row[2]} {pairing}".rstrip(),
        advice=row[2],
        pairing=pairing,
        why=row[3],
        source=f"{source} ({row[6]})" if row[6] else source,
        url=row[7],
        topic=step.topic if step is not None and row[1] != "community" else None,
    )


def note_advice(workspace: Workspace, view: AdviceView) -> None:
    """Remember that a piece was shown today; a file that can't be written forgets it."""
    day = workspace.today.isoformat()
    store = workspace.store
    if store.one("SELECT 1 FROM advice_shown WHERE day = ? AND moment = ? AND advice = ?", day, view.leading, view.id):
        return
    try:
        with store.transaction():
            store.connection.execute(
                "INSERT OR REPLACE INTO advice_shown (day, moment, advice) VALUES (?, ?, ?)",
                (day, view.leading, view.id),
            )
    except sqlite3.OperationalError as error:
        # Only a note of our own: whatever keeps it from being written is said when something is saved.
        if not is_unwritable(error):
            raise


def hide_advice(workspace: Workspace, advice_id: str) -> str:
    """Never show a piece again; its text. UsageError for an unknown id."""
    row = workspace.store.one(
        "SELECT id, text, hidden_on FROM advice WHERE id = ? AND deleted_at IS NULL", accepted(workspace, advice_id)
    )
    if row is None:
        raise UsageError(f"No advice {quoted(advice_id)}", "learnhabit advice --json shows the id of what is shown now")
    if row[2] is not None:
        raise LearnhabitError(f"The advice {quoted(row[0])} is hidden already", "it does not come again")
    with workspace.change(f"hid the advice {quoted(row[1])}") as change:
        change.update("advice", row[0], {"hidden_on": workspace.today.isoformat()})
    return str(row[1])


def setting(workspace: Workspace, key: str) -> str:
    """A setting that may be empty."""
    return read_setting(workspace.store, key) or ""


def _situation(workspace: Workspace, now: Habit, running: Sequence[ResolutionView]) -> Situation:
    today = workspace.today
    week = week_start_of(today, workspace.rules.week_start)
    states = {view.standing.state for view in running}
    takeaway = workspace.store.one(
        "SELECT 1 FROM session WHERE study_day BETWEEN ? AND ? AND takeaway <> '' AND deleted_at IS NULL LIMIT 1",
        week.isoformat(),
        (week + timedelta(days=6)).isoformat(),
    )
    return Situation(
        today=today,
        week_day=(today - week).days,
        first_day=first_session_day(workspace.store),
        counted=now.progress.seconds >= now.progress.minimum_seconds,
        missed=now.yesterday is not None and now.yesterday.kind == "missed",
        run_days=now.run_days,
        behind=bool(states & {"behind", "out of reach"}),
        ahead="ahead" in states,
        review_due=review_due(workspace),
        takeaway=takeaway is not None,
    )


def step_of(workspace: Workspace, step: NextStep | None) -> Step | None:
    """A next step as the pairing sees it."""
    if step is None:
        return None
    row = workspace.store.one("SELECT project, origin FROM topic WHERE id = ?", step.topic)
    return Step(
        title=step.title,
        begun=step.begun,
        own=row is not None and row[1] == "own",
        first_step=step.first_step,
        project=row[0] if row else "",
        resource=step.resource_title,
        resource_open=step.resource_open,
        minutes_left=step.resource_minutes,
    )


def cue_for(workspace: Workspace, running: Sequence[ResolutionView], step: NextStep | None) -> str:
    """The cue of a running resolution on the topic, else the one of the settings, else that of one on all topics."""
    if step is not None:
        for view in running:
            if view.resolution.cue and step.topic in view.resolution.scope:
                return view.resolution.cue
    return setting(workspace, "cue") or next(
        (view.resolution.cue for view in running if view.resolution.cue and not view.resolution.scope), ""
    )
