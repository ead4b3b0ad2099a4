"""Today: the goal, the week, the next step, what was studied, and the year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.reactive import var

from learnhabit.services.suggesting import MOST, dismiss_topic
from learnhabit.services.values import NextStep, TodayView
from learnhabit.tui.draw import EMPTY
from learnhabit.tui.faults import Fault
from learnhabit.tui.messages import ChangeFailed, Done, ShowResolution
from learnhabit.tui.screens.paged import PagedScreen, scroll_keys
from learnhabit.tui.screens.today_resolutions import MOST_NARROW
from learnhabit.tui.screens.today_rows import LEAST_WIDE, Today, narrow_rows, wide_rows
from learnhabit.tui.widgets.heatmap import YearHeatmap
from learnhabit.tui.widgets.panel import Panel
from learnhabit.tui.working import write

WIDE = 110


class TodayBody(Panel):
    """Everything above the year."""

    view: var[TodayView | None] = var(None)
    step: var[int] = var(0)
    running: var[int] = var(0)
    """Seconds that the timer adds to today, in steps of a minute."""
    review: var[bool] = var(False)
    """The weekly review is offered."""

    def watch_view(self) -> None:
        """Another reading."""
        self.renew()

    def watch_step(self) -> None:
        """Another step."""
        self.renew()

    def watch_running(self) -> None:
        """A minute further."""
        self.renew()

    def watch_review(self) -> None:
        """Offered, or written."""
        self.renew()

    def rows(self, width: int) -> Sequence[Content]:
        """Wide where it fits, else narrow: on a low terminal more of it is seen so."""
        view = self.view
        if view is None:
            return ()
        wide = width >= WIDE - 6
        bars = 4 if view.timer is not None else 3
        # What the year does not take, without the blank row above the first one.
        height = self.app.size.height - bars - (10 if wide else 8)
        today = Today(view=view, step=self.step, running=self.running, height=height, review=self.review)
        if wide and height >= LEAST_WIDE:
            return wide_rows(today, width)
        if wide:
            rows = narrow_rows(today, width)
            return [*rows, EMPTY] if len(rows) < height else rows
        if view.timer is not None or view.empty or len(view.resolutions) > MOST_NARROW:
            # The timer's bar takes the blank row above the year, or the row that says how many more there are.
            return narrow_rows(today, width)
        return [*narrow_rows(today._replace(height=height - 1), width), EMPTY]


class TodayScreen(PagedScreen):
    """One honest look at the day."""

    MODE = "today"
    HELP = (
        "Today shows how far the day and the week are, one next step with its reason, and the year at a glance. "
        "Ten minutes count: press s to start on the step, x to stop it and keep a takeaway, or l to log what is over. "
        "A click on a day of the year shows that day in the log, one on a resolution shows all of it."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "start_step", "Start", id="today.start", tooltip="Start the timer on the step that is shown"),
        Binding("n", "another", "Another", id="today.another", tooltip="Show another next step"),
        Binding("N", "put_off", "Not today", id="today.putoff", show=False, tooltip="Put this step off for today"),
        Binding("y", "share", "Share", id="today.share", show=False, tooltip="A takeaway or the week as plain text"),
        Binding("h", "source", "Source", id="today.source", show=False, tooltip="Where the advice comes from"),
        *scroll_keys("today"),
    ]

    body = query_one(TodayBody)
    year = query_one(YearHeatmap)

    def compose_body(self) -> ComposeResult:
        """Goal to sessions in one widget, the year in another."""
        body, year, view = TodayBody(), YearHeatmap(), self.app.view
        if view is not None:
            # It was read before the first paint.
            body.set_reactive(TodayBody.view, view)
            year.set_reactive(YearHeatmap.grid, view.grid)
        with VerticalScroll(id="page", can_focus=False):
            yield body
            yield year

    @property
    def next_step(self) -> NextStep | None:
        """The step that is shown."""
        view = self.body.view
        return view.steps[self.body.step % min(len(view.steps), MOST)] if view is not None and view.steps else None

    def show_view(self, view: TodayView) -> None:
        """Show what was read; the step that was chosen stays while it is there."""
        shown = self.next_step
        if shown is not None and self.body.step:
            self.body.set_reactive(
                TodayBody.step, next((i for i, s in enumerate(view.steps[:MOST]) if s.topic == shown.topic), 0)
            )
        self.show_timer()
        self.body.view = view
        self.body.review = view.review_due and self.app.review_offered
        self.year.grid = view.grid

    def show_timer(self) -> None:
        """Let the goal bar grow with the timer, a minute at a time."""
        super().show_timer()
        timer, view = self.app.timer, self.app.view
        counts = timer is not None and view is not None and timer.study_day == view.today
        self.body.running = max(self.app.elapsed() // 60 * 60, 0) if counts else 0

    def action_another(self) -> None:
        """Show the next best step."""
        if self.body.view is not None and self.body.view.steps:
            self.body.step = (self.body.step + 1) % min(len(self.body.view.steps), MOST)

    def action_put_off(self) -> None:
        """Do not show this step again today; the next best one takes its place."""
        step = self.next_step
        if step is None:
            return
        topic, title = step.topic, step.title

        def failed(fault: Fault) -> ChangeFailed:
            return ChangeFailed(fault, again=self.action_put_off)

        write(
            self,
            lambda workspace: dismiss_topic(workspace, topic),
            lambda _: Done(f"{title} is put off for today; u brings it back"),
            failed,
        )

    def action_share(self) -> None:
        """Take a takeaway or the week along as plain text."""
        from learnhabit.tui.screens.share import share

        share(self)

    def action_start_step(self) -> None:
        """Start the timer on the step that is shown, or switch to it."""
        step = self.next_step
        if step is None:
            self.app.action_start()
        elif self.app.timer is None:
            self.app.start_topic(step.topic, step.resource if step.resource_open else None)
        elif self.app.timer.topic != step.topic:
            self.app.switch_to(step.topic, step.title, step.resource if step.resource_open else None)
        else:
            self.app.action_start()

    def action_show_resolution(self, index: int) -> None:
        """Show all of a resolution in the list."""
        view = self.body.view
        if view is not None and index < len(view.resolutions):
            self.app.post_message(ShowResolution(view.resolutions[index].resolution.id))

    def action_source(self) -> None:
        """Show where the advice comes from."""
        view = self.body.view
        if view is not None and view.advice is not None:
            from learnhabit.tui.screens.reading import SourceDialog

            self.app.push_screen(SourceDialog(view.advice))
