"""An id whose row is gone, and that nothing names, may be had again; of what was there before nothing stays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from learnhabit.services import cards, resolving, resources, topics, tracking
from learnhabit.services.searching import search
from learnhabit.services.undoing import redo, undo
from learnhabit.services.workspace import Workspace
from learnhabit.storage.free_ids import taken_ids
from tests.storage.support import assert_sound, at, raw, rows
from tests.storage.test_search import in_bytes

NAMING: dict[str, tuple[str, Callable[[Workspace], object]]] = {
    "session": ("topic", lambda w: tracking.log(w, ["45m", "rag"])),
    "timer": ("topic", lambda w: tracking.start(w, ["rag"])),
    "card": ("topic", lambda w: cards.add_card(w, "rag", "Why?", "Because.")),
    "resource": ("topic", lambda w: resources.add_resource(w, "rag", "My paper")),
    "resolution": ("scope", lambda w: resolving.add_resolution(w, "2 hours of rag by 31 Dec")),
}


@pytest.mark.parametrize("table", NAMING)
def test_an_id_that_something_names_is_taken(home: Path, table: str) -> None:
    column, work = NAMING[table]
    with at(home) as workspace:
        topics.add_topic(workspace, "Zig")
        assert "zig" in taken_ids(workspace.store, "topic")
        undo(workspace)
        assert "zig" not in taken_ids(workspace.store, "topic")
        assert taken_ids(workspace.store, "topic") == {name.id for name in workspace.names}
        work(workspace)
    # As after an import of it without its topic.
    raw(home).execute(
        f"UPDATE {table} SET {column} = 'zig' WHERE origin <> 'catalogue'"
        if table == "resource"
        else f"UPDATE {table} SET {column} = 'zig'"
    )
    with at(home) as workspace:
        assert "zig" in taken_ids(workspace.store, "topic")
        undo(workspace)
        assert "zig" not in taken_ids(workspace.store, "topic")


def test_so_of_a_resource(home: Path) -> None:
    with at(home) as workspace:
        resources.add_resource(workspace, "rag", "My paper")
        undo(workspace)
        assert "my-paper" not in taken_ids(workspace.store, "resource")
        tracking.log(workspace, ["45m", "rag"])
    raw(home).execute("UPDATE session SET resource = 'my-paper'")
    with at(home) as workspace:
        assert "my-paper" in taken_ids(workspace.store, "resource")


def test_what_the_catalogue_has_withdrawn_is_taken(home: Path) -> None:
    raw(home).execute("UPDATE topic SET deleted_at = 5, withdrawn = 1 WHERE id = 'llm-evaluation'")
    with at(home) as workspace:
        assert "llm-evaluation" in taken_ids(workspace.store, "topic")


def test_a_new_row_in_the_place_of_a_deleted_one_has_nothing_of_it(home: Path) -> None:
    with at(home, "2026-11-22T20:40:00+01:00") as workspace:
        topics.add_topic(workspace, "Zig", ["xylophonist"])
        topics.edit_topic(workspace, "zig", why="Because.")
        topics.follow_topic(workspace, "zig")
        assert len(search(workspace, "xylophonist")) == 1
        undo(workspace), undo(workspace), undo(workspace)
    assert in_bytes(home, "xylophonist")
    before = rows(home)
    with at(home) as workspace, workspace.change("added the topic Zig") as change:
        change.replace("topic", "zig", {"title": "Zig", "theme": "Mine", "origin": "own"})
    assert not in_bytes(home, "xylophonist")
    after = rows(home)
    (row,) = [row for row in after["topic"] if row not in before["topic"]]
    with at(home) as workspace:
        # Nothing that the row before it had, its age neither.
        assert row["created_at"] == workspace.now
        assert (row["title"], row["aliases"], row["why"], row["followed_on"]) == ("Zig", "", "", None)
        for _ in range(2):
            assert undo(workspace) == "added the topic Zig"
            assert rows(home) == before
            assert redo(workspace) == "added the topic Zig"
            assert rows(home) == after
    assert_sound(home)


def test_a_row_that_is_there_is_not_replaced(home: Path) -> None:
    with at(home) as workspace:
        topics.add_topic(workspace, "Zig")
        before = rows(home)
        with workspace.change("added the topic Zig") as change:
            change.replace("topic", "zig", {"title": "Another", "theme": "Mine", "origin": "own"})
        assert rows(home) == before


def test_a_topic_whose_adding_was_undone_gets_its_id_again(home: Path) -> None:
    with at(home) as workspace:
        topics.add_topic(workspace, "Zig", ["z"])
        tracking.log(workspace, ["45m", "zig"])
        undo(workspace), undo(workspace)
        before = rows(home)
        assert topics.add_topic(workspace, "Zig").id == "zig"
        after = rows(home)
        undo(workspace)
        assert rows(home) == before
        redo(workspace)
        assert rows(home) == after
        assert topics.add_topic(workspace, "Zig!").id == "zig-2"
        assert tracking.log(workspace, ["45m", "zig"]).session.topic == "zig"
    assert_sound(home)
