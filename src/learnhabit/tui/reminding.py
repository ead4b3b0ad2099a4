"""Reminders while the app is open: it ticks as the agent does, and who looks at the app is told in it.

The deliveries' table decides who sends what; the app and the agent never both do.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from textual import events

from learnhabit.tui import safe_text
from learnhabit.tui.keeping import Keeper
from learnhabit.tui.messages import ReminderCame
from learnhabit.tui.toasting import Toasting
from learnhabit.tui.watch import Beside
from learnhabit.tui.working import open_for

if TYPE_CHECKING:
    from learnhabit.notify.notifier import Notice

TICK_SECONDS = 15.0
"""A reminder that is due waits for so long at most."""
PRESENT_SECONDS = 300.0
"""After so long without a key nobody looks any more."""
HERE_SECONDS, AWAY_SECONDS = 60.0, 900.0
"""How long a reminder stands, for whoever looks and for whoever comes back."""


class Ticker(Beside):
    """Ticks as the agent does; a notification service may keep it waiting."""

    NAME = "reminders"

    def __init__(self, app: Reminding) -> None:
        super().__init__()
        self._app = app
        self._bell = False
        """As it was set when this tick began."""

    def _run(self) -> None:
        # Imported here: the first screen needs nothing of it.
        from learnhabit.services.delivering import bell, tick

        keeper = Keeper(self._app)
        while not self._stop.is_set():
            try:
                with open_for(self._app) as workspace:
                    self._bell = bell(workspace)
                    tick(workspace, self)
            except Exception:  # A busy or damaged file is said by whoever shows it.
                pass
            if not self._stop.wait(TICK_SECONDS):
                # Not at once: whoever has just opened the app has other things to wait for.
                keeper.look()

    def send(self, notice: Notice) -> None:
        """In the app where the person looks at it, else on the desktop; where there is none, in the app after all."""
        if self._app.is_looked_at:
            self._say(notice, HERE_SECONDS)
            return
        from learnhabit.notify.desktop import DesktopNotifier
        from learnhabit.notify.notifier import NotSentError

        try:
            DesktopNotifier().send(notice)
        except NotSentError:
            # Over SSH, or without a notification service: it stands here when the person comes back.
            self._say(notice, AWAY_SECONDS)

    def _say(self, notice: Notice, seconds: float) -> None:
        self._app.post_message(ReminderCame(f"{notice.title}. {notice.body}", bell=self._bell, seconds=seconds))


class Reminding(Toasting):
    """The reminders' part of the app."""

    _ticker: Ticker | None = None
    _touched_at = 0.0
    """When a key or the mouse was used last, by the monotonic clock."""

    def begin_reminding(self) -> None:
        """Tick from now on."""
        self._touched_at = time.monotonic()
        self._ticker = Ticker(self)
        self._ticker.start()

    def end_reminding(self) -> None:
        """Tick no more."""
        if self._ticker is not None:
            self._ticker.stop()

    @property
    def is_looked_at(self) -> bool:
        """The terminal has the focus, as far as it says so, and somebody has just used it: many never say so."""
        return self.app_focus and time.monotonic() - self._touched_at < PRESENT_SECONDS

    async def on_event(self, event: events.Event) -> None:
        """Notice that somebody is here."""
        if isinstance(event, events.InputEvent):
            self._touched_at = time.monotonic()
        await super().on_event(event)

    # Handlers of a mixin are found by their names only, not by `@on`.

    def on_reminder_came(self, message: ReminderCame) -> None:
        """Say it beside what was just said; a dialog that is open comes first."""

        def say() -> None:
            if message.bell:
                self.bell()
            safe_text.toast(self, message.text, seconds=message.seconds, beside=True)

        self.say_undisturbed(say)
