"""Cutting and joining sessions, against sets of seconds."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnhabit.domain.session import Session, merge, split
from learnhabit.errors import LearnhabitError
from tests.refusals import tried

T = 1_795_000_000
SPAN = 40


def session_of(bits: int, session_id: str = "first") -> Session:
    """A session of a few seconds with pauses inside it and apart from each other, drawn as one number."""
    bits, kind = divmod(bits, 72)
    # From every set bit on it is the other of study and pause; the first and the last are its start and end.
    cuts = [place for place in range(SPAN) if bits >> place & 1]
    cuts = cuts if len(cuts) % 2 == 0 else cuts[1:]
    cuts = cuts or [0, 1 + kind % SPAN]
    pauses = tuple((T + cuts[place], T + cuts[place + 1]) for place in range(1, len(cuts) - 1, 2))
    return Session(
        seq=1,
        id=session_id,
        topic="rag",
        topic_title="RAG",
        resource=(None, "paper")[kind % 2],
        resource_title="",
        started_at=T + cuts[0],
        ended_at=T + cuts[-1],
        seconds=cuts[-1] - cuts[0] - sum(end - start for start, end in pauses),
        utc_offset=0,
        zone="UTC",
        study_day=date(2026, 11, 23),
        day_moves=kind // 2 % 2,
        note=("", "a", "b\nc")[kind // 4 % 3],
        takeaway=("", "t")[kind // 12 % 2],
        tags=((), ("x",), ("X", "y"))[kind // 24],
        pauses=pauses,
        origin="log",
        starred=False,
    )


# Few cuts and many: of two random numbers, or the bits that both have.
BITS = st.builds(
    lambda one, two, few: (one & two if few else one) * 72 + two % 72, *[st.integers(0, 2**SPAN - 1)] * 2, st.booleans()
)
SESSIONS = BITS.map(session_of)


def studied(session: Session) -> set[int]:
    """Every second of study."""
    paused = {second for start, end in session.pauses for second in range(start, end)}
    return set(range(session.started_at, session.ended_at)) - paused


def check(session: Session) -> None:
    """What every session keeps to."""
    assert session.started_at < session.ended_at
    edges = [session.started_at, *(edge for pause in session.pauses for edge in pause), session.ended_at]
    assert edges == sorted(edges)
    assert all(start < end for start, end in session.pauses)
    assert session.seconds > 0


@given(SESSIONS, st.integers(-2, SPAN + 2))
def test_split(session: Session, away: int) -> None:
    at = T + away
    before = {second for second in studied(session) if second < at}
    after = studied(session) - before
    if not before or not after:
        with pytest.raises(LearnhabitError):
            split(session, at, "second")
        return
    first, second = split(session, at, "second")
    check(first)
    check(second)
    assert (studied(first), studied(second)) == (before, after)
    assert (first.seconds, second.seconds) == (len(before), len(after))
    assert (first.id, second.id) == (session.id, "second")
    # Nothing of a pause at the cut is left on either side.
    assert first.ended_at == max(before) + 1
    assert second.started_at == min(after)


@given(SESSIONS, st.integers(0, SPAN))
def test_split_then_merge_gives_it_back(session: Session, away: int) -> None:
    parts = tried(lambda: split(session, T + away, "second"))
    if isinstance(parts, LearnhabitError):
        return
    assert merge(*parts) == session
    # Named the other way round, the second's id stays; the time is the same.
    turned = merge(parts[1], parts[0])
    assert turned == session.replace(id="second")


@given(SESSIONS, SESSIONS.map(lambda session: session.replace(id="second")))
def test_merge(first: Session, second: Session) -> None:
    whole = merge(first, second)
    check(whole)
    assert studied(whole) == studied(first) | studied(second)
    assert whole.seconds == first.seconds + second.seconds
    assert whole.started_at == min(first.started_at, second.started_at)
    assert whole.ended_at == max(first.ended_at, second.ended_at)
    assert whole.id == "first"
    if not studied(first) & studied(second):
        paused = sum(end - start for start, end in whole.pauses)
        assert whole.ended_at - whole.started_at - paused == whole.seconds
    assert whole.note.split("\n") == [
        line for text in (first.note, second.note) if text for line in text.split("\n")
    ] or (whole.note == first.note == second.note == "")
    assert {tag.casefold() for tag in whole.tags} == {tag.casefold() for tag in (*first.tags, *second.tags)}
    assert len({tag.casefold() for tag in whole.tags}) == len(whole.tags)
    assert whole.resource == (first.resource or second.resource)


STEPS = st.lists(st.tuples(st.booleans(), st.integers(0, 3), st.integers(0, SPAN)), max_size=6)


@given(st.lists(SESSIONS, min_size=1, max_size=3), STEPS)
def test_no_second_is_lost_or_made(kept: list[Session], steps: list[tuple[bool, int, int]]) -> None:
    """Cut and join as one likes, overlapping ones too: the sum stays."""
    total = sum(session.seconds for session in kept)
    for cut, place, away in steps:
        session = kept.pop(place % len(kept))
        if cut:
            parts = tried(lambda session=session, at=T + away: split(session, at, "other"))  # type: ignore[misc]
            kept += [session] if isinstance(parts, LearnhabitError) else parts
        elif kept:
            kept[away % len(kept)] = merge(kept[away % len(kept)], session)
        else:
            kept.append(session)
        for session in kept:
            check(session)
        assert sum(session.seconds for session in kept) == total
