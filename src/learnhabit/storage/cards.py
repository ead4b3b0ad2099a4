"""Reading recall cards and their review log: the statements, and nothing that decides."""

from __future__ import annotations

from datetime import date

from learnhabit.domain.recall import Grade, Memory

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from typing import Any

    from learnhabit.storage.store import Store

COUNTS = (
    "grade IS NOT NULL AND coalesce((SELECT voided FROM card_review AS later WHERE later.of_review = card_review.id"
    " ORDER BY seq DESC LIMIT 1), 0) = 0"
)
"""Whether a row of the review log is a grade that was not taken back."""
ASKED = (
    "suspended_on IS NULL AND deleted_at IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM topic WHERE topic.id = card.topic AND topic.archived_on IS NOT NULL)"
)
"""Which cards are asked when their time comes: those of a topic that was put aside rest with it."""
DUE = f"{ASKED} AND due_on <= ?1 AND (due_at IS NULL OR due_at <= ?2 OR due_on < ?1)"
"""Which cards are due: ?1 is the study day, ?2 the instant."""
_MEMORY = "phase, step, stability, difficulty, reviewed_at, reviewed_on, due_at, due_on"


def read_memory(store: Store, card: str) -> Memory | None:
    """How a card stands."""
    row = store.one(f"SELECT {_MEMORY} FROM card WHERE id = ?", card)
    return memory_of(row) if row else None


def memory_of(row: tuple[Any, ...]) -> Memory:
    """The eight columns of the memory."""
    return Memory(
        phase=row[0],
        step=row[1],
        stability=row[2],
        difficulty=row[3],
        reviewed_at=row[4],
        reviewed_on=date.fromisoformat(row[5]) if row[5] else None,
        due_at=row[6],
        due_on=date.fromisoformat(row[7]),
    )


def memory_row(memory: Memory) -> Mapping[str, object]:
    """The same as it is stored."""
    return {
        "phase": memory.phase,
        "step": memory.step,
        "stability": memory.stability,
        "difficulty": memory.difficulty,
        "reviewed_at": memory.reviewed_at,
        "reviewed_on": memory.reviewed_on.isoformat() if memory.reviewed_on else None,
        "due_at": memory.due_at,
        "due_on": memory.due_on.isoformat(),
    }


def read_grades(store: Store, card: str) -> list[Grade]:
    """The grades of a card that count, in the order in which they were given, here or on another device."""
    return [
        Grade(grade=row[0], at=row[1], day=date.fromisoformat(row[2]))
        for row in store.all(
            f"SELECT grade, reviewed_at, study_day FROM card_review WHERE card = ? AND {COUNTS}"
            " ORDER BY reviewed_at, seq",
            card,
        )
    ]


def graded_on(store: Store, day: date) -> int:
    """How many cards were graded on a study day."""
    row = store.one(f"SELECT count(DISTINCT card) FROM card_review WHERE study_day = ? AND {COUNTS}", day.isoformat())
    return int(row[0]) if row else 0


def cards_of_grades(store: Store, reviews: Collection[str]) -> dict[str, str]:
    """Card by grade, for those of some grades (ids of the review log) that were not taken back."""
    places = ", ".join("?" * len(reviews))
    return dict(store.all(f"SELECT id, card FROM card_review WHERE id IN ({places}) AND {COUNTS}", *reviews))


def grade_counts(store: Store, first: date) -> dict[int, int]:
    """How often each grade was given since a study day."""
    return dict(
        store.all(
            f"SELECT grade, count(*) FROM card_review WHERE study_day >= ? AND {COUNTS} GROUP BY grade",
            first.isoformat(),
        )
    )


def coming_back(store: Store, day: date, now: int) -> tuple[int, int | None]:
    """How many cards that are being learned come back later on a study day, and the instant of the first."""
    row = store.one(
        f"SELECT count(*), min(due_at) FROM card WHERE {ASKED} AND due_on = ? AND due_at > ?", day.isoformat(), now
    )
    return (row[0], row[1]) if row else (0, None)


def due_by_day(store: Store, first: date, last: date) -> dict[date, int]:
    """How many cards become due on each of some days."""
    return {
        date.fromisoformat(row[0]): row[1]
        for row in store.all(
            f"SELECT due_on, count(*) FROM card WHERE {ASKED} AND due_on BETWEEN ? AND ? GROUP BY due_on",
            first.isoformat(),
            last.isoformat(),
        )
    }
