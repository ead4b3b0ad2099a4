"""The doctor: all is well in a folder that is lived in, what is broken is seen, and what can be rebuilt is mended."""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from learnhabit.clock import FrozenClock
from learnhabit.services import cards, editing, planning, resolving, settings, tracking
from learnhabit.services.backups import backup_now
from learnhabit.services.doctor import Checkup, examine, mend
from learnhabit.services.findings import Finding
from learnhabit.services.recall import grade_card
from learnhabit.services.reminding import add_reminder, disable_reminder
from learnhabit.services.searching import search
from learnhabit.services.today import today_view
from tests.storage.support import MONDAY, at, copy_home, file_of, raw, rows, sizes

NAMES = [
    *("program", "sqlite", "folder", "file", "schema", "integrity", "totals", "run and strength", "recall"),
    *("references", "settings", "reminders", "time", "search", "agent"),
    *("backups", "config", "privacy", "leftovers", "space", "terminal"),
]


def clock(moment: str = MONDAY) -> FrozenClock:
    from datetime import datetime

    return FrozenClock(datetime.fromisoformat(moment))


@pytest.fixture(scope="module")
def whole(made_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which somebody has lived for some weeks."""
    home = copy_home(made_home, tmp_path_factory.mktemp("whole") / "home")
    with at(home, "2026-11-02T20:00:00+01:00") as workspace:
        planning.set_plan(workspace, cadence="4", minimum="15m", goal="45m")
        settings.set_setting(workspace, "week_start", "sunday")
        settings.set_setting(workspace, "quiet_hours", "22:00-06:00")
        planning.add_time_off(workspace, "2026-11-10", "2026-11-12", "away")
        resolving.add_resolution(workspace, "40 hours of rag by June")
        cards.add_card(workspace, "rag", "Why?", "Because.")
    for day in range(2, 23):
        with at(home, f"2026-11-{day:02}T21:00:00+01:00") as workspace:
            if day % 3:
                tracking.log(workspace, [f"{day + 10}m", "rag" if day % 2 else "lora", f"note {day}"], tags=["paper"])
            if day % 7 == 4:
                grade_card(workspace, "last", 3)
    with at(home) as workspace:
        disable_reminder(workspace, add_reminder(workspace, "weekdays 19:30").reminder.id)
        editing.delete(workspace, "last")
        search(workspace, "note")
        today_view(workspace)
    backup_now(str(home), clock())
    return home


@pytest.fixture
def home(whole: Path, tmp_path: Path) -> Path:
    return copy_home(whole, tmp_path / "home")


def finding(found: Checkup, check: str) -> Finding:
    (only,) = [each for each in found.findings if each.check == check]
    return only


def lines(found: Checkup) -> list[Finding]:
    """What was found, but for the room on the disk, which changes meanwhile."""
    return [each for each in found.findings if each.check != "space"]


def look(home: Path) -> Checkup:
    return examine(str(home), clock())


def break_it(home: Path, *statements: str) -> None:
    connection = raw(home)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    for sql in statements:
        connection.execute(sql)
    connection.close()


def test_all_is_well_where_somebody_lives(home: Path) -> None:
    before = file_of(home).read_bytes()
    found = look(home)
    assert [each.check for each in found.findings] == NAMES
    assert [(each.check, each.state, each.detail) for each in found.findings if each.state != "ok"] == []
    assert file_of(home).read_bytes() == before
    again = mend(str(home), clock())
    assert (lines(again), again.mended) == (lines(found), ())


def test_a_folder_that_is_not_there_yet_stays_so(tmp_path: Path) -> None:
    found = look(tmp_path / "none")
    assert {each.state for each in found.findings} == {"ok"}
    assert not (tmp_path / "none").exists()


MENDED: dict[str, tuple[str, str, str]] = {
    "a sum is wrong": ("totals", "wrong", "UPDATE day_total SET seconds = seconds + 60"),
    "a sum is missing": ("totals", "wrong", "DELETE FROM month_total"),
    "a sum of nothing": ("totals", "wrong", "INSERT INTO day_total VALUES ('2026-11-20', 'nothing', 60, 1)"),
    "strength": ("run and strength", "wrong", "UPDATE scan_state SET strength = 0.9 WHERE study_day = '2026-11-09'"),
    "a day before the first": (
        "run and strength",
        "wrong",
        "INSERT INTO scan_state VALUES ('2020-01-01', 'counted', 0.5, 1, 1, '', '')",
    ),
    "a card": ("recall", "wrong", "UPDATE card SET due_on = '2030-01-01'"),
    "a damaged index": ("integrity", "wrong", ""),
    "the search index": ("search", "warning", ""),
    "open to others": ("privacy", "warning", ""),
    "unfinished files": ("leftovers", "warning", ""),
}


def damage(home: Path, name: str, sql: str) -> None:
    if sql:
        break_it(home, sql)
    elif name == "a damaged index":
        connection = raw(home)
        connection.execute("PRAGMA writable_schema = ON")
        (text,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'session_order'").fetchone()
        connection.execute("DELETE FROM sqlite_schema WHERE name = 'session_order'")
        connection.execute("PRAGMA writable_schema = RESET")
        connection.execute("UPDATE session SET started_at = started_at + 1, ended_at = ended_at + 1 WHERE seq = 3")
        # Its pages are there and hold what was true before.
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "INSERT INTO sqlite_schema VALUES ('index', 'session_order', 'session', ?, ?)", (root_of(home), text)
        )
        connection.close()
    elif name == "the search index":
        content = bytearray((home / "search.db").read_bytes())
        content[4096 : 4096 + 512] = random.Random(1).randbytes(512)
        (home / "search.db").write_bytes(content)
    elif name == "open to others":
        file_of(home).chmod(0o644)
        home.chmod(0o755)
    else:
        for left in (home / ".learnhabit.db.77.part", home / "backups" / ".20261101-2000.7-abcdef.part"):
            left.write_bytes(b"begun")
            left.chmod(0o600)
            os.utime(left, (0, 0))


_roots: dict[str, int] = {}


def root_of(home: Path) -> int:
    return _roots["session_order"]


@pytest.fixture(autouse=True)
def _remember(whole: Path) -> None:
    connection = raw(whole)
    (_roots["session_order"],) = connection.execute(
        "SELECT rootpage FROM sqlite_schema WHERE name = 'session_order'"
    ).fetchone()
    connection.close()


@pytest.mark.parametrize("name", MENDED)
def test_what_can_be_rebuilt_is_seen_and_mended(home: Path, name: str) -> None:
    check, state, sql = MENDED[name]
    facts = rows(home, tombstones=True)
    damage(home, name, sql)
    before = look(home)
    assert finding(before, check).state == state, finding(before, check)
    assert check in before.mends
    # Nothing but this one, and perhaps what is made of it.
    assert {each.check for each in before.findings if each.state != "ok"} <= {check, "run and strength"}
    after = mend(str(home), clock())
    assert check in after.mended
    assert [(each.check, each.state, each.detail) for each in after.findings if each.state != "ok"] == []
    assert lines(look(home)) == lines(after)
    if name not in ("a damaged index", "a card"):
        assert rows(home, tombstones=True) == facts
    with at(home) as workspace:
        today_view(workspace)
        assert search(workspace, "note")
    assert {each.state for each in look(home).findings} == {"ok"}


SEEN: dict[str, tuple[str, str, str, str]] = {
    "a topic that is gone": (
        "references",
        "warning",
        "UPDATE session SET topic = 'quantum', day_moves = day_moves + 1 WHERE seq = 2",
        "1 session without its topic (“quantum”)",
    ),
    "a tag of no session": ("references", "wrong", "UPDATE tag SET session = 'none' WHERE seq = 1", "1 tag belong"),
    "a resolution without a target": ("references", "warning", "DELETE FROM resolution_aim", "without its target"),
    "a setting": (
        "settings",
        "wrong",
        "UPDATE setting SET value = 'someday' WHERE id = 'week_start'",
        "week_start is “someday”",
    ),
    "quiet hours": ("settings", "wrong", "UPDATE setting SET value = '25' WHERE id = 'quiet_hours'", "quiet_hours"),
    "a rule": ("reminders", "wrong", "UPDATE reminder SET rule = 'when I like'", "“when I like”"),
    "a session to come": (
        "time",
        "warning",
        "UPDATE session SET started_at = started_at + 86400 * 90, ended_at = ended_at + 86400 * 90 WHERE seq = 5",
        "which is to come",
    ),
    "pauses": ("time", "wrong", "UPDATE session SET pauses = '7-' WHERE seq = 5", "pauses of 1 session"),
    "a value that no row may have": ("integrity", "wrong", "UPDATE session SET seconds = -5", "the file is damaged"),
    "a day that is none": ("integrity", "wrong", "UPDATE time_off SET to_day = 'z'", "the file is damaged"),
}


@pytest.mark.parametrize("name", SEEN)
def test_what_is_not_in_order_is_said_with_what_helps(home: Path, name: str) -> None:
    check, state, sql, said = SEEN[name]
    break_it(home, "PRAGMA foreign_keys = OFF", sql)
    found = finding(look(home), check)
    assert (found.state, found.mends) == (state, False)
    assert said in found.detail
    assert found.do
    before = file_of(home).read_bytes()
    mend(str(home), clock())
    assert finding(look(home), check) == found
    if name not in ("a session to come", "a topic that is gone"):
        # What a person wrote is not touched.
        assert file_of(home).read_bytes() == before


def test_config_and_backups(home: Path) -> None:
    (home / "config.toml").write_text("theme = paper\n")
    backup = next((home / "backups").glob("*.db"))
    content = bytearray(backup.read_bytes())
    content[9000] ^= 1
    backup.write_bytes(content)
    found = look(home)
    assert finding(found, "config").state == "wrong"
    assert "line 1" in finding(found, "config").detail
    assert finding(found, "backups").state == "wrong"
    assert "learnhabit backup now" in finding(found, "backups").do
    for each in (home / "backups").iterdir():
        each.unlink()
    assert finding(look(home), "backups").state == "warning"


def test_an_old_backup_is_said(home: Path) -> None:
    with at(home, "2026-12-20T20:00:00+01:00") as workspace:
        tracking.log(workspace, ["45m", "rag"])
    found = finding(examine(str(home), clock("2026-12-20T20:40:00+01:00")), "backups")
    assert (found.state, "27 days ago" in found.detail) == ("warning", True), found


def test_a_reminder_that_nobody_would_see(home: Path) -> None:
    break_it(home, "UPDATE reminder SET enabled = 1")
    found = finding(look(home), "agent")
    assert found.state == "warning"
    assert found.detail.startswith("no agent is installed")
    assert found.do == "learnhabit remind install"


OTHERS: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "no database": (lambda path: path.write_bytes(b"no database" * 50), "file", "not a learnhabit database"),
    "a newer one": (lambda path: pragma(path, "user_version = 99"), "schema", "version 99"),
    "an older one": (lambda path: pragma(path, "user_version = 1"), "schema", "version 1"),
    "another program's": (lambda path: pragma(path, "application_id = 7"), "file", "another program"),
    "a folder": (
        lambda path: path.rename(path.with_name("aside")).parent.joinpath(path.name).mkdir(),
        "file",
        "folder",
    ),
    "cut off": (lambda path: path.write_bytes(path.read_bytes()[:9000]), "file", "damaged"),
    "empty": (lambda path: path.write_bytes(b""), "file", "no learnhabit.db yet"),
}


def pragma(path: Path, text: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA {text}")
    connection.close()


@pytest.mark.parametrize("name", OTHERS)
def test_what_can_not_be_opened_is_looked_over_all_the_same(home: Path, name: str) -> None:
    change, check, said = OTHERS[name]
    change(file_of(home))
    content = file_of(home).read_bytes() if file_of(home).is_file() else b""
    found = look(home)
    assert said in f"{finding(found, check).detail} {finding(found, check).do}", finding(found, check)
    assert {each.check for each in found.findings} >= {"program", "folder", "backups", "space", "terminal"}
    assert not {each.check for each in found.findings} & {"totals", "recall"}
    mend(str(home), clock())
    if content:
        assert file_of(home).read_bytes() == content


@sizes(10, 800)
def test_a_damaged_file_never_stops_the_doctor(whole: Path, scratch: Path, size: int) -> None:
    home = copy_home(whole, scratch / "home")
    content = file_of(home).read_bytes()
    seen = 0
    for seed in range(size):
        chance = random.Random(seed)
        damaged = bytearray(content)
        for _ in range(chance.choice([1, 4, 64])):
            place = chance.randrange(len(damaged) // 4096) * 4096 + chance.randrange(chance.choice([100, 4096]))
            damaged[place] = chance.randrange(256)
        file_of(home).write_bytes(
            damaged[: chance.choice([len(damaged), len(damaged), chance.randrange(len(damaged))])]
        )
        found = look(home)
        assert [each.check for each in found.findings][:4] == NAMES[:4], seed
        seen += found.wrong > 0
        mend(str(home), clock())
    assert seen
