"""Resolutions in plain words, line by line.

`resolution_lines.txt` holds the lines below the day on which they are said: `>` a line, `=` what it is understood as
with its parts below, `!` why it can't be read, `?` why it may mean several things with the lines to choose from below.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from learnhabit.catalogue import load
from learnhabit.domain.record import Record
from learnhabit.domain.resolution_draft import LONGEST_STATEMENT, AmbiguousLine, Draft, read_target
from learnhabit.domain.resolution_line import read_resolution
from learnhabit.domain.resolution_words import understood
from learnhabit.domain.topic import TopicName
from learnhabit.errors import UsageError
from tests.calendars import calendar_of

NAMES = [TopicName(id=topic.id, title=topic.title, aliases=topic.aliases) for topic in load().topics]
TITLES = {name.id: name.title for name in NAMES}


class Example(Record):
    """A line of the table with its answer."""

    today: str
    line: str
    kind: str
    """`=`, `!` or `?`."""
    answer: str
    below: tuple[str, ...]


def examples() -> list[Example]:
    """The table."""
    today, found = "", []
    blocks = (Path(__file__).parent / "resolution_lines.txt").read_text(encoding="utf-8").strip().split("\n\n")
    for block in blocks:
        if block.startswith("# "):
            today = block[2:]
            continue
        line, answer, *below = block.split("\n")
        found.append(
            Example(
                today=today,
                line=line[2:],
                kind=answer[0],
                answer=answer[2:],
                below=tuple(each[2:] for each in below),
            )
        )
    return found


EXAMPLES = examples()


def read(line: str, today: str = "2026-11-25") -> Draft:
    return read_resolution(line, NAMES, calendar_of(f"{today}T12:00:00"))


def test_the_table_is_long_enough() -> None:
    assert len(EXAMPLES) >= 120
    assert sum(each.kind != "=" for each in EXAMPLES) >= 40
    assert len({(each.today, each.line) for each in EXAMPLES}) == len(EXAMPLES)


@pytest.mark.parametrize("example", EXAMPLES, ids=[f"{each.today} {each.line}" for each in EXAMPLES])
def test_each_line_has_its_answer(example: Example) -> None:
    calendar = calendar_of(f"{example.today}T12:00:00")
    if example.kind == "=":
        draft = read(example.line, example.today)
        assert understood(draft, TITLES, calendar.today) == example.answer
        parts = [f"{part.role}: {example.line[part.start : part.end]}" for part in draft.parts]
        assert "; ".join(parts) == "".join(example.below)
        return
    with pytest.raises(UsageError) as caught:
        read(example.line, example.today)
    if example.kind == "!":
        assert f"{caught.value.title}: {caught.value.hint}" == example.answer
        assert not isinstance(caught.value, AmbiguousLine)
        return
    assert isinstance(caught.value, AmbiguousLine)
    assert caught.value.title == example.answer
    assert caught.value.choices == example.below
    assert caught.value.hint == f"write one of: {'; '.join(example.below)}"


@pytest.mark.parametrize("example", [each for each in EXAMPLES if each.kind == "?"], ids=lambda each: each.line)
def test_each_choice_can_be_read_and_no_two_mean_the_same(example: Example) -> None:
    drafts = [read(choice, example.today) for choice in example.below]
    meant = [draft.replace(statement="", parts=()) for draft in drafts]
    assert all(meant.count(each) == 1 for each in meant)


def test_what_a_line_becomes() -> None:
    draft = read("Read 24 papers on rag and agents in 2027 after morning coffee")
    assert draft.statement == "Read 24 papers on rag and agents in 2027"
    assert (draft.measure, draft.kind, draft.target, draft.per) == ("resources", "paper", 24, None)
    assert draft.scope == ("retrieval-augmented-generation", "compound-ai-systems")
    assert (draft.period_start.isoformat(), draft.period_end.isoformat()) == ("2027-01-01", "2027-12-31")
    assert (draft.cue, draft.next_year) == ("after morning coffee", False)
    assert read("1h30 a week of rag").target == 5400
    assert read("study every day").replace(parts=(), statement="") == read("7 days a week").replace(
        parts=(), statement=""
    )
    assert read("pass the exam", "2026-12-15").next_year


def test_a_study_day_before_its_morning_is_still_the_day_before() -> None:
    late = calendar_of("2026-12-15T03:00:00")
    draft = read_resolution("40 hours of rag", NAMES, late)
    assert (draft.period_start.isoformat(), draft.next_year) == ("2026-12-14", False)


def test_a_topic_of_ones_own_is_read_too() -> None:
    names = [*NAMES, TopicName(id="rust", title="Rust for machine learning", aliases=())]
    draft = read_resolution("40 hours of rust by June", names, calendar_of("2026-11-25T12:00:00"))
    assert draft.scope == ("rust",)


def test_lines_that_are_too_long_are_refused() -> None:
    for line in ("learn " + "a " * LONGEST_STATEMENT, "x" * (LONGEST_STATEMENT + 1), "40 " * 100_000):
        with pytest.raises(UsageError, match="too long"):
            read(line)
    assert len(read("x" * LONGEST_STATEMENT).statement) == LONGEST_STATEMENT


@pytest.mark.parametrize(
    ("text", "measure", "per", "target"),
    [
        ("50", "hours", None, 180_000),
        ("50h", "hours", None, 180_000),
        (" 2.5 ", "hours", "week", 9000),
        ("2,5", "hours", "week", 9000),
        ("1h30", "hours", "week", 5400),
        ("90m", "hours", "day", 5400),
        ("24", "hours", "day", 86_400),
        ("12", "resources", None, 12),
        ("7", "days", "week", 7),
        ("100000", "count", None, 100_000),
    ],
)
def test_a_target_is_read_in_its_measure(text: str, measure: str, per: str | None, target: int) -> None:
    assert read_target(text, measure, per) == target


@pytest.mark.parametrize(
    ("text", "measure", "per", "title"),
    [
        ("", "hours", None, "“” is no target"),
        ("many", "resources", None, "“many” is no target"),
        ("2.5", "resources", None, "“2.5” is no target"),
        ("-3", "hours", None, "“-3” is no target"),
        ("0", "hours", None, "“0” is nothing to aim at"),
        ("0m", "hours", None, "“0m” is nothing to aim at"),
        ("25", "hours", "day", "That is more than there is time"),
        ("8", "days", "week", "8 days don't fit"),
        ("100001", "count", None, "100,001 is too much"),
        ("9999999999", "count", None, "“9999999999” is no target"),
    ],
)
def test_a_target_that_is_none_is_refused(text: str, measure: str, per: str | None, title: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_target(text, measure, per)
    assert caught.value.title == title
