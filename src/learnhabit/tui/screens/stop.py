"""Stopping the timer: one takeaway, and what the day comes to."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from learnhabit.domain.day_text import short_day, time_range
from learnhabit.domain.duration import format_duration
from learnhabit.services.resources import resource_view
from learnhabit.services.topic_values import ResourceView
from learnhabit.services.values import Outcome, TimerView
from learnhabit.tui import safe_text
from learnhabit.tui.drafts import Draft
from learnhabit.tui.draw import MUTE, SOFT, STRONG, bar, of_goal, pressable, row, spread
from learnhabit.tui.keynames import named
from learnhabit.tui.messages import Done, Found, ReadFailed
from learnhabit.tui.screens.dialog import FormDialog
from learnhabit.tui.telling import told
from learnhabit.tui.timing import Doubt, or_doubt
from learnhabit.tui.widgets.area import Area
from learnhabit.tui.widgets.fields import Field, Line
from learnhabit.tui.widgets.press import Press
from learnhabit.tui.widgets.topicpane import said_of
from learnhabit.tui.working import read


class StopDialog(FormDialog[Any]):
    """The timer runs on until this is saved."""

    HEADING = "The session was not saved"
    HELP = (
        "Write down one thing you take away, in your own words; it may be left empty. ^r makes it a recall card, which "
        "asks for it from tomorrow on. ^s saves, outside the takeaway enter does too. esc lets the timer run on, ^o "
        "holds it; what you wrote stands here again when you come back."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", id="stop.save", tooltip="Save the session"),
        Binding("ctrl+r", "card", "Recall card", id="stop.card", tooltip="Make the takeaway a recall card, or not"),
        Binding("ctrl+o", "pause", "Pause instead", id="stop.pause", tooltip="Hold the timer instead"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._timer = self.app.timer

    def headline(self) -> Content:
        """What it is about."""
        return row(("Stop and save", STRONG))

    def corner(self) -> Content:
        """Nothing has stopped yet."""
        timer = self.app.timer
        if timer is not None and timer.paused:
            return row(("‖ paused", SOFT))
        return row(("● still running", "$t4"))

    def compose_body(self) -> ComposeResult:
        """Takeaway first; then the note and today. What was typed before and not saved stands there again."""
        timer = self._timer
        draft = self.app.draft_of(timer) if timer is not None else Draft()
        yield Static(id="figures", classes="gap")
        yield Static(row(("One takeaway", STRONG), ("  optional, your own words", MUTE)))
        yield Area(draft.takeaway, id="takeaway")
        yield Static(self._card(draft.question is not None), id="card-offer", classes="gap")
        if draft.question is not None:
            yield self._asking(draft.question)
        if timer is not None and timer.resource is not None:
            yield Field("Progress", Line(draft.progress, "such as 45%, 120 of 300 pages, 35 min", id="progress"))
        own = timer.note if timer is not None else ""
        note = Line(own if draft.note is None else draft.note, "optional", id="words")
        note.first = safe_text.plain(own)
        yield Field("Note", note)
        yield Static(id="today", classes="above")
        yield from self.compose_verdict()

    @property
    def _asked(self) -> bool:
        """A card is made of the takeaway."""
        return bool(self.query("#question"))

    def _card(self, on: bool = False) -> Content:
        mark = ("[✓] ", "$t3") if on else ("[ ] ", MUTE)
        return row(
            mark, pressable(named("stop.card", "^r"), "recall card: it asks for this from tomorrow on", "screen.card")
        )

    async def action_card(self) -> None:
        """Make a card of the takeaway, with a question to fill in; or not."""
        asked = not self._asked
        if asked:
            await self.body.mount(self._asking(""), after="#card-offer")
            self.query_one("#question", Line).focus()
        else:
            await self._field("question").remove()
            self.query_one("#takeaway", Area).focus()
        self.query_one("#card-offer", Static).update(self._card(asked))

    def _asking(self, question: str) -> Field:
        timer = self.app.timer
        title = timer.topic_title if timer is not None else ""
        return Field("Question", Line(question, f"What did you take away from {title}?", id="question"))

    def _field(self, name: str) -> Field:
        field = self.query_one(f"#{name}", Line).parent
        assert isinstance(field, Field)
        return field

    def _show_progress(self, view: ResourceView) -> None:
        """How far the resource is by now, below the field that asks for it."""
        if self.query("#progress"):
            now = said_of(view) if view.unit else "nothing noted yet"
            self._field("progress").hint(row(("now ", MUTE), (now, SOFT)))

    def note(self) -> Content:
        """The other way out."""
        timer = self.app.timer
        if timer is not None and timer.paused:
            return Content("")
        return pressable(named("stop.pause", "^o"), "pause instead", "screen.pause")

    def buttons(self) -> list[Press]:
        """Run on, or save."""
        timer = self.app.timer
        back = "Keep paused" if timer is not None and timer.paused else "Keep running"
        return [Press(back, "esc", "close"), Press("Save", "^s", "save", main=True)]

    def on_mount(self) -> None:
        """Figures that go on with the clock."""
        area = self.query_one("#takeaway", Area)
        area.move_cursor(area.document.end)
        area.focus()
        self._tick()
        self.set_interval(1, self._tick)
        timer = self.app.timer
        if timer is not None and timer.resource is not None:
            name = timer.resource
            read(
                self,
                "progress",
                lambda workspace: resource_view(workspace, name),
                lambda view: Found(view, self._show_progress),
                ReadFailed,
            )

    def _tick(self) -> None:
        view, timer = self.app.view, self.app.timer
        if view is None or timer is None or self.busy:
            return
        seconds = self.app.elapsed()
        shown = (seconds // 60, timer.paused)
        if getattr(self, "_shown", None) == shown:
            return
        self._shown = shown
        self.query_one("#figures", Static).update(self._figures(timer, seconds))
        self.query_one("#today", Static).update(self._today(timer, seconds))

    def _figures(self, timer: TimerView, seconds: int) -> Content:
        view = self.app.view
        end = self.app.clock.local(self.app.clock.now())
        span = time_range(timer.started_wall, end, clock_24=view is None or view.clock_24)
        right = row((f"{span} · {short_day(timer.study_day)}", MUTE))
        spent = row((format_duration(seconds), STRONG), "  ")
        title = safe_text.elided(timer.topic_title, self.room - right.cell_length - spent.cell_length - 2, "$ink")
        first = spread(row(spent, title), right, self.room)
        if timer.resource_title:
            return Content("\n").join([first, safe_text.elided(timer.resource_title, self.room, SOFT)])
        return first

    def _today(self, timer: TimerView, seconds: int) -> Content:
        view = self.app.view
        if view is None or timer.study_day != view.today:
            return row(("Counts for    ", MUTE), (short_day(timer.study_day), SOFT))
        progress = view.progress
        total, goal = progress.seconds + seconds, max(progress.goal_seconds, 1)
        counted = total >= progress.minimum_seconds
        verdict = row((" · ", MUTE), ("✓ counted", "$t3") if counted else ("not yet counted", MUTE))
        right = row(of_goal(total, goal), verdict)
        length = max(self.room - 12 - 2 - right.cell_length - 2, 6)
        tick = progress.minimum_seconds / goal if progress.minimum_seconds < goal else None
        return row(("Today         ", MUTE), bar(length, progress.seconds / goal, seconds / goal, tick), "  ", right)

    def action_pause(self) -> None:
        """Hold the timer instead."""
        if self.app.timer is not None and not self.app.timer.paused and not self.busy:
            self._keep()
            self.dismiss(None)
            self.app.action_pause()

    def action_close(self) -> None:
        """Let the timer run on; what was typed waits for the next time."""
        if self.busy:
            return
        if self._keep().written:
            safe_text.toast(self.app, f"What you wrote is kept: {named('timer.stop', 'x')} opens it again")
        self.dismiss(None)

    def _keep(self) -> Draft:
        """What was typed, kept."""
        draft = Draft(
            takeaway=self.query_one("#takeaway", Area).text,
            note=self.query_one("#words", Line).changed,
            progress=self.query_one("#progress", Line).value if self.query("#progress") else "",
            question=self.query_one("#question", Line).value if self._asked else None,
        )
        if self._timer is not None:
            self.app.keep_draft(self._timer, draft)
        return draft

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_save()

    def action_save(self) -> None:
        """Stop the timer and save."""
        if not self.busy:
            self.save(or_doubt(self._keep().stop))

    def saved(self, result: Outcome | Doubt) -> None:
        """Say what was saved and what the day comes to."""
        if isinstance(result, Doubt):
            self.app.ask_about_timer(result.timer, self.give_up)
            return
        session = result.session
        day = "today" if self.app.view and session.study_day == self.app.view.today else short_day(session.study_day)
        said = f"Saved {told(session)}; {day} {format_duration(result.day_seconds)}"
        self.app.post_message(Done(said, result.warnings))
        self.dismiss(result)
