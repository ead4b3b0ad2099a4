"""Recall cards on the command line: shapes, grades, the limit, a sitting in a terminal, the export."""

from __future__ import annotations

import csv
import html
import os
import sys
from pathlib import Path

import pexpect
import pytest

from tests.end_to_end.program import Program

RAG = "retrieval-augmented-generation"
LATER = "2026-11-25T20:40:00+01:00"


def test_a_card_from_beginning_to_end(program: Program) -> None:
    made = program.json("recall", "add", "rag", "What trades off?", "Context and precision.")
    assert {**made, "id": ""} == {
        "id": "",
        "topic": RAG,
        "question": "What trades off?",
        "answer": "Context and precision.",
        "due": "2026-11-23",
        "state": "new",
    }
    assert program.json("recall", "list") == [made]
    assert program.json("recall", "edit", "last", "--answer", "Both.", "--topic", "lora")["answer"] == "Both."
    graded = program.json("recall", "review", made["id"][-6:], "good")
    assert (graded["due"], graded["state"], graded["next"], graded["session"]) == (
        "2026-11-25",
        "review",
        "2 days",
        None,
    )
    program.ok("undo")
    assert program.json("recall", "list")[0]["due"] == "2026-11-23"
    assert program.json("recall", "review", "last", "1")["state"] == "learning"
    assert program.json("recall", "suspend", "last")["state"] == "suspended"
    program.refused(1, "recall", "suspend", "last")
    program.refused(1, "recall", "review", "last", "good")
    assert program.json("recall", "list", "--due") == []
    assert program.json("recall", "resume", "last")["state"] == "learning"
    program.refused(1, "recall", "resume", "last")
    assert program.json("recall", "delete", "last")["id"] == made["id"]
    assert program.json("recall") == []
    program.ok("undo")
    assert len(program.json("recall", "list", "lora")) == 1


def test_the_questions_of_a_topic(program: Program) -> None:
    made = program.json("recall", "add", "rag", "--questions")
    assert [(card["answer"], card["state"]) for card in made] == [("", "new")] * 3
    program.refused(1, "recall", "add", "rag", "--questions")
    program.refused(2, "recall", "review", "last", "good")
    assert program.json("recall", "review", "last", "good", "--answer", "Because.")["answer"] == "Because."
    program.ok("undo")
    assert program.json("recall", "list") == made
    program.ok("undo")
    assert program.json("recall", "list") == []


def test_the_daily_limit(program: Program) -> None:
    program.ok("settings", "recall_limit", "2")
    for number in range(3):
        program.ok("recall", "add", "rag", f"Question {number}?", "Answer.")
    assert len(program.json("recall", "list", "--due")) == 2
    cards = [card["id"] for card in program.json("recall", "list")]
    program.ok("recall", "review", cards[0], "good")
    program.ok("recall", "review", cards[1], "again")
    program.refused(1, "recall", "review", cards[2], "good")
    assert program.json("recall", "list", "--due") == []
    # What was forgotten comes back after ten minutes all the same.
    soon = program.at("2026-11-23T20:51:00+01:00")
    assert [card["id"] for card in soon.json("recall", "list", "--due")] == [cards[1]]
    soon.ok("recall", "review", cards[1], "good")
    assert len(program.at(LATER).json("recall", "list", "--due")) == 2


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (2, ("recall", "paint")),
        (2, ("recall", "add", "rag", "Question?")),
        (2, ("recall", "add", "rag", "", "Answer")),
        (2, ("recall", "add", "rag", "Question?", " ")),
        (2, ("recall", "add", "nowhere", "Question?", "Answer")),
        (2, ("recall", "add", "rag", "Q", "A", "--questions")),
        (2, ("recall", "add", "rag", "x" * 4001, "A")),
        (2, ("recall", "list", "nowhere")),
        (2, ("recall", "review", "abcdef", "good")),
        (1, ("recall", "review", "last", "good")),
        (2, ("recall", "review", "last")),
        (1, ("recall", "review")),
        (1, ("recall", "edit", "last", "--answer", "x")),
        (2, ("recall", "suspend", "xyz")),
        (2, ("recall", "export", "a", "b")),
        (1, ("recall", "export", "/nowhere/cards.tsv")),
    ],
)
def test_refused(program: Program, code: int, words: tuple[str, ...]) -> None:
    program.refused(code, *words)
    program.refused(1, "undo")


@pytest.mark.parametrize("grade", ["0", "5", "fine", ""])
def test_no_grade(program: Program, grade: str) -> None:
    program.ok("recall", "add", "rag", "Question?", "Answer.")
    program.refused(2, "recall", "review", "last", grade)
    assert program.json("recall", "list")[0]["state"] == "new"


def test_stopping_makes_a_card_and_notes_progress(program: Program) -> None:
    program.ok("start", "lora", "--resource", "peft-documentation")
    later = program.at("2026-11-23T21:10:00+01:00")
    # All or nothing: what can't be noted keeps the timer running.
    later.refused(2, "stop", "--takeaway", "Less is more.", "--progress", "lots")
    later.refused(2, "stop", "--card")
    assert later.json("status")["timer"] is not None
    assert later.json("recall", "list") == []
    session = later.json("stop", "--takeaway", "Less is more.", "--progress", "25%", "--card", "What is more?")
    assert session["takeaway"] == "Less is more."
    (card,) = later.json("recall", "list")
    assert (card["question"], card["answer"], card["due"]) == ("What is more?", "Less is more.", "2026-11-24")
    assert later.json("resource", "show", "peft-documentation")["progress"] == 0.25
    later.ok("undo")
    assert later.json("recall", "list") == []
    assert later.json("resource", "show", "peft-documentation")["progress"] == 0
    assert later.json("status")["timer"]["paused"] is True


def test_progress_needs_a_resource(program: Program) -> None:
    program.ok("start", "rag")
    later = program.at("2026-11-23T21:10:00+01:00")
    later.refused(1, "stop", "--progress", "25%")
    later.ok("stop", "--takeaway", "Chunks overlap.", "--card")
    assert later.json("recall", "list")[0]["question"] == (
        "What did you take away from Retrieval-augmented generation on Mon 23 Nov?"
    )


def test_the_export_is_what_anki_imports(program: Program, tmp_path: Path) -> None:
    cards = {"=1+1": "line one\nline two", 'a < b & "c"': "\ttab", "@x": "-y", "#z": "+w"}
    for question, answer in cards.items():
        program.ok("recall", "add", "rag", question, answer)
    file = tmp_path / "cards.tsv"
    program.ok("recall", "export", str(file))
    program.refused(1, "recall", "export", str(file))
    lines = file.read_text().splitlines()
    assert lines[:3] == ["#separator:tab", "#html:true", "#tags column:3"]
    rows = list(csv.reader(lines[3:], delimiter="\t", quoting=csv.QUOTE_NONE))
    assert all(len(row) == 3 and row[2] == RAG for row in rows)
    assert not any(cell[:1] in ("=", "+", "-", "@", "#") for row in rows for cell in row)
    read = {html.unescape(row[0]): html.unescape(row[1]).replace("<br>", "\n") for row in rows}
    assert read == {question: answer.strip() for question, answer in cards.items()}
    assert program.ok("recall", "export").out.splitlines() == lines


def test_a_sitting_in_a_terminal(program: Program) -> None:
    program.ok("recall", "add", "rag", "What trades off?", "Context and precision.")
    program.ok("recall", "add", "rag", "--questions")
    running = Program(program.home, now="")
    child = pexpect.spawn(
        sys.executable,
        ["-m", "learnhabit", "recall", "review"],
        env={**os.environ, **running.environment(TERM="dumb")},
        encoding="utf-8",
        timeout=20,
    )
    child.expect("What trades off")
    child.expect("shows the answer: ")
    child.sendline("both")
    child.expect("Context and precision")
    child.expect(r"\[3\]: ")
    child.sendline("seven")
    child.expect("is no grade")
    child.sendline("")
    child.expect("comes back in 2 days")
    child.expect("Write the answer: ")
    child.sendline("It is read at the time of the answer.")
    child.expect(r"\[3\]: ")
    child.sendline("4")
    child.expect("comes back in 8 days")
    child.expect("Write the answer: ")
    child.sendeof()
    child.expect("2 cards recalled")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    (session,) = [each for each in running.json("sessions") if "recall" in each["tags"]]
    assert (session["topic"], session["note"]) == (RAG, "Recall, 2 cards")
