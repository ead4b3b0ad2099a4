"""What is said in passing: not over a dialog, where it waits, and gone with esc where that does nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from learnhabit.tui import safe_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App
    from textual.await_complete import AwaitComplete

    Base = App[int]
else:
    Base = object


class Toasting(Base):
    """The app's part in it."""

    _unsaid: tuple[Callable[[], None], ...] = ()
    """What waits until no dialog is open."""

    def say_undisturbed(self, say: Callable[[], None]) -> None:
        """Say something long now, or after the dialog that is open: it would lie over its buttons all the while."""
        self._unsaid = (*self._unsaid, say)
        self._say_what_waits()

    def pop_screen(self) -> AwaitComplete:
        """A dialog is closed; another one may follow it at once."""
        popped = super().pop_screen()
        if self._unsaid:
            self.call_later(self._say_what_waits)
        return popped

    def _say_what_waits(self) -> None:
        if len(self.screen_stack) == 1:
            unsaid, self._unsaid = self._unsaid, ()
            for say in unsaid:
                say()

    def key_escape(self) -> bool:
        """Take away what was said; Textual asks here only for what no binding of the screen has taken."""
        if len(self.screen_stack) > 1:
            return False
        safe_text.clear_toasts(self)
        return True
