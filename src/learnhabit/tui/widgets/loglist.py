"""The list of the log, drawn line by line over a bounded window: a million rows cost what ten cost."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from learnhabit.domain.day_text import clock_time, long_day, short_day
from learnhabit.domain.duration import format_duration
from learnhabit.domain.session import Session
from learnhabit.tui import safe_text
from learnhabit.tui.telling import began, summary
from learnhabit.tui.widgets.logwindow import LogWindow

NEAR = 60
"""So many sessions before an end of the window more are asked for."""
LONGEST_TOPIC, SHORTEST_TOPIC = 50, 10
"""Cells of the topics' column."""
STARRED, CARD = "★", "◆"
"""What stands at the end of a row: its takeaway is kept for the year's page, it has a recall card."""
_PARTS = ("day", "today", "rule", "total", "time", "duration", "topic", "note", "mark", "empty")


class LogList(Widget, can_focus=True):
    """Sessions under their days. It asks for more by message and never reads itself."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"log--{part}" for part in _PARTS} | {"log--cursor"}
    DEFAULT_CSS = """
    LogList { height: 1fr; width: 1fr; }
    LogList > .log--day { color: $ink; text-style: bold; }
    LogList > .log--today { color: $t3; }
    LogList > .log--rule { color: $rule; }
    LogList > .log--total { color: $ink; text-style: bold; }
    LogList > .log--time { color: $mute; }
    LogList > .log--duration { color: $ink; text-style: bold; }
    LogList > .log--topic { color: $ink; }
    LogList > .log--note { color: $soft; }
    LogList > .log--empty { color: $mute; }
    LogList > .log--mark { color: $t3; }
    LogList > .log--cursor { background: $sel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Down", id="list.down", show=False, tooltip="The next older session"),
        Binding("up,k", "move(-1)", "Up", id="list.up", show=False, tooltip="The next newer session"),
        Binding("pagedown,space", "page(1)", "Page down", id="list.pagedown", show=False, tooltip="A page older"),
        Binding("pageup", "page(-1)", "Page up", id="list.pageup", show=False, tooltip="A page newer"),
        Binding("home,g", "end(False)", "Newest", id="list.home", show=False, tooltip="The newest session"),
        Binding("end,G", "end(True)", "Oldest", id="list.end", show=False, tooltip="The oldest session"),
        Binding("enter", "open", "Open", id="list.open", show=False, tooltip="All of the session"),
    ]

    class Wanted(Message):
        """More is needed: `older`, `newer`, the very `newest` or the very `oldest`."""

        def __init__(self, what: str) -> None:
            super().__init__()
            self.what = what

    class Marked(Message):
        """The cursor stands on another session, or on none."""

        def __init__(self, session: Session | None) -> None:
            super().__init__()
            self.session = session

    class Opened(Message):
        """Enter, or a click on the marked session."""

    def __init__(self) -> None:
        super().__init__()
        self.window = LogWindow()
        self.today: date | None = None
        self.clock_24 = True
        self.placeholder: tuple[str, ...] = ()
        """What stands there when there is no session."""
        self.carded: frozenset[str] = frozenset()
        """Ids of sessions that have a recall card, as far as it is known."""
        self._column: tuple[tuple[int, int, int], int] | None = None
        """Cells of the topics' column, for (first row, height, width)."""
        self._title_cells: dict[str, int] = {}
        """Cells of each topic's title; there are dozens, and they stand in thousands of rows."""
        self._styles_now: dict[str, Style] = {}
        self._asked = ""

    def show_window(self) -> None:
        """Draw what the window holds now."""
        self._asked = ""
        self._column = None
        self.window.show_cursor(self._height)
        self.refresh()
        self.post_message(self.Marked(self.window.current))
        self._ask_ahead()

    @property
    def _height(self) -> int:
        return max(self.size.height, 1)

    def on_focus(self) -> None:
        """The mark is wide where the keys go."""
        self.refresh()

    def on_blur(self) -> None:
        """The mark is thin."""
        self.refresh()

    def on_resize(self) -> None:
        """The cursor stays in view."""
        self.window.show_cursor(self._height)

    def notify_style_update(self) -> None:
        """Draw anew in the colours of another theme."""
        super().notify_style_update()
        self._styles_now = {}

    def action_move(self, by: int) -> None:
        """To the next session."""
        self._mark(self.window.cursor + by)

    def action_page(self, by: int) -> None:
        """Most of a screen further."""
        window = self.window
        before = window.cursor
        window.scroll(by * max(self._height - 2, 1), self._height)
        if window.cursor == before:
            # At an end, the view stands still: then the cursor goes there.
            window.mark(len(window.sessions) - 1 if by > 0 else 0, self._height)
        self._moved()

    def action_end(self, oldest: bool) -> None:
        """To an end of the log."""
        window = self.window
        if not (window.oldest if oldest else window.newest):
            self.post_message(self.Wanted("oldest" if oldest else "newest"))
            return
        self._mark(len(window.sessions) - 1 if oldest else 0)

    def action_open(self) -> None:
        """All of the session."""
        if self.window.current is not None:
            self.post_message(self.Opened())

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Older."""
        event.stop()
        self.window.scroll(3, self._height)
        self._moved()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Newer."""
        event.stop()
        self.window.scroll(-3, self._height)
        self._moved()

    def on_click(self, event: events.Click) -> None:
        """Mark the session under the pointer; a click on the marked one opens it."""
        row = self.window.top + event.y
        if row < len(self.window.rows):
            index = self.window.rows[row]
            index = ~index if index < 0 else index
            if index == self.window.cursor and self.window.rows[row] >= 0:
                self.action_open()
            else:
                self._mark(index)

    def _mark(self, index: int) -> None:
        window = self.window
        top, before = window.top, window.cursor
        window.mark(index, self._height)
        if window.top == top and window.sessions:
            for each in {before, window.cursor}:
                self.refresh(Region(0, window.row_of[each] - top, self.size.width, 1))
        else:
            self.refresh()
        if window.cursor != before:
            self.post_message(self.Marked(window.current))
        self._ask_ahead()

    def _moved(self) -> None:
        self.refresh()
        self.post_message(self.Marked(self.window.current))
        self._ask_ahead()

    def _ask_ahead(self) -> None:
        window = self.window
        wanted = ""
        if not window.oldest and window.cursor >= len(window.sessions) - NEAR:
            wanted = "older"
        elif not window.newest and window.cursor < NEAR:
            wanted = "newer"
        if wanted and wanted != self._asked:
            self._asked = wanted
            self.post_message(self.Wanted(wanted))

    def render_line(self, y: int) -> Strip:
        """One row: a day's heading, a session, or nothing."""
        width, window = self.size.width, self.window
        if not self._styles_now:
            # Working out what a widget looks like takes as long as drawing a row.
            self._styles_now = {"": self.rich_style} | {
                part: self.get_component_rich_style(f"log--{part}", partial=True) for part in (*_PARTS, "cursor")
            }
        base = self._styles_now[""]
        if not window.sessions:
            text = self.placeholder[y - 1] if 0 < y <= len(self.placeholder) else ""
            return Strip([Segment(f"  {text}".ljust(width)[:width], base + self._styles_now["empty"])])
        row = window.top + y
        if row >= len(window.rows):
            return Strip.blank(width, base)
        index = window.rows[row]
        segments = self._heading(window.sessions[~index], width) if index < 0 else self._session(index, width)
        marked = index == window.cursor
        if marked:
            base += self._styles_now["cursor"]
        return Strip([Segment(text, base + style) for text, style in segments if text]).adjust_cell_length(width, base)

    def _heading(self, session: Session, width: int) -> list[tuple[str, Style]]:
        style, day = self._styles_now, session.study_day
        same_year = self.today is None or day.year == self.today.year
        text = short_day(day) if same_year else long_day(day)
        today = "  today" if day == self.today else ""
        total = format_duration(self.window.day_seconds.get(day, 0))
        rule = "─" * max(width - len(text) - len(today) - len(total) - 3, 0)
        return [
            (text, style["day"]),
            (today, style["today"]),
            (f" {rule} ", style["rule"]),
            (f"{total} ", style["total"]),
        ]

    def _session(self, index: int, width: int) -> list[tuple[str, Style]]:
        style, session = self._styles_now, self.window.sessions[index]
        marked = index == self.window.cursor
        time = clock_time(began(session), clock_24=self.clock_24).rjust(5 if self.clock_24 else 7)
        before = 2 + len(time) + 2 + 8 + 2
        topic = self._topic_cells(width - before)
        note = max(width - before - topic - 6, 0)
        signs = (STARRED if session.starred else " ") + (CARD if session.id in self.carded else " ")
        bold = Style(bold=True) if marked else Style.null()
        return [
            (("▌ " if self.has_focus else "▏ ") if marked else "  ", style["mark"]),
            (f"{time}  ", style["note"] if marked else style["time"]),
            (f"{format_duration(session.seconds):>8}  ", style["duration"]),
            (safe_text.cells(session.topic_title, topic), style["topic"] + bold),
            ("  " + safe_text.cells(summary(session, star=False), note), style["note"]),
            (f" {signs} ", style["mark"]),
        ]

    def _topic_cells(self, room: int) -> int:
        """As wide as the longest title in view, and no wider than leaves room for what was studied."""
        top, height = self.window.top, self._height
        if self._column is None or self._column[0] != (top, height, room):
            rows = self.window.rows[top : top + height]
            longest = max(
                (self._cells_of(self.window.sessions[row].topic_title) for row in rows if row >= 0), default=0
            )
            most = max(min(room * 9 // 20, LONGEST_TOPIC), SHORTEST_TOPIC)
            self._column = (top, height, room), min(max(longest, SHORTEST_TOPIC), most)
        return self._column[1]

    def _cells_of(self, title: str) -> int:
        known = self._title_cells.get(title)
        if known is None:
            known = self._title_cells[title] = safe_text.width_of(title)
        return known
