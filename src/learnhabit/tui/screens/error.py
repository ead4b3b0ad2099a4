"""An error: what happened, what is safe, what helps, and the detail last."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from learnhabit.domain.day_text import clock_time, long_day
from learnhabit.tui import safe_text
from learnhabit.tui.draw import MUTE, SOFT, STRONG, pressable, row
from learnhabit.tui.faults import Fault
from learnhabit.tui.keynames import named
from learnhabit.tui.screens.dialog import Dialog
from learnhabit.tui.telling import offset
from learnhabit.tui.widgets.press import Press

if TYPE_CHECKING:
    from collections.abc import Callable


class ErrorDialog(Dialog[None]):
    """Says what went wrong, and offers to try again."""

    HELP = "Something could not be read or saved. What is safe and what helps stands above; y copies the details."
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "close", "Close", id="error.close", show=False, tooltip="Back to where you were"),
        Binding("r", "again", "Try again", id="error.again", tooltip="Try the same once more"),
        Binding("y", "copy", "Copy details", id="error.copy", tooltip="Copy the details to the clipboard"),
    ]

    def __init__(self, fault: Fault, heading: str, again: Callable[[], object] | None, *, form: bool) -> None:
        super().__init__(classes="-fault")
        self._fault, self._heading, self._again, self._form = fault, heading, again, form

    def headline(self) -> Content:
        """What did not happen."""
        return row((f"! {self._heading}", "bold $rust"))

    def compose_body(self) -> ComposeResult:
        """From what happened to the detail."""
        fault, width = self._fault, self.room
        yield Static(Content("\n").join(safe_text.wrapped(f"{fault.title}.", width, "$ink", limit=4)), classes="gap")
        if self._form:
            timing = "; the timer still runs" if self.app.timer is not None and not self.app.timer.paused else ""
            yield Static(
                row(("Your words are safe", STRONG), ("  nothing you typed is lost" + timing, SOFT)), classes="gap"
            )
        yield Static(_labelled("What helps", _sentence(fault.hint), width, "$soft", limit=8), classes="gap")
        rows = [_labelled("File", _home(os.path.join(self.app.folder, "learnhabit.db")), width, "$soft", limit=2)]
        if fault.detail:
            rows.append(_labelled("Detail", fault.detail, width, "$soft", limit=6))
        rows.append(_labelled("Time", self._time(), width, "$soft", limit=1))
        yield Static(Content("\n").join(rows))

    def _time(self) -> str:
        wall = self.app.clock.local(self.app.clock.now())
        shift = wall.utcoffset()
        minutes = 0 if shift is None else int(shift.total_seconds()) // 60
        return f"{long_day(wall)} {clock_time(wall)}:{wall.second:02} {offset(minutes)}"

    def note(self) -> Content:
        """The details can be taken along."""
        return pressable(named("error.copy", "y"), "copy details", "screen.copy")

    def buttons(self) -> list[Press]:
        """Back, and once more where that makes sense."""
        back = "Back to the form" if self._form else "Close"
        if self._again is None:
            return [Press(back, "esc", "close", main=True)]
        return [Press(back, "esc", "close"), Press("Try again", "r", "again", main=True)]

    def action_again(self) -> None:
        """Try the same once more."""
        again = self._again
        if again is not None:
            self.dismiss(None)
            again()

    def action_copy(self) -> None:
        """Put the details on the clipboard."""
        fault = self._fault
        path = os.path.join(self.app.folder, "learnhabit.db")
        lines = (self._heading, f"{fault.title}: {fault.hint}", f"File: {path}", f"Time: {self._time()}")
        text = "\n".join((*lines, fault.detail, fault.trace))
        self.app.copy_to_clipboard(safe_text.plain_block(text))
        safe_text.toast(self.app, "Copied the details")


def _labelled(label: str, text: str, width: int, style: str, limit: int) -> Content:
    lines = safe_text.wrapped(text, max(width - 12, 10), style, limit=limit)
    return Content("\n").join(
        [row(((label if index == 0 else "").ljust(12), MUTE), line) for index, line in enumerate(lines)]
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def _home(path: str) -> str:
    home = os.path.expanduser("~")
    return f"~{path[len(home) :]}" if path.startswith(home + os.sep) else path
