"""The second step of the first run: one resolution, from a suggested line or in one's own words."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input

from learnhabit.domain.duration import format_duration
from learnhabit.domain.resolution_words import bare_amount, target_text
from learnhabit.services import first_steps
from learnhabit.services.resolution_values import ResolutionPreview
from learnhabit.tui import safe_text
from learnhabit.tui.draw import EMPTY, HEAD, KEY, MUTE, SOFT, STRONG, bar, row, spread
from learnhabit.tui.faults import Fault
from learnhabit.tui.messages import ReadFailed
from learnhabit.tui.screens.dialog import refusal
from learnhabit.tui.screens.first_run_step import Rows, Step
from learnhabit.tui.screens.resolution_line import DEBOUNCE, Ambiguous, NotUnderstood, Understood, read_line
from learnhabit.tui.widgets.fields import Line
from learnhabit.tui.widgets.picklist import PickList
from learnhabit.tui.working import read

TALL, LEAST = 30, 5
"""Rows of a terminal with room for more, and where that begins."""


class Ideas(PickList[str]):
    """Lines to take; none is marked while the field holds another one."""

    def mark(self, line: str) -> None:
        """Mark this one, if it is there."""
        self._at = self._values.index(line) if line in self._values else -1
        self.renew()

    def on_click(self, event: events.Click) -> None:
        """Take what is under the pointer."""
        index = self._top + event.y
        if index < len(self._values):
            self._at = index
            self.renew()
            self.post_message(self.Picked())


class ResolutionStep(Step):
    """A line, lines to take, and what it asks."""

    NAME = "Resolution"
    ASKS = "What do you want to reach?"
    SAYS = "One line in plain words: take one, change its number, or write your own."
    ABOUT = (
        "A resolution in one line: how much of what, and by when. The arrows take one of the suggested lines, typing "
        "changes it, and below stands what it asks of a week. esc leaves this step out; a in 3 Resolutions makes one "
        "at any time, and there its target can be changed or it can be let go."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "take(1)", "Next line", id="ideas.next", show=False, tooltip="Take the next suggested line"),
        Binding("up", "take(-1)", "Line before", id="ideas.before", show=False, tooltip="Take the line before"),
    ]

    class Suggested(Message):
        """Lines were made for the picked topics."""

        def __init__(self, topics: tuple[str, ...], lines: tuple[str, ...]) -> None:
            super().__init__()
            self.topics = topics
            self.lines = lines

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[str, ...] = ()
        self._made_for: tuple[str, ...] | None = None
        """The picked topics."""
        self._unclear = False
        self._rest: Timer | None = None
        self._kept: tuple[str, str] | None = None
        """(line, id) of the resolution that was made here."""

    def compose_step(self) -> ComposeResult:
        """The field, what may be taken, what it means."""
        yield Line("", "such as 15 hours of rag by June", id="line")
        yield Ideas(self._draw, id="ideas")
        yield Rows(id="reading")

    @property
    def _line(self) -> Line:
        return self.query_one("#line", Line)

    @property
    def _ideas(self) -> Ideas:
        return self.query_one("#ideas", Ideas)

    @property
    def next_label(self) -> str:
        """Nothing is made of an empty field."""
        return "Resolve" if self.is_mounted and self._line.value.strip() else "Next"

    def begin(self) -> None:
        """Suggest lines for what is picked now."""
        self._line.focus()
        topics: tuple[str, ...] = getattr(self.screen, "topics", ())
        self.say(row(("↑ ↓", KEY), (" take a line", MUTE)))
        if topics != self._made_for:
            self._made_for = topics
            read(
                self,
                "first-run",
                lambda workspace: first_steps.suggested_lines(workspace, topics),
                lambda lines: self.Suggested(topics, lines),
                ReadFailed,
            )

    def on_resolution_step_suggested(self, message: ResolutionStep.Suggested) -> None:
        """Show them; the likeliest one is in the field, unless something else was typed, or made already."""
        made = {each.resolution.statement for each in self.app.view.resolutions} if self.app.view is not None else set()
        own = self._kept[0] if self._kept is not None else ""
        untouched = self._line.value in ("", *self._lines) and not made and not own
        # What there is already is not suggested once more.
        self._lines = tuple(line for line in message.lines if line == own or line not in made)
        self._ideas.show_values(self._lines)
        if untouched and self._lines:
            self._put(self._lines[0])
        else:
            self._ideas.mark(self._line.value)

    def action_take(self, by: int) -> None:
        """Put the next of the lines into the field."""
        if self._ideas._values:
            self._ideas.move(by)
            self._take()

    def on_pick_list_picked(self, message: PickList.Picked) -> None:
        """A click on one takes it."""
        message.stop()
        self._take()
        self._line.focus()

    def _take(self) -> None:
        if self._ideas.picked is not None:
            self._put(self._ideas.picked)

    def _put(self, line: str) -> None:
        self._line.value = safe_text.plain(line)
        self._line.cursor_position = len(self._line.value)

    def on_input_changed(self, message: Input.Changed) -> None:
        """Read it when one rests."""
        message.stop()
        if not self._unclear:
            self._ideas.mark(self._line.value)
        self.say(row(("↑ ↓", KEY), (" take a line", MUTE)))
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(DEBOUNCE, self._read)

    def _read(self) -> None:
        line = self._line.value
        if not line.strip():
            self._suggest_again()
            self._say(row(("An empty line makes none.", MUTE)))
            return
        read_line(self, line)

    def on_understood(self, message: Understood) -> None:
        """What it means, and what it asks."""
        message.stop()
        if message.line == self._line.value:
            self._suggest_again()
            self._say(*self._meaning(message.found))

    def on_ambiguous(self, message: Ambiguous) -> None:
        """What it may mean takes the place of the suggestions."""
        message.stop()
        if message.line == self._line.value:
            self._unclear = True
            self._ideas.show_values(message.choices)
            self._ideas.mark("")
            said = safe_text.elided(f"{message.title}. ↓ takes what you mean.", self.room - 2, "$amber")
            self._say(row(("? ", "bold $amber"), said))

    def on_not_understood(self, message: NotUnderstood) -> None:
        """Why not."""
        message.stop()
        if message.line != self._line.value:
            return
        self._suggest_again()
        if message.fault.refused:
            self._say(refusal(message.fault, self.room))
        else:
            self.app.show_fault(message.fault, "Nothing was saved", self._read, form=True)

    def _suggest_again(self) -> None:
        if self._unclear:
            self._unclear = False
            self._ideas.show_values(self._lines)
            self._ideas.mark(self._line.value)

    def _say(self, *rows: Content) -> None:
        split = [line for each in rows for line in each.split("\n")]
        self.query_one("#reading", Rows).say(*split)

    def _meaning(self, found: ResolutionPreview) -> list[Content]:
        rows = [row(("UNDERSTOOD AS", HEAD))]
        for number, line in enumerate(safe_text.wrapped(found.sentence, self.room - 2, "$ink", limit=2)):
            rows.append(row(("● " if number == 0 else "  ", "$t3"), line))
        said = self._a_day(found)
        if said:
            rows.append(row("  ", safe_text.elided(said, self.room - 2, MUTE)))
        if self.app.size.height < TALL:
            return rows
        return [*rows, *[EMPTY] * (LEAST - len(rows)), row(("ON TODAY, FROM NOW ON", HEAD)), self._on_today(found)]

    def _on_today(self, found: ResolutionPreview) -> Content:
        """The row that it will be."""
        draft = found.draft
        done = "not done" if draft.measure == "done" else f"{bare_amount(0, draft.measure)} of "
        if draft.measure != "done":
            done += target_text(draft.target, draft.measure, draft.kind, draft.per)
        right = row("  ", bar(12, 0), "  ", (done, STRONG), ("   on pace", "bold $t3"))
        line = safe_text.elided(draft.statement, self.room - 2 - right.cell_length, "$ink")
        return spread(row(("● ", "$t3"), line), right, self.room)

    def _a_day(self, found: ResolutionPreview) -> str:
        """A week's time by the days on which one means to study."""
        view = self.app.view
        if found.draft.measure != "hours" or not found.asks_per_week or view is None:
            return "" if found.usual_per_week is None else found.verdict
        if found.usual_per_week is not None:
            return found.verdict
        days = view.days_per_week
        minutes = max(60, round(found.asks_per_week / days / 60) * 60)
        return f"On {days} days a week that is about {format_duration(minutes)} each."

    def _draw(self, line: str, width: int, picked: bool) -> Content:
        return safe_text.elided(line, width, STRONG if picked else SOFT)

    def proceed(self) -> None:
        """Make it, unless it is made already."""
        line = self._line.value.strip()
        if not line:
            self.post_message(self.Over(self, chosen=self._kept is not None))
        elif self._kept is not None and self._kept[0] == line:
            self.post_message(self.Over(self, chosen=True))
        else:
            instead = self._kept[1] if self._kept is not None else None
            self.save(lambda workspace: (line, first_steps.resolve(workspace, line, instead).resolution.id))

    def written(self, result: Any) -> None:
        """It is made."""
        self._kept = result
        super().written(result)

    def refused(self, fault: Fault) -> None:
        """Why not stands where its meaning does."""
        if fault.unread:
            self._read()
        else:
            self._say(refusal(fault, self.room))
