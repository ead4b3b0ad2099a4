"""What Today says, row by row: from a TodayView to Content, for wide and for narrow terminals."""

from __future__ import annotations

from typing import NamedTuple

from textual.content import Content

from learnhabit.domain.day_text import WEEKDAYS
from learnhabit.domain.duration import format_duration
from learnhabit.services.suggesting import MOST as MOST_STEPS
from learnhabit.services.values import AdviceView, NextStep, TodayView, WeekDot, WeekRow
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
from learnhabit.tui.keynames import named
from learnhabit.tui.screens.today_resolutions import (
    MOST,
    MOST_NARROW,
    invitation_line,
    narrow_block,
    wide_block,
)
from learnhabit.tui.screens.today_studied import GUTTER, label, other_day, studied, studied_narrow

RIGHT, GAP = 34, 5
LEAST_WIDE = 21
"""Rows that a wide Today takes: the goal, the step, three resolutions, and what parts them."""
NARROW_ROWS = 8
"""Rows from the goal to the advice in 80 columns."""
DOTS = {
    "counted": ("●", "$t3"),
    "under": ("◐", "$t3"),
    "none": ("○", MUTE),
    "to come": ("·", FAINT),
    "time off": ("╱", FAINT),
}


class Today(NamedTuple):
    """What is drawn: the view, which step is shown, and what the timer adds by now."""

    view: TodayView
    step: int
    running: int
    """Seconds on the timer that belong to today; 0 without one, or with one of another day."""
    height: int
    """Rows for all that stands above the year."""
    review: bool = False
    """The weekly review is offered."""

    @property
    def next(self) -> NextStep | None:
        """The step shown."""
        return self.view.steps[self.step % min(len(self.view.steps), MOST_STEPS)] if self.view.steps else None


def wide_rows(today: Today, width: int) -> list[Content]:
    """The upper part of a wide Today: goal and next step left, week and habit right, then resolutions and study."""
    left, views = width - RIGHT - GAP, today.view.resolutions
    rows = columns(_goal(today, left), _week(today.view), left, GAP)
    wanted = 1 + min(len(views), MOST) if views else 3
    step = _step(today, left, today.height - len(rows) - 3 - wanted)
    rows += [EMPTY, *columns(step, _habit(today.view, len(step)), left, GAP), EMPTY]
    return [*rows, *_below(today, width, today.height - len(rows) - 1), EMPTY]


def _below(today: Today, width: int, room: int) -> list[Content]:
    """Resolutions, and what was studied today where there is room for both."""
    view = today.view
    if view.resolutions:
        # Where it scrolls anyway three are always there.
        block = wide_block(view.resolutions, view.today, width, max(room, 1 + MOST_NARROW))
    elif view.empty or room < len(view.sessions) + 3:
        return studied(view, width, room)
    else:
        block = [invitation_line(view.today, row(("RESOLUTIONS", HEAD), "   "), width)]
    left = room - len(block) - 1
    return [*block, EMPTY, *studied(view, width, left)] if left >= 2 else block


def narrow_rows(today: Today, width: int) -> list[Content]:
    """The same for 80 columns: each thing in one or a few rows."""
    view = today.view
    rows = [_goal_line(today, width)]
    if view.empty:
        rows.append(row(" " * GUTTER, *_instruction()))
    elif today.review:
        rows.append(_look_back(today, GUTTER))
    rows += _step_narrow(today, width)
    if view.advice is not None:
        # Whatever the step, what comes below begins in the same row; with few resolutions there is a row to spare.
        least = 2 if len(view.resolutions) < MOST_NARROW and not view.empty else 1
        rows += _habit_narrow(view.advice, width, max(NARROW_ROWS - len(rows), least))
    rows.append(EMPTY)
    return rows + _below_narrow(today, width, today.height - len(rows))


def _habit_narrow(advice: AdviceView, width: int, most: int) -> list[Content]:
    """The advice, and in the last of so many rows what to do about it."""
    source = pressable(named("today.source", "h"), "source", "screen.source")
    room = width - GUTTER - source.cell_length - 2
    if most == 1:
        lines = [safe_text.elided(advice.text, room, SOFT)]
    else:
        lines = safe_text.wrapped(advice.advice, room, SOFT, limit=most - bool(advice.pairing))
        if advice.pairing:
            lines += safe_text.wrapped(advice.pairing, room, "$ink", limit=most - len(lines))
    rows = [row(label("HABIT") if index == 0 else " " * GUTTER, line) for index, line in enumerate(lines)]
    rows[-1] = spread(rows[-1], source, width)
    return [*rows, *[EMPTY] * (most - len(rows))]


def _below_narrow(today: Today, width: int, room: int) -> list[Content]:
    view = today.view
    if not view.resolutions:
        rows = studied_narrow(view, width, room)
        if not view.empty and len(rows) < room:
            rows.append(invitation_line(view.today, row(label("RESOLVE")), width))
        return rows
    block = narrow_block(view.resolutions, view.today, width, max(room, MOST_NARROW))
    left = room - len(block) - 1
    return [*block, EMPTY, *studied_narrow(view, width, left)] if left >= 1 else block


def _look_back(today: Today, indent: int) -> Content:
    """The offer of the weekly review, in a row that is empty without it."""
    if not today.review:
        return EMPTY
    keys = pressable(named("app.review", "W"), "weekly review", "app.review")
    return row(" " * indent, ("Last week can be looked back on:  ", SOFT), keys)


def _instruction() -> tuple[tuple[str, str] | Content, ...]:
    return (
        ("Press ", SOFT),
        (named("timer.start", "s"), KEY),
        (" to start below, or ", SOFT),
        (named("session.log", "l"), KEY),
        (" to log what is over.", SOFT),
    )


def _goal(today: Today, width: int) -> list[Content]:
    view, progress = today.view, today.view.progress
    goal, done = max(progress.goal_seconds, 1), progress.seconds
    shown = of_goal(done, goal)
    first = max(15, shown.cell_length + 2)
    said = _to_go(today)
    # A longer text takes its cells from the bar.
    room = max(16, said.cell_length + 1)
    length = max(width - first - room, 10)
    tick = progress.minimum_seconds / goal if progress.minimum_seconds < goal else None
    line = row(
        fill(shown, first), bar(length, done / goal, today.running / goal, tick), said.pad_left(room - said.cell_length)
    )
    if view.empty:
        return [row(("TODAY", HEAD)), line, row(" " * first, *_instruction())]
    return [row(("TODAY", HEAD)), line, row(" " * first, *_verdict(today)), _look_back(today, first)]


def _verdict(today: Today) -> tuple[tuple[str, str], ...]:
    """Whether the day counts, in words."""
    progress = today.view.progress
    least = minutes(progress.minimum_seconds)
    if progress.seconds >= progress.minimum_seconds:
        return (("✓ ", "$t3"), (f"{least} min made it a counted day", MUTE))
    if progress.seconds + today.running >= progress.minimum_seconds:
        return (("● ", "$t3"), ("counted once the timer is stopped", MUTE))
    other = other_day(today.view)
    if other:
        return ((f"the timer counts for {other}; {least} min make today count", MUTE),)
    return ((f"{least} min make it a counted day", MUTE),)


def _to_go(today: Today) -> Content:
    progress = today.view.progress
    left = progress.goal_seconds - progress.seconds
    timer = today.view.timer
    if timer is not None and not other_day(today.view):
        state = "paused" if timer.paused else "running"
        if today.running >= 60:
            return row((f"+{format_duration(today.running)}", KEY), (f" {state}", "$keys"))
        return row(("paused" if timer.paused else "just begun", KEY))
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
    left = row(label("TODAY"), of_goal(progress.seconds, goal), " ")
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


def _step(today: Today, width: int, most: int) -> list[Content]:
    """The panel of the next step: what, why, how to begin, and its keys; in ten to twelve rows, `most` if it can."""
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
        room = 3 if most >= 12 else 2
        lines = safe_text.wrapped(step.question or step.first_step, inner - 12, "$ink", limit=room)
        head = "Recall" if step.question else "First step"
        for index, line in enumerate(lines):
            rows.append(row((head.ljust(12) if index == 0 else " " * 12, MUTE), line))
        rows += [EMPTY] * (room - len(lines))
    rows += [*([EMPTY] if most >= 11 or not today.view.resolutions else []), _step_keys(today), EMPTY]
    return [_on_surface(each, width) for each in rows]


def _step_keys(today: Today) -> Content:
    timing = today.view.timer
    if timing is None:
        return row(
            pressable(named("today.start", "s"), "Start", "screen.start_step"),
            "   ",
            pressable(named("today.another", "n"), "Another", "screen.another"),
        )
    step = today.next
    if step is not None and timing.topic == step.topic:
        mark = ("‖ paused", SOFT) if timing.paused else ("● running", "$t4")
        return row(
            mark,
            "   ",
            pressable(named("timer.stop", "x"), "Stop", "app.stop"),
            "   ",
            pressable(named("today.another", "n"), "Another", "screen.another"),
        )
    return row(
        pressable(named("today.start", "s"), "Switch to it", "screen.start_step"),
        "   ",
        pressable(named("today.another", "n"), "Another", "screen.another"),
    )


def _reason(step: NextStep) -> str:
    """Why, without what is said beside it anyway."""
    return step.reason.removesuffix(f": {step.touched}").removesuffix(f", {step.touched}")


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
    if safe_text.width_of(_reason(step)) + touched.cell_length + 3 > text:
        # The reason comes first; when it was is seen on the map of topics.
        touched = EMPTY
    why = row(("Why".ljust(GUTTER - 2), MUTE), safe_text.elided(_reason(step), text - touched.cell_length - 1, SOFT))
    rows.append(spread(why, touched, inner - 2))
    lines = safe_text.wrapped(step.question or step.first_step, text - 1, "$ink", limit=2)
    head = "Recall" if step.question else "Step"
    rows.append(row((head.ljust(GUTTER - 2), MUTE), lines[0] if lines else ""))
    if len(lines) > 1:
        rows.append(row(indent, lines[1]))
    return [_on_surface(each, width, pad=1) for each in rows]


def _on_surface(content: Content, width: int, pad: int = 2) -> Content:
    """A row of the panel: the bar on the left, then the text on the surface colour."""
    line = fill(row("▌", " " * pad, content), width).stylize("on $surf")
    return line.stylize("$t3", 0, 1)


def _habit(view: TodayView, most: int) -> list[Content]:
    advice = view.advice
    if advice is None:
        return []
    rows = [row(("HABIT", HEAD)), *safe_text.wrapped(advice.advice, RIGHT, SOFT, limit=4)]
    room = most - 2 - len(rows)
    if advice.pairing and room > 0:
        rows += safe_text.wrapped(advice.pairing, RIGHT, "$ink", limit=min(room, 4))
    share = pressable(named("today.share", "y"), "share", "screen.share") if advice.moment == "community" else EMPTY
    rows.append(row(pressable(named("today.source", "h"), "source", "screen.source"), "   ", share))
    return [EMPTY, *rows]
