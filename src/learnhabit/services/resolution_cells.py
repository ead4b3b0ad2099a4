"""A resolution in a row: what was done against the plan and the next thing to know, in words for every screen."""

from __future__ import annotations

from datetime import date, timedelta

from learnhabit.domain.day_text import MONTHS, ordinal
from learnhabit.domain.record import Record
from learnhabit.domain.resolution_words import amount_text, bare_amount, progress_text, rate_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from learnhabit.domain.resolution import Resolution, Standing
    from learnhabit.services.resolution_values import ResolutionView


class Cells(Record):
    """What the columns of a row say; all but the statement in the app's own words."""

    statement: str
    state: str
    share: float
    """Of the target that is done, for the bar."""
    due: float | None
    """Of the target that is planned by now."""
    done: str
    plan: str
    closing: str
    short: str
    """The closing phrase for narrow terminals."""


def cells_of(view: ResolutionView, today: date) -> Cells:
    """What is said of a resolution."""
    resolution, standing = view.resolution, view.standing
    done, plan, share, due = _figures(resolution, standing)
    closing, short = _closing(resolution, standing, today)
    return Cells(
        statement=resolution.statement,
        state=standing.state,
        share=share,
        due=due,
        done=done,
        plan=plan,
        closing=closing,
        short=short,
    )


def _figures(resolution: Resolution, standing: Standing) -> tuple[str, str, float, float | None]:
    """(done, plan, share of the target done, share planned)."""
    if resolution.measure == "done":
        left = "not done" if standing.state in ("not kept", "let go") else "not yet"
        return ("done" if standing.progress else left), "", float(bool(standing.progress)), None
    if resolution.per is not None:
        running = standing.running
        if not standing.planned:
            share = running.progress / running.target if running is not None and running.target else 0.0
            return "–", f"{resolution.per}s", share, None
        plural = "" if standing.planned == 1 else "s"
        share = standing.progress / standing.planned
        return f"{standing.progress:,} of {standing.planned:,}", f"{resolution.per}{plural}", share, None
    say = amount_text if resolution.measure == "hours" else bare_amount
    target = max(resolution.target, 1)
    return (
        say(standing.progress, resolution.measure),
        say(standing.planned, resolution.measure),
        standing.progress / target,
        standing.planned / target,
    )


def _closing(resolution: Resolution, standing: Standing, today: date) -> tuple[str, str]:
    """The next thing to know, in a phrase and in a few letters."""
    if resolution.measure == "done":
        end = _day(resolution.period_end, today)
        return f"there is time until {end}", f"by {end}"
    if resolution.per is not None:
        return _period(resolution, standing, today)
    if resolution.measure != "hours" and standing.safe_days is not None and standing.safe_days >= 0:
        # The next one is due at the end of the last day on which this progress is enough.
        due = min(today + timedelta(days=standing.safe_days), resolution.period_end)
        day = "today" if due == today else f"on {_day(due, today)}"
        number = ordinal(standing.progress + 1)
        return f"the {number} is due {day}", f"{number} {'today' if due == today else _day(due, today)}"
    if standing.state == "ahead" and standing.safe_days is not None:
        days = f"{standing.safe_days:,}"
        return f"{days} safe days", f"{days} safe"
    if standing.needed_per_week is None:
        return "", ""
    rate = rate_text(standing.needed_per_week, resolution.measure, resolution.kind)
    said = f"needs {rate}"
    if standing.usual_per_week is not None:
        said += f", usual {_usual(standing.usual_per_week, standing.needed_per_week, resolution)}"
    return said, rate.replace(" a week", "/week")


def _usual(usual: float, needed: float, resolution: Resolution) -> str:
    """The usual week beside the needed one; its unit only where it is another."""
    said = rate_text(usual, resolution.measure, resolution.kind).removesuffix(" a week")
    if resolution.measure != "hours":
        return said.split(" ")[0]
    return said.removesuffix(" h") if needed >= 3600 else said


def _period(resolution: Resolution, standing: Standing, today: date) -> tuple[str, str]:
    """How the running day, week or month stands."""
    running = standing.running
    if running is None:
        if today < resolution.first_day:
            first = _day(resolution.first_day, today)
            return f"begins on {first}", f"from {first}"
        return "", ""
    if resolution.measure == "hours":
        amount = progress_text(running.progress, running.target, resolution.measure)
    else:
        amount = f"{running.progress:,} of {int(running.target):,}"
    if resolution.per == "day":
        return f"today {amount}", amount
    days = f"{running.days_left} day{'' if running.days_left == 1 else 's'} left"
    return f"this {resolution.per} {amount}, {days}", amount


def _day(day: date, today: date) -> str:
    """`31 Dec`, with the year where it is another."""
    said = f"{day.day} {MONTHS[day.month - 1]}"
    return said if day.year == today.year else f"{said} {day.year}"
