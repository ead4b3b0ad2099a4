"""A short list of things to tick."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from learnhabit.tui import safe_text
from learnhabit.tui.draw import EMPTY, MUTE, fill, row
from learnhabit.tui.widgets.panel import Panel


class TickList(Panel, can_focus=True):
    """The arrows mark a row while it has the focus, space and a click tick it."""

    DEFAULT_CSS = """
    TickList { height: 3; width: 1fr; border-left: outer $surf; padding: 0 0 0 1; }
    TickList:focus { border-left: outer $t3; background: $surf2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Next", id="ticks.next", show=False, tooltip="Mark the next one"),
        Binding("up,k", "move(-1)", "Before", id="ticks.before", show=False, tooltip="Mark the one before"),
        Binding("space", "tick", "Tick", id="ticks.tick", show=False, tooltip="Tick the marked one, or not"),
    ]

    class Ticked(Message):
        """One was ticked, or not any more."""

    def __init__(self, names: Sequence[tuple[str, str]], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._names = names
        """(key, text) of each."""
        self.ticked: set[str] = set()
        self._at = 0
        self._top = 0

    def rows(self, width: int) -> list[Content]:
        """The rows in view; the last one counts what is below."""
        height = max(self.size.height, 1)
        shown = self._names[self._top : self._top + height]
        below = len(self._names) - self._top - len(shown)
        rows = []
        for index, (name, text) in enumerate(shown):
            if below and index == height - 1:
                rows.append(row((f"  {below + 1} more ↓", MUTE)))
                continue
            marked = self.has_focus and self._top + index == self._at
            box = ("[✓] " if name in self.ticked else "[ ] ", "$keys")
            line = row(box, safe_text.elided(text, width - 4, "$ink" if marked else "$soft"))
            rows.append(fill(line, width).stylize_before("on $sel") if marked else line)
        if not self._names:
            rows.append(row(("no resolution was made", MUTE)))
        return rows + [EMPTY] * (height - len(rows))

    def watch_has_focus(self, has_focus: bool) -> None:
        """Show which row is marked, or that none is. Not `on_focus`: that comes before it has the focus."""
        super().watch_has_focus(has_focus)
        self.renew()

    def on_resize(self) -> None:
        """Other rows are in view, the marked one among them: what is ticked is seen."""
        self.action_move(0)
        self.renew()

    def action_move(self, by: int) -> None:
        """Mark another row."""
        if self._names:
            self._at = min(max(self._at + by, 0), len(self._names) - 1)
            # The last row may say how many are below it.
            height = max(self.size.height - 1, 1)
            self._top = min(max(self._top, self._at - height + 1), self._at)
            self.renew()

    def action_tick(self) -> None:
        """Tick the marked one, or not."""
        if self._names:
            self.ticked ^= {self._names[self._at][0]}
            self.renew()
            self.post_message(self.Ticked())

    def on_click(self, event: events.Click) -> None:
        """Tick what is under the pointer; where that only says how many more there are, go a page on."""
        index = self._top + event.y
        if event.y == self.size.height - 1 and index < len(self._names) - 1:
            self.action_move(self._top + 2 * max(event.y, 1) - 1 - self._at)
        elif index < len(self._names):
            self.action_move(index - self._at)
            self.action_tick()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go on."""
        event.stop()
        self.action_move(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go back."""
        event.stop()
        self.action_move(-3)
