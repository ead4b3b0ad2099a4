"""A Textual app with a question and a field; enter takes the field away and shows an answer, 3 asks the next one."""

from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.events import Key
from textual.widgets import Label, TextArea


class Answer(TextArea):
    """A field that hands enter on."""

    async def _on_key(self, event: Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            await self.run_action("app.turn")


class CardApp(App[None]):
    """One card."""

    BINDINGS = [("3", "ask", "Next")]
    count = 0

    def compose(self) -> ComposeResult:
        """Question, field."""
        with Vertical():
            yield Label("bare card 0")
            yield Answer()

    def on_mount(self) -> None:
        """The field takes the keys."""
        self.query_one(Answer).focus()

    def action_turn(self) -> None:
        """Show the answer instead of the field."""
        self.screen.set_focus(None)
        self.query_one(Answer).display = False
        self.query_one(Label).update(f"bare card {self.count}\n\nIts answer\nin two lines")

    def action_ask(self) -> None:
        """The next question."""
        self.count += 1
        field = self.query_one(Answer)
        field.display = True
        field.focus()
        self.query_one(Label).update(f"bare card {self.count}")


if __name__ == "__main__":
    CardApp().run()
