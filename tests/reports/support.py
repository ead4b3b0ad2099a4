"""What the tests of the summary share."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from learnhabit.clock import FrozenClock
from learnhabit.domain.year_summary import YearSummary
from learnhabit.services.summary import summary, year_period
from learnhabit.services.summary_files import make, share, standard_output
from learnhabit.services.workspace import Workspace, open_workspace
from tests.reports.sample import NOW


def opened(home: Path, now: datetime = NOW) -> Workspace:
    """A folder at a moment."""
    return open_workspace(str(home), FrozenClock(now))


def copied(home: Path, to: Path) -> Path:
    """A copy that may be changed."""
    folder = to / "copy"
    shutil.copytree(home, folder)
    return folder


def summed(home: Path, *, year: int = 2026, now: datetime = NOW) -> YearSummary:
    """The summary of a year."""
    with opened(home, now) as workspace:
        return summary(workspace, year_period(workspace, year))


def made(
    home: Path,
    kind: str,
    level: str,
    *,
    year: int = 2026,
    approved: frozenset[str] = frozenset(),
    now: datetime = NOW,
) -> bytes:
    """A summary in a format, as it goes to the standard output."""
    with opened(home, now) as workspace:
        found = share(summary(workspace, year_period(workspace, year)), level, approved)
        return standard_output(make(workspace, found, kind), kind)
