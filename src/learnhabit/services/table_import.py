"""Sessions from a table: read as if each were typed, and written all or none."""

from __future__ import annotations

import re
from datetime import date

from learnhabit.domain.day_words import read_day, read_when
from learnhabit.domain.duration import LONGEST, parse_duration
from learnhabit.domain.quick_entry import unique_tags
from learnhabit.domain.record import Record
from learnhabit.domain.text import accept, display_line, quoted, slug
from learnhabit.domain.topic import TopicName, match_topic, topic_called
from learnhabit.errors import LearnhabitError, UsageError
from learnhabit.exchange.importer import Sheet, SheetRow
from learnhabit.exchange.table_file import LARGEST, TableImporter
from learnhabit.services.files import read_file
from learnhabit.services.recording import offset_minutes, tag_id
from learnhabit.services.topics import LONGEST_TITLE, OWN_THEME
from learnhabit.services.transferring import Brought, merged
from learnhabit.services.workspace import Workspace
from learnhabit.storage.merging import Merge

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

MOST_SAID = 5
"""Lines that can't be read, of which an error says each."""
_SPACE = "5bdb2b7d-7a8f-5f4e-9d0f-0c2f6f1f8a31"
"""The name space of ids that follow from a row of a table."""


class _Study(Record):
    line: int
    started_at: int
    seconds: int
    topic: str
    """As the file calls it."""
    note: str
    tags: tuple[str, ...]
    id: str


def import_table(
    workspace: Workspace,
    path: str,
    *,
    topic_map: Sequence[str] = (),
    create_topics: bool = False,
    dry_run: bool = False,
) -> Brought:
    """Write the sessions of a table, as one step to undo; of a file that was imported before only what is new.

    `topic_map` holds pairs such as `Deep Learning=transformers`, several with commas between. Topics that there are
    not are added with `create_topics`, else LearnhabitError names them all. The same for lines that can't be read.
    """
    data = read_file(path, LARGEST)
    if data.lstrip()[:1] in (b"{", b"["):
        raise LearnhabitError("This is JSON, not a table", "leave --csv out for what learnhabit export wrote")
    return import_sheet(
        workspace, TableImporter().read(data), topic_map=topic_map, create_topics=create_topics, dry_run=dry_run
    )


def import_sheet(
    workspace: Workspace,
    sheet: Sheet,
    *,
    topic_map: Sequence[str] = (),
    create_topics: bool = False,
    dry_run: bool = False,
) -> Brought:
    """The same of a table that was read."""
    pairs = read_topic_map(workspace, topic_map)
    studies = _read(workspace, sheet.rows)
    if not studies:
        raise LearnhabitError("The table has no sessions", "its first row names the columns, each other one a session")
    topics, new = _topics(workspace, studies, pairs, create=create_topics)
    return merged(workspace, lambda merge: _write(workspace, merge, studies, topics, new), dry_run=dry_run)


def read_topic_map(workspace: Workspace, given: Sequence[str]) -> dict[str, str]:
    """Topic ids by the file's names; UsageError for a pair that is none, or a topic that there is not."""
    found: dict[str, str] = {}
    for text in given:
        parts = text.split(",")
        # A name may hold a comma, where it is the only one.
        for pair in parts if all("=" in part for part in parts) else [text]:
            name, equals, topic = pair.rpartition("=")
            if not equals or not name.strip() or not topic.strip():
                raise UsageError(f"{quoted(pair)} maps no topic", "write the file's name and the topic, such as ML=rag")
            found[_plain(name)] = match_topic(topic.strip(), workspace.names).id
    return found


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _read(workspace: Workspace, rows: Sequence[SheetRow]) -> list[_Study]:
    """Every row as study; LearnhabitError with the lines that can't be read."""
    studies: list[_Study] = []
    wrong: list[str] = []
    seen: dict[str, int] = {}
    days: dict[str, date] = {}
    for row in rows:
        try:
            studies.append(_study(workspace, row, seen, days))
        except LearnhabitError as error:
            wrong.append(f"line {row.line:,}: {error.title} ({error.hint})")
    if wrong:
        more = f"; and {len(wrong) - MOST_SAID:,} more" if len(wrong) > MOST_SAID else ""
        raise LearnhabitError(
            f"{len(wrong):,} {'lines' if len(wrong) > 1 else 'line'} of the table can't be read",
            f"{'; '.join(wrong[:MOST_SAID])}{more}. Nothing was imported",
        )
    return studies


def _study(workspace: Workspace, row: SheetRow, seen: dict[str, int], days: dict[str, date]) -> _Study:
    calendar = workspace.calendar
    day = days.get(row.day)
    if day is None:
        day = days[row.day] = read_day(row.day, calendar)
    # Other trackers write seconds.
    start = re.sub(r"^([0-9]{1,2}:[0-9]{2}):[0-9]{2}$", r"\1", row.start)
    placed = read_when(f"{day.isoformat()} {start}".strip(), calendar)
    seconds = _seconds(row.duration)
    if placed.started_at + seconds > workspace.now:
        raise LearnhabitError("It ends after now", "study is logged when it is over")
    topic = accept(row.topic)[0]
    if not display_line(topic):
        raise UsageError("The topic is empty", "name one")
    if len(topic) > LONGEST_TITLE:
        raise UsageError("The topic is too long", f"at most {LONGEST_TITLE} characters")
    note = accept(row.note)[0]
    tags = _tags(accept(row.tags)[0])
    content = "\n".join((day.isoformat(), start, str(seconds), _plain(topic), note, *tags))
    # The same row twice is two sessions; the same file twice is not.
    seen[content] = number = seen.get(content, 0) + 1
    return _Study(
        line=row.line,
        started_at=placed.started_at,
        seconds=seconds,
        topic=topic,
        note=note,
        tags=tags,
        id=tag_id(_SPACE, f"{content}\n{number}"),
    )


def _seconds(text: str) -> int:
    """A duration as it may be typed, or with seconds, as other trackers write it."""
    match = re.fullmatch(r"([0-9]{1,2}):([0-5][0-9]):([0-5][0-9])", text)
    if match is None:
        return parse_duration(text)
    seconds = int(match[1]) * 3600 + int(match[2]) * 60 + int(match[3])
    if not 0 < seconds <= LONGEST:
        raise UsageError(f"{quoted(text)} can't be the time of a session", "a second to 24 hours")
    return seconds


def _tags(text: str) -> tuple[str, ...]:
    """`reading, deep work` or `#reading #code`."""
    words = re.split(r"[,;|\n]", text) if re.search(r"[,;|\n]", text) else text.split()
    return unique_tags([word.strip().lstrip("#") for word in words])


def _topics(
    workspace: Workspace, studies: Sequence[_Study], pairs: dict[str, str], *, create: bool
) -> tuple[dict[str, str], list[TopicName]]:
    """(topic ids by the file's names, topics to add)"""
    found: dict[str, str] = {}
    unknown: dict[str, str] = {}
    for name in dict.fromkeys(study.topic for study in studies):
        plain = _plain(name)
        known = topic_called(name, workspace.names)
        if plain in pairs:
            found[name] = pairs[plain]
        elif known is not None:
            found[name] = known.id
        else:
            unknown.setdefault(plain, name)
    if unknown and not create:
        listed = ", ".join(quoted(name) for name in list(unknown.values())[:20])
        more = f" and {len(unknown) - 20:,} more" if len(unknown) > 20 else ""
        raise LearnhabitError(
            f"{len(unknown):,} {'topics are' if len(unknown) > 1 else 'topic is'} unknown: {listed}{more}",
            "nothing was imported. --create-topics adds them; --topic-map NAME=TOPIC says which topic is meant",
        )
    # The id of a topic that came with an import and went with its undo is free for the same again.
    taken = {row[0] for row in workspace.store.all("SELECT id FROM topic WHERE coalesce(deleted_at <= updated_at, 1)")}
    new: list[TopicName] = []
    for plain, name in unknown.items():
        title = " ".join(name.split())
        topic = TopicName(id=slug(title, taken), title=title, aliases=())
        taken.add(topic.id)
        new.append(topic)
        found |= {each.topic: topic.id for each in studies if _plain(each.topic) == plain}
    return found, new


def _write(
    workspace: Workspace, merge: Merge, studies: Sequence[_Study], topics: dict[str, str], new: Sequence[TopicName]
) -> None:
    stamps = {"created_at": workspace.now, "updated_at": workspace.now}
    sessions, tags = [], []
    for study in studies:
        offset = offset_minutes(workspace, study.started_at)
        wall = workspace.clock.local(study.started_at)
        sessions.append(
            {
                "id": study.id,
                "topic": topics[study.topic],
                "started_at": study.started_at,
                "ended_at": study.started_at + study.seconds,
                "seconds": study.seconds,
                "utc_offset": offset,
                "zone": workspace.clock.zone(study.started_at),
                "study_day": workspace.study_day_of(wall).isoformat(),
                "day_moves": 0,
                "note": study.note,
                "origin": "log",
                **stamps,
                "deleted_at": None,
            }
        )
        tags += [_tag(study.id, name, stamps) for name in study.tags]
    taken = merge.bring("session", sessions)
    used = {each["topic"] for each in sessions if each["id"] in taken}
    merge.bring(
        "topic",
        [
            {"id": each.id, "title": each.title, "theme": OWN_THEME, "origin": "own", **stamps, "deleted_at": None}
            for each in new
            if each.id in used
        ],
    )
    merge.bring("tag", [each for each in tags if each["session"] in taken])


def _tag(session: str, name: str, stamps: dict[str, int]) -> dict[str, Any]:
    return {"id": tag_id(session, name), "session": session, "name": name, **stamps, "deleted_at": None}
