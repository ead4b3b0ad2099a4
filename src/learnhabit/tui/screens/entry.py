"""Logging study that is over: one line, read while it is typed."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from learnhabit.domain.day_text import short_day, time_range
from learnhabit.domain.duration import format_duration
from learnhabit.services.tracking import log, preview
from learnhabit.services.values import Outcome, Preview
from learnhabit.tui import safe_text
from learnhabit.tui.draw import EMPTY, HEAD, KEY, MUTE, SOFT, STRONG, row
from learnhabit.tui.faults import Fault
from learnhabit.tui.keynames import has_own
from learnhabit.tui.messages import Done
from learnhabit.tui.screens.dialog import FormDialog, refusal
from learnhabit.tui.widgets.area import Area
from learnhabit.tui.widgets.fields import Line
from learnhabit.tui.widgets.press import Press
from learnhabit.tui.working import read

LABEL = 10
ENTER, ANYWHERE = "enter", "^s"
"""What saves from the line, and what does from everywhere."""
ROWS = 6
"""Rows of the reading; the dialog keeps its height while one types."""


class SavePress(Press):
    """Saves, and names the key that does so from where the focus is: enter makes a new line in the takeaway.

    It has room for either key, so that nothing is laid out anew when the other one is named.
    """

    def __init__(self) -> None:
        super().__init__("Save", ENTER, "save", main=True)

    def render(self) -> Content:
        """Word and key."""
        said = super().render()
        return said.pad_right(max(len(ENTER) - len(self._named()), 0))

    def name_key(self, key: str) -> None:
        """Name this one from now on."""
        if key != self._key:
            self._key = key
            # A person's own key may be longer.
            self.refresh(layout=has_own())


class EntryDialog(FormDialog[Outcome]):
    """`45m rag LoRA section 4 @yesterday 21:00 #paper`, with what it would save below it."""

    HEADING = "The session was not saved"
    HELP = (
        "One line says what you studied: a duration, a topic, then a note if you like, @ and when it began, and #tags. "
        "45m, 1h30, 1:30 and 90 are durations; without @ it ends now. enter saves; tab goes on to the takeaway, where "
        "^s does."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", id="entry.save", tooltip="Save the session"),
    ]

    class Read(Message):
        """The line was understood."""

        def __init__(self, line: str, found: Preview) -> None:
            super().__init__()
            self.line = line
            self.found = found

    class Unread(Message):
        """The line can't be saved as it stands."""

        def __init__(self, line: str, fault: Fault) -> None:
            super().__init__()
            self.line = line
            self.fault = fault

    def __init__(self, line: str = "") -> None:
        super().__init__()
        self._line = line

    def headline(self) -> Content:
        """What it is about."""
        return row(("Log what you studied", STRONG))

    def corner(self) -> Content:
        """How."""
        return row(("one line, plain words", MUTE))

    def compose_body(self) -> ComposeResult:
        """Line, reading, takeaway."""
        yield Line(self._line, "45m rag LoRA, section 4 @yesterday 21:00 #paper", id="line")
        yield Static(self._grammar(), id="grammar", classes="gap")
        yield Static(self._rows([self._waiting()]), id="reading", classes="gap")
        yield Static(row(("Takeaway", SOFT), ("  optional, your own words", MUTE)))
        area = Area(id="takeaway")
        area.styles.height = 2
        yield area

    def _grammar(self) -> Content:
        return row(
            *(("duration", KEY), "  ", ("topic", KEY), "  ", ("note", MUTE)),
            *("  ", ("@", KEY), ("when it began", MUTE), "  ", ("#", KEY), ("tag", MUTE)),
        )

    def note(self) -> Content:
        """Where tab goes."""
        return row(("tab", KEY), (" takeaway", MUTE))

    def buttons(self) -> list[Press]:
        """Cancel and save."""
        return [Press("Cancel", "esc", "close"), SavePress()]

    def on_mount(self) -> None:
        """The line has the focus, its end the cursor."""
        self.query_one("#line", Line).focus()

    @on(events.DescendantFocus)
    def _focused(self) -> None:
        self.query_one(SavePress).name_key(ENTER if isinstance(self.focused, Line | SavePress) else ANYWHERE)

    @on(Input.Changed, "#line")
    def _changed(self) -> None:
        line = self.query_one("#line", Line).value
        if not line.strip():
            self._show(self._rows([self._waiting()]))
            return
        read(
            self,
            "preview",
            lambda workspace: preview(workspace, line),
            lambda found: self.Read(line, found),
            lambda fault: self.Unread(line, fault),
        )

    @on(Read)
    def _read(self, message: Read) -> None:
        found, width = message.found, self.room - LABEL
        clock_24 = self.app.view is None or self.app.view.clock_24
        span = time_range(found.started_wall, found.ended_wall, clock_24=clock_24)
        when = f"{short_day(found.started_wall.date())} {span}"
        before = found.day_seconds - found.seconds
        day = f"{short_day(found.study_day)}, {format_duration(before)} → {format_duration(found.day_seconds)}"
        rows = [
            row(
                (format_duration(found.seconds), STRONG),
                "  ",
                safe_text.elided(found.topic_title, self.room - 12, STRONG),
            ),
            self._labelled("When", safe_text.elided(when, width, SOFT)),
            self._labelled("Day total", safe_text.elided(day, width, SOFT)),
        ]
        note = safe_text.elided(found.note, width, SOFT) if found.note else Content.styled("none", MUTE)
        rows.append(self._labelled("Note", note))
        if found.tags:
            tags = " ".join(f"#{tag}" for tag in found.tags)
            rows.append(self._labelled("Tags", safe_text.elided(tags, width, SOFT)))
        rows += [row(("◐ ", "$amber"), safe_text.elided(each, self.room - 2, SOFT)) for each in found.warnings]
        self._show(self._rows(rows))

    @on(Unread)
    def _unread(self, message: Unread) -> None:
        if not message.fault.refused:
            self.app.show_fault(message.fault, self.HEADING, self._changed, form=True)
            return
        self._show(self._rows([refusal(message.fault, self.room)]))

    def _waiting(self) -> Content:
        return row(("What would be saved stands here while you type.", MUTE))

    def _labelled(self, label: str, content: Content) -> Content:
        return row((label.ljust(LABEL), MUTE), content)

    def _rows(self, rows: list[Content]) -> Content:
        content = Content("\n").join([row(("UNDERSTOOD AS", HEAD)), *rows])
        missing = ROWS - content.plain.count("\n") - 1
        return Content("\n").join([content, *[EMPTY] * missing]) if missing > 0 else content

    def _show(self, content: Content) -> None:
        self.query_one("#reading", Static).update(content)

    @on(Input.Submitted, "#line")
    def _submitted(self) -> None:
        self.action_save()

    def action_save(self) -> None:
        """Save the line, with the takeaway."""
        line = self.query_one("#line", Line).value
        takeaway = self.query_one("#takeaway", Area).text.strip()
        self.save(lambda workspace: log(workspace, [line], takeaway=takeaway))

    def saved(self, result: Outcome) -> None:
        """Say what was saved, and on which day."""
        session = result.session
        said = f"Logged {format_duration(session.seconds)} of {session.topic_title} on {short_day(session.study_day)}"
        self.app.post_message(Done(said, result.warnings))
        self.dismiss(result)

    def not_saved(self, fault: Fault) -> None:
        """A line that was not understood is answered where the reading stands."""
        if fault.refused:
            self._show(self._rows([refusal(fault, self.room)]))
        else:
            super().not_saved(fault)
