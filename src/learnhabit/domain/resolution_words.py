"""A resolution's figures in words: amounts, rates, and one sentence for what it asks and where it stands."""

from __future__ import annotations

from datetime import date

from learnhabit.domain.day_text import long_day
from learnhabit.domain.duration import format_duration, format_hours

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from learnhabit.domain.resolution import Resolution, Standing
    from learnhabit.domain.resolution_draft import Draft

STATE_ICONS = {
    "kept": "✓",
    "ahead": "▲",
    "on pace": "●",
    "behind": "◐",
    "out of reach": "○",
    "not kept": "×",
    "let go": "–",
}
"""A sign for each state; the word always stands beside it."""
_NOUNS = {"sessions": "session", "days": "day", "resources": "resource", "count": ""}
_MONTH_DAYS = 365.2425 / 12
_PLURALS = {"docs": "docs", "code": "code bases"}


def amount_text(value: float, measure: str, kind: str | None = None) -> str:
    """`32.4 h`, under an hour `45 min`; `11 papers`, `1 session`, `5 days`; a bare number for check-ins."""
    if measure == "hours":
        seconds = int(value + 0.5)
        return format_hours(seconds) if seconds >= 3600 or seconds == 0 else format_duration(seconds)
    return _with_noun(bare_amount(value, measure), measure, kind, one=value == 1)


def bare_amount(value: float, measure: str) -> str:
    """`32.4` hours or `11` of anything else; one decimal where it is no whole number."""
    if measure == "hours":
        return format_hours(int(value + 0.5)).removesuffix(" h")
    return f"{int(value):,}" if value == int(value) else _tenths(value)


def rate_text(value: float, measure: str, kind: str | None = None) -> str:
    """`1.4 h a week`, `2.3 papers a week`, `20 min a week`; rounded half up to a tenth."""
    if measure == "hours":
        return f"{amount_text(value, measure)} a week"
    said = _tenths(value).removesuffix(".0")
    return f"{_with_noun(said, measure, kind, one=said == '1')} a week"


def _with_noun(number: str, measure: str, kind: str | None, *, one: bool) -> str:
    noun = kind or _NOUNS.get(measure, "")
    if not noun:
        return number
    return f"{number} {noun if one else _PLURALS.get(noun, f'{noun}s')}"


def _tenths(value: float) -> str:
    tenths = int(value * 10 + 0.5)
    return f"{tenths // 10:,}.{tenths % 10}"


def progress_text(done: float, target: float, measure: str, kind: str | None = None) -> str:
    """`32.4 of 40 h`, `20 of 30 min`, `11 of 12 papers`."""
    if measure == "hours" and target < 3600:
        return f"{int(done + 30) // 60:,} of {amount_text(target, measure)}"
    return f"{bare_amount(done, measure)} of {target_text(target, measure, kind, None)}"


def target_text(target: float, measure: str, kind: str | None, per: str | None) -> str:
    """`40 h`, `2 h a week`, `1.5 h a week`, `12 papers`."""
    said = amount_text(target, measure, kind)
    if measure == "hours" and target % 3600 == 0:
        said = f"{int(target) // 3600:,} h"
    return f"{said} a {per}" if per else said


def understood(draft: Draft, titles: Mapping[str, str], today: date) -> str:
    """What a line was understood as, in one sentence: number, topics, period, and what that is a week."""
    what = _what(draft, titles)
    first = "today" if draft.period_start == today else long_day(draft.period_start)
    span = f"from {first} to {long_day(draft.period_end)}"
    if draft.next_year:
        span += ", since this year is nearly over"
    cue = f", {draft.cue}" if draft.cue else ""
    days = (draft.period_end - max(today, draft.period_start)).days + 1
    if draft.measure == "done" or draft.per is not None or days < 14 or draft.target == 1 or draft.period_start < today:
        # What was done before would make the week's share too large.
        return f"{what}{cue}, {span}."
    a_week = draft.target * 7 / days
    if draft.measure != "hours" and a_week < 1:
        number = _tenths(a_week * _MONTH_DAYS / 7).removesuffix(".0")
        said = _with_noun(number, draft.measure, draft.kind, one=number == "1")
        return f"{what}{cue}, {span}: {said} a month."
    return f"{what}{cue}, {span}: {rate_text(a_week, draft.measure, draft.kind)}."


def _what(draft: Draft, titles: Mapping[str, str]) -> str:
    names = [titles.get(topic, topic) for topic in draft.scope]
    joined = f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else "".join(names)
    if draft.measure == "done":
        return f"“{draft.statement}”, done or not"
    said = target_text(draft.target, draft.measure, draft.kind, draft.per)
    if draft.measure == "count":
        times = "check-in" if draft.target == 1 else "check-ins"
        said = f"{draft.target:,} {times}" + (f" a {draft.per}" if draft.per else "")
        return f"{said} of your own for “{draft.statement}”"
    if draft.measure == "resources":
        said = f"Finish {said}"
    if draft.measure == "days":
        said = f"Study on {said}"
    on = "of" if draft.measure == "hours" else "on"
    return (
        f"{said} {on} {joined}"
        if joined
        else f"{said} {'of any topic' if draft.measure == 'hours' else 'on any topic'}"
    )


def delta_text(standing: Standing, resolution: Resolution) -> str:
    """`3.1 h behind`, `2 papers ahead`, `level with the plan`; of a recurring one `41 of 45 weeks`."""
    if resolution.per is not None:
        plural = "" if standing.planned == 1 else "s"
        return f"{standing.progress:,} of {standing.planned:,} {resolution.per}{plural}"
    if resolution.measure == "done":
        return "done" if standing.progress else "not done yet"
    if standing.delta == 0:
        return "level with the plan"
    said = amount_text(abs(standing.delta), resolution.measure, resolution.kind)
    if resolution.measure == "hours" and abs(standing.delta) < 60:
        said = "under 1 min"
    return f"{said} {'ahead' if standing.delta > 0 else 'behind'}"


def state_sentence(resolution: Resolution, standing: Standing, today: date) -> str:
    """Where it stands, in one plain sentence."""
    state, days = standing.state, standing.safe_days
    if state == "let go":
        day = f" on {long_day(resolution.let_go_on)}" if resolution.let_go_on else ""
        return f"Let go{day}: {resolution.let_go_why}"
    if resolution.per is not None:
        return _recurring_sentence(resolution, standing, today)
    if state == "kept":
        day = f" on {long_day(standing.reached_on)}" if standing.reached_on else ""
        return f"Kept: the target was reached{day}."
    if state == "not kept":
        if resolution.measure == "done":
            return "Not kept: its last day is over."
        done = progress_text(standing.progress, resolution.target, resolution.measure, resolution.kind)
        return f"Not kept: {done}."
    if resolution.measure == "done":
        return f"There is time until the end of {long_day(resolution.period_end)}."
    if today < resolution.period_start:
        return f"It begins on {long_day(resolution.period_start)}."
    if days is not None and days < 0:
        said = f"{delta_text(standing, resolution)}, {_days(-days)} of plan".capitalize()
        more = ", and more than twice the best week is needed" if state == "out of reach" else ""
        return f"{said}{more}."
    said = delta_text(standing, resolution).capitalize()
    if not days:
        return f"{said}; the plan moves on when today is over."
    return f"{said}; {_days(days)} may pass before the plan catches up."


def _recurring_sentence(resolution: Resolution, standing: Standing, today: date) -> str:
    over = delta_text(standing, resolution)
    if standing.state in ("kept", "not kept"):
        share = f", {100 * standing.progress // standing.planned} %" if standing.planned else ""
        return f"{standing.state.capitalize()}: {over}{share}; 8 in 10 keep it."
    if today < resolution.first_day:
        return f"It begins on {long_day(resolution.first_day)}."
    running = standing.running
    if running is None:
        return f"{over.capitalize()} kept."
    now = (
        f"{'today' if resolution.per == 'day' else f'this {resolution.per}'} "
        f"{progress_text(running.progress, running.target, resolution.measure, resolution.kind)}"
    )
    if resolution.per != "day":
        now += f", {_days(running.days_left)} left"
    if standing.state == "behind":
        now += ", which a usual day of study would not reach"
    return f"{over.capitalize()} kept; {now}." if standing.planned else f"{now[0].upper()}{now[1:]}."


def _days(number: int) -> str:
    return f"{number:,} day{'' if number == 1 else 's'}"
