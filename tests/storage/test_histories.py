"""Random histories through the services: totals, states, undo and redo hold after every step."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from learnhabit.clock import FrozenClock
from learnhabit.domain.session import Session
from learnhabit.errors import LearnhabitError
from learnhabit.services import editing, planning, topics, tracking
from learnhabit.services.habit import habit
from learnhabit.services.log import NO_FILTER, log_count, log_page
from learnhabit.services.settings import set_setting
from learnhabit.services.undoing import redo, undo
from learnhabit.services.workspace import Workspace, open_workspace
from learnhabit.storage.store import UNDO_STEPS
from tests.storage.support import assert_sound, assert_states_fresh, copy_home, rows, sizes

Rows = dict[str, list[dict[str, Any]]]
BEGIN = datetime(2026, 10, 20, 20, 0, tzinfo=UTC)
STEPS = 40

topic_names = st.sampled_from(["rag", "evaluation", "lora"])
days = st.integers(0, 25)
minutes = st.integers(1, 100)
numbers = st.integers(0, 1000)
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


def same(found: Rows, wanted: Rows) -> None:
    """The same rows; the timer may have been paused, and is the same by what it was started with."""

    def core(content: Rows) -> Rows:
        fixed = ("id", "topic", "note", "tags", "started_at")
        return {**content, "timer": [{name: row[name] for name in fixed} for row in content["timer"]]}

    assert core(found) == core(wanted)


class History(RuleBasedStateMachine):
    """A folder, a clock that goes on, and what undo and redo have to bring back."""

    made: Path
    scratch: Path

    @initialize()
    def begin(self) -> None:
        self.home = self.scratch / "home"
        copy_home(self.made, self.home)
        self.now = BEGIN
        self.done: list[tuple[Rows, Rows]] = []
        self.undone: list[tuple[Rows, Rows]] = []

    def teardown(self) -> None:
        shutil.rmtree(self.home)

    def workspace(self) -> Workspace:
        return open_workspace(str(self.home), FrozenClock(self.now))

    def sessions(self) -> tuple[Session, ...]:
        with self.workspace() as workspace:
            return log_page(workspace, NO_FILTER, None, older=True, limit=10_000).sessions

    def timing(self) -> bool:
        return bool(rows(self.home)["timer"])

    def change(self, work: Callable[[Workspace], object], *, step: bool = True) -> None:
        """Do a change that may be refused; one that worked is a step to undo, if it is of that kind."""
        before, everything = rows(self.home), rows(self.home, tombstones=True)
        try:
            with self.workspace() as workspace:
                work(workspace)
        except LearnhabitError:
            assert rows(self.home, tombstones=True) == everything
            return
        self.undone = []
        if step:
            self.done = [*self.done, (before, rows(self.home))][-UNDO_STEPS:]

    def day(self, ago: int) -> str:
        return (self.now.date() - timedelta(days=ago)).isoformat()

    @rule(minutes=st.one_of(minutes, st.integers(100, 5000)))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(minutes=minutes, topic=topic_names, ago=days, hour=st.integers(0, 23), note=texts, tag=st.sampled_from("abA"))
    def log(self, minutes: int, topic: str, ago: int, hour: int, note: str, tag: str) -> None:
        at = f"{self.day(ago)} {hour}:{minutes % 60:02}"
        self.change(lambda w: tracking.log(w, [f"{minutes}m", topic], at=at, note=note, tags=[tag], takeaway=note))

    @rule(minutes=minutes, topic=topic_names)
    def log_now(self, minutes: int, topic: str) -> None:
        self.change(lambda w: tracking.log(w, [f"{minutes}m", topic]))

    @precondition(lambda self: self.sessions())
    @rule(
        which=numbers,
        ago=st.none() | days,
        minutes=st.none() | minutes,
        topic=st.none() | topic_names,
        note=st.none() | texts,
        tags=st.none() | st.lists(st.sampled_from("abcA"), max_size=3),
    )
    def edit(
        self, which: int, ago: int | None, minutes: int | None, topic: str | None, note: str | None, tags: Any
    ) -> None:
        at = None if ago is None else f"{self.day(ago)} 9:00"
        duration = None if minutes is None else f"{minutes}m"
        self.change(
            lambda w: editing.edit(w, self.pick(which), at=at, duration=duration, topic=topic, note=note, tags=tags)
        )

    @precondition(lambda self: self.sessions())
    @rule(which=numbers, ago=days)
    def move(self, which: int, ago: int) -> None:
        self.change(lambda w: editing.move(w, self.pick(which), self.day(ago)))

    @precondition(lambda self: self.sessions())
    @rule(which=numbers)
    def split(self, which: int) -> None:
        session = next(each for each in self.sessions() if each.id == self.pick(which))
        middle = datetime.fromtimestamp((session.started_at + session.ended_at) // 2, UTC)
        self.change(lambda w: editing.split(w, session.id, f"{middle:%H:%M}"))

    @precondition(lambda self: len(self.sessions()) > 1)
    @rule(which=numbers, twins=st.booleans())
    def merge(self, which: int, twins: bool) -> None:
        pairs = [
            (one.id, other.id)
            for one, other in itertools.permutations(self.sessions(), 2)
            if not twins or (one.topic, one.study_day) == (other.topic, other.study_day)
        ]
        if pairs:
            self.change(lambda w: editing.merge(w, *pairs[which % len(pairs)]))

    @precondition(lambda self: self.sessions())
    @rule(which=numbers)
    def delete(self, which: int) -> None:
        self.change(lambda w: editing.delete(w, self.pick(which)))

    @rule(cadence=st.sampled_from(["1", "3", "5", "7", "mon,wed"]), minimum=st.none() | minutes)
    def cadence(self, cadence: str, minimum: int | None) -> None:
        amount = None if minimum is None else f"{minimum}m"
        self.change(lambda w: planning.set_plan(w, cadence=cadence, minimum=amount))

    @rule(ago=st.integers(-5, 25), length=st.integers(0, 8), why=texts)
    def time_off(self, ago: int, length: int, why: str) -> None:
        self.change(lambda w: planning.add_time_off(w, self.day(ago), self.day(ago - length), why))

    @rule()
    def remove_time_off(self) -> None:
        self.change(lambda w: planning.remove_time_off(w, "last"))

    @rule(
        setting=st.sampled_from(
            [("day_start", "00:00"), ("day_start", "06:30"), ("week_start", "sun"), ("clock", "12")]
        )
    )
    def setting(self, setting: tuple[str, str]) -> None:
        self.change(lambda w: set_setting(w, *setting))

    @rule(title=st.sampled_from(["Rust", "Rust!", "Zig"]))
    def topic(self, title: str) -> None:
        self.change(lambda w: topics.add_topic(w, title))

    @rule(topic=topic_names, note=texts, ago=st.integers(0, 30))
    def start(self, topic: str, note: str, ago: int) -> None:
        self.change(lambda w: tracking.start(w, [topic], at=f"-{ago}m" if ago else None, note=note, tags=["t"]))

    @precondition(lambda self: self.timing())
    @rule(topic=topic_names)
    def switch(self, topic: str) -> None:
        self.change(lambda w: tracking.switch(w, [topic]))

    @precondition(lambda self: self.timing())
    @rule(decision=st.sampled_from([None, "keep", "trim"]), note=st.none() | texts)
    def stop(self, decision: str | None, note: str | None) -> None:
        seconds = 60 if decision == "trim" else None
        self.change(lambda w: tracking.stop(w, decision=decision, trim_seconds=seconds, note=note))

    @precondition(lambda self: self.timing())
    @rule()
    def cancel(self) -> None:
        self.change(tracking.cancel)

    @precondition(lambda self: self.timing())
    @rule()
    def pause(self) -> None:
        self.change(tracking.pause, step=False)

    @precondition(lambda self: self.timing())
    @rule()
    def resume(self) -> None:
        self.change(tracking.resume, step=False)

    @precondition(lambda self: self.timing())
    @rule()
    def heartbeat(self) -> None:
        kept = self.undone
        self.change(tracking.heartbeat, step=False)
        self.undone = kept

    @rule()
    def look(self) -> None:
        with self.workspace() as workspace:
            habit(workspace)

    @precondition(lambda self: self.done)
    @rule(steps=st.integers(1, 6), again=st.integers(0, 7))
    def undo_and_redo(self, steps: int, again: int) -> None:
        for _ in range(steps):
            self.back(undo, self.done, self.undone, 0)
        for _ in range(again):
            self.back(redo, self.undone, self.done, 1)

    @rule()
    def redo(self) -> None:
        self.back(redo, self.undone, self.done, 1)

    def back(self, work: Callable[[Workspace], str], source: Any, target: Any, side: int) -> None:
        try:
            with self.workspace() as workspace:
                work(workspace)
        except LearnhabitError:
            assert not source
            return
        step = source.pop()
        target.append(step)
        same(rows(self.home), step[side])

    def pick(self, which: int) -> str:
        sessions = self.sessions()
        return sessions[which % len(sessions)].id

    @invariant()
    def all_agree(self) -> None:
        assert_sound(self.home)
        with self.workspace() as workspace:
            assert_states_fresh(workspace)
            count = log_count(workspace, NO_FILTER)
        sessions = self.sessions()
        assert (count.sessions, count.seconds) == (len(sessions), sum(each.seconds for each in sessions))


@sizes(8, 200)
def test_histories(made_home: Path, scratch: Path, size: int) -> None:
    History.made, History.scratch = made_home, scratch
    run_state_machine_as_test(
        History,
        settings=settings(
            max_examples=size,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )
