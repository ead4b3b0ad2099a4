"""What several tests share: the size of a campaign and an environment that knows nothing of this machine."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

CAMPAIGN_SCALE = "LEARNHABIT_CAMPAIGN_SCALE"
"""Set by `make campaign` to its SCALE, 1 for the whole campaign; unset in `make test`."""

_FOREIGN = ("COLUMNS", "DBUS_", "FORCE_COLOR", "LEARNHABIT_", "LINES", "NO_COLOR", "TEXTUAL", "TZ", "XDG_")
"""Beginnings of the variables by which a machine could change what a test sees."""

ALONE = Path(__file__).parent / "alone"
"""Programs that stand before those of the system, as these know one state for all tests of a user."""

_OURS = (CAMPAIGN_SCALE, "LEARNHABIT_REQUIRE_ALL")


def need(program: str, package: str) -> None:
    """A program of the system that a test calls: missing on Linux it is a mistake of the set-up, elsewhere it is no
    program of that system."""
    if shutil.which(program) is None:
        if not sys.platform.startswith("linux"):
            pytest.skip(f"{program} is a program of Linux")
        pytest.fail(f"{program} is missing; make tools installs it, or: apt install {package}")


def campaign_size(full: int) -> int:
    """How many times a campaign test repeats, given the number of the whole campaign; at least 1."""
    return max(1, round(full * float(os.environ.get(CAMPAIGN_SCALE, "1"))))


def foreign_variables() -> list[str]:
    """The variables of this environment that no test may see."""
    return [name for name in os.environ if name.startswith(_FOREIGN) and name not in _OURS]


def clean_environment(home: Path) -> dict[str, str]:
    """An environment for a program under test: this one without its traces, with a home of its own, in UTC."""
    foreign = foreign_variables()
    kept = {name: value for name, value in os.environ.items() if name not in foreign}
    return {**kept, "HOME": str(home), "TZ": "UTC"}
