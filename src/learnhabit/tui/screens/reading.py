"""Dialogs that only say something: the advice's source, why the numbers are what they are, one session."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from learnhabit.domain.duration import format_duration
from learnhabit.domain.session import Session
from learnhabit.services.advising import hide_advice
from learnhabit.services.session_more import SessionMore, session_more
from learnhabit.services.values import AdviceView, TodayView
from learnhabit.tui import safe_text
from learnhabit.tui.draw import EMPTY, HEAD, MUTE, SOFT, STRONG, pressable, row
from learnhabit.tui.keynames import named
from learnhabit.tui.messages import ChangeFailed, Done, Found
from learnhabit.tui.screens.dialog import Dialog
from learnhabit.tui.screens.reasons import reasons
from learnhabit.tui.widgets.panel import Drawn
from learnhabit.tui.widgets.press import Press
from learnhabit.tui.widgets.sessionpane import Known, session_rows
from learnhabit.tui.working import read, write

if TYPE_CHECKING:
    from learnhabit.tui.app import LearnhabitApp


class ReadingDialog(Dialog[Any]):
    """Text that scrolls where it does not fit."""

    AUTO_FOCUS = ""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,q", "close", "Close", id="reading.close", show=False, tooltip="Close"),
        Binding("down,j", "scroll(1)", "Down", id="reading.down", show=False, tooltip="Scroll down"),
        Binding("up,k", "scroll(-1)", "Up", id="reading.up", show=False, tooltip="Scroll up"),
        Binding(
            "pagedown,space", "scroll(10)", "Page down", id="reading.pagedown", show=False, tooltip="Scroll a page down"
        ),
        Binding("pageup", "scroll(-10)", "Page up", id="reading.pageup", show=False, tooltip="Scroll a page up"),
    ]

    def rows(self, width: int) -> list[Content]:
        """The text."""
        return []

    def compose_body(self) -> ComposeResult:
        """The rows in one widget."""
        # A scroll bar takes a cell, whether it comes or not.
        yield Drawn(lambda width: self.rows(min(width, self.room - 1)))


class SourceDialog(ReadingDialog):
    """Where a piece of advice comes from."""

    HELP = (
        "Each piece of advice has a source that can be read. y copies its address. A piece that does not help you "
        "is hidden for good with x; u brings it back."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "copy", "Copy", id="source.copy", tooltip="Copy the address"),
        Binding("x", "hide", "Not helpful", id="source.hide", tooltip="Never show this advice again"),
    ]

    def __init__(self, advice: AdviceView) -> None:
        super().__init__()
        self._advice = advice

    def headline(self) -> Content:
        """What it is about."""
        return row(("Where this comes from", STRONG))

    def rows(self, width: int) -> list[Content]:
        """Advice, reason, source, address."""
        advice = self._advice
        rows = safe_text.wrapped(advice.advice, width, "$ink")
        if advice.pairing:
            rows += [EMPTY, *safe_text.wrapped(advice.pairing, width, "$ink")]
        if advice.why:
            rows += [EMPTY, *safe_text.wrapped(advice.why, width, SOFT)]
        rows += [EMPTY, row(("SOURCE", HEAD)), *safe_text.wrapped(advice.source, width, SOFT)]
        if advice.url:
            rows += safe_text.wrapped(advice.url, width, MUTE)
        return rows

    def note(self) -> Content:
        """The address can be taken along, and the piece be hidden."""
        hide = pressable(named("source.hide", "x"), "not helpful", "screen.hide")
        return (
            row(pressable(named("source.copy", "y"), "copy the address", "screen.copy"), "   ", hide)
            if self._advice.url
            else hide
        )

    def action_hide(self) -> None:
        """Never show it again."""
        _hide(self.app, self._advice.id)
        self.dismiss(None)

    def action_copy(self) -> None:
        """Put the address on the clipboard."""
        if self._advice.url:
            self.app.copy_to_clipboard(safe_text.plain(self._advice.url))
            safe_text.toast(self.app, "Copied the address")


def _hide(app: LearnhabitApp, name: str) -> None:
    write(
        app,
        lambda workspace: hide_advice(workspace, name),
        lambda _: Done("This advice does not come again; u brings it back"),
        lambda fault: ChangeFailed(fault, again=lambda: _hide(app, name)),
    )


class WhyDialog(ReadingDialog):
    """Every figure of the header and of Today, with how it comes about."""

    HELP = "How each number on Today comes about, from your own log. The arrows scroll."

    def __init__(self, view: TodayView) -> None:
        super().__init__()
        self._view = view

    def headline(self) -> Content:
        """What it is about."""
        return row(("Why these numbers", STRONG))

    def rows(self, width: int) -> list[Content]:
        """Goal, week, run and safe days, strength."""
        view = self._view
        rows: list[Content] = []
        for head, figure, text in reasons(view):
            if rows:
                rows.append(EMPTY)
            rows.append(row((head.ljust(11), HEAD), (figure, STRONG)))
            rows += [row(" " * 11, line) for line in safe_text.wrapped(text, width - 11, SOFT)]
        return rows


class SessionDialog(ReadingDialog):
    """One session, where there is no room for it beside the list."""

    HELP = "One session with all its texts. e edits it, esc goes back to the list."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", "Edit", id="detail.edit", tooltip="Edit the session"),
    ]

    def __init__(self, session: Session, known: Known) -> None:
        super().__init__()
        self._session, self._known = session, known

    def headline(self) -> Content:
        """What it is about."""
        return row(("Session", STRONG))

    def corner(self) -> Content:
        """How long."""
        return row((format_duration(self._session.seconds), STRONG))

    def rows(self, width: int) -> list[Content]:
        """All of it."""
        return session_rows(self._session, self._known, width)

    def on_mount(self) -> None:
        """Read the rest about it, where that is not known yet."""
        if self._known.more is None:
            session = self._session
            read(self, "more", lambda ws: session_more(ws, session), lambda more: Found(more, self._show))

    def _show(self, more: SessionMore) -> None:
        # The app hands it on, maybe after this is closed.
        if self in self.app.screen_stack:
            self._known = replace(self._known, more=more)
            self.query_one(Drawn).renew()

    def buttons(self) -> list[Press]:
        """Back, or edit."""
        return [Press("Edit", "e", "edit"), Press("Close", "esc", "close", main=True)]

    def action_edit(self) -> None:
        """Leave for the edit dialog."""
        self.dismiss("edit")
