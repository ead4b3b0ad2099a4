"""Taking back what was done, and doing it again."""

from __future__ import annotations

from learnhabit.errors import LearnhabitError
from learnhabit.services.workspace import Workspace
from learnhabit.storage import store


def undo(workspace: Workspace) -> str:
    """Take back this device's latest change, from whichever process; says what it was, in the past tense."""
    summary = store.undo(workspace.store, workspace.now)
    if summary is None:
        raise LearnhabitError("There is nothing to undo", f"the last {store.UNDO_STEPS} changes can be taken back")
    workspace.forget()
    return summary


def redo(workspace: Workspace) -> str:
    """Do again what was undone last; says what it was, in the past tense."""
    summary = store.redo(workspace.store, workspace.now)
    if summary is None:
        raise LearnhabitError("There is nothing to redo", "redo works until something new is changed")
    workspace.forget()
    return summary
