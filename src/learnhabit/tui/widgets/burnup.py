"""The burn-up of a resolution: what was done against its plan, drawn with braille dots in any size."""

from __future__ import annotations

from datetime import date, timedelta

from textual.content import Content

from learnhabit.domain.day_text import MONTHS
from learnhabit.domain.resolution_words import bare_amount
from learnhabit.services.resolution_values import BurnUp
from learnhabit.tui.draw import FAINT, MUTE, grouped, row

DONE, PLAN, USUAL = "$t4", "$soft", "$t1"
LEFT, RIGHT = 7, 6
"""Cells of the amounts on the left, and of the lines' names on the right."""
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""Bits of a braille cell, by row and column of its dots."""
_DASH, _PERIOD = 4, 6
"""Dots of a dash of the plan, and of a dash with the gap behind it."""
_STEPS = (1, 2, 5)
_HOUR = 3600
_DAY = timedelta(days=1)


def burn_up_rows(burn_up: BurnUp, measure: str, width: int, height: int) -> list[Content]:
    """A drawing of exactly `height` rows, the lowest of which names the months; at least 20 × 4."""
    chart = _Chart(burn_up, max(width - LEFT - RIGHT, 7), max(height - 1, 3))
    return [*chart.rows(measure), _months(burn_up, chart)]


class _Chart:
    """Dots by cell, for three lines that may share a cell."""

    def __init__(self, burn_up: BurnUp, width: int, height: int) -> None:
        self.burn_up, self.width, self.height = burn_up, width, height
        self.days = (burn_up.last - burn_up.first).days + 1
        largest = max(burn_up.target, burn_up.first_target, *(burn_up.done or (0,)), *burn_up.plan, 1)
        self.top = largest * 1.04
        self._dots: dict[str, dict[tuple[int, int], int]] = {DONE: {}, PLAN: {}, USUAL: {}}
        self.ends: dict[str, int] = {}
        """The row in which a line ends."""
        self._draw()

    def column(self, day: float) -> int:
        """The dots' column of a moment, in days from the first day's beginning."""
        return min(max(int(day / max(self.days, 1) * (2 * self.width - 1) + 0.5), 0), 2 * self.width - 1)

    def line(self, value: float) -> int:
        """The dots' row of an amount, counted from above."""
        share = min(max(value / self.top, 0), 1)
        return min(int((1 - share) * (4 * self.height - 1) + 0.5), 4 * self.height - 1)

    def _draw(self) -> None:
        burn_up = self.burn_up
        offset = (burn_up.plan_first - burn_up.first).days
        self._stroke(PLAN, [(offset + number, value) for number, value in enumerate(burn_up.plan)], dashed=True)
        done = burn_up.done
        if done:
            self._stroke(DONE, [(0.0, 0.0), *((number + 1.0, float(value)) for number, value in enumerate(done))])
        reached = bool(done) and done[-1] >= burn_up.target
        if burn_up.usual_per_day and burn_up.today <= burn_up.last and not reached:
            self._stroke(USUAL, self._usual(), dithered=True)

    def _usual(self) -> list[tuple[float, float]]:
        """From today on at the usual pace, over the days without time off."""
        burn_up = self.burn_up
        day = max(burn_up.today, burn_up.first)
        value = float(burn_up.done[-1] if burn_up.done else 0)
        points = [(float((day - burn_up.first).days), value)]
        while day <= burn_up.last:
            value += 0 if day in burn_up.paused else burn_up.usual_per_day or 0
            day += _DAY
            points.append((float((day - burn_up.first).days), value))
        return points

    def _stroke(
        self, name: str, points: list[tuple[float, float]], *, dashed: bool = False, dithered: bool = False
    ) -> None:
        """Join points by dots; steps upwards are filled, so that a line has no holes but its dashes."""
        last: tuple[int, int] | None = None
        path: list[tuple[int, int]] = []
        for day, value in points:
            if value > self.top:
                break
            x, y = self.column(day), self.line(value)
            if last is None:
                path.append((x, y))
            else:
                before, above = last
                steps = max(x - before, abs(y - above))
                path += [
                    (before + (x - before) * step // steps, above + (y - above) * step // steps)
                    for step in range(1, steps + 1)
                ]
            last = (x, y)
        cells = self._dots[name]
        for number, (x, y) in enumerate(path):
            # Along the path, since on a slope every second column may be the same shade of a chequerboard.
            if (dashed and number % _PERIOD >= _DASH) or (dithered and number % 2):
                continue
            cell = (x // 2, y // 4)
            cells[cell] = cells.get(cell, 0) | _DOTS[y % 4][x % 2]
        if last is not None:
            self.ends[name] = last[1] // 4

    def rows(self, measure: str) -> list[Content]:
        """Amounts, drawing and the names of the lines."""
        labels = self._labels(measure)
        names = self._names()
        today = self._cell_of(self.burn_up.today)
        paused = {self._cell_of(day) for day in self.burn_up.paused}
        first_target = self.line(self.burn_up.first_target) // 4
        level = first_target if self.burn_up.first_target != self.burn_up.target else None
        rows = []
        for y in range(self.height):
            parts: list[tuple[str, str]] = [(labels.get(y, "").rjust(LEFT - 1) + " ", MUTE)]
            ruled = "┄" if y == level else "┈" if y in labels else " "
            parts += [self._cell(x, y, today, paused, ruled) for x in range(self.width)]
            parts.append((f" {names.get(y, ('', ''))[0]}".ljust(RIGHT), names.get(y, ("", MUTE))[1]))
            rows.append(row(*grouped(parts)))
        return rows

    def _cell(self, x: int, y: int, today: int | None, paused: set[int | None], ruled: str) -> tuple[str, str]:
        bits = 0
        style = ""
        for name in (DONE, PLAN, USUAL):
            found = self._dots[name].get((x, y), 0)
            if found:
                # Done gives a shared cell its colour, and the dots of the plan stay in it.
                style = style or name
                bits |= found if name != USUAL or not bits else 0
        if bits:
            return chr(0x2800 + bits), style
        if x == today:
            return "┊", MUTE
        if x in paused and (x + y) % 2 == 0:
            return "╱", FAINT
        return ruled, FAINT if ruled == "┄" else "$rule"

    def _cell_of(self, day: date) -> int | None:
        if not self.burn_up.first <= day <= self.burn_up.last:
            return None
        return self.column((day - self.burn_up.first).days) // 2

    def _labels(self, measure: str) -> dict[int, str]:
        """Amounts beside their rows: the target, the first target and nothing, and round ones between them."""
        burn_up = self.burn_up
        unit = 1 if measure != "hours" else _HOUR if burn_up.target >= 2 * _HOUR else _HOUR // 6
        found: dict[int, str] = {}
        step = self._step(unit)
        for place, value in enumerate((burn_up.target, 0, burn_up.first_target, *range(step, burn_up.target, step))):
            y = self.line(value) // 4
            if not any(abs(y - other) < (1 if place < 3 else 2) for other in found):
                found[y] = _amount(value, measure, named=place == 0)
        return found

    def _step(self, unit: int) -> int:
        """The smallest round distance that leaves a row between two amounts."""
        step = unit
        while True:
            for factor in _STEPS:
                if self.line(0) - self.line(step * factor) >= 10 or step * factor > self.top:
                    return step * factor
            step *= 10

    def _names(self) -> dict[int, tuple[str, str]]:
        """The lines' names in the rows where they end, no two in one row."""
        found: dict[int, tuple[str, str]] = {}
        for name, text in ((PLAN, "plan"), (DONE, "done"), (USUAL, "usual")):
            if name not in self.ends:
                continue
            rows = sorted(range(self.height), key=lambda y: abs(y - self.ends[name]))
            free = next((y for y in rows if y not in found), None)
            if free is not None:
                found[free] = (text, DONE if name == DONE else PLAN if name == PLAN else MUTE)
        return found


def _amount(value: int, measure: str, *, named: bool) -> str:
    """`40 h` for the target, `30` for others, at most six cells; minutes where hours would all be fractions of one."""
    if measure == "hours" and 0 < value < _HOUR:
        return f"{(value + 30) // 60} m"
    number = value / _HOUR if measure == "hours" else value
    text = bare_amount(value, measure).removesuffix(".0")
    for least, size, unit in ((10_000_000, 1_000_000, "M"), (10_000, 1_000, "k"), (100, 1, "")):
        if number >= least:
            text = f"{number / size:.0f}{unit}"
            break
    return f"{text} h" if measure == "hours" and named else text


def _months(burn_up: BurnUp, chart: _Chart) -> Content:
    """The months below their first days; for short periods the first and the last day."""
    cells = [" "] * chart.width
    marks: list[tuple[int, int]] = []

    def put(x: int, text: str) -> tuple[int, int] | None:
        x = min(x, chart.width - len(text))
        if x < 0 or any(cells[place] != " " for place in range(max(x - 1, 0), min(x + len(text) + 1, chart.width))):
            return None
        cells[x : x + len(text)] = text
        return x, x + len(text)

    if chart.days <= 45:
        for day in (burn_up.first, burn_up.last):
            put(chart.column((day - burn_up.first).days) // 2, f"{day.day} {MONTHS[day.month - 1]}")
    else:
        day = burn_up.first if burn_up.first.day == 1 else _next_month(burn_up.first)
        room = chart.width * 30 / chart.days
        while day <= burn_up.last:
            name = MONTHS[day.month - 1] if room >= 4 else MONTHS[day.month - 1][0]
            place = put(chart.column((day - burn_up.first).days) // 2, name)
            if place and (day.year, day.month) == (burn_up.today.year, burn_up.today.month):
                marks.append(place)
            day = _next_month(day)
    content = row((" " * LEFT, MUTE), ("".join(cells), MUTE), " " * RIGHT)
    for start, end in marks:
        content = content.stylize("bold $ink", LEFT + start, LEFT + end)
    return content


def _next_month(day: date) -> date:
    return (day.replace(day=28) + 4 * _DAY).replace(day=1)
