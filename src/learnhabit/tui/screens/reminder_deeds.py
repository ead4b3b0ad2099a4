"""What the screen Reminders does: each deed opens its dialog, or acts at once, and says what was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from learnhabit.domain.reminder import DEFAULT_CONDITION
from learnhabit.services import agent as agents
from learnhabit.services import reminding
from learnhabit.services.reminding import ReminderView, due_words
from learnhabit.services.workspace import Workspace
from learnhabit.tui import safe_text
from learnhabit.tui.faults import Fault
from learnhabit.tui.messages import ChangeFailed, Done
from learnhabit.tui.working import do, open_for, write

if TYPE_CHECKING:
    from learnhabit.tui.screens.reminders import RemindersScreen


def add(screen: RemindersScreen) -> None:
    """Make a reminder."""

    def deed(workspace: Workspace, values: Mapping[str, str]) -> str:
        view = reminding.add_reminder(
            workspace, values.get("rule", ""), values.get("condition", DEFAULT_CONDITION), values.get("text", "")
        )
        return _with_warnings(
            workspace, f"Added {view.reminder.rule.text}: it comes first on {due_words(workspace, view.next_due)}"
        )

    _form(screen, "A reminder", "", DEFAULT_CONDITION, "", deed)


def edit(screen: RemindersScreen, view: ReminderView) -> None:
    """Change a reminder."""
    reminder = view.reminder

    def deed(workspace: Workspace, values: Mapping[str, str]) -> str:
        changed = reminding.edit_reminder(
            workspace,
            reminder.id,
            rule=values.get("rule"),
            condition=values.get("condition"),
            text=values.get("text"),
        )
        due = f", next on {due_words(workspace, changed.next_due)}" if changed.next_due else ""
        return _with_warnings(workspace, f"Saved {changed.reminder.rule.text}{due}")

    _form(screen, "Edit the reminder", reminder.rule.text, reminder.condition, reminder.text, deed)


def _with_warnings(workspace: Workspace, said: str) -> str:
    return ". ".join((said, *workspace.warnings))


def _form(
    screen: RemindersScreen,
    title: str,
    rule: str,
    condition: str,
    text: str,
    deed: Callable[[Workspace, Mapping[str, str]], str],
) -> None:
    from learnhabit.tui.screens.reminder_edit import ReminderDialog

    screen.app.push_screen(ReminderDialog(title, rule, condition, text, deed, lambda said: _say(screen, said)))


def toggle(screen: RemindersScreen, view: ReminderView) -> None:
    """Turn a reminder on or off."""
    name, rule = view.reminder.id, view.reminder.rule.text
    if view.reminder.enabled:
        _write(screen, lambda ws: reminding.disable_reminder(ws, name), lambda _: f"{rule} is off")
    else:
        _write(screen, lambda ws: reminding.enable_reminder(ws, name), lambda _: f"{rule} is on again")


def delete(screen: RemindersScreen, view: ReminderView) -> None:
    """Delete a reminder."""
    name, rule = view.reminder.id, view.reminder.rule.text
    _write(screen, lambda ws: reminding.delete_reminder(ws, name), lambda _: f"Deleted {rule}; u brings it back")


def skip(screen: RemindersScreen, view: ReminderView) -> None:
    """Leave its next time out."""
    name = view.reminder.id

    def deed(workspace: Workspace) -> str:
        _, left_out = reminding.skip(workspace, name)
        return f"Left out on {due_words(workspace, left_out)}"

    _write(screen, deed, lambda said: said)


def snooze(screen: RemindersScreen) -> None:
    """Ask until when the one that came last is put off."""
    last = screen.reminders.came_last if screen.reminders is not None else None
    if last is None or screen.reminders is None:
        safe_text.toast(screen.app, "There is nothing to put off: no reminder came today", severity="warning")
        return
    from learnhabit.tui.screens.asking import AskDialog

    reminder = last.reminder

    def deed(workspace: Workspace, until: str) -> str:
        _, wall = reminding.snooze(workspace, reminder, until)
        return f"It comes again on {due_words(workspace, wall)}, unless it is done by then"

    screen.app.push_screen(
        AskDialog(
            "Put off",
            f"“{last.text or screen.reminders.says(reminder)}” comes once more.",
            "Until",
            "10m",
            "10m, 1h, tonight or tomorrow",
            deed,
            lambda said: _say(screen, said),
        )
    )


def test(screen: RemindersScreen, view: ReminderView | None) -> None:
    """Send one to the desktop now, whatever its condition."""
    name = view.reminder.id if view is not None else None

    def deed() -> str:
        with open_for(screen) as workspace:
            notice = agents.send_test(workspace, name)
        return f"Sent “{notice.title}” to the desktop. Did you see it? If not, i says what is in the way."

    def failed(fault: Fault) -> ChangeFailed:
        return ChangeFailed(fault, again=lambda: test(screen, view))

    do(screen, deed, Done, failed)


def agent(screen: RemindersScreen) -> None:
    """Show the links between a reminder and the person, and what may be done about them."""
    from learnhabit.tui.screens.reminder_agent import AgentDialog

    def changed(said: str) -> None:
        _say(screen, said)
        screen.look_at_agent()

    if screen.status is not None:
        screen.app.push_screen(AgentDialog(screen.status, changed))


def _write(screen: RemindersScreen, deed: Callable[[Workspace], Any], said: Callable[[Any], str]) -> None:
    def failed(fault: Fault) -> ChangeFailed:
        return ChangeFailed(fault, again=lambda: _write(screen, deed, said))

    write(screen, deed, lambda result: Done(said(result)), failed)


def _say(screen: RemindersScreen, said: str) -> None:
    screen.app.post_message(Done(said))
