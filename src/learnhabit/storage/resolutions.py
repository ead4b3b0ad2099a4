"""Reading resolutions and what they are made of: the statements, and nothing that decides."""

from __future__ import annotations

from datetime import date

from learnhabit.domain.resolution import Aim, Resolution

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from learnhabit.storage.store import Store

_SELECT = (
    "SELECT id, statement, measure, kind, scope, per, period_start, made_on, cue, let_go_on, let_go_why, carried_from"
    " FROM resolution WHERE deleted_at IS NULL {} ORDER BY seq"
)


def read_resolutions(store: Store, where: str = "", *parameters: object) -> tuple[Resolution, ...]:
    """Resolutions that are not deleted, in the order in which they were made; `where` begins with `AND`."""
    rows = store.all(_SELECT.format(where), *parameters)
    if not rows:
        return ()
    ids = [row[0] for row in rows]
    aims: dict[str, list[Aim]] = {name: [] for name in ids}
    for name, entered_on, target, period_end in store.all(
        f"SELECT resolution, entered_on, target, period_end FROM resolution_aim WHERE resolution IN ({_marks(ids)})"
        " AND deleted_at IS NULL ORDER BY entered_on, seq",
        *ids,
    ):
        aims[name].append(
            Aim(entered_on=date.fromisoformat(entered_on), target=target, period_end=date.fromisoformat(period_end))
        )
    # One without an aim is damage that SQLite can't see, and nothing can be said of it.
    return tuple(_resolution(row, aims[row[0]]) for row in rows if aims[row[0]])


def _resolution(row: tuple[Any, ...], aims: Sequence[Aim]) -> Resolution:
    return Resolution(
        id=row[0],
        statement=row[1],
        measure=row[2],
        kind=row[3],
        scope=tuple(row[4].split("\n")) if row[4] else (),
        per=row[5],
        period_start=date.fromisoformat(row[6]),
        made_on=date.fromisoformat(row[7]),
        aims=tuple(aims),
        cue=row[8],
        let_go_on=date.fromisoformat(row[9]) if row[9] else None,
        let_go_why=row[10],
        carried_from=row[11],
    )


def read_work(store: Store, scope: Sequence[str], first: date, last: date) -> tuple[dict[date, int], dict[date, int]]:
    """(seconds, sessions) within a scope by study day, from one day to another."""
    topics = f"AND topic IN ({_marks(scope)})" if scope else ""
    seconds, sessions = {}, {}
    for text, total, number in store.all(
        "SELECT study_day, sum(seconds), sum(sessions) FROM day_total WHERE study_day BETWEEN ? AND ?"
        f" {topics} GROUP BY study_day",
        first.isoformat(),
        last.isoformat(),
        *scope,
    ):
        day = date.fromisoformat(text)
        seconds[day], sessions[day] = total, number
    return seconds, sessions


def read_finished(store: Store, scope: Sequence[str], kind: str | None) -> dict[date, int]:
    """Finished resources of a kind (None: of any) within a scope, by day."""
    where = ""
    parameters: list[str] = []
    if scope:
        where += f" AND topic IN ({_marks(scope)})"
        parameters += scope
    if kind is not None:
        where += " AND kind = ?"
        parameters.append(kind)
    return {
        date.fromisoformat(day): number
        for day, number in store.all(
            "SELECT finished_on, count(*) FROM resource WHERE finished_on IS NOT NULL AND deleted_at IS NULL"
            f"{where} GROUP BY finished_on",
            *parameters,
        )
    }


def finished_titles(store: Store, scope: Sequence[str], kind: str | None) -> list[tuple[date, str]]:
    """(day, title) of finished resources, newest first."""
    topics = f" AND topic IN ({_marks(scope)})" if scope else ""
    return [
        (date.fromisoformat(day), title)
        for day, title in store.all(
            "SELECT finished_on, title FROM resource WHERE finished_on IS NOT NULL AND deleted_at IS NULL"
            f" AND coalesce(?, kind) = kind{topics} ORDER BY finished_on DESC, seq DESC",
            kind,
            *scope,
        )
    ]


def read_check_ins(store: Store, resolution: str) -> dict[date, int]:
    """A resolution's own check-ins, by day."""
    return {
        date.fromisoformat(day): amount
        for day, amount in store.all(
            "SELECT day, sum(amount) FROM check_in WHERE resolution = ? AND deleted_at IS NULL GROUP BY day", resolution
        )
    }


def resolution_ids_ending_with(store: Store, ending: str) -> list[str]:
    """Ids of resolutions with this ending. There are tens of them, not thousands."""
    rows = store.all(
        "SELECT id FROM resolution WHERE substr(id, -length(?1)) = ?1 AND deleted_at IS NULL ORDER BY seq", ending
    )
    return [str(row[0]) for row in rows]


def last_resolution_id(store: Store) -> str | None:
    """The resolution that was made last."""
    row = store.one("SELECT id FROM resolution WHERE deleted_at IS NULL ORDER BY seq DESC LIMIT 1")
    return str(row[0]) if row else None


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))
