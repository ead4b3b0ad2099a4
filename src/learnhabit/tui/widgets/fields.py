"""Fields of dialogs. What is typed or pasted into them passes the display filter first."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import Input, Static

from learnhabit.tui import safe_text

LABEL = 12
"""Cells that a field's label has."""


class Line(Input):
    """An input of one row."""

    DEFAULT_CSS = """
    Line, Line:focus { height: 1; padding: 0 1; border: none; border-left: outer $surf2; }
    Line, Line:focus { background: $surf2; color: $ink; background-tint: $surf2 0%; }
    Line:focus { border-left: outer $t3; }
    Line > .input--placeholder, Line > .input--suggestion { color: $mute; }
    Line > .input--selection { background: $sel; color: $ink; }
    Line:ansi > .input--cursor { background: ansi_default; color: ansi_default; text-style: reverse; }
    """

    def __init__(self, value: str = "", placeholder: str = "", *, id: str | None = None, select: bool = True) -> None:
        # Nothing is validated: it would style each field three times more.
        super().__init__(
            safe_text.plain(value), safe_text.plain(placeholder), id=id, select_on_focus=select, validate_on=()
        )
        self.first = self.value
        """What it held at first, to see whether it was changed."""

    def on_focus(self) -> None:
        """The cursor blinks only where things may move by themselves."""
        self.cursor_blink = self.app.animation_level != "none"

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether a key types here: `/` too, whose name Textual gives no character for, so that footers offered it."""
        return key == "slash" or super().check_consume_key(key, character)

    def validate_value(self, value: str) -> str:
        """Nothing that steers a terminal stays in a field."""
        return safe_text.plain(value)

    @property
    def changed(self) -> str | None:
        """What was typed, or None while it is as it was."""
        return None if self.value == self.first else self.value.strip()


class Field(Widget):
    """A label, an input beside it, and below it what the input is understood as.

    The label is drawn by the field itself and the reading made when it is first said: a form of seven fields is laid
    out twice as fast so.
    """

    DEFAULT_CSS = """
    Field { layout: vertical; height: auto; width: 1fr; text-wrap: nowrap; }
    Field > Line, Field > Area, Field > Choice { margin-left: 12; }
    Field > .field--hint { height: auto; width: 1fr; padding: 0 0 0 14; color: $mute; display: none; }
    Field > .field--hint.-shown { display: block; }
    """

    def __init__(self, label: str, field: Widget) -> None:
        super().__init__()
        self._label = label
        self.field = field
        self._lit = False
        self._below: Static | None = None

    def render(self) -> Content:
        """The label; the input lies over the rest."""
        return Content.styled(self._label, "$ink" if self._lit else "$mute")

    def compose(self) -> ComposeResult:
        """The input."""
        yield self.field

    def on_descendant_focus(self) -> None:
        """Light the label."""
        self._light(True)

    def on_descendant_blur(self) -> None:
        """Dim the label."""
        self._light(False)

    def _light(self, lit: bool) -> None:
        # A class would style the input once more with each move of the focus.
        self._lit = lit
        self.refresh(Region(0, 0, LABEL, 1))

    def hint(self, content: Content | None) -> None:
        """Say below the field how it is understood; None takes it away."""
        if self._below is None:
            if content is None:
                return
            self._below = Static(content, classes="field--hint -shown")
            self.mount(self._below)
            return
        self._below.set_class(content is not None, "-shown")
        if content is not None:
            self._below.update(content)
