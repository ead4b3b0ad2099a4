"""Recall cards: made of takeaways, of a topic's questions, or one's own; changed, put aside, taken along."""

from __future__ import annotations

from datetime import date, timedelta

from learnhabit.domain.recall import new_memory
from learnhabit.domain.text import display, display_line, quoted
from learnhabit.errors import LearnhabitError, UsageError
from learnhabit.services.finding import accepted, find_topic
from learnhabit.services.recall_values import CardView
from learnhabit.services.workspace import Workspace
from learnhabit.storage.cards import COUNTS, memory_row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST = 4_000
"""Characters of a question or an answer."""
FIRST: Mapping[str, timedelta] = {"takeaway": timedelta(days=1)}
"""After how many days a card of an origin is first asked; the others at once. What one has just learned is not asked
on the same day."""
_ID_CHARACTERS = frozenset("0123456789abcdef-")
_SELECT = f"""
SELECT card.id, topic, coalesce((SELECT title FROM topic WHERE topic.id = card.topic), topic), origin, question, answer,
  added_on, due_on, phase, suspended_on,
  (SELECT count(*) FROM card_review WHERE card_review.card = card.id AND {COUNTS}),
  (SELECT grade FROM card_review WHERE card_review.card = card.id AND {COUNTS}
     ORDER BY reviewed_at DESC, seq DESC LIMIT 1), reviewed_on
FROM card WHERE deleted_at IS NULL {{}} ORDER BY due_on, seq
"""


def card_list(workspace: Workspace, topic: str | None = None) -> tuple[CardView, ...]:
    """Every card, the one due first in front; of one topic, or of all."""
    if topic is None:
        return tuple(read_cards(workspace, ""))
    return tuple(read_cards(workspace, "AND topic = ?", find_topic(workspace, topic).id))


def read_cards(workspace: Workspace, where: str, *parameters: object) -> list[CardView]:
    """Cards that fit a condition."""
    return [
        CardView(
            id=row[0],
            topic=row[1],
            topic_title=row[2],
            origin=row[3],
            question=row[4],
            answer=row[5],
            added_on=date.fromisoformat(row[6]),
            due_on=date.fromisoformat(row[7]),
            state="suspended" if row[9] else row[8],
            reviews=row[10],
            last_grade=row[11],
            last_day=date.fromisoformat(row[12]) if row[12] else None,
        )
        for row in workspace.store.all(_SELECT.format(where), *parameters)
    ]


def card_view(workspace: Workspace, reference: str) -> CardView:
    """The card whose id ends with a reference, or the one added last for `last`; UsageError when none or several do."""
    wanted = reference.strip().lower()
    if wanted == "last":
        where, parameters = "AND card.seq = (SELECT max(seq) FROM card WHERE deleted_at IS NULL)", []
    elif len(wanted) >= 6 and _ID_CHARACTERS.issuperset(wanted):
        # An index finds the last six characters.
        where, parameters = "AND substr(id, -6) = ? AND substr(id, -?) = ?", [wanted[-6:], len(wanted), wanted]
    else:
        found = _ID_CHARACTERS.issuperset(wanted) and wanted
        where, parameters = ("AND substr(id, -?) = ?", [len(wanted), wanted]) if found else ("AND 0", [])
    cards = read_cards(workspace, where, *parameters)
    if not cards and wanted == "last":
        raise LearnhabitError("There is no card yet", 'learnhabit recall add rag "What is …?" "…" makes one')
    if len(cards) != 1:
        raise UsageError(
            f"{'More than one card ends with' if cards else 'No card'} {quoted(reference)}",
            f"type more of it: {', '.join(card.id for card in cards[:3])}"
            if cards
            else "learnhabit recall list shows the end of each id; `last` names the latest",
        )
    return cards[0]


def add_card(
    workspace: Workspace, topic: str, question: str, answer: str, *, origin: str = "own", session: str | None = None
) -> CardView:
    """A new card of a topic."""
    found = find_topic(workspace, topic)
    asked, answered = _words(workspace, question, "question"), stored_answer(workspace, answer)
    if not display_line(asked):
        raise UsageError("A card needs a question", 'such as learnhabit recall add rag "What is chunking?" "…"')
    if not answered and origin != "question":
        raise UsageError("A card needs an answer", "one or two sentences in your own words")
    with workspace.change(f"added the card {quoted(asked)}") as change:
        card = workspace.new_id()
        day = workspace.today
        change.insert(
            "card",
            card,
            {
                "topic": found.id,
                "origin": origin,
                "session": session,
                "question": asked,
                "answer": answered,
                "added_on": day.isoformat(),
                **memory_row(new_memory(day + FIRST.get(origin, timedelta()))),
            },
        )
    return card_view(workspace, card)


def add_question_cards(workspace: Workspace, topic: str) -> tuple[CardView, ...]:
    """Cards of a topic's own questions that are none yet; the first review asks for an answer. One step to undo."""
    found = find_topic(workspace, topic)
    row = workspace.store.one("SELECT questions FROM topic WHERE id = ?", found.id)
    questions = row[0].split("\n") if row and row[0] else []
    if not questions:
        raise LearnhabitError(
            f"{found.title} has no questions", f'learnhabit topic edit {found.id} --question "…" adds one'
        )
    known = {each.question for each in read_cards(workspace, "AND topic = ?", found.id)}
    wanted = [each for each in questions if each not in known]
    if not wanted:
        raise LearnhabitError(f"All questions of {found.title} are cards already", "learnhabit recall list shows them")
    with workspace.change(f"made {len(wanted)} cards of the questions of {found.title}") as change:
        made = [add_card(workspace, found.id, each, "", origin="question") for each in wanted]
        # The parts say what the whole says already.
        change.renamed(f"made {len(wanted)} cards of the questions of {found.title}")
    return tuple(made)


def edit_card(
    workspace: Workspace,
    reference: str,
    *,
    question: str | None = None,
    answer: str | None = None,
    topic: str | None = None,
) -> CardView:
    """Change a card; what is None stays. When it is due does not change."""
    old = card_view(workspace, reference)
    values: dict[str, object] = {}
    if question is not None:
        values["question"] = _words(workspace, question, "question")
        if not display_line(str(values["question"])):
            raise UsageError("A card needs a question", "type one, or delete the card")
    if answer is not None:
        values["answer"] = stored_answer(workspace, answer)
        if not values["answer"] and old.answer:
            raise UsageError("A card needs an answer", "one or two sentences in your own words")
    if topic is not None:
        values["topic"] = find_topic(workspace, topic).id
    values = {name: value for name, value in values.items() if value != getattr(old, name)}
    if not values:
        raise LearnhabitError("Nothing to change", "name what should change, such as --answer TEXT")
    with workspace.change(f"edited the card {quoted(old.question)}") as change:
        change.update("card", old.id, values)
    return card_view(workspace, old.id)


def suspend_card(workspace: Workspace, reference: str) -> CardView:
    """Put a card aside: it is not asked until it is taken up again."""
    old = card_view(workspace, reference)
    if old.state == "suspended":
        raise LearnhabitError("The card is suspended already", "learnhabit recall resume brings it back")
    with workspace.change(f"suspended the card {quoted(old.question)}") as change:
        change.update("card", old.id, {"suspended_on": workspace.today.isoformat()})
    return card_view(workspace, old.id)


def resume_card(workspace: Workspace, reference: str) -> CardView:
    """Take a suspended card up again."""
    old = card_view(workspace, reference)
    if old.state != "suspended":
        raise LearnhabitError("The card is not suspended", "there is nothing to take up again")
    with workspace.change(f"took up the card {quoted(old.question)}") as change:
        change.update("card", old.id, {"suspended_on": None})
    return card_view(workspace, old.id)


def delete_card(workspace: Workspace, reference: str) -> CardView:
    """Delete a card; as it was."""
    old = card_view(workspace, reference)
    with workspace.change(f"deleted the card {quoted(old.question)}") as change:
        change.remove("card", old.id)
    return old


def cards_tsv(workspace: Workspace, topic: str | None = None) -> str:
    """Cards as a text that Anki imports: question, answer and topic, with tabs between, in HTML."""
    lines = ["#separator:tab", "#html:true", "#tags column:3"]
    lines += [
        "\t".join((_html(card.question), _html(card.answer), _html(card.topic))) for card in card_list(workspace, topic)
    ]
    return "\n".join(lines) + "\n"


def _html(text: str) -> str:
    import html

    plain = html.escape(display(text), quote=True).replace("\t", " ").replace("\n", "<br>")
    # Opened in a spreadsheet it would be taken for a formula.
    return f"&#{ord(plain[0])};{plain[1:]}" if plain[:1] in ("=", "+", "-", "@", "#") else plain


def stored_answer(workspace: Workspace, text: str) -> str:
    """An answer as it is stored; empty when there is nothing in it to read."""
    answer = _words(workspace, text, "answer")
    return answer if display_line(answer) else ""


def _words(workspace: Workspace, text: str, what: str) -> str:
    words = accepted(workspace, text).strip()
    if len(words) > LONGEST:
        raise UsageError(f"The {what} is too long", f"at most {LONGEST:,} characters")
    return words
