"""A reminder, and what is to be done with one that is due."""

from __future__ import annotations

from datetime import date, datetime

from learnhabit.domain.record import Record
from learnhabit.domain.reminder_rule import Rule

CONDITIONS = {
    "not-studied": "not studied today",
    "always": "always",
    "run-at-risk": "run at risk",
    "behind": "resolution behind",
    "weekly-review": "weekly review",
    "recall-due": "recall due",
}
"""When a reminder is sent, by name, in the words of the screen."""
DEFAULT_CONDITION = "not-studied"
WORDS = {
    "not-studied": "Ten minutes still count today",
    "always": "Time for ten minutes of study",
    "run-at-risk": "One short session keeps the run",
    "behind": "A small piece for what is behind",
    "weekly-review": "Look back at the week, and adjust one thing",
    "recall-due": "Cards to recall",
}
"""What a reminder without words of its own is about, by its condition; when it is sent it says more."""
CATCH_UP = 3 * 3600
"""Seconds within which a late one is still sent."""
ATTEMPTS = 5
LEASE = 60
"""Seconds that a claim lasts: whoever took a delivery and died had so long."""


class Reminder(Record):
    """A rule, a condition and words."""

    id: str
    rule: Rule
    starts_on: date
    """The day of the first occurrence, from which every second, third … is counted."""
    text: str
    """Empty: made of the cue and the next step when it is sent."""
    condition: str
    enabled: bool
    next_due: datetime | None
    """Naive; None while it is off, or not known yet."""
    updated_at: int
    """Epoch seconds of the latest change by hand."""


class Delivery(Record):
    """One time a reminder was due."""

    id: str
    reminder: str
    occurrence: datetime
    """Naive wall clock."""
    state: str
    """`pending`, `snoozed`, `sent`, `skipped`, `expired` or `failed`."""
    attempts: int
    next_try: int
    """Epoch seconds; of no meaning once it is done."""
    counted_from: int
    """Epoch seconds from which the time for catching up counts."""
    expires_on: date
    """The study day after which it is pointless."""
    done_at: int | None
    text: str
    """What was sent."""
    reason: str


def wait_before(attempt: int) -> int:
    """Seconds from one failed attempt (1 for the first) to the next: 1, 2, 4 and 8 minutes."""
    return 60 << (attempt - 1)


def is_too_late(delivery: Delivery, now: int, today: date, catch_up: int) -> str:
    """Why a delivery is pointless at an instant of a study day; empty while it is not."""
    if today > delivery.expires_on:
        return "its day was over"
    if now - delivery.counted_from > catch_up:
        return "it was too late"
    return ""
