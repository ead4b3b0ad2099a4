"""The form of a reminder: the rule in plain words with its reading below, what it says, and only if."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input

from learnhabit.domain.day_text import clock_time, short_day
from learnhabit.domain.occurrence import first_day, next_occurrence
from learnhabit.domain.reminder import CONDITIONS
from learnhabit.domain.reminder_rule import read_rule
from learnhabit.errors import UsageError
from learnhabit.services.workspace import Workspace
from learnhabit.tui import safe_text
from learnhabit.tui.draw import MUTE, STRONG, row
from learnhabit.tui.screens.dialog import FormDialog
from learnhabit.tui.widgets.choice import Choice
from learnhabit.tui.widgets.fields import Field, Line
from learnhabit.tui.widgets.press import Press

NAMES = tuple(CONDITIONS)
HINT = "such as weekdays 19:30, mon,wed 8pm, 1st of the month 9:00"


class ReminderDialog(FormDialog[Any]):
    """Three fields; it stays until the save has succeeded."""

    HELP = (
        "When: daily 19:30, weekdays at 7pm, mon,wed,fri 20:00, every 2 weeks on sun 18:00, 1st of the month 9:00. "
        "Without words of its own it names your cue and the next step. tab goes from field to field, the arrows "
        "choose the condition, enter or ^s saves."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", id="reminderform.save", tooltip="Save"),
    ]

    def __init__(
        self,
        title: str,
        rule: str,
        condition: str,
        text: str,
        deed: Callable[[Workspace, Mapping[str, str]], str],
        done: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._title, self._rule, self._condition, self._text = title, rule, condition, text
        self._save_deed, self._done = deed, done

    def headline(self) -> Content:
        """What it is about."""
        return row((self._title, STRONG))

    def compose_body(self) -> ComposeResult:
        """When, what, only if."""
        yield Field("When", Line(self._rule, id="rule"))
        yield Field("Text", Line(self._text, "optional: else your cue and the next step", id="text", select=False))
        choice = Choice([CONDITIONS[name] for name in NAMES], id="condition")
        choice.set_reactive(Choice.at, NAMES.index(self._condition))
        yield Field("Only if", choice)
        yield from self.compose_verdict()

    def buttons(self) -> list[Press]:
        """Cancel and save."""
        return [Press("Cancel", "esc", "close"), Press("Save", "^s", "save", main=True)]

    def on_mount(self) -> None:
        """What is understood so far."""
        self.query_one("#rule").focus()
        self._understand()

    @on(Input.Changed)
    def _changed(self) -> None:
        self.verdict(None)
        self._understand()

    def _understand(self) -> None:
        """The rule as it is read, below its field."""
        field, text = self.query_one(Field), self.query_one("#rule", Line).value.strip()
        if not text:
            field.hint(row((HINT, MUTE)))
            return
        try:
            rule = read_rule(text)
        except UsageError as error:
            field.hint(
                safe_text.elided(error.title if error.hint == HINT else f"{error.title}: {error.hint}", 70, MUTE)
            )
            return
        now = self.app.clock.local(self.app.clock.now()).replace(tzinfo=None)
        due = next_occurrence(rule, first_day(rule, now), now)
        first = f": first on {short_day(due.date())} {clock_time(due)}" if due is not None else ""
        field.hint(row((f"{rule.text}{first}", "$t3")))

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_save()

    def action_save(self) -> None:
        """Hand on what was changed."""
        values = {
            "rule": self.query_one("#rule", Line).value.strip(),
            "text": self.query_one("#text", Line).value.strip(),
            "condition": NAMES[self.query_one("#condition", Choice).at],
        }
        if values["text"] == safe_text.plain(self._text).strip():
            # What is shown passed the display filter: hidden characters alone are no change.
            values["text"] = self._text
        self.save(lambda workspace: self._save_deed(workspace, values))

    def saved(self, result: Any) -> None:
        """Tell whoever asked, and close."""
        self._done(result)
        self.dismiss(result)
