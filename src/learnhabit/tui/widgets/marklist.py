"""Rows to move through, drawn line by line: any number of them, one marked, headings and gaps between."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.strip import Strip

from learnhabit.tui.draw import EMPTY, MUTE, fill, row
from learnhabit.tui.widgets.panel import Panel

LEAST_ROWS = 6
"""From so many on, rows out of view are counted in the first and the last one."""
MOST_MADE = 500
"""Rows of which it is remembered what they look like."""
_ABOVE, _BELOW = -1, -2

Line = tuple[int | None, Content]
"""A row with the place of the thing that it shows; headings and gaps have none."""


class MarkList(Panel, can_focus=True):
    """Base of a list with a cursor. A subclass draws every row, and the marked thing anew; a place is a number."""

    DEFAULT_CSS = "MarkList { height: 1fr; width: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Down", id="list.down", show=False, tooltip="The next one"),
        Binding("up,k", "move(-1)", "Up", id="list.up", show=False, tooltip="The one before"),
        Binding("pagedown,space", "page(1)", "Page down", id="list.pagedown", show=False, tooltip="A page down"),
        Binding("pageup", "page(-1)", "Page up", id="list.pageup", show=False, tooltip="A page up"),
        Binding("home", "go(0)", "First", id="list.home", show=False, tooltip="The first one"),
        Binding("end,G", "go(1000000)", "Last", id="list.end", show=False, tooltip="The last one"),
    ]

    class Opened(Message):
        """Enter, or a click on what is marked."""

        def __init__(self, widget: MarkList) -> None:
            super().__init__()
            self.widget = widget

        @property
        def control(self) -> MarkList:
            """The list."""
            return self.widget

    def __init__(self) -> None:
        super().__init__()
        self._at = 0
        self._top = 0
        self._drawn: tuple[tuple[int, int], list[Line]] | None = None
        """Every row without the mark, for a size: a key press draws the marked one only."""
        self._made: dict[int, tuple[Content, int, Strip]] = {}
        """What rows look like on the screen, by identity, with the width: a page further most are as they were."""
        self._shown: list[int | None] = []
        """The place of each row in view."""

    def count(self) -> int:
        """How many things there are to mark."""
        return 0

    def draw(self, width: int) -> list[Line]:
        """Every row, unmarked."""
        return []

    def draw_marked(self, place: int, width: int) -> list[Content]:
        """The rows of one thing as they look while it is marked, without the mark itself."""
        return [line for at, line in self._lines(width) if at == place]

    def draw_empty(self, width: int) -> list[Content]:
        """What is said when there is nothing."""
        return []

    def marked(self) -> None:
        """The cursor stands on another thing, or things were read anew."""

    def tall(self) -> int:
        """Rows that one thing takes, more or less."""
        return 1

    def anew(self, place: int) -> None:
        """Things were read anew; the cursor goes to a place."""
        self._drawn = None
        self._made.clear()
        self._at = min(max(place, 0), max(self.count() - 1, 0))
        self.show_mark()

    def put_mark(self, place: int) -> None:
        """Put the cursor on a place."""
        self._at = place
        self.show_mark()

    def show_mark(self) -> None:
        """Draw the cursor where it is, and tell of it."""
        self._keep_in_view()
        self.renew()
        self.marked()

    def on_resize(self) -> None:
        """Other rows are in view."""
        self._keep_in_view()
        self.renew()

    def watch_has_focus(self, has_focus: bool) -> None:
        """The mark is lit, or dimmed. Not `on_focus`: that comes before it has the focus."""
        super().watch_has_focus(has_focus)
        self.renew()

    def action_move(self, by: int) -> None:
        """To the next one."""
        self.action_go(self._at + by)

    def action_page(self, by: int) -> None:
        """Most of a screen further."""
        self.action_go(self._at + by * max(self.size.height // self.tall() - 1, 1))

    def action_go(self, place: int) -> None:
        """To one by its place."""
        if self.count():
            place = min(max(place, 0), self.count() - 1)
            if place != self._at:
                self.put_mark(place)

    def action_open(self) -> None:
        """All of what is marked."""
        if self.count():
            self.post_message(self.Opened(self))

    def on_click(self, event: events.Click) -> None:
        """Mark what is under the pointer; a click on the marked one opens it, one on `… more` goes a page on."""
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

    def notify_style_update(self) -> None:
        """Draw everything in the colours of another theme."""
        self._made.clear()
        super().notify_style_update()

    def _strip(self, row: Content, width: int) -> Strip:
        known = self._made.get(id(row))
        if known is not None and known[0] is row and known[1] == width:
            return known[2]
        if len(self._made) >= MOST_MADE:
            self._made.clear()
        strip = super()._strip(row, width)
        # The row is kept too, so that its identity is not given to another one.
        self._made[id(row)] = (row, width, strip)
        return strip

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
        # What stands above the first one stays in view with it, as what stands below the last one.
        first = 0 if self._at == 0 else max(places[0] - said, 0)
        end = len(lines) - 1
        last = end if self._at == self.count() - 1 else min(places[-1] + said, end)
        self._top = min(max(min(self._top, first), last - height + 1), len(lines) - height)

    def rows(self, width: int) -> list[Content]:
        """The rows in view."""
        height = max(self.size.height, 1)
        self._shown = []
        if not self.count():
            return [*self.draw_empty(width), *[EMPTY] * height][:height]
        # In another size the place from before may lie behind the end.
        self._keep_in_view()
        every = self._lines(width)
        part = every[self._top : self._top + height]
        lines = self._marked_rows(part, every, width)
        if len(every) > height >= LEAST_ROWS:
            self._say_more(lines, every, width)
        self._shown = [place for place, _ in lines]
        return [line for _, line in lines] + [EMPTY] * (height - len(lines))

    def _marked_rows(self, part: list[Line], every: list[Line], width: int) -> list[Line]:
        """Rows in view, those of the marked thing drawn as such."""
        if not any(place == self._at for place, _ in part):
            return part
        first = next(number for number, (place, _) in enumerate(every) if place == self._at)
        drawn = self.draw_marked(self._at, width)
        # Where the keys go is told by the sign's width, not by its colour alone.
        sign = ("▌", "$t3") if self.has_focus else ("▏", MUTE)
        return [
            (place, row(sign, fill(drawn[number - first], width)[1:]).stylize_before("on $sel"))
            if place == self._at
            else (place, line)
            for number, (place, line) in enumerate(part, self._top)
        ]

    def _say_more(self, lines: list[Line], every: list[Line], width: int) -> None:
        """Where rows are out of view, the first or last one in view says how many things they hold."""
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
            # The other half of a thing that is cut through.
            while lines[edge + order][0] in gone:
                edge += order
                lines[edge] = (None, EMPTY)

    def _lines(self, width: int) -> list[Line]:
        size = (width, self.size.height)
        if self._drawn is None or self._drawn[0] != size:
            self._drawn = size, self.draw(width)
        return self._drawn[1]
