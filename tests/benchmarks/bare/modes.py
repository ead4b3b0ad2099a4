"""A Textual app of two modes, a label each, with a key for either."""

from typing import Any

from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import Label


class FirstScreen(Screen[Any]):
    """One label."""

    def compose(self) -> ComposeResult:
        """The label."""
        yield Label("first mode")


class SecondScreen(Screen[Any]):
    """Another label."""

    def compose(self) -> ComposeResult:
        """The label."""
        yield Label("second mode")


class ModesApp(App[None]):
    """Nothing else."""

    MODES = {"first": FirstScreen, "second": SecondScreen}
    DEFAULT_MODE = "first"
    BINDINGS = [("1", "show('first')", "First"), ("2", "show('second')", "Second")]

    async def action_show(self, mode: str) -> None:
        """Switch."""
        await self.switch_mode(mode)


if __name__ == "__main__":
    ModesApp().run()
