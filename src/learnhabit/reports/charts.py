"""Charts of a year as inline SVG; each has a table beside it on the page. Lengths are pixels."""

from __future__ import annotations

from datetime import date, timedelta

from markupsafe import Markup

from learnhabit.domain.day_text import MONTHS, WEEKDAYS
from learnhabit.domain.duration import format_hours, study_level
from learnhabit.domain.study_day import week_start_of
from learnhabit.domain.year_text import brief_date, count_text, span_text
from learnhabit.reports.drawing import Drawing, fitted
from learnhabit.reports.shared import OTHER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from learnhabit.domain.year_summary import Pace, YearSummary
    from learnhabit.reports.shared import SharedMonth, SharedTopic

LEVELS = ((1200, 6.0), (2400, 8.5), (3600, 11.0), (None, 13.5))
"""(seconds below which a day is of this level, side of its square)."""
PITCH = 16
_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)


def hours_label(seconds: int) -> str:
    """`154.1 h`; whole hours, such as those that were rounded for others, without a decimal."""
    return format_hours(seconds) if seconds % 3600 else f"{seconds // 3600:,} h"


def heatmap(summary: YearSummary) -> list[Markup]:
    """Every day as a square, in drawings of about half a year, which stand side by side or below each other."""
    period, start = summary.period, summary.counting.week_start
    seconds = {each.day: each for each in summary.heatmap}
    began = summary.counting.first_session_day
    first, last = week_start_of(period.first, start), week_start_of(period.end, start)
    weeks = [first + number * _WEEK for number in range((last - first).days // 7 + 1)]
    parts = -(-len(weeks) // 27)
    size = -(-len(weeks) // parts)
    drawings = []
    for number in range(0, len(weeks), size):
        columns = weeks[number : number + size]
        begin, end = max(columns[0], period.first), min(columns[-1] + 6 * _DAY, period.end)
        drawing = Drawing(32 + size * PITCH, 18 + 7 * PITCH, f"Study on every day, {span_text(begin, end)}")
        _months_above(drawing, columns, period.first, period.end)
        for row in range(0, 7, 2):
            drawing.text(0, 18 + row * PITCH + 11.5, WEEKDAYS[(columns[0] + row * _DAY).weekday()], size=10)
        for column, week in enumerate(columns):
            for row in range(7):
                day = week + row * _DAY
                if period.first <= day <= period.end:
                    x, y = 32 + column * PITCH + PITCH / 2, 18 + row * PITCH + PITCH / 2
                    known = seconds.get(day)
                    if known is not None and known.seconds:
                        step = study_level(known.seconds)
                        side = LEVELS[step - 1][1]
                        drawing.rect(x - side / 2, y - side / 2, side, side, f"l{step}", round_by=2)
                    elif day in summary.paused:
                        drawing.line([(x - 4.5, y + 4.5), (x + 4.5, y - 4.5)], "faint", 1.6)
                    elif known is None or day > period.last:
                        drawing.circle(x, y, 1.2, "faint")
                    elif began is not None and day >= began:
                        drawing.rect(x - 5, y - 5, 10, 10, "line", round_by=2, hollow=True)
        drawings.append(drawing.svg())
    return drawings


def _months_above(drawing: Drawing, columns: Sequence[date], first: date, end: date) -> None:
    reached = -40.0
    for column, week in enumerate(columns):
        for offset in range(7):
            day = week + offset * _DAY
            x = 32 + column * PITCH
            if day.day == 1 and first <= day <= end and x >= reached:
                drawing.text(x, 11, MONTHS[day.month - 1], size=10)
                reached = x + 28


def legend() -> Markup:
    """The squares with what they mean."""
    drawing = Drawing(512, 18, "Legend of the squares: none, under 20 minutes, 20 to 39, 40 to 59, 60 and more")
    x = 8.0
    drawing.rect(x - 5, 4, 10, 10, "line", round_by=2, hollow=True)
    drawing.text(x + 10, 13, "none")
    x += 58
    for step, text in enumerate(("under 20 min", "20–39", "40–59", "60 and more"), 1):
        side = LEVELS[step - 1][1]
        drawing.rect(x - side / 2, 9 - side / 2, side, side, f"l{step}", round_by=2)
        drawing.text(x + 12, 13, text)
        x += 28 + 6.1 * len(text)
    drawing.line([(x - 4.5, 13.5), (x + 4.5, 4.5)], "faint", 1.6)
    drawing.text(x + 12, 13, "time off")
    x += 70
    drawing.circle(x, 9, 1.2, "faint")
    drawing.text(x + 8, 13, "to come")
    return drawing.svg()


def _axis(top: float) -> tuple[float, list[float]]:
    """(the axis' end, its marks), in hours."""
    top = max(top, 1)
    for step in (0.25, 0.5, 1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000):
        if top / step <= 4:
            count = int(-(-top // step))
            return count * step, [number * step for number in range(count + 1)]
    return top, [0, top]


def _tick(hours: float) -> str:
    return f"{hours:,.2f}".rstrip("0").rstrip(".")


def pace(summary: YearSummary) -> Markup:
    """Hours by the end of each day, the plan dashed, the year before as a line of ink."""
    found, period = summary.pace, summary.period
    days = (period.end - period.first).days + 1
    highest = max([*found.done[-1:], *found.before[-1:], *found.plan[-1:], found.target or 0, 3600])
    drawing = Drawing(452, 232, _pace_label(found))
    left, right, top, bottom = 34, 366, 12, 200
    end, marks = _axis(highest / 3600)

    def place(number: float, seconds: float) -> tuple[float, float]:
        return left + (right - left) * number / days, bottom - (bottom - top) * seconds / 3600 / end

    for mark in marks:
        y = place(0, mark * 3600)[1]
        drawing.line([(left, y), (right, y)], "line")
        drawing.text(left - 6, y + 4, _tick(mark), size=10, anchor="end")
    _months_below(drawing, period.first, period.end, left, right, bottom + 16)
    labels: list[tuple[float, str, str, bool]] = []
    if found.before:
        points = [place(number + 1, value) for number, value in enumerate(found.before)]
        drawing.line([place(0, 0), *points], "ink", 2)
        labels.append((points[-1][1], f"{period.first.year - 1}: {hours_label(found.before[-1])}", "mute", False))
    if found.plan and found.plan_first is not None:
        offset = (found.plan_first - period.first).days
        points = [place(offset + number, value) for number, value in enumerate(found.plan)]
        drawing.line(points, "mute", 1.6, dashes="5 4")
        labels.append((points[-1][1], f"plan {hours_label(found.target or 0)}", "mute", False))
    if found.done:
        points = [place(number + 1, value) for number, value in enumerate(found.done)]
        drawing.line([place(0, 0), *points], "l3", 3)
        drawing.circle(*points[-1], 4, "l3")
        at, y = points[-1]
        if period.so_far and at < right - 8:
            drawing.text(
                max(at - 8, left + 34), max(y - 9, 10), hours_label(found.done[-1]), "ink", anchor="end", bold=True
            )
        else:
            labels.append((y, hours_label(found.done[-1]), "ink", True))
    for y, text, fill, bold in _apart(labels):
        drawing.text(right + 8, y + 4, text, fill, size=11, bold=bold)
    return drawing.svg()


def _apart(labels: list[tuple[float, str, str, bool]]) -> list[tuple[float, str, str, bool]]:
    """Labels from the top down, at least a line apart."""
    placed: list[tuple[float, str, str, bool]] = []
    for y, *rest in sorted(labels):
        if placed and y < placed[-1][0] + 14:
            y = placed[-1][0] + 14
        placed.append((y, *rest))  # type: ignore[arg-type]
    over = placed[-1][0] - 204 if placed else 0
    return [(y - over, *rest) for y, *rest in placed] if over > 0 else placed  # type: ignore[misc]


def _pace_label(found: Pace) -> str:
    done = hours_label(found.done[-1]) if found.done else "nothing yet"
    plan = f", of {hours_label(found.target)} planned in all" if found.target else ""
    return f"Hours by the end of each day: {done}{plan}"


def _months_below(drawing: Drawing, first: date, end: date, left: float, right: float, y: float) -> None:
    days = (end - first).days + 1
    month, reached = first.replace(day=1), -100.0
    while month <= end:
        x = left + (right - left) * max((month - first).days, 0) / days
        if x >= reached:
            drawing.text(x, y, MONTHS[month.month - 1], size=10)
            reached = x + 50
        month = (month + 31 * _DAY).replace(day=1)


def months(found: Sequence[SharedMonth], end: date) -> Markup:
    """A bar for each month, the running one paler, the year before as a line of ink."""
    slots: list[SharedMonth | None] = list(found)
    following = (found[-1].first + 31 * _DAY).replace(day=1) if found else end
    names = [each.first for each in found]
    while found and following <= end:
        slots.append(None)
        names.append(following)
        following = (following + 31 * _DAY).replace(day=1)
    slots, names = slots[-24:], names[-24:]
    drawing = Drawing(452, 232, _months_label(found))
    left, right, top, bottom = 34, 446, 24, 200
    end_hours, marks = _axis(max([each.seconds for each in found] + [each.before or 0 for each in found]) / 3600)
    for mark in marks:
        y = bottom - (bottom - top) * mark / end_hours
        drawing.line([(left, y), (right, y)], "line")
        drawing.text(left - 6, y + 4, _tick(mark), size=10, anchor="end")
    pitch = (right - left) / max(len(slots), 1)
    most = max((each.seconds for each in found), default=0)
    for number, each in enumerate(slots):
        x, width = left + number * pitch + pitch * 0.16, pitch * 0.68
        if len(slots) <= 12 or number % 2 == 0:
            drawing.text(x + width / 2, bottom + 16, MONTHS[names[number].month - 1], size=10, anchor="middle")
        if each is None:
            drawing.text(x + width / 2, bottom - 4, "–", anchor="middle")
            continue
        height = (bottom - top) * each.seconds / 3600 / end_hours
        drawing.rect(x, bottom - height, width, height, "l1" if each.running else "l2", round_by=min(2.5, height / 2))
        if each.before is not None:
            y = bottom - (bottom - top) * each.before / 3600 / end_hours
            drawing.line([(x - 3, y), (x + width + 3, y)], "ink", 2)
        if each.seconds == most and most:
            highest = max(height, (bottom - top) * (each.before or 0) / 3600 / end_hours if each.before else 0)
            drawing.text(x + width / 2, bottom - highest - 6, hours_label(most), "ink", anchor="middle", bold=True)
            most = -1
    return drawing.svg()


def _months_label(found: Sequence[SharedMonth]) -> str:
    said = [f"{MONTHS[each.first.month - 1]} {hours_label(each.seconds)}" for each in found]
    return f"Hours in each month: {', '.join(said)}" if said else "Hours in each month: none yet"


def topics(found: Sequence[SharedTopic]) -> Markup:
    """A bar for each topic, with its hours and how they changed."""
    height = max(len(found), 1) * 24 + 8
    drawing = Drawing(452, height, f"Hours by topic: {', '.join(f'{t.title} {hours_label(t.seconds)}' for t in found)}")
    most = max([each.seconds for each in found] + [each.before or 0 for each in found] + [1])
    left, right = 178, 336
    for number, each in enumerate(found):
        y = 4 + number * 24
        width = (right - left) * each.seconds / most
        other = each.topic == OTHER
        drawing.text(left - 8, y + 15, fitted(each.title, 27), "mute" if other else "ink", anchor="end")
        drawing.rect(left, y + 3, max(width, 1), 16, "l1" if other else "l2", round_by=2)
        if each.before:
            x = left + (right - left) * each.before / most
            drawing.line([(x, y), (x, y + 22)], "ink", 2)
        drawing.text(right + 52, y + 15, hours_label(each.seconds), "ink", anchor="end", bold=True)
        drawing.text(446, y + 15, change(each), anchor="end")
    return drawing.svg()


def change(topic: SharedTopic) -> str:
    """`+16 h`, `−1 h`, `new`, or nothing without a year before."""
    if topic.before is None:
        return ""
    if not topic.before:
        return "new"
    difference = topic.seconds - topic.before
    said = hours_label(abs(difference))
    if said == "0 h":
        return "as before"
    return f"{'+' if difference > 0 else '−'}{said}"


def hours(summary: YearSummary) -> Markup:
    """Weekday × hour: the area of a circle is the time. Rows begin where study days begin."""
    rhythm, counting = summary.rhythm, summary.counting
    drawing = Drawing(452, 176, "Study by weekday and hour of the day")
    begin = counting.day_start // 60
    first = week_start_of(date(2026, 1, 5), counting.week_start).weekday()
    most = max([value for row in rhythm.hours for value in row] + [1])
    for column in range(24):
        hour = (begin + column) % 24
        if column % 3 == 0:
            drawing.text(42 + column * 17 + 8.5, 12, f"{hour:02}", size=10, anchor="middle")
    for row in range(7):
        weekday = (first + row) % 7
        y = 32 + row * 21
        drawing.text(0, y + 4, WEEKDAYS[weekday], size=10)
        for column in range(24):
            x, value = 42 + column * 17 + 8.5, rhythm.hours[weekday][(begin + column) % 24]
            if value:
                share = value / most
                drawing.circle(x, y, max(8.2 * share**0.5, 1.6), f"l{2 + (share > 0.25) + (share > 0.6)}")
            else:
                drawing.circle(x, y, 0.8, "faint")
    return drawing.svg()


def bullet(done: float, plan: float | None, label: str) -> Markup:
    """A bar of what was done, with a tick where the plan is; both are shares of the target."""
    drawing = Drawing(232, 14, label)
    drawing.rect(0, 3, 232, 8, "track", round_by=4)
    drawing.rect(0, 3, 232 * min(max(done, 0), 1), 8, "l2", round_by=4)
    if plan is not None and 0 < plan <= 1:
        x = min(max(232 * plan, 1), 231)
        drawing.line([(x, 0), (x, 14)], "ink", 2)
    return drawing.svg()


def hours_table(summary: YearSummary) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """(heads, rows) of the same as a table: a row for each hour of the clock with study, a column for each weekday."""
    hours, counting = summary.rhythm.hours, summary.counting
    first = week_start_of(date(2026, 1, 5), counting.week_start).weekday()
    weekdays = [(first + number) % 7 for number in range(7)]
    begin = counting.day_start // 60
    rows = []
    for hour in ((begin + number) % 24 for number in range(24)):
        values = [hours[weekday][hour] for weekday in weekdays]
        if any(values):
            rows.append((f"{hour:02}:00", *(_cell(value) for value in values), hours_label(sum(values))))
    sums = [sum(hours[weekday]) for weekday in weekdays]
    rows.append(("All", *(_cell(value) for value in sums), hours_label(sum(sums))))
    return ("Hour", *(WEEKDAYS[weekday] for weekday in weekdays), "All"), rows


def _cell(seconds: int) -> str:
    return hours_label(seconds) if seconds else "–"


def gap_text(summary: YearSummary) -> str:
    """The longest gap and the return after it, in a sentence; empty without one."""
    gap = summary.rhythm.gap
    if gap is None:
        return ""
    first, last = (brief_date(day, summary.period) for day in (gap.first, gap.last))
    where = first if gap.days == 1 else f"{first} to {last}"
    said = f"Longest gap outside time off: {count_text(gap.days, 'day')}, {where}"
    return (
        f"{said}, then {count_text(gap.return_days, 'day')} in the week after" if gap.return_days is not None else said
    )
