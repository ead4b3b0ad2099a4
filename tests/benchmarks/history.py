"""Ten years of somebody's study: on which days, when, on what, for how long. Seeded: the same number, the same years.

The rhythm is that of a person: weekdays differ, weeks are missed, holidays and an illness are declared, the cadence
changes, a few topics get most of the time, and each of them has its season.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

YEARS = 10
DAY = timedelta(days=1)
MINUTE = 60
HOUR = 60 * MINUTE

WAKE, SLEEP = 7 * HOUR, 26 * HOUR
"""Within a study day sessions start between these, in seconds after its civil midnight; 26:00 is 2:00 of the next."""
LAST_DAY_ENDS = 17 * HOUR + 30 * MINUTE
"""The last day is still running: the evening is free for whoever measures."""
SLOTS = 24
"""At least so many slots a day; sessions never overlap, since each has its own."""

_WEEKDAYS = (0.86, 0.84, 0.82, 0.78, 0.52, 0.46, 0.66)
"""How likely one studies from Monday to Sunday, in a good week."""
_FULL = 0.62
"""Share of all days that is studied by somebody who never stops for long."""
_HOURS = (5, 6, 4, 2, 2, 4, 4, 2, 2, 2, 3, 5, 8, 9, 8, 6, 4, 2, 1)
"""How likely a session starts in each hour from WAKE on."""


class Off(NamedTuple):
    """A declared time off."""

    first: date
    last: date
    why: str
    entered_on: date
    removed_on: date | None


class Plan(NamedTuple):
    """What is decided once for all the years."""

    first: date
    last: date
    cadences: tuple[tuple[date, int, str], ...]
    """(from, days a week, weekdays as digits)"""
    minimums: tuple[tuple[date, int], ...]
    goals: tuple[tuple[date, int], ...]
    offs: tuple[Off, ...]


class Sitting(NamedTuple):
    """One session on the clock of its place, in seconds after the civil midnight of its study day."""

    start: int
    length: int
    """Seconds, pauses included."""


def plan(last: date, chance: random.Random) -> Plan:
    """Ten years up to a day."""
    first = last.replace(year=last.year - YEARS) if (last.month, last.day) != (2, 29) else last - 3652 * DAY
    first += DAY

    def after(years: float) -> date:
        return first + int(years * 365) * DAY

    return Plan(
        first=first,
        last=last,
        cadences=(
            (first, 5, ""), (after(1.3), 4, ""), (after(2.1), 6, ""), (after(3.7), 3, "024"),
            (after(5.0), 5, ""), (after(7.4), 4, "0135"), (after(9.2), 5, ""),
        ),
        minimums=((first, 10 * MINUTE), (after(2.5), 15 * MINUTE), (after(6.2), 10 * MINUTE)),
        goals=((first, 30 * MINUTE), (after(4.1), 45 * MINUTE), (after(8.0), 40 * MINUTE)),
        offs=tuple(_offs(first, last, chance)),
    )  # fmt: skip


def _offs(first: date, last: date, chance: random.Random) -> Iterator[Off]:
    for year in range(first.year, last.year + 1):
        summer = date(year, 7, 1) + chance.randrange(45) * DAY
        winter = date(year, 12, 20) + chance.randrange(5) * DAY
        ill = date(year, 1, 10) + chance.randrange(300) * DAY
        back = summer + chance.randrange(9, 21) * DAY
        for off in (
            Off(summer, back, "summer", summer - 12 * DAY, back - 3 * DAY if chance.random() < 0.2 else None),
            Off(winter, winter + chance.randrange(5, 13) * DAY, "Christmas", winter - 5 * DAY, None),
            Off(ill, ill + chance.randrange(2, 9) * DAY, "flu", ill + 9 * DAY, None),
        ):
            # The running week is left alone, so that the last day is one of study.
            if first < off.first and max(off.last, off.entered_on) < last - 7 * DAY:
                yield off


def studied_days(years: Plan, rows: int, chance: random.Random) -> list[date]:
    """The days with sessions; few rows make long gaps between good stretches, not one session every fourth day."""
    length = (years.last - years.first).days + 1
    keen = min(1.0, rows / 1.6 / (length * _FULL))
    away = {off.first + n * DAY for off in years.offs for n in range((off.last - off.first).days + 1)}
    days = []
    # Backwards, so that the latest stretch leads up to the last day.
    day = years.last
    while day >= years.first:
        stretch = chance.randrange(3, 20) * 7
        mood = chance.uniform(0.8, 1.15)
        for _ in range(stretch):
            likely = _WEEKDAYS[day.weekday()] * mood * (0.06 if day in away else 1)
            if day in (years.first, years.last) or (day > years.first and chance.random() < likely):
                days.append(day)
            day -= DAY
        day -= round(stretch * (1 - keen) / keen * chance.uniform(0.7, 1.3)) * DAY + chance.randrange(2, 12) * DAY
    if days[-1] != years.first:
        days.append(years.first)
    days.reverse()
    while len(days) > rows:
        del days[chance.randrange(1, len(days) - 1) if len(days) > 2 else 0]
    return days


def counts(days: list[date], rows: int, chance: random.Random) -> list[int]:
    """How many sessions each day has: at least one, `rows` in all."""
    weights = [chance.lognormvariate(0, 0.35) for _ in days]
    share = (rows - len(days)) / sum(weights)
    result, owed = [], 0.0
    for weight in weights:
        owed += weight * share
        extra = math.floor(owed)
        owed -= extra
        result.append(1 + extra)
    result[-1] += rows - sum(result)
    return result


def sittings(count: int, ends: int, chance: random.Random) -> list[Sitting]:
    """A day's sessions in order, none over another; many in a day are short ones."""
    slots = max(SLOTS, count)
    width = (ends - WAKE) / slots
    if count == slots:
        chosen = list(range(slots))
    else:
        # Weighted, without repeats: the largest of random() ** (1 / weight).
        hours = [
            _HOURS[min(int((WAKE + (slot + 0.5) * width - WAKE) // HOUR), len(_HOURS) - 1)] for slot in range(slots)
        ]
        keys = [(chance.random() ** (1 / hours[slot]), slot) for slot in range(slots)]
        chosen = sorted(slot for _, slot in sorted(keys)[-count:])
    result = []
    for at, slot in enumerate(chosen):
        start = int(WAKE + (slot + chance.random() * 0.3) * width)
        free = int(WAKE + (chosen[at + 1] if at + 1 < count else slots) * width) - start
        wanted = chance.lognormvariate(7.65, 0.5)
        result.append(Sitting(start, max(min(int(wanted), free - 5, 3 * HOUR), min(free, 40), 1)))
    return result


class Focus:
    """Which topic is next: a few get most of the time, and each has its season."""

    def __init__(self, topics: tuple[str, ...], chance: random.Random) -> None:
        self._chance = chance
        self._topics = list(topics)
        chance.shuffle(self._topics)
        self._weights = [1 / (rank + 1) ** 1.1 for rank in range(len(topics))]
        self._season: list[str] = []
        self._until = date.min

    def of(self, day: date) -> list[str]:
        """Topics to draw from on a day, each as often as it is likely."""
        if day >= self._until:
            self._season = self._chance.choices(self._topics, self._weights, k=2)
            self._until = day + self._chance.randrange(14, 60) * DAY
        return [*self._season * 8, *self._chance.choices(self._topics, self._weights, k=16)]
