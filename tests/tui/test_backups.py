"""The app beside backups: one is made while it is open, a damaged file is met with the way back, an erased one stays
erased."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from learnhabit.services import backups
from learnhabit.services.erasing import erase, look
from learnhabit.tui import keeping, reminding
from learnhabit.tui.screens.error import ErrorDialog
from tests.tui.support import NOW, app_on, clock_at, logged, press, run, shown, wait
from tests.tui.test_trouble import spoiled


def test_a_damaged_file_is_said_with_the_way_back(tmp_path: Path) -> None:
    logged(tmp_path, "10m rag")
    made = backups.backup_now(str(tmp_path), clock_at())
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        spoiled(tmp_path)
        await press(pilot, "2")
        await wait(pilot, lambda: isinstance(app.screen, ErrorDialog))
        said = " ".join(shown(app).replace("│", " ").split())
        assert f"The newest good backup is {made.id}, of Mon 23 Nov 2026, 20:40, with 1 session" in said
        assert f"learnhabit backup restore {made.id} brings it back" in said
        assert "learnhabit doctor --salvage FILE writes what can still be read into a file." in said
        backups.restore(str(tmp_path), clock_at(), made)
        await press(pilot, "r")
        await wait(pilot, lambda: "10 min" in shown(app))

    run(app, script, (80, 24))


def test_what_was_erased_stays_erased(tmp_path: Path) -> None:
    home = tmp_path / "home"
    logged(home, "10m rag")
    app = app_on(home)

    async def script(pilot: Pilot[int]) -> None:
        erase(str(home), look(str(home)))
        await press(pilot, "u")
        await wait(pilot, lambda: "The data file is gone" in shown(app))
        assert not home.exists()

    run(app, script)
    assert not home.exists()


def test_a_backup_that_is_due_is_made_and_that_it_can_not_be_is_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    logged(tmp_path, "10m rag")
    (tmp_path / "backups").write_text("in the way")
    app = app_on(tmp_path, clock_at(NOW + timedelta(hours=1)))
    said: list[str] = []
    looks = 0
    notify, look_once = app.notify, keeping.Keeper.look

    def noted(message: str, **more: Any) -> None:
        said.append(message)
        notify(message, **more)

    def counted(keeper: keeping.Keeper) -> None:
        nonlocal looks
        look_once(keeper)
        looks += 1

    monkeypatch.setattr(app, "notify", noted)
    monkeypatch.setattr(keeping.Keeper, "look", counted)
    monkeypatch.setattr(reminding, "TICK_SECONDS", 0.01)

    async def script(pilot: Pilot[int]) -> None:
        await wait(pilot, lambda: looks > 2 and said)
        (text,) = said
        assert text.startswith("No automatic backup was made; it is tried again. The backup could not be made: ")
        (tmp_path / "backups").unlink()
        await wait(pilot, lambda: backups.backups(str(tmp_path)))
        (made,) = backups.backups(str(tmp_path))
        assert (made.sessions, made.why) == (1, "automatic")

    run(app, script)
