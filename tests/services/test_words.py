"""Every main screen's facts are on the command line in words."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from learnhabit.cli import main
from learnhabit.domain.day_text import clock_time, wall_at
from learnhabit.domain.duration import format_duration, format_hours
from learnhabit.domain.text import display_line
from learnhabit.domain.year_text import MONTH_NAMES
from learnhabit.reports.charts import hours_label
from learnhabit.services import cards, planning, reminding, resolving, resources, reviewing, topics, tracking
from learnhabit.services.cards import card_view
from learnhabit.services.log import NO_FILTER, log_page
from learnhabit.services.recall import recall_queue
from learnhabit.services.reminder_view import reminders_view
from learnhabit.services.resolution_cells import cells_of
from learnhabit.services.resolution_detail import resolution_detail
from learnhabit.services.resources import resource_view
from learnhabit.services.today import today_view
from learnhabit.services.topic_map import topic_detail, topic_map
from learnhabit.services.week_view import week_view
from learnhabit.services.workspace import Workspace
from learnhabit.services.year_view import year_view
from tests.services.support import at

NOW = "2026-11-23T20:40:00+01:00"
READING = "lora-low-rank-adaptation-of-large"
BAD = "Odd [/] \x1b]0;x\x07‮ $(id)"

Ask = Callable[..., str]


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which every screen has something of each kind to show."""
    home = tmp_path_factory.mktemp("lived-in") / "home"
    begin = datetime.fromisoformat("2025-12-20T20:00:00+01:00")
    with at(home, begin.isoformat()) as workspace:
        resolving.add_resolution(workspace, "40 hours of fine-tuning in 2026", "after morning coffee")
        resolving.add_resolution(workspace, "2 h a week of rag in 2026", "")
        resolving.add_resolution(workspace, "finish 12 papers in 2026", "")
        topics.add_topic(workspace, BAD)
    for week in range(0, 48, 2):
        day = begin + timedelta(weeks=week, days=week % 5)
        with at(home, day.isoformat()) as workspace:
            tracking.log(workspace, [f"{30 + week}m {'rag' if week % 4 else 'lora'} round {week} #paper"])
    with at(home, NOW) as workspace:
        planning.add_time_off(workspace, "2026-11-19", "2026-11-20", why="a fair")
        tracking.log(workspace, ["5m rag @2026-11-17 9:00"])
        tracking.log(workspace, ["50m fine-tuning @2026-11-18 9:00"])
        tracking.log(workspace, ["8m rag chunk size @7:41"], takeaway="Small chunks lose context.")
        tracking.log(workspace, ["1h05 odd @12:10"])
        resources.set_progress(workspace, READING, "40%")
        cards.add_question_cards(workspace, "rag")
        reminding.add_reminder(workspace, "weekdays 19:30")
        reviewing.write_review(workspace, "2026-W46", "Mornings worked.")
        tracking.start(workspace, ["rag"], at="-24m")
    return home


@pytest.fixture
def ask(lived_in: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """What a command prints; an answer is one fact a line, and nothing in it needs sight."""
    monkeypatch.setenv("LEARNHABIT_NOW", NOW)
    monkeypatch.setenv("LEARNHABIT_HOME", str(lived_in))

    def call(*arguments: str) -> str:
        out = io.TextIOWrapper(io.BytesIO(), "utf-8")
        with redirect_stdout(out):
            code = main(list(arguments))
        out.flush()
        text = out.detach().getvalue().decode()
        assert code == 0, text
        return text

    return call


def days_of(view: Any) -> list[str]:
    """A week's numbers."""
    return [f"{view.counted_days} of {view.target_days} days"]


def of_today(workspace: Workspace) -> list[str]:
    view = today_view(workspace)
    progress, timer, advice = view.progress, view.timer, view.advice
    assert timer is not None and advice is not None and view.sessions and view.resolutions and view.steps
    facts = [
        f"{format_duration(progress.seconds)} of {format_duration(progress.goal_seconds)}",
        *(day for row in (view.this_week, view.last_week) for day in days_of(row)),
        "Tuesday under the minimum",
        "Wednesday counted",
        "Thursday to Friday time off",
        f"{view.run_days} day",
        f"longest {view.longest_run}",
        f"{int(view.strength * 100 + 0.5)} %",
        format_hours(view.grid.year_seconds),
        f"{view.grid.year_counted_days} counted day",
        format_duration(view.grid.usual_seconds or 0),
        f"{timer.topic_title}, running, 0:24 since 20:16",
        advice.advice,
        advice.pairing,
        advice.source,
        f"{view.recall_due} cards to recall",
        "last week can be looked back on",
        view.steps[0].resource_title,
        view.steps[0].touched,
        view.steps[0].question or view.steps[0].first_step,
    ]
    facts += [fact for step in view.steps[:3] for fact in (step.title, step.reason)]
    for each in view.resolutions:
        cells = cells_of(each, view.today)
        facts += [cells.statement, cells.state, cells.done, cells.plan, cells.closing]
    for session in view.sessions:
        begin = clock_time(wall_at(session.started_at, session.utc_offset))
        facts += [f"{begin}, {format_duration(session.seconds)}", session.topic_title, session.note, session.takeaway]
    return facts


def of_week(workspace: Workspace) -> list[str]:
    view = week_view(workspace, "last")
    assert [each.dot.state for each in view.days] == [
        "none",
        "under",
        "counted",
        "time off",
        "time off",
        "none",
        "none",
    ]
    facts = [*view.review.lines, view.review.question, "Planned: 4 days of at least 10 min; a whole week asks for 5"]
    facts += ["Thursday 19 November 2026: time off", "Monday 16 November 2026: nothing"]
    for each in view.days:
        facts += [f"{format_duration(topic.seconds)} of {topic.title}" for topic in each.topics]
    return facts


def of_year(workspace: Workspace) -> list[str]:
    view = year_view(workspace, 2026)
    summary, shared = view.summary, view.shared
    facts = [shared.sentence, f"{summary.days_counted}", f"{summary.weeks_kept} (of {summary.weeks_over} weeks"]
    facts += [f"{MONTH_NAMES[month.first.month - 1]}: {hours_label(month.seconds)}" for month in summary.months]
    facts += [f"{topic.title}: {hours_label(topic.seconds)}" for topic in shared.topics or ()]
    facts += [each.statement for each in shared.resolutions or ()]
    facts += [each.result.standing.state for each in shared.resolutions or ()]
    facts += [each.text for each in summary.words.reviews]
    facts += [hours_label(sum(hours)) for hours in summary.rhythm.hours if any(hours)]
    facts += [f"{summary.sessions} sessions", f"Longest run: {summary.rhythm.run_longest} days", summary.hash[:16]]
    facts += [f"{hours_label(week.seconds)}, {week.counted_days} of" for week in summary.weeks if week.seconds]
    return facts


def of_log(workspace: Workspace) -> list[str]:
    page = log_page(workspace, NO_FILTER, None, older=True, limit=50)
    facts = [format_duration(seconds) for seconds in page.day_seconds.values()]
    for each in page.sessions:
        facts += [each.topic_title, each.note, each.takeaway, *each.tags, format_duration(each.seconds), each.id[-6:]]
    return facts


def of_resolution(workspace: Workspace) -> list[str]:
    detail = resolution_detail(workspace, "last")
    shown = [each for each in detail.reasons if each.figure not in ("STATE", "WOULD FINISH")]
    return [
        detail.view.resolution.statement,
        detail.view.standing.state,
        detail.sentence,
        detail.projection,
        *(each.value for each in shown),
    ]


def of_topics(workspace: Workspace) -> list[str]:
    found = topic_map(workspace)
    facts = []
    for theme in found.themes:
        facts.append(theme.title)
        for each in theme.topics:
            facts += [each.title, format_hours(each.seconds) if each.seconds else ""]
    return facts


def of_topic(workspace: Workspace) -> list[str]:
    detail = topic_detail(workspace, "lora")
    facts = [detail.view.title, detail.why, detail.summary, detail.first_step, detail.project, *detail.who]
    facts += [*detail.subtopics, *detail.questions, *(each.title for each in detail.prerequisites)]
    facts += [each.id for each in detail.resources]
    return [*facts, format_hours(detail.view.seconds)]


def of_resource(workspace: Workspace) -> list[str]:
    """A list cuts what is long; what it names by its id is whole there."""
    view = resource_view(workspace, READING)
    return [view.title, view.authors, str(view.year), view.kind, view.state, f"{int(view.progress * 100)} %"]


def of_recall(workspace: Workspace) -> list[str]:
    return [each.id[-6:] for each in recall_queue(workspace).cards]


def of_card(workspace: Workspace) -> list[str]:
    card = card_view(workspace, "last")
    return [card.question, card.topic_title, card.answer]


def of_reminders(workspace: Workspace) -> list[str]:
    view = reminders_view(workspace)
    return [fact for each in view.views for fact in (each.reminder.rule.text, each.reminder.id[-6:])]


SCREENS: dict[str, tuple[list[str], Callable[[Workspace], list[str]]]] = {
    "today": (["today"], of_today),
    "week": (["week", "last"], of_week),
    "year": (["year", "2026"], of_year),
    "log": (["sessions"], of_log),
    "resolutions": (["resolution", "show", "last"], of_resolution),
    "topics": (["topics"], of_topics),
    "topic": (["topic", "show", "lora"], of_topic),
    "resource": (["resource", "show", READING], of_resource),
    "recall": (["recall", "list", "--due"], of_recall),
    "card": (["recall", "show", "last"], of_card),
    "reminders": (["remind", "list"], of_reminders),
    "coming": (["remind", "next"], lambda workspace: [f"{each:%H:%M}" for each, _ in reminders_view(workspace).coming]),
}


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screens_facts_are_in_its_commands_words(ask: Ask, lived_in: Path, screen: str) -> None:
    command, facts_of = SCREENS[screen]
    with at(lived_in, NOW) as workspace:
        facts = [display_line(fact) for fact in facts_of(workspace)]
    said = ask(*command)
    plain = display_line(said)
    missing = [fact for fact in facts if fact and fact not in plain]
    assert not missing, said
    assert sum(map(bool, facts)) >= 1
    # What `say` lets through is text: no line begins or ends a style, none hides anything.
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", said)


@pytest.mark.parametrize(
    "command", ["today", "week", "week last", "week 2025-W01", "year", "year 2025", "year 1999"], ids=str
)
def test_words_need_no_sight(ask: Ask, command: str) -> None:
    said = ask(*command.split())
    assert not re.search("[\u2500-\u25ff\u2190-\u21ff✓×★╱]", said), "a bar, a dot, an arrow or a sign"
    lines = said.splitlines()
    assert all(line == line.strip() and "  " not in line for line in lines), "columns"
    assert all(re.match(r"[A-Z0-9][^:?]*[:?.]|.*[.]$|Week|\w+ \d|\d", line) for line in lines), "a line says what it is"


def test_the_words_agree_with_the_json(ask: Ask) -> None:
    today, week = json.loads(ask("today", "--json")), json.loads(ask("week", "last", "--json"))
    assert today["seconds"] == sum(each["seconds"] for each in today["sessions"])
    assert [each["state"] for each in today["last_week"]["days"]] == [each["state"] for each in week["days"]]
    assert [each["seconds"] for each in week["days"]] == [
        sum(topic["seconds"] for topic in each["topics"]) for each in week["days"]
    ]
    assert ask("year", "2026", "--json") == ask("summary", "2026", "--format", "json")


def test_an_empty_folder_says_how_to_begin(ask: Ask, tmp_path: Path) -> None:
    said = ask("--data-dir", str(tmp_path / "new"), "today")
    assert "Start here: " in said and "learnhabit log 45m rag" in said and "Last week" not in said
    assert "Tuesday 24 November 2026: to come" in ask("--data-dir", str(tmp_path / "new"), "week")
    assert "Nothing was studied yet." in ask("--data-dir", str(tmp_path / "new"), "year")
