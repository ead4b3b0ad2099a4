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
    next_at: int | None
    """Epoch seconds at which the first of them is due."""
    coming: tuple[tuple[date, int], ...]
    """The next seven days, today first, with how many become due."""
    cards_in_all: int
    recalled: float | None
    """Share of grades of the last 30 days that were not `again`; None for fewer than 10."""


class Part:
    """The session that a sitting's cards of one topic go into, for as long as it goes on."""

    def __init__(self, session: str) -> None:
        self.session = session
        """Its id."""
        self.reviews: dict[str, str] = {}
        """Card by grade (id in the review log), of what was graded in it and not taken back."""
        self.notes: set[str] = set()
        """What was written as its note; any other one is the person's own."""


class Sitting:
    """What one goes on with while one reviews. It may be kept for days: a session in it ends by itself."""

    def __init__(self) -> None:
        self.parts: dict[str, Part] = {}
        """By topic."""


class Graded(Record):
    """What a grade came to."""

    card: CardView
    next: str
    """How long it stays away: `10 min`, `4 days`."""
    session: str | None
    """Id of the session that holds the time; None without a sitting, or while a timer runs."""
    seconds: int
    """That this card added to it."""
