"""All of one topic in a dialog, where there is no room for it beside the map."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.getters import query_one

from learnhabit.services.topic_map import topic_detail
from learnhabit.services.topic_values import TopicDetail
from learnhabit.tui import safe_text
from learnhabit.tui.draw import STRONG, pressable, row
from learnhabit.tui.keynames import named
from learnhabit.tui.messages import Found, ReadFailed
from learnhabit.tui.screens import topic_deeds
from learnhabit.tui.screens.dialog import Dialog
from learnhabit.tui.widgets.press import Press
from learnhabit.tui.widgets.topicpane import TopicPane
from learnhabit.tui.working import read


class TopicDialog(Dialog[Any]):
    """A topic as a whole, with the keys of its screen."""

    HELP = (
        "One topic with all there is. The arrows go through its resources: enter or o opens the link, P notes how far "
        "you are, d says that it is finished, s starts the timer on it, e changes it, J and K set the reading order, A "
        "adds one. f follows the topic, r makes recall cards of its questions. u takes a change back."
    )
    AUTO_FOCUS = "TopicPane"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "deed('open_link')", "Link", id="topicread.link", tooltip="Open the link of a resource"),
        Binding("d", "deed('finish')", "Done", id="topicread.done", tooltip="The resource is finished, or not"),
        Binding("P", "deed('progress')", "Progress", id="topicread.progress", tooltip="How far you are with it"),
        Binding("s", "deed('start')", "Start", id="topicread.start", tooltip="Start the timer on it"),
        Binding("e", "edit", "Edit", id="topicread.edit", tooltip="Change the resource, or the topic"),
        Binding("f", "deed('follow')", "Follow", id="topicread.follow", tooltip="Follow the topic, or no longer"),
        Binding("A", "add_resource", "Add", id="topicread.add", tooltip="Add something to read"),
        Binding("r", "make_cards", "Cards", id="topicread.cards", tooltip="Recall cards of its questions"),
        Binding("K", "deed('move_up')", "Up", id="topicread.up", show=False, tooltip="Read the resource earlier"),
        Binding("J", "deed('move_down')", "Down", id="topicread.down", show=False, tooltip="Read the resource later"),
        # A dialog hides the app's own keys, and what is done here is said with the one that takes it back.
        Binding("u", "app.undo", "Undo", id="app.undo", tooltip="Take back the latest change"),
        Binding("ctrl+r,U", "app.redo", "Redo", id="app.redo", show=False, tooltip="Do again what was undone"),
        Binding("left,q", "close", "Back", id="topicread.back", show=False, tooltip="Back to the map"),
    ]

    pane = query_one(TopicPane)

    def __init__(self, topic: str, theme: str) -> None:
        super().__init__()
        self._topic, self._theme = topic, theme

    def headline(self) -> Content:
        """Where it belongs."""
        return safe_text.elided(self._theme, 40, STRONG)

    def compose_body(self) -> ComposeResult:
        """The pane."""
        pane = TopicPane()
        pane.styles.height = max(self.app.size.height - 8, 6)
        yield pane

    def note(self) -> Content:
        """What the arrows are for."""
        return row(
            pressable("enter", "link", "screen.deed('open_link')"),
            "  ",
            pressable(named("topicread.done", "d"), "done", "screen.deed('finish')"),
            "  ",
            pressable(named("topicread.progress", "P"), "progress", "screen.deed('progress')"),
            "  ",
            pressable(named("topicread.start", "s"), "start", "screen.deed('start')"),
            "  ",
            pressable("?", "all keys", "app.help"),
        )

    def buttons(self) -> list[Press]:
        """Back."""
        return [Press("Close", "esc", "close", main=True)]

    def on_mount(self) -> None:
        """Read it, and again when something was written."""
        view = self.app.view
        if view is not None:
            self.pane.today = view.today
        self.app.log_changed.subscribe(self, lambda _: self._read())
        self._read()

    def _read(self) -> None:
        read(
            self,
            "topic",
            lambda workspace: topic_detail(workspace, self._topic),
            lambda detail: Found(detail, self._show),
            ReadFailed,
        )

    def _show(self, detail: TopicDetail) -> None:
        # The app hands it on, maybe after this is closed.
        if self in self.app.screen_stack:
            self.pane.show(detail.view, detail)

    @on(ReadFailed)
    def _close_on(self, message: ReadFailed) -> None:
        """The topic itself may be what was taken back; anything else is said as everywhere."""
        if message.fault.refused:
            message.stop()
            self.dismiss(None)

    @on(TopicPane.Opened)
    def _opened(self) -> None:
        self.action_deed("open_link")

    def action_deed(self, name: str) -> None:
        """Do something with the topic or the marked resource."""
        deed: Any = getattr(topic_deeds, name)
        if self.pane.view is not None:
            deed(self, self.pane.view, self.pane)

    def action_add_resource(self) -> None:
        """Add something to read."""
        self.action_deed("add_resource")

    def action_make_cards(self) -> None:
        """Make recall cards of its questions."""
        self.action_deed("make_cards")

    def action_edit(self) -> None:
        """Change the marked resource, else the topic."""
        self.action_deed("edit_resource" if self.pane.resource is not None else "edit_topic")
