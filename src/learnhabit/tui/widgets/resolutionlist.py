"""The list of resolutions: what is running with a bar each, what is over in a row each; as many as there are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.content import Content
from textual.message import Message

from learnhabit.domain.day_text import MONTHS
from learnhabit.domain.resolution_words import STATE_ICONS, progress_text
from learnhabit.services.resolution_cells import Cells, cells_of
from learnhabit.services.resolution_values import ResolutionView
from learnhabit.tui import safe_text
from learnhabit.tui.draw import EMPTY, HEAD, MUTE, SOFT, STRONG, bar, pressable, row, spread
from learnhabit.tui.keynames import named
from learnhabit.tui.screens.today_resolutions import STATE_STYLES
from learnhabit.tui.widgets.marklist import Line, MarkList

COLUMNS = 60
"""From so many cells on each resolution is one row with columns, below it has a bar in a second row."""
OVER = ("kept", "not kept", "let go")
DONE, PLAN, STATE = 10, 10, 16
"""Cells of the columns behind the statement."""
SHORTEST_BAR, LONGEST_BAR = 6, 20
EXAMPLES = ("40 hours of fine-tuning by 31 Dec", "study 5 days a week", "finish 12 papers this year")


def is_over(view: ResolutionView) -> bool:
    """Whether nothing is to be done for it any more."""
    return view.standing.state in OVER


class ResolutionList(MarkList):
    """Resolutions to move through; it posts which one is marked."""

    DEFAULT_CSS = "ResolutionList { height: 1fr; width: 1fr; }"

    class Marked(Message):
        """The cursor stands on another resolution, or on none."""

        def __init__(self, view: ResolutionView | None) -> None:
            super().__init__()
            self.view = view

    def __init__(self) -> None:
        super().__init__()
        self._views: Sequence[ResolutionView] | None = None
        self._today = date.min

    @property
    def current(self) -> ResolutionView | None:
        """The marked resolution."""
        return self._views[self._at] if self._views else None

    @property
    def views(self) -> Sequence[ResolutionView]:
        """In the order in which they stand here: what is running first."""
        return self._views or ()

    def show_views(self, views: Sequence[ResolutionView], today: date) -> None:
        """Show what was read; the cursor stays with its resolution, or else where it was."""
        mark = self.current.resolution.id if self.current is not None else ""
        self._views = [*(each for each in views if not is_over(each)), *(each for each in views if is_over(each))]
        self._today = today
        ids = [each.resolution.id for each in self._views]
        self.anew(ids.index(mark) if mark in ids else self._at)

    def mark(self, resolution: str) -> None:
        """Put the cursor on a resolution by its id."""
        for place, view in enumerate(self.views):
            if view.resolution.id == resolution:
                self.put_mark(place)

    def count(self) -> int:
        """How many there are."""
        return len(self.views)

    def marked(self) -> None:
        """Tell which one is marked."""
        self.post_message(self.Marked(self.current))

    def tall(self) -> int:
        """Rows and a gap where there are no columns."""
        return 1 if self.size.width >= COLUMNS else 3

    def draw_empty(self, width: int) -> list[Content]:
        """How to begin; nothing before they are read."""
        return [] if self._views is None else _empty(width)

    def draw(self, width: int) -> list[Line]:
        """Headings, and each resolution in one or two rows."""
        columns, roomy = width >= COLUMNS, self._roomy
        self._figures = _Figures(self.views, width, self._today)
        lines: list[Line] = []
        over = False
        for place, view in enumerate(self.views):
            if is_over(view) != over or not lines:
                over = is_over(view)
                if lines and not columns:
                    lines.append((None, EMPTY))
                lines.append((None, self._heading("OVER" if over else "RUNNING", width, columns and not over)))
            elif not columns and not over and roomy:
                lines.append((None, EMPTY))
            lines += [(place, line) for line in self._of(view, width)]
        return lines

    @property
    def _roomy(self) -> bool:
        """There is room for a gap between those that are running."""
        running = sum(not is_over(view) for view in self.views)
        return 3 * running + (len(self.views) - running) + 4 <= self.size.height

    def _heading(self, text: str, width: int, columns: bool) -> Content:
        if not columns:
            return row((text, HEAD))
        return spread(
            row((text, HEAD)),
            row(("done".rjust(DONE), MUTE), ("plan".rjust(PLAN), MUTE), ("  state".ljust(STATE), MUTE)),
            width,
        )

    def _of(self, view: ResolutionView, width: int, *, marked: bool = False) -> list[Content]:
        """One or two rows."""
        over = is_over(view)
        cells = cells_of(view, self._today)
        style = STATE_STYLES.get(cells.state, MUTE)
        icon = (f"{STATE_ICONS[cells.state]} ", style)
        said = row((_word(view), f"bold {style}" if style == "$amber" else style))
        ink = STRONG if marked else SOFT if over else "$ink"
        if width >= COLUMNS:
            statement = safe_text.fitted(cells.statement, width - 4 - DONE - PLAN - STATE, ink)
            done, plan = _columns(view, cells)
            return [
                row(
                    "  ", icon, statement, (done.rjust(DONE), SOFT if over else STRONG), (plan.rjust(PLAN), MUTE),
                    "  ", said,
                )
            ]  # fmt: skip
        if over:
            statement = safe_text.elided(cells.statement, width - 7 - said.cell_length, ink)
            return [spread(row("  ", icon, statement), said, width - 1)]
        figures = self._figures
        amber = "$amber" if style == "$amber" else "$t3"
        drawn: list[Content | str] = (
            [bar(figures.bar, cells.share, tick=cells.due, done_style=amber), "  "] if figures.bar else []
        )
        second = row("    ", *drawn, *_done(view, cells))
        return [row("  ", icon, safe_text.elided(cells.statement, width - 5, ink)), spread(second, said, width - 1)]

    def draw_marked(self, place: int, width: int) -> list[Content]:
        """Its statement in bold."""
        return self._of(self.views[place], width, marked=True)


class _Figures:
    """How long every bar is, so that what is done stands in one column."""

    def __init__(self, views: Sequence[ResolutionView], width: int, today: date) -> None:
        running = [view for view in views if not is_over(view)]
        done = max((row(*_done(view, cells_of(view, today))).cell_length for view in running), default=0)
        said = max((len(_word(view)) for view in running), default=0)
        room = width - 4 - 2 - done - 2 - said - 1
        self.bar = min(room, LONGEST_BAR) if room >= SHORTEST_BAR else 0


def _done(view: ResolutionView, cells: Cells) -> tuple[tuple[str, str], tuple[str, str]]:
    """`32.4` and ` of 40 h`."""
    resolution = view.resolution
    if resolution.measure == "done" or resolution.per is not None:
        said, of, rest = cells.done.partition(" of ")
    elif resolution.measure == "hours":
        said, of, rest = progress_text(view.standing.progress, resolution.target, "hours").partition(" of ")
    else:
        said, of, rest = cells.done, " of ", f"{resolution.target:,}"
    return (said, "$ink"), (of + rest, SOFT)


def _columns(view: ResolutionView, cells: Cells) -> tuple[str, str]:
    """What is done and what is planned, where each has a column."""
    if is_over(view):
        return cells.done, ""
    if view.resolution.per is not None:
        said, of, rest = cells.done.partition(" of ")
        return said, f"of {rest}" if of else ""
    return cells.done, cells.plan


def _word(view: ResolutionView) -> str:
    """The state, with the day for what has ended."""
    standing, resolution = view.standing, view.resolution
    day = {"kept": standing.reached_on, "let go": resolution.let_go_on}.get(standing.state)
    return standing.state if day is None else f"{standing.state} {day.day} {MONTHS[day.month - 1]}"


def _empty(width: int) -> list[Content]:
    """How to begin."""
    rows = [
        row(("RESOLUTIONS", HEAD)),
        row(
            ("Say what you want to learn in one line: ", SOFT),
            pressable(named("resolution.add", "a"), "adds one", "screen.add"),
        ),
        row(("It is held against what you log, from today on.", MUTE)),
        EMPTY,
    ]
    return [each.truncate(width, ellipsis=True) for each in rows] + [
        row(("  such as  " if index == 0 else " " * 11, MUTE), (example, SOFT))
        for index, example in enumerate(EXAMPLES)
    ]
