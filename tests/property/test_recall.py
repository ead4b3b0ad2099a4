"""The intervals of recall cards against FSRS itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from fsrs import Card, Rating, Scheduler, State
from hypothesis import given
from hypothesis import strategies as st

from learnhabit.domain.recall import Grade, after_grade, new_memory


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 400)), min_size=1, max_size=12))
def test_intervals_are_those_of_fsrs_by_whole_days(grades: list[tuple[int, int]]) -> None:
    """The same grades given to FSRS at the same hour of each day."""
    scheduler = Scheduler(
        learning_steps=(timedelta(minutes=10),),
        relearning_steps=(timedelta(minutes=10),),
        maximum_interval=3650,
        enable_fuzzing=False,
    )
    card = Card(card_id=1)
    utc = datetime(2026, 11, 23, 12, tzinfo=UTC)
    memory = new_memory(utc.date())
    for grade, days in grades:
        utc += timedelta(days=days)
        card, _ = scheduler.review_card(card, Rating(grade), utc)
        memory = after_grade(memory, Grade(grade=grade, at=int(utc.timestamp()), day=utc.date()))
        assert memory.phase == card.state.name.lower()
        assert card.stability is not None
        assert memory.stability is not None
        assert abs(memory.stability - card.stability) < 1e-3 * max(card.stability, 1)
        if card.state is State.Review:
            # Six digits are kept: an interval that is nearly a half may be rounded the other way.
            assert abs((memory.due_on - card.due.date()).days) <= 1
        else:
            assert memory.due_at == int(card.due.timestamp())
