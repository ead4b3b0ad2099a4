"""Recall: one card at a time, answer first, then look, then say how well it went."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import events, on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import Container
from textual.getters import query_one
from textual.message import Message
from textual.timer import Timer

from learnhabit.domain.recall import GOOD
from learnhabit.services.recall import grade_card, next_words, recall_queue
from learnhabit.services.recall_values import CardQueue, CardView, Graded, Sitting
from learnhabit.services.values import TodayView
from learnhabit.services.workspace import Workspace
from learnhabit.tui import safe_text
from learnhabit.tui.faults import Fault
from learnhabit.tui.keynames import named
from learnhabit.tui.messages import ChangeFailed
from learnhabit.tui.screens.main import MainScreen
from learnhabit.tui.widgets.area import Area
from learnhabit.tui.widgets.recallcard import (
    GRADES,
    ORIGINS,
    CardBox,
    CardFace,
    Coming,
    Given,
    Grades,
    Recalling,
    RecallPanel,
    RecallProgress,
)
from learnhabit.tui.working import read, write

LOOK_SECONDS = 60.0
"""At most so long it is waited for a card that comes back: the machine may sleep, and its clock be set, meanwhile."""


class AnswerArea(Area):
    """The answer while it is thought of; enter looks."""

    class Submitted(Message):
        """Enough was typed."""

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Submitted())
            return
        await super()._on_key(event)


class RecallScreen(MainScreen):
    """What is due, card by card."""

    MODE = "recall"
    AUTO_FOCUS = ""
    HELP = (
        "A card asks for what you once took away. Say or write the answer, enter shows it, then 1 to 4 says how well "
        "it went: that decides when it comes back. Time on cards counts as study of their topics, at most two minutes "
        "a card. pageup and pagedown scroll a card that is long. esc leaves the field, e changes the card, z puts it "
        "aside, u takes a grade back."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "grade(1)", "Again", id="recall.again", show=False, tooltip="It was gone"),
        Binding("2", "grade(2)", "Hard", id="recall.hard", show=False, tooltip="It came with trouble"),
        Binding("3", "grade(3)", "Good", id="recall.good", show=False, tooltip="It came"),
        Binding("4", "grade(4)", "Easy", id="recall.easy", show=False, tooltip="It came at once"),
        Binding(
            "enter", "go_on", "Reveal", id="recall.reveal", key_display="enter", tooltip="Show the answer, then good"
        ),
        Binding("escape", "leave", "Leave field", id="recall.leave", tooltip="Let keys be keys again"),
        Binding("e", "edit", "Edit card", id="recall.edit", tooltip="Change question or answer"),
        Binding("z", "suspend", "Suspend", id="recall.suspend", tooltip="Do not ask this card any more"),
        Binding("a", "add", "Add", id="recall.add", tooltip="A card of your own"),
        Binding("down", "scroll_card(1)", "Down", id="recall.down", show=False, tooltip="Scroll the card"),
        Binding("up", "scroll_card(-1)", "Up", id="recall.up", show=False, tooltip="Scroll the card back"),
        # The field is too low for pages of its own, and what is asked may be longer than the screen.
        Binding(
            "pagedown",
            "page_card(1)",
            "Page down",
            id="recall.pagedown",
            show=False,
            priority=True,
            tooltip="Scroll the card by a page",
        ),
        Binding(
            "pageup",
            "page_card(-1)",
            "Page up",
            id="recall.pageup",
            show=False,
            priority=True,
            tooltip="Scroll it back by a page",
        ),
    ]

    answer = query_one("#answer", AnswerArea)
    box = query_one("#card", CardBox)

    class QueueRead(Message):
        """What is due was read."""

        def __init__(self, queue: CardQueue) -> None:
            super().__init__()
            self.queue = queue

    class WordsRead(Message):
        """What each grade would mean was worked out."""

        def __init__(self, card: str, words: tuple[str, str, str, str]) -> None:
            super().__init__()
            self.card = card
            self.words = words

    class Answered(Message):
        """A grade was written."""

        def __init__(self, graded: Graded, grade: int) -> None:
            super().__init__()
            self.graded = graded
            self.grade = grade

    class NotAnswered(Message):
        """A grade could not be written."""

        def __init__(self, fault: Fault, grade: int) -> None:
            super().__init__()
            self.fault = fault
            self.grade = grade

    def __init__(self) -> None:
        super().__init__()
        self._state = Recalling()
        self._sitting = Sitting()
        self._shown_at = 0
        self._busy = False
        """A grade is on its way."""
        self._looking: Timer | None = None

    def compose_body(self) -> ComposeResult:
        """Progress, the card with its field, grades, what is to come."""
        with Container(id="main"):
            yield RecallProgress(self._state, id="progress")
            with CardBox(id="card") as card:
                card.display = False
                yield CardFace(self._state, id="face")
                yield AnswerArea(id="answer")
            yield Grades(self._state, id="grades")
            yield Coming(self._state, id="coming")

    def reload(self) -> None:
        """Read anew."""
        read(self, "recall", recall_queue, self.QueueRead)

    def renew_log(self) -> None:
        """Something was written, here or elsewhere."""
        self.reload()

    def show_view(self, view: TodayView) -> None:
        """Another day has other cards; a card that is learned comes back after ten minutes."""
        super().show_view(view)
        if self._state.queue is not None and self._state.queue.coming[0][0] != view.today:
            self.heed()

    def on_screen_resume(self) -> None:
        """Back on the screen: what waited ten minutes may be due, and the clock of a card begins anew."""
        self._shown_at = self.app.clock.now()
        self._stale = True
        if self._state.card is not None and not self._state.revealed:
            self.answer.focus()

    def _look_at(self, due_at: int | None) -> None:
        """Look again when the next card that is being learned comes back, be it on the screen or not."""
        if self._looking is not None:
            self._looking.stop()
        left = None if due_at is None else due_at - self.app.clock.now()
        self._looking = None if left is None else self.set_timer(min(max(left, 0), LOOK_SECONDS), self._look)

    def _look(self) -> None:
        due_at = None if self._state.queue is None else self._state.queue.next_at
        if due_at is not None and due_at > self.app.clock.now():
            self._look_at(due_at)
            return
        self.reload()
        # The header says how many there are.
        self.app.read_today()

    @on(QueueRead)
    def _show_queue(self, message: QueueRead) -> None:
        state, queue = self._state, message.queue
        state.queue = queue
        self._look_at(queue.next_at)
        state.begin_anew(queue.coming[0][0], self.app.clock.now())
        back = state.take_back(queue.cards)
        if back is not None:
            # Undo brought it back: it is asked again.
            self._ask(back)
            return
        current = state.card
        same = next((card for card in queue.cards if current is not None and card.id == current.id), None)
        if same is not None and current is not None and same.reviews == current.reviews:
            # Whatever else changed, what was typed stays.
            state.card = same
            self._draw()
        else:
            self._ask(queue.cards[0] if queue.cards else None)

    def _ask(self, card: CardView | None) -> None:
        """Show the front of a card."""
        state = self._state
        state.card, state.typed, state.revealed = card, "", False
        state.intervals = ("", "", "", "")
        self._shown_at = self.app.clock.now()
        self.answer.text = ""
        if self.box.scroll_y:
            self.box.scroll_home(animate=False, immediate=True)
        self._draw()
        if card is not None:
            if self.is_current:
                self.answer.focus()
            name = card.id
            read(
                self,
                "intervals",
                lambda workspace: next_words(workspace, name),
                lambda words: self.WordsRead(name, words),
                lambda _: self.WordsRead(name, ("", "", "", "")),
            )

    @on(WordsRead)
    def _show_words(self, message: WordsRead) -> None:
        if self._state.card is not None and self._state.card.id == message.card:
            self._state.intervals = message.words
            self._draw()

    def _draw(self) -> None:
        state, card = self._state, self._state.card
        box = self.box
        front = card is not None and not state.revealed
        box.display = card is not None
        self.answer.display = front
        if front != box.has_class("-front"):
            # It is about the border alone: what is inside, the field above all, keeps its styles.
            box.set_class(front, "-front", update=False)
            self.app.stylesheet.apply(box)
        if card is not None:
            box.border_title = safe_text.elided(card.topic_title, 40, "bold $ink")
            box.border_subtitle = safe_text.line(ORIGINS[card.origin], "$mute")
        for name in ("progress", "face", "grades", "coming"):
            self.query_one(f"#{name}", RecallPanel).renew()
        self.top_bar.dimmed = card is not None and state.revealed
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grades only while the answer is open: else the number keys open screens."""
        state = self._state
        if action == "grade":
            return state.card is not None and state.revealed
        if action in ("go_on", "reveal", "edit", "suspend"):
            return state.card is not None
        return True

    @on(AnswerArea.Submitted)
    def action_reveal(self) -> None:
        """Show the answer."""
        state = self._state
        if state.card is None or state.revealed:
            return
        typed = self.answer.text.strip()
        if not state.card.answer and not typed:
            safe_text.toast(
                self.app, "Write an answer in your own words first; one sentence is enough", severity="warning"
            )
            return
        state.typed, state.revealed = typed, True
        self.set_focus(None)
        self._draw()

    def action_go_on(self) -> None:
        """Show the answer; once it is shown, good."""
        if self._state.revealed:
            self.action_grade(GOOD)
            return
        self.action_reveal()
        if not self._state.revealed:
            # Something has to be written first.
            self.answer.focus()

    def action_scroll_card(self, by: int) -> None:
        """Scroll a card that is longer than its place."""
        self.box.scroll_relative(y=by, animate=False)

    def action_page_card(self, by: int) -> None:
        """The same by what is seen of it, but for a row."""
        self.action_scroll_card(by * max(self.box.scrollable_content_region.height - 1, 1))

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """Keys as footer and help say them: while the answer is open the four grades are one, and enter is good."""
        found = super().active_bindings
        if self._state.card is None or not self._state.revealed:
            return found
        keys = [named(f"recall.{word.lower()}", key) for key, word, _ in GRADES]
        usual = keys == [key for key, _, _ in GRADES]
        said = f"{keys[0]}-{keys[-1]}" if usual else " ".join(keys)
        # No key is that of all four; a click on it, which presses the key, does nothing.
        all_four = Binding("", "", "Grade", id="recall.grades", key_display=said)
        return {
            "": ActiveBinding(self, all_four, True),
            **{
                key: each._replace(binding=replace(each.binding, description=GRADES[GOOD - 1][1]))
                if each.binding.id == "recall.reveal"
                else each
                for key, each in found.items()
            },
        }

    @property
    def unsaid(self) -> tuple[str, ...]:
        """Keys that the footer need not say: there is a field to leave only while one writes, and who looks at an
        answer is about to grade it."""
        if self._state.card is not None and self._state.revealed:
            return ("recall.leave", "recall.add", "session.log", "session.find", "app.why")
        return () if self.focused is self.answer else ("recall.leave",)

    def action_leave(self) -> None:
        """Out of the field; outside of it the key may do something else."""
        if self.focused is None:
            raise SkipAction
        self.set_focus(None)

    def action_grade(self, grade: int) -> None:
        """Write how well it went."""
        state, card = self._state, self._state.card
        if card is None or not state.revealed or self._busy:
            return
        self._busy = True
        name, typed, shown_at, sitting = card.id, state.typed, self._shown_at, self._sitting

        def deed(workspace: Workspace) -> Graded:
            return grade_card(workspace, name, grade, answer=typed, shown_at=shown_at, sitting=sitting)

        write(
            self,
            deed,
            lambda graded: self.Answered(graded, grade),
            lambda fault: self.NotAnswered(fault, grade),
        )

    @on(Answered)
    def _go_to_next(self, message: Answered) -> None:
        self._busy = False
        state, card, now = self._state, message.graded.card, self.app.clock.now()
        day = card.last_day or state.day
        if day is not None:
            state.begin_anew(day, now)
        state.grades.append(Given(card.id, message.grade, card.reviews))
        state.day, state.graded_at = day, now
        if state.card is not None and state.card.id == card.id:
            # The queue is being read already; until then there is nothing to grade.
            state.card = None

    @on(NotAnswered)
    def _stay(self, message: NotAnswered) -> None:
        self._busy = False
        self.app.post_message(ChangeFailed(message.fault, again=lambda: self.action_grade(message.grade)))
        self.reload()

    def action_edit(self) -> None:
        """Change the card."""
        from learnhabit.tui.screens import recall_deeds

        if self._state.card is not None:
            recall_deeds.edit(self, self._state.card)

    def action_suspend(self) -> None:
        """Put the card aside."""
        from learnhabit.tui.screens import recall_deeds

        if self._state.card is not None:
            recall_deeds.suspend(self, self._state.card)

    def action_add(self) -> None:
        """A card of one's own."""
        from learnhabit.tui.screens import recall_deeds

        topic = self._state.card.topic if self._state.card is not None else ""
        recall_deeds.add(self, topic)
