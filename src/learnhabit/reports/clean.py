"""Text of a person or a file on its way into a report: through the display filter, and without what XML forbids."""

from __future__ import annotations

from learnhabit.domain.text import display, display_line

_FORBIDDEN = {0xFFFE: None, 0xFFFF: None}
"""Code points that are no characters: a page may hold them, a drawing and a PDF can't."""


def line(text: str) -> str:
    """One line."""
    return display_line(text.translate(_FORBIDDEN))


def block(text: str) -> str:
    """The same with its line breaks."""
    return display(text.translate(_FORBIDDEN)).strip()
