"""All topics by theme with where one stands, and all of one topic."""

from __future__ import annotations

from datetime import date, timedelta

from learnhabit.domain.suggestion import is_known
from learnhabit.domain.text import quoted
from learnhabit.errors import LearnhabitError
from learnhabit.services.finding import find_topic
from learnhabit.services.resources import resource_list
from learnhabit.services.suggesting import reason_for
from learnhabit.services.topic_values import Prerequisite, Theme, TopicDetail, TopicMap, TopicView
from learnhabit.services.workspace import Workspace
from learnhabit.storage.topics import read_resource_states, read_totals

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

NEGLECTED_DAYS = 30
"""Days without a session after which a topic that one began or follows is marked."""


def topic_map(workspace: Workspace) -> TopicMap:
    """Every topic under its theme, in the catalogue's order; what is archived apart."""
    views = _views(workspace)
    themes: dict[str, list[TopicView]] = {}
    for view in views:
        if not view.archived:
            themes.setdefault(view.theme, []).append(view)
    return TopicMap(
        themes=tuple(Theme(title=title, topics=tuple(found)) for title, found in themes.items()),
        archived=tuple(view for view in views if view.archived),
    )


def topic_view(workspace: Workspace, topic: str) -> TopicView:
    """One topic by its id."""
    return next(view for view in _views(workspace) if view.id == topic)


def topic_detail(workspace: Workspace, reference: str) -> TopicDetail:
    """All of one topic; UsageError when none or several are meant."""
    found = find_topic(workspace, reference)
    views = {view.id: view for view in _views(workspace)}
    row = workspace.store.one(
        "SELECT who, why, summary, prerequisites, subtopics, first_step, project, questions FROM topic WHERE id = ?",
        found.id,
    )
    if row is None or found.id not in views:
        raise workspace.damage_or(LearnhabitError(f"The topic {quoted(found.title)} is gone", "it was just deleted"))
    leads_to = workspace.store.all(
        # Each prerequisite is a whole line of the list.
        "SELECT title FROM topic WHERE deleted_at IS NULL AND archived_on IS NULL"
        " AND instr(char(10) || prerequisites || char(10), char(10) || ? || char(10)) ORDER BY position, seq",
        found.id,
    )
    cards = workspace.store.one("SELECT count(*) FROM card WHERE topic = ? AND deleted_at IS NULL", found.id)
    return TopicDetail(
        view=views[found.id],
        who=lines_of(row[0]),
        why=row[1],
        summary=row[2],
        prerequisites=tuple(_prerequisite(views[name]) for name in lines_of(row[3]) if name in views),
        leads_to=tuple(each[0] for each in leads_to),
        subtopics=lines_of(row[4]),
        resources=resource_list(workspace, found.id),
        first_step=row[5],
        project=row[6],
        questions=lines_of(row[7]),
        cards=cards[0] if cards else 0,
        reason=reason_for(workspace, found.id),
    )


def lines_of(text: str) -> tuple[str, ...]:
    """A list as it is stored, one entry a line."""
    return tuple(text.split("\n")) if text else ()


def _prerequisite(view: TopicView) -> Prerequisite:
    return Prerequisite(
        id=view.id,
        title=view.title,
        met=is_known(view.seconds, view.done),
        said=f"{view.done} of {view.resources} done",
    )


def _views(workspace: Workspace) -> list[TopicView]:
    store, today = workspace.store, workspace.today
    totals = read_totals(store)
    states = read_resource_states(store)
    rows = store.all(
        "SELECT id, title, aliases, theme, origin, followed_on, archived_on, prerequisites FROM topic"
        " WHERE deleted_at IS NULL ORDER BY min(position) OVER (PARTITION BY theme), position, seq"
    )
    plain = [_view(row, totals, states, today) for row in rows]
    known = {view.id: view for view in plain}
    return [_with_needs(view, lines_of(row[7]), known) for view, row in zip(plain, rows, strict=True)]


def _view(
    row: tuple[Any, ...],
    totals: Mapping[str, tuple[int, date]],
    states: Mapping[str, list[tuple[str, float]]],
    today: date,
) -> TopicView:
    seconds, last = totals.get(row[0], (0, None))
    resources = states.get(row[0], [])
    # A topic that is followed waits from the day on which that began.
    since = last or (date.fromisoformat(row[5]) if row[5] else None)
    return TopicView(
        id=row[0],
        title=row[1],
        aliases=lines_of(row[2]),
        theme=row[3],
        own=row[4] == "own",
        seconds=seconds,
        last_day=last,
        followed=row[5] is not None,
        archived=row[6] is not None,
        resources=len(resources),
        done=sum(state == "done" for state, _ in resources),
        doing=sum(state == "doing" for state, _ in resources),
        progress=sum(share for _, share in resources) / len(resources) if resources else 0.0,
        neglected=row[6] is None and since is not None and today - since > timedelta(days=NEGLECTED_DAYS),
        easier_after="",
        easier_now=False,
    )


def _with_needs(view: TopicView, needs: tuple[str, ...], known: Mapping[str, TopicView]) -> TopicView:
    before = [known[name] for name in needs if name in known]
    missing = next((each for each in before if not is_known(each.seconds, each.done)), None)
    begun = view.seconds > 0 or view.done > 0 or view.doing > 0
    return view.replace(
        easier_after="" if missing is None or view.followed or begun else missing.title,
        easier_now=bool(before) and missing is None and not begun,
    )
