"""Resolutions, finished resources and reviews on the command line: shapes, refusals, and what moves the numbers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.end_to_end.program import Program

FIELDS = [
    *("id", "statement", "measure", "kind", "scope", "period_start", "period_end", "made_on", "per", "target"),
    *("first_target", "progress", "planned", "delta", "safe_days", "needed_per_week", "usual_per_week"),
    *("projected_from", "projected_to", "state"),
]
PER_FIELDS = ["period_progress", "period_target"]
RAG = "retrieval-augmented-generation"
LORA = "lora-low-rank-adaptation-of-large"
JANUARY = "2026-01-01T12:00:00+01:00"
JULY = "2026-07-01T12:00:00+02:00"


def only(program: Program) -> dict[str, Any]:
    """The one resolution there is."""
    (found,) = program.json("resolution", "list")
    assert isinstance(found, dict)
    return found


def test_resolve_prints_what_list_prints(program: Program) -> None:
    made = program.json("resolve", "40 hours of rag by 31 Dec")
    assert list(made) == FIELDS
    assert program.json("resolution", "list") == [made]
    assert {name: made[name] for name in FIELDS if name not in ("id", "needed_per_week")} == {
        "statement": "40 hours of rag by 31 Dec",
        "measure": "hours",
        "kind": None,
        "scope": [RAG],
        "period_start": "2026-11-23",
        "period_end": "2026-12-31",
        "made_on": "2026-11-23",
        "per": None,
        "target": 40,
        "first_target": 40,
        "progress": 0,
        "planned": 0,
        "delta": 0,
        "safe_days": 0,
        "usual_per_week": None,
        "projected_from": None,
        "projected_to": None,
        "state": "on pace",
    }
    assert made["needed_per_week"] == pytest.approx(40 / (39 / 7))


def test_one_that_recurs_has_its_running_period(program: Program) -> None:
    program.ok("log", "45m", "rag")
    made = program.json("resolve", "2 h a week of rag")
    assert list(made) == [*FIELDS, *PER_FIELDS]
    assert (made["per"], made["target"], made["period_progress"], made["period_target"]) == ("week", 2, 0.75, 2)
    assert (made["progress"], made["planned"], made["delta"]) == (0, 0, 0)
    assert (made["needed_per_week"], made["usual_per_week"]) == (None, None)
    days = program.json("resolve", "study 5 days a week")
    assert (days["period_progress"], days["period_target"], days["safe_days"]) == (1, 5, 2)
    ahead = program.json("resolve", "30 minutes a day in 2027")
    assert (ahead["period_progress"], ahead["period_target"], ahead["safe_days"]) == (None, None, None)


@pytest.mark.parametrize(
    ("line", "measure", "kind", "target"),
    [
        ("20 sessions on rag by June", "sessions", None, 20),
        ("study on 20 days by June", "days", None, 20),
        ("12 papers by June", "resources", "paper", 12),
        ("write 6 blog posts by June", "count", None, 6),
        ("pass the exam", "done", None, 1),
    ],
)
def test_every_measure(program: Program, line: str, measure: str, kind: str | None, target: int) -> None:
    made = program.json("resolve", *line.split())
    assert (made["measure"], made["kind"], made["target"], made["statement"]) == (measure, kind, target, line)


def test_sessions_move_the_numbers_and_undo_moves_them_back(program: Program) -> None:
    january = program.at(JANUARY)
    for line in ("365 hours in 2026", "20 sessions of rag in 2026", "study on 20 days in 2026"):
        january.ok("resolve", line)
    july = program.at(JULY)
    before = july.json("resolution", "list")
    assert [each["planned"] for each in before] == [181, 9, 9]
    assert [each["state"] for each in before] == ["behind"] * 3
    assert before[0]["safe_days"] == -181
    july.ok("log", "2h", "rag", "--at", "2026-06-30 9:00")
    july.ok("log", "90m", "evaluation")
    after = july.json("resolution", "list")
    assert [each["progress"] for each in after] == [3.5, 1, 2]
    july.ok("edit", "last", "--duration", "5m")
    assert [each["progress"] for each in july.json("resolution", "list")] == [2 + 5 / 60, 1, 1]
    july.ok("edit", "last", "--topic", "rag")
    assert july.json("resolution", "list")[1]["progress"] == 2
    july.ok("move", "last", "2025-12-31")
    assert [each["progress"] for each in july.json("resolution", "list")] == [2, 1, 1]
    for _ in range(3):
        july.ok("undo")
    assert july.json("resolution", "list") == after
    july.ok("delete", "last")
    july.ok("undo")
    assert july.json("resolution", "list") == after
    july.ok("undo")
    july.ok("undo")
    assert july.json("resolution", "list") == before


def test_a_target_keeps_the_first_one(program: Program) -> None:
    program.at(JANUARY).ok("resolve", "365 hours in 2026")
    july = program.at(JULY)
    lower = july.json("resolution", "target", "last", "250")
    assert (lower["target"], lower["first_target"]) == (250, 365)
    assert lower["planned"] == pytest.approx(181 * 250 / 365, abs=1 / 3600)
    july.ok("undo")
    higher = july.json("resolution", "target", "last", "549h")
    assert (higher["planned"], higher["target"]) == (181, 549)
    shown = july.json("resolution", "show", "last")
    assert [each["target"] for each in shown["aims"]] == [365, 549]
    assert list(shown)[: len(FIELDS)] == FIELDS
    assert "first 365 h" not in july.ok("resolution", "show", "last").out
    assert "First       365 h until Thu 31 Dec 2026, on Thu 1 Jan 2026" in july.ok("resolution", "show", "last").out
    assert july.refused(1, "resolution", "target", "last", "549")[0] == "The target is 549 h already"


def test_time_off_over_and_ahead(program: Program) -> None:
    program.at(JANUARY).ok("resolve", "365 hours in 2026")
    july = program.at(JULY)
    july.ok("time-off", "2026-07-10", "2026-07-30")
    assert only(july)["planned"] == 181
    july.ok("time-off", "2026-05-31", "2026-06-09")
    assert only(july)["planned"] == 171
    july.ok("undo")
    july.ok("undo")
    assert only(july)["planned"] == 181


def test_check_ins(program: Program) -> None:
    program.ok("resolve", "write 6 blog posts by June")
    assert program.json("resolution", "checkin", "last")["progress"] == 1
    assert program.json("resolution", "checkin", "last", "2")["progress"] == 3
    assert program.json("resolution", "checkin", "last", "3")["state"] == "kept"
    program.ok("undo")
    assert only(program)["progress"] == 3
    for bad in ("0", "-1", "1.5", "many", "10001"):
        program.refused(2, "resolution", "checkin", "last", bad)
    assert program.refused(1, "resolution", "checkin", "last", "--on", "tomorrow")[0].endswith("is still to come")
    assert program.refused(1, "resolution", "checkin", "last", "--on", "2026-11-01")[0].endswith("the resolution")
    program.refused(2, "resolution", "checkin", "last", "--on", "soon")
    done = program.json("resolve", "pass the exam")
    assert program.json("resolution", "checkin", "last")["state"] == "kept"
    assert program.refused(1, "resolution", "checkin", "last")[0] == "“pass the exam” is done already"
    assert done["safe_days"] is None
    program.ok("resolve", "40 hours of rag by June")
    title, hint = program.refused(1, "resolution", "checkin", "last")
    assert title.endswith("takes no check-ins")
    assert "learnhabit log" in hint


def test_resources_count_when_they_are_finished(program: Program) -> None:
    program.ok("resolve", "finish 12 papers this year")
    program.ok("resolve", "finish 2 books this year")
    program.ok("resolve", "2 papers on rag this year")
    assert program.json("resource", "done", LORA)["finished_on"] == "2026-11-23"
    assert [each["progress"] for each in program.json("resolution", "list")] == [1, 0, 0]
    assert program.refused(1, "resource", "done", LORA)[0].endswith("is finished already")
    program.ok("resource", "reopen", LORA)
    assert program.refused(1, "resource", "reopen", LORA)[0].endswith("is not finished")
    title = "LoRA: Low-Rank Adaptation of Large Language Models"
    assert program.json("resource", "done", *title.split(), "--on", "2025-12-31")["finished_on"] == "2025-12-31"
    assert [each["progress"] for each in program.json("resolution", "list")] == [0, 0, 0]
    program.refused(2, "resource", "done", "no-such-thing")
    program.refused(2, "resource", "add", "x")
    program.refused(2, "resource", "done")
    program.ok("undo")
    assert [each["progress"] for each in program.json("resolution", "list")] == [0, 0, 0]


def test_edit_changes_words_topics_end_and_cue(program: Program) -> None:
    program.ok("resolve", "40 hours of rag by 31 Dec")
    program.ok("log", "1h", "evaluation")
    assert program.json("resolution", "edit", "last", "--statement", "Forty hours")["statement"] == "Forty hours"
    edited = program.json("resolution", "edit", "last", "--topic", "rag", "--topic", "evaluation")
    assert edited["scope"] == [RAG, "llm-evaluation"]
    assert edited["progress"] == 1
    assert program.json("resolution", "edit", "last", "--all-topics")["scope"] == []
    assert program.json("resolution", "edit", "last", "--until", "30 June")["period_end"] == "2027-06-30"
    assert program.json("resolution", "edit", "last", "--until", "2027-03-01")["period_end"] == "2027-03-01"
    program.ok("resolution", "edit", "last", "--cue", "after lunch")
    assert program.json("resolution", "show", "last")["cue"] == "after lunch"
    program.refused(2, "resolution", "edit", "last")
    program.refused(2, "resolution", "edit", "last", "--topic", "cooking")
    program.refused(2, "resolution", "edit", "last", "--topic", "rag", "--all-topics")
    program.refused(2, "resolution", "edit", "last", "--statement", " ")
    program.refused(2, "resolution", "edit", "last", "--until", "03/04")
    program.refused(1, "resolution", "edit", "last", "--until", "2026-11-01")
    for _ in range(6):
        program.ok("undo")
    assert only(program)["statement"] == "40 hours of rag by 31 Dec"
    assert only(program)["scope"] == [RAG]


def test_letting_go_needs_a_reason_and_is_final_but_for_undo(program: Program) -> None:
    program.ok("resolve", "40 hours of rag by 31 Dec")
    program.refused(2, "resolution", "let-go", "last")
    program.refused(2, "resolution", "let-go", "last", "--why", " ")
    gone = program.json("resolution", "let-go", "last", "--why", "Evaluation matters more.")
    assert (gone["state"], gone["safe_days"], gone["needed_per_week"]) == ("let go", None, None)
    for words in (("target", "last", "50"), ("let-go", "last", "--why", "again")):
        assert program.refused(1, "resolution", *words)[0].endswith("was let go")
    assert "Evaluation matters more." in program.ok("resolution", "show", "last").out
    program.ok("undo")
    assert only(program)["state"] == "on pace"


def test_carrying_over_takes_what_is_left(program: Program) -> None:
    old = program.at("2025-01-01T12:00:00+01:00")
    for line in ("40 hours of rag", "study 5 days a week", "pass the exam", "write 6 posts", "12 papers"):
        old.ok("resolve", line)
    old.ok("log", "5h", "rag")
    old.ok("resolution", "checkin", old.json("resolution", "list")[3]["id"], "6")
    old.ok("resolution", "let-go", "last", "--why", "no time")
    old.refused(1, "resolution", "carry-over", "2026")
    new = program.at("2026-01-02T12:00:00+01:00")
    kept = new.json("resolution", "list")
    assert [each["state"] for each in kept] == ["not kept", "not kept", "not kept", "kept", "let go"]
    one = new.json("resolution", "carry-over", "2026", kept[1]["id"])
    assert [each["statement"] for each in one] == ["study 5 days a week"]
    made = new.json("resolution", "carry-over", "2026")
    assert [(each["measure"], each["target"], each["period_end"]) for each in made] == [
        ("hours", 35, "2026-12-31"),
        ("done", 1, "2026-12-31"),
    ]
    assert made[0]["statement"] == "35 h more: 40 hours of rag"
    new.refused(1, "resolution", "carry-over", "2026")
    new.refused(1, "resolution", "carry-over", "2026", kept[3]["id"])
    new.refused(1, "resolution", "carry-over", "2027")
    new.refused(2, "resolution", "carry-over", "soon")
    new.ok("undo")
    new.ok("undo")
    assert new.json("resolution", "list") == kept


def test_a_line_that_is_wrong_or_unclear_saves_nothing(program: Program) -> None:
    program.ok("status")
    before = program.file()
    for line in ("", "40 hours of cooking", "0 hours of rag", "8 days a week", "40 hours by 2025-01-01"):
        program.refused(2, "resolve", line)
    plain = program("resolve", "40 hours of rag by 03/04")
    machine = program("resolve", "40 hours of rag by 03/04", "--json")
    assert plain.code == machine.code == 2
    choices = ["40 hours of rag by 3 Apr 2027", "40 hours of rag by 4 Mar 2027"]
    assert machine.json["error"]["choices"] == choices
    assert all(choice in plain.err for choice in choices)
    assert program.file() == before
    assert program.json("resolution", "list") == []
    assert "No resolution yet" in program.ok("resolution").out


def test_words_that_are_not_understood(program: Program) -> None:
    program.ok("resolve", "40 hours of rag")
    for words in (
        ("find",),
        ("list", "all"),
        ("show",),
        ("show", "zzzzzz"),
        ("show", "last", "last"),
        ("target", "last"),
        ("target", "last", "0"),
        ("target", "last", "many"),
        ("delete",),
        ("delete", ""),
    ):
        program.refused(2, "resolution", *words)
    program.refused(2, "resolve")
    program.refused(2, "resource")


def test_the_order_is_that_in_which_they_were_made(program: Program) -> None:
    for number in range(5, 0, -1):
        program.ok("resolve", f"{number}0 hours of rag by June")
    assert [each["target"] for each in program.json("resolution", "list")] == [50, 40, 30, 20, 10]
    third = program.json("resolution", "list")[2]["id"]
    assert program.json("resolution", "show", third[-8:])["target"] == 30
    program.ok("resolution", "delete", third)
    assert [each["target"] for each in program.json("resolution", "list")] == [50, 40, 20, 10]
    program.ok("undo")
    assert [each["target"] for each in program.json("resolution", "list")] == [50, 40, 30, 20, 10]
    program.ok("redo")
    assert len(program.json("resolution", "list")) == 4


def test_reviews(program: Program) -> None:
    last_week = program.at("2026-11-18T20:00:00+01:00")
    last_week.ok("log", "45m", "rag")
    review = program.json("review")
    assert (review["week"], review["week_start"], review["week_end"]) == ("2026-W47", "2026-11-16", "2026-11-22")
    assert (review["counted_days"], review["target_days"], review["kept"], review["seconds"]) == (1, 4, False, 2700)
    assert len(review["lines"]) == 3
    assert (review["text"], review["written_on"]) == ("", None)
    program.ok("review", "--write", "Mornings worked.")
    written = program.json("review", "last", "--write", "Mornings worked, Friday did not.")
    assert written["text"] == "Mornings worked, Friday did not."
    assert written["written_on"] == "2026-11-23"
    for name in ("2026-W47", "2026w47", "2026-11-18", "wed", "last week"):
        assert program.json("review", name) == written
    assert program.json("review", "this")["week"] == "2026-W48"
    program.ok("undo")
    assert program.json("review")["text"] == "Mornings worked."
    program.refused(2, "review", "--write", " ")
    program.refused(2, "review", "2026-W54")
    program.refused(2, "review", "never")
    program.refused(1, "review", "2026-W49")
    program.ok("settings", "week_start", "sunday")
    assert program.json("review")["week_start"] == "2026-11-15"


def test_hostile_words_are_kept_and_shown_harmlessly(program: Program) -> None:
    words = "pass [bold]the[/] exam \x1b]52;c;aGk=\x07 \u202e now \x00"
    made = program.json("resolve", words)
    assert "\x1b" in made["statement"] and "\x00" not in made["statement"]
    for command in (("resolution",), ("resolution", "show", "last"), ("resolution", "delete", "last")):
        answer = program.ok(*command)
        assert not set(answer.out) & set("\x1b\x07\u202e")
        assert "[bold]the[/]" in answer.out
    program.refused(2, "resolve", "x" * 100_000)
    program.ok("resolve", "40 hours of rag")
    program.ok("resolution", "let-go", "last", "--why", words)
    assert not set(program.ok("resolution", "show", "last").out) & set("\x1b\x07\u202e")


def test_lists_fit_eighty_columns(program: Program) -> None:
    program.ok("log", "45m", "rag")
    for line in (
        "1,000 hours of rag by 31 Dec 2028",
        "study 5 days a week " + "when the day is young " * 6,
        "1000 papers by 2028-12-31",
    ):
        program.ok("resolve", line)
    assert all(len(row) <= 80 for row in program.ok("resolution", "list").out.splitlines())


def test_two_processes_at_once(program: Program) -> None:
    program.ok("resolve", "write 6 blog posts by June")
    answers = [program.spawn("resolution", "checkin", "last", "--json") for _ in range(2)]
    assert [answer.code for answer in answers] == [0, 0]
    assert only(program)["progress"] == 2
