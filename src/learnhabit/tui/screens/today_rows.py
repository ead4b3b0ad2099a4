"""What Today says, row by row: from a TodayView to Content, for wide and for narrow terminals."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content

from learnhabit.domain.day_text import WEEKDAYS, clock_time
from learnhabit.domain.duration import format_duration
from learnhabit.services.values import NextStep, TodayView, WeekDot, WeekRow
from learnhabit.tui import safe_text
from learnhabit.tui.draw import (
    EMPTY,
    FAINT,
    HEAD,
    KEY,
    MUTE,
    SOFT,
    STRONG,
    bar,
    columns,
    fill,
    minutes,
    of_goal,
    pressable,
    row,
    spread,
)
from learnhabit.tui.telling import began, summary

RIGHT, GAP = 34, 5
TALL = 22
"""Rows above the year from which a first step has three."""
GUTTER = 9
"""Cells of the labels on the left of a narrow screen."""
DOTS = {
    "counted": ("●", "$t3"),
    "under": ("◐", "$t3"),
    "none": ("○", MUTE),
    "to come": ("·", FAINT),
    "time off": ("╱", FAINT),
}
EXAMPLES = (
    ("Studied already?", "l", "app.log", "such as  45m rag “chunking notes” @yesterday 21:00"),
    ("Done for now?", "x", "app.stop", "stops the timer and keeps one takeaway in your words"),
    ("What was when?", "2", "app.show_tab('log')", "all of it, to search, to edit and to take back"),
    ("All the rest?", "^p", "app.command_palette", "every command by its name;  ? explains the screen"),
)


@dataclass(frozen=True)
class Today:
    """What is drawn: the view, which step is shown, and what the timer adds by now."""

    view: TodayView
    step: int
    running: int
    """Seconds on the timer that belong to today; 0 without one."""
    height: int
    """Rows for all that stands above the year."""

    @property
    def next(self) -> NextStep | None:
        """The step shown."""
        return self.view.steps[self.step % len(self.view.steps)] if self.view.steps else None


def wide_rows(today: Today, width: int) -> list[Content]:
    """The upper part of a wide Today: goal and next step left, week and habit right, then what was studied."""
    left = width - RIGHT - GAP
    rows = columns(_goal(today, left), _week(today.view), left, GAP)
    rows += [EMPTY, *columns(_step(today, left), _habit(today.view), left, GAP), EMPTY]
    return [*rows, *_studied(today, width, today.height - len(rows) - 1), EMPTY]


def narrow_rows(today: Today, width: int) -> list[Content]:
    """The same for 80 columns: each thing in one or a few rows."""
    view = today.view
    rows = [_goal_line(today, width)]
    rows.append(row(" " * GUTTER, *_instruction()) if view.empty else EMPTY)
    rows += _step_narrow(today, width)
    if view.advice is not None:
        source = pressable("h", "source", "screen.source")
        text = safe_text.elided(view.advice.text, width - GUTTER - source.cell_length - 2, SOFT)
        rows.append(spread(row(_label("HABIT"), text), source, width))
    rows.append(EMPTY)
    return rows + _studied_narrow(today, width, today.height - len(rows))


def _instruction() -> tuple[tuple[str, str] | Content, ...]:
    return (
        ("Press ", SOFT),
        ("s", KEY),
        (" to start below, or ", SOFT),
        ("l", KEY),
        (" to log what is over.", SOFT),
    )


def _goal(today: Today, width: int) -> list[Content]:
    view, progress = today.view, today.view.progress
    goal, done = max(progress.goal_seconds, 1), progress.seconds
    shown = of_goal(done, goal)
    first = max(15, shown.cell_length + 2)
    said = _to_go(today)
    length = max(width - first - 16, 10)
    tick = progress.minimum_seconds / goal if progress.minimum_seconds < goal else None
    line = row(
        fill(shown, first), bar(length, done / goal, today.running / goal, tick), said.pad_left(16 - said.cell_length)
    )
    if view.empty:
        return [row(("TODAY", HEAD)), line, row(" " * first, *_instruction())]
    return [row(("TODAY", HEAD)), line, row(" " * first, *_verdict(today))]


def _verdict(today: Today) -> tuple[tuple[str, str], ...]:
    """Whether the day counts, in words."""
    progress = today.view.progress
    least = minutes(progress.minimum_seconds)
    if progress.seconds >= progress.minimum_seconds:
        return (("✓ ", "$t3"), (f"{least} min made it a counted day", MUTE))
    if progress.seconds + today.running >= progress.minimum_seconds:
        return (("● ", "$t3"), ("counted once the timer is stopped", MUTE))
    return ((f"{least} min make it a counted day", MUTE),)


def _to_go(today: Today) -> Content:
    progress = today.view.progress
    left = progress.goal_seconds - progress.seconds
    if today.view.timer is not None:
        said = f"+{format_duration(today.running)}" if today.running >= 60 else "just begun"
        return row((said, KEY), (" running" if today.running >= 60 else "", "$keys"))
    if left <= 0:
        return row(("✓ ", "$t3"), ("goal met", SOFT))
    if today.view.empty:
        return row((f"{minutes(progress.minimum_seconds)} min count", SOFT))
    return row((f"{format_duration(left)} to go", SOFT))


def _goal_line(today: Today, width: int) -> Content:
    view, progress = today.view, today.view.progress
    goal = max(progress.goal_seconds, 1)
    tick = progress.minimum_seconds / goal if progress.minimum_seconds < goal else None
    week = view.this_week
    dots: list[tuple[str, str]] = [_dot(view, dot) for dot in week.days]
    right = row(
        ("week ", MUTE),
        *dots,
        "  ",
        (str(week.counted_days), STRONG),
        (f" of {week.target_days}  ", SOFT),
        *_strength(view),
    )
    left = row(_label("TODAY"), of_goal(progress.seconds, goal), " ")
    length = width - left.cell_length - right.cell_length - 2
    if length < 4:
        return spread(left, right, width)
    return row(left, bar(length, progress.seconds / goal, today.running / goal, tick), "  ", right)


def _strength(view: TodayView) -> tuple[tuple[str, str], ...]:
    if view.empty:
        return (("strength ", MUTE), ("from day one", SOFT))
    return (("strength ", MUTE), (f"{_percent(view)} %", STRONG), *_arrow(view))


def _percent(view: TodayView) -> int:
    return int(view.strength * 100 + 0.5)


def _arrow(view: TodayView) -> tuple[tuple[str, str], ...]:
    if view.strength_rising is None:
        return ()
    return ((" ↑", "$t3") if view.strength_rising else (" ↓", MUTE),)


def _week(view: TodayView) -> list[Content]:
    letters: list[tuple[str, str]] = []
    for dot in view.this_week.days:
        today = dot.day == view.today
        letters.append((WEEKDAYS[dot.day.weekday()][0], "bold underline $ink" if today else MUTE))
        letters.append(("  ", ""))
    rows = [row((f"WEEK {view.this_week.number}".ljust(13), HEAD), *letters[:-1])]
    rows.append(_dots(view, "this week", view.this_week, SOFT))
    if view.empty:
        rows.append(row(("strength     ", MUTE), ("from day one", SOFT)))
        return rows
    rows.append(_dots(view, "last week", view.last_week, MUTE))
    shown = row((f"{_percent(view)} %", STRONG), *_arrow(view))
    length = RIGHT - 13 - shown.cell_length - 1
    rows.append(row(("strength     ", MUTE), bar(length, view.strength), " ", shown))
    return rows


def _dot(view: TodayView, dot: WeekDot) -> tuple[str, str]:
    """A day of a week; days before the first session are as open as those to come."""
    first = view.grid.first_session_day
    before = dot.state == "none" and dot.day != view.today and (first is None or dot.day < first)
    return DOTS["to come" if before else dot.state]


def _dots(view: TodayView, label: str, week: WeekRow, style: str) -> Content:
    parts: list[tuple[str, str]] = [(label.ljust(13), style)]
    for dot in week.days:
        parts += [_dot(view, dot), ("  ", "")]
    kept = week.kept is True
    parts[-1] = (" ✓" if kept else "", "$t3")
    return row(*parts)


def _step(today: Today, width: int) -> list[Content]:
    """The panel of the next step: what, why, how to begin, and its keys."""
    step, inner = today.next, width - 5
    rows: list[Content] = [EMPTY]
    if step is None:
        rows += [row(("NEXT STEP", HEAD)), row(("There is no topic yet", STRONG))]
    else:
        head = "START HERE" if today.view.empty else "NEXT STEP"
        touched = "about 10 minutes" if today.view.empty else step.touched
        rows.append(spread(row((head, HEAD)), row((touched, MUTE)), inner))
        rows.append(safe_text.elided(step.title, inner, STRONG))
        rows.append(_resource(step, inner))
        rows.append(EMPTY)
        rows.append(row(("Why         ", MUTE), safe_text.elided(_reason(step), inner - 12, SOFT)))
        room = 3 if today.height >= TALL else 2
        lines = safe_text.wrapped(step.first_step, inner - 12, "$ink", limit=room)
        for index, line in enumerate(lines):
            rows.append(row(("First step  " if index == 0 else " " * 12, MUTE), line))
        rows += [EMPTY] * (room - len(lines))
    rows += [EMPTY, _step_keys(today), EMPTY]
    return [_on_surface(each, width) for each in rows]


def _step_keys(today: Today) -> Content:
    timing = today.view.timer
    if timing is None:
        return row(pressable("s", "Start", "screen.start_step"), "   ", pressable("n", "Another", "screen.another"))
    step = today.next
    if step is not None and timing.topic == step.topic:
        mark = ("‖ paused", SOFT) if timing.paused else ("● running", "$t4")
        return row(mark, "   ", pressable("x", "Stop", "app.stop"), "   ", pressable("n", "Another", "screen.another"))
    return row(pressable("s", "Switch to it", "screen.start_step"), "   ", pressable("n", "Another", "screen.another"))


def _reason(step: NextStep) -> str:
    """Why, without what is said beside it anyway."""
    return step.reason.removesuffix(f": {step.touched}")


def _resource(step: NextStep, width: int) -> Content:
    if not step.resource_title:
        return row(("No reading needed for the first step", SOFT))
    time = row((format_duration(step.resource_minutes * 60) if step.resource_minutes else "", MUTE))
    return spread(safe_text.elided(step.resource_title, width - time.cell_length - 2, SOFT), time, width)


def _step_narrow(today: Today, width: int) -> list[Content]:
    step = today.next
    inner, text = width - 1, width - GUTTER - 1
    if step is None:
        return [_on_surface(row(("There is no topic yet", STRONG)), width, pad=1)]
    keys = _step_keys(today)
    title = row(
        ("START" if today.view.empty else "NEXT", HEAD), " " * (GUTTER - (7 if today.view.empty else 6)),
        safe_text.elided(step.title, text - keys.cell_length - 2, STRONG),
    )  # fmt: skip
    rows = [spread(title, keys, inner - 2)]
    indent = " " * (GUTTER - 2)
    rows.append(row(indent, _resource(step, text - 1)))
    touched = row((step.touched, MUTE))
    why = row(("Why".ljust(GUTTER - 2), MUTE), safe_text.elided(_reason(step), text - touched.cell_length - 3, SOFT))
    rows.append(spread(why, touched, inner - 2))
    lines = safe_text.wrapped(step.first_step, text - 1, "$ink", limit=2)
    rows.append(row(("Step".ljust(GUTTER - 2), MUTE), lines[0] if lines else ""))
    rows.append(row(indent, lines[1] if len(lines) > 1 else ""))
    return [_on_surface(each, width, pad=1) for each in rows]


def _on_surface(content: Content, width: int, pad: int = 2) -> Content:
    """A row of the panel: the bar on the left, then the text on the surface colour."""
    line = fill(row("▌", " " * pad, content), width).stylize("on $surf")
    return line.stylize("$t3", 0, 1)


def _habit(view: TodayView) -> list[Content]:
    advice = view.advice
    if advice is None:
        return []
    rows = [row(("HABIT", HEAD)), *safe_text.wrapped(advice.text, RIGHT, SOFT, limit=4)]
    if advice.why:
        rows += [EMPTY, *safe_text.wrapped(advice.why, RIGHT, MUTE, limit=8 - len(rows))]
    rows.append(row(pressable("h", "source: ", "screen.source"), safe_text.elided(advice.source, RIGHT - 10, MUTE)))
    return [EMPTY, *rows]


def _label(text: str) -> Content:
    return row((text.ljust(GUTTER), HEAD))


def _studied(today: Today, width: int, room: int) -> list[Content]:
    """What was studied today, newest first; before the first session ever, an example for each feature."""
    view = today.view
    if view.empty:
        rows = [row(("HOW IT GOES", HEAD))]
        for question, name, action, answer in EXAMPLES[: max(room - 1, 1)]:
            rows.append(row((question.ljust(18), SOFT), fill(pressable(name, "", action), 5), (answer, MUTE)))
        return rows
    count = len(view.sessions)
    if not count:
        return [row(("STUDIED TODAY", HEAD), *_nothing_yet(today, "   "))]
    head = row(("STUDIED TODAY", HEAD), (f"   {count} session{'' if count == 1 else 's'}", MUTE))
    return [head, *_sessions(view, width, max(room - 1, 1))]


def _studied_narrow(today: Today, width: int, room: int) -> list[Content]:
    view = today.view
    if view.empty:
        rows = []
        for question, name, action, answer in EXAMPLES[: max(room, 1)]:
            parts = row(("" if not question else question.ljust(18), SOFT), fill(pressable(name, "", action), 4))
            rows.append(row(parts, safe_text.elided(answer, width - 22, MUTE)))
        return rows
    if not view.sessions:
        return [row(_label("STUDIED"), *_nothing_yet(today, ""))]
    lines = _sessions(view, width - GUTTER, max(room, 1))
    return [row(_label("STUDIED" if index == 0 else ""), line) for index, line in enumerate(lines)]


def _nothing_yet(today: Today, before: str) -> tuple[tuple[str, str], ...]:
    if today.view.timer is not None:
        return ((before, ""), ("nothing saved yet; ", MUTE), ("x", KEY), (" stops the timer and saves it", MUTE))
    return (
        (before, ""),
        ("nothing yet; ", MUTE),
        ("s", KEY),
        (" starts a timer, ", MUTE),
        ("l", KEY),
        (" logs what is over", MUTE),
    )


def _sessions(view: TodayView, width: int, limit: int) -> list[Content]:
    """One row each: time, duration, topic, and what there is to say; the last row counts the rest."""
    shown = view.sessions if len(view.sessions) <= limit else view.sessions[: max(limit - 1, 0)]
    topic = min(max((safe_text.width_of(each.topic_title) for each in shown), default=0), max(width // 3, 20))
    rows = []
    for each in shown:
        time = clock_time(began(each), clock_24=view.clock_24).rjust(5 if view.clock_24 else 7)
        spent = format_duration(each.seconds).rjust(8)
        room = width - topic - len(time) - 14
        rows.append(
            row(
                (f"{time}  ", MUTE), (f"{spent}  ", STRONG), safe_text.fitted(each.topic_title, topic, SOFT), "  ",
                safe_text.elided(summary(each), room, MUTE),
            )
        )  # fmt: skip
    if len(shown) < len(view.sessions):
        rows.append(row((f"  and {len(view.sessions) - len(shown)} more in the log  ", MUTE), ("2", KEY)))
    return rows
