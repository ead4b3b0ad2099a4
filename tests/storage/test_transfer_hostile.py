"""Damaged, truncated and hostile files: a clear message each, or a good import; never a traceback, nothing changed."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from learnhabit.errors import LearnhabitError
from learnhabit.exchange.archive_file import ArchiveImporter
from learnhabit.services.habit import habit
from learnhabit.services.recall import grade_card
from learnhabit.services.table_import import import_table
from learnhabit.services.transferring import export, import_file
from learnhabit.services.undoing import undo
from learnhabit.services.workspace import Workspace
from tests.end_to_end.program import Program
from tests.storage.living import live
from tests.storage.support import assert_sound, at, copy_home, file_of, sizes
from tests.storage.test_transfer import ANSWERS, pieces

DEEDS = (
    *(
        "log",
        "log more",
        "resolve",
        "target",
        "check in",
        "topic",
        "follow",
        "rename",
        "resource",
        "progress",
        "finish",
    ),
    *("card", "grade", "grade", "remind", "remind later", "time off", "cadence", "goal", "setting", "review"),
    *("answer", "not now", "hide", "offer", "start"),
)
LATER = "2026-12-30T20:40:00+01:00"
TABLE = """\
Date,Start,Duration,Topic,Note,Tags
2026-11-02,09:00,45m,rag,"chunking, section 4","a, deep work"
2026-11-03,,1h30,lora,"two
lines",#b
2026-11-04,21:15,0:25,rag,,
"""
STRANGE: tuple[Any, ...] = (
    *(None, True, -1, 0, 1, 2**31, 2**53, 2**63, 2**70, 1.5, 1e308, "", " ", "x", "\0", "\ud800", "a\nb", "=1+1"),
    *("\u202e\x1b[31m", "x" * 5000, "2026-02-30", "9999-12-31", "0001-01-01", "-1", "1e999", "nan", [], {}, [[1]]),
    *("javascript:alert(1)", "file:///etc/passwd", "../../x", "'; DROP TABLE session; --", "2026-11-20", 86400, "12"),
)


@pytest.fixture(scope="module")
def lived(made_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export of somebody who has used every part of the program."""
    folder = tmp_path_factory.mktemp("lived")
    home = copy_home(made_home, folder / "home")
    live(home, [(deed, number, 60) for number in range(3) for deed in DEEDS])
    with at(home, LATER) as workspace:
        export(workspace, str(folder / "export.json"), force=False)
    return folder / "export.json"


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A file as a bad disk, a careless hand or an enemy may leave it."""
    kind = chance.randrange(8)
    if kind == 0:
        return data[: chance.randrange(len(data))]
    if kind == 1:
        changed = bytearray(data)
        for _ in range(chance.randrange(1, 4)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        return bytes(changed)
    if kind == 2:
        place = chance.randrange(len(data))
        return data[:place] + data[place + chance.randrange(1, 200) :]
    # The others are JSON still, without a checksum that would tell.
    document = json.loads(data)
    del document["sha256"]
    tables = document["tables"]
    name = chance.choice([name for name, rows in tables.items() if rows])
    rows = tables[name]
    row = chance.choice(rows)
    column = chance.choice(list(row))
    if kind == 3:
        del row[column]
    elif kind == 4:
        rows.append(dict(row))
    elif kind == 5:
        other = chance.choice([each for each in tables.values() if each])
        row[column] = chance.choice(list(chance.choice(other).values()))
    elif kind == 6:
        document[chance.choice(list(document))] = chance.choice(STRANGE)
    else:
        row[column] = chance.choice(STRANGE)
        row["updated_at"] = row.get("updated_at", 0)
    return json.dumps(document).encode()


@sizes(short=140, campaign=7_000)
def test_a_mutated_export_is_refused_or_good(swift_home: Path, scratch: Path, lived: Path, size: int) -> None:
    attack(swift_home, scratch, lived.read_bytes(), size, "json")


@sizes(short=60, campaign=3_000)
def test_a_mutated_table_is_refused_or_good(swift_home: Path, scratch: Path, size: int) -> None:
    attack(swift_home, scratch, TABLE.encode(), size, "csv")


def attack(home: Path, scratch: Path, data: bytes, size: int, kind: str) -> None:
    chance = random.Random(size)
    good = bad = 0
    with at(home, LATER) as workspace:
        seen = rows_of(workspace)
        for number in range(size):
            file = scratch / f"{number}.{kind}"
            hostile = mutated(data, chance) if kind == "json" else mutated_table(data, chance)
            file.write_bytes(hostile)
            said: LearnhabitError | None = None
            try:
                if kind == "json":
                    import_file(workspace, str(file))
                else:
                    import_table(workspace, str(file), create_topics=chance.random() < 0.5)
            except LearnhabitError as error:
                bad += 1
                said = error
                refused = rows_of(workspace) == seen
            else:
                refused = True
                good += 1
                # What was taken is good for every command, whatever it is.
                habit(workspace)
                if good % 5 == 1:
                    use(home)
                if workspace.store.one("SELECT 1 FROM journal WHERE undone = 0"):
                    undo(workspace)
                seen = rows_of(workspace)
            file.unlink()
            assert refused, hostile
            assert said is None or (said.hint and said.title and "\n" not in said.title), said
    assert good > size // 20 and bad > size // 3, (good, bad)
    assert_sound(home)


def use(home: Path) -> None:
    program = Program(home, now=LATER)
    for words in (
        *ANSWERS,
        ("today",),
        ("resource", "list"),
        ("next",),
        ("settings",),
        ("review",),
        ("time-off", "list"),
    ):
        answer = program(*words)
        assert answer.code == 0, (words, answer)


def rows_of(workspace: Workspace) -> list[object]:
    """All that a person would miss, quickly read."""
    tables = ("session", "tag", "topic", "resource", "resolution", "resolution_aim", "card", "card_review", "reminder")
    return [
        workspace.store.all(f"SELECT * FROM {table} ORDER BY id")
        for table in (*tables, "setting", "cadence", "journal")
    ]


def mutated_table(data: bytes, chance: random.Random) -> bytes:
    kind = chance.randrange(6)
    if kind == 0:
        return data[: chance.randrange(len(data))]
    if kind == 1:
        place = chance.randrange(len(data))
        return data[:place] + bytes([chance.choice(b'"\x00\xff,;\t\n\r0')]) + data[place + chance.randrange(2) :]
    if kind == 2:
        return data.decode().encode(chance.choice(["utf-16", "utf-32", "utf-8-sig", "cp037"]))
    lines = data.decode().split("\n")
    if kind == 3:
        lines.insert(chance.randrange(len(lines)), ",".join(str(chance.choice(STRANGE)) for _ in range(6)))
    elif kind == 4:
        lines[chance.randrange(len(lines))] = lines[chance.randrange(len(lines))]
    else:
        fields = lines[1].split(",")
        fields[chance.randrange(len(fields))] = str(chance.choice(STRANGE))
        lines[1] = ",".join(fields)
    return "\n".join(lines).encode("utf-8", "surrogatepass")


SMALL = {"a": 1}
HOSTILE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "This is no export of learnhabit"),
    "no JSON": (b"hello", "This is no export of learnhabit"),
    "a list": (b"[]", "This is no export of learnhabit"),
    "another object": (b'{"a": 1}', "This is no export of learnhabit"),
    "a summary": (b'{"year": 2026, "share": "full", "months": []}', "This is a summary, not an export"),
    "nested": (b'{"format": ' + b"[" * 100_000, "The export is damaged"),
    "NaN": (b'{"format": NaN}', "The export is damaged"),
    "Infinity": (b'{"format": -Infinity}', "The export is damaged"),
    "too large a fraction": (b'{"format": 1e999}', "The export is damaged"),
    "a huge number": (b'{"format": ' + b"9" * 100_000 + b"}", "The export is damaged"),
    "a key twice": (b'{"format": 1, "format": 2}', "The export is damaged"),
    "UTF-16": ('{"format": 1}'.encode("utf-16"), "This is no export of learnhabit"),
    "Latin-1": (b'{"format": "\xe9"}', "The file is not UTF-8 text"),
    "no version": (b'{"format": "learnhabit-export"}', "The export is damaged"),
    "no tables": (b'{"format": "learnhabit-export", "version": 1, "schema": 5}', "The export is damaged"),
    "a table that is none": (pieces({}).replace(b'"tables": {', b'"tables": {"x": 1'), "The export is damaged"),
    "an unknown table": (pieces({"journal": [{"id": "x"}]}), "The export is damaged"),
    "rows that are none": (pieces({"session": [1]}), "The export is damaged"),  # type: ignore[list-item]
    "an unknown column": (pieces({"session": [SMALL]}), "Session 1 of the file has the unknown column “a”"),
    "a missing column": (pieces({"session": [{}]}), "Session 1 of the file has no id"),
    "another checksum": (pieces({}).replace(b'256": "', b'256": "0'), "The export does not match its checksum"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_export_is_said(home: Path, tmp_path: Path, name: str) -> None:
    data, title = HOSTILE[name]
    file = tmp_path / "file.json"
    file.write_bytes(data)
    before = file_of(home).read_bytes()
    with at(home) as workspace, pytest.raises(LearnhabitError) as caught:
        import_file(workspace, str(file))
    assert caught.value.title == title
    assert caught.value.hint
    assert file_of(home).read_bytes() == before


def test_an_export_with_a_byte_order_mark_or_laid_out_anew_is_taken(home: Path, lived: Path) -> None:
    document = json.loads(lived.read_bytes())
    data = b"\xef\xbb\xbf" + json.dumps(document, indent=2).encode()
    assert ArchiveImporter().can_handle("x", data[:100])
    assert ArchiveImporter().read(data).tables == document["tables"]


@pytest.mark.parametrize(
    ("table", "column", "value", "said"),
    [
        ("session", "seconds", 0, "Session 1 of the file can't be stored"),
        ("session", "seconds", "900", "Session 1 of the file has a seconds that is not a whole number"),
        ("session", "note", "a\0b", "Session 1 of the file has a note with characters that can't be stored"),
        ("session", "pauses", "1-", "Session 1 of the file has pauses that are none"),
        ("session", "zone", "a b", "Session 1 of the file has a zone that is none"),
        ("session", "study_day", "2020-01-01", "Session 1 of the file counts for a day on which it was not studied"),
        ("session", "id", "x", "Session 1 of the file has an id that is none"),
        ("tag", "name", "other", "Tag 1 of the file has an id that does not follow from its session and name"),
        ("reminder", "rule", "sometimes", "Reminder 1 of the file has a rule or a time that is none"),
        ("setting", "value", "soon", "Setting 1 of the file gives "),
        ("card", "stability", -1.0, "Recall card 1 of the file"),
        ("resolution", "scope", "a b", "Resolution 1 of the file has a scope that names no topic or resource"),
        ("resolution_aim", "period_end", "2001-01-01", "Target 1 of the file ends before its resolution begins"),
    ],
)
def test_a_row_that_this_program_never_writes_is_named(
    home: Path, lived: Path, table: str, column: str, value: object, said: str
) -> None:
    document = json.loads(lived.read_bytes())
    document["tables"][table][0][column] = value
    with at(home, LATER) as workspace, pytest.raises(LearnhabitError) as caught:
        import_file(workspace, written(home, pieces(document["tables"])))
    assert caught.value.title.startswith(said)
    assert caught.value.hint.endswith("nothing was imported")


@pytest.mark.parametrize(
    ("phase", "step", "good"),
    [
        *(("learning", 0, True), ("learning", None, False), ("learning", 1, False), ("learning", -1, False)),
        *(("relearning", 0, True), ("relearning", None, False), ("relearning", 1, False)),
        *(("review", None, True), ("review", 0, False), ("forgotten", None, False), ("new", 0, False)),
    ],
)
def test_every_card_that_comes_can_be_graded(home: Path, lived: Path, phase: str, step: int | None, good: bool) -> None:
    tables = json.loads(lived.read_bytes())["tables"]
    card = next(row for row in tables["card"] if row["phase"] == "review")
    card |= {"phase": phase, "step": step}
    file = written(home, pieces({"card": [card]}))
    with at(home, LATER) as workspace:
        if good:
            import_file(workspace, file)
            grade_card(workspace, card["id"], 3, answer="So")
        else:
            with pytest.raises(LearnhabitError, match="Recall card 1 of the file"):
                import_file(workspace, file)


def test_a_link_that_is_none_is_refused(home: Path, lived: Path) -> None:
    document = json.loads(lived.read_bytes())
    own = next(row for row in document["tables"]["resource"] if row["origin"] == "own")
    own["url"] = "javascript:alert(1)"
    with at(home, LATER) as workspace, pytest.raises(LearnhabitError, match="has a link that does not begin with"):
        import_file(workspace, written(home, pieces(document["tables"])))


def written(home: Path, data: bytes) -> str:
    file = home.parent / "changed.json"
    file.write_bytes(data)
    return str(file)
