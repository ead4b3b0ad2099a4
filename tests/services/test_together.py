"""A weekly review and the adjustment that comes with it: both or neither, and one step to undo."""

from __future__ import annotations

from pathlib import Path

import pytest

from learnhabit.errors import UsageError
from learnhabit.services.planning import add_time_off, plan, set_plan, time_off
from learnhabit.services.resolving import add_resolution, edit_resolution
from learnhabit.services.reviewing import review, write_review
from learnhabit.services.tracking import log
from learnhabit.services.undoing import redo, undo
from tests.services.support import at

LAST_WEEK, TODAY = "2026-11-18T20:00:00+01:00", "2026-11-25T20:00:00+01:00"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with at(tmp_path, LAST_WEEK) as workspace:
        log(workspace, ["45m rag"])
    return tmp_path


def test_both_are_kept_and_taken_back_together(home: Path) -> None:
    with at(home, TODAY) as workspace:
        view = write_review(workspace, "last", "Mornings worked.", lambda ws: set_plan(ws, cadence="4"))
        assert (view.text, plan(workspace).days_per_week) == ("Mornings worked.", 4)
    with at(home, TODAY) as workspace:
        said = undo(workspace)
        assert said == "wrote the review of week 47 of 2026 and set cadence to 4 days a week"
        assert (review(workspace).text, plan(workspace).days_per_week) == ("", 5)
    with at(home, TODAY) as workspace:
        assert redo(workspace) == said
        assert (review(workspace).text, plan(workspace).days_per_week) == ("Mornings worked.", 4)


def test_an_adjustment_that_is_refused_keeps_nothing(home: Path) -> None:
    with at(home, TODAY) as workspace:
        with pytest.raises(UsageError):
            write_review(workspace, "last", "Mornings worked.", lambda ws: set_plan(ws, cadence="9"))
        assert review(workspace).text == ""
        # The workspace is as good as before.
        add_time_off(workspace, "tomorrow", None, "a trip")
        assert len(time_off(workspace)) == 1
    with at(home, TODAY) as workspace:
        undo(workspace)
        assert time_off(workspace) == ()


def test_an_adjustment_that_changes_nothing_is_no_obstacle(home: Path) -> None:
    with at(home, TODAY) as workspace:
        made, _ = add_resolution(workspace, "40 hours of rag by 31 Dec")
        reference = made.resolution.id
        write_review(workspace, "last", "As it was.", lambda ws: edit_resolution(ws, reference, cue=""))
        assert review(workspace).text == "As it was."
