"""How the screen Year and its dialogs look. After a change that is meant: `--snapshot-update`, and look."""

from __future__ import annotations

import os
import shutil
from collections.abc import Awaitable, Callable
from datetime import datetime
from itertools import count
from pathlib import Path

import pytest
from textual.pilot import Pilot

from learnhabit.clock import FrozenClock
from learnhabit.tui import looks
from learnhabit.tui.screens.asking import ConfirmDialog
from learnhabit.tui.screens.year import YearScreen
from tests.reports.sample import build
from tests.tui.support import NOW, app_on, calm, logged, press, ready, wait
from tests.tui.test_snapshots import LIGHT, Compare

NARROW, WIDE, LARGE = (80, 24), (120, 36), (140, 45)
DECEMBER = datetime.fromisoformat("2026-12-20T12:00:00+01:00")


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Data folders made once."""
    made = {name: tmp_path_factory.mktemp(f"year-{name}") / "home" for name in ("two", "new", "one")}
    build(made["two"], NOW)
    numbers = count(1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "urandom", lambda size: next(numbers).to_bytes(size, "big"))
        logged(made["one"], "45m rag")
    made["new"].mkdir()
    return made


@pytest.fixture
def copies(folders: dict[str, Path], tmp_path: Path) -> dict[str, Path]:
    """Copies of them: the app makes offers."""
    return {name: Path(shutil.copytree(folder, tmp_path / name)) for name, folder in folders.items()}


def script_of(*keys: str, theme: str = looks.DARK) -> Callable[[Pilot[int]], Awaitable[None]]:
    """Open the screen, wait until everything is read, and press keys."""

    async def script(pilot: Pilot[int]) -> None:
        await ready(pilot)
        if theme != looks.DARK:
            pilot.app.theme = theme
        if isinstance(pilot.app.screen, ConfirmDialog):
            await press(pilot, "escape")
        await press(pilot, "6")
        screen = pilot.app.screen
        assert isinstance(screen, YearScreen)
        await wait(pilot, lambda: screen.view is not None, "the year")
        pilot.app.clear_notifications()
        await calm(pilot)
        await press(pilot, *keys)

    return script


SIZES = pytest.mark.parametrize(
    "size",
    [
        pytest.param(NARROW, id="80"),
        pytest.param(WIDE, id="120"),
        pytest.param(LARGE, marks=pytest.mark.campaign, id="140"),
    ],
)


@SIZES
@pytest.mark.parametrize("theme", [pytest.param(looks.DARK, id="dark"), LIGHT])
def test_the_year(copies: dict[str, Path], snap_compare: Compare, size: tuple[int, int], theme: str) -> None:
    assert snap_compare(app_on(copies["two"]), terminal_size=size, run_before=script_of(theme=theme))


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
@pytest.mark.parametrize("keys", [("pagedown",), ("end",), ("left",)], ids=["below", "end", "before"])
def test_the_rest_of_it(
    copies: dict[str, Path], snap_compare: Compare, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    assert snap_compare(app_on(copies["two"]), terminal_size=size, run_before=script_of(*keys))


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
@pytest.mark.parametrize("name", ["new", "one"])
def test_little_or_nothing(copies: dict[str, Path], snap_compare: Compare, name: str, size: tuple[int, int]) -> None:
    assert snap_compare(app_on(copies[name]), terminal_size=size, run_before=script_of())


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
@pytest.mark.parametrize(
    "keys", [("E",), ("E", "tab", "left"), ("a",), ("w",)], ids=["export", "friends", "answers", "why"]
)
def test_dialogs(copies: dict[str, Path], snap_compare: Compare, keys: tuple[str, ...], size: tuple[int, int]) -> None:
    assert snap_compare(app_on(copies["two"]), terminal_size=size, run_before=script_of(*keys))


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
def test_what_goes_on(copies: dict[str, Path], snap_compare: Compare, size: tuple[int, int]) -> None:
    app = app_on(copies["two"], FrozenClock(DECEMBER))
    assert snap_compare(app, terminal_size=size, run_before=script_of("o", "right"))
