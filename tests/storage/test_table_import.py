"""A table of sessions: read as if each were typed, all or none, and the same file twice adds nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from learnhabit.errors import LearnhabitError
from learnhabit.exchange.archive_file import ArchiveImporter
from learnhabit.exchange.importer import Importer, Sheet
from learnhabit.exchange.table_file import TableImporter
from learnhabit.services import editing
from learnhabit.services.log import NO_FILTER, log_page
from learnhabit.services.table_import import import_sheet, import_table
from learnhabit.services.transferring import Brought
from learnhabit.services.undoing import undo
from learnhabit.services.workspace import Workspace
from tests.storage.support import assert_sound, at, file_of, rows

TABLE = """\
date,start,duration,topic,note,tags
2026-11-02,09:00,45m,rag,"chunking, section 4","a, deep work"
2026-11-03,00:30,1h30,Deep Learning,,#b #c
2026-11-04,,0:45:30,Deep Learning,"two
lines",
2026-11-04,,0:45:30,deep learning,"two
lines",
"""


def bring(workspace: Workspace, text: str, **options: object) -> Brought:
    return import_sheet(workspace, TableImporter().read(text.encode()), **options)  # type: ignore[arg-type]


def refused(workspace: Workspace, text: str, **options: object) -> LearnhabitError:
    with pytest.raises(LearnhabitError) as caught:
        bring(workspace, text, **options)
    return caught.value


def test_each_row_is_one_session_as_if_it_were_typed(home: Path) -> None:
    with at(home) as workspace:
        brought = bring(workspace, TABLE, create_topics=True)
        assert brought.added == {"session": 4, "topic": 1, "tag": 4}
        found = log_page(workspace, NO_FILTER, None, older=True, limit=10).sessions
    assert [(each.topic, each.seconds, f"{each.study_day}", each.note, each.tags) for each in reversed(found)] == [
        ("retrieval-augmented-generation", 2700, "2026-11-02", "chunking, section 4", ("a", "deep work")),
        # Half past midnight still belongs to the day before.
        ("deep-learning", 5400, "2026-11-02", "", ("b", "c")),
        ("deep-learning", 2730, "2026-11-04", "two\nlines", ()),
        ("deep-learning", 2730, "2026-11-04", "two\nlines", ()),
    ]
    assert_sound(home)


def test_the_same_file_twice_adds_nothing_and_what_was_changed_here_stays(home: Path) -> None:
    with at(home) as workspace:
        bring(workspace, TABLE, create_topics=True)
        first = workspace.store.all("SELECT id FROM session ORDER BY seq")
        editing.edit(workspace, first[0][0], note="mine", topic="lora")
        editing.delete(workspace, first[1][0])
        before = file_of(home).read_bytes()
        again = bring(workspace, TABLE, create_topics=True)
        assert again.totals == {"added": 0, "changed": 0, "unchanged": 3, "skipped": 1}
        assert again.skipped == (("session", "deleted here", 1),)
        more = bring(workspace, TABLE + "2026-11-05,,20m,rag,,\n", create_topics=True)
        assert more.added == {"session": 1}
    assert before != file_of(home).read_bytes()


def test_undo_takes_it_all_back_and_it_comes_again_with_other_topics(home: Path) -> None:
    empty = rows(home)
    with at(home) as workspace:
        bring(workspace, TABLE, create_topics=True)
        assert undo(workspace) == "imported 4 sessions, 1 topic and 4 tags"
        assert rows(home) == empty
        assert bring(workspace, TABLE, topic_map=["Deep Learning=lora"]).added == {"session": 4, "tag": 4}
        assert {row[0] for row in workspace.store.all("SELECT topic FROM session")} == {
            "retrieval-augmented-generation",
            "efficient-fine-tuning",
        }
        undo(workspace)
        # The topic that went with the first undo comes again, under its own id.
        assert bring(workspace, TABLE, create_topics=True).added["topic"] == 1
        assert workspace.store.one("SELECT count(*) FROM topic WHERE id LIKE 'deep-learning%'") == (1,)
    assert_sound(home)


def test_unknown_topics_are_listed_all_at_once(home: Path) -> None:
    with at(home) as workspace:
        error = refused(workspace, TABLE + "2026-11-05,,20m,Cooking,,\n")
        assert error.title == "2 topics are unknown: “Deep Learning”, “Cooking”"
        # Only whole names count: the beginning of one would often be wrong.
        assert "“ra”" in refused(workspace, "date,duration,topic\n2026-11-05,20m,ra\n").title
    assert rows(home)["session"] == []


def test_lines_that_can_t_be_read_are_named_and_nothing_is_imported(home: Path) -> None:
    text = "date,start,duration,topic\n2026-11-02,,45m,rag\n1/2/2026,,45m,rag\n2026-11-02,25:00,45m,rag\n"
    text += "2026-11-02,,1.5,rag\n2027-01-01,,10m,rag\n2026-11-23,20:00,3h,rag\n2026-11-02,,5m,\n"
    with at(home) as workspace:
        error = refused(workspace, text)
    assert error.title == "6 lines of the table can't be read"
    assert error.hint.startswith("line 3: “1/2/2026” may mean two days (")
    assert "line 5: “1.5” has no unit (" in error.hint and error.hint.endswith("; and 1 more. Nothing was imported")
    assert rows(home)["session"] == []


@pytest.mark.parametrize(
    "header",
    [
        "tags;note;topic;duration;start;date",
        "Tags\tNotes\tProject\tDuration\tStart time\tStart Date",
        "\ufefflabels, Description ,ACTIVITY, Length ,time,Day",
        '"tags","comment","subject","time_spent","begin","study-day"',
    ],
)
def test_columns_are_found_by_name_in_any_order(header: str) -> None:
    delimiter = next(each for each in ";\t," if each in header)
    text = f"{header}\n" + delimiter.join(("a", "n", "rag", "45m", "9:00", "2026-11-02")) + "\n\n"
    (row,) = sheet(text).rows
    assert row == (2, "2026-11-02", "9:00", "45m", "rag", "n", "a")


def test_importers_know_their_files() -> None:
    archive: Importer = ArchiveImporter()
    table: Importer = TableImporter()
    for path, head, wanted in (
        ("all.json", b'{"format": "learnhabit-export"', (True, False)),
        ("all", b'\xef\xbb\xbf  {"format": 1', (True, False)),
        ("study.csv", b"date", (False, True)),
        ("study.txt", b"date;topic\n1;2", (False, True)),
        ("notes.txt", b"hello", (False, False)),
    ):
        assert (archive.can_handle(path, head), table.can_handle(path, head)) == wanted, path


def sheet(text: str) -> Sheet:
    return TableImporter().read(text.encode())


@pytest.mark.parametrize(
    ("data", "title"),
    [
        (b"", "The table is empty"),
        (b"date,topic\n", "The table has no column duration"),
        (b"a,b\n1,2\n", "The table has no column date and no column duration and no column topic"),
        (b"date,day,duration,topic\n", "The table has two columns for the date"),
        (b'date,duration,topic\n2026-11-02,45m,"rag\n', "The table can't be read from line 2 on"),
        (b"date,duration,topic\n2026-11-02,45m,rag,x\n", "Line 2 of the table has more fields than the first row"),
        (b"date,duration,topic\n2026-11-02,45m," + b"x" * 200_000, "The table can't be read from line 2 on"),
        (b"date,duration,topic\n2026-11-02,45m," + b"x" * 100_001, "Line 2 of the table is too long"),
        ("date,duration,topic\n".encode("utf-16"), "The table is not UTF-8 text"),
        (b"date,duration,topic\n\0", "The table is no text"),
        (b"date,duration,topic\n", "The table has no sessions"),
    ],
)
def test_what_is_no_table_is_said(home: Path, data: bytes, title: str) -> None:
    file = home.parent / "table.csv"
    file.write_bytes(data)
    with at(home) as workspace, pytest.raises(LearnhabitError) as caught:
        import_table(workspace, str(file))
    assert caught.value.title == title
    assert rows(home)["session"] == []
