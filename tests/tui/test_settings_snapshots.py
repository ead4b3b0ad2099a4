"""How the screen Settings and its dialogs look. After a change that is meant: `--snapshot-update`, and look."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from learnhabit.services.planning import add_time_off
from learnhabit.services.settings import set_setting
from learnhabit.tui import looks
from learnhabit.tui.screens.settings import SettingsScreen
from tests.tui.support import app_on, calm, press, ready, wait, with_data
from tests.tui.test_snapshots import Compare

NARROW, WIDE = (80, 24), (120, 36)
SET = {"cadence": "mon,wed,fri", "goal": "45m", "day_start": "05:00", "cue": "after my morning coffee"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which some things are set; it looks the same wherever it lies."""
    home = tmp_path / "home"
    monkeypatch.setattr("learnhabit.services.settings_view.short_path", lambda path: "~/.local/share/learnhabit")
    for key, value in SET.items():
        with_data(home, lambda ws, key=key, value=value: set_setting(ws, key, value))  # type: ignore[misc]
    with_data(home, lambda ws: add_time_off(ws, "24 Dec", "1 Jan", "holiday"))
    return home


def script_of(*keys: str, theme: str = looks.DARK) -> Callable[[Pilot[int]], Awaitable[None]]:
    """Open the screen, wait until everything is read, and press keys."""

    async def script(pilot: Pilot[int]) -> None:
        await ready(pilot)
        if theme != looks.DARK:
            pilot.app.theme = theme
        await press(pilot, "comma")
        screen = pilot.app.screen
        assert isinstance(screen, SettingsScreen)
        await wait(pilot, lambda: screen.settings is not None, "the settings")
        await press(pilot, *keys)
        pilot.app.clear_notifications()
        await calm(pilot)

    return script


@pytest.mark.parametrize(
    ("size", "theme", "keys"),
    [
        pytest.param(NARROW, looks.DARK, ("down", "down", "down"), id="80"),
        pytest.param(WIDE, looks.DARK, ("down", "down"), id="120"),
        pytest.param(WIDE, looks.LIGHT, ("down", "down"), id="120-light"),
        pytest.param(NARROW, looks.DARK, ("enter",), id="ask-80"),
        pytest.param(NARROW, looks.DARK, (*["down"] * 10, "enter"), id="keys-80"),
    ],
)
def test_settings(
    folder: Path, snap_compare: Compare, size: tuple[int, int], theme: str, keys: tuple[str, ...]
) -> None:
    assert snap_compare(app_on(folder), terminal_size=size, run_before=script_of(*keys, theme=theme))
