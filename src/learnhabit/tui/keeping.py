"""Backups while the app is open: one is made when it is due, and that it can't be is said once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from learnhabit.errors import LearnhabitError
from learnhabit.tui.messages import Done
from learnhabit.tui.working import open_for

if TYPE_CHECKING:
    from textual.app import App


class Keeper:
    """Looks whether a backup is due, in the thread of whoever asks it to."""

    def __init__(self, app: App[int]) -> None:
        self._app: Any = app
        self._complained = False

    def look(self) -> None:
        """Make the backup that is due; costs microseconds when none is."""
        try:
            with open_for(self._app) as workspace:
                due = workspace.backup_is_due()
            if due:
                # Imported here: the first screen needs nothing of it.
                from learnhabit.services.backups import backup_by_itself

                backup_by_itself(self._app.folder, self._app.clock)
                self._complained = False
        except Exception as error:  # A thread's exception would be lost, and with it every later look.
            if not self._complained and isinstance(error, LearnhabitError):
                self._complained = True
                text = f"No automatic backup was made; it is tried again. {error.title}: {error.hint}"
                self._app.post_message(Done("", (text,)))
