"""The screen behind a dialog, dimmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.renderables.background_screen import BackgroundScreen
from textual.strip import Strip
from textual.visual import Visual

if TYPE_CHECKING:
    from textual.css.styles import RulesMap
    from textual.style import Style as VisualStyle
    from textual.visual import RenderOptions

MANY = 2_000
"""Styles that are remembered; a screen has a few dozen."""


class Backdrop(Visual):
    """What Textual's own `BackgroundScreen` draws, with each style mixed once instead of each segment.

    Opening a dialog draws the screen behind it several times; mixing its colours was half of that time.
    """

    _tinted: dict[tuple[Style, Color], Style] = {}

    def __init__(self, behind: BackgroundScreen) -> None:
        self._behind = behind

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """All of it."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """All of it."""
        return self._behind.screen.size.height

    def render_strips(self, width: int, height: int | None, style: VisualStyle, options: RenderOptions) -> list[Strip]:
        """Every row of the screen behind, in mixed colours and without its links."""
        strips = self._behind.screen._compositor.render_strips()
        return [
            Strip(
                [
                    each if each.control else Segment(each.text, self._tint(each.style or Style.null()))
                    for each in strip
                ],
                strip.cell_length,
            )
            for strip in (strips if height is None else strips[:height])
        ]

    def _tint(self, style: Style) -> Style:
        key = (style, self._behind.color)
        known = self._tinted.get(key)
        if known is None:
            if len(self._tinted) > MANY:
                self._tinted.clear()
            (segment,) = BackgroundScreen.process_segments([Segment("", style)], self._behind.color)
            known = self._tinted[key] = segment.style or Style.null()
        return known
