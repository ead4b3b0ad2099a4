"""The app under test: a frozen clock that a test may move, a data folder, and waiting for conditions."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from learnhabit.clock import FrozenClock
from learnhabit.domain.session import Session
from learnhabit.errors import LearnhabitError
from learnhabit.services import first_steps, tracking
from learnhabit.services.log import NO_FILTER, log_page
from learnhabit.services.workspace import Workspace, open_workspace
from learnhabit.tui.app import LearnhabitApp

NOW = datetime(2026, 11, 23, 20, 40, tzinfo=timezone(timedelta(hours=1)))
DEADLINE = 30.0
"""Seconds after which a condition that does not come true fails the test."""

HOSTILE = (
    "[/]",
    "[@click=app.quit]x[/]",
    "[Python] list[int]",
    "\x1b]52;c;aGk=\x07 osc \x1b]8;;http://x\x1b\\link",
    "\x9b31m c1 \x85 \x90",
    "‮bidi⁦ \u200b\ufeff tag \U000e0041",
    "emoji 👩‍👩‍👧 🏳️‍🌈 漢字かな e\u0301\u0327 कि",
    "$ink %s {0} \\n \\",
)
UNSHOWN = "\x1b\x07\x9b\x90\x85‮⁦\u200b\ufeff\x00"


class MovingClock(FrozenClock):
    """A frozen clock that a test sets forward."""

    def move(self, seconds: int) -> None:
        """Let time pass."""
        self._now += seconds


def clock_at(moment: datetime = NOW) -> MovingClock:
    """A clock that stands at a moment."""
    return MovingClock(moment)


def app_on(folder: Path, clock: FrozenClock | None = None, *, new: bool = False) -> LearnhabitApp:
    """The app on a data folder, nothing in it moving by itself; a `new` one greets with the first run."""
    # A folder that can't be opened or written is the app's to say.
    with suppress(LearnhabitError, sqlite3.Error):
        if new:
            _do(folder, lambda _: None, NOW)
        else:
            with_data(folder, _begun)
    app = LearnhabitApp(str(folder), clock or clock_at())
    app.animation_level = "none"
    return app


def _begun(workspace: Workspace) -> None:
    if first_steps.is_new(workspace):
        first_steps.end(workspace)


@cache
def _empty_log() -> bytes:
    """A database without a session, whose owner has seen the first run."""
    return made(lambda folder: _do(folder, first_steps.end, NOW))


def made(make: Callable[[Path], None]) -> bytes:
    """The database that something makes in a new folder, to be copied: making one writes the whole catalogue."""
    with tempfile.TemporaryDirectory() as name:
        make(Path(name))
        return (Path(name) / "learnhabit.db").read_bytes()


def place(folder: Path, database: bytes) -> None:
    """Let a folder hold a database, unless it holds anything already."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        (folder / "learnhabit.db").touch(0o600)
        (folder / "learnhabit.db").write_bytes(database)


def with_data(folder: Path, deed: Callable[[Workspace], object], moment: datetime = NOW) -> None:
    """Do something in the data folder, as another process would."""
    place(folder, _empty_log())
    _do(folder, deed, moment)


def _do(folder: Path, deed: Callable[[Workspace], object], moment: datetime) -> None:
    with open_workspace(str(folder), FrozenClock(moment)) as workspace:
        deed(workspace)


def logged(folder: Path, line: str, moment: datetime = NOW, **more: object) -> None:
    """Log a line at a moment."""
    with_data(folder, lambda workspace: tracking.log(workspace, [line], **more), moment)  # type: ignore[arg-type]


def sessions(folder: Path) -> tuple[Session, ...]:
    """What the log holds, newest first."""
    with open_workspace(str(folder), FrozenClock(NOW)) as workspace:
        return log_page(workspace, NO_FILTER, None, older=True, limit=1000).sessions


async def wait(pilot: Pilot[int], condition: Callable[[], object], what: str = "") -> None:
    """Let the app work until a condition holds."""
    end = time.monotonic() + DEADLINE
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"waited in vain for {what or condition}\n{shown(pilot.app)}")
        await pilot.pause()
        await asyncio.sleep(0.005)
    await pilot.pause()


async def ready(pilot: Pilot[int]) -> None:
    """Wait until the app stands: today is shown, the other screens are made, and no thread works for it."""
    app = pilot.app
    assert isinstance(app, LearnhabitApp)
    await wait(pilot, lambda: app.view is not None and app.is_settled, "the first reading")
    await calm(pilot)


async def calm(pilot: Pilot[int]) -> None:
    """Wait until no thread works for the app and everything is drawn."""
    for _ in range(2):
        await wait(pilot, lambda: all(worker.is_finished for worker in pilot.app.workers), "the workers")
        await pilot.pause()


async def press(pilot: Pilot[int], *keys: str) -> None:
    """Press keys, one after the other, and wait until the app is calm."""
    for key in keys:
        await pilot.press(key)
        await calm(pilot)


async def enter(pilot: Pilot[int], text: str) -> None:
    """Type into the field that has the focus, as fast as a terminal hands it on."""
    app = pilot.app
    assert app._driver is not None
    for character in text.replace("\n", "\r"):
        key = events.Key("enter" if character == "\r" else _character_to_key(character), character)
        key.set_sender(app)
        app._driver.send_message(key)
    await calm(pilot)


def shown(app: object) -> str:
    """What stands on the screen, as text."""
    assert isinstance(app, LearnhabitApp)
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


def run(app: LearnhabitApp, script: Callable[[Pilot[int]], Awaitable[None]], size: tuple[int, int] = (120, 36)) -> None:
    """Run a script against the app."""

    async def main() -> None:
        async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
            await ready(pilot)
            await script(pilot)

    asyncio.run(main())
