"""Whether a reminder's condition is met now, and why not: a reminder of what is already done is a nuisance."""

from __future__ import annotations

from learnhabit.domain.day_text import wall_at
from learnhabit.domain.duration import format_duration
from learnhabit.domain.timer import elapsed
from learnhabit.services.workspace import Workspace
from learnhabit.storage.timers import read_timer


def unmet(workspace: Workspace, condition: str) -> str:
    """Why a reminder with this condition says nothing now, in words; empty when it speaks."""
    if condition == "always":
        return ""
    if workspace.rules.paused(workspace.today):
        return "it is time off"
    return _CHECKS[condition](workspace)


def _not_studied(workspace: Workspace) -> str:
    from learnhabit.services.habit import progress_of

    progress = progress_of(workspace, workspace.today)
    timer = read_timer(workspace.store)
    # One that was forgotten yesterday is yesterday's study.
    of_today = (
        timer is not None and workspace.study_day_of(wall_at(timer.started_at, timer.utc_offset)) == progress.study_day
    )
    running = elapsed(timer, workspace.now) if timer is not None and of_today else 0
    if progress.seconds + running < progress.minimum_seconds:
        return ""
    if progress.seconds >= progress.minimum_seconds:
        return f"{format_duration(progress.seconds)} are logged today already"
    return f"with the running timer it is {format_duration(progress.seconds + running)} today already"


def _run_at_risk(workspace: Workspace) -> str:
    from learnhabit.services.habit import habit

    now = habit(workspace)
    if not now.run_days:
        return "there is no run to keep"
    if now.progress.seconds >= now.progress.minimum_seconds:
        return "today is counted already"
    if now.safe_days:
        return f"the run has {now.safe_days} safe day{'' if now.safe_days == 1 else 's'} left"
    return ""


def _behind(workspace: Workspace) -> str:
    from learnhabit.services.resolutions import running_resolutions

    views = running_resolutions(workspace)
    return "" if any(view.standing.state in ("behind", "out of reach") for view in views) else "no resolution is behind"


def _weekly_review(workspace: Workspace) -> str:
    from learnhabit.services.reviewing import review_due

    return "" if review_due(workspace) else "there is no week to look back on, or its review is written"


def _recall_due(workspace: Workspace) -> str:
    from learnhabit.services.due import due_count

    return "" if due_count(workspace) else "no recall card is due"


_CHECKS = {
    "not-studied": _not_studied,
    "run-at-risk": _run_at_risk,
    "behind": _behind,
    "weekly-review": _weekly_review,
    "recall-due": _recall_due,
}
