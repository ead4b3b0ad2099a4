"""How far one is with a paper, course or book: percent, pages or minutes."""

from __future__ import annotations

import re

from learnhabit.domain.duration import read_duration
from learnhabit.domain.record import Record
from learnhabit.domain.text import quoted
from learnhabit.errors import UsageError

MOST = 1_000_000
_UNITS = {
    **dict.fromkeys(("%", "percent", "per cent"), "percent"),
    **dict.fromkeys(("p", "pp", "page", "pages"), "pages"),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), "minutes"),
}
_FORMS = "such as 45%, 120 of 300 pages, or 35 min"


class Progress(Record):
    """So much of the whole."""

    unit: str
    """`percent`, `pages` or `minutes`."""
    done: int
    whole: int

    @property
    def share(self) -> float:
        """0–1."""
        return self.done / self.whole


def read_progress(text: str, minutes: int | None, before: Progress | None) -> Progress:
    """Progress as it was typed: `45%`, `120 of 300 pages`, `p 120/300`, `35 min`, `1h30`, or a bare number.

    A number without a unit goes on in the unit used before, else it is percent; pages and minutes without a whole take
    the one known before, minutes else the estimate. UsageError when it is not understood, or more than the whole.
    """
    unit, done, whole = _parts(text)
    if unit is None:
        unit = before.unit if before is not None else "pages" if whole is not None else "percent"
    if whole is None:
        known = before.whole if before is not None and before.unit == unit else None
        whole = 100 if unit == "percent" else known or (minutes if unit == "minutes" else None)
        if whole is None and done == 0:
            unit, whole = "percent", 100
        if whole is None:
            raise UsageError(f"Of how many {unit}?", f"say both, such as {done} of 300 {unit}, or a percentage")
    if not 0 < whole <= MOST:
        raise UsageError(f"{quoted(text)} is no progress", f"the whole is 1 to {MOST:,}, {_FORMS}")
    if done > whole:
        raise UsageError(f"{quoted(text)} is more than the whole", f"there are {whole:,} {unit} in all")
    if unit == "percent" and whole != 100:
        raise UsageError(f"{quoted(text)} is no percentage", _FORMS)
    return Progress(unit=unit, done=done, whole=whole)


def _parts(text: str) -> tuple[str | None, int, int | None]:
    """(unit or None, done, whole or None)."""
    plain = " ".join(text.lower().split())
    match = re.fullmatch(
        r"(?P<before>pp?|pages?)?\.? ?(?P<done>[0-9]{1,9}) ?(?P<first>%|[a-z ]*?)"
        r"(?: ?(?:/|of|out of) ?(?P<whole>[0-9]{1,9}) ?(?P<last>%|[a-z ]*))?",
        plain,
    )
    if match:
        units = [match[name].strip() for name in ("before", "first", "last") if match[name] and match[name].strip()]
        names = {_UNITS.get(each) for each in units}
        if len(names) <= 1 and None not in names:
            return names.pop() if names else None, int(match["done"]), int(match["whole"]) if match["whole"] else None
    seconds = read_duration(plain)
    if seconds is None:
        raise UsageError(f"{quoted(text)} is no progress", _FORMS)
    return "minutes", seconds // 60, None


def progress_words(progress: Progress) -> str:
    """`45 %`, `120 of 300 pages`, `35 of 75 min`."""
    if progress.unit == "percent":
        return f"{progress.done} %"
    unit = "min" if progress.unit == "minutes" else progress.unit
    return f"{progress.done:,} of {progress.whole:,} {unit}"


def percent(share: float) -> int:
    """A share as whole percent: what is begun is at least 1, and what is not done at most 99."""
    return int(share * 100 + 0.5) if share in (0.0, 1.0) else min(max(int(share * 100 + 0.5), 1), 99)


def minutes_left(minutes: int | None, progress: Progress | None, *, done: bool) -> int | None:
    """Minutes that a resource still takes; None without an estimate."""
    if done:
        return 0
    if progress is None:
        return minutes
    if progress.unit == "minutes":
        return progress.whole - progress.done
    if minutes is None:
        return None
    # Rounded up: what is not finished takes at least a minute.
    return -(-minutes * (progress.whole - progress.done) // progress.whole)
