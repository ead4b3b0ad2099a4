"""Cutting a session in two, and making two one."""

from __future__ import annotations

from datetime import date

import pytest

from learnhabit.domain.session import Session, merge, split
from learnhabit.errors import LearnhabitError

DAY = date(2026, 11, 23)
T = 1_795_000_000
M = 60


def session(start: int = 0, end: int = 60, *pauses: tuple[int, int], **changes: object) -> Session:
    """A session by minutes after T."""
    plain = Session(
        seq=7,
        id="first",
        topic="rag",
        topic_title="Retrieval-augmented generation",
        resource=None,
        resource_title="",
        started_at=T + start * M,
        ended_at=T + end * M,
        seconds=(end - start - sum(b - a for a, b in pauses)) * M,
        utc_offset=60,
        zone="Europe/Berlin",
        study_day=DAY,
        day_moves=0,
        note="note",
        takeaway="takeaway",
        tags=("paper", "Work"),
        pauses=tuple((T + a * M, T + b * M) for a, b in pauses),
        origin="timer",
        starred=False,
    )
    return plain.replace(**changes)


def minutes(found: Session) -> tuple[int, int, int, list[tuple[int, int]]]:
    """(start, end, studied, pauses) in minutes after T."""
    pauses = [((a - T) // M, (b - T) // M) for a, b in found.pauses]
    return (found.started_at - T) // M, (found.ended_at - T) // M, found.seconds // M, pauses


@pytest.mark.parametrize(
    ("pauses", "at", "first", "second"),
    [
        ([], 20, (0, 20, 20, []), (20, 60, 40, [])),
        ([], 1, (0, 1, 1, []), (1, 60, 59, [])),
        ([], 59, (0, 59, 59, []), (59, 60, 1, [])),
        ([(10, 20)], 30, (0, 30, 20, [(10, 20)]), (30, 60, 30, [])),
        ([(40, 50)], 30, (0, 30, 30, []), (30, 60, 20, [(40, 50)])),
        ([(10, 20), (40, 50)], 30, (0, 30, 20, [(10, 20)]), (30, 60, 20, [(40, 50)])),
        # inside a pause, and at its ends
        ([(20, 40)], 30, (0, 20, 20, []), (40, 60, 20, [])),
        ([(20, 40)], 20, (0, 20, 20, []), (40, 60, 20, [])),
        ([(20, 40)], 40, (0, 20, 20, []), (40, 60, 20, [])),
        ([(5, 10), (20, 40), (50, 55)], 25, (0, 20, 15, [(5, 10)]), (40, 60, 15, [(50, 55)])),
    ],
)
def test_split(
    pauses: list[tuple[int, int]],
    at: int,
    first: tuple[int, int, int, list[tuple[int, int]]],
    second: tuple[int, int, int, list[tuple[int, int]]],
) -> None:
    before, after = split(session(0, 60, *pauses), T + at * M, "second")
    assert minutes(before) == first
    assert minutes(after) == second


def test_what_each_part_keeps() -> None:
    whole = session(resource="lora-paper", resource_title="LoRA", day_moves=1)
    first, second = split(whole, T + 20 * M, "second")
    assert first == whole.replace(ended_at=T + 20 * M, seconds=20 * M)
    assert second == whole.replace(
        id="second", started_at=T + 20 * M, seconds=40 * M, note="", takeaway="", tags=(), pauses=()
    )


@pytest.mark.parametrize(
    ("pauses", "at"),
    [([], 0), ([], -5), ([], 60), ([], 70), ([(0, 10)], 5), ([(50, 60)], 55), ([(0, 10)], 0), ([(50, 60)], 60)],
)
def test_no_empty_part(pauses: list[tuple[int, int]], at: int) -> None:
    with pytest.raises(LearnhabitError) as caught:
        split(session(0, 60, *pauses), T + at * M, "second")
    assert caught.value.exit_code == 1


def test_a_cut_by_the_second() -> None:
    first, second = split(session(), T + 1, "second")
    assert (first.seconds, second.seconds) == (1, 3599)


@pytest.mark.parametrize(
    ("one", "two", "merged"),
    [
        # apart: the time between is a pause
        (session(0, 30), session(40, 60), (0, 60, 50, [(30, 40)])),
        (session(40, 60), session(0, 30), (0, 60, 50, [(30, 40)])),
        (session(0, 30, (10, 20)), session(40, 60, (45, 50)), (0, 60, 35, [(10, 20), (30, 40), (45, 50)])),
        # end to end
        (session(0, 30), session(30, 60), (0, 60, 60, [])),
        # overlapping: both count, and there is no pause where one of them was studied
        (session(0, 40), session(20, 60), (0, 60, 80, [])),
        (session(0, 60), session(20, 40), (0, 60, 80, [])),
        (session(0, 60), session(0, 60), (0, 60, 120, [])),
        (session(0, 60, (20, 40)), session(30, 50), (0, 60, 60, [(20, 30)])),
        (session(0, 60, (20, 40)), session(10, 50, (25, 45)), (0, 60, 60, [(25, 40)])),
        (session(0, 60, (20, 40)), session(20, 40), (0, 60, 60, [])),
    ],
)
def test_merge(one: Session, two: Session, merged: tuple[int, int, int, list[tuple[int, int]]]) -> None:
    assert minutes(merge(one, two.replace(id="other"))) == merged


def test_what_the_whole_keeps() -> None:
    first = session(40, 60, note="b", takeaway="", tags=("Work", "x"), resource=None)
    second = session(
        0,
        30,
        id="second",
        seq=3,
        note="a",
        takeaway="t",
        tags=("work", "y"),
        resource="lora-paper",
        resource_title="LoRA",
        utc_offset=-300,
        zone="America/New_York",
        day_moves=2,
        origin="log",
    )
    assert merge(first, second) == session(
        0,
        60,
        (30, 40),
        note="b\na",
        takeaway="t",
        tags=("Work", "x", "y"),
        resource="lora-paper",
        resource_title="LoRA",
        utc_offset=-300,
        zone="America/New_York",
        day_moves=2,
    )
    assert merge(second, first).id == "second"
    assert merge(second, first).note == "a\nb"
    assert merge(second, first.replace(resource="x", resource_title="X")).resource_title == "LoRA"
    assert merge(first.replace(note=""), second.replace(note="")).note == ""


@pytest.mark.parametrize(
    "changes",
    [
        {"topic": "lora", "topic_title": "LoRA"},
        {"study_day": date(2026, 11, 22)},
        {"seconds": 48 * 3600 - 59 * M},
    ],
)
def test_no_whole(changes: dict[str, object]) -> None:
    with pytest.raises(LearnhabitError) as caught:
        merge(session(0, 60), session(70, 80, **changes))
    assert caught.value.exit_code == 1
    assert caught.value.hint
