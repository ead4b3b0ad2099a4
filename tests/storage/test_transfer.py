"""Everything out and back in: the same answers byte for byte, merges that lose nothing, and undo of it."""

from __future__ import annotations

import json
import random
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings

from learnhabit.clock import FrozenClock
from learnhabit.errors import LearnhabitError
from learnhabit.exchange.archive_file import ArchiveImporter, archive_pieces
from learnhabit.services import editing, planning, recall, reminding, resolving, resources, reviewing, topics, tracking
from learnhabit.services.archive_checks import SETTINGS as CHECKED
from learnhabit.services.cards import add_card, delete_card
from learnhabit.services.habit import habit
from learnhabit.services.searching import search
from learnhabit.services.settings import SETTINGS
from learnhabit.services.transferring import Brought, export, export_pieces, import_archive, import_file
from learnhabit.services.undoing import redo, undo
from learnhabit.services.workspace import Workspace, open_workspace
from learnhabit.storage.connection import SCHEMA_VERSION
from learnhabit.storage.facts import FACTS, LOCAL
from learnhabit.storage.merging_rules import DATED
from tests.benchmarks.generate import generate
from tests.end_to_end.program import Program
from tests.storage.living import BEGIN, TEXTS, deeds, live
from tests.storage.support import (
    JOURNALLED,
    assert_sound,
    assert_states_fresh,
    at,
    copy_home,
    file_of,
    raw,
    rows,
    sizes,
)
from tests.support import campaign_size

ANSWERS = (
    ("sessions", "--all"),
    ("status",),
    ("resolution", "list"),
    ("topics",),
    ("recall", "list"),
    ("remind", "list"),
    ("summary", "2026", "--format", "json"),
)
"""What has to be the same, byte for byte."""


PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
"""Making a life shorter takes many times as long as living it."""


def answers(home: Path, now: datetime) -> dict[str, bytes]:
    program = Program(home, now=now.isoformat())
    return {" ".join(words): program.ok(*words, "--json").stdout for words in ANSWERS}


def document(workspace: Workspace) -> dict[str, Any]:
    """An export as other programs see it."""
    return dict(json.loads(b"".join(export_pieces(workspace, {}))))


def pieces(tables: dict[str, list[dict[str, Any]]], schema: int = SCHEMA_VERSION) -> bytes:
    return b"".join(archive_pieces(schema, "a test", "2026-11-23T19:40:00Z", tables))


def bring(workspace: Workspace, data: bytes, **options: bool) -> Brought:
    return import_archive(workspace, ArchiveImporter().read(data), **options)


def dump(home: Path) -> dict[str, list[dict[str, Any]]]:
    return rows(home, tombstones=True)


def move(source: Path, target: Path, now: datetime) -> Brought:
    """Everything from one home into another, by a file."""
    file = target.parent / f"{source.name}.json"
    with open_workspace(str(source), FrozenClock(now)) as workspace:
        export(workspace, str(file), force=True)
    with open_workspace(str(target), FrozenClock(now)) as workspace:
        return import_file(workspace, str(file))


def test_every_table_is_exported_or_said_to_be_local(home: Path) -> None:
    tables = {
        name
        for name, sql in raw(home).execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        if not name.startswith(("sqlite_", "_sqlite_migrations"))
    }
    assert tables == set(FACTS) | LOCAL
    assert not set(FACTS) & LOCAL
    # What undo knows of, a person has done.
    assert set(JOURNALLED) <= set(FACTS)


def test_every_setting_of_the_data_is_checked(home: Path) -> None:
    dated = {"cadence", "minimum", "goal", "day_start"}
    assert set(CHECKED) == {key for key, each in SETTINGS.items() if each.undone} - dated


@sizes(short=9, campaign=500)
def test_a_random_life_is_the_same_in_another_home(swift_home: Path, scratch: Path, size: int) -> None:
    @settings(max_examples=size, phases=PHASES)
    @given(deeds)
    def check(steps: list[tuple[str, int, int]]) -> None:
        with tempfile.TemporaryDirectory(dir=scratch) as folder:
            first, second = (copy_home(swift_home, Path(folder, name)) for name in ("first", "second"))
            now = live(first, steps)
            brought = move(first, second, now)
            assert brought.skipped == () and not brought.unchanged
            assert answers(first, now) == answers(second, now)
            assert_sound(second)
            before = rows(second)
            again = move(first, second, now)
            assert not again.added and not again.changed and not again.skipped, again
            # There and back: the file is the same, but for the moment at which it is written.
            assert facts(first, now) == facts(second, now)
            assert rows(second) == before
            if brought.added or brought.changed:
                with open_workspace(str(second), FrozenClock(now)) as workspace:
                    undo(workspace)
                assert facts(second, now) == facts(swift_home, now)
                assert_sound(second)
                with open_workspace(str(second), FrozenClock(now)) as workspace:
                    redo(workspace)
                assert rows(second) == before
                assert answers(first, now) == answers(second, now)
                assert_sound(second)

    check()


def facts(home: Path, now: datetime) -> dict[str, list[dict[str, Any]]]:
    """What an export holds; of the catalogue's rows and what was merely shown, not when it was written."""
    with open_workspace(str(home), FrozenClock(now)) as workspace:
        tables = document(workspace)["tables"]
    for table in ("topic", "resource"):
        tables[table] = [
            {key: value for key, value in row.items() if row["origin"] == "own" or not key.endswith("_at")}
            for row in tables[table]
        ]
    tables["card"] = [row for row in tables["card"] if "deleted_at" not in row]
    voided = {row["of_review"]: row["voided"] for row in tables["card_review"]}
    tables["card_review"] = [row for row in tables["card_review"] if row["grade"] and not voided.get(row["id"])]
    for row in tables["reminder"]:
        # One that was due and that nobody looked at is not to come any more elsewhere.
        del row["next_due"]
    return {name: each for name, each in tables.items() if name not in ("offer", "advice_shown")}


@sizes(short=6, campaign=500)
def test_two_lives_merge_both_ways_into_the_same_without_a_loss(swift_home: Path, scratch: Path, size: int) -> None:
    @settings(max_examples=size, phases=PHASES)
    @given(deeds, deeds, deeds)
    def check(common: list[Any], here: list[Any], there: list[Any]) -> None:
        with tempfile.TemporaryDirectory(dir=scratch) as folder:
            first = copy_home(swift_home, Path(folder, "first"))
            now = live(first, common)
            second = copy_home(first, Path(folder, "second"))
            end = max(live(first, here, now), live(second, there, now))
            mine, theirs = rows(first), rows(second)
            gone = tombstones(first)
            untouched = dump(first)
            move(second, first, end)
            assert_sound(first)
            united = rows(first)
            lost = ids(mine) - ids(united)
            # Of two rules for one day the newer one holds; nothing else goes.
            assert {table for table, _ in lost} <= set(DATED), lost
            missing = ids(theirs) - ids(united) - gone
            assert {table for table, _ in missing} <= {"day_start", "cadence", "daily_amount", "timer", *CHILDREN}, (
                missing
            )
            with open_workspace(str(first), FrozenClock(end)) as workspace:
                assert_states_fresh(workspace)
                assert recall.rebuild_cards(workspace) == 0
            move(first, second, end)
            assert_sound(second)
            again = move(second, first, end)
            assert not again.changed.get("session") and not again.added.get("session"), again
            del untouched

    check()


CHILDREN = ("tag", "resolution_aim", "check_in")
"""Rows that go with what they belong to."""


def ids(found: dict[str, list[dict[str, Any]]]) -> set[tuple[str, str]]:
    return {(table, row["id"]) for table, each in found.items() for row in each}


def tombstones(home: Path) -> set[tuple[str, str]]:
    return ids(dump(home)) - ids(rows(home))


def thin_out(home: Path) -> None:
    """Leave a few hundred of the thousands of grades: they cost more than all the rest."""
    connection = raw(home)
    (trigger,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'card_review_stays'").fetchone()
    connection.execute("DROP TRIGGER card_review_stays")
    connection.execute("DELETE FROM card_review WHERE card NOT IN (SELECT id FROM card LIMIT 100)")
    connection.execute("DELETE FROM card WHERE id NOT IN (SELECT card FROM card_review)")
    connection.execute(trigger)
    connection.close()


@pytest.mark.parametrize(
    "size",
    [pytest.param(5_000, id="5k"), pytest.param(campaign_size(100_000), marks=pytest.mark.campaign, id="100k")],
)
def test_a_long_history_is_the_same_in_another_home(made_home: Path, scratch: Path, size: int) -> None:
    now = datetime.fromisoformat("2026-11-23T20:40:00+01:00")
    first, second = scratch / "first", copy_home(made_home, scratch / "second")
    first.mkdir(mode=0o700)
    generate(size, str(file_of(first)))
    if size < 10_000:
        thin_out(first)
    brought = move(first, second, now)
    assert brought.added["session"] == size
    assert answers(first, now) == answers(second, now)
    assert_sound(second)
    before = dump(second)
    assert brought.totals["skipped"] == 0
    again = move(first, second, now)
    assert (again.totals["added"], again.totals["changed"], again.totals["skipped"]) == (0, 0, 0)
    assert dump(second) == before
    with open_workspace(str(second), FrozenClock(now)) as workspace:
        said = undo(workspace)
        assert said.startswith(f"imported {size:,} sessions, 7 resolutions, ")
        assert workspace.store.one("SELECT count(*) FROM session WHERE deleted_at IS NULL") == (0,)
        assert workspace.store.one("SELECT count(*) FROM day_total") == (0,)
        assert workspace.store.one("SELECT count(*) FROM topic WHERE followed_on IS NOT NULL") == (0,)
    assert_sound(second)
    with open_workspace(str(second), FrozenClock(now)) as workspace:
        redo(workspace)
    assert answers(first, now) == answers(second, now)


def test_the_same_file_comes_again_after_its_undo(home: Path, tmp_path: Path, made_home: Path) -> None:
    with at(home) as workspace:
        tracking.log(workspace, ["45m", "rag", "one"], tags=["a"], takeaway="kept")
        recall.grade_card(workspace, add_card(workspace, "rag", "What?", "That").id, 3)
        topics.follow_topic(workspace, "lora")
        data = b"".join(export_pieces(workspace, {}))
    other = copy_home(made_home, tmp_path / "other")
    with at(other) as workspace:
        came = bring(workspace, data)
    before = rows(other)
    with at(other) as workspace:
        undo(workspace)
        assert recall.recall_queue(workspace).reviewed_today == 0
        # Something else is done: there is nothing left to redo, and the text of what went is erased.
        tracking.log(workspace, ["5m", "agents"])
        assert workspace.store.one("SELECT note FROM session WHERE deleted_at IS NOT NULL") == ("",)
        again = bring(workspace, data)
        assert again.added == came.added and again.changed == came.changed and not again.skipped
        assert recall.recall_queue(workspace).reviewed_today == 1
        (later,) = workspace.store.all("SELECT id FROM session WHERE note = '' AND deleted_at IS NULL")
        editing.delete(workspace, later[0])
    assert rows(other) == before


def test_what_was_deleted_here_stays_deleted_unless_it_is_wanted_back(home: Path) -> None:
    with at(home) as workspace:
        kept = tracking.log(workspace, ["45m", "rag", "one"], tags=["a"], takeaway="x").session.id
        found, _ = resolving.add_resolution(workspace, "100 h of rag")
        data = b"".join(export_pieces(workspace, {}))
    with at(home, "2026-11-23T21:40:00+01:00") as workspace:
        editing.delete(workspace, kept)
        resolving.delete_resolution(workspace, found.resolution.id)
        brought = bring(workspace, data)
        assert brought.totals == {"added": 0, "changed": 0, "unchanged": 0, "skipped": 4}
        assert ("tag", "its session was deleted here", 1) in brought.skipped
        assert ("session", "deleted here", 1) in brought.skipped
        brought = bring(workspace, data, revive=True)
        assert brought.totals == {"added": 4, "changed": 0, "unchanged": 0, "skipped": 0}
        assert editing.star(workspace, kept).tags == ("a",)


def test_what_comes_back_as_it_is_newer_elsewhere_comes_whole(home: Path, tmp_path: Path) -> None:
    with at(home) as workspace:
        session = tracking.log(workspace, ["45m", "rag", "one"], tags=["a", "b"]).session.id
        hours = resolving.add_resolution(workspace, "100 h of rag")[0].resolution.id
        posts = resolving.add_resolution(workspace, "30 posts")[0].resolution.id
        resolving.check_in(workspace, posts)
        alone = tracking.log(workspace, ["15m", "rag"], tags=["c"]).session.id
    other = copy_home(home, tmp_path / "other")
    wanted = rows(home)
    with at(home, "2026-11-24T10:00:00+01:00") as workspace:
        for each in (session, alone):
            editing.delete(workspace, each)
        for each in (hours, posts):
            resolving.delete_resolution(workspace, each)
    with at(other, "2026-11-25T10:00:00+01:00") as workspace:
        editing.edit(workspace, session, note="two")
        for each in (hours, posts):
            resolving.edit_resolution(workspace, each, cue="after tea")
    with at(other, "2026-11-26T10:00:00+01:00") as workspace:
        data = b"".join(export_pieces(workspace, {}))
    before = rows(home)
    with at(home, "2026-11-26T10:00:00+01:00") as workspace:
        brought = bring(workspace, data)
        assert brought.added == {"session": 1, "tag": 2, "resolution": 2, "resolution_aim": 2, "check_in": 1}
        assert set(brought.skipped) == {("session", "deleted here", 1), ("tag", "its session was deleted here", 1)}
    found = rows(home)
    assert [len(found[table]) for table in ("session", "tag", "resolution")] == [1, 2, 2]
    assert [found[table] for table in ("resolution_aim", "check_in")] == [
        wanted[table] for table in ("resolution_aim", "check_in")
    ]
    assert_sound(home)
    with at(home, "2026-11-27T10:00:00+01:00") as workspace:
        undo(workspace)
    assert rows(home) == before


def test_the_newer_of_two_wins_and_the_older_is_named(home: Path, tmp_path: Path) -> None:
    with at(home) as workspace:
        session = tracking.log(workspace, ["45m", "rag", "first"]).session.id
    other = copy_home(home, tmp_path / "other")
    with at(home, "2026-11-24T10:00:00+01:00") as workspace:
        editing.edit(workspace, session, note="here, older")
    with at(other, "2026-11-24T11:00:00+01:00") as workspace:
        editing.edit(workspace, session, note="there, newer")
        # Both sides have moved it once, to different days.
        editing.move(workspace, session, "2026-11-20")
    with at(home, "2026-11-24T10:30:00+01:00") as workspace:
        editing.move(workspace, session, "2026-11-21")
        mine = b"".join(export_pieces(workspace, {}))
    now = datetime.fromisoformat("2026-11-24T12:00:00+01:00")
    assert move(other, home, now).changed == {"session": 1}
    assert [(row["note"], row["study_day"]) for row in rows(home)["session"]] == [("there, newer", "2026-11-20")]
    with at(other, now.isoformat()) as workspace:
        assert bring(workspace, mine).skipped == (("session", "newer here", 1),)
        assert workspace.store.one("SELECT note FROM session") == ("there, newer",)
    with at(home, now.isoformat()) as workspace:
        undo(workspace)
        assert workspace.store.one("SELECT note, study_day FROM session") == ("here, older", "2026-11-21")
        redo(workspace)
        assert workspace.store.one("SELECT note, study_day FROM session") == ("there, newer", "2026-11-20")
    assert_sound(home)


def test_a_dry_run_says_the_same_and_changes_nothing(home: Path, tmp_path: Path, made_home: Path) -> None:
    live(home, [("log", 1, 0), ("resolve", 1, 5), ("card", 2, 5), ("remind", 1, 5), ("follow", 1, 5)])
    other = copy_home(made_home, tmp_path / "other")
    with at(home) as workspace:
        data = b"".join(export_pieces(workspace, {}))
    with at(other) as workspace:
        tracking.log(workspace, ["5m", "rag"])
    before = file_of(other).read_bytes()
    with at(other) as workspace:
        tried = bring(workspace, data, dry_run=True)
        assert tried.totals["added"] > 4
    assert file_of(other).read_bytes() == before
    with at(other) as workspace:
        assert bring(workspace, data) == tried


def test_an_export_of_an_earlier_schema_is_taken_with_defaults(home: Path, tmp_path: Path, made_home: Path) -> None:
    live(home, [("log", 1, 0), ("follow", 1, 5), ("cadence", 1, 5)])
    with at(home) as workspace:
        tables = document(workspace)["tables"]
    # Before topics were followed and takeaways starred.
    for row in tables["session"]:
        del row["starred"]
    for row in tables["topic"]:
        del row["followed_on"], row["archived_on"]
    for name in ("card", "card_review", "reminder", "dismissal", "advice_shown", "year_answer"):
        del tables[name]
    other = copy_home(made_home, tmp_path / "other")
    with at(other) as workspace:
        brought = bring(workspace, pieces(tables, schema=2))
        assert brought.added["session"] == 1 and not brought.skipped
    assert rows(other)["session"] == rows(home)["session"]


def test_rows_whose_parents_are_lost_are_left_out_and_named(home: Path, tmp_path: Path, made_home: Path) -> None:
    live(
        home, [("log", 1, 0), ("resolve", 3, 1), ("check in", 0, 1), ("resolve", 1, 1), ("card", 1, 1), ("grade", 0, 1)]
    )
    with at(home) as workspace:
        tables = document(workspace)["tables"]
    tables["resolution"] = tables["resolution"][1:]
    tables["resolution_aim"] = tables["resolution_aim"][:1]
    tables["session"] = tables["card"] = []
    other = copy_home(made_home, tmp_path / "other")
    with at(other) as workspace:
        brought = bring(workspace, pieces(tables))
    assert brought.added == {}
    assert set(brought.skipped) == {
        ("tag", "its session is missing", 1),
        ("tag", "its session is missing", 2),
        ("resolution", "its target is missing", 1),
        ("resolution_aim", "its resolution is missing", 1),
        ("check_in", "its resolution is missing", 1),
        ("card_review", "its card is missing", 1),
    } - {("tag", "its session is missing", 3 - len(tables["tag"]))}
    assert_sound(other)


def test_what_two_did_with_the_catalogue_is_united(home: Path, tmp_path: Path) -> None:
    other = copy_home(home, tmp_path / "other")
    with at(home, "2026-11-24T10:00:00+01:00") as workspace:
        topics.edit_topic(workspace, "rag", first_step="Mine", why="Mine")
        topics.follow_topic(workspace, "lora")
        resources.set_progress(workspace, first_resource(workspace), "30%")
    with at(other, "2026-11-24T11:00:00+01:00") as workspace:
        topics.edit_topic(workspace, "rag", first_step="Theirs", summary="Theirs")
        topics.follow_topic(workspace, "rag")
        topics.archive_topic(workspace, "lora")
        resources.finish_resource(workspace, first_resource(workspace))
    brought = move(other, home, datetime.fromisoformat("2026-11-24T12:00:00+01:00"))
    assert brought.changed == {"topic": 2, "resource": 1}
    with at(home) as workspace:
        found = "SELECT first_step, why, summary, followed_on, archived_on FROM topic WHERE id = ?"
        rag, lora = (
            workspace.store.one(found, name) for name in ("retrieval-augmented-generation", "efficient-fine-tuning")
        )
        assert rag == ("Theirs", "Mine", "Theirs", "2026-11-24", None)
        assert lora is not None and lora[3:] == ("2026-11-24", "2026-11-24")
        assert workspace.store.one("SELECT done_amount, finished_on FROM resource WHERE done_amount IS NOT NULL") == (
            30,
            "2026-11-24",
        )


def first_resource(workspace: Workspace) -> str:
    (row, *_) = workspace.store.all("SELECT id FROM resource WHERE topic = 'retrieval-augmented-generation' LIMIT 1")
    return str(row[0])


def test_of_two_rules_for_one_day_the_newer_one_holds_on_both_sides(home: Path, tmp_path: Path) -> None:
    other = copy_home(home, tmp_path / "other")
    with at(home, "2026-11-24T10:00:00+01:00") as workspace:
        planning.set_plan(workspace, cadence="3", goal="30m")
    with at(other, "2026-11-24T11:00:00+01:00") as workspace:
        planning.set_plan(workspace, cadence="6", minimum="20m")
    now = datetime.fromisoformat("2026-11-24T12:00:00+01:00")
    # The older one first, then the newer one: either way the same comes out.
    assert move(home, other, now).skipped == (("cadence", "another one for the same day is newer", 1),)
    assert move(other, home, now).added == {"cadence": 1, "daily_amount": 1}
    for each in (home, other):
        with at(each, now.isoformat()) as workspace:
            found = planning.plan(workspace)
            assert (found.days_per_week, found.minimum_seconds, found.goal_seconds) == (6, 1200, 1800)
            assert workspace.store.one("SELECT count(*) FROM cadence WHERE deleted_at IS NULL") == (1,)
    with at(home, now.isoformat()) as workspace:
        undo(workspace)
        assert planning.plan(workspace).days_per_week == 3


def test_cards_that_were_graded_on_both_sides_keep_all_grades(home: Path, tmp_path: Path) -> None:
    with at(home) as workspace:
        card = add_card(workspace, "rag", "What?", "That").id
    other = copy_home(home, tmp_path / "other")
    with at(other, "2026-11-24T11:00:00+01:00") as workspace:
        recall.grade_card(workspace, card, 3)
    with at(home, "2026-11-26T10:00:00+01:00") as workspace:
        recall.grade_card(workspace, card, 4)
    now = datetime.fromisoformat("2026-11-27T12:00:00+01:00")
    assert move(other, home, now).added == {"card_review": 1}
    with at(home, now.isoformat()) as workspace:
        assert recall.rebuild_cards(workspace) == 0
        mine = workspace.store.all("SELECT due_on, stability FROM card")
    assert move(home, other, now).added == {"card_review": 1}
    with at(other, now.isoformat()) as workspace:
        assert workspace.store.all("SELECT due_on, stability FROM card") == mine


def test_the_review_that_was_written_last_is_the_one_that_is_shown(home: Path, tmp_path: Path) -> None:
    other = copy_home(home, tmp_path / "other")
    with at(other, "2026-11-24T10:00:00+01:00") as workspace:
        reviewing.write_review(workspace, "last", "Theirs, the older one")
    with at(home, "2026-11-24T11:00:00+01:00") as workspace:
        reviewing.write_review(workspace, "last", "Mine, the newer one")
    now = datetime.fromisoformat("2026-11-24T12:00:00+01:00")
    assert move(other, home, now).added == {"review": 1}
    with at(home, now.isoformat()) as workspace:
        assert reviewing.review(workspace).text == "Mine, the newer one"
    assert move(home, other, now).added == {"review": 1}
    with at(other, now.isoformat()) as workspace:
        assert reviewing.review(workspace).text == "Mine, the newer one"


def test_grades_of_a_card_that_was_deleted_still_count(home: Path, tmp_path: Path, made_home: Path) -> None:
    with at(home) as workspace:
        card = add_card(workspace, "rag", "What is secret?", "That").id
        recall.grade_card(workspace, card, 3)
        delete_card(workspace, card)
        data = b"".join(export_pieces(workspace, {}))
    assert b"secret" not in data and card.encode() in data
    other = copy_home(made_home, tmp_path / "other")
    with at(other) as workspace:
        assert bring(workspace, data).added == {"card_review": 1}
        assert recall.recall_queue(workspace).reviewed_today == 1
    now = datetime.fromisoformat("2026-11-23T20:40:00+01:00")
    assert answers(home, now) == answers(other, now)


def test_a_reminder_that_came_is_due_at_its_next_time_from_now_on(home: Path, tmp_path: Path, made_home: Path) -> None:
    with at(home) as workspace:
        reminding.add_reminder(workspace, "daily 19:30")
        reminding.add_reminder(workspace, "daily 7:30")
        reminding.skip(workspace, "last")
        data = b"".join(export_pieces(workspace, {}))
    later, soon = copy_home(made_home, tmp_path / "later"), copy_home(made_home, tmp_path / "soon")
    for other, moment, due in (
        (later, "2026-12-24T10:00:00+01:00", ["2026-12-24T19:30", "2026-12-25T07:30"]),
        # What was left out by hand stays left out.
        (soon, "2026-11-23T21:00:00+01:00", ["2026-11-24T19:30", "2026-11-25T07:30"]),
    ):
        with at(other, moment) as workspace:
            bring(workspace, data)
            assert [row[0] for row in workspace.store.all("SELECT next_due FROM reminder ORDER BY seq")] == due


def test_what_is_still_to_come_is_left_out(home: Path, tmp_path: Path) -> None:
    other = copy_home(home, tmp_path / "other")
    with at(home, "2026-12-24T10:00:00+01:00") as workspace:
        tracking.log(workspace, ["45m", "rag"])
        data = b"".join(export_pieces(workspace, {}))
    with at(other) as workspace:
        assert bring(workspace, data).skipped == (("session", "still to come", 1),)


def test_a_timer_comes_along_where_none_runs_and_it_was_not_stopped(
    home: Path, tmp_path: Path, made_home: Path
) -> None:
    with at(home) as workspace:
        tracking.start(workspace, ["rag"], note="running")
        data = b"".join(export_pieces(workspace, {}))
    other = copy_home(made_home, tmp_path / "other")
    with at(other) as workspace:
        assert bring(workspace, data).added == {"timer": 1}
        assert bring(workspace, data).unchanged == {"timer": 1}
        undo(workspace)
        assert tracking.timer(workspace) is None
        tracking.start(workspace, ["lora"])
        assert bring(workspace, data).skipped == (("timer", "another one runs here", 1),)
    with at(home, "2026-11-23T21:00:00+01:00") as workspace:
        tracking.stop(workspace)
        assert bring(workspace, data).skipped == (("timer", "stopped here already", 1),)


def test_many_sessions_are_counted_as_a_few_are(home: Path, tmp_path: Path, made_home: Path) -> None:
    """More than a thousand at once take another way to the totals."""
    chance = random.Random(7)
    with at(home) as workspace:
        seed = tracking.log(workspace, ["45m", "rag", "one"]).session.id
        tables = document(workspace)["tables"]
    (row,) = tables["session"]
    tables["session"] = [
        {**row, "id": f"{seed[:24]}{n:012x}", "started_at": start, "ended_at": start + 900, "seconds": 900}
        | {"study_day": (BEGIN - timedelta(days=n % 40)).date().isoformat(), "day_moves": 1}
        for n in range(1_500)
        for start in [row["started_at"] - chance.randrange(10**6)]
    ]
    other = copy_home(made_home, tmp_path / "other")
    with at(other) as workspace:
        tracking.log(workspace, ["5m", "rag"], at="2026-10-01")
        assert habit(workspace).run_days == 0
        assert workspace.store.one("SELECT count(*) > 20 FROM scan_state") == (1,)
        search(workspace, "one")
        assert bring(workspace, pieces(tables)).added["session"] == 1_500
        assert_states_fresh(workspace)
        assert habit(workspace).longest_run == 40
        assert len(search(workspace, "one")) > 1
        triggers = workspace.store.all("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
    assert triggers == raw(home).execute("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY 1").fetchall()
    assert_sound(other)


def test_a_newer_export_is_refused(home: Path) -> None:
    with at(home) as workspace:
        data = b"".join(export_pieces(workspace, {}))
        with pytest.raises(LearnhabitError) as caught:
            bring(workspace, pieces({}, schema=SCHEMA_VERSION + 1))
        assert caught.value.title == "This export is newer than the program"
        with pytest.raises(LearnhabitError) as caught:
            bring(workspace, data.replace(b'"version": 1', b'"version": 2'))
        assert caught.value.title == "This export is newer than the program"


def test_texts_leave_as_they_are_and_no_terminal_obeys_the_file(home: Path) -> None:
    with at(home) as workspace:
        for text in TEXTS[1:]:
            tracking.log(workspace, ["5m", "rag"], note=text)
        data = b"".join(export_pieces(workspace, {}))
        notes = [row["note"] for row in document(workspace)["tables"]["session"]]
    assert notes == list(TEXTS[1:])
    assert b"\x1b" not in data and "\u202e".encode() not in data
