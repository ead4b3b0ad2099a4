"""Recall cards on the command line: list, add, review, edit, suspend, export."""

from __future__ import annotations

import sys

from learnhabit.cli.acting import Deed, by_deed
from learnhabit.cli.output import ask, print_json, say, short_id, tell, warn
from learnhabit.cli.parser import Command, Parser
from learnhabit.domain.day_text import short_day
from learnhabit.domain.recall import GRADES
from learnhabit.domain.text import display_line
from learnhabit.errors import LearnhabitError, UsageError
from learnhabit.services import cards

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from learnhabit.services.recall_values import CardView, Graded, Sitting
    from learnhabit.services.workspace import Workspace

QUESTION = 50
"""Cells of the list's column."""


def card_json(card: CardView) -> dict[str, object]:
    """A card as other programs read it."""
    return {
        "id": card.id,
        "topic": card.topic,
        "question": card.question,
        "answer": card.answer,
        "due": card.due_on.isoformat(),
        "state": card.state,
    }


def _options(parser: Parser) -> None:
    parser.add_argument(
        "--questions", action="store_true", deeds=("add",), help="make cards of the topic's own questions"
    )
    parser.add_argument("--question", metavar="TEXT", deeds=("edit",), help="another question")
    parser.add_argument("--answer", metavar="TEXT", deeds=("edit", "review"), help="the answer")
    parser.add_argument("--topic", metavar="TOPIC", deeds=("edit",), help="another topic")
    parser.add_argument("--due", action="store_true", deeds=("list",), help="only what is to be recalled now")


def _list(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    found = cards.card_list(workspace, words[0] if words else None)
    if options.due:
        from learnhabit.services.recall import recall_queue

        wanted = {card.id for card in recall_queue(workspace).cards}
        found = tuple(card for card in found if card.id in wanted)
    if options.json:
        print_json([card_json(card) for card in found])
        return
    if not found:
        from learnhabit.services.finding import find_topic

        of = f" of {find_topic(workspace, words[0]).title}" if words else ""
        topic = words[0] if words else "TOPIC"
        more = "" if options.due else f"  learnhabit recall add {topic} --questions"
        say(f"No card{of} is due now." if options.due else f"There is no card{of} yet.{more}")
        return
    for card in found:
        due = "suspended" if card.state == "suspended" else short_day(card.due_on)
        question = display_line(card.question)
        short = question if len(question) <= QUESTION else f"{question[: QUESTION - 1].rstrip()}…"
        say(f"{short:<{QUESTION}}  {due:<10}  {card.state:<10}  {short_id(card.id)}".rstrip())


def _show(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    card = cards.card_view(workspace, words[0])
    if options.json:
        print_json(card_json(card))
        return
    say(display_line(card.question))
    for name, text in (
        ("Topic", card.topic_title),
        ("Due", "suspended" if card.state == "suspended" else short_day(card.due_on)),
        ("State", card.state),
        ("Id", short_id(card.id)),
        ("Answer", card.answer or "none was written yet"),
    ):
        say(f"  {name:<9}{display_line(text)}")


def _add(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    if options.questions:
        if len(words) != 1:
            raise UsageError("--questions takes a topic only", "such as learnhabit recall add rag --questions")
        made = cards.add_question_cards(workspace, words[0])
        if options.json:
            print_json([card_json(card) for card in made])
        else:
            say(f"Made {len(made)} cards of the questions of {made[0].topic_title}.  learnhabit recall review")
        return
    if len(words) != 3:
        raise UsageError("recall add: something is missing", "it takes TOPIC QUESTION ANSWER")
    _say_change(workspace, options, cards.add_card(workspace, *words), "Added")


def _edit(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    card = cards.edit_card(workspace, words[0], question=options.question, answer=options.answer, topic=options.topic)
    _say_change(workspace, options, card, "Edited")


def _suspend(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    _say_change(workspace, options, cards.suspend_card(workspace, words[0]), "Suspended")


def _resume(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    _say_change(workspace, options, cards.resume_card(workspace, words[0]), "Took up")


def _delete(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    _say_change(workspace, options, cards.delete_card(workspace, words[0]), "Deleted")


def _say_change(workspace: Workspace, options: Namespace, card: CardView, done: str) -> None:
    warn(workspace.warnings)
    if options.json:
        print_json(card_json(card))
    else:
        due = "" if done == "Deleted" or card.state == "suspended" else f", due {short_day(card.due_on)}"
        say(f"{done} “{display_line(card.question)}”{due}.  id {short_id(card.id)} · learnhabit undo takes it back")


def _review(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services.recall import grade_card
    from learnhabit.services.recall_values import Sitting

    if len(words) == 1:
        raise UsageError("recall review: a grade is missing", "such as learnhabit recall review last good")
    if words:
        graded = grade_card(workspace, words[0], _grade(words[1]), answer=options.answer)
        warn(workspace.warnings)
        if options.json:
            print_json({**card_json(graded.card), "next": graded.next, "session": graded.session})
        else:
            say(f"{display_line(graded.card.question)}: comes back in {graded.next}.  learnhabit undo takes it back")
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise LearnhabitError(
            "Reviewing needs a terminal",
            "learnhabit recall list --due shows what is due; recall review ID good grades one",
        )
    _sit(workspace, Sitting())


def _grade(text: str) -> int:
    word = text.strip().lower()
    if word in ("1", "2", "3", "4"):
        return int(word)
    if word not in GRADES:
        raise UsageError(f"“{text}” is no grade", "again, hard, good or easy, or 1 to 4")
    return GRADES[word]


def _sit(workspace: Workspace, sitting: Sitting) -> None:
    """One card after the other in a terminal, until none is left or the person has enough."""
    from learnhabit.services.recall import grade_card, recall_queue

    done: set[str] = set()
    while queue := recall_queue(workspace).cards:
        card = queue[0]
        shown_at = workspace.refresh()
        tell(f"\n{card.topic_title}\n{card.question}")
        typed = ask("Say it or write it, enter shows the answer: " if card.answer else "Write the answer: ")
        if typed is None or (not card.answer and not typed.strip()):
            break
        if card.answer:
            tell(f"  {card.answer}")
        grade = _asked_grade()
        if grade is None:
            break
        # The person may have taken until another day, and changed when it begins.
        workspace.refresh()
        workspace.forget()
        graded: Graded = grade_card(workspace, card.id, grade, answer=typed, shown_at=shown_at, sitting=sitting)
        done.add(card.id)
        tell(f"  comes back in {graded.next}")
    say(f"{len(done)} card{'' if len(done) == 1 else 's'} recalled." if done else "Nothing was graded.")


def _asked_grade() -> int | None:
    while True:
        typed = ask("1 again  2 hard  3 good  4 easy [3]: ")
        if typed is None:
            return None
        try:
            return _grade(typed or "good")
        except UsageError as error:
            tell(f"{error.title}: {error.hint}")


def _export(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    text = cards.cards_tsv(workspace)
    if not words:
        if options.json:
            raise UsageError("recall export prints a table", "name a FILE for it, or leave --json out")
        if not sys.stdout.isatty() and hasattr(sys.stdout, "reconfigure"):
            # Anki reads UTF-8, whatever the shell is set to.
            sys.stdout.reconfigure(encoding="utf-8")
        say(text.rstrip("\n"))
        return
    from learnhabit.services.sharing import save_text

    path = save_text(words[0], text)
    if options.json:
        print_json({"file": path})
    else:
        say(f"Saved {path}. Anki imports it as it is.")


DEEDS: dict[str, Deed] = {
    "list": Deed(_list, "every card, or those of a topic", "[TOPIC]", 0, 1),
    "show": Deed(_show, "all of a card", "ID", 1, 1),
    "add": Deed(_add, "a card of your own, or with --questions those of a topic", "TOPIC QUESTION ANSWER", 1, 3),
    "review": Deed(
        _review, "recall what is due, in a terminal; or grade one card again, hard, good or easy", "[ID GRADE]", 0, 2
    ),
    "edit": Deed(_edit, "another question, answer or topic", "ID", 1, 1),
    "suspend": Deed(_suspend, "let it rest", "ID", 1, 1),
    "resume": Deed(_resume, "take it up again", "ID", 1, 1),
    "delete": Deed(_delete, "delete it", "ID", 1, 1),
    "export": Deed(_export, "every card as a table that Anki imports", "[FILE]", 0, 1),
}

COMMANDS = {
    "recall": Command(
        by_deed("recall", DEEDS),
        "recall what you took away: cards that come back when they are about to fade",
        deeds=DEEDS,
        alone="list",
        options=_options,
        example='learnhabit recall add rag "What does chunk size trade off?" "Context against precision."',
    ),
}
