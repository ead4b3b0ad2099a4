"""The JSON: its schema, its levels, its sums."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from learnhabit.reports.shared import LEVELS
from tests.reports.sample import build
from tests.reports.support import made

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "reference" / "summary.schema.json").read_text(encoding="utf-8")
)


def of(sample: Path, share: str, **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(made(sample, "json", share, **more))
    return found


@pytest.mark.parametrize("share", LEVELS)
@pytest.mark.parametrize("year", [2024, 2025, 2026, 2027])
def test_every_level_of_every_year_is_valid(sample: Path, share: str, year: int) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(of(sample, share, year=year), SCHEMA)


def test_levels_leave_out_and_never_rename(sample: Path) -> None:
    full, friends, public = (of(sample, share) for share in reversed(LEVELS))
    assert public.keys() < friends.keys() < full.keys()
    for less in (public, friends):
        for name in ("year", "from", "to", "so_far", "days", "weeks_kept", "weeks_over", "resolution_counts"):
            assert less[name] == full[name]
        assert less["seconds"] == (full["seconds"] + 1800) // 3600 * 3600
        assert [each["month"] for each in less["months"]] == [each["month"] for each in full["months"]]
        assert all(each["seconds"] % 3600 == 0 for each in (*less["months"], *less["weeks"]))
    assert len(friends["topics"]) <= 9
    assert friends["resolutions"] == []


def test_a_title_is_shown_to_friends_only_when_it_was_approved(sample: Path) -> None:
    titles = [each["statement"] for each in of(sample, "full")["resolutions"]]
    ids = [each["id"] for each in of(sample, "full")["resolutions"]]
    shown = of(sample, "friends", approved=frozenset(ids[:2]))["resolutions"]
    assert [each["statement"] for each in shown] == titles[:2]
    assert "resolutions" not in of(sample, "public", approved=frozenset(ids))


def test_sums_are_made_of_the_same_sessions(sample: Path) -> None:
    full = of(sample, "full")
    for name in ("heatmap", "months", "topics", "hours"):
        assert sum(each["seconds"] for each in full[name]) == full["seconds"], name
    assert sum(each["kind"] == "counted" for each in full["heatmap"]) == full["days"]


def test_the_same_data_has_the_same_hash_and_other_data_another_one(sample: Path, tmp_path: Path) -> None:
    from learnhabit.services import tracking
    from tests.reports.support import copied, opened

    before = of(sample, "full")["hash"]
    assert before == of(sample, "full")["hash"]
    other = copied(sample, tmp_path)
    with opened(other) as workspace:
        tracking.log(workspace, ["5m", "rag"], at="2026-11-02 9:00")
    assert of(other, "full")["hash"] != before


def test_a_year_that_is_over_stays_as_it_was(sample: Path, tmp_path: Path) -> None:
    then = tmp_path / "then"
    build(then, datetime.fromisoformat("2026-01-01T11:00:00+01:00"))
    at_once = of(then, "full", year=2025, now=datetime.fromisoformat("2026-01-02T09:00:00+01:00"))
    assert at_once["sessions"] > 100 and at_once["resolutions"]
    assert of(sample, "full", year=2025) == at_once


def test_the_hash_can_be_worked_out_by_anybody(sample: Path) -> None:
    full = of(sample, "full")
    rest = {name: value for name, value in full.items() if name not in ("program", "hash")}
    text = json.dumps(rest, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(text.encode()).hexdigest() == full["hash"]
