"""What the doctor asks the database, and how what can be worked out anew is."""

from __future__ import annotations

import os
import re
import sqlite3

from learnhabit.storage.connection import patiently
from learnhabit.storage.search import index_path
from learnhabit.storage.sessions import read_pauses

TYPE_CHECKING = False
if TYPE_CHECKING:
    from learnhabit.storage.store import Store

MOST = 100
"""Messages of SQLite that are read; a file with as many has enough."""
_INDEX_ONLY = re.compile(
    r"row \d+ missing from index \w+|wrong # of entries in index \w+|non-unique entry in index \w+"
    r"|(row \d+ )?values differ from index \w+|rowid not at end-of-record for row \d+ of index \w+"
)
_TOTALS = (("day_total", "study_day", "study_day"), ("month_total", "month", "substr(study_day, 1, 7)"))
_COUNTED = "SELECT {key}, topic, sum(seconds), count(*) FROM session WHERE deleted_at IS NULL GROUP BY 1, 2"
_PARENTS = (
    ("session", "topic", "topic", "topic"),
    ("session", "resource", "resource", "resource"),
    ("resource", "topic", "topic", "topic"),
    ("card", "topic", "topic", "topic"),
    ("card", "session", "session", "session"),
    ("delivery", "reminder", "reminder", "reminder"),
)
"""(table, column, what it names, in words): references that the schema does not enforce."""


def integrity(store: Store) -> list[str]:
    """What SQLite finds wrong with the file's structure and its rows; nothing for a sound one."""
    found = [str(row[0]) for row in store.all(f"PRAGMA integrity_check({MOST})")]
    return [] if found == ["ok"] else found


def is_about_indexes(messages: list[str]) -> bool:
    """Whether only indexes are wrong, which are made of the rows and can be made anew."""
    return all(_INDEX_ONLY.fullmatch(message.strip()) for message in messages)


def remake_indexes(store: Store) -> None:
    """Make every index anew from its rows; sqlite3.DatabaseError unless the file is sound then."""
    store.connection.execute("REINDEX")
    if integrity(store):
        raise sqlite3.DatabaseError("the rows are damaged as well")


def wrong_totals(store: Store) -> int:
    """How many sums of a day or month and topic are not those of the sessions."""
    number = 0
    for table, column, key in _TOTALS:
        counted, kept = _COUNTED.format(key=key), f"SELECT {column}, topic, seconds, sessions FROM {table}"
        row = store.one(
            "SELECT count(*) FROM (SELECT DISTINCT day, topic FROM ("
            f" SELECT day, topic FROM (SELECT {column} AS day, topic, seconds, sessions FROM {table}"
            f"  EXCEPT {counted})"
            f" UNION ALL SELECT day, topic FROM (SELECT {key} AS day, topic, sum(seconds), count(*) FROM session"
            f"  WHERE deleted_at IS NULL GROUP BY 1, 2 EXCEPT {kept})))"
        )
        number += row[0] if row else 0
    return number


def remake_totals(store: Store) -> None:
    """Sum everything up anew; run and strength, which are made of the sums, are forgotten."""
    for table, column, key in _TOTALS:
        store.connection.execute(f"DELETE FROM {table}")
        store.connection.execute(f"INSERT INTO {table} ({column}, topic, seconds, sessions) {_COUNTED.format(key=key)}")
    forget_states(store)


def kept_states(store: Store) -> dict[str, tuple[object, ...]]:
    """The state of run and strength at the end of each day that is closed, by day."""
    rows = store.all(
        "SELECT study_day, kind, strength, run_days, longest_run, run_window, effort_window FROM scan_state"
    )
    return {row[0]: row[1:] for row in rows}


def forget_states(store: Store) -> None:
    """Let run and strength be worked out anew when somebody looks."""
    store.connection.execute("DELETE FROM scan_state")


def strays(store: Store) -> list[tuple[str, str, int, str]]:
    """(table, what is missing, how many rows, one of the missing names) for references that lead nowhere."""
    found = []
    for table, column, parent in ((each[0], each[1], each[2]) for each in _PARENTS):
        live = "deleted_at IS NULL AND " if table != "delivery" else ""
        row = store.one(
            f"SELECT count(*), min({column}) FROM {table} WHERE {live}{column} IS NOT NULL"
            f" AND NOT EXISTS (SELECT 1 FROM {parent} WHERE {parent}.id = {table}.{column})"
        )
        if row and row[0]:
            found.append((table, parent, int(row[0]), str(row[1])))
    row = store.one(
        "SELECT count(*), min(statement) FROM resolution WHERE deleted_at IS NULL AND NOT EXISTS"
        " (SELECT 1 FROM resolution_aim WHERE resolution = resolution.id AND deleted_at IS NULL)"
    )
    if row and row[0]:
        found.append(("resolution", "target", int(row[0]), str(row[1])))
    return found


def cut_off(store: Store) -> dict[str, int]:
    """Rows whose parent is missing although the schema enforces it, by table."""
    found: dict[str, int] = {}
    for row in store.all("PRAGMA foreign_key_check"):
        found[row[0]] = found.get(row[0], 0) + 1
    return found


def unreadable_pauses(store: Store) -> int:
    """Sessions whose pauses are no pauses."""
    number = 0
    for (text,) in store.all("SELECT pauses FROM session WHERE pauses <> '' AND deleted_at IS NULL"):
        try:
            read_pauses(text)
        except sqlite3.DatabaseError:
            number += 1
    return number


def latest_end(store: Store) -> tuple[str, int] | None:
    """(id, end) of the session that ends last."""
    row = store.one("SELECT id, max(ended_at) FROM session WHERE deleted_at IS NULL")
    return (str(row[0]), int(row[1])) if row and row[0] is not None else None


def stored_settings(store: Store) -> dict[str, str]:
    """Every setting that was set."""
    return {row[0]: row[1] for row in store.all("SELECT id, value FROM setting WHERE deleted_at IS NULL")}


def reminder_rules(store: Store) -> list[tuple[str, str, bool]]:
    """(id, rule, on) of every reminder."""
    rows = store.all("SELECT id, rule, enabled FROM reminder WHERE deleted_at IS NULL ORDER BY seq")
    return [(row[0], row[1], bool(row[2])) for row in rows]


def index_trouble(store: Store) -> str:
    """What is wrong with the search index, in words; empty when it is good, or there is none yet."""
    path = index_path(store)
    if not os.path.exists(path):
        return ""
    try:
        connection = sqlite3.connect(path)
        try:
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()
            return "" if found == ("ok",) else "it is damaged"
        finally:
            connection.close()
    except (sqlite3.Error, UnicodeDecodeError):
        return "it is damaged, or no index at all"


def drop_index(store: Store) -> None:
    """Throw the search index away; the next search makes a new one."""
    store.connection.execute("DELETE FROM meta WHERE key = 'search'")
    store.connection.execute("DELETE FROM search_queue")
    for path in (index_path(store), f"{index_path(store)}-journal"):
        try:
            os.unlink(path)
        except FileNotFoundError:
            pass


def options(store: Store) -> set[str]:
    """How SQLite was built."""
    return {str(row[0]) for row in patiently(store.connection, "PRAGMA compile_options")}
