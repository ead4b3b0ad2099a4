"""Why the figures of a resolution are what they are, and what each is made of."""

from __future__ import annotations

from textual.content import Content

from learnhabit.domain.resolution_words import STATE_ICONS
from learnhabit.services.resolution_values import ResolutionDetail
from learnhabit.tui import safe_text
from learnhabit.tui.draw import EMPTY, HEAD, MUTE, SOFT, STRONG, row
from learnhabit.tui.screens.reading import ReadingDialog
from learnhabit.tui.screens.today_resolutions import STATE_STYLES

LABEL = 14


class WhyResolutionDialog(ReadingDialog):
    """Every figure with how it comes about, and the sessions, days and weeks that make it up."""

    HELP = "How each figure of the resolution comes about, from your own log. The arrows scroll."

    def __init__(self, detail: ResolutionDetail) -> None:
        super().__init__()
        self._detail = detail

    def headline(self) -> Content:
        """Of which one."""
        room = max(self.room - 22, 10)
        return row(("Why  ", MUTE), safe_text.elided(self._detail.view.resolution.statement, room, STRONG))

    def corner(self) -> Content:
        """How it stands."""
        state = self._detail.view.standing.state
        return row((f"{STATE_ICONS[state]} {state}", STATE_STYLES.get(state, MUTE)))

    def rows(self, width: int) -> list[Content]:
        """A paragraph each."""
        rows: list[Content] = []
        for reason in self._detail.reasons:
            if rows:
                rows.append(EMPTY)
            value = safe_text.elided(reason.value, width - LABEL, STRONG)
            rows.append(row((reason.figure.ljust(LABEL), HEAD), value))
            rows += [row(" " * LABEL, line) for line in safe_text.wrapped(reason.text, width - LABEL, SOFT)]
            for left, right in reason.rows:
                said = safe_text.elided(right, width - LABEL - 20, SOFT)
                rows.append(row(" " * LABEL, safe_text.fitted(left, 19, MUTE), " ", said))
        return rows
