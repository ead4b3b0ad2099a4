"""What the app opens: dialogs that are not the timer's, sessions in the log, errors; and undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from learnhabit.services import undoing
from learnhabit.tui.faults import Fault
from learnhabit.tui.messages import ChangeFailed, Done, ShowDay, ShowResolution, ShowSession, ShowTopic
from learnhabit.tui.tabs import ASIDE
from learnhabit.tui.working import write

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App

    from learnhabit.services.values import TodayView

    Base = App[int]
else:
    Base = object


class Going(Base):
    """The app's ways to go."""

    view: TodayView | None

    def action_log(self) -> None:
        """Log study that is over, in one line."""
        from learnhabit.tui.screens.entry import EntryDialog

        first = self.view is not None and self.view.empty and self.view.steps
        self.push_screen(EntryDialog(f"10m {self.view.steps[0].topic}" if first and self.view else ""))

    async def action_find(self) -> None:
        """Search the log."""
        await self.switch_mode("log")
        self._log_screen().find()

    async def action_aside(self) -> None:
        """Open the settings; from there the reminders, and back."""
        first, other = (tab.mode for tab in ASIDE)
        await self.switch_mode(other if self.current_mode == first else first)

    def action_undo(self) -> None:
        """Take back the latest change."""
        self._step(undoing.undo, "Undone: ", "")

    def action_redo(self) -> None:
        """Do again what was undone."""
        self._step(undoing.redo, "Done again: ", "")

    def _step(self, deed: Any, before: str, after: str) -> None:
        def failed(fault: Fault) -> ChangeFailed:
            return ChangeFailed(fault, again=lambda: self._step(deed, before, after))

        write(self, deed, lambda summary: Done(f"{before}{summary}{after}"), failed)

    def action_help(self) -> None:
        """Keys and what the screen is for."""
        from learnhabit.tui.screens.helping import HelpDialog

        if not isinstance(self.screen, HelpDialog):
            self.push_screen(HelpDialog(self.screen), self._press)

    def _press(self, key: str | None) -> None:
        if key is not None:
            self.simulate_key(key)

    def action_why(self) -> None:
        """Why the numbers are what they are."""
        if self.view is not None:
            from learnhabit.tui.screens.reading import WhyDialog

            self.push_screen(WhyDialog(self.view))

    def action_review(self) -> None:
        """Look back on a week."""
        from learnhabit.tui.screens.review import ReviewDialog

        self.push_screen(ReviewDialog())

    # Handlers of a mixin are found by their names only, not by `@on`.

    async def on_show_session(self, message: ShowSession) -> None:
        """Go to a session in the log."""
        await self.switch_mode("log")
        self._log_screen().show_session(message.session)

    async def on_show_day(self, message: ShowDay) -> None:
        """Show the log of one day."""
        await self.switch_mode("log")
        self._log_screen().find(f"on:{message.day.isoformat()}")

    async def on_show_resolution(self, message: ShowResolution) -> None:
        """Show a resolution on its screen."""
        await self.switch_mode("resolutions")
        screen: Any = self.screen_stack[0]
        screen.show_resolution(message.resolution)

    async def on_show_topic(self, message: ShowTopic) -> None:
        """Show a topic on its screen."""
        await self.switch_mode("topics")
        screen: Any = self.screen_stack[0]
        screen.show_topic(message.topic)

    def _log_screen(self) -> Any:
        return self.screen_stack[0]

    def show_fault(self, fault: Fault, heading: str, again: Callable[[], object] | None, *, form: bool = False) -> None:
        """Show an error; one at a time."""
        from learnhabit.tui.screens.error import ErrorDialog

        if not any(isinstance(screen, ErrorDialog) for screen in self.screen_stack):
            self.push_screen(ErrorDialog(fault, heading, again, form=form))
