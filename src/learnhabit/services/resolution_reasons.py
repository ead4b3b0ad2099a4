"""Why each figure of a resolution is what it is: how it comes about in words, and what it is made of."""

from __future__ import annotations

from datetime import date, timedelta

from learnhabit.domain.day_text import long_day, short_day
from learnhabit.domain.duration import format_duration
from learnhabit.domain.resolution import Done, Resolution, amounts, line_of
from learnhabit.domain.resolution_words import amount_text, progress_text, rate_text
from learnhabit.domain.unpaused import Unpaused
from learnhabit.services.resolution_values import PeriodResult, Reason, ResolutionView
from learnhabit.services.workspace import Workspace
from learnhabit.storage.resolutions import finished_titles

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from learnhabit.domain.pace import Week

MOST_ROWS = 12
_DAY = timedelta(days=1)


def reasons(
    workspace: Workspace,
    view: ResolutionView,
    done: Done,
    periods: Sequence[PeriodResult],
    weeks: Sequence[Week],
) -> tuple[Reason, ...]:
    """One for each figure that a resolution shows."""
    if view.resolution.per is not None:
        return (_periods_kept(view, periods), _running(workspace, view, done), *_state(view))
    found = [_done(workspace, view, done)]
    if view.resolution.measure != "done":
        found += [_plan(workspace, view, done), _safe(view)]
        if view.standing.needed_per_week is not None:
            found += [_needed(workspace, view), _usual(view, weeks), _finish(view)]
    return (*found, *_state(view))


def _said(view: ResolutionView, value: float) -> str:
    return amount_text(value, view.resolution.measure, view.resolution.kind)


def _of(view: ResolutionView, done: float, target: float) -> str:
    return progress_text(done, target, view.resolution.measure, view.resolution.kind)


def _done(workspace: Workspace, view: ResolutionView, done: Done) -> Reason:
    resolution = view.resolution
    where = f" on {', '.join(view.titles)}" if view.titles else ""
    span = f"from {long_day(resolution.period_start)} to {long_day(resolution.period_end)}"
    how = {
        "hours": f"The time of every session{where} {span}, counted for its study day.",
        "sessions": f"Every session{where} {span}.",
        "days": f"Study days {span} with at least the daily minimum{where}.",
        "resources": f"What was finished{where} {span}.",
        "count": f"Your own check-ins {span}.",
        "done": f"One check-in {span} keeps it.",
    }[resolution.measure]
    value = "done" if view.standing.progress else "not done yet"
    if resolution.measure != "done":
        value = _of(view, view.standing.progress, resolution.target)
    return Reason(figure="DONE", value=value, text=how, rows=_parts(workspace, resolution, done))


def _parts(workspace: Workspace, resolution: Resolution, done: Done) -> tuple[tuple[str, str], ...]:
    """What makes the progress up, newest first."""
    if resolution.measure == "resources":
        rows = [
            (long_day(day), title)
            for day, title in finished_titles(workspace.store, resolution.scope, resolution.kind)
            if resolution.period_start <= day <= resolution.period_end
        ]
        return _cut(rows, "more")
    found = amounts(resolution, done, workspace.rules)
    days = sorted((day for day in found if resolution.period_start <= day <= resolution.period_end), reverse=True)
    if resolution.measure in ("hours", "days"):
        return _cut([(long_day(day), format_duration(done.seconds[day])) for day in days], "more days")
    noun = "session" if resolution.measure == "sessions" else "check-in"
    rows = [(long_day(day), f"{found[day]} {noun}{'' if found[day] == 1 else 's'}") for day in days]
    return _cut(rows, "more days")


def _cut(rows: list[tuple[str, str]], more: str) -> tuple[tuple[str, str], ...]:
    if len(rows) <= MOST_ROWS + 1:
        return tuple(rows)
    return (*rows[:MOST_ROWS], ("…", f"{len(rows) - MOST_ROWS:,} {more}"))


def _plan(workspace: Workspace, view: ResolutionView, done: Done) -> Reason:
    resolution, rules = view.resolution, workspace.rules
    line = line_of(resolution, amounts(resolution, done, rules), rules)
    days = Unpaused(rules.time_off).count(line.first, resolution.period_end)
    text = (
        f"The line starts at {_said(view, line.start)} on {long_day(line.first)} and runs to "
        f"{_said(view, resolution.target)} on {long_day(resolution.period_end)}, over {days:,} "
        f"day{'' if days == 1 else 's'} without time off. It says what is planned by this morning: "
        "today is not judged before it is over."
    )
    rows = [
        (long_day(aim.entered_on), f"{_said(view, aim.target)} until {long_day(aim.period_end)}")
        for aim in reversed(resolution.aims)
    ]
    return Reason(
        figure="PLAN TODAY",
        value=_said(view, view.standing.planned),
        text=text,
        rows=_cut(rows, "earlier") if len(rows) > 1 else (),
    )


def _safe(view: ResolutionView) -> Reason:
    days = view.standing.safe_days
    if days is None:
        return Reason(figure="SAFE DAYS", value="–", text="It was let go, so nothing is planned any more.", rows=())
    if days < 0:
        text = f"What is done was planned {-days} day{'' if days == -1 else 's'} of study ago, time off left out."
        return Reason(figure="SAFE DAYS", value=f"{days}", text=text, rows=())
    text = "So many days may pass without anything before the plan is above what is done."
    return Reason(figure="SAFE DAYS", value=f"{days}", text=text, rows=())


def _needed(workspace: Workspace, view: ResolutionView) -> Reason:
    resolution, standing = view.resolution, view.standing
    begin = max(workspace.today, resolution.period_start)
    days = Unpaused(workspace.rules.time_off).count(begin, resolution.period_end)
    remaining = max(0, resolution.target - standing.progress)
    text = (
        f"{_said(view, remaining)} remain for {days:,} day{'' if days == 1 else 's'} without time off, "
        "today and the last one included; less than a week counts as one."
    )
    needed = standing.needed_per_week or 0.0
    return Reason(figure="NEEDED", value=rate_text(needed, resolution.measure, resolution.kind), text=text, rows=())


def _usual(view: ResolutionView, weeks: Sequence[Week]) -> Reason:
    resolution, usual = view.resolution, view.standing.usual_per_week
    rows = tuple(
        (f"week of {short_day(week.start)}", _week(view, week.amount, week.unpaused)) for week in reversed(weeks)
    )
    how = (
        "The mean of up to 13 full weeks"
        if resolution.measure in ("resources", "count")
        else "The median of the last six full weeks"
    )
    text = f"{how}: those with at least 4 days without time off, scaled to 7; empty ones count as 0."
    if usual is None:
        return Reason(figure="USUAL", value="–", text=f"{text} It shows after three of them.", rows=rows)
    return Reason(figure="USUAL", value=rate_text(usual, resolution.measure, resolution.kind), text=text, rows=rows)


def _week(view: ResolutionView, amount: int, unpaused: int) -> str:
    said = _said(view, amount)
    return said if unpaused == 7 else f"{said} in {unpaused} days"


def _finish(view: ResolutionView) -> Reason:
    standing = view.standing
    rare = view.resolution.measure in ("resources", "count")
    text = (
        "At the means of the last 6 and of the last 13 full weeks, walking days without time off from today on."
        if rare
        else "At the upper and the lower quartile of those weeks, walking days without time off from today on."
    )
    value = f"{_date(standing.projected_from)} – {_date(standing.projected_to)}"
    if standing.projected_from is None and standing.projected_to is None:
        value = "–" if standing.usual_per_week is None or standing.state == "kept" else "not at this pace"
    return Reason(figure="WOULD FINISH", value=value, text=text, rows=())


def _date(day: date | None) -> str:
    return "never" if day is None else long_day(day)


def _periods_kept(view: ResolutionView, periods: Sequence[PeriodResult]) -> Reason:
    resolution, standing = view.resolution, view.standing
    part = f"a part of a {resolution.per} at either end counts only if it was kept, " if resolution.per != "day" else ""
    text = (
        f"Each {resolution.per} that is over is kept or not; time off takes its share from the target, "
        f"{part}and none is made up for later."
    )
    rows = [
        (
            long_day(each.start),
            f"{_of(view, each.progress, each.target)}, "
            f"{'kept' if each.kept else 'not kept' if each.kept is False else 'does not count'}",
        )
        for each in reversed(periods)
    ]
    value = f"{standing.progress} of {standing.planned} {resolution.per}{'' if standing.planned == 1 else 's'}"
    return Reason(figure="DONE", value=value, text=text, rows=_cut(rows, "earlier"))


def _running(workspace: Workspace, view: ResolutionView, done: Done) -> Reason:
    resolution, standing = view.resolution, view.standing
    running = standing.running
    figure = "TODAY" if resolution.per == "day" else f"THIS {(resolution.per or '').upper()}"
    if running is None:
        return Reason(figure=figure, value="–", text="None is running today.", rows=())
    found = amounts(resolution, done, workspace.rules)
    days = [running.start + number * _DAY for number in range((running.end - running.start).days + 1)]
    rows = [(long_day(day), _said(view, found[day])) for day in reversed(days) if found.get(day)]
    usual = standing.usual_day or 0.0
    left = "1 day is" if running.days_left == 1 else f"{running.days_left} days are"
    text = (
        f"{left} left in it, at {_said(view, usual)} on a usual day of study. "
        f"Safe days: {standing.safe_days}, the days off that leave it within reach."
    )
    return Reason(
        figure=figure,
        value=_of(view, running.progress, running.target),
        text=text,
        rows=_cut(rows, "earlier"),
    )


def _state(view: ResolutionView) -> tuple[Reason, ...]:
    texts = {
        "let go": "It was let go on purpose: " + view.resolution.let_go_why,
        "kept": "The target was reached.",
        "not kept": "The period is over and the target was not reached.",
        "out of reach": "It is behind, and needs more than twice the best full week since it was made.",
        "behind": "The plan is above what is done.",
        "ahead": "More is done than planned, and seven days or more may pass before the plan catches up.",
        "on pace": "What is done meets the plan.",
    }
    text = texts[view.standing.state]
    if view.resolution.per is not None:
        text = {
            "kept": "It is over, and at least 8 periods in 10 were kept.",
            "not kept": "It is over, and fewer than 8 periods in 10 were kept.",
            "behind": "At a usual day of study on each day that is left, the running period would not be kept.",
            "on pace": "The running period can still be kept at the usual amount of a studied day.",
        }.get(view.standing.state, text)
    elif view.resolution.measure == "done" and view.standing.state == "on pace":
        text = "There is time until its last day is over."
    return (Reason(figure="STATE", value=view.standing.state, text=text, rows=()),)
