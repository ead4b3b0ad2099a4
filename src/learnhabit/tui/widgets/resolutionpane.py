"""One resolution with everything: its figures, its drawing, when it would be finished, and what is next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.content import Content

from learnhabit.domain.day_text import MONTHS, long_day
from learnhabit.domain.resolution import Resolution, Standing
from learnhabit.domain.resolution_words import (
    STATE_ICONS,
    amount_text,
    bare_amount,
    delta_text,
    progress_text,
    rate_text,
    target_text,
)
from learnhabit.services.resolution_values import PeriodResult, ResolutionDetail, ResolutionView
from learnhabit.tui import safe_text
from learnhabit.tui.draw import EMPTY, FAINT, HEAD, MUTE, SOFT, STRONG, columns, fill, grouped, pressable, row, spread
from learnhabit.tui.keynames import named
from learnhabit.tui.screens.today_resolutions import STATE_STYLES
from learnhabit.tui.widgets.burnup import burn_up_rows
from learnhabit.tui.widgets.panel import Panel

WIDE = 110
"""Cells of the terminal from which figures stand above the drawing; below that they stand at its right."""
LEAST_DRAWING, TALLEST = 20, 26
"""Cells of the narrowest drawing, and rows of the highest."""
ASIDE = 28
"""Cells of the words beside the drawing."""
LABEL, DATE = 14, 8
_PACE = " at the pace of the last weeks"
PERIODS = {True: ("●", "$t3"), False: ("○", MUTE), None: ("╱", FAINT)}


class ResolutionPane(Panel):
    """The marked resolution; without its details while they are read."""

    view: ResolutionView | None = None
    detail: ResolutionDetail | None = None
    today = date.min

    def show(self, view: ResolutionView | None, detail: ResolutionDetail | None) -> None:
        """Another one, or its details; until they are read those of the same one stay."""
        if detail is None and view is not None and self.detail is not None:
            same = self.detail.view.resolution.id == view.resolution.id
            detail = self.detail if same else None
        self.view, self.detail = view, detail
        self.renew()

    def on_resize(self) -> None:
        """Other rows are in view."""
        self.renew()

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """It fills what there is."""
        return 1

    def rows(self, width: int) -> list[Content]:
        """As much as there is room for."""
        view = self.view
        if view is None:
            return []
        detail = self.detail
        height = max(self.size.height, 1)
        draw = detail_rows if self.app.size.width >= WIDE else beside_rows
        rows = draw(view, detail, width, height)
        # Always the same number of rows: another would lay the screen out anew.
        return [*rows, *[EMPTY] * height][:height]


def detail_rows(view: ResolutionView, detail: ResolutionDetail | None, width: int, height: int) -> list[Content]:
    """Everything below each other; the drawing takes the rows that are left."""
    rows = [*_title(view, width), EMPTY, *_figures(view, width), EMPTY]
    below = _below(view, detail, width)
    return [*rows, *_drawn(view, detail, width, min(height - len(rows) - len(below) - 1, TALLEST)), *below]


def _drawn(view: ResolutionView, detail: ResolutionDetail | None, width: int, room: int) -> list[Content]:
    """The burn-up or the periods in at most so many rows, and a blank one."""
    if detail is not None and detail.burn_up is not None and room >= 5:
        return [*burn_up_rows(detail.burn_up, view.resolution.measure, width, room), EMPTY]
    if detail is not None and detail.periods and room >= 2:
        return [*period_rows(detail.periods, view.resolution, width, room), EMPTY]
    return []


def beside_rows(view: ResolutionView, detail: ResolutionDetail | None, width: int, height: int) -> list[Content]:
    """For 80 columns: the drawing left, words at its right."""
    style = STATE_STYLES.get(view.standing.state, MUTE)
    said = row((_standing_words(view), f"bold {style}"))
    title = spread(safe_text.elided(view.resolution.statement, width - said.cell_length - 2, STRONG), said, width)
    if detail is None:
        return [title]
    left, room = width - ASIDE - 2, height - 1
    if left < LEAST_DRAWING:
        words = _aside(view, detail, width, room)
        return [title, *words, EMPTY, *_drawn(view, detail, width, room - len(words) - 1)]
    words = _aside(view, detail, ASIDE, room)
    if detail.burn_up is not None and room >= 4:
        drawing: Sequence[Content] = burn_up_rows(detail.burn_up, view.resolution.measure, left, room)
    elif detail.periods:
        drawing = [EMPTY, *period_rows(detail.periods, view.resolution, left, room - 1)]
    elif view.resolution.measure == "done":
        return [title, EMPTY, *safe_text.wrapped(detail.sentence, width, SOFT)]
    else:
        drawing = [EMPTY, *safe_text.wrapped(detail.sentence, left, SOFT)]
    return [title, *columns(drawing[:room], words[:room], left, 2)]


def _standing_words(view: ResolutionView) -> str:
    resolution, standing = view.resolution, view.standing
    if resolution.per or resolution.measure == "done" or standing.state in ("kept", "not kept", "let go"):
        return f"{STATE_ICONS[standing.state]} {standing.state}"
    days = abs(standing.safe_days or 0)
    return f"{delta_text(standing, resolution)} · {days} day{'' if days == 1 else 's'}"


def _title(view: ResolutionView, width: int) -> list[Content]:
    resolution, standing = view.resolution, view.standing
    style = STATE_STYLES.get(standing.state, MUTE)
    said = row((f"{STATE_ICONS[standing.state]} {standing.state}", f"bold {style}"))
    head = spread(safe_text.elided(resolution.statement, width - said.cell_length - 2, STRONG), said, width)
    return [head, *_about(view, width)]


def _about(view: ResolutionView, width: int, cue_rows: int | None = 1) -> list[Content]:
    """Topics, period, the first target where it was another, and the cue."""
    resolution = view.resolution
    rows: list[Content] = []
    words = [_span(resolution)]
    first = resolution.aims[0]
    if first.target != resolution.target:
        aim = target_text(first.target, resolution.measure, resolution.kind, resolution.per)
        words.append(f"first target {aim}, until {_day(resolution.aims[1].entered_on)}")
    elif first.period_end != resolution.period_end:
        words.append(f"first until {_day(first.period_end)}")
    rest = " · ".join(words)
    if resolution.measure not in ("count", "done"):
        topics = ", ".join(view.titles) or "all topics"
        # Dates and targets stay whole; of many topics the last ones give way.
        room = width - len(rest) - 3
        if room >= min(safe_text.width_of(topics), 16):
            rest = f"{safe_text.elided(topics, room).plain} · {rest}"
        else:
            rows.append(safe_text.elided(topics, width, MUTE))
    rows.append(safe_text.elided(rest, width, MUTE))
    if resolution.cue:
        rows += safe_text.wrapped(resolution.cue, width, MUTE, limit=cue_rows)
    return rows


def _span(resolution: Resolution) -> str:
    first, last = resolution.period_start, resolution.period_end
    if (first.month, first.day, last.month, last.day, first.year) == (1, 1, 12, 31, last.year):
        return f"all of {first.year}"
    return f"{_day(first)}{'' if first.year == last.year else f' {first.year}'} – {_day(last)} {last.year}"


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"


def _figures(view: ResolutionView, width: int) -> list[Content]:
    """Up to four figures with a heading each."""
    resolution, standing = view.resolution, view.standing
    found = _recurring(resolution, standing) if resolution.per else _of_line(resolution, standing)
    if not found:
        return []
    rows: list[Content] = []
    for line in _lines_of(found, width):
        wide = [max(len(head), value.cell_length) for head, value in line]
        gap = min(max((width - sum(wide)) // max(len(found) - 1, 1), 2), 6)
        cells = [*(each + gap for each in wide[:-1]), wide[-1]]
        rows.append(row(*(fill(row((head, HEAD)), cell) for (head, _), cell in zip(line, cells, strict=True))))
        rows.append(row(*(fill(value, cell) for (_, value), cell in zip(line, cells, strict=True))))
    return [each.truncate(width, ellipsis=True) for each in rows]


def _lines_of(found: list[tuple[str, Content]], width: int) -> list[list[tuple[str, Content]]]:
    """Figures by the lines that they take."""
    lines: list[list[tuple[str, Content]]] = []
    used = width
    for head, value in found:
        cells = max(len(head), value.cell_length) + 2
        if used + cells - 2 > width:
            lines.append([])
            used = 0
        lines[-1].append((head, value))
        used += cells
    return lines


def _of_line(resolution: Resolution, standing: Standing) -> list[tuple[str, Content]]:
    measure, kind = resolution.measure, resolution.kind
    if measure == "done":
        return [("DONE", row(("yes" if standing.progress else "not yet", STRONG)))]
    said, _, rest = progress_text(standing.progress, resolution.target, measure, kind).partition(" of ")
    found = [("DONE", row((said, STRONG), (f" of {rest}", SOFT)))]
    sign = "+" if standing.delta > 0 else "−" if standing.delta < 0 else "±"
    style = "$amber" if standing.state in ("behind", "out of reach") else SOFT if standing.delta < 0 else "$t3"
    delta = _amount(abs(standing.delta), measure) if standing.delta else "0"
    found.append(("PLAN TODAY", row((_amount(standing.planned, measure), STRONG), (f"  {sign}{delta}", style))))
    if standing.needed_per_week is not None:
        found.append(("NEEDED", _rate(standing.needed_per_week, measure, kind)))
        usual = standing.usual_per_week
        known = row(("after 3 weeks", MUTE)) if usual is None else _rate(usual, measure, kind)
        found.append(("USUAL", known))
    return found


def _amount(value: float, measure: str) -> str:
    """Hours with their unit; the nouns of other measures stand with what is done."""
    return amount_text(value, measure) if measure == "hours" else bare_amount(value, measure)


def _rate(value: float, measure: str, kind: str | None) -> Content:
    number, _, _ = rate_text(value, measure, kind).partition(" a week")
    return row((number if measure == "hours" else number.split(" ")[0], STRONG), (" a week", SOFT))


def _recurring(resolution: Resolution, standing: Standing) -> list[tuple[str, Content]]:
    plural = "" if standing.planned == 1 else "s"
    kept = row((f"{standing.progress:,}", STRONG), (f" of {standing.planned:,} {resolution.per}{plural}", SOFT))
    found = [("KEPT", kept)]
    running = standing.running
    if running is None or standing.state == "let go":
        return found
    said, _, rest = progress_text(running.progress, running.target, resolution.measure).partition(" of ")
    head = "TODAY" if resolution.per == "day" else f"THIS {(resolution.per or '').upper()}"
    found.append((head, row((said, STRONG), (f" of {rest}", SOFT))))
    if resolution.per != "day":
        found.append(("LEFT", _days(running.days_left)))
        found.append(("DAYS OFF", row((str(max(standing.safe_days or 0, 0)), STRONG), (" possible", SOFT))))
    return found


def _days(number: int) -> Content:
    return row((str(number), STRONG), (f" day{'' if number == 1 else 's'}", SOFT))


def _below(view: ResolutionView, detail: ResolutionDetail | None, width: int) -> list[Content]:
    """When it would be finished, what brings it home, what is next, and the last weeks."""
    if detail is None:
        return []
    resolution, standing = view.resolution, view.standing
    rows = []
    if detail.projection:
        rows += _labelled("Would finish", _fitting(detail.projection, width - LABEL), width)
    if detail.advice_more:
        rows += _labelled("To be in time", detail.advice_more, width)
    if resolution.per is None or not rows:
        rows += _labelled("Standing", detail.sentence, width)
    if resolution.per and standing.usual_day is not None and resolution.measure == "hours":
        said = f"{amount_text(standing.usual_day, resolution.measure)} on a studied day"
        rows += _labelled("Usual", said, width)
    more = []
    if detail.next_step is not None:
        keys = pressable(named("resolution.start", "s"), "Start now", "screen.start")
        title = safe_text.elided(detail.next_step.title, width - LABEL - keys.cell_length - 2, "$ink")
        more.append(row(("NEXT STEP".ljust(LABEL), HEAD), title, "  ", keys))
    if detail.weeks and resolution.measure != "done" and not resolution.per:
        amounts = "  ".join(
            bare_amount(week.amount, resolution.measure) if week.amount else "0" for week in detail.weeks
        )
        unit = " h, oldest first" if resolution.measure == "hours" else " oldest first"
        more.append(row(("LAST WEEKS".ljust(LABEL), HEAD), (amounts, SOFT), (f"  {unit.strip()}", MUTE)))
    return [*rows, *([EMPTY] if rows and more else []), *more]


def _labelled(label: str, text: str, width: int) -> list[Content]:
    """A label and words in as many rows as they take, up to three."""
    return [
        row(((label if index == 0 else "").ljust(LABEL), MUTE), line)
        for index, line in enumerate(safe_text.wrapped(text, width - LABEL, SOFT, limit=3))
    ]


def _fitting(projection: str, width: int) -> str:
    """A projection in one row: how it was reckoned is said shorter where it must be."""
    return projection if len(projection) <= width else projection.replace(_PACE, " at this pace")


def _aside(view: ResolutionView, detail: ResolutionDetail, width: int, room: int) -> list[Content]:
    """What the list above does not say: rates and when it would be finished; with more room the figures too."""
    resolution, standing = view.resolution, view.standing
    figures = _recurring(resolution, standing) if resolution.per else _of_line(resolution, standing)
    words: list[Content] = []
    if detail.projection:
        words += [EMPTY, row(("Would finish", MUTE))]
        words += safe_text.wrapped(detail.projection.removesuffix(_PACE), width, STRONG, limit=2)
    if detail.advice_more:
        words += safe_text.wrapped(f"In time: {detail.advice_more.partition(', until ')[0]}", width, SOFT, limit=2)
    if not words and resolution.per is None:
        words += [EMPTY, *safe_text.wrapped(detail.sentence, width, SOFT, limit=4)]
    if len(figures) > 2 and resolution.per is None and 1 + len(figures) + len(words) > room:
        figures = figures[2:]
    rows = [row((head.capitalize().ljust(11), MUTE), value) for head, value in figures]
    rows = [EMPTY, *rows, *words]
    return rows if len(rows) <= room else [each for each in rows if each is not EMPTY]


def period_rows(periods: Sequence[PeriodResult], resolution: Resolution, width: int, room: int) -> list[Content]:
    """The latest periods as signs, oldest first, with the first day of each row's first one before them."""
    per_row = max((width - DATE) // 2, 1)
    if resolution.per == "day" and per_row > 7:
        per_row -= per_row % 7
    gone = resolution.let_go_on
    latest = [each for each in periods if gone is None or each.start <= gone][-per_row * max(room - 1, 1) :]
    names = {True: "kept", False: "not", None: "does not count"}
    legend = [part for kept, (sign, style) in PERIODS.items() for part in ((f"  {sign} ", style), (names[kept], MUTE))]
    rows = [row((f"EACH {(resolution.per or '').upper()}", HEAD), " ", *legend).truncate(width, ellipsis=True)]
    for begin in range(0, len(latest), per_row):
        part = latest[begin : begin + per_row]
        signs = [(f"{PERIODS[each.kept][0]} ", PERIODS[each.kept][1]) for each in part]
        rows.append(row((_day(part[0].start).ljust(DATE), MUTE), *grouped(signs)))
    return rows[:room]


def whole(view: ResolutionView, detail: ResolutionDetail, width: int) -> list[Content]:
    """For a dialog that says the state itself: all of it, however long."""
    resolution = view.resolution
    return [
        *safe_text.wrapped(resolution.statement, width, STRONG),
        *_about(view, width, None),
        EMPTY,
        *_figures(view, width),
        EMPTY,
        *_drawn(view, detail, width, 10),
        *_below(view, detail, width),
        EMPTY,
        row(
            ("Made on".ljust(LABEL), MUTE), (long_day(resolution.made_on), SOFT), (f"  id …{resolution.id[-6:]}", MUTE)
        ),
    ]
