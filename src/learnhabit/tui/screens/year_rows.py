"""The rows of the screen Year: what is above the days of the year, and what is below them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from textual.content import Content

from learnhabit.domain.day_text import MONTHS, WEEKDAYS
from learnhabit.domain.resolution_words import STATE_ICONS, rate_text
from learnhabit.domain.study_day import week_start_of
from learnhabit.domain.year_summary import QUESTIONS, MonthSum, YearSummary
from learnhabit.domain.year_text import short_date, span_text
from learnhabit.reports import facts
from learnhabit.reports.charts import change, hours_label
from learnhabit.reports.shared import OTHER, SharedTopic, top
from learnhabit.services.resolution_values import BurnUp
from learnhabit.services.year_view import YearView
from learnhabit.tui import safe_text
from learnhabit.tui.draw import EMPTY, FAINT, HEAD, MUTE, SOFT, STRONG, bar, columns, fill, pressable, row, spread
from learnhabit.tui.keynames import named
from learnhabit.tui.screens.today_resolutions import STATE_STYLES
from learnhabit.tui.widgets.burnup import burn_up_rows

WIDE = 104
GLYPHS = ("·", "▂", "▄", "▅", "▇")
STYLES = (FAINT, "$t1", "$t2", "$t3", "$t4")
PACE_ROWS = 9
_DAY = timedelta(days=1)


def head_rows(view: YearView, width: int) -> list[Content]:
    """The year, the sentence, four figures."""
    period, counting = view.shared.period, view.summary.counting
    so_far = ", so far" if period.so_far else ", to come" if period.future else ""
    span = f"{short_date(period.first)} – {short_date(period.end if period.future else period.last)}{so_far}"
    start = f"{counting.day_start // 60:02}:{counting.day_start % 60:02}"
    left = row((str(view.year), STRONG), (f"  {span}", MUTE))
    right = row((f"weeks start {counting.week_start.capitalize()}, days start {start}", MUTE))
    rows = [spread(left, right if width >= 70 else EMPTY, width)]
    rows += safe_text.wrapped(view.shared.sentence, width, SOFT, limit=3)
    rows.append(EMPTY)
    tiles = facts.tiles(view.shared)
    across = 4 if width >= WIDE else 2
    for place in range(0, len(tiles), across):
        rows += _tiles(tiles[place : place + across], width, across)
    return rows


def _tiles(tiles: Sequence[facts.Tile], width: int, across: int) -> list[Content]:
    gap = 2
    each = (width - gap * (across - 1)) // across
    lines: list[list[Content]] = [[], [], []]
    for tile in tiles:
        parts = (row((tile.name.upper(), HEAD)), row((tile.value, STRONG)), row((_short(tile.more, each - 3), MUTE)))
        for line, part in zip(lines, parts, strict=True):
            line.append(fill(row("  ", part), each).stylize_before("on $surf"))
    if across == 2:
        # Two rows are enough where the terminal is low: the figure stands beside its name.
        lines = [
            [
                fill(
                    spread(row("  ", (tile.name.upper(), HEAD)), row((tile.value, STRONG), "  "), each), each
                ).stylize_before("on $surf")
                for tile in tiles
            ],
            lines[2],
        ]
    return [row(*[part for place, cell in enumerate(line) for part in ((" " * gap,) if place else ()) + (cell,)])
            for line in lines]  # fmt: skip


def _short(text: str, width: int) -> str:
    """As many of the parts between dots as fit."""
    parts = text.split(" · ")
    while len(parts) > 1 and len(" · ".join(parts)) > width:
        parts.pop()
    said = " · ".join(parts)
    return said if len(said) <= width else f"{said[: max(width - 1, 0)]}…"


def body_rows(view: YearView, width: int) -> list[Content]:
    """Everything below the days."""
    summary = view.summary
    if summary.period.future:
        return [EMPTY, row((f"{view.year} is still to come: [ goes back.", MUTE))]
    parts: list[list[Content]] = []
    if width >= WIDE:
        parts.append(_three(view, width))
    else:
        parts += [_resolutions(view, width), _months(summary, width), _topics(view, width), _hours(summary)]
    if width >= WIDE:
        parts.append(_resolutions(view, width))
    parts += [
        _pace(summary, width),
        _listed("RHYTHM", facts.rhythm(summary), width),
        _listed("FINISHED", facts.finished(summary), width),
        _words(view, width),
        _onward(view, width),
        _counted(view, width),
    ]
    rows: list[Content] = []
    for part in parts:
        if part:
            rows += [EMPTY, *part]
    return rows


def _three(view: YearView, width: int) -> list[Content]:
    """Months, topics, hours of the week."""
    summary = view.summary
    months_width, hours_width, gap = 32, 29, 3
    topics_width = width - months_width - hours_width - 2 * gap
    right = [*_hours(summary), EMPTY, *_short_facts(summary, hours_width)]
    middle = _topics(view, topics_width)
    first = columns(_months(summary, months_width), middle, months_width, gap)
    return columns(first, right, months_width + gap + topics_width, gap)


def _short_facts(summary: YearSummary, width: int) -> list[Content]:
    rhythm = summary.rhythm
    said = []
    if rhythm.best_hour is not None:
        said.append((f"Best hour {rhythm.best_hour:02}:00, on {rhythm.best_hour_days} days", SOFT))
    if rhythm.run_longest > 1:
        said.append((f"Longest run {rhythm.run_longest} days", MUTE))
    if rhythm.late_sessions:
        share = round(100 * rhythm.late_sessions / summary.sessions)
        said.append((f"{share} % logged a day later", MUTE))
    return [fill(row(part), width) for part in said]


def _months(summary: YearSummary, width: int) -> list[Content]:
    compared = any(each.before is not None for each in summary.months)
    heading = row(("MONTHS", HEAD), (f"  h, tick = {summary.period.first.year - 1}" if compared else "  h", MUTE))
    most = max([each.seconds for each in summary.months] + [each.before or 0 for each in summary.months] + [1])
    by_month = {each.first.month: each for each in summary.months}
    return [heading, *(_month(number, by_month.get(number), most, width) for number in range(1, 13))]


def _month(number: int, month: MonthSum | None, most: int, width: int) -> Content:
    room = width - 4 - 7
    name = MONTHS[number - 1]
    if month is None:
        return row((f"{name} ", MUTE), " " * room, ("–".rjust(6), MUTE))
    tick = month.before / most if month.before else None
    drawn = bar(
        room, month.seconds / most, 0, min(tick, 0.999) if tick else None, done_style="$t2" if month.running else "$t3"
    )
    value = hours_label(month.seconds).removesuffix(" h").rjust(6)
    return row((f"{name} ", STRONG if month.running else MUTE), _no_rest(drawn), (value, SOFT))


def _no_rest(drawn: Content) -> Content:
    """The bar without the line of what is missing: months have no target."""
    return Content(drawn.plain.replace("─", " "), list(drawn.spans))


def _topics(view: YearView, width: int) -> list[Content]:
    found = top(view.shared.topics or ())
    if not found:
        return []
    compared = any(each.before is not None for each in found)
    most = max(each.seconds for each in found) or 1
    heading = row(("TOPICS", HEAD), ("  h, change" if compared else "  h", MUTE))
    rows = [heading, *(_topic(each, most, width, compared=compared) for each in found)]
    themes = view.summary.themes
    touched = sum(seconds > 0 for title, seconds in themes if title)
    rows += [EMPTY, fill(row(("Themes touched  ", MUTE), (f"{touched} of {len(themes)}", SOFT)), width)]
    return rows


def _topic(topic: SharedTopic, most: int, width: int, *, compared: bool) -> Content:
    right = 7 + (8 if compared else 0)
    length = max(min(12, (width - right) // 4), 4)
    title = safe_text.fitted(topic.title, width - right - length - 1, MUTE if topic.topic == OTHER else SOFT)
    drawn = _no_rest(bar(length, topic.seconds / most, done_style="$t1" if topic.topic == OTHER else "$t3"))
    value = (hours_label(topic.seconds).removesuffix(" h").rjust(7), STRONG)
    return row(title, " ", drawn, value, (change(topic).removesuffix(" h").rjust(8), MUTE) if compared else "")


def _hours(summary: YearSummary) -> list[Content]:
    """Seven rows of 24 hours, from the one in which study days begin."""
    hours, counting = summary.rhythm.hours, summary.counting
    begin = counting.day_start // 60
    most = max([value for each in hours for value in each] + [0])
    marks = "".join(f"{(begin + column) % 24:02} " for column in range(0, 24, 3))
    rows = [row(("WEEKDAY × HOUR", HEAD)), row("    ", (marks, MUTE))]
    first = week_start_of(summary.period.first, counting.week_start).weekday()
    for number in range(7):
        weekday = (first + number) % 7
        cells = []
        for column in range(24):
            value = hours[weekday][(begin + column) % 24]
            step = 0 if not value else min(1 + int(4 * value / (most + 1)), 4)
            cells.append((GLYPHS[step], STYLES[step]))
        rows.append(row((f"{WEEKDAYS[weekday]} ", MUTE), *cells))
    return rows


def _resolutions(view: YearView, width: int) -> list[Content]:
    found = view.shared.resolutions or ()
    if not found:
        return [row(("RESOLUTIONS", HEAD), ("  none was made for this year", MUTE))]
    rows = [row(("RESOLUTIONS", HEAD), ("  what was said, what was done", MUTE))]
    for each in found:
        standing = each.result.standing
        style = STATE_STYLES.get(standing.state, MUTE)
        state = row((f"{standing.state:<12}", f"bold {style}"))
        right = row(safe_text.elided(facts.figures(each.result), max(width - 46, 20), SOFT), "  ", state)
        left = row((f"{STATE_ICONS[standing.state]} ", style), safe_text.line(each.statement, "$ink"))
        rows.append(spread(left, right, width))
    return rows


def _pace(summary: YearSummary, width: int) -> list[Content]:
    """The plan of the largest resolution over hours, and what was done."""
    pace, period = summary.pace, summary.period
    if not pace.plan or pace.plan_first is None or pace.target is None:
        return []
    said = [f"{hours_label(pace.done[-1] if pace.done else 0)} of {hours_label(pace.target)}"]
    if pace.needed_per_week is not None and period.so_far:
        said.append(f"needs {rate_text(pace.needed_per_week, 'hours')}")
        if pace.usual_per_week is not None:
            said.append(f"usual {rate_text(pace.usual_per_week, 'hours')}")
    heading = row(("PACE  ", HEAD), safe_text.elided(pace.statement, width - 50, SOFT), (f"  {', '.join(said)}", MUTE))
    drawn = BurnUp(
        first=period.first,
        last=period.end,
        done=pace.done,
        plan_first=pace.plan_first,
        plan=pace.plan,
        paused=summary.paused,
        target=pace.target,
        first_target=pace.target,
        first_end=period.end,
        today=period.last if period.so_far else period.end + _DAY,
        usual_per_day=None,
    )
    return [fill(heading, width), *burn_up_rows(drawn, "hours", min(width, 112), PACE_ROWS)]


def _listed(name: str, said: Sequence[str], width: int) -> list[Content]:
    if not said:
        return []
    rows = [row((name, HEAD))]
    for text in said:
        rows += safe_text.wrapped(text, width, SOFT)
    return rows


def _words(view: YearView, width: int) -> list[Content]:
    words = view.summary.words
    answers = dict(words.answers)
    rows = [row(("IN MY WORDS  ", HEAD), pressable(named("year.answer", "a"), "answer", "screen.answer"))]
    for key, question in QUESTIONS:
        rows.append(row((question, MUTE)))
        if key in answers:
            rows += [row(("▌ ", "$t2"), line) for line in safe_text.wrapped(answers[key], width - 2, "$ink")]
        else:
            rows.append(row(("  –", FAINT)))
    if words.takeaways:
        rows += [EMPTY, row(("TAKEAWAYS  ", HEAD), ("★ in the Log keeps one", MUTE))]
        for each in words.takeaways:
            when = row((short_date(each.day), MUTE))
            lines = safe_text.wrapped(each.text, width - 12, "$ink")
            rows.append(spread(row(("★ ", "$t3"), lines[0] if lines else EMPTY), when, width))
            rows += [row("  ", line) for line in lines[1:]]
    if words.reviews:
        count = len(words.reviews)
        rows += [EMPTY, row(("WEEKLY REVIEWS  ", HEAD), (f"{count} written; W shows each", MUTE))]
    return rows


def _onward(view: YearView, width: int) -> list[Content]:
    said = facts.onward(view.shared)
    if not said and not view.choices:
        return []
    rows = [
        row(
            (f"INTO {view.year + 1}  ", HEAD),
            pressable(named("year.onward", "o"), "decide", "screen.onward") if view.choices else "",
        )
    ]
    rows += [line for text in said for line in safe_text.wrapped(text, width, SOFT)]
    if view.choices:
        plural = "resolution waits" if len(view.choices) == 1 else "resolutions wait"
        rows.append(row((f"{len(view.choices)} {plural}: carry on, set smaller, or drop", MUTE)))
    return rows


def _counted(view: YearView, width: int) -> list[Content]:
    rows = [row(("HOW THIS WAS COUNTED", HEAD))]
    for text in facts.counted(view.shared):
        rows += safe_text.wrapped(text, width, MUTE)
    return rows


def why_rows(view: YearView) -> list[tuple[str, str, str]]:
    """(name, figure, how it comes about) of the year's figures."""
    summary = view.summary
    before = summary.before
    compared = f" Held against {span_text(before.first, before.last)}." if before is not None else ""
    counting = summary.counting
    states = summary.states()
    return [
        (
            "HOURS",
            hours_label(summary.seconds),
            f"The sum of {summary.sessions:,} sessions, each on the study day it began, pauses left out. The days, "
            f"the months and the topics are made of the same sessions, so they add up to it.{compared}",
        ),
        (
            "DAYS",
            f"{summary.days_counted} of {summary.days_asked}",
            f"A day counts from its daily minimum on, now {counting.minimum // 60} min; on {summary.days_studied} "
            "days something was studied. Asked for are the days from the first session on, without time off.",
        ),
        (
            "WEEKS",
            f"{summary.weeks_kept} of {summary.weeks_over}",
            "Weeks whose fourth day lies in the year, that are over and asked for something: kept with "
            f"{counting.days_per_week} counted days, less the share of time off. The running week can only add.",
        ),
        (
            "RESOLUTIONS",
            f"{states['kept']} of {sum(states.values())}",
            "Those whose time touches the year, as they stand at its end, or today while it runs. The first target "
            "stays beside the last one.",
        ),
        (
            "LONGEST RUN",
            f"{summary.rhythm.run_longest} days",
            "The largest the run was on any day of the year; a run may have begun the year before.",
        ),
        ("DATA", summary.hash[:16], "A hash of the sessions and of all that is shown: the same data, the same hash."),
    ]
