"""Grading: which session a sitting's time goes into, what counts when two grade at once, and which cards rest."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from learnhabit.cli import recalling
from learnhabit.domain.recall import REST
from learnhabit.domain.session import Session
from learnhabit.errors import LearnhabitError
from learnhabit.services import editing, topics, tracking
from learnhabit.services.cards import add_card, card_list, card_view, delete_card, suspend_card
from learnhabit.services.conditions import unmet
from learnhabit.services.due import due_count
from learnhabit.services.log import NO_FILTER, log_page
from learnhabit.services.recall import drifted_cards, grade_card, rebuild_cards, recall_queue
from learnhabit.services.recall_values import Graded, Sitting
from learnhabit.services.settings import set_setting
from learnhabit.services.undoing import redo, undo
from learnhabit.services.workspace import Workspace, open_workspace
from tests.services.support import at
from tests.storage.support import copy_home
from tests.tui.support import MovingClock

MORNING = "2026-11-23T09:00:00+01:00"
RAG, LORA = "retrieval-augmented-generation", "efficient-fine-tuning"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with five cards of two topics."""
    folder = tmp_path_factory.mktemp("made") / "home"
    with at(folder, "2026-11-20T09:00:00+01:00") as workspace:
        for topic, number in (("rag", 1), ("rag", 2), ("rag", 3), ("rag", 4), ("lora", 1)):
            add_card(workspace, topic, f"{topic} {number}", "Answer")
    return folder


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    return copy_home(made, tmp_path / "home")


def card(workspace: Workspace, question: str) -> str:
    return next(each.id for each in card_list(workspace) if each.question == question)


def graded(home: Path, clock: str, question: str, sitting: Sitting | None, grade: int = 3, took: int = 30) -> Graded:
    """Grade a card at a wall clock of Monday 23 November, or at `24T09:00`."""
    with at(home, moment(clock)) as workspace:
        name = card(workspace, question)
        return grade_card(workspace, name, grade, shown_at=workspace.now - took, sitting=sitting)


def moment(clock: str) -> str:
    day, _, time = clock.rpartition("T")
    return f"2026-11-{day or 23}T{time}{':00' if time.count(':') == 1 else ''}+01:00"


def done(home: Path, clock: str, deed: Callable[[Workspace], object]) -> None:
    with at(home, moment(clock)) as workspace:
        deed(workspace)


def sessions(home: Path) -> list[Session]:
    """What was logged, the first in front."""
    with at(home, moment("30T12:00")) as workspace:
        return list(reversed(log_page(workspace, NO_FILTER, None, older=True, limit=100).sessions))


def told(home: Path) -> list[tuple[str, int, str]]:
    return [(each.study_day.isoformat()[-2:], each.seconds, each.note) for each in sessions(home)]


def drift(home: Path) -> int:
    with at(home, moment("30T12:00")) as workspace:
        return len(drifted_cards(workspace))


def test_the_next_day_is_another_session(home: Path) -> None:
    sitting = Sitting()
    graded(home, "20:00", "rag 1", sitting)
    graded(home, "24T09:00", "rag 2", sitting)
    assert told(home) == [("23", 30, "Recall, 1 card"), ("24", 30, "Recall, 1 card")]
    assert all(not each.pauses for each in sessions(home))


def test_the_day_turns_while_one_sits(home: Path) -> None:
    """At four in the night, by the usual beginning of the day."""
    sitting = Sitting()
    graded(home, "24T03:59", "rag 1", sitting)
    graded(home, "24T04:01", "rag 2", sitting)
    graded(home, "24T04:02", "rag 3", sitting)
    assert told(home) == [("23", 30, "Recall, 1 card"), ("24", 60, "Recall, 2 cards")]


@pytest.mark.parametrize(("away", "expected"), [(REST, 1), (REST + 1, 2)])
def test_after_a_rest_it_is_another_session(home: Path, away: int, expected: int) -> None:
    sitting = Sitting()
    graded(home, "09:00", "rag 1", sitting)
    with at(home, moment("09:00")) as workspace:
        workspace.now += away + 30
        grade_card(workspace, card(workspace, "rag 2"), 3, shown_at=workspace.now - 30, sitting=sitting)
    found = sessions(home)
    assert len(found) == expected
    assert sum(each.seconds for each in found) == 60
    assert [each.note for each in found] == (["Recall, 2 cards"] if expected == 1 else ["Recall, 1 card"] * 2)


def test_morning_and_evening_do_not_overlap(home: Path) -> None:
    sitting = Sitting()
    for clock, question in (("09:00", "rag 1"), ("09:05", "rag 2"), ("20:00", "rag 3"), ("20:05", "rag 4")):
        graded(home, clock, question, sitting)
    assert told(home) == [("23", 60, "Recall, 2 cards")] * 2
    with at(home, moment("21:00")) as workspace:
        assert tracking.log(workspace, ["45m", "rag", "@12:00"]).warnings == ()


def test_a_note_of_ones_own_stays(home: Path) -> None:
    sitting = Sitting()
    graded(home, "09:00", "rag 1", sitting)
    done(home, "09:01", lambda ws: editing.edit(ws, "last", note="On the train", tags=[]))
    graded(home, "09:02", "rag 2", sitting)
    (session,) = sessions(home)
    assert (session.note, session.seconds, session.tags) == ("On the train", 60, ())


def test_a_session_that_was_given_another_topic_is_left_alone(home: Path) -> None:
    sitting = Sitting()
    graded(home, "09:00", "rag 1", sitting)
    done(home, "09:01", lambda ws: editing.edit(ws, "last", topic="lora"))
    graded(home, "09:02", "rag 2", sitting)
    assert [(each.topic, each.seconds) for each in sessions(home)] == [(LORA, 30), (RAG, 30)]


def test_a_session_that_was_moved_to_another_day_is_left_alone(home: Path) -> None:
    sitting = Sitting()
    graded(home, "09:00", "rag 1", sitting)
    done(home, "09:01", lambda ws: editing.move(ws, "last", "yesterday"))
    graded(home, "09:02", "rag 2", sitting)
    assert told(home) == [("22", 30, "Recall, 1 card"), ("23", 30, "Recall, 1 card")]


def test_grades_that_were_taken_back_are_not_counted(home: Path) -> None:
    sitting = Sitting()
    for clock, question in (("09:00", "rag 1"), ("09:01", "rag 2"), ("09:02", "rag 3")):
        graded(home, clock, question, sitting)
    done(home, "09:03", undo)
    done(home, "09:03", lambda ws: suspend_card(ws, card(ws, "rag 3")))
    graded(home, "09:04", "rag 4", sitting)
    assert told(home) == [("23", 90, "Recall, 3 cards")]


def test_a_card_that_came_again_is_one(home: Path) -> None:
    sitting = Sitting()
    graded(home, "09:00", "rag 1", sitting, grade=1)
    graded(home, "09:11", "rag 1", sitting)
    assert told(home) == [("23", 60, "Recall, 1 card")]


def test_undo_and_redo_within_a_sitting(home: Path) -> None:
    sitting = Sitting()
    graded(home, "09:00", "rag 1", sitting)
    graded(home, "09:01", "rag 2", sitting)
    done(home, "09:02", undo)
    assert told(home) == [("23", 30, "Recall, 1 card")]
    done(home, "09:02", redo)
    assert told(home) == [("23", 60, "Recall, 2 cards")]
    graded(home, "09:03", "rag 3", sitting)
    assert told(home) == [("23", 90, "Recall, 3 cards")]
    for _ in range(3):
        done(home, "09:04", undo)
    assert told(home) == []
    graded(home, "09:05", "rag 3", sitting)
    assert told(home) == [("23", 30, "Recall, 1 card")]


def test_only_a_running_timer_counts_the_time(home: Path) -> None:
    sitting = Sitting()
    done(home, "09:00", lambda ws: tracking.start(ws, ["agents"]))
    assert graded(home, "09:10", "rag 1", sitting).session is None
    done(home, "09:11", tracking.pause)
    graded(home, "09:15", "rag 2", sitting)
    assert told(home) == [("23", 30, "Recall, 1 card")]


def test_what_the_timer_counted_before_its_pause_is_not_counted_again(home: Path) -> None:
    sitting = Sitting()
    done(home, "09:00", lambda ws: tracking.start(ws, ["agents"]))
    done(home, "09:10:40", tracking.pause)
    # Shown at 09:10, twenty of the sixty seconds after the pause began.
    assert graded(home, "09:11", "rag 1", sitting, took=60).seconds == 20
    done(home, "09:12", tracking.resume)
    done(home, "09:13", tracking.pause)
    assert graded(home, "09:13", "rag 2", sitting).seconds == 0
    assert told(home) == [("23", 20, "Recall, 1 card")]


def test_a_clock_that_was_set_back_changes_no_date(home: Path) -> None:
    sitting = Sitting()
    graded(home, "10:00", "rag 1", sitting, grade=1)
    graded(home, "09:50", "rag 1", sitting, grade=3)
    # By a whole day, too.
    graded(home, "22T20:00", "rag 1", sitting, grade=2)
    with at(home, moment("10:05")) as workspace:
        before = card_list(workspace)
        assert drifted_cards(workspace) == []
        assert rebuild_cards(workspace) == 0
        assert card_list(workspace) == before
        assert card_view(workspace, card(workspace, "rag 1")).last_grade == 2


def between(workspace: Workspace, monkeypatch: pytest.MonkeyPatch, deed: Callable[[], object]) -> None:
    """Let another process do something in the moment before this one may write."""
    change = workspace.change

    def later(summary: str) -> object:
        monkeypatch.undo()
        deed()
        return change(summary)

    monkeypatch.setattr(workspace, "change", later)


def test_two_grade_one_card(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with at(home, moment("09:00")) as workspace:
        between(workspace, monkeypatch, lambda: graded(home, "09:00:03", "rag 1", None, grade=1))
        name = card(workspace, "rag 1")
        grade_card(workspace, name, 4)
        view = card_view(workspace, name)
    assert (view.reviews, view.last_grade) == (2, 4)
    assert drift(home) == 0


def test_two_share_the_limit(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done(home, "08:00", lambda ws: set_setting(ws, "recall_limit", "1"))
    with at(home, moment("09:00")) as workspace:
        between(workspace, monkeypatch, lambda: graded(home, "09:00", "rag 1", None))
        with pytest.raises(LearnhabitError, match="which is the limit"):
            grade_card(workspace, card(workspace, "rag 2"), 3)
        assert recall_queue(workspace).reviewed_today == 1


@pytest.mark.parametrize(("deed", "said"), [(suspend_card, "is suspended"), (delete_card, "is gone")])
def test_a_card_that_has_just_gone_is_not_graded(
    home: Path, monkeypatch: pytest.MonkeyPatch, deed: Callable[[Workspace, str], object], said: str
) -> None:
    with at(home, moment("09:00")) as workspace:
        name = card(workspace, "rag 1")
        between(workspace, monkeypatch, lambda: done(home, "09:00", lambda ws: deed(ws, name)))
        with pytest.raises(LearnhabitError, match=said):
            grade_card(workspace, name, 3)
    assert drift(home) == 0


def test_many_grade_at_once(home: Path) -> None:
    """Each in a thread and a workspace of its own, as processes would."""
    begin = threading.Barrier(4)
    failed: list[BaseException] = []

    def work(second: int) -> None:
        sitting = Sitting()
        try:
            begin.wait()
            for round_ in range(5):
                graded(home, f"09:0{round_}:{second:02d}", "rag 1", sitting, grade=1 + (second + round_) % 4)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(second,)) for second in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert drift(home) == 0
    with at(home, moment("10:00")) as workspace:
        assert card_view(workspace, card(workspace, "rag 1")).reviews == 20


def test_the_last_grade_is_the_latest_whatever_came_in_last(home: Path) -> None:
    graded(home, "25T09:00", "rag 1", None, grade=4)

    def bring(workspace: Workspace) -> None:
        """What was graded earlier elsewhere, as an import writes it."""
        with workspace.change("imported") as change:
            change.insert(
                "card_review",
                workspace.new_id(),
                {
                    "card": card(workspace, "rag 1"),
                    "grade": 1,
                    "reviewed_at": workspace.now - 86_400,
                    "study_day": "2026-11-24",
                    "seconds": 10,
                },
            )

    done(home, "25T10:00", bring)
    with at(home, moment("25T11:00")) as workspace:
        assert card_view(workspace, card(workspace, "rag 1")).last_grade == 4


def test_what_comes_back_today_says_when(home: Path) -> None:
    graded(home, "09:00", "rag 1", None, grade=1)
    graded(home, "09:04", "rag 2", None, grade=1)
    with at(home, moment("09:05")) as workspace:
        queue = recall_queue(workspace)
        assert (queue.later_today, queue.next_at) == (2, workspace.now + 300)
    with at(home, moment("09:12")) as workspace:
        queue = recall_queue(workspace)
        assert (queue.later_today, queue.next_at) == (1, workspace.now + 120)
    with at(home, moment("09:20")) as workspace:
        assert recall_queue(workspace).next_at is None


def counts(workspace: Workspace) -> tuple[int, int, int, int, int]:
    """Every count of what is due or to come."""
    queue = recall_queue(workspace)
    return (len(queue.cards), queue.due, due_count(workspace), queue.later_today, sum(n for _, n in queue.coming[1:]))


def test_the_cards_of_a_topic_that_was_put_aside_rest(home: Path) -> None:
    graded(home, "09:00", "rag 1", None, grade=1)
    graded(home, "09:00", "rag 2", None, grade=3)
    with at(home, moment("09:01")) as workspace:
        assert counts(workspace) == (3, 3, 3, 1, 1)
        topics.archive_topic(workspace, "rag")
        assert counts(workspace) == (1, 1, 1, 0, 0)
        assert recall_queue(workspace).next_at is None
        topics.archive_topic(workspace, "lora")
        assert counts(workspace) == (0, 0, 0, 0, 0)
        assert unmet(workspace, "recall-due") == "no recall card is due"
        assert len(card_list(workspace)) == 5
        undo(workspace)
        topics.restore_topic(workspace, "rag")
        assert counts(workspace) == (3, 3, 3, 1, 1)
        assert unmet(workspace, "recall-due") == ""


def test_a_terminal_that_was_left_overnight(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second card is graded on the next day, which begins earlier since somebody set it so meanwhile."""
    clock = MovingClock(datetime.fromisoformat(moment("20:00")))
    said: list[str] = []
    answers = iter(["one", "3", "two", "3", None])

    def ask(question: str) -> str | None:
        answer = next(answers)
        clock.move(30)
        if answer == "two":
            done(home, "20:01", lambda ws: set_setting(ws, "day_start", "00:00"))
            clock.move(6 * 3600)
        return answer

    monkeypatch.setattr(recalling, "ask", ask)
    monkeypatch.setattr(recalling, "tell", said.append)
    monkeypatch.setattr(recalling, "say", said.append)
    with open_workspace(str(home), clock) as workspace:
        recalling._sit(workspace, Sitting())
    assert said[-1] == "2 cards recalled."
    assert told(home) == [("23", 60, "Recall, 1 card"), ("24", 120, "Recall, 1 card")]
