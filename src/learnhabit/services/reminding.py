"""Reminders: made, changed, put off, and where each stands."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from learnhabit.domain.day_text import clock_time, short_day
from learnhabit.domain.duration import read_duration
from learnhabit.domain.occurrence import first_day, next_occurrence, occurrences
from learnhabit.domain.record import Record
from learnhabit.domain.reminder import CONDITIONS, DEFAULT_CONDITION, Delivery, Reminder
from learnhabit.domain.reminder_rule import Rule, read_rule
from learnhabit.domain.text import display_line, quoted
from learnhabit.errors import LearnhabitError, UsageError
from learnhabit.services.delivering import quiet_hours, record_due, schedule
from learnhabit.services.finding import accepted
from learnhabit.services.workspace import Workspace
from learnhabit.storage.reminders import (
    add_delivery,
    read_deliveries,
    read_reminders,
    wall_text,
    write_delivery,
    write_next_due,
)

LONGEST_TEXT = 200
EVENING = 20
"""The hour that `tonight` means."""
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_SNOOZES = "10m, 1h, tonight or tomorrow"


class ReminderView(Record):
    """A reminder with what there is to know about it."""

    reminder: Reminder
    next_due: datetime | None
    """Naive wall clock; None while it is off."""
    last: Delivery | None
    """What became of it when it was due last."""


def reminders(workspace: Workspace) -> tuple[ReminderView, ...]:
    """Every reminder in the order in which they were made."""
    return tuple(_view(workspace, each) for each in read_reminders(workspace.store))


def reminder_view(workspace: Workspace, reference: str) -> ReminderView:
    """One reminder by the end of its id, or the one made last for `last`; UsageError when none or several fit."""
    return _view(workspace, find_reminder(workspace, reference))


def find_reminder(workspace: Workspace, reference: str) -> Reminder:
    """The same without where it stands."""
    wanted = reference.strip().lower()
    found = list(read_reminders(workspace.store))
    if wanted == "last":
        if not found:
            raise LearnhabitError("There is no reminder yet", 'make one: learnhabit remind add "weekdays 19:30"')
        return found[-1]
    found = [each for each in found if wanted and each.id.endswith(wanted)]
    if len(found) != 1:
        raise UsageError(
            f"{'More than one reminder ends with' if found else 'No reminder'} {quoted(reference)}",
            f"type more of it: {', '.join(each.id for each in found)}"
            if found
            else "learnhabit remind list shows the end of each id; `last` names the latest",
        )
    return found[0]


def any_reminder(workspace: Workspace) -> Reminder:
    """The reminder made last, or one as it would be made: for a test."""
    found = read_reminders(workspace.store)
    if found:
        return found[-1]
    return Reminder(
        id="test",
        rule=read_rule("daily 19:30"),
        starts_on=workspace.today,
        text="",
        condition=DEFAULT_CONDITION,
        enabled=True,
        next_due=None,
        updated_at=workspace.now,
    )


def add_reminder(workspace: Workspace, rule: str, condition: str = DEFAULT_CONDITION, text: str = "") -> ReminderView:
    """A new reminder; its first time is the first one from now on."""
    parsed = read_rule(accepted(workspace, rule))
    values = {"condition": _condition(condition), "text": _text(workspace, text)}
    reminder_id = workspace.new_id()
    _warn_of_quiet_hours(workspace, parsed)
    with workspace.change(f"added the reminder {parsed.text}") as change:
        change.insert("reminder", reminder_id, {**_rule_values(workspace, parsed), **values})
        _write_next(workspace, reminder_id)
    return reminder_view(workspace, reminder_id)


def edit_reminder(
    workspace: Workspace,
    reference: str,
    *,
    rule: str | None = None,
    condition: str | None = None,
    text: str | None = None,
) -> ReminderView:
    """Change a reminder; what is None stays, and other reminders do. With another rule it begins anew from now."""
    old = find_reminder(workspace, reference)
    values: dict[str, object] = {}
    if rule is not None:
        parsed = read_rule(accepted(workspace, rule))
        if parsed != old.rule:
            _warn_of_quiet_hours(workspace, parsed)
            values |= _rule_values(workspace, parsed)
            days = {"hour": 0, "minute": 0}
            if parsed.replace(**days) == old.rule.replace(**days):
                # Another time only: every second Sunday stays the same Sundays.
                values["starts_on"] = old.starts_on.isoformat()
    if condition is not None and _condition(condition) != old.condition:
        values["condition"] = _condition(condition)
    if text is not None and _text(workspace, text) != old.text:
        values["text"] = _text(workspace, text)
    if rule is None and condition is None and text is None:
        raise UsageError("Nothing to change", 'such as learnhabit remind edit last "weekdays 20:00"')
    if values:
        with workspace.change(f"edited the reminder {old.rule.text}") as change:
            change.update("reminder", old.id, values)
            _write_next(workspace, old.id)
    return reminder_view(workspace, old.id)


def enable_reminder(workspace: Workspace, reference: str) -> ReminderView:
    """Let a reminder come again, from now on."""
    return _switch(workspace, reference, on=True)


def disable_reminder(workspace: Workspace, reference: str) -> ReminderView:
    """Let a reminder rest."""
    return _switch(workspace, reference, on=False)


def delete_reminder(workspace: Workspace, reference: str) -> ReminderView:
    """Delete a reminder; undo brings it back."""
    view = reminder_view(workspace, reference)
    with workspace.change(f"deleted the reminder {view.reminder.rule.text}") as change:
        change.remove("reminder", view.reminder.id)
    return view


def snooze(workspace: Workspace, reference: str | None, until: str) -> tuple[Delivery, datetime]:
    """Let the latest reminder of today, or the latest of one, come once more; (delivery, naive wall clock).

    `until` is a duration, `tonight` or `tomorrow`. Only this time moves; the reminder's others stay.
    """
    delivery = came_last(workspace, find_reminder(workspace, reference).id if reference is not None else None)
    if delivery is None:
        raise LearnhabitError("There is nothing to put off", "no reminder came today")
    wall = _snoozed_until(workspace, until, delivery)
    hours = quiet_hours(workspace)
    if hours is not None and hours.hold(wall):
        wall = hours.end_behind(wall)
    instant = workspace.clock.resolve(wall)
    moved = delivery.replace(
        state="snoozed",
        attempts=0,
        next_try=instant,
        counted_from=instant,
        expires_on=workspace.study_day_of(wall),
        done_at=None,
        reason=f"put off until {clock_time(wall, clock_24=workspace.clock_24)}",
    )
    with workspace.store.transaction():
        write_delivery(workspace.store, moved, workspace.now, reopen=True)
    return moved, wall


def came_last(workspace: Workspace, reminder: str | None = None) -> Delivery | None:
    """The latest delivery that came today or still waits, of one reminder by its whole id, or of all."""
    found = read_deliveries(
        workspace.store,
        "state IN ('sent', 'pending', 'snoozed') AND reminder = coalesce(?, reminder)",
        reminder,
        limit=1,
    )
    if not found:
        return None
    done_at = found[0].done_at
    if done_at is not None and workspace.study_day_of(workspace.clock.local(done_at)) != workspace.today:
        return None
    return found[0]


def skip(workspace: Workspace, reference: str) -> tuple[ReminderView, datetime]:
    """Leave out the next time of a reminder; (the reminder, the wall clock that is left out)."""
    reminder = find_reminder(workspace, reference)
    # What is due already is not the next time.
    record_due(workspace)
    due = schedule(workspace, find_reminder(workspace, reminder.id))
    if due is None:
        raise LearnhabitError("This reminder is off", "it comes again with learnhabit remind enable")
    instant = workspace.clock.resolve(due)
    left_out = Delivery(
        id=f"{reminder.id}@{wall_text(due)}",
        reminder=reminder.id,
        occurrence=due,
        state="skipped",
        attempts=0,
        next_try=instant,
        counted_from=instant,
        expires_on=workspace.study_day_of(due),
        done_at=workspace.now,
        text="",
        reason="left out by hand",
    )
    with workspace.store.transaction():
        add_delivery(workspace.store, left_out, workspace.now)
        write_next_due(workspace.store, reminder.id, next_occurrence(reminder.rule, reminder.starts_on, due))
    return reminder_view(workspace, reminder.id), due


def deliveries(workspace: Workspace, reference: str | None = None, limit: int | None = None) -> tuple[Delivery, ...]:
    """What became of reminders that were due, the latest first; of one, or of all."""
    if reference is None:
        return read_deliveries(workspace.store, limit=limit)
    return read_deliveries(workspace.store, "reminder = ?", find_reminder(workspace, reference).id, limit=limit)


def coming(workspace: Workspace, days: int = 7) -> tuple[tuple[datetime, Reminder], ...]:
    """(naive wall clock, reminder) of what is due from now on to the end of so many civil days, today included."""
    wall = workspace.now_wall.replace(tzinfo=None)
    end = datetime.combine(wall.date() + days * _DAY, datetime.min.time()) - _MINUTE
    found: list[tuple[datetime, Reminder]] = []
    for reminder in read_reminders(workspace.store, "AND enabled = 1"):
        first = _upcoming(workspace, reminder)
        if first is not None and first <= end:
            found.append((first, reminder))
            found += [(each, reminder) for each in occurrences(reminder.rule, reminder.starts_on, first, end)]
    return tuple(sorted(found, key=lambda each: (each[0], each[1].id)))


def due_words(workspace: Workspace, wall: datetime | None) -> str:
    """`Tue 24 Nov 20:30`, or `off`."""
    if wall is None:
        return "off"
    return f"{short_day(wall.date())} {clock_time(wall, clock_24=workspace.clock_24)}"


def _view(workspace: Workspace, reminder: Reminder) -> ReminderView:
    last = read_deliveries(workspace.store, "reminder = ?", reminder.id, limit=1)
    return ReminderView(reminder=reminder, next_due=_upcoming(workspace, reminder), last=last[0] if last else None)


def _upcoming(workspace: Workspace, reminder: Reminder) -> datetime | None:
    """When it is due next, seen from now: one that nobody has looked at yet is not to come any more."""
    wall = workspace.now_wall.replace(tzinfo=None)
    due = schedule(workspace, reminder)
    return next_occurrence(reminder.rule, reminder.starts_on, wall) if due is not None and due <= wall else due


def _switch(workspace: Workspace, reference: str, *, on: bool) -> ReminderView:
    old = find_reminder(workspace, reference)
    if old.enabled == on:
        raise LearnhabitError(f"This reminder is {'on' if on else 'off'} already", f"it is {old.rule.text}")
    with workspace.change(f"turned the reminder {old.rule.text} {'on' if on else 'off'}") as change:
        change.update("reminder", old.id, {"enabled": int(on)})
        _write_next(workspace, old.id)
    return reminder_view(workspace, old.id)


def _write_next(workspace: Workspace, reminder_id: str) -> None:
    """Keep when it is due next, inside the change: the agent's idle look needs no more than this."""
    for reminder in read_reminders(workspace.store, "AND id = ?", reminder_id):
        write_next_due(workspace.store, reminder.id, schedule(workspace, reminder))


def night_words(workspace: Workspace, wall: datetime) -> str:
    """What becomes of a reminder that is due within the quiet hours; empty for another time."""
    hours = quiet_hours(workspace)
    if hours is None or not hours.hold(wall):
        return ""
    kept = workspace.study_day_of(hours.end_behind(wall)) == workspace.study_day_of(wall)
    return f"it waits until {hours.end:%H:%M}" if kept else "it would never come"


def _warn_of_quiet_hours(workspace: Workspace, rule: Rule) -> None:
    """Whoever sets a time at night shall know what becomes of it."""
    wall = datetime.combine(workspace.today, time(rule.hour, rule.minute))
    becomes = night_words(workspace, wall)
    if becomes:
        workspace.warnings.append(
            f"{wall:%H:%M} lies within the quiet hours: {becomes}. learnhabit settings quiet_hours changes them."
        )


def _rule_values(workspace: Workspace, rule: Rule) -> dict[str, object]:
    wall = workspace.now_wall.replace(tzinfo=None)
    return {"rule": rule.text, "starts_on": first_day(rule, wall).isoformat()}


def _condition(text: str) -> str:
    word = text.strip().lower().replace(" ", "-")
    if word not in CONDITIONS:
        raise UsageError(f"{quoted(text)} is no condition", f"there are {', '.join(CONDITIONS)}")
    return word


def _text(workspace: Workspace, text: str) -> str:
    line = display_line(accepted(workspace, text))
    if len(line) > LONGEST_TEXT:
        raise UsageError("The text is too long", f"at most {LONGEST_TEXT} characters")
    return line


def _snoozed_until(workspace: Workspace, text: str, delivery: Delivery) -> datetime:
    wall = workspace.now_wall.replace(tzinfo=None)
    words = text.strip().lower()
    if words == "tonight":
        evening = datetime.combine(workspace.today, datetime.min.time()).replace(hour=EVENING)
        if evening <= wall:
            raise LearnhabitError("It is evening already", "put it off by 10m or 1h, or to tomorrow")
        return evening
    if words == "tomorrow":
        return datetime.combine(workspace.today + _DAY, delivery.occurrence.time())
    seconds = read_duration(words.removeprefix("-"))
    if not seconds or not 60 <= seconds <= 86_400:
        raise UsageError(f"{quoted(text)} says not until when", _SNOOZES)
    return workspace.clock.local(workspace.now + seconds).replace(tzinfo=None)
