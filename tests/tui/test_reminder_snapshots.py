"""How the screen Reminders and its dialogs look. After a change that is meant: `--snapshot-update`, and look."""

from __future__ import annotations

import os
import shutil
from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from textual.pilot import Pilot

from learnhabit.notify.notifier import Notice
from learnhabit.services.delivering import tick
from learnhabit.services.reminding import add_reminder, disable_reminder
from learnhabit.services.tracking import log
from learnhabit.services.workspace import Workspace
from learnhabit.tui import looks
from learnhabit.tui.screens.reminders import RemindersScreen
from tests.tui.support import HOSTILE, NOW, app_on, calm, press, ready, wait, with_data
from tests.tui.test_snapshots import LIGHT, Compare

NARROW, WIDE, LARGE = (80, 24), (120, 36), (140, 45)
WEEK = (
    ("daily 07:35", "always", "After morning coffee: ten minutes of LoRA"),
    ("weekdays 20:50", "not-studied", "Ten minutes still count today"),
    ("daily 21:15", "run-at-risk", ""),
    ("sun 18:00", "weekly-review", ""),
    ("1st of the month 9:00", "behind", ""),
    ("weekdays 12:40", "recall-due", ""),
)


class Silent:
    """A notifier to whom nobody listens."""

    def send(self, notice: Notice) -> None:
        """It was sent."""


def used(folder: Path) -> None:
    """Six reminders, one of them off, and four days of deliveries."""
    begin = NOW - timedelta(days=4, hours=14)

    def make(workspace: Workspace) -> None:
        for rule, condition, text in WEEK:
            add_reminder(workspace, rule, condition, text)
        disable_reminder(workspace, "last")

    with_data(folder, make, begin)
    for day in range(4):
        for hour, minute in ((7, 36), (18, 52), (20, 51), (21, 16)):
            moment = (begin + timedelta(days=day)).replace(hour=hour, minute=minute)
            if moment < NOW:
                with_data(folder, lambda ws: tick(ws, Silent()), moment)
    with_data(folder, lambda ws: tick(ws, Silent()), NOW.replace(hour=7, minute=35))
    with_data(folder, lambda ws: log(ws, ["32m", "fine-tuning"]), NOW.replace(hour=8))


def hostile(folder: Path) -> None:
    with_data(
        folder,
        lambda ws: [add_reminder(ws, "daily 20:00", "always", text * 3) for text in HOSTILE],
        NOW - timedelta(hours=3),
    )


def many(folder: Path) -> None:
    with_data(
        folder,
        lambda ws: [add_reminder(ws, f"daily {number % 24}:{number:02}") for number in range(40)],
        NOW - timedelta(hours=1),
    )


@pytest.fixture(autouse=True)
def _bare_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the agent's panel says does not depend on who runs this."""
    monkeypatch.setenv("PATH", "/nowhere")


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Data folders made once, with the same ids each time."""
    made = {}
    for name, deed in (("new", None), ("used", used), ("hostile", hostile), ("many", many)):
        made[name] = tmp_path_factory.mktemp(f"reminders-{name}")
        numbers = count(1)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "urandom", lambda size, numbers=numbers: next(numbers).to_bytes(size, "big"))
            if deed is not None:
                deed(made[name])
                # What is due by now is sent here: the app's own tick would be drawn or not, as it comes.
                with_data(made[name], lambda ws: tick(ws, Silent()))
    return made


@pytest.fixture
def copies(folders: dict[str, Path], tmp_path: Path) -> dict[str, Path]:
    """Copies of them: the app ticks."""
    return {name: Path(shutil.copytree(folder, tmp_path / name)) for name, folder in folders.items()}


def script_of(*keys: str, theme: str = looks.DARK) -> Callable[[Pilot[int]], Awaitable[None]]:
    """Open the screen, wait until everything is read, and press keys."""

    async def script(pilot: Pilot[int]) -> None:
        await ready(pilot)
        if theme != looks.DARK:
            pilot.app.theme = theme
        await press(pilot, "comma", "comma")
        screen = pilot.app.screen
        assert isinstance(screen, RemindersScreen)
        await wait(pilot, lambda: screen.reminders is not None and screen.status is not None, "the reminders")
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
def test_reminders(copies: dict[str, Path], snap_compare: Compare, size: tuple[int, int], theme: str) -> None:
    assert snap_compare(app_on(copies["used"]), terminal_size=size, run_before=script_of("down", theme=theme))


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
@pytest.mark.parametrize(("name", "keys"), [("new", ()), ("hostile", ("down",)), ("many", ("end",))])
def test_reminders_of_other_people(
    copies: dict[str, Path], snap_compare: Compare, name: str, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    assert snap_compare(app_on(copies[name]), terminal_size=size, run_before=script_of(*keys))


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
@pytest.mark.parametrize("keys", [("a",), ("e",), ("i",), ("z",)], ids=["add", "edit", "agent", "snooze"])
def test_dialogs(copies: dict[str, Path], snap_compare: Compare, keys: tuple[str, ...], size: tuple[int, int]) -> None:
    assert snap_compare(app_on(copies["used"]), terminal_size=size, run_before=script_of(*keys))
