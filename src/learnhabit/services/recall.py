"""What is due, and grading it: one undo step a grade, and one session a topic and sitting."""

from __future__ import annotations

from datetime import date, timedelta

from learnhabit.domain.day_text import long_day
from learnhabit.domain.recall import (
    AGAIN,
    EASY,
    MOST_SECONDS,
    REST,
    Grade,
    Memory,
    after_grade,
    interval_words,
    make_ready,
    replayed,
)
from learnhabit.domain.text import quoted
from learnhabit.errors import LearnhabitError, UsageError
from learnhabit.services.cards import FIRST, card_view, read_cards, stored_answer
from learnhabit.services.due import daily_limit, due_cards
from learnhabit.services.recall_values import CardQueue, CardView, Graded, Part, Sitting
from learnhabit.services.recording import insert_session
from learnhabit.services.workspace import Workspace
from learnhabit.storage.cards import (
    DUE,
    cards_of_grades,
    coming_back,
    due_by_day,
    grade_counts,
    graded_on,
    memory_row,
    read_grades,
    read_memory,
)
from learnhabit.storage.sessions import session_by_id, write_pauses
from learnhabit.storage.store import Change
from learnhabit.storage.timers import read_timer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from learnhabit.domain.session import Session

FEW_GRADES = 10
"""Under so many grades nothing is said about how much was recalled."""
TAG = "recall"
_DAY = timedelta(days=1)


def recall_queue(workspace: Workspace) -> CardQueue:
    """What is due now, topic by topic, and what is to come."""
    store, today = workspace.store, workspace.today
    limit, reviewed = daily_limit(workspace), graded_on(store, today)
    ids = due_cards(workspace, limit - reviewed)
    by_id = {card.id: card for card in read_cards(workspace, f"AND card.id IN ({', '.join('?' * len(ids))})", *ids)}
    cards = [by_id[name] for name in ids if name in by_id]
    topics = list(dict.fromkeys(card.topic for card in cards))
    due = store.one(f"SELECT count(*) FROM card WHERE {DUE}", today.isoformat(), workspace.now)
    later_today, next_at = coming_back(store, today, workspace.now)
    total = store.one("SELECT count(*) FROM card WHERE deleted_at IS NULL")
    coming = due_by_day(store, today + _DAY, today + 6 * _DAY)
    grades = grade_counts(store, today - 29 * _DAY)
    given = sum(grades.values())
    return CardQueue(
        # Sorting is stable: within a topic the order stays.
        cards=tuple(sorted(cards, key=lambda card: topics.index(card.topic))),
        due=due[0] if due else 0,
        limit=limit,
        reviewed_today=reviewed,
        later_today=later_today,
        next_at=next_at,
        coming=((today, len(cards)), *((today + n * _DAY, coming.get(today + n * _DAY, 0)) for n in range(1, 7))),
        cards_in_all=total[0] if total else 0,
        recalled=1 - grades.get(AGAIN, 0) / given if given >= FEW_GRADES else None,
    )


def next_words(workspace: Workspace, card: str) -> tuple[str, str, str, str]:
    """How long a card would stay away after each grade, again to easy: `10 min`, `4 days`."""
    memory = read_memory(workspace.store, card)
    if memory is None:
        raise workspace.damage_or(LearnhabitError("The card is gone", "it was just deleted"))
    words = [
        interval_words(after_grade(memory, Grade(grade=grade, at=workspace.now, day=workspace.today)))
        for grade in range(AGAIN, EASY + 1)
    ]
    return words[0], words[1], words[2], words[3]


def grade_card(
    workspace: Workspace,
    reference: str,
    grade: int,
    *,
    answer: str | None = None,
    shown_at: int | None = None,
    sitting: Sitting | None = None,
) -> Graded:
    """Grade a card, 1 again to 4 easy; one step to undo.

    A card without an answer takes one now. The time since `shown_at` (epoch seconds), at most two minutes, goes into
    the sitting's session of the topic; nothing is logged without a sitting, or while a timer runs.
    """
    if grade not in range(AGAIN, EASY + 1):
        raise UsageError(f"{grade} is no grade", "1 again, 2 hard, 3 good, 4 easy")
    named = card_view(workspace, reference)
    make_ready()
    with workspace.change(f"graded {quoted(named.question)}") as change:
        # Read only now that nobody else writes: what another process has just graded, suspended or deleted counts.
        card, memory = _to_grade(workspace, named.id)
        values: dict[str, object] = {}
        if not card.answer:
            values["answer"] = stored_answer(workspace, answer or "")
            if not values["answer"]:
                raise UsageError("The card has no answer yet", 'write one first, --answer "…"')
        now, today = workspace.now, workspace.today
        # The log is replayed by its instants: a clock that was set back must not put this grade before the last one.
        given = Grade(grade=grade, at=max(now, memory.reviewed_at or 0), day=today)
        after = after_grade(memory, given)
        change.update("card", card.id, {**values, **memory_row(after)})
        begun = max(min(now if shown_at is None else shown_at, now - 1), now - MOST_SECONDS)
        review = workspace.new_id()
        session, seconds = _log_time(change, workspace, card, review, begun, sitting)
        change.insert(
            "card_review",
            review,
            {
                "card": card.id,
                "grade": grade,
                "reviewed_at": given.at,
                "study_day": today.isoformat(),
                "seconds": now - begun,
            },
        )
    return Graded(card=card_view(workspace, card.id), next=interval_words(after), session=session, seconds=seconds)


def _to_grade(workspace: Workspace, card_id: str) -> tuple[CardView, Memory]:
    """A card as it stands; LearnhabitError when it can't be graded now."""
    found, memory = read_cards(workspace, "AND card.id = ?", card_id), read_memory(workspace.store, card_id)
    if not found or memory is None:
        raise workspace.damage_or(LearnhabitError("The card is gone", "it was just deleted"))
    (card,) = found
    if card.state == "suspended":
        raise LearnhabitError("The card is suspended", f"learnhabit recall resume {card.id[-6:]} brings it back")
    if memory.reviewed_on != workspace.today:
        _within_limit(workspace, card)
    return card, memory


def _within_limit(workspace: Workspace, card: CardView) -> None:
    limit = daily_limit(workspace)
    if graded_on(workspace.store, workspace.today) >= limit:
        raise LearnhabitError(
            f"{limit} cards are graded today, which is the limit",
            f"the card due on {long_day(card.due_on)} waits; learnhabit settings recall_limit {limit + 5} raises it",
        )


def _log_time(
    change: Change, workspace: Workspace, card: CardView, review: str, begun: int, sitting: Sitting | None
) -> tuple[str | None, int]:
    """(session, seconds added): let the sitting's session of the topic grow up to now, or begin it."""
    if sitting is None:
        # A grade that was typed took no time worth logging.
        return None, 0
    store, now = workspace.store, workspace.now
    timer = read_timer(store)
    if timer is not None:
        if timer.paused_at is None:
            # The timer counts it already.
            return None, 0
        # A paused one counts nothing: what is studied in its pause is lost unless it is logged. It may have been paused
        # while the card was looked at; up to then it has counted.
        begun = max(begun, timer.paused_at)
    if begun >= now:
        return None, 0
    part = sitting.parts.get(card.topic)
    known = session_by_id(store, part.session) if part else None
    if part is None or known is None or not _goes_on(known, card, begun, workspace.today):
        part = sitting.parts[card.topic] = Part(workspace.new_id())
        part.reviews[review] = card.id
        insert_session(
            change,
            workspace,
            part.session,
            topic=card.topic,
            resource=None,
            started_at=begun,
            ended_at=now,
            seconds=now - begun,
            note=_note(part),
            takeaway="",
            tags=(TAG,),
            pauses=(),
            origin="log",
        )
        return part.session, now - begun
    # Grades that were taken back are none, and this one ends that they could be given again by redo.
    part.reviews = {**cards_of_grades(store, part.reviews), review: card.id}
    values: dict[str, object] = {"note": _note(part)} if known.note in part.notes else {}
    begun = max(begun, known.ended_at)
    if now > begun:
        # Cards of another topic came between, or the person looked away: that is a pause of this session.
        gap = ((known.ended_at, begun),) if begun > known.ended_at else ()
        values |= {
            "ended_at": now,
            "seconds": known.seconds + now - begun,
            "pauses": write_pauses((*known.pauses, *gap)),
        }
    if values:
        change.update("session", known.id, values)
    return known.id, max(now - begun, 0)


def _goes_on(session: Session, card: CardView, begun: int, today: date) -> bool:
    """Whether a card belongs into a session: not into one that was given another topic or day, nor after a rest."""
    # Nothing is added to a session until a clock that was set back has caught up with its end: not for hours.
    rested = abs(begun - session.ended_at) > REST
    return session.topic == card.topic and session.study_day == today and not rested


def _note(part: Part) -> str:
    cards = len(set(part.reviews.values()))
    note = f"Recall, {cards} card{'' if cards == 1 else 's'}"
    part.notes.add(note)
    return note


def drifted_cards(workspace: Workspace) -> list[tuple[str, Memory]]:
    """(id, state by the review log) of every card that is kept with another one."""
    found = []
    for card, origin, added_on in workspace.store.all("SELECT id, origin, added_on FROM card WHERE deleted_at IS NULL"):
        first = date.fromisoformat(added_on) + FIRST.get(origin, timedelta())
        memory = replayed(first, read_grades(workspace.store, card))
        if memory != read_memory(workspace.store, card):
            found.append((card, memory))
    return found


def put_right(workspace: Workspace) -> int:
    """Give every card the state that its review log leads to; how many had another. Inside the caller's transaction."""
    drifted = drifted_cards(workspace)
    for card, memory in drifted:
        row = memory_row(memory)
        workspace.store.connection.execute(
            f"UPDATE card SET {', '.join(f'{name} = ?' for name in row)} WHERE id = ?", (*row.values(), card)
        )
    return len(drifted)


def rebuild_cards(workspace: Workspace) -> int:
    """Work out the state of every card anew from the review log; how many were different."""
    with workspace.store.transaction():
        return put_right(workspace)
