"""What a reminder says: its own words or the condition's, then the cue and the next small step."""

from __future__ import annotations

from learnhabit.domain.pairing import pair
from learnhabit.domain.reminder import WORDS
from learnhabit.domain.text import display_line, quoted
from learnhabit.notify.notifier import Notice
from learnhabit.services.workspace import Workspace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from learnhabit.domain.reminder import Reminder
    from learnhabit.services.resolution_values import ResolutionView

SECONDS_PER_CARD = 30
"""A guess, for saying how long recalling takes."""


def notice_for(workspace: Workspace, reminder: Reminder, cue: str | None = None) -> Notice:
    """The notice of a reminder as of now; a cue takes the place of the one that is kept."""
    from learnhabit.services.advising import cue_for, setting, step_of
    from learnhabit.services.resolutions import running_resolutions
    from learnhabit.services.suggesting import first_step

    running = running_resolutions(workspace)
    step = first_step(workspace, running)
    cue = cue_for(workspace, running, step) if cue is None else cue
    partner = setting(workspace, "partner")
    title = reminder.text or _title(workspace, reminder.condition, running, step.title if step else "")
    small = pair("daily", step_of(workspace, step), cue, partner)
    if reminder.condition == "weekly-review":
        small = "What changed, and what stayed the same? W in the app, or learnhabit review."
    elif reminder.condition == "recall-due":
        small = "5 in the app, or learnhabit recall review."
    return Notice(title=display_line(title), body=display_line(small) or "Open learnhabit for a first step.")


def _title(workspace: Workspace, condition: str, running: Sequence[ResolutionView], topic: str) -> str:
    if condition == "run-at-risk":
        from learnhabit.services.habit import habit

        days = habit(workspace).run_days
        of_days = f" of {days} day{'' if days == 1 else 's'}" if days else ""
        return f"{WORDS[condition]}{of_days}"
    if condition == "behind":
        behind = [view for view in running if view.standing.state in ("behind", "out of reach")]
        if behind:
            return f"A small piece for {quoted(behind[0].resolution.statement)}"
        return WORDS[condition]
    if condition == "weekly-review":
        return WORDS[condition]
    if condition == "recall-due":
        from learnhabit.services.due import due_count

        cards = due_count(workspace)
        if cards:
            minutes = max(1, round(cards * SECONDS_PER_CARD / 60))
            return f"{cards} card{'' if cards == 1 else 's'} to recall, about {minutes} min"
        return WORDS[condition]
    minutes = max(1, workspace.rules.minimum(workspace.today) // 60)
    said = "Ten minutes" if minutes == 10 else f"{minutes} minute{'' if minutes == 1 else 's'}"
    return f"{said} of {topic}" if topic else f"{said} of study"
