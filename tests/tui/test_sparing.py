"""A dialog is laid out once before it is seen, and follows the terminal and the theme afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot
from textual.screen import Screen

from learnhabit.tui.screens.dialog import Dialog
from tests.tui.support import app_on, logged, press, run, shown, wait

END = "act."
"""The last word of the help."""


@pytest.mark.parametrize(("key", "kind"), [("question_mark", "HelpDialog"), ("w", "WhyDialog"), ("l", "EntryDialog")])
def test_one_layout_and_no_second_styling_before_it_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, kind: str
) -> None:
    done: list[str] = []
    layout, paint, style = Screen._refresh_layout, Screen._compositor_refresh, Stylesheet.update_nodes

    def lay_out(screen: Screen[object], *more: object, **named: object) -> None:
        if isinstance(screen, Dialog):
            done.append("layout")
        layout(screen, *more, **named)  # type: ignore[arg-type]

    def show(screen: Screen[object]) -> None:
        if isinstance(screen, Dialog):
            done.append("paint")
        paint(screen)

    def dress(sheet: Stylesheet, nodes: object, animate: bool = False) -> None:
        every = list(nodes)  # type: ignore[call-overload]
        if any(isinstance(node, Dialog) for node in every):
            done.append("styling of all")
        style(sheet, every, animate)

    async def script(pilot: Pilot[int]) -> None:
        monkeypatch.setattr(Screen, "_refresh_layout", lay_out)
        monkeypatch.setattr(Screen, "_compositor_refresh", show)
        monkeypatch.setattr(Stylesheet, "update_nodes", dress)
        await press(pilot, key)
        assert type(pilot.app.screen).__name__ == kind
        assert done[:2] == ["layout", "paint"]

    logged(tmp_path, "25m rag")
    run(app_on(tmp_path), script)


def test_it_follows_the_terminal_and_the_theme(tmp_path: Path) -> None:
    async def script(pilot: Pilot[int]) -> None:
        app = pilot.app
        await press(pilot, "question_mark")
        dialog = app.screen
        assert isinstance(dialog, Dialog)
        for width, height in ((60, 24), (120, 45)):
            await pilot.resize_terminal(width, height)
            await wait(pilot, lambda width=width: dialog.size.width == width, "the size")  # type: ignore[misc]
            await wait(pilot, lambda width=width: dialog.body.region.right <= width - 3, "the frame")  # type: ignore[misc]
            # Wrapped anew for the width, not cut off.
            await press(pilot, *["pagedown"] * 8)
            assert END in shown(app)
            await press(pilot, *["pageup"] * 8)
        before = dialog.query_one("#dialog").styles.background
        app.theme = next(name for name in ("learnhabit-light", "learnhabit-dark") if name != app.theme)
        await wait(pilot, lambda: dialog.query_one("#dialog").styles.background != before, "other colours")

    logged(tmp_path, "25m rag")
    run(app_on(tmp_path), script, (80, 24))
