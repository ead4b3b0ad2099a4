"""A year of reminders in five zones, with flights, sleeping nights and a changed day start, against a slow oracle.

The program is asked at the moments at which something is due, as an agent's minutes would ask it; the oracle walks
through every minute and knows neither a table nor a claim.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from learnhabit.clock import Clock
from learnhabit.domain.reminder_rule import Rule, read_rule
from learnhabit.domain.study_day import DayStart, study_day
from learnhabit.notify.notifier import Notice
from learnhabit.services.delivering import tick
from learnhabit.services.reminding import add_reminder, deliveries, reminders
from learnhabit.services.settings import set_setting
from learnhabit.services.tracking import log
from learnhabit.services.workspace import open_workspace
from tests.property import zones
from tests.property.test_occurrence import is_due
from tests.support import campaign_size

MINUTE, HOUR, DAY = 60, 3600, 86_400
EPOCH = datetime(1970, 1, 1)
RULES = (
    ("daily 19:30", "not-studied"),
    ("weekdays 13:10", "always"),
    ("daily 2:30", "always"),
    ("daily 6:15", "always"),
    ("every 2 weeks on sun 22:45", "always"),
    ("31st of the month 12:00", "not-studied"),
)
CATCH_UP = 3 * HOUR
QUIET = (time(22), time(7))


@cache
def offset(zone: str, instant: int) -> int:
    return zones.offset(zone, instant)


class Traveller(Clock):
    """A clock that is moved and carried about."""

    def __init__(self, now: int, zone: str) -> None:
        self.instant = now
        self.place = zone

    def now(self) -> int:
        return self.instant

    def milliseconds(self) -> int:
        return self.instant * 1000

    def offset_at(self, instant: int) -> int:
        return zones.offset(self.place, instant)

    def zone(self, instant: int) -> str:
        return self.place

    def boot(self) -> tuple[str, int | None]:
        return "", None


@dataclass
class Life:
    """What happens: where one is, when the machine sleeps, when one studies, and the day start from a day on."""

    begin: int
    end: int
    places: list[tuple[int, str]]
    sleeps: list[tuple[int, int]]
    studies: list[tuple[int, int]]
    """(instant, minutes)."""
    day_start: tuple[int, int]
    """(instant at which it is changed, minutes)."""
    starts: list[DayStart] = field(default_factory=list)

    def place(self, instant: int) -> str:
        return next(zone for since, zone in reversed(self.places) if since <= instant)

    def wall(self, instant: int) -> datetime:
        return EPOCH + timedelta(seconds=instant + offset(self.place(instant), instant // MINUTE * MINUTE))

    def asleep_until(self, instant: int) -> int | None:
        return next((end for begin, end in self.sleeps if begin <= instant < end), None)


def a_life(zone: str, first: date, days: int, chance: random.Random, *, flights: int) -> Life:
    """A made-up one."""
    begin = int(datetime(first.year, first.month, first.day, 12, tzinfo=UTC).timestamp())
    end = begin + days * DAY
    places = [(0, zone)]
    for flight in range(flights):
        when = begin + (flight + 1) * days * DAY // (flights + 1) + chance.randrange(DAY) // MINUTE * MINUTE
        places.append((when, chance.choice([each for each in zones.ZONES if each != places[-1][1]])))
    sleeps, studies = [], []
    for day in range(days):
        noon = begin + day * DAY
        if chance.random() < 0.8:
            asleep = noon + chance.randrange(8 * 60, 16 * 60) * MINUTE
            sleeps.append((asleep, asleep + chance.randrange(10, 12 * 60) * MINUTE))
        if chance.random() < 0.05:
            sleeps.append((noon, noon + chance.randrange(1, 60) * HOUR))
        if chance.random() < 0.5:
            studies.append((noon + chance.randrange(0, 24 * 60) * MINUTE + 30, chance.choice([5, 20])))
    changed = begin + days * DAY // 3 + 90
    return Life(begin, end, places, sorted(sleeps), sorted(studies), (changed, chance.choice([0, 120, 300, 540])))


def deeds_of(life: Life) -> list[tuple[int, int]]:
    """(instant, minutes studied), with none for the change of the day start, in order."""
    return sorted([*life.studies, (life.day_start[0], 0)])


class Recorder:
    """A notifier that counts."""

    def __init__(self) -> None:
        self.number = 0

    def send(self, notice: Notice) -> None:
        self.number += 1


Outcome = dict[tuple[str, str], tuple[str, int]]
"""(state, instant) by (rule, occurrence)."""


def lived(folder: Path, life: Life) -> tuple[Outcome, int]:
    """What the program did, from due time to due time, and how many notices were sent."""
    clock = Traveller(life.begin, life.place(life.begin))
    recorder = Recorder()
    with open_workspace(str(folder), clock) as workspace:
        for rule, condition in RULES:
            add_reminder(workspace, rule, condition, rule)
    deeds = deeds_of(life)

    def happen(until: int) -> None:
        """What a person does before an instant; beside a sleeping machine, too."""
        while deeds and deeds[0][0] < min(until, life.end):
            at, minutes = deeds.pop(0)
            clock.instant, clock.place = at, life.place(at)
            with open_workspace(str(folder), clock) as workspace:
                if minutes:
                    log(workspace, [f"{minutes}m", "rag"])
                else:
                    set_setting(workspace, "day_start", f"{life.day_start[1] // 60:02}:{life.day_start[1] % 60:02}")
                    workspace.forget()
                    life.starts = list(workspace.day_starts)

    while True:
        with open_workspace(str(folder), clock) as workspace:
            tick(workspace, recorder)
            due = [row[0] for row in workspace.store.all("SELECT next_due FROM reminder WHERE next_due IS NOT NULL")]
            moments = [
                row[0]
                for row in workspace.store.all("SELECT next_try FROM delivery WHERE state IN ('pending', 'snoozed')")
            ]
            moments += (clock.resolve(datetime.fromisoformat(each)) for each in due)
        moments += (since for since, _ in life.places if since > clock.instant)
        following = -(-max(min(moments), clock.instant + 1) // MINUTE) * MINUTE
        while (awake := life.asleep_until(following)) is not None:
            following = awake
        happen(following)
        if following >= life.end:
            break
        clock.instant, clock.place = following, life.place(following)
    with open_workspace(str(folder), clock) as workspace:
        names = {view.reminder.id: view.reminder.rule.text for view in reminders(workspace)}
        found = {
            (names[each.reminder], f"{each.occurrence:%Y-%m-%dT%H:%M}"): (each.state, each.done_at or 0)
            for each in deliveries(workspace)
        }
    return found, recorder.number


class Oracle:
    """The same by walking through every minute."""

    def __init__(self, life: Life) -> None:
        self.life = life
        self.seconds: dict[date, int] = {}
        self.found: Outcome = {}
        self.waiting: list[dict[str, Any]] = []

    def run(self) -> Outcome:
        life = self.life
        rules = [(read_rule(text), condition) for text, condition in RULES]
        walls = [_walls(rule, life) for rule, _ in rules]
        starts: list[DayStart] = []
        deeds = deeds_of(life)
        for instant in range(life.begin, life.end, MINUTE):
            while deeds and deeds[0][0] < instant:
                at, minutes = deeds.pop(0)
                if minutes:
                    # Its study day is that of its beginning.
                    day = study_day(life.wall(at - minutes * MINUTE), starts)
                    self.seconds[day] = self.seconds.get(day, 0) + minutes * MINUTE
                else:
                    starts = life.starts
            if life.asleep_until(instant) is not None:
                continue
            wall = life.wall(instant)
            today = study_day(wall, starts)
            for (rule, condition), coming in zip(rules, walls, strict=True):
                due = []
                while coming and coming[-1] <= wall:
                    due.append(coming.pop())
                self.record(rule, condition, due, instant, today, starts)
            self.send(instant, wall, today)
        for each in self.waiting:
            self.found[each["key"]] = ("pending", 0)
        return self.found

    def record(
        self, rule: Rule, condition: str, due: list[datetime], instant: int, today: date, starts: list[DayStart]
    ) -> None:
        newest = True
        for occurrence in reversed(due):
            begin = _quiet_end(occurrence) if _is_quiet(occurrence) else occurrence
            new: dict[str, Any] = {
                "key": (rule.text, f"{occurrence:%Y-%m-%dT%H:%M}"),
                "condition": condition,
                "from": zones.first_instant_of(self.life.place(instant), begin),
                "day": study_day(occurrence, starts),
                "next": instant,
            }
            if today > new["day"] or instant - new["from"] > CATCH_UP or not newest:
                self.found[new["key"]] = ("expired", instant)
            else:
                newest = False
                self.waiting.append(new)

    def send(self, instant: int, wall: datetime, today: date) -> None:
        for each in list(self.waiting):
            if each["next"] > instant:
                continue
            if today > each["day"] or instant - each["from"] > CATCH_UP:
                self.found[each["key"]] = ("expired", instant)
            elif _is_quiet(wall):
                each["next"] = each["from"] = zones.first_instant_of(self.life.place(instant), _quiet_end(wall))
                continue
            elif each["condition"] == "not-studied" and self.seconds.get(today, 0) >= 600:
                self.found[each["key"]] = ("skipped", instant)
            else:
                self.found[each["key"]] = ("sent", instant)
            self.waiting.remove(each)


def _walls(rule: Rule, life: Life) -> list[datetime]:
    """Every wall clock of a rule after it was made, the last one first."""
    made = life.wall(life.begin)
    once = rule.replace(interval=1)
    found: list[datetime] = []
    first: date | None = None
    for number in range((life.end - life.begin) // DAY + 5):
        day = made.date() + timedelta(days=number)
        wall = datetime(day.year, day.month, day.day, rule.hour, rule.minute)
        if wall > made and first is None and is_due(once, day, day):
            first = day
        if wall > made and first is not None and is_due(rule, first, day):
            found.append(wall)
    return found[::-1]


def _is_quiet(wall: datetime) -> bool:
    return wall.time() >= QUIET[0] or wall.time() < QUIET[1]


def _quiet_end(wall: datetime) -> datetime:
    day = wall.date() if wall.time() < QUIET[1] else wall.date() + timedelta(days=1)
    return datetime.combine(day, QUIET[1])


def compared(folder: Path, life: Life) -> Iterator[str]:
    """What differs between the program and the oracle."""
    found, sent = lived(folder, life)
    expected = Oracle(life).run()
    for key in sorted(found.keys() | expected.keys()):
        if found.get(key) != expected.get(key):
            yield f"{key}: {found.get(key)}, but should be {expected.get(key)}"
    if sent != sum(state == "sent" for state, _ in found.values()):
        yield f"{sent} were sent"


FORTNIGHTS = [("Europe/Paris", date(2026, 3, 22)), ("America/New_York", date(2026, 10, 25))]


@pytest.mark.parametrize(("zone", "first"), FORTNIGHTS, ids=["spring", "autumn"])
def test_a_fortnight_in_which_the_clocks_change(scratch: Path, zone: str, first: date) -> None:
    life = a_life(zone, first, 14, random.Random(zone), flights=1)
    assert list(compared(scratch / "home", life)) == []


@pytest.mark.campaign
@pytest.mark.parametrize(
    "zone", ["Europe/Paris", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Africa/Casablanca"]
)
def test_a_year(scratch: Path, zone: str) -> None:
    life = a_life(zone, date(2026, 1, 10), max(90, campaign_size(365)), random.Random(zone), flights=2)
    assert list(compared(scratch / "home", life)) == []
