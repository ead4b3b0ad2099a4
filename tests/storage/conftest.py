"""A data folder per test, copied from one that was made once: the first opening writes the whole catalogue."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.storage.support import at, copy_home


@pytest.fixture(scope="session")
def made_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that was opened once, with an empty log."""
    home = tmp_path_factory.mktemp("made") / "home"
    with at(home):
        pass
    return home


@pytest.fixture
def home(made_home: Path, tmp_path: Path) -> Path:
    """A folder with an empty log."""
    return copy_home(made_home, tmp_path / "home")


@pytest.fixture
def scratch(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory, where there is one, for tests that write much and do not depend on what a disk does."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else tmp_path) as name:
        yield Path(name)


@pytest.fixture
def swift_home(made_home: Path, scratch: Path) -> Path:
    """A folder with an empty log, in memory where that is possible."""
    return copy_home(made_home, scratch / "home")
