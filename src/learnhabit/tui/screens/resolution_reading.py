"""One resolution with everything, where there is no room for all of it beside the list."""

from __future__ import annotations

from textual.content import Content

from learnhabit.domain.resolution_words import STATE_ICONS
from learnhabit.services.resolution_values import ResolutionDetail
from learnhabit.tui.draw import MUTE, STRONG, row
from learnhabit.tui.screens.reading import ReadingDialog
from learnhabit.tui.screens.today_resolutions import STATE_STYLES
from learnhabit.tui.widgets.resolutionpane import whole


class ResolutionDialog(ReadingDialog):
    """A resolution as a whole; it scrolls."""

    HELP = "One resolution with its figures and its drawing. The arrows scroll, esc goes back to the list."

    def __init__(self, detail: ResolutionDetail) -> None:
        super().__init__()
        self._detail = detail

    def headline(self) -> Content:
        """What it is about."""
        return row(("Resolution", STRONG))

    def corner(self) -> Content:
        """How it stands."""
        state = self._detail.view.standing.state
        return row((f"{STATE_ICONS[state]} {state}", STATE_STYLES.get(state, MUTE)))

    def rows(self, width: int) -> list[Content]:
        """All of it."""
        return whole(self._detail.view, self._detail, width)
