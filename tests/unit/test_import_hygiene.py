"""What `lint-imports` can't see: the hot commands load nothing slow when they run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import clean_environment

SLOW = {
    "dataclasses",
    "dateutil",
    "importlib.metadata",
    "importlib.resources",
    "json",
    "learnhabit.catalogue",
    "learnhabit.storage.migrations",
    "learnhabit.tui",
    "logging",
    "pathlib",
    "platformdirs",
    "plyer",
    "rich",
    "secrets",
    "shutil",
    "sqlite_utils",
    "subprocess",
    "tempfile",
    "textual",
    "tomllib",
    "typing",
    "uuid",
    "zoneinfo",
}
"""Each costs a good part of a bare interpreter, and some many times as much."""


def _loaded(home: Path, arguments: list[str]) -> set[str]:
    """The modules that a command loads in an interpreter of its own, beyond those that are there anyway."""
    program = (
        "import sys; before = set(sys.modules); from learnhabit.cli import main; code = main(sys.argv[1:]); "
        "print(); print(*sorted(set(sys.modules) - before)); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", program, *arguments],
        env=clean_environment(home),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.splitlines()[-1].split())


@pytest.fixture(scope="module")
def used_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which learnhabit ran before: the first run may load what it needs."""
    home = tmp_path_factory.mktemp("used")
    assert "learnhabit.catalogue" in _loaded(home, ["status"])
    return home


@pytest.mark.parametrize(
    "commands",
    [
        pytest.param([["log", "45m", "rag", "read the survey"]], id="log"),
        pytest.param([["start", "rag"], ["pause"], ["resume"], ["switch", "lora"], ["stop"]], id="a timer"),
        pytest.param([["start", "rag"], ["cancel"]], id="a cancelled timer"),
        pytest.param([["status"]], id="status"),
        pytest.param([["status", "--format", "{run[days]}"]], id="status in a prompt"),
    ],
)
def test_hot_commands_load_nothing_slow(used_home: Path, commands: list[list[str]]) -> None:
    for arguments in commands:
        assert _loaded(used_home, arguments) & SLOW == set(), arguments


def test_lists_load_nothing_slow_and_nothing_that_changes(used_home: Path) -> None:
    changing = {"learnhabit.services.resolving", "learnhabit.domain.resolution_line", "fractions", "statistics"}
    for command in (["sessions"], ["resolution", "list"]):
        assert not _loaded(used_home, command) & (SLOW | changing)


def test_the_first_screen_loads_nothing_that_only_changes() -> None:
    program = "import sys; import learnhabit.tui.app, learnhabit.tui.screens.today; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, timeout=60, check=True)
    later = {
        *("learnhabit.domain.resolution_line", "learnhabit.services.offers", "learnhabit.services.resolution_detail"),
        *("learnhabit.services.resolving", "learnhabit.tui.screens.resolutions", "sqlite_utils"),
    }
    assert not set(done.stdout.split()) & later
