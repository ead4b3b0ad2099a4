"""Reminders as an iCalendar file (RFC 5545), so that a phone's calendar reminds too."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar import Alarm, Calendar, Event, Timezone

from learnhabit import __version__
from learnhabit.domain.occurrence import month_days
from learnhabit.domain.text import display_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from learnhabit.domain.reminder import Reminder
    from learnhabit.domain.reminder_rule import Rule

YEARS = 5
"""As many years of the zone's changes are described: the whole of them would be longer than the reminders."""
LASTS = timedelta(minutes=10)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def calendar_bytes(reminders: Sequence[tuple[Reminder, datetime, str]], zone: str, now: int) -> bytes:
    """A calendar of (reminder, its next naive wall clock, what it says), in a zone by its IANA name.

    In a zone that has no name the times float: they are local wherever the calendar is.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//learnhabit//learnhabit {__version__}//EN")
    calendar.add("version", "2.0")
    place = _place(zone)
    if place is not None and reminders:
        first = date(min(due for _, due, _ in reminders).year, 1, 1)
        calendar.add_component(
            Timezone.from_tzid(zone, first_date=first, last_date=first.replace(year=first.year + YEARS))
        )
    for reminder, due, said in reminders:
        calendar.add_component(_event(reminder, due.replace(tzinfo=place), said, now))
    return bytes(calendar.to_ical())


def _event(reminder: Reminder, due: datetime, said: str, now: int) -> Event:
    event = Event()
    event.add("uid", f"{reminder.id}@learnhabit")
    event.add("dtstamp", datetime.fromtimestamp(now, UTC))
    event.add("dtstart", due)
    event.add("duration", LASTS)
    event.add("rrule", recurrence(reminder.rule))
    event.add("summary", display_line(said))
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta(0))
    alarm.add("description", display_line(said))
    event.add_component(alarm)
    return event


def recurrence(rule: Rule) -> dict[str, object]:
    """The rule's parts of an RRULE."""
    parts: dict[str, object] = {"freq": {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY"}[rule.every]}
    if rule.interval > 1:
        parts["interval"] = rule.interval
    if rule.every == "week":
        parts |= {"byday": [_WEEKDAYS[day] for day in rule.weekdays], "wkst": "MO"}
    elif rule.every == "month":
        parts |= {"bymonthday": list(month_days(rule)), "bysetpos": -1}
    return parts


def _place(zone: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        return None
