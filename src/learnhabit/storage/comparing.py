"""Two databases side by side: which rows only one of them has, and which are not the same."""

from __future__ import annotations

from learnhabit.storage.connection import connect, patiently, read_header

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

Counts = tuple[int, int, int, int, int]
"""Rows that only the first has, their length, rows that only the second has, their length, rows that differ."""


def compare(path: str, other: str, tables: Sequence[tuple[str, str]]) -> list[Counts]:
    """Counts for each table, given with the column of its length or none.

    The second is a private file that nobody writes to. Raises what SQLite raises for a file that can't be read, and
    FileNotFoundError for one that is not there.
    """
    if read_header(path) is None:
        raise FileNotFoundError(path)
    connection = connect(path)
    try:
        quoted = other.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
        host = "//" if quoted.startswith("/") else ""
        patiently(connection, "ATTACH DATABASE ? AS other", (f"file:{host}{quoted}?mode=ro&immutable=1",))
        patiently(connection, "BEGIN")
        return [_compare(connection, table, length) for table, length in tables]
    finally:
        connection.close()


def _compare(connection: sqlite3.Connection, table: str, length: str) -> Counts:
    # A schema of before has not all the tables, nor tombstones in each.
    here, there = _columns(connection, "main", table), _columns(connection, "other", table)
    lost = _only(connection, ("main", table, here), ("other", table, there), length)
    back = _only(connection, ("other", table, there), ("main", table, here), length)
    changed = 0
    if here and there:
        both = f"FROM main.{table} AS a JOIN other.{table} AS b ON b.id = a.id"
        changed = connection.execute(
            f"SELECT count(*) {both} WHERE a.updated_at <> b.updated_at{_alive('a', here)}{_alive('b', there)}"
        ).fetchone()[0]
    return (*lost, *back, changed)


def _only(
    connection: sqlite3.Connection, one: tuple[str, str, set[str]], other: tuple[str, str, set[str]], length: str
) -> tuple[int, int]:
    """How many rows only the first database has, and their length."""
    name, table, columns = one
    if not columns:
        return 0, 0
    missing = ""
    if other[2]:
        missing = f" AND NOT EXISTS (SELECT 1 FROM {other[0]}.{table} AS b WHERE b.id = a.id{_alive('b', other[2])})"
    number, total = connection.execute(
        f"SELECT count(*), coalesce(sum({f'a.{length}' if length else '0'}), 0) FROM {name}.{table} AS a"
        f" WHERE true{_alive('a', columns)}{missing}"
    ).fetchone()
    return int(number), int(total)


def _columns(connection: sqlite3.Connection, name: str, table: str) -> set[str]:
    return {row[1] for row in patiently(connection, f"PRAGMA {name}.table_info({table})")}


def _alive(alias: str, columns: set[str]) -> str:
    return f" AND {alias}.deleted_at IS NULL" if "deleted_at" in columns else ""
