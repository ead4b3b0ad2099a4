"""The contract's other half: cadence, time off, settings, topics of one's own, and the way back through undo."""

from __future__ import annotations

from learnhabit.services.settings import SETTINGS
from tests.end_to_end.program import Program

RAG = "retrieval-augmented-generation"


def test_cadence_minimum_and_goal_count_from_today_on(program: Program) -> None:
    program.ok("log", "10m", "rag", "--at", "yesterday 10:00")
    plan = program.json("cadence", "mon,wed,fri", "--minimum", "15m", "--goal", "45m")
    assert plan == {
        "days_per_week": 3,
        "weekdays": ["mon", "wed", "fri"],
        "minimum_seconds": 900,
        "goal_seconds": 2700,
        "effective_from": "2026-11-23",
    }
    assert program.json("cadence") == plan
    status = program.json("status")
    assert (status["today"]["minimum_seconds"], status["today"]["goal_seconds"]) == (900, 2700)
    # Yesterday still counts with its ten minutes.
    assert status["run"]["days"] == 1
    assert program.json("cadence", "4")["weekdays"] == []


def test_time_off_is_listed_and_removable(program: Program) -> None:
    program.ok("log", "10m", "rag")
    off = program.json("time-off", "2026-12-24", "2027-01-01", "--why", "holiday")
    assert off.pop("id")
    assert off == {
        "from": "2026-12-24",
        "to": "2027-01-01",
        "why": "holiday",
        "entered_on": "2026-11-23",
        "removed_on": None,
    }
    one_day = program.json("time-off", "yesterday")
    assert (one_day["from"], one_day["to"]) == ("2026-11-22", "2026-11-22")
    assert [each["from"] for each in program.json("time-off", "list")] == ["2026-11-22", "2026-12-24"]
    assert program.json("time-off") == program.json("time-off", "list")
    later = program.at("2026-12-26T12:00:00+01:00")
    holiday = later.json("time-off", "list")[1]["id"]
    removed = later.json("time-off", "remove", holiday[-6:])
    assert removed == {**off, "id": holiday, "removed_on": "2026-12-26"}
    assert later.json("time-off", "list")[1] == removed
    assert later.json("status")["week"]["target_days"] == 4  # 5 × 5 / 7: 24 and 25 December stay off


def test_settings(program: Program) -> None:
    asked = {"cadence": "5", "minimum": "10m", "goal": "10m", "folder": str(program.home)}
    looks = {"theme": "learnhabit-dark", "motion": "full"}
    reminders = {"quiet_hours": "22:00-07:00", "catch_up": "3h", "bell": "off", **asked, **looks}
    words = {"cue": "", "partner": "", "recall_limit": "10", **reminders}
    assert program.json("settings") == {"day_start": "04:00", "week_start": "monday", "clock": "24", **words}
    assert program.json("settings", "clock") == {"clock": "24"}
    assert program.json("settings", "clock", "12") == {"clock": "12"}
    assert program.json("settings", "week_start", "Sunday") == {"week_start": "sunday"}
    assert program.json("settings", "day_start", "05:30") == {"day_start": "05:30"}
    program.ok("log", "10m", "rag")
    assert "8:30pm" in program.ok("sessions").out
    assert program.json("settings", "cue", "after  my Coffee ") == {"cue": "after my Coffee"}
    assert program.json("settings", "partner", "Mia") == {"partner": "Mia"}
    assert program.json("settings", "partner", "") == {"partner": ""}
    assert program.json("settings", "recall_limit", "007") == {"recall_limit": "7"}
    for wrong in ("0", "1000", "ten", "-3", "²"):
        program.refused(2, "settings", "recall_limit", wrong)
    program.refused(2, "settings", "cue", "x" * 81)
    kept = {"cue": "after my Coffee", "partner": "", "recall_limit": "7", **reminders}
    assert program.json("settings") == {"day_start": "05:30", "week_start": "sunday", "clock": "12", **kept}


def test_settings_of_looks_and_keys(program: Program) -> None:
    assert program.json("settings", "theme", "nord") == {"theme": "nord"}
    assert program.json("settings", "theme", "--reset") == {"theme": "learnhabit-dark"}
    assert program.json("settings", "cadence", "mon,fri") == {"cadence": "mon,fri"}
    assert program.json("cadence")["weekdays"] == ["mon", "fri"]
    usual = {each["action"]: each["keys"] for each in program.json("settings", "keys")}
    assert usual["app.undo"] == ["u"]
    assert program.json("settings", "keys", "app.undo", "b,f9")[0]["keys"] == ["b", "f9"]
    assert {each["action"]: each["keys"] for each in program.json("settings", "keys")} == {
        **usual,
        "app.undo": ["b", "f9"],
    }
    assert "app.undo" in program.ok("settings", "keys").out
    for words in (["app.undo", "l"], ["app.udno", "b"], ["app.undo", "foo"], ["app.undo", "b", "c"]):
        program.refused(2, "settings", "keys", *words)
    assert program.json("settings", "keys", "app.undo", "--reset")[0]["keys"] == ["u"]
    for key in SETTINGS:
        assert "May be " in program.ok("settings", key).out
    program.refused(2, "settings", "--reset")
    program.refused(2, "settings", "theme", "nord", "--reset")
    program.refused(1, "settings", "folder", "/elsewhere")


def test_topics(program: Program) -> None:
    rows = program.json("topics")
    assert len(rows) == 26
    assert all(
        row.keys() == {"id", "title", "aliases", "theme", "seconds", "last_study_day"}
        and (row["seconds"], row["last_study_day"]) == (0, None)
        for row in rows
    )
    assert len({row["theme"] for row in rows}) == 7
    program.ok("log", "45m", "rag", "--at", "yesterday 9:00")
    program.ok("log", "15m", "rag", "--at", "2026-03-01 9:00")
    (row,) = program.json("topics", "retrieval-augmented")
    assert row["id"] == RAG and "rag" in row["aliases"]
    assert (row["seconds"], row["last_study_day"]) == (3600, "2026-11-22")
    own = program.json("topic", "add", "Rust", "for ML")
    row = {
        "id": "rust-for-ml",
        "title": "Rust for ML",
        "aliases": [],
        "theme": own["theme"],
        "seconds": 0,
        "last_study_day": None,
    }
    assert row.items() <= own.items()
    assert row in program.json("topics")
    assert program.json("log", "20m", "rust", "for", "ml", "traits")["note"] == "traits"


def test_undo_and_redo_walk_back_and_forth(program: Program) -> None:
    states = [program.sessions()]
    for step in range(35):
        program.ok("log", "1m", "rag", "--note", f"step {step}")
        states.append(program.sessions())
    for back in range(1, 31):
        program.ok("undo")
        assert program.sessions() == states[-1 - back]
    program.refused(1, "undo")
    program.ok("redo")
    assert program.sessions() == states[-30]
    program.ok("delete", "last")
    title, _ = program.refused(1, "redo")
    assert "redo" in title


def test_every_kind_of_change_can_be_undone(program: Program) -> None:
    program.ok("log", "1h", "rag", "--at", "18:00", "--tag", "a")
    program.ok("log", "1h", "rag", "--at", "16:00", "--tag", "b")
    looks = (["sessions"], ["topics"], ["cadence"], ["settings"], ["time-off", "list"], ["status"])

    def everything() -> list[object]:
        return [program.json(*look) for look in looks]

    changes = (
        ["log", "5m", "rag"],
        ["edit", "last", "--note", "x", "--tag", "c"],
        ["edit", "last", "--at", "yesterday 9:00"],
        ["move", "last", "yesterday"],
        ["split", "last", "16:30"],
        ["merge", "last", program.sessions()[0]["id"]],
        ["delete", "last"],
        ["cadence", "3", "--goal", "1h"],
        ["time-off", "2026-12-24"],
        ["settings", "week_start", "sunday"],
        ["settings", "day_start", "06:00"],
        ["topic", "add", "Rust"],
        ["start", "rag"],
    )
    for change in changes:
        before = everything()
        program.ok(*change)
        after = everything()
        assert after != before, change
        program.ok("undo")
        assert everything() == before, change
        program.ok("redo")
        assert everything() == after, change
        program.ok("undo")
