"""The sentences and figures that the page and the Markdown share."""

from __future__ import annotations

from learnhabit.domain.duration import format_duration
from learnhabit.domain.record import Record
from learnhabit.domain.resolution_words import (
    progress_text,
    state_sentence,
    target_text,
)
from learnhabit.domain.year_text import brief_date, count_text, day_text, period_text, short_date, span_text
from learnhabit.reports.charts import gap_text, hours_label
from learnhabit.reports.clean import line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from learnhabit.domain.year_summary import ResolutionResult, YearSummary
    from learnhabit.reports.shared import Shared


class Tile(Record):
    """One of the four figures at the top."""

    name: str
    value: str
    more: str


def tiles(shared: Shared) -> list[Tile]:
    """Hours, days, weeks and resolutions, each against the year before to the same date where that is known."""
    full, period = shared.full, shared.period
    before = full.before if full is not None else None
    year = f"{before.first.year}" if before is not None else ""
    to_date = f"by this date in {year}" if period.so_far else f"in {year}"
    asked = f"of {full.days_asked:,} asked for" if full is not None and full.days_asked else ""
    days = " · ".join(part for part in (asked, f"{before.days:,} {to_date}" if before else "") if part)
    weeks = [f"of {count_text(shared.weeks_over, 'week')}" if shared.weeks_over else _no_week(shared)]
    if before is not None and before.weeks_over:
        weeks.append(f"{before.weeks_kept} of {before.weeks_over} {to_date}")
    states, made = shared.states, sum(shared.states.values())
    rest = [
        f"{states[name]} {word}"
        for name, word in (("open", "open"), ("not_kept", "not kept"), ("let_go", "let go"))
        if states[name]
    ]
    return [
        Tile(
            name="Hours studied",
            value=_hours(shared.seconds),
            more=f"{_hours(before.seconds)} {to_date}" if before else "" if full else "rounded",
        ),
        Tile(name="Days counted", value=f"{shared.days:,}", more=days),
        Tile(name="Weeks kept", value=f"{shared.weeks_kept:,}", more=" · ".join(weeks)),
        Tile(
            name="Resolutions kept",
            value=f"{states['kept']} of {made}" if made else "–",
            more=" · ".join(rest) if made else "none was made",
        ),
    ]


def _no_week(shared: Shared) -> str:
    return "none is over yet" if shared.period.so_far or shared.period.future else "none asked for anything"


def _hours(seconds: int) -> str:
    return hours_label(seconds).removesuffix(" h")


def shares(result: ResolutionResult) -> tuple[float | None, float | None]:
    """(done, planned) as shares of the target; None where there is no bar to draw."""
    resolution, standing = result.resolution, result.standing
    if resolution.measure == "done":
        return (1.0 if standing.progress else 0.0), None
    if resolution.per is not None:
        return (standing.progress / standing.planned, 0.8) if standing.planned else (0.0, None)
    plan = standing.planned / resolution.target if standing.state not in ("let go",) else None
    return standing.progress / resolution.target, plan


def figures(result: ResolutionResult) -> str:
    """What was done of the target, and the first target where it was another one."""
    resolution, standing = result.resolution, result.standing
    if resolution.measure == "done":
        return f"done {short_date(standing.reached_on)}" if standing.reached_on else "not done"
    if resolution.per is not None:
        said = f"{standing.progress:,} of {count_text(standing.planned, resolution.per)}"
    else:
        said = progress_text(standing.progress, resolution.target, resolution.measure, resolution.kind)
    if resolution.first_target != resolution.target:
        first = target_text(resolution.first_target, resolution.measure, resolution.kind, resolution.per)
        changed = f", changed {short_date(result.changed_on)}" if result.changed_on else ""
        against = "kept too" if result.first_target_kept else "not reached"
        said += f" (first target {first}: {against}{changed})"
    return said


def why(result: ResolutionResult, shared: Shared) -> str:
    """One line of why it stands where it stands; the reason for letting go is one's own words."""
    if shared.full is None:
        return ""
    today = min(shared.period.last, shared.period.end)
    return line(state_sentence(result.resolution, result.standing, today))


def rhythm(summary: YearSummary) -> list[str]:
    """Median, best hour, runs, gaps, what was logged late; fewer than ten sessions say little."""
    found = summary.rhythm
    said = []
    if found.median_seconds is not None and found.longest_seconds is not None:
        said.append(
            f"Typical session: {format_duration(found.median_seconds)} (median); "
            f"longest {format_duration(found.longest_seconds)}"
        )
    if found.best_hour is not None:
        said.append(f"Best hour: from {found.best_hour:02}:00, on {count_text(found.best_hour_days, 'day')}")
    if found.run_longest > 1 and found.run_ended is not None:
        said.append(
            f"Longest run: {count_text(found.run_longest, 'day')}, up to {brief_date(found.run_ended, summary.period)}"
        )
    if gap := gap_text(summary):
        said.append(gap)
    if summary.counting.paused_days:
        said.append(f"Time off: {count_text(summary.counting.paused_days, 'day')}, which ask for nothing")
    if summary.sessions:
        late = ""
        if found.late_sessions:
            share = round(100 * found.late_sessions / summary.sessions)
            late = f"; {share if share else 'under 1'} % were logged a day or more later"
        said.append(f"{count_text(summary.sessions, 'session')}{late}")
    return said


def themes(summary: YearSummary) -> str:
    """Which of the catalogue's themes were touched."""
    found = [title for title, seconds in summary.themes if seconds and title]
    if not found:
        return ""
    return f"Themes touched: {len(found)} of {len(summary.themes)} ({', '.join(found)})."


def finished(summary: YearSummary) -> list[str]:
    """What was finished, and what was recalled of it."""
    said = [f"{each.title} ({each.kind}, {brief_date(each.day, summary.period)})" for each in summary.finished]
    recall = summary.recall
    if recall is not None:
        if recall.grades:
            share = round(100 * recall.recalled / recall.grades)
            known = f"{share} % known" if recall.grades >= 10 else f"{recall.recalled} known"
            said.append(f"Recall: cards asked {count_text(recall.grades, 'time')}, {known}")
        if recall.made:
            said.append(f"{count_text(recall.made, 'recall card')} made")
    return said


def onward(shared: Shared) -> list[str]:
    """What becomes of the resolutions in the year after."""
    if shared.full is None:
        return []
    words = {"carry on": "Carry on", "smaller": "Set smaller", "drop": "Drop"}
    return [
        f"{words[each.decision]}: {line(each.statement)}" + (f" ({line(each.target)})" if each.target else "")
        for each in shared.full.onward
    ]


def counted(shared: Shared) -> list[str]:
    """How the figures came about; below full only what all of them share."""
    full = shared.full
    if full is None:
        return [
            f"Period {period_text(shared.period)}. Hours are rounded one by one, so they may not add up.",
            f"Shared as {shared.share}: what is not on this page was left out by choice.",
            f"Made on one computer by {shared.program}; no data was sent anywhere.",
        ]
    counting, rhythm_ = full.counting, full.rhythm
    zones = ", ".join(counting.zones[:3]) + (" and others" if len(counting.zones) > 3 else "")
    minutes = counting.day_start
    said = [
        f"Period {period_text(full.period)}{f', time zone {zones}' if zones else ''}, days start at "
        f"{minutes // 60:02}:{minutes % 60:02}, weeks start on {counting.week_start.capitalize()} and belong to the "
        f"year of their fourth day.",
        "A session counts on the study day it began. Hours are logged time, pauses left out; nothing is estimated.",
        f"A day counts from {format_duration(counting.minimum)} on; a week is kept with "
        f"{count_text(counting.days_per_week, 'counted day')}, less what time off takes.",
    ]
    if full.before is not None and full.period.so_far:
        said.append(f"“By this date” means {span_text(full.before.first, full.before.last)}.")
    if full.before is not None and counting.first_session_day is not None:
        if counting.first_session_day > full.before.first:
            said.append(f"The log begins on {day_text(counting.first_session_day)}.")
    elif counting.first_session_day is not None and counting.first_session_day > full.period.first:
        said.append(f"The log begins on {day_text(counting.first_session_day)}; days before it are blank, not missed.")
    if any(each.resolution.first_target != each.resolution.target for each in full.resolutions):
        said.append("Resolutions are judged by the target at the end; what it was first stands beside it.")
    doubtful = []
    if rhythm_.long_sessions:
        doubtful.append(f"{count_text(rhythm_.long_sessions, 'session')} over 12 hours")
    if rhythm_.overlapping:
        doubtful.append(f"{count_text(rhythm_.overlapping, 'session')} beginning before another had ended")
    if doubtful:
        said.append(f"Counted as logged, and worth a look: {' and '.join(doubtful)}.")
    said.append("Deleted sessions are left out.")
    said.append(f"Made on this computer by {shared.program}; no data was sent anywhere. Data {full.hash[:16]}.")
    return said


def share_line(shared: Shared) -> str:
    """The period and the level, as a heading has them."""
    so_far = " · so far" if shared.period.so_far else ""
    return f"{period_text(shared.period)}{so_far} · privacy: {shared.share}"
