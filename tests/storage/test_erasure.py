"""What was deleted is gone: at once from every list, and from the bytes of the file once undo can't bring it back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from learnhabit.notify.notifier import Notice
from learnhabit.services import editing, planning, reminding, topics, tracking
from learnhabit.services.delivering import tick
from learnhabit.services.log import NO_FILTER, log_count, read_filter
from learnhabit.services.looking_back import look_back
from learnhabit.services.undoing import redo, undo
from learnhabit.services.workspace import Workspace
from learnhabit.storage.store import UNDO_STEPS
from tests.storage.support import assert_sound, at, file_of

MARK = "Qzx-erase-me"


@pytest.fixture
def home(swift_home: Path) -> Path:
    return swift_home


def marked(home: Path) -> bool:
    """Whether the mark stands anywhere in the folder's files."""
    return any(MARK.encode() in path.read_bytes() for path in home.iterdir())


def fill(workspace: Workspace, steps: int) -> None:
    for number in range(steps):
        tracking.log(workspace, ["5m", "evaluation", f"filler {number}"])


def log_marked(workspace: Workspace) -> None:
    tracking.log(workspace, ["45m", "rag", f"{MARK} note", f"#{MARK}-tag"], takeaway=f"{MARK} takeaway {'x' * 6000}")


def deleted(workspace: Workspace) -> None:
    log_marked(workspace)
    editing.delete(workspace, "last")


def edited_away(workspace: Workspace) -> None:
    log_marked(workspace)
    editing.edit(workspace, "last", note="", takeaway="", tags=[])


def merged_and_deleted(workspace: Workspace) -> None:
    log_marked(workspace)
    log_marked(workspace)
    one, other = (row[0] for row in workspace.store.all("SELECT id FROM session ORDER BY seq DESC LIMIT 2"))
    editing.merge(workspace, one, other)
    editing.delete(workspace, one)


def cancelled(workspace: Workspace) -> None:
    tracking.start(workspace, ["rag", MARK], tags=[f"{MARK}-tag"])
    tracking.cancel(workspace)


def stopped_and_deleted(workspace: Workspace) -> None:
    tracking.start(workspace, ["rag", MARK])
    tracking.stop(workspace, takeaway=MARK)
    editing.delete(workspace, "last")


def answered_and_emptied(workspace: Workspace) -> None:
    look_back(workspace, 2026, {"worked": MARK}, {})
    look_back(workspace, 2026, {"worked": ""}, {})


class Silent:
    """A notifier to whom nobody listens."""

    def send(self, notice: Notice) -> None:
        """It was sent."""


def reminded_and_deleted(workspace: Workspace) -> None:
    with at(Path(workspace.folder), "2026-11-23T19:00:00+01:00") as before:
        reminding.add_reminder(before, "daily 19:30", "always", MARK)
    assert [each.text for each in tick(workspace, Silent()).ended] == [MARK]
    reminding.delete_reminder(workspace, "last")


def back_and_forth(workspace: Workspace) -> None:
    log_marked(workspace)
    for work in (undo, redo, undo, redo):
        work(workspace)
    editing.delete(workspace, "last")
    for work in (undo, redo):
        work(workspace)


@pytest.mark.parametrize(
    "work",
    [
        deleted,
        edited_away,
        merged_and_deleted,
        cancelled,
        stopped_and_deleted,
        reminded_and_deleted,
        answered_and_emptied,
        back_and_forth,
    ],
)
def test_deleted_text_goes_with_the_journal(home: Path, work: Callable[[Workspace], None]) -> None:
    with at(home) as workspace:
        fill(workspace, 40)
        work(workspace)
        steps = workspace.store.one("SELECT count(*) FROM journal WHERE seq > 40")
        assert steps is not None
        assert log_count(workspace, read_filter(workspace, MARK)).sessions == 0
        fill(workspace, UNDO_STEPS - 1)
        assert marked(home), "undo could not bring it back"
        fill(workspace, 1)
    assert not marked(home)
    assert_sound(home)


def undone_log(workspace: Workspace) -> None:
    log_marked(workspace)


def undone_edit(workspace: Workspace) -> None:
    editing.edit(workspace, "last", note=MARK, takeaway=MARK, tags=[MARK])


def undone_start(workspace: Workspace) -> None:
    tracking.start(workspace, ["rag", MARK])


def undone_time_off(workspace: Workspace) -> None:
    planning.add_time_off(workspace, "2026-11-01", None, MARK)


def undone_topic(workspace: Workspace) -> None:
    topics.add_topic(workspace, MARK)


@pytest.mark.parametrize("work", [undone_log, undone_edit, undone_start, undone_time_off, undone_topic])
@pytest.mark.parametrize("then", [lambda w: fill(w, 1), lambda w: planning.set_plan(w, cadence="3")])
def test_undone_text_goes_with_the_next_change(
    home: Path, work: Callable[[Workspace], None], then: Callable[[Workspace], object]
) -> None:
    with at(home) as workspace:
        fill(workspace, 3)
        work(workspace)
        undo(workspace)
        assert marked(home), "redo could not bring it back"
        then(workspace)
    assert not marked(home)
    assert_sound(home)


def test_text_that_is_still_there_stays(home: Path) -> None:
    with at(home) as workspace:
        log_marked(workspace)
        fill(workspace, 1)
        editing.delete(workspace, "last")
        fill(workspace, UNDO_STEPS + 5)
        assert log_count(workspace, read_filter(workspace, MARK)).sessions == 1
        tagged = log_count(workspace, read_filter(workspace, f"#{MARK}-tag"))
        assert tagged.sessions == 1
        assert log_count(workspace, NO_FILTER).sessions == UNDO_STEPS + 6


def test_a_tag_that_was_erased_can_be_given_again(home: Path) -> None:
    with at(home) as workspace:
        tracking.log(workspace, ["5m", "rag", "#old"])
        session = workspace.store.one("SELECT id FROM session")
        assert session is not None
        editing.edit(workspace, session[0], tags=[])
        fill(workspace, UNDO_STEPS + 1)
        assert workspace.store.one("SELECT name FROM tag") == ("",)
        assert editing.edit(workspace, session[0], tags=["old"]).session.tags == ("old",)
        undo(workspace)
        assert log_count(workspace, read_filter(workspace, "#old")).sessions == 0
        redo(workspace)
        assert log_count(workspace, read_filter(workspace, "#old")).sessions == 1


def test_many_deletions_leave_nothing_between_the_pages(home: Path) -> None:
    with at(home) as workspace:
        ids = []
        for number in range(120):
            text = f"{MARK} {number} {'y' * (number % 37 * 25)}"
            ids.append(tracking.log(workspace, ["5m", "rag", text], takeaway=text).session.id)
        for session_id in ids:
            editing.delete(workspace, session_id)
        fill(workspace, UNDO_STEPS)
    assert not marked(home)
    assert file_of(home).stat().st_size > 0
    assert_sound(home)
