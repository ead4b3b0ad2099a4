"""The header where it is narrow: every tab can be read and clicked."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from learnhabit.tui.tabs import TABS
from learnhabit.tui.widgets.topbar import TopBar
from tests.tui.support import app_on, calm, logged, run, shown, wait


@pytest.mark.parametrize("width", [32, 40, 50, 58])
def test_closed_tabs_are_numbers_where_words_do_not_fit(tmp_path: Path, width: int) -> None:
    logged(tmp_path, "10m rag")

    async def script(pilot: Pilot[int]) -> None:
        for tab in (*TABS[1:], TABS[0]):
            place = 1 + TABS.index(tab)
            bar = pilot.app.screen.query_one(TopBar)
            start, end, mode = bar._spots[place - 1]
            assert mode == tab.mode
            assert end <= width
            await pilot.click(TopBar, offset=(start + 1, 0))
            await wait(pilot, lambda tab=tab: pilot.app.current_mode == tab.mode, tab.title)  # type: ignore[misc]
            await calm(pilot)
            head, rule = shown(pilot.app).splitlines()[:2]
            assert f"{place} {tab.title}" in head
            assert all(each.title not in head for each in TABS if each is not tab)
            assert [word for word in head.split() if word.isdigit()][:6] == list("123456")
            at = head.index(f"{place} {tab.title}")
            assert rule[at : at + len(tab.title) + 2] == "━" * (len(tab.title) + 2)

    run(app_on(tmp_path), script, (width, 24))


@pytest.mark.parametrize("width", [60, 66, 80])
def test_words_stay_where_they_fit(tmp_path: Path, width: int) -> None:
    async def script(pilot: Pilot[int]) -> None:
        head = shown(pilot.app).splitlines()[0]
        assert all(f"{place} {tab.title}" in head for place, tab in enumerate(TABS, start=1))

    run(app_on(tmp_path), script, (width, 24))
