"""Why the figures of a year are what they are."""

from __future__ import annotations

from textual.content import Content

from learnhabit.services.year_view import YearView
from learnhabit.tui import safe_text
from learnhabit.tui.draw import EMPTY, HEAD, MUTE, SOFT, STRONG, row
from learnhabit.tui.screens.reading import ReadingDialog
from learnhabit.tui.screens.year_rows import why_rows

LABEL = 13


class WhyYearDialog(ReadingDialog):
    """Each figure with how it comes about."""

    HELP = "How each figure of the year comes about. The arrows scroll."

    def __init__(self, view: YearView) -> None:
        super().__init__()
        self._view = view

    def headline(self) -> Content:
        """Of which year."""
        return row(("Why  ", MUTE), (str(self._view.year), STRONG))

    def rows(self, width: int) -> list[Content]:
        """A paragraph each."""
        rows: list[Content] = []
        for name, figure, text in why_rows(self._view):
            if rows:
                rows.append(EMPTY)
            rows.append(row((name.ljust(LABEL), HEAD), (figure, STRONG)))
            rows += [row(" " * LABEL, line) for line in safe_text.wrapped(text, width - LABEL, SOFT)]
        return rows
