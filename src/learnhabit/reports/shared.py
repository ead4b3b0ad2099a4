"""What each level of privacy lets through: a list of what leaves, never a filter of what stays.

Whatever writes a file sees a `Shared` only. Below *full* it holds no `YearSummary`, so that a field that is added to
the summary later stays at home until somebody lists it here.
"""

from __future__ import annotations

from datetime import date

from learnhabit.domain.record import Record
from learnhabit.domain.year_summary import Period, YearSummary
from learnhabit.domain.year_text import sentence
from learnhabit.reports.clean import block, line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from learnhabit.domain.year_summary import ResolutionResult

LEVELS = ("public", "friends", "full")
TOP_TOPICS = 8
OTHER = "other"
HOUR = 3600
ABOUT = {
    "public": "rounded totals only",
    "friends": "and topics, and the titles you choose",
    "full": "everything, for yourself",
}
"""What a level lets through, in a few words."""


class SharedMonth(Record):
    """A month's total; rounded to hours below full."""

    first: date
    seconds: int
    before: int | None
    running: bool


class SharedTopic(Record):
    """A topic's total; `topic` is its id, `other` for those that are not named."""

    topic: str
    title: str
    seconds: int
    before: int | None


class SharedResolution(Record):
    """A resolution whose title may be shown."""

    result: ResolutionResult
    statement: str


class Shared(Record):
    """What leaves."""

    share: str
    """One of `LEVELS`."""
    period: Period
    title: str
    sentence: str
    seconds: int
    days: int
    weeks_kept: int
    weeks_over: int
    states: dict[str, int]
    """How many resolutions are kept, open, not kept and let go."""
    months: tuple[SharedMonth, ...]
    weeks: tuple[tuple[date, int], ...]
    """(first day, seconds) of each week."""
    topics: tuple[SharedTopic, ...] | None
    resolutions: tuple[SharedResolution, ...] | None
    full: YearSummary | None
    program: str
    """Name and version of this program."""

    @property
    def empty(self) -> bool:
        """Nothing was studied."""
        return self.full.empty if self.full is not None else not self.days and not self.seconds


def shared(summary: YearSummary, share: str, approved: Collection[str], program: str) -> Shared:
    """What a level lets through; `approved` are the ids of resolutions whose titles friends may see."""
    full = share == "full"
    named = share in ("friends", "full")
    topics = _topics(summary, full=full) if named else None
    seconds = summary.seconds if full else rounded(summary.seconds)
    months = tuple(
        SharedMonth(
            first=month.first,
            seconds=month.seconds if full else rounded(month.seconds),
            before=month.before if full else None,
            running=month.running,
        )
        for month in summary.months
    )
    resolutions = None
    if named:
        resolutions = tuple(
            SharedResolution(result=each, statement=line(each.resolution.statement))
            for each in summary.resolutions
            if full or each.resolution.id in approved
        )
    return Shared(
        share=share,
        period=summary.period,
        title=title_of(summary.period),
        sentence=sentence(
            summary.period,
            seconds=seconds,
            days=summary.days_counted,
            weeks=None if named else (summary.weeks_kept, summary.weeks_over),
            topics=[(each.title, each.seconds) for each in topics or () if each.topic != OTHER],
            states=summary.states(),
            months=[(each.first, each.seconds) for each in months],
            gap=summary.rhythm.gap if full else None,
        ),
        seconds=seconds,
        days=summary.days_counted,
        weeks_kept=summary.weeks_kept,
        weeks_over=summary.weeks_over,
        states=summary.states(),
        months=months,
        weeks=tuple((week.start, week.seconds if full else rounded(week.seconds)) for week in summary.weeks),
        topics=topics,
        resolutions=resolutions,
        full=shown(summary) if full else None,
        program=program,
    )


def rounded(seconds: int) -> int:
    """Whole hours, half up, in seconds."""
    return (seconds + HOUR // 2) // HOUR * HOUR


def title_of(period: Period) -> str:
    """`2026 in learning`."""
    return f"{period.year} in learning" if period.year is not None else "My learning"


def _topics(summary: YearSummary, *, full: bool) -> tuple[SharedTopic, ...]:
    found = [
        SharedTopic(
            topic=each.topic,
            title=line(each.title) or each.topic,
            seconds=each.seconds if full else rounded(each.seconds),
            before=each.before if full else None,
        )
        for each in summary.topics
    ]
    return tuple(found) if full else top(found, rounded(summary.seconds))


def top(topics: Sequence[SharedTopic], seconds: int | None = None) -> tuple[SharedTopic, ...]:
    """The first eight, and all others as one."""
    if len(topics) <= TOP_TOPICS + 1:
        return tuple(topics)
    named, rest = topics[:TOP_TOPICS], topics[TOP_TOPICS:]
    left = sum(each.seconds for each in rest)
    if seconds is not None:
        # Rounded one by one, nine short topics would come to nothing.
        left = max(seconds - sum(each.seconds for each in named), 0)
    before = [each.before for each in rest if each.before is not None]
    return (
        *named,
        SharedTopic(topic=OTHER, title=f"{len(rest)} others", seconds=left, before=sum(before) if before else None),
    )


def shown(summary: YearSummary) -> YearSummary:
    """The same with every text that a person or a file wrote as it may be shown."""
    words = summary.words
    return summary.replace(
        topics=tuple(each.replace(title=line(each.title) or each.topic) for each in summary.topics),
        finished=tuple(each.replace(title=line(each.title), topic=line(each.topic)) for each in summary.finished),
        words=words.replace(
            answers=tuple((key, block(text)) for key, text in words.answers),
            takeaways=tuple(each.replace(topic=line(each.topic), text=block(each.text)) for each in words.takeaways),
            reviews=tuple(each.replace(text=block(each.text)) for each in words.reviews),
        ),
        onward=tuple(each.replace(statement=line(each.statement), target=line(each.target)) for each in summary.onward),
        pace=summary.pace.replace(statement=line(summary.pace.statement)),
        themes=tuple((line(title), seconds) for title, seconds in summary.themes),
        counting=summary.counting.replace(zones=tuple(line(each) for each in summary.counting.zones)),
    )
