"""Ratios of neighbours: A B, B A, A B …, and the median of each pair's ratio, for as long as it takes to be sure.

Absolute times differ from machine to machine and drift on one that is busy; two runs right after each other share
whatever goes on, so only their ratio is judged.
"""

from __future__ import annotations

import math
import os
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

PRECISION = 0.04
"""Rounds end when the median is known to this share of itself, each way, and stands clear of its budget."""
PLAIN = 1.5
"""Or when it is this many times under or over the budget, 19 times in 20."""
CONFIDENCE = 1.96


class BenchmarkError(Exception):
    """Something that was to be measured did not work."""


@dataclass(frozen=True)
class Rounds:
    """How often a pair is measured, at least and at most, after one that does not count."""

    least: int
    most: int


@dataclass(frozen=True)
class Ratio:
    """What a pair gave: `of` measured against `to`."""

    ratios: tuple[float, ...]
    of: float
    """Median of what is measured, in its unit."""
    to: float
    """Median of what it is measured against."""

    @property
    def median(self) -> float:
        return statistics.median(self.ratios)

    @property
    def interval(self) -> tuple[float, float]:
        """Where the true median lies, 19 times in 20 (by order statistics, so outliers don't count)."""
        return interval(self.ratios)


def interval(values: Sequence[float]) -> tuple[float, float]:
    """The 95 % confidence interval of a median."""
    ordered, count = sorted(values), len(values)
    reach = CONFIDENCE * math.sqrt(count) / 2
    low = max(math.floor(count / 2 - reach), 0)
    high = min(math.ceil(count / 2 + reach), count - 1)
    return ordered[low], ordered[high]


class Pair(NamedTuple):
    """Which of several measurements is judged against which."""

    of: int
    to: int
    budget: float | None
    """None: only for comparison, so it is not waited for."""


def interleaved(calls: Sequence[Callable[[], float]], pairs: Sequence[Pair], rounds: Rounds) -> list[Ratio]:
    """Measure several in turns, there and back again, until each pair's median is clear or the rounds are used up.

    Calls that are compared stand beside each other. One round before the first does not count.
    """
    order = list(range(len(calls)))
    taken: list[list[float]] = [[] for _ in calls]
    ratios: list[list[float]] = [[] for _ in pairs]
    for number in range(rounds.most + 1):
        values = {at: calls[at]() for at in order}
        order.reverse()
        if number == 0:
            continue
        for at, value in values.items():
            taken[at].append(value)
        for pair, found in zip(pairs, ratios, strict=True):
            found.append(values[pair.of] / values[pair.to])
        if number >= rounds.least and all(
            _settled(found, pair.budget) for pair, found in zip(pairs, ratios, strict=True)
        ):
            break
    medians = [statistics.median(values) for values in taken]
    return [Ratio(tuple(found), medians[pair.of], medians[pair.to]) for pair, found in zip(pairs, ratios, strict=True)]


def paired(to: Callable[[], float], of: Callable[[], float], rounds: Rounds, budget: float | None) -> Ratio:
    """Measure `of` against `to`, in turns."""
    return interleaved((to, of), (Pair(1, 0, budget),), rounds)[0]


def _settled(ratios: Sequence[float], budget: float | None) -> bool:
    if budget is None:
        return True
    low, high = interval(ratios)
    if high < budget / PLAIN or low > budget * PLAIN:
        return True
    return (high - low) / 2 <= PRECISION * statistics.median(ratios) and not low <= budget <= high


def duration_of(command: Sequence[str], environment: Mapping[str, str], log: str) -> float:
    """Milliseconds from before a process is started until it has ended; its output goes to a file.

    Raises BenchmarkError when it fails.
    """
    files = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
    begun = time.perf_counter()
    pid = os.posix_spawn(command[0], list(command), environment, file_actions=files)
    _, status = os.waitpid(pid, 0)
    taken = (time.perf_counter() - begun) * 1000
    if status:
        with open(log, encoding="utf-8", errors="replace") as file:
            said = file.read().strip()
        raise BenchmarkError(f"{' '.join(command)} failed: {said[-500:]}")
    return taken
