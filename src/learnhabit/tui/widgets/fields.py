"""Fields of dialogs. What is typed or pasted into them passes the display filter first."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from learnhabit.tui import safe_text


class Line(Input):
    """An input of one row."""

    DEFAULT_CSS = """
    Line, Line:focus { height: 1; padding: 0 1; border: none; border-left: outer $surf2; }
    Line, Line:focus { background: $surf2; color: $ink; background-tint: $surf2 0%; }
    Line:focus { border-left: outer $t3; }
    Line > .input--placeholder, Line > .input--suggestion { color: $mute; }
    Line > .input--selection { background: $sel; color: $ink; }
    """

    def __init__(self, value: str = "", placeholder: str = "", *, id: str | None = None, select: bool = True) -> None:
        super().__init__(safe_text.plain(value), safe_text.plain(placeholder), id=id, select_on_focus=select)
        self.first = self.value
        """What it held at first, to see whether it was changed."""

    def validate_value(self, value: str) -> str:
        """Nothing that steers a terminal stays in a field."""
        return safe_text.plain(value)

    @property
    def changed(self) -> str | None:
        """What was typed, or None while it is as it was."""
        return None if self.value == self.first else self.value.strip()


class Field(Vertical):
    """A label, an input, and below it what the input is understood as."""

    DEFAULT_CSS = """
    Field { height: auto; width: 1fr; }
    Field > Horizontal { height: auto; width: 1fr; }
    Field .field--label { width: 12; height: 1; color: $mute; text-wrap: nowrap; text-overflow: ellipsis; }
    Field.-lit .field--label { color: $ink; }
    Field > .field--hint { height: auto; padding: 0 0 0 14; color: $mute; display: none; }
    Field > .field--hint.-shown { display: block; }
    """

    def __init__(self, label: str, field: Widget) -> None:
        super().__init__()
        self._label = label
        self.field = field

    def compose(self) -> ComposeResult:
        """Label and input side by side, the reading below."""
        with Horizontal():
            yield Static(Content(self._label), classes="field--label")
            yield self.field
        yield Static(classes="field--hint")

    def on_descendant_focus(self) -> None:
        """Light the label."""
        self.add_class("-lit")

    def on_descendant_blur(self) -> None:
        """Dim the label."""
        self.remove_class("-lit")

    def hint(self, content: Content | None) -> None:
        """Say below the field how it is understood; None takes it away."""
        below = self.query_one(".field--hint", Static)
        below.set_class(content is not None, "-shown")
        below.update(content if content is not None else "")
