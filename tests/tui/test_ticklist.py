"""A list with check marks: only what is seen can be ticked, by keys, click and wheel."""

from __future__ import annotations

import asyncio

from textual.app import App, ComposeResult
from textual.events import MouseScrollDown, MouseScrollUp
from textual.pilot import Pilot

from learnhabit.tui.looks import THEMES
from learnhabit.tui.widgets.ticklist import TickList

NAMES = [(f"id{number}", f"title {number}") for number in range(8)]


class Lists(App[None]):
    """One list of eight in three rows, as the export has it."""

    CSS = "TickList { width: 40; }"

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(THEMES[0])
        self.theme = THEMES[0].name

    def compose(self) -> ComposeResult:
        yield TickList(NAMES)


def on_list(script: object, size: tuple[int, int] = (80, 24)) -> None:
    async def main() -> None:
        async with Lists().run_test(size=size) as pilot:
            await pilot.pause()
            await script(pilot, pilot.app.query_one(TickList))  # type: ignore[operator]

    asyncio.run(main())


def seen(ticks: TickList) -> list[str]:
    return [line.plain.strip() for line in ticks.rows(30)]


def test_a_click_on_the_row_that_counts_goes_a_page_on_and_ticks_nothing() -> None:
    async def script(pilot: Pilot[None], ticks: TickList) -> None:
        assert seen(ticks) == ["[ ] title 0", "[ ] title 1", "6 more ↓"]
        for expected in (
            ["[ ] title 2", "[ ] title 3", "4 more ↓"],
            ["[ ] title 4", "[ ] title 5", "2 more ↓"],
        ):
            await pilot.click(TickList, offset=(6, 2))
            assert not ticks.ticked
            assert seen(ticks) == expected
        await pilot.click(TickList, offset=(6, 2))
        assert not ticks.ticked
        assert "[ ] title 7" in seen(ticks)
        at = seen(ticks).index("[ ] title 7")
        await pilot.click(TickList, offset=(6, at))
        assert ticks.ticked == {"id7"}

    on_list(script)


def test_the_wheel_scrolls_and_ticks_nothing() -> None:
    def wheel(kind: type[MouseScrollDown | MouseScrollUp], ticks: TickList) -> None:
        ticks.post_message(
            kind(
                ticks, x=3, y=1, delta_x=0, delta_y=0, button=0, shift=False, meta=False, ctrl=False,
                screen_x=3, screen_y=1,
            )
        )  # fmt: skip

    async def script(pilot: Pilot[None], ticks: TickList) -> None:
        wheel(MouseScrollDown, ticks)
        await pilot.pause()
        assert "[ ] title 3" in seen(ticks)
        wheel(MouseScrollUp, ticks)
        await pilot.pause()
        assert seen(ticks)[0] == "[ ] title 0"
        assert not ticks.ticked

    on_list(script)


def test_in_fewer_rows_the_marked_one_is_still_seen() -> None:
    async def script(pilot: Pilot[None], ticks: TickList) -> None:
        ticks.focus()
        await pilot.press("down")
        ticks.styles.height = 2
        await pilot.pause()
        assert seen(ticks) == ["[ ] title 1", "7 more ↓"] or seen(ticks) == ["[ ] title 1", "6 more ↓"]
        await pilot.press("space")
        assert ticks.ticked == {"id1"}

    on_list(script)
