"""Full-text search: against a look at every row, and what becomes of the index when anything goes wrong with it."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnhabit.services import cards, editing, resources, topics, tracking
from learnhabit.services.searching import Hit, search
from learnhabit.services.undoing import redo, undo
from learnhabit.services.workspace import Workspace
from learnhabit.storage import schema_topics, store
from learnhabit.storage import search as index
from learnhabit.storage.store import SEARCH_FILE, UNDO_STEPS
from tests.storage.support import MONDAY, at, copy_home, file_of, raw, sizes, unprivileged

WORDS = (
    *("lora", "loreley", "Rank", "rÉsumé", "über", "quant-ised", "4-bit", "“quoted”", 'a"b', "NEAR", "x*y", "(or"),
    *("Straße", "STRASSE", "größer", "ﬁne", "fine", "λόγος", "İstanbul", "istanbul"),
)
_texts = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)
_steps = st.lists(
    st.tuples(
        st.sampled_from(["log", "log", "edit", "delete", "undo", "redo", "topic", "card", "search", "lose", "damage"]),
        _texts,
        st.integers(0, 9),
    ),
    max_size=25,
)


def folded(text: str) -> str:
    """As the index sees it: without case and accents, words of letters and digits."""
    import unicodedata

    plain = unicodedata.normalize("NFD", text.lower())
    plain = "".join(each for each in plain if not unicodedata.combining(each)).replace("ς", "σ")
    return " ".join("".join(each if each.isalnum() else " " for each in plain).split())


def by_hand(workspace: Workspace, query: str) -> set[tuple[str, str]]:
    """(kind, id) of every row that holds words beginning with each word of the query, in their order where one of the
    query's words is several to the index. A word with `ß` or a ligature has another spelling; all are written as in the
    query, or all in the other one."""
    found = set()
    spellings = [query.split(), query.casefold().split()]
    for kind, columns in schema_topics.SEARCHED.items():
        for row in workspace.store.all(f"SELECT id, {', '.join(columns)} FROM {kind} WHERE deleted_at IS NULL"):
            # Columns are apart: a phrase does not go from one into the next.
            texts = [f" {folded(text)} " for text in row[1:]]
            if kind == "topic":
                texts = [texts[0], f" {folded(row[2])} {folded(row[3])} "]
            if any(all(any(f" {folded(word)}" in text for text in texts) for word in words) for words in spellings):
                found.add((kind, row[0]))
    return found


def found(workspace: Workspace, query: str) -> set[tuple[str, str]]:
    return {(hit.kind, hit.id) for hit in search(workspace, query, limit=10_000)}


@sizes(short=50, campaign=1_500)
def test_search_finds_what_a_look_at_every_row_finds(swift_home: Path, scratch: Path, size: int) -> None:
    @settings(max_examples=size)
    @given(_steps)
    def check(steps: list[tuple[str, str, int]]) -> None:
        with tempfile.TemporaryDirectory(dir=scratch) as folder:
            _go(copy_home(swift_home, Path(folder, "home")), steps)

    check()


def _go(home: Path, steps: list[tuple[str, str, int]]) -> None:
    with at(home) as workspace:
        for deed, text, number in steps:
            _do(workspace, home, deed, text, number)
        for word in WORDS:
            if any(each.isalnum() for each in word):
                assert found(workspace, word) == by_hand(workspace, word), word
        for query in ("lora rank", "größer lora", "ﬁne straße"):
            assert found(workspace, query) == by_hand(workspace, query), query


def _do(workspace: Workspace, home: Path, deed: str, text: str, number: int) -> None:
    path = home / SEARCH_FILE
    ids = [row[0] for row in workspace.store.all("SELECT id FROM session WHERE deleted_at IS NULL ORDER BY seq")]
    if deed == "log":
        tracking.log(workspace, ["5m", "rag"], note=text, takeaway=text[::2])
    elif deed in ("edit", "delete") and ids:
        chosen = ids[number % len(ids)]
        if deed == "delete":
            editing.delete(workspace, chosen)
        else:
            editing.edit(workspace, chosen, note=f"{text} {number} {workspace.new_id()}")
    elif deed == "undo" and workspace.store.one("SELECT 1 FROM journal WHERE undone = 0"):
        undo(workspace)
    elif deed == "redo" and workspace.store.one("SELECT 1 FROM journal WHERE undone = 1"):
        redo(workspace)
    elif deed == "topic":
        topics.add_topic(workspace, f"{text} {workspace.new_id()}")
    elif deed == "card" and text.strip():
        cards.add_card(workspace, "rag", f"{text}?", text)
    elif deed == "search":
        search(workspace, "lora")
    elif deed == "lose" and path.exists():
        path.unlink()
    elif deed == "damage" and path.exists():
        content = bytearray(path.read_bytes())
        for place in range(number * 97, len(content), 1_009):
            content[place] ^= 0x55
        path.write_bytes(content)


def hits(home: Path, query: str) -> tuple[Hit, ...]:
    with at(home) as workspace:
        return search(workspace, query)


def test_what_is_searched_is_what_the_triggers_follow() -> None:
    assert store._SEARCHED_TEXT == schema_topics.SEARCHED
    assert set(index.KINDS) == set(schema_topics.SEARCHED)


def test_titles_count_more_and_the_newest_comes_first(home: Path) -> None:
    with at(home) as workspace:
        tracking.log(workspace, ["5m", "rag"], note="zebra in a note", takeaway="")
        tracking.log(workspace, ["5m", "rag"], note="zebra in a note", takeaway="")
        topics.add_topic(workspace, "Zebra")
        kinds = [hit.kind for hit in search(workspace, "zebra")]
        assert kinds == ["topic", "session", "session"]
        latest = workspace.store.one("SELECT id FROM session ORDER BY seq DESC LIMIT 1")
        assert latest is not None
        assert search(workspace, "zebra", kinds=("session",))[0].id == latest[0]
        assert len(search(workspace, "zebra", limit=1)) == 1


@pytest.mark.parametrize("word", ["漢字", "ภาษา", "日本語の", "字", "→", "%"])
def test_words_without_blanks_and_signs_are_found_anywhere(home: Path, word: str) -> None:
    with at(home) as workspace:
        tracking.log(workspace, ["5m", "rag"], note=f"before {word}after")
    assert [hit.kind for hit in hits(home, word)] == ["session"]


@pytest.mark.parametrize("word", ["한국", "привет", "γεια", "naïve"])
def test_words_of_other_scripts_are_found_by_their_beginning(home: Path, word: str) -> None:
    with at(home) as workspace:
        tracking.log(workspace, ["5m", "rag"], note=f"before {word}xyz")
    assert [hit.kind for hit in hits(home, word)] == ["session"]


@pytest.mark.parametrize("word", ["Straße", "größer", "ﬁne", "λόγος", "ΛΌΓΟΣ", "İstanbul", "ŉ", "Ǆ", "ẞ"])
@pytest.mark.parametrize("typed", ["as it is", "small"])
def test_words_that_fold_to_other_letters_are_found(home: Path, word: str, typed: str) -> None:
    with at(home) as workspace:
        tracking.log(workspace, ["5m", "rag"], note=f"before {word}xyz after")
        query = word if typed == "as it is" else word.lower()
        assert [hit.kind for hit in search(workspace, query, kinds=("session",))] == ["session"]
    assert (home / SEARCH_FILE).exists(), "no look at every row"


def test_a_word_as_it_is_written_comes_before_its_other_spelling(home: Path) -> None:
    with at(home) as workspace:
        for note in ("die Straße", "die Strasse", "die Strasse"):
            tracking.log(workspace, ["5m", "rag"], note=note)
        assert [hit.text for hit in search(workspace, "STRAßE")] == ["die Straße", "die Strasse", "die Strasse"]
        assert [hit.text for hit in search(workspace, "straße", limit=2)] == ["die Straße", "die Strasse"]
        assert [hit.text for hit in search(workspace, "straße", limit=1)] == ["die Straße"]


@pytest.mark.parametrize(
    "query", ["", "  ", '"', '" OR "', "NOT", "a AND", "{title}: x", "^", "-a", "a NEAR/2 b", "\x00\x1b"]
)
def test_no_query_is_taken_for_a_command(home: Path, query: str) -> None:
    hits(home, query)


def test_the_index_is_for_its_owner_only(home: Path) -> None:
    hits(home, "lora")
    mode = (home / SEARCH_FILE).stat().st_mode
    if os.name == "posix":
        assert stat.S_IMODE(mode) == 0o600
    assert sorted(path.name for path in home.iterdir() if path.name.startswith("search")) == [SEARCH_FILE]


def test_nothing_is_noted_before_the_first_search(home: Path) -> None:
    with at(home) as workspace:
        tracking.log(workspace, ["5m", "rag"], note="zebra")
    assert raw(home).execute("SELECT count(*) FROM search_queue").fetchone() == (0,)
    hits(home, "zebra")
    with at(home) as workspace:
        tracking.log(workspace, ["5m", "rag"], note="zebra")
        tracking.log(workspace, ["5m", "rag"])
    assert raw(home).execute("SELECT count(*) FROM search_queue").fetchone() == (1,)
    assert len(hits(home, "zebra")) == 2
    assert raw(home).execute("SELECT count(*) FROM search_queue").fetchone() == (0,)


def in_bytes(home: Path, word: str) -> bool:
    return any(word.encode() in path.read_bytes() for path in home.iterdir() if path.is_file())


@pytest.mark.parametrize("how", ["deleted", "edited", "undone", "card", "topic", "resource"])
def test_erased_text_is_in_no_file(home: Path, how: str) -> None:
    word = "xylophonist"
    with at(home) as workspace:
        if how == "card":
            cards.add_card(workspace, "rag", f"What is a {word}?", "Somebody who plays")
        elif how == "topic":
            topics.add_topic(workspace, f"About {word}")
        elif how == "resource":
            resources.add_resource(workspace, "rag", f"About {word}")
        else:
            tracking.log(workspace, ["5m", "rag"], note=f"a {word} plays")
        assert len(search(workspace, word)) == 1
    assert in_bytes(home, word)
    with at(home) as workspace:
        if how == "deleted":
            editing.delete(workspace, "last")
        elif how == "edited":
            editing.edit(workspace, "last", note="somebody plays")
        elif how == "card":
            cards.edit_card(workspace, "last", question="Who plays?")
        else:
            undo(workspace)
        assert search(workspace, word) == ()
        for number in range(UNDO_STEPS + 1):
            tracking.log(workspace, ["1m", "rag"], note=f"{number}")
    if how in ("topic", "resource"):
        # Their ids are made of the title, and stay.
        with at(home) as workspace:
            assert search(workspace, word) == ()
        return
    assert not in_bytes(home, word)
    assert hits(home, word) == ()


def test_text_that_stays_keeps_the_index(home: Path) -> None:
    with at(home) as workspace:
        tracking.log(workspace, ["5m", "rag"], note="zebra")
        search(workspace, "zebra")
        before = workspace.store.one("SELECT value FROM meta WHERE key = 'search'")
        for _ in range(UNDO_STEPS + 5):
            tracking.log(workspace, ["1m", "rag"])
        editing.edit(workspace, "last", tags=["paper"])
        assert workspace.store.one("SELECT value FROM meta WHERE key = 'search'") == before
    assert (home / SEARCH_FILE).exists()


def test_another_files_index_is_made_anew(home: Path, tmp_path: Path) -> None:
    """As after a restore of an older copy of the data file."""
    older = tmp_path / "older.db"
    with at(home) as workspace:
        tracking.log(workspace, ["5m", "rag"], note="zebra")
        search(workspace, "zebra")
        copy = sqlite3.connect(older)
        workspace.store.connection.backup(copy)
        copy.close()
        (home / SEARCH_FILE).unlink()
        search(workspace, "zebra")
        tracking.log(workspace, ["5m", "rag"], note="zebra two")
        search(workspace, "zebra")
    file_of(home).write_bytes(older.read_bytes())
    assert len(hits(home, "zebra")) == 1


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + bytes(4_000)])
def test_a_file_in_its_place_that_is_no_index(home: Path, content: bytes) -> None:
    with at(home) as workspace:
        tracking.log(workspace, ["5m", "rag"], note="zebra")
    hits(home, "zebra")
    (home / SEARCH_FILE).write_bytes(content)
    assert len(hits(home, "zebra")) == 1


def test_a_folder_that_cannot_be_written_is_searched_row_by_row(home: Path) -> None:
    with at(home) as workspace:
        tracking.log(workspace, ["5m", "rag"], note="zebra")
    file_of(home).chmod(0o400)
    home.chmod(0o500)
    script = (
        "from learnhabit.services.workspace import open_workspace\n"
        "from learnhabit.services.searching import search\n"
        f"with open_workspace({str(home)!r}) as workspace:\n"
        "    print(len(search(workspace, 'zebra')))"
    )
    try:
        answer = subprocess.run(
            [*unprivileged(), sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60
        )
    finally:
        home.chmod(0o700)
    assert (answer.stdout, answer.stderr) == ("1\n", "")
    assert not (home / SEARCH_FILE).exists()


def test_several_processes_search_and_write_at_once(home: Path) -> None:
    script = (
        "import sys\n"
        "from learnhabit.services.workspace import open_workspace\n"
        "from learnhabit.services.searching import search\n"
        "from learnhabit.services import tracking\n"
        "for number in range(12):\n"
        "    with open_workspace(sys.argv[1]) as workspace:\n"
        "        tracking.log(workspace, ['1m', 'rag'], note=f'zebra{sys.argv[2]}x{number}')\n"
        "        assert search(workspace, f'zebra{sys.argv[2]}x{number}'), number\n"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(home), str(number)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for number in range(4)
    ]
    for each in running:
        output, _ = each.communicate(timeout=120)
        assert each.returncode == 0, output
    with at(home, MONDAY) as workspace:
        assert len(search(workspace, "zebra", limit=1_000)) == 48
    assert sorted(path.name for path in home.iterdir() if path.name.startswith("search")) == [SEARCH_FILE]
