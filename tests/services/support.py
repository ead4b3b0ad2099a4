"""A data folder and a clock that a test can set."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from learnhabit.clock import FrozenClock
from learnhabit.services.workspace import Workspace, open_workspace


def at(folder: Path, moment: str) -> Workspace:
    """The folder's workspace at a moment such as `2026-11-23T20:40:00+01:00`."""
    return open_workspace(str(folder), FrozenClock(datetime.fromisoformat(moment)))
