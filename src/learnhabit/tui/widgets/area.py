"""A field of several rows. A module of its own: the text area is imported when the first one is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import TextArea

from learnhabit.tui import safe_text

if TYPE_CHECKING:
    from textual.document._document import EditResult
    from textual.document._edit import Edit


class Area(TextArea):
    """Enter makes a new line, tab goes on to the next field."""

    DEFAULT_CSS = """
    Area, Area:focus { height: 3; padding: 0 1; border: none; border-left: outer $surf2; }
    Area, Area:focus { background: $surf2; color: $ink; background-tint: $surf2 0%; }
    Area { scrollbar-size-vertical: 1; scrollbar-background: $surf2; }
    Area:focus { border-left: outer $t3; }
    Area .text-area--cursor-line { background: $surf2; }
    Area .text-area--selection { background: $sel; }
    Area:ansi .text-area--cursor { background: ansi_default; color: ansi_default; text-style: reverse; }
    Area .text-area--placeholder { color: $mute; }
    """

    def __init__(self, text: str = "", placeholder: str = "", *, id: str | None = None) -> None:
        super().__init__(
            safe_text.plain_block(text),
            id=id,
            soft_wrap=True,
            tab_behavior="focus",
            show_line_numbers=False,
            highlight_cursor_line=False,
            placeholder=safe_text.plain(placeholder),
        )
        self.first = self.text
        """What it held at first, to see whether it was changed."""

    def on_focus(self) -> None:
        """The cursor blinks only where things may move by themselves."""
        self.cursor_blink = self.app.animation_level != "none"

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Whether a key types here; `/` does, as in a `Line`."""
        return key == "slash" or super().check_consume_key(key, character)

    def edit(self, edit: Edit) -> EditResult:
        """Nothing that steers a terminal stays in a field."""
        edit.text = safe_text.plain_block(edit.text)
        return super().edit(edit)

    @property
    def changed(self) -> str | None:
        """What was typed, or None while it is as it was."""
        return None if self.text == self.first else self.text.strip()
