"""The look back at a year: four answers in one's own words, and what becomes of each resolution."""

from __future__ import annotations

import re
from datetime import date

from learnhabit.domain.record import Record
from learnhabit.domain.resolution import NEXT_YEAR_FROM
from learnhabit.domain.resolution_draft import LONGEST_STATEMENT, Draft
from learnhabit.domain.resolution_words import bare_amount, target_text
from learnhabit.domain.text import quoted
from learnhabit.domain.year_summary import QUESTIONS
from learnhabit.errors import LearnhabitError, UsageError
from learnhabit.services.finding import accepted
from learnhabit.services.resolution_values import ResolutionView
from learnhabit.services.resolutions import find_resolution, resolution_view, resolutions
from learnhabit.services.resolving import carried, insert_resolution
from learnhabit.services.workspace import Workspace
from learnhabit.storage.years import read_answers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from learnhabit.storage.store import Change

DECISIONS = ("drop", "carry on", "smaller")
LONGEST_ANSWER = 2_000
"""Characters."""


class Onward(Record):
    """A resolution that ends with the year, and what it would become in the next one."""

    view: ResolutionView
    carry_on: Draft
    smaller: Draft | None
    """None where there is nothing smaller."""


def answers(workspace: Workspace, year: int) -> dict[str, str]:
    """What was answered, by the key of the question."""
    return {key: text for key, (_, text) in read_answers(workspace.store, year).items()}


def look_back_open(workspace: Workspace, year: int) -> bool:
    """Whether a year is far enough to decide what goes on: from 15 December on, and through the year after."""
    today = workspace.today
    return today >= date(year, *NEXT_YEAR_FROM) and today.year <= year + 1


def choices(workspace: Workspace, year: int) -> tuple[Onward, ...]:
    """Resolutions that end in a year, were not let go, and do not go on yet."""
    if not look_back_open(workspace, year):
        return ()
    views = resolutions(workspace)
    going_on = {view.resolution.carried_from for view in views}
    return tuple(
        _onward(view, year)
        for view in views
        if view.resolution.period_end.year == year
        and view.standing.state != "let go"
        and view.resolution.id not in going_on
    )


def _onward(view: ResolutionView, year: int) -> Onward:
    # All of it once more: what is left of a year that is over, January's carrying over takes.
    carry_on = carried(view.replace(standing=view.standing.replace(progress=0)), year + 1)
    return Onward(view=view, carry_on=carry_on, smaller=_smaller(carry_on) if carry_on.measure != "done" else None)


def _smaller(draft: Draft) -> Draft | None:
    """Half of the target: whole hours from two on, else whole numbers, rounded up; the words say so, too."""
    unit = 3600 if draft.measure == "hours" and draft.target >= 2 * 3600 else 60 if draft.measure == "hours" else 1
    target = -(-draft.target // (2 * unit)) * unit
    if target >= draft.target:
        return None
    old, new = (bare_amount(each, draft.measure).removesuffix(".0") for each in (draft.target, target))
    statement, changed = re.subn(rf"(?<![\w.,:]){re.escape(old)}(?![\w.,:])", new, draft.statement, count=1)
    if not changed:
        statement = f"{target_text(target, draft.measure, draft.kind, draft.per)}: {draft.statement}"
    return draft.replace(target=target, statement=statement[:LONGEST_STATEMENT])


def look_back(
    workspace: Workspace, year: int, given: Mapping[str, str], decisions: Mapping[str, str]
) -> tuple[ResolutionView, ...]:
    """Keep answers (an empty one goes), and make next year's resolutions as decided; one step to undo.

    `decisions` names resolutions by the end of their ids. UsageError for an answer that is too long, LearnhabitError
    for a resolution that can't go on.
    """
    texts = {key: accepted(workspace, text).strip() for key, text in given.items()}
    for key, text in texts.items():
        if key not in dict(QUESTIONS):
            raise UsageError(f"There is no question “{key}”", f"there are {', '.join(dict(QUESTIONS))}")
        if len(text) > LONGEST_ANSWER:
            raise UsageError("The answer is too long", f"at most {LONGEST_ANSWER:,} characters")
    found = {each.view.resolution.id: each for each in choices(workspace, year)}
    drafts: dict[str, Draft] = {}
    for reference, decision in decisions.items():
        if decision != "drop":
            drafts |= _draft(workspace, year, reference, decision, found)
    made: list[str] = []
    with workspace.change(f"looked back on {year}") as change:
        for key, text in texts.items():
            _answer(change, workspace, year, key, text)
        for old in found:
            if old in drafts:
                made.append(workspace.new_id())
                insert_resolution(change, workspace, made[-1], drafts[old], old)
    return tuple(resolution_view(workspace, each) for each in made)


def _draft(
    workspace: Workspace, year: int, reference: str, decision: str, found: Mapping[str, Onward]
) -> dict[str, Draft]:
    resolution = find_resolution(workspace, reference)
    choice = found.get(resolution.id)
    if choice is None:
        day = date(year, *NEXT_YEAR_FROM)
        raise LearnhabitError(
            f"{quoted(resolution.statement)} can't go on in {year + 1}",
            f"from {day.day} Dec {year} on, what ends in {year}, was not let go and does not go on yet",
        )
    draft = choice.smaller if decision == "smaller" else choice.carry_on
    if draft is None:
        raise LearnhabitError(f"{quoted(resolution.statement)} can't be set smaller", "carry it on, or drop it")
    return {resolution.id: draft}


def _answer(change: Change, workspace: Workspace, year: int, key: str, text: str) -> None:
    known = read_answers(workspace.store, year).get(key)
    if known is not None and known[1] == text:
        return
    if known is None:
        if text:
            change.insert("year_answer", workspace.new_id(), {"year": year, "question": key, "text": text})
    elif text:
        change.update("year_answer", known[0], {"text": text})
    else:
        change.remove("year_answer", known[0])
