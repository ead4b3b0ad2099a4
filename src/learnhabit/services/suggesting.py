"""What to study next, from the log and the resolutions."""

from __future__ import annotations

from datetime import date

from learnhabit.domain.day_text import days_ago
from learnhabit.domain.resolution_words import delta_text
from learnhabit.domain.suggestion import Candidate, rank
from learnhabit.domain.text import quoted
from learnhabit.services.values import NextStep
from learnhabit.services.workspace import Workspace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from learnhabit.services.resolution_values import ResolutionView


def next_steps(workspace: Workspace, running: Sequence[ResolutionView]) -> tuple[NextStep, ...]:
    """Every topic in the order in which it is worth a session today; `running` are the running resolutions."""
    store, today = workspace.store, workspace.today
    behind = _behind(running)
    totals = {
        row[0]: (row[1], date.fromisoformat(row[2]))
        for row in store.all(
            "SELECT topic, sum(seconds), (SELECT max(study_day) FROM day_total WHERE topic = month_total.topic)"
            " FROM month_total GROUP BY topic"
        )
        # A total without a day is damage that SQLite can't see; `topics` leaves it out, too.
        if row[2] is not None
    }
    recent = _recent_topics(workspace)
    rows = store.all(
        "SELECT id, title, prerequisites, first_step FROM topic WHERE deleted_at IS NULL ORDER BY position, seq"
    )
    candidates = [
        Candidate(
            id=row[0],
            title=row[1],
            seconds=totals[row[0]][0] if row[0] in totals else 0,
            last_day=totals[row[0]][1] if row[0] in totals else None,
            days_in_row=_days_in_row(row[0], recent),
            prerequisites=tuple(row[2].split("\n")) if row[2] else (),
            days_behind=behind[row[0]][0] if row[0] in behind else 0,
            behind_on=behind[row[0]][1] if row[0] in behind else "",
        )
        for row in rows
    ]
    resources = {
        row[0]: (row[1], row[2])
        for row in store.all(
            "SELECT topic, title, minutes, min(position) FROM resource WHERE deleted_at IS NULL GROUP BY topic"
        )
    }
    by_id = {row[0]: row for row in rows}
    steps = []
    for suggestion in rank(candidates, today):
        row = by_id[suggestion.topic]
        total = totals.get(row[0])
        title, minutes = resources.get(row[0], ("", None))
        steps.append(
            NextStep(
                topic=row[0],
                title=row[1],
                reason=suggestion.reason,
                touched=f"last touched {days_ago(total[1], today)}" if total else "",
                first_step=row[3] or "Write down what you want to be able to do, then study ten minutes.",
                resource_title=title,
                resource_minutes=minutes,
            )
        )
    return tuple(steps)


def _recent_topics(workspace: Workspace) -> list[set[str]]:
    """The topics of the last study days with a session, newest first."""
    days: dict[str, set[str]] = {}
    for day, topic in workspace.store.all(
        "SELECT study_day, topic FROM day_total WHERE study_day IN"
        " (SELECT DISTINCT study_day FROM day_total WHERE study_day <= ? ORDER BY study_day DESC LIMIT 3)"
        " ORDER BY study_day DESC",
        workspace.today.isoformat(),
    ):
        days.setdefault(day, set()).add(topic)
    return list(days.values())


def _days_in_row(topic: str, recent: list[set[str]]) -> int:
    days = 0
    for topics in recent:
        if topic not in topics:
            break
        days += 1
    return days


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
