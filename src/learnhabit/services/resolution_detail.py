"""All that is shown of one resolution: its line day by day, its periods, and why each figure is what it is."""

from __future__ import annotations

from datetime import date, timedelta

from learnhabit.domain.day_text import short_day
from learnhabit.domain.recurring import over_periods
from learnhabit.domain.resolution import Done, Resolution, amounts, line_of
from learnhabit.domain.resolution_words import amount_text, bare_amount, rate_text, state_sentence
from learnhabit.domain.unpaused import Unpaused
from learnhabit.services.resolution_preview import weeks_of
from learnhabit.services.resolution_reasons import reasons
from learnhabit.services.resolution_values import BurnUp, PeriodResult, ResolutionDetail, ResolutionView
from learnhabit.services.resolutions import Reader, find_resolution, running_resolutions, standings
from learnhabit.services.suggesting import next_steps
from learnhabit.services.workspace import Workspace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from learnhabit.services.values import NextStep

SHOWN_WEEKS = 6
_DAY = timedelta(days=1)


def resolution_detail(workspace: Workspace, reference: str) -> ResolutionDetail:
    """One resolution with everything; UsageError when none or several ids end so."""
    found = find_resolution(workspace, reference)
    view = standings(workspace, [found])[0]
    done = Reader(workspace).done(found)
    weeks = tuple(reversed(weeks_of(workspace, found, done, most=SHOWN_WEEKS)))
    has_line = found.per is None and found.measure != "done"
    periods = _periods(workspace, found, done) if found.per is not None else ()
    return ResolutionDetail(
        view=view,
        burn_up=_burn_up(workspace, view, done) if has_line else None,
        periods=periods,
        weeks=weeks,
        reasons=reasons(workspace, view, done, periods, weeks),
        sentence=state_sentence(found, view.standing, workspace.today),
        projection=_projection(view),
        advice_more=_more(view),
        next_step=_next_step(workspace, view),
    )


def _burn_up(workspace: Workspace, view: ResolutionView, done: Done) -> BurnUp:
    resolution, today = view.resolution, workspace.today
    found = amounts(resolution, done, workspace.rules)
    first, last = resolution.period_start, resolution.period_end
    total, totals = 0, []
    for number in range((min(today, last) - first).days + 1):
        total += found.get(first + number * _DAY, 0)
        totals.append(total)
    line = line_of(resolution, found, workspace.rules)
    off = Unpaused(workspace.rules.time_off)
    days = (last - first).days + 1
    usual = view.standing.usual_per_week
    return BurnUp(
        first=first,
        last=last,
        done=tuple(totals),
        plan_first=line.first,
        plan=tuple(line.planned(line.first + number * _DAY) for number in range((last - line.first).days + 2)),
        paused=frozenset(day for day in (first + number * _DAY for number in range(days)) if not off.count(day, day)),
        target=resolution.target,
        first_target=resolution.first_target,
        first_end=resolution.aims[0].period_end,
        today=today,
        usual_per_day=None if usual is None else usual / 7,
    )


def _periods(workspace: Workspace, resolution: Resolution, done: Done) -> tuple[PeriodResult, ...]:
    found = amounts(resolution, done, workspace.rules)
    return tuple(
        PeriodResult(
            start=period.start,
            end=period.end,
            progress=period.progress,
            target=period.target[0] / period.target[1],
            kept=period.kept if period.counts else None,
        )
        for period in over_periods(resolution, found, workspace.rules, workspace.today)
    )


def _projection(view: ResolutionView) -> str:
    standing = view.standing
    if standing.needed_per_week is None or standing.state == "kept":
        return ""
    if standing.usual_per_week is None:
        return "known after three full weeks"
    pace = "at the pace of the last weeks"
    if standing.projected_from is None and standing.projected_to is None:
        return "not at this pace"
    if standing.projected_to is None:
        return f"not before {_day(standing.projected_from)}"
    if standing.projected_from == standing.projected_to or standing.projected_from is None:
        return f"{_day(standing.projected_to)} {pace}"
    first, last = standing.projected_from, standing.projected_to
    from_day = _day(first) if last is None or first.year != last.year else _day(first).removesuffix(f" {first.year}")
    return f"{from_day} – {_day(last)} {pace}"


def _day(day: date | None) -> str:
    return "" if day is None else f"{short_day(day).partition(' ')[2]} {day.year}"


def _more(view: ResolutionView) -> str:
    """What would bring it home in time."""
    resolution, standing = view.resolution, view.standing
    needed, usual = standing.needed_per_week, standing.usual_per_week
    if not needed or standing.state == "kept":
        return ""
    until = f"until {_day(resolution.period_end)}"
    if usual is None:
        return f"{rate_text(needed, resolution.measure, resolution.kind)}, {until}"
    if needed <= usual:
        return f"your usual {rate_text(usual, resolution.measure, resolution.kind)} is enough"
    more = needed - usual
    if resolution.measure == "hours":
        return f"{amount_text(more, 'hours')} more a week than usual, {until}"
    rate = rate_text(needed, resolution.measure, resolution.kind)
    return f"{rate} instead of the usual {bare_amount(usual, resolution.measure)}, {until}"


def _next_step(workspace: Workspace, view: ResolutionView) -> NextStep | None:
    resolution = view.resolution
    if view.standing.state in ("kept", "not kept", "let go") or not resolution.scope:
        return None
    steps = next_steps(workspace, running_resolutions(workspace))
    return next((step for step in steps if step.topic in resolution.scope), None)
