"""Reading sessions and topics: the statements, and nothing that decides."""

from __future__ import annotations

import sqlite3
from datetime import date

from learnhabit.domain.session import Session
from learnhabit.domain.topic import TopicName

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from learnhabit.storage.store import Store

_SELECT = """
SELECT session.seq, session.id, session.topic, coalesce(topic.title, session.topic), session.resource,
  coalesce(resource.title, ''), started_at, ended_at, seconds, utc_offset, zone, study_day, day_moves, note, takeaway,
  (SELECT group_concat(name, char(10)) FROM (SELECT name FROM tag WHERE tag.session = session.id
     AND tag.deleted_at IS NULL ORDER BY tag.seq)), pauses, session.origin, starred
FROM session LEFT JOIN topic ON topic.id = session.topic LEFT JOIN resource ON resource.id = session.resource
"""


def _session(row: tuple[Any, ...]) -> Session:
    return Session(
        seq=row[0],
        id=row[1],
        topic=row[2],
        topic_title=row[3],
        resource=row[4],
        resource_title=row[5],
        started_at=row[6],
        ended_at=row[7],
        seconds=row[8],
        utc_offset=row[9],
        zone=row[10],
        study_day=date.fromisoformat(row[11]),
        day_moves=row[12],
        note=row[13],
        takeaway=row[14],
        tags=tuple(row[15].split("\n")) if row[15] else (),
        pauses=read_pauses(row[16]),
        origin=row[17],
        starred=bool(row[18]),
    )


def read_pauses(text: str) -> tuple[tuple[int, int], ...]:
    """Pauses as stored (`start-end start-end`, epoch seconds) in pairs."""
    pairs = (pair.partition("-") for pair in text.split())
    try:
        return tuple((int(start), int(end)) for start, _, end in pairs)
    except ValueError:
        # Only damage writes this, and no constraint can see it.
        error = sqlite3.DatabaseError(f"“{text}” is no list of pauses")
        error.sqlite_errorcode, error.sqlite_errorname = sqlite3.SQLITE_CORRUPT, "SQLITE_CORRUPT"
        raise error from None


def write_pauses(pauses: Sequence[tuple[int, int]]) -> str:
    """Pairs of epoch seconds as they are stored."""
    return " ".join(f"{start}-{end}" for start, end in pauses)


def session_by_id(store: Store, session_id: str) -> Session | None:
    """One session that is not deleted."""
    row = store.one(f"{_SELECT} WHERE session.id = ? AND session.deleted_at IS NULL", session_id)
    return _session(row) if row else None


def last_session_id(store: Store) -> str | None:
    """The session that was entered last."""
    row = store.one("SELECT id FROM session WHERE deleted_at IS NULL ORDER BY seq DESC LIMIT 1")
    return str(row[0]) if row else None


def ids_ending_with(store: Store, ending: str) -> list[str]:
    """Up to three ids of sessions with this ending. From six characters on an index finds them."""
    where, parameters = "substr(id, -length(?1)) = ?1", [ending]
    if len(ending) >= 6:
        where += " AND substr(id, -6) = ?2"
        parameters.append(ending[-6:])
    rows = store.all(f"SELECT id FROM session WHERE {where} AND deleted_at IS NULL LIMIT 3", *parameters)
    return [str(row[0]) for row in rows]


def list_sessions(
    store: Store, where: Sequence[str], parameters: Sequence[object], *, limit: int | None, newest_first: bool = True
) -> tuple[Session, ...]:
    """Sessions in the log's order: study day, start, order of entry."""
    turn = "DESC" if newest_first else "ASC"
    conditions = " AND ".join(("session.deleted_at IS NULL", *where))
    # The inner query pages through the index; titles and tags are fetched for its rows only.
    inner = (
        f"SELECT session.seq FROM session WHERE {conditions}"
        f" ORDER BY study_day {turn}, started_at {turn}, session.seq {turn} LIMIT ?"
    )
    rows = store.all(
        f"{_SELECT} WHERE session.seq IN ({inner}) ORDER BY study_day {turn}, started_at {turn}, session.seq {turn}",
        *parameters,
        -1 if limit is None else limit,
    )
    return tuple(_session(row) for row in rows)


def overlapping(store: Store, started_at: int, ended_at: int, besides: str) -> tuple[str, int, int] | None:
    """(topic title, start, end) of one session that shares time with an interval, if there is one.

    Sessions that stretch over more than a day (long pauses) have an index of their own, so both look-ups stay short.
    """
    row = store.one(
        """
        SELECT coalesce(topic.title, found.topic), found.started_at, found.ended_at FROM (
          SELECT * FROM session WHERE deleted_at IS NULL AND started_at > ?1 - 86401 AND started_at < ?2
            AND ended_at > ?1 AND id <> ?3
          UNION ALL
          SELECT * FROM session WHERE deleted_at IS NULL AND ended_at - started_at > 86400 AND ended_at > ?1
            AND started_at < ?2 AND id <> ?3
        ) AS found LEFT JOIN topic ON topic.id = found.topic LIMIT 1
        """,
        started_at,
        ended_at,
        besides,
    )
    return row if row is None else (row[0], row[1], row[2])


def topic_names(store: Store) -> tuple[TopicName, ...]:
    """Every topic with what it may be called, in the catalogue's order."""
    return tuple(
        TopicName(id=row[0], title=row[1], aliases=tuple(row[2].split("\n")) if row[2] else ())
        for row in store.all("SELECT id, title, aliases FROM topic WHERE deleted_at IS NULL ORDER BY position, seq")
    )
