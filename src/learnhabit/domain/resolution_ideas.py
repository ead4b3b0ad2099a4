"""Lines for somebody who makes a first resolution: each of them can be read, and means the topics it was made for."""

from __future__ import annotations

from datetime import date

from learnhabit.domain.record import Record
from learnhabit.domain.resolution_line import read_resolution
from learnhabit.domain.text import display_line
from learnhabit.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from learnhabit.domain.day_words import Calendar
    from learnhabit.domain.topic import TopicName

MOST = 5
LONGEST = 72
"""Characters of a line; a topic with a longer name is called by a shorter one, or not at all."""
ENOUGH_DAYS = 60
"""A year of which less is left gives way to the first quarter of the next one."""

PAPERS = 3


class IdeaTopic(Record):
    """A topic that was picked."""

    name: TopicName
    papers: int
    """That are not read yet."""


class Week(Record):
    """What a week is meant to hold."""

    days: int
    seconds: int
    """On each of them."""


def ideas(topics: Sequence[IdeaTopic], names: Sequence[TopicName], calendar: Calendar, week: Week) -> tuple[str, ...]:
    """At most five lines, the likeliest one first; `names` are those of every topic."""
    end = _end(calendar.today)
    by = f"by 31 {'Dec' if end.month == 12 else 'Mar'}"
    weeks = ((end - calendar.today).days + 1) / 7
    hours = _round(weeks * week.days * week.seconds / 3600)
    found: list[str] = []
    for scope, forms in _forms(topics, by, hours, week.days):
        for line in forms:
            if len(found) < MOST and line not in found and _means(line, scope, names, calendar):
                found.append(line)
                break
    return tuple(found)


def _forms(topics: Sequence[IdeaTopic], by: str, hours: int, days: int) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """(ids of the topics that are meant, the same line with shorter and shorter names)."""
    hourly = [((each.name.id,), [f"{hours} hours of {name} {by}" for name in _names(each.name)]) for each in topics]
    yield from hourly[:1]
    yield (), [f"study {days} day{'' if days == 1 else 's'} a week"]
    yield from hourly[1:]
    for each in topics:
        if each.papers >= PAPERS:
            yield (each.name.id,), [f"finish {PAPERS} papers on {name} {by}" for name in _names(each.name)]
            break
    if not topics:
        yield (), [f"{hours} hours of study {by}"]
        yield (), [f"finish {PAPERS} papers {by}"]
    yield (), ["explain a paper once a month"]
    yield (), [f"write 2 blog posts {by}"]


def _names(name: TopicName) -> list[str]:
    """What a topic may be called, its title first; nothing that a screen would show otherwise than it is read."""
    plain = name.id.replace("-", " ")
    return [each for each in (name.title, plain, *name.aliases, name.id) if each == display_line(each)]


def _means(line: str, scope: tuple[str, ...], names: Sequence[TopicName], calendar: Calendar) -> bool:
    if len(line) > LONGEST:
        return False
    try:
        draft = read_resolution(line, names, calendar)
    except UsageError:
        return False
    return sorted(draft.scope) == sorted(scope) and draft.target > 0


def _end(today: date) -> date:
    end = date(today.year, 12, 31)
    return end if (end - today).days >= ENOUGH_DAYS else date(today.year + 1, 3, 31)


def _round(hours: float) -> int:
    """A number that one would say: 8, 12, 35."""
    return max(2, int(hours) if hours < 20 else int(hours / 5) * 5)
