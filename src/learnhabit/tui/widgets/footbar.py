"""The footer: the keys that work here, and what they do."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.app import App
from textual.binding import ActiveBinding
from textual.content import Content
from textual.screen import Screen

from learnhabit.tui.draw import MUTE, key, row
from learnhabit.tui.widgets.panel import Panel

ALWAYS = ("help", "palette", "quit")
"""Ends of the ids of bindings at the right end; the last ones go first where room is short."""

KEY_SIGNS = {"escape": "esc", "question_mark": "?", "slash": "/", "comma": ",", "asterisk": "*", "⏎": "enter"}
"""Names of keys that footers write otherwise."""


class FootBar(Panel):
    """One row of keys, taken from the active bindings; a click presses the key."""

    DEFAULT_CSS = "FootBar { height: 1; background: $surf; }"

    _spots: list[tuple[int, int, str]]
    """Where the keys lie: first and last cell, and the key."""

    @property
    def hidden(self) -> tuple[str, ...]:
        """Bindings that are said elsewhere now: with a timer, the step's own panel offers the switch."""
        unsaid: tuple[str, ...] = getattr(self.screen, "unsaid", ())
        return ("today.start", *unsaid) if getattr(self.app, "timer", None) is not None else unsaid

    def on_mount(self) -> None:
        """Follow the focus: other keys work in a field."""
        self.screen.bindings_updated_signal.subscribe(self, self._renew)

    def _renew(self, screen: Screen[Any]) -> None:
        if screen.is_current:
            self.renew()

    def rows(self, width: int) -> list[Content]:
        """Keys of this screen left, keys that always work right."""
        margin = 3 if width >= 110 else 2
        # A binding with two keys is named by its first one.
        named: dict[str, ActiveBinding] = {}
        for each in self.screen.active_bindings.values():
            if each.binding.show and each.binding.id not in self.hidden:
                named.setdefault(each.binding.id or each.binding.key, each)
        shown = list(named.values())
        right = sorted((each for each in shown if _end(each) in ALWAYS), key=lambda each: ALWAYS.index(_end(each)))
        left = [each for each in shown if _end(each) not in ALWAYS]
        if width < 110:
            right = right[:2]
        room = width - 2 * margin
        gap = 3 if width >= 110 else 2
        used = sum(self._width(each) + gap for each in right)
        fitting: list[ActiveBinding] = []
        for each in left:
            if used + self._width(each) > room:
                break
            fitting.append(each)
            used += self._width(each) + gap
        self._spots = []
        begin = self._line(fitting, gap, margin)
        length = sum(self._width(each) + gap for each in right) - gap
        end = self._line(right, gap, width - margin - length)
        return [row(" " * margin, begin, " " * (width - 2 * margin - begin.cell_length - end.cell_length), end)]

    def _line(self, bindings: list[ActiveBinding], gap: int, at: int) -> Content:
        parts: list[Content | str] = []
        for each in bindings:
            label = self._shown_key(each)
            piece = key(label, each.binding.description)
            if not each.enabled:
                piece = row((f"{label} {each.binding.description}", MUTE))
            self._spots.append((at, at + piece.cell_length, each.binding.key))
            at += piece.cell_length + gap
            parts += [piece, " " * gap]
        return row(*parts[:-1])

    def _width(self, each: ActiveBinding) -> int:
        return len(self._shown_key(each)) + 1 + len(each.binding.description)

    def _shown_key(self, each: ActiveBinding) -> str:
        return key_name(self.app, each)

    def on_click(self, event: events.Click) -> None:
        """Press the key under the pointer."""
        for start, end, name in self._spots:
            if start <= event.x < end:
                self.app.simulate_key(name)


def _end(each: ActiveBinding) -> str:
    return (each.binding.id or "").rpartition(".")[2]


def key_name(app: App[Any], each: ActiveBinding) -> str:
    """A key as footers and help write it: `s`, `^p`, `esc`."""
    name = app.get_key_display(each.binding)
    return KEY_SIGNS.get(name, name)
