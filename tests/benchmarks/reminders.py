"""Five reminders, none of them due, and what became of one of them on each day of three years."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date, timedelta

FIVE = (
    ("daily 07:35", "always", "After morning coffee: ten minutes of LoRA"),
    ("weekdays 20:30", "not-studied", ""),
    ("daily 21:15", "run-at-risk", ""),
    ("sun 18:00", "weekly-review", ""),
    ("1st of the month 09:00", "behind", ""),
)
"""(rule, condition, text)."""
DAYS = 3 * 365


def write_reminders(connection: sqlite3.Connection, until: date, new_id: Callable[[date], str]) -> None:
    """Write them as due on the first of the month after next; the first one was sent each morning."""
    due = (until.replace(day=1) + timedelta(days=70)).replace(day=1)
    names = []
    for rule, condition, text in FIVE:
        names.append(new_id(until))
        connection.execute(
            "INSERT INTO reminder (id, rule, starts_on, text, condition, next_due, created_at, updated_at)"
            " VALUES (?, ?, ?, ?, ?, ?, 0, 0)",
            (names[-1], rule, due.isoformat(), text, condition, f"{due.isoformat()}T21:15"),
        )
    for day in (until - timedelta(days=number) for number in range(DAYS, 0, -1)):
        occurrence = f"{day.isoformat()}T07:35"
        connection.execute(
            "INSERT INTO delivery (id, reminder, occurrence, state, attempts, next_try, counted_from, expires_on,"
            " done_at, text, created_at, updated_at) VALUES (?, ?, ?, 'sent', 1, 0, 0, ?, 0, ?, 0, 0)",
            (f"{names[0]}@{occurrence}", names[0], occurrence, day.isoformat(), FIVE[0][2]),
        )
