"""What the marked setting means, what it may be, and how it is set elsewhere."""

from __future__ import annotations

from textual.content import Content

from learnhabit.tui import safe_text
from learnhabit.tui.draw import EMPTY, MUTE, SOFT, STRONG, pressable, row
from learnhabit.tui.keynames import named
from learnhabit.tui.widgets.panel import FillingPanel
from learnhabit.tui.widgets.settinglist import Item

LABEL = 10


class SettingPane(FillingPanel):
    """Beside the list, or below it."""

    def __init__(self) -> None:
        super().__init__()
        self._item: Item | None = None
        self._resets = False

    def show(self, item: Item | None, *, resets: bool) -> None:
        """Show another one; `resets` says that it has a usual value and another now."""
        self._item, self._resets = item, resets
        self.renew()

    def rows(self, width: int) -> list[Content]:
        """As many of its parts as there is room for, the sentence first."""
        item, height = self._item, max(self.size.height, 1)
        if item is None:
            return [EMPTY] * height
        tall = height > 10
        rows = [row((item.title or "Time off", STRONG), ("   ", MUTE), safe_text.elided(item.value, width - 24, "$t3"))]
        rows += [EMPTY] if tall else []
        rows += safe_text.wrapped(item.about, width, SOFT, limit=None if tall else 3)
        rows += [EMPTY] if tall else []
        if item.hint:
            rows.append(row(("May be".ljust(LABEL), MUTE), safe_text.elided(item.hint, width - LABEL, SOFT)))
        if item.default and tall:
            rows.append(row(("Usual".ljust(LABEL), MUTE), (item.default, SOFT)))
        if item.command:
            rows.append(row(("Command".ljust(LABEL), MUTE), safe_text.elided(item.command, width - LABEL, SOFT)))
        if tall:
            usual = pressable(named("setting.reset", "r"), "Usual value", "screen.reset") if self._resets else ""
            rows += [EMPTY, row(pressable("enter", item.deed, "screen.change"), "   ", usual)]
        return [*rows[:height], *[EMPTY] * (height - len(rows))]
