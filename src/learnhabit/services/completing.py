"""What may stand at a place of the command line: topics and ids from the data file, for a shell at each tab."""

from __future__ import annotations

import os
import sqlite3

from learnhabit.domain.text import display, display_line
from learnhabit.errors import LearnhabitError
from learnhabit.storage.opening import BACKUPS
from learnhabit.storage.peeking import peek

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Found = tuple[str, str, int]
    """A word, what it is, and its rank."""

MOST = 200
"""Words that are offered at once; more would only fill the screen."""
LATEST = 50
"""Sessions that are offered: nobody looks for older ones by their id."""
TAIL = 6
"""Characters of an id, as lists show it."""

_ID, _ALIAS, _TITLE = range(3)
"""Ranks: aliases are offered once something is typed, titles where nothing shorter fits."""
_TOPICS = "SELECT id, title, aliases FROM topic WHERE deleted_at IS NULL AND archived_on IS NULL ORDER BY position, seq"
_ARCHIVED = (
    "SELECT id, title, '' FROM topic WHERE deleted_at IS NULL AND archived_on IS NOT NULL ORDER BY position, seq"
)
_RESOURCES = "SELECT id, title FROM resource WHERE deleted_at IS NULL ORDER BY position, seq"
_WITH_TAIL = {
    "sessions": "SELECT session.id, study_day || ' ' || title || ' ' || note"
    " FROM session JOIN topic ON topic.id = topic WHERE session.deleted_at IS NULL"
    f" ORDER BY study_day DESC, started_at DESC LIMIT {LATEST}",
    "resolutions": "SELECT id, statement FROM resolution WHERE deleted_at IS NULL ORDER BY seq DESC",
    "cards": f"SELECT id, question FROM card WHERE deleted_at IS NULL ORDER BY seq DESC LIMIT {MOST}",
    "reminders": "SELECT id, rule || ' ' || text FROM reminder WHERE deleted_at IS NULL ORDER BY seq DESC",
    "time-off": "SELECT id, from_day || ' ' || to_day || ' ' || why FROM time_off"
    " WHERE deleted_at IS NULL AND removed_on IS NULL ORDER BY from_day DESC",
}


def words(folder: str, kind: str, typed: str = "") -> list[tuple[str, str]]:
    """(word, what it is) of a kind that fit what was typed, as a shell shows it; nothing when they can't be read.

    It makes no data folder and no file, changes none, and never fails: it runs while somebody is typing.
    """
    find = FINDERS.get(kind)
    if find is None:
        return []
    try:
        # A backslash or a quote in front of what was typed is the shell's.
        return _fitting(find(folder), bare(typed))
    except (LearnhabitError, OSError, sqlite3.Error, ValueError):
        return []


def bare(typed: str) -> str:
    r"""What was typed, without the shell's quotes: `'$(x` and `\$\(x` are both `$(x`."""
    quote = typed[:1] if typed[:1] in ("'", '"') else ""
    if quote:
        typed = typed[1:].removesuffix(quote)
    return typed if quote == "'" or "\\" not in typed else _unescaped(typed)


def folder_of(line: Iterable[str]) -> str | None:
    """The data folder that a command line names, as far as it was typed."""
    found = None
    waiting = iter(line)
    for each in waiting:
        if each == "--data-dir":
            found = next(waiting, None)
            # bash counts the equals sign as a word.
            found = next(waiting, None) if found == "=" else found
        elif each.startswith("--data-dir="):
            found = each.removeprefix("--data-dir=")
    return os.path.abspath(os.path.expanduser(bare(found))) if found else None


def _unescaped(text: str) -> str:
    made, escaped = "", False
    for character in text:
        if character == "\\" and not escaped:
            escaped = True
        else:
            made, escaped = made + character, False
    return made


def _fitting(found: Iterable[Found], typed: str) -> list[tuple[str, str]]:
    names: dict[str, str] = {}
    titles: dict[str, str] = {}
    for word, about, rank in found:
        if word.startswith(typed) and _shown(word) and (typed or rank == _ID):
            (titles if rank == _TITLE else names).setdefault(word, display_line(about))
    return list((names or titles).items())[:MOST]


def _shown(word: str) -> bool:
    """Whether it can stand on a command line: a control character there is a key, and an invisible one a trap."""
    return bool(word) and word == display(word) and "\n" not in word and "\t" not in word


def _topics(folder: str) -> Iterator[Found]:
    return _named(peek(folder, _TOPICS))


def _archived(folder: str) -> Iterator[Found]:
    return _named(peek(folder, _ARCHIVED))


def _named(rows: Iterable[tuple[str, str, str]]) -> Iterator[Found]:
    for topic, title, aliases in rows:
        yield topic, title, _ID
        for alias in aliases.split("\n"):
            yield alias, title, _ALIAS
        yield title, topic, _TITLE


def _resources(folder: str) -> Iterator[Found]:
    for resource, title in peek(folder, _RESOURCES):
        yield resource, title, _ID
        yield title, resource, _TITLE


def _backups(folder: str) -> Iterator[Found]:
    for name in sorted(os.listdir(os.path.join(folder, BACKUPS)), reverse=True):
        if name.endswith(".db") and name[:1].isdigit():
            yield name.removesuffix(".db"), "a backup", _ID


def _tails(sql: str, noun: str) -> Callable[[str], Iterator[Found]]:
    def find(folder: str) -> Iterator[Found]:
        rows = peek(folder, sql)
        if rows:
            yield "last", f"the latest {noun}", _ID
        for row_id, about in rows:
            yield row_id[-TAIL:], about, _ID

    return find


FINDERS: dict[str, Callable[[str], Iterator[Found]]] = {
    "topics": _topics,
    "archived": _archived,
    "resources": _resources,
    "backups": _backups,
    **{kind: _tails(sql, kind.removesuffix("s").replace("-", " ")) for kind, sql in _WITH_TAIL.items()},
}
"""How the words of each kind are found."""
