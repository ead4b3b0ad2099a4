"""A data folder per test, copied from one that was made once: the first opening writes the whole catalogue."""

from __future__ import annotations

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
