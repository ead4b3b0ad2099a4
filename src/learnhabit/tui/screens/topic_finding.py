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

from learnhabit.services.resources import resource_list
from learnhabit.services.topics import topics
from learnhabit.services.workspace import Workspace
from learnhabit.tui import safe_text
from learnhabit.tui.draw import MUTE, STRONG, row
from learnhabit.tui.matching import best
from learnhabit.tui.messages import ShowTopic
from learnhabit.tui.screens.dialog import Dialog
from learnhabit.tui.widgets.fields import Line
from learnhabit.tui.widgets.picklist import PickList
from learnhabit.tui.widgets.press import Press
from learnhabit.tui.working import read

MOST = 40


@dataclass(frozen=True)
class Place:
    """Somewhere to jump to."""

    topic: str
    title: str
    names: tuple[str, ...]
    about: str


class FindTopicDialog(Dialog[Any]):
    """Topics first, then resources; enter goes there."""

    HELP = "Type a few letters of a topic or of something to read. The arrows choose, enter goes there."
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

    def __init__(self) -> None:
        super().__init__()
        self._places: tuple[Place, ...] = ()

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
        found = best(self.query_one(Line).value.strip(), self._places, lambda place: place.names)
        self.query_one("#places", PickList).show_values([place for place, _ in found[:MOST]])

    @on(Input.Submitted)
    @on(PickList.Picked)
    def action_go(self) -> None:
        """Go to what is marked."""
        place = self.query_one("#places", PickList).picked
        if place is not None:
            self.app.post_message(ShowTopic(place.topic))
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


def _draw(place: Place, width: int, picked: bool) -> Content:
    about = safe_text.elided(place.about, width // 2, MUTE)
    room = width - about.cell_length - 2
    return row(safe_text.fitted(place.title, room, STRONG if picked else "$ink"), "  ", about)
