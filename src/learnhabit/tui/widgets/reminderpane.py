"""Around the list of reminders: the agent above, and below it the marked one, the week to come and what was sent."""

from __future__ import annotations

from datetime import datetime, timedelta

from textual.content import Content

from learnhabit.domain.day_text import WEEKDAYS, clock_time, short_day
from learnhabit.domain.duration import format_duration
from learnhabit.domain.reminder import CONDITIONS, Delivery, Reminder
from learnhabit.services.agent import AgentStatus, short_path
from learnhabit.services.reminder_view import RemindersView
from learnhabit.services.reminding import ReminderView
from learnhabit.tui import safe_text
from learnhabit.tui.draw import EMPTY, HEAD, INK, KEY, MUTE, SOFT, STRONG, fill, row
from learnhabit.tui.keynames import named
from learnhabit.tui.widgets.panel import FillingPanel, Panel

WIDE = 104
COLUMN = 27
"""Cells of what stands in the agent's left column."""
LABEL = 15
"""Cells before what stands beside a heading."""
STATES = {
    "sent": ("✓ sent", "$t3"),
    "skipped": ("– skipped", MUTE),
    "expired": ("– too late", MUTE),
    "failed": ("! failed", "bold $amber"),
    "pending": ("… waits", "$amber"),
    "snoozed": ("z put off", "$t3"),
}
_DAY = timedelta(days=1)


class AgentPanel(Panel):
    """Whether reminders come while the app is closed, and what is in the way."""

    def __init__(self) -> None:
        super().__init__()
        self._status: AgentStatus | None = None
        self._view: RemindersView | None = None

    def show(self, status: AgentStatus | None, view: RemindersView | None) -> None:
        """Show what was read."""
        self._status, self._view = status, view
        self.renew()

    def rows(self, width: int) -> list[Content]:
        """One row where there is little room, else a box of four."""
        status, view = self._status, self._view
        if status is None or view is None:
            return [self._boxed(row(("… looking at the agent", MUTE)), width)]
        broken = [link for link in status.links if not link.ok]
        agent = next((link for link in broken if link.name == "agent"), None)
        head = row(("● ", "$t3"), ("Agent is running", "bold $t3"))
        if agent is not None:
            head = row(("○ ", "$amber"), ("No agent" if not status.scheduler else "Agent does not run", "bold $amber"))
        says = agent.says if agent is not None else status.about
        if not status.scheduler:
            says = "reminders come only while this app is open"
        about = safe_text.elided(says, width - head.cell_length - 12, SOFT)
        first = row(
            head,
            "   ",
            about,
            *(("   " + named("reminder.agent", "i"), KEY), (" sets it up", MUTE)) if agent and width >= WIDE else (),
        )
        rows = [self._boxed(first, width)]
        others = [link for link in broken if link.name not in ("agent", "quiet hours")]
        if width < WIDE:
            if others:
                rows.append(
                    self._boxed(safe_text.elided(f"{others[0].says}: {others[0].do}", width - 8, "$amber"), width)
                )
            return rows
        way = next((link.says for link in status.links if link.name == "way" and link.ok), "nothing")
        tick = _tick_words(status, clock_24=view.clock_24)
        quiet = f"{view.quiet.replace('-', '–')}, those wait" if view.quiet else "no quiet hours"
        rows.append(
            self._boxed(
                row(("Last look  ", MUTE), (tick.ljust(COLUMN), INK), ("Notifies by  ", MUTE), (way, INK)), width
            )
        )
        rows.append(
            self._boxed(
                row(("Quiet      ", MUTE), (quiet.ljust(COLUMN), INK), ("Catch-up     ", MUTE),
                    (_window(view.catch_up), INK)),
                width,
            )
        )  # fmt: skip
        if others:
            rows.append(
                self._boxed(safe_text.elided(f"! {others[0].says}: {others[0].do}", width - 8, "$amber"), width)
            )
        elif status.files and status.scheduler:
            files = safe_text.elided(", ".join(map(short_path, status.files)), width - 20, MUTE)
            rows.append(self._boxed(row(("Files      ", MUTE), files), width))
        return rows

    def _boxed(self, content: Content, width: int) -> Content:
        return row(("▌ ", "$t3"), fill(content, width - 2)).stylize_before("on $surf")


def _window(seconds: int) -> str:
    return f"{seconds // 3600} h" if seconds % 3600 == 0 else format_duration(seconds)


def _tick_words(status: AgentStatus, *, clock_24: bool) -> str:
    if status.last_tick is None:
        return "none yet"
    return f"{short_day(status.last_tick.date())} {clock_time(status.last_tick, clock_24=clock_24)}"


class ReminderPane(FillingPanel):
    """The marked reminder, seven days, and what became of the last ones, as far as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self._view: RemindersView | None = None
        self._marked: ReminderView | None = None

    def show(self, view: RemindersView, marked: ReminderView | None) -> None:
        """Show what was read, and the marked one."""
        self._view, self._marked = view, marked
        self.renew()

    def rows(self, width: int) -> list[Content]:
        """Three blocks; each is left out where it does not fit any more."""
        view, height = self._view, max(self.size.height, 1)
        if view is None:
            return [EMPTY] * height
        rows = self._selected(view, width)
        week = self._week(view, width)
        if view.views and len(rows) + len(week) + 1 <= height - (4 if view.delivered else 0):
            rows += [EMPTY, *week]
        if view.delivered and len(rows) + 3 <= height:
            rows += [EMPTY, *self._delivered(view, width)]
        return [*rows[:height], *[EMPTY] * (height - len(rows))]

    def _selected(self, view: RemindersView, width: int) -> list[Content]:
        marked = self._marked
        if marked is None:
            return []
        reminder = marked.reminder
        condition = f", if {CONDITIONS[reminder.condition]}" if reminder.condition != "always" else ", always"
        says = view.outlooks.get(reminder.id, "")
        return [
            row(("SELECTED".ljust(LABEL), HEAD), (f"{reminder.rule.text}{condition}", INK)),
            *(
                row(" " * LABEL, line)
                for line in safe_text.wrapped(says[:1].upper() + says[1:] + ".", width - LABEL, SOFT, limit=2)
            ),
        ]

    def _week(self, view: RemindersView, width: int) -> list[Content]:
        cell = 12 if width >= WIDE else (width - 2) // 7
        days = [view.now.date() + number * _DAY for number in range(7)]
        indent = LABEL if width >= WIDE else 0
        head = [] if indent else [row(("COMING 7 DAYS", HEAD))]
        names = row(
            ("COMING 7 DAYS".ljust(indent) if indent else "", HEAD),
            *((f"{WEEKDAYS[day.weekday()]} {day.day}".ljust(cell), STRONG if day == days[0] else MUTE) for day in days),
        )
        done = [(each.occurrence, each.state) for each in view.delivered if each.occurrence.date() == days[0]]
        cells: list[list[tuple[str, str]]] = [[] for _ in days]
        for occurrence, state in sorted(done):
            sign = {"sent": "✓", "failed": "!"}.get(state, "–")
            cells[0].append((f"{clock_time(occurrence, clock_24=view.clock_24)} {sign}", MUTE))
        for wall, reminder in view.coming:
            place = (wall.date() - days[0]).days
            if 0 <= place < 7:
                cells[place].append(_slot(wall, reminder, view, room=cell))
        most = max(len(each) for each in cells)
        lines = [
            row(" " * indent, *((each[number][0][: cell - 1].ljust(cell), each[number][1]) if number < len(each)
                else " " * cell for each in cells))
            for number in range(min(most, 5))
        ]  # fmt: skip
        if most > 5:
            lines[-1] = row(" " * indent, (f"… up to {most} a day: is that not too much?", MUTE))
        return [*head, names, *lines]

    def _delivered(self, view: RemindersView, width: int) -> list[Content]:
        return [row(("DELIVERED", HEAD)), *(_delivery(each, view, width) for each in view.delivered)]


def _slot(wall: datetime, reminder: Reminder, view: RemindersView, *, room: int) -> tuple[str, str]:
    text = clock_time(wall, clock_24=view.clock_24)
    conditional = reminder.condition != "always"
    return (f"{text} if" if conditional and room > 8 else text), INK if not conditional else SOFT


def _delivery(delivery: Delivery, view: RemindersView, width: int) -> Content:
    sign, style = STATES[delivery.state]
    when = f"{short_day(delivery.occurrence.date())} {clock_time(delivery.occurrence, clock_24=view.clock_24)}"
    text = delivery.text or view.says(delivery.reminder)
    room = width - 18 - 12 - 2
    said = min(max(safe_text.width_of(text), 12), room * 6 // 10 if delivery.reason else room)
    return row(
        (when.ljust(18), MUTE), (sign.ljust(12), style), safe_text.fitted(text, said, SOFT), "  ",
        safe_text.elided(delivery.reason, room - said, MUTE),
    )  # fmt: skip
