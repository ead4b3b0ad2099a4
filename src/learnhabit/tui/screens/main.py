"""What the main screens have in common: header, timer, footer, and fresh data."""

from __future__ import annotations

from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.screen import Screen

from learnhabit.services.values import TodayView
from learnhabit.tui.app import LearnhabitApp
from learnhabit.tui.screens.sparing import size_classes, spare_css
from learnhabit.tui.widgets.footbar import FootBar
from learnhabit.tui.widgets.timerbar import TimerBar
from learnhabit.tui.widgets.topbar import TopBar


class MainScreen(Screen[None]):
    """A screen behind a tab; a subclass composes its body and shows what was read."""

    MODE: ClassVar[str] = ""

    app = getters.app(LearnhabitApp)

    top_bar = getters.query_one(TopBar)
    timer_bar = getters.query_one(TimerBar)

    def __init__(self) -> None:
        super().__init__(classes=size_classes(self.app))
        spare_css(self)

    def compose(self) -> ComposeResult:
        """Header, body, timer, footer."""
        bar = TopBar(self.MODE)
        bar.set_reactive(TopBar.view, self.app.view)
        yield bar
        yield from self.compose_body()
        yield TimerBar()
        yield FootBar()

    def compose_body(self) -> ComposeResult:
        """Between header and footer."""
        yield from ()

    def on_mount(self) -> None:
        """Follow what the app reads."""
        self.app.today_changed.subscribe(self, self._renew)
        self.app.log_changed.subscribe(self, lambda _: self.renew_log())
        self.app.ticked.subscribe(self, lambda _: self.show_timer())
        if self.app.view is not None:
            # Once the widgets run: a layout that is asked for before is lost.
            self.call_after_refresh(self._renew, self.app.view)

    def _renew(self, view: TodayView) -> None:
        self.top_bar.view = view
        self.query_one(FootBar).renew()
        self.show_view(view)

    def show_view(self, view: TodayView) -> None:
        """Show what was read of today."""
        self.show_timer()

    def renew_log(self) -> None:
        """The log was written."""

    def show_timer(self) -> None:
        """Show the timer as of now."""
        self.timer_bar.timer = self.app.timer
        self.timer_bar.seconds = self.app.elapsed()
