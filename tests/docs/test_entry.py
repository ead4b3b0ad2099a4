"""The grammar's examples, read by the parser that the program uses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest

from learnhabit.clock import FrozenClock
from learnhabit.domain.day_words import read_day, read_when
from learnhabit.domain.duration import format_duration, parse_duration
from learnhabit.domain.quick_entry import parse_arguments, parse_line
from learnhabit.domain.topic import match_topic
from learnhabit.errors import LearnhabitError, UsageError
from learnhabit.services.log import read_filter
from learnhabit.services.workspace import Workspace, open_workspace
from tests.docs.pages import DOCS, examples

PAGE = DOCS / "reference" / "entry.md"
NOW = datetime.fromisoformat("2026-03-05T00:30:00+01:00")
REFUSED = "refused"

Row = dict[str, str]


def rows(name: str) -> pytest.MarkDecorator:
    found = examples(PAGE, name)
    return pytest.mark.parametrize("row", found, ids=[" | ".join(row.values()) for row in found])


def typed(cell: str) -> str:
    assert cell.startswith("`") and cell.endswith("`"), cell
    return cell[1:-1]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with open_workspace(str(tmp_path_factory.mktemp("home")), FrozenClock(NOW)) as opened:
        yield opened


@rows("line")
def test_line(workspace: Workspace, row: Row) -> None:
    entry = parse_line(typed(row["line"]), workspace.names)
    assert format_duration(entry.seconds) == row["duration"]
    assert entry.topic.id == row["topic"]
    assert entry.note == row["note"]
    assert (entry.when or "") == row["when"]
    assert " ".join(entry.tags) == row["tags"]


def test_an_argument_with_a_blank_is_note(workspace: Workspace) -> None:
    entry = parse_arguments(["45m", "rag", "see @21:00"], workspace.names)
    assert (entry.note, entry.when) == ("see @21:00", None)


@rows("duration")
def test_duration(row: Row) -> None:
    text = typed(row["you write"])
    if row["is read as"] == REFUSED:
        with pytest.raises(UsageError):
            parse_duration(text)
    else:
        assert format_duration(parse_duration(text)) == row["is read as"]


@rows("topic")
def test_topic(workspace: Workspace, row: Row) -> None:
    text = typed(row["you write"])
    if row["topic"] == REFUSED:
        with pytest.raises(UsageError):
            match_topic(text, workspace.names)
    else:
        assert match_topic(text, workspace.names).id == row["topic"]


@rows("when")
def test_when(workspace: Workspace, row: Row) -> None:
    text = typed(row["you write"])
    if row["start"] == REFUSED:
        with pytest.raises(LearnhabitError):
            read_when(text, workspace.calendar)
        return
    wall = workspace.clock.local(read_when(text, workspace.calendar).started_at)
    assert f"{wall:%a %Y-%m-%d %H:%M}" == row["start"]
    assert f"{workspace.study_day_of(wall):%a %Y-%m-%d}" == row["study day"]


@rows("day")
def test_day(workspace: Workspace, row: Row) -> None:
    for lean, column in (("past", "elsewhere"), ("near", "in `time-off`")):
        text = typed(row["you write"])
        if row[column] == REFUSED:
            with pytest.raises(UsageError):
                read_day(text, workspace.calendar, lean=lean)
        else:
            assert f"{read_day(text, workspace.calendar, lean=lean):%a %Y-%m-%d}" == row[column]


@rows("filter")
def test_filter(workspace: Workspace, row: Row) -> None:
    def shown(day: date | None) -> str:
        return day.isoformat() if day else ""

    only = read_filter(workspace, typed(row["you write"]))
    found = (" ".join(only.words), " ".join(only.tags), " ".join(only.topics), shown(only.from_day), shown(only.to_day))
    assert found == (row["words"], row["tags"], row["topics"], row["from"], row["to"])
