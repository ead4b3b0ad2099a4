"""What a line of plain words would resolve and what that asks of a week; nothing is written."""

from __future__ import annotations

import re
from datetime import date, timedelta

from learnhabit.domain.pace import full_weeks, needed_a_week, usual_week
from learnhabit.domain.recurring import unit_of
from learnhabit.domain.resolution import Aim, Done, Resolution, amounts, line_of, within
from learnhabit.domain.resolution_draft import Draft
from learnhabit.domain.resolution_line import read_resolution
from learnhabit.domain.resolution_words import understood
from learnhabit.domain.unpaused import Unpaused
from learnhabit.errors import UsageError
from learnhabit.services.finding import accepted
from learnhabit.services.resolution_values import ResolutionPreview
from learnhabit.services.resolutions import Reader
from learnhabit.services.workspace import Workspace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from learnhabit.domain.pace import Week

_DAY = timedelta(days=1)
NEAR = 1.15
"""Times the usual week: up to here a week is as usual."""
SMALLEST_SHARE = 0.2
"""Of what was typed; less is no smaller version of it."""
_MONTH_DAYS = 365.2425 / 12


def preview_resolution(workspace: Workspace, line: str) -> ResolutionPreview:
    """What a line means and asks. UsageError when it can't be read, AmbiguousLine when it may mean several things."""
    line = accepted(workspace, line)
    draft = read_resolution(line, workspace.names, workspace.calendar)
    titles = {name.id: name.title for name in workspace.names}
    resolution = _as_made(draft, workspace.today)
    done = Reader(workspace).done(resolution)
    weeks = weeks_of(workspace, resolution, done, most=13 if _rare(resolution) else 6)
    pace = usual_week(weeks, rare=_rare(resolution))
    usual = None if pace is None or draft.measure == "done" else pace[0] / pace[1]
    asks = _asks(workspace, resolution, done)
    smaller = _alternatives(workspace, line, draft, asks, usual)
    return ResolutionPreview(
        draft=draft,
        sentence=understood(draft, titles, workspace.today),
        titles=tuple(titles.get(topic, topic) for topic in draft.scope),
        asks_per_week=asks,
        usual_per_week=usual,
        verdict=_verdict(draft, asks, usual),
        first_due=_first_due(workspace, resolution, done),
        alternatives=smaller,
    )


def weeks_of(workspace: Workspace, resolution: Resolution, done: Done, *, most: int) -> Sequence[Week]:
    """The latest full weeks of a resolution's measure and scope, newest first, at most so many."""
    if done.first_session_day is None:
        return ()
    rules = workspace.rules
    found = amounts(resolution, done, rules)
    off = Unpaused(rules.time_off)
    return full_weeks(found, done.first_session_day, workspace.today, rules, off, most=most)


def _rare(resolution: Resolution) -> bool:
    return resolution.measure in ("resources", "count")


def _as_made(draft: Draft, today: date) -> Resolution:
    return Resolution(
        id="",
        statement=draft.statement,
        measure=draft.measure,
        kind=draft.kind,
        scope=draft.scope,
        per=draft.per,
        period_start=draft.period_start,
        made_on=today,
        aims=(Aim(entered_on=today, target=draft.target, period_end=draft.period_end),),
        cue=draft.cue,
        let_go_on=None,
        let_go_why="",
        carried_from=None,
    )


def _asks(workspace: Workspace, resolution: Resolution, done: Done) -> float | None:
    """Units a week."""
    if resolution.measure == "done":
        return None
    if resolution.per is not None:
        first, last = unit_of(resolution.per, workspace.today, workspace.rules.week_start)
        days = _MONTH_DAYS if resolution.per == "month" else (last - first).days + 1
        return resolution.target * 7 / days
    found = amounts(resolution, done, workspace.rules)
    remaining = max(0, resolution.target - within(found, resolution.period_start, resolution.period_end))
    off = Unpaused(workspace.rules.time_off)
    needed = needed_a_week(remaining, off.count(resolution.first_day, resolution.period_end))
    return needed[0] / needed[1]


def _first_due(workspace: Workspace, resolution: Resolution, done: Done) -> date | None:
    if resolution.per is not None or resolution.measure in ("hours", "done"):
        return None
    line = line_of(resolution, amounts(resolution, done, workspace.rules), workspace.rules)
    first, last = resolution.first_day, resolution.period_end
    if line.planned(last + _DAY) <= line.start:
        return None
    days = (last - first).days
    # The line never falls, so the first day on whose end one more is due can be halved in on.
    low, high = 0, days
    while low < high:
        middle = (low + high) // 2
        if line.planned(first + (middle + 1) * _DAY) > line.start:
            high = middle
        else:
            low = middle + 1
    return first + low * _DAY


def _verdict(draft: Draft, asks: float | None, usual: float | None) -> str:
    if asks is None:
        return "It is kept with one check-in."
    if asks == 0:
        return "That is reached already."
    if usual is None:
        return "After three full weeks of study your usual week stands here."
    if usual == 0:
        return "Nothing of it so far in a usual week: begin small, it can grow."
    times = asks / usual
    if times < 1 / NEAR:
        return "Less than your usual week: it leaves room for a bad one."
    if times <= NEAR:
        return "About your usual week."
    if times < 1.75:
        return "More than your usual week, and within reach."
    if times < 2.5:
        return "Twice your usual week. It can be done; a smaller one can still grow."
    return f"{int(times + 0.5):,} times your usual week. A smaller one can still grow."


def _alternatives(
    workspace: Workspace, line: str, draft: Draft, asks: float | None, usual: float | None
) -> tuple[str, ...]:
    """At most two smaller lines: the usual week, where it is less, and half."""
    part = next((part for part in draft.parts if part.role == "measure"), None)
    if part is None or not asks:
        return ()
    numbers = list(re.finditer(r"[0-9]+(?:[.,][0-9]+)*", line[part.start : part.end]))
    if len(numbers) != 1:
        return ()
    number = numbers[0]
    begin, end = part.start + number.start(), part.start + number.end()
    if re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+", number[0]):
        value = float(number[0].replace(",", ""))
    elif number[0].count(",") + number[0].count(".") <= 1:
        value = float(number[0].replace(",", "."))
    else:
        return ()
    found: dict[float, str] = {}
    shares = [0.75, 0.5]
    if usual and SMALLEST_SHARE <= usual / asks < 1:
        # The week that one has anyway comes before any other.
        shares.insert(0, usual / asks)
    for share in shares:
        smaller = value * share
        # Whole numbers read best; small ones keep a half where hours may.
        rounded = int(smaller) if smaller >= 2 or draft.measure != "hours" else int(smaller * 2) / 2
        # One of something would need another noun: `1 hours`.
        if not 0 < rounded < value or rounded == 1:
            continue
        said = f"{int(rounded):,}" if rounded == int(rounded) else f"{rounded:g}"
        text = f"{line[:begin]}{said}{line[end:]}"
        if rounded not in found and len(found) < 2 and _reads_smaller(workspace, text, draft):
            found[rounded] = text
    return tuple(text for _, text in sorted(found.items(), reverse=True))


def _reads_smaller(workspace: Workspace, line: str, draft: Draft) -> bool:
    try:
        other = read_resolution(line, workspace.names, workspace.calendar)
    except UsageError:
        return False
    return other.measure == draft.measure and other.target < draft.target
