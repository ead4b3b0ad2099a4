"""The running timer, on every screen."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.reactive import var

from learnhabit.domain.duration import format_clock
from learnhabit.services.values import TimerView
from learnhabit.tui import safe_text
from learnhabit.tui.draw import KEY, SOFT, STRONG, row
from learnhabit.tui.keynames import named
from learnhabit.tui.widgets.panel import Panel


class TimerBar(Panel):
    """One row that ticks without asking the database; not there without a timer."""

    DEFAULT_CSS = """
    TimerBar { height: 1; background: $run; display: none; }
    TimerBar.-timing { display: block; }
    """

    timer: var[TimerView | None] = var(None)
    seconds: var[int] = var(0)
    """Elapsed now."""
    _spots: list[tuple[int, int, str]]
    """Where the keys lie: first and last cell, and the key."""

    def watch_timer(self, timer: TimerView | None) -> None:
        """Appear and disappear."""
        self.set_class(timer is not None, "-timing")
        self.renew()

    def watch_seconds(self) -> None:
        """A second further."""
        self.renew()

    def rows(self, width: int) -> list[Content]:
        """Time and topic left, keys right; the resource or note where there is room."""
        timer = self.timer
        if timer is None:
            return []
        margin = 3 if width >= 110 else 2
        doubted = bool(timer.suspicion)
        mark = ("!", "bold $amber") if doubted else ("‖", "bold $soft") if timer.paused else ("●", "bold $t4")
        keys = [
            ("pause", named("timer.pause", "p"), "Resume" if timer.paused else "Pause"),
            ("stop", named("timer.stop", "x"), "Decide" if doubted else "Stop"),
            ("discard", named("timer.discard", "X"), "Discard"),
        ]
        right = Content("   " if width >= 110 else "  ").join([self._named(name, label) for _, name, label in keys])
        head = row(" " * margin, mark, "  ", (format_clock(self.seconds), STRONG), "   " if width >= 110 else "  ")
        room = width - head.cell_length - right.cell_length - margin - 3
        words = " paused" if timer.paused else " looks wrong" if doubted else ""
        title = safe_text.elided(timer.topic_title, max(room - len(words), 0), STRONG)
        if words:
            title = row(title, (words, SOFT))
        detail = timer.resource_title or timer.note
        left = room - title.cell_length - 2
        about = safe_text.elided(detail, left, SOFT) if detail and left >= 12 else Content("")
        body = row(head, title, "  ", about)
        gap = width - body.cell_length - right.cell_length - margin
        self._spots = []
        at = width - margin - right.cell_length
        for deed, name, label in keys:
            length = len(name) + 1 + len(label)
            self._spots.append((at, at + length, deed))
            at += length + (3 if width >= 110 else 2)
        return [row(body, " " * max(gap, 0), right)]

    def _named(self, name: str, label: str) -> Content:
        return row((name, KEY), " ", (label, SOFT))

    async def on_click(self, event: events.Click) -> None:
        """Do what is under the pointer; anywhere else the stop dialog opens."""
        for start, end, deed in self._spots:
            if start <= event.x < end:
                await self.run_action(f"app.{deed}")
                return
        await self.run_action("app.stop")
