"""A form of a few lines: what is typed is handed on, with what was there at first left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static, TextArea

from learnhabit.tui import safe_text
from learnhabit.tui.draw import MUTE, STRONG, row
from learnhabit.tui.screens.dialog import FormDialog
from learnhabit.tui.widgets.area import Area
from learnhabit.tui.widgets.fields import Field, Line
from learnhabit.tui.widgets.press import Press

if TYPE_CHECKING:
    from learnhabit.services.workspace import Workspace


@dataclass(frozen=True)
class Entry:
    """One field of a form."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    """Shown while it is empty."""
    tall: bool = False
    """Several lines; `enter` makes a new one."""


class FieldsDialog(FormDialog[Any]):
    """Fields below each other; it stays, with all that was typed, until the save has succeeded."""

    HELP = "tab goes from field to field, enter or ^s saves, esc closes and changes nothing."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", id="fields.save", tooltip="Save"),
    ]

    def __init__(
        self,
        title: str,
        about: str,
        entries: Sequence[Entry],
        deed: Callable[[Workspace, Mapping[str, str]], Any],
        done: Callable[[Any], None],
    ) -> None:
        super().__init__()
        self._title, self._about, self._entries = title, about, entries
        self._save_deed, self._done = deed, done

    def headline(self) -> Content:
        """What it is about."""
        return row((self._title, STRONG))

    def compose_body(self) -> ComposeResult:
        """What it concerns, and the fields."""
        if self._about:
            yield Static(safe_text.elided(self._about, self.room, MUTE), classes="gap")
        for each in self._entries:
            if each.tall:
                area = Area(each.value, id=each.name)
                yield Field(each.label, area)
            else:
                yield Field(each.label, Line(each.value, each.hint, id=each.name, select=False))
        yield from self.compose_verdict()

    def buttons(self) -> list[Press]:
        """Cancel and save."""
        return [Press("Cancel", "esc", "close"), Press("Save", "^s", "save", main=True)]

    def on_mount(self) -> None:
        """The first field."""
        self.query_one(f"#{self._entries[0].name}").focus()

    def value(self, name: str) -> str:
        """What stands in a field."""
        field = self.query_one(f"#{name}")
        return field.text.strip() if isinstance(field, Area) else field.value.strip() if isinstance(field, Line) else ""

    def changed(self) -> dict[str, str]:
        """What was typed, by field, without what is as it was."""
        # What is shown passed the display filter: hidden characters alone are no change.
        before = {
            each.name: (safe_text.plain_block if each.tall else safe_text.plain)(each.value).strip()
            for each in self._entries
        }
        now = {each.name: self.value(each.name) for each in self._entries}
        return {name: value for name, value in now.items() if value != before[name]}

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _clear(self) -> None:
        self.verdict(None)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_save()

    def action_save(self) -> None:
        """Hand on what was changed."""
        changes = self.changed()
        if not changes:
            self.dismiss(None)
            return
        self.save(lambda workspace: self._save_deed(workspace, changes))

    def saved(self, result: Any) -> None:
        """Tell whoever asked, and close."""
        self._done(result)
        self.dismiss(result)
