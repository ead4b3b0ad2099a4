"""The look back at a year: four answers, and what becomes of each resolution."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static, TextArea

from learnhabit.domain.year_summary import QUESTIONS
from learnhabit.services.looking_back import DECISIONS, Onward, look_back
from learnhabit.services.year_view import YearView
from learnhabit.tui import safe_text
from learnhabit.tui.draw import MUTE, SOFT, STRONG, key, row
from learnhabit.tui.messages import Done
from learnhabit.tui.screens.dialog import FormDialog
from learnhabit.tui.screens.today_resolutions import STATE_STYLES
from learnhabit.tui.widgets.area import Area
from learnhabit.tui.widgets.choice import Choice
from learnhabit.tui.widgets.fields import Field
from learnhabit.tui.widgets.press import Press


class AnswersDialog(FormDialog[Any]):
    """One field for each question; nothing has to be answered."""

    HEADING = "The answers were not saved"
    HELP = (
        "Four questions about the year, for yourself: they stand on the full page, and on no other. tab goes to the "
        "next field, ^s saves all of them; what is emptied goes."
    )
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "save", "Save", id="answers.save", tooltip="Save")]

    def __init__(self, view: YearView) -> None:
        super().__init__()
        self._year = view.year
        self._answers = dict(view.summary.words.answers)

    def headline(self) -> Content:
        """Of which year."""
        return row((f"Looking back on {self._year}", STRONG))

    def corner(self) -> Content:
        """Who reads it."""
        return row(("on the full page only", MUTE))

    def compose_body(self) -> ComposeResult:
        """The questions."""
        for name, question in QUESTIONS:
            yield Static(row((question, SOFT)))
            area = Area(self._answers.get(name, ""), "a sentence is enough", id=f"answer-{name}")
            area.styles.height = 2 if self.app.size.height < 30 else 3
            if self.app.size.height >= 30:
                area.add_class("gap")
            yield area
        yield from self.compose_verdict()

    def note(self) -> Content:
        """How to go on."""
        return key("tab", "next question")

    def buttons(self) -> list[Press]:
        """Cancel and save."""
        return [Press("Cancel", "esc", "close"), Press("Save", "^s", "save", main=True)]

    @on(TextArea.Changed)
    def _typed(self) -> None:
        self.verdict(None)

    def action_save(self) -> None:
        """Keep what was changed."""
        given = {
            name: changed
            for name, _ in QUESTIONS
            if (changed := self.query_one(f"#answer-{name}", Area).changed) is not None
        }
        if not given:
            self.dismiss(None)
            return
        self.save(lambda workspace: look_back(workspace, self._year, given, {}))

    def saved(self, result: Any) -> None:
        """Say so."""
        self.app.post_message(Done(f"Kept what you say about {self._year}. u takes it back"))
        self.dismiss(result)


class OnwardDialog(FormDialog[Any]):
    """A choice for each resolution that ends with the year."""

    HEADING = "Nothing was decided"
    HELP = (
        "For each resolution that ends with the year: drop it, carry it on, or set it smaller. Below each stands what "
        "it becomes. The arrows choose, tab goes to the next one, ^s makes next year's resolutions; "
        "they can be changed like any other, and one u takes all of them back."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,enter", "save", "Decide", id="onward.save", tooltip="Make next year's resolutions")
    ]

    def __init__(self, view: YearView) -> None:
        super().__init__()
        self._year, self._choices = view.year, view.choices

    def headline(self) -> Content:
        """Where to."""
        return row((f"Into {self._year + 1}", STRONG))

    def corner(self) -> Content:
        """What is asked."""
        return row(("nothing has to go on", MUTE))

    def compose_body(self) -> ComposeResult:
        """A field for each."""
        for place, each in enumerate(self._choices):
            standing = each.view.standing
            state = row((standing.state, STATE_STYLES.get(standing.state, MUTE)))
            statement = safe_text.elided(each.view.resolution.statement, self.room - state.cell_length - 2, "$ink")
            yield Static(row(statement, "  ", state))
            field = Field("", Choice(_decisions(each), id=f"choice-{place}"))
            field.add_class("gap")
            yield field
        yield from self.compose_verdict()

    def note(self) -> Content:
        """How to choose."""
        return row(key("←→", "choose"), "  ", key("tab", "next"))

    def buttons(self) -> list[Press]:
        """Cancel and decide."""
        return [Press("Cancel", "esc", "close"), Press("Decide", "^s", "save", main=True)]

    def on_mount(self) -> None:
        """Say what each would become."""
        for place in range(len(self._choices)):
            self._say(place)

    @on(Choice.Chosen)
    def _chosen(self, message: Choice.Chosen) -> None:
        self.verdict(None)
        self._say(int((message.choice.id or "choice-0").partition("-")[2]))

    def _say(self, place: int) -> None:
        choice = self.query_one(f"#choice-{place}", Choice)
        each = self._choices[place]
        drafts = (None, each.carry_on, each.smaller)
        draft = drafts[choice.at]
        said = safe_text.elided(draft.statement, self.room - 16, SOFT) if draft else row((" ", MUTE))
        if isinstance(choice.parent, Field):
            choice.parent.hint(said)

    def action_save(self) -> None:
        """Make what goes on."""
        decisions = {}
        for place, each in enumerate(self._choices):
            decision = DECISIONS[self.query_one(f"#choice-{place}", Choice).at]
            if decision != "drop":
                decisions[each.view.resolution.id] = decision
        if not decisions:
            self.dismiss(None)
            return
        self.save(lambda workspace: look_back(workspace, self._year, {}, decisions))

    def saved(self, result: Any) -> None:
        """Say how many."""
        plural = "" if len(result) == 1 else "s"
        self.app.post_message(Done(f"Made {len(result)} resolution{plural} for {self._year + 1}; u takes it back"))
        self.dismiss(result)


def _decisions(each: Onward) -> tuple[str, ...]:
    return DECISIONS if each.smaller is not None else DECISIONS[:2]
