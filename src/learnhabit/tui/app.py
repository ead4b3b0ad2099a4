"""The app: modes, keys, themes, and the one reading of today that every screen shows."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.signal import Signal
from textual.timer import Timer

from learnhabit.services.values import TodayView
from learnhabit.tui import safe_text
from learnhabit.tui.dressing import Dressing
from learnhabit.tui.going import Going
from learnhabit.tui.leaving import Leaving, restore_terminal
from learnhabit.tui.messages import ChangeFailed, DataChanged, Done, Found, ReadFailed, TodayRead
from learnhabit.tui.offering import Offering
from learnhabit.tui.reminding import Reminding
from learnhabit.tui.tabs import ASIDE, TABS
from learnhabit.tui.timing import Timing
from learnhabit.tui.watch import Watcher
from learnhabit.tui.working import read, read_soon

if TYPE_CHECKING:
    from learnhabit.clock import Clock

FIRST_SECONDS = 0.05
"""As long the first screen waits for its content, which takes a tenth of that unless the file is locked or slow."""
SETTLE_SECONDS = 0.15
"""From the start until the other screens are made ready, so that they don't hold up the first paint."""


def _palette_providers() -> Any:
    from learnhabit.tui.commands import Find

    return Find


class LearnhabitApp(Timing, Going, Offering, Reminding, Dressing, Leaving, App[int]):
    """learnhabit on a terminal."""

    TITLE = "learnhabit"
    CSS_PATH = ["app.tcss", "screens/today.tcss"]
    ENABLE_COMMAND_PALETTE = True
    MODES = {tab.mode: tab.make for tab in (*TABS, *ASIDE)}
    DEFAULT_MODE = TABS[0].mode
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (80, "-narrow"), (110, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]
    COMMANDS = {_palette_providers}
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(n), f"show_tab('{tab.mode}')", tab.title, id=f"tab.{tab.mode}", show=False, tooltip=tab.about)
            for n, tab in enumerate(TABS, start=1)
        ),
        Binding("s", "start", "Start", id="timer.start", show=False, tooltip="Start the timer on a topic"),
        Binding("l", "log", "Log", id="session.log", tooltip="Log study that is over, in one line"),
        Binding("slash", "find", "Find", id="session.find", tooltip="Search the log", key_display="/"),
        Binding("comma", "aside", "Settings", id="app.aside", show=False, tooltip="Settings; once more, the reminders"),
        Binding("w", "why", "Why", id="app.why", tooltip="Why these numbers are what they are"),
        Binding("W", "review", "Review", id="app.review", show=False, tooltip="Look back on a week, adjust one thing"),
        Binding("p", "pause", "Pause", id="timer.pause", show=False, tooltip="Pause the timer, or let it go on"),
        Binding("x", "stop", "Stop", id="timer.stop", show=False, tooltip="Stop the timer and keep a takeaway"),
        Binding("X", "discard", "Discard", id="timer.discard", show=False, tooltip="Drop the timer, save nothing"),
        Binding("u", "undo", "Undo", id="app.undo", tooltip="Take back the latest change"),
        Binding("ctrl+r,U", "redo", "Redo", id="app.redo", show=False, tooltip="Do again what was undone"),
        Binding(
            "question_mark,f1",
            "help",
            "Help",
            id="app.help",
            tooltip="Keys and what this screen is for",
        ),
        Binding(
            "ctrl+p", "command_palette", "Palette", id="app.palette", tooltip="Every command by name", priority=True
        ),
        Binding("ctrl+q", "quit", "Quit", id="app.quit", tooltip="Leave learnhabit; a timer runs on", priority=True),
    ]

    def __init__(self, folder: str, clock: Clock) -> None:
        self.folder = folder
        self.clock = clock
        self.view: TodayView | None = None
        self._settling: Timer | None = None
        super().__init__()
        self.dress()
        self.today_changed: Signal[TodayView] = Signal(self, "today")
        self.log_changed: Signal[None] = Signal(self, "log")
        self.ticked: Signal[None] = Signal(self, "tick")
        self._watcher = Watcher(folder, clock, self.post_message)

    def on_load(self) -> None:
        """Before the terminal is taken over: whoever ends the program gets it back as it was."""
        self.heed_signals()
        self.view = read_soon(self, self.first_look, FIRST_SECONDS)

    def on_mount(self) -> None:
        """Show what was read, or read again; make ready what comes next when the first screen stands."""
        if self.view is not None:
            self.post_message(TodayRead(self.view))
        else:
            self.read_today()
        self.set_interval(1, self._tick)
        self._settling = self.set_timer(SETTLE_SECONDS, self._settle)

    def on_unmount(self) -> None:
        """Nothing is polled, and nothing made ready any more."""
        if self._settling is not None:
            self._settling.stop()
        self._watcher.stop()
        self.end_reminding()

    def read_today(self) -> None:
        """Read today anew; every screen hears of it."""
        read(self, "today", self.first_look, TodayRead)

    def _tick(self) -> None:
        if self.timer is not None:
            self.ticked.publish(None)

    @on(TodayRead)
    def _show_today(self, message: TodayRead) -> None:
        if self._exit:
            return
        self.view = message.view
        self._watcher.timing = self.timer is not None and not self.timer.paused
        self.today_changed.publish(message.view)
        self.ask_in_doubt()
        self.offer_again()

    def _settle(self) -> None:
        if not self._exit:
            self.settle()
            self._watcher.start()
            self.begin_reminding()
            self.offer_again()

    @on(DataChanged)
    def _renew(self) -> None:
        self.read_today()
        self.log_changed.publish(None)

    @on(Done)
    def _say(self, message: Done) -> None:
        said = ". ".join(part.removesuffix(".") for part in (message.summary, *message.warnings) if part)
        if said:
            safe_text.toast(self, said, severity="warning" if message.warnings else "information")

    @on(Found)
    def _go_on(self, message: Found) -> None:
        message.go_on()

    @on(ReadFailed)
    def _read_failed(self, message: ReadFailed) -> None:
        self.show_fault(message.fault, "The log could not be read", self._renew)

    @on(ChangeFailed)
    def _change_failed(self, message: ChangeFailed) -> None:
        if message.fault.refused:
            safe_text.toast(self, f"{message.fault.title}: {message.fault.hint}", severity="warning")
        else:
            self.show_fault(message.fault, "Nothing was changed", message.again)

    async def action_show_tab(self, mode: str) -> None:
        """Open a main screen."""
        await self.switch_mode(mode)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Every command, for the palette."""
        from learnhabit.tui.commands import commands_of

        yield from commands_of(self)


def run_app(folder: str, clock: Clock) -> int:
    """Run the app on a data folder until it is left; returns the exit code."""
    # Nearly all that is made until the first screen stands stays: collecting it is waste.
    gc.disable()
    app = LearnhabitApp(folder, clock)
    app.run()
    if app.return_code:
        restore_terminal()
    return app.return_code or 0
