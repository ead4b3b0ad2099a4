"""Year: what it came to so far, in the app the same as on the page that is exported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.message import Message
from textual.reactive import var

from learnhabit.services.values import TodayView
from learnhabit.services.year_view import YearView, year_view
from learnhabit.tui import safe_text
from learnhabit.tui.screens.paged import PagedScreen, scroll_keys
from learnhabit.tui.screens.year_rows import body_rows, head_rows
from learnhabit.tui.widgets.heatmap import YearHeatmap
from learnhabit.tui.widgets.panel import Panel
from learnhabit.tui.working import read


class YearPart(Panel):
    """Rows of the year that was read."""

    view: var[YearView | None] = var(None)

    def watch_view(self) -> None:
        """Another reading."""
        self.renew()


class YearHead(YearPart):
    """Above the days."""

    def rows(self, width: int) -> Sequence[Content]:
        """The year, the sentence, four figures."""
        return head_rows(self.view, width) if self.view is not None else ()


class YearBody(YearPart):
    """Below the days."""

    def rows(self, width: int) -> Sequence[Content]:
        """Months, topics, hours, and all the rest."""
        return body_rows(self.view, width) if self.view is not None else ()


class YearScreen(PagedScreen):
    """The summary, live."""

    MODE = "year"
    AUTO_FOCUS = ""
    HELP = (
        "The year on one page, the running one so far. [ and ] or the arrows go to other years; E exports it as a "
        "page, text, tables, a card or a PDF, with as much as you want others to see. a answers what worked and what "
        "did not. "
        "From 15 December o decides what goes on in the next year. A click on a day shows it in the log."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("E", "export", "Export", id="year.export", tooltip="Write the year to a file"),
        Binding("left_square_bracket,left", "turn(-1)", "Before", id="year.before", key_display="[",
                tooltip="The year before"),
        Binding("right_square_bracket,right", "turn(1)", "After", id="year.after", key_display="]",
                tooltip="The year after"),
        Binding("a", "answer", "Answer", id="year.answer", tooltip="What worked, what did not, what changed"),
        Binding("o", "onward", "Onward", id="year.onward", tooltip="What goes on in the next year"),
        Binding("w", "why", "Why", id="year.why", tooltip="Why these numbers are what they are"),
        *scroll_keys("year"),
    ]  # fmt: skip

    head = query_one(YearHead)
    heatmap = query_one(YearHeatmap)
    body = query_one(YearBody)

    class Read(Message):
        """A year was read."""

        def __init__(self, view: YearView) -> None:
            super().__init__()
            self.view = view

    def __init__(self) -> None:
        super().__init__()
        self.view: YearView | None = None
        self._year: int | None = None
        """The year that was turned to; None for the one that is shown by itself."""
        self._deciding = False
        """What goes on is to be decided as soon as the year is read."""

    def compose_body(self) -> ComposeResult:
        """One column that scrolls."""
        with VerticalScroll(id="page", can_focus=False):
            yield YearHead()
            yield YearHeatmap()
            yield YearBody()

    def reload(self) -> None:
        """Read the year anew."""
        self._stale = False
        year = self._year
        read(self, "year", lambda workspace: year_view(workspace, year), self.Read)

    def renew_log(self) -> None:
        """Something was written, here or elsewhere."""
        self.reload()

    def show_view(self, view: TodayView) -> None:
        """Another day is another `so far`."""
        super().show_view(view)
        if self.view is not None and self.view.shared.period.so_far and self.view.shared.period.last < view.today:
            self.heed()

    @on(Read)
    def _show(self, message: Read) -> None:
        self.view = message.view
        self.head.view = message.view
        self.heatmap.grid = message.view.grid
        self.heatmap.display = not message.view.shared.period.future
        self.body.view = message.view
        if self._deciding:
            self._deciding = False
            self.action_onward()

    def action_turn(self, by: int) -> None:
        """Show another year."""
        view = self.view
        if view is None:
            return
        year = view.earlier if by < 0 else view.later
        if year is None:
            safe_text.toast(
                self.app,
                f"Nothing was logged before {view.year}" if by < 0 else f"{view.year} is the last year there is",
            )
            return
        self._year = year
        self.page.scroll_home(animate=False)
        self.reload()

    def action_why(self) -> None:
        """How the figures come about."""
        if self.view is not None:
            from learnhabit.tui.screens.year_why import WhyYearDialog

            self.app.push_screen(WhyYearDialog(self.view))

    def action_export(self) -> None:
        """Write the year to a file."""
        if self.view is not None:
            from learnhabit.tui.screens.year_export import ExportDialog

            self.app.push_screen(ExportDialog(self.view))

    def decide(self) -> None:
        """Decide what goes on, once the running year is read."""
        self._deciding, self._year = True, None
        self.reload()

    def action_answer(self) -> None:
        """Answer the questions of the look back."""
        if self.view is not None:
            from learnhabit.tui.screens.year_back import AnswersDialog

            self.app.push_screen(AnswersDialog(self.view))

    def action_onward(self) -> None:
        """Decide what goes on."""
        view = self.view
        if view is None:
            return
        if not view.choices:
            safe_text.toast(self.app, _nothing_to_decide(view))
            return
        from learnhabit.tui.screens.year_back import OnwardDialog

        self.app.push_screen(OnwardDialog(view))


def _nothing_to_decide(view: YearView) -> str:
    if view.summary.onward:
        return f"It is decided what goes on in {view.year + 1}; 3 Resolutions shows it"
    if view.shared.period.so_far:
        return f"From 15 December this decides which resolutions go on in {view.year + 1}"
    return f"No resolution of {view.year} is left to go on"
