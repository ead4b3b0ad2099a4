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
from learnhabit.domain.resolution_words import STATE_ICONS
from learnhabit.services.resolution_values import ResolutionView
from learnhabit.tui import safe_text
from learnhabit.tui.draw import EMPTY, HEAD, MUTE, SOFT, STRONG, bar, fill, pressable, row, spread
from learnhabit.tui.screens.today_resolutions import STATE_STYLES, cells_of
from learnhabit.tui.widgets.panel import Panel

COLUMNS = 60
"""From so many cells on each resolution is one row with columns, below it has a bar in a second row."""
OVER = ("kept", "not kept", "let go")
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
        Binding("enter", "open", "Open", id="resolutions.open", key_display="enter", tooltip="All of the resolution"),
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
        """Mark the one under the pointer; a click on the marked one opens it."""
        lines = self._lines(self.size.width)
        place = lines[self._top + event.y][0] if self._top + event.y < len(lines) else None
        if place == self._at:
            self.action_open()
        elif place is not None:
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
        places = [number for number, (place, _) in enumerate(self._lines(self.size.width)) if place == self._at]
        height = max(self.size.height, 1)
        if places:
            # The heading above the first one stays in view with it.
            first = 0 if self._at == 0 else places[0]
            self._top = min(max(self._top, places[-1] - height + 1), first)

    def rows(self, width: int) -> list[Content]:
        """The rows in view."""
        height = max(self.size.height, 1)
        if self._views is None:
            return [EMPTY] * height
        if not self._views:
            return [*_empty(width), *[EMPTY] * height][:height]
        lines = self._lines(width)[self._top : self._top + height]
        return [line for _, line in lines] + [EMPTY] * (height - len(lines))

    def _lines(self, width: int) -> list[tuple[int | None, Content]]:
        """Every row with the place of its resolution; headings and gaps have none."""
        columns = width >= COLUMNS
        lines: list[tuple[int | None, Content]] = []
        over = False
        for place, view in enumerate(self.views):
            if is_over(view) != over or not lines:
                over = is_over(view)
                if lines and not columns:
                    lines.append((None, EMPTY))
                lines.append((None, self._heading("OVER" if over else "RUNNING", width, columns and not over)))
            elif not columns and not over and self._roomy:
                lines.append((None, EMPTY))
            lines += [(place, self._marked(line, place, width)) for line in self._of(view, width, columns, over)]
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
            row(("done".rjust(14), MUTE), ("plan".rjust(9), MUTE), ("  state".ljust(16), MUTE)),
            width,
        )

    def _of(self, view: ResolutionView, width: int, columns: bool, over: bool) -> list[Content]:
        cells = cells_of(view, self._today)
        style = STATE_STYLES.get(cells.state, MUTE)
        icon = (f"{STATE_ICONS[cells.state]} ", style)
        word = _word(view)
        ink = SOFT if over else "$ink"
        if columns:
            statement = safe_text.fitted(cells.statement, width - 4 - 14 - 9 - 16, ink)
            plan = "" if over else cells.plan
            return [
                row(
                    "  ", icon, statement, (cells.done.rjust(14), SOFT if over else STRONG), (plan.rjust(9), MUTE),
                    (f"  {word}".ljust(16), style if over else f"bold {style}"),
                )
            ]  # fmt: skip
        if over:
            said = row((word, style))
            return [spread(row("  ", icon, safe_text.elided(cells.statement, width - 6 - len(word), ink)), said, width)]
        said = row((word, f"bold {style}"))
        figures = row((f"  {cells.done}", SOFT), (_of_target(view), MUTE))
        length = max(width - 4 - figures.cell_length - 2 - said.cell_length, 4)
        amber = "$amber" if style == "$amber" else "$t3"
        second = row("    ", bar(min(length, 20), cells.share, tick=cells.due, done_style=amber), figures)
        return [row("  ", icon, safe_text.elided(cells.statement, width - 4, ink)), spread(second, said, width)]

    def _marked(self, line: Content, place: int, width: int) -> Content:
        if place != self._at:
            return line
        line = fill(line, width)
        return row(("▌", "$t3" if self.has_focus else MUTE), line[1:]).stylize_before("on $sel")


def _word(view: ResolutionView) -> str:
    """The state, with the day for what has ended."""
    standing, resolution = view.standing, view.resolution
    day = {"kept": standing.reached_on, "let go": resolution.let_go_on}.get(standing.state)
    return standing.state if day is None else f"{standing.state} {day.day} {MONTHS[day.month - 1]}"


def _of_target(view: ResolutionView) -> str:
    resolution = view.resolution
    if resolution.measure == "done" or resolution.per is not None:
        return ""
    hours = resolution.measure == "hours"
    target = resolution.target / 3600 if hours else resolution.target
    return f" of {target:,.0f}{' h' if hours else ''}" if target == int(target) else f" of {target:,.1f} h"


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
