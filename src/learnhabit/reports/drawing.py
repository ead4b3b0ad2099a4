"""An SVG shape by shape. Every shape has the light theme's colour as an attribute and a class that a page's style sheet
overrides, so that one drawing is right in a browser, on paper and in a picture. Lengths are pixels."""

from __future__ import annotations

from markupsafe import Markup, escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

RAMP = ("#429c9c", "#258484", "#006667", "#004a4b")
"""From little to much, in the light theme."""
COLOURS = {
    "l1": RAMP[0],
    "l2": RAMP[1],
    "l3": RAMP[2],
    "l4": RAMP[3],
    "ink": "#1d2430",
    "mute": "#566070",
    "line": "#d3cfc4",
    "faint": "#838a96",
    "track": "#e6e3da",
}
"""By the class that a page's style sheet gives another one in the dark."""


class Drawing:
    """An SVG that grows shape by shape."""

    def __init__(self, width: float, height: float, label: str) -> None:
        self.width, self.height = width, height
        self._label = label
        self._parts: list[str] = []

    def rect(
        self, x: float, y: float, width: float, height: float, fill: str, *, round_by: float = 0, hollow: bool = False
    ) -> None:
        """A rectangle, filled, or with its edge only."""
        if width <= 0 or height <= 0:
            return
        edge = f' rx="{_n(round_by)}"' if round_by else ""
        paint = f'fill="none" stroke="{COLOURS[fill]}" class="s-{fill}"' if hollow else _fill(fill)
        self._parts.append(f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"{edge} {paint}/>')

    def circle(self, x: float, y: float, radius: float, fill: str) -> None:
        """A disc."""
        self._parts.append(f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" {_fill(fill)}/>')

    def line(self, points: Iterable[tuple[float, float]], stroke: str, width: float = 1, *, dashes: str = "") -> None:
        """A line through points."""
        path = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        self._parts.append(
            f'<polyline points="{path}" fill="none" stroke="{COLOURS[stroke]}" class="s-{stroke}"'
            f' stroke-width="{_n(width)}" stroke-linejoin="round"{dashed}/>'
        )

    def text(
        self, x: float, y: float, text: str, fill: str = "mute", *, size: float = 11, anchor: str = "start",
        bold: bool = False,
    ) -> None:  # fmt: skip
        """A text whose baseline is at y."""
        where = f' text-anchor="{anchor}"' if anchor != "start" else ""
        weight = ' font-weight="700"' if bold else ""
        self._parts.append(
            f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}"{where}{weight} {_fill(fill)}>{escape(text)}</text>'
        )

    def svg(self) -> Markup:
        """The whole drawing; what it shows stands in its label, and in full in the table beside it."""
        return Markup(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(self.width)} {_n(self.height)}"'
            f' width="{_n(self.width)}" height="{_n(self.height)}" role="img" font-family="inherit">'
            # A title, not a label: it is what a PDF takes for the picture's other text, too.
            f"<title>{escape(self._label)}</title>{''.join(self._parts)}</svg>"
        )


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def _fill(name: str) -> str:
    return f'fill="{COLOURS[name]}" class="f-{name}"'


def fitted(text: str, cells: int) -> str:
    """A text that takes at most so many cells; a wide character takes two."""
    import unicodedata

    used = 0
    for place, character in enumerate(text):
        used += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if used > cells:
            return f"{text[: max(place - 1, 0)].rstrip()}…"
    return text
