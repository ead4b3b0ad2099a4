"""One resolution with everything: its figures, its drawing, when it would be finished, and what is next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.content import Content
from textual.reactive import var

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
from learnhabit.tui.screens.today_resolutions import STATE_STYLES
from learnhabit.tui.widgets.burnup import burn_up_rows
from learnhabit.tui.widgets.panel import Panel

WIDE = 60
"""Cells from which figures stand side by side above the drawing; below it they stand at its right."""
ASIDE = 28
"""Cells of the words beside the drawing."""
LABEL = 14
PERIODS = {True: ("●", "$t3"), False: ("○", MUTE), None: ("╱", FAINT)}


class ResolutionPane(Panel):
    """The marked resolution; without its details while they are read."""

    view: var[ResolutionView | None] = var(None, always_update=True)
    detail: var[ResolutionDetail | None] = var(None, always_update=True)
    today = date.min

    def watch_view(self) -> None:
        """Another one."""
        self.renew()

    def watch_detail(self) -> None:
        """Its details."""
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
        if detail is not None and detail.view.resolution.id != view.resolution.id:
            detail = None
        height = max(self.size.height, 1)
        beside = self.screen.has_class("-narrow") or self.screen.has_class("-tiny")
        rows = beside_rows(view, detail, width, height) if beside else detail_rows(view, detail, width, height)
        return rows[:height]


def detail_rows(view: ResolutionView, detail: ResolutionDetail | None, width: int, height: int | None) -> list[Content]:
    """Everything below each other; the drawing takes the rows that are left, or 12 where there is no end."""
    resolution, standing = view.resolution, view.standing
    rows = [*_title(view, width), EMPTY, *_figures(view, width), EMPTY]
    below = _below(view, detail, width)
    if detail is not None:
        room = 12 if height is None else min(height - len(rows) - len(below) - 1, 16)
        if detail.burn_up is not None and room >= 5:
            rows += [*burn_up_rows(detail.burn_up, resolution.measure, width, room), EMPTY]
        elif detail.periods and room >= 2:
            rows += [*period_rows(detail.periods, resolution, width, room), EMPTY]
    if standing.state == "let go":
        rows += [*safe_text.wrapped(f"Let go: {resolution.let_go_why}", width, SOFT, limit=3), EMPTY]
    return rows + below


def beside_rows(view: ResolutionView, detail: ResolutionDetail | None, width: int, height: int) -> list[Content]:
    """For 80 columns: the drawing left, words at its right."""
    style = STATE_STYLES.get(view.standing.state, MUTE)
    said = row((_standing_words(view), f"bold {style}"))
    title = spread(safe_text.elided(view.resolution.statement, width - said.cell_length - 2, STRONG), said, width)
    if detail is None:
        return [title]
    left, room = width - ASIDE - 2, height - 1
    words = _aside(view, detail, ASIDE)
    if detail.burn_up is not None and room >= 4:
        drawing: Sequence[Content] = burn_up_rows(detail.burn_up, view.resolution.measure, left, room)
    elif detail.periods:
        drawing = [EMPTY, *period_rows(detail.periods, view.resolution, left, room - 1)]
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
    rows = [spread(safe_text.elided(resolution.statement, width - said.cell_length - 2, STRONG), said, width)]
    words = []
    if resolution.measure not in ("count", "done"):
        words.append(", ".join(view.titles) or "all topics")
    words.append(_span(resolution))
    first = resolution.aims[0]
    if len(resolution.aims) > 1:
        aim = target_text(first.target, resolution.measure, resolution.kind, resolution.per)
        words.append(f"first {aim} until {_day(first.period_end)}")
    rows.append(safe_text.elided(" · ".join(words), width, MUTE))
    if resolution.cue:
        rows.append(safe_text.elided(resolution.cue, width, MUTE))
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
    wide = [max(len(head), value.cell_length) for head, value in found]
    gap = max((width - sum(wide)) // max(len(found) - 1, 1), 1)
    cells = [min(each + min(gap, 6), width) for each in wide]
    heads = [fill(row((head, HEAD)), cell) for (head, _), cell in zip(found, cells, strict=True)]
    values = [fill(value, cell) for (_, value), cell in zip(found, cells, strict=True)]
    return [row(*heads).truncate(width), row(*values).truncate(width)]


def _of_line(resolution: Resolution, standing: Standing) -> list[tuple[str, Content]]:
    measure, kind = resolution.measure, resolution.kind
    if measure == "done":
        return [("DONE", row(("yes" if standing.progress else "not yet", STRONG)))]
    said, _, rest = progress_text(standing.progress, resolution.target, measure).partition(" of ")
    found = [("DONE", row((said, STRONG), (f" of {rest}", SOFT)))]
    sign = "+" if standing.delta > 0 else "−" if standing.delta < 0 else "±"
    style = "$amber" if standing.delta < 0 else "$t3"
    delta = amount_text(abs(standing.delta), measure) if standing.delta else "0"
    found.append(("PLAN TODAY", row((amount_text(standing.planned, measure), STRONG), (f"  {sign}{delta}", style))))
    if standing.needed_per_week is not None:
        found.append(("NEEDED", _rate(standing.needed_per_week, measure, kind)))
        usual = standing.usual_per_week
        known = row(("after 3 weeks", MUTE)) if usual is None else _rate(usual, measure, kind)
        found.append(("USUAL", known))
    return found


def _rate(value: float, measure: str, kind: str | None) -> Content:
    number, _, _ = rate_text(value, measure, None if measure != "hours" else kind).partition(" a week")
    return row((number.removesuffix(" resources").removesuffix(" resource"), STRONG), (" a week", SOFT))


def _recurring(resolution: Resolution, standing: Standing) -> list[tuple[str, Content]]:
    plural = "" if standing.planned == 1 else "s"
    kept = row((f"{standing.progress:,}", STRONG), (f" of {standing.planned:,} {resolution.per}{plural}", SOFT))
    found = [("KEPT", kept)]
    running = standing.running
    if running is None:
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
        rows.append(_labelled("Would finish", detail.projection, width))
    if detail.advice_more:
        rows.append(_labelled("To be in time", detail.advice_more, width))
    if standing.state != "let go" and (resolution.per is None or not rows):
        rows += [
            row((("Standing" if index == 0 else "").ljust(LABEL), MUTE), line)
            for index, line in enumerate(safe_text.wrapped(detail.sentence, width - LABEL, SOFT, limit=3))
        ]
    if resolution.per and standing.usual_day is not None and resolution.measure == "hours":
        said = f"{amount_text(standing.usual_day, resolution.measure)} on a studied day"
        rows.append(_labelled("Usual", said, width))
    more = []
    if detail.next_step is not None:
        keys = pressable("s", "Start now", "screen.start")
        title = safe_text.elided(detail.next_step.title, width - LABEL - keys.cell_length - 2, "$ink")
        more.append(row(("NEXT STEP".ljust(LABEL), HEAD), title, "  ", keys))
    if detail.weeks and resolution.measure != "done" and not resolution.per:
        amounts = "  ".join(bare_amount(week.amount, resolution.measure) for week in detail.weeks)
        unit = " h, oldest first" if resolution.measure == "hours" else " oldest first"
        more.append(row(("LAST WEEKS".ljust(LABEL), HEAD), (amounts, SOFT), (f"  {unit.strip()}", MUTE)))
    return [*rows, *([EMPTY] if rows and more else []), *more]


def _labelled(label: str, text: str, width: int) -> Content:
    return row((label.ljust(LABEL), MUTE), safe_text.elided(text, width - LABEL, SOFT))


def _aside(view: ResolutionView, detail: ResolutionDetail, width: int) -> list[Content]:
    resolution, standing = view.resolution, view.standing
    rows: list[Content] = [EMPTY]
    for head, value in _recurring(resolution, standing) if resolution.per else _of_line(resolution, standing):
        rows.append(row((head.capitalize().ljust(11), MUTE), value))
    if detail.projection:
        rows += [EMPTY, row(("Would finish", MUTE))]
        rows += safe_text.wrapped(detail.projection, width, SOFT, limit=2)
    if detail.advice_more:
        rows += safe_text.wrapped(f"In time: {detail.advice_more}", width, SOFT, limit=2)
    return rows


def period_rows(periods: Sequence[PeriodResult], resolution: Resolution, width: int, room: int) -> list[Content]:
    """The latest periods as signs, oldest first, with the month of each row's first one before them."""
    per_row = max((width - 9) // 2, 1)
    latest = list(periods)[-per_row * max(room - 1, 1) :]
    rows = [row((f"EACH {(resolution.per or '').upper()}", HEAD), ("   ● kept  ○ not  ╱ does not count", MUTE))]
    for begin in range(0, len(latest), per_row):
        part = latest[begin : begin + per_row]
        first = part[0].start
        signs = [(f"{PERIODS[each.kept][0]} ", PERIODS[each.kept][1]) for each in part]
        rows.append(row((f"{MONTHS[first.month - 1]} {first.year}".ljust(9), MUTE), *grouped(signs)))
    return rows[:room]


def whole(view: ResolutionView, detail: ResolutionDetail, width: int) -> list[Content]:
    """For a dialog: all of it, however long."""
    rows = detail_rows(view, detail, width, None)
    return [
        *rows,
        EMPTY,
        row(("Made on", MUTE), f" {long_day(view.resolution.made_on)}", (f"  id …{view.resolution.id[-6:]}", MUTE)),
    ]
