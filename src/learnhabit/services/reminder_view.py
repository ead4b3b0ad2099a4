"""All that the screen Reminders shows, apart from the agent, whose links take longer to look at."""

from __future__ import annotations

from datetime import datetime

from learnhabit.domain.record import Record
from learnhabit.domain.reminder import WORDS, Delivery, Reminder
from learnhabit.services.agent import outlook
from learnhabit.services.delivering import catch_up, quiet_hours
from learnhabit.services.reminding import ReminderView, came_last, coming, deliveries, reminders
from learnhabit.services.workspace import Workspace

DELIVERED = 30
"""Deliveries that are read."""


class RemindersView(Record):
    """The reminders, what is to come, and what became of the last ones."""

    now: datetime
    """Naive wall clock."""
    views: tuple[ReminderView, ...]
    outlooks: dict[str, str]
    """By id of a reminder: when it comes next, or why it will not, in words that go on after “it”."""
    coming: tuple[tuple[datetime, Reminder], ...]
    """(naive wall clock, reminder) of the seven days from today on."""
    delivered: tuple[Delivery, ...]
    """The latest first."""
    came_last: Delivery | None
    """What can be put off."""
    quiet: str
    """`22:00-07:00`, or empty."""
    catch_up: int
    """Seconds."""
    clock_24: bool

    def says(self, reminder: str) -> str:
        """What a reminder says, by its id."""
        found = next((each.reminder for each in self.views if each.reminder.id == reminder), None)
        return said(found) if found is not None else ""


def said(reminder: Reminder) -> str:
    """A reminder's own words, else what it is about."""
    return reminder.text or WORDS[reminder.condition]


def reminders_view(workspace: Workspace) -> RemindersView:
    """Read in one go."""
    views = reminders(workspace)
    hours = quiet_hours(workspace)
    return RemindersView(
        now=workspace.now_wall.replace(tzinfo=None),
        views=views,
        outlooks={view.reminder.id: outlook(workspace, view) for view in views},
        coming=coming(workspace),
        delivered=deliveries(workspace, limit=DELIVERED),
        came_last=came_last(workspace),
        quiet=hours.text if hours is not None else "",
        catch_up=catch_up(workspace),
        clock_24=workspace.clock_24,
    )
