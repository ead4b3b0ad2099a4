"""Text that a person or a file wrote, on its way to the screen: the only module that makes Content of it.

Nothing here reads markup, and nothing that could steer a terminal gets through: every string passes the display filter
of the domain first. Literal text of the app itself needs none of this.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from learnhabit.domain.text import display, display_line

if TYPE_CHECKING:
    from textual.app import App
    from textual.notifications import SeverityLevel

_LONGEST_LINE = 2_000
"""Characters of a line that are looked at; no terminal shows more, and filtering a novel for each row is waste."""


def plain(text: str) -> str:
    """Filtered text on one line, for the value of an input; blanks stay, so that one can type them."""
    return display(text).replace("\n", " ").replace("\t", " ")


def plain_block(text: str) -> str:
    """Filtered text that keeps its line breaks, for a text area or the clipboard."""
    return display(text)


def line(text: str, style: str = "") -> Content:
    """One line in a style."""
    return _content(_short(text), style)


def elided(text: str, width: int, style: str = "") -> Content:
    """One line of at most `width` cells; what does not fit ends in `…`."""
    return _content(_elide(text, width), style)


def fitted(text: str, width: int, style: str = "") -> Content:
    """One line of exactly `width` cells, elided or filled with blanks."""
    short = _elide(text, width)
    return _content(short + " " * (width - cell_len(short)), style)


def wrapped(text: str, width: int, style: str = "", limit: int | None = None) -> list[Content]:
    """Text broken into lines of at most `width` cells; with a limit the last line says `…` when there is more."""
    text = display(text if limit is None else text[: limit * max(width, 1) * 4 + _LONGEST_LINE]).expandtabs(4)
    lines = [
        piece for row in text.split("\n") for piece in (Content(row).wrap(max(width, 1)) if row else [Content("")])
    ]
    if limit is not None and len(lines) > limit:
        kept = lines[:limit]
        last = kept[-1].plain.rstrip()
        kept[-1] = Content(_cut(f"{last} {lines[limit].plain}", width))
        lines = kept
    return [each.rstrip().stylize(style) if style else each.rstrip() for each in lines]


def marked(text: str, offsets: list[int] | tuple[int, ...], width: int, style: str, found: str) -> Content:
    """An elided line with the characters at `offsets` of the filtered text in another style."""
    short = _elide(text, width)
    content = _content(short, style)
    for offset in offsets:
        if offset < len(short):
            content = content.stylize(found, offset, offset + 1)
    return content


def cells(text: str, width: int) -> str:
    """A plain string of exactly `width` cells, for what is drawn segment by segment."""
    short = _elide(text, width)
    return short + " " * (width - cell_len(short))


def width_of(text: str) -> int:
    """Cells that one line takes."""
    return cell_len(_short(text))


def toast(
    app: App[Any],
    text: str,
    *,
    severity: SeverityLevel = "information",
    seconds: float | None = None,
    beside: bool = False,
) -> None:
    """Say something in passing; it takes the place of what was said before, or stands `beside` it."""
    if not beside:
        clear_toasts(app)
    seconds = seconds or (8 if severity == "information" else 12)
    app.notify(_elide(text, 300), severity=severity, markup=False, timeout=seconds)


def clear_toasts(app: App[Any]) -> None:
    """Take away what was said in passing. Textual forgets it on the screens behind a dialog, where it would stay."""
    app.clear_notifications()
    for screen in app.screen_stack[:-1]:
        for rack in screen.query_children("#textual-toastrack"):
            if rack.display:
                rack.display = False


def _content(text: str, style: str) -> Content:
    return Content.styled(text, style) if style else Content(text)


def _short(text: str) -> str:
    return display_line(text[:_LONGEST_LINE]) + ("…" if len(text) > _LONGEST_LINE else "")


def _elide(text: str, width: int) -> str:
    return _cut(_short(text), width)


def _cut(text: str, width: int) -> str:
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + "…"
