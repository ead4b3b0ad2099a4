"""The list of reminders: on or off, when, what it says, only if, and when it is due next."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from learnhabit.domain.day_text import WEEKDAYS, clock_time, short_day
from learnhabit.domain.reminder import CONDITIONS
from learnhabit.services.reminder_view import RemindersView, said
from learnhabit.services.reminding import ReminderView
from learnhabit.tui import safe_text
from learnhabit.tui.draw import KEY, MUTE, SOFT, STRONG, row
from learnhabit.tui.keynames import named
from learnhabit.tui.widgets.marklist import Line, MarkList

MARK, IF, NEXT = 8, 19, 12
"""Cells of the columns beside the rule and the text."""
LONGEST_RULE = 30
EXAMPLES = (("weekdays 19:30", "if nothing was studied yet"), ("sun 18:00", "for the weekly review"))


class ReminderList(MarkList):
    """Reminders to move through; it posts which one is marked."""

    DEFAULT_CSS = "ReminderList { height: 1fr; width: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        # Here space switches what is marked, as in any list with check marks.
        Binding("space", "screen.switch", "On/off", id="reminder.toggle", tooltip="Turn the reminder on or off"),
    ]

    class Marked(Message):
        """The cursor stands on another reminder, or on none."""

    def __init__(self) -> None:
        super().__init__()
        self._view: RemindersView | None = None

    @property
    def current(self) -> ReminderView | None:
        """The marked reminder."""
        return self._view.views[self._at] if self._view is not None and self._view.views else None

    def show(self, view: RemindersView) -> None:
        """Show what was read; the cursor stays with its reminder, or else where it was."""
        mark = self.current.reminder.id if self.current is not None else ""
        known = {each.reminder.id for each in self._view.views} if self._view is not None else set()
        self._view = view
        ids = [each.reminder.id for each in view.views]
        new = [name for name in ids if known and name not in known]
        # One that was just made is what one wants to look at.
        self.anew(ids.index(new[0]) if len(new) == 1 else ids.index(mark) if mark in ids else self._at)

    def count(self) -> int:
        """How many there are."""
        return len(self._view.views) if self._view is not None else 0

    def marked(self) -> None:
        """Tell which one is marked."""
        self.post_message(self.Marked())

    def draw_empty(self, width: int) -> list[Content]:
        """How to begin; nothing before they are read."""
        if self._view is None:
            return []
        lines = [
            row(
                ("  There is no reminder yet. ", SOFT), (named("reminder.add", "a"), KEY), (" adds one, such as", MUTE)
            ),
            Content(""),
        ]
        lines += [row("    ", (rule.ljust(18), STRONG), (about, MUTE)) for rule, about in EXAMPLES]
        return lines

    def draw(self, width: int) -> list[Line]:
        """A row of headings, and a row for each."""
        rule, text = self._room(width)
        names = row(" " * MARK, ("when".ljust(rule + 2), MUTE), ("text".ljust(text + 2) if text else "", MUTE),
                    ("only if".ljust(IF + 1), MUTE), ("next", MUTE))  # fmt: skip
        return [(None, names), *((place, self._row(place, width)) for place in range(self.count()))]

    def draw_marked(self, place: int, width: int) -> list[Content]:
        """The same in strong ink."""
        return [self._row(place, width, marked=True)]

    def _room(self, width: int) -> tuple[int, int]:
        """Cells of (rule, text); no text where there is no room for one."""
        views = self._view.views if self._view is not None else ()
        rule = min(max((len(each.reminder.rule.text) for each in views), default=10), LONGEST_RULE)
        text = width - MARK - rule - 2 - IF - 1 - NEXT - 2
        if text < 16:
            return min(width - MARK - IF - 1 - NEXT - 2, LONGEST_RULE), 0
        return rule, text

    def _row(self, place: int, width: int, *, marked: bool = False) -> Content:
        view = self._view
        assert view is not None
        each = view.views[place]
        reminder = each.reminder
        rule, text = self._room(width)
        ink = "$ink" if reminder.enabled else MUTE
        parts: list[Content | str | tuple[str, str]] = [
            ("  [✓]   " if reminder.enabled else "  [ ]   ", "bold $t3" if reminder.enabled else MUTE),
            safe_text.fitted(reminder.rule.text, rule, ink),
            "  ",
        ]
        if text:
            words = STRONG if marked and reminder.enabled else ink if reminder.text else SOFT
            parts += [safe_text.fitted(said(reminder), text, words if reminder.enabled else MUTE), "  "]
        parts += [
            (CONDITIONS[reminder.condition].ljust(IF + 1), SOFT if reminder.enabled else MUTE),
            (next_words(each.next_due, view.now, clock_24=view.clock_24), SOFT if reminder.enabled else MUTE),
        ]
        return row(*parts)


def next_words(due: datetime | None, now: datetime, *, clock_24: bool) -> str:
    """`Tue 20:30` within a week, else `Sun 29 Nov`; `off` without one."""
    if due is None:
        return "off"
    days = (due.date() - now.date()).days
    if days == 0:
        return f"today {clock_time(due, clock_24=clock_24)}"
    if days < 7:
        return f"{WEEKDAYS[due.weekday()]} {clock_time(due, clock_24=clock_24)}"
    return short_day(due.date()) if due.year == now.year else f"{short_day(due.date())[4:]} {due.year}"
