"""Any text is read as a resolution or refused with a reason, the same every time."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from learnhabit.domain.resolution_draft import AmbiguousLine, Draft
from learnhabit.domain.resolution_line import read_resolution
from learnhabit.errors import UsageError
from tests.calendars import calendar_of
from tests.unit.test_resolution_line import EXAMPLES, NAMES

CALENDARS = [calendar_of(f"{day}T12:00:00") for day in ("2026-11-25", "2026-12-20", "2028-02-29", "2027-01-01")]
_pieces = st.sampled_from(
    sorted({word for each in EXAMPLES for word in each.line.split()} | {",", "/", "“", "\u202e", "½", "-", "9" * 30})
)
_lines = st.lists(_pieces, max_size=9).map(" ".join) | st.text(max_size=60)


def answer(line: str, place: int) -> Draft | str:
    try:
        return read_resolution(line, NAMES, CALENDARS[place])
    except UsageError as error:
        return f"{error.title}: {error.hint}"


@given(_lines, st.integers(0, len(CALENDARS) - 1))
def test_a_line_is_read_or_refused(line: str, place: int) -> None:
    found = answer(line, place)
    assert found == answer(line, place)
    if isinstance(found, str):
        return
    today = CALENDARS[place].today
    assert found.target >= 1
    assert found.period_start <= found.period_end and found.period_end >= today
    ends = [0]
    for part in found.parts:
        assert ends[-1] <= part.start < part.end <= len(line)
        ends.append(part.end)
    assert (found.measure == "done") <= (found.per is None and found.scope == ())
    # What was understood is understood again, without the cue.
    again = answer(found.statement, place)
    assert isinstance(again, Draft)
    assert (again.measure, again.target, again.per, again.scope) == (
        found.measure,
        found.target,
        found.per,
        found.scope,
    )


def choices(line: str, place: int) -> tuple[str, ...]:
    try:
        read_resolution(line, NAMES, CALENDARS[place])
    except AmbiguousLine as error:
        return error.choices or ("",)
    except UsageError:
        pass
    return ()


@given(_lines, st.integers(0, len(CALENDARS) - 1))
def test_lines_to_choose_from_can_be_read_and_mean_different_things(line: str, place: int) -> None:
    meant = [read_resolution(choice, NAMES, CALENDARS[place]) for choice in choices(line, place)]
    assert len({each.replace(statement="", parts=()) for each in meant}) == len(meant)


@given(_lines)
def test_a_line_that_names_a_number_is_not_done_or_not(line: str) -> None:
    found = answer(line, 0)
    if not isinstance(found, Draft) or found.measure != "done":
        return
    left = line
    for part in reversed(found.parts):
        left = f"{left[: part.start]} {left[part.end :]}"
    for named in re.findall(r'"[^"]*"|“[^”]*”', left):
        left = left.replace(named, " ")
    assert not any(word[0].isdigit() for word in left.split())
