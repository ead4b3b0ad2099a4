"""A resolution's figures as they are said."""

from __future__ import annotations

from datetime import date

import pytest

from learnhabit.domain.recurring import RunningPeriod
from learnhabit.domain.resolution import Aim, Resolution, Standing
from learnhabit.domain.resolution_draft import Draft
from learnhabit.domain.resolution_words import (
    STATE_ICONS,
    amount_text,
    bare_amount,
    delta_text,
    progress_text,
    rate_text,
    state_sentence,
    target_text,
    understood,
)

TODAY = date(2026, 11, 25)
TITLES = {"rag": "Retrieval", "agents": "Agents", "tuning": "Fine-tuning"}


@pytest.mark.parametrize(
    ("value", "measure", "kind", "said"),
    [
        (116_640, "hours", None, "32.4 h"),
        (3600, "hours", None, "1.0 h"),
        (5_400_000, "hours", None, "1,500.0 h"),
        (2700, "hours", None, "45 min"),
        (0, "hours", None, "0.0 h"),
        (11, "resources", "paper", "11 papers"),
        (1, "resources", "paper", "1 paper"),
        (0, "resources", "paper", "0 papers"),
        (2.5, "resources", "paper", "2.5 papers"),
        (3, "resources", "docs", "3 docs"),
        (2, "resources", "code", "2 code bases"),
        (4, "resources", None, "4 resources"),
        (20, "sessions", None, "20 sessions"),
        (1, "sessions", None, "1 session"),
        (1200, "sessions", None, "1,200 sessions"),
        (5, "days", None, "5 days"),
        (6, "count", None, "6"),
        (1, "count", None, "1"),
    ],
)
def test_an_amount(value: float, measure: str, kind: str | None, said: str) -> None:
    assert amount_text(value, measure, kind) == said


@pytest.mark.parametrize(
    ("value", "measure", "said"),
    [(116_640, "hours", "32.4"), (0, "hours", "0.0"), (11, "resources", "11"), (1500, "count", "1,500")],
)
def test_an_amount_without_its_unit(value: float, measure: str, said: str) -> None:
    assert bare_amount(value, measure) == said


@pytest.mark.parametrize(
    ("value", "measure", "kind", "said"),
    [
        (5040, "hours", None, "1.4 h a week"),
        (1200, "hours", None, "20 min a week"),
        (2.25, "resources", "paper", "2.3 papers a week"),
        (2.0, "resources", "paper", "2 papers a week"),
        (1.0, "sessions", None, "1 session a week"),
        (0.96, "sessions", None, "1 session a week"),
        (0.04, "resources", "book", "0 books a week"),
        (1.5, "count", None, "1.5 a week"),
    ],
)
def test_a_rate(value: float, measure: str, kind: str | None, said: str) -> None:
    assert rate_text(value, measure, kind) == said


@pytest.mark.parametrize(
    ("done", "target", "measure", "kind", "said"),
    [
        (116_640, 144_000, "hours", None, "32.4 of 40 h"),
        (1200, 1800, "hours", None, "20 of 30 min"),
        (4000, 1800, "hours", None, "67 of 30 min"),
        (1800, 7200, "hours", None, "0.5 of 2 h"),
        (11, 12, "resources", "paper", "11 of 12 papers"),
        (0, 1, "resources", "book", "0 of 1 book"),
        (3, 6, "count", None, "3 of 6"),
    ],
)
def test_progress(done: float, target: float, measure: str, kind: str | None, said: str) -> None:
    assert progress_text(done, target, measure, kind) == said


@pytest.mark.parametrize(
    ("target", "measure", "kind", "per", "said"),
    [
        (144_000, "hours", None, None, "40 h"),
        (7200, "hours", None, "week", "2 h a week"),
        (5400, "hours", None, "week", "1.5 h a week"),
        (1800, "hours", None, "day", "30 min a day"),
        (12, "resources", "paper", None, "12 papers"),
        (1, "resources", "book", "month", "1 book a month"),
        (5, "days", None, "week", "5 days a week"),
        (2, "count", None, "month", "2 a month"),
    ],
)
def test_a_target(target: float, measure: str, kind: str | None, per: str | None, said: str) -> None:
    assert target_text(target, measure, kind, per) == said


def draft(**changes: object) -> Draft:
    plain = Draft(
        statement="40 hours",
        measure="hours",
        kind=None,
        target=144_000,
        scope=(),
        per=None,
        period_start=TODAY,
        period_end=date(2026, 12, 31),
        cue="",
        next_year=False,
        parts=(),
    )
    return plain.replace(**changes)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "40 h of any topic, from today to Thu 31 Dec 2026: 7.6 h a week."),
        ({"scope": ("rag",)}, "40 h of Retrieval, from today to Thu 31 Dec 2026: 7.6 h a week."),
        (
            {"scope": ("rag", "agents", "tuning")},
            "40 h of Retrieval, Agents or Fine-tuning, from today to Thu 31 Dec 2026: 7.6 h a week.",
        ),
        ({"scope": ("gone",)}, "40 h of gone, from today to Thu 31 Dec 2026: 7.6 h a week."),
        (
            {"target": 7200, "per": "week", "cue": "after lunch"},
            "2 h a week of any topic, after lunch, from today to Thu 31 Dec 2026.",
        ),
        (
            {"measure": "resources", "kind": "paper", "target": 12, "scope": ("rag",)},
            "Finish 12 papers on Retrieval, from today to Thu 31 Dec 2026: 2.3 papers a week.",
        ),
        (
            {"measure": "resources", "kind": "book", "target": 2, "period_end": date(2027, 6, 30)},
            "Finish 2 books on any topic, from today to Wed 30 Jun 2027: 0.3 books a month.",
        ),
        (
            {"measure": "days", "target": 5, "per": "week"},
            "Study on 5 days a week on any topic, from today to Thu 31 Dec 2026.",
        ),
        (
            {"measure": "count", "target": 1, "per": "month", "statement": "a talk"},
            "1 check-in a month of your own for “a talk”, from today to Thu 31 Dec 2026.",
        ),
        (
            {"measure": "done", "target": 1, "statement": "pass the exam"},
            "“pass the exam”, done or not, from today to Thu 31 Dec 2026.",
        ),
        # A period of few days, or one that has begun, has no share a week.
        ({"period_end": date(2026, 12, 7)}, "40 h of any topic, from today to Mon 7 Dec 2026."),
        (
            {"period_end": date(2026, 12, 8)},
            "40 h of any topic, from today to Tue 8 Dec 2026: 20.0 h a week.",
        ),
        (
            {"period_start": date(2026, 1, 1)},
            "40 h of any topic, from Thu 1 Jan 2026 to Thu 31 Dec 2026.",
        ),
        (
            {"period_start": date(2027, 1, 1), "period_end": date(2027, 12, 31), "next_year": True},
            "40 h of any topic, from Fri 1 Jan 2027 to Fri 31 Dec 2027, since this year is nearly over: 46 min a week.",
        ),
    ],
)
def test_what_was_understood(changes: dict[str, object], said: str) -> None:
    assert understood(draft(**changes), TITLES, TODAY) == said


def resolution(**changes: object) -> Resolution:
    target, end = changes.pop("target", 144_000), changes.pop("end", date(2026, 12, 31))
    assert isinstance(target, int) and isinstance(end, date)
    plain = Resolution(
        id="r",
        statement="40 hours",
        measure="hours",
        kind=None,
        scope=(),
        per=None,
        period_start=date(2026, 1, 1),
        made_on=date(2026, 1, 1),
        aims=(Aim(entered_on=date(2026, 1, 1), target=target, period_end=end),),
        cue="",
        let_go_on=None,
        let_go_why="",
        carried_from=None,
    )
    return plain.replace(**changes)


def standing(**changes: object) -> Standing:
    plain = Standing(
        progress=0,
        planned=0,
        delta=0,
        safe_days=0,
        needed_per_week=None,
        usual_per_week=None,
        projected_from=None,
        projected_to=None,
        state="on pace",
        reached_on=None,
        running=None,
        usual_day=None,
    )
    return plain.replace(**changes)


PAPERS: dict[str, object] = {"measure": "resources", "kind": "paper", "target": 12}
WEEKS: dict[str, object] = {"measure": "days", "per": "week", "target": 5}


@pytest.mark.parametrize(
    ("what", "where", "said"),
    [
        ({}, {"delta": -11_160}, "3.1 h behind"),
        ({}, {"delta": -600}, "10 min behind"),
        ({}, {"delta": 7200}, "2.0 h ahead"),
        ({}, {}, "level with the plan"),
        (PAPERS, {"delta": 2}, "2 papers ahead"),
        (PAPERS, {"delta": -1}, "1 paper behind"),
        ({"measure": "count"}, {"delta": -2}, "2 behind"),
        ({"measure": "done"}, {"progress": 0}, "not done yet"),
        ({"measure": "done"}, {"progress": 1}, "done"),
        (WEEKS, {"progress": 41, "planned": 45, "delta": -4}, "41 of 45 weeks"),
        (WEEKS, {"progress": 1, "planned": 1}, "1 of 1 week"),
        ({"per": "month"}, {}, "0 of 0 months"),
    ],
)
def test_the_difference_to_the_plan(what: dict[str, object], where: dict[str, object], said: str) -> None:
    assert delta_text(standing(**where), resolution(**what)) == said


def week(progress: int, days_left: int, target: float = 5) -> RunningPeriod:
    return RunningPeriod(
        start=date(2026, 11, 23), end=date(2026, 11, 29), progress=progress, target=target, days_left=days_left
    )


@pytest.mark.parametrize(
    ("what", "where", "said"),
    [
        (
            {"let_go_on": date(2026, 11, 3), "let_go_why": "other things first"},
            {"state": "let go", "safe_days": None},
            "Let go on Tue 3 Nov 2026: other things first",
        ),
        (
            {},
            {"state": "kept", "reached_on": date(2026, 11, 3)},
            "Kept: the target was reached on Tue 3 Nov 2026.",
        ),
        ({}, {"state": "not kept", "progress": 116_640}, "Not kept: 32.4 of 40 h."),
        ({"measure": "done"}, {"state": "not kept", "safe_days": None}, "Not kept: its last day is over."),
        ({"measure": "done"}, {"safe_days": None}, "There is time until the end of Thu 31 Dec 2026."),
        ({"period_start": date(2027, 1, 1)}, {}, "It begins on Fri 1 Jan 2027."),
        (
            {},
            {"state": "behind", "delta": -11_160, "safe_days": -12},
            "3.1 h behind, 12 days of plan.",
        ),
        (
            PAPERS,
            {"state": "out of reach", "delta": -6, "safe_days": -1},
            "6 papers behind, 1 day of plan, and more than twice the best week is needed.",
        ),
        (
            {},
            {"delta": 7200, "safe_days": 1},
            "2.0 h ahead; 1 day may pass before the plan catches up.",
        ),
        ({}, {}, "Level with the plan; the plan moves on when today is over."),
        (
            WEEKS,
            {"state": "kept", "progress": 41, "planned": 45},
            "Kept: 41 of 45 weeks, 91 %; 8 in 10 keep it.",
        ),
        (
            WEEKS,
            {"state": "not kept", "progress": 30, "planned": 45},
            "Not kept: 30 of 45 weeks, 66 %; 8 in 10 keep it.",
        ),
        (
            {**WEEKS, "period_start": date(2027, 1, 1), "end": date(2027, 12, 31)},
            {},
            "It begins on Fri 1 Jan 2027.",
        ),
        (
            WEEKS,
            {"progress": 3, "planned": 4, "running": week(2, 5)},
            "3 of 4 weeks kept; this week 2 of 5 days, 5 days left.",
        ),
        (
            WEEKS,
            {"running": week(1, 1), "state": "behind", "safe_days": -1},
            "This week 1 of 5 days, 1 day left, which a usual day of study would not reach.",
        ),
        (
            {"per": "day", "target": 1800},
            {"progress": 8, "planned": 9, "running": week(1200, 1, 1800)},
            "8 of 9 days kept; today 20 of 30 min.",
        ),
        (WEEKS, {"progress": 3, "planned": 4, "running": None}, "3 of 4 weeks kept."),
    ],
)
def test_where_it_stands(what: dict[str, object], where: dict[str, object], said: str) -> None:
    assert state_sentence(resolution(**what), standing(**where), TODAY) == said


def test_each_state_has_a_sign_of_its_own() -> None:
    assert len(set(STATE_ICONS.values())) == len(STATE_ICONS) == 7
