"""What there is to say of a session beyond what it holds."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from learnhabit.domain.session import Session
from learnhabit.services import cards, planning, resolving, resources, tracking
from learnhabit.services.log import NO_FILTER, log_page
from learnhabit.services.session_more import SessionMore, carded, session_more
from learnhabit.services.workspace import Workspace
from tests.tui.support import NOW, logged, with_data

PEFT = "peft-documentation"


def newest(workspace: Workspace) -> Session:
    return log_page(workspace, NO_FILTER, None, older=True, limit=1).sessions[0]


def more_of_newest(folder: Path) -> SessionMore:
    found: list[SessionMore] = []
    with_data(folder, lambda workspace: found.append(session_more(workspace, newest(workspace))))
    return found[0]


def test_of_a_plain_session_there_is_nothing(tmp_path: Path) -> None:
    logged(tmp_path, "45m rag")
    more = more_of_newest(tmp_path)
    assert (more.progress, more.finished, more.cards, more.due_on, more.resolutions) == (None, False, 0, None, ())


def test_how_far_its_resource_is(tmp_path: Path) -> None:
    logged(tmp_path, "45m fine-tuning", resource=PEFT)
    assert more_of_newest(tmp_path).progress is None
    with_data(tmp_path, lambda workspace: resources.set_progress(workspace, PEFT, "12 of 30 pages"))
    progress = more_of_newest(tmp_path).progress
    assert progress is not None
    assert (progress.done, progress.whole, progress.unit) == (12, 30, "pages")
    with_data(tmp_path, lambda workspace: resources.finish_resource(workspace, PEFT))
    assert more_of_newest(tmp_path).finished


def test_its_recall_card(tmp_path: Path) -> None:
    logged(tmp_path, "45m rag", takeaway="what was learnt")
    logged(tmp_path, "15m rag", NOW - timedelta(days=1))

    def deed(workspace: Workspace) -> None:
        session = newest(workspace)
        assert not carded(workspace, [session.id])
        card = cards.add_card(workspace, "rag", "What?", "That.", origin="takeaway", session=session.id)
        more = session_more(workspace, session)
        assert (more.cards, more.due_on) == (1, card.due_on)
        page = log_page(workspace, NO_FILTER, None, older=True, limit=10)
        assert carded(workspace, [each.id for each in page.sessions]) == {session.id}
        cards.suspend_card(workspace, card.id)
        more = session_more(workspace, session)
        assert (more.cards, more.due_on) == (1, None)
        cards.delete_card(workspace, card.id)
        assert session_more(workspace, session).cards == 0
        assert not carded(workspace, [session.id])
        assert carded(workspace, []) == frozenset()

    with_data(tmp_path, deed)


def test_what_it_counts_for(tmp_path: Path) -> None:
    lines = (
        "40 hours of fine-tuning by 31 Dec",
        "20 sessions on rag or multimodal by 31 Dec",
        "Study 5 days a week",
        "Finish 12 papers by 31 Dec",
        "Write 6 blog posts by 31 Dec",
    )

    def resolve(workspace: Workspace) -> None:
        for line in lines:
            resolving.add_resolution(workspace, line)

    def counted(*, let_go: bool = False) -> list[str]:
        found = more_of_newest(tmp_path).resolutions
        assert all((each.let_go_on is not None) == let_go for each in found)
        return [each.statement for each in found]

    with_data(tmp_path, resolve, NOW - timedelta(days=10))
    logged(tmp_path, "45m fine-tuning", NOW - timedelta(days=5))
    assert counted() == [lines[0], lines[2]]
    logged(tmp_path, "45m rag", NOW - timedelta(days=4))
    assert counted() == [lines[1], lines[2]]

    def let_go(workspace: Workspace) -> None:
        for each in more_of_newest(tmp_path).resolutions:
            resolving.let_go(workspace, each.id, "enough")

    with_data(tmp_path, let_go, NOW - timedelta(days=4))
    assert counted(let_go=True) == [lines[1], lines[2]], "up to the day on which they were let go"
    logged(tmp_path, "45m rag", NOW - timedelta(days=3))
    assert counted() == []


def test_one_that_recurs_counts_from_the_day_it_was_made(tmp_path: Path) -> None:
    logged(tmp_path, "45m rag")
    with_data(tmp_path, lambda workspace: resolving.add_resolution(workspace, "Study 5 days a week this year"))
    with_data(tmp_path, lambda workspace: resolving.add_resolution(workspace, "100 hours this year"))
    assert len(more_of_newest(tmp_path).resolutions) == 2
    with_data(tmp_path, lambda workspace: tracking.log(workspace, ["45m rag @yesterday"]))

    def deed(workspace: Workspace) -> None:
        older = log_page(workspace, NO_FILTER, None, older=True, limit=2).sessions[1]
        assert [each.per for each in session_more(workspace, older).resolutions] == [None]

    with_data(tmp_path, deed)


def test_no_look_up_reads_the_log(tmp_path: Path) -> None:
    """What it costs must not grow with the history: SQLite is asked how it goes about each statement."""
    logged(tmp_path, "45m fine-tuning", resource=PEFT)
    with_data(tmp_path, lambda workspace: planning.set_plan(workspace, goal="45m"))

    def deed(workspace: Workspace) -> None:
        session = newest(workspace)
        asked: list[str] = []
        workspace.store.connection.set_trace_callback(asked.append)
        session_more(workspace, session)
        carded(workspace, [session.id])
        workspace.store.connection.set_trace_callback(None)
        assert len(asked) >= 4
        for statement in asked:
            for row in workspace.store.connection.execute(f"EXPLAIN QUERY PLAN {statement}"):
                assert "session" not in row[3].split()[:2], (statement, row[3])
                assert not any(table in row[3] for table in ("day_total", "month_total")), (statement, row[3])

    with_data(tmp_path, deed)
