"""Seven resolutions for the last year of a history: one of every measure, and one that recurs."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date, timedelta

SEVEN: tuple[tuple[str, str, str | None, str, str | None, int], ...] = (
    ("40 hours of fine-tuning by 31 Dec", "hours", None, "efficient-fine-tuning", None, 40 * 3600),
    ("400 hours this year", "hours", None, "", None, 400 * 3600),
    ("Study 5 days a week", "days", None, "", "week", 5),
    (
        "60 sessions on rag or multimodal",
        "sessions",
        None,
        "retrieval-augmented-generation\nmultimodal-models",
        None,
        60,
    ),
    ("Finish 12 papers", "resources", "paper", "", None, 12),
    ("Write 6 blog posts", "count", None, "", None, 6),
    ("2 h a month of evaluation", "hours", None, "llm-evaluation", "month", 2 * 3600),
)
"""(statement, measure, kind, scope, per, target)."""
FINISHED = 9
WRITTEN = 4


def write_resolutions(connection: sqlite3.Connection, until: date, new_id: Callable[[date], str]) -> None:
    """Write them as made on the first day of the year of `until`, with what was finished and written since."""
    first, last = until.replace(month=1, day=1), until.replace(month=12, day=31)
    days = [until - (until - first) * number // 10 for number in range(10)]
    for statement, measure, kind, scope, per, target in SEVEN:
        name = new_id(first)
        connection.execute(
            "INSERT INTO resolution (id, statement, measure, kind, scope, per, period_start, made_on, created_at,"
            " updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0)",
            (name, statement, measure, kind, scope, per, first.isoformat(), first.isoformat()),
        )
        connection.execute(
            "INSERT INTO resolution_aim (id, resolution, entered_on, target, period_end, created_at, updated_at)"
            " VALUES (?, ?, ?, ?, ?, 0, 0)",
            (new_id(first + timedelta(days=1)), name, first.isoformat(), target, last.isoformat()),
        )
        for day in days[:WRITTEN] if measure == "count" else ():
            connection.execute(
                "INSERT INTO check_in (id, resolution, day, amount, created_at, updated_at) VALUES (?, ?, ?, 1, 0, 0)",
                (new_id(day), name, day.isoformat()),
            )
    papers = connection.execute("SELECT id FROM resource WHERE kind = 'paper' ORDER BY seq LIMIT ?", (FINISHED,))
    for day, (paper,) in zip(days, papers.fetchall(), strict=False):
        connection.execute("UPDATE resource SET finished_on = ? WHERE id = ?", (day.isoformat(), paper))
