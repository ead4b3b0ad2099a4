"""A new resolution: one line of plain words, read while it is typed, with what it asks of a week."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, Static

from learnhabit.domain.day_text import long_day
from learnhabit.domain.resolution_draft import Draft, Part
from learnhabit.domain.resolution_words import amount_text, rate_text, target_text
from learnhabit.services.resolution_preview import NEAR
from learnhabit.services.resolution_values import ResolutionPreview, ResolutionView
from learnhabit.services.resolving import add_resolution
from learnhabit.tui import safe_text
from learnhabit.tui.draw import EMPTY, HEAD, KEY, MUTE, SOFT, STRONG, bar, row
from learnhabit.tui.faults import Fault
from learnhabit.tui.messages import Done
from learnhabit.tui.screens.dialog import FormDialog, refusal
from learnhabit.tui.screens.resolution_line import DEBOUNCE, Ambiguous, NotUnderstood, Understood, read_line
from learnhabit.tui.widgets.fields import Field, Line
from learnhabit.tui.widgets.press import Press

LABEL = 12
ROWS = 15
"""Rows of the reading; the dialog keeps its height while one types."""
MEASURES = {
    "hours": "time of study",
    "sessions": "sessions of study",
    "days": "days with at least the daily minimum",
    "resources": "resources finished",
    "count": "your own check-ins",
    "done": "done or not",
}


class ResolveDialog(FormDialog[ResolutionView]):
    """`40 hours of fine-tuning by 31 Dec`, and below it what that means."""

    HEADING = "The resolution was not saved"
    HELP = (
        "Say in one line what you will learn: how much of what, and by when. 40 hours of rag by June, study 5 days a "
        "week, finish 12 papers this year, write 6 blog posts, pass the exam. Below it stands what it asks of a week "
        "beside your usual one. ↓ goes to smaller ones or to the meanings of an unclear line, enter takes one."
    )
    DEFAULT_CSS = """
    ResolveDialog #reading { link-style: none; link-color: $soft; link-color-hover: $ink; }
    ResolveDialog #reading { link-background-hover: $sel; link-style-hover: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Resolve", id="resolve.save", tooltip="Make the resolution"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._options: tuple[str, ...] = ()
        """Lines to take: smaller ones, or what an unclear one may mean."""
        self._at = -1
        """The marked one of them; −1 for none."""
        self._unclear = False
        self._head: list[Content] = []
        self._parts: Sequence[Part] = ()
        self._rest: Timer | None = None
        self.reading = False
        """What was typed last is not read yet."""

    def headline(self) -> Content:
        """What it is about."""
        return row(("New resolution", STRONG))

    def corner(self) -> Content:
        """How."""
        return row(("one line, plain words", MUTE))

    def compose_body(self) -> ComposeResult:
        """The line, what its words are, what it means, and a cue."""
        yield Line("", "40 hours of fine-tuning by 31 Dec", id="line")
        yield Static(id="braces")
        yield Static(self._filled([row(("What it means stands here while you type.", MUTE))]), id="reading")
        yield Field("Cue", Line("", "optional, such as after morning coffee", id="cue"))
        yield from self.compose_verdict()

    def note(self) -> Content:
        """Other keys."""
        return row(("↓", KEY), (" choose   ", MUTE), ("tab", KEY), (" cue", MUTE))

    def buttons(self) -> list[Press]:
        """Cancel and save."""
        return [Press("Cancel", "esc", "close"), Press("Resolve", "enter", "save", main=True)]

    def on_mount(self) -> None:
        """The line has the focus."""
        self._line.focus()
        self.watch(self._line, "scroll_x", self._draw_braces, init=False)

    @property
    def _line(self) -> Line:
        return self.query_one("#line", Line)

    # Reading

    @on(Input.Changed, "#line")
    def _changed(self) -> None:
        self._options, self._at, self._unclear = (), -1, False
        self.verdict(None)
        self.reading = True
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(DEBOUNCE, self._read)

    def _read(self) -> None:
        line = self._line.value
        if not line.strip():
            self._braces(())
            self._show([row(("What it means stands here while you type.", MUTE))])
            return
        read_line(self, line)

    @on(Understood)
    def _understood(self, message: Understood) -> None:
        if message.line == self._line.value:
            found = message.found
            self._options, self._at, self._unclear = found.alternatives, -1, False
            self._braces(found.draft.parts)
            self._show([*self._meaning(found), EMPTY, *self._asks(found)])

    @on(Ambiguous)
    def _ambiguous(self, message: Ambiguous) -> None:
        if message.line == self._line.value:
            self._options, self._at, self._unclear = message.choices, 0, True
            self._braces(())
            title = safe_text.elided(f"{message.title}. What do you mean?", self.room - 2, "$amber")
            self._show([row(("? ", "bold $amber"), title), EMPTY])

    @on(NotUnderstood)
    def _not_understood(self, message: NotUnderstood) -> None:
        if message.line != self._line.value:
            return
        if not message.fault.refused:
            self.app.show_fault(message.fault, self.HEADING, self._read, form=True)
            return
        self._braces(())
        self._show([refusal(message.fault, self.room)])

    def _braces(self, parts: Sequence[Part]) -> None:
        """The words' roles below them, each under its stretch of the line."""
        self._parts = parts
        self._draw_braces()

    def _draw_braces(self) -> None:
        cells, line = [" "] * self.room, self._line.value
        # A line that is longer than its field is scrolled in it.
        shift = 2 - int(self._line.scroll_offset.x)
        for role, start, end in _stretches(self._parts):
            at, width = shift + cell_len(line[:start]), cell_len(line[start:end])
            name = role if len(role) + 2 <= width else ""
            drawn = f"╰{name.center(width - 2, '─')}╯" if width > 1 else "╵"
            for place, character in enumerate(drawn, at):
                if 2 <= place < self.room:
                    cells[place] = character
        self.query_one("#braces", Static).update(row(("".join(cells), "$t2")))

    def _meaning(self, found: ResolutionPreview) -> list[Content]:
        draft, width = found.draft, self.room - LABEL
        kind = amount_text(2, draft.measure, draft.kind).partition(" ")[2] if draft.kind else ""
        measure = MEASURES[draft.measure] + (f", {kind} only" if kind else "")
        rows = [row(("UNDERSTOOD AS", HEAD)), self._labelled("Measure", measure)]
        if draft.measure != "done":
            rows.append(
                row(
                    ("Target".ljust(LABEL), MUTE),
                    (target_text(draft.target, draft.measure, draft.kind, draft.per), STRONG),
                )
            )
        if draft.measure not in ("count", "done"):
            rows.append(row(("Topics".ljust(LABEL), MUTE), safe_text.elided(self._topics(found), width, SOFT)))
        rows.append(self._labelled("Period", self._period(draft)))
        if draft.cue:
            rows.append(row(("Cue".ljust(LABEL), MUTE), safe_text.elided(draft.cue, width, SOFT)))
        return rows

    def _topics(self, found: ResolutionPreview) -> str:
        return ", ".join(found.titles) or "all topics"

    def _period(self, draft: Draft) -> str:
        today = self.app.view.today if self.app.view is not None else None
        first = "today" if draft.period_start == today else long_day(draft.period_start)
        said = f"{first} to {long_day(draft.period_end)}"
        return f"{said}: this year is nearly over" if draft.next_year else said

    def _labelled(self, label: str, text: str) -> Content:
        return row((label.ljust(LABEL), MUTE), safe_text.elided(text, self.room - LABEL, SOFT))

    def _asks(self, found: ResolutionPreview) -> list[Content]:
        """The week it asks for beside the usual one."""
        draft, asks, usual = found.draft, found.asks_per_week, found.usual_per_week
        rows = []
        much = usual is not None and asks is not None and asks > NEAR * usual
        sign = ("◐ ", "$amber") if much else ("● ", "$t3")
        if asks is not None:
            rows.append(row(("WHAT IT ASKS", HEAD)))
            most = max(asks, usual or 0, 1e-9)
            length = max(self.room - LABEL - 24, 8)
            for label, value, colour in (("This asks", asks, sign[1]), ("Usual", usual, "$t3")):
                if value is None:
                    rows.append(self._labelled(label, "after three full weeks"))
                    continue
                said = rate_text(value, draft.measure, draft.kind)
                line = bar(length, value / most, done_style=colour)
                rows.append(row((label.ljust(LABEL), MUTE), line, "  ", (said, SOFT)))
        if found.first_due is not None:
            rows.append(self._labelled("First due", f"by {long_day(found.first_due)}"))
        rows.append(row(sign, safe_text.elided(found.verdict, self.room - 2, SOFT)))
        return rows

    # Lines to take

    def _show(self, rows: list[Content]) -> None:
        self._head, self.reading = rows, False
        self._redraw()

    def _redraw(self) -> None:
        rows = list(self._head)
        if self._options:
            if not self._unclear:
                rows.append(EMPTY)
            for index, option in enumerate(self._options):
                marked = index == self._at
                label = "" if self._unclear else ("OR" if index == 0 else "")
                line = row(
                    (label.ljust(4), HEAD),
                    ("▌ " if marked else "↓ " if not self._unclear else "  ", "$t3" if marked else "$keys"),
                    safe_text.fitted(option, self.room - 6, "$ink" if marked else SOFT),
                ).stylize(f"@click=screen.take({index})")
                rows.append(line.stylize_before("on $sel") if marked else line)
        self.query_one("#reading", Static).update(self._filled(rows))

    def _filled(self, rows: list[Content]) -> Content:
        return Content("\n").join([*rows, *[EMPTY] * (ROWS - len(rows))])

    def on_key(self, event: events.Key) -> None:
        """Arrows move through the lines to take while the line has the focus."""
        if event.key in ("up", "down") and self.focused is self._line and self._options:
            event.stop()
            least = 0 if self._unclear else -1
            self._at = min(max(self._at + (1 if event.key == "down" else -1), least), len(self._options) - 1)
            self._redraw()

    def action_take(self, index: int) -> None:
        """Put one of the lines into the field."""
        if index < len(self._options):
            taken = safe_text.plain(self._options[index])
            self._line.value = taken
            self._line.cursor_position = len(taken)
            self._line.focus()

    # Saving

    @on(Input.Submitted)
    def _submitted(self) -> None:
        if self._at >= 0 and self.focused is self._line:
            self.action_take(self._at)
        else:
            self.action_save()

    def action_save(self) -> None:
        """Make the resolution."""
        line, cue = self._line.value, self.query_one("#cue", Line).value
        self.save(lambda workspace: add_resolution(workspace, line, cue))

    def not_saved(self, fault: Fault) -> None:
        """A line that was not understood is answered where its meaning stands."""
        if fault.unread:
            self._read()
        else:
            super().not_saved(fault)

    def saved(self, result: Any) -> None:
        """Say what was understood."""
        view, sentence = result
        self.app.post_message(Done(f"Resolved: {sentence} u takes it back"))
        self.dismiss(view)


def _stretches(parts: Sequence[Part]) -> list[tuple[str, int, int]]:
    """(role, start, end) of the parts, topics side by side as one."""
    found: list[tuple[str, int, int]] = []
    for part in parts:
        if found and found[-1][0] == part.role == "topics":
            found[-1] = ("topics", found[-1][1], part.end)
        else:
            found.append((part.role, part.start, part.end))
    return found
