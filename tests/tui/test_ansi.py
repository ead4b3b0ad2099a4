"""The terminal's own sixteen colours, and none: what has the focus and what is marked shows without any colour."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.segment import Segment
from textual.pilot import Pilot

from learnhabit.services.reminding import add_reminder
from learnhabit.services.resolving import add_resolution
from learnhabit.tui.app import LearnhabitApp
from learnhabit.tui.widgets.choice import Choice
from learnhabit.tui.widgets.fields import Line
from learnhabit.tui.widgets.press import Press
from tests.tui.support import NOW, app_on, clock_at, logged, press, run, with_data

THEMES = pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light"])
LISTS = ("log", "resolutions", "topics", "settings", "reminders")
"""Main screens with something to move through."""


@pytest.fixture(autouse=True)
def _bare_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")


def strips(app: LearnhabitApp) -> list[list[Segment]]:
    """The rows of the screen, as they are sent to the terminal."""
    return [list(strip) for strip in app.screen._compositor.render_strips()]


def colourless(app: LearnhabitApp) -> list[list[tuple[str, bool, bool, bool]]]:
    """Each row as (text, bold, underlined, reversed): all that is left where nobody sees a colour."""
    return [[(each.text, *_attributes(each)) for each in row] for row in strips(app)]


def _attributes(segment: Segment) -> tuple[bool, bool, bool]:
    style = segment.style
    return (bool(style and style.bold), bool(style and style.underline), bool(style and style.reverse))


def text_of(row: list[tuple[str, bool, bool, bool]]) -> str:
    return "".join(each[0] for each in row)


def seeded(folder: Path) -> None:
    logged(folder, "10m rag first")
    logged(folder, "20m rag second @20:00")
    with_data(folder, lambda ws: add_resolution(ws, "40 hours of rag by 31 Dec"))
    with_data(folder, lambda ws: add_resolution(ws, "study 5 days a week"))
    with_data(folder, lambda ws: [add_reminder(ws, rule, "always", rule) for rule in ("daily 07:00", "sun 18:00")])


@pytest.mark.parametrize("theme", ["ansi-dark", pytest.param("ansi-light", marks=pytest.mark.campaign)])
def test_what_is_marked_and_which_tab_is_open_show_without_a_colour(tmp_path: Path, theme: str) -> None:
    seeded(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        app = pilot.app
        assert isinstance(app, LearnhabitApp)
        app.theme = theme
        for mode in ("today", "log", "resolutions", "topics", "recall", "year", "settings", "reminders"):
            await app.action_show_tab(mode)
            await press(pilot)
            rows = colourless(app)
            heavy = text_of(rows[1])
            if mode in ("settings", "reminders"):
                (named,) = (each for row in rows for each in row if each[0] == mode.capitalize() and each[2])
                assert named[1:] == (True, True, False)
            else:
                title = text_of(rows[0])[heavy.index("━") : heavy.rindex("━") + 1]
                assert mode.capitalize() in title
            if mode in LISTS:
                before = [y for y, row in enumerate(rows) if "▌" in text_of(row)]
                await press(pilot, "down", "down" if mode == "log" else "home", "down")
                after = [y for y, row in enumerate(colourless(app)) if "▌" in text_of(row)]
                assert before != after, mode
                assert any(each[1] for y in after for each in colourless(app)[y] if each[0].strip(" ▌")), (
                    f"the marked row of {mode} has no strong letters"
                )

    run(app_on(tmp_path), script)


@THEMES
def test_what_has_the_focus_in_a_dialog_shows_without_a_colour(tmp_path: Path, theme: str) -> None:
    seeded(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        app = pilot.app
        assert isinstance(app, LearnhabitApp)
        app.theme = theme
        await app.action_show_tab("reminders")
        await press(pilot, "a")
        # One theme of the terminal's own colours has a black cursor, which nobody sees on black.
        seen = set()
        for _ in range(5):
            focused = app.focused
            assert focused is not None
            region = focused.region
            rows = colourless(app)[region.y : region.bottom]
            marked = [each for row in rows for each in row if (each[3] if isinstance(focused, Line) else each[2])]
            assert marked, focused
            seen.add(type(focused))
            await press(pilot, "tab")
        assert seen == {Line, Choice, Press}

    run(app_on(tmp_path), script)


def test_without_colours_the_app_is_grey(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    seeded(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        app = pilot.app
        assert isinstance(app, LearnhabitApp)
        await press(pilot, "4", "down")
        grey = {
            colour.triplet[0] == colour.triplet[1] == colour.triplet[2]
            for row in strips(app)
            for each in Segment.apply_style(row)
            for strip_style in (each.style,)
            if strip_style is not None
            for colour in (strip_style.color, strip_style.bgcolor)
            if colour is not None and colour.triplet is not None
        }
        assert app.no_color
        assert grey
        assert any("▌" in text_of(row) for row in colourless(app))

    run(LearnhabitApp(str(tmp_path), clock_at(NOW)), script)
