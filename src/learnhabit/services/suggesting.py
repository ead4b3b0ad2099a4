"""What to study next, from the log and the resolutions."""

from __future__ import annotations

from datetime import date

from learnhabit.domain.day_text import days_ago
from learnhabit.domain.reading_progress import percent
from learnhabit.domain.resolution_words import delta_text
from learnhabit.domain.suggestion import TIRING_DAYS, Candidate, rank
from learnhabit.domain.text import quoted
from learnhabit.errors import LearnhabitError
from learnhabit.services.finding import find_topic
from learnhabit.services.resolutions import running_resolutions
from learnhabit.services.resources import reading_by_topic
from learnhabit.services.topic_values import ResourceView
from learnhabit.services.values import NextStep
from learnhabit.services.workspace import Workspace
from learnhabit.storage.topics import read_dismissed, read_totals

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from learnhabit.services.resolution_values import ResolutionView


MOST = 3
"""So many are named at once."""
_NOTHING: tuple[int, None] = (0, None)
"""To read of a topic without resources."""


def suggestions(workspace: Workspace) -> tuple[NextStep, ...]:
    """The best next steps, at most three, without what was put off for today."""
    return _wanted(workspace, running_resolutions(workspace))[:MOST]


def first_step(workspace: Workspace, running: Sequence[ResolutionView]) -> NextStep | None:
    """The best next step, with the running resolutions; None when every topic is put off or archived."""
    return next(iter(_wanted(workspace, running)), None)


def _wanted(workspace: Workspace, running: Sequence[ResolutionView]) -> tuple[NextStep, ...]:
    put_off = read_dismissed(workspace.store, workspace.today)
    return tuple(step for step in next_steps(workspace, running) if step.topic not in put_off)


def reason_for(workspace: Workspace, topic: str) -> str:
    """Why the ranking puts a topic where it is; empty for one that is archived."""
    steps = next_steps(workspace, running_resolutions(workspace))
    return next((step.reason for step in steps if step.topic == topic), "")


def dismiss_topic(workspace: Workspace, reference: str) -> str:
    """Do not suggest a topic any more today; its title."""
    found = find_topic(workspace, reference)
    day = workspace.today
    if found.id in read_dismissed(workspace.store, day):
        raise LearnhabitError(f"{found.title} is put off for today already", "it comes back tomorrow")
    with workspace.change(f"put off {found.title} for today") as change:
        change.put("dismissal", f"{day.isoformat()}:{found.id}", {"topic": found.id, "day": day.isoformat()})
    return found.title


def next_steps(workspace: Workspace, running: Sequence[ResolutionView]) -> tuple[NextStep, ...]:
    """Every topic that is not archived in the order in which it is worth a session today, those put off last.

    `running` are the running resolutions.
    """
    store, today = workspace.store, workspace.today
    behind = _behind(running)
    totals = read_totals(store)
    put_off = read_dismissed(store, today)
    recent = _recent_topics(workspace)
    rows = store.all(
        "SELECT id, title, prerequisites, first_step, followed_on IS NOT NULL, questions, archived_on IS NOT NULL"
        " FROM topic WHERE deleted_at IS NULL ORDER BY position, seq"
    )
    reading = reading_by_topic(workspace)
    candidates = [
        Candidate(
            id=row[0],
            title=row[1],
            seconds=totals[row[0]][0] if row[0] in totals else 0,
            last_day=totals[row[0]][1] if row[0] in totals else None,
            days_in_row=_days_in_row(row[0], *recent),
            prerequisites=tuple(row[2].split("\n")) if row[2] else (),
            finished=reading.get(row[0], _NOTHING)[0],
            followed=bool(row[4]),
            days_behind=behind[row[0]][0] if row[0] in behind else 0,
            behind_on=behind[row[0]][1] if row[0] in behind else "",
            begun_with=_begun_with(reading.get(row[0], _NOTHING)[1]),
            dismissed=row[0] in put_off,
            archived=bool(row[6]),
        )
        for row in rows
    ]
    by_id = {row[0]: row for row in rows}
    steps = []
    for suggestion in rank(candidates, today):
        row = by_id[suggestion.topic]
        total = totals.get(row[0])
        finished, best = reading.get(row[0], _NOTHING)
        begun = total is not None or finished > 0
        steps.append(
            NextStep(
                topic=row[0],
                title=row[1],
                reason=suggestion.reason,
                begun=begun,
                touched=f"last touched {days_ago(total[1], today)}" if total else "",
                first_step=row[3],
                question=_question(row[5], today) if begun else "",
                resource=best.id if best else None,
                resource_title=best.title if best else "",
                resource_minutes=best.minutes_left if best else None,
                resource_open=best is not None and best.state == "doing",
            )
        )
    return tuple(steps)


def _question(questions: str, today: date) -> str:
    """Another one each day."""
    lines = questions.split("\n")
    return lines[today.toordinal() % len(lines)]


def _begun_with(best: ResourceView | None) -> str:
    """That it is open, in words; empty when none is."""
    if best is None or best.state != "doing":
        return ""
    kind = _KINDS.get(best.kind, "a resource")
    if best.progress:
        return f"You are {percent(best.progress)} % through {kind} on it"
    return f"You have begun {kind} on it"


_KINDS = {
    "paper": "a paper",
    "course": "a course",
    "book": "a book",
    "article": "an article",
    "docs": "the documentation",
    "code": "a code base",
    "video": "a video",
}


def _recent_topics(workspace: Workspace) -> tuple[set[str], list[set[str]]]:
    """The topics of today, and those of the last study days before it with a session, newest first."""
    today = workspace.today.isoformat()
    days: dict[str, set[str]] = {}
    for day, topic in workspace.store.all(
        "SELECT study_day, topic FROM day_total WHERE study_day IN"
        " (SELECT DISTINCT study_day FROM day_total WHERE study_day < ? ORDER BY study_day DESC LIMIT ?)"
        " OR study_day = ? ORDER BY study_day DESC",
        today,
        TIRING_DAYS,
        today,
    ):
        days.setdefault(day, set()).add(topic)
    return days.pop(today, set()), list(days.values())


def _days_in_row(topic: str, now: set[str], before: list[set[str]]) -> int:
    """Study days in a row with a topic. Another one today does not end the row: it might go on today still."""
    days = 0
    for topics in before:
        if topic not in topics:
            break
        days += 1
    return days + (topic in now)


def _behind(running: Sequence[ResolutionView]) -> dict[str, tuple[int, str]]:
    """(days, in words) by which topics are behind on a resolution; of several resolutions the one furthest behind."""
    found: dict[str, tuple[int, str]] = {}
    for view in running:
        days = -(view.standing.safe_days or 0)
        if view.standing.state not in ("behind", "out of reach") or days <= 0:
            continue
        words = f"{delta_text(view.standing, view.resolution)} on {quoted(view.resolution.statement)}"
        if view.resolution.per is not None:
            words = f"Behind this {view.resolution.per} on {quoted(view.resolution.statement)}"
        for topic in view.resolution.scope:
            if topic not in found or days > found[topic][0]:
                found[topic] = (days, words)
    return found
