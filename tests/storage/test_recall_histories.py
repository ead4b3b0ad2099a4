"""Random histories of grades, undo and redo: the log alone leads to the stored state, and the limit holds."""

from __future__ import annotations

import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from learnhabit.clock import FrozenClock
from learnhabit.domain.recall import REST
from learnhabit.errors import LearnhabitError
from learnhabit.services.cards import add_card, card_list, delete_card, edit_card, resume_card, suspend_card
from learnhabit.services.due import due_count
from learnhabit.services.editing import edit
from learnhabit.services.recall import grade_card, rebuild_cards, recall_queue
from learnhabit.services.recall_values import Sitting
from learnhabit.services.settings import set_setting
from learnhabit.services.topics import archive_topic, restore_topic
from learnhabit.services.undoing import redo, undo
from learnhabit.services.workspace import Workspace, open_workspace
from learnhabit.storage.cards import COUNTS, read_memory
from learnhabit.storage.sessions import read_pauses
from tests.storage.support import at, copy_home, sizes

BEGIN = datetime.fromisoformat("2026-11-23T20:00:00+01:00")
_steps = st.lists(
    st.tuples(
        st.sampled_from(
            ["grade", "grade", "grade", "undo", "redo", "add", "edit", "suspend", "resume", "delete", "archive", "note"]
        ),
        st.integers(0, 5),
        st.integers(1, 4),
        # Minutes until then: within the learning step, some hours, or days; or the clock is set back.
        st.sampled_from([0, 1, 11, 300, 1_440, 5_000, 40_000, -1, -20, -400, -1_500]),
    ),
    max_size=30,
)


@sizes(short=60, campaign=1_500)
def test_the_log_leads_to_the_state(swift_home: Path, scratch: Path, size: int) -> None:
    with at(swift_home) as workspace:
        set_setting(workspace, "recall_limit", "3")
        for number in range(4):
            add_card(workspace, ("rag", "lora")[number % 2], f"Question {number}", "Answer")

    @settings(max_examples=size)
    @given(_steps)
    def check(steps: list[tuple[str, int, int, int]]) -> None:
        with tempfile.TemporaryDirectory(dir=scratch) as folder:
            _go(copy_home(swift_home, Path(folder, "home")), steps)

    check()


def _go(home: Path, steps: list[tuple[str, int, int, int]]) -> None:
    now, sitting = BEGIN, Sitting()
    for deed, which, grade, minutes in steps:
        now += timedelta(minutes=minutes)
        with open_workspace(str(home), FrozenClock(now)) as workspace:
            try:
                _do(workspace, deed, which, grade, sitting)
            except LearnhabitError:
                continue
            finally:
                _check(workspace)


def _do(workspace: Workspace, deed: str, which: int, grade: int, sitting: Sitting) -> None:
    if deed == "undo":
        undo(workspace)
        return
    if deed == "redo":
        redo(workspace)
        return
    if deed == "add":
        add_card(workspace, "rag", f"Another {which}", "Answer")
        return
    if deed == "archive":
        topic = ("rag", "lora")[which % 2]
        (archive_topic if grade % 2 else restore_topic)(workspace, topic)
        return
    if deed == "note":
        edit(workspace, "last", note=f"Mine {grade}")
        return
    cards = card_list(workspace)
    if not cards:
        return
    card = cards[which % len(cards)].id
    if deed == "grade":
        grade_card(workspace, card, grade, shown_at=workspace.now - 30, sitting=sitting)
    elif deed == "edit":
        edit_card(workspace, card, answer=f"Another answer {grade}")
    else:
        {"suspend": suspend_card, "resume": resume_card, "delete": delete_card}[deed](workspace, card)


def _check(workspace: Workspace) -> None:
    queue = recall_queue(workspace)
    assert due_count(workspace) == len(queue.cards)
    resting = {row[0] for row in workspace.store.all("SELECT id FROM topic WHERE archived_on IS NOT NULL")}
    assert not resting & {card.topic for card in queue.cards}
    assert (queue.next_at is None) == (queue.later_today == 0)
    fresh = [card for card in queue.cards if card.last_day != workspace.today]
    assert len(fresh) <= max(3 - queue.reviewed_today, 0)
    assert queue.reviewed_today <= 3
    rows = workspace.store.all("SELECT * FROM card ORDER BY seq")
    assert rebuild_cards(workspace) == 0
    assert workspace.store.all("SELECT * FROM card ORDER BY seq") == rows
    for (card,) in workspace.store.all("SELECT id FROM card"):
        memory = read_memory(workspace.store, card)
        assert memory is not None
        assert (memory.phase == "new") == (memory.reviewed_on is None)
    # A session of a sitting is as long as its span without its pauses, none of which is a long rest.
    for start, end, seconds, text in workspace.store.all(
        "SELECT started_at, ended_at, seconds, pauses FROM session WHERE deleted_at IS NULL"
    ):
        pauses = [b - a for a, b in read_pauses(text)]
        assert seconds == end - start - sum(pauses) > 0
        assert max(pauses, default=0) <= REST
    # Every grade that counts is in one session, and the notes that nobody wrote say how many cards there were.
    notes = [row[0] for row in workspace.store.all("SELECT note FROM session WHERE deleted_at IS NULL")]
    if not any(note.startswith("Mine") for note in notes):
        told = sum(int(note.split()[1]) for note in notes)
        cards, grades = (
            workspace.store.one(f"SELECT count({what}) FROM card_review WHERE {COUNTS}") or (0,)
            for what in ("DISTINCT card", "*")
        )
        assert cards[0] <= told <= grades[0]
