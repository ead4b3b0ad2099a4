"""The frame of every dialog, and the way a form saves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen
from textual.widgets import Static

from learnhabit.tui import safe_text
from learnhabit.tui.app import LearnhabitApp
from learnhabit.tui.draw import row
from learnhabit.tui.faults import Fault
from learnhabit.tui.screens.sparing import SparingScreen
from learnhabit.tui.widgets.backdrop import Backdrop
from learnhabit.tui.widgets.press import Press
from learnhabit.tui.working import write

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import RenderableType

    from learnhabit.services.workspace import Workspace

T = TypeVar("T")


class Dialog(SparingScreen[T], ModalScreen[T]):
    """A box over the screen, with a title, a body and a row of buttons."""

    RULE: ClassVar[str] = "$t2"
    """Colour of the frame."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", id="dialog.close", tooltip="Close without saving"),
        Binding("f1", "app.help", "Help", id="dialog.help", show=False, tooltip="Keys of this dialog"),
    ]

    app = getters.app(LearnhabitApp)

    def __init__(self, classes: str = "") -> None:
        super().__init__(classes)
        self._fitted = ("", 0)
        """Title and height that the frame has now."""

    def headline(self) -> Content:
        """Upper left, in the border."""
        return Content("")

    def corner(self) -> Content:
        """Upper right, in the border."""
        return Content("")

    def compose_body(self) -> ComposeResult:
        """Between title and buttons."""
        yield from ()

    def buttons(self) -> list[Press]:
        """At the lower right, the main one last."""
        return [Press("Close", "esc", "close", main=True)]

    def note(self) -> Content:
        """At the lower left: other keys."""
        return Content("")

    def render(self) -> RenderableType:
        """The screen behind, dimmed."""
        behind = super().render()
        return Backdrop(behind) if isinstance(behind, BackgroundScreen) else behind  # type: ignore[return-value]

    def compose(self) -> ComposeResult:
        """The frame around what a subclass composes."""
        with Vertical(id="dialog") as frame:
            with VerticalScroll(id="body", can_focus=False) as body:
                yield from self.compose_body()
            with Horizontal(id="buttons"):
                hints = Static(self.note(), id="hints")
                # A key looks like one whether it can be clicked or not.
                hints.auto_links = False
                yield hints
                yield from self.buttons()
            self._fit(frame, body)

    def on_resize(self) -> None:
        """The frame follows the terminal."""
        self._fit(self.query_one("#dialog", Vertical), self.body)

    def _fit(self, frame: Vertical, body: VerticalScroll) -> None:
        """The title left in the upper border, a word right as far as there is room; what does not fit scrolls.

        Done before the first layout too: a second one costs as much as the first.
        """
        left, right = self.headline(), self.corner()
        if right:
            gap = self.room - left.cell_length - right.cell_length - 2
            left = row(left, " ", ("─" * gap, self.RULE), " ", right) if gap > 0 else left
        height = max(self.app.size.height - (5 if self.app.size.height < 30 else 6), 3)
        fitted = (left.plain, height)
        if fitted != self._fitted:
            self._fitted = fitted
            frame.border_title = left
            # Frame, padding and buttons stay in view.
            body.styles.max_height = height

    @property
    def body(self) -> VerticalScroll:
        """What scrolls where it does not fit."""
        return self.query_one("#body", VerticalScroll)

    def on_mount(self) -> None:
        """What was said in passing must not cover the buttons."""
        safe_text.clear_toasts(self.app)

    def action_scroll(self, rows: int) -> None:
        """Scroll by rows."""
        self.body.scroll_relative(y=rows, animate=False)

    @property
    def room(self) -> int:
        """Cells in a row of the body, known before the first layout too."""
        return max(min(self.app.size.width - 2, 82) - 6, 20)

    def action_close(self) -> None:
        """Close without saving."""
        self.dismiss(None)


class FormDialog(Dialog[T]):
    """A dialog that saves. It stays, with all that was typed, until the save has succeeded."""

    HEADING: ClassVar[str] = "Nothing was saved"

    class Saved(Message):
        """It was written."""

        def __init__(self, result: Any) -> None:
            super().__init__()
            self.result = result

    class NotSaved(Message):
        """It could not be written."""

        def __init__(self, fault: Fault) -> None:
            super().__init__()
            self.fault = fault

    def __init__(self) -> None:
        super().__init__()
        self.busy = False
        """A save is on its way; the dialog waits for it."""

    def compose_verdict(self) -> ComposeResult:
        """The row that says why something can't be saved."""
        yield Static(id="verdict")

    def verdict(self, content: Content | None) -> None:
        """Say something above the buttons; None clears it."""
        below = self.query_one("#verdict", Static)
        below.update(content if content is not None else "")
        below.set_class(content is not None, "-shown")

    def save(self, deed: Callable[[Workspace], Any]) -> None:
        """Write in a thread; a second press while it is on its way does nothing."""
        if not self.busy:
            self.busy = True
            write(self, deed, self.Saved, self.NotSaved)

    def action_save(self) -> None:
        """Save what was typed."""

    def action_close(self) -> None:
        """Close without saving; what was written is asked about first."""
        self.leave(self.give_up, self.written)

    def give_up(self) -> None:
        """Close without saving."""
        # It returns nothing: whoever calls it would wait for what `dismiss` returns, and the screen for its caller.
        self.dismiss(None)

    @property
    def written(self) -> bool:
        """Words in a field of several rows would be lost."""
        # By its name: the module of the area is imported when the first one is needed.
        return any(getattr(area, "changed", None) for area in self.query("Area"))

    def leave(self, go: Callable[[], object], written: bool) -> None:
        """Go on without saving, unless a save is on its way; what was written is asked about first."""
        if self.busy:
            return
        if not written:
            go()
            return
        from learnhabit.tui.screens.asking import ConfirmDialog

        def answered(yes: bool | None) -> None:
            if yes:
                self.call_after_refresh(go)

        title, question = self.headline().plain, "Leave without saving what you wrote?"
        self.app.push_screen(ConfirmDialog(title, question, "esc goes on writing.", "Leave"), answered)

    @on(Saved)
    def _saved(self, message: FormDialog.Saved) -> None:
        self.busy = False
        self.saved(message.result)

    def saved(self, result: Any) -> None:
        """It was written: say so and close."""
        self.dismiss(result)

    @on(NotSaved)
    def _not_saved(self, message: FormDialog.NotSaved) -> None:
        self.busy = False
        self.not_saved(message.fault)

    def not_saved(self, fault: Fault) -> None:
        """A refusal is said in the dialog; trouble with the file in a dialog of its own."""
        if fault.refused:
            self.verdict(refusal(fault, self.room))
        else:
            self.app.show_fault(fault, self.HEADING, self.action_save, form=True)


def refusal(fault: Fault, width: int) -> Content:
    """Why something is not understood or can't be, and what helps."""
    lines = safe_text.wrapped(f"{fault.title}: {fault.hint}", max(width - 2, 10), "$amber", limit=3)
    return Content("\n").join(
        [row(("! " if index == 0 else "  ", "bold $amber"), line) for index, line in enumerate(lines)]
    )
