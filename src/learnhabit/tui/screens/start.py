"""Picking the topic to start on, or to switch to."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Input

from learnhabit.domain.day_text import days_ago
from learnhabit.domain.duration import format_duration, format_hours
from learnhabit.services import tracking
from learnhabit.services.topics import add_topic, topics
from learnhabit.services.values import TimerView, TopicRow
from learnhabit.services.workspace import Workspace
from learnhabit.tui import safe_text
from learnhabit.tui.draw import KEY, MUTE, SOFT, STRONG, row, spread
from learnhabit.tui.matching import best
from learnhabit.tui.messages import Done
from learnhabit.tui.screens.dialog import FormDialog
from learnhabit.tui.telling import told
from learnhabit.tui.timing import Doubt, or_doubt
from learnhabit.tui.widgets.fields import Field, Line
from learnhabit.tui.widgets.picklist import PickList
from learnhabit.tui.widgets.press import Press
from learnhabit.tui.working import read

Choice = tuple[TopicRow | None, list[int], str]
"""A topic and what was found in its title; or None and the title of a topic to add."""


class StartDialog(FormDialog[Any]):
    """Type a few letters of a topic; enter starts the timer on the marked one."""

    HEADING = "The timer was not started"
    HELP = (
        "Type a few letters of a topic, move with the arrows, and press enter to start. A topic that is not there can "
        "be added. The note and an earlier start, such as -15m or 9:30, are optional: tab goes to them."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Start", id="start.save", tooltip="Start the timer"),
    ]

    class Found(Message):
        """The topics were read."""

        def __init__(self, topics: tuple[TopicRow, ...]) -> None:
            super().__init__()
            self.topics = topics

    def __init__(self) -> None:
        super().__init__()
        self._topics: tuple[TopicRow, ...] = ()

    def headline(self) -> Content:
        """Start or switch."""
        return row(("Start the timer" if self.app.timer is None else "Switch to another topic", STRONG))

    def corner(self) -> Content:
        """What a switch saves."""
        timer = self.app.timer
        if timer is None:
            return Content("")
        said = f"saves {format_duration(self.app.elapsed())} of {timer.topic_title}"
        return safe_text.elided(said, self.room - 28, MUTE)

    def compose_body(self) -> ComposeResult:
        """What to look for, what was found, and two optional fields."""
        yield Line("", "a few letters of a topic", id="query")
        yield PickList[Choice](self._draw, id="list")
        yield Field("Note", Line("", "optional", id="words"))
        yield Field("Began", Line("", "now; or -15m, 9:30", id="began"))
        yield from self.compose_verdict()

    def note(self) -> Content:
        """How to move."""
        return row(("↑ ↓", KEY), (" choose   ", MUTE), ("tab", KEY), (" note", MUTE))

    def buttons(self) -> list[Press]:
        """Cancel and start."""
        return [
            Press("Cancel", "esc", "close"),
            Press("Start" if self.app.timer is None else "Switch", "enter", "save", main=True),
        ]

    @property
    def _list(self) -> PickList[Choice]:
        return self.query_one("#list", PickList)

    def on_mount(self) -> None:
        """Read the topics."""
        self.query_one("#query", Line).focus()
        read(self, "topics", lambda workspace: topics(workspace), self.Found)

    @on(Found)
    def _found(self, message: Found) -> None:
        # Those studied lately come first; the rest keeps the catalogue's order.
        self._topics = tuple(
            sorted(message.topics, key=lambda t: -(t.last_study_day.toordinal() if t.last_study_day else 0))
        )
        self._search()

    @on(Input.Changed, "#query")
    def _search(self) -> None:
        query = self.query_one("#query", Line).value.strip()
        choices: list[Choice] = [(topic, offsets, "") for topic, offsets in best(query, self._topics, _names)]
        if query and not any(
            topic is not None and topic.title.casefold() == query.casefold() for topic, _, _ in choices
        ):
            choices.append((None, [], query))
        self._list.show_values(choices)
        self.verdict(None)

    def _draw(self, choice: Choice, width: int, picked: bool) -> Content:
        topic, offsets, new = choice
        if topic is None:
            return row(
                ("+ ", KEY), ("add ", MUTE), safe_text.elided(f"“{new}”", width - 22, STRONG), (" as your topic", MUTE)
            )
        quiet = SOFT if picked else MUTE
        today = self.app.view.today if self.app.view is not None else None
        said = ""
        if topic.last_study_day is not None and today is not None:
            said = f"{format_hours(topic.seconds)}, {days_ago(topic.last_study_day, today)}"
        right = row((said, quiet))
        title = safe_text.marked(
            topic.title, offsets, width - right.cell_length - 2, STRONG if picked else SOFT, "bold $keys"
        )
        return spread(title, right, width)

    def on_key(self, event: events.Key) -> None:
        """Arrows move the mark while the query has the focus."""
        steps = {"up": -1, "down": 1, "pageup": -7, "pagedown": 7}
        if event.key in steps and self.focused is self.query_one("#query", Line):
            event.stop()
            self._list.move(steps[event.key])

    @on(Input.Submitted)
    @on(PickList.Picked)
    def _chosen(self) -> None:
        self.action_save()

    def action_save(self) -> None:
        """Start on the marked topic, or switch to it."""
        self._start(self.app.timer)

    def _start(self, running: TimerView | None) -> None:
        picked = self._list.picked
        if picked is None:
            return
        topic, _, new = picked
        note = self.query_one("#words", Line).value.strip() or None
        began = self.query_one("#began", Line).value.strip() or None
        draft = self.app.draft_of(running) if running is not None else None

        def begin(workspace: Workspace, name: str, title: str) -> str:
            if draft is not None:
                saved = draft.switch(workspace, name, at=began, note=note)
                return f"Saved {told(saved.session)}; {title} is running"
            tracking.start(workspace, [name], at=began, note=note)
            return f"Started {title}"

        def deed(workspace: Workspace) -> str:
            if topic is not None:
                return begin(workspace, topic.id, topic.title)
            # Both or neither: where the timer can't start, the topic can be added once more.
            with workspace.change("added a topic") as change:
                chosen = add_topic(workspace, new)
                said = begin(workspace, chosen.id, chosen.title)
                change.renamed(f"added the topic {chosen.title} and started on it")
            return said

        self.save(or_doubt(deed))

    def saved(self, result: str | Doubt) -> None:
        """Say what runs now. A timer that looks wrong is asked about first, and then there is none to switch from."""
        if isinstance(result, Doubt):
            self.app.ask_about_timer(result.timer, lambda: self._start(None))
            return
        self.app.post_message(Done(result))
        self.dismiss(result)


def _names(topic: TopicRow) -> tuple[str, ...]:
    return (topic.title, topic.id, *topic.aliases)
