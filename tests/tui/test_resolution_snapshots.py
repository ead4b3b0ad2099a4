"""How screen 3 and its dialogs look. After a change that is meant: `--snapshot-update`, and look."""

from __future__ import annotations

import shutil
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from learnhabit.services import planning, resolving
from learnhabit.tui import looks
from learnhabit.tui.app import LearnhabitApp
from tests.tui.resolved import detailed, screen_of, studied_and_resolved
from tests.tui.support import NOW, app_on, calm, press, ready, wait, with_data
from tests.tui.test_snapshots import LIGHT, Compare

NARROW, WIDE, LARGE = (80, 24), (120, 36), (140, 45)


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Data folders with 0, 1, 7 and 40 resolutions, and with hostile ones, made once."""
    made = {}
    for name, number in (("0", 0), ("1", 1), ("7", 7), ("40", 40), ("hostile", 8)):
        made[name] = tmp_path_factory.mktemp(f"resolved-{name}")
        studied_and_resolved(made[name], number, hostile=name == "hostile")
    with_data(
        made["7"],
        lambda workspace: planning.add_time_off(workspace, "2026-12-24", "2026-12-31", "holiday"),
        NOW - timedelta(days=20),
    )
    with_data(
        made["7"], lambda workspace: resolving.set_target(workspace, _first(workspace), "30"), NOW - timedelta(days=9)
    )
    return made


def _first(workspace: object) -> str:
    row = workspace.store.one("SELECT id FROM resolution ORDER BY seq LIMIT 1")  # type: ignore[attr-defined]
    return str(row[0])


def script_of(
    *keys: str, theme: str = looks.DARK, text: str | None = None, mark: str = ""
) -> Callable[[Pilot[int]], Awaitable[None]]:
    """Open screen 3, go to a measure's resolution, press keys, fill the field with a text."""

    async def script(pilot: Pilot[int]) -> None:
        app = pilot.app
        assert isinstance(app, LearnhabitApp)
        await ready(pilot)
        if theme != looks.DARK:
            app.theme = theme
        await press(pilot, "3")
        screen = screen_of(app)
        await wait(pilot, lambda: screen.list.rows(60), "the list")
        await calm(pilot)
        if screen.list.views:
            if mark:
                each = next(view for view in screen.list.views if _named(mark, view.resolution.statement))
                screen.list.mark(each.resolution.id)
            await detailed(pilot)
        await press(pilot, *keys)
        if text is not None:
            field = app.focused
            assert isinstance(field, Input)
            field.value = text
            field.cursor_position = len(text)
            await wait(pilot, lambda: not getattr(app.screen, "reading", False), "the reading")
        await calm(pilot)

    return script


def _named(mark: str, statement: str) -> bool:
    return mark.casefold() in statement.casefold()


@pytest.mark.parametrize("size", [NARROW, WIDE, LARGE], ids=["80", "120", "140"])
@pytest.mark.parametrize("name", ["0", "1", "7", "40", "hostile"])
def test_resolutions(
    folders: dict[str, Path], tmp_path: Path, snap_compare: Compare, name: str, size: tuple[int, int]
) -> None:
    home = Path(shutil.copytree(folders[name], tmp_path / "home"))
    assert snap_compare(app_on(home), terminal_size=size, run_before=script_of())


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
@pytest.mark.parametrize("name", ["0", "7"])
def test_resolutions_in_the_light(
    folders: dict[str, Path], tmp_path: Path, snap_compare: Compare, name: str, size: tuple[int, int]
) -> None:
    home = Path(shutil.copytree(folders[name], tmp_path / "home"))
    assert snap_compare(app_on(home), terminal_size=size, run_before=script_of(theme=looks.LIGHT))


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
@pytest.mark.parametrize("mark", ["days a week", "pass the exam", "papers", "fine-tuning", "minutes a day"])
def test_each_kind_of_resolution(
    folders: dict[str, Path], tmp_path: Path, snap_compare: Compare, mark: str, size: tuple[int, int]
) -> None:
    home = Path(shutil.copytree(folders["7"], tmp_path / "home"))
    assert snap_compare(app_on(home), terminal_size=size, run_before=script_of(mark=mark))


DIALOGS: dict[str, tuple[tuple[str, ...], str | None]] = {
    "add-empty": (("a",), None),
    "add": (("a",), "read 24 papers on rag and agents in 2027 after morning coffee"),
    "add-unclear": (("a",), "40 rag by 03/04"),
    "add-unread": (("a",), "40 hours of cooking"),
    "edit": (("e",), None),
    "target": (("T",), None),
    "let-go": (("g",), None),
    "why": (("w",), None),
    "whole": (("enter",), None),
}


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
@pytest.mark.parametrize("theme", [pytest.param(looks.DARK, id="dark"), LIGHT])
@pytest.mark.parametrize("name", DIALOGS)
def test_dialogs(
    folders: dict[str, Path], tmp_path: Path, snap_compare: Compare, name: str, theme: str, size: tuple[int, int]
) -> None:
    home = Path(shutil.copytree(folders["7"], tmp_path / "home"))
    keys, text = DIALOGS[name]
    script = script_of(*keys, theme=theme, text=text, mark="fine-tuning")
    assert snap_compare(app_on(home), terminal_size=size, run_before=script)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
def test_carrying_over(tmp_path: Path, snap_compare: Compare, size: tuple[int, int]) -> None:
    for line in (
        "40 hours of rag by 31 Dec 2025",
        "study 5 days a week by 31 Dec 2025",
        "pass the exam by 31 Dec 2025",
    ):
        with_data(tmp_path, lambda ws, line=line: resolving.add_resolution(ws, line), NOW - timedelta(days=500))  # type: ignore[misc]

    async def script(pilot: Pilot[int]) -> None:
        await ready(pilot)
        await wait(pilot, lambda: pilot.app.screen.is_modal, "the offer, which is made once")
        await press(pilot, "escape", "3")
        await wait(pilot, lambda: isinstance(pilot.app, LearnhabitApp) and screen_of(pilot.app).list.views, "the list")
        await detailed(pilot)
        await press(pilot, "o")
        await wait(pilot, lambda: pilot.app.screen.is_modal, "the dialog")
        await press(pilot, "down", "space")

    assert snap_compare(app_on(tmp_path), terminal_size=size, run_before=script)
