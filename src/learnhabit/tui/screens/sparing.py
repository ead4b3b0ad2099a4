"""What keeps a screen from being styled and laid out twice before it is first seen: half of a dialog's time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

from textual.reactive import Reactive
from textual.screen import Screen

if TYPE_CHECKING:
    from textual import events
    from textual.geometry import Size
    from textual.widget import Widget

T = TypeVar("T")


class SparingScreen(Screen[T]):
    """A screen that is styled when its widgets are mounted, and laid out for its size, and not once more for nothing.

    Textual has no public way to ask for this; its own handlers still run, and find less to do.
    """

    # Who has the focus is drawn by the widgets themselves; all of the screen was drawn again with each move of it.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    def __init__(self, classes: str = "") -> None:
        # The classes that the terminal's size will ask for; set from the start they change nothing later.
        width, height = self.app.size
        sizes = _at(width, self.app.HORIZONTAL_BREAKPOINTS or ()), _at(height, self.app.VERTICAL_BREAKPOINTS or ())
        super().__init__(classes=" ".join((*sizes, classes)))
        # The style sheet knows this screen, since all our styles are the app's; else all of it is read again.
        self._css_update_count = self.app._css_update_count
        self._resumed = False

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        # Runs before Textual's handler of the same name. Only a screen that was left before may need other styles.
        if not self._resumed:
            self._resumed = True
            event.refresh_styles = False

    def _screen_resized(self, size: Size) -> None:
        # A new screen hears of its size once it is laid out in it, and the one behind hears of it again.
        if size != self._size:
            super()._screen_resized(size)


def _at(size: int, breakpoints: Iterable[tuple[int, str]]) -> str:
    """The class of the last breakpoint that a size reaches."""
    return next((name for least, name in reversed(tuple(breakpoints)) if size >= least), "")
