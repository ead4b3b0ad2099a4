"""One of a few things: all of them in a row where they fit, else one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from learnhabit.tui import safe_text
from learnhabit.tui.draw import FAINT, KEY, MUTE, SOFT, STRONG, row

GAP = 3


class Choice(Widget, can_focus=True):
    """The arrows choose while it has the focus; a click does too."""

    DEFAULT_CSS = """
    Choice { height: 1; width: 1fr; padding: 0 1; border-left: outer $surf; text-wrap: nowrap; color: $soft; }
    Choice:focus { border-left: outer $t3; background: $surf2; }
    Choice:ansi:focus { text-style: underline; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,down", "move(1)", "Next", id="choice.next", show=False, tooltip="Choose the next one"),
        Binding("left,up", "move(-1)", "Before", id="choice.before", show=False, tooltip="Choose the one before"),
    ]

    at: reactive[int] = reactive(0)
    """Which one is chosen."""

    class Chosen(Message):
        """Another one was chosen."""

        def __init__(self, choice: Choice) -> None:
            super().__init__()
            self.choice = choice

        @property
        def control(self) -> Choice:
            """The widget, for selectors."""
            return self.choice

    def __init__(self, names: Sequence[str], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._names = names

    def action_move(self, by: int) -> None:
        """Choose another one; behind the last comes the first."""
        self.choose((self.at + by) % len(self._names))

    def choose(self, index: int) -> None:
        """Choose one."""
        if index != self.at:
            self.at = index
            self.post_message(self.Chosen(self))

    def render(self) -> Content:
        """The names, the chosen one marked."""
        if self._all_fit():
            parts: list[Content | str | tuple[str, str]] = []
            for index, name in enumerate(self._names):
                chosen = index == self.at
                mark = ("◉ ", "$t3") if chosen else ("○ ", FAINT)
                parts += [mark, safe_text.line(name, STRONG if chosen else SOFT), " " * GAP]
            return row(*parts[:-1])
        count = f" {self.at + 1} of {len(self._names)}"
        room = self.content_size.width - len(count) - 4
        return row(
            ("‹ ", KEY), safe_text.elided(self._names[self.at], room, STRONG), (" ›", KEY), (count, MUTE)
        )  # fmt: skip

    def _all_fit(self) -> bool:
        return sum(self._widths()) - GAP <= self.content_size.width

    def _widths(self) -> list[int]:
        return [2 + safe_text.width_of(name) + GAP for name in self._names]

    def on_click(self, event: events.Click) -> None:
        """Choose what is under the pointer; where one is shown at a time, the next or the one before."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        if not self._all_fit():
            self.action_move(-1 if offset.x < 2 else 1)
            return
        end = 0
        for index, width in enumerate(self._widths()):
            end += width
            if offset.x < end:
                self.choose(index)
                return
