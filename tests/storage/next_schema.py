"""The program as its next version may be: one more migration. Installed into a process, or into a test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from learnhabit.storage import migrations, opening, upgrade
from learnhabit.storage.connection import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlite_utils import Database

VERSION = SCHEMA_VERSION + 1
COLUMN = "mood"
COPY = f"learnhabit.db.before-migration-{SCHEMA_VERSION}"
"""Where the file lies as it was before that migration."""


def add_a_column(db: Database) -> None:
    """What the next version's migration does: a column, and a value in every row."""
    db.execute(f"ALTER TABLE session ADD COLUMN {COLUMN} TEXT NOT NULL DEFAULT ''")
    db.execute(f"UPDATE session SET {COLUMN} = 'calm'")


def install(
    put: Callable[[Any, str, object], None] = setattr, migration: Callable[[Database], None] = add_a_column
) -> None:
    """Make the program in this process one with the next schema; `put` is monkeypatch's setattr in a test."""
    for module in (migrations, opening, upgrade):
        put(module, "SCHEMA_VERSION", VERSION)
    known = migrations.migrations
    longer = type(known)("learnhabit")
    for each in known._migrations:
        longer(name=each.name)(each.fn)
    longer(name="m999_mood")(migration)
    put(migrations, "migrations", longer)
