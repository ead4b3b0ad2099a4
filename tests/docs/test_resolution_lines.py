"""The examples of resolutions in plain words, read by the reader that the program uses."""

from __future__ import annotations

import pytest

from learnhabit.domain.resolution_draft import AmbiguousLine, Draft
from learnhabit.domain.resolution_line import read_resolution
from learnhabit.domain.resolution_words import target_text
from learnhabit.errors import UsageError
from tests.calendars import calendar_of
from tests.docs.pages import DOCS, examples, spans
from tests.unit.test_resolution_line import NAMES

PAGE = DOCS / "reference" / "resolution-lines.md"
Row = dict[str, str]


def read(line: str) -> Draft:
    return read_resolution(line, NAMES, calendar_of("2026-11-25T12:00:00"))


def rows(name: str) -> pytest.MarkDecorator:
    found = examples(PAGE, name)
    return pytest.mark.parametrize("row", found, ids=[" | ".join(row.values()) for row in found])


def span(cell: str) -> str:
    return spans(cell)[0] if cell else ""


@rows("resolution")
def test_line(row: Row) -> None:
    draft = read(span(row["line"]))
    target = "" if draft.measure == "done" else target_text(draft.target, draft.measure, draft.kind, draft.per)
    assert (draft.measure, target) == (row["measure"], row["target"])
    assert ", ".join(draft.scope) == row["topics"]
    assert (draft.period_start.isoformat(), draft.period_end.isoformat()) == (row["from"], row["to"])


@rows("resolution when")
def test_when(row: Row) -> None:
    draft = read(f"40 hours of rag {span(row['words'])}".strip())
    assert (draft.period_start.isoformat(), draft.period_end.isoformat()) == (row["from"], row["to"])


@rows("resolution refused")
def test_refused(row: Row) -> None:
    with pytest.raises(UsageError) as caught:
        read(span(row["line"]))
    assert caught.value.title == row["answer"]
    choices = caught.value.choices if isinstance(caught.value, AmbiguousLine) else ()
    assert list(choices) == spans(row["lines to choose from"])
