"""What Today says of the day's study, and before the first session an example for each feature."""

from __future__ import annotations

from textual.content import Content

from learnhabit.domain.day_text import clock_time, short_day
from learnhabit.domain.duration import format_duration
from learnhabit.services.values import TodayView
from learnhabit.tui import safe_text
from learnhabit.tui.draw import HEAD, KEY, MUTE, SOFT, STRONG, fill, pressable, row
from learnhabit.tui.keynames import named, named_for
from learnhabit.tui.screens.today_resolutions import SHOW_ALL, invitation
from learnhabit.tui.telling import began, summary

GUTTER = 9
"""Cells of the labels on the left of a narrow screen."""
EXAMPLES = (
    ("Studied already?", "l", "app.log", "such as  45m rag “chunking notes” @yesterday 21:00"),
    ("Done for now?", "x", "app.stop", "stops the timer and keeps one takeaway in your words"),
    ("What was when?", "2", "app.show_tab('log')", "all of it, to search, to edit and to take back"),
    ("All the rest?", "^p", "app.command_palette", "every command by name, First steps too;  ? explains the screen"),
)


def label(text: str) -> Content:
    """What a row of a narrow screen is about."""
    return row((text.ljust(GUTTER), HEAD))


def other_day(view: TodayView) -> str:
    """The study day of a timer that does not count for today, such as `Sun 22 Nov`; else empty."""
    timer = view.timer
    return "" if timer is None or timer.study_day == view.today else short_day(timer.study_day)


def studied(view: TodayView, width: int, room: int) -> list[Content]:
    """What was studied today, newest first; before the first session ever, an example for each feature."""
    if view.empty:
        rows = [row(("HOW IT GOES", HEAD))]
        for question, name, action, answer in _examples(view)[: max(room - 1, 1)]:
            rows.append(
                row((question.ljust(18), SOFT), fill(pressable(named_for(action, name), "", action), 5), (answer, MUTE))
            )
        return rows
    count = len(view.sessions)
    if not count:
        return [row(("STUDIED TODAY", HEAD), *_nothing_yet(view, "   "))]
    head = row(("STUDIED TODAY", HEAD), (f"   {count} session{'' if count == 1 else 's'}", MUTE))
    return [head, *_sessions(view, width, max(room - 1, 1))]


def studied_narrow(view: TodayView, width: int, room: int) -> list[Content]:
    """The same behind a label."""
    if view.empty:
        rows = []
        for question, name, action, answer in _examples(view)[: max(room, 1)]:
            parts = row(
                ("" if not question else question.ljust(18), SOFT),
                fill(pressable(named_for(action, name), "", action), 4),
            )
            rows.append(row(parts, safe_text.elided(answer, width - 22, MUTE)))
        return rows
    if not view.sessions:
        return [row(label("STUDIED"), *_nothing_yet(view, ""))]
    lines = _sessions(view, width - GUTTER, max(room, 1))
    return [row(label("STUDIED" if index == 0 else ""), line) for index, line in enumerate(lines)]


def _examples(view: TodayView) -> list[tuple[str, str, str, str]]:
    """One for each feature that was not used yet: how to log, how to resolve, and so on."""
    if view.resolutions:
        return list(EXAMPLES)
    question, aim = invitation(view.today)
    resolve = (question, "3", SHOW_ALL, f"and then a, such as {aim}")
    return [EXAMPLES[0], resolve, *EXAMPLES[1:]]


def _nothing_yet(view: TodayView, before: str) -> tuple[tuple[str, str], ...]:
    other = other_day(view)
    if other:
        return ((before, ""), (f"nothing yet; the timer counts for {other}", MUTE))
    if view.timer is not None:
        return (
            (before, ""),
            ("nothing saved yet; ", MUTE),
            (named("timer.stop", "x"), KEY),
            (" stops the timer and saves it", MUTE),
        )
    return (
        (before, ""),
        ("nothing yet; ", MUTE),
        (named("timer.start", "s"), KEY),
        (" starts a timer, ", MUTE),
        (named("session.log", "l"), KEY),
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
        rows.append(
            row((f"  and {len(view.sessions) - len(shown)} more in the log  ", MUTE), (named("tab.log", "2"), KEY))
        )
    return rows
