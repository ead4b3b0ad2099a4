"""The first run: topics, one resolution, a cue and a reminder. Each step can be left out, and all be changed later."""

from __future__ import annotations

from typing import ClassVar

from textual import events, getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input

from learnhabit.services import first_steps
from learnhabit.tui import safe_text
from learnhabit.tui.app import LearnhabitApp
from learnhabit.tui.draw import FAINT, MUTE, STRONG, row, spread
from learnhabit.tui.keynames import named
from learnhabit.tui.messages import Done
from learnhabit.tui.screens.first_run_moment import MomentStep
from learnhabit.tui.screens.first_run_resolution import ResolutionStep
from learnhabit.tui.screens.first_run_step import Rows, Step
from learnhabit.tui.screens.first_run_topics import TopicStep
from learnhabit.tui.screens.sparing import SparingScreen
from learnhabit.tui.widgets.footbar import FootBar
from learnhabit.tui.widgets.panel import Panel
from learnhabit.tui.widgets.press import Press
from learnhabit.tui.working import do, open_for

STEPS = (TopicStep, ResolutionStep, MomentStep)
PROMISE = "first run · under a minute · all of it can be changed later"
OPEN, DONE, LEFT_OUT = "○", "●", "–"


class Head(Panel):
    """The header: the name, and what this is."""

    DEFAULT_CSS = "Head { height: 2; }"

    def rows(self, width: int) -> list[Content]:
        """Name and promise, and a rule."""
        margin = 3 if width >= 110 else 2
        line = spread(row(("learnhabit", "bold $t3")), safe_text.elided(PROMISE, width - 16, MUTE), width - 2 * margin)
        return [row(" " * margin, line), row(("─" * width, "$rule"))]


class Stepper(Panel):
    """The three steps; a click goes back to one."""

    DEFAULT_CSS = "Stepper { height: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self.at = 0
        self.marks = [OPEN] * len(STEPS)
        self._spots: list[tuple[int, int]] = []

    def rows(self, width: int) -> list[Content]:
        """Marks and names."""
        parts: list[Content | str | tuple[str, str]] = []
        self._spots, at = [], 0
        for number, step in enumerate(STEPS):
            here = number == self.at
            mark = "◆" if here else self.marks[number]
            colour = "$keys" if here else "$t3" if mark == DONE else FAINT
            parts += [(mark, colour), " ", (step.NAME, STRONG if here else MUTE)]
            self._spots.append((at, at + 2 + len(step.NAME)))
            at += 2 + len(step.NAME)
            if number < len(STEPS) - 1:
                parts += [("  ────  ", "$rule")]
                at += 8
        return [row(*parts)]

    async def on_click(self, event: events.Click) -> None:
        """Go back to one that was there already."""
        for number, (start, end) in enumerate(self._spots):
            if start <= event.x < end and number < self.at:
                await self.screen.run_action(f"go_to({number})")


class FirstRun(SparingScreen[None], ModalScreen[None]):
    """Three steps over Today; dismissed when it is over."""

    AUTO_FOCUS = ""
    HELP = TopicStep.ABOUT
    DEFAULT_CSS = """
    FirstRun { background: $background; color: $soft; align: center top; layout: vertical; }
    FirstRun #column { width: 100%; max-width: 80; height: 1fr; max-height: 34; margin: 0 2; }
    FirstRun #middle { width: 100%; height: 1fr; align: center top; }
    FirstRun Stepper { margin: 1 0; }
    FirstRun .step { height: 1fr; width: 1fr; }
    FirstRun .asks { height: 2; margin-bottom: 1; }
    FirstRun .gap { margin-bottom: 1; }
    FirstRun #topic { height: auto; }
    FirstRun #ideas { height: 5; margin: 1 0; }
    FirstRun #reading { height: 4; }
    FirstRun .title { height: 1; }
    FirstRun #buttons { height: 1; width: 1fr; margin: 1 0 0 0; }
    FirstRun #note { width: 1fr; }
    FirstRun .panel { height: 4; background: $surf; border-left: outer $t3; padding: 0 1; margin: 1 0; }
    FirstRun .panel.-amber { border-left: outer $amber; }
    FirstRun .panel Rows { height: 1fr; }
    FirstRun .panel #answers { height: 1; display: none; }
    FirstRun .panel.-asks #answers { display: block; }
    FirstRun .panel Press:focus { background: $sel; color: $ink; }
    FirstRun #asked { width: 16; }
    FirstRun Field > Rows { margin-left: 12; }
    FirstRun Choice { border-left: blank $background; }
    FirstRun Choice:focus { border-left: outer $t3; }
    FirstRun TickList { height: 1; border-left: blank $background; }
    FirstRun TickList:focus { border-left: outer $t3; }
    FirstRun.-tall #column { margin: 1 2; }
    FirstRun.-tall Stepper { margin: 1 0 2 0; }
    FirstRun.-tall .step Field { margin-bottom: 1; }
    FirstRun.-tall .panel { height: 6; padding: 1 2; }
    FirstRun.-tall #reading { height: 8; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", "Next", id="firstrun.next", show=False, tooltip="Keep what was chosen, and go on"),
        Binding("ctrl+t", "test", "Test now", id="firstrun.test", tooltip="Send a notification now"),
        Binding("escape", "skip", "Skip this step", id="firstrun.skip", tooltip="Leave this step out"),
        Binding("ctrl+o,alt+left", "back", "Back", id="firstrun.back", tooltip="To the step before"),
        Binding("f1", "app.help", "Help", id="firstrun.help", tooltip="Keys of this step, and what it is for"),
        Binding("ctrl+q", "app.quit", "Quit", id="firstrun.quit", tooltip="Leave learnhabit"),
    ]

    app = getters.app(LearnhabitApp)

    class Noted(Message):
        """That it is over is written down."""

    def __init__(self) -> None:
        super().__init__()
        self._at = 0
        self._ending = False
        self._steps: list[Step] = []
        """Those that were shown."""

    def compose(self) -> ComposeResult:
        """Header, steps, buttons, footer."""
        yield Head()
        with Vertical(id="middle"), Vertical(id="column"):
            yield Stepper()
            with Horizontal(id="buttons"):
                yield Rows(id="note")
                yield Press("Back", "^o", "back")
                yield Press("Skip", "esc", "skip")
                yield Press("Next", "enter", "next", main=True)
        yield FootBar()

    async def on_mount(self) -> None:
        """The first step."""
        self.app.clear_notifications()
        await self._show(0)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing before the first step, and something to test in the last one only."""
        if action == "test":
            return isinstance(self.step, MomentStep)
        return action != "back" or self._at > 0

    @property
    def step(self) -> Step | None:
        """The one that is shown."""
        return self._steps[self._at] if self._at < len(self._steps) else None

    async def _show(self, number: int) -> None:
        if number == len(self._steps):
            step = STEPS[number]()
            self._steps.append(step)
            await self.query_one("#column").mount(step, before="#buttons")
        for at, each in enumerate(self._steps):
            each.display = at == number
        self._at = number
        self.HELP = self._steps[number].ABOUT  # type: ignore[misc]  # Help is that of the step.
        stepper = self.query_one(Stepper)
        stepper.at = number
        stepper.renew()
        self._renew()
        self.refresh_bindings()
        self._steps[number].begin()

    def on_step_changed(self) -> None:
        """Other words beside the buttons, or on them."""
        self._renew()

    def _renew(self) -> None:
        step = self.step
        if step is None:
            return
        back, _, forth = self.query("#buttons Press").results(Press)
        back.display = self._at > 0
        forth.name_it(step.next_label)
        self.query_one("#note", Rows).say(step.note)

    @property
    def topics(self) -> tuple[str, ...]:
        """Ids of the picked topics, in the order in which they were picked."""
        first = self._steps[0]
        return tuple(first.picks.ticked) if isinstance(first, TopicStep) else ()

    # What is pressed

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter in a field goes on, too."""
        message.stop()
        self.action_next()

    def action_next(self) -> None:
        """Keep what was chosen, and go on."""
        if self.step is not None and not self.step.busy:
            self.step.proceed()

    async def action_skip(self) -> None:
        """Leave the step out; what was written in it stays."""
        step = self.step
        if step is None or step.busy or (isinstance(step, TopicStep) and step.escape()):
            return
        step.leave_out()
        marks = self.query_one(Stepper).marks
        if marks[self._at] == OPEN:
            marks[self._at] = LEFT_OUT
        await self._go_on()

    async def action_back(self) -> None:
        """To the step before."""
        if self._at > 0:
            await self.action_go_to(self._at - 1)

    async def action_go_to(self, number: int) -> None:
        """To a step that was there before."""
        if self.step is not None and not self.step.busy:
            await self._show(number)

    def action_test(self) -> None:
        """Send a notification now."""
        if isinstance(self.step, MomentStep):
            self.step.send_test()

    def action_saw(self) -> None:
        """The test notification was seen."""
        if isinstance(self.step, MomentStep):
            self.step.saw()

    def action_check(self) -> None:
        """It was not: show what to check."""
        if isinstance(self.step, MomentStep):
            self.step.check()

    async def on_step_over(self, message: Step.Over) -> None:
        """Go on behind it."""
        if message.step is self.step:
            self.query_one(Stepper).marks[self._at] = DONE if message.chosen else LEFT_OUT
            await self._go_on()

    async def _go_on(self) -> None:
        if self._at + 1 < len(STEPS):
            await self._show(self._at + 1)
        else:
            self._end()

    def _end(self) -> None:
        """It does not come by itself again; only then it is left. A file that can't be written asks once more."""
        if self._ending:
            return
        self._ending = True
        app = self.app

        def deed() -> None:
            with open_for(app) as workspace:
                first_steps.end(workspace)

        do(self, deed, lambda _: self.Noted(), lambda _: self.Noted())

    def on_first_run_noted(self) -> None:
        """Today."""
        self._ending = False
        if DONE in self.query_one(Stepper).marks:
            start, undo = named("timer.start", "s"), named("app.undo", "u")
            self.app.post_message(Done(f"All set: {start} starts the first ten minutes. {undo} takes back a step."))
        self.dismiss(None)

    def on_click(self, event: events.Click) -> None:
        """A click beside everything changes nothing."""
        event.stop()
