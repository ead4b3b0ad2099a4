"""The log: all study, newest first, to find, to look at and to change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from textual import on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.timer import Timer
from textual.widgets import Input, Static

from learnhabit.domain.duration import format_hours
from learnhabit.domain.session import Session
from learnhabit.services.session_more import SessionMore
from learnhabit.services.values import TodayView
from learnhabit.tui import safe_text
from learnhabit.tui.draw import SOFT, row
from learnhabit.tui.faults import Fault
from learnhabit.tui.screens import log_deeds
from learnhabit.tui.screens.log_reading import Counted, MoreRead, PageRead, Unfiltered, count, read_more, read_page
from learnhabit.tui.screens.main import MainScreen
from learnhabit.tui.widgets.fields import Line
from learnhabit.tui.widgets.loglist import LogList
from learnhabit.tui.widgets.sessionpane import SessionPane

DEBOUNCE = 0.12
REST = 0.06
"""Seconds that the cursor rests before more is read of its session."""


class FilterLine(Line):
    """The filter. Two keys lead out of it, and what was typed stays."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "To the list", id="log.list", key_display="enter", tooltip="Go into what was found"),
        Binding("escape", "screen.leave", "Leave field", id="log.leave", tooltip="Back to the list; the filter stays"),
    ]


class LogScreen(MainScreen):
    """A window over the log with a filter above it and the marked session beside it."""

    MODE = "log"
    AUTO_FOCUS = "LogList"
    HELP = (
        "All study, newest first, with each day's total. Move with the arrows, page keys, home and end, or the mouse. "
        "The filter takes words, #tag, topic:rag, since:sep, until:2026-03-01, on:yesterday and in:march, all at once. "
        "esc leaves the field, and in the list it shows everything again. Every change can be taken back with u."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", "Edit", id="session.edit", tooltip="Edit the marked session"),
        Binding("S", "split", "Split", id="session.split", tooltip="Cut it in two at a time"),
        Binding(
            "m",
            "merge",
            "Merge",
            id="session.merge",
            tooltip="Join it with the one before it of the same topic and day",
        ),
        Binding("t", "move", "Move", id="session.move", tooltip="Count it for another study day"),
        Binding(
            "asterisk",
            "star",
            "Star",
            id="session.star",
            key_display="*",
            show=False,
            tooltip="Keep its takeaway for the year's page, or not",
        ),
        Binding("d", "delete", "Delete", id="session.delete", tooltip="Delete it; u brings it back"),
        Binding("escape", "clear", "Clear", id="log.clear", show=False, tooltip="Show everything again"),
    ]

    list = query_one(LogList)
    pane = query_one(SessionPane)
    filter = query_one("#filter", FilterLine)

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        """The filter that the list shows."""
        self._generation = 0
        self._debounce: Timer | None = None
        self._rest: Timer | None = None
        self._details: dict[str, SessionMore] = {}
        """By id, since the log was read: going back to a session shows it at once."""
        self._asked: set[str] = set()
        """Ids of which it is known, since then, whether they have a card."""
        self._cards_known = False
        """Of every session in memory."""

    def compose_body(self) -> ComposeResult:
        """Filter and list left, the session right."""
        with Horizontal(id="main"):
            with Vertical(id="left"):
                with Horizontal(id="find"):
                    yield Static(row(("/", "bold $keys")), id="slash")
                    yield FilterLine("", "Topic, words or dates, such as fine since:sep", id="filter", select=False)
                    yield Static(id="count")
                yield LogList()
            yield SessionPane()

    def show_view(self, view: TodayView) -> None:
        """Today's date, the clock's form, and where the resolutions stand."""
        super().show_view(view)
        states = {each.resolution.id: each.standing.state for each in view.resolutions}
        known = replace(self.pane.known, clock_24=view.clock_24, today=view.today, states=states)
        self.pane.show(self.pane.session, known)
        if (self.list.today, self.list.clock_24) != (view.today, view.clock_24):
            self.list.today, self.list.clock_24 = view.today, view.clock_24
            self.list.refresh()

    # Reading

    def reload(self, what: str = "newest", session: str = "") -> None:
        """Read a page that takes the place of all others; pages still on their way are dropped."""
        self._stale = False
        self._generation += 1
        self._details.clear()
        self._asked.clear()
        read_page(self, what, self._generation, session)
        count(self, self.text)

    def renew_log(self) -> None:
        """Read the same stretch anew after a change; at first the newest page."""
        self.reload("again" if self._generation else "newest")

    @on(LogList.Wanted)
    def _more(self, message: LogList.Wanted) -> None:
        if message.what in ("newest", "oldest"):
            self._generation += 1
            read_page(self, message.what, self._generation, "")
        else:
            read_page(self, message.what, self._generation, "")

    @on(PageRead)
    def _show_page(self, message: PageRead) -> None:
        if message.generation != self._generation:
            return
        message.put_into(self.list.window)
        self._cards_known = False
        self.list.placeholder = self._placeholder()
        self.list.show_window()

    @on(Counted)
    def _show_count(self, message: Counted) -> None:
        if message.text == self.text:
            found = message.count
            plural = "" if found.sessions == 1 else "s"
            self._say_beside(f"{found.sessions:,} session{plural} · {format_hours(found.seconds)}", SOFT)

    @on(Unfiltered)
    def _not_understood(self, message: Unfiltered) -> None:
        fault: Fault = message.fault
        if not fault.refused:
            self.app.show_fault(fault, "The log could not be read", self.renew_log)
        else:
            self._say_beside(fault.title, "$amber")

    def _say_beside(self, text: str, style: str) -> None:
        width = max(self.size.width // 2 - 8, 12)
        self.query_one("#count", Static).update(safe_text.elided(text, width, style))

    def _placeholder(self) -> tuple[str, ...]:
        if self.text:
            return ("Nothing matches.", "In the list, esc shows everything again.")
        return ("Nothing is logged yet.", "l logs what is over in one line, s starts a timer.")

    # The filter

    def find(self, text: str | None = None) -> None:
        """Go to the filter; with a text, filter by it."""
        if text is not None:
            self.filter.value = text
            self.filter.cursor_position = len(text)
            self._apply()
            self.list.focus()
        else:
            self.filter.focus()

    @on(Input.Changed, "#filter")
    def _typed(self) -> None:
        if self._debounce is not None:
            self._debounce.stop()
        self._debounce = self.set_timer(DEBOUNCE, self._apply)

    def _apply(self) -> None:
        text = self.filter.value.strip()
        if text != self.text:
            self.text = text
            self.reload()

    @on(Input.Submitted, "#filter")
    def _to_list(self) -> None:
        self._apply()
        self.list.focus()

    def action_leave(self) -> None:
        """Out of the field; what was typed stays."""
        self._to_list()

    def action_clear(self) -> None:
        """Show everything again; where everything is shown, the key is free for something else."""
        if not self.filter.value and not self.text:
            raise SkipAction
        self.filter.value = ""
        self._apply()
        self.list.focus()

    def key_down(self) -> None:
        """From the filter down into the list."""
        if self.focused is self.filter:
            self.list.focus()

    # The marked session

    @property
    def marked(self) -> Session | None:
        """The session under the cursor."""
        return self.list.window.current

    @property
    def is_read(self) -> bool:
        """All that is shown of the marked session was read, and which rows have a card."""
        return self.marked is None or (self.marked.id in self._details and self._cards_known)

    @on(LogList.Marked)
    def _mark(self) -> None:
        if self._rest is not None:
            self._rest.stop()
        self._show_marked()
        if not self.is_read:
            self._rest = self.set_timer(REST, self._read_more)

    def _show_marked(self) -> None:
        session, known = self.marked, self.pane.known
        if session is not None:
            more = self._details.get(session.id)
            if more is None and known.more is not None and known.more.session == session.id:
                # Until it is read anew, what was read of the same one stays.
                more = known.more
            known = replace(known, day_seconds=self.list.window.day_seconds.get(session.study_day, 0), more=more)
        self.pane.show(session, known)

    def _read_more(self) -> None:
        if self.marked is not None:
            unasked = [each.id for each in self.list.window.sessions if each.id not in self._asked]
            read_more(self, self.marked, unasked, self._generation)

    @on(MoreRead)
    def _show_more(self, message: MoreRead) -> None:
        if message.generation != self._generation:
            return
        self._details[message.more.session] = message.more
        here, asked = {each.id for each in self.list.window.sessions}, set(message.asked)
        # What has left the memory is asked for again when it comes back.
        carded = (message.carded | self.list.carded - asked) & here
        self._asked = (self._asked | asked) & here
        self._cards_known = here == self._asked
        if carded != self.list.carded:
            self.list.carded = carded
            self.list.refresh()
        self._show_marked()

    @on(LogList.Opened)
    def _open(self) -> None:
        if self.marked is not None:
            log_deeds.show(self, self.marked)

    def show_session(self, session: str) -> None:
        """Go to a session, whatever the filter was."""
        self.filter.value = self.text = ""
        self.reload("around", session)
        self.list.focus()

    def action_edit(self) -> None:
        """Edit the marked session."""
        self._with_marked(log_deeds.edit)

    def action_split(self) -> None:
        """Cut it in two."""
        self._with_marked(log_deeds.split_at)

    def action_merge(self) -> None:
        """Join it with the one before it."""
        self._with_marked(log_deeds.merge_older)

    def action_move(self) -> None:
        """Count it for another day."""
        self._with_marked(log_deeds.move_to_day)

    def action_star(self) -> None:
        """Star its takeaway, or take the star away."""
        self._with_marked(log_deeds.star)

    def action_delete(self) -> None:
        """Delete it."""
        self._with_marked(log_deeds.remove)

    def _with_marked(self, deed: Any) -> None:
        session = self.marked
        if session is None:
            safe_text.toast(self.app, "There is no session here; l logs one", severity="warning")
        else:
            deed(self, session)
