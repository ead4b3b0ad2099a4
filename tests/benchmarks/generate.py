"""Write a history of ten years: `python -m tests.benchmarks.generate ROWS FILE [--seed N] [--until DAY]`.

The same arguments make the same sessions. The file is one of the program's own: schema and catalogue are written by
its storage, so that `learnhabit --data-dir` opens it when it is called `learnhabit.db`.
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import sys
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from learnhabit.catalogue import load
from learnhabit.storage.connection import connect, create_file
from learnhabit.storage.store import Store
from learnhabit.storage.upgrade import upgrade
from tests.benchmarks import history
from tests.benchmarks.cards import write_cards, write_reading
from tests.benchmarks.reminders import write_reminders
from tests.benchmarks.resolutions import write_resolutions
from tests.benchmarks.words import TAGS, Words

UNTIL = date(2026, 11, 23)
"""The last study day unless another is asked for: benchmarks stand still at its evening."""
SEED = 20260
ZONE = "Europe/Paris"
BATCH_DAYS = 200
ROUND = 5 * history.MINUTE
"""What somebody who logs from memory rounds to, in seconds."""

Row = tuple[object, ...]


def generate(rows: int, path: str, *, seed: int = SEED, until: date = UNTIL) -> None:
    """Write a new database with this many sessions; a file that is not complete never has this name.

    Raises FileExistsError when there is one already.
    """
    if os.path.exists(path):
        raise FileExistsError(path)
    partial = f"{path}.partial-{os.getpid()}"
    create_file(partial)
    connection = connect(partial)
    try:
        # Whoever reads a benchmark's file never saw it half written.
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -262144")
        store = Store(connection, partial)
        years = history.plan(until, random.Random(seed))
        upgrade(store, int(datetime.combine(years.first, datetime.min.time(), UTC).timestamp()))
        with store.transaction():
            later = _take_away(connection)
            _write_rules(connection, years, random.Random(seed + 1))
            _write_sessions(connection, years, rows, random.Random(seed + 2))
            _write_totals(connection)
            ids = _Ids(random.Random(seed + 3))
            write_resolutions(connection, until, lambda day: ids.at(_noon(day) * 1000))
            write_reading(connection)
            write_cards(connection, until, random.Random(seed + 4), lambda day: ids.at(_noon(day) * 1000))
            write_reminders(connection, until, lambda day: ids.at(_noon(day) * 1000))
            for sql in later:
                connection.execute(sql)
        connection.close()
        os.replace(partial, path)
    finally:
        connection.close()
        for name in (partial, f"{partial}-journal"):
            if os.path.exists(name):
                os.unlink(name)


def _take_away(connection: sqlite3.Connection) -> list[str]:
    """Drop triggers and indexes; the SQL that brings them back. All at once is many times faster than row by row."""
    found = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('index', 'trigger') ORDER BY type"
    ).fetchall()
    for kind, name, _ in found:
        connection.execute(f"DROP {kind} {name}")
    return [sql for _, _, sql in found]


def _write_totals(connection: sqlite3.Connection) -> None:
    """What the triggers would have summed up."""
    for table, column, value in (
        ("day_total", "study_day", "study_day"),
        ("month_total", "month", "substr(study_day, 1, 7)"),
    ):
        connection.execute(
            f"INSERT INTO {table} ({column}, topic, seconds, sessions)"
            f" SELECT {value}, topic, sum(seconds), count(*) FROM session GROUP BY 1, 2"
        )


class _Ids:
    """UUIDv7 texts (RFC 9562) whose random part follows from the seed."""

    def __init__(self, chance: random.Random) -> None:
        self._bits = chance.getrandbits

    def at(self, milliseconds: int) -> str:
        """An id of this moment."""
        bits = self._bits(74)
        time, tail = f"{milliseconds:012x}", f"{bits & 0xFFFFFFFFFFFF:012x}"
        return f"{time[:8]}-{time[8:]}-7{bits >> 62:03x}-{0x8000 | bits >> 48 & 0x3FFF:04x}-{tail}"


def _noon(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(ZONE)).timestamp())


def _write_rules(connection: sqlite3.Connection, years: history.Plan, chance: random.Random) -> None:
    ids = _Ids(chance)

    def insert(table: str, entered: date, **values: object) -> None:
        now = _noon(entered)
        row = {"id": ids.at(now * 1000), **values, "created_at": now, "updated_at": now}
        connection.execute(
            f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values())
        )

    for day, days_per_week, weekdays in years.cadences:
        insert("cadence", day, effective_from=day.isoformat(), days_per_week=days_per_week, weekdays=weekdays)
    for what, amounts in (("minimum", years.minimums), ("goal", years.goals)):
        for day, seconds in amounts:
            insert("daily_amount", day, what=what, effective_from=day.isoformat(), seconds=seconds)
    for off in years.offs:
        insert(
            "time_off",
            off.entered_on,
            from_day=off.first.isoformat(),
            to_day=off.last.isoformat(),
            why=off.why,
            entered_on=off.entered_on.isoformat(),
            removed_on=off.removed_on.isoformat() if off.removed_on else None,
        )


def _write_sessions(connection: sqlite3.Connection, years: history.Plan, rows: int, chance: random.Random) -> None:
    sessions: list[Row] = []
    tags: list[Row] = []

    def flush() -> None:
        connection.executemany(
            "INSERT INTO session (id, topic, resource, started_at, ended_at, seconds, utc_offset, zone, study_day,"
            " note, takeaway, pauses, origin, created_at, updated_at)"
            f" VALUES ({', '.join('?' * 15)})",
            sessions,
        )
        connection.executemany(
            "INSERT INTO tag (id, session, name, created_at, updated_at) VALUES (?, ?, ?, ?, ?)", tags
        )
        sessions.clear()
        tags.clear()

    for number, (session_rows, tag_rows) in enumerate(_days(years, rows, chance), 1):
        sessions += session_rows
        tags += tag_rows
        if number % BATCH_DAYS == 0:
            flush()
    flush()


def _days(years: history.Plan, rows: int, chance: random.Random) -> Iterator[tuple[list[Row], list[Row]]]:
    """(session rows, tag rows) of one study day after another."""
    topics = load().topics
    words = Words(topics, chance)
    resources = {topic.id: [each.id for each in topic.resources] for topic in topics}
    focus = history.Focus(tuple(topic.id for topic in topics), chance)
    ids = _Ids(chance)
    days = history.studied_days(years, rows, chance)
    zone = ZoneInfo(ZONE)
    rnd, choice = chance.random, chance.choice
    for day, count in zip(days, history.counts(days, rows, chance), strict=True):
        # No session starts between 2:00 and 4:00, so noon's offset is that of the whole study day.
        offset = zone.utcoffset(datetime(day.year, day.month, day.day, 12))
        assert offset is not None
        midnight = int((datetime(day.year, day.month, day.day, tzinfo=UTC) - offset).timestamp())
        minutes = offset // timedelta(minutes=1)
        text = day.isoformat()
        drawn = focus.of(day)
        sessions: list[Row] = []
        tags: list[Row] = []
        for start, length in history.sittings(
            count, history.LAST_DAY_ENDS if day == years.last else history.SLEEP, chance
        ):
            topic = choice(drawn)
            timed = rnd() < 0.55
            if not timed and length > 2 * ROUND:
                # Up, so that it stays clear of the one before.
                late = -start % ROUND
                start, length = start + late, (length - late) // ROUND * ROUND
            started, ended, pauses, seconds = midnight + start, midnight + start + length, "", length
            if timed and length > 900 and rnd() < 0.15:
                begin = started + length // 3
                seconds -= length // 8
                pauses = f"{begin}-{begin + length // 8}"
            made = ids.at(ended * 1000 + int(rnd() * 1000))
            note = choice(words.notes[topic]) if rnd() < 0.72 else ""
            takeaway = choice(words.takeaways[topic]) if rnd() < 0.35 else ""
            resource = choice(resources[topic]) if resources[topic] and rnd() < 0.4 else None
            sessions.append(
                (
                    made, topic, resource, started, ended, seconds, minutes, ZONE, text, note, takeaway, pauses,
                    "timer" if timed else "log", ended, ended,
                )
            )  # fmt: skip
            if rnd() < 0.25:
                named = {choice(TAGS)} if rnd() < 0.7 else {choice(TAGS), choice(TAGS)}
                space = uuid.UUID(made)
                tags += [(str(uuid.uuid5(space, name)), made, name, ended, ended) for name in sorted(named)]
        yield sessions, tags


def main(arguments: list[str] | None = None) -> int:
    """The command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.generate", description=__doc__)
    parser.add_argument("rows", type=int, metavar="ROWS", help="how many sessions, at least 1")
    parser.add_argument("file", metavar="FILE", help="a file that does not exist yet")
    parser.add_argument("--seed", type=int, default=SEED, metavar="N")
    parser.add_argument("--until", type=date.fromisoformat, default=UNTIL, metavar="DAY", help="the last study day")
    given = parser.parse_args(arguments)
    if given.rows < 1:
        parser.error("ROWS is at least 1")
    begun = time.perf_counter()
    try:
        generate(given.rows, given.file, seed=given.seed, until=given.until)
    except FileExistsError:
        parser.error(f"{given.file} is there already")
    print(f"{given.rows:,} sessions in {given.file}, {time.perf_counter() - begun:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
