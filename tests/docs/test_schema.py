"""The reference of the schema against a database that the program has just made."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from learnhabit.services import tracking
from tests.docs.pages import DOCS, section, sections, spans
from tests.services.support import at

PAGE = DOCS / "reference" / "schema.md"
STAMPS = {"created_at", "updated_at", "deleted_at"}
OWN_KINDS = {"Conventions", "Schema"}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    folder = tmp_path_factory.mktemp("home")
    with at(folder, "2026-03-02T20:00:00+01:00"):
        pass
    connection = sqlite3.connect(folder / "learnhabit.db")
    yield connection
    connection.close()


def names(database: sqlite3.Connection, kind: str) -> set[str]:
    rows = database.execute("SELECT name FROM sqlite_master WHERE type = ?", (kind,))
    # SQLite and sqlite-utils keep some of their own.
    return {name for (name,) in rows if "sqlite_" not in name}


def written(title: str) -> dict[str, str]:
    """Columns by name with their type, as the page writes them."""
    (table,) = section(PAGE, title).tables()
    return {spans(row["column"])[0]: row["type"] for row in table}


def documented_tables() -> list[str]:
    return [each.title for each in sections(PAGE) if each.level == 2 and each.title not in OWN_KINDS]


def test_every_table_is_documented(database: sqlite3.Connection) -> None:
    assert len(documented_tables()) == len(set(documented_tables()))
    assert set(documented_tables()) == names(database, "table")


@pytest.mark.parametrize("table", documented_tables())
def test_every_column_is_documented(database: sqlite3.Connection, table: str) -> None:
    real = {}
    for _, name, kind, not_null, _, key in database.execute(f"PRAGMA table_info({table})"):
        real[name] = kind if not_null or key else f"{kind}, null"
    stamps = written("Conventions")
    assert stamps.keys() == STAMPS
    shared = {name: kind for name, kind in real.items() if name in STAMPS and name not in written(table)}
    assert shared.items() <= stamps.items()
    assert written(table) == {name: kind for name, kind in real.items() if name not in shared}


def test_tables_with_tombstones_are_the_first_six_groups(database: sqlite3.Connection) -> None:
    group, found = "", set()
    for each in sections(PAGE):
        if each.level == 1:
            group = each.title
        elif each.level == 2 and group in ("Study", "Resolutions", "Rules", "Catalogue", "Recall", "Reminders"):
            found.add(each.title)
    with_tombstones = {
        table
        for table in names(database, "table")
        if "deleted_at" in {row[1] for row in database.execute(f"PRAGMA table_info({table})")}
    }
    assert found == with_tombstones | {"timer", "card_review", "delivery"}


@pytest.mark.parametrize("kind", ["trigger", "index"])
def test_every_trigger_and_index_is_documented(database: sqlite3.Connection, kind: str) -> None:
    (table,) = section(PAGE, "Triggers" if kind == "trigger" else "Indexes").tables()
    documented = [name for row in table for name in spans(row[kind])]
    assert len(documented) == len(set(documented))
    assert set(documented) == names(database, kind)


def test_the_header_is_documented(database: sqlite3.Connection) -> None:
    text = section(PAGE, "Schema").text
    (application,) = database.execute("PRAGMA application_id").fetchone()
    (version,) = database.execute("PRAGMA user_version").fetchone()
    assert f"0x{application:X}" in text
    assert re.search(rf"version of the schema: {version}\b", text)
    strict = {row[1] for row in database.execute("PRAGMA table_list") if row[5]}
    assert names(database, "table") <= strict


def test_pauses_are_written_as_documented(tmp_path: Path) -> None:
    moments = ["2026-03-02T20:00:00+00:00", "2026-03-02T20:10:00+00:00", "2026-03-02T20:15:00+00:00"]
    with at(tmp_path, moments[0]) as workspace:
        tracking.start(workspace, ["rag"])
    with at(tmp_path, moments[1]) as workspace:
        tracking.pause(workspace)
    with at(tmp_path, moments[2]) as workspace:
        tracking.resume(workspace)
    with at(tmp_path, "2026-03-02T20:30:00+00:00") as workspace:
        tracking.stop(workspace)
    connection = sqlite3.connect(tmp_path / "learnhabit.db")
    (pauses,) = connection.execute("SELECT pauses FROM session").fetchone()
    connection.close()
    assert re.fullmatch(r"\d+-\d+", pauses), pauses
