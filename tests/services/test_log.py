"""Filters, pages and counts of the log."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from learnhabit.domain.session import Session
from learnhabit.errors import LearnhabitError, UsageError
from learnhabit.services.editing import delete
from learnhabit.services.log import NO_FILTER, key_of, log_count, log_page, neighbour, read_filter
from learnhabit.services.tracking import log
from learnhabit.services.workspace import Workspace
from tests.services.support import at

MONDAY = "2026-11-23T20:40:00+01:00"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    chance = random.Random(7)
    with at(tmp_path, MONDAY) as workspace:
        for number in range(120):
            topic = chance.choice(["rag", "evaluation", "fine-tuning"])
            when = f"2026-{chance.randint(1, 10):02}-{chance.randint(1, 28):02} {chance.randint(5, 22)}:00"
            log(workspace, [f"{chance.randint(5, 90)}m", topic, f"note {number} 100%_x", f"@{when}", f"#t{number % 3}"])
    return tmp_path


def everything(workspace: Workspace, line: str = "") -> tuple[Session, ...]:
    return log_page(workspace, read_filter(workspace, line), None, older=True, limit=1000).sessions


def test_pages_by_key_give_every_session_once_in_both_directions(folder: Path) -> None:
    with at(folder, MONDAY) as workspace:
        whole = everything(workspace)
        assert len(whole) == 120
        assert [key_of(each) for each in whole] == sorted(
            (key_of(each) for each in whole), key=lambda key: (key.study_day, key.started_at, key.seq), reverse=True
        )
        for limit in (1, 7, 50, 120, 121):
            down: list[Session] = []
            page = log_page(workspace, NO_FILTER, None, older=True, limit=limit)
            while True:
                down += page.sessions
                if page.complete:
                    break
                page = log_page(workspace, NO_FILTER, key_of(down[-1]), older=True, limit=limit)
            assert tuple(down) == whole
            up: list[Session] = []
            page = log_page(workspace, NO_FILTER, None, older=False, limit=limit)
            while True:
                up = [*page.sessions, *up]
                if page.complete:
                    break
                page = log_page(workspace, NO_FILTER, key_of(up[0]), older=False, limit=limit)
            assert tuple(up) == whole


@pytest.mark.parametrize(
    ("line", "fits"),
    [
        ("topic:rag", lambda each: each.topic == "retrieval-augmented-generation"),
        ("since:2026-06-01", lambda each: each.study_day >= date(2026, 6, 1)),
        ("since:jun until:jul", lambda each: each.study_day.month in (6, 7)),
        ("in:2026-03", lambda each: each.study_day.month == 3),
        ("on:2026-03-05", lambda each: each.study_day == date(2026, 3, 5)),
        ("#t1", lambda each: each.tags == ("t1",)),
        ("#T1", lambda each: each.tags == ("t1",)),
        ("100%_x", lambda each: True),
        ("%", lambda each: True),
        ("0%", lambda each: True),
        ("_%", lambda each: False),
        ("note 11", lambda each: "11" in each.note),
        ("retrieval 7", lambda each: each.topic.startswith("retrieval") and "7" in each.note),
        ("t2 topic:evaluation", lambda each: each.tags == ("t2",) and each.topic == "evaluation-and-benchmarks"),
    ],
)
def test_a_filter_finds_just_what_fits(folder: Path, line: str, fits: object) -> None:
    assert callable(fits)
    with at(folder, MONDAY) as workspace:
        topics = {each.topic for each in everything(workspace)}
        assert len(topics) == 3
        if "evaluation" in line:
            line = line.replace("topic:evaluation", f"topic:{next(t for t in topics if 'eval' in t)}")
            found = everything(workspace, line)
            assert found
            assert all("eval" in each.topic and each.tags == ("t2",) for each in found)
            return
        expected = tuple(each for each in everything(workspace) if fits(each))
        assert everything(workspace, line) == expected
        count = log_count(workspace, read_filter(workspace, line))
        assert (count.sessions, count.seconds) == (len(expected), sum(each.seconds for each in expected))


def test_deleted_sessions_are_nowhere(folder: Path) -> None:
    with at(folder, MONDAY) as workspace:
        gone = everything(workspace)[3]
        delete(workspace, gone.id)
        assert gone.id not in {each.id for each in everything(workspace)}
        assert log_count(workspace, NO_FILTER).sessions == 119
        assert log_count(workspace, read_filter(workspace, gone.note.split()[1] + " " + gone.tags[0])).sessions == len(
            everything(workspace, gone.note.split()[1] + " " + gone.tags[0])
        )


def test_case_makes_no_difference_in_any_script(tmp_path: Path) -> None:
    with at(tmp_path, MONDAY) as workspace:
        log(workspace, ["10m rag", "Étude über ЗАМЕТКА"])
        for word in ("étude", "ÉTUDE", "Étude", "ÜBER", "заметка", "RETRIEVAL"):
            assert len(everything(workspace, word)) == 1, word
        assert everything(workspace, "etude") == ()


def test_what_cannot_be_read_is_said(folder: Path) -> None:
    with at(folder, MONDAY) as workspace:
        for line in ("since:03/04", "on:never", "topic:nothing-like-it"):
            with pytest.raises(UsageError):
                read_filter(workspace, line)


def test_a_neighbour_is_the_next_older_of_the_same_topic_and_day(tmp_path: Path) -> None:
    with at(tmp_path, MONDAY) as workspace:
        first = log(workspace, ["10m rag @8:00"]).session
        log(workspace, ["10m evaluation @9:00"])
        second = log(workspace, ["10m rag @10:00"]).session
        assert neighbour(workspace, second).id == first.id
        with pytest.raises(LearnhabitError, match="no session to merge"):
            neighbour(workspace, first)
