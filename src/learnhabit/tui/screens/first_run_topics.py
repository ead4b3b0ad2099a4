"""The first step of the first run: up to three topics."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from learnhabit.services import first_steps
from learnhabit.services.first_steps import MOST_TOPICS, TopicChoice
from learnhabit.tui import safe_text
from learnhabit.tui.draw import EMPTY, KEY, MUTE, SOFT, STRONG, row, spread
from learnhabit.tui.messages import ReadFailed
from learnhabit.tui.screens.first_run_step import Rows, Step
from learnhabit.tui.widgets.marklist import Line, MarkList
from learnhabit.tui.working import read

SUMMARY_ROWS, FIRST_ROWS = 2, 2
INDENT = 12


class TopicPicks(MarkList, inherit_bindings=False):
    """Topics to tick; letters narrow them down, and never do anything else."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Down", id="picks.down", show=False, tooltip="The next topic"),
        Binding("up", "move(-1)", "Up", id="picks.up", show=False, tooltip="The topic before"),
        Binding("pagedown", "page(1)", "Page down", id="picks.pagedown", show=False, tooltip="A page down"),
        Binding("pageup", "page(-1)", "Page up", id="picks.pageup", show=False, tooltip="A page up"),
        Binding("home", "go(0)", "First", id="picks.home", show=False, tooltip="The first topic"),
        Binding("end", "go(1000000)", "Last", id="picks.end", show=False, tooltip="The last topic"),
        Binding("space", "tick", "Pick", id="picks.tick", tooltip="Pick the marked topic, or not"),
        Binding(
            "slash", "find", "Find", id="picks.find", tooltip="Narrow the list: type a few letters", key_display="/"
        ),
        Binding("backspace", "shorten", "Shorter", id="picks.shorten", show=False, tooltip="Take back a letter"),
        Binding("question_mark", "app.help", "Help", id="picks.help", show=False, tooltip="Keys of this step"),
    ]

    class Marked(Message):
        """Another one is marked."""

    class Ticked(Message):
        """One was ticked, or not any more; or there was no room for one more."""

        def __init__(self, *, full: bool) -> None:
            super().__init__()
            self.full = full

    class Searched(Message):
        """Other letters are looked for."""

    def __init__(self) -> None:
        super().__init__()
        self.topics: tuple[TopicChoice, ...] = ()
        self.shown: list[TopicChoice] = []
        self.ticked: list[str] = []
        """Ids, in the order in which they were picked."""
        self.query_text = ""
        self.finding = False
        """Letters were asked for."""

    def show_topics(self, topics: tuple[TopicChoice, ...]) -> None:
        """What there is; followed ones are ticked."""
        self.topics = topics
        self.ticked = [topic.id for topic in topics if topic.followed]
        self._search()

    @property
    def picked(self) -> TopicChoice | None:
        """The marked one."""
        return self.shown[self._at] if self.shown else None

    def titles(self) -> list[str]:
        """Of the ticked ones."""
        by_id = {topic.id: topic.title for topic in self.topics}
        return [by_id[each] for each in self.ticked]

    def count(self) -> int:
        """How many are shown."""
        return len(self.shown)

    def marked(self) -> None:
        """Tell of it."""
        self.post_message(self.Marked())

    def draw(self, width: int) -> list[Line]:
        """A box, the title, what there is to read."""
        return [(place, self._row(topic, width)) for place, topic in enumerate(self.shown)]

    def draw_marked(self, place: int, width: int) -> list[Content]:
        """The same in colours that can be read on the mark."""
        return [self._row(self.shown[place], width, marked=True)]

    def _row(self, topic: TopicChoice, width: int, *, marked: bool = False) -> Content:
        quiet, on = SOFT if marked else MUTE, topic.id in self.ticked
        right = row((_reading(topic), quiet), " ")
        box = row(
            ("  [", "bold $keys" if on else quiet), ("✓" if on else " ", KEY), ("] ", "bold $keys" if on else quiet)
        )
        title = safe_text.elided(topic.title, width - right.cell_length - 8, STRONG if on or marked else SOFT)
        return spread(row(box, title), right, width)

    def draw_empty(self, width: int) -> list[Content]:
        """No topic has such letters."""
        said = "  No topic has these letters. Own topics are added later: o in 4 Topics."
        return [safe_text.elided(said, width, MUTE)] if self.query_text else []

    def action_tick(self) -> None:
        """Pick the marked one, or not."""
        topic = self.picked
        if topic is None:
            return
        full = False
        if topic.id in self.ticked:
            self.ticked.remove(topic.id)
        elif len(self.ticked) >= MOST_TOPICS:
            full = True
        else:
            self.ticked.append(topic.id)
        self.anew(self._at)
        self.post_message(self.Ticked(full=full))

    def action_find(self) -> None:
        """Show where the letters go."""
        self.finding = True
        self.post_message(self.Searched())

    def action_shorten(self) -> None:
        """Take a letter back."""
        self.narrow(self.query_text[:-1])

    def narrow(self, text: str) -> None:
        """Look for other letters."""
        if text != self.query_text:
            self.query_text = text
            self._search()

    def _search(self) -> None:
        words = self.query_text.casefold().split()
        self.shown = [topic for topic in self.topics if all(word in topic.searched for word in words)]
        self.anew(0)
        self.post_message(self.Searched())

    def on_key(self, event: events.Key) -> None:
        """A letter narrows the list down; keys with a meaning of their own keep it."""
        if event.is_printable and event.character is not None and not self._bindings.key_to_bindings.get(event.key):
            event.stop()
            self.finding = True
            self.narrow(self.query_text + safe_text.plain(event.character))

    def on_click(self, event: events.Click) -> None:
        """Tick what is under the pointer."""
        place = self._shown[event.y] if event.y < len(self._shown) else None
        if place is None or place < 0:
            super().on_click(event)
            return
        if place != self._at:
            self.put_mark(place)
        self.action_tick()


class TopicStep(Step):
    """Topics to keep up with."""

    NAME = "Topics"
    ASKS = "What would you like to keep up with?"
    SAYS = "Pick up to three. A fourth is welcome later."
    ABOUT = (
        "Topics that you follow come first when a next step is suggested. space picks the marked one, letters narrow "
        "the list down, enter goes on, esc leaves this step out. Follow others at any time: f in 4 Topics."
    )

    class Found(Message):
        """The topics were read."""

        def __init__(self, topics: tuple[TopicChoice, ...]) -> None:
            super().__init__()
            self.topics = topics

    def compose_step(self) -> ComposeResult:
        """The list, and what the marked topic is."""
        yield TopicPicks()
        yield Rows(id="topic")

    @property
    def picks(self) -> TopicPicks:
        """The list."""
        return self.query_one(TopicPicks)

    def on_mount(self) -> None:
        """Read the topics."""
        read(self, "first-run", first_steps.topic_choices, self.Found, ReadFailed)

    def on_resize(self) -> None:
        """What a topic is takes other rows."""
        self._describe()

    def begin(self) -> None:
        """The list has the focus."""
        self.picks.focus()

    def on_topic_step_found(self, message: TopicStep.Found) -> None:
        """Show them."""
        self.picks.show_topics(message.topics)
        self._count(full=False)

    def on_topic_picks_marked(self) -> None:
        """Say what it is."""
        self._describe()
        self._count(full=False)

    def on_topic_picks_ticked(self, message: TopicPicks.Ticked) -> None:
        """Say how many there are."""
        self._count(full=message.full)

    def on_topic_picks_searched(self) -> None:
        """What is looked for stands below the question."""
        picks = self.picks
        said = safe_text.elided(self.SAYS, self.room, MUTE)
        if picks.query_text or picks.finding:
            found = f"{picks.count()} of {len(picks.topics)}"
            looked = safe_text.elided(picks.query_text, 40, "$ink")
            said = row(("/ ", KEY), looked, ("▏", "$t3"), (f"  {found}", MUTE), ("   esc", KEY), (" shows all", MUTE))
        self.query_one(".asks", Rows).say(row((self.ASKS, STRONG)), said)
        self._describe()

    def _describe(self) -> None:
        topic, width = self.picks.picked, self.room
        rule = row(("─" * width, "$rule"))
        if topic is None:
            self.query_one("#topic", Rows).say(rule, *[EMPTY] * (SUMMARY_ROWS + FIRST_ROWS))
            return
        summary = safe_text.wrapped(topic.summary, width, SOFT, limit=SUMMARY_ROWS)
        first = safe_text.wrapped(topic.first_step, width - INDENT, "$ink", limit=FIRST_ROWS)
        rows = [rule, *summary, *[EMPTY] * (SUMMARY_ROWS - len(summary))]
        if self.app.size.height >= 30:
            rows = [rule, row(safe_text.line(topic.title, STRONG)), *rows[1:], EMPTY]
        rows += [row(("First step" if at == 0 else "").ljust(INDENT), line) for at, line in enumerate(first)]
        self.query_one("#topic", Rows).say(*rows, *[EMPTY] * (FIRST_ROWS - len(first)))

    def _count(self, *, full: bool) -> None:
        titles = self.picks.titles()
        if full:
            said = "Three are enough; space takes one back."
            self.say(row(("! ", "bold $amber"), (said, "$amber")))
        elif titles:
            count = f"{len(titles)} of {max(MOST_TOPICS, len(titles))} picked"
            self.say(row((count, "bold $t3"), "  ", safe_text.line(", ".join(titles), SOFT)))
        else:
            self.say(row(("none picked yet", MUTE)))

    def escape(self) -> bool:
        """Show all again, where something is looked for; whether it was."""
        picks = self.picks
        if not picks.query_text and not picks.finding:
            return False
        picks.finding = False
        picks.narrow("")
        self.on_topic_picks_searched()
        return True

    def leave_out(self) -> None:
        """What is followed stays as it was."""
        self.picks.show_topics(self.picks.topics)
        self._count(full=False)

    def proceed(self) -> None:
        """Follow them."""
        wanted = tuple(self.picks.ticked)
        if not wanted and not any(topic.followed for topic in self.picks.topics):
            self.post_message(self.Over(self, chosen=False))
            return
        self.save(lambda workspace: _follow(workspace, wanted))

    def written(self, result: Any) -> None:
        """What is followed now is the new beginning."""
        picks = self.picks
        picks.topics = result
        picks.narrow("")
        picks.finding = False
        super().written(result)


def _follow(workspace: Any, wanted: tuple[str, ...]) -> tuple[TopicChoice, ...]:
    first_steps.follow(workspace, wanted)
    return first_steps.topic_choices(workspace)


def _reading(topic: TopicChoice) -> str:
    if not topic.resources or topic.minutes is None:
        return "nothing to read yet"
    return f"{topic.resources} to read, from {topic.minutes} min"
