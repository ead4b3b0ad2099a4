"""All that the screen Year shows."""

from __future__ import annotations

from learnhabit import __version__
from learnhabit.domain.day_rhythm import FEW_SESSIONS
from learnhabit.domain.record import Record
from learnhabit.domain.year_summary import YearSummary
from learnhabit.reports.shared import Shared, shared
from learnhabit.services.looking_back import Onward, choices
from learnhabit.services.summary import default_year, summary, year_period
from learnhabit.services.values import YearGrid
from learnhabit.services.workspace import Workspace
from learnhabit.storage.rules import first_session_day


class YearView(Record):
    """A year, and which others there are."""

    year: int
    shared: Shared
    """Everything, at the full level."""
    grid: YearGrid
    choices: tuple[Onward, ...]
    """Resolutions whose next year can be decided now."""
    earlier: int | None
    """The year before, if anything was logged up to it."""
    later: int | None
    """The year after, up to the running one."""

    @property
    def summary(self) -> YearSummary:
        """What it came to."""
        assert self.shared.full is not None
        return self.shared.full


def year_view(workspace: Workspace, year: int | None = None) -> YearView:
    """A year; without one the running year, in January the one before."""
    year = default_year(workspace) if year is None else year
    found = summary(workspace, year_period(workspace, year))
    begun = first_session_day(workspace.store)
    return YearView(
        year=year,
        shared=shared(found, "full", (), f"learnhabit {__version__}"),
        grid=_grid(workspace, found),
        choices=choices(workspace, year),
        earlier=year - 1 if begun is not None and begun.year < year else None,
        later=year + 1 if year < workspace.today.year else None,
    )


def _grid(workspace: Workspace, found: YearSummary) -> YearGrid:
    period = found.period
    lengths = sorted(each.seconds for each in found.heatmap if each.seconds)
    return YearGrid(
        year=period.first.year,
        first=period.first,
        today=period.last,
        first_session_day=found.counting.first_session_day,
        week_start=found.counting.week_start,
        seconds={each.day: each.seconds for each in found.heatmap if each.seconds},
        paused=found.paused,
        year_seconds=found.seconds,
        year_counted_days=found.days_counted,
        usual_seconds=lengths[len(lengths) // 2] if found.sessions >= FEW_SESSIONS else None,
        running=period.so_far,
    )
