"""Drawing with text: rows, bars and columns as Content, in a given width. Strings here are the app's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from learnhabit.domain.duration import format_duration

if TYPE_CHECKING:
    from textual.style import Style

    Part = str | Content | tuple[str, str | Style]

INK, SOFT, MUTE, FAINT = "$ink", "$soft", "$mute", "$faint"
STRONG = "bold $ink"
HEAD = "bold $mute"
KEY = "bold $keys"
EMPTY = Content("")


def row(*parts: Part) -> Content:
    """Parts side by side."""
    return Content.assemble(*parts)


def spread(left: Content, right: Content, width: int) -> Content:
    """Left and right at the two ends of a row; the left part elides where both do not fit."""
    room = width - right.cell_length
    if room <= 0:
        return right.truncate(width, ellipsis=True)
    if left.cell_length > room - 1:
        left = left.truncate(max(room - 1, 0), ellipsis=True)
    return Content.assemble(left, " " * (room - left.cell_length), right)


def fill(content: Content, width: int) -> Content:
    """A row of exactly `width` cells."""
    if content.cell_length > width:
        return content.truncate(width, ellipsis=True)
    return content.pad_right(width - content.cell_length)


def columns(left: Sequence[Content], right: Sequence[Content], left_width: int, gap: int) -> list[Content]:
    """Two columns of rows side by side."""
    rows = []
    for index in range(max(len(left), len(right))):
        first = fill(left[index] if index < len(left) else EMPTY, left_width)
        second = right[index] if index < len(right) else EMPTY
        rows.append(Content.assemble(first, " " * gap, second))
    return rows


def key(name: str, label: str) -> Content:
    """A key and what it does."""
    return Content.assemble((name, KEY), " ", (label, MUTE))


def pressable(name: str, label: str, action: str) -> Content:
    """The same, for the mouse too; `action` is one of the app's own."""
    return key(name, label).stylize(f"@click={action}")


def bar(width: int, done: float, more: float = 0, tick: float | None = None, *, done_style: str = "$t3") -> Content:
    """A bar of `width` cells: `done` and then `more` of 1 (what is still running), and a tick at a share of it."""
    halves = 2 * width
    full = round(min(max(done, 0), 1) * halves)
    ahead = max(full, round(min(max(done + more, 0), 1) * halves))
    cells: list[tuple[str, str]] = []
    for cell in range(width):
        middle = 2 * cell + 1
        if middle < full:
            cells.append(("━", done_style))
        elif middle == full:
            cells.append(("━", "$t2") if ahead > middle else ("╸", done_style))
        elif middle < ahead:
            cells.append(("━", "$t1"))
        elif middle == ahead:
            cells.append(("╸", "$t1"))
        else:
            cells.append(("─", "$faint"))
    if tick is not None and 0 < tick < 1:
        cells[min(width - 1, round(tick * width))] = ("┃", "$ink")
    return Content.assemble(*grouped(cells))


def of_goal(seconds: int, goal: int) -> Content:
    """`32 of 45 min`, or in hours where the goal is one."""
    if max(seconds, goal) < 3600:
        return Content.assemble((str(minutes(seconds)), STRONG), (f" of {minutes(goal)} min", SOFT))
    return Content.assemble((format_duration(seconds), STRONG), (f" of {format_duration(goal)}", SOFT))


def minutes(seconds: int) -> int:
    """Whole minutes, rounded half up."""
    return (seconds + 30) // 60


def grouped(cells: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Neighbours of one style as one part."""
    groups: list[tuple[str, str]] = []
    for text, style in cells:
        if groups and groups[-1][1] == style:
            groups[-1] = (groups[-1][0] + text, style)
        else:
            groups.append((text, style))
    return groups
