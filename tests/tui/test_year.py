"""The screen Year: other years, the look back, what goes on, the export; each by keys, and some by mouse."""

from __future__ import annotations

import json
import shutil
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from learnhabit.clock import FrozenClock
from learnhabit.services import resolving, tracking
from learnhabit.services.looking_back import answers
from learnhabit.services.offers import due_offer, take_offer
from learnhabit.services.resolutions import made_resolutions
from learnhabit.services.summary import summary, year_period
from learnhabit.services.workspace import open_workspace
from learnhabit.tui.app import LearnhabitApp
from learnhabit.tui.screens.asking import ConfirmDialog
from learnhabit.tui.screens.year import YearScreen
from learnhabit.tui.screens.year_back import AnswersDialog, OnwardDialog
from learnhabit.tui.screens.year_export import ExportDialog
from learnhabit.tui.widgets.choice import Choice
from learnhabit.tui.widgets.fields import Line
from learnhabit.tui.widgets.ticklist import TickList
from tests.reports.sample import build
from tests.tui.support import HOSTILE, NOW, UNSHOWN, app_on, enter, logged, press, run, shown, wait, with_data

NARROW, WIDE = (80, 24), (120, 36)
DECEMBER = datetime.fromisoformat("2026-12-20T12:00:00+01:00")


@pytest.fixture(scope="session")
def two_years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("two-years") / "home"
    build(home, NOW)
    return home


@pytest.fixture
def folder(two_years: Path, tmp_path: Path) -> Path:
    """Two years of study, to be changed."""
    return Path(shutil.copytree(two_years, tmp_path / "data"))


def on_year(
    folder: Path,
    script: Callable[[Pilot[int], YearScreen], Awaitable[None]],
    size: tuple[int, int] = WIDE,
    moment: datetime = NOW,
) -> None:
    """Run a script on the screen."""

    async def main(pilot: Pilot[int]) -> None:
        if isinstance(pilot.app.screen, ConfirmDialog):
            await press(pilot, "escape")
        await press(pilot, "6")
        screen = pilot.app.screen
        assert isinstance(screen, YearScreen)
        await wait(pilot, lambda: screen.view is not None, "the year")
        await script(pilot, screen)

    run(app_on(folder, FrozenClock(moment)), main, size)


async def until(pilot: Pilot[int], text: str) -> None:
    await wait(pilot, lambda: text in shown(pilot.app), f"“{text}”")


def said(app: LearnhabitApp) -> str:
    return " ".join(notification.message for notification in app._notifications)


def everything(screen: YearScreen, width: int) -> str:
    """All rows of the screen, seen or not."""
    return "\n".join(row.plain for each in (screen.head, screen.body) for row in each.rows(width))


def test_it_shows_what_the_page_shows(folder: Path) -> None:
    with open_workspace(str(folder), FrozenClock(NOW)) as workspace:
        found = summary(workspace, year_period(workspace, 2026))

    async def script(pilot: Pilot[int], screen: YearScreen) -> None:
        assert screen.view is not None
        assert screen.view.summary.hash == found.hash
        text = everything(screen, 110)
        assert screen.view.shared.sentence.split(".")[0] in text.replace("\n", " ")
        for wanted in ("HOURS STUDIED", "MONTHS", "TOPICS", "WEEKDAY × HOUR", "RESOLUTIONS", "PACE", "RHYTHM",
                       "FINISHED", "IN MY WORDS", "HOW THIS WAS COUNTED", "Themes touched", "Longest gap"):  # fmt: skip
            assert wanted in text, wanted
        assert found.hash[:16] in text

    on_year(folder, script)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
def test_other_years(folder: Path, size: tuple[int, int]) -> None:
    async def script(pilot: Pilot[int], screen: YearScreen) -> None:
        await press(pilot, "right_square_bracket")
        assert "2026 is the last year" in said(screen.app)
        await press(pilot, "left_square_bracket")
        await wait(pilot, lambda: screen.view is not None and screen.view.year == 2025, "the year before")
        await until(pilot, "1 Jan – 31 Dec")
        assert "so far" not in screen.head.rows(100)[0].plain
        await press(pilot, "left")
        assert "Nothing was logged before 2025" in said(screen.app)
        await press(pilot, "right")
        await wait(pilot, lambda: screen.view is not None and screen.view.year == 2026, "this year")

    on_year(folder, script, size)


def test_it_is_read_when_it_is_looked_at_and_not_before(folder: Path) -> None:
    async def main(pilot: Pilot[int]) -> None:
        assert "year" not in pilot.app._screen_stacks
        await press(pilot, "6")
        screen = pilot.app.screen
        assert isinstance(screen, YearScreen)
        await wait(pilot, lambda: screen.view is not None, "the year")
        first = screen.view
        assert first is not None
        await press(pilot, "1")
        logged(folder, "45m rag")
        await wait(pilot, lambda: screen._stale, "the other process to be noticed")
        assert screen.view is first
        await press(pilot, "6")
        await wait(pilot, lambda: screen.view is not first, "another reading")
        second = screen.view
        assert second is not None
        assert second.summary.seconds == first.summary.seconds + 45 * 60
        logged(folder, "30m rag")
        await wait(
            pilot,
            lambda: screen.view is not None and screen.view.summary.seconds == second.summary.seconds + 1800,
            "what was logged while it is shown",
        )

    run(app_on(folder), main)


def test_scrolling_by_keys(folder: Path) -> None:
    async def script(pilot: Pilot[int], screen: YearScreen) -> None:
        page = screen.query_one("#page")
        await press(pilot, "down")
        assert page.scroll_y == 2
        await press(pilot, "pagedown")
        assert page.scroll_y > 10
        await press(pilot, "end")
        await until(pilot, "no data was sent anywhere")
        await press(pilot, "up", "pageup", "home")
        assert page.scroll_y == 0

    on_year(folder, script, NARROW)


def test_looking_back_in_ones_own_words(folder: Path) -> None:
    async def script(pilot: Pilot[int], screen: YearScreen) -> None:
        await press(pilot, "a")
        dialog: object = pilot.app.screen
        assert isinstance(dialog, AnswersDialog)
        await press(pilot, "ctrl+s")
        await wait(pilot, lambda: pilot.app.screen is screen, "the screen, as nothing was typed")
        await press(pilot, "a", "tab", "tab", "tab")
        await enter(pilot, "The ten minutes.")
        await press(pilot, "ctrl+s")
        await wait(pilot, lambda: pilot.app.screen is screen, "the screen")
        assert "Kept what you say about 2026" in said(screen.app)
        await wait(pilot, lambda: "The ten minutes." in everything(screen, 110), "the answer")
        await press(pilot, "u")
        await wait(pilot, lambda: "The ten minutes." not in everything(screen, 110), "undo")

    on_year(folder, script)
    with open_workspace(str(folder), FrozenClock(NOW)) as workspace:
        assert set(answers(workspace, 2026)) == {"worked", "did-not", "changed"}


def test_what_goes_on_is_decided_from_15_december(folder: Path) -> None:
    async def early(pilot: Pilot[int], screen: YearScreen) -> None:
        await press(pilot, "o")
        assert "From 15 December" in said(screen.app)

    on_year(folder, early)

    async def late(pilot: Pilot[int], screen: YearScreen) -> None:
        await press(pilot, "o")
        dialog = pilot.app.screen
        assert isinstance(dialog, OnwardDialog)
        assert len(dialog.query(Choice)) == 6
        await press(pilot, "right", "tab", "right", "right")
        # The target was raised to 60 hours, whatever the words say.
        await until(pilot, "30 h: 40 hours of fine-tuning by 31 Dec")
        await press(pilot, "ctrl+s")
        await wait(pilot, lambda: pilot.app.screen is screen, "the screen")
        assert "Made 2 resolutions for 2027" in said(screen.app)
        await wait(pilot, lambda: "INTO 2027" in everything(screen, 110), "what was decided")
        text = everything(screen, 110)
        assert "Carry on: 160 hours this year (160 h)" in text
        assert "Set smaller: 40 hours of fine-tuning" in text and "Drop: study 4 days a week" in text

    on_year(folder, late, moment=DECEMBER)
    with open_workspace(str(folder), FrozenClock(DECEMBER)) as workspace:
        made = [each for each in made_resolutions(workspace) if each.carried_from]
        assert [each.period_start.year for each in made] == [2027, 2027]


def test_it_is_offered_once(folder: Path) -> None:
    with open_workspace(str(folder), FrozenClock(DECEMBER)) as workspace:
        assert due_offer(workspace) == "look-back:2026"

    async def main(pilot: Pilot[int]) -> None:
        await wait(pilot, lambda: isinstance(pilot.app.screen, ConfirmDialog), "the offer")
        await until(pilot, "2026 is nearly over")
        await until(pilot, "set smaller, or dropped")
        await press(pilot, "enter")
        await wait(pilot, lambda: isinstance(pilot.app.screen, OnwardDialog), "the dialog")
        assert pilot.app.current_mode == "year"

    run(app_on(folder, FrozenClock(DECEMBER)), main)
    with open_workspace(str(folder), FrozenClock(DECEMBER)) as workspace:
        assert due_offer(workspace) != "look-back:2026"
        take_offer(workspace, "x")


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
def test_an_export_by_keys(folder: Path, tmp_path: Path, size: tuple[int, int]) -> None:
    target = tmp_path / "year.json"

    async def script(pilot: Pilot[int], screen: YearScreen) -> None:
        await press(pilot, "E")
        dialog = pilot.app.screen
        assert isinstance(dialog, ExportDialog)
        assert dialog.query_one("#path", Line).value == "~/learnhabit-2026-full.html"
        await press(pilot, "right", "right")
        assert dialog.query_one("#path", Line).value == "~/learnhabit-2026-full.json"
        await press(pilot, "tab", "left")
        assert dialog.query_one("#path", Line).value == "~/learnhabit-2026-friends.json"
        assert "absences" in shown(pilot.app)
        await press(pilot, "tab", "down", "space")
        assert isinstance(pilot.app.focused, TickList)
        await press(pilot, "tab")
        line = dialog.query_one("#path", Line)
        line.value = str(target)
        await press(pilot, "enter")
        await wait(pilot, lambda: pilot.app.screen is screen, "the screen")
        assert f"Written: {target}" in said(screen.app)
        # Once more: it is there, and stays.
        await press(pilot, "E")
        pilot.app.screen.query_one("#path", Line).value = str(target)
        await press(pilot, "ctrl+s")
        await until(pilot, "exists already")
        await press(pilot, "escape")

    on_year(folder, script, size)
    written = json.loads(target.read_text(encoding="utf-8"))
    assert written["share"] == "friends"
    assert [each["statement"] for each in written["resolutions"]] == ["40 hours of fine-tuning by 31 Dec"]
    assert target.stat().st_mode & 0o777 == 0o600


def test_a_card_is_public_unless_something_else_is_chosen(folder: Path) -> None:
    async def script(pilot: Pilot[int], screen: YearScreen) -> None:
        await press(pilot, "E", "left", "left")
        dialog = pilot.app.screen
        assert dialog.query_one("#path", Line).value == "~/learnhabit-2026-public.png"
        assert not dialog.query_one("#titles").display
        assert any("Daily grid: " in line for line in shown(pilot.app).partition("– ")[2].splitlines())

    on_year(folder, script)


def test_the_mouse_does_all_of_it(folder: Path, tmp_path: Path) -> None:
    async def script(pilot: Pilot[int], screen: YearScreen) -> None:
        await pilot.click("FootBar", offset=(4, 0))
        await wait(pilot, lambda: isinstance(pilot.app.screen, ExportDialog), "the export")
        await pilot.click("#level", offset=(14, 0))
        await wait(pilot, lambda: pilot.app.screen.query_one("#level", Choice).at == 1, "friends")
        await pilot.click("#titles", offset=(3, 1))
        assert len(pilot.app.screen.query_one("#titles", TickList).ticked) == 1
        await press(pilot, "escape")
        await pilot.click("YearHeatmap", offset=(10, 3))
        await wait(pilot, lambda: pilot.app.current_mode == "log", "the day in the log")

    on_year(folder, script, (120, 44))


def test_why(folder: Path) -> None:
    async def script(pilot: Pilot[int], screen: YearScreen) -> None:
        await press(pilot, "w")
        await until(pilot, "fourth day lies in the year")
        assert "Held against 1 January – 23 November 2025" in shown(pilot.app).replace("\n", " ").replace(
            "  ", " "
        ) or ("Held against" in shown(pilot.app))

    on_year(folder, script)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
def test_an_empty_year_and_one_session(tmp_path: Path, size: tuple[int, int]) -> None:
    async def empty(pilot: Pilot[int], screen: YearScreen) -> None:
        await until(pilot, "Nothing was studied yet.")
        for bad in ("NaN", "inf ", "∞", "None"):
            assert bad not in everything(screen, size[0] - 6)
        await press(pilot, "E", "escape", "a", "escape", "o", "w", "escape")

    on_year(tmp_path, empty, size)
    logged(tmp_path, "45m rag")

    async def one(pilot: Pilot[int], screen: YearScreen) -> None:
        await until(pilot, "45 min over 1 day, all of it Retrieval-augmented generation")

    on_year(tmp_path, one, size)


def test_hostile_texts_are_only_texts(tmp_path: Path) -> None:
    def plant(workspace: Any) -> None:
        for text in HOSTILE:
            tracking.log(workspace, ["20m", "rag"], takeaway=text)
            from learnhabit.services.editing import star

            star(workspace, "last")
            resolving.add_resolution(workspace, f"write {text} by 31 Dec".replace("\n", " "))
        from learnhabit.services.looking_back import look_back

        look_back(workspace, 2026, {"worked": " ".join(HOSTILE)}, {})

    with_data(tmp_path, plant)

    async def script(pilot: Pilot[int], screen: YearScreen) -> None:
        for keys in ((), ("end",), ("E",), ("escape", "a"), ("escape", "w")):
            await press(pilot, *keys)
            text = shown(pilot.app)
            assert not set(UNSHOWN) & set(text)
        assert "[@click=app.quit]x[/]" in everything(screen, 110)

    on_year(tmp_path, script)


def test_a_star_in_the_log(folder: Path) -> None:
    async def main(pilot: Pilot[int]) -> None:
        await press(pilot, "2")
        logged(folder, "20m rag", takeaway="Ask before you index.")
        await until(pilot, "Ask before you index.")
        await press(pilot, "home", "asterisk")
        await until(pilot, "TAKEAWAY ★")
        await press(pilot, "asterisk")
        await wait(pilot, lambda: "TAKEAWAY ★" not in shown(pilot.app), "the star to go")
        await press(pilot, "end", "asterisk")
        assert "no takeaway to star" in said_by(pilot) or "★" in said_by(pilot)

    def said_by(pilot: Pilot[int]) -> str:
        assert isinstance(pilot.app, LearnhabitApp)
        return said(pilot.app)

    run(app_on(folder), main)
