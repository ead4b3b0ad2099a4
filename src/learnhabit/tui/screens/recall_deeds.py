"""What a screen does with recall cards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from learnhabit.services import cards
from learnhabit.services.recall_values import CardView
from learnhabit.tui.faults import Fault
from learnhabit.tui.messages import ChangeFailed, Done
from learnhabit.tui.screens.form import Entry, FieldsDialog
from learnhabit.tui.working import write

if TYPE_CHECKING:
    from textual.screen import Screen

    from learnhabit.services.workspace import Workspace


def add(screen: Screen[Any], topic: str) -> None:
    """A card of one's own."""

    def deed(workspace: Workspace, values: Mapping[str, str]) -> CardView:
        about = values.get("topic", topic)
        return cards.add_card(workspace, about, values.get("question", ""), values.get("answer", ""))

    entries = [
        Entry("topic", "Topic", topic, "a topic's name, such as rag"),
        Entry("question", "Question", tall=True),
        Entry("answer", "Answer", tall=True),
    ]
    screen.app.push_screen(
        FieldsDialog("A card of your own", "", entries, deed, lambda new: _say(screen, "Added", new))
    )


def edit(screen: Screen[Any], card: CardView) -> None:
    """Change a card; when it is due stays."""

    def deed(workspace: Workspace, values: Mapping[str, str]) -> CardView:
        return cards.edit_card(workspace, card.id, **dict(values))

    entries = [
        Entry("question", "Question", card.question, tall=True),
        Entry("answer", "Answer", card.answer, tall=True),
        Entry("topic", "Topic", card.topic),
    ]
    screen.app.push_screen(FieldsDialog("Edit card", "", entries, deed, lambda new: _say(screen, "Changed", new)))


def suspend(screen: Screen[Any], card: CardView) -> None:
    """Put a card aside."""

    def failed(fault: Fault) -> ChangeFailed:
        return ChangeFailed(fault, again=lambda: suspend(screen, card))

    write(
        screen,
        lambda workspace: cards.suspend_card(workspace, card.id),
        lambda _: Done("The card is not asked any more; u brings it back"),
        failed,
    )


def _say(screen: Screen[Any], done: str, card: CardView) -> None:
    screen.app.post_message(Done(f"{done} “{card.question}”; u takes it back"))
