"""Reminders while the app is open: it ticks as the agent does, and who looks at the app is told in it.

The deliveries' table decides who sends what; the app and the agent never both do.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from learnhabit.tui import safe_text
from learnhabit.tui.messages import ReminderCame
from learnhabit.tui.working import open_for

if TYPE_CHECKING:
    from textual.app import App

    from learnhabit.notify.notifier import Notice

    Base = App[int]
else:
    Base = object

TICK_SECONDS = 15.0
"""A reminder that is due waits for so long at most."""


class Ticker:
    """A thread of its own: a notification service may keep it waiting."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="reminders", daemon=True)

    def start(self) -> None:
        """Begin to tick."""
        self._thread.start()

    def stop(self) -> None:
        """Stop soon; whatever is being sent is not waited for."""
        self._stop.set()

    def _run(self) -> None:
        # Imported here: the first screen needs nothing of it.
        from learnhabit.services.delivering import tick

        while not self._stop.is_set():
            try:
                with open_for(self._app) as workspace:
                    tick(workspace, self)
            except Exception:  # A busy or damaged file is said by whoever shows it.
                pass
            self._stop.wait(TICK_SECONDS)

    def send(self, notice: Notice) -> None:
        """In the app where the person looks at it, else on the desktop, which may raise NotSentError."""
        if self._app.app_focus:
            from learnhabit.services.planning import settings

            with open_for(self._app) as workspace:
                bell = settings(workspace)["bell"] == "on"
            self._app.post_message(ReminderCame(notice.title, notice.body, bell=bell))
            return
        from learnhabit.notify.desktop import DesktopNotifier

        DesktopNotifier().send(notice)


class Reminding(Base):
    """The reminders' part of the app."""

    _ticker: Ticker | None = None

    def begin_reminding(self) -> None:
        """Tick from now on."""
        self._ticker = Ticker(self)
        self._ticker.start()

    def end_reminding(self) -> None:
        """Tick no more."""
        if self._ticker is not None:
            self._ticker.stop()

    # Handlers of a mixin are found by their names only, not by `@on`.

    def on_reminder_came(self, message: ReminderCame) -> None:
        """Say it in passing, over whatever is open."""
        if message.bell:
            self.bell()
        safe_text.toast(self, f"{message.title}. {message.body}")
