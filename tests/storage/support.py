"""What the storage tests share: a folder at a moment, its rows, what must hold in it, and the program beside it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from learnhabit.clock import FrozenClock
from learnhabit.domain.scan import ScanState, advance
from learnhabit.services.workspace import Workspace, open_workspace
from learnhabit.storage.rules import first_session_day, read_day_seconds
from tests.end_to_end.program import TIME_LIMIT, Answer
from tests.support import campaign_size, clean_environment

ROOT = Path(__file__).parents[2]
MONDAY = "2026-11-23T20:40:00+01:00"
"""The moment at which most tests stand."""

JOURNALLED = (
    "session",
    "tag",
    "timer",
    "time_off",
    "cadence",
    "daily_amount",
    "day_start",
    "setting",
    "topic",
    "resource",
    "advice",
    "dismissal",
    "card",
    "reminder",
    "resolution",
    "resolution_aim",
    "check_in",
    "review",
    "year_answer",
)
"""The tables that a change may touch, and undo brings back."""


def sizes(short: int, campaign: int) -> pytest.MarkDecorator:
    """Run a test with `size` as in `make test`, and once more as often as `make campaign` asks for."""
    long = pytest.param(campaign_size(campaign), marks=pytest.mark.campaign, id="campaign")
    return pytest.mark.parametrize("size", [pytest.param(short, id="short"), long])


def at(home: Path, moment: str = MONDAY) -> Workspace:
    """The folder's workspace at a moment such as `2026-11-23T20:40:00+01:00`."""
    return open_workspace(str(home), FrozenClock(datetime.fromisoformat(moment)))


def file_of(home: Path) -> Path:
    """The database of a folder."""
    return home / "learnhabit.db"


def copy_home(home: Path, to: Path) -> Path:
    """Another folder with the same data, as only its owner may see it."""
    shutil.copytree(home, to)
    to.chmod(0o700)
    return to


def raw(home: Path) -> sqlite3.Connection:
    """The database without the program around it."""
    return sqlite3.connect(file_of(home), isolation_level=None)


def rows(home: Path, *, tombstones: bool = False) -> dict[str, list[dict[str, Any]]]:
    """The rows of every journalled table, without `updated_at`; deleted ones only on demand."""
    connection = raw(home)
    connection.row_factory = sqlite3.Row
    try:
        found: dict[str, list[dict[str, Any]]] = {}
        there = {name for (name,) in map(tuple, connection.execute("SELECT name FROM sqlite_master"))}
        # An earlier program's file lacks the later tables.
        for table in (name for name in JOURNALLED if name in there):
            everything = [dict(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY id")]
            kept = [row for row in everything if tombstones or row.get("deleted_at") is None]
            found[table] = [{key: row[key] for key in row if key != "updated_at"} for row in kept]
        return found
    finally:
        connection.close()


def assert_sound(home: Path) -> None:
    """SQLite finds nothing wrong, and every derived table says what a recount says."""
    connection = raw(home)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        for total, key in (("day_total", "study_day"), ("month_total", "substr(study_day, 1, 7)")):
            kept = connection.execute(f"SELECT * FROM {total} ORDER BY 1, 2").fetchall()
            counted = connection.execute(
                f"SELECT {key}, topic, sum(seconds), count(*) FROM session WHERE deleted_at IS NULL"
                " GROUP BY 1, 2 ORDER BY 1, 2"
            ).fetchall()
            assert kept == counted, total
        sums = {
            connection.execute(f"SELECT coalesce(sum(seconds), 0) FROM {table}").fetchone()[0]
            for table in ("day_total", "month_total", "session WHERE deleted_at IS NULL")
        }
        assert len(sums) == 1, sums
    finally:
        connection.close()


def assert_states_fresh(workspace: Workspace) -> None:
    """Every state that is kept is the one that a scan from the first day on finds."""
    store = workspace.store
    kept = {
        row[0]: row
        for row in store.all(
            "SELECT study_day, kind, strength, run_days, longest_run, run_window, effort_window FROM scan_state"
        )
    }
    first = first_session_day(store)
    if first is None:
        assert kept == {}
        return
    workspace.forget()
    last = max([date.fromisoformat(day) for day in kept], default=first)
    seconds = read_day_seconds(store, first, last)
    state: ScanState | None = None
    day = first
    while day <= last and kept:
        state = advance(state, day, seconds.get(day, 0), workspace.rules)
        stored = kept.pop(day.isoformat(), None)
        if stored is not None:
            assert stored == (day.isoformat(), *(getattr(state, name) for name in STATE_FIELDS)), day
        day += timedelta(days=1)
    assert kept == {}, "states of days before the first session"


STATE_FIELDS = ("kind", "strength", "run_days", "longest_run", "run_window", "effort_window")


def environment(home: Path, **more: str) -> dict[str, str]:
    """What the program is started with on a folder."""
    return {**clean_environment(home.parent), "LEARNHABIT_HOME": str(home), "PYTHONIOENCODING": "utf-8", **more}


def run(
    home: Path,
    *arguments: str,
    prefix: Sequence[str] = (),
    variables: Mapping[str, str] | None = None,
    now: str | None = MONDAY,
) -> Answer:
    """`learnhabit` in a process of its own, perhaps behind another command such as setpriv."""
    more = {"LEARNHABIT_NOW": now} if now else {}
    done = subprocess.run(
        [*prefix, sys.executable, "-m", "learnhabit", *arguments],
        env=environment(home, **more, **(variables or {})),
        cwd=ROOT,
        capture_output=True,
        timeout=TIME_LIMIT,
        check=False,
    )
    return Answer(done.returncode, done.stdout, done.stderr)


def assert_refused(answer: Answer, title: str, hint: str, *, as_json: bool = False) -> None:
    """Exit code 1, the title, a hint that begins as given, and no traceback; with --json the same as an object."""
    assert answer.code == 1, answer
    assert answer.err.startswith(f"learnhabit: {title}: {hint}"), answer
    assert answer.err.count("\n") == 1, answer
    if as_json:
        assert answer.json.keys() == {"error"}, answer
        assert answer.json["error"]["title"] == title, answer
        assert answer.json["error"]["hint"].startswith(hint), answer
    else:
        assert answer.stdout == b"", answer


def unprivileged() -> list[str]:
    """A prefix under which a read-only file is read-only, for root too; nothing for anybody else."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("as root, only setpriv can take the right to write everywhere away")
    gone = "-dac_override,-dac_read_search"
    return ["setpriv", f"--bounding-set={gone}", f"--inh-caps={gone}"]
