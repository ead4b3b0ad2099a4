"""A widget that draws rows of Content in the width that it has, and again only those that changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content, Span
from textual.geometry import Region
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.geometry import Size


class Panel(Widget):
    """Base of what is drawn row by row. A subclass says which rows, and calls `renew` when they may be others."""

    DEFAULT_CSS = "Panel { width: 1fr; height: auto; text-wrap: nowrap; text-overflow: clip; }"
    ALLOW_SELECT = False

    _styles: ClassVar[dict[str, Style]] = {}
    """What style strings mean in the colours of `_styles_of`; reading one takes longer than drawing a row."""
    _styles_of: ClassVar[object] = None

    auto_links = False

    _rows: list[Content]
    _strips: list[Strip | None]
    _key: tuple[int, Size] | None = None
    """Width and terminal size that the rows are for."""

    def rows(self, width: int) -> Sequence[Content]:
        """What is drawn; each row at most `width` cells."""
        return ()

    def renew(self) -> None:
        """Draw the rows that are others now, and lay out anew when there are more or fewer of them."""
        if self._key is None:
            self.refresh(layout=True)
            return
        before, self._rows = self._rows, list(self.rows(self._key[0]))
        if len(before) != len(self._rows):
            self._strips = [None] * len(self._rows)
            self.refresh(layout=True)
            return
        changed = [y for y, (old, new) in enumerate(zip(before, self._rows, strict=True)) if not new.is_same(old)]
        for y in changed:
            self._strips[y] = None
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as there are."""
        return len(self._rows_for(width))

    def render_line(self, y: int) -> Strip:
        """One row, kept until it changes."""
        width = self.size.width
        rows = self._rows_for(width)
        if y >= len(rows):
            return Strip.blank(width, self.visual_style.rich_style)
        strip = self._strips[y]
        if strip is None:
            strip = self._strips[y] = self._strip(rows[y], width)
        return strip

    def notify_style_update(self) -> None:
        """Draw everything in the colours of another theme."""
        super().notify_style_update()
        if self._key is not None:
            self._strips = [None] * len(self._rows)

    def _rows_for(self, width: int) -> list[Content]:
        key = (width, self.app.size)
        if self._key != key:
            self._key = key
            self._rows = list(self.rows(width))
            self._strips = [None] * len(self._rows)
        return self._rows

    def _strip(self, row: Content, width: int) -> Strip:
        content = Content(row.plain, [Span(start, end, self._style(style)) for start, end, style in row.spans])
        strips = Visual.to_strips(self, content, width, 1, self.visual_style, apply_selection=False)
        return strips[0].simplify() if strips else Strip.blank(width, self.visual_style.rich_style)

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


class Drawn(Panel):
    """A panel whose rows somebody else draws."""

    def __init__(self, draw: Callable[[int], Sequence[Content]]) -> None:
        super().__init__()
        self._draw = draw

    def rows(self, width: int) -> Sequence[Content]:
        """As they are drawn for a width; one that is too long goes on below."""
        return [
            part for line in self._draw(width) for part in (line.wrap(width) if line.cell_length > width else [line])
        ]


class FillingPanel(Panel):
    """A panel as high as its place, which it fills with as much as there is room for."""

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """It fills what there is."""
        return 1

    def on_resize(self) -> None:
        """There is other room."""
        self.renew()
