"""A list to pick one of: a few letters narrow it, the arrows choose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from learnhabit.tui import safe_text
from learnhabit.tui.draw import MUTE, STRONG, key, row
from learnhabit.tui.matching import best
from learnhabit.tui.screens.dialog import Dialog
from learnhabit.tui.widgets.fields import Line
from learnhabit.tui.widgets.picklist import PickList
from learnhabit.tui.widgets.press import Press

MANY = 8
"""From so many on a field narrows them."""
MARK = 10


@dataclass(frozen=True)
class Option:
    """One of them."""

    value: str
    title: str
    about: str = ""
    mark: str = ""
    """Before the title, such as a key."""


class PickDialog(Dialog[str]):
    """Gives back the value that was picked."""

    HELP = "The arrows choose, a few letters narrow the list, enter takes what is marked, esc changes nothing."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Down", id="pick.down", show=False, tooltip="The next one"),
        Binding("up", "move(-1)", "Up", id="pick.up", show=False, tooltip="The one before"),
        Binding("pagedown", "move(8)", "Page down", id="pick.pagedown", show=False, tooltip="A page down"),
        Binding("pageup", "move(-8)", "Page up", id="pick.pageup", show=False, tooltip="A page up"),
        Binding("enter", "take", "Take", id="pick.take", show=False, tooltip="Take the marked one"),
    ]

    def __init__(self, title: str, about: str, options: Sequence[Option], value: str = "") -> None:
        super().__init__()
        self._title, self._about, self._options = title, about, options
        self._first = next((at for at, each in enumerate(options) if each.value == value), 0)

    def headline(self) -> Content:
        """What it is about."""
        return row((self._title, STRONG))

    def compose_body(self) -> ComposeResult:
        """What it means, the field, the list."""
        if self._about:
            lines = safe_text.wrapped(self._about, self.room, MUTE, limit=3)
            yield Static(Content("\n").join(lines), classes="gap")
        if len(self._options) >= MANY:
            yield Line("", "a few letters of it")
            yield Static("")
        found = PickList(_draw, id="options")
        found.styles.height = min(max(len(self._options), 2), 10 if self.app.size.height < 30 else 16)
        yield found

    def note(self) -> Content:
        """How to choose."""
        return key("↑↓", "choose")

    def buttons(self) -> list[Press]:
        """Close, or take it."""
        return [Press("Close", "esc", "close"), Press("Take it", "enter", "take", main=True)]

    def on_mount(self) -> None:
        """What is set now is marked."""
        if len(self._options) < MANY:
            self.set_focus(None)
        else:
            self.query_one(Line).focus()
        self._list.show_values(self._options)
        self.call_after_refresh(self._list.move, self._first)

    AUTO_FOCUS = ""

    @property
    def _list(self) -> PickList[Option]:
        return self.query_one("#options", PickList)

    @on(Input.Changed)
    def _find(self, message: Input.Changed) -> None:
        if message.value.strip():
            found = best(
                message.value.strip(), self._options, lambda option: (option.title, option.value, option.about)
            )
            self._list.show_values([each for each, _ in found])
        else:
            self._list.show_values(self._options)

    @on(Input.Submitted)
    @on(PickList.Picked)
    def action_take(self) -> None:
        """Take the marked one."""
        if self._list.picked is not None:
            self.dismiss(self._list.picked.value)

    def action_move(self, by: int) -> None:
        """Mark another one."""
        self._list.move(by)


def _draw(option: Option, width: int, picked: bool) -> Content:
    about = safe_text.elided(option.about, width * 2 // 3, MUTE)
    mark = safe_text.fitted(option.mark, MARK, "bold $keys") if option.mark else ""
    room = width - about.cell_length - 2 - (MARK if option.mark else 0)
    return row(mark, safe_text.fitted(option.title, room, STRONG if picked else "$ink"), "  ", about)
