"""A Textual app with one label, whose text changes on a key, and on others a dialog as bare and a form."""

from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, TextArea


class LabelDialog(ModalScreen[None]):
    """A dialog with one label."""

    BINDINGS = [("escape", "dismiss", "Close")]

    def compose(self) -> ComposeResult:
        """The label."""
        yield Label("bare dialog")


class FormDialog(ModalScreen[None]):
    """A dialog with a title, fields beside their labels, and two buttons, out of Textual's own widgets."""

    CSS = """
    FormDialog Horizontal { height: auto; }
    FormDialog Label { width: 12; }
    FormDialog Input { width: 1fr; }
    FormDialog TextArea { width: 1fr; height: 4; }
    """
    BINDINGS = [("escape", "dismiss", "Close")]

    def __init__(self, fields: int) -> None:
        super().__init__()
        self.fields = fields

    def compose(self) -> ComposeResult:
        """Title, fields (the last two of several rows), buttons."""
        with Vertical():
            yield Label("bare form")
            with VerticalScroll():
                for number in range(self.fields):
                    with Horizontal():
                        yield Label(f"field {number}")
                        yield Input("text") if number < self.fields - 2 else TextArea("text")
            with Horizontal():
                yield Button("Cancel")
                yield Button("Save")


class LabelApp(App[None]):
    """Nothing else."""

    BINDINGS = [("n", "change", "Change"), ("m", "ask", "Ask"), ("4", "fill(4)", "Four"), ("7", "fill(7)", "Seven")]
    count = 0

    def compose(self) -> ComposeResult:
        """The label."""
        yield Label("bare label 0")

    def action_change(self) -> None:
        """Another text."""
        self.count += 1
        self.query_one(Label).update(f"bare label {self.count}")

    def action_ask(self) -> None:
        """Open the dialog."""
        self.push_screen(LabelDialog())

    def action_fill(self, fields: int) -> None:
        """Open a form."""
        self.push_screen(FormDialog(fields))


if __name__ == "__main__":
    LabelApp().run()
