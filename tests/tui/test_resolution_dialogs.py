"""The dialogs of resolutions, as a person uses them, on a real data folder."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input

from learnhabit.services import resolving
from learnhabit.tui.screens.asking import AskDialog, ConfirmDialog
from learnhabit.tui.screens.resolution_carry import CarryOverDialog
from learnhabit.tui.screens.resolution_edit import ResolutionEditDialog
from learnhabit.tui.screens.resolve import ResolveDialog
from tests.tui.resolved import MADE, detailed, typed, views
from tests.tui.support import (
    NOW,
    app_on,
    calm,
    enter,
    logged,
    press,
    run,
    shown,
    wait,
    with_data,
)


def test_an_unclear_line_shows_what_it_may_mean_and_takes_the_chosen_one(tmp_path: Path) -> None:
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "3", "a")
        await typed(pilot, "40 rag")
        await wait(pilot, lambda: "What do you mean?" in shown(app))
        await press(pilot, "down", "enter")
        await wait(pilot, lambda: "UNDERSTOOD AS" in shown(app))
        assert "40 sessions on rag" in shown(app)
        assert not views(tmp_path)
        await press(pilot, "enter")
        await wait(pilot, lambda: views(tmp_path))

    run(app, script, (80, 24))
    (view,) = views(tmp_path)
    assert (view.resolution.measure, view.resolution.target) == ("sessions", 40)


def test_a_smaller_line_is_taken_with_the_arrows_or_the_mouse(tmp_path: Path) -> None:
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "3", "a")
        await typed(pilot, "20 papers by June")
        await wait(pilot, lambda: "15 papers by June" in shown(app))
        await press(pilot, "down", "enter")
        line = app.screen.query_one("#line", Input)
        assert line.value == "15 papers by June"
        await wait(pilot, lambda: "11 papers by June" in shown(app))
        rows = shown(app).split("\n")
        y = next(number for number, text in enumerate(rows) if "11 papers by June" in text)
        await pilot.click(offset=(rows[y].index("11 papers"), y))
        await calm(pilot)
        assert line.value == "11 papers by June"

    run(app, script)


def test_a_line_that_can_not_be_read_stays_with_the_reason(tmp_path: Path) -> None:
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "3", "a")
        await typed(pilot, "40 hours of cooking")
        await wait(pilot, lambda: "Unknown topic “cooking”" in shown(app))
        await press(pilot, "enter")
        await calm(pilot)
        assert isinstance(app.screen, ResolveDialog)
        assert app.screen.query_one("#line", Input).value == "40 hours of cooking"
        await press(pilot, "escape")
        assert not isinstance(app.screen, ResolveDialog)

    run(app, script)
    assert views(tmp_path) == ()


def test_the_cue_comes_from_its_field(tmp_path: Path) -> None:
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "3", "a")
        await typed(pilot, "20 minutes a day")
        await press(pilot, "tab")
        await typed(pilot, "after breakfast")
        await press(pilot, "enter")
        await wait(pilot, lambda: views(tmp_path))

    run(app, script)
    assert views(tmp_path)[0].resolution.cue == "after breakfast"


def test_editing_words_topics_end_and_cue(tmp_path: Path) -> None:
    with_data(tmp_path, lambda workspace: resolving.add_resolution(workspace, "40 hours of rag by 31 Dec"), MADE)
    logged(tmp_path, "45m fine-tuning")
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "3")
        await detailed(pilot)
        await press(pilot, "e")
        assert isinstance(app.screen, ResolutionEditDialog)
        assert "target 40 h: esc, then T, changes it" in shown(app), "here the key types a letter"
        await typed(pilot, "Forty hours, one way or another")
        await press(pilot, "tab")
        await typed(pilot, "rag, xyzzy")
        await wait(pilot, lambda: "Unknown topic “xyzzy”" in shown(app))
        await typed(pilot, "rag, fine-tuning")
        await wait(pilot, lambda: "Retrieval-augmented generation, Efficient fine-tuning" in shown(app))
        await press(pilot, "tab")
        await typed(pilot, "30 Feb")
        await press(pilot, "ctrl+s")
        await wait(pilot, lambda: "no date" in shown(app))
        assert isinstance(app.screen, ResolutionEditDialog)
        await typed(pilot, "30 June")
        await press(pilot, "tab")
        await typed(pilot, "after lunch")
        await press(pilot, "ctrl+s")
        await wait(pilot, lambda: not isinstance(app.screen, ResolutionEditDialog))

    run(app, script)
    (view,) = views(tmp_path)
    assert view.resolution.statement == "Forty hours, one way or another"
    assert view.resolution.scope == ("retrieval-augmented-generation", "efficient-fine-tuning")
    assert (view.resolution.period_end.isoformat(), view.resolution.cue) == ("2027-06-30", "after lunch")
    assert view.standing.progress == 45 * 60


def test_carrying_over_ticks_what_goes_on(tmp_path: Path) -> None:
    last_year = NOW - timedelta(days=500)
    for line in (
        "40 hours of rag by 31 Dec 2025",
        "pass the exam by 31 Dec 2025",
        "study 5 days a week by 31 Dec 2025",
    ):
        with_data(tmp_path, lambda workspace, line=line: resolving.add_resolution(workspace, line), last_year)  # type: ignore[misc]
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await wait(pilot, lambda: isinstance(app.screen, ConfirmDialog), "the offer, which is made once")
        await press(pilot, "escape", "3")
        await detailed(pilot)
        await press(pilot, "o")
        await wait(pilot, lambda: isinstance(app.screen, CarryOverDialog))
        assert shown(app).count("[✓]") == 3
        await press(pilot, "down", "space")
        assert shown(app).count("[✓]") == 2
        await press(pilot, "enter")
        await wait(pilot, lambda: len(views(tmp_path)) == 5)
        await press(pilot, "o")
        await wait(pilot, lambda: isinstance(app.screen, CarryOverDialog))
        await press(pilot, "space", "enter")
        await calm(pilot)

    run(app, script)
    found = views(tmp_path)
    assert [view.resolution.statement for view in found[3:]] == [
        "40 hours of rag by 31 Dec 2026",
        "study 5 days a week by 31 Dec 2026",
    ]
    assert all(view.resolution.period_end.isoformat() == "2026-12-31" for view in found[3:])


def test_a_target_in_minutes_is_typed_in_minutes(tmp_path: Path) -> None:
    with_data(tmp_path, lambda workspace: resolving.add_resolution(workspace, "20 minutes a day"), MADE)
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "3")
        await detailed(pilot)
        await press(pilot, "T")
        field = app.focused
        assert isinstance(field, Input)
        assert field.value == "20m"
        await typed(pilot, "25m")
        await press(pilot, "enter")
        await wait(pilot, lambda: not isinstance(app.screen, AskDialog))

    run(app, script)
    assert [view.resolution.target for view in views(tmp_path)] == [25 * 60]


def test_a_changed_target_says_what_a_week_needs_now(tmp_path: Path) -> None:
    with_data(tmp_path, lambda workspace: resolving.add_resolution(workspace, "39 hours of rag by 31 Dec"))
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "3")
        await detailed(pilot)
        await press(pilot, "T")
        await typed(pilot, "78")
        await press(pilot, "enter")
        await wait(pilot, lambda: "14.0 h a week instead of 7.0 h" in " ".join(shown(app).split()))

    run(app, script)


def test_the_braces_follow_a_line_that_is_longer_than_its_field(tmp_path: Path) -> None:
    app = app_on(tmp_path)
    long = "I want to study 40 hours of retrieval-augmented generation and efficient fine-tuning by 31 Dec"

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "3", "a")
        await enter(pilot, long)
        await wait(pilot, lambda: "when" in shown(app))
        rows = shown(app).split("\n")
        at = next(y for y, text in enumerate(rows) if "by 31 Dec" in text)
        brace = rows[at + 1]
        assert brace.index("when") in range(rows[at].index("by 31 Dec"), rows[at].index("by 31 Dec") + 9)

    run(app, script, (80, 24))


def test_what_was_said_of_other_topics_goes_with_them(tmp_path: Path) -> None:
    with_data(tmp_path, lambda workspace: resolving.add_resolution(workspace, "40 hours of rag by 31 Dec"), MADE)
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "3")
        await detailed(pilot)
        await press(pilot, "e", "tab")
        await typed(pilot, "xyzzy")
        await wait(pilot, lambda: "Unknown topic" in shown(app))
        await typed(pilot, "retrieval-augmented-generation")
        await wait(pilot, lambda: "Unknown topic" not in shown(app))

    run(app, script)
