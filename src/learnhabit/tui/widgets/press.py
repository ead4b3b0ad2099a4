"""A button of one row: a word and its key."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from learnhabit.tui.draw import row
from learnhabit.tui.keynames import has_own

KEPT = ("enter", "esc")
"""Keys that are never others."""


class Press(Widget, can_focus=True):
    """Runs an action of its screen when clicked, or when enter is pressed on it."""

    DEFAULT_CSS = """
    Press { width: auto; height: 1; padding: 0 1; margin-left: 2; background: $surf2; color: $ink; text-style: bold; }
    Press.-main { background: $press; color: $on-press; }
    Press:focus { text-style: bold underline; }
    Press:hover { background: $sel; color: $ink; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "press", "Press", id="button.press", show=False, tooltip="Press the button"),
    ]

    def __init__(self, label: str, key: str, action: str, *, main: bool = False) -> None:
        super().__init__(classes="-main" if main else None)
        self._label = label
        self._key = key
        self._main = main
        self._deed = action

    def render(self) -> Content:
        """Word and key."""
        return row(
            (self._label, "bold"), (f" {self._named()}", "not bold $on-press" if self._main else "not bold $keys")
        )

    def _named(self) -> str:
        """The key, which may be the person's own."""
        if has_own() and self._key not in KEPT:
            from learnhabit.tui.widgets.footbar import key_name

            for each in self.screen.active_bindings.values():
                if each.binding.action == self._deed and each.node is self.screen:
                    return key_name(self.app, each)
        return self._key

    def name_it(self, label: str) -> None:
        """Give it another word."""
        if label != self._label:
            self._label = label
            self.refresh(layout=True)

    async def on_click(self) -> None:
        """Run the action."""
        await self.action_press()

    async def action_press(self) -> None:
        """Run the action."""
        await self.screen.run_action(self._deed)
