"""What Today says to people in different situations: the next step, its reason, and the advice that fits."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from learnhabit.services import resolving, topics
from learnhabit.services.settings import set_setting
from learnhabit.services.today import today_view
from learnhabit.services.workspace import open_workspace
from tests.tui.support import app_on, clock_at, logged, with_data
from tests.tui.test_snapshots import NARROW, WIDE, Compare, script_of

NOW = datetime.fromisoformat("2026-11-25T08:10:00+01:00")
CARD = ("retrieval-augmented-generation", "multimodal-models", "efficient-fine-tuning")
"""The topics of the card."""
DAY = timedelta(days=1)


def new_user(folder: Path) -> datetime:
    return NOW


def follows_three(folder: Path) -> datetime:
    for topic in CARD:
        with_data(folder, lambda workspace, topic=topic: topics.follow_topic(workspace, topic), NOW)  # type: ignore[misc]
    return NOW


def studying(folder: Path, end: datetime, days: int, minutes: int = 30, off: tuple[int, ...] = ()) -> None:
    """Five days a week up to the evening before `end`, on the three topics in turn."""
    for back in range(days, 0, -1):
        day = (end - back * DAY).replace(hour=19)
        if day.weekday() < 5 and back not in off:
            logged(folder, f"{minutes}m {CARD[back % 3]}", day, takeaway="Chunks overlap." if back % 5 == 0 else "")


def three_days_behind(folder: Path) -> datetime:
    with_data(folder, lambda w: set_setting(w, "cue", "after my morning coffee"), NOW - 60 * DAY)
    with_data(folder, lambda w: resolving.add_resolution(w, "25.5 hours of fine-tuning by 31 Dec"), NOW - 60 * DAY)
    studying(folder, NOW, 60, minutes=65)
    return NOW


def after_a_gap(folder: Path) -> datetime:
    studying(folder, NOW, 60, off=tuple(range(1, 15)))
    return NOW


def ahead(folder: Path) -> datetime:
    with_data(folder, lambda w: resolving.add_resolution(w, "20 hours of fine-tuning by 31 Dec"), NOW - 60 * DAY)
    with_data(folder, lambda w: topics.follow_topic(w, "fine-tuning"), NOW - 60 * DAY)
    studying(folder, NOW, 60, minutes=60)
    return NOW


def first_week_of_january(folder: Path) -> datetime:
    now = datetime.fromisoformat("2027-01-05T08:10:00+01:00")
    studying(folder, now, 60)
    return now


def new_years_eve(folder: Path) -> datetime:
    now = datetime.fromisoformat("2026-12-31T08:10:00+01:00")
    studying(folder, now, 60)
    return now


SITUATIONS: dict[str, tuple[Callable[[Path], datetime], str, str, str]] = {
    "new": (new_user, "prompting-and-ai-tools", "New to you, and it needs nothing before it", "start"),
    "follows-three": (
        follows_three,
        CARD[0],
        "You follow it and have not begun: ten minutes are a start",
        "start",
    ),
    "behind": (three_days_behind, CARD[2], "36 min behind on “25.5 hours of fine-tuning by 31 Dec”", "behind"),
    "gap": (
        after_a_gap,
        CARD[2],
        "Of the topics you have begun it has waited longest: last touched 20 days ago",
        "missed-day",
    ),
    "ahead": (ahead, CARD[2], "You follow it: last touched 2 days ago", "ahead"),
    "january": (
        first_week_of_january,
        CARD[0],
        "Of the topics you have begun it has waited longest: last touched 6 days ago",
        "new-year",
    ),
    "new-years-eve": (
        new_years_eve,
        CARD[0],
        "Of the topics you have begun it has waited longest: last touched 3 days ago",
        "year-end",
    ),
}


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, datetime]]:
    """A data folder for each, with the same ids each time."""
    made = {}
    for name, (seed, *_) in SITUATIONS.items():
        folder = tmp_path_factory.mktemp(name)
        numbers = count(1)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "urandom", lambda size, numbers=numbers: next(numbers).to_bytes(size, "big"))
            made[name] = (folder, seed(folder))
    return made


@pytest.mark.parametrize("name", SITUATIONS)
def test_the_step_and_the_advice_fit(folders: dict[str, tuple[Path, datetime]], name: str) -> None:
    folder, now = folders[name]
    _, topic, reason, moment = SITUATIONS[name]
    with open_workspace(str(folder), clock_at(now)) as workspace:
        view = today_view(workspace)
    assert view.advice is not None
    assert (view.steps[0].topic, view.steps[0].reason, view.advice.moment) == (topic, reason, moment)


def test_two_readings_of_a_day_agree(folders: dict[str, tuple[Path, datetime]]) -> None:
    for folder, now in folders.values():
        with open_workspace(str(folder), clock_at(now)) as workspace:
            first = today_view(workspace)
        with open_workspace(str(folder), clock_at(now + timedelta(hours=1))) as workspace:
            again = today_view(workspace)
        assert (first.steps, first.advice) == (again.steps, again.advice)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
@pytest.mark.parametrize("name", SITUATIONS)
def test_picture(
    folders: dict[str, tuple[Path, datetime]],
    tmp_path: Path,
    snap_compare: Compare,
    name: str,
    size: tuple[int, int],
) -> None:
    folder, now = folders[name]
    # A copy: the app offers the weekly review once.
    folder = Path(shutil.copytree(folder, tmp_path / "home"))
    assert snap_compare(app_on(folder, clock_at(now)), terminal_size=size, run_before=script_of())
