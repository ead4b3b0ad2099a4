"""A main screen that is one long page, which keys scroll as they do a list."""

from __future__ import annotations

from textual.binding import Binding
from textual.containers import VerticalScroll

from learnhabit.tui.screens.main import MainScreen


def scroll_keys(mode: str) -> list[Binding]:
    """The keys that scroll, with ids of the screen's own."""
    return [
        Binding("down,j", "scroll(1)", "Down", id=f"{mode}.down", show=False, tooltip="Scroll down"),
        Binding("up,k", "scroll(-1)", "Up", id=f"{mode}.up", show=False, tooltip="Scroll up"),
        Binding("pagedown,space", "page(1)", "Page down", id=f"{mode}.pagedown", show=False, tooltip="A page down"),
        Binding("pageup", "page(-1)", "Page up", id=f"{mode}.pageup", show=False, tooltip="A page up"),
        Binding("home", "edge(-1)", "Top", id=f"{mode}.top", show=False, tooltip="To the top"),
        Binding("end", "edge(1)", "End", id=f"{mode}.end", show=False, tooltip="To the end"),
    ]


class PagedScreen(MainScreen):
    """Its body is a `VerticalScroll` with the id `page`."""

    @property
    def page(self) -> VerticalScroll:
        """What scrolls."""
        return self.query_one("#page", VerticalScroll)

    def action_scroll(self, by: int) -> None:
        """Scroll by rows."""
        self.page.scroll_relative(y=2 * by, animate=False)

    def action_page(self, by: int) -> None:
        """Scroll by a page."""
        self.page.scroll_relative(y=by * max(self.page.size.height - 2, 1), animate=False)

    def action_edge(self, by: int) -> None:
        """Go to the top or to the end."""
        if by < 0:
            self.page.scroll_home(animate=False)
        else:
            self.page.scroll_end(animate=False)
