"""The summary of a year or of any stretch of days: read in one transaction, summed up by the domain."""

from __future__ import annotations

import re
from datetime import date, timedelta

from learnhabit.domain.day_text import long_day
from learnhabit.domain.day_words import read_day
from learnhabit.domain.study_day import DEFAULT_DAY_START
from learnhabit.domain.text import quoted
from learnhabit.domain.year_counting import year_summary
from learnhabit.domain.year_facts import LONGEST_COMPARED, YearFacts, year_before
from learnhabit.domain.year_summary import QUESTIONS, Period, Words, YearSummary
from learnhabit.errors import LearnhabitError, UsageError
from learnhabit.reports.json_report import hash_of
from learnhabit.services.habit import close_days
from learnhabit.services.resolutions import Reader
from learnhabit.services.workspace import Workspace
from learnhabit.storage.resolutions import read_resolutions
from learnhabit.storage.rules import first_session_day, read_day_seconds, read_state_before
from learnhabit.storage.years import (
    last_session_day,
    read_answers,
    read_finished_resources,
    read_recalled,
    read_reviews,
    read_starred,
    read_studied,
    read_topics,
    read_totals,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from learnhabit.domain.resolution import Done, Resolution

FIRST_YEAR, LAST_YEAR = 1970, 9998
"""Years that sessions can lie in."""
_DAY = timedelta(days=1)


def default_year(workspace: Workspace) -> int:
    """The running year; in January the one that has just ended."""
    today = workspace.today
    return today.year - 1 if today.month == 1 else today.year


def read_year(workspace: Workspace, text: str) -> int:
    """A year as it is typed: `2026`, `this`, `last`; UsageError for anything else."""
    words = text.strip().lower()
    if words in ("this", "last"):
        return workspace.today.year - (words == "last")
    if not re.fullmatch("[0-9]{4}", words) or not FIRST_YEAR <= int(words) <= LAST_YEAR:
        raise UsageError(f"{quoted(text)} is no year", f"such as {workspace.today.year}, this or last")
    return int(words)


def year_period(workspace: Workspace, year: int) -> Period:
    """A calendar year, as far as it has come."""
    return _period(workspace, year, date(year, 1, 1), date(year, 12, 31))


def range_period(workspace: Workspace, from_text: str | None, to_text: str | None) -> Period:
    """From a day to a day, both included; without an end up to today, without a beginning from the first session on."""
    today = workspace.today
    begin = first_session_day(workspace.store) or today
    first = read_day(from_text, workspace.calendar) if from_text is not None else begin
    end = read_day(to_text, workspace.calendar) if to_text is not None else max(first, today)
    if end < first:
        raise LearnhabitError(
            "The summary would end before it begins", f"{long_day(first)} to {long_day(end)}: turn the two days round"
        )
    if not (first.year >= FIRST_YEAR and end.year <= LAST_YEAR):
        raise UsageError(f"{long_day(first)} to {long_day(end)} is out of reach", f"{FIRST_YEAR} to {LAST_YEAR}")
    whole = (first.month, first.day, end.month, end.day) == (1, 1, 12, 31) and first.year == end.year
    return _period(workspace, first.year if whole else None, first, end)


def _period(workspace: Workspace, year: int | None, first: date, end: date) -> Period:
    today = workspace.today
    # After a flight west there may be sessions on days that are to come again.
    ahead = last_session_day(workspace.store, max(first, today), end)
    future = today < first and ahead is None
    return Period(
        year=year,
        first=first,
        end=end,
        last=min(end, max(first, today, ahead or first)),
        so_far=not future and today <= end,
        future=future,
    )


def summary(workspace: Workspace, period: Period) -> YearSummary:
    """All that a period came to."""
    # What it keeps shortens the reading of the next summary; so it is the only thing that may be written here.
    close_days(workspace)
    with workspace.store.snapshot():
        # Rules that were read before may be others by now.
        workspace.forget()
        found = year_summary(_read(workspace, period))
    return found.replace(hash=hash_of(found))


def _read(workspace: Workspace, period: Period) -> YearFacts:
    store, rules = workspace.store, workspace.rules
    first, end, last = period.first, period.end, period.last
    began = first_session_day(store)
    compared = (end - first).days < LONGEST_COMPARED and first.year > FIRST_YEAR and not period.future
    state = read_state_before(store, first)
    since = state.study_day + _DAY if state is not None else began
    names, themes = read_topics(store)
    return YearFacts(
        period=period,
        today=workspace.today,
        totals=read_totals(store, first - 6 * _DAY, end + 6 * _DAY),
        before=read_totals(store, year_before(first) - 6 * _DAY, year_before(end) + 6 * _DAY) if compared else [],
        state=state,
        since_state=read_day_seconds(store, since, last) if since is not None else {},
        first_session_day=began,
        rules=rules,
        day_start=next(
            (each.minutes for each in reversed(workspace.day_starts) if each.effective_from <= last), DEFAULT_DAY_START
        ),
        sessions=read_studied(store, first, last),
        names=names,
        themes=themes,
        resolutions=_resolutions(workspace, period),
        finished=read_finished_resources(store, first, last),
        recall=read_recalled(store, first, last),
        words=_words(workspace, period),
        successors=_successors(workspace, period),
    )


def _resolutions(workspace: Workspace, period: Period) -> tuple[tuple[Resolution, Done], ...]:
    """Those whose time touches the period and that were made by its end."""
    found = [
        each
        for each in read_resolutions(workspace.store, "AND period_start <= ?", period.end.isoformat())
        if each.period_end >= period.first and (each.made_on <= period.end or period.so_far or period.future)
    ]
    read = Reader(workspace)
    return tuple((each, read.done(each)) for each in found)


def _successors(workspace: Workspace, period: Period) -> dict[str, Resolution]:
    if period.year is None:
        return {}
    found = read_resolutions(
        workspace.store,
        "AND carried_from IS NOT NULL AND period_start BETWEEN ? AND ?",
        f"{period.year + 1:04}-01-01",
        f"{period.year + 1:04}-12-31",
    )
    return {each.carried_from: each for each in found if each.carried_from is not None}


def _words(workspace: Workspace, period: Period) -> Words:
    store = workspace.store
    answers = read_answers(store, period.year) if period.year is not None else {}
    return Words(
        answers=tuple((key, answers[key][1]) for key, _ in QUESTIONS if key in answers),
        takeaways=read_starred(store, period.first, period.last),
        reviews=read_reviews(store, period.first - 3 * _DAY, period.last - 3 * _DAY),
    )
