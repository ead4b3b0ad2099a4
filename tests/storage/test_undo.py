"""Undo brings back exactly what was there, redo exactly what came of it; the journal survives, and forgets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from learnhabit.errors import LearnhabitError
from learnhabit.services import editing, planning, topics, tracking
from learnhabit.services.habit import habit
from learnhabit.services.log import NO_FILTER, log_page
from learnhabit.services.settings import set_setting
from learnhabit.services.undoing import redo, undo
from learnhabit.services.workspace import Workspace
from learnhabit.storage.store import UNDO_STEPS
from learnhabit.storage.timers import read_timer
from tests.storage.support import assert_sound, assert_states_fresh, at, rows, run

LATER = "2026-11-23T20:45:00+01:00"
LATEST = "2026-11-23T20:52:00+01:00"

Work = Callable[[Workspace], object]


def latest_pair(workspace: Workspace) -> tuple[str, str]:
    one, other = log_page(workspace, NO_FILTER, None, older=True, limit=2).sessions
    return one.id, other.id


CHANGES: dict[str, Work] = {
    "log": lambda w: tracking.log(w, ["45m", "rag", "new", "#a", "#b"], takeaway="t", resource=None),
    "edit note": lambda w: editing.edit(w, "last", note="other"),
    "edit all": lambda w: editing.edit(
        w, "last", at="2026-11-20 9:00", duration="30m", topic="lora", note="n", takeaway="t", tags=["old", "new"]
    ),
    "edit tags": lambda w: editing.edit(w, "last", tags=["Other"]),
    "no tags": lambda w: editing.edit(w, "last", tags=[]),
    "move": lambda w: editing.move(w, "last", "2026-11-20"),
    "split": lambda w: editing.split(w, "last", "10:20"),
    "merge": lambda w: editing.merge(w, *latest_pair(w)),
    "merge other way": lambda w: editing.merge(w, *reversed(latest_pair(w))),
    "delete": lambda w: editing.delete(w, "last"),
    "cadence": lambda w: planning.set_plan(w, cadence="mon,wed"),
    "cadence again": lambda w: planning.set_plan(w, cadence="3", minimum="20m", goal="1h"),
    "time off": lambda w: planning.add_time_off(w, "2026-11-01", "2026-11-05", "ill"),
    "no time off": lambda w: planning.remove_time_off(w, "last"),
    "day start": lambda w: set_setting(w, "day_start", "06:00"),
    "week start": lambda w: set_setting(w, "week_start", "sunday"),
    "clock": lambda w: set_setting(w, "clock", "12"),
    "topic": lambda w: topics.add_topic(w, "Rust"),
}
TIMER_CHANGES: dict[str, Work] = {
    "start": lambda w: tracking.start(w, ["rag", "a note", "#a"], at="-5m"),
    "stop": lambda w: tracking.stop(w, takeaway="t", note="other"),
    "stop trimmed": lambda w: tracking.stop(w, decision="trim", trim_seconds=120),
    "cancel": tracking.cancel,
    "switch": lambda w: tracking.switch(w, ["evaluation"]),
}


@pytest.fixture
def home(swift_home: Path) -> Path:
    return swift_home


@pytest.fixture
def used(home: Path) -> Path:
    """A folder with two sessions of one topic and day, and something of everything that can be changed."""
    with at(home) as workspace:
        planning.set_plan(workspace, cadence="5", minimum="15m")
        planning.add_time_off(workspace, "2026-11-20", "2026-11-30", "holiday")
        set_setting(workspace, "week_start", "saturday")
        set_setting(workspace, "day_start", "05:00")
        tracking.log(workspace, ["30m", "rag", "first", "#a"], at="2026-11-22 9:00", takeaway="one")
        tracking.log(workspace, ["60m", "rag", "second", "#old", "#gone"], at="2026-11-22 10:00")
        editing.edit(workspace, "last", tags=["old"])
    return home


def without_timer(found: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    return {table: content for table, content in found.items() if table != "timer"}


def do(home: Path, work: Work, moment: str = LATER) -> None:
    with at(home, moment) as workspace:
        work(workspace)
    check(home, moment)


def check(home: Path, moment: str = LATER) -> None:
    assert_sound(home)
    with at(home, moment) as workspace:
        habit(workspace)
        assert_states_fresh(workspace)


@pytest.mark.parametrize("change", CHANGES)
def test_undo_and_redo_of_a_change(used: Path, change: str) -> None:
    before = rows(used)
    do(used, CHANGES[change])
    after = rows(used)
    assert after != before
    for _ in range(3):
        # Each in a workspace of its own: the journal is in the file, not in the process.
        do(used, undo, LATEST)
        assert rows(used) == before
        do(used, redo, LATEST)
        assert rows(used) == after
    do(used, undo)
    do(used, lambda w: tracking.log(w, ["1m", "rag"]))
    with at(used) as workspace, pytest.raises(LearnhabitError, match="nothing to redo"):
        redo(workspace)


@pytest.mark.parametrize("change", TIMER_CHANGES)
@pytest.mark.parametrize("paused", [False, True])
def test_undo_and_redo_of_a_timer(used: Path, change: str, paused: bool) -> None:
    if change != "start":
        do(used, lambda w: tracking.start(w, ["lora", "old note", "#t"], at="-10m"), "2026-11-23T20:41:00+01:00")
        do(used, tracking.heartbeat, "2026-11-23T20:42:00+01:00")
        if paused:
            do(used, tracking.pause, "2026-11-23T20:43:00+01:00")
    before = rows(used)
    do(used, TIMER_CHANGES[change])
    after = rows(used)
    for _ in range(3):
        do(used, undo, LATEST)
        found = rows(used)
        assert without_timer(found) == without_timer(before)
        if change == "start":
            assert found["timer"] == []
        else:
            # The moment of the change; a timer that was trimmed is back at the end that it was trimmed to.
            minute = 43 if paused else 33 if change == "stop trimmed" else 45
            moment = int(datetime.fromisoformat(f"2026-11-23T20:{minute}:00+01:00").timestamp())
            assert found["timer"] == [{**before["timer"][0], "paused_at": moment}]
        do(used, redo, LATEST)
        assert rows(used) == after


def test_a_timer_that_undo_brought_back_goes_on_and_is_stopped_again(used: Path) -> None:
    do(used, lambda w: tracking.start(w, ["lora", "the note"], at="-10m"))
    do(used, tracking.stop)
    stopped = rows(used)["session"][-1]
    assert stopped["seconds"] == 600
    do(used, undo)
    with at(used, LATEST) as workspace:
        back = tracking.timer(workspace)
        assert back is not None and back.paused and back.seconds == 600
    do(used, tracking.resume, "2026-11-23T21:00:00+01:00")
    do(used, tracking.stop, "2026-11-23T21:05:00+01:00")
    last = rows(used)["session"][-1]
    assert last["seconds"] == 600 + 300
    assert last["note"] == "the note"
    assert last["started_at"] == stopped["started_at"]
    assert last["id"] != stopped["id"]
    assert len(rows(used)["session"]) == 3
    # And once more, without anything in between.
    do(used, undo, "2026-11-23T21:06:00+01:00")
    do(used, tracking.stop, "2026-11-23T21:10:00+01:00")
    assert [row["seconds"] for row in rows(used)["session"] if row["origin"] == "timer"] == [900]


def test_undo_of_a_switch_brings_the_first_timer_back_alone(used: Path) -> None:
    do(used, lambda w: tracking.start(w, ["lora"], at="-10m"))
    do(used, lambda w: tracking.switch(w, ["rag"]))
    do(used, undo)
    with at(used) as workspace:
        back = read_timer(workspace.store)
    assert back is not None
    assert (back.topic, back.paused_at) == ("efficient-fine-tuning", int(datetime.fromisoformat(LATER).timestamp()))
    assert [row["origin"] for row in rows(used)["session"]] == ["log", "log"]


@pytest.mark.parametrize("work", [tracking.pause, tracking.resume])
def test_pause_and_resume_are_no_steps_and_end_what_could_be_redone(used: Path, work: Work) -> None:
    do(used, lambda w: tracking.start(w, ["lora"]))
    if work is tracking.resume:
        do(used, tracking.pause)
    do(used, lambda w: tracking.log(w, ["5m", "rag", "later"]))
    do(used, undo)
    do(used, work)
    with at(used) as workspace, pytest.raises(LearnhabitError, match="nothing to redo"):
        redo(workspace)
    do(used, undo)
    assert rows(used)["timer"] == []


def test_the_heartbeat_takes_nothing_from_what_can_be_redone(used: Path) -> None:
    do(used, lambda w: tracking.start(w, ["lora"]))
    do(used, lambda w: tracking.log(w, ["5m", "rag", "later"]))
    do(used, undo)
    do(used, tracking.heartbeat)
    do(used, redo)
    assert len(rows(used)["session"]) == 3


def test_what_failed_is_no_step(used: Path) -> None:
    with at(used) as workspace:
        for work in (tracking.stop, lambda w: tracking.start(w, ["nonsense topic"]), lambda w: tracking.log(w, ["x"])):
            with pytest.raises(LearnhabitError):
                work(workspace)
        summary = undo(workspace)
    assert summary.startswith("edited")


def test_thirty_steps_are_kept(home: Path) -> None:
    states = [rows(home)]
    with at(home) as workspace:
        for number in range(UNDO_STEPS + 5):
            tracking.log(workspace, ["5m", "rag", str(number)])
            states.append(rows(home))
        assert UNDO_STEPS == 30
        for back in range(1, UNDO_STEPS + 1):
            undo(workspace)
            assert rows(home) == states[-1 - back]
        with pytest.raises(LearnhabitError, match="nothing to undo"):
            undo(workspace)
        assert len(rows(home)["session"]) == 5
        for forth in range(UNDO_STEPS):
            redo(workspace)
            assert rows(home) == states[6 + forth]
        with pytest.raises(LearnhabitError, match="nothing to redo"):
            redo(workspace)
        # Steps that were undone count, too, until something new is done.
        for _ in range(UNDO_STEPS):
            undo(workspace)
        tracking.log(workspace, ["5m", "rag", "new"])
        assert workspace.store.one("SELECT count(*) FROM journal") == (1,)
    assert_sound(home)


def test_undo_works_from_another_process_and_says_which(used: Path) -> None:
    assert run(used, "log", "45m", "rag", "of the command").code == 0
    assert run(used, "delete", "last").code == 0
    assert "deleted 45 min" in run(used, "undo").out
    assert run(used, "sessions", "--json").json[0]["note"] == "of the command"
    assert "logged 45 min" in run(used, "undo").out
    assert run(used, "redo", "--json").json == {"redone": "logged 45 min of Retrieval-augmented generation"}
    assert run(used, "sessions", "--json").json[0]["note"] == "of the command"


def test_undo_of_a_topic_leaves_its_name_free(home: Path) -> None:
    with at(home) as workspace:
        topics.add_topic(workspace, "Rust")
        undo(workspace)
        assert topics.add_topic(workspace, "Rust").title == "Rust"
        assert [name.title for name in workspace.names].count("Rust") == 1
        tracking.log(workspace, ["5m", "rust"])
