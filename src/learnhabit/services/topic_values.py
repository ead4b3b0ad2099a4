"""Topics and resources as screens and commands see them: immutable values."""

from __future__ import annotations

from datetime import date

from learnhabit.domain.record import Record


class ResourceView(Record):
    """A paper, course or book, and how far one is with it."""

    id: str
    title: str
    topic: str
    topic_title: str
    kind: str
    authors: str
    year: int | None
    url: str
    """http or https; empty without a link."""
    minutes: int | None
    """Estimated, in all."""
    level: str
    """`intro`, `core` or `deep`; empty for one's own."""
    own: bool
    state: str
    """`to do`, `doing` (from the first minute or page on) or `done`."""
    progress: float
    """0–1, as it was typed last; 1 when done."""
    unit: str | None
    """`percent`, `pages` or `minutes`; None when no progress was typed."""
    done_amount: int | None
    whole_amount: int | None
    minutes_left: int | None
    """None without an estimate."""
    finished_on: date | None
    last_day: date | None
    """The study day of the last session with it."""


class TopicView(Record):
    """A topic and where one stands with it."""

    id: str
    title: str
    aliases: tuple[str, ...]
    theme: str
    own: bool
    seconds: int
    last_day: date | None
    followed: bool
    archived: bool
    resources: int
    done: int
    doing: int
    progress: float
    """0–1: the mean progress of its resources."""
    neglected: bool
    """Followed or begun, and not touched for more than 30 days."""
    easier_after: str
    """Title of the first prerequisite that is not met; empty when none is missing."""
    easier_now: bool
    """Not begun, and all that it builds on is met."""


class Theme(Record):
    """Topics that belong together."""

    title: str
    topics: tuple[TopicView, ...]


class TopicMap(Record):
    """Every topic, by themes."""

    themes: tuple[Theme, ...]
    """In the catalogue's order, those of one's own behind them; without what is archived."""
    archived: tuple[TopicView, ...]


class Prerequisite(Record):
    """A topic that makes another one easier."""

    id: str
    title: str
    met: bool
    said: str
    """How far it is, such as `2 of 9 done`."""


class TopicDetail(Record):
    """All of one topic."""

    view: TopicView
    who: tuple[str, ...]
    """Who raised it."""
    why: str
    summary: str
    prerequisites: tuple[Prerequisite, ...]
    leads_to: tuple[str, ...]
    """Titles of the topics that get easier after it."""
    subtopics: tuple[str, ...]
    resources: tuple[ResourceView, ...]
    """In reading order."""
    first_step: str
    project: str
    questions: tuple[str, ...]
    cards: int
    """Its recall cards."""
    reason: str
    """Why the ranking puts it where it is; empty when it is not ranked."""
