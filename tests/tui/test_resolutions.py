"""Screen 3, as a person uses it, on a real data folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from learnhabit.services import resolving, resources
from learnhabit.tui.screens.asking import AskDialog
from learnhabit.tui.screens.resolution_reading import ResolutionDialog
from learnhabit.tui.screens.resolution_why import WhyResolutionDialog
from learnhabit.tui.screens.resolve import ResolveDialog
from tests.tui.resolved import MADE, detailed, opened, screen_of, studied_and_resolved, typed, views
from tests.tui.support import (
    HOSTILE,
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
        papers = next(view for view in before if view.resolution.measure == "resources")
        screen.show_resolution(papers.resolution.id)
        await wait(pilot, lambda: screen.marked and screen.marked.resolution.id == papers.resolution.id)
        await detailed(pilot)
        await press(pilot, "c")
        assert any("4 Topics, enter into one, then d" in each.message for each in app._notifications)
        screen.show_resolution(count.resolution.id)
        await wait(pilot, lambda: screen.marked and screen.marked.resolution.id == count.resolution.id)
        await detailed(pilot)
        await press(pilot, "d")
        await wait(pilot, lambda: len(screen.list.views) == 6)
        for _ in range(4):
            await press(pilot, "u")
        await wait(pilot, lambda: views(tmp_path) == before)

    run(app, script)
    assert views(tmp_path) == before


def test_one_that_is_gone_while_its_details_are_asked_for_is_no_error(tmp_path: Path) -> None:
    studied_and_resolved(tmp_path, 2)
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "3")
        await detailed(pilot)
        screen = screen_of(app)
        marked = screen.marked
        assert marked is not None
        with_data(tmp_path, lambda workspace: resolving.delete_resolution(workspace, marked.resolution.id))
        screen._read_detail()
        await wait(pilot, lambda: screen.marked and screen.marked.resolution.id != marked.resolution.id, "the list")
        assert app.screen is screen

    run(app, script)


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
