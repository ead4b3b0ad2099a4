"""A new catalogue beside what a person does: undo and redo across it, topics with another id, ids that are taken."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from learnhabit.catalogue import Catalogue, CatalogueTopic, load
from learnhabit.errors import LearnhabitError, UsageError
from learnhabit.services import advising, cards, resources, topic_map, topics, tracking
from learnhabit.services.searching import search
from learnhabit.services.transferring import export_pieces
from learnhabit.services.undoing import redo, undo
from learnhabit.services.workspace import Workspace
from tests.storage.next_catalogue import release
from tests.storage.support import assert_sound, at, copy_home, raw
from tests.storage.test_search import in_bytes
from tests.storage.test_transfer import bring

Work = Callable[[Workspace], object]
State = dict[str, dict[str, dict[str, Any]]]

NOW = load()
RAG = NOW.topics[1]
PAPER = RAG.resources[0]
ADVICE = NOW.advice[0]
QUANTUM = NOW.topics[0].replace(
    id="quantum",
    title="Quantum learning",
    aliases=("qml",),
    resources=(PAPER.replace(id="a-quantum-paper", title="A quantum paper"),),
)


def with_rag(*instead: CatalogueTopic, and_also: Sequence[CatalogueTopic] = ()) -> Catalogue:
    """The catalogue with something else in the place of one topic."""
    return NOW.replace(topics=(NOW.topics[0], *instead, *NOW.topics[2:], *and_also))


RENAMED = with_rag(RAG.replace(id="rag-systems"))
DROPPED = with_rag().replace(advice=NOW.advice[1:])
CHANGED = with_rag(
    RAG.replace(
        title="Retrieval",
        summary="Another summary.",
        aliases=("rag", "another name"),
        resources=(
            PAPER.replace(title="Second edition", url="https://example.org/second", minutes=77),
            *RAG.resources[1:],
        ),
    ),
    and_also=[QUANTUM],
).replace(advice=(ADVICE.replace(text="Reworded."), *NOW.advice[1:]))
YEARS = {
    "changed": (CHANGED,),
    "dropped": (DROPPED,),
    "renamed": (RENAMED,),
    "dropped and back": (DROPPED, CHANGED),
    "changed and dropped": (CHANGED, DROPPED),
}
"""The catalogues of the versions that come, one after the other."""


def exported(home: Path, work: Sequence[Work]) -> bytes:
    with at(home) as workspace:
        for each in work:
            each(workspace)
        return b"".join(export_pieces(workspace, {}))


DEEDS: dict[str, Sequence[Work]] = {
    "finish": [lambda w: resources.finish_resource(w, PAPER.id)],
    "finish and reopen": [
        lambda w: resources.finish_resource(w, PAPER.id),
        lambda w: resources.reopen_resource(w, PAPER.id),
    ],
    "progress": [
        lambda w: resources.set_progress(w, PAPER.id, "40%"),
        lambda w: resources.set_progress(w, PAPER.id, "60%"),
    ],
    "order": [lambda w: resources.move_resource(w, PAPER.id, 2)],
    "minutes": [lambda w: resources.edit_resource(w, PAPER.id, minutes="123")],
    "another topic": [lambda w: resources.edit_resource(w, PAPER.id, topic=NOW.topics[0].id)],
    "follow": [lambda w: topics.follow_topic(w, RAG.id)],
    "follow and not": [lambda w: topics.follow_topic(w, RAG.id), lambda w: topics.unfollow_topic(w, RAG.id)],
    "archive": [lambda w: topics.archive_topic(w, RAG.id)],
    "title": [lambda w: topics.edit_topic(w, RAG.id, title="My words")],
    "short names": [
        lambda w: topics.edit_topic(w, RAG.id, aliases=["my name"]),
        lambda w: topics.edit_topic(w, RAG.id, why="Because."),
    ],
    "hide": [lambda w: advising.hide_advice(w, ADVICE.id)],
}


def state(home: Path, *besides: str) -> State:
    """What there is of topics, resources and advice, without the moments of writing, and without some topics."""
    connection = raw(home)
    connection.row_factory = sqlite3.Row
    left_out = {"seq", "created_at", "updated_at"}
    return {
        table: {
            row["id"]: {name: row[name] for name in row.keys() if name not in left_out}  # noqa: SIM118
            for row in connection.execute(f"SELECT * FROM {table} WHERE deleted_at IS NULL")
            if row["id"] not in besides
        }
        for table in ("topic", "resource", "advice")
    }


def upgrade(home: Path, patch: pytest.MonkeyPatch, *catalogues: Catalogue) -> None:
    for catalogue in catalogues:
        release(patch, catalogue, f"99.{zlib.crc32(repr(catalogue).encode())}")
        with at(home):
            pass
    assert_sound(home)


def go(home: Path, *work: Work) -> None:
    for each in work:
        with at(home) as workspace:
            each(workspace)
    assert_sound(home)


@pytest.mark.parametrize("years", YEARS)
@pytest.mark.parametrize("deed", DEEDS)
def test_undo_and_redo_bring_back_what_a_person_did_and_no_old_catalogue(
    swift_home: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch, deed: str, years: str
) -> None:
    untouched, done, undone = (copy_home(swift_home, scratch / name) for name in ("untouched", "done", "undone"))
    work = DEEDS[deed]
    go(done, *work)
    go(undone, *work, *[undo] * len(work))
    for home in (untouched, done, undone):
        upgrade(home, monkeypatch, *YEARS[years])
    # A topic that went stays for a resource that was touched, and is not looked at again before the next catalogue.
    besides = [RAG.id] if YEARS[years][-1] == DROPPED and PAPER.id in state(done)["resource"] else []
    never, after = state(untouched, *besides), state(done, *besides)
    assert state(undone, *besides) == never
    for home in (done, undone):
        go(home, *[undo] * len(work) if home == done else [])
        assert state(home, *besides) == never
        go(home, *[redo] * len(work))
        assert state(home, *besides) == after
        go(home, *[undo] * len(work))
        assert state(home, *besides) == never
    # With a catalogue that has it again all is as if nothing had come between.
    for home in (done, undone):
        go(home, *[redo] * len(work))
    for home in (done, undone):
        upgrade(home, monkeypatch, NOW)
    assert state(done) == state(undone)
    if deed not in ("finish and reopen", "follow and not"):
        assert state(done) != state(swift_home)
    go(done, *[undo] * len(work))
    assert state(done) == state(swift_home)


@pytest.mark.parametrize("years", YEARS)
@pytest.mark.parametrize("newer", [False, True], ids=["of this version", "of a newer one"])
def test_the_same_of_an_import(
    swift_home: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch, years: str, newer: bool
) -> None:
    source, untouched, done, undone = (
        copy_home(swift_home, scratch / name) for name in ("source", "untouched", "done", "undone")
    )
    work = [each for name in ("finish", "order", "follow", "short names", "hide") for each in DEEDS[name]]
    with monkeypatch.context() as patch:
        if newer:
            upgrade(source, patch, CHANGED)
            work += [lambda w: topics.follow_topic(w, "quantum")]
        data = exported(source, work)
    go(done, lambda w: bring(w, data))
    go(undone, lambda w: bring(w, data), undo)
    for home in (untouched, done, undone):
        upgrade(home, monkeypatch, *YEARS[years])
    besides = [RAG.id] if YEARS[years][-1] == DROPPED else []
    never, after = state(untouched, *besides), state(done, *besides)
    if newer and CHANGED in YEARS[years]:
        assert after["topic"]["quantum"]["followed_on"]
    assert state(undone, *besides) == never
    for home in (done, undone):
        go(home, *[undo] if home == done else [])
        assert state(home, *besides) == never
        go(home, redo)
        if not (newer and home == undone):
            assert state(home, *besides) == after
        assert state(home)["resource"][PAPER.id]["finished_on"]
        go(home, undo)
        assert state(home, *besides) == never
    for home in (done, undone):
        upgrade(home, monkeypatch, CHANGED)
        assert state(home)["topic"].keys() == {each.id for each in CHANGED.topics}
        assert state(home)["topic"]["quantum"]["followed_on"] is None


def test_steps_of_an_earlier_schema_know_a_new_catalogue(
    swift_home: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They hold rows without the columns that came since; those of one step have to stay alike."""
    source, home = (copy_home(swift_home, scratch / name) for name in ("source", "here"))
    with monkeypatch.context() as patch:
        upgrade(source, patch, CHANGED)
        data = exported(source, [*DEEDS["follow"], lambda w: topics.follow_topic(w, "quantum")])
    go(home, lambda w: bring(w, data))
    raw(home).execute("UPDATE journal_row SET before = json_remove(before, '$.withdrawn', '$.archived_on')")
    upgrade(home, monkeypatch, CHANGED)
    after = state(home)
    go(home, undo)
    assert {row["followed_on"] for row in state(home)["topic"].values()} == {None}
    go(home, redo)
    assert state(home) == after


def test_a_topic_that_only_has_another_id_leaves_no_twin(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    upgrade(home, monkeypatch, RENAMED)
    with at(home) as workspace:
        assert RAG.id not in {name.id for name in workspace.names}
        listed = resources.resource_list(workspace, "rag-systems")
        assert [each.id for each in listed] == [each.id for each in RAG.resources]
        assert tracking.log(workspace, ["45m", "rag"]).session.topic == "rag-systems"


@pytest.mark.parametrize(
    "work",
    [
        lambda w: tracking.log(w, ["45m", "rag", "mine"]),
        lambda w: topics.follow_topic(w, RAG.id),
        lambda w: topics.edit_topic(w, RAG.id, why="Because."),
        lambda w: cards.add_card(w, RAG.id, "Why?", "Because."),
    ],
    ids=["studied", "followed", "edited", "card"],
)
def test_of_a_topic_with_another_id_the_touched_one_stays_and_gives_up_its_short_names(
    home: Path, monkeypatch: pytest.MonkeyPatch, work: Work
) -> None:
    only_old = "a name of the old one alone"
    release(monkeypatch, with_rag(RAG.replace(aliases=(*RAG.aliases, only_old))))
    go(home, work)
    upgrade(home, monkeypatch, with_rag(RAG.replace(id="rag-systems", title="RAG systems")))
    with at(home) as workspace:
        names = {name.id: name for name in workspace.names}
        assert names[RAG.id].aliases == (only_old,)
        assert names["rag-systems"].aliases == RAG.aliases
        assert tracking.log(workspace, ["45m", "rag"]).session.topic == "rag-systems"
        assert tracking.log(workspace, ["45m", only_old]).session.topic == RAG.id
        undo(workspace), undo(workspace)
    go(home, undo, redo)
    with at(home) as workspace:
        assert tracking.log(workspace, ["45m", "rag"]).session.topic == "rag-systems"
        undo(workspace)
    upgrade(home, monkeypatch, NOW)
    with at(home) as workspace:
        assert {name.id: name for name in workspace.names}[RAG.id].aliases == RAG.aliases, "it has them back"


def test_short_names_that_a_person_gave_stay_with_the_topic(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go(home, lambda w: topics.edit_topic(w, RAG.id, aliases=["rag", "my name"]))
    upgrade(home, monkeypatch, RENAMED)
    with at(home) as workspace:
        assert {name.id: name for name in workspace.names}[RAG.id].aliases == ("rag", "my name")
        with pytest.raises(UsageError, match="fits several topics"):
            tracking.log(workspace, ["45m", "rag"])


QUANTUM_NOW = NOW.replace(topics=(*NOW.topics, QUANTUM))


def test_an_id_whose_adding_was_undone_is_free_for_the_catalogue(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go(home, lambda w: topics.add_topic(w, "Quantum", ["qubits"]), undo)
    upgrade(home, monkeypatch, QUANTUM_NOW)
    never = state(home)
    assert never["topic"]["quantum"]["title"] == "Quantum learning"
    assert never["topic"]["quantum"]["origin"] == "catalogue"
    with at(home) as workspace:
        assert [each.title for each in resources.resource_list(workspace, "quantum")] == ["A quantum paper"]
        # Done again, it is there: the catalogue's.
        assert redo(workspace) == "added the topic Quantum"
        assert state(home) == never
        assert undo(workspace) == "added the topic Quantum"
        assert state(home) == never
        with pytest.raises(LearnhabitError, match="There is a topic"):
            topics.add_topic(workspace, "Quantum learning")


def test_what_was_done_with_a_topic_that_gave_way_is_done_again_with_the_catalogues(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work: list[Work] = [
        lambda w: topics.add_topic(w, "Quantum"),
        lambda w: topics.edit_topic(w, "quantum", title="Qubits", why="Because."),
        lambda w: topics.follow_topic(w, "quantum"),
        lambda w: tracking.log(w, ["45m", "quantum", "mine"]),
        lambda w: resources.add_resource(w, "quantum", "My paper"),
    ]
    go(home, *work, *[undo] * len(work))
    upgrade(home, monkeypatch, QUANTUM_NOW)
    never = state(home)
    go(home, *[redo] * len(work))
    after = state(home)
    assert after["topic"] == never["topic"] | {
        "quantum": {**never["topic"]["quantum"], "followed_on": after["topic"]["quantum"]["followed_on"]}
    }
    assert after["topic"]["quantum"]["followed_on"] is not None
    with at(home) as workspace:
        assert topic_map.topic_view(workspace, "quantum").seconds == 45 * 60
        assert [each.title for each in resources.resource_list(workspace, "quantum")] == [
            "A quantum paper",
            "My paper",
        ]
    go(home, *[undo] * len(work))
    assert state(home) == never


def test_a_resource_whose_adding_was_undone_gives_way_too(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add: Work = lambda w: resources.add_resource(w, RAG.id, "A quantum paper")  # noqa: E731
    go(home, add, lambda w: resources.finish_resource(w, "a-quantum-paper"), undo, undo)
    upgrade(home, monkeypatch, QUANTUM_NOW)
    never = state(home)
    assert never["resource"]["a-quantum-paper"]["topic"] == "quantum"
    go(home, redo)
    assert state(home) == never
    go(home, redo)
    assert state(home)["resource"]["a-quantum-paper"]["finished_on"] is not None
    go(home, undo, undo)
    assert state(home) == never


def test_of_what_gave_way_no_word_is_left(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go(home, lambda w: topics.add_topic(w, "Quantum", ["xylophonist"]))
    with at(home) as workspace:
        assert len(search(workspace, "xylophonist")) == 1
    assert in_bytes(home, "xylophonist")
    go(home, undo)
    upgrade(home, monkeypatch, QUANTUM_NOW)
    assert not in_bytes(home, "xylophonist")
    with at(home) as workspace:
        assert {hit.id for hit in search(workspace, "quantum")} == {"quantum", "a-quantum-paper"}


def test_a_topic_of_ones_own_gets_no_papers_from_a_new_catalogue(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    finished, moved, *_ = RAG.resources
    taken = QUANTUM.replace(resources=(*QUANTUM.resources, finished, moved))
    go(
        home,
        lambda w: topics.add_topic(w, "Quantum"),
        lambda w: resources.add_resource(w, "quantum", "My paper"),
        lambda w: resources.finish_resource(w, finished.id),
    )
    before = state(home)
    upgrade(home, monkeypatch, with_rag(RAG.replace(resources=RAG.resources[2:]), and_also=[taken]))
    after = state(home)
    assert after["topic"]["quantum"] == before["topic"]["quantum"]
    with at(home) as workspace:
        assert [each.title for each in resources.resource_list(workspace, "quantum")] == ["My paper"]
        # What was read stays where it was; what only the catalogue spoke of goes.
        assert resources.resource_view(workspace, finished.id).topic == RAG.id
        assert moved.id not in after["resource"]
    # Taken back it is gone, and free for the next catalogue.
    go(home, undo, undo, undo)
    assert "quantum" not in state(home)["topic"]
    upgrade(home, monkeypatch, QUANTUM_NOW)
    assert state(home)["topic"]["quantum"]["origin"] == "catalogue"
    assert state(home)["resource"]["a-quantum-paper"]["topic"] == "quantum"


def test_a_resource_that_moved_into_a_topic_of_ones_own_comes_back(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go(home, lambda w: topics.add_topic(w, "Quantum"))
    before = state(home)
    upgrade(
        home,
        monkeypatch,
        with_rag(RAG.replace(resources=RAG.resources[1:]), and_also=[QUANTUM.replace(resources=(PAPER,))]),
    )
    assert PAPER.id not in state(home)["resource"]
    upgrade(home, monkeypatch, NOW)
    assert {name: row["topic"] for name, row in state(home)["resource"].items()} == {
        name: row["topic"] for name, row in before["resource"].items()
    }


def test_an_id_that_something_names_still_stays_a_persons(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after an import of sessions without their topic."""
    go(home, lambda w: topics.add_topic(w, "Quantum"), undo, lambda w: tracking.log(w, ["45m", "rag"]))
    connection = raw(home)
    connection.execute("UPDATE session SET topic = 'quantum'")
    connection.close()
    upgrade(home, monkeypatch, QUANTUM_NOW)
    assert "quantum" not in state(home)["topic"]
    assert "a-quantum-paper" not in state(home)["resource"]


def test_an_import_after_an_id_was_taken_over(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A topic of one's own elsewhere stays one's own here, and undo brings the catalogue's back."""
    other = copy_home(home, tmp_path / "other")
    data = exported(other, [lambda w: topics.add_topic(w, "Quantum"), lambda w: tracking.log(w, ["45m", "quantum"])])
    go(home, lambda w: topics.add_topic(w, "Quantum"), undo)
    upgrade(home, monkeypatch, QUANTUM_NOW)
    never = state(home)
    go(home, lambda w: bring(w, data))
    assert state(home)["topic"]["quantum"]["origin"] == "own"
    go(home, undo)
    assert state(home) == never
    go(home, redo)
    assert state(home)["topic"]["quantum"]["title"] == "Quantum"
    # A later catalogue leaves it alone, and is there when undo has taken the import back.
    upgrade(home, monkeypatch, QUANTUM_NOW.replace(topics=(*NOW.topics, QUANTUM.replace(title="Quantum now"))))
    assert state(home)["topic"]["quantum"]["title"] == "Quantum"
    go(home, undo)
    assert state(home)["topic"]["quantum"] == never["topic"]["quantum"] | {"title": "Quantum now"}
    # Undone, the step still holds it as one's own.
    upgrade(home, monkeypatch, QUANTUM_NOW)
    assert state(home) == never
    go(home, redo)
    assert (state(home)["topic"]["quantum"]["title"], state(home)["topic"]["quantum"]["origin"]) == ("Quantum", "own")


def test_an_import_that_was_undone_before_its_id_was_taken_over(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = copy_home(home, tmp_path / "other")
    with at(other, "2026-11-23T20:50:00+01:00") as workspace:
        topics.add_topic(workspace, "Quantum")
        topics.follow_topic(workspace, "quantum")
        data = b"".join(export_pieces(workspace, {}))
    go(home, lambda w: topics.add_topic(w, "Quantum"), undo, lambda w: bring(w, data))
    assert state(home)["topic"]["quantum"]["followed_on"] is not None
    go(home, undo)
    upgrade(home, monkeypatch, QUANTUM_NOW)
    never = state(home)
    assert never["topic"]["quantum"]["followed_on"] is None
    go(home, redo)
    assert state(home)["topic"]["quantum"] == never["topic"]["quantum"] | {"followed_on": "2026-11-23"}
    go(home, undo)
    assert state(home) == never
