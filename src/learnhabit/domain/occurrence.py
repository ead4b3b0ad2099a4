"""The moments at which a reminder is due: naive wall clocks, by python-dateutil's recurrence rules.

Rules never know a zone: 19:30 is 19:30 wherever one is. Whoever asks compares with the wall clock of the place.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from learnhabit.domain.reminder_rule import LAST_DAY, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dateutil.rrule import rrule

_DAY = timedelta(days=1)
_LAST = datetime(9998, 1, 1)
"""Nothing is due from here on."""


def first_day(rule: Rule, after: datetime) -> date:
    """The day of the first occurrence behind a moment: from it on every second, third … period is counted."""
    once = rule.replace(interval=1)
    found = next(_behind(once, after.date(), after), None)
    return (found or after).date()


def next_occurrence(rule: Rule, starts_on: date, after: datetime) -> datetime | None:
    """The first occurrence behind a moment; None at the end of the calendar."""
    return next(_behind(rule, starts_on, after), None)


def occurrences(rule: Rule, starts_on: date, after: datetime, upto: datetime) -> Iterator[datetime]:
    """The occurrences behind a moment, up to another one that is included."""
    for found in _behind(rule, starts_on, after):
        if found > upto:
            return
        yield found


def rrule_of(rule: Rule, starts_on: date) -> rrule:
    """The rule as python-dateutil's, from its first day on.

    A month without its 29th to 31st has its last day instead: of the last days up to the wanted one, the last.
    """
    from dateutil import rrule as kinds

    start = datetime(starts_on.year, starts_on.month, starts_on.day, rule.hour, rule.minute)
    if rule.every == "day":
        return kinds.rrule(kinds.DAILY, dtstart=start, interval=rule.interval)
    if rule.every == "week":
        return kinds.rrule(kinds.WEEKLY, dtstart=start, interval=rule.interval, byweekday=rule.weekdays, wkst=kinds.MO)
    days = month_days(rule)
    # A month is looked at whole: the first one may have its day before the day on which the rule begins.
    return kinds.rrule(kinds.MONTHLY, dtstart=start, interval=rule.interval, bymonthday=days, bysetpos=-1)


def month_days(rule: Rule) -> tuple[int, ...]:
    """The days of a month of which the last one that exists is meant."""
    if rule.month_day == LAST_DAY:
        return (LAST_DAY,)
    return tuple(range(28, rule.month_day + 1)) if rule.month_day > 28 else (rule.month_day,)


def _behind(rule: Rule, starts_on: date, after: datetime) -> Iterator[datetime]:
    start = _near(rule, starts_on, after)
    for found in rrule_of(rule, start):
        if found >= _LAST:
            return
        if found > after:
            yield found


def _near(rule: Rule, starts_on: date, after: datetime) -> date:
    """A day from which the rule gives the same occurrences as from its first, and shortly before the moment.

    Without it ten years of days would be walked through each time.
    """
    if rule.every == "month":
        months = (after.year - starts_on.year) * 12 + after.month - starts_on.month
        steps = max(0, months // rule.interval - 1)
        if steps == 0:
            return starts_on
        year, month = divmod(starts_on.year * 12 + starts_on.month - 1 + steps * rule.interval, 12)
        return starts_on.replace(year=year, month=month + 1, day=1)
    days = rule.interval * (7 if rule.every == "week" else 1)
    steps = max(0, (after.date() - starts_on).days // days - 1)
    near = starts_on + steps * days * _DAY
    # The beginning of a week, so that none of its days is left out.
    return near - near.weekday() * _DAY if rule.every == "week" and steps else near
