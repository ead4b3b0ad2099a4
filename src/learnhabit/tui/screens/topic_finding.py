"""A line that jumps: to topics and resources by a few letters, to notes and takeaways by their words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from learnhabit.domain.day_text import short_day
from learnhabit.services.resources import resource_list
from learnhabit.services.topics import topics
from learnhabit.services.workspace import Workspace
from learnhabit.tui import safe_text
from learnhabit.tui.draw import MUTE, STRONG, row
from learnhabit.tui.matching import best
from learnhabit.tui.messages import ShowSession, ShowTopic
from learnhabit.tui.screens.dialog import Dialog
from learnhabit.tui.widgets.fields import Line
from learnhabit.tui.widgets.picklist import PickList
from learnhabit.tui.widgets.press import Press
from learnhabit.tui.working import read

MOST = 40
LEAST = 2
"""Letters from which on notes are searched, too."""


@dataclass(frozen=True)
class Place:
    """Somewhere to jump to."""

    topic: str
    title: str
    names: tuple[str, ...]
    about: str
    session: str = ""
    """Id of a session in the log, which is then where to go."""


class FindTopicDialog(Dialog[Any]):
    """Topics first, then resources, then notes, takeaways and cards; enter goes there."""

    HELP = (
        "Type a few letters of a topic or of something to read, or words of a note, a takeaway or a card. "
        "The arrows choose, enter goes there."
    )
    AUTO_FOCUS = "Line"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Down", id="findtopic.down", show=False, tooltip="The next one"),
        Binding("up", "move(-1)", "Up", id="findtopic.up", show=False, tooltip="The one before"),
    ]

    class PlacesRead(Message):
        """Where one can go was read."""

        def __init__(self, places: tuple[Place, ...]) -> None:
            super().__init__()
            self.places = places

    class NotesRead(Message):
        """What notes and cards hold was looked up."""

        def __init__(self, query: str, places: tuple[Place, ...]) -> None:
            super().__init__()
            self.query_text = query
            self.places = places

    def __init__(self) -> None:
        super().__init__()
        self._places: tuple[Place, ...] = ()
        self._notes: tuple[Place, ...] = ()

    def headline(self) -> Content:
        """What it is about."""
        return row(("Find a topic", STRONG))

    def compose_body(self) -> ComposeResult:
        """The line, and what fits."""
        yield Line("", "a few letters of a topic, paper, course or book")
        yield Static("")
        yield PickList(_draw, id="places")

    def buttons(self) -> list[Press]:
        """Close, or go."""
        return [Press("Close", "esc", "close"), Press("Go there", "enter", "go", main=True)]

    def on_mount(self) -> None:
        """Read the places."""
        read(self, "places", _places, self.PlacesRead)

    @on(PlacesRead)
    def _show_places(self, message: PlacesRead) -> None:
        self._places = message.places
        self._find()

    @on(Input.Changed)
    def _find(self) -> None:
        query = self._query
        self._notes = ()
        self._show()
        if len(query) >= LEAST:
            read(
                self, "notes", lambda workspace: _in_texts(workspace, query), lambda found: self.NotesRead(query, found)
            )

    @property
    def _query(self) -> str:
        return self.query_one(Line).value.strip()

    @on(NotesRead)
    def _show_notes(self, message: NotesRead) -> None:
        if message.query_text == self._query:
            self._notes = message.places
            self._show()

    def _show(self) -> None:
        found = best(self._query, self._places, lambda place: place.names)
        self.query_one("#places", PickList).show_values([*(place for place, _ in found[:MOST]), *self._notes])

    @on(Input.Submitted)
    @on(PickList.Picked)
    def action_go(self) -> None:
        """Go to what is marked."""
        place = self.query_one("#places", PickList).picked
        if place is not None:
            self.app.post_message(ShowSession(place.session) if place.session else ShowTopic(place.topic))
            self.dismiss(None)

    def action_move(self, by: int) -> None:
        """Mark another one."""
        self.query_one("#places", PickList).move(by)


def _places(workspace: Workspace) -> tuple[Place, ...]:
    found = [
        Place(topic=each.id, title=each.title, names=(each.title, each.id, *each.aliases), about=each.theme)
        for each in topics(workspace)
    ]
    found += [
        Place(topic=each.topic, title=each.title, names=(each.title,), about=f"{each.kind} · {each.topic_title}")
        for each in resource_list(workspace)
    ]
    return tuple(found)


def _in_texts(workspace: Workspace, query: str) -> tuple[Place, ...]:
    """Sessions and cards whose words fit."""
    from learnhabit.services.searching import search

    return tuple(
        Place(
            topic=hit.topic,
            title=hit.text if hit.kind == "session" else hit.title,
            names=(hit.title,),
            about=f"{hit.title} · {short_day(hit.day)} {hit.day.year}" if hit.day is not None else "recall card",
            session=hit.id if hit.kind == "session" else "",
        )
        for hit in search(workspace, query, kinds=("session", "card"))
    )


def _draw(place: Place, width: int, picked: bool) -> Content:
    about = safe_text.elided(place.about, width // 2, MUTE)
    room = width - about.cell_length - 2
    return row(safe_text.fitted(place.title, room, STRONG if picked else "$ink"), "  ", about)
