"""The first run's services: who is new, which lines are suggested, and what each step writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from learnhabit.domain.resolution_ideas import LONGEST, MOST, IdeaTopic, Week, ideas
from learnhabit.domain.resolution_line import read_resolution
from learnhabit.errors import LearnhabitError, UsageError
from learnhabit.services import first_steps, planning, reminding, resolving, topics, tracking, undoing
from learnhabit.services.first_steps import FIRST, Moment
from learnhabit.services.resolutions import resolutions
from learnhabit.services.workspace import Workspace
from learnhabit.storage.reviews import mark_offered
from tests.services.support import at

QUIET = "lies in the quiet hours (22:00-07:00)"
NOW = "2026-11-23T20:40:00+01:00"
ODD = (
    "40 hours",
    "by June",
    "[/]",
    "and",
    "rag and agents",
    "5 days a week",
    "every 2 weeks",
    "study",
    "31 Dec",
    "papers",
    "a" * 120,
    "漢字かな",
    "👩‍👩‍👧 e\u0301",
    "‮bidi",
    "on",
    "«»",
    "C++ / 3:30",
    "finish 3 papers on Multimodal models",
)
"""Titles of topics that look like something else in a line."""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Workspace]:
    with at(tmp_path, NOW) as workspace:
        yield workspace


def done(workspace: Workspace, deed: str) -> None:
    deeds: dict[str, Callable[[], object]] = {
        "a session": lambda: tracking.log(workspace, ["10m", "rag"]),
        "a deleted session": lambda: (tracking.log(workspace, ["10m", "rag"]), undoing.undo(workspace)),
        "a timer": lambda: tracking.start(workspace, ["rag"]),
        "a followed topic": lambda: topics.follow_topic(workspace, "rag"),
        "an own topic": lambda: topics.add_topic(workspace, "Rust"),
        "a topic put aside": lambda: topics.archive_topic(workspace, "rag"),
        "a resolution": lambda: resolving.add_resolution(workspace, "study 5 days a week"),
        "a reminder": lambda: reminding.add_reminder(workspace, "daily 19:30"),
        "time off": lambda: planning.add_time_off(workspace, "today", None, ""),
        "the first run": lambda: first_steps.end(workspace),
    }
    deeds[deed]()


@pytest.mark.parametrize(
    "deed",
    [
        *("a session", "a deleted session", "a timer", "a followed topic", "an own topic", "a topic put aside"),
        *("a resolution", "a reminder", "time off", "the first run"),
    ],
)
def test_a_home_in_which_something_was_done_is_not_new(home: Workspace, deed: str) -> None:
    assert first_steps.is_new(home)
    done(home, deed)
    assert not first_steps.is_new(home)


def test_other_offers_and_reading_leave_a_home_new(home: Workspace) -> None:
    mark_offered(home.store, "review:2026-11-16", home.now)
    first_steps.topic_choices(home)
    assert first_steps.is_new(home)


def test_the_first_three_topics_come_first_and_every_topic_once(home: Workspace) -> None:
    found = first_steps.topic_choices(home)
    assert tuple(each.id for each in found[:3]) == FIRST
    assert len({each.id for each in found}) == len(found) == 26
    assert all(each.summary and each.first_step and each.resources and each.minutes for each in found)
    topics.archive_topic(home, found[5].id)
    assert found[5].id not in {each.id for each in first_steps.topic_choices(home)}


def assert_each_is_read(workspace: Workspace, lines: tuple[str, ...], picked: tuple[str, ...]) -> None:
    assert 3 <= len(lines) <= MOST and len(set(lines)) == len(lines)
    for line in lines:
        assert len(line) <= LONGEST
        draft = read_resolution(line, workspace.names, workspace.calendar)
        # A line means one of the picked topics, or any topic: never another one.
        assert draft.scope == () or (len(draft.scope) == 1 and draft.scope[0] in picked)
        assert draft.period_end > workspace.today


@pytest.mark.parametrize("now", [NOW, "2026-01-01T08:00:00+01:00", "2026-12-31T23:00:00+01:00"])
def test_a_suggested_line_is_read_for_every_topic(tmp_path: Path, now: str) -> None:
    with at(tmp_path, now) as home:
        every = tuple(each.id for each in first_steps.topic_choices(home))
        for number in range(len(every)):
            picked = (every * 2)[number : number + 1 + number % 3]
            lines = first_steps.suggested_lines(home, picked)
            assert_each_is_read(home, lines, picked)
            # The first picked topic leads.
            assert read_resolution(lines[0], home.names, home.calendar).scope == picked[:1]
        assert_each_is_read(home, first_steps.suggested_lines(home, ()), ())


def test_a_suggested_line_is_read_for_topics_with_odd_names(home: Workspace) -> None:
    own = [topics.add_topic(home, title).id for title in ODD]
    for number, topic in enumerate(own):
        picked = (topic, own[number - 1], "multimodal-models")
        assert_each_is_read(home, first_steps.suggested_lines(home, picked), picked)


def test_ideas_follow_the_plan_of_the_week(home: Workspace) -> None:
    rag = IdeaTopic(name=next(each for each in home.names if each.id == FIRST[0]), papers=0)
    little = ideas([rag], home.names, home.calendar, Week(days=1, seconds=600))
    much = ideas([rag], home.names, home.calendar, Week(days=7, seconds=3600))
    assert little[:2] == ("3 hours of Retrieval-augmented generation by 31 Mar", "study 1 day a week")
    assert much[:2] == ("125 hours of Retrieval-augmented generation by 31 Mar", "study 7 days a week")
    # Of a topic without papers none are to be finished.
    assert not [line for line in little if "papers on" in line]


def test_topics_are_followed_in_one_step(home: Workspace) -> None:
    def followed() -> set[str]:
        return {each.id for each in first_steps.topic_choices(home) if each.followed}

    first_steps.follow(home, FIRST)
    assert followed() == set(FIRST)
    first_steps.follow(home, (FIRST[0], "edge-ai"))
    assert followed() == {FIRST[0], "edge-ai"}
    first_steps.follow(home, (FIRST[0], "edge-ai"))
    assert undoing.undo(home) == (
        "followed On-device AI in constrained settings"
        " and stopped following Multimodal models and Efficient fine-tuning"
    )
    assert followed() == set(FIRST)
    assert "followed Retrieval-augmented generation, Multimodal models and" in undoing.undo(home)
    assert followed() == set()
    with pytest.raises(LearnhabitError):
        undoing.undo(home)


def test_a_resolution_takes_the_place_of_the_one_before(home: Workspace) -> None:
    first = first_steps.resolve(home, "study 5 days a week", None)
    other = first_steps.resolve(home, "study 3 days a week", first.resolution.id)
    assert [each.resolution.id for each in resolutions(home)] == [other.resolution.id]
    with pytest.raises(UsageError):
        first_steps.resolve(home, "0 hours of rag by June", other.resolution.id)
    assert [each.resolution.id for each in resolutions(home)] == [other.resolution.id]
    assert undoing.undo(home) == "resolved “study 3 days a week” instead"
    assert [each.resolution.id for each in resolutions(home)] == [first.resolution.id]


def test_cue_and_reminder_are_kept_in_one_step(home: Workspace) -> None:
    chosen = Moment(cue="my lunch", rule="daily 12:30", condition="always", reminder=None)
    kept = first_steps.keep_moment(home, chosen)
    assert first_steps.moment(home) == Moment(
        cue="after my lunch", rule="daily 12:30", condition="always", reminder=kept
    )
    assert first_steps.keep_moment(home, chosen.replace(rule="daily 12:45", reminder=kept)) == kept
    assert [each.reminder.rule.text for each in reminding.reminders(home)] == ["daily 12:45"]
    undoing.undo(home)
    assert undoing.undo(home) == "set the cue to “after my lunch” and added the reminder daily 12:30"
    assert first_steps.moment(home) == Moment(cue="", rule="", condition="not-studied", reminder=None)


def test_a_rule_that_cannot_be_read_keeps_nothing(home: Workspace) -> None:
    with pytest.raises(UsageError):
        first_steps.keep_moment(home, Moment(cue="lunch", rule="daily", condition="always", reminder=None))
    assert first_steps.moment(home).cue == ""
    assert first_steps.is_new(home)


@pytest.mark.parametrize(
    ("typed", "cue"),
    [
        ("my coffee", "after my coffee"),
        ("  After   lunch ", "After lunch"),
        ("when the house is quiet", "when the house is quiet"),
        ("", ""),
    ],
)
def test_a_cue(typed: str, cue: str) -> None:
    assert first_steps.cue_of(typed) == cue


@pytest.mark.parametrize(
    ("rule", "says", "warning"),
    [
        ("weekdays 7:35", "next: Tue 24 Nov 07:35, then Wed, Thu, Fri, Mon", ""),
        ("sun 18:00", "next: Sun 29 Nov 18:00, then Sun 6 Dec", ""),
        ("daily 6:00", "next: Tue 24 Nov 06:00, then Wed, Thu, Fri, Sat", f"06:00 {QUIET}: it waits until 07:00"),
        ("daily 23:30", "next: Mon 23 Nov 23:30, then Tue, Wed, Thu, Fri", f"23:30 {QUIET}: it would never come"),
    ],
)  # fmt: skip
def test_when_a_reminder_comes(home: Workspace, rule: str, says: str, warning: str) -> None:
    found = first_steps.outlook(home, rule)
    assert (found.says, found.warning) == (says, warning)
