"""The sample of two years, built once for each process that runs tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reports.sample import build


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two years of study; not to be changed."""
    home = tmp_path_factory.mktemp("sample") / "home"
    build(home)
    return home
