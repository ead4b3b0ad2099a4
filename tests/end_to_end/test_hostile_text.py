"""Text that would drive a terminal, a markup parser or a database: shown as text everywhere, kept as it was written."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.end_to_end.program import Answer, Program

HOSTILE = {
    "closing tag": "[/]",
    "action": "[@click=app.quit]x[/]",
    "brackets": "learn [Python] and [bold]more",
    "osc 52": "before \x1b]52;c;ZWNobyBoaQ==\x07 after",
    "osc 8": "\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\",
    "osc 0": "\x1b]0;title\x07x",
    "csi": "\x1b[2J\x1b[31mred\x1b[0m\x1b[?1049h",
    "c1": "\x9b31mred\x9d52;c;eA==\x9c \x90dcs\x85next",
    "bidi": "abc\u202edef\u202c \u2066x\u2069 \u200e\u200f\u061c!",
    "invisible": "a\u200bb\ufeffc\U000e0041\U000e007fd",
    "controls": "abc\x08\x08\x7f\x0c\x0b\x01\x1f!",
    "line ends": "one\ntwo\r\nthree\rfour\tfive\u2028six\u2029seven",
    "emoji": "👩\u200d👩\u200d👧\u200d👦 🏳\ufe0f\u200d🌈 👍🏽 ❤\ufe0f",
    "cjk": "検索拡張生成 한국어 ｗｉｄｅ",
    "combining": "Z\u0351\u036b\u0343\u036a\u0302\u0334\u0319A\u0334\u0335\u031c e\u0301",
    "formats": "%s %(x)d {0} {timer} $HOME `id` \\x1b \\u001b",
    "sql": "'; DROP TABLE session; -- \" % _",
    "json": '{"error": null, "a": ["\\n"]}',
    "options": "--json",
    "long": "Überlänge " * 1000,
}
UNSTORED = {"nul": "a\x00b", "lone surrogate": "a\udcffb", "both": "\ud83d\x00x\udc80"}

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f\ud800-\udfff]"
)


def assert_shown_as_text(answer: Answer) -> None:
    """Nothing that data holds reaches a terminal's ears; the program adds no escape of its own."""
    for page in (answer.out, answer.err):
        assert not FORBIDDEN.search(page), page
        assert "wrong in the program" not in page and "Traceback" not in page, page
    assert answer.code in (0, 1, 2)


def as_kept(text: str) -> str:
    """A text as it is stored: line ends are one kind; what can't be stored is left out."""
    return re.sub("[\x00\ud800-\udfff]", "", text).replace("\r\n", "\n").replace("\r", "\n")


def as_name(text: str) -> str:
    """A title or a tag: on one line."""
    return " ".join(as_kept(text).split())


def shown(text: str) -> str:
    return " ".join(FORBIDDEN.sub("", as_kept(text)).split())


class Walk:
    """A program whose every answer is checked for what it may not hold."""

    def __init__(self, program: Program) -> None:
        self.program = program

    def __call__(self, *arguments: str) -> Answer:
        answer = self.program(*arguments)
        assert_shown_as_text(answer)
        return answer

    def both(self, *arguments: str) -> Answer:
        """A command that changes nothing, for people and for programs; the latter's answer."""
        self(*arguments)
        answer = self(arguments[0], "--json", *arguments[1:])
        assert answer.json is not None
        return answer


@pytest.mark.parametrize("name", [*HOSTILE, *UNSTORED])
def test_in_every_text_that_a_person_writes(program: Program, name: str) -> None:
    text = HOSTILE.get(name) or UNSTORED[name]
    walk = Walk(program)
    topic = "retrieval-augmented-generation"
    added = walk("topic", "add", "--json", "--", text)
    if len(as_name(text)) > 200:
        assert added.code == 2
    else:
        assert added.code == 0
        assert added.json["title"] == as_name(text)
        topic = added.json["id"]
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", topic)
    walk.both("topics")
    walk.both("topics", "--", text)

    logged = walk(*("log", "45m", topic, "--note", text, "--takeaway", text, "--tag", text, "--at", "18:00"), "--json")
    assert logged.code == 0
    assert bool(logged.stderr) == (name in UNSTORED), "a warning says what was left out"
    session = logged.json
    assert (session["note"], session["takeaway"]) == (as_kept(text), as_kept(text))
    assert session["tags"] == [as_name(text)]
    assert walk.both("sessions").json == [session]
    listed = walk("sessions").out
    assert shown(text) in listed
    assert len(listed.splitlines()) == 2, "a line end in a note is no new line"
    found = walk.both("sessions", "--search", text).json
    assert found == [session]
    walk.both("sessions", "--tag", text)

    for arguments in (
        ["edit", "last", "--note", text + "!", "--takeaway", text, "--tag", text + "x"],
        ["move", "last", "yesterday"],
        ["split", "last", "18:20"],
        ["undo"],
        ["delete", "last"],
        ["undo"],
        ["redo"],
        ["undo"],
        ["time-off", "2026-12-24", "--why", text],
        ["undo"],
        ["start", topic, "--note", text, "--tag", text],
        ["switch", topic, "--note", text],
        ["pause"],
        ["resume"],
        ["cancel"],
        ["undo"],
        ["resume"],
        ["stop", "--takeaway", text],
        ["undo"],
        ["redo"],
    ):
        assert walk(*arguments).code == 0, arguments
        walk.both("status")
        walk.both("status", "--format", "{timer} {timer[topic]}")
        walk.both("sessions")
        walk.both("time-off", "list")
        if "--why" in arguments:
            assert len(walk("time-off", "list").out.splitlines()) == 1
    assert program.sessions()[0]["takeaway"] == as_kept(text)


@pytest.mark.parametrize("name", [name for name in (*HOSTILE, *UNSTORED) if name != "options"])
def test_in_words_that_are_not_understood(program: Program, name: str) -> None:
    """Wherever a word can be wrong it comes back in a message, and there as text too."""
    text = HOSTILE.get(name) or UNSTORED[name]
    program.ok("log", "45m", "rag", "--at", "18:00")
    before = program.file()
    for arguments in (
        [text],
        [text, "log"],
        [f"--{text}"],
        ["log", text],
        ["log", "45m", text],
        ["log", text, "rag"],
        ["log", "45m", "rag", f"--{text}"],
        ["log", "45m", "rag", "--at", text],
        ["log", "45m", "rag", "--resource", text],
        ["start", text],
        ["start", "rag", "--at", text],
        ["switch", text],
        ["stop", text],
        ["stop", "--trim", text],
        ["edit", text, "--note", "x"],
        ["edit", "last", "--topic", text],
        ["edit", "last", "--duration", text],
        ["edit", "last", "--at", text],
        ["move", "last", text],
        ["move", text, "today"],
        ["split", "last", text],
        ["split", text, "18:10"],
        ["merge", text, text],
        ["delete", text],
        ["undo", text],
        ["sessions", "--from", text],
        ["sessions", "--to", text],
        ["sessions", "--topic", text],
        ["sessions", "--limit", text],
        ["cadence", text],
        ["cadence", "--minimum", text],
        ["time-off", text],
        ["time-off", "today", text],
        ["time-off", "remove", text],
        ["settings", text],
        ["settings", text, text],
        ["settings", "day_start", text],
        ["settings", "clock", text],
        ["topic", text],
    ):
        answer = program(*arguments)
        assert_shown_as_text(answer)
        assert answer.code in (1, 2), arguments
        assert answer.stdout == b"", arguments
        assert answer.err.startswith("learnhabit: ") and answer.err.count("\n") == 1, arguments
        machine = program(arguments[0], "--json", *arguments[1:])
        assert_shown_as_text(machine)
        assert machine.json["error"].keys() == {"title", "hint"}
    program("status", "--format", text)
    assert program.file() == before


@pytest.mark.parametrize("name", ["osc 52", "bidi", "nul", "lone surrogate", "long"])
def test_in_the_name_of_the_folder(program: Program, tmp_path: Path, name: str) -> None:
    text = HOSTILE.get(name) or UNSTORED[name]
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    for folder in (str(blocked / text[:100]), str(tmp_path / text)):
        answer = program("--data-dir", folder, "status")
        assert_shown_as_text(answer)
        assert_shown_as_text(program("status", "--data-dir", folder, "--json"))


@pytest.mark.parametrize("text", list(UNSTORED.values()), ids=list(UNSTORED))
def test_what_cannot_be_stored_is_removed_with_a_warning(program: Program, text: str) -> None:
    for arguments in (
        ["log", f"5m rag {text} #t{text}"],
        ["log", "5m", "rag", text],
        ["log", "5m", f"r{UNSTORED['nul'][1]}ag"],
        ["edit", "last", "--note", text],
        ["topic", "add", text],
        ["time-off", "today", "--why", text],
        ["start", "rag", "--note", text],
        ["stop", "--takeaway", text],
    ):
        answer = program.ok(*arguments)
        assert_shown_as_text(answer)
        assert answer.err.count("\n") >= 1 and answer.err.startswith("learnhabit: "), arguments


@pytest.mark.parametrize("raw", [b"caf\xe9", b"\xff\xfe", b"\xed\xa0\x80", b"ok \xf0\x28"])
def test_bytes_that_are_no_utf_8(program: Program, raw: bytes) -> None:
    """As a shell hands them on: they become lone surrogates, and those are left out with a warning."""
    assert any("\ud800" <= each <= "\udfff" for each in os.fsdecode(raw))
    answer = program.spawn("log", "5m", "rag", "--note", raw, "--tag", raw, "--takeaway", raw, "--json")
    assert_shown_as_text(answer)
    assert answer.code == 0 and answer.stderr
    assert answer.json["note"] == as_kept(os.fsdecode(raw))
    for arguments in ([raw], ["log", raw, "rag"], ["log", "5m", raw], ["edit", raw], ["status", b"--" + raw]):
        wrong = program.spawn(*arguments)
        assert_shown_as_text(wrong)
        assert wrong.code == 2, (arguments, wrong)
        assert wrong.err.startswith("learnhabit: ")


def test_a_home_whose_name_is_no_utf_8(program: Program, tmp_path: Path) -> None:
    folder = os.fsdecode(os.fsencode(tmp_path) + b"/h\xe9\x1b[31m")
    answer = program.spawn("log", "5m", "rag", environment={"LEARNHABIT_HOME": folder})
    assert_shown_as_text(answer)
    assert answer.code in (0, 1)


def test_json_escapes_what_a_terminal_would_obey_and_nothing_else(program: Program) -> None:
    text = "é 漢 👍🏽 \u200d \x1b[31m \x9b \u202e \u200b \U000e0041"
    raw = program.ok("log", "5m", "rag", "--note", text, "--json").out
    for escaped in (r"\u001b[31m", r"\u009b", r"\u202e", r"\u200b", r"\udb40\udc41"):
        assert escaped in raw
    for plain in ("é", "漢", "👍🏽", "\u200d"):
        assert plain in raw


def test_a_topic_is_found_by_its_hostile_title(program: Program) -> None:
    for text in ("[/]", "[@click=app.quit]x[/]", "検索", "%s", "'; DROP"):
        topic = program.json("topic", "add", text)["id"]
        assert program.json("log", "5m", text)["topic"] == topic
        assert [each["topic"] for each in program.json("sessions", "--topic", text)] == [topic]


def test_a_title_that_nobody_could_see_is_refused(program: Program) -> None:
    for title in ("\u200b", "\u202e\ufeff", "\x1b\x07"):
        program.refused(2, "topic", "add", title)


def test_a_search_for_a_whole_page(program: Program) -> None:
    program.ok("log", "5m", "rag", "--note", "word " * 1000)
    assert len(program.json("sessions", "--search", "word " * 1000)) == 1
    answer = program("sessions", "--search", " ".join(f"word{number}" for number in range(1000)))
    assert_shown_as_text(answer)
    assert answer.code in (0, 2), answer
