"""A widget that draws rows of Content in the width that it has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content, Span
from textual.style import Style
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.geometry import Size


class Panel(Widget):
    """Base of what is drawn row by row; a subclass says which rows."""

    DEFAULT_CSS = "Panel { width: 1fr; height: auto; text-wrap: nowrap; text-overflow: clip; }"

    auto_links = False

    _styles: dict[str, Style] = {}
    _styles_of: object = None

    def rows(self, width: int) -> Sequence[Content]:
        """What is drawn; each row at most `width` cells."""
        raise NotImplementedError

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as there are."""
        return len(self.rows(width))

    def render(self) -> Content:
        """All rows, with styles that were read once per theme instead of once per paint."""
        content = Content("\n").join(self.rows(self.content_size.width))
        return Content(content.plain, [Span(start, end, self._style(style)) for start, end, style in content.spans])

    def _style(self, style: str | Style) -> Style:
        if isinstance(style, Style):
            return style
        variables = self.app.theme_variables
        if Panel._styles_of is not variables:
            Panel._styles, Panel._styles_of = {}, variables
        known = Panel._styles.get(style)
        if known is None:
            known = Panel._styles[style] = Style.parse(style)
        return known
