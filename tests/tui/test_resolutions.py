"""Screen 3 and its dialogs, as a person uses them, on a real data folder."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from learnhabit.services import resolving, resources
from learnhabit.services.resolution_values import ResolutionView
from learnhabit.services.resolutions import resolutions
from learnhabit.tui.app import LearnhabitApp
from learnhabit.tui.screens.asking import AskDialog, ConfirmDialog
from learnhabit.tui.screens.resolution_carry import CarryOverDialog
from learnhabit.tui.screens.resolution_edit import ResolutionEditDialog
from learnhabit.tui.screens.resolution_reading import ResolutionDialog
from learnhabit.tui.screens.resolution_why import WhyResolutionDialog
from learnhabit.tui.screens.resolutions import ResolutionsScreen
from learnhabit.tui.screens.resolve import ResolveDialog
from tests.tui.resolved import MADE, opened, studied_and_resolved
from tests.tui.support import (
    HOSTILE,
    NOW,
    UNSHOWN,
    app_on,
    calm,
    clock_at,
    enter,
    logged,
    press,
    run,
    shown,
    wait,
    with_data,
)


def views(folder: Path) -> tuple[ResolutionView, ...]:
    """What the database holds."""
    with opened(folder) as workspace:
        return resolutions(workspace)


def screen_of(app: LearnhabitApp) -> ResolutionsScreen:
    """Screen 3, below whatever dialog is open."""
    screen = app.screen_stack[0]
    assert isinstance(screen, ResolutionsScreen)
    return screen


async def detailed(pilot: Pilot[int]) -> None:
    """Wait until the marked resolution's details are shown."""
    app = pilot.app
    assert isinstance(app, LearnhabitApp)
    screen = screen_of(app)

    def there() -> bool:
        marked, detail = screen.marked, screen.pane.detail
        return marked is not None and detail is not None and detail.view == marked

    await wait(pilot, there, "the details")
    await calm(pilot)


async def typed(pilot: Pilot[int], text: str) -> None:
    """Put a text into the field that has the focus, in one go."""
    field = pilot.app.focused
    assert isinstance(field, Input)
    field.value = text
    await calm(pilot)


def test_the_first_resolution_is_one_line_away(tmp_path: Path) -> None:
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "3")
        await wait(pilot, lambda: "such as" in shown(app))
        await press(pilot, "a")
        assert isinstance(app.screen, ResolveDialog)
        await enter(pilot, "40 hours of fine-tuning by 31 Dec")
        await wait(pilot, lambda: "UNDERSTOOD AS" in shown(app) and "7.2 h a week" in shown(app), "the reading")
        assert "Efficient fine-tuning" in shown(app)
        assert "30 hours of fine-tuning by 31 Dec" in shown(app)
        await press(pilot, "enter")
        await wait(pilot, lambda: not isinstance(app.screen, ResolveDialog))
        await detailed(pilot)
        assert "RUNNING" in shown(app)
        await press(pilot, "u")
        await wait(pilot, lambda: "such as" in shown(app), "undo")

    run(app, script)
    assert views(tmp_path) == ()


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


def test_moving_through_many_and_staying_on_one_while_others_change(tmp_path: Path) -> None:
    studied_and_resolved(tmp_path, 40)
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "3")
        await detailed(pilot)
        screen = screen_of(app)
        assert len(screen.list.views) == 40
        await press(pilot, "end")
        last = screen.marked
        assert last is not None and last == screen.list.views[-1]
        assert last.resolution.statement[:12] in shown(app)
        await press(pilot, "pageup", "pageup", "down", "up", "home")
        assert screen.marked == screen.list.views[0]
        await press(pilot, "down", "down", "down")
        marked = screen.marked
        assert marked is not None
        with_data(tmp_path, lambda workspace: resolving.delete_resolution(workspace, last.resolution.id))
        screen.reload()
        await wait(pilot, lambda: len(screen.list.views) == 39)
        assert screen.marked is not None
        assert screen.marked.resolution.id == marked.resolution.id
        await pilot.resize_terminal(80, 24)
        await calm(pilot)
        assert marked.resolution.statement[:20] in shown(app)

    run(app, script)


def test_target_check_in_let_go_and_delete_are_taken_back(tmp_path: Path) -> None:
    studied_and_resolved(tmp_path, 7)
    before = views(tmp_path)
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "3")
        await detailed(pilot)
        screen = screen_of(app)
        hours = next(view for view in before if view.resolution.measure == "hours" and not view.resolution.per)
        count = next(view for view in before if view.resolution.measure == "count")
        screen.show_resolution(hours.resolution.id)
        await wait(pilot, lambda: screen.marked and screen.marked.resolution.id == hours.resolution.id)
        await detailed(pilot)
        await press(pilot, "T")
        assert isinstance(app.screen, AskDialog)
        await typed(pilot, "many")
        await press(pilot, "enter")
        await wait(pilot, lambda: "no target" in shown(app))
        await typed(pilot, "50")
        await press(pilot, "enter")
        await wait(pilot, lambda: "first target 40 h" in shown(app), "the first target beside the new one")
        await press(pilot, "c")
        await wait(pilot, lambda: "counts what you log" in shown(app))
        await press(pilot, "g")
        await press(pilot, "enter")
        await wait(pilot, lambda: "A reason is missing" in shown(app))
        await typed(pilot, "RAG matters more now")
        await press(pilot, "enter")
        await wait(pilot, lambda: "let go 23 Nov" in shown(app))
        screen.show_resolution(count.resolution.id)
        await wait(pilot, lambda: screen.marked and screen.marked.resolution.id == count.resolution.id)
        await press(pilot, "c")
        await wait(pilot, lambda: "Checked in: 1 of 6" in shown(app))
        await press(pilot, "d")
        await wait(pilot, lambda: len(screen.list.views) == 6)
        for _ in range(4):
            await press(pilot, "u")
        await wait(pilot, lambda: views(tmp_path) == before)

    run(app, script)
    assert views(tmp_path) == before


def test_editing_words_topics_end_and_cue(tmp_path: Path) -> None:
    with_data(tmp_path, lambda workspace: resolving.add_resolution(workspace, "40 hours of rag by 31 Dec"), MADE)
    logged(tmp_path, "45m fine-tuning")
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "3")
        await detailed(pilot)
        await press(pilot, "e")
        assert isinstance(app.screen, ResolutionEditDialog)
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


def test_why_and_the_whole_of_it(tmp_path: Path) -> None:
    studied_and_resolved(tmp_path, 7)
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "3")
        await detailed(pilot)
        for place in range(7):
            await press(pilot, "w")
            await wait(pilot, lambda: isinstance(app.screen, WhyResolutionDialog))
            assert "STATE" in shown(app) or "DONE" in shown(app)
            await press(pilot, "pagedown", "escape", "enter")
            assert isinstance(app.screen, ResolutionDialog), place
            await press(pilot, "escape", "down")
            await detailed(pilot)

    run(app, script, (80, 24))


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


def test_edits_in_the_log_move_the_numbers_here(tmp_path: Path) -> None:
    with_data(tmp_path, lambda workspace: resolving.add_resolution(workspace, "40 hours of rag by 31 Dec"), MADE)
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "3")
        await detailed(pilot)
        logged(tmp_path, "3h rag")
        await wait(pilot, lambda: "3.0 of 40 h" in shown(app), "what another process logged")
        await press(pilot, "u")
        await wait(pilot, lambda: "0.0 of 40 h" in shown(app), "undo")

    run(app, script)


def test_a_finished_paper_counts(tmp_path: Path) -> None:
    with_data(tmp_path, lambda workspace: resolving.add_resolution(workspace, "finish 12 papers by 31 Dec"), MADE)
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "3")
        await detailed(pilot)

        def finish(workspace: object) -> None:
            with opened(tmp_path) as own:
                (paper,) = own.store.all("SELECT id FROM resource WHERE kind = 'paper' LIMIT 1")
                resources.finish_resource(own, paper[0])

        with_data(tmp_path, finish)
        await wait(pilot, lambda: "1 of 12" in shown(app))

    run(app, script)


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (30, 12)])
def test_hostile_statements_are_shown_as_text(tmp_path: Path, size: tuple[int, int]) -> None:
    studied_and_resolved(tmp_path, 9, hostile=True)
    app = app_on(tmp_path, clock_at())

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "3")
        await detailed(pilot)
        for key in ("w", "enter", "e", "T", "g"):
            await press(pilot, "down", key)
            assert not set(shown(app)) & set(UNSHOWN)
            await press(pilot, "escape")
            assert len(app.screen_stack) == 1
        await press(pilot, "a")
        for text in HOSTILE:
            await typed(pilot, f"40 hours of {text}")
            assert not set(shown(app)) & set(UNSHOWN)
        await press(pilot, "escape")
        assert app.is_running

    run(app, script, size)


def test_the_mouse_marks_and_opens(tmp_path: Path) -> None:
    studied_and_resolved(tmp_path, 7)
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "3")
        await detailed(pilot)
        screen = screen_of(app)
        first = screen.marked
        await pilot.click(screen.list, offset=(10, 5))
        await calm(pilot)
        assert screen.marked != first
        await detailed(pilot)
        await pilot.click(screen.list, offset=(10, 5))
        await calm(pilot)
        assert isinstance(app.screen, ResolutionDialog)

    run(app, script)


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
