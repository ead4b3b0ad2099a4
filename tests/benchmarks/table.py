"""The one table that a run prints."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from tests.benchmarks.timing import Ratio

OK, OVER, FAILED, NOT_RUN, UNJUDGED = "ok", "over", "failed", "not run", ""
HEADINGS = ("row", "what", "measured", "budget", "", "medians")


@dataclass(frozen=True)
class Line:
    """One measurement against its budget; figures are as printed."""

    row: str
    what: str
    figure: str = ""
    budget: str = ""
    verdict: str = UNJUDGED
    detail: str = ""


def judged(row: str, what: str, ratio: Ratio, budget: float | None, unit: str = "ms") -> Line:
    """A ratio's line; without a budget it stands there for comparison."""
    low, high = ratio.interval
    spread = f"{low:.2f}–{high:.2f}" if ratio.median >= 0.2 else f"{low:.3f}–{high:.3f}"
    return Line(
        row,
        what,
        times(ratio.median),
        "" if budget is None else f"≤ {budget:g}×",
        UNJUDGED if budget is None else OK if ratio.median <= budget else OVER,
        f"{ratio.of:.1f} : {ratio.to:.1f} {unit}, {spread} in {len(ratio.ratios)} rounds",
    )


def times(ratio: float) -> str:
    """A ratio as it is printed."""
    return f"{ratio:.3f}×" if ratio < 0.2 else f"{ratio:.2f}×"


def formatted(lines: Sequence[Line]) -> str:
    """The table as text; what is not judged is muted on a terminal."""
    muted = ("\x1b[2m", "\x1b[0m") if sys.stdout.isatty() and "NO_COLOR" not in os.environ else ("", "")
    cells = [HEADINGS, *((x.row, x.what, x.figure, x.budget, x.verdict, x.detail) for x in lines)]
    widths = [max(len(row[column]) for row in cells) for column in range(5)]
    rows = []
    for row in cells:
        left = [row[0].ljust(widths[0]), row[1].ljust(widths[1]), row[2].rjust(widths[2]), row[3].rjust(widths[3])]
        rows.append(f"{'  '.join([*left, row[4].ljust(widths[4])])}  {muted[0]}{row[5]}{muted[1]}".rstrip())
    return "\n".join(rows)


def missed(lines: Sequence[Line]) -> bool:
    """Whether a budget was missed or something could not be measured though it should have been."""
    return any(line.verdict in (OVER, FAILED) for line in lines)
