"""A timer whose time looks wrong: keep it, trim it, or drop it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from learnhabit.domain.day_text import clock_time, short_day
from learnhabit.domain.duration import format_duration, parse_duration
from learnhabit.errors import LearnhabitError
from learnhabit.services.values import Outcome
from learnhabit.tui import safe_text
from learnhabit.tui.draw import KEY, MUTE, SOFT, STRONG, row
from learnhabit.tui.messages import Done
from learnhabit.tui.screens.dialog import FormDialog
from learnhabit.tui.telling import told
from learnhabit.tui.timing import KEPT
from learnhabit.tui.widgets.fields import Field, Line
from learnhabit.tui.widgets.press import Press

if TYPE_CHECKING:
    from learnhabit.services.values import TimerView

DAY = 24 * 3600


class DoubtDialog(FormDialog[bool]):
    """Never silently long: a person says what such a timer is worth. True when it was decided."""

    HEADING = "The timer is as it was"
    AUTO_FOCUS = ""
    HELP = (
        "The timer shows more than was probably studied. Keep all of it, trim it to what the app saw or to a "
        "duration you type, or discard it. esc decides later; u takes the decision back."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("k", "keep", "Keep all", id="doubt.keep", tooltip="Save all of it"),
        Binding("t", "trim", "Trim", id="doubt.trim", tooltip="Save what the app saw of it"),
        Binding("d", "duration", "Duration", id="doubt.duration", tooltip="Save a duration that you type"),
        Binding("X", "discard", "Discard", id="doubt.discard", tooltip="Save nothing"),
    ]

    def __init__(self, timer: TimerView) -> None:
        super().__init__()
        self._timer = timer
        self._draft = self.app.draft_of(timer)

    def headline(self) -> Content:
        """What it is about."""
        return row(("This timer looks wrong", "bold $amber"))

    def corner(self) -> Content:
        """Which one."""
        return safe_text.elided(self._timer.topic_title, self.room - 26, MUTE)

    def compose_body(self) -> ComposeResult:
        """Why it looks wrong, and the ways out."""
        timer = self._timer
        began = f"{short_day(timer.started_wall.date())} {clock_time(timer.started_wall)}"
        why = f"{timer.suspicion[:1].upper()}{timer.suspicion[1:]}."
        lines = safe_text.wrapped(why, self.room, "$ink", limit=3)
        yield Static(Content("\n").join([*lines, row((f"It began on {began}.", MUTE))]), classes="gap")
        ways = Static(Content("\n").join(self._ways()), classes="gap")
        ways.auto_links = False
        yield ways
        yield Field("Duration", Line("", "such as 45m or 1h30", id="duration"))
        if self._draft.written:
            yield Static(row((KEPT, MUTE)), classes="above")
        yield from self.compose_verdict()

    def _ways(self) -> list[Content]:
        timer = self._timer
        ways = []
        if timer.seconds <= DAY:
            ways.append(self._way("k", "Keep all", format_duration(timer.seconds)))
        if timer.heartbeat_seconds is not None:
            ways.append(
                self._way("t", "Trim", f"{format_duration(timer.heartbeat_seconds)}, up to when the app last saw it")
            )
        ways.append(self._way("d", "Trim to …", "the duration typed below; enter saves it"))
        ways.append(self._way("X", "Discard", "nothing is saved; u brings the timer back"))
        return ways

    def _way(self, name: str, label: str, detail: str) -> Content:
        action = {"k": "keep", "t": "trim", "d": "duration", "X": "discard"}[name]
        return row((name, KEY), "  ", (label.ljust(11), STRONG), (detail, SOFT)).stylize(f"@click=screen.{action}")

    def buttons(self) -> list[Press]:
        """Nothing has to be decided now."""
        return [Press("Decide later", "esc", "close")]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keep only a day at most, trim only to a heartbeat that there was."""
        if action == "keep":
            return self._timer.seconds <= DAY
        if action == "trim":
            return self._timer.heartbeat_seconds is not None
        return True

    def action_keep(self) -> None:
        """Save all of it."""
        self._decide("keep")

    def action_trim(self) -> None:
        """Save what the app saw of it."""
        self._decide("trim")

    def action_duration(self) -> None:
        """Go to the field of the duration."""
        self.query_one("#duration", Line).focus()

    def action_discard(self) -> None:
        """Save nothing."""
        self._decide("discard")

    def _decide(self, decision: str) -> None:
        draft = self._draft
        self.save(lambda workspace: draft.decide(workspace, decision))

    @on(Input.Changed, "#duration")
    def _changed(self) -> None:
        field, text = self.query_one(Field), self.query_one("#duration", Line).value.strip()
        if not text:
            field.hint(None)
            return
        try:
            field.hint(row((f"saves {format_duration(parse_duration(text))}", MUTE)))
        except LearnhabitError as error:
            field.hint(safe_text.elided(f"{error.title}: {error.hint}", self.room - 14, "$amber"))

    @on(Input.Submitted, "#duration")
    def action_save(self) -> None:
        """Save the typed duration."""
        text, draft = self.query_one("#duration", Line).value, self._draft
        self.save(lambda workspace: draft.decide(workspace, "trim", parse_duration(text)))

    def saved(self, result: Outcome | None) -> None:
        """Say what came of it."""
        if result is None:
            self.app.post_message(Done("Discarded the timer; u brings it back"))
        else:
            self.app.post_message(Done(f"Saved {told(result.session)}", result.warnings))
        self.dismiss(True)
