"""What becomes of a reminder that is due, minute by minute, with a notifier that only writes down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from learnhabit.domain.reminder import Delivery
from learnhabit.errors import LearnhabitError, UsageError
from learnhabit.notify.notifier import Notice, NotSentError
from learnhabit.services.agent import outlook
from learnhabit.services.cards import add_card
from learnhabit.services.delivering import Tick, tick
from learnhabit.services.planning import add_time_off
from learnhabit.services.reminding import (
    add_reminder,
    coming,
    delete_reminder,
    deliveries,
    disable_reminder,
    edit_reminder,
    enable_reminder,
    reminder_view,
    reminders,
    skip,
    snooze,
)
from learnhabit.services.resolving import add_resolution, edit_resolution
from learnhabit.services.reviewing import write_review
from learnhabit.services.settings import set_setting
from learnhabit.services.tracking import log, start
from learnhabit.services.undoing import redo, undo
from learnhabit.services.workspace import Workspace
from tests.services.support import at

DAY = "2026-11-23"
"""A Monday."""


class Recorder:
    """A notifier that keeps what it gets, and fails as often as it is told to."""

    def __init__(self, failures: int = 0) -> None:
        self.notices: list[Notice] = []
        self.failures = failures

    def send(self, notice: Notice) -> None:
        if self.failures:
            self.failures -= 1
            raise NotSentError("No notification service is running", "start one")
        self.notices.append(notice)


class Place:
    """A folder at moments of 23 November 2026 (`19:30`) or of another day (`2026-11-24 19:30`)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.recorder = Recorder()

    def at(self, moment: str) -> Workspace:
        text = moment if " " in moment else f"{DAY} {moment}"
        text = text if text.count(":") == 2 else f"{text}:00"
        return at(self.folder, f"{text.replace(' ', 'T')}+01:00")

    def tick(self, moment: str) -> Tick:
        with self.at(moment) as workspace:
            return tick(workspace, self.recorder)

    def do(self, moment: str, deed: Callable[[Workspace], object]) -> object:
        with self.at(moment) as workspace:
            return deed(workspace)

    def log(self) -> list[tuple[str, str, str]]:
        """(occurrence, state, reason) of every delivery, oldest first."""
        with self.at("2027-12-31 12:00") as workspace:
            return [
                (f"{each.occurrence:%d %H:%M}", each.state, each.reason) for each in reversed(deliveries(workspace))
            ]

    def sent(self) -> list[str]:
        return [notice.title for notice in self.recorder.notices]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def added(place: Place, rule: str = "daily 19:30", condition: str = "not-studied", text: str = "Study") -> None:
    place.do("12:00", lambda workspace: add_reminder(workspace, rule, condition, text))


def test_it_comes_once(place: Place) -> None:
    added(place)
    assert place.tick("19:29:59").ended == ()
    assert [each.state for each in place.tick("19:30").ended] == ["sent"]
    for later in ("19:30:30", "19:31", "21:00", "2026-11-24 19:29"):
        assert place.tick(later) == Tick(ended=(), waiting=())
    assert [each.state for each in place.tick("2026-11-24 19:30").ended] == ["sent"]
    assert place.sent() == ["Study", "Study"]


def test_the_first_time_is_the_first_one_after_it_was_added(place: Place) -> None:
    place.do("19:30", lambda workspace: add_reminder(workspace, "daily 19:30"))
    place.tick("19:31")
    assert place.log() == []
    place.tick("2026-11-24 19:30")
    assert [each[0] for each in place.log()] == ["24 19:30"]


def test_not_when_it_is_already_done(place: Place) -> None:
    added(place)
    place.do("18:00", lambda workspace: log(workspace, ["32m", "rag"]))
    place.tick("19:30")
    assert place.log() == [("23 19:30", "skipped", "32 min are logged today already")]


def test_a_running_timer_counts_as_well(place: Place) -> None:
    added(place)
    place.do("19:18", lambda workspace: start(workspace, ["rag"]))
    place.tick("19:30")
    assert place.log() == [("23 19:30", "skipped", "with the running timer it is 12 min today already")]


def test_a_timer_that_was_forgotten_yesterday_is_not_of_today(place: Place) -> None:
    added(place)
    place.do("2026-11-23 23:00", lambda workspace: start(workspace, ["rag"]))
    place.tick("2026-11-24 19:30")
    assert place.sent() == ["Study"]


def test_what_is_said_steers_no_terminal(place: Place) -> None:
    added(place, condition="behind", text="")
    with place.at("12:00") as workspace:
        made, _ = add_resolution(workspace, "100 hours of rag by 31 Dec")
        edit_resolution(workspace, made.resolution.id, statement="100 h \x1b]52;c;aGk=\x07 \u202eof rag")
    place.tick("2026-11-29 19:30")
    [notice] = place.recorder.notices
    assert "100 h" in notice.title
    assert not set("\x1b\x07\u202e\n") & set(notice.title + notice.body)


def test_little_is_not_enough(place: Place) -> None:
    added(place)
    place.do("18:00", lambda workspace: log(workspace, ["5m", "rag"]))
    place.do("19:27", lambda workspace: start(workspace, ["rag"]))
    place.tick("19:30")
    assert place.sent() == ["Study"]


@pytest.mark.parametrize("condition", ["not-studied", "run-at-risk", "behind", "weekly-review", "recall-due"])
def test_on_paused_days_only_always_speaks(place: Place, condition: str) -> None:
    added(place, condition=condition)
    added(place, condition="always", text="Whatever comes")
    place.do("12:00", lambda workspace: add_time_off(workspace, "today", None, "holiday"))
    place.tick("19:30")
    assert place.sent() == ["Whatever comes"]
    assert ("23 19:30", "skipped", "it is time off") in place.log()


def test_the_run_at_risk(place: Place) -> None:
    added(place, condition="run-at-risk")
    place.tick("19:30")
    assert place.log()[-1][2] == "there is no run to keep"
    for day in range(23, 27):
        place.do(f"2026-11-{day} 20:00", lambda workspace: log(workspace, ["20m", "rag"]))
    place.tick("2026-11-27 19:30")
    assert place.log()[-1] == ("27 19:30", "skipped", "the run has 2 safe days left")
    place.tick("2026-11-28 19:30")
    assert place.log()[-1] == ("28 19:30", "skipped", "the run has 1 safe day left")
    place.tick("2026-11-29 19:30")
    assert place.sent() == ["Study"]
    place.do("2026-11-30 10:00", lambda workspace: log(workspace, ["20m", "rag"]))
    place.tick("2026-11-30 19:30")
    assert place.log()[-1][2] == "today is counted already"


def test_a_resolution_behind(place: Place) -> None:
    added(place, condition="behind", text="")
    place.do("12:00", lambda workspace: add_resolution(workspace, "100 hours of rag by 31 Dec"))
    place.tick("19:30")
    assert place.log()[-1][2] == "no resolution is behind"
    place.tick("2026-11-29 19:30")
    assert place.sent() == ["A small piece for “100 hours of rag by 31 Dec”"]


def test_the_weekly_review(place: Place) -> None:
    added(place, condition="weekly-review", text="")
    place.tick("19:30")
    assert place.log()[-1][1] == "skipped"
    place.do("20:00", lambda workspace: log(workspace, ["20m", "rag"]))
    place.tick("2026-11-30 19:30")
    assert place.sent() == ["Look back at the week, and adjust one thing"]
    place.do("2026-12-01 12:00", lambda workspace: write_review(workspace, "last", "Mornings worked."))
    place.tick("2026-12-01 19:30")
    assert place.log()[-1][1:] == ("skipped", "there is no week to look back on, or its review is written")


def test_cards_to_recall(place: Place) -> None:
    added(place, condition="recall-due", text="")
    place.tick("19:30")
    assert place.log()[-1][2] == "no recall card is due"
    for number in range(3):
        place.do("20:00", lambda workspace, n=number: add_card(workspace, "rag", f"Q{n}", "A"))  # type: ignore[misc]
    place.tick("2026-11-24 19:30")
    assert place.sent() == ["3 cards to recall, about 2 min"]


def test_without_words_of_its_own_it_names_the_cue_and_the_next_step(place: Place) -> None:
    added(place, text="")
    place.do("12:00", lambda workspace: set_setting(workspace, "cue", "after my morning coffee"))
    place.tick("19:30")
    [notice] = place.recorder.notices
    assert notice.title.startswith("Ten minutes of ")
    assert notice.body.startswith("After your morning coffee, ")


def test_a_late_one_comes_within_three_hours(place: Place) -> None:
    added(place, rule="daily 13:00")
    place.tick("16:00")
    assert place.log() == [("23 13:00", "sent", "180 min late")]
    place.tick("2026-11-24 16:00:01")
    assert place.log()[-1] == ("24 13:00", "expired", "it was too late")


def test_it_expires_with_its_study_day(place: Place) -> None:
    place.do("12:00", lambda workspace: set_setting(workspace, "quiet_hours", "off"))
    added(place, rule="daily 2:00")
    place.tick("2026-11-24 04:30")
    assert place.log() == [("24 02:00", "expired", "its day was over")]


def test_of_several_that_were_missed_the_newest_comes(place: Place) -> None:
    added(place)
    place.tick("2026-11-27 20:00")
    assert [each[:2] for each in place.log()] == [
        ("23 19:30", "expired"),
        ("24 19:30", "expired"),
        ("25 19:30", "expired"),
        ("26 19:30", "expired"),
        ("27 19:30", "sent"),
    ]


def test_another_catch_up_window(place: Place) -> None:
    added(place, rule="daily 13:00")
    place.do("12:00", lambda workspace: set_setting(workspace, "catch_up", "10m"))
    place.tick("13:10:01")
    assert place.log()[-1][1] == "expired"


def test_quiet_hours_hold_it_and_the_window_counts_from_their_end(place: Place) -> None:
    place.do("12:00", lambda workspace: set_setting(workspace, "quiet_hours", "13:00-17:00"))
    added(place, rule="daily 13:30")
    for moment in ("13:30", "14:30", "16:59"):
        assert [each.state for each in place.tick(moment).waiting] in ([], ["pending"])
    assert place.log() == [("23 13:30", "pending", "quiet hours until 17:00")]
    place.tick("19:59")
    assert place.log() == [("23 13:30", "sent", "quiet hours until 17:00")]
    place.tick("2026-11-24 20:00:01")
    assert place.log()[-1][1] == "expired"


def test_at_night_it_expires_with_the_day(place: Place) -> None:
    added(place, rule="daily 22:30")
    place.tick("22:30")
    place.tick("2026-11-24 07:00")
    assert place.log() == [("23 22:30", "expired", "quiet hours until 07:00")]


def test_before_the_morning_it_waits_for_it(place: Place) -> None:
    added(place, rule="daily 5:00")
    place.tick("2026-11-24 05:00")
    place.tick("2026-11-24 07:00")
    assert place.log() == [("24 05:00", "sent", "quiet hours until 07:00")]


def test_a_failure_is_tried_again_with_patience_and_given_up(place: Place) -> None:
    added(place)
    place.recorder.failures = 99
    place.tick("19:30")
    assert place.tick("19:30:59").waiting == ()
    moments = ["19:31", "19:33", "19:37"]
    for moment in moments:
        assert [each.state for each in place.tick(moment).waiting] == ["pending"], moment
        assert place.tick(moment).waiting == ()
    assert [(each.state, each.attempts) for each in place.tick("19:45").ended] == [("failed", 5)]
    assert place.log() == [("23 19:30", "failed", "No notification service is running")]
    assert place.tick("20:30").ended == ()


def test_a_failure_and_then_success(place: Place) -> None:
    added(place)
    place.recorder.failures = 1
    place.tick("19:30")
    place.tick("19:31")
    assert place.sent() == ["Study"]
    assert place.log() == [("23 19:30", "sent", "No notification service is running")]


def test_a_condition_that_is_met_meanwhile_ends_the_tries(place: Place) -> None:
    added(place)
    place.recorder.failures = 1
    place.tick("19:30")
    place.do("19:30:30", lambda workspace: log(workspace, ["20m", "rag"]))
    place.tick("19:31")
    assert place.sent() == []
    assert place.log()[-1][1] == "skipped"


class Dies:
    """A process that ends while it sends."""

    def __init__(self, *, before: bool, recorder: Recorder) -> None:
        self.before = before
        self.recorder = recorder

    def send(self, notice: Notice) -> None:
        if not self.before:
            self.recorder.send(notice)
        raise KeyboardInterrupt


@pytest.mark.parametrize("before", [True, False])
def test_a_crash_repeats_it_once_at_most_and_loses_nothing(place: Place, *, before: bool) -> None:
    added(place)
    with pytest.raises(KeyboardInterrupt), place.at("19:30") as workspace:
        tick(workspace, Dies(before=before, recorder=place.recorder))
    # For a minute it belongs to whoever died.
    assert place.tick("19:30:59") == Tick(ended=(), waiting=())
    place.tick("19:31")
    assert len(place.sent()) == (1 if before else 2)
    assert place.log()[-1][1] == "sent"


def test_who_dies_each_time_is_given_up(place: Place) -> None:
    added(place)
    moment = datetime(2026, 11, 23, 19, 30)
    for _ in range(5):
        with pytest.raises(KeyboardInterrupt), place.at(f"{moment:%Y-%m-%d %H:%M}") as workspace:
            tick(workspace, Dies(before=True, recorder=place.recorder))
        moment += timedelta(minutes=1)
    place.tick(f"{moment:%Y-%m-%d %H:%M}")
    assert place.log() == [("23 19:30", "failed", "whoever tried did not come back")]


def test_snoozing_moves_this_time_only(place: Place) -> None:
    added(place)
    place.tick("19:30")
    place.do("19:32", lambda workspace: snooze(workspace, None, "10m"))
    assert place.tick("19:41").ended == ()
    place.tick("19:42")
    assert place.sent() == ["Study", "Study"]
    assert place.log() == [("23 19:30", "sent", "put off until 19:42")]
    place.tick("2026-11-24 19:30")
    assert len(place.sent()) == 3


@pytest.mark.parametrize(
    ("until", "moment"),
    [("1h", "20:32"), ("tomorrow", "2026-11-24 13:30"), ("45m", "20:17")],
)
def test_snoozing_until(place: Place, until: str, moment: str) -> None:
    added(place, rule="mon 13:30")
    place.tick("13:30")
    delivery, wall = _snooze(place, "19:32", until)
    assert (delivery.state, f"{wall:%Y-%m-%d %H:%M}") == ("snoozed", moment if " " in moment else f"{DAY} {moment}")
    place.tick(moment)
    assert len(place.sent()) == 2


def test_tonight_is_eight_o_clock(place: Place) -> None:
    added(place, rule="mon 13:30")
    place.tick("13:30")
    assert f"{_snooze(place, '13:32', 'tonight')[1]:%H:%M}" == "20:00"
    with pytest.raises(LearnhabitError, match="evening already"):
        _snooze(place, "20:00", "tonight")


def test_a_snooze_into_the_night_waits_for_the_morning(place: Place) -> None:
    added(place, rule="mon 21:30")
    place.tick("21:30")
    assert f"{_snooze(place, '21:45', '1h')[1]:%Y-%m-%d %H:%M}" == "2026-11-24 07:00"
    place.tick("2026-11-24 07:00")
    assert len(place.sent()) == 2


def test_there_is_not_always_something_to_snooze(place: Place) -> None:
    with pytest.raises(LearnhabitError, match="nothing to put off"):
        _snooze(place, "12:00", "10m")
    added(place)
    place.tick("19:30")
    with pytest.raises(UsageError, match="says not until when"):
        _snooze(place, "19:31", "whenever")
    with pytest.raises(LearnhabitError, match="nothing to put off"):
        _snooze(place, "2026-11-24 12:00", "10m")


def _snooze(place: Place, moment: str, until: str) -> tuple[Delivery, datetime]:
    with place.at(moment) as workspace:
        return snooze(workspace, None, until)


def test_skipping_leaves_the_next_time_out(place: Place) -> None:
    added(place)
    with place.at("12:00") as workspace:
        view, left_out = skip(workspace, "last")
    assert (f"{left_out:%d %H:%M}", f"{view.next_due:%d %H:%M}") == ("23 19:30", "24 19:30")
    place.tick("19:30")
    place.tick("2026-11-24 19:30")
    assert [each[:2] for each in place.log()] == [("23 19:30", "skipped"), ("24 19:30", "sent")]


def test_what_was_left_out_stays_so_when_it_is_switched_off_and_on(place: Place) -> None:
    added(place)
    place.do("12:00", lambda workspace: skip(workspace, "last"))
    place.do("12:01", lambda workspace: disable_reminder(workspace, "last"))
    with place.at("12:02") as workspace:
        assert f"{enable_reminder(workspace, 'last').next_due:%d %H:%M}" == "24 19:30"
    place.tick("19:30")
    assert place.sent() == []


def test_what_is_off_or_deleted_keeps_silent(place: Place) -> None:
    added(place)
    place.do("12:00", lambda workspace: disable_reminder(workspace, "last"))
    place.tick("19:30")
    assert place.log() == []
    place.do("19:31", lambda workspace: enable_reminder(workspace, "last"))
    place.tick("19:32")
    assert place.log() == []
    place.do("19:33", lambda workspace: delete_reminder(workspace, "last"))
    place.tick("2026-11-24 19:30")
    assert place.log() == []
    place.do("2026-11-24 19:31", undo)
    place.tick("2026-11-25 19:30")
    assert [each[:2] for each in place.log()] == [("25 19:30", "sent")]


def test_one_that_is_switched_off_while_it_waits_is_not_sent(place: Place) -> None:
    added(place)
    place.recorder.failures = 1
    place.tick("19:30")
    place.do("19:30:30", lambda workspace: disable_reminder(workspace, "last"))
    place.tick("19:31")
    assert place.log() == [("23 19:30", "skipped", "the reminder is off")]


def test_editing_one_touches_no_other(place: Place) -> None:
    added(place, text="One")
    added(place, text="Two")
    place.do("12:01", lambda workspace: edit_reminder(workspace, "last", rule="daily 20:00"))
    place.tick("19:30")
    assert place.sent() == ["One"]
    place.tick("20:00")
    assert place.sent() == ["One", "Two"]
    place.do("20:01", lambda workspace: edit_reminder(workspace, "last", text="Three"))
    place.tick("2026-11-24 20:00")
    assert place.sent()[2:] == ["One", "Three"]


def test_another_time_keeps_every_second_sunday(place: Place) -> None:
    added(place, rule="every 2 weeks on sun 18:00")
    place.tick("2026-11-29 18:00")
    place.do("2026-12-01 12:00", lambda workspace: edit_reminder(workspace, "last", rule="every 2 weeks on sun 9:00"))
    with place.at("2026-12-01 12:00") as workspace:
        assert f"{reminders(workspace)[0].next_due:%Y-%m-%d %H:%M}" == "2026-12-13 09:00"


def test_undo_and_redo_of_an_edit_lose_and_repeat_nothing(place: Place) -> None:
    added(place)
    place.tick("19:30")
    place.do("19:40", lambda workspace: edit_reminder(workspace, "last", rule="daily 20:00"))
    place.do("19:41", undo)
    place.tick("20:05")
    place.do("20:10", redo)
    place.tick("20:11")
    place.tick("2026-11-24 19:30")
    place.tick("2026-11-24 20:00")
    assert [each[:2] for each in place.log()] == [("23 19:30", "sent"), ("24 20:00", "sent")]


def test_a_flight_neither_repeats_nor_loses(tmp_path: Path) -> None:
    recorder = Recorder()

    def step(moment: str) -> None:
        with at(tmp_path, moment) as workspace:
            tick(workspace, recorder)

    with at(tmp_path, "2026-11-23T12:00:00+01:00") as workspace:
        add_reminder(workspace, "daily 19:30", "always", "Study")
    step("2026-11-23T19:30:00+01:00")
    # West: half past seven comes a second time on the same day.
    step("2026-11-23T19:30:00-05:00")
    assert len(recorder.notices) == 1
    step("2026-11-24T19:30:00-05:00")
    assert len(recorder.notices) == 2
    # East over half past seven: it comes late.
    step("2026-11-25T18:00:00-05:00")
    step("2026-11-26T20:10:00+09:00")
    assert len(recorder.notices) == 3
    with at(tmp_path, "2026-11-27T12:00:00+09:00") as workspace:
        assert [f"{each.occurrence:%d} {each.state}" for each in deliveries(workspace)] == [
            "26 sent",
            "25 expired",
            "24 sent",
            "23 sent",
        ]


def test_what_comes_within_a_week(place: Place) -> None:
    added(place, rule="daily 19:30")
    added(place, rule="sun 18:00")
    with place.at("20:00") as workspace:
        found = [f"{wall:%a %H:%M}" for wall, _ in coming(workspace)]
    assert found == [
        *[f"{day} 19:30" for day in ("Tue", "Wed", "Thu", "Fri", "Sat")],
        "Sun 18:00",
        "Sun 19:30",
    ]


@pytest.mark.parametrize(
    ("rule", "becomes"),
    [
        ("daily 23:00", "it would never come"),
        ("daily 5:00", "it waits until 07:00"),
        ("daily 21:59", ""),
        ("daily 7:00", ""),
    ],
)
def test_a_time_at_night_is_warned_of(place: Place, rule: str, becomes: str) -> None:
    with place.at("12:00") as workspace:
        add_reminder(workspace, rule)
        assert [becomes in each for each in workspace.warnings] == ([True] if becomes else [])
    with place.at("12:00") as workspace:
        said = outlook(workspace, reminder_view(workspace, "last"))
        assert said.endswith(f"within the quiet hours: {becomes}") if becomes else "quiet" not in said
        edit_reminder(workspace, "last", rule="daily 23:30")
        assert "it would never come" in workspace.warnings[0]


def test_when_it_comes_or_why_not(place: Place) -> None:
    added(place)
    with place.at("12:00") as workspace:
        assert outlook(workspace, reminder_view(workspace, "last")) == "comes today at 19:30"
        log(workspace, ["32m", "rag"])
        assert outlook(workspace, reminder_view(workspace, "last")) == (
            "would be skipped today at 19:30: 32 min are logged today already"
        )
        skip(workspace, "last")
        assert outlook(workspace, reminder_view(workspace, "last")) == "is due on Tue 24 Nov 19:30"
        disable_reminder(workspace, "last")
        assert outlook(workspace, reminder_view(workspace, "last")) == "is off"
