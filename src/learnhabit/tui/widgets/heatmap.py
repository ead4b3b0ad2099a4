"""The year, a cell per day, drawn line by line."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from learnhabit.domain.day_text import MONTHS, WEEKDAYS, long_day
from learnhabit.domain.duration import format_duration, format_hours, study_level
from learnhabit.domain.study_day import week_start_of
from learnhabit.services.values import YearGrid
from learnhabit.tui.draw import MUTE, STRONG, row
from learnhabit.tui.messages import ShowDay

GLYPHS = ("·", "▂", "▄", "▅", "▇")
LABEL = 4
LEGEND = 17
WIDE = 110
_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)


class YearHeatmap(Widget):
    """Seven rows of days under the names of the months, with totals and a legend.

    As many weeks as fit: all of the year where there is room, else the last ones up to today.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "heatmap--none",
        "heatmap--1",
        "heatmap--2",
        "heatmap--3",
        "heatmap--4",
        "heatmap--today",
        "heatmap--label",
    }
    DEFAULT_CSS = """
    YearHeatmap { height: auto; width: 1fr; }
    YearHeatmap > .heatmap--none { color: $faint; }
    YearHeatmap > .heatmap--1 { color: $t1; }
    YearHeatmap > .heatmap--2 { color: $t2; }
    YearHeatmap > .heatmap--3 { color: $t3; }
    YearHeatmap > .heatmap--4 { color: $t4; }
    YearHeatmap > .heatmap--today { color: $ink; }
    YearHeatmap > .heatmap--label { color: $mute; }
    """

    grid: reactive[YearGrid | None] = reactive(None)

    def __init__(self) -> None:
        super().__init__()
        self._strips: list[Strip] = []

    def watch_grid(self) -> None:
        """Draw anew."""
        self._strips = []

    def notify_style_update(self) -> None:
        """Draw anew in the colours of another theme."""
        super().notify_style_update()
        self._strips = []

    def on_resize(self, event: events.Resize) -> None:
        """Other weeks fit, and the legend moves; a scrollbar that comes is no change that is drawn by itself."""
        self._strips = []
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Months and seven days; wide, a heading too."""
        return 9 if self._wide(width) else 8

    def render_line(self, y: int) -> Strip:
        """One row."""
        if not self._strips:
            self._strips = self._draw()
        if y < len(self._strips):
            return self._strips[y]
        return Strip.blank(self.size.width, self.rich_style)

    @staticmethod
    def _wide(width: int) -> bool:
        return width >= WIDE - 6

    def _weeks(self, grid: YearGrid) -> tuple[date, int, int]:
        """(first day of the first column, number of columns, cells from one to the next)."""
        width = self.size.width
        this_week = week_start_of(grid.today, grid.week_start)
        if self._wide(width):
            first = week_start_of(date(grid.year, 1, 1), grid.week_start)
            last = week_start_of(date(grid.year, 12, 31), grid.week_start)
            count = (last - first).days // 7 + 1
            pitch = 3 if LABEL + count * 3 <= width else 2
            if LABEL + count * pitch <= width + 1:
                return first, count, pitch
            room = (width - LABEL) // 2
            return this_week - (room - 1) * _WEEK, room, 2
        room = min(max((width - LABEL - LEGEND - 3) // 2, 4), 53)
        return this_week - (room - 1) * _WEEK, room, 2

    def _draw(self) -> list[Strip]:
        width = self.size.width
        base = self.rich_style
        styles = {name: base + self.get_component_rich_style(f"heatmap--{name}", partial=True) for name in _NAMES}
        styles["pause"], styles["text"] = styles["none"], styles["label"]
        styles["number"] = styles["today"] + Style(bold=True)
        grid = self.grid
        if grid is None:
            return [Strip.blank(width, base)]
        first, count, pitch = self._weeks(grid)
        wide = self._wide(width)
        lines: list[list[tuple[int, str, Style]]] = []
        if wide:
            lines.append(self._heading(grid, width, styles))
        lines.append([(x, name, styles["label"]) for x, name in _months(grid, first, count, pitch)])
        lines += [self._days(grid, first, count, pitch, weekday, styles) for weekday in range(7)]
        if not wide:
            x = LABEL + count * pitch + 3
            for line, (glyph, glyph_style, text, style) in zip(lines[1:], _legend(grid), strict=False):
                if glyph:
                    line.append((x, glyph, styles[glyph_style]))
                line.append((x + (2 if glyph else 0), text, styles[style]))
        return [_strip(line, width, base) for line in lines]

    def _heading(self, grid: YearGrid, width: int, styles: dict[str, Style]) -> list[tuple[int, str, Style]]:
        pieces: list[tuple[int, str, Style]] = [(0, str(grid.year), styles["label"] + Style(bold=True))]
        at = 7
        if grid.first_session_day is None:
            pieces.append((at, "this page fills from today; days before it stay blank, not missed", styles["label"]))
            return pieces
        days = grid.year_counted_days
        said = [
            (format_hours(grid.year_seconds), "number"),
            (" on ", "text"),
            (f"{days} day{'' if days == 1 else 's'}", "number"),
            (" so far" if grid.running else "", "text"),
        ]
        if grid.usual_seconds is not None:
            said.append((f" · usual day {format_duration(grid.usual_seconds)}", "text"))
        for text, style in said:
            pieces.append((at, text, styles[style]))
            at += len(text)
        legend = [("none", "·", "none"), ("<20", "▂", "1"), ("20–39", "▄", "2"), ("40–59", "▅", "3")]
        legend += [("60+ min", "▇", "4"), ("time off", "╱", "pause")]
        x = width - sum(len(text) + 4 for text, _, _ in legend) + 2
        if x < at + 2:
            return pieces
        for text, glyph, style in legend:
            pieces += [(x, glyph, styles[style]), (x + 2, text, styles["label"])]
            x += len(text) + 4
        return pieces

    def _days(
        self, grid: YearGrid, first: date, count: int, pitch: int, weekday: int, styles: dict[str, Style]
    ) -> list[tuple[int, str, Style]]:
        pieces: list[tuple[int, str, Style]] = []
        if weekday % 2 == 0:
            pieces.append((0, WEEKDAYS[(first + weekday * _DAY).weekday()], styles["label"]))
        whole_year = count >= 53
        for week in range(count):
            day = first + week * _WEEK + weekday * _DAY
            if whole_year and day.year != grid.year:
                continue
            x = LABEL + week * pitch
            glyph, style = _cell(grid, day)
            if day == grid.today and grid.running:
                pieces.append((x - 1, "▕", styles["today"]))
                pieces.append((x, glyph if glyph != " " else "·", styles[style]))
                pieces.append((x + 1, "▏", styles["today"]))
            elif glyph != " ":
                pieces.append((x, glyph, styles[style]))
        return pieces

    def _day_at(self, x: int, y: int) -> date | None:
        grid = self.grid
        top = 2 if self._wide(self.size.width) else 1
        if grid is None or not top <= y < top + 7:
            return None
        first, count, pitch = self._weeks(grid)
        week = (x - LABEL + pitch // 2) // pitch
        day = first + week * _WEEK + (y - top) * _DAY
        return day if x >= LABEL - 1 and week < count and grid.first <= day <= grid.today else None

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Say what the day under the pointer holds."""
        day = self._day_at(event.x, event.y)
        if day is None or self.grid is None:
            self.tooltip = None
            return
        seconds = self.grid.seconds.get(day, 0)
        off = day in self.grid.paused
        said = format_duration(seconds) if seconds else "time off" if off else "nothing logged"
        self.tooltip = row((long_day(day), STRONG), (f"  {said}", MUTE))

    def on_click(self, event: events.Click) -> None:
        """Show the day in the log."""
        day = self._day_at(event.x, event.y)
        if day is not None:
            self.app.post_message(ShowDay(day))


_NAMES = ("none", "1", "2", "3", "4", "today", "label")


def _cell(grid: YearGrid, day: date) -> tuple[str, str]:
    """Glyph and style of a day."""
    seconds = grid.seconds.get(day, 0)
    if seconds:
        step = study_level(seconds)
        return GLYPHS[step], str(step)
    if day in grid.paused:
        return "╱", "pause"
    known = grid.first_session_day is not None and grid.first_session_day <= day <= grid.today
    return (GLYPHS[0], "none") if known else (" ", "none")


def _months(grid: YearGrid, first: date, count: int, pitch: int) -> list[tuple[int, str]]:
    """Where the names of the months stand: above the week that holds their first day."""
    names: list[tuple[int, str]] = []
    for week in range(count):
        start = first + week * _WEEK
        for offset in range(7):
            day = start + offset * _DAY
            if day.day == 1 and (count < 53 or day.year == grid.year):
                names.append((LABEL + week * pitch, MONTHS[day.month - 1]))
    if count < 53 and (not names or names[0][0] >= LABEL + 2 * pitch):
        names.insert(0, (LABEL, MONTHS[first.month - 1]))
    return names


def _legend(grid: YearGrid) -> list[tuple[str, str, str, str]]:
    """Seven rows beside the days: glyph, its style, text, its style."""
    if grid.first_session_day is None:
        return [("", "", "from today on", "label"), ("", "", "a day is a cell", "label")]
    days = grid.year_counted_days
    return [
        ("", "", format_hours(grid.year_seconds), "number"),
        ("", "", f"{days} day{'' if days == 1 else 's'}{' so far' if grid.running else ''}", "text"),
        ("╱", "pause", "time off", "label"),
        ("▂", "1", "under 20 min", "label"),
        ("▄", "2", "20–39", "label"),
        ("▅", "3", "40–59", "label"),
        ("▇", "4", "60 and more", "label"),
    ]


def _strip(pieces: list[tuple[int, str, Style]], width: int, base: Style) -> Strip:
    """A row from pieces at their columns.

    A blank takes the style of what stands before it, and neighbours of one style are one segment: all have the same
    background, and a dialog over the screen dims every segment one by one.
    """
    runs: list[tuple[str, Style]] = [("", base)]
    at = 0

    def add(text: str, style: Style) -> None:
        last, of_last = runs[-1]
        if style == of_last:
            runs[-1] = (last + text, style)
        else:
            runs.append((text, style))

    for x, text, style in sorted(pieces, key=_column):
        if x < at:
            # Today's left bracket lies on the blank before it; anything else that overlaps gives way.
            text, x = text[at - x :], at
        if text:
            add(" " * (x - at), runs[-1][1])
            add(text, style)
            at = x + len(text)
    add(" " * max(width - at, 0), runs[-1][1])
    return Strip([Segment(text, style) for text, style in runs if text]).adjust_cell_length(width, base)


def _column(piece: tuple[int, str, Style]) -> int:
    return piece[0]
