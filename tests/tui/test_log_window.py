"""The stretch of the log in memory, read anew after a change: where the view and the cursor are then."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from learnhabit.domain.session import Session
from learnhabit.tui.widgets.logwindow import LogWindow

TODAY = date(2026, 11, 23)
HEIGHT = 10


def session(number: int, day: date = TODAY) -> Session:
    """A session by its number; a higher one is newer."""
    return Session(
        seq=number,
        id=f"id{number}",
        topic="rag",
        topic_title="Retrieval-augmented generation",
        resource=None,
        resource_title="",
        started_at=number * 3600,
        ended_at=number * 3600 + 600,
        seconds=600,
        utc_offset=0,
        zone="UTC",
        study_day=day,
        day_moves=0,
        note="",
        takeaway="",
        tags=(),
        pauses=(),
        origin="log",
        starred=False,
    )


def window_of(*numbers: int, newest: bool = True, oldest: bool = True) -> LogWindow:
    """Sessions of one day."""
    window = LogWindow()
    window.replace([session(number) for number in numbers], {TODAY: 600}, newest=newest, oldest=oldest)
    return window


def renew(window: LogWindow, *sessions: Session, oldest: bool = True) -> None:
    """Read it anew, and show it as the list does."""
    window.renew(sessions, {each.study_day: 600 for each in sessions}, newest=window.newest, oldest=oldest)
    window.show_cursor(HEIGHT)


MANY = tuple(range(40, 0, -1))


def test_what_is_logged_on_top_is_seen_and_marked() -> None:
    window = window_of(*MANY)
    renew(window, session(41), *map(session, MANY))
    assert window.top == 0
    assert window.current is not None
    assert window.current.id == "id41"


def test_what_is_logged_on_another_day_is_seen_with_its_heading() -> None:
    window = window_of(*MANY)
    renew(window, session(41, TODAY + timedelta(days=1)), *map(session, MANY))
    assert window.top == 0
    assert window.rows[:3] == [~0, 0, ~1]


def test_who_is_further_down_goes_to_what_is_new() -> None:
    window = window_of(*MANY)
    window.mark(30, HEIGHT)
    renew(window, session(41), *map(session, MANY))
    assert window.current is not None
    assert window.current.id == "id41"
    assert window.top == 0


def test_deleting_leaves_the_cursor_and_undo_brings_it_back() -> None:
    window = window_of(*MANY)
    window.mark(3, HEIGHT)
    kept = [session(number) for number in MANY if number != 37]
    renew(window, *kept)
    assert window.current is not None
    assert window.current.id == "id36"
    renew(window, *map(session, MANY))
    assert window.current.id == "id37"


@pytest.mark.parametrize("gone", [40, 22])
def test_what_lay_beyond_the_end_is_not_new(gone: int) -> None:
    window = window_of(*MANY[:20], oldest=False)
    kept = [session(number) for number in MANY[:21] if number != gone]
    window.mark(5, HEIGHT)
    renew(window, *kept, oldest=False)
    assert window.current is not None
    assert window.current.id == "id35", "the cursor stays with its session"


def test_what_was_logged_into_the_middle_is_new() -> None:
    window = window_of(*MANY[:20], oldest=False)
    between = session(30).replace(id="between", seq=99)
    renew(window, *map(session, MANY[:10]), between, *map(session, MANY[10:21]), oldest=False)
    assert window.current is not None
    assert window.current.id == "between"


def test_of_several_none_is_marked() -> None:
    window = window_of(*MANY)
    window.mark(2, HEIGHT)
    renew(window, session(42), session(41), *map(session, MANY))
    assert window.current is not None
    assert window.current.id == "id38"
