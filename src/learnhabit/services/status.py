"""Today, the week, the run and strength in a few numbers."""

from __future__ import annotations

from learnhabit.services.habit import habit, week_of
from learnhabit.services.tracking import timer
from learnhabit.services.values import Status
from learnhabit.services.workspace import Workspace


def status(workspace: Workspace) -> Status:
    """What `learnhabit status` says. Costs the days since the last closed one, not the history."""
    now = habit(workspace)
    week = week_of(workspace, workspace.today)
    return Status(
        timer=timer(workspace),
        progress=now.progress,
        counted_days=week.counted_days,
        target_days=week.need,
        run_days=now.run_days,
        longest_run=now.longest_run,
        safe_days=now.safe_days,
        strength=now.strength,
    )
