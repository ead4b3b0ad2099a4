"""What the three steps of the first run have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message

from learnhabit.tui import safe_text
from learnhabit.tui.app import LearnhabitApp
from learnhabit.tui.draw import EMPTY, MUTE, STRONG, row
from learnhabit.tui.faults import Fault
from learnhabit.tui.widgets.panel import Panel
from learnhabit.tui.working import write

if TYPE_CHECKING:
    from collections.abc import Callable

    from learnhabit.services.workspace import Workspace

ROOM, MARGINS = 80, 4


class Rows(Panel):
    """Rows that somebody else says."""

    def __init__(self, *rows: Content, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._said: list[Content] = list(rows)

    def rows(self, width: int) -> list[Content]:
        """As they were said; what does not fit ends in `…`."""
        return [line if line.cell_length <= width else line.truncate(width, ellipsis=True) for line in self._said]

    def say(self, *rows: Content) -> None:
        """Say other ones."""
        self._said = list(rows)
        self.renew()


class Step(Vertical):
    """One step: it stays, with all that was chosen, until what it writes is written."""

    NAME: ClassVar[str] = ""
    ASKS: ClassVar[str] = ""
    SAYS: ClassVar[str] = ""
    ABOUT: ClassVar[str] = ""
    """Help."""

    app = getters.app(LearnhabitApp)

    class Changed(Message):
        """What stands beside the buttons, or on the main one, is another."""

    class Over(Message):
        """It is done."""

        def __init__(self, step: Step, *, chosen: bool) -> None:
            super().__init__()
            self.step = step
            self.chosen = chosen
            """Something was, and is written."""

    class Written(Message):
        """It was written."""

        def __init__(self, result: Any) -> None:
            super().__init__()
            self.result = result

    class NotWritten(Message):
        """It could not be written."""

        def __init__(self, fault: Fault) -> None:
            super().__init__()
            self.fault = fault

    def __init__(self) -> None:
        super().__init__(classes="step")
        self.busy = False
        self.note = EMPTY
        """Left of the buttons."""

    @property
    def room(self) -> int:
        """Cells in a row, known before the first layout too."""
        return max(min(self.app.size.width - MARGINS, ROOM), 20)

    def compose(self) -> ComposeResult:
        """The question, and below it the step's own."""
        yield Rows(row((self.ASKS, STRONG)), safe_text.elided(self.SAYS, self.room, MUTE), classes="asks")
        yield from self.compose_step()

    def compose_step(self) -> ComposeResult:
        """Below the question."""
        yield from ()

    @property
    def next_label(self) -> str:
        """On the main button."""
        return "Next"

    def begin(self) -> None:
        """It is shown, the first time or again."""

    def proceed(self) -> None:
        """Write what was chosen, and go on."""

    def leave_out(self) -> None:
        """Drop what was chosen and not written."""

    def say(self, note: Content) -> None:
        """Say something left of the buttons."""
        self.note = note
        self.post_message(self.Changed())

    def save(self, deed: Callable[[Workspace], Any]) -> None:
        """Write in a thread; a second press while it is on its way does nothing."""
        if not self.busy:
            self.busy = True
            write(self, deed, self.Written, self.NotWritten)

    def on_step_written(self, message: Step.Written) -> None:
        """It is."""
        message.stop()
        self.busy = False
        self.written(message.result)

    def on_step_not_written(self, message: Step.NotWritten) -> None:
        """A refusal is said in the step; trouble with the file in a dialog of its own."""
        message.stop()
        self.busy = False
        if message.fault.refused:
            self.refused(message.fault)
        else:
            self.app.show_fault(message.fault, "Nothing was saved", self.proceed, form=True)

    def written(self, result: Any) -> None:
        """Go on."""
        self.post_message(self.Over(self, chosen=True))

    def refused(self, fault: Fault) -> None:
        """Say why."""
        self.say(row(("! ", "bold $amber"), safe_text.line(f"{fault.title}: {fault.hint}", "$amber")))
