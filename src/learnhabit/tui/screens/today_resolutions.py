"""Today's resolutions: a row each, with what was done against the plan and the next thing to know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from textual.content import Content

from learnhabit.domain.day_text import MONTHS, ordinal
from learnhabit.domain.resolution import NEXT_YEAR_FROM, Resolution, Standing
from learnhabit.domain.resolution_words import (
    STATE_ICONS,
    amount_text,
    bare_amount,
    progress_text,
    rate_text,
)
from learnhabit.services.resolution_values import ResolutionView
from learnhabit.tui import safe_text
from learnhabit.tui.draw import HEAD, MUTE, SOFT, STRONG, bar, fill, pressable, row, spread

MOST, MOST_NARROW = 4, 3
LONGEST_BAR, LONGEST_BAR_NARROW = 22, 10
SHORTEST_BAR = 8
LEAST_STATEMENT, LONGEST_STATEMENT = 18, 48
STATE_STYLES = {"behind": "$amber", "out of reach": "$amber", "on pace": "$t3", "ahead": "$t3", "kept": "$t3"}
"""Others are muted."""
SHOW_ALL = "app.show_tab('resolutions')"
EXAMPLE = "40 hours of fine-tuning by 31 Dec"


@dataclass(frozen=True)
class Cells:
    """What the columns of a row say; all but the statement in the app's own words."""

    statement: str
    state: str
    share: float
    """Of the target that is done, for the bar."""
    due: float | None
    """Of the target that is planned by now."""
    done: str
    plan: str
    closing: str
    short: str
    """The closing phrase for narrow terminals."""


def wide_block(views: Sequence[ResolutionView], today: date, width: int, room: int) -> list[Content]:
    """A heading and up to four rows, with a column for each figure; the heading says how many more there are."""
    shown = [cells_of(view, today) for view in views[: min(MOST, max(room - 1, 1))]]
    state = max(len(each.state) for each in shown)
    done = max(4, *(len(each.done) for each in shown))
    plan = max(4, *(len(each.plan) for each in shown))
    figures = done + 2 + plan + 3
    closing = min(max(len(each.closing) for each in shown), max(width - 4 - figures - LEAST_STATEMENT - state - 2, 0))
    left = width - 4 - figures - state - 2 - closing
    statement, length = _first_columns(shown, left, LONGEST_BAR)
    more = len(views) - len(shown)
    heading = row(("RESOLUTIONS", HEAD), *((f"   … {more} more   ", MUTE), _all()) if more else ())
    figure_names = row(("done".rjust(done), MUTE), "  ", ("plan".rjust(plan), MUTE))
    rows = [spread(heading, figure_names, width - state - 2 - closing - 3)]
    for index, each in enumerate(shown):
        style = STATE_STYLES.get(each.state, MUTE)
        line = row(
            *_beginning(each, statement, length),
            (each.done.rjust(done), STRONG), "  ", (each.plan.rjust(plan), SOFT), "   ",
            (each.state.ljust(state), f"bold {style}"), "  ", safe_text.elided(each.closing, closing, MUTE),
        )  # fmt: skip
        rows.append(_pressed(line, index, width))
    return rows


def narrow_block(views: Sequence[ResolutionView], today: date, width: int, room: int) -> list[Content]:
    """Up to three rows without a heading; where there are more, the last one says so."""
    count = len(views)
    fits = count <= min(MOST_NARROW, room)
    shown = [cells_of(view, today) for view in views[: count if fits else min(MOST_NARROW, max(room - 1, 1))]]
    state = max(len(each.state) for each in shown)
    done = max(len(each.done) for each in shown)
    short = max(len(each.short) for each in shown)
    left = width - 2 - 2 - done - 2 - state - 2 - short
    statement, length = _first_columns(shown, left, LONGEST_BAR_NARROW)
    rows = []
    for index, each in enumerate(shown):
        style = STATE_STYLES.get(each.state, MUTE)
        line = row(
            *_beginning(each, statement, length),
            (each.done.rjust(done), STRONG), "  ",
            (each.state.ljust(state), f"bold {style}"), "  ", (each.short.rjust(short), MUTE),
        )  # fmt: skip
        rows.append(_pressed(line, index, width))
    if not fits:
        rows.append(row((f"… {count - len(shown)} more   ", MUTE), _all()))
    return rows


def invitation(today: date) -> tuple[str, str]:
    """(question, example) for whoever has no resolution; when the year is nearly over it is about the next one."""
    if (today.month, today.day) >= NEXT_YEAR_FROM:
        return f"Plans for {today.year + 1}?", f"40 hours of fine-tuning in {today.year + 1}"
    return "A resolution?", EXAMPLE


def invitation_line(today: date, label: Content, width: int) -> Content:
    """The same in one row, behind a label."""
    question, example = invitation(today)
    said = "nothing yet;" if example == EXAMPLE else question
    keys = row((said, MUTE), "  ", pressable("3", "", SHOW_ALL), ("and ", MUTE), ("a", "bold $keys"))
    before = row(label, keys, (" set one, such as ", MUTE))
    return row(before, safe_text.elided(example, width - before.cell_length, SOFT))


def cells_of(view: ResolutionView, today: date) -> Cells:
    """What is said of a resolution."""
    resolution, standing = view.resolution, view.standing
    done, plan, share, due = _figures(resolution, standing)
    closing, short = _closing(resolution, standing, today)
    return Cells(
        statement=resolution.statement,
        state=standing.state,
        share=share,
        due=due,
        done=done,
        plan=plan,
        closing=closing,
        short=short,
    )


def _first_columns(shown: Sequence[Cells], left: int, most: int) -> tuple[int, int]:
    """(cells of the statement, cells of the bar): the statements come first, what they leave is the bar's."""
    longest = min(max(safe_text.width_of(each.statement) for each in shown), LONGEST_STATEMENT)
    length = min(left - 2 - max(longest, LEAST_STATEMENT), most)
    if length < SHORTEST_BAR:
        length = SHORTEST_BAR if left - SHORTEST_BAR - 2 >= 2 * LEAST_STATEMENT else 0
    return left - (length + 2 if length else 0), length


def _beginning(each: Cells, statement: int, length: int) -> list[Content | str | tuple[str, str]]:
    behind = STATE_STYLES.get(each.state) == "$amber"
    parts: list[Content | str | tuple[str, str]] = [
        (f"{STATE_ICONS[each.state]} ", STATE_STYLES.get(each.state, MUTE)),
        safe_text.fitted(each.statement, statement, "$ink"),
        "  ",
    ]
    if length:
        parts += [bar(length, each.share, tick=each.due, done_style="$amber" if behind else "$t3"), "  "]
    return parts


def _pressed(line: Content, index: int, width: int) -> Content:
    """The row for the mouse: a click shows the resolution."""
    return fill(line, width).stylize(f"@click=screen.show_resolution({index})")


def _all() -> Content:
    return pressable("3", "shows all", SHOW_ALL)


def _figures(resolution: Resolution, standing: Standing) -> tuple[str, str, float, float | None]:
    """(done, plan, share of the target done, share planned)."""
    if resolution.measure == "done":
        left = "not done" if standing.state in ("not kept", "let go") else "not yet"
        return ("done" if standing.progress else left), "", float(bool(standing.progress)), None
    if resolution.per is not None:
        running = standing.running
        if not standing.planned:
            share = running.progress / running.target if running is not None and running.target else 0.0
            return "–", f"{resolution.per}s", share, None
        plural = "" if standing.planned == 1 else "s"
        share = standing.progress / standing.planned
        return f"{standing.progress:,} of {standing.planned:,}", f"{resolution.per}{plural}", share, None
    say = amount_text if resolution.measure == "hours" else bare_amount
    target = max(resolution.target, 1)
    return (
        say(standing.progress, resolution.measure),
        say(standing.planned, resolution.measure),
        standing.progress / target,
        standing.planned / target,
    )


def _closing(resolution: Resolution, standing: Standing, today: date) -> tuple[str, str]:
    """The next thing to know, in a phrase and in a few letters."""
    if resolution.measure == "done":
        end = _day(resolution.period_end, today)
        return f"there is time until {end}", f"by {end}"
    if resolution.per is not None:
        return _period(resolution, standing, today)
    if resolution.measure != "hours" and standing.safe_days is not None and standing.safe_days >= 0:
        # The next one is due at the end of the last day on which this progress is enough.
        due = min(today + timedelta(days=standing.safe_days), resolution.period_end)
        day = "today" if due == today else f"on {_day(due, today)}"
        number = ordinal(standing.progress + 1)
        return f"the {number} is due {day}", f"{number} {'today' if due == today else _day(due, today)}"
    if standing.state == "ahead" and standing.safe_days is not None:
        days = f"{standing.safe_days:,}"
        return f"{days} safe days", f"{days} safe"
    if standing.needed_per_week is None:
        return "", ""
    rate = rate_text(standing.needed_per_week, resolution.measure, resolution.kind)
    said = f"needs {rate}"
    if standing.usual_per_week is not None:
        said += f", usual {_usual(standing.usual_per_week, standing.needed_per_week, resolution)}"
    return said, rate.replace(" a week", "/week")


def _usual(usual: float, needed: float, resolution: Resolution) -> str:
    """The usual week beside the needed one; its unit only where it is another."""
    said = rate_text(usual, resolution.measure, resolution.kind).removesuffix(" a week")
    if resolution.measure != "hours":
        return said.split(" ")[0]
    return said.removesuffix(" h") if needed >= 3600 else said


def _period(resolution: Resolution, standing: Standing, today: date) -> tuple[str, str]:
    """How the running day, week or month stands."""
    running = standing.running
    if running is None:
        if today < resolution.first_day:
            first = _day(resolution.first_day, today)
            return f"begins on {first}", f"from {first}"
        return "", ""
    if resolution.measure == "hours":
        amount = progress_text(running.progress, running.target, resolution.measure)
    else:
        amount = f"{running.progress:,} of {int(running.target):,}"
    if resolution.per == "day":
        return f"today {amount}", amount
    days = f"{running.days_left} day{'' if running.days_left == 1 else 's'} left"
    return f"this {resolution.per} {amount}, {days}", amount


def _day(day: date, today: date) -> str:
    """`31 Dec`, with the year where it is another."""
    said = f"{day.day} {MONTHS[day.month - 1]}"
    return said if day.year == today.year else f"{said} {day.year}"
