"""In a folder that is in use, the commands of every day load next to nothing, whatever their options."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from learnhabit.services import reminding, tracking
from learnhabit.storage.reminders import write_next_due
from tests.storage.support import MONDAY, ROOT, at, copy_home, environment

SLOW = {
    *("asyncio", "contextlib", "copy", "csv", "dataclasses", "dateutil", "decimal", "difflib", "email", "fractions"),
    *("html", "http", "importlib.metadata", "importlib.resources", "inspect", "jinja2", "json", "locale", "logging"),
    *(
        "pathlib",
        "pickle",
        "platform",
        "platformdirs",
        "plyer",
        "queue",
        "random",
        "rich",
        "secrets",
        "shlex",
        "shutil",
    ),
    *("socket", "sqlite_utils", "statistics", "subprocess", "tempfile", "textual", "textwrap", "threading", "tomllib"),
    *("traceback", "typing", "unittest", "urllib.parse", "uuid", "weakref", "xml", "zipfile", "zoneinfo"),
    *("learnhabit.catalogue", "learnhabit.services.today", "learnhabit.storage.faults", "learnhabit.tui"),
    *("learnhabit.storage.migrations", "learnhabit.storage.upgrade"),
}
PROGRAM = """
import sys
before = set(sys.modules)
from learnhabit.cli import main
code = main(sys.argv[1:])
print(*sorted(set(sys.modules) - before), file=sys.stderr)
sys.exit(code)
"""


@pytest.fixture(scope="module")
def used_home(made_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a history, so that days are closed and sessions overlap."""
    home = copy_home(made_home, tmp_path_factory.mktemp("used") / "home")
    with at(home, "2026-11-10T20:40:00+01:00") as workspace:
        for day in range(1, 10):
            tracking.log(workspace, ["45m", "rag"], at=f"2026-11-{day:02} 20:00", tags=["a"])
        made = reminding.add_reminder(workspace, "1st of the month 9:00")
        # By the system's clock, too, it is long not due.
        write_next_due(workspace.store, made.reminder.id, datetime(9000, 1, 1, 9))
    return home


LOG = ["log", "45m", "rag", "a note", "#deep", "--at", "2026-11-09 20:10", "--takeaway", "t", "--tag", "b"]
COMMANDS: dict[str, list[list[str]]] = {
    "log": [["log", "45m", "rag"], LOG, ["log", "1h lora with a note @yesterday 9:00"]],
    "timer": [
        ["start", "rag", "a note", "--at", "-15m", "--tag", "a"],
        ["pause"],
        ["status"],
        ["resume"],
        ["stop", "--takeaway", "t", "--note", "n"],
    ],
    "tick": [["remind", "tick"]],
    "discarded": [["start", "rag"], ["stop", "--discard"]],
    "completion": [["completion", "--words", "topics", "--", "r", "start"], ["completion", "--words", "sessions"]],
    "status": [["status"], ["status", "--format", "{week[counted_days]} {timer}"]],
}


@pytest.mark.parametrize("frozen", [True, False])
@pytest.mark.parametrize("name", COMMANDS)
def test_hot_commands_load_nothing_slow(used_home: Path, tmp_path: Path, name: str, frozen: bool) -> None:
    home = copy_home(used_home, tmp_path / "home")
    more = {"LEARNHABIT_NOW": MONDAY} if frozen else {}
    for command in COMMANDS[name]:
        done = subprocess.run(
            [sys.executable, "-S", "-c", f"import sys; sys.path.insert(0, 'src'){PROGRAM}", *command],
            env=environment(home, **more),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        loaded = set(done.stderr.splitlines()[-1].split())
        assert loaded & SLOW == set(), command
