"""Recall cards as screens and commands see them: immutable values, and one sitting."""

from __future__ import annotations

from datetime import date

from learnhabit.domain.record import Record


class CardView(Record):
    """A question with its answer, and when it is asked next."""

    id: str
    topic: str
    topic_title: str
    origin: str
    """`takeaway`, `question` (of the topic) or `own`."""
    question: str
    answer: str
    """Empty until one was written."""
    added_on: date
    due_on: date
    state: str
    """`new`, `learning`, `review`, `relearning` or `suspended`."""
    reviews: int
    """Grades that count."""
    last_grade: int | None
    last_day: date | None
    """The study day of the latest grade."""


class CardQueue(Record):
    """What is to be recalled now, and what is to come."""

    cards: tuple[CardView, ...]
    """Due now, grouped by topic: no more than the daily limit leaves."""
    due: int
    """Due now in all."""
    limit: int
    """Cards a day."""
    reviewed_today: int
    """Different cards graded today."""
    later_today: int
    """Cards that are being learned and come back later today."""
    coming: tuple[tuple[date, int], ...]
    """The next seven days, today first, with how many become due."""
    cards_in_all: int
    recalled: float | None
    """Share of grades of the last 30 days that were not `again`; None for fewer than 10."""


class Sitting:
    """What one goes on with while one reviews: a session for each topic, and the cards that were in it."""

    def __init__(self) -> None:
        self.sessions: dict[str, str] = {}
        """Session id by topic."""
        self.cards: dict[str, set[str]] = {}
        """Card ids by topic."""


class Graded(Record):
    """What a grade came to."""

    card: CardView
    next: str
    """How long it stays away: `10 min`, `4 days`."""
    session: str | None
    """Id of the session that holds the time; None while a timer runs."""
    seconds: int
    """That this card added to it."""
