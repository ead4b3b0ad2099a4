"""What the main screens have in common: header, timer, footer, and fresh data."""

from __future__ import annotations

from typing import ClassVar

from textual import getters
from textual.app import ComposeResult

from learnhabit.services.values import TodayView
from learnhabit.tui.app import LearnhabitApp
from learnhabit.tui.screens.sparing import SparingScreen
from learnhabit.tui.widgets.footbar import FootBar
from learnhabit.tui.widgets.timerbar import TimerBar
from learnhabit.tui.widgets.topbar import TopBar


class MainScreen(SparingScreen[None]):
    """A screen behind a tab; a subclass composes its body and shows what was read."""

    MODE: ClassVar[str] = ""

    app = getters.app(LearnhabitApp)

    top_bar = getters.query_one(TopBar)
    timer_bar = getters.query_one(TimerBar)

    def __init__(self) -> None:
        super().__init__()
        self._stale = True
        """Something was written since this screen read, or it has not read yet."""
        self._mounted = False

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
        self.app.log_changed.subscribe(self, lambda _: self.heed())
        self.app.ticked.subscribe(self, lambda _: self.show_timer())
        if self.app.view is not None:
            # Once the widgets run: a layout that is asked for before is lost.
            self.call_after_refresh(self._renew, self.app.view)
        self._mounted = True
        self._catch_up()

    def on_screen_resume(self) -> None:
        """Read what was written while another screen was looked at."""
        self._catch_up()

    def heed(self) -> None:
        """What this screen shows is no more what there is: it reads now, or when somebody looks at it."""
        self._stale = True
        self._catch_up()

    def _catch_up(self) -> None:
        # Textual resumes a screen that is only made ready, too.
        if self._stale and self._mounted and self.app.current_mode == self.MODE:
            self._stale = False
            self.renew_log()

    def _renew(self, view: TodayView) -> None:
        self.top_bar.view = view
        self.query_one(FootBar).renew()
        self.show_view(view)

    def show_view(self, view: TodayView) -> None:
        """Show what was read of today."""
        self.show_timer()

    def renew_log(self) -> None:
        """Read the screen's own data."""

    def show_timer(self) -> None:
        """Show the timer as of now."""
        self.timer_bar.timer = self.app.timer
        self.timer_bar.seconds = self.app.elapsed()
