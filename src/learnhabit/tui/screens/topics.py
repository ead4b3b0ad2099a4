"""Topics: the catalogue and one's own as a map, and all of the marked one."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.getters import query_one
from textual.message import Message
from textual.timer import Timer

from learnhabit.services.topic_map import topic_detail, topic_map
from learnhabit.services.topic_values import TopicDetail, TopicMap, TopicView
from learnhabit.services.values import TodayView
from learnhabit.tui import safe_text
from learnhabit.tui.screens.main import MainScreen
from learnhabit.tui.widgets.topiclist import TopicList
from learnhabit.tui.widgets.topicpane import TopicPane
from learnhabit.tui.working import if_there, read

WIDE = 110
DEBOUNCE = 0.06
"""Seconds that the cursor rests before the details of its topic are read."""


class TopicsScreen(MainScreen):
    """The map, and the marked topic with everything."""

    MODE = "topics"
    AUTO_FOCUS = "TopicList"
    HELP = (
        "Every topic with the time you gave it, how much of its reading is done, and when you touched it last; ! marks "
        "what has waited for over 30 days. enter goes into a topic: there o opens a link, P notes how far you are, d "
        "says that it is finished. What makes a topic easier is advice, never a lock."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,right", "enter", "Open", id="topic.open", key_display="enter", tooltip="Into the topic"),
        Binding("s", "start", "Start", id="topic.start", tooltip="Start the timer on it"),
        Binding("f", "deed('follow')", "Follow", id="topic.follow", tooltip="Follow it, or no longer"),
        Binding("o", "deed('open_link')", "Link", id="topic.link", tooltip="Open the link of a resource"),
        Binding("a", "deed('add_topic')", "Add", id="topic.add", tooltip="Add a topic of your own"),
        Binding("A", "add_resource", "Add resource", id="topic.resource", show=False, tooltip="Add something to read"),
        Binding("e", "edit", "Edit", id="topic.edit", tooltip="Change the topic, or the marked resource"),
        Binding("r", "make_cards", "Cards", id="topic.cards", show=False, tooltip="Recall cards of its questions"),
        Binding("z", "deed('archive')", "Archive", id="topic.archive", show=False, tooltip="Put it aside, or back"),
        Binding("Z", "archived", "Archived", id="topic.archived", show=False, tooltip="Show what is put aside, or not"),
        Binding("slash", "find", "Find", id="topic.find", key_display="/", tooltip="Jump to a topic, resource or note"),
        Binding("escape,left", "leave", "Back", id="topic.back", show=False, tooltip="Back to the map"),
        Binding(
            "d", "resource('finish')", "Done", id="topic.done", show=False, tooltip="The resource is finished, or not"
        ),
        Binding("P", "resource('progress')", "Progress", id="topic.progress", show=False, tooltip="How far you are"),
        Binding("K", "resource('move_up')", "Up", id="topic.up", show=False, tooltip="Read the resource earlier"),
        Binding("J", "resource('move_down')", "Down", id="topic.down", show=False, tooltip="Read the resource later"),
    ]

    list = query_one(TopicList)
    pane = query_one(TopicPane)

    class MapRead(Message):
        """Every topic was read."""

        def __init__(self, found: TopicMap) -> None:
            super().__init__()
            self.found = found

    class DetailRead(Message):
        """The details of one were read."""

        def __init__(self, detail: TopicDetail | None, reading: int) -> None:
            super().__init__()
            self.detail = detail
            self.reading = reading

    def __init__(self) -> None:
        super().__init__()
        self._wanted = ""
        """The id to go to once the map is read."""
        self._archived = False
        """What is put aside is shown, too."""
        self._found: TopicMap | None = None
        self._rest: Timer | None = None
        self._reading = 0
        """Counts the readings of the map; details that were asked for before the latest one are not kept."""
        self._details: dict[str, TopicDetail] = {}
        """By id, since the map was read: going back to one shows it at once."""
        self._opening = ""
        """The id of what is opened as soon as its details are read."""

    def compose_body(self) -> ComposeResult:
        """The map left, the marked topic right where there is room."""
        with Container(id="main"):
            yield TopicList()
            yield TopicPane()

    def reload(self) -> None:
        """Read the map anew; the details follow."""
        self._stale = False
        read(self, "topics", topic_map, self.MapRead)

    def renew_log(self) -> None:
        """Something was written, here or elsewhere."""
        self.reload()

    def show_view(self, view: TodayView) -> None:
        """Another day is another distance to what was touched last."""
        super().show_view(view)
        if self.pane.today != view.today:
            self.pane.today = view.today
            self.heed()

    @on(MapRead)
    def _show_map(self, message: MapRead) -> None:
        self._reading += 1
        self._details = {}
        self._found = message.found
        if self._wanted and any(view.id == self._wanted for view in message.found.archived):
            self._archived = True
        self._draw_map()
        if self._wanted:
            self.list.mark(self._wanted)
            self._wanted = ""

    def _draw_map(self) -> None:
        view = self.app.view
        if self._found is not None and view is not None:
            self.list.show_map(self._found, view.today, archived=self._archived)

    @on(TopicList.Marked)
    def _mark(self, message: TopicList.Marked) -> None:
        if self._rest is not None:
            self._rest.stop()
        name = "" if message.view is None else message.view.id
        known = self._details.get(name)
        if name != self._opening:
            self._opening = ""
        self.pane.show(message.view, known)
        if known is None:
            self._rest = self.set_timer(DEBOUNCE, self._read_detail)

    def _read_detail(self) -> None:
        marked = self.marked
        if marked is not None:
            name, reading = marked.id, self._reading
            read(
                self,
                "topic",
                if_there(lambda workspace: topic_detail(workspace, name)),
                lambda detail: self.DetailRead(detail, reading),
            )

    @on(DetailRead)
    def _show_detail(self, message: DetailRead) -> None:
        detail, marked = message.detail, self.marked
        if detail is None:
            return
        name = detail.view.id
        if message.reading == self._reading:
            self._details[name] = detail
        if marked is None or marked.id != name:
            return
        self.pane.show(marked, detail)
        if self._opening == name and self.is_current:
            self.action_enter()

    @property
    def marked(self) -> TopicView | None:
        """The topic under the cursor."""
        return self.list.current

    @property
    def inside(self) -> bool:
        """The cursor is in the topic, not on the map."""
        return self.focused is self.pane

    def show_topic(self, topic: str) -> None:
        """Go to one by its id."""
        self._wanted = topic
        self.list.focus()
        self.list.mark(topic)
        self.reload()

    @on(TopicList.Opened, "TopicList")
    def action_enter(self) -> None:
        """Into the marked topic: beside the map where there is room, else in a dialog, as soon as it is read."""
        marked, detail = self.marked, self.pane.detail
        self._opening = ""
        if marked is None:
            return
        if detail is None or detail.view.id != marked.id:
            self._opening = marked.id
        elif self.app.size.width < WIDE:
            from learnhabit.tui.screens.topic_reading import TopicDialog

            self.app.push_screen(TopicDialog(marked.id, marked.theme))
        elif self.inside:
            self.action_deed("open_link")
        else:
            self.pane.focus()

    @on(TopicPane.Opened, "TopicPane")
    def _open_marked(self) -> None:
        self.action_deed("open_link")

    def action_leave(self) -> None:
        """Back to the map; on it the key is free for something else."""
        if self.focused is self.list:
            raise SkipAction
        self.list.focus()

    def action_archived(self) -> None:
        """Show what is put aside, or hide it again."""
        self._archived = not self._archived
        if self._archived and self._found is not None and not self._found.archived:
            self._archived = False
            safe_text.toast(self.app, "Nothing is put aside; z puts the marked topic aside", severity="warning")
        self._draw_map()

    def action_deed(self, name: str) -> None:
        """Do something with the marked topic."""
        from learnhabit.tui.screens import topic_deeds

        deed: Any = getattr(topic_deeds, name)
        if self.marked is not None:
            deed(self, self.marked, self.pane)

    def action_add_resource(self) -> None:
        """Add something to read to the marked topic."""
        self.action_deed("add_resource")

    def action_make_cards(self) -> None:
        """Make recall cards of its questions."""
        self.action_deed("make_cards")

    def action_edit(self) -> None:
        """Change the topic; inside it the marked resource."""
        self.action_deed("edit_resource" if self.inside and self.pane.resource is not None else "edit_topic")

    def action_resource(self, name: str) -> None:
        """Do something with the marked resource; on the map none is marked, and it may be out of sight."""
        from learnhabit.tui.screens import topic_deeds

        if self.inside:
            self.action_deed(name)
        else:
            topic_deeds.ask_to_mark(self)

    def action_find(self) -> None:
        """Jump to a topic, a resource or a note."""
        from learnhabit.tui.screens.topic_finding import FindTopicDialog

        self.app.push_screen(FindTopicDialog())

    def action_start(self) -> None:
        """Start the timer on the marked topic, or switch to it."""
        from learnhabit.tui.screens import topic_deeds

        if self.marked is None:
            self.app.action_start()
        else:
            # Inside a topic the timer is for the marked resource.
            topic_deeds.start_on(self, self.marked, self.pane.resource if self.inside else None)
