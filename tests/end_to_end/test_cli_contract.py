"""What other programs may rely on: shapes and values of `--json`, names of sessions, status, modes of the files."""

from __future__ import annotations

import re
import stat
from datetime import date, timedelta

import pytest

from tests.end_to_end.program import NOW, Program

RAG = "retrieval-augmented-generation"
TUNING = "efficient-fine-tuning"
LORA = "lora-low-rank-adaptation-of-large"
SESSION_FIELDS = {"id", "topic", "study_day", "started_at", "seconds", "note", "takeaway", "tags", "resource"}
UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def test_log_prints_the_session(program: Program) -> None:
    logged = program.json(
        *("log", "45m", "rag", "chunking, section 4", "--at", "yesterday 21:00"),
        *("--takeaway", "Overlap keeps facts whole.", "--tag", "paper", "--tag", "#deep"),
    )
    assert UUID7.fullmatch(logged.pop("id"))
    assert logged == {
        "topic": RAG,
        "study_day": "2026-11-22",
        "started_at": "2026-11-22T21:00:00+01:00",
        "seconds": 2700,
        "note": "chunking, section 4",
        "takeaway": "Overlap keeps facts whole.",
        "tags": ["paper", "deep"],
        "resource": None,
    }


def test_absent_texts_are_empty_and_an_absent_resource_is_null(program: Program) -> None:
    logged = program.json("log", "90", "rag")
    assert logged.keys() == SESSION_FIELDS
    assert (logged["note"], logged["takeaway"], logged["tags"], logged["resource"]) == ("", "", [], None)
    # Without a start it ends now.
    assert (logged["started_at"], logged["seconds"]) == ("2026-11-23T19:10:00+01:00", 5400)


def test_a_resource_is_named_by_its_id_or_title(program: Program) -> None:
    assert program.json("log", "20m", "tuning", "--resource", LORA)["resource"] == LORA
    title = "LoRA: Low-Rank Adaptation of Large Language Models"
    assert program.json("log", "20m", "tuning", "--resource", title)["resource"] == LORA
    assert program.json("edit", "last", "--resource", "")["resource"] is None


@pytest.mark.parametrize(
    "words",
    [
        ["45m rag chunking @yesterday 21:00 #paper"],
        ["45m", "rag", "chunking", "@yesterday", "21:00", "#paper"],
        ["45m", "rag", "chunking", "--at", "yesterday 21:00", "--tag", "paper"],
        ["--at", "yesterday 21:00", "45m", "--tag", "paper", "rag", "--note", "chunking"],
        ["45m", "--tag=paper", "rag", "--note=chunking", "--at=yesterday 21:00"],
        ["0:45", "RAG", "chunking", "#paper", "--at", "sun 21:00"],
        ["0.75h", "Retrieval-augmented", "generation", "chunking", "#paper", "@2026-11-22", "21:00"],
        ["45", "retrieval", "#paper", "chunking", "@22", "nov", "21:00"],
    ],
)
def test_one_grammar_whatever_the_way_it_is_written(program: Program, words: list[str]) -> None:
    logged = program.json("log", *words)
    del logged["id"]
    assert logged == {
        "topic": RAG,
        "study_day": "2026-11-22",
        "started_at": "2026-11-22T21:00:00+01:00",
        "seconds": 2700,
        "note": "chunking",
        "takeaway": "",
        "tags": ["paper"],
        "resource": None,
    }


def test_json_may_stand_anywhere_behind_the_command(program: Program) -> None:
    for words in (["--json", "log", "45m", "rag"], ["log", "--json", "45m", "rag"], ["log", "45m", "--json", "rag"]):
        if words[0] == "log":
            assert program.ok(*words).json["seconds"] == 2700


def test_an_option_takes_the_next_argument_whatever_its_first_character(program: Program) -> None:
    logged = program.json(
        *("log", "15m", "rag", "--at", "-20m", "--note", "--json", "--takeaway", "-- so", "--tag", "-x")
    )
    assert logged["started_at"] == "2026-11-23T20:20:00+01:00"
    assert (logged["note"], logged["takeaway"], logged["tags"]) == ("--json", "-- so", ["-x"])
    assert program.json("log", "15m", "rag", "--note", "--", "--takeaway=--")["note"] == "--"


def test_an_argument_with_a_blank_behind_the_topic_is_note_literally(program: Program) -> None:
    logged = program.json("log", "15m", "rag", "@yesterday 21:00 #tag", "#real")
    assert (logged["note"], logged["tags"], logged["study_day"]) == ("@yesterday 21:00 #tag", ["real"], "2026-11-23")
    quoted = program.json("log", '15m rag "at @12:00 #no" #yes @-30m')
    assert (quoted["note"], quoted["tags"]) == ("at @12:00 #no", ["yes"])
    assert quoted["started_at"] == "2026-11-23T20:10:00+01:00"


def test_only_the_last_at_sign_that_reads_as_a_time_counts(program: Program) -> None:
    assert program.json("log", "10m rag mail to @ann @9:00")["note"] == "mail to @ann"
    unread = program.json("log", "10m rag @9:00 with @ann")
    assert (unread["note"], unread["started_at"]) == ("@9:00 with @ann", "2026-11-23T20:30:00+01:00")


def test_sessions_is_the_same_newest_first(program: Program) -> None:
    assert program.sessions() == []
    logged = [
        program.json("log", "30m", "rag", "--at", "18:00"),
        program.json("log", "30m", "lora", "--at", "yesterday 10:00"),
        program.json("log", "30m", "aya", "--at", "2026-11-22 23:00"),
        program.json("log", "30m", "edge", "--at", "8:00"),
    ]
    order = [logged[0], logged[3], logged[2], logged[1]]
    assert program.sessions() == order
    # A session stands on its study day, even where it was moved there by hand.
    moved = program.json("move", logged[1]["id"], "mon")
    assert moved == {**logged[1], "study_day": "2026-11-23"}
    assert [each["id"] for each in program.sessions()] == [
        logged[0]["id"],
        logged[3]["id"],
        logged[1]["id"],
        logged[2]["id"],
    ]


def test_sessions_filters(program: Program) -> None:
    for day, topic, note in (
        (20, "rag", "chunks"),
        (21, "lora", "rank"),
        (22, "rag", "index"),
        (23, "aya", "50% done_"),
    ):
        program.ok("log", "10m", topic, "--note", note, "--at", f"2026-11-{day} 9:00", "--tag", f"t{day}")

    def notes(*arguments: str) -> list[str]:
        return [each["note"] for each in program.json("sessions", *arguments)]

    assert notes("--from", "2026-11-21", "--to", "22 nov") == ["index", "rank"]
    assert notes("--from", "yesterday") == ["50% done_", "index"]
    assert notes("--topic", "rag") == ["index", "chunks"]
    assert notes("--tag", "t21") == notes("--tag", "#t21") == ["rank"]
    assert notes("--search", "CHUNK") == ["chunks"]
    assert notes("--search", "0% done_") == ["50% done_"]
    assert notes("--search", "%") == ["50% done_"]
    assert notes("--search", "generation") == ["index", "chunks"]
    assert notes("--limit", "1") == ["50% done_"]
    assert notes("--limit", "2", "--topic", "rag", "--to", "21 nov") == ["chunks"]


def test_people_see_the_last_50_and_programs_everything(program: Program) -> None:
    for minute in range(53):
        program.ok("log", "1m", "rag", "--note", f"n{minute}.", "--at", f"yesterday 10:{minute:02}")
    assert len(program.sessions()) == 53
    shown = program.ok("sessions").out
    assert "n3." in shown and "n2." not in shown and "--all" in shown
    for arguments in (["--all"], ["--topic", "rag"], ["--limit", "60"]):
        assert program.ok("sessions", *arguments).out.count(" n") == 53
    assert len(program.json("sessions", "--limit", "7")) == 7


def test_edit_prints_the_session_as_it_is_now(program: Program) -> None:
    old = program.json("log", "45m", "rag", "chunks", "--at", "18:00", "--tag", "a", "--takeaway", "t")
    changes: list[tuple[list[str], dict[str, object]]] = [
        (["--duration", "50m"], {"seconds": 3000}),
        (["--topic", "lora"], {"topic": TUNING}),
        (["--note", "@9:00 #x --y"], {"note": "@9:00 #x --y"}),
        (["--takeaway", ""], {"takeaway": ""}),
        (["--tag", "b", "--tag", "#c"], {"tags": ["b", "c"]}),
        (["--tag", ""], {"tags": []}),
        (["--at", "-2h"], {"started_at": "2026-11-23T18:40:00+01:00"}),
        (["--at", "sat 2:00"], {"started_at": "2026-11-22T02:00:00+01:00", "study_day": "2026-11-21"}),
        (["--at", "2026-11-22 4:00"], {"started_at": "2026-11-22T04:00:00+01:00", "study_day": "2026-11-22"}),
        (["--resource", LORA], {"resource": LORA}),
        (["--note", "n", "--duration", "1h30"], {"note": "n", "seconds": 5400}),
    ]
    for arguments, change in changes:
        new = program.json("edit", "last", *arguments)
        assert new == {**old, **change}, arguments
        assert program.sessions() == [new]
        old = new


def test_split_and_merge_print_lists(program: Program) -> None:
    whole = program.json("log", "1h", "rag", "one", "--at", "18:00", "--tag", "x", "--takeaway", "first")
    parts = program.json("split", "last", "18:25")
    assert parts[0] == {**whole, "seconds": 1500}
    rest = {"seconds": 2100, "started_at": "2026-11-23T18:25:00+01:00", "note": "", "takeaway": "", "tags": []}
    assert parts[1] == {**whole, **rest, "id": parts[1]["id"]}
    assert parts[1]["id"] != whole["id"]
    second = program.json("edit", parts[1]["id"], "--note", "two", "--takeaway", "last", "--tag", "y", "--tag", "X")
    assert program.sessions() == [second, parts[0]]
    merged = program.json("merge", whole["id"], parts[1]["id"])
    assert merged == [{**whole, "note": "one\ntwo", "takeaway": "first\nlast", "tags": ["x", "y"]}]
    assert program.sessions() == merged


def test_merge_keeps_the_first_id_and_the_earlier_start(program: Program) -> None:
    early = program.json("log", "20m", "rag", "--at", "9:00")
    late = program.json("log", "30m", "rag", "--at", "18:00")
    merged = program.json("merge", late["id"], early["id"])
    assert merged == [{**early, "id": late["id"], "seconds": 3000}]


def test_delete_prints_what_is_gone(program: Program) -> None:
    logged = program.json("log", "45m", "rag")
    assert program.json("delete", logged["id"]) == logged
    assert program.sessions() == []
    program.ok("undo")
    assert program.sessions() == [logged]
    program.ok("redo")
    assert program.sessions() == []


def test_an_id_is_any_unique_ending_of_it_or_last(program: Program) -> None:
    first = program.json("log", "10m", "rag")
    for ending in (first["id"], first["id"][-6:], first["id"][-1:], first["id"][-6:].upper()):
        assert program.json("edit", ending, "--note", f"by {ending}")["id"] == first["id"]
    # `last` is the one entered last, wherever it stands in time.
    second = program.json("log", "10m", "rag", "--at", "2026-01-05 9:00")
    assert program.json("edit", "last", "--note", "latest")["id"] == second["id"]
    program.ok("delete", "last")
    assert program.json("edit", "last", "--note", "again")["id"] == first["id"]


def test_an_ending_of_several_ids_is_refused_and_they_are_listed(program: Program) -> None:
    by_end: dict[str, list[str]] = {}
    while not any(len(ids) > 1 for ids in by_end.values()):
        logged = program.json("log", "1m", "rag")["id"]
        by_end.setdefault(logged[-1], []).append(logged)
    end, ids = next((end, ids) for end, ids in by_end.items() if len(ids) > 1)
    before = program.file()
    title, hint = program.refused(2, "delete", end)
    assert end in title
    assert all(each in hint for each in ids)
    assert program.file() == before


def test_status_of_an_empty_log(program: Program) -> None:
    assert program.json("status") == {
        "timer": None,
        "today": {"study_day": "2026-11-23", "seconds": 0, "minimum_seconds": 600, "goal_seconds": 600},
        "week": {"counted_days": 0, "target_days": 5},
        "run": {"days": 0, "longest": 0, "safe_days": 0},
        "strength": 0,
    }
    # The days before today are as paused while there is no session: 5 × 3 / 7 on a Friday.
    assert program.at("2026-11-27T20:40:00+01:00").json("status")["week"] == {"counted_days": 0, "target_days": 2}


def test_status_leaves_the_running_timer_out_of_today(program: Program) -> None:
    program.ok("log", "9m", "rag", "--at", "9:00")
    program.ok("start", "lora", "--at", "-24m")
    status = program.json("status")
    assert status["timer"] == {
        "topic": TUNING,
        "started_at": "2026-11-23T20:16:00+01:00",
        "seconds": 1440,
        "paused": False,
    }
    assert status["today"]["seconds"] == 540
    assert status["week"]["counted_days"] == status["run"]["days"] == 0


@pytest.mark.parametrize(("days_per_week", "per_week", "strength"), [(7, 7, 0.65575), (5, 5, 0.71684)])
def test_strength_and_run_after_20_counted_days(
    program: Program, days_per_week: int, per_week: int, strength: float
) -> None:
    monday = date(2026, 10, 5)
    program.at(f"{monday}T09:00:00+01:00").ok("cadence", str(days_per_week))
    days = [day for day in (monday + timedelta(days=n) for n in range(40)) if day.weekday() < per_week][:20]
    for day in days:
        program.at(f"{day}T20:00:00+01:00").ok("log", "10m", "rag")
    status = program.at(f"{days[-1]}T21:00:00+01:00").json("status")
    assert status["strength"] == pytest.approx(strength, abs=5e-6)
    # On a Friday two uncounted days are left of 5 a week; of 7 none.
    safe = 7 - days_per_week
    assert status["run"] == {"days": 20, "longest": 20, "safe_days": safe}
    lost = program.at(f"{days[-1] + timedelta(days=safe + 2)}T20:00:00+01:00").json("status")
    assert lost["run"]["longest"] == 20
    assert lost["run"]["days"] < 20


def test_the_folder_and_the_file_are_the_owners_alone(fresh: Program) -> None:
    fresh.ok("log", "45m", "rag")
    assert stat.S_IMODE(fresh.home.stat().st_mode) == 0o700
    assert stat.S_IMODE((fresh.home / "learnhabit.db").stat().st_mode) == 0o600
    assert {each.name for each in fresh.home.iterdir()} <= {"learnhabit.db", "learnhabit.db-journal"}
    assert all(stat.S_IMODE(each.stat().st_mode) == 0o600 for each in fresh.home.iterdir())


def test_data_dir_before_and_behind_the_command(program: Program, fresh: Program) -> None:
    elsewhere = str(fresh.home)
    program.ok("--data-dir", elsewhere, "log", "1m", "rag")
    program.ok(f"--data-dir={elsewhere}", "log", "2m", "rag")
    program.ok("log", "3m", "rag", "--data-dir", elsewhere)
    program.ok("log", f"--data-dir={elsewhere}", "4m", "rag")
    assert [each["seconds"] for each in fresh.sessions()] == [60, 120, 180, 240]
    assert program.sessions() == []


def test_a_frozen_moment_gives_the_same_report_again(program: Program) -> None:
    program.ok("log", "45m", "rag")
    for command in (["status"], ["sessions"], ["topics"], ["status", "--json"]):
        assert program.ok(*command) == program.ok(*command)
    assert program.now == NOW
