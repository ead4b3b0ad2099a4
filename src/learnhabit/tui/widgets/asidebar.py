"""The heading of the screens beside the numbered ones: their names, the open one underlined, and a word on it."""

from __future__ import annotations

from textual import events
from textual.content import Content

from learnhabit.tui import safe_text
from learnhabit.tui.draw import KEY, MUTE, STRONG, row
from learnhabit.tui.tabs import ASIDE
from learnhabit.tui.widgets.panel import Panel

GAP = 3


class AsideBar(Panel):
    """One row; a click on a name opens it."""

    DEFAULT_CSS = "AsideBar { height: 1; }"

    def __init__(self, mode: str, about: str) -> None:
        super().__init__(id="heading")
        self._mode = mode
        self._about = about
        self._spots: list[tuple[int, int, str]] = []

    def rows(self, width: int) -> list[Content]:
        """The names, and what the open one is for where there is room."""
        parts: list[Content | str | tuple[str, str]] = []
        self._spots, at = [], 0
        for tab in ASIDE:
            parts += [(tab.title, f"{STRONG} underline" if tab.mode == self._mode else MUTE), " " * GAP]
            self._spots.append((at, at + len(tab.title), tab.mode))
            at += len(tab.title) + GAP
        way = row(("←→", KEY), (" other", MUTE))
        about = safe_text.elided(self._about, width - at - way.cell_length - 2, MUTE)
        return [row(*parts, about, " " * max(width - at - about.cell_length - way.cell_length, 1), way)]

    async def on_click(self, event: events.Click) -> None:
        """Open what is under the pointer."""
        for start, end, mode in self._spots:
            if start <= event.x < end + 1:
                await self.run_action(f"app.show_tab('{mode}')")
                return
        if event.x >= self.size.width - 8:
            await self.run_action("app.aside")
