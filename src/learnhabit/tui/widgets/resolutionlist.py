"""The list of resolutions: what is running with a bar each, what is over in a row each; as many as there are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from learnhabit.domain.day_text import MONTHS
from learnhabit.domain.resolution_words import STATE_ICONS, progress_text
from learnhabit.services.resolution_values import ResolutionView
from learnhabit.tui import safe_text
from learnhabit.tui.draw import EMPTY, HEAD, MUTE, SOFT, STRONG, bar, fill, pressable, row, spread
from learnhabit.tui.screens.today_resolutions import STATE_STYLES, Cells, cells_of
from learnhabit.tui.widgets.panel import Panel

COLUMNS = 60
"""From so many cells on each resolution is one row with columns, below it has a bar in a second row."""
OVER = ("kept", "not kept", "let go")
DONE, PLAN, STATE = 10, 10, 16
"""Cells of the columns behind the statement."""
SHORTEST_BAR, LONGEST_BAR = 6, 20
LEAST_ROWS = 6
"""From so many on, rows out of view are counted in the first and the last one."""
_ABOVE, _BELOW = -1, -2
EXAMPLES = ("40 hours of fine-tuning by 31 Dec", "study 5 days a week", "finish 12 papers this year")


def is_over(view: ResolutionView) -> bool:
    """Whether nothing is to be done for it any more."""
    return view.standing.state in OVER


class ResolutionList(Panel, can_focus=True):
    """Resolutions to move through; it posts which one is marked."""

    DEFAULT_CSS = "ResolutionList { height: 1fr; width: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Down", id="resolutions.down", show=False, tooltip="The next resolution"),
        Binding("up,k", "move(-1)", "Up", id="resolutions.up", show=False, tooltip="The resolution before"),
        Binding("pagedown,space", "page(1)", "Page down", id="resolutions.pagedown", show=False, tooltip="A page down"),
        Binding("pageup", "page(-1)", "Page up", id="resolutions.pageup", show=False, tooltip="A page up"),
        Binding("home", "go(0)", "First", id="resolutions.home", show=False, tooltip="The first resolution"),
        Binding("end,G", "go(1000000)", "Last", id="resolutions.end", show=False, tooltip="The last resolution"),
    ]

    class Marked(Message):
        """The cursor stands on another resolution, or on none."""

        def __init__(self, view: ResolutionView | None) -> None:
            super().__init__()
            self.view = view

    class Opened(Message):
        """Enter, or a click on the marked resolution."""

    def __init__(self) -> None:
        super().__init__()
        self._views: Sequence[ResolutionView] | None = None
        self._today = date.min
        self._at = 0
        self._top = 0
        self._drawn: tuple[tuple[int, int], list[tuple[int | None, Content]]] | None = None
        """Every row without the mark, for a size: a key press draws the marked one only."""
        self._shown: list[int | None] = []
        """The place of the resolution in each row in view."""

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
        self._drawn = None
        ids = [each.resolution.id for each in self._views]
        self._at = ids.index(mark) if mark in ids else min(self._at, max(len(ids) - 1, 0))
        self._show()

    def mark(self, resolution: str) -> None:
        """Put the cursor on a resolution by its id."""
        for place, view in enumerate(self.views):
            if view.resolution.id == resolution:
                self._at = place
                self._show()

    def _show(self) -> None:
        self._keep_in_view()
        self.renew()
        self.post_message(self.Marked(self.current))

    def on_resize(self) -> None:
        """Other rows are in view."""
        self._keep_in_view()
        self.renew()

    def on_focus(self) -> None:
        """The mark is lit."""
        self.renew()

    def on_blur(self) -> None:
        """The mark is dimmed."""
        self.renew()

    def action_move(self, by: int) -> None:
        """To the next one."""
        self.action_go(self._at + by)

    def action_page(self, by: int) -> None:
        """Most of a screen further."""
        tall = 1 if self.size.width >= COLUMNS else 3
        self.action_go(self._at + by * max(self.size.height // tall - 1, 1))

    def action_go(self, place: int) -> None:
        """To one by its place."""
        if self._views:
            place = min(max(place, 0), len(self._views) - 1)
            if place != self._at:
                self._at = place
                self._show()

    def action_open(self) -> None:
        """All of it."""
        if self.current is not None:
            self.post_message(self.Opened())

    def on_click(self, event: events.Click) -> None:
        """Mark the one under the pointer; a click on the marked one opens it, one on `… more` goes a page on."""
        place = self._shown[event.y] if event.y < len(self._shown) else None
        if place is None:
            return
        if place in (_ABOVE, _BELOW):
            self.action_page(1 if place == _BELOW else -1)
        elif place == self._at:
            self.action_open()
        else:
            self.action_go(place)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go on."""
        event.stop()
        self.action_move(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go back."""
        event.stop()
        self.action_move(-1)

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """It fills what there is."""
        return 1

    def _keep_in_view(self) -> None:
        """Scroll so far that the marked one is seen, and not below a row that says how many more there are."""
        lines, height = self._lines(self.size.width), max(self.size.height, 1)
        places = [number for number, (place, _) in enumerate(lines) if place == self._at]
        if len(lines) <= height or not places:
            self._top = 0
            return
        said = int(height >= LEAST_ROWS)
        # The heading above the first one stays in view with it.
        first = 0 if self._at == 0 else max(places[0] - said, 0)
        last = places[-1] if places[-1] == len(lines) - 1 else places[-1] + said
        self._top = min(max(min(self._top, first), last - height + 1), len(lines) - height)

    def rows(self, width: int) -> list[Content]:
        """The rows in view."""
        height = max(self.size.height, 1)
        self._shown = []
        if self._views is None:
            return [EMPTY] * height
        if not self._views:
            return [*_empty(width), *[EMPTY] * height][:height]
        # In another size the place from before may lie behind the end.
        self._keep_in_view()
        every = self._lines(width)
        lines = [
            (place, self._mark_row(number, width) if place == self._at else line)
            for number, (place, line) in enumerate(every[self._top : self._top + height], self._top)
        ]
        if len(every) > height >= LEAST_ROWS:
            self._say_more(lines, every, width)
        self._shown = [place for place, _ in lines]
        return [line for _, line in lines] + [EMPTY] * (height - len(lines))

    def _say_more(
        self, lines: list[tuple[int | None, Content]], every: list[tuple[int | None, Content]], width: int
    ) -> None:
        """Where rows are out of view, the first or last one in view says how many resolutions they hold."""
        end = self._top + len(lines)
        for sign, place, hidden, order in (
            ("↑", _ABOVE, every[: self._top + 1] if self._top else [], 1),
            ("↓", _BELOW, every[end - 1 :] if end < len(every) else [], -1),
        ):
            gone = {each for each, _ in hidden if each is not None}
            if not gone:
                continue
            edge = 0 if order > 0 else len(lines) - 1
            lines[edge] = (place, row((f"  {sign} {len(gone):,} more".ljust(width), MUTE)))
            # The other half of a resolution that is cut through.
            while lines[edge + order][0] in gone:
                edge += order
                lines[edge] = (None, EMPTY)

    def _lines(self, width: int) -> list[tuple[int | None, Content]]:
        """Every row with the place of its resolution; headings and gaps have none."""
        size = (width, self.size.height)
        if self._drawn is None or self._drawn[0] != size:
            self._drawn = size, self._draw(width)
        return self._drawn[1]

    def _draw(self, width: int) -> list[tuple[int | None, Content]]:
        columns, roomy = width >= COLUMNS, self._roomy
        self._figures = _Figures(self.views, width, self._today)
        lines: list[tuple[int | None, Content]] = []
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

    def _mark_row(self, number: int, width: int) -> Content:
        """A row of the marked resolution."""
        lines = self._lines(width)
        first = next(row for row, (place, _) in enumerate(lines) if place == self._at)
        line = fill(self._of(self.views[self._at], width, marked=True)[number - first], width)
        return row(("▌", "$t3" if self.has_focus else MUTE), line[1:]).stylize_before("on $sel")


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
        row(("Say what you want to learn in one line: ", SOFT), pressable("a", "adds one", "screen.add")),
        row(("It is held against what you log, from today on.", MUTE)),
        EMPTY,
    ]
    return [each.truncate(width, ellipsis=True) for each in rows] + [
        row(("  such as  " if index == 0 else " " * 11, MUTE), (example, SOFT))
        for index, example in enumerate(EXAMPLES)
    ]
