"""Two invented years of study with everything a summary can show, the same on every run and machine."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from pathlib import Path
from unittest import mock

from learnhabit.clock import FrozenClock
from learnhabit.services import (
    cards,
    editing,
    looking_back,
    planning,
    recall,
    resolving,
    resources,
    reviewing,
    topics,
    tracking,
)
from learnhabit.services.workspace import Workspace, open_workspace

NOW = datetime.fromisoformat("2026-11-23T20:41:00+01:00")
DECEMBER = datetime.fromisoformat("2026-12-28T20:41:00+01:00")
FIRST = date(2025, 2, 3)
STUDIED = (
    ("fine-tuning", "LoRA, section 4", "Rank 8 is enough more often than one thinks."),
    ("rag", "chunking and rerankers", "Evaluate retrieval before generation."),
    ("evaluation", "judges and their bias", "Read fifty answers before trusting a score."),
    ("multimodal", "contrastive training", "A caption is a weak label."),
    ("compound", "tool calls that fail", "Most failures are failures of the tools."),
    ("prompting", "few shots, good ones", ""),
    ("small", "distillation", ""),
    ("pruning", "what may go", ""),
    ("transparency", "what a model card says", ""),
    ("Weaving", "a topic of my own", "Warp before weft."),
)
WEIGHTS = {2025: (2, 9, 0, 3, 0, 2, 0, 0, 1, 1), 2026: (9, 7, 5, 2, 3, 2, 1, 1, 0, 2)}
MINUTES = (8, 15, 20, 25, 30, 40, 45, 60, 75, 95)
HOURS = (7, 7, 7, 8, 12, 19, 20, 21, 21, 22, 23)
QUIET = ((date(2025, 8, 1), date(2025, 8, 24)), (date(2026, 3, 20), date(2026, 3, 31)))
"""Stretches without study that nobody declared."""


class MovingClock(FrozenClock):
    """A clock that is set from outside."""

    def move(self, moment: datetime) -> None:
        """Stand still at another moment of the same offset."""
        self._now = int(moment.timestamp())


def build(home: Path, until: datetime = NOW) -> None:
    """Fill a folder with the two years up to a moment."""
    chance = random.Random(26)
    clock = MovingClock(NOW.replace(year=2025, month=2, day=3))
    # Without waiting for the disk at each of a thousand changes.
    with (
        mock.patch("os.urandom", chance.randbytes),
        mock.patch("learnhabit.storage.connection._PRAGMAS", _quick()),
        open_workspace(str(home), clock) as workspace,
    ):
        topics.add_topic(workspace, "Weaving")
        for day in (FIRST + timedelta(days=number) for number in range((until.date() - FIRST).days + 1)):
            _day(workspace, clock, chance, day, until)


def _quick() -> tuple[str, ...]:
    from learnhabit.storage import connection

    return tuple(each.replace("EXTRA", "OFF") for each in connection._PRAGMAS)


def _day(workspace: Workspace, clock: MovingClock, chance: random.Random, day: date, until: datetime) -> None:
    noon = NOW.replace(year=day.year, month=day.month, day=day.day, hour=12, minute=0)
    _at(workspace, clock, noon)
    _dated(workspace, day)
    if any(first <= day <= last for first, last in QUIET) or workspace.rules.paused(day):
        return
    eager = 0.5 + 0.3 * (day - FIRST).days / 660
    if chance.random() > (eager if day.weekday() < 5 else eager - 0.3):
        return
    for hour in sorted(chance.sample(HOURS, chance.choice((1, 1, 1, 2)))):
        moment = noon.replace(hour=hour, minute=chance.randrange(60))
        if moment > until:
            continue
        _at(workspace, clock, moment if chance.random() < 0.9 else min(moment + timedelta(hours=30), until))
        topic, note, takeaway = chance.choices(STUDIED, weights=WEIGHTS[day.year])[0]
        said = takeaway if chance.random() < 0.3 else ""
        minutes = chance.choice(MINUTES)
        outcome = tracking.log(
            workspace,
            [f"{minutes}m", topic],
            at=f"{moment - timedelta(minutes=minutes):%Y-%m-%d %H:%M}",
            note=note,
            tags=["paper"] if chance.random() < 0.2 else [],
            takeaway=said,
        )
        if said and chance.random() < 0.08:
            editing.star(workspace, outcome.session.id)


def _at(workspace: Workspace, clock: MovingClock, moment: datetime) -> None:
    clock.move(moment)
    workspace.refresh()


def _dated(workspace: Workspace, day: date) -> None:
    """What happens on one day of the two years."""
    if day == date(2025, 2, 3):
        resolving.add_resolution(workspace, "30 hours of rag by 31 Dec")
    elif day == date(2026, 1, 1):
        for line in (
            "160 hours this year",
            "40 hours of fine-tuning by 31 Dec",
            "study 4 days a week",
            "60 sessions on evaluation by 31 Dec",
            "finish 5 papers by 31 Dec",
            "write a model card by 30 Sep",
            "explain a paper once a month",
        ):
            resolving.add_resolution(workspace, line)
    elif day == date(2026, 3, 1):
        resolving.let_go(workspace, "last", "Talking to somebody helped more than writing.")
    elif day == date(2026, 5, 3):
        found = [v for v in _resolutions(workspace) if "fine-tuning" in v[1]]
        resolving.set_target(workspace, found[0][0], "60h")
    elif day in (date(2026, 2, 10), date(2026, 4, 14), date(2026, 7, 3)):
        name = {2: "rag-lewis-2020", 4: "lora-low-rank", 7: "lost-in-the-middle"}[day.month]
        resources.set_progress(workspace, name, "100%")
    elif day == date(2026, 7, 1):
        planning.add_time_off(workspace, "2026-07-13", "2026-07-31", "the mountains")
    elif day == date(2026, 6, 1):
        made = [cards.add_card(workspace, "rag", f"Question {number}?", "An answer.") for number in range(6)]
        for number, card in enumerate(made):
            recall.grade_card(workspace, card.id, 1 + number % 4)
    elif day == date(2026, 11, 16):
        reviewing.write_review(workspace, "last", "Mornings worked; one topic at a time stays.")
    elif day == date(2026, 11, 20):
        looking_back.look_back(
            workspace,
            2026,
            {
                "worked": "Ten minutes before the mail. It survived the move.",
                "did-not": "Evenings. I kept planning for somebody who is home at seven.",
                "changed": "Fewer topics at once:\nthe months with two topics beat the months with five.",
            },
            {},
        )


def _resolutions(workspace: Workspace) -> list[tuple[str, str]]:
    from learnhabit.services.resolutions import made_resolutions

    return [(each.id, each.statement) for each in made_resolutions(workspace)]
