"""What keeps a screen from being styled twice before it is first seen; half of a dialog's time was spent so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual.app import App
from textual.screen import Screen


def size_classes(app: App[Any]) -> str:
    """The classes that the terminal's size will ask for; set from the start they change nothing later."""
    width, height = app.size
    return f"{_at(width, app.HORIZONTAL_BREAKPOINTS or ())} {_at(height, app.VERTICAL_BREAKPOINTS or ())}"


def spare_css(screen: Screen[Any]) -> None:
    """Say that the style sheet knows this screen, as it does: all our styles are the app's.

    Textual has no public way to say so, and reads the whole sheet again for each new screen.
    """
    screen._css_update_count = screen.app._css_update_count


def _at(size: int, breakpoints: Iterable[tuple[int, str]]) -> str:
    """The class of the last breakpoint that a size reaches."""
    return next((name for least, name in reversed(tuple(breakpoints)) if size >= least), "")
