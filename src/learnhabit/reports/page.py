"""The summary as one HTML file: no script, no request, light, dark, on paper and on a phone."""

from __future__ import annotations

import os
from datetime import date, timedelta
from functools import cache

from jinja2 import Environment, FileSystemLoader, Template
from markupsafe import Markup

from learnhabit.domain.day_text import MONTHS
from learnhabit.domain.resolution_words import STATE_ICONS, rate_text
from learnhabit.domain.year_summary import QUESTIONS
from learnhabit.domain.year_text import day_text, period_text, short_date, span_text
from learnhabit.reports import charts, facts
from learnhabit.reports.drawing import fitted
from learnhabit.reports.shared import top

TYPE_CHECKING = False
if TYPE_CHECKING:
    from learnhabit.domain.year_summary import YearSummary
    from learnhabit.reports.shared import Shared, SharedResolution

    Part = dict[str, object]

_FOLDER = os.path.join(os.path.dirname(__file__), "templates")
_CSS = {"kept": "good", "ahead": "good", "on pace": "good", "behind": "late", "out of reach": "late"}
_DAY = timedelta(days=1)


def page(shared: Shared) -> str:
    """The page, for the levels' fields only."""
    full = shared.full
    return _template().render(
        s=shared,
        y=full,
        style=_style(),
        period=period_text(shared.period),
        tiles=facts.tiles(shared),
        resolutions=[_resolution(each, shared) for each in shared.resolutions or ()],
        months=months_part(shared),
        topics=topics_part(shared),
        counted=facts.counted(shared),
        dated=day_text,
        **(_full(full, shared) if full is not None else {}),
    )


@cache
def _template() -> Template:
    # Not `select_autoescape`: it leaves names that end with .html.j2 out.
    environment = Environment(
        loader=FileSystemLoader(_FOLDER), autoescape=True, trim_blocks=True, lstrip_blocks=True, auto_reload=False
    )
    return environment.get_template("page.html.j2")


@cache
def _style() -> Markup:
    """The program's own style sheet, which is not escaped."""
    with open(os.path.join(_FOLDER, "page.css"), encoding="utf-8") as file:
        return Markup(file.read().strip())


def _full(full: YearSummary, shared: Shared) -> Part:
    questions = dict(QUESTIONS)
    minutes = full.counting.day_start
    return {
        "day_start": f"{minutes // 60:02}:{minutes % 60:02}",
        "heatmap": charts.heatmap(full),
        "legend": charts.legend(),
        "month_days": _month_days(full),
        "pace": _pace(full),
        "hours": {"chart": charts.hours(full), "table": charts.hours_table(full)},
        "themes": facts.themes(full),
        "rhythm": facts.rhythm(full),
        "finished": facts.finished(full),
        "answers": [(questions[key], text.splitlines()) for key, text in full.words.answers],
        "onward": facts.onward(shared),
    }


def _resolution(each: SharedResolution, shared: Shared) -> Part:
    standing = each.result.standing
    done, plan = facts.shares(each.result)
    figures = facts.figures(each.result)
    bar = None if done is None else charts.bullet(done, plan, f"{each.statement}: {figures}")
    return {
        "statement": each.statement,
        "state": standing.state,
        "icon": STATE_ICONS[standing.state],
        "css": _CSS.get(standing.state, "calm"),
        "why": facts.why(each.result, shared),
        "figures": figures,
        "bar": bar,
    }


def months_part(shared: Shared) -> Part | None:
    """Months as a chart and as rows; None while none has begun."""
    if not shared.months:
        return None
    full = shared.full
    compared = any(each.before is not None for each in shared.months)
    one_year = shared.period.first.year == shared.period.end.year
    rows: list[list[str]] = []
    for each in shared.months:
        name = MONTHS[each.first.month - 1] + ("" if one_year else f" {each.first.year}")
        cells = [name + (" so far" if each.running else ""), charts.hours_label(each.seconds)]
        if compared:
            cells.append(charts.hours_label(each.before or 0))
        if full is not None:
            cells += _by_end(full, each.first)
        rows.append(cells)
    text = ["Bars: this time." if not one_year else f"Bars: {shared.period.first.year}."]
    if compared:
        text.append(f"Lines: {shared.period.first.year - 1}.")
    if any(each.running for each in shared.months):
        text.append("The fainter bar is a month still running.")
    if full is None:
        text.append("Rounded to hours.")
    return {
        "chart": charts.months(shared.months, shared.period.end),
        "text": " ".join(text),
        "rows": rows,
        "before": str(shared.period.first.year - 1) if compared else "",
    }


def _by_end(full: YearSummary, first: date) -> list[str]:
    """Done by a month's end, and planned by it where there is a plan."""
    pace = full.pace
    last = min((first + 31 * _DAY).replace(day=1) - _DAY, full.period.last)
    place = (last - full.period.first).days
    cells = [charts.hours_label(pace.done[place]) if 0 <= place < len(pace.done) else "–"]
    if pace.plan_first is not None:
        at = (last + _DAY - pace.plan_first).days
        planned = pace.plan[min(at, len(pace.plan) - 1)] if at >= 0 else None
        cells.append("–" if planned is None else charts.hours_label(planned))
    return cells


def _pace(full: YearSummary) -> Part:
    pace = full.pace
    text = []
    if pace.plan and pace.done:
        place = (full.period.last - (pace.plan_first or full.period.first)).days
        planned = pace.plan[max(0, min(place, len(pace.plan) - 1))]
        difference = pace.done[-1] - planned
        where = f"on {short_date(full.period.last)}"
        side = "ahead of" if difference >= 0 else "behind"
        text.append(f"{charts.hours_label(abs(difference))} {side} the plan {where}.")
        if full.paused and any(full.period.first <= day <= full.period.last for day in full.paused):
            text.append("The plan is flat in time off.")
        if pace.needed_per_week is not None and full.period.so_far:
            usual = f", usual {rate_text(pace.usual_per_week, 'hours')}" if pace.usual_per_week is not None else ""
            text.append(f"It needs {rate_text(pace.needed_per_week, 'hours')}{usual}.")
    elif not pace.plan:
        text.append("No resolution over hours gives a plan.")
    if pace.before:
        text.append(f"The thin line is {full.period.first.year - 1}.")
    title = f"Against “{fitted(pace.statement, 60)}”" if pace.plan else "Hours by the end of each day"
    return {"title": title, "text": " ".join(text), "chart": charts.pace(full), "plan": bool(pace.plan)}


def topics_part(shared: Shared) -> Part | None:
    """Topics as a chart and as rows; None where none may be named."""
    if not shared.topics:
        return None
    full = shared.full
    compared = any(each.before is not None for each in shared.topics)
    if full is not None and full.before is not None:
        text = f"The line is {span_text(full.before.first, full.before.last)}, and the change is against it."
    else:
        text = "Hours on each." if full is not None else "Rounded to hours."
    return {
        "chart": charts.topics(top(shared.topics)),
        "text": text,
        "rows": [(each.title, charts.hours_label(each.seconds), charts.change(each)) for each in shared.topics],
        "compared": compared,
    }


def _month_days(full: YearSummary) -> list[Part]:
    rows: list[Part] = []
    one_year = full.period.first.year == full.period.end.year
    for month in full.months:
        days = [
            each for each in full.heatmap if (each.day.year, each.day.month) == (month.first.year, month.first.month)
        ]
        off = sum(each.kind == "paused" for each in days)
        rows.append(
            {
                "name": MONTHS[month.first.month - 1] + ("" if one_year else f" {month.first.year}"),
                "hours": charts.hours_label(month.seconds),
                "days": sum(each.seconds > 0 for each in days),
                "off": off or "–",
            }
        )
    return rows
