"""The schema, as append-only migrations. A migration that was released is never edited."""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from learnhabit.storage.connection import APPLICATION_ID, SCHEMA_VERSION
from learnhabit.storage.schema_log import LOG
from learnhabit.storage.schema_reminders import REMINDERS
from learnhabit.storage.schema_resolutions import RESOLUTIONS
from learnhabit.storage.schema_topics import TOPICS
from learnhabit.storage.schema_year import YEAR

migrations = Migrations("learnhabit")


@migrations()
def m001_log(db: Database) -> None:
    """Topics, sessions, the timer, rules, totals, scan states and the undo journal."""
    db.executescript(LOG)


@migrations()
def m002_resolutions(db: Database) -> None:
    """Resolutions, finished resources, weekly reviews, and what the app has offered."""
    db.executescript(RESOLUTIONS)


@migrations()
def m003_topics(db: Database) -> None:
    """Followed and archived topics, progress of resources, recall cards, what was dismissed and advised, search."""
    db.executescript(TOPICS)


@migrations()
def m004_reminders(db: Database) -> None:
    """Reminders and their deliveries."""
    db.executescript(REMINDERS)


@migrations()
def m005_year(db: Database) -> None:
    """Starred takeaways, and the answers of the year's look back."""
    db.executescript(YEAR)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring an open database to this schema; the caller holds `BEGIN IMMEDIATE` and commits."""
    migrations.apply(Database(connection, execute_plugins=False))
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
