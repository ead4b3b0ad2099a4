"""Making a notice safe to show: plain characters, short enough for every system, never empty."""

from __future__ import annotations

from learnhabit.domain.text import display, display_line
from learnhabit.notify.notifier import Notice

TITLE_UNITS, BODY_UNITS = 63, 255
"""UTF-16 units that Windows has room for; more raises in a thread of its own, where nobody hears it."""
EMPTY_TITLE, EMPTY_BODY = "learnhabit", "Time to study"


def fitted(notice: Notice) -> Notice:
    """The notice without control characters, clipped, with words where there are none."""
    return Notice(
        title=clipped(display_line(notice.title), TITLE_UNITS) or EMPTY_TITLE,
        body=clipped(display(notice.body).strip(), BODY_UNITS) or EMPTY_BODY,
    )


def clipped(text: str, units: int) -> str:
    """The text within so many UTF-16 units, with an ellipsis where it was cut."""
    if len(text) <= units // 2 or _units(text) <= units:
        return text
    room, kept = units - 1, 0
    for number, character in enumerate(text):
        room -= _units(character)
        if room < 0:
            kept = number
            break
    return f"{text[:kept].rstrip()}…"


def escaped(text: str) -> str:
    """The text where `& < >` are markup, as in the bodies of the desktop's notifications."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
