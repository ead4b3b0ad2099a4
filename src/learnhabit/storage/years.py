"""Reading a year for its summary: the statements, and nothing that decides."""

from __future__ import annotations

from datetime import date

from learnhabit.domain.year_summary import Finished, Recalled, Review, Takeaway
from learnhabit.storage.sessions import read_pauses

TYPE_CHECKING = False
if TYPE_CHECKING:
    from learnhabit.domain.day_rhythm import StudiedSession
    from learnhabit.domain.year_facts import TopicDay
    from learnhabit.storage.store import Store


def read_totals(store: Store, first: date, last: date) -> list[TopicDay]:
    """What was studied on each topic on each day, both ends included."""
    days: dict[str, date] = {}
    return [
        (days.get(day) or days.setdefault(day, date.fromisoformat(day)), topic, seconds, sessions)
        for day, topic, seconds, sessions in store.all(
            "SELECT study_day, topic, seconds, sessions FROM day_total WHERE study_day BETWEEN ? AND ?"
            " ORDER BY study_day, topic",
            first.isoformat(),
            last.isoformat(),
        )
    ]


def read_studied(store: Store, first: date, last: date) -> list[StudiedSession]:
    """Sessions in the order of their days and starts, both ends included."""
    rows = store.all(
        "SELECT started_at, ended_at, seconds, utc_offset, study_day, pauses, created_at, zone FROM session"
        " WHERE study_day BETWEEN ? AND ? AND deleted_at IS NULL ORDER BY study_day, started_at",
        first.isoformat(),
        last.isoformat(),
    )
    # A year may hold ten thousand: only those with pauses are made anew.
    return [row if not row[5] else (*row[:5], read_pauses(row[5]), *row[6:]) for row in rows]


def last_session_day(store: Store, first: date, last: date) -> date | None:
    """The last study day with a session within a stretch."""
    row = store.one(
        "SELECT max(study_day) FROM day_total WHERE study_day BETWEEN ? AND ?", first.isoformat(), last.isoformat()
    )
    return date.fromisoformat(row[0]) if row and row[0] else None


def read_topics(store: Store) -> tuple[dict[str, tuple[str, str]], tuple[str, ...]]:
    """((title, theme) by topic id, deleted ones too; the catalogue's themes in their order)."""
    rows = store.all("SELECT id, title, theme, origin, deleted_at FROM topic ORDER BY position, seq")
    themes = dict.fromkeys(row[2] for row in rows if row[3] == "catalogue" and row[4] is None and row[2])
    return {row[0]: (row[1], row[2]) for row in rows}, tuple(themes)


def read_finished_resources(store: Store, first: date, last: date) -> tuple[Finished, ...]:
    """Resources that were finished, in the order of their days."""
    return tuple(
        Finished(day=date.fromisoformat(row[0]), title=row[1], kind=row[2], topic=row[3])
        for row in store.all(
            "SELECT finished_on, resource.title, kind, coalesce(topic.title, resource.topic) FROM resource"
            " LEFT JOIN topic ON topic.id = resource.topic"
            " WHERE finished_on BETWEEN ? AND ? AND resource.deleted_at IS NULL ORDER BY finished_on, resource.id",
            first.isoformat(),
            last.isoformat(),
        )
    )


def read_recalled(store: Store, first: date, last: date) -> Recalled:
    """What was graded, and which cards were made."""
    days = (first.isoformat(), last.isoformat())
    # A year may hold thousands of grades, of which few were ever taken back.
    voided = (
        "SELECT of_review FROM (SELECT of_review, voided, max(seq) FROM card_review WHERE of_review IS NOT NULL"
        " GROUP BY of_review) WHERE voided = 1"
    )
    some = f" AND id NOT IN ({voided})" if store.one(f"{voided} LIMIT 1") else ""
    grades = store.one(
        "SELECT count(*), coalesce(sum(grade > 1), 0) FROM card_review"
        f" WHERE study_day BETWEEN ? AND ? AND grade IS NOT NULL{some}",
        *days,
    ) or (0, 0)
    made = store.one("SELECT count(*) FROM card WHERE added_on BETWEEN ? AND ? AND deleted_at IS NULL", *days)
    return Recalled(grades=grades[0], recalled=grades[1], made=made[0] if made else 0)


def read_starred(store: Store, first: date, last: date) -> tuple[Takeaway, ...]:
    """Takeaways with a star, oldest first."""
    return tuple(
        Takeaway(day=date.fromisoformat(row[0]), topic=row[1], text=row[2])
        for row in store.all(
            "SELECT study_day, coalesce(topic.title, session.topic), takeaway FROM session INDEXED BY session_starred"
            " LEFT JOIN topic ON topic.id = session.topic WHERE starred = 1 AND takeaway <> ''"
            " AND session.deleted_at IS NULL AND study_day BETWEEN ? AND ? ORDER BY study_day, started_at, session.id",
            first.isoformat(),
            last.isoformat(),
        )
    )


def read_reviews(store: Store, first: date, last: date) -> tuple[Review, ...]:
    """What was written about the weeks that begin between two days, both included; of one week the latest."""
    texts = {
        row[0]: row[1]
        for row in store.all(
            "SELECT week_start, text FROM review WHERE week_start BETWEEN ? AND ? AND deleted_at IS NULL"
            " ORDER BY week_start, seq",
            first.isoformat(),
            last.isoformat(),
        )
    }
    return tuple(Review(week_start=date.fromisoformat(day), text=text) for day, text in texts.items())


def read_answers(store: Store, year: int) -> dict[str, tuple[str, str]]:
    """(id, text) of what was answered about a year, by question; the latest where two devices answered."""
    return {
        row[0]: (row[1], row[2])
        for row in store.all(
            "SELECT question, id, text FROM year_answer WHERE year = ? AND deleted_at IS NULL ORDER BY seq", year
        )
    }
