"""Somebody who uses every part of the program: one deed after another, none of which needs to work out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import strategies as st

from learnhabit.clock import FrozenClock
from learnhabit.errors import LearnhabitError
from learnhabit.services import (
    advising,
    cards,
    editing,
    offers,
    planning,
    recall,
    reminding,
    resolving,
    resources,
    reviewing,
    suggesting,
    topics,
    tracking,
    undoing,
)
from learnhabit.services.looking_back import look_back
from learnhabit.services.recall_values import Sitting
from learnhabit.services.settings import set_setting
from learnhabit.services.workspace import Workspace, open_workspace

BEGIN = datetime.fromisoformat("2026-11-16T08:00:00+01:00")
TOPICS = ("rag", "lora", "agents", "Rust", "Zig")
TEXTS = ("", "a note", "z\u0301 \u202eü\x1b[31m\u2028", "=1+1\nline two", "🜁 “quoted”")
RULES = ("daily 19:30", "weekdays 7am", "every 2 weeks on sun 18:00", "last day of the month 9:00")
VALUES = (
    *(("day_start", "05:30"), ("week_start", "sun"), ("clock", "12"), ("cue", "after tea"), ("catch_up", "2h")),
    *(("quiet_hours", "off"), ("bell", "on"), ("recall_limit", "4"), ("partner", "Ada"), ("day_start", "00:00")),
)
_sittings: dict[int, Sitting] = {}


def _some(workspace: Workspace, table: str, n: int) -> str:
    rows = workspace.store.all(f"SELECT id FROM {table} WHERE deleted_at IS NULL ORDER BY seq")
    return str(rows[n % len(rows)][0]) if rows else "none"


def _log(w: Workspace, n: int) -> object:
    return tracking.log(
        w,
        [f"{5 + n * 7}m", TOPICS[n % 5]],
        at=f"-{n * 400}m" if n else None,
        note=TEXTS[n % 5],
        tags=["a", "B b"][: n % 3],
        takeaway=TEXTS[(n + 2) % 5],
        resource=_some(w, "resource", n * 31) if n % 3 == 0 else None,
    )


def _grade(w: Workspace, n: int) -> object:
    sitting = _sittings.setdefault(n, Sitting())
    return recall.grade_card(w, _some(w, "card", n), 1 + n % 4, answer="So", shown_at=w.now - 20, sitting=sitting)


def _day(w: Workspace, n: int) -> str:
    return (w.today - timedelta(days=n)).isoformat()


DEEDS: dict[str, Callable[[Workspace, int], object]] = {
    "log": _log,
    "log more": _log,
    "start": lambda w, n: tracking.start(w, [TOPICS[n % 5]], at=f"-{n}m" if n else None, note=TEXTS[n % 5], tags=["t"]),
    "pause": lambda w, n: tracking.pause(w) if n % 2 else tracking.resume(w),
    "stop": lambda w, n: tracking.stop(w, takeaway=TEXTS[n % 5], decision="keep" if n % 2 else None),
    "edit": lambda w, n: editing.edit(w, _some(w, "session", n), note=TEXTS[n % 5], tags=["x"] if n % 2 else []),
    "move": lambda w, n: editing.move(w, _some(w, "session", n), _day(w, n)),
    "delete": lambda w, n: editing.delete(w, _some(w, "session", n)),
    "star": lambda w, n: editing.star(w, _some(w, "session", n)),
    "merge": lambda w, n: editing.merge(w, _some(w, "session", n), _some(w, "session", n + 1)),
    "undo": lambda w, n: undoing.undo(w),
    "redo": lambda w, n: undoing.redo(w),
    "resolve": lambda w, n: resolving.add_resolution(
        w,
        ("100 h of rag", "5 days a week", "12 papers by June", "30 posts", "Pass the exam this year")[n % 5],
        cue=TEXTS[n % 2],
    ),
    "target": lambda w, n: resolving.set_target(w, _some(w, "resolution", n), str(20 + n)),
    "check in": lambda w, n: resolving.check_in(w, _some(w, "resolution", n), on=_day(w, n % 3)),
    "let go": lambda w, n: resolving.let_go(w, _some(w, "resolution", n), "enough"),
    "drop": lambda w, n: resolving.delete_resolution(w, _some(w, "resolution", n)),
    "topic": lambda w, n: topics.add_topic(w, ("Rust", "Zig", "Rust!")[n % 3], ["rs"] if n % 2 else []),
    "follow": lambda w, n: topics.follow_topic(w, TOPICS[n % 5]) if n % 3 else topics.unfollow_topic(w, TOPICS[n % 5]),
    "archive": lambda w, n: topics.archive_topic(w, TOPICS[n % 5]),
    "rename": lambda w, n: topics.edit_topic(w, TOPICS[n % 5], first_step=f"Step {n}", why=TEXTS[n % 5]),
    "resource": lambda w, n: resources.add_resource(
        w, TOPICS[n % 5], f"Paper {n}", url="https://example.org/a?b=c", minutes="90"
    ),
    "progress": lambda w, n: resources.set_progress(w, _some(w, "resource", n * 17), f"{n * 11}%"),
    "finish": lambda w, n: resources.finish_resource(w, _some(w, "resource", n * 17), on=_day(w, n)),
    "order": lambda w, n: resources.move_resource(w, _some(w, "resource", n * 17), 1 - n % 3),
    "retitle": lambda w, n: resources.edit_resource(w, _some(w, "resource", n * 17), title=f"Title {n}"),
    "card": lambda w, n: cards.add_card(w, TOPICS[n % 5], f"Question {n}? {TEXTS[n % 5]}", f"Answer {TEXTS[n % 5]}"),
    "questions": lambda w, n: cards.add_question_cards(w, TOPICS[n % 3]),
    "grade": lambda w, n: recall.grade_card(
        w,
        _some(w, "card", n),
        1 + n % 4,
        answer="Written",
        shown_at=w.now - 20,
        sitting=_sittings.setdefault(n, Sitting()),
    ),
    "suspend": lambda w, n: cards.suspend_card(w, _some(w, "card", n)),
    "forget": lambda w, n: cards.delete_card(w, _some(w, "card", n)),
    "remind": lambda w, n: reminding.add_reminder(
        w,
        ("daily 19:30", "weekdays 7am", "every 2 weeks on sun 18:00", "last day of the month 9:00")[n % 4],
        text="Go!",
    ),
    "remind off": lambda w, n: reminding.disable_reminder(w, _some(w, "reminder", n)),
    "remind later": lambda w, n: reminding.skip(w, _some(w, "reminder", n)),
    "remind else": lambda w, n: reminding.edit_reminder(w, _some(w, "reminder", n), rule="mon 20:15"),
    "time off": lambda w, n: planning.add_time_off(w, _day(w, n - 4), _day(w, n - 6), TEXTS[n % 5]),
    "work on": lambda w, n: planning.remove_time_off(w, "last"),
    "cadence": lambda w, n: planning.set_plan(w, cadence=("3", "mon,wed", "7")[n % 3], minimum=f"{5 + n}m"),
    "goal": lambda w, n: planning.set_plan(w, goal=f"{30 + n}m"),
    "setting": lambda w, n: set_setting(w, *VALUES[n]),
    "review": lambda w, n: reviewing.write_review(w, "last" if n % 2 else "this", f"Went on. {TEXTS[n % 5]}"),
    "answer": lambda w, n: look_back(w, 2026, {("worked", "changed")[n % 2]: TEXTS[n % 5]}, {}),
    "not now": lambda w, n: suggesting.dismiss_topic(w, TOPICS[n % 5]),
    "hide": lambda w, n: advising.hide_advice(w, _some(w, "advice", n)),
    "offer": lambda w, n: offers.take_offer(w, f"review:2026-11-{10 + n}"),
}
"""What may be done, each with a number from 0 to 9 that says which and how."""

deeds = st.lists(
    st.tuples(st.sampled_from(sorted(DEEDS)), st.integers(0, 9), st.sampled_from([0, 1, 30, 300, 1440])),
    min_size=5,
    max_size=40,
)
"""(deed, number, minutes until then)"""


def live(home: Path, steps: Sequence[tuple[str, int, int]], now: datetime = BEGIN) -> datetime:
    """Do one after another; the moment at which it ends."""
    _sittings.clear()
    for deed, number, minutes in steps:
        now += timedelta(minutes=minutes, seconds=1)
        with open_workspace(str(home), FrozenClock(now)) as workspace:
            try:
                DEEDS[deed](workspace, number)
            except LearnhabitError:
                continue
    return now
