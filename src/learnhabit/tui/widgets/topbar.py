"""The header: the program's name, the tabs, and where the habit stands."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.reactive import var

from learnhabit.domain.day_text import long_day, short_day
from learnhabit.services.values import TodayView
from learnhabit.tui.draw import FAINT, INK, MUTE, SOFT, STRONG, row
from learnhabit.tui.keynames import named
from learnhabit.tui.tabs import TABS
from learnhabit.tui.widgets.panel import Panel

WIDE = 110


class TopBar(Panel):
    """Two rows: tabs and figures, and a rule that is heavy under the open tab."""

    DEFAULT_CSS = "TopBar { height: 2; }"

    view: var[TodayView | None] = var(None)
    dimmed: var[bool] = var(False)
    """The number keys mean something else now."""
    _spots: list[tuple[int, int, str]]
    """Where the tabs lie: first and last cell, and the mode."""

    def __init__(self, mode: str) -> None:
        super().__init__()
        self._mode = mode

    def watch_view(self) -> None:
        """Other figures."""
        self.renew()

    def watch_dimmed(self) -> None:
        """Other colours."""
        self.renew()

    def rows(self, width: int) -> list[Content]:
        """Tabs left, date and figures right."""
        wide = width >= WIDE
        margin = 3 if wide else 2
        left = " " * margin
        parts: list[str | tuple[str, str]] = [left]
        if wide:
            parts += [("learnhabit", "bold $t3"), "   "]
        at = sum(len(part if isinstance(part, str) else part[0]) for part in parts)
        labels = [
            (tab.mode, named(f"tab.{tab.mode}", str(place)), " ", tab.title, self._due(tab.mode))
            for place, tab in enumerate(TABS, start=1)
        ]
        # Where not all of it fits, a tab that is not open is its number: a word cut in two could not be clicked.
        short = at + sum(len("".join(label)) + 2 for _, *label in labels) - 2 > width
        heavy = (0, 0)
        self._spots = []
        for mode, number, blank, title, due in labels:
            opened = mode == self._mode
            if short and not opened:
                blank = title = due = ""
            parts += [
                (number, FAINT if self.dimmed else "bold $t3" if opened else MUTE),
                blank,
                (title, STRONG if opened else FAINT if self.dimmed else MUTE),
                (due, "bold $t3" if opened else STRONG),
                "  ",
            ]
            end = at + len(number + blank + title + due)
            self._spots.append((at - 1, end + 1, mode))
            if opened:
                heavy = (at - 1, end + 1)
            at = end + 2
        figures = self._figures(wide)
        gap = width - at - figures.cell_length - margin
        if gap < 0:
            figures, gap = Content(""), 0
        start, end = heavy
        rule = row(
            ("─" * max(start - 1, 0), "$rule"),
            " ",
            ("━" * (end - start), "$t3"),
            " ",
            ("─" * max(width - end - 1, 0), "$rule"),
        )
        return [row(*parts, " " * gap, figures), rule]

    def _due(self, mode: str) -> str:
        """How many cards there are to recall, behind the tab's name."""
        return f" {self.view.recall_due}" if mode == "recall" and self.view and self.view.recall_due else ""

    def _figures(self, wide: bool) -> Content:
        view = self.view
        if view is None:
            return Content("")
        if not wide:
            return row((short_day(view.today), SOFT))
        day = (long_day(view.today), SOFT)
        if view.empty:
            return row(day, (" · first day", MUTE))
        week = view.this_week
        return row(
            day,
            (" · ", MUTE),
            (str(week.counted_days), STRONG),
            (f" of {week.target_days} days", SOFT),
            (" · run ", MUTE),
            (str(view.run_days), STRONG if view.run_days else INK),
        )

    async def on_click(self, event: events.Click) -> None:
        """A click on a tab opens it."""
        for start, end, mode in self._spots:
            if start <= event.x < end:
                await self.run_action(f"app.show_tab('{mode}')")
