"""What a line of plain words may come to: a resolution's draft, its limits, or several meanings to choose from."""

from __future__ import annotations

import re
from datetime import date

from learnhabit.domain.duration import read_duration
from learnhabit.domain.record import Record
from learnhabit.domain.text import quoted
from learnhabit.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_STATEMENT = 200
"""Characters."""
LONGEST_YEARS = 10
MOST = 100_000
"""Of anything that is counted."""
MOST_A_DAY = 100
"""Sessions or finished resources."""
EXAMPLE = "such as 40 hours of fine-tuning by 31 Dec, or study 5 days a week"
UNIT_DAYS = {"day": 1, "week": 7, "month": 31}
"""The longest that a recurring target may be for."""
_DAY_SECONDS = 86_400


class Part(Record):
    """A stretch of the line and what it says."""

    start: int
    end: int
    """Characters; the end is not included."""
    role: str
    """`measure`, `topics`, `when` or `cue`."""


class Draft(Record):
    """A line as it was understood."""

    statement: str
    """The line without its cue."""
    measure: str
    kind: str | None
    target: int
    """Seconds for hours, else a number; for each period when it recurs."""
    scope: tuple[str, ...]
    per: str | None
    period_start: date
    period_end: date
    cue: str
    next_year: bool
    """No dates were said, and so late in the year the next one is meant."""
    parts: tuple[Part, ...]


class AmbiguousLine(UsageError):  # noqa: N818 - it is the line that is ambiguous
    """A line that may mean several things; `choices` are whole lines that can't be mistaken."""

    def __init__(self, title: str, choices: Sequence[str]) -> None:
        super().__init__(title, f"write one of: {'; '.join(choices)}" if choices else "write it out in full")
        self.choices = tuple(choices)


def check_target(measure: str, target: float, per: str | None, days: int) -> None:
    """UsageError when a target is more than its days can hold; `days` are those of a period without `per`."""
    days = UNIT_DAYS[per] if per else days
    if measure == "hours":
        if target > days * _DAY_SECONDS:
            has = f"a {per} has" if per else f"{days} days have" if days > 1 else "a day has"
            raise UsageError("That is more than there is time", f"{has} {days * 24:,} hours")
    elif measure == "days":
        if target > days:
            has = f"a {per} has" if per else "it has"
            raise UsageError(f"{int(target):,} days don't fit", f"{has} {days:,}")
    elif target > (most := MOST if measure == "count" else min(MOST, MOST_A_DAY * days)):
        raise UsageError(f"{int(target):,} is too much", f"at most {most:,}")


def read_target(text: str, measure: str, per: str | None) -> int:
    """A new target: `50`, for hours also `50h`, `1h30` or `90m`; UsageError for nothing, fractions and absurd ones."""
    plain = " ".join(text.lower().split())
    hours = measure == "hours"
    number = re.fullmatch(r"([0-9]{1,9})(?:[.,]([0-9]{1,4}))?", plain)
    if number and (hours or number[2] is None):
        target = int(float(f"{number[1]}.{number[2] or 0}") * (3600 if hours else 1) + (0.5 if hours else 0))
    elif hours and (seconds := read_duration(plain)) is not None:
        target = seconds
    else:
        hint = "write hours such as 50, 2.5h or 90m" if hours else "write a whole number, such as 12"
        raise UsageError(f"{quoted(text)} is no target", hint)
    if target < (60 if hours else 1):
        raise UsageError(f"{quoted(text)} is nothing to aim at", "the number is at least 1; or let it go")
    check_target(measure, target, per, 366 * LONGEST_YEARS)
    return target
