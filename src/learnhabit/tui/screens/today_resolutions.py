"""Today's resolutions: a row each, with what was done against the plan and the next thing to know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.content import Content

from learnhabit.domain.resolution import NEXT_YEAR_FROM
from learnhabit.domain.resolution_words import STATE_ICONS
from learnhabit.services.resolution_cells import Cells, cells_of
from learnhabit.services.resolution_values import ResolutionView
from learnhabit.tui import safe_text
from learnhabit.tui.draw import HEAD, MUTE, SOFT, STRONG, bar, fill, pressable, row, spread
from learnhabit.tui.keynames import named

MOST, MOST_NARROW = 4, 3
LONGEST_BAR, LONGEST_BAR_NARROW = 22, 10
SHORTEST_BAR = 8
LEAST_STATEMENT, LONGEST_STATEMENT = 18, 48
STATE_STYLES = {"behind": "$amber", "out of reach": "$amber", "on pace": "$t3", "ahead": "$t3", "kept": "$t3"}
"""Others are muted."""
SHOW_ALL = "app.show_tab('resolutions')"
EXAMPLE = "40 hours of fine-tuning by 31 Dec"


def wide_block(views: Sequence[ResolutionView], today: date, width: int, room: int) -> list[Content]:
    """A heading and up to four rows, with a column for each figure; the heading says how many more there are."""
    shown = [cells_of(view, today) for view in views[: min(MOST, max(room - 1, 1))]]
    state = max(len(each.state) for each in shown)
    done = max(4, *(len(each.done) for each in shown))
    plan = max(4, *(len(each.plan) for each in shown))
    figures = done + 2 + plan + 3
    closing = min(max(len(each.closing) for each in shown), max(width - 4 - figures - LEAST_STATEMENT - state - 2, 0))
    left = width - 4 - figures - state - 2 - closing
    statement, length = _first_columns(shown, left, LONGEST_BAR)
    more = len(views) - len(shown)
    heading = row(("RESOLUTIONS", HEAD), *((f"   … {more} more   ", MUTE), _all()) if more else ())
    figure_names = row(("done".rjust(done), MUTE), "  ", ("plan".rjust(plan), MUTE))
    rows = [spread(heading, figure_names, width - state - 2 - closing - 3)]
    for index, each in enumerate(shown):
        style = STATE_STYLES.get(each.state, MUTE)
        line = row(
            *_beginning(each, statement, length),
            (each.done.rjust(done), STRONG), "  ", (each.plan.rjust(plan), SOFT), "   ",
            (each.state.ljust(state), f"bold {style}"), "  ", safe_text.elided(each.closing, closing, MUTE),
        )  # fmt: skip
        rows.append(_pressed(line, index, width))
    return rows


def narrow_block(views: Sequence[ResolutionView], today: date, width: int, room: int) -> list[Content]:
    """Up to three rows without a heading; where there are more, the last one says so."""
    count = len(views)
    fits = count <= min(MOST_NARROW, room)
    shown = [cells_of(view, today) for view in views[: count if fits else min(MOST_NARROW, max(room - 1, 1))]]
    state = max(len(each.state) for each in shown)
    done = max(len(each.done) for each in shown)
    short = max(len(each.short) for each in shown)
    left = width - 2 - 2 - done - 2 - state - 2 - short
    statement, length = _first_columns(shown, left, LONGEST_BAR_NARROW)
    rows = []
    for index, each in enumerate(shown):
        style = STATE_STYLES.get(each.state, MUTE)
        line = row(
            *_beginning(each, statement, length),
            (each.done.rjust(done), STRONG), "  ",
            (each.state.ljust(state), f"bold {style}"), "  ", (each.short.rjust(short), MUTE),
        )  # fmt: skip
        rows.append(_pressed(line, index, width))
    if not fits:
        rows.append(row((f"… {count - len(shown)} more   ", MUTE), _all()))
    return rows


def invitation(today: date) -> tuple[str, str]:
    """(question, example) for whoever has no resolution; when the year is nearly over it is about the next one."""
    if (today.month, today.day) >= NEXT_YEAR_FROM:
        return f"Plans for {today.year + 1}?", f"40 hours of fine-tuning in {today.year + 1}"
    return "A resolution?", EXAMPLE


def invitation_line(today: date, label: Content, width: int) -> Content:
    """The same in one row, behind a label."""
    question, example = invitation(today)
    said = "nothing yet;" if example == EXAMPLE else question
    keys = row(
        (said, MUTE),
        "  ",
        pressable(named("tab.resolutions", "3"), "", SHOW_ALL),
        ("and ", MUTE),
        (named("resolution.add", "a"), "bold $keys"),
    )
    before = row(label, keys, (" set one, such as ", MUTE))
    return row(before, safe_text.elided(example, width - before.cell_length, SOFT))


def _first_columns(shown: Sequence[Cells], left: int, most: int) -> tuple[int, int]:
    """(cells of the statement, cells of the bar): the statements come first, what they leave is the bar's."""
    longest = min(max(safe_text.width_of(each.statement) for each in shown), LONGEST_STATEMENT)
    length = min(left - 2 - max(longest, LEAST_STATEMENT), most)
    if length < SHORTEST_BAR:
        length = SHORTEST_BAR if left - SHORTEST_BAR - 2 >= 2 * LEAST_STATEMENT else 0
    return left - (length + 2 if length else 0), length


def _beginning(each: Cells, statement: int, length: int) -> list[Content | str | tuple[str, str]]:
    behind = STATE_STYLES.get(each.state) == "$amber"
    parts: list[Content | str | tuple[str, str]] = [
        (f"{STATE_ICONS[each.state]} ", STATE_STYLES.get(each.state, MUTE)),
        safe_text.fitted(each.statement, statement, "$ink"),
        "  ",
    ]
    if length:
        parts += [bar(length, each.share, tick=each.due, done_style="$amber" if behind else "$t3"), "  "]
    return parts


def _pressed(line: Content, index: int, width: int) -> Content:
    """The row for the mouse: a click shows the resolution."""
    return fill(line, width).stylize(f"@click=screen.show_resolution({index})")


def _all() -> Content:
    return pressable(named("tab.resolutions", "3"), "shows all", SHOW_ALL)
