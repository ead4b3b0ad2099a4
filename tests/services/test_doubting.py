"""A timer that looks wrong stays so until somebody says what it is worth."""

from __future__ import annotations

from pathlib import Path

import pytest

from learnhabit.errors import LearnhabitError
from learnhabit.services.doubting import DoubtError
from learnhabit.services.tracking import heartbeat, pause, resume, start, stop, switch, timer
from learnhabit.services.undoing import undo
from tests.services.support import at


def day(clock: str) -> str:
    return f"2026-11-23T{clock}:00+01:00"


def begun(folder: Path, clock: str, *beats: str) -> None:
    """A timer that the app saw at some moments."""
    with at(folder, day(clock)) as workspace:
        start(workspace, ["rag"])
    for beat in beats:
        with at(folder, day(beat)) as workspace:
            heartbeat(workspace)


def test_a_heartbeat_does_not_make_it_look_right(tmp_path: Path) -> None:
    begun(tmp_path, "06:00", "07:05")
    for clock in ("19:00", "19:01"):
        with at(tmp_path, day(clock)) as workspace:
            heartbeat(workspace)
            found = timer(workspace)
        assert found is not None
        assert found.suspicion.endswith("the app last saw it at 1 h 05 m") or "it shows 13 h" in found.suspicion
        assert found.heartbeat_seconds == 65 * 60
    with at(tmp_path, day("19:02")) as workspace:
        outcome = stop(workspace, decision="trim")
    assert outcome is not None
    assert outcome.session.seconds == 65 * 60


def test_after_a_sleep_of_some_hours_too(tmp_path: Path) -> None:
    begun(tmp_path, "14:00", "14:30")
    with at(tmp_path, day("18:00")) as workspace:
        heartbeat(workspace)
        found = timer(workspace)
    assert found is not None
    assert found.suspicion == "it shows 4 h 00 m, and the app last saw it at 30 min"


def test_a_heartbeat_goes_on_where_nothing_is_wrong(tmp_path: Path) -> None:
    begun(tmp_path, "14:00", "14:30", "16:59", "17:00", "17:01")
    with at(tmp_path, day("17:01")) as workspace:
        found = timer(workspace)
    assert found is not None
    assert (found.suspicion, found.heartbeat_seconds) == ("", 181 * 60)


def test_pausing_it_is_refused_with_the_way_out(tmp_path: Path) -> None:
    begun(tmp_path, "06:00")
    with at(tmp_path, day("19:00")) as workspace, pytest.raises(DoubtError) as refused:
        pause(workspace)
    assert refused.value.title == "The timer looks wrong: it shows 13 h 00 m"
    assert refused.value.hint == "first: learnhabit stop with --keep, --trim [DURATION] or --discard"
    with at(tmp_path, day("19:00")) as workspace:
        found = timer(workspace)
        assert found is not None
        assert not found.paused
        with pytest.raises(LearnhabitError):
            stop(workspace)


def test_a_pause_is_no_absence_of_the_app(tmp_path: Path) -> None:
    begun(tmp_path, "12:00", "15:29")
    with at(tmp_path, day("15:30")) as workspace:
        pause(workspace)
    with at(tmp_path, day("16:30")) as workspace:
        assert resume(workspace).suspicion == ""
    with at(tmp_path, day("16:33")) as workspace:
        found = timer(workspace)
    # Nobody has seen it for three minutes by now.
    assert found is not None
    assert found.suspicion == "it shows 3 h 33 m, and the app last saw it at 3 h 30 m"


def test_a_timer_that_no_app_saw_is_not_said_to_be_seen(tmp_path: Path) -> None:
    begun(tmp_path, "12:00")
    with at(tmp_path, day("15:30")) as workspace:
        pause(workspace)
    with at(tmp_path, day("16:30")) as workspace:
        assert resume(workspace).heartbeat_seconds is None


def test_a_switch_can_keep_words_with_what_it_saves(tmp_path: Path) -> None:
    begun(tmp_path, "14:00")
    with at(tmp_path, day("14:30")) as workspace:
        outcome, new = switch(
            workspace, ["evaluation"], takeaway="Chunks overlap.", kept_note="of the first", note="of it"
        )
    assert (outcome.session.takeaway, outcome.session.note, new.note) == ("Chunks overlap.", "of the first", "of it")
    with at(tmp_path, day("14:31")) as workspace:
        undo(workspace)
        back = timer(workspace)
    assert back is not None
    assert back.topic == "retrieval-augmented-generation"
