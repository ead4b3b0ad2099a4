"""The reminders for a calendar."""

from __future__ import annotations

from learnhabit.domain.reminder import WORDS
from learnhabit.errors import LearnhabitError
from learnhabit.services.files import write_file
from learnhabit.services.reminding import reminders
from learnhabit.services.workspace import Workspace


def export_calendar(workspace: Workspace, path: str, *, force: bool = False) -> tuple[str, int]:
    """Write the reminders that are on into an iCalendar file; (whole path, how many).

    A calendar knows no conditions and no quiet hours: it reminds each time.
    """
    from learnhabit.exchange.icalendar_file import calendar_bytes

    found = [
        (view.reminder, view.next_due, view.reminder.text or WORDS[view.reminder.condition])
        for view in reminders(workspace)
        if view.next_due is not None
    ]
    if not found:
        raise LearnhabitError("No reminder is on", 'make one: learnhabit remind add "weekdays 19:30"')
    data = calendar_bytes(found, workspace.clock.zone(workspace.now), workspace.now)
    return write_file(path, data, force=force), len(found)
