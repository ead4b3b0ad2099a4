"""Today, the week, the run and strength in a few numbers."""

from __future__ import annotations

from learnhabit.services.habit import habit, week_of
from learnhabit.services.tracking import timer
from learnhabit.services.values import Status
from learnhabit.services.workspace import Workspace


def status(workspace: Workspace) -> Status:
    """What `learnhabit status` says. Costs the days since the last closed one, not the history."""
    week, running = week_of(workspace, workspace.today), timer(workspace)
    # Last: it keeps what it counted, and a damaged file is better met before anything is written.
    now = habit(workspace)
    return Status(
        timer=running,
        progress=now.progress,
        counted_days=week.counted_days,
        target_days=week.need,
        run_days=now.run_days,
        longest_run=now.longest_run,
        safe_days=now.safe_days,
        strength=now.strength,
    )
