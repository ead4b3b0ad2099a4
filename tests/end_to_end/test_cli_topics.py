"""Topics, resources, the next step, advice and sharing on the command line: shapes, refusals, undo."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.end_to_end.program import Program

RAG, TUNING, MULTIMODAL = "retrieval-augmented-generation", "efficient-fine-tuning", "multimodal-models"
EDGE = "edge-ai"
LORA = "lora-low-rank-adaptation-of-large"
TOPIC = {
    *("id", "title", "theme", "who", "why", "summary", "followed", "prerequisites", "subtopics", "resources"),
    *("first_step", "project", "questions", "seconds"),
}
RESOURCE = {"id", "title", "kind", "state", "minutes", "progress", "finished_on", "url"}
HOSTILE = "[red]x[/] \x1b]0;t\x07 \u202egpj =1+1"


def test_a_topic_in_full(program: Program) -> None:
    program.ok("log", "45m", "fine-tuning", "--at", "yesterday 9:00")
    topic = program.json("topic", "show", TUNING)
    assert topic.keys() >= TOPIC
    assert topic == program.json("topic", "show", "lora")
    assert (topic["id"], topic["followed"], topic["seconds"]) == (TUNING, False, 2700)
    assert topic["prerequisites"] == ["small-efficient-models"]
    assert len(topic["questions"]) == 3
    assert len(topic["resources"]) == 9
    assert all(each.keys() >= RESOURCE for each in topic["resources"])
    assert {(each["state"], each["progress"], each["finished_on"]) for each in topic["resources"]} == {
        ("to do", 0, None)
    }
    text = program.ok("topic", "show", TUNING).out
    assert "Easier after Small, fast and adaptive models, 0 of 9 done" in text
    assert topic["resources"][-1]["id"] in text


@pytest.mark.parametrize(
    ("there", "back", "field"), [("follow", "unfollow", "followed"), ("archive", "restore", "archived")]
)
def test_following_and_archiving(program: Program, there: str, back: str, field: str) -> None:
    program.refused(1, "topic", back, "rag")
    assert program.json("topic", there, "rag")[field] is True
    program.refused(1, "topic", there, "rag")
    program.ok("undo")
    assert program.json("topic", "show", "rag")[field] is False
    program.ok("redo")
    assert program.json("topic", back, "rag")[field] is False


def test_an_archived_topic_is_not_suggested_and_keeps_its_log(program: Program) -> None:
    first = program.json("next")[0]["topic"]
    program.ok("topic", "archive", first)
    assert first not in [step["topic"] for step in program.json("next")]
    program.ok("log", "20m", first)
    assert program.json("topic", "show", first)["seconds"] == 1200


def test_a_topic_of_ones_own(program: Program) -> None:
    made = program.json("topic", "add", "Rust for ML", "--alias", "Rust", "--alias", "ferris", "--theme", "Languages")
    assert (made["id"], made["aliases"], made["theme"], made["resources"]) == (
        "rust-for-ml",
        ["rust", "ferris"],
        "Languages",
        [],
    )
    assert program.json("log", "20m", "ferris")["topic"] == "rust-for-ml"
    changed = program.json(
        *("topic", "edit", "rust", "--title", "Rust", "--why", "It is fast.", "--first-step", "Print a line."),
        *("--needs", "rag", "--needs", "lora", "--subtopic", "traits", "--question", "What is a borrow?"),
    )
    assert (changed["id"], changed["title"], changed["why"]) == ("rust-for-ml", "Rust", "It is fast.")
    assert changed["prerequisites"] == [RAG, TUNING]
    assert (changed["first_step"], changed["subtopics"]) == ("Print a line.", ["traits"])
    assert changed["questions"] == ["What is a borrow?"]
    program.ok("undo")
    assert program.json("topic", "show", "rust")["title"] == "Rust for ML"
    assert program.json("topic", "edit", "ferris", "--alias", "")["aliases"] == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (2, ("topic", "show", "nowhere")),
        (2, ("topic", "show", "models")),
        (2, ("topic", "paint", "rag")),
        (2, ("topic", "follow")),
        (1, ("topic", "add", "multimodal models")),
        (1, ("topic", "add", "New", "--alias", "rag")),
        (1, ("topic", "add", "New", "--alias", "vector-search")),
        (1, ("topic", "add", "Multimodal-Models")),
        (2, ("topic", "add", "x" * 201)),
        (1, ("topic", "edit", "rag")),
        (1, ("topic", "edit", "rag", "--title", "Retrieval-augmented generation")),
        (1, ("topic", "edit", "rag", "--title", "Multimodal models")),
        (2, ("topic", "edit", "rag", "--title", "  ")),
        (2, ("topic", "edit", "rag", "--needs", "rag")),
        (2, ("topic", "edit", "rag", "--needs", "nowhere")),
        (2, ("topic", "edit", "rag", "--why", "x" * 2001)),
        (2, ("resource", "list", "nowhere")),
        (2, ("resource", "show", "nothing like it")),
        (2, ("resource", "show", "retrieval-augmented")),
        (2, ("resource", "add", "rag")),
        (2, ("resource", "add", "rag", " ")),
        (2, ("resource", "add", "rag", "x" * 301)),
        (2, ("resource", "add", "nowhere", "A survey")),
        (2, ("resource", "add", "rag", "A survey", "--url", "javascript:alert(1)")),
        (2, ("resource", "add", "rag", "A survey", "--url", "ftp://a.b/c")),
        (2, ("resource", "add", "rag", "A survey", "--kind", "song")),
        (2, ("resource", "add", "rag", "A survey", "--minutes", "0")),
        (2, ("resource", "add", "rag", "A survey", "--minutes", "soon")),
        (1, ("resource", "add", "lora", "peft documentation")),
        (1, ("resource", "edit", LORA)),
        (2, ("resource", "edit", LORA, "--url", "file:///etc/passwd")),
        (2, ("resource", "progress", LORA)),
        (2, ("resource", "progress", LORA, "half")),
        (2, ("resource", "progress", LORA, "101%")),
        (2, ("resource", "progress", LORA, "12 pages")),
        (1, ("resource", "done", LORA, "--on", "tomorrow")),
        (2, ("resource", "done", LORA, "--on", "someday")),
        (1, ("resource", "reopen", LORA)),
        (2, ("resource", "move", LORA, "sideways")),
        (2, ("resource", "move", LORA, "²")),
        (2, ("resource", "move", LORA, "+-3")),
        (2, ("resource", "move", LORA, "0")),
        (1, ("resource", "move", "peft-documentation", "up")),
        (2, ("next", "--dismiss", "nowhere")),
        (2, ("advice", "--hide", "nothing")),
        (2, ("share", "everything")),
        (1, ("share", "takeaway")),
        (1, ("share", "week", "--output", "/nowhere/week.txt")),
        (2, ("share", "week", "--output", " ")),
    ],
)
def test_refused_with_one_line_and_nothing_changed(program: Program, code: int, words: tuple[str, ...]) -> None:
    before = program.json("resource", "list"), program.json("topics")
    program.refused(code, *words)
    assert (program.json("resource", "list"), program.json("topics")) == before
    program.refused(1, "undo")


def test_a_topic_of_ones_own_may_say_everything_at_once(program: Program) -> None:
    made = program.json(
        *("topic", "add", "Zig", "--summary", "A language.", "--why", "It is small.", "--first-step", "Print it."),
        *("--project", "A parser.", "--needs", "rag", "--subtopic", "comptime", "--question", "What is comptime?"),
    )
    assert (made["summary"], made["why"], made["first_step"]) == ("A language.", "It is small.", "Print it.")
    assert (made["project"], made["prerequisites"]) == ("A parser.", [RAG])
    assert (made["subtopics"], made["questions"]) == (["comptime"], ["What is comptime?"])


def test_topics_of_one_theme_stand_together(program: Program) -> None:
    program.ok("topic", "add", "Alpha")
    program.ok("topic", "add", "Beta", "--theme", "Work")
    program.ok("topic", "add", "Gamma")
    themes = [topic["theme"] for topic in program.json("topics")]
    assert themes[-3:] == ["My topics", "My topics", "Work"]


def test_a_resource_goes_last_in_another_topic(program: Program) -> None:
    program.ok("resource", "move", LORA, "DOWN")
    program.ok("resource", "edit", LORA, "--topic", "rag")
    assert program.json("resource", "list", "rag")[-1]["id"] == LORA


def test_what_is_begun_is_at_least_1_percent_and_at_most_99(program: Program) -> None:
    program.ok("resource", "add", "rag", "A long book", "--kind", "book")
    program.ok("resource", "progress", "a-long-book", "2 of 500 pages")
    assert program.json("next")[0]["reason"] == "You are 1 % through a book on it"
    assert ": 99 %" in program.ok("resource", "progress", "a-long-book", "499 of 500 pages").out


def test_a_resource_of_ones_own(program: Program) -> None:
    made = program.json(
        *("resource", "add", "rag", "My survey", "--url", "https://a.org/x", "--kind", "book", "--minutes", "20h"),
        *("--authors", "Somebody"),
    )
    assert made == {
        "id": "my-survey",
        "title": "My survey",
        "topic": RAG,
        "kind": "book",
        "state": "to do",
        "minutes": 1200,
        "progress": 0.0,
        "finished_on": None,
        "url": "https://a.org/x",
    }
    assert program.json("resource", "list", "rag")[-1] == made
    assert program.json("resource", "edit", "my survey", "--minutes", "", "--kind", "paper")["minutes"] is None
    assert program.json("resource", "move", "my-survey", "-20")[0]["id"] == "my-survey"
    assert program.json("resource", "list", "rag")[0]["id"] == "my-survey"
    assert program.json("resource", "edit", "my-survey", "--topic", "lora")["topic"] == TUNING
    for _ in range(4):
        program.ok("undo")
    assert len(program.json("resource", "list", "rag")) == 9


def test_progress_finishing_and_reopening(program: Program) -> None:
    read = program.json("resource", "progress", "lora-low", "30 min")
    assert (read["state"], read["progress"]) == ("doing", 0.4)
    assert program.json("resource", "progress", LORA, "60")["progress"] == 0.8
    done = program.json("resource", "progress", LORA, "75 of 75 min")
    assert (done["state"], done["progress"], done["finished_on"]) == ("done", 1, "2026-11-23")
    program.refused(1, "resource", "progress", LORA, "10%")
    program.refused(1, "resource", "done", LORA)
    again = program.json("resource", "reopen", LORA)
    assert (again["state"], again["progress"], again["finished_on"]) == ("to do", 0, None)
    assert program.json("resource", "done", LORA, "--on", "2026-11-01")["finished_on"] == "2026-11-01"
    program.ok("undo")
    program.ok("undo")
    assert program.json("resource", "show", LORA)["state"] == "done"


def test_a_session_makes_a_resource_begun(program: Program) -> None:
    program.ok("log", "20m", "lora", "--resource", LORA)
    assert program.json("resource", "show", LORA)["state"] == "doing"
    step = program.json("next")[0]
    assert (step["topic"], step["resource"]) == (TUNING, LORA)
    assert step["reason"] == "You have begun a paper on it, last touched today"
    program.ok("undo")
    assert program.json("resource", "show", LORA)["state"] == "to do"


def test_the_next_steps(program: Program) -> None:
    steps = program.json("next")
    assert [list(step) for step in steps] == [["topic", "reason", "resource", "first_step"]] * 3
    assert steps == program.json("next")
    for topic in ("rag", "multimodal", "lora"):
        program.ok("topic", "follow", topic)
    assert {step["topic"] for step in program.json("next")} == {RAG, MULTIMODAL, TUNING}
    left = program.json("next", "--dismiss", "rag")
    assert RAG not in {step["topic"] for step in left}
    assert left == program.json("next")
    program.refused(1, "next", "--dismiss", "rag")
    assert program.at("2026-11-24T20:40:00+01:00").json("next")[0]["topic"] == RAG
    program.ok("undo")
    assert program.json("next")[0]["topic"] == RAG
    assert "1  Retrieval-augmented generation" in program.ok("next").out


def test_another_topic_today_does_not_bring_back_a_fourth_day(program: Program) -> None:
    for words in ("80 hours of rag by 31 dec", "80 hours of edge-ai by 31 dec"):
        program.ok("resolve", words)
    later = program.at("2026-11-28T20:40:00+01:00")
    for day in ("wed", "thu", "fri"):
        later.ok("log", "5m", "rag", "--at", f"{day} 9:00")
    assert later.json("next")[0]["topic"] == EDGE
    later.ok("log", "4h", "edge-ai", "--at", "10:00")
    assert [step["topic"] for step in later.json("next")[:2]] == [EDGE, RAG]


def test_what_builds_on_a_topic_put_aside_still_says_so(program: Program) -> None:
    program.ok("topic", "add", "Zig", "--needs", "edge-ai")
    program.ok("topic", "archive", "edge-ai")
    shown = program.ok("topic", "show", "zig").out
    assert "Now          New to you; easier after " in shown
    assert "Easier after " in shown


def test_a_topic_of_which_something_is_read_is_not_new(program: Program) -> None:
    program.ok("resource", "done", LORA)
    assert "Now          You have finished one resource of it\n" in program.ok("topic", "show", "lora").out
    program.ok("topic", "follow", "lora")
    first = program.json("next")[0]
    assert (first["topic"], first["reason"]) == (TUNING, "You have finished one resource of it, and follow it")
    assert "first step" not in program.json("advice")["text"].lower()


def test_advice_stays_for_the_day_and_can_be_hidden(program: Program) -> None:
    first = program.json("advice")
    assert list(first) == ["id", "moment", "text", "source", "topic"]
    assert first["moment"] == "start"
    assert first == program.json("advice")
    assert "take the first step in" in first["text"].lower()
    second = program.json("advice", "--hide", first["id"])
    assert second["id"] != first["id"]
    program.refused(1, "advice", "--hide", first["id"])
    program.ok("undo")
    shown = {first["id"], second["id"]}
    for day in range(24, 30):
        later = program.at(f"2026-11-{day}T20:40:00+01:00").json("advice")
        assert later["id"] not in shown - {first["id"]}
        shown.add(later["id"])
    program.ok("settings", "cue", "after my morning coffee")
    assert "After your morning coffee, " in program.json("advice")["text"]


def test_sharing(program: Program, tmp_path: Path) -> None:
    assert program.json("share")["text"].endswith("Nothing studied yet.\n")
    program.ok("log", "45m", "rag", HOSTILE, "--takeaway", f"One {HOSTILE}")
    program.ok("settings", "partner", "Mia")
    text = program.ok("share", "takeaway").out
    assert text.startswith("Hi Mia,\n")
    assert not {"\x1b", "\x07", "\u202e"} & set(text)
    assert "[red]x[/]" in text
    file = tmp_path / "week.txt"
    assert program.json("share", "week", "--output", str(file)) == {"file": str(file)}
    assert "45 min on 1 day" in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    program.refused(1, "share", "week", "--output", str(file))


def test_hostile_words_are_words(program: Program) -> None:
    topic = program.json("topic", "add", HOSTILE)
    resource = program.json("resource", "add", topic["id"], HOSTILE, "--authors", HOSTILE)
    assert program.json("topic", "edit", topic["id"], "--question", HOSTILE)["questions"] == [HOSTILE]
    for words in (
        ("topic", "show", topic["id"]),
        ("resource", "list"),
        ("resource", "show", resource["id"]),
        ("topics",),
        ("next",),
        ("topic", "archive", topic["id"]),
    ):
        assert not {"\x1b", "\x07", "\u202e"} & set(program.ok(*words).out)
