"""Papers, courses and books: how far one is with them, and those of one's own."""

from __future__ import annotations

from datetime import date

from learnhabit.domain.day_text import long_day
from learnhabit.domain.day_words import read_day
from learnhabit.domain.duration import read_duration
from learnhabit.domain.link import read_link
from learnhabit.domain.reading_progress import Progress, minutes_left, progress_words, read_progress
from learnhabit.domain.text import display_line, quoted, slug
from learnhabit.errors import LearnhabitError, UsageError
from learnhabit.services.finding import accepted, find_resource, find_topic
from learnhabit.services.topic_values import ResourceView
from learnhabit.services.workspace import Workspace
from learnhabit.storage.free_ids import taken_ids

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

KINDS = ("paper", "course", "book", "article", "docs", "code", "video")
LONGEST_TITLE = 300
MOST_MINUTES = 100_000

# An index leads to the last session of each: what it costs does not grow with the log.
_SELECT = """
SELECT resource.id, resource.title, topic, coalesce((SELECT title FROM topic WHERE topic.id = resource.topic), topic),
  kind, authors, year, url, minutes, level, origin, unit, done_amount, whole_amount, finished_on,
  (SELECT max(study_day) FROM session WHERE session.resource = resource.id AND session.deleted_at IS NULL)
FROM resource WHERE deleted_at IS NULL {} ORDER BY {} place IS NULL, place, position, seq
"""


def resource_list(workspace: Workspace, topic: str | None = None) -> tuple[ResourceView, ...]:
    """Resources in reading order; those of one topic (its id, title or a part), or of all, topic by topic."""
    if topic is not None:
        found = find_topic(workspace, topic)
        rows = workspace.store.all(_SELECT.format("AND topic = ?", ""), found.id)
    else:
        order = "(SELECT position FROM topic WHERE topic.id = resource.topic), topic,"
        rows = workspace.store.all(_SELECT.format("", order))
    return tuple(view_of(row) for row in rows)


def reading_by_topic(workspace: Workspace) -> dict[str, tuple[int, ResourceView | None]]:
    """(finished resources, the one to go on with) of each topic: the open one touched last, else the first to do."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for row in workspace.store.all(_SELECT.format("", "")):
        found.setdefault(row[2], []).append(row)
    # Today asks for this before its first paint: only what is gone on with becomes a view.
    return {topic: (sum(bool(row[14]) for row in rows), _to_go_on_with(rows)) for topic, rows in found.items()}


def _to_go_on_with(rows: Sequence[tuple[Any, ...]]) -> ResourceView | None:
    unfinished = [row for row in rows if not row[14]]
    begun = [(row[15] or "", -place) for place, row in enumerate(unfinished) if row[12] or row[15]]
    return view_of(unfinished[-max(begun)[1] if begun else 0]) if unfinished else None


def resource_view(workspace: Workspace, reference: str) -> ResourceView:
    """One resource; UsageError when none or several are meant."""
    row = workspace.store.one(_SELECT.format("AND id = ?", ""), find_resource(workspace, reference))
    if row is None:
        raise workspace.damage_or(LearnhabitError(f"The resource {quoted(reference)} is gone", "it was just deleted"))
    return view_of(row)


def view_of(row: tuple[Any, ...]) -> ResourceView:
    """A row of the table, with its state."""
    progress = Progress(unit=row[11], done=row[12], whole=row[13]) if row[11] and row[13] else None
    finished = date.fromisoformat(row[14]) if row[14] else None
    share = 1.0 if finished else progress.share if progress else 0.0
    return ResourceView(
        id=row[0],
        title=row[1],
        topic=row[2],
        topic_title=row[3],
        kind=row[4],
        authors=row[5],
        year=row[6],
        url=row[7],
        minutes=row[8],
        level=row[9],
        own=row[10] == "own",
        state="done" if finished else "doing" if share or row[15] else "to do",
        progress=share,
        unit=row[11],
        done_amount=row[12],
        whole_amount=row[13],
        minutes_left=minutes_left(row[8], progress, done=finished is not None),
        finished_on=finished,
        last_day=date.fromisoformat(row[15]) if row[15] else None,
    )


def add_resource(
    workspace: Workspace,
    topic: str,
    title: str,
    *,
    url: str = "",
    kind: str = "article",
    minutes: str | None = None,
    authors: str = "",
) -> ResourceView:
    """A resource of one's own for a topic; its id is made of the title."""
    found = find_topic(workspace, topic)
    title = _title(workspace, title)
    values = {
        "title": title,
        "url": read_link(accepted(workspace, url)),
        "kind": _kind(kind),
        "minutes": _minutes(minutes),
        "authors": display_line(accepted(workspace, authors)),
    }
    same = workspace.store.one(
        "SELECT id FROM resource WHERE topic = ? AND lower(title) = lower(?) AND deleted_at IS NULL", found.id, title
    )
    if same:
        raise LearnhabitError(f"{found.title} has a resource {quoted(title)} already", f"its id is {same[0]}")
    resource_id = slug(title, taken_ids(workspace.store, "resource"))
    with workspace.change(f"added {quoted(title)} to {found.title}") as change:
        change.replace("resource", resource_id, {"topic": found.id, "origin": "own", **values})
    return resource_view(workspace, resource_id)


def edit_resource(
    workspace: Workspace,
    reference: str,
    *,
    title: str | None = None,
    url: str | None = None,
    kind: str | None = None,
    minutes: str | None = None,
    authors: str | None = None,
    topic: str | None = None,
) -> ResourceView:
    """Change a resource; what is None stays. A later catalogue leaves alone what was changed here."""
    old = resource_view(workspace, reference)
    values: dict[str, object] = {}
    if title is not None:
        values["title"] = _title(workspace, title)
    if url is not None:
        values["url"] = read_link(accepted(workspace, url))
    if kind is not None:
        values["kind"] = _kind(kind)
    if minutes is not None:
        values["minutes"] = _minutes(minutes)
    if authors is not None:
        values["authors"] = display_line(accepted(workspace, authors))
    if topic is not None:
        values["topic"] = find_topic(workspace, topic).id
    values = {name: value for name, value in values.items() if value != getattr(old, name)}
    if not values:
        raise LearnhabitError("Nothing to change", "name what should change, such as --title TEXT or --minutes 90")
    # A place is one in the order of its topic; in another it comes last.
    place = {"place": None} if "topic" in values else {}
    with workspace.change(f"edited {quoted(old.title)}") as change:
        change.update("resource", old.id, {**values, **place, **edited(workspace, "resource", old.id, values)})
    return resource_view(workspace, old.id)


def edited(workspace: Workspace, table: str, row_id: str, values: dict[str, object]) -> dict[str, object]:
    """The column `edited` of a catalogue's row, with what a person changes now; nothing for one's own."""
    row = workspace.store.one(f"SELECT origin, edited FROM {table} WHERE id = ?", row_id)
    if row is None or row[0] == "own":
        return {}
    names = dict.fromkeys([*(row[1].split("\n") if row[1] else []), *values])
    return {"edited": "\n".join(names)}


def set_progress(workspace: Workspace, reference: str, text: str) -> ResourceView:
    """Say how far one is: `45%`, `120 of 300 pages`, `35 min`. All of it finishes the resource today."""
    old = resource_view(workspace, reference)
    if old.finished_on is not None:
        raise LearnhabitError(
            f"{quoted(old.title)} is finished already",
            f"since {long_day(old.finished_on)}; learnhabit resource reopen {old.id} takes that back",
        )
    before = (
        Progress(unit=old.unit, done=old.done_amount, whole=old.whole_amount)
        if old.unit and old.whole_amount and old.done_amount is not None
        else None
    )
    progress = read_progress(accepted(workspace, text), old.minutes, before)
    values: dict[str, object] = {
        "unit": progress.unit,
        "done_amount": progress.done,
        "whole_amount": progress.whole,
    }
    said = f"noted {progress_words(progress)} of {quoted(old.title)}"
    if progress.done == progress.whole:
        values["finished_on"] = workspace.today.isoformat()
        said = f"finished {quoted(old.title)}"
    with workspace.change(said) as change:
        change.update("resource", old.id, values)
    return resource_view(workspace, old.id)


def finish_resource(workspace: Workspace, reference: str, on: str | None = None) -> ResourceView:
    """Note that a resource is finished, today or on an earlier day."""
    found = resource_view(workspace, reference)
    if found.finished_on is not None:
        raise LearnhabitError(
            f"{quoted(found.title)} is finished already",
            f"since {long_day(found.finished_on)}; learnhabit resource reopen {found.id} takes that back",
        )
    day = read_day(accepted(workspace, on), workspace.calendar) if on is not None else workspace.today
    if day > workspace.today:
        raise LearnhabitError(f"{long_day(day)} is still to come", "a resource is finished when it is")
    with workspace.change(f"finished {quoted(found.title)}") as change:
        change.update("resource", found.id, {"finished_on": day.isoformat()})
    return resource_view(workspace, found.id)


def reopen_resource(workspace: Workspace, reference: str) -> ResourceView:
    """Take back that a resource is finished; progress of all of it goes with it."""
    found = resource_view(workspace, reference)
    if found.finished_on is None:
        raise LearnhabitError(f"{quoted(found.title)} is not finished", "there is nothing to take back")
    values: dict[str, object] = {"finished_on": None}
    if found.done_amount is not None and found.done_amount == found.whole_amount:
        values |= {"unit": None, "done_amount": None, "whole_amount": None}
    with workspace.change(f"reopened {quoted(found.title)}") as change:
        change.update("resource", found.id, values)
    return resource_view(workspace, found.id)


def move_resource(workspace: Workspace, reference: str, by: int) -> tuple[ResourceView, ...]:
    """Move a resource up (negative) or down in its topic's reading order; the order as it is now."""
    found = resource_view(workspace, reference)
    order = [each.id for each in resource_list(workspace, found.topic)]
    at = order.index(found.id)
    to = min(max(at + by, 0), len(order) - 1)
    if to == at:
        raise LearnhabitError(
            f"{quoted(found.title)} is {'first' if at == 0 else 'last'} already", "it can't move further that way"
        )
    order.insert(to, order.pop(at))
    with workspace.change(f"moved {quoted(found.title)} in the reading order") as change:
        for place, name in enumerate(order):
            change.update("resource", name, {"place": place})
    return resource_list(workspace, found.topic)


def _title(workspace: Workspace, text: str) -> str:
    title = display_line(accepted(workspace, text))
    if not title:
        raise UsageError("A resource needs a title", 'such as learnhabit resource add rag "A survey of retrieval"')
    if len(title) > LONGEST_TITLE:
        raise UsageError("The title is too long", f"at most {LONGEST_TITLE} characters")
    return title


def _kind(text: str) -> str:
    kind = text.strip().lower()
    if kind not in KINDS:
        raise UsageError(f"{quoted(text)} is no kind of resource", f"there are {', '.join(KINDS)}")
    return kind


def _minutes(text: str | None) -> int | None:
    """Minutes as one types them; empty for none."""
    if text is None or not text.strip():
        return None
    minutes = (read_duration(text) or 0) // 60
    if not 1 <= minutes <= MOST_MINUTES:
        raise UsageError(f"{quoted(text)} can't be the time it takes", f"1 to {MOST_MINUTES:,} minutes")
    return minutes
