"""A year in plain words, a fact a line: for screen readers and pipes."""

from __future__ import annotations

from learnhabit.domain.resolution_words import rate_text
from learnhabit.domain.study_day import week_start_of
from learnhabit.domain.text import display_line
from learnhabit.domain.year_summary import QUESTIONS
from learnhabit.domain.year_text import MONTH_NAMES, count_text, day_text, period_text
from learnhabit.reports import facts
from learnhabit.reports.charts import change, hours_label
from learnhabit.services.week_words import WEEKDAY_NAMES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from learnhabit.domain.year_summary import WeekSum, YearSummary
    from learnhabit.services.year_view import YearView


def year_words(view: YearView) -> list[str]:
    """All that the screen Year shows: the summary's own words, and its pictures as sentences."""
    shared, summary = view.shared, view.summary
    period = shared.period
    so_far = ", so far" if period.so_far else ", to come" if period.future else ""
    said = [f"{view.year}: {period_text(period)}{so_far}", shared.sentence]
    if period.future:
        return said
    said += [f"{tile.name}: {tile.value}{f' ({tile.more})' if tile.more else ''}" for tile in facts.tiles(shared)]
    said += _resolutions(view)
    said += _pace(summary)
    said += _months(summary)
    said += _topics(view)
    said += _hours(summary)
    said += [f"Rhythm: {line}" for line in facts.rhythm(summary)]
    said += [f"Finished: {line}" for line in facts.finished(summary)]
    said += _own_words(view)
    said += [f"Into {view.year + 1}: {line}" for line in facts.onward(shared)]
    if view.choices:
        waiting = count_text(len(view.choices), "resolution")
        said.append(f"Into {view.year + 1}: {waiting} to decide on; learnhabit look-back {view.year} --carry-on ID")
    said += [_week(each) for each in summary.weeks if each.seconds or each.need]
    said += [f"Counted so: {line}" for line in facts.counted(shared)]
    return [display_line(line) for line in said]


def _resolutions(view: YearView) -> list[str]:
    found = view.shared.resolutions or ()
    if not found:
        return [f"Resolutions: none was made for {view.year}"]
    said = []
    for each in found:
        why = facts.why(each.result, view.shared)
        said.append(
            f"Resolution: {each.statement}: {each.result.standing.state}; {facts.figures(each.result)}"
            f"{f'; {why}' if why else ''}"
        )
    return said


def _pace(summary: YearSummary) -> list[str]:
    pace, period = summary.pace, summary.period
    if not pace.plan or pace.plan_first is None or pace.target is None:
        return []
    said = f"{hours_label(pace.done[-1] if pace.done else 0)} of {hours_label(pace.target)}"
    if pace.needed_per_week is not None and period.so_far:
        said += f", needs {rate_text(pace.needed_per_week, 'hours')}"
        if pace.usual_per_week is not None:
            said += f", usual {rate_text(pace.usual_per_week, 'hours')}"
    return [f"Pace of {pace.statement}: {said}"]


def _months(summary: YearSummary) -> list[str]:
    said = []
    for each in summary.months:
        before = f" ({hours_label(each.before)} in {each.first.year - 1})" if each.before is not None else ""
        running = ", running" if each.running else ""
        said.append(f"{MONTH_NAMES[each.first.month - 1]}: {hours_label(each.seconds)}{running}{before}")
    return said


def _topics(view: YearView) -> list[str]:
    said = []
    for each in view.shared.topics or ():
        changed = change(each)
        against = f", {changed} against {view.year - 1}" if changed else ""
        said.append(f"Topic: {each.title}: {hours_label(each.seconds)}{against}")
    themes = facts.themes(view.summary)
    return [*said, themes] if themes else said


def _hours(summary: YearSummary) -> list[str]:
    """Each weekday's time, and the hours of it that got most."""
    first = week_start_of(summary.period.first, summary.counting.week_start).weekday()
    said = []
    for weekday in ((first + number) % 7 for number in range(7)):
        hours = summary.rhythm.hours[weekday]
        if any(hours):
            said.append(f"{WEEKDAY_NAMES[weekday]}s: {hours_label(sum(hours))}, {_fullest(hours)}")
    return said


def _fullest(hours: Sequence[int]) -> str:
    """The three hours of the clock that got most, in the order of the clock."""
    most = sorted(range(24), key=lambda hour: -hours[hour])[:3]
    told = [f"{hours_label(hours[hour])} from {hour:02}:00" for hour in sorted(most) if hours[hour]]
    return f"most of it {', '.join(told)}" if sum(map(bool, hours)) > len(told) else ", ".join(told)


def _own_words(view: YearView) -> list[str]:
    words = view.summary.words
    answers = dict(words.answers)
    said = []
    for key, question in QUESTIONS:
        answer = answers.get(key) or f'not answered yet; learnhabit look-back {view.year} --{key} "…"'
        said.append(f"{question} {answer}")
    said += [f"Takeaway: {each.text} ({each.topic}, {day_text(each.day)})" for each in words.takeaways]
    said += [f"Review of the week from {day_text(each.week_start)}: {each.text}" for each in words.reviews]
    return said


def _week(week: WeekSum) -> str:
    days = (
        f"{week.counted_days} of {count_text(week.need, 'day')}" if week.need else count_text(week.counted_days, "day")
    )
    kept = {True: ", kept", False: ", not kept", None: ""}[week.kept]
    return f"Week from {day_text(week.start)}: {hours_label(week.seconds)}, {days} counted{kept}"
