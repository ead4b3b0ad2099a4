"""A newer program: its catalogue and its schema come into the file, and what is a person's own stays."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from learnhabit.catalogue import Advice, Catalogue, load
from learnhabit.errors import LearnhabitError
from learnhabit.services import advising, cards, editing, resolutions, resolving, resources, topic_map, topics, tracking
from learnhabit.services.undoing import undo
from learnhabit.services.workspace import Workspace
from learnhabit.storage import cataloguing, migrations, opening, sessions, upgrade
from learnhabit.storage.connection import SCHEMA_VERSION
from tests.end_to_end.program import Program
from tests.storage import next_schema
from tests.storage.next_catalogue import release
from tests.storage.support import assert_sound, at, copy_home, file_of, raw, rows

STARS = 5
"""The version from which sessions have stars."""
MIGRATIONS = [each.name for each in migrations.migrations._migrations]


def install_earlier(patch: pytest.MonkeyPatch, version: int) -> None:
    """Let this process be the program as it was at an earlier schema version."""
    for module in (migrations, opening, upgrade):
        patch.setattr(module, "SCHEMA_VERSION", version)
    shorter = type(migrations.migrations)("learnhabit")
    for each in migrations.migrations._migrations[:version]:
        shorter(name=each.name)(each.fn)
    patch.setattr(migrations, "migrations", shorter)
    # The earlier ones knew no withdrawals, nor the columns and tables for them.
    patch.setattr(cataloguing, "_take_over", lambda *_: set())
    patch.setattr(cataloguing, "withdraw", lambda *_: None)
    patch.setattr(cataloguing, "_BACK", "")
    if version < STARS:
        patch.setattr(sessions, "_SELECT", sessions._SELECT.replace("starred", "0"))


def changed(catalogue: Catalogue) -> Catalogue:
    """The catalogue as it may be next year: a title and a resource changed, a topic new, one gone, advice reworded."""
    first, second, *others = catalogue.topics
    resource, *more = second.resources
    return catalogue.replace(
        topics=(
            first.replace(title="A better title", summary="A better summary", aliases=(*first.aliases, "another name")),
            second.replace(resources=(resource.replace(title="Second edition", minutes=77), *more)),
            first.replace(id="rust", title="Rust of the catalogue", aliases=(), resources=()),
            first.replace(id="new-topic", title="New topic", aliases=(), resources=()),
            *others[:-1],
        ),
        advice=(catalogue.advice[0].replace(text="Reworded."), *catalogue.advice[1:], a_new_piece(catalogue)),
    )


def a_new_piece(catalogue: Catalogue) -> Advice:
    return catalogue.advice[0].replace(id="a-new-piece")


def table(home: Path, name: str) -> dict[str, dict[str, Any]]:
    connection = raw(home)
    connection.row_factory = sqlite3.Row
    return {row["id"]: dict(row) for row in connection.execute(f"SELECT * FROM {name} ORDER BY 1")}


def own(workspace: Workspace) -> None:
    """What a person has of their own before the upgrade."""
    topics.add_topic(workspace, "Rust")
    gone = load().topics[-1].id
    tracking.log(workspace, ["45m", "rust", "mine"])
    tracking.log(workspace, ["45m", gone, "of a topic that goes"], resource=load().topics[-1].resources[0].id)
    tracking.start(workspace, [load().topics[0].id])


def test_a_new_catalogue_comes_in_and_what_is_ones_own_stays(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = load()
    first, second, last = catalogue.topics[0].id, catalogue.topics[1].id, catalogue.topics[-1].id
    with at(home) as workspace:
        own(workspace)
    raw(home).execute(f"UPDATE topic SET title = 'My words', edited = 'title' WHERE id = '{first}'")
    before = {name: table(home, name) for name in ("topic", "resource", "advice", "session", "tag", "timer", "journal")}
    release(monkeypatch, changed(catalogue))
    with at(home) as workspace:
        assert workspace.store.one("SELECT value FROM meta WHERE key = 'program'") == ("99.0",)
        tracking.log(workspace, ["5m", "another name"])
        undo(workspace)
    now = {name: table(home, name) for name in before}
    topic = now["topic"]
    assert topic[first]["title"] == "My words"
    assert topic[first]["summary"] == "A better summary"
    assert topic[first]["created_at"] == before["topic"][first]["created_at"]
    assert topic["rust"] == before["topic"]["rust"]
    assert topic["new-topic"]["title"] == "New topic"
    assert topic[last] == before["topic"][last], "sessions may name it"
    assert [name for name in topic if name not in before["topic"]] == ["new-topic"]
    assert {key: topic[key]["seq"] for key in before["topic"]} == {
        key: row["seq"] for key, row in before["topic"].items()
    }
    assert topic[second]["position"] == 1
    resource = now["resource"][catalogue.topics[1].resources[0].id]
    assert (resource["title"], resource["minutes"]) == ("Second edition", 77)
    assert now["resource"].keys() == before["resource"].keys()
    assert now["advice"][catalogue.advice[0].id]["text"] == "Reworded."
    assert "a-new-piece" in now["advice"]
    mine = [row for row in now["session"].values() if row["deleted_at"] is None]
    assert mine == list(before["session"].values())
    assert now["timer"] == before["timer"]
    with at(home) as workspace:
        assert workspace.store.all("SELECT note FROM session WHERE deleted_at IS NULL ORDER BY seq") == [
            ("mine",),
            ("of a topic that goes",),
        ]
    assert_sound(home)


def test_the_same_catalogue_is_not_written_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = table(home, "topic")
    monkeypatch.setattr(opening, "__version__", "99.0")
    monkeypatch.setattr(upgrade, "__version__", "99.0")
    monkeypatch.setattr(upgrade, "write_catalogue", lambda *_: pytest.fail("it was written"))
    with at(home, "2030-01-01T12:00:00+00:00"):
        pass
    assert table(home, "topic") == before
    content = file_of(home).read_bytes()
    with at(home, "2030-01-01T12:00:00+00:00"):
        pass
    assert file_of(home).read_bytes() == content


def test_a_topic_that_was_deleted_stays_deleted(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load().topics[0].id
    raw(home).execute(f"UPDATE topic SET deleted_at = 5 WHERE id = '{first}'")
    release(monkeypatch, changed(load()))
    with at(home) as workspace:
        assert first not in [name.id for name in workspace.names]


def test_a_catalogue_that_can_not_be_read_leaves_the_file_as_it_was(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = file_of(home).read_bytes()

    def broken() -> Catalogue:
        raise LearnhabitError("The program's own files can't be read", "install learnhabit again")

    release(monkeypatch, load())
    monkeypatch.setattr(upgrade, "load", broken)
    with pytest.raises(LearnhabitError, match="own files"):
        at(home)
    assert file_of(home).read_bytes() == before


@pytest.fixture
def filled(home: Path) -> Path:
    """A folder of this schema with some sessions, and a step that can be undone."""
    with at(home) as workspace:
        for number in range(20):
            tracking.log(workspace, ["5m", "rag", f"note {number}", f"#t{number % 3}"])
        editing.delete(workspace, "last")
        tracking.start(workspace, ["lora"])
    return home


def test_the_file_is_copied_before_a_migration(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = rows(filled, tombstones=True)
    next_schema.install(monkeypatch.setattr)
    with at(filled) as workspace:
        assert workspace.store.all(f"SELECT DISTINCT {next_schema.COLUMN} FROM session") == [("calm",)]
        tracking.log(workspace, ["5m", "rag", "after"])
    copy = filled / next_schema.COPY
    assert copy.stat().st_mode & 0o777 == 0o600
    # It is a whole database that the older program opens.
    older = tmp_path / "older"
    older.mkdir(mode=0o700)
    copy.rename(file_of(older))
    assert rows(older, tombstones=True) == before
    assert raw(older).execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    assert_sound(older)
    monkeypatch.undo()
    with at(older) as workspace:
        undo(workspace)
        tracking.log(workspace, ["5m", "rag", "after"])
    with pytest.raises(LearnhabitError) as caught:
        at(filled)
    assert caught.value.title == "This database is newer than the program"
    assert sorted(path.name for path in filled.iterdir()) == ["learnhabit.db", "learnhabit.db-journal"]


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION))
def test_the_file_of_each_earlier_program_becomes_one_of_this(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    home = tmp_path / "home"
    with monkeypatch.context() as patch:
        install_earlier(patch, version)
        with at(home) as workspace:
            for number in range(20):
                tracking.log(workspace, ["5m", "rag", f"note {number}", f"#t{number % 3}"])
            editing.delete(workspace, "last")
        assert raw(home).execute("PRAGMA user_version").fetchone() == (version,)
        before = rows(home, tombstones=True)
    with at(home) as workspace:
        assert undo(workspace).startswith("deleted")
        view, _ = resolving.add_resolution(workspace, "2 hours of rag by 31 Dec")
        assert view.standing.progress == 20 * 300
        assert resolutions.resolutions(workspace) == (view,)
    assert_sound(home)
    assert (home / f"learnhabit.db.before-migration-{version}").exists()
    assert rows(home)["session"] != before["session"]
    assert raw(home).execute("SELECT name FROM _sqlite_migrations").fetchall() == [(name,) for name in MIGRATIONS]


def test_undo_reaches_behind_a_migration(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    next_schema.install(monkeypatch.setattr)
    with at(filled) as workspace:
        undo(workspace)
        assert tracking.timer(workspace) is None
        assert undo(workspace).startswith("deleted")
        assert workspace.store.one("SELECT count(*) FROM session WHERE deleted_at IS NULL") == (20,)
    assert_sound(filled)


def test_a_folder_that_is_new_is_not_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    next_schema.install(monkeypatch.setattr)
    home = tmp_path / "home"
    with at(home):
        pass
    assert not (home / next_schema.COPY).exists()
    assert raw(home).execute("PRAGMA user_version").fetchone() == (next_schema.VERSION,)
    assert raw(home).execute("SELECT name FROM _sqlite_migrations").fetchall() == [
        *((name,) for name in MIGRATIONS),
        ("m999_mood",),
    ]


def test_a_migration_that_fails_changes_nothing(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = file_of(filled).read_bytes()

    def failing(db: Any) -> None:
        next_schema.add_a_column(db)
        db.execute("INSERT INTO session (id) VALUES (NULL)")

    with monkeypatch.context() as patch:
        next_schema.install(patch.setattr, failing)
        title, hint = Program(filled).refused(1, "status")
        assert title == "The database refused this"
        assert "nothing was saved" in hint
    assert file_of(filled).read_bytes() == before
    with at(filled) as workspace:
        undo(workspace)
    # The copy of the attempt that failed does not stand for the file as it is when the next attempt works.
    assert (filled / next_schema.COPY).exists()
    later = rows(filled, tombstones=True)
    next_schema.install(monkeypatch.setattr)
    with at(filled):
        pass
    other = copy_home(filled, filled.parent / "other")
    (other / next_schema.COPY).replace(file_of(other))
    assert rows(other, tombstones=True) == later


@pytest.mark.parametrize("left", ["", "-journal"])
def test_what_a_copy_that_was_cut_short_left_is_no_obstacle(
    filled: Path, monkeypatch: pytest.MonkeyPatch, left: str
) -> None:
    (filled / f"{next_schema.COPY}.partial{left}").write_bytes(b"half of something" * 1000)
    next_schema.install(monkeypatch.setattr)
    with at(filled):
        pass
    assert {path.name for path in filled.iterdir()} == {"learnhabit.db", next_schema.COPY, "learnhabit.db-journal"}
    assert_sound(filled)


def test_a_link_in_the_copys_place_is_not_followed(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    precious = tmp_path / "precious"
    precious.write_text("mine")
    for name in (next_schema.COPY, f"{next_schema.COPY}.partial"):
        (filled / name).symlink_to(precious)
    next_schema.install(monkeypatch.setattr)
    with at(filled):
        pass
    assert precious.read_text() == "mine"
    assert not (filled / next_schema.COPY).is_symlink()


def test_what_a_catalogue_withdraws_goes_unless_it_was_touched(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three versions of the catalogue: as it is; with a topic renamed, a resource new and others gone; as it was."""
    catalogue = load()
    first, second, *others = catalogue.topics
    untouched, read, finished, used, changed_one, *kept = second.resources
    gone = {each.id for each in (untouched, read, finished, used, changed_one)}
    new = kept[0].replace(id="a-new-paper", title="A new paper")
    next_year = catalogue.replace(
        topics=(
            first.replace(title="A better title"),
            second.replace(resources=(*kept, new)),
            # The last topic goes with its resources, and so does the one before, which is followed.
            *others[:-2],
        ),
        advice=catalogue.advice[1:],
    )
    followed, last = others[-2], others[-1]
    with at(home) as workspace:
        resources.set_progress(workspace, read.id, "40%")
        resources.finish_resource(workspace, finished.id, "2026-11-01")
        tracking.log(workspace, ["20m", second.id, "my note"], resource=used.id, takeaway="my takeaway")
        resources.edit_resource(workspace, changed_one.id, minutes="123")
        resources.add_resource(workspace, second.id, "My own")
        topics.follow_topic(workspace, followed.id)
        topics.archive_topic(workspace, first.id)
        cards.add_card(workspace, first.id, "Why?", "Because.")
        advising.hide_advice(workspace, catalogue.advice[0].id)
    before = {name: table(home, name) for name in ("session", "card")}

    release(monkeypatch, next_year)
    with at(home) as workspace:
        listed = {each.id: each for each in resources.resource_list(workspace, second.id)}
        assert untouched.id not in listed
        assert listed.keys() == {each.id for each in kept} | gone - {untouched.id} | {"a-new-paper", "my-own"}
        assert (listed[read.id].progress, listed[finished.id].state, listed[used.id].state) == (0.4, "done", "doing")
        assert listed[changed_one.id].minutes == 123
        assert topic_map.topic_view(workspace, first.id).title == "A better title"
        assert topic_map.topic_view(workspace, first.id).archived
        assert topic_map.topic_view(workspace, followed.id).followed
        assert last.id not in {name.id for name in workspace.names}
        with pytest.raises(LearnhabitError):
            topic_map.topic_detail(workspace, last.id)
    assert {name: table(home, name) for name in before} == before

    release(monkeypatch, catalogue, "100.0")
    with at(home) as workspace:
        listed = {each.id: each for each in resources.resource_list(workspace, second.id)}
        assert listed.keys() == {each.id for each in second.resources} | {"my-own"}
        assert listed[finished.id].finished_on is not None
        assert topic_map.topic_view(workspace, last.id).title == last.title
        hidden = workspace.store.one("SELECT hidden_on, deleted_at FROM advice WHERE id = ?", catalogue.advice[0].id)
        assert hidden is not None
        assert (hidden[0] is not None, hidden[1]) == (True, None), "what was hidden stays hidden"
    assert_sound(home)
