"""The list of topics, what one does with them, and topics of one's own."""

from __future__ import annotations

from datetime import date

from learnhabit.domain.text import display_line, quoted, slug
from learnhabit.domain.topic import plain
from learnhabit.errors import LearnhabitError, UsageError
from learnhabit.services.finding import accepted, find_topic
from learnhabit.services.resources import edited
from learnhabit.services.topic_map import topic_view
from learnhabit.services.topic_values import TopicView
from learnhabit.services.values import TopicRow
from learnhabit.services.workspace import Workspace
from learnhabit.storage.free_ids import taken_ids

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypedDict, Unpack

    class TopicTexts(TypedDict, total=False):
        """What may be said about a topic; None is not said."""

        theme: str | None
        why: str | None
        summary: str | None
        first_step: str | None
        project: str | None
        prerequisites: Sequence[str] | None
        subtopics: Sequence[str] | None
        questions: Sequence[str] | None


LONGEST_TITLE = 200
OWN_THEME = "My topics"


def topics(workspace: Workspace, query: str = "") -> tuple[TopicRow, ...]:
    """Every topic with the time spent on it; with a query those that hold each of its words."""
    words = query.casefold().split()
    totals = {
        row[0]: (row[1], row[2])
        for row in workspace.store.all(
            "SELECT topic, sum(seconds), (SELECT max(study_day) FROM day_total WHERE topic = month_total.topic)"
            " FROM month_total GROUP BY topic"
        )
    }
    rows = []
    for row in workspace.store.all(
        "SELECT id, title, aliases, theme, origin FROM topic WHERE deleted_at IS NULL"
        # Theme by theme, in the order of each theme's first topic.
        " ORDER BY min(position) OVER (PARTITION BY theme), min(seq) OVER (PARTITION BY theme), position, seq"
    ):
        seconds, last = totals.get(row[0], (0, None))
        searched = " ".join((row[0], row[1], row[2], row[3])).casefold()
        if all(word in searched for word in words):
            rows.append(
                TopicRow(
                    id=row[0],
                    title=row[1],
                    aliases=tuple(row[2].split("\n")) if row[2] else (),
                    theme=row[3],
                    seconds=seconds,
                    last_study_day=date.fromisoformat(last) if last else None,
                    own=row[4] == "own",
                )
            )
    return tuple(rows)


def add_topic(workspace: Workspace, title: str, aliases: Sequence[str] = (), **texts: Unpack[TopicTexts]) -> TopicView:
    """A topic of one's own; its id is made of the title."""
    title = _title(workspace, title)
    names = _aliases(workspace, aliases, besides="")
    _free(workspace, title, besides="")
    topic_id = slug(title, taken_ids(workspace.store, "topic"))
    values = {"title": title, "aliases": "\n".join(names), "theme": OWN_THEME} | _texts(workspace, texts)
    with workspace.change(f"added the topic {title}") as change:
        change.replace("topic", topic_id, {"origin": "own", **values})
    workspace.forget()
    return topic_view(workspace, topic_id)


def edit_topic(
    workspace: Workspace,
    reference: str,
    *,
    title: str | None = None,
    aliases: Sequence[str] | None = None,
    **texts: Unpack[TopicTexts],
) -> TopicView:
    """Change a topic; what is None stays, an empty text or list removes. Its id never changes.

    A later catalogue leaves alone what was changed here.
    """
    found = find_topic(workspace, reference)
    values: dict[str, object] = {}
    if title is not None:
        values["title"] = _title(workspace, title)
        _free(workspace, str(values["title"]), besides=found.id)
    if aliases is not None:
        values["aliases"] = "\n".join(_aliases(workspace, aliases, besides=found.id))
    values |= _texts(workspace, texts)
    if found.id in str(values.get("prerequisites", "")).split("\n"):
        raise UsageError(f"{found.title} can't come before itself", "name other topics")
    columns = ", ".join(values) or "id"
    row = workspace.store.one(f"SELECT {columns} FROM topic WHERE id = ?", found.id) or ()
    values = {name: value for (name, value), old in zip(values.items(), row, strict=False) if value != old}
    if not values:
        raise LearnhabitError("Nothing to change", "name what should change, such as --title TEXT")
    with workspace.change(f"edited the topic {found.title}") as change:
        change.update("topic", found.id, {**values, **edited(workspace, "topic", found.id, values)})
    workspace.forget()
    return topic_view(workspace, found.id)


def follow_topic(workspace: Workspace, reference: str) -> TopicView:
    """Follow a topic: it is suggested before those that one does not follow."""
    return _mark(workspace, reference, "followed_on", "followed", on=True)


def unfollow_topic(workspace: Workspace, reference: str) -> TopicView:
    """Follow a topic no longer."""
    return _mark(workspace, reference, "followed_on", "stopped following", on=False)


def archive_topic(workspace: Workspace, reference: str) -> TopicView:
    """Put a topic aside: it is suggested no more and leaves the map; what was logged stays."""
    return _mark(workspace, reference, "archived_on", "archived", on=True)


def restore_topic(workspace: Workspace, reference: str) -> TopicView:
    """Take a topic back from the archive."""
    return _mark(workspace, reference, "archived_on", "restored", on=False)


def _mark(workspace: Workspace, reference: str, column: str, done: str, *, on: bool) -> TopicView:
    found = find_topic(workspace, reference)
    row = workspace.store.one(f"SELECT {column} FROM topic WHERE id = ?", found.id)
    if row is not None and (row[0] is not None) == on:
        state = {"followed_on": "followed", "archived_on": "archived"}[column]
        raise LearnhabitError(
            f"{found.title} is {'' if on else 'not '}{state}{' already' if on else ''}", "it stays so"
        )
    with workspace.change(f"{done} {found.title}") as change:
        change.update("topic", found.id, {column: workspace.today.isoformat() if on else None})
    return topic_view(workspace, found.id)


def _title(workspace: Workspace, text: str) -> str:
    title = " ".join(accepted(workspace, text).split())
    if not display_line(title):
        raise UsageError("A topic needs a title", 'such as learnhabit topic add "Rust for ML"')
    if len(title) > LONGEST_TITLE:
        raise UsageError("The title is too long", f"at most {LONGEST_TITLE} characters; the rest is for notes")
    return title


def _free(workspace: Workspace, title: str, *, besides: str) -> None:
    """Refuse a title that another topic has."""
    for name in workspace.names:
        if name.id != besides and plain(name.title) == plain(title):
            raise LearnhabitError(f"There is a topic “{name.title}” already", f"its id is {name.id}")


def _aliases(workspace: Workspace, aliases: Sequence[str], *, besides: str) -> list[str]:
    """Other names for a topic; LearnhabitError for one that means another topic already."""
    wanted = dict.fromkeys(filter(None, (_words(workspace, each, "alias").lower() for each in aliases)))
    for alias in wanted:
        for name in workspace.names:
            known = map(plain, (name.id, name.title, *name.aliases))
            if name.id != besides and plain(alias) in known:
                raise LearnhabitError(f"{quoted(alias)} means {name.title} already", "choose another short name")
    return list(wanted)


def _texts(workspace: Workspace, texts: TopicTexts) -> dict[str, object]:
    """The columns of what is said about a topic, as far as it is said."""
    values: dict[str, object] = {}
    for name, text in {
        "theme": texts.get("theme"),
        "why": texts.get("why"),
        "summary": texts.get("summary"),
        "first_step": texts.get("first_step"),
        "project": texts.get("project"),
    }.items():
        if text is not None:
            values[name] = _words(workspace, text, name) or (OWN_THEME if name == "theme" else "")
    needs = texts.get("prerequisites")
    if needs is not None:
        found = dict.fromkeys(find_topic(workspace, each).id for each in needs if each.strip())
        values["prerequisites"] = "\n".join(found)
    for name, lines in {"subtopics": texts.get("subtopics"), "questions": texts.get("questions")}.items():
        if lines is not None:
            values[name] = "\n".join(filter(None, (_words(workspace, each, name) for each in lines)))
    return values


def _words(workspace: Workspace, text: str, what: str) -> str:
    """One line of text of a sensible length."""
    line = " ".join(accepted(workspace, text).split())
    most = LONGEST_TITLE if what in ("theme", "alias") else 2_000
    if len(line) > most:
        raise UsageError(f"The {what.replace('_', ' ')} is too long", f"at most {most:,} characters")
    return line
