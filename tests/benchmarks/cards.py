"""Five thousand recall cards with their grades, and what was read in sessions, for a history."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from datetime import date, timedelta

CARDS = 5_000
GRADES_EACH = 4
DUE_TODAY = 200


def write_cards(
    connection: sqlite3.Connection, until: date, chance: random.Random, new_id: Callable[[date], str]
) -> None:
    """Write them over all topics, each graded some times; some are due on the last day, the others later."""
    # More than a sitting of a benchmark takes.
    connection.execute(
        "INSERT INTO setting (id, value, created_at, updated_at) VALUES ('recall_limit', ?, 0, 0)", (str(DUE_TODAY),)
    )
    topics = [row[0] for row in connection.execute("SELECT id FROM topic ORDER BY seq")]
    for number in range(CARDS):
        topic = topics[number % len(topics)]
        name = new_id(until - timedelta(days=chance.randrange(300, 2000)))
        graded = until - timedelta(days=chance.randrange(1, 60))
        due = until if number % (CARDS // DUE_TODAY) == 0 else until + timedelta(days=chance.randrange(1, 300))
        at = graded.toordinal() * 86_400 - 719_163 * 86_400 + 43_200
        connection.execute(
            "INSERT INTO card (id, topic, origin, question, answer, added_on, phase, stability, difficulty,"
            " reviewed_at, reviewed_on, due_on, created_at, updated_at)"
            " VALUES (?, ?, 'own', ?, ?, ?, 'review', 20.5, 5.5, ?, ?, ?, 0, 0)",
            (
                *(name, topic, f"What does number {number} stand for?", f"For the answer to number {number}."),
                *("2024-01-01", at, graded.isoformat(), due.isoformat()),
            ),
        )
        for back in range(GRADES_EACH, 0, -1):
            day = graded - timedelta(days=(back - 1) * 20)
            connection.execute(
                "INSERT INTO card_review (id, card, grade, reviewed_at, study_day, seconds, created_at, updated_at)"
                " VALUES (?, ?, 3, ?, ?, 30, 0, 0)",
                (new_id(day), name, at - (back - 1) * 20 * 86_400, day.isoformat()),
            )


def write_reading(connection: sqlite3.Connection) -> None:
    """Every third session is with the first resource of its topic, and three topics are followed."""
    connection.execute(
        "UPDATE session SET resource = (SELECT id FROM resource WHERE resource.topic = session.topic"
        " ORDER BY position LIMIT 1) WHERE seq % 3 = 0"
    )
    connection.execute("UPDATE topic SET followed_on = '2026-01-01' WHERE seq % 8 = 1")
