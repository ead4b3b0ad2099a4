"""A Textual app with one label, whose text changes on a key, and a dialog as bare on another."""

from textual.app import App, ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Label


class LabelDialog(ModalScreen[None]):
    """A dialog with one label."""

    BINDINGS = [("escape", "dismiss", "Close")]

    def compose(self) -> ComposeResult:
        """The label."""
        yield Label("bare dialog")


class LabelApp(App[None]):
    """Nothing else."""

    BINDINGS = [("n", "change", "Change"), ("m", "ask", "Ask")]
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


if __name__ == "__main__":
    LabelApp().run()
