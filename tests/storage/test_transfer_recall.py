"""Recall cards and their grades on two devices: merged, undone and brought again, the log alone says what counts."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from learnhabit.clock import FrozenClock
from learnhabit.errors import LearnhabitError
from learnhabit.services import recall
from learnhabit.services.cards import add_card, card_list, delete_card, edit_card, suspend_card
from learnhabit.services.recall import drifted_cards, grade_card
from learnhabit.services.transferring import Brought, export_pieces
from learnhabit.services.undoing import redo, undo
from learnhabit.services.workspace import Workspace, open_workspace
from learnhabit.storage.cards import COUNTS
from tests.storage.support import assert_sound, at, copy_home, sizes
from tests.storage.test_transfer import bring, document

BEGIN = datetime.fromisoformat("2026-12-01T20:00:00+01:00")


@contextmanager
def on(home: Path, day: int) -> Iterator[Workspace]:
    """The folder's workspace on an evening of December."""
    with at(home, (BEGIN + timedelta(days=day - 1)).isoformat()) as workspace:
        yield workspace


def drift(workspace: Workspace) -> list[str]:
    """Cards that are due at another time than their grades say."""
    there = {each.id for each in card_list(workspace)}
    return [card for card, _ in drifted_cards(workspace) if card in there]


def leaves(home: Path, day: int) -> bytes:
    with on(home, day) as workspace:
        return b"".join(export_pieces(workspace, {}))


def arrives(home: Path, data: bytes, day: int, **options: bool) -> Brought:
    with on(home, day) as workspace:
        brought = bring(workspace, data, **options)
        assert drift(workspace) == []
    assert_sound(home)
    return brought


def goes(home: Path, day: int) -> None:
    """The latest step is taken back."""
    with on(home, day) as workspace:
        undo(workspace)
        assert drift(workspace) == []


def grades(home: Path, day: int = 20) -> list[tuple[str, int, int | None]]:
    """(state, grades that count, latest one) of each card."""
    with on(home, day) as workspace:
        assert drift(workspace) == []
        return [(each.state, each.reviews, each.last_grade) for each in card_list(workspace)]


def said(home: Path, day: int = 20) -> dict[str, list[dict[str, Any]]]:
    """What an export says of recall."""
    with on(home, day) as workspace:
        tables = document(workspace)["tables"]
    return {name: tables[name] for name in ("card", "card_review")}


@pytest.fixture
def other(made_home: Path, tmp_path: Path) -> Path:
    """Another device, with an empty log."""
    return copy_home(made_home, tmp_path / "other")


@pytest.fixture
def graded(home: Path) -> Path:
    """A device with a card that was graded twice."""
    with on(home, 1) as workspace:
        card = add_card(workspace, "rag", "What?", "That").id
        grade_card(workspace, card, 3)
    with on(home, 2) as workspace:
        grade_card(workspace, card, 4)
    return home


def test_an_import_that_was_undone_takes_nothing_from_whom_it_came_from(graded: Path, other: Path) -> None:
    before, empty = said(graded), said(other)
    arrives(other, leaves(graded, 3), 3)
    goes(other, 4)
    assert said(other) == empty
    assert arrives(graded, leaves(other, 5), 5).totals["added"] == 0
    assert grades(graded) == [("review", 2, 4)]
    assert said(graded) == before


def test_an_import_that_was_undone_takes_no_grade_from_a_card_that_stays(graded: Path, other: Path) -> None:
    arrives(other, leaves(graded, 3), 3)
    with on(graded, 4) as workspace:
        grade_card(workspace, "last", 1)
    there = said(other)
    data = leaves(graded, 5)
    arrives(other, data, 5)
    goes(other, 6)
    assert said(other) == there
    assert arrives(graded, leaves(other, 7), 7).totals["added"] == 0
    assert grades(graded) == [("relearning", 3, 1)]
    # Done again it is as if it had never been undone.
    with on(other, 8) as workspace:
        redo(workspace)
    assert said(other) == said(graded)
    goes(other, 9)
    assert arrives(other, data, 9).added == {"card_review": 1}
    assert said(other) == said(graded)
    assert grades(other) == grades(graded)


def test_what_another_device_says_of_a_grade_is_undone_with_its_import(graded: Path, other: Path) -> None:
    arrives(other, leaves(graded, 3), 3)
    # Taken back where it was given: that is a change of its own, of which the other device hears.
    goes(graded, 4)
    assert grades(graded) == [("review", 1, 3)]
    before, data = said(other), leaves(graded, 5)
    assert arrives(other, data, 5).added == {"card_review": 1}
    assert grades(other) == [("review", 1, 3)]
    goes(other, 6)
    assert grades(other) == [("review", 2, 4)]
    assert said(other) == before
    with on(other, 7) as workspace:
        redo(workspace)
    assert grades(other) == [("review", 1, 3)]
    assert said(other)["card_review"] == said(graded)["card_review"]
    goes(other, 8)
    # The same file once more.
    assert arrives(other, data, 9).added == {"card_review": 1}
    assert grades(other) == [("review", 1, 3)]
    assert said(other)["card_review"] == said(graded)["card_review"]
    goes(other, 10)
    assert said(other) == before
    assert arrives(graded, leaves(other, 11), 11).totals["added"] == 0
    assert grades(graded) == [("review", 1, 3)]


def test_a_grade_that_was_taken_back_here_stays_so_whatever_an_older_file_says(graded: Path, other: Path) -> None:
    data = leaves(graded, 3)
    arrives(other, data, 3)
    goes(graded, 4)
    with on(other, 5) as workspace:
        edit_card(workspace, "last", answer="Better")
    # The card is newer there, and the grade is one that counts there.
    arrives(graded, leaves(other, 6), 6)
    assert grades(graded) == [("review", 1, 3)]
    with on(graded, 7) as workspace:
        assert [each.answer for each in card_list(workspace)] == ["Better"]


def test_a_grade_comes_back_with_its_card_when_that_is_wanted(graded: Path) -> None:
    data = leaves(graded, 3)
    goes(graded, 4)
    with on(graded, 4) as workspace:
        delete_card(workspace, "last")
    assert arrives(graded, data, 5).totals["added"] == 0
    assert arrives(graded, data, 6, revive=True).added == {"card": 1, "card_review": 1}
    assert grades(graded) == [("review", 2, 4)]


def test_grades_of_ones_own_are_heard_of_though_their_card_went_with_an_import(graded: Path, other: Path) -> None:
    arrives(other, leaves(graded, 3), 3)
    with on(other, 4) as workspace:
        grade_card(workspace, "last", 1)
    arrives(graded, leaves(other, 5), 5)
    assert grades(graded) == [("relearning", 3, 1)]
    goes(other, 6)
    goes(other, 6)
    (card,) = said(other)["card"]
    assert (card["question"], card["answer"]) == ("", "")
    arrives(graded, leaves(other, 7), 7)
    assert grades(graded) == [("review", 2, 4)]


CHANGES = {
    "edited": lambda w: edit_card(w, "last", answer="Better"),
    "suspended": lambda w: suspend_card(w, "last"),
    "moved": lambda w: edit_card(w, "last", topic="lora"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_card_that_was_changed_elsewhere_keeps_the_grades_it_got_here(graded: Path, other: Path, change: str) -> None:
    arrives(other, leaves(graded, 3), 3)
    with on(graded, 4) as workspace:
        grade_card(workspace, "last", 3)
        due = workspace.store.one("SELECT due_on, stability, phase, reviewed_on FROM card")
    with on(other, 5) as workspace:
        CHANGES[change](workspace)
        new = workspace.store.one("SELECT answer, suspended_on, topic FROM card")
    arrives(graded, leaves(other, 6), 6)
    with on(graded, 6) as workspace:
        assert workspace.store.one("SELECT due_on, stability, phase, reviewed_on FROM card") == due
        assert workspace.store.one("SELECT answer, suspended_on, topic FROM card") == new
    arrives(other, leaves(graded, 7), 7)
    assert said(other) == said(graded)


DEEDS = ("add", "grade", "grade", "grade", "edit", "suspend", "delete", "undo", "undo", "redo", "send", "send", "send")


@sizes(short=25, campaign=1_500)
def test_however_two_devices_go_on_no_card_drifts_from_its_grades(made_home: Path, scratch: Path, size: int) -> None:
    chance = random.Random(size)
    for number in range(size):
        homes = [copy_home(made_home, scratch / f"{number}-{name}") for name in ("one", "two")]
        now, done = BEGIN, []
        for _ in range(chance.randrange(5, 25)):
            now += timedelta(minutes=chance.choice([0, 1, 15, 1_440, 4_000]), seconds=1)
            which, deed = chance.randrange(2), chance.choice(DEEDS)
            done.append((which, deed))
            with open_workspace(str(homes[which]), FrozenClock(now)) as workspace:
                try:
                    if deed == "send":
                        with open_workspace(str(homes[1 - which]), FrozenClock(now)) as sender:
                            data = b"".join(export_pieces(sender, {}))
                        _send(workspace, data, chance)
                    else:
                        _do(workspace, deed, chance)
                except LearnhabitError:
                    continue
                finally:
                    assert drift(workspace) == [], done
        for each in homes:
            assert_sound(each)


def _send(workspace: Workspace, data: bytes, chance: random.Random) -> None:
    """An import is, when it is undone, as if it had never been; done again or repeated it is as it was."""
    before = recall_of(workspace)
    brought = bring(workspace, data, revive=chance.random() < 0.2)
    if not brought.added and not brought.changed:
        return
    after = recall_of(workspace)
    if chance.random() < 0.5:
        undo(workspace)
        assert recall_of(workspace) == before
        if chance.random() < 0.5:
            redo(workspace)
            assert recall_of(workspace) == after


def recall_of(workspace: Workspace) -> tuple[object, ...]:
    """The cards that there are, and the grades that count, here and as an export has them."""
    tables = document(workspace)["tables"]
    last = {row["of_review"]: row["voided"] for row in tables["card_review"]}
    said = [row for row in tables["card_review"] if row["of_review"] is None and not last.get(row["id"])]
    counts = workspace.store.all(f"SELECT id FROM card_review WHERE {COUNTS} ORDER BY seq")
    assert sorted(row["id"] for row in said) == sorted(row[0] for row in counts)
    cards = [row for row in tables["card"] if "deleted_at" not in row]
    return cards, said, [vars(each) for each in card_list(workspace)]


def _do(workspace: Workspace, deed: str, chance: random.Random) -> None:
    if deed in ("undo", "redo"):
        {"undo": undo, "redo": redo}[deed](workspace)
    elif deed == "add":
        add_card(workspace, "rag", f"What is {workspace.now}?", "That")
    else:
        cards = card_list(workspace)
        if not cards:
            return
        card = chance.choice(cards).id
        if deed == "grade":
            recall.grade_card(workspace, card, chance.randrange(1, 5))
        elif deed == "edit":
            edit_card(workspace, card, answer=f"Better {workspace.now}")
        else:
            {"suspend": suspend_card, "delete": delete_card}[deed](workspace, card)
