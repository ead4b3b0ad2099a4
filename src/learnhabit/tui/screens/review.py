"""The weekly review: a week against its plan, one question, and one thing to adjust."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from learnhabit.domain.day_text import MONTHS, long_day
from learnhabit.services.resolution_values import ReviewView
from learnhabit.services.reviewing import QUESTION, review, write_review
from learnhabit.tui import safe_text
from learnhabit.tui.draw import EMPTY, HEAD, MUTE, SOFT, STRONG, pressable, row
from learnhabit.tui.faults import Fault
from learnhabit.tui.keynames import named
from learnhabit.tui.messages import Done
from learnhabit.tui.screens.dialog import FormDialog, refusal
from learnhabit.tui.screens.review_adjust import ADJUSTMENTS, Adjustment
from learnhabit.tui.widgets.area import Area
from learnhabit.tui.widgets.choice import Choice
from learnhabit.tui.widgets.fields import Field, Line
from learnhabit.tui.widgets.press import Press
from learnhabit.tui.working import read

if TYPE_CHECKING:
    from learnhabit.services.workspace import Workspace

WEEK = timedelta(weeks=1)
LABEL = 14


class ReviewDialog(FormDialog[Any]):
    """Written weeks are shown and can be written anew; the adjustment counts from today on, whichever week is shown."""

    HEADING = "The review was not saved"
    HELP = (
        "Look back on a week: what was planned, what happened, and your answer in a few words, which comes back in the "
        "year's summary. One thing can be adjusted with it: choose it with the arrows, tab goes to its fields. "
        "^s saves both or neither. ^o shows the week before, ^n the one after; [ and ] too where no text has the focus."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", id="review.save", tooltip="Save the review and the adjustment"),
        Binding("ctrl+o,left_square_bracket", "before", "Week before", id="review.before", tooltip="The week before"),
        Binding("ctrl+n,right_square_bracket", "after", "Week after", id="review.after", tooltip="The week after"),
    ]

    class Read(Message):
        """A week was read."""

        def __init__(self, view: ReviewView) -> None:
            super().__init__()
            self.view = view

    def __init__(self) -> None:
        super().__init__()
        self._view: ReviewView | None = None
        views = self.app.view.resolutions if self.app.view is not None else ()
        days = self.app.view.days_per_week if self.app.view is not None else 5
        self._adjustments: list[Adjustment] = [kind(views, days) for kind in ADJUSTMENTS if kind.fits(views)]
        self._refused_at = ""
        """The field that a save was stopped at; empty for the text."""
        self._adjusted = ""
        """What the last save adjusted, in words."""

    def headline(self) -> Content:
        """What it is about."""
        return row(("Weekly review", STRONG))

    def corner(self) -> Content:
        """Which week."""
        return row((_week(self._view), MUTE)) if self._view is not None else Content("")

    def compose_body(self) -> ComposeResult:
        """The week, the question, the adjustment."""
        yield Static(self._rows(), id="week", classes="gap")
        yield Static(row((QUESTION, STRONG)))
        area = Area("", "in your own words", id="answer")
        area.add_class("gap")
        area.styles.height = 3 if self.app.size.height < 30 else 5
        yield area
        yield Field("Adjust", Choice(("nothing", *(each.NAME for each in self._adjustments)), id="kind"))
        fields = Vertical(id="adjustment")
        fields.styles.height = "auto"
        yield fields
        yield from self.compose_verdict()

    def note(self) -> Content:
        """Other weeks."""
        return row(
            pressable(named("review.before", "^o"), "week before", "screen.before"),
            "   ",
            pressable(named("review.after", "^n"), "after", "screen.after"),
        )

    def buttons(self) -> list[Press]:
        """Cancel and save."""
        return [Press("Cancel", "esc", "close"), Press("Save", "^s", "save", main=True)]

    @property
    def _area(self) -> Area:
        return self.query_one("#answer", Area)

    @property
    def _chosen(self) -> Adjustment | None:
        at = self.query_one("#kind", Choice).at
        return self._adjustments[at - 1] if at else None

    def on_mount(self) -> None:
        """Read last week."""
        self.query_one("#hints", Static).auto_links = False
        self._area.focus()
        self._read_week("last")

    def _read_week(self, week: str) -> None:
        read(self, "review", lambda workspace: review(workspace, week), self.Read)

    @on(Read)
    def _show(self, message: Read) -> None:
        first = self._view is None
        self._view = message.view
        self.query_one("#week", Static).update(self._rows())
        area = self._area
        if not (first and area.text):  # Whoever types at once keeps it.
            area.load_text(safe_text.plain_block(message.view.text))
            area.first = area.text
            area.move_cursor(area.document.end)
        self._fit(self.query_one("#dialog", Vertical), self.body)

    def _rows(self) -> Content:
        view = self._view
        if view is None:
            return Content("\n").join([row(("THE WEEK AGAINST ITS PLAN", HEAD)), EMPTY, EMPTY, EMPTY])
        so_far = "   so far" if view.running else ""
        written = f"   written on {long_day(view.written_on)}" if view.written_on else ""
        rows = [row(("THE WEEK AGAINST ITS PLAN", HEAD), (so_far + written, MUTE))]
        for name, said in zip(("Days", "Hours", "Resolutions"), view.lines, strict=True):
            rows.append(row((name.ljust(LABEL), MUTE), safe_text.elided(said, self.room - LABEL, SOFT)))
        return Content("\n").join(rows)

    @on(Choice.Chosen, "#kind")
    async def _chosen_another(self) -> None:
        """Show the fields of what is to be adjusted; those typed in before keep what they hold."""
        self.verdict(None)
        chosen, group = self._chosen, self.query_one("#adjustment", Vertical)
        if chosen is not None and not group.query(f"#{chosen.group}"):
            box = Vertical(*chosen.fields(), id=chosen.group)
            box.styles.height = "auto"
            await group.mount(box)
        for each in group.children:
            each.display = chosen is not None and each.id == chosen.group
        if chosen is not None:
            chosen.say(self)

    @on(Choice.Chosen, ".adjust--resolution")
    def _another_resolution(self) -> None:
        if self._chosen is not None:
            self._chosen.picked(self)
            self._chosen.say(self)

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        self.verdict(None)
        if self._chosen is not None and isinstance(message.input.parent, Field):
            self._chosen.say(self)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_save()

    def action_before(self) -> None:
        """Show the week before; unsaved text is asked about first."""
        self._move(-1)

    def action_after(self) -> None:
        """Show the week after; unsaved text is asked about first."""
        self._move(1)

    def _move(self, by: int) -> None:
        view, today = self._view, self.app.view
        if view is None or self.busy:
            return
        first = today.grid.first_session_day if today is not None else None
        start = view.week_start + by * WEEK
        if by > 0 and view.running:
            self.verdict(row(("This is the running week.", MUTE)))
        elif by < 0 and (first is None or view.week_start <= first):
            self.verdict(row(("Nothing was logged before this week.", MUTE)))
        else:
            self.leave(lambda: self._go(start), self.written)

    def _go(self, start: date) -> None:
        self.verdict(None)
        self._read_week(start.isoformat())

    def action_close(self) -> None:
        """Close without saving; what was written is asked about first."""
        typed = any(each.value.strip() and each.changed is not None for each in self.query(Line))
        self.leave(self.give_up, self.written or typed)

    def action_save(self) -> None:
        """Keep the review and the adjustment, or neither."""
        view = self._view
        if view is None or self.busy:
            return
        week, text, chosen = view.week_start.isoformat(), self._area.text, self._chosen
        change = chosen.change(self) if chosen is not None else None
        self._refused_at = self._adjusted = ""

        def at(field: str) -> None:
            self._refused_at = field

        def adjust(workspace: Workspace) -> None:
            if change is not None:
                self._adjusted = change(workspace, at)

        self.save(lambda workspace: write_review(workspace, week, text, adjust))

    def saved(self, result: ReviewView) -> None:
        """Say what was kept."""
        adjusted = f"; {self._adjusted}" if self._adjusted else ""
        self.app.post_message(Done(f"Kept the review of week {result.number}{adjusted}. u takes it back"))
        self.dismiss(result)

    def not_saved(self, fault: Fault) -> None:
        """What was refused is said at its field, and nothing typed is lost."""
        if not fault.refused or not self._refused_at:
            super().not_saved(fault)
            if fault.refused:
                self._area.focus()
            return
        line = self.query_one(f"#{self._refused_at}", Line)
        if isinstance(line.parent, Field):
            line.parent.hint(refusal(fault, self.room - LABEL))
        line.focus()


def _week(view: ReviewView) -> str:
    """`week 47, 16–22 Nov 2026`."""
    first, last = view.week_start, view.week_end
    month = "" if (first.year, first.month) == (last.year, last.month) else f" {MONTHS[first.month - 1]}"
    year = "" if first.year == last.year else f" {first.year}"
    dash = " – " if month else "–"
    return f"week {view.number}, {first.day}{month}{year}{dash}{last.day} {MONTHS[last.month - 1]} {last.year}"
