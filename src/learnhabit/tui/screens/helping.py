"""Help: a paragraph about a screen, and every key that works on it."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.content import Content
from textual.screen import Screen

from learnhabit.tui import safe_text
from learnhabit.tui.draw import EMPTY, HEAD, KEY, MUTE, SOFT, STRONG, row
from learnhabit.tui.keynames import has_own, named
from learnhabit.tui.screens.dialog import Dialog
from learnhabit.tui.widgets.footbar import KEY_SIGNS, key_name
from learnhabit.tui.widgets.panel import Drawn

FIRST = 12


def with_own_keys(screen: Screen[Any]) -> str:
    """The paragraph about a screen, with the person's own keys where it names one."""
    text = " ".join((screen.HELP or "").split())
    if not has_own():
        return text
    own: dict[str, str] = {}
    for kin in type(screen).__mro__:
        for binding in Binding.make_bindings(vars(kin).get("BINDINGS", ())):
            usual = binding.key_display or KEY_SIGNS.get(binding.key, binding.key)
            # A lone “a” is a word.
            if binding.id and len(usual) == 1 and usual != "a":
                own.setdefault(usual, named(binding.id, usual))
    return re.sub(r"(?<![\w’'])\S(?![\w’'])", lambda found: own.get(found[0], found[0]), text)


class HelpDialog(Dialog[str]):
    """Keys come from the bindings themselves, so that they can't be wrong; a click on one presses it."""

    AUTO_FOCUS = ""
    HELP = "Every key that works on the screen behind. The arrows scroll, esc closes; a click on a key presses it."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,enter", "close", "Close", id="help.close", show=False, tooltip="Close the help"),
        Binding("down,j", "scroll(1)", "Down", id="help.down", show=False, tooltip="Scroll down"),
        Binding("up,k", "scroll(-1)", "Up", id="help.up", show=False, tooltip="Scroll up"),
        Binding(
            "pagedown,space", "scroll(10)", "Page down", id="help.pagedown", show=False, tooltip="Scroll a page down"
        ),
        Binding("pageup", "scroll(-10)", "Page up", id="help.pageup", show=False, tooltip="Scroll a page up"),
    ]

    def __init__(self, about: Screen[Any]) -> None:
        self._about = about
        # Read before the dialog takes the focus away.
        self._active = list(about.active_bindings.values())
        super().__init__()

    def headline(self) -> Content:
        """What it is about."""
        return row(("Help", STRONG))

    def compose_body(self) -> ComposeResult:
        """All of it in one widget."""
        # A scroll bar takes a cell, whether it comes or not.
        yield Drawn(lambda width: self._rows(min(width, self.room - 1)))

    def _rows(self, width: int) -> list[Content]:
        """The paragraph, the keys of the screen, the keys that work everywhere."""
        lines = safe_text.wrapped(with_own_keys(self._about), width, SOFT)
        here: dict[str, tuple[list[str], ActiveBinding]] = {}
        everywhere: dict[str, tuple[list[str], ActiveBinding]] = {}
        for each in self._active:
            if not each.binding.id or not each.tooltip:
                continue
            group = everywhere if each.node is self.app else here
            group.setdefault(each.binding.id, ([], each))[0].append(key_name(self.app, each))
        if here:
            lines += [EMPTY, row(("HERE", HEAD)), *self._keys(here, width)]
        if everywhere:
            lines += [EMPTY, row(("EVERYWHERE", HEAD)), *self._keys(everywhere, width)]
        if not self._about.is_modal:
            lines += [
                EMPTY,
                row(("While a field has the focus, letters type; ^, tab, enter, esc and arrows act.", MUTE)),
            ]
        return lines

    def _keys(self, group: dict[str, tuple[list[str], ActiveBinding]], width: int) -> list[Content]:
        rows = []
        for names, each in group.values():
            shown = " ".join(dict.fromkeys(names))
            about = safe_text.elided(each.tooltip, width - FIRST, SOFT if each.enabled else MUTE)
            rows.append(row((shown.ljust(FIRST), KEY), about).stylize(f"@click=screen.press('{each.binding.key}')"))
        return rows

    def action_press(self, key: str) -> None:
        """Close, and press a key on the screen behind."""
        self.dismiss(key)
