"""A thread beside the app: it notices what other processes wrote, the turn of the day and a sleep of the machine, and
sends heartbeats."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from learnhabit.services.tracking import heartbeat
from learnhabit.services.workspace import Workspace, open_workspace
from learnhabit.tui.messages import DataChanged

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from textual.message import Message

    from learnhabit.clock import Clock

POLL_SECONDS = 1.0
HEARTBEAT_SECONDS = 30.0
JUMP_SECONDS = 120
"""Between two polls so much time passes only when the machine slept, or its clock was set."""


class Beside:
    """A thread beside the app: whatever it waits for never stops the screen."""

    NAME = ""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=self.NAME, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Stop soon; what it waits for just now is not waited for."""
        self._stop.set()

    def _run(self) -> None:
        """Work until `_stop` is set."""


class Watcher(Beside):
    """Polls, so that a lock held by another program is waited for here."""

    NAME = "watcher"

    def __init__(self, folder: str, clock: Clock, post: Callable[[Message], object]) -> None:
        super().__init__()
        self._folder = folder
        self._clock = clock
        self._post = post
        self.timing = False
        """A timer runs, so heartbeats are due. Set by the app."""

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                with open_workspace(self._folder, self._clock, make=False) as workspace:
                    self._watch(workspace)
            except Exception:  # Whoever reads or writes next says what is wrong; this thread only tries again.
                self._stop.wait(5 * POLL_SECONDS)

    def _watch(self, workspace: Workspace) -> None:
        seen = (workspace.data_version(), self._day(workspace))
        # Whatever was written between the last reading and this moment would go unnoticed.
        self._post(DataChanged())
        beat, last = 0.0, self._clock.now()
        while not self._stop.wait(POLL_SECONDS):
            now = (workspace.data_version(), self._day(workspace))
            before, last = last, self._clock.now()
            # A timer may look wrong after a sleep, and whoever reads it anew sees that.
            if now != seen or abs(last - before) > JUMP_SECONDS:
                seen = now
                workspace.forget()
                self._post(DataChanged())
            beat += POLL_SECONDS
            if not self.timing:
                beat = HEARTBEAT_SECONDS
            elif beat >= HEARTBEAT_SECONDS:
                beat = 0.0
                with open_workspace(self._folder, self._clock, make=False) as fresh:
                    heartbeat(fresh)
                seen = (workspace.data_version(), seen[1])

    def _day(self, workspace: Workspace) -> date:
        return workspace.study_day_of(self._clock.local(self._clock.now()))
