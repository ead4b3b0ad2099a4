"""Reminders: when the app asks for ten minutes, and whether it can be heard."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.getters import query_one
from textual.message import Message

from learnhabit.services.agent import AgentStatus, agent_status
from learnhabit.services.reminder_view import RemindersView, reminders_view
from learnhabit.services.reminding import ReminderView
from learnhabit.services.values import TodayView
from learnhabit.tui import safe_text
from learnhabit.tui.screens.main import MainScreen
from learnhabit.tui.widgets.asidebar import AsideBar
from learnhabit.tui.widgets.reminderlist import ReminderList
from learnhabit.tui.widgets.reminderpane import AgentPanel, ReminderPane
from learnhabit.tui.working import read

ABOUT = "one a day is plenty; each comes once, and not when it is already done"


class RemindersScreen(MainScreen):
    """The agent, the list, and what is to come."""

    MODE = "reminders"
    AUTO_FOCUS = "ReminderList"
    HELP = (
        "A reminder comes at its time if its condition holds, once, wherever the app, the agent and the clock are. "
        "Without an agent it comes only while this app is open; i sets one up and says what is in the way. "
        "z lets the one that came last come again later, S leaves the next time out."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "Add", id="reminder.add", tooltip="A new reminder"),
        Binding("e,enter", "deed('edit')", "Edit", id="reminder.edit", tooltip="When, what it says, and only if"),
        Binding("z", "snooze", "Snooze", id="reminder.snooze", tooltip="Let the one that came last come again later"),
        Binding("S", "deed('skip')", "Skip", id="reminder.skip", show=False, tooltip="Leave its next time out"),
        Binding("t", "test", "Send a test", id="reminder.test", tooltip="Send one now, to see whether it arrives"),
        Binding("i", "agent", "Agent", id="reminder.agent", tooltip="Reminders while the app is closed"),
        Binding("d", "deed('delete')", "Delete", id="reminder.delete", tooltip="Delete it; u brings it back"),
        Binding("left,right", "app.aside", "Settings", id="reminder.aside", show=False, tooltip="To the settings"),
    ]

    list = query_one(ReminderList)
    panel = query_one(AgentPanel)
    pane = query_one(ReminderPane)

    class Read(Message):
        """Reminders and deliveries were read."""

        def __init__(self, view: RemindersView) -> None:
            super().__init__()
            self.view = view

    class AgentRead(Message):
        """The agent was looked at."""

        def __init__(self, status: AgentStatus) -> None:
            super().__init__()
            self.status = status

    def __init__(self) -> None:
        super().__init__()
        self.status: AgentStatus | None = None
        self.reminders: RemindersView | None = None

    def compose_body(self) -> ComposeResult:
        """Heading, agent, list, and what there is to know below it."""
        with Container(id="main"):
            yield AsideBar(self.MODE, ABOUT)
            yield AgentPanel()
            yield ReminderList()
            yield ReminderPane()

    def on_screen_resume(self) -> None:
        """The agent may have looked, or been changed outside."""
        self._stale = True
        self.look_at_agent()

    def reload(self) -> None:
        """Read the reminders anew."""
        read(self, "reminders", reminders_view, self.Read)

    def look_at_agent(self) -> None:
        """Ask the system, which takes a moment."""
        read(self, "agent", agent_status, self.AgentRead)

    def renew_log(self) -> None:
        """Something was written, here or elsewhere."""
        self.reload()

    def show_view(self, view: TodayView) -> None:
        """What was logged may make a condition hold no longer."""
        super().show_view(view)
        if self.reminders is not None:
            self.heed()

    @on(Read)
    def _show(self, message: Read) -> None:
        self.reminders = message.view
        self.query_one("#main").set_class(not message.view.views, "-empty")
        rows = len(message.view.views) + 1
        self.list.styles.height = max(4, min(rows, self.size.height // 3)) if message.view.views else 5
        self.list.show(message.view)
        self.panel.show(self.status, message.view)

    @on(AgentRead)
    def _show_agent(self, message: AgentRead) -> None:
        self.status = message.status
        self.panel.show(self.status, self.reminders)

    @on(ReminderList.Marked)
    def _mark(self) -> None:
        if self.reminders is not None:
            self.pane.show(self.reminders, self.marked)

    @property
    def marked(self) -> ReminderView | None:
        """The reminder under the cursor."""
        return self.list.current

    def action_add(self) -> None:
        """Make one."""
        from learnhabit.tui.screens import reminder_deeds

        reminder_deeds.add(self)

    @on(ReminderList.Opened)
    def _open(self) -> None:
        self.action_deed("edit")

    def action_deed(self, name: str) -> None:
        """Do something with the marked one."""
        from learnhabit.tui.screens import reminder_deeds

        deed: Any = getattr(reminder_deeds, name)
        if self.marked is None:
            safe_text.toast(self.app, "There is no reminder here; a makes one", severity="warning")
        else:
            deed(self, self.marked)

    def action_switch(self) -> None:
        """Turn the marked one on or off."""
        self.action_deed("toggle")

    def action_snooze(self) -> None:
        """Put the one that came last off."""
        from learnhabit.tui.screens import reminder_deeds

        reminder_deeds.snooze(self)

    def action_test(self) -> None:
        """Send what the marked one would say."""
        from learnhabit.tui.screens import reminder_deeds

        reminder_deeds.test(self, self.marked)

    def action_agent(self) -> None:
        """Set the agent up, or take it away."""
        from learnhabit.tui.screens import reminder_deeds

        reminder_deeds.agent(self)
