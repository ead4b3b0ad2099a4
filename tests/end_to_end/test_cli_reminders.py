"""Reminders on the command line: shapes, refusals, and notices that arrive on a real bus, once."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pexpect
import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar

from learnhabit.domain.occurrence import first_day, occurrences
from learnhabit.domain.reminder_rule import read_rule
from tests.end_to_end.bus import Bus, private_bus
from tests.end_to_end.program import Program, surroundings
from tests.support import campaign_size

EVENING, DUE, NEXT_DAY = "2026-11-23T19:00:00+01:00", "2026-11-23T19:30:05+01:00", "2026-11-24T19:30:00+01:00"


@pytest.fixture
def bus() -> Iterator[Bus]:
    with private_bus() as running:
        yield running


def tick(program: Program, bus: Bus) -> dict[str, int]:
    """The agent's minute, in a process of its own."""
    answer = program.spawn("remind", "tick", "--json", environment={"DBUS_SESSION_BUS_ADDRESS": bus.address})
    assert (answer.code, answer.err) == (0, ""), answer
    found: dict[str, int] = answer.json
    return found


def test_a_reminder_from_beginning_to_end(program: Program) -> None:
    evening = program.at(EVENING)
    made = evening.json("remind", "add", "weekdays at 7:30pm", "--if", "always", "--text", "Ten minutes")
    assert {**made, "id": ""} == {
        "id": "",
        "rule": "weekdays 19:30",
        "condition": "always",
        "text": "Ten minutes",
        "enabled": True,
        "next_due": "2026-11-23T19:30",
    }
    assert evening.json("remind", "list") == [made] == evening.json("remind")
    assert evening.json("remind", "next") == made
    assert evening.json("remind", "edit", made["id"][-6:], "daily 20:00")["next_due"] == "2026-11-23T20:00"
    assert evening.json("remind", "edit", "last", "--text", "", "--if", "behind")["condition"] == "behind"
    assert evening.json("remind", "disable", "last")["next_due"] is None
    assert evening.json("remind", "next") is None
    evening.refused(1, "remind", "disable", "last")
    assert evening.json("remind", "enable", "last")["enabled"] is True
    assert evening.json("remind", "skip", "last")["next_due"] == "2026-11-24T20:00"
    assert evening.json("remind", "log")[0] == {
        "reminder": made["id"],
        "occurrence": "2026-11-23T20:00",
        "state": "skipped",
        "attempts": 0,
        "reason": "left out by hand",
    }
    assert evening.json("remind", "delete", "last")["id"] == made["id"]
    assert evening.json("remind", "list") == []
    evening.ok("undo")
    assert len(evening.json("remind", "list")) == 1


def test_what_is_refused(program: Program) -> None:
    assert program.refused(2, "remind", "add", "daily") == ("“daily” says no time", "add one, such as 19:30 or 7pm")
    program.refused(2, "remind", "add", "daily", "19:30")
    program.refused(2, "remind", "add")
    program.refused(2, "remind", "add", "daily 19:30", "--if", "whenever")
    program.refused(2, "remind", "add", "daily 19:30", "--text", "x" * 201)
    program.refused(1, "remind", "edit", "last", "daily 20:00")
    program.refused(2, "remind", "nonsense")
    program.refused(2, "remind", "install", "--with", "magic")
    program.refused(1, "remind", "snooze")
    program.refused(1, "remind", "export", str(program.home / "x.ics"))
    program.ok("remind", "add", "daily 19:30")
    program.refused(2, "remind", "edit", "last")
    program.refused(2, "remind", "skip", "no-such-id")
    for wrong in ("22:00", "22:00-25:00", "22:00-22:00", "night"):
        program.refused(2, "settings", "quiet_hours", wrong)
    for wrong in ("0m", "2d", "soon", "25h"):
        program.refused(2, "settings", "catch_up", wrong)
    program.refused(2, "settings", "bell", "loud")


def test_settings_of_reminders(program: Program) -> None:
    assert program.json("settings", "quiet_hours") == {"quiet_hours": "22:00-07:00"}
    program.ok("settings", "quiet_hours", "21:30 - 06:00")
    program.ok("settings", "catch_up", "90m")
    program.ok("settings", "bell", "on")
    found = program.json("settings")
    assert (found["quiet_hours"], found["catch_up"], found["bell"]) == ("21:30-06:00", "90m", "on")
    program.ok("settings", "quiet_hours", "off")
    assert program.json("settings", "quiet_hours") == {"quiet_hours": "off"}


def test_it_arrives_once_and_not_when_it_is_done(program: Program, bus: Bus) -> None:
    program.at(EVENING).ok("remind", "add", "daily 19:30", "--text", "Ten minutes still count")
    program.at(EVENING).ok("remind", "add", "daily 19:30", "--if", "always", "--text", "-u <b>& C:\\new")
    with bus.service():
        assert tick(program.at(DUE), bus) == {"sent": 2, "skipped": 0, "expired": 0, "failed": 0, "pending": 0}
        assert sorted(title for title, _ in bus.notices) == ["-u <b>& C:\\new", "Ten minutes still count"]
        assert tick(program.at(DUE), bus)["sent"] == 0
        program.at("2026-11-24T18:00:00+01:00").ok("log", "45m", "rag")
        assert tick(program.at(NEXT_DAY), bus) == {"sent": 1, "skipped": 1, "expired": 0, "failed": 0, "pending": 0}
    assert len(bus.notices) == 3
    assert (program.home / "remind.tick").exists()


def test_a_service_that_comes_later_still_gets_it(program: Program, bus: Bus) -> None:
    program.at(EVENING).ok("remind", "add", "daily 19:30")
    assert tick(program.at(DUE), bus)["pending"] == 1
    [delivery] = program.json("remind", "log")
    assert (delivery["state"], delivery["attempts"], delivery["reason"]) == (
        "pending",
        1,
        "No notification service is running",
    )
    with bus.service():
        assert tick(program.at("2026-11-23T19:31:00+01:00"), bus)["sent"] == 0
        assert tick(program.at("2026-11-23T19:31:05+01:00"), bus)["sent"] == 1
    assert len(bus.notices) == 1
    assert program.json("remind", "log")[0]["state"] == "sent"


def test_putting_off(program: Program, bus: Bus) -> None:
    program.at(EVENING).ok("remind", "add", "daily 19:30", "--text", "Ten minutes")
    with bus.service():
        assert tick(program.at(DUE), bus)["sent"] == 1
        later = program.at("2026-11-23T19:35:00+01:00")
        put_off = later.json("remind", "snooze", "1h")
        assert (put_off["state"], put_off["until"]) == ("snoozed", "2026-11-23T20:35")
        assert later.json("remind", "snooze", "last", "tonight")["until"] == "2026-11-23T20:00"
        assert later.json("remind", "snooze")["until"] == "2026-11-23T19:45"
        assert "comes again on Tue 24 Nov 19:30" in later.ok("remind", "snooze", "tomorrow").out
        later.refused(2, "remind", "snooze", "whenever")
        assert tick(program.at("2026-11-23T20:35:00+01:00"), bus)["sent"] == 0
        # Tomorrow's own comes in its place: the same words twice in a minute would be a nuisance.
        assert tick(program.at(NEXT_DAY), bus)["sent"] == 1
    assert [title for title, _ in bus.notices] == ["Ten minutes"] * 2
    assert [each["state"] for each in program.json("remind", "log")] == ["sent", "expired"]


def test_sending_a_test(program: Program, bus: Bus) -> None:
    with bus.service():
        answer = program.spawn("remind", "test", "--json", environment={"DBUS_SESSION_BUS_ADDRESS": bus.address})
    assert answer.code == 0, answer
    assert bus.notices == [(answer.json["title"], answer.json["body"])]
    answer = program.spawn("remind", "test", environment={"DBUS_SESSION_BUS_ADDRESS": bus.address})
    assert answer.code == 1
    assert answer.err.startswith("learnhabit: No notification service is running: ")


@pytest.mark.parametrize(
    ("answer", "says"), [("y", "Good: reminders reach you here."), ("n", "do not disturb")], ids=["seen", "not seen"]
)
def test_a_person_is_asked_whether_the_test_was_seen(program: Program, bus: Bus, answer: str, says: str) -> None:
    environment = program.environment(DBUS_SESSION_BUS_ADDRESS=bus.address, TERM="xterm")
    with bus.service():
        # Not in the quiet hours, in which nothing would be in the way but them.
        child = pexpect.spawn(
            sys.executable, ["-m", "learnhabit", "remind", "test"], env=environment, encoding="utf-8", timeout=60
        )
        child.expect("Did you see it")
        assert len(bus.notices) == 1
        child.sendline(answer)
        child.expect(says)
        child.expect(pexpect.EOF)
        child.close()
        assert child.exitstatus == 0


def test_the_status_names_each_broken_link(program: Program, bus: Bus) -> None:
    night = program.at("2026-11-23T23:00:00+01:00")
    with bus.service(), surroundings(night.environment(DBUS_SESSION_BUS_ADDRESS=bus.address)):
        answer = night.spawn("remind", "status", "--json", environment={"DBUS_SESSION_BUS_ADDRESS": bus.address})
    found = {link["name"]: link["ok"] for link in answer.json["links"]}
    assert found == {"agent": False, "way": True, "bus": True, "service": True, "quiet hours": False}
    assert answer.json["arrives"] is False
    plain = night.spawn("remind", "status", environment={"DBUS_SESSION_BUS_ADDRESS": bus.address}).out
    assert "no notification service is running" in plain
    assert "it is quiet until 07:00" in plain


def together(program: Program, bus: Bus, processes: int, due: int) -> None:
    """Many agents in the same minute: each notice arrives once."""
    evening = program.at(EVENING)
    for number in range(due):
        evening.ok("remind", "add", "daily 19:30", "--if", "always", "--text", f"Number {number}")
    environment = {**program.at(DUE).environment(), "DBUS_SESSION_BUS_ADDRESS": bus.address}
    command = [sys.executable, "-m", "learnhabit", "remind", "tick"]
    with bus.service():
        running = [
            subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            for _ in range(processes)
        ]
        for process in running:
            _, complaint = process.communicate(timeout=300)
            assert (process.returncode, complaint) == (0, b"")
    assert sorted(title for title, _ in bus.notices) == sorted(f"Number {number}" for number in range(due))
    assert {each["state"] for each in program.json("remind", "log")} == {"sent"}


def test_six_agents_at_once(program: Program, bus: Bus) -> None:
    together(program, bus, 6, 10)


@pytest.mark.campaign
def test_twenty_agents_at_once(program: Program, bus: Bus) -> None:
    together(program, bus, max(2, campaign_size(20)), max(5, campaign_size(50)))


def test_an_agent_that_is_killed_loses_nothing(program: Program, bus: Bus) -> None:
    evening = program.at(EVENING)
    for number in range(4):
        evening.ok("remind", "add", "daily 19:30", "--if", "always", "--text", f"Number {number}")
    environment = {**program.at(DUE).environment(), "DBUS_SESSION_BUS_ADDRESS": bus.address}
    with bus.service():
        process = subprocess.Popen([sys.executable, "-m", "learnhabit", "remind", "tick"], env=environment)
        deadline = time.monotonic() + 60
        while not bus.notices and time.monotonic() < deadline:
            time.sleep(0.002)
        process.kill()
        process.wait()
        before = len(bus.notices)
        assert before >= 1
        # After the lease somebody else takes what was taken.
        tick(program.at("2026-11-23T19:31:10+01:00"), bus)
    titles = [title for title, _ in bus.notices]
    assert set(titles) == {f"Number {number}" for number in range(4)}
    assert len(titles) <= 5, "one may come twice, no more"


def test_the_calendar_file(program: Program, tmp_path: Path) -> None:
    zone = ZoneInfo("Europe/Paris")
    here = program.at("2026-10-20T12:00:00+02:00", "Europe/Paris")
    texts = {
        "daily 19:30": "Ten minutes; not, more\\",
        "31st of the month 9:00": "",
        "every 2 weeks on sun,wed 18:00": "",
        "every 3 days 2:30": "",
    }
    for rule, text in texts.items():
        here.ok("remind", "add", rule, "--text", text)
    here.ok("remind", "add", "daily 8:00")
    here.ok("remind", "disable", "last")
    path = tmp_path / "reminders.ics"
    assert here.json("remind", "export", str(path)) == {"path": str(path), "reminders": 4}
    here.refused(1, "remind", "export", str(path))
    here.ok("remind", "export", str(path), "--force")
    assert path.stat().st_mode & 0o777 == 0o600
    data = path.read_bytes()
    assert b"\r\n" in data and b"METHOD" not in data
    assert len(data) < 5_000
    calendar = Calendar.from_ical(data)
    assert calendar.to_ical() == data
    timezone: Any = calendar.walk("VTIMEZONE")[0]
    assert timezone["TZID"] == "Europe/Paris"
    events: list[Any] = list(calendar.walk("VEVENT"))
    assert str(events[0]["SUMMARY"]) == "Ten minutes; not, more\\"
    for event, rule in zip(events, texts, strict=True):
        [alarm] = event.walk("VALARM")
        assert alarm["TRIGGER"].dt == timedelta(0)
        start = event["DTSTART"].dt
        assert start.tzinfo is not None and str(start.tzinfo) == "Europe/Paris"
        # By any reader of RRULE: the same wall clocks as the program's own, over the change of the clocks.
        walls = rrulestr(event["RRULE"].to_ical().decode(), dtstart=start.replace(tzinfo=None))
        found = walls.between(datetime(2026, 10, 20), datetime(2026, 12, 15))
        made = datetime(2026, 10, 20, 12)
        parsed = read_rule(rule)
        assert found == list(occurrences(parsed, first_day(parsed, made), made, datetime(2026, 12, 15)))
        described = timezone.to_tz(lookup_tzid=False)
        for wall in found:
            # The file's own zone says the same as the system's, in summer and in winter.
            assert wall.replace(tzinfo=described).utcoffset() == wall.replace(tzinfo=zone).utcoffset(), wall


def test_the_loop_ticks_until_it_is_ended(program: Program, bus: Bus) -> None:
    program.at(EVENING).ok("remind", "add", "daily 19:30", "--text", "From the loop")
    environment = {**program.at(DUE).environment(), "DBUS_SESSION_BUS_ADDRESS": bus.address}
    with bus.service():
        process = subprocess.Popen(
            [sys.executable, "-m", "learnhabit", "remind", "run"], env=environment, stderr=subprocess.PIPE
        )
        deadline = time.monotonic() + 60
        while not bus.notices and time.monotonic() < deadline:
            time.sleep(0.01)
        process.terminate()
        _, complaint = process.communicate(timeout=60)
    assert bus.notices[0][0] == "From the loop"
    assert complaint == b""


def test_a_damaged_file_is_said_without_a_traceback(program: Program) -> None:
    program.ok("remind", "add", "daily 19:30")
    path = program.home / "learnhabit.db"
    path.write_bytes(b"x" * 4096)
    answer = program.spawn("remind", "tick")
    assert answer.code == 1
    assert "Traceback" not in answer.err and answer.err.count("\n") == 1


def test_json_of_every_list_is_a_document(program: Program) -> None:
    for action in ("list", "next", "log", "tick"):
        json.loads(program.ok("remind", action, "--json").out)
