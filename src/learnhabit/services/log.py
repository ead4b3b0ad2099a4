"""Reading the log: filters, pages by key, counts. Nothing here costs more because the history is longer."""

from __future__ import annotations

import re
from datetime import date

from learnhabit.domain.day_words import read_day, read_day_range
from learnhabit.domain.session import Session
from learnhabit.domain.text import accept
from learnhabit.domain.topic import match_topic
from learnhabit.errors import LearnhabitError, UsageError
from learnhabit.services.finding import find_session
from learnhabit.services.values import LogCount, LogFilter, LogKey, LogPage
from learnhabit.services.workspace import Workspace
from learnhabit.storage.sessions import list_sessions

NO_FILTER = LogFilter(topics=(), words=(), tags=(), from_day=None, to_day=None)
DEFAULT_LIMIT = 50
MOST_WORDS = 50
_PREFIX = re.compile(r"(since|from|until|to|on|in):(\S+)", re.IGNORECASE)


def read_filter(workspace: Workspace, text: str) -> LogFilter:
    """A filter line: words, `#tag`, `since:DAY`, `until:DAY`, `on:DAY`, `in:MONTH`, `topic:NAME`.

    A day may be whatever `move` takes, or a month (`sep`, `2026-03`); `-` stands for a blank in it.
    Words are looked for in topic, note, takeaway and tags. Raises UsageError for a day or topic that can't be read.
    """
    words, tags, topics = [], [], []
    first: date | None = None
    last: date | None = None
    for word in accept(text)[0].split():
        match = _PREFIX.fullmatch(word)
        if match:
            start, end = read_day_range(match[2], workspace.calendar)
            key = match[1].lower()
            if key in ("since", "from", "on", "in"):
                first = start if first is None else max(first, start)
            if key in ("until", "to", "on", "in"):
                last = end if last is None else min(last, end)
        elif word.lower().startswith("topic:") and len(word) > 6:
            topics.append(match_topic(word[6:], workspace.names).id)
        elif word.startswith("#") and len(word) > 1:
            tags.append(word[1:])
        else:
            words.append(word)
    return LogFilter(topics=tuple(topics), words=_words(words), tags=tuple(tags), from_day=first, to_day=last)


def filter_of(
    workspace: Workspace,
    *,
    from_text: str | None = None,
    to_text: str | None = None,
    topic: str | None = None,
    tag: str | None = None,
    search: str | None = None,
) -> LogFilter:
    """The same from the command line's options; both days are included."""
    return LogFilter(
        topics=(match_topic(topic, workspace.names).id,) if topic is not None else (),
        words=_words(accept(search)[0].split()) if search else (),
        tags=(accept(tag)[0].lstrip("#"),) if tag else (),
        from_day=read_day(from_text, workspace.calendar) if from_text is not None else None,
        to_day=read_day(to_text, workspace.calendar) if to_text is not None else None,
    )


def _words(words: list[str]) -> tuple[str, ...]:
    """The words to look for, each once; UsageError for more than the database can be asked for at once."""
    distinct = tuple(dict.fromkeys(words))
    if len(distinct) > MOST_WORDS:
        raise UsageError("Too many words to search for", f"at most {MOST_WORDS} at once")
    return distinct


def log_page(workspace: Workspace, only: LogFilter, anchor: LogKey | None, *, older: bool, limit: int) -> LogPage:
    """Up to `limit` sessions next to an anchor (older or newer than it), newest first; without one from that end."""
    where, parameters = _conditions(only)
    if anchor is not None:
        where.append(f"(study_day, started_at, session.seq) {'<' if older else '>'} (?, ?, ?)")
        parameters += [anchor.study_day.isoformat(), anchor.started_at, anchor.seq]
    found = list_sessions(workspace.store, where, parameters, limit=limit + 1, newest_first=older)
    complete = len(found) <= limit
    sessions = found[:limit] if older else tuple(reversed(found[:limit]))
    return LogPage(sessions=sessions, day_seconds=_day_seconds(workspace, sessions), complete=complete)


def log_count(workspace: Workspace, only: LogFilter) -> LogCount:
    """How many sessions a filter matches, and their time. Filters by topic and day cost the days; words cost a scan."""
    store = workspace.store
    if only == NO_FILTER:
        row = store.one("SELECT coalesce(sum(sessions), 0), coalesce(sum(seconds), 0) FROM month_total")
    elif not only.words and not only.tags:
        where: list[str] = ["true"]
        parameters: list[object] = []
        _restrict(only, where, parameters, "")
        row = store.one(
            f"SELECT coalesce(sum(sessions), 0), coalesce(sum(seconds), 0) FROM day_total WHERE {' AND '.join(where)}",
            *parameters,
        )
    else:
        where, parameters = _conditions(only)
        row = store.one(
            "SELECT count(*), coalesce(sum(seconds), 0) FROM session"
            f" WHERE {' AND '.join(('session.deleted_at IS NULL', *where))}",
            *parameters,
        )
    return LogCount(sessions=row[0] if row else 0, seconds=row[1] if row else 0)


def session_detail(workspace: Workspace, reference: str) -> Session:
    """One session."""
    return find_session(workspace, reference)


def neighbour(workspace: Workspace, session: Session) -> Session:
    """The session to merge with: the next older of the same topic and study day."""
    page = list_sessions(
        workspace.store,
        ["topic = ?", "study_day = ?", "(started_at, session.seq) < (?, ?)"],
        [session.topic, session.study_day.isoformat(), session.started_at, session.seq],
        limit=1,
    )
    if not page:
        raise LearnhabitError(
            "There is no session to merge with", "an earlier one of the same topic and study day would be merged"
        )
    return page[0]


def key_of(session: Session) -> LogKey:
    """Where a session stands in the log."""
    return LogKey(study_day=session.study_day, started_at=session.started_at, seq=session.seq)


def _restrict(only: LogFilter, where: list[str], parameters: list[object], prefix: str) -> None:
    if only.topics:
        where.append(f"{prefix}topic IN ({', '.join('?' * len(only.topics))})")
        parameters += only.topics
    if only.from_day is not None:
        where.append("study_day >= ?")
        parameters.append(only.from_day.isoformat())
    if only.to_day is not None:
        where.append("study_day <= ?")
        parameters.append(only.to_day.isoformat())


def _conditions(only: LogFilter) -> tuple[list[str], list[object]]:
    where: list[str] = []
    parameters: list[object] = []
    _restrict(only, where, parameters, "session.")
    for word in only.words:
        spellings = _spellings(word)
        one = (
            "session.note LIKE ? ESCAPE '\\' OR takeaway LIKE ? ESCAPE '\\'"
            " OR session.topic IN (SELECT id FROM topic WHERE title LIKE ? ESCAPE '\\' OR aliases LIKE ? ESCAPE '\\')"
            " OR EXISTS (SELECT 1 FROM tag WHERE tag.session = session.id AND tag.deleted_at IS NULL"
            " AND name LIKE ? ESCAPE '\\')"
        )
        where.append(f"({' OR '.join([one] * len(spellings))})")
        for spelling in spellings:
            parameters += [_pattern(spelling)] * 5
    for tag in only.tags:
        where.append(
            "session.id IN (SELECT tag.session FROM tag WHERE tag.deleted_at IS NULL AND name LIKE ? ESCAPE '\\')"
        )
        parameters.append(_pattern(tag)[1:])
    return where, parameters


def _spellings(word: str) -> list[str]:
    """A word in the cases it may stand in: SQLite itself makes no difference between ASCII letters only."""
    return [word] if word.isascii() else list(dict.fromkeys((word, word.lower(), word.upper(), word.capitalize())))


def _pattern(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def _day_seconds(workspace: Workspace, sessions: tuple[Session, ...]) -> dict[date, int]:
    days = sorted({session.study_day.isoformat() for session in sessions})
    rows = workspace.store.all(
        f"SELECT study_day, sum(seconds) FROM day_total WHERE study_day IN ({', '.join('?' * len(days))})"
        " GROUP BY study_day",
        *days,
    )
    return {date.fromisoformat(day): seconds for day, seconds in rows}
