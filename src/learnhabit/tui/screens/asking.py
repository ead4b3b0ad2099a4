"""Small questions: yes or no, and one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from learnhabit.tui import safe_text
from learnhabit.tui.draw import STRONG, row
from learnhabit.tui.screens.dialog import Dialog, FormDialog
from learnhabit.tui.widgets.fields import Field, Line
from learnhabit.tui.widgets.press import Press

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from learnhabit.services.workspace import Workspace


class ConfirmDialog(Dialog[bool]):
    """Asks before something is done that is hard to see afterwards."""

    HELP = "A question before something happens. enter does it, esc leaves everything as it is."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "yes", "Yes", id="confirm.yes", tooltip="Do it"),
        Binding("n", "close", "No", id="confirm.no", show=False, tooltip="Leave everything as it is"),
    ]

    def __init__(self, title: str, question: str, detail: str, deed: str, lines: Sequence[str] = ()) -> None:
        super().__init__()
        self._title, self._question, self._detail, self._deed_word = title, question, detail, deed
        self._lines = lines

    def headline(self) -> Content:
        """What it is about."""
        return row((self._title, STRONG))

    def compose_body(self) -> ComposeResult:
        """The question, what it concerns, and what comes after."""
        rows = safe_text.wrapped(self._question, self.room, "$ink", limit=5)
        yield Static(Content("\n").join(rows), classes="gap")
        if self._lines:
            yield Static(
                Content("\n").join([safe_text.elided(line, self.room, "$soft") for line in self._lines]), classes="gap"
            )
        yield Static(safe_text.line(self._detail, "$mute"))

    def buttons(self) -> list[Press]:
        """No and yes."""
        return [Press("Cancel", "esc", "close"), Press(self._deed_word, "enter", "yes", main=True)]

    def on_mount(self) -> None:
        """No button has the focus, so that enter answers the question."""
        self.set_focus(None)

    AUTO_FOCUS = ""

    def action_yes(self) -> None:
        """Do it."""
        self.dismiss(True)


class AskDialog(FormDialog[Any]):
    """Asks for one line and does something with it; the line stays while that fails."""

    HELP = "One line is asked for. enter saves, esc closes and changes nothing."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", id="ask.save", tooltip="Save"),
    ]

    def __init__(
        self,
        title: str,
        about: str,
        label: str,
        value: str,
        hint: str,
        deed: Callable[[Workspace, str], Any],
        done: Callable[[Any], None],
    ) -> None:
        super().__init__()
        self._title, self._about, self._label, self._value = title, about, label, value
        self._hint, self._ask_deed, self._done = hint, deed, done

    def headline(self) -> Content:
        """What it is about."""
        return row((self._title, STRONG))

    def compose_body(self) -> ComposeResult:
        """What it concerns, and the line."""
        about = safe_text.wrapped(self._about, self.room, "$soft", limit=4)
        yield Static(Content("\n").join(about), classes="gap")
        yield Field(self._label, Line(self._value))
        yield from self.compose_verdict()

    def buttons(self) -> list[Press]:
        """Cancel and save."""
        return [Press("Cancel", "esc", "close"), Press("Save", "enter", "save", main=True)]

    def on_mount(self) -> None:
        """Say what may be typed."""
        self.query_one(Field).hint(row((self._hint, "$mute")))

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_save()

    @on(Input.Changed)
    def _changed(self) -> None:
        self.verdict(None)

    def action_save(self) -> None:
        """Do it with what was typed."""
        value = self.query_one(Line).value.strip()
        self.save(lambda workspace: self._ask_deed(workspace, value))

    def saved(self, result: Any) -> None:
        """Tell whoever asked, and close."""
        self._done(result)
        self.dismiss(result)
