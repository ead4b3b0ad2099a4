"""The schema itself: what it refuses, what it keeps in step, and how every connection is set."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from learnhabit.storage.connection import APPLICATION_ID, SCHEMA_VERSION, read_header
from learnhabit.storage.opening import open_store
from tests.storage.support import assert_sound, file_of, raw

STAMPS = {"created_at": 1, "updated_at": 1}
GOOD: dict[str, dict[str, Any]] = {
    "topic": {"id": "rust", "title": "Rust", "origin": "own", **STAMPS},
    "resource": {"id": "book", "topic": "rust", "title": "The book", "kind": "book", "origin": "own", **STAMPS},
    "advice": {
        **dict.fromkeys(("id", "kind", "text", "why", "authors", "source", "url"), "x"),
        "moment": "daily",
        **STAMPS,
    },
    "setting": {"id": "clock", "value": "24", **STAMPS},
    "day_start": {"id": "1", "effective_from": "2026-02-28", "minutes": 240, **STAMPS},
    "cadence": {"id": "1", "effective_from": "2026-02-28", "days_per_week": 3, "weekdays": "024", **STAMPS},
    "daily_amount": {"id": "1", "what": "goal", "effective_from": "2026-02-28", "seconds": 600, **STAMPS},
    "time_off": {"id": "1", "from_day": "2026-02-28", "to_day": "2026-02-28", "entered_on": "2026-03-01", **STAMPS},
    "session": {
        "id": "1",
        "topic": "rust",
        "started_at": 1_000,
        "ended_at": 1_600,
        "seconds": 600,
        "utc_offset": -720,
        "zone": "Etc/GMT+12",
        "study_day": "2024-02-29",
        "pauses": "1000-1010 1020-1030",
        "origin": "log",
        **STAMPS,
    },
    "tag": {"id": "1", "session": "there", "name": "#", **STAMPS},
    "timer": {"id": "1", "topic": "rust", "started_at": 1_000, "utc_offset": 60, "zone": "", **STAMPS},
    "day_total": {"study_day": "2026-02-28", "topic": "rust", "seconds": 600, "sessions": 1},
    "month_total": {"month": "2026-02", "topic": "rust", "seconds": 600, "sessions": 1},
    "scan_state": {"study_day": "2026-02-28", "kind": "day off", "strength": 0.5, "run_days": 1, "longest_run": 2},
    "resolution": {
        "id": "1",
        "statement": "12 papers by 31 Dec",
        "measure": "resources",
        "kind": "paper",
        "period_start": "2026-01-01",
        "made_on": "2026-02-28",
        **STAMPS,
    },
    "resolution_aim": {
        "id": "1",
        "resolution": "there",
        "entered_on": "2026-02-28",
        "target": 12,
        "period_end": "2026-12-31",
        **STAMPS,
    },
    "check_in": {"id": "1", "resolution": "there", "day": "2026-02-28", "amount": 1, **STAMPS},
    "review": {"id": "1", "week_start": "2026-02-23", "text": "", "written_on": "2026-03-02", **STAMPS},
    "year_answer": {"id": "1", "year": 2026, "question": "worked", "text": "", **STAMPS},
    "offer": {"id": "review:2026-02-23", "made_at": 1},
    "dismissal": {"id": "2026-02-28:rust", "topic": "rust", "day": "2026-02-28", **STAMPS},
    "advice_shown": {"day": "2026-02-28", "moment": "daily", "advice": "x"},
    "card": {
        "id": "1",
        "topic": "rust",
        "origin": "own",
        "question": "?",
        "added_on": "2026-02-28",
        "due_on": "2026-03-01",
        **STAMPS,
    },
    "card_review": {
        "id": "1",
        "card": "there",
        "grade": 3,
        "reviewed_at": 1,
        "study_day": "2026-02-28",
        "seconds": 40,
        "created_at": 1,
        "updated_at": 1,
    },
    "search_queue": {"kind": "session", "row": 1},
    "reminder": {
        "id": "1",
        "rule": "daily 19:30",
        "starts_on": "2026-02-28",
        "condition": "always",
        "next_due": "2026-02-28T19:30",
        **STAMPS,
    },
    "delivery": {
        "id": "1@2026-02-28T19:30",
        "reminder": "1",
        "occurrence": "2026-02-28T19:30",
        "state": "pending",
        "next_try": 1,
        "counted_from": 1,
        "expires_on": "2026-02-28",
        "created_at": 1,
        "updated_at": 1,
    },
    "journal": {"id": "1", "summary": "did", "created_at": 1},
    "journal_row": {"journal": "there", "position": 1, "table_name": "tag", "row_id": "1"},
    "meta": {"key": "k", "value": "v"},
}
NO_WALL = ["2026-02-28", "2026-02-28 19:30", "2026-02-28T19:30:00", "T", "", 5]
NO_DAY = [
    "2026-02-30",
    "2026-13-01",
    "2026-2-1",
    "20260201",
    "2026-02-01 ",
    "tomorrow",
    "now",
    "",
    "2026-02-01T00:00",
    None,
]
BAD: list[tuple[str, str, list[Any]]] = [
    ("topic", "id", ["", None]),
    ("topic", "title", ["", None]),
    ("topic", "origin", ["", "foreign", None]),
    ("topic", "position", ["first", None, 1.5]),
    ("resource", "minutes", [0, -5, "long"]),
    ("resource", "title", ["", None]),
    ("resource", "origin", ["other"]),
    ("advice", "moment", ["", "sometimes", None]),
    ("resource", "finished_on", [day for day in NO_DAY if day is not None]),
    ("resolution", "id", ["", None]),
    ("resolution", "statement", [None, b"x"]),
    ("resolution", "measure", ["", "pages", "hours", None]),
    ("resolution", "kind", [""]),
    ("resolution", "per", ["", "year"]),
    ("resolution", "period_start", NO_DAY),
    ("resolution", "made_on", NO_DAY),
    ("resolution", "let_go_on", [day for day in NO_DAY if day is not None]),
    ("resolution_aim", "resolution", ["gone", None]),
    ("resolution_aim", "target", [0, -1, 1_000_000_001, None, "many"]),
    ("resolution_aim", "entered_on", NO_DAY),
    ("resolution_aim", "period_end", NO_DAY),
    ("check_in", "resolution", ["gone", None]),
    ("check_in", "day", NO_DAY),
    ("check_in", "amount", [0, -1, 1_000_001, None]),
    ("review", "week_start", NO_DAY),
    ("review", "written_on", NO_DAY),
    ("review", "text", [None, b"x"]),
    ("year_answer", "id", ["", None]),
    ("year_answer", "year", [None, 1969, 9999, "soon"]),
    ("year_answer", "question", ["", "else", None]),
    ("year_answer", "text", [None, b"x"]),
    ("session", "starred", [2, -1, None, "yes"]),
    ("offer", "made_at", ["now", None]),
    ("topic", "followed_on", [day for day in NO_DAY if day is not None]),
    ("topic", "archived_on", [day for day in NO_DAY if day is not None]),
    ("topic", "withdrawn", [2, None]),
    ("resource", "unit", ["", "hours"]),
    ("resource", "done_amount", [-1, "half"]),
    ("resource", "whole_amount", [0, 1_000_001]),
    ("resource", "withdrawn", [2, None]),
    ("advice", "hidden_on", [day for day in NO_DAY if day is not None]),
    ("advice", "withdrawn", [2, None]),
    ("dismissal", "topic", ["", None]),
    ("dismissal", "day", NO_DAY),
    ("advice_shown", "day", NO_DAY),
    ("card", "id", ["", None]),
    ("card", "topic", ["", None]),
    ("card", "origin", ["catalogue", "", None]),
    ("card", "question", [None, b"x"]),
    ("card", "added_on", NO_DAY),
    ("card", "due_on", NO_DAY),
    ("card", "suspended_on", [day for day in NO_DAY if day is not None]),
    ("card", "phase", ["", "learning", "old", None]),
    ("card", "reviewed_at", [1, -1]),
    ("card", "reviewed_on", ["2026-02-28"]),
    ("card_review", "card", ["gone", None]),
    ("card_review", "grade", [0, 5, None]),
    ("card_review", "of_review", ["gone"]),
    ("card_review", "voided", [0, 1, 2]),
    ("card_review", "reviewed_at", [-1, None, "now"]),
    ("card_review", "study_day", NO_DAY),
    ("card_review", "seconds", [-1, 121, None]),
    ("search_queue", "row", ["first", None]),
    ("reminder", "id", ["", None]),
    ("reminder", "rule", ["", None]),
    ("reminder", "starts_on", NO_DAY),
    ("reminder", "text", [None, b"x"]),
    ("reminder", "condition", ["", "sometimes", None]),
    ("reminder", "enabled", [2, None]),
    ("reminder", "next_due", NO_WALL),
    ("delivery", "id", ["", None]),
    ("delivery", "reminder", ["", None]),
    ("delivery", "occurrence", [*NO_WALL, None]),
    ("delivery", "state", ["", "sent", "lost", None]),
    ("delivery", "attempts", [-1, None]),
    ("delivery", "next_try", [-1, 1 << 60, None]),
    ("delivery", "counted_from", [-1, 1 << 60, None]),
    ("delivery", "expires_on", NO_DAY),
    ("delivery", "done_at", [1, -1]),
    ("delivery", "text", [None, b"x"]),
    ("delivery", "reason", [None]),
    ("setting", "value", [None, b"24"]),
    ("day_start", "minutes", [-1, 720, 1.5, None, "four"]),
    ("day_start", "effective_from", NO_DAY),
    ("cadence", "days_per_week", [0, 8, None, "few"]),
    ("cadence", "weekdays", ["7", "mon", "0,2", None]),
    ("cadence", "effective_from", NO_DAY),
    ("daily_amount", "what", ["wish", "", None]),
    ("daily_amount", "seconds", [59, 86_401, None]),
    ("daily_amount", "effective_from", NO_DAY),
    ("time_off", "from_day", [*NO_DAY, "2026-03-01"]),
    ("time_off", "to_day", [*NO_DAY, "2026-02-27"]),
    ("time_off", "entered_on", NO_DAY),
    ("time_off", "removed_on", [day for day in NO_DAY if day is not None]),
    ("session", "id", ["", None]),
    ("session", "topic", ["", None]),
    ("session", "started_at", [-1, 1_600, 1 << 60, "now", None, 1_000.5]),
    ("session", "ended_at", [1_000, 0, 1 << 60, None]),
    ("session", "seconds", [0, -1, 172_801, "some", None]),
    ("session", "utc_offset", [-1_440, 1_440, None]),
    ("session", "zone", [None]),
    ("session", "study_day", NO_DAY),
    ("session", "day_moves", [-1, None]),
    ("session", "pauses", ["1000-1010;", "x", None]),
    ("session", "origin", ["import", "", None]),
    ("session", "note", [None, b"x"]),
    ("session", "created_at", [None, "now"]),
    ("tag", "session", ["gone", None]),
    ("tag", "name", [None]),
    ("timer", "one", [0, 2]),
    ("timer", "started_at", [-1, 1 << 60, None]),
    ("timer", "utc_offset", [-1_440, 1_440, None]),
    ("timer", "pauses", ["always", None]),
    ("timer", "topic", ["", None]),
    ("day_total", "study_day", NO_DAY),
    ("month_total", "month", ["2026-13", "May", "", None]),
    ("scan_state", "study_day", NO_DAY),
    ("scan_state", "kind", ["holiday", "", None]),
    ("scan_state", "strength", ["strong", None]),
    ("journal", "undone", [2, -1, None]),
    ("journal_row", "journal", ["gone", None]),
    ("meta", "value", [None]),
]


@pytest.fixture
def connection(home: Path) -> Iterator[sqlite3.Connection]:
    """A connection as the program opens it, with a session to tag and a step to add to."""
    store = open_store(str(home), 0)
    put(store.connection, "session", {**GOOD["session"], "id": "there"})
    put(store.connection, "journal", {**GOOD["journal"], "id": "there"})
    put(store.connection, "resolution", {**GOOD["resolution"], "id": "there"})
    put(store.connection, "card", {**GOOD["card"], "id": "there"})
    for table in ("day_total", "month_total"):
        store.connection.execute(f"DELETE FROM {table}")
    yield store.connection
    store.close()


def put(connection: sqlite3.Connection, table: str, row: dict[str, Any]) -> None:
    connection.execute(
        f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values())
    )


@pytest.mark.parametrize("table", GOOD)
def test_good_rows_are_taken_once(connection: sqlite3.Connection, table: str) -> None:
    put(connection, table, GOOD[table])
    with pytest.raises(sqlite3.IntegrityError):
        put(connection, table, GOOD[table])


def test_a_kind_is_of_resources_and_done_does_not_recur(connection: sqlite3.Connection) -> None:
    row = {**GOOD["resolution"], "kind": None}
    for number, measure in enumerate(("hours", "sessions", "days", "resources", "count", "done")):
        put(connection, "resolution", {**row, "id": f"n{number}", "measure": measure})
    for bad in ({"measure": "hours", "kind": "paper"}, {"measure": "done", "per": "week"}):
        with pytest.raises(sqlite3.IntegrityError):
            put(connection, "resolution", {**row, **bad})


@pytest.mark.parametrize(("table", "column", "values"), BAD, ids=[f"{table}.{column}" for table, column, _ in BAD])
def test_bad_values_are_refused(connection: sqlite3.Connection, table: str, column: str, values: list[Any]) -> None:
    # `now` as a day is refused by another error: a constraint may not depend on the time.
    refusals = (sqlite3.IntegrityError, sqlite3.OperationalError)
    for value in values:
        with pytest.raises(refusals):
            put(connection, table, {**GOOD[table], column: value})
    put(connection, table, GOOD[table])
    for value in values:
        with pytest.raises(refusals):
            connection.execute(f"UPDATE {table} SET {column} = ?", (value,))


def test_every_table_is_strict_and_tested(connection: sqlite3.Connection) -> None:
    tables = {
        name: strict
        for _, name, kind, _, _, strict in connection.execute("PRAGMA table_list")
        if kind == "table" and not name.startswith(("sqlite_", "_sqlite_"))
    }
    assert tables.keys() == GOOD.keys()
    assert set(tables.values()) == {1}


def test_only_one_timer(connection: sqlite3.Connection) -> None:
    put(connection, "timer", GOOD["timer"])
    with pytest.raises(sqlite3.IntegrityError):
        put(connection, "timer", {**GOOD["timer"], "id": "2"})


def test_a_study_day_changes_only_with_a_move_or_a_start(connection: sqlite3.Connection) -> None:
    for change in ("study_day = '2024-03-01'", "study_day = '2024-03-01', note = 'n'"):
        with pytest.raises(sqlite3.IntegrityError, match="study_day is frozen"):
            connection.execute(f"UPDATE session SET {change}")
    connection.execute("UPDATE session SET study_day = study_day, note = 'n'")
    connection.execute("UPDATE session SET study_day = '2024-03-01', day_moves = day_moves + 1")
    connection.execute("UPDATE session SET study_day = '2024-03-02', started_at = started_at - 1")
    assert connection.execute("SELECT study_day FROM session").fetchall() == [("2024-03-02",)]
    with pytest.raises(sqlite3.IntegrityError, match="study_day is frozen"):
        connection.execute(
            "INSERT INTO session SELECT * FROM session WHERE true"
            " ON CONFLICT (seq) DO UPDATE SET study_day = '2024-03-05'"
        )


def test_the_header_says_whose_file_it_is(home: Path) -> None:
    assert read_header(str(file_of(home))) == (SCHEMA_VERSION, APPLICATION_ID)
    assert raw(home).execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)


def test_every_connection_is_set_the_same(connection: sqlite3.Connection) -> None:
    wanted = {
        "journal_mode": "truncate",
        "synchronous": 3,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "trusted_schema": 0,
        "secure_delete": 1,
    }
    assert {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted} == wanted


@pytest.mark.parametrize("seed", range(8))
def test_totals_follow_whatever_statement_changes_sessions(home: Path, seed: int) -> None:
    chance = random.Random(seed)
    store = open_store(str(home), 0)
    connection = store.connection

    def one_row() -> dict[str, Any]:
        start = chance.randint(1, 10**9)
        return {
            **GOOD["session"],
            "id": str(chance.randint(1, 60)),
            "topic": chance.choice("abc"),
            "started_at": start,
            "ended_at": start + 60,
            "seconds": chance.randint(1, 5000),
            "study_day": f"202{chance.randint(5, 6)}-0{chance.randint(1, 3)}-1{chance.randint(0, 3)}",
            "deleted_at": chance.choice([None, None, 5]),
        }

    for _ in range(120):
        row = one_row()
        where = f"id % {chance.randint(2, 9)} = 0"
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        assignments = ", ".join(f"{name} = excluded.{name}" for name in row if name != "id")
        sql, parameters = chance.choice(
            [
                (f"INSERT OR REPLACE INTO session ({names}) VALUES ({marks})", tuple(row.values())),
                (f"INSERT OR IGNORE INTO session ({names}) VALUES ({marks})", tuple(row.values())),
                (
                    f"INSERT INTO session ({names}) VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {assignments}",
                    tuple(row.values()),
                ),
                (f"UPDATE session SET deleted_at = 7 WHERE {where}", ()),
                (f"UPDATE session SET deleted_at = NULL WHERE {where}", ()),
                (f"UPDATE session SET seconds = seconds + 1, topic = 'd' WHERE {where}", ()),
                (f"UPDATE session SET study_day = '2026-03-31', day_moves = day_moves + 1 WHERE {where}", ()),
                (f"UPDATE session SET note = note || 'x' WHERE {where}", ()),
                (f"DELETE FROM session WHERE {where}", ()),
            ]
        )
        connection.execute(sql, parameters)
    store.close()
    assert_sound(home)


@pytest.mark.parametrize(
    ("statement", "from_day"),
    [
        ("INSERT INTO cadence (id, effective_from, days_per_week, {s}) VALUES ('c', '2026-01-05', 4, 1, 1)", 5),
        (
            "INSERT INTO daily_amount (id, what, effective_from, seconds, {s})"
            " VALUES ('m', 'minimum', '2026-01-08', 900, 1, 1)",
            8,
        ),
        ("UPDATE cadence SET effective_from = '2026-01-07' WHERE id = 'old'", 3),
        ("UPDATE cadence SET effective_from = '2026-01-02' WHERE id = 'old'", 2),
        ("UPDATE cadence SET deleted_at = 1 WHERE id = 'old'", 3),
        ("DELETE FROM cadence WHERE id = 'old'", 3),
        ("UPDATE time_off SET removed_on = '2026-01-09' WHERE id = 'old'", 6),
        ("DELETE FROM time_off WHERE id = 'old'", 6),
        ("UPDATE session SET seconds = 60 WHERE id = 's'", 4),
        ("UPDATE session SET deleted_at = 1 WHERE id = 's'", 4),
        ("DELETE FROM session WHERE id = 's'", 4),
        ("UPDATE session SET study_day = '2026-01-02', day_moves = 1 WHERE id = 's'", 2),
        ("UPDATE session SET study_day = '2026-01-09', day_moves = 1 WHERE id = 's'", 4),
        ("UPDATE session SET note = 'n' WHERE id = 's'", 99),
        ("UPDATE setting SET value = 'sunday'", 99),
    ],
)
def test_a_change_forgets_the_states_from_its_day_on(home: Path, statement: str, from_day: int) -> None:
    store = open_store(str(home), 0)
    put(store.connection, "session", {**GOOD["session"], "id": "s", "study_day": "2026-01-04"})
    put(store.connection, "cadence", {**GOOD["cadence"], "id": "old", "effective_from": "2026-01-03"})
    off = {"id": "old", "from_day": "2026-01-06", "to_day": "2026-01-10", "entered_on": "2026-01-01"}
    put(store.connection, "time_off", {**GOOD["time_off"], **off})
    for day in range(1, 13):
        put(store.connection, "scan_state", {**GOOD["scan_state"], "study_day": f"2026-01-{day:02}"})
    store.connection.execute(statement.replace("{s}", "created_at, updated_at"))
    left = [int(row[0][-2:]) for row in store.all("SELECT study_day FROM scan_state ORDER BY 1")]
    store.close()
    assert left == [day for day in range(1, 13) if day < from_day]
