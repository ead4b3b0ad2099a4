"""A short list to pick from, drawn line by line: any number of rows, a few in view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from textual import events
from textual.content import Content
from textual.message import Message

from learnhabit.tui.draw import EMPTY, fill, row
from learnhabit.tui.widgets.panel import Panel

T = TypeVar("T")


class PickList(Panel, Generic[T]):
    """Rows of values; the picked one is marked. It never has the focus: a field above it moves it."""

    DEFAULT_CSS = "PickList { height: 8; width: 1fr; }"

    class Picked(Message):
        """A row was clicked twice, or once while it was picked."""

    def __init__(self, draw: Callable[[T, int, bool], Content], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._draw = draw
        self._values: Sequence[T] = ()
        self._at = 0
        self._top = 0

    @property
    def picked(self) -> T | None:
        """The marked value."""
        return self._values[self._at] if self._values else None

    def show_values(self, values: Sequence[T]) -> None:
        """Show other values, the first one marked."""
        self._values, self._at, self._top = values, 0, 0
        self.renew()

    def move(self, by: int) -> None:
        """Mark another row."""
        if self._values:
            self._at = min(max(self._at + by, 0), len(self._values) - 1)
            height = max(self.size.height - 1, 1)
            self._top = min(max(self._top, self._at - height + 1), self._at)
            self.renew()

    def on_resize(self) -> None:
        """Other rows are in view."""
        self.renew()

    def rows(self, width: int) -> list[Content]:
        """The rows in view; the last one counts what is below."""
        height = max(self.size.height, 1)
        shown = self._values[self._top : self._top + height]
        below = len(self._values) - self._top - len(shown)
        rows = []
        for index, value in enumerate(shown):
            if below and index == height - 1:
                rows.append(row((f"  {below + 1} more ↓", "$mute")))
                continue
            picked = self._top + index == self._at
            line = fill(row(("▌" if picked else " ", "$t3"), " ", self._draw(value, width - 3, picked)), width)
            rows.append(line.stylize_before("on $sel") if picked else line)
        return rows + [EMPTY] * (height - len(rows))

    def on_click(self, event: events.Click) -> None:
        """Mark the row under the pointer; a second click picks it."""
        index = self._top + event.y
        if index < len(self._values):
            if index == self._at:
                self.post_message(self.Picked())
            self.move(index - self._at)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go on."""
        event.stop()
        self.move(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go back."""
        event.stop()
        self.move(-3)
