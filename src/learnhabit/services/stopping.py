"""Stopping a session with what one takes from it: a recall card of the takeaway, and how far its resource is."""

from __future__ import annotations

from learnhabit.domain.day_text import short_day
from learnhabit.errors import LearnhabitError, UsageError
from learnhabit.services.cards import add_card
from learnhabit.services.resources import set_progress
from learnhabit.services.tracking import stop
from learnhabit.services.values import Outcome
from learnhabit.services.workspace import Workspace


def stop_with(
    workspace: Workspace,
    *,
    takeaway: str = "",
    note: str | None = None,
    decision: str | None = None,
    trim_seconds: int | None = None,
    progress: str | None = None,
    question: str | None = None,
) -> Outcome:
    """Stop the timer, note progress of its resource, and make a card of its takeaway: all of it or nothing, one step.

    `question` is the card's front, empty for the usual one; None makes no card.
    """
    if question is not None and not takeaway.strip():
        raise UsageError("A card needs a takeaway", "write down what you want to be asked about")
    with workspace.change("stopped the timer"):
        outcome = stop(workspace, takeaway=takeaway, note=note, decision=decision, trim_seconds=trim_seconds)
        if outcome is None:
            raise LearnhabitError("The timer was discarded", "there is nothing to keep of it")
        session = outcome.session
        if progress is not None:
            if session.resource is None:
                raise LearnhabitError("The session has no resource", "progress belongs to a paper, course or book")
            set_progress(workspace, session.resource, progress)
        if question is not None:
            asked = question.strip() or usual_question(session.topic_title, short_day(session.study_day))
            add_card(workspace, session.topic, asked, takeaway, origin="takeaway", session=session.id)
    return outcome


def usual_question(topic_title: str, day: str) -> str:
    """The question of a takeaway, for who does not want to write one."""
    return f"What did you take away from {topic_title} on {day}?"
