"""The list of topics, and topics of one's own."""

from __future__ import annotations

from datetime import date

from learnhabit.domain.text import display_line, slug
from learnhabit.errors import LearnhabitError, UsageError
from learnhabit.services.finding import accepted
from learnhabit.services.values import ResourceRow, TopicRow
from learnhabit.services.workspace import Workspace

LONGEST_TITLE = 200


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
        " ORDER BY min(position) OVER (PARTITION BY theme), position, seq"
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


def resources(workspace: Workspace, topic: str) -> tuple[ResourceRow, ...]:
    """The papers, courses and books of a topic, in the catalogue's order."""
    return tuple(
        ResourceRow(id=row[0], title=row[1], kind=row[2], minutes=row[3])
        for row in workspace.store.all(
            "SELECT id, title, kind, minutes FROM resource WHERE topic = ? AND deleted_at IS NULL"
            " ORDER BY position, seq",
            topic,
        )
    )


def add_topic(workspace: Workspace, title: str) -> TopicRow:
    """A topic of one's own; its id is made of the title."""
    title = " ".join(accepted(workspace, title).split())
    if not display_line(title):
        raise UsageError("A topic needs a title", 'such as learnhabit topic add "Rust for ML"')
    if len(title) > LONGEST_TITLE:
        raise UsageError("The title is too long", f"at most {LONGEST_TITLE} characters; the rest is for notes")
    same = [name for name in workspace.names if name.title.casefold() == title.casefold()]
    if same:
        raise LearnhabitError(f"There is a topic “{same[0].title}” already", f"its id is {same[0].id}")
    taken = {row[0] for row in workspace.store.all("SELECT id FROM topic")}
    topic_id = slug(title, taken)
    with workspace.change(f"added the topic {title}") as change:
        change.insert("topic", topic_id, {"title": title, "origin": "own", "theme": "My topics"})
    workspace.forget()
    return TopicRow(id=topic_id, title=title, aliases=(), theme="My topics", seconds=0, last_study_day=None, own=True)
