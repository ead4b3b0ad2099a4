"""When a recall card comes back: the memory of it after each grade, by FSRS."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

from learnhabit.domain.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from fsrs import Scheduler

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
GRADES = {"again": AGAIN, "hard": HARD, "good": GOOD, "easy": EASY}
RECALL_LIMIT = 10
"""Cards a day, unless another number is set."""
STEP = timedelta(minutes=10)
"""After which a card that is being learned comes back on the same day."""
LONGEST_DAYS = 3650
"""No card stays away for more than ten years."""
MOST_SECONDS = 120
"""Of the time spent on one card no more is counted."""
REST = 30 * 60
"""Seconds; who comes back later than that begins anew: another session, and grades counted from 0."""


class Memory(Record):
    """How well a card is known, and when it is due."""

    phase: str
    """`new`, `learning`, `review` or `relearning`."""
    step: int | None
    stability: float | None
    """Days after which nine in ten such cards are still remembered."""
    difficulty: float | None
    """1–10."""
    reviewed_at: int | None
    """Epoch seconds of the latest grade."""
    reviewed_on: date | None
    """Its study day."""
    due_at: int | None
    """Epoch seconds from which it is due again, while it is (re)learned; None for whole days."""
    due_on: date
    """The study day from which it is due."""


class Grade(Record):
    """One entry of the review log that counts."""

    grade: int
    """1 again, 2 hard, 3 good, 4 easy."""
    at: int
    """Epoch seconds."""
    day: date
    """The study day."""


def make_ready() -> None:
    """Import FSRS now, which takes longer than anybody should hold a lock."""
    import fsrs  # noqa: F401


def new_memory(due_on: date) -> Memory:
    """A card that was never graded."""
    return Memory(
        phase="new",
        step=None,
        stability=None,
        difficulty=None,
        reviewed_at=None,
        reviewed_on=None,
        due_at=None,
        due_on=due_on,
    )


def after_grade(memory: Memory, grade: Grade) -> Memory:
    """The memory of a card after a grade.

    The intervals are those of FSRS with whole days. It is told the study day at noon, not the instant: the hour of the
    day, travel and a late night change nothing, and the review log alone leads to the same state again.
    """
    from fsrs import Card, Rating, State

    states = {"learning": State.Learning, "review": State.Review, "relearning": State.Relearning}
    card = Card(
        card_id=0,
        state=states.get(memory.phase, State.Learning),
        # A card that was never graded is in its first learning step.
        step=0 if memory.phase == "new" else memory.step,
        stability=memory.stability,
        difficulty=memory.difficulty,
        last_review=None if memory.reviewed_on is None else _noon(memory.reviewed_on),
    )
    now = _noon(grade.day)
    card, _ = _scheduler().review_card(card, Rating(grade.grade), now)
    away = card.due - now
    learned = card.state is State.Review
    return Memory(
        phase=next(name for name, state in states.items() if state is card.state),
        step=card.step,
        stability=_rounded(card.stability),
        difficulty=_rounded(card.difficulty),
        reviewed_at=grade.at,
        reviewed_on=grade.day,
        due_at=None if learned else grade.at + int(away.total_seconds()),
        due_on=_later(grade.day, away.days) if learned else grade.day,
    )


def replayed(due_on: date, log: Iterable[Grade]) -> Memory:
    """The memory of a card after all of its grades, oldest first; `due_on` is the day on which a new one is due."""
    memory = new_memory(due_on)
    for grade in log:
        memory = after_grade(memory, grade)
    return memory


def interval_words(memory: Memory) -> str:
    """How long a card stays away after its latest grade: `10 min`, `4 days`, `3 months`, `1.5 years`."""
    if memory.due_at is not None and memory.reviewed_at is not None:
        return f"{(memory.due_at - memory.reviewed_at) // 60} min"
    days = 0 if memory.reviewed_on is None else (memory.due_on - memory.reviewed_on).days
    if days < 31:
        return f"{days} day{'' if days == 1 else 's'}"
    if days < 365:
        months = int(days / 30.4375 + 0.5)
        return f"{months} month{'' if months == 1 else 's'}"
    return f"{int(days / 36.525 + 0.5) / 10:.1f} years"


def _scheduler() -> Scheduler:
    from fsrs import Scheduler

    return Scheduler(
        learning_steps=(STEP,), relearning_steps=(STEP,), maximum_interval=LONGEST_DAYS, enable_fuzzing=False
    )


def _rounded(value: float | None) -> float | None:
    """As many digits as survive being written down as JSON, so that undo leads to the same state as the log."""
    return None if value is None else round(value, 6)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), timezone.utc)  # noqa: UP017


def _later(day: date, days: int) -> date:
    return day + timedelta(days=min(days, (date.max - day).days))
