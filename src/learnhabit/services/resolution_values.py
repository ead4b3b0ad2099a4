"""What services hand out about resolutions and weekly reviews: immutable values, nothing that writes."""

from __future__ import annotations

from datetime import date

from learnhabit.domain.pace import Week
from learnhabit.domain.record import Record
from learnhabit.domain.resolution import Resolution, Standing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from learnhabit.domain.resolution_draft import Draft
    from learnhabit.services.values import NextStep


class ResolutionView(Record):
    """A resolution and where it stands today."""

    resolution: Resolution
    standing: Standing
    titles: tuple[str, ...]
    """Of the scope's topics; empty for all topics."""


class BurnUp(Record):
    """What was done against the plan, day by day, for a resolution with a line. Amounts are seconds for hours."""

    first: date
    """The period's first day."""
    last: date
    done: tuple[int, ...]
    """By the end of each day from `first` up to today or `last`, whichever is earlier; empty before `first`."""
    plan_first: date
    """The day on which the plan starts."""
    plan: tuple[int, ...]
    """By the beginning of each day from `plan_first` to the day behind `last`."""
    paused: frozenset[date]
    target: int
    first_target: int
    first_end: date
    """The end as it was when the resolution was made."""
    today: date
    usual_per_day: float | None
    """What an unpaused day usually brings; None while there are too few weeks."""


class PeriodResult(Record):
    """A finished period of a recurring resolution."""

    start: date
    end: date
    progress: int
    target: float
    kept: bool | None
    """None when it does not count: nothing was asked of it, or it is a part that was not kept."""


class Reason(Record):
    """A figure, how it comes about, and what it is made of."""

    figure: str
    value: str
    text: str
    rows: tuple[tuple[str, str], ...]
    """What makes it up, newest first; the last row says how many more there are."""


class ResolutionDetail(Record):
    """All that is shown of one resolution."""

    view: ResolutionView
    burn_up: BurnUp | None
    """None for `done` and for recurring ones."""
    periods: tuple[PeriodResult, ...]
    """Of a recurring one, oldest first."""
    weeks: tuple[Week, ...]
    """The last full weeks, oldest first, at most six."""
    reasons: tuple[Reason, ...]
    sentence: str
    projection: str
    """When it would be finished, in words; empty where that does not apply."""
    advice_more: str
    """What would bring it home in time, in words; empty where nothing is needed or it can't be said."""
    next_step: NextStep | None
    """The topic of the scope that is worth starting now."""


class ResolutionPreview(Record):
    """What a line would resolve, and what that asks."""

    draft: Draft
    sentence: str
    titles: tuple[str, ...]
    asks_per_week: float | None
    """Units a week; None for `done`."""
    usual_per_week: float | None
    verdict: str
    first_due: date | None
    """The day by which the first whole unit is due; None where nothing is due one by one."""
    alternatives: tuple[str, ...]
    """At most two smaller lines that can be read."""


class ReviewView(Record):
    """A week against its plan, and what was written about it."""

    week_start: date
    week_end: date
    number: int
    year: int
    """The year the week belongs to."""
    counted_days: int
    need: int
    kept: bool | None
    """None when the week asks for nothing."""
    seconds: int
    usual_seconds: int | None
    """Median of the full weeks before it, up to six; None under three."""
    lines: tuple[str, str, str]
    question: str
    text: str
    written_on: date | None
    running: bool
    """The week is not over."""
