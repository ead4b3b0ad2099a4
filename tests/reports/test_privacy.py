"""Nothing private leaves below the level that names it, in any format, metadata included."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime
from pathlib import Path

import pypdf
import pytest

from learnhabit.clock import FrozenClock
from learnhabit.reports.card import card_svg
from learnhabit.services import (
    cards,
    looking_back,
    planning,
    resolving,
    resources,
    reviewing,
    topics,
    tracking,
)
from learnhabit.services.editing import star
from learnhabit.services.resolutions import made_resolutions
from learnhabit.services.settings import set_setting
from learnhabit.services.summary import summary, year_period
from learnhabit.services.summary_files import FORMATS, make, share
from learnhabit.services.workspace import Workspace, open_workspace

NOW = datetime.fromisoformat("2026-12-20T21:00:00+13:45")
MARK = "CANARY"
"""Begins every planted word; what is not printable as it is (a study day, an hour) is planted as a number."""
PRIVATE = (
    "note", "takeaway", "tag", "resource", "author", "cue", "why", "review", "worked", "didnot", "changed", "same",
    "question", "answer", "timeoff", "partner", "habitcue",
)  # fmt: skip


def word(name: str) -> str:
    return f"{MARK}{name}x"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("canary") / "home"
    with open_workspace(str(folder), FrozenClock(NOW)) as workspace:
        _plant(workspace)
    return folder


def _plant(workspace: Workspace) -> None:
    topics.add_topic(workspace, word("topic"))
    resource = resources.add_resource(workspace, "rag", word("resource"), kind="paper", authors=word("author"))
    made = tracking.log(
        workspace,
        ["47m", word("topic")],
        at="2026-06-17 13:37",
        note=word("note"),
        takeaway=word("takeaway"),
        tags=[word("tag")],
    )
    tracking.log(workspace, ["70m", "rag"], at="2026-06-18 13:37", resource=resource.id)
    star(workspace, made.session.id)
    resources.set_progress(workspace, resource.id, "100%")
    for name in ("shown", "hidden"):
        resolving.add_resolution(workspace, f"write {word(name)} by 31 Dec", word("cue"))
    resolving.let_go(workspace, "last", word("why"))
    reviewing.write_review(workspace, "2026-06-15", word("review"))
    cards.add_card(workspace, "rag", word("question"), word("answer"))
    planning.add_time_off(workspace, "2026-08-03", "2026-08-09", word("timeoff"))
    set_setting(workspace, "partner", word("partner"))
    set_setting(workspace, "cue", word("habitcue"))
    looking_back.look_back(
        workspace,
        2026,
        {"worked": word("worked"), "did-not": word("didnot"), "changed": word("changed"), "same": word("same")},
        {},
    )


def output(home: Path, kind: str, level: str, *, approve: bool = True) -> str:
    """All that a file holds, as text."""
    with open_workspace(str(home), FrozenClock(NOW)) as workspace:
        shown = frozenset(each.id for each in made_resolutions(workspace) if word("shown") in each.statement)
        found = share(summary(workspace, year_period(workspace, 2026)), level, shown if approve else frozenset())
        made = make(workspace, found, kind)
    if kind == "csv":
        return "\n".join([*made.tables, *made.tables.values()])
    if kind == "png":
        # What the picture is drawn from, and whatever else stands in the file.
        return card_svg(found) + made.data.decode("latin-1")
    if kind == "pdf":
        read = pypdf.PdfReader(io.BytesIO(made.data))
        said = "\n".join(page.extract_text() for page in read.pages)
        streams = [
            value.get_data().decode("latin-1")
            for number in range(len(read.xref_objStm) + 2000)
            if (value := _stream(read, number)) is not None
        ]
        return "\n".join((said, str(read.metadata), *streams))
    return made.data.decode()


def _stream(read: pypdf.PdfReader, number: int) -> pypdf.generic.StreamObject | None:
    try:
        found = read.get_object(number)
    except Exception:  # Most numbers name nothing.
        return None
    return found if isinstance(found, pypdf.generic.StreamObject) and "/FontFile" not in str(found) else None


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("level", ["public", "friends"])
def test_no_private_word_leaves(home: Path, kind: str, level: str) -> None:
    text = output(home, kind, level)
    for name in (*PRIVATE, "hidden"):
        assert word(name).casefold() not in text.casefold(), name
    # Where and when: the zone, a study day, the hour of the clock.
    for private in ("+13:45", "2026-06-17", "17 June", "13:37", "17 Jun"):
        assert private not in text or kind == "pdf", private
    if level == "public":
        for name in ("topic", "shown"):
            assert word(name).casefold() not in text.casefold(), name


@pytest.mark.parametrize("kind", [kind for kind in FORMATS if kind != "png"])
def test_the_words_are_there_to_be_found(home: Path, kind: str) -> None:
    # Without this the test above could not fail.
    text = output(home, kind, "full").replace("\n", " ")
    wanted = ["takeaway", "worked", "didnot", "changed", "same", "shown", "hidden", "topic", "resource"]
    if kind == "csv":
        wanted += ["note", "tag", "review"]
    for name in wanted:
        assert word(name) in text, name


def test_friends_see_what_was_approved_and_the_topics(home: Path) -> None:
    for kind in ("html", "md", "json"):
        text = output(home, kind, "friends")
        assert word("shown") in text and word("topic") in text
        assert word("shown") not in output(home, kind, "friends", approve=False)
    assert word("topic").casefold() in output(home, "png", "friends").casefold()


def test_a_level_below_full_holds_no_summary(home: Path) -> None:
    with open_workspace(str(home), FrozenClock(NOW)) as workspace:
        found = summary(workspace, year_period(workspace, 2026))
    for level in ("public", "friends"):
        assert share(found, level, frozenset()).full is None
    assert "sessions" not in json.loads(output(home, "json", "public"))


def test_an_archive_says_nothing_about_when_it_was_made(home: Path) -> None:
    from learnhabit.services.summary_files import zipped

    with open_workspace(str(home), FrozenClock(NOW)) as workspace:
        found = share(summary(workspace, year_period(workspace, 2026)), "public", frozenset())
        data = zipped(make(workspace, found, "csv"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.filename for entry in archive.infolist()} == {"totals.csv", "months.csv", "weeks.csv"}


def test_a_picture_holds_pixels_only(home: Path) -> None:
    with open_workspace(str(home), FrozenClock(NOW)) as workspace:
        data = make(workspace, share(summary(workspace, year_period(workspace, 2026)), "full", frozenset()), "png").data
    at, chunks = 8, []
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        chunks.append(data[at + 4 : at + 8])
        at += 12 + length
    assert set(chunks) <= {b"IHDR", b"PLTE", b"tRNS", b"pHYs", b"sRGB", b"IDAT", b"IEND"}
