"""What a line would ask, and the smaller ones that are offered beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from learnhabit.services.resolution_preview import preview_resolution
from tests.services.support import at

MONDAY = "2026-11-23T20:40:00+01:00"


@pytest.mark.parametrize(
    ("line", "smaller"),
    [
        ("40 hours of rag by June", ("30 hours of rag by June", "20 hours of rag by June")),
        ("12,000 sessions by 31 Dec 2027", ("9,000 sessions by 31 Dec 2027", "6,000 sessions by 31 Dec 2027")),
        ("2.5 h a week", ("1.5 h a week",)),
        ("2 papers by June", ()),
        ("a paper a week", ()),
        ("pass the exam", ()),
    ],
)
def test_smaller_lines(tmp_path: Path, line: str, smaller: tuple[str, ...]) -> None:
    with at(tmp_path, MONDAY) as workspace:
        assert preview_resolution(workspace, line).alternatives == smaller
        # Nothing was written.
        assert workspace.store.all("SELECT id FROM resolution") == []


def test_what_it_asks_of_a_week(tmp_path: Path) -> None:
    with at(tmp_path, MONDAY) as workspace:
        assert preview_resolution(workspace, "39 hours by 31 Dec").asks_per_week == 7 * 3600
        assert preview_resolution(workspace, "20 minutes a day").asks_per_week == 7 * 1200
        assert preview_resolution(workspace, "pass the exam").asks_per_week is None
        due = preview_resolution(workspace, "13 papers by 31 Dec").first_due
        assert due is not None and due.isoformat() == "2026-11-25"
