"""A data folder per test, copied from one that was made once: the first opening writes the whole catalogue."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from learnhabit.services import first_steps
from learnhabit.services.workspace import open_workspace
from tests.end_to_end.program import Program


@pytest.fixture(scope="session")
def made_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the program has opened once and in which nothing was done."""
    home = tmp_path_factory.mktemp("made") / "home"
    answer = Program(home, now="2020-01-01T12:00:00+00:00")("sessions", "--json")
    assert answer.code == 0 and answer.json == [], answer
    # The first run was left out.
    with open_workspace(str(home)) as workspace:
        first_steps.end(workspace)
    return home


@pytest.fixture
def program(made_home: Path, tmp_path: Path) -> Iterator[Program]:
    """The program with an empty log, on the evening of Monday 23 November 2026 at +01:00.

    Its folder lies in memory where that is possible: hundreds of small writes need not wait for a disk.
    """
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else tmp_path) as name:
        home = Path(name) / "home"
        shutil.copytree(made_home, home)
        home.chmod(0o700)
        yield Program(home)


@pytest.fixture
def fresh(tmp_path: Path) -> Program:
    """The program with a folder that does not exist yet."""
    return Program(tmp_path / "never" / "opened")
