"""The screen Settings: by keys and by mouse, in agreement with the command, and at work at once everywhere."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from learnhabit.services import preferences
from learnhabit.services.planning import add_time_off, time_off
from learnhabit.services.settings import SETTINGS, set_setting, setting_values
from learnhabit.services.workspace import Workspace
from learnhabit.tui import looks, safe_text
from learnhabit.tui.screens.reminders import RemindersScreen
from learnhabit.tui.screens.settings import SettingsScreen
from learnhabit.tui.widgets.asidebar import AsideBar
from learnhabit.tui.widgets.fields import Line
from tests.tui.support import HOSTILE, UNSHOWN, app_on, calm, enter, logged, press, run, shown, wait, with_data

NARROW, WIDE = (80, 24), (120, 36)
SIZES = pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
TYPED = {
    "cadence": ("mon,wed,fri", "mon,wed,fri"),
    "minimum": ("15m", "15m"),
    "goal": ("1h", "1h"),
    "day_start": ("05:30", "05:30"),
    "quiet_hours": ("21:00-06:30", "21:00-06:30"),
    "catch_up": ("90m", "90m"),
    "recall_limit": ("7", "7"),
    "cue": ("after my coffee", "after my coffee"),
    "partner": ("Mia", "Mia"),
}
"""What is typed on the screen, and what the command shows then."""
PICKED = {"week_start": ("sun", "sunday"), "theme": ("nord", "nord")}
TURNED = {"motion": "reduced", "clock": "12", "bell": "on"}


@pytest.fixture(autouse=True)
def _bare_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")


def on_settings(
    folder: Path, script: Callable[[Pilot[int], SettingsScreen], Awaitable[None]], size: tuple[int, int] = WIDE
) -> None:
    """Run a script on the screen."""

    async def main(pilot: Pilot[int]) -> None:
        await press(pilot, "comma")
        screen = pilot.app.screen
        assert isinstance(screen, SettingsScreen)
        await wait(pilot, lambda: screen.settings is not None and screen.list.count(), "the settings")
        await script(pilot, screen)

    run(app_on(folder), main, size)


def values(folder: Path) -> dict[str, str]:
    """The settings as the command reads them."""
    found: list[dict[str, str]] = []
    with_data(folder, lambda workspace: found.append(setting_values(workspace)))
    return found[0]


async def to(pilot: Pilot[int], screen: SettingsScreen, key: str) -> None:
    """Put the cursor on a row."""
    await wait(pilot, lambda: key in [item.key for item in screen.list.items], f"the row {key}")
    screen.list.put_mark([item.key for item in screen.list.items].index(key))
    await pilot.pause()


async def change(pilot: Pilot[int], screen: SettingsScreen, key: str) -> str:
    """Change a setting on the screen; what the command should show then."""
    await to(pilot, screen, key)
    await press(pilot, "enter")
    if key in TURNED:
        return TURNED[key]
    if key in PICKED:
        if SETTINGS[key].choices[8:]:
            await enter(pilot, PICKED[key][0])
            await press(pilot, "enter")
        else:
            await press(pilot, "down", "enter")
        return PICKED[key][1]
    pilot.app.screen.query_one(Line).value = TYPED[key][0]
    await press(pilot, "enter")
    return TYPED[key][1]


def test_every_setting_of_the_screen_and_of_the_command_agree(tmp_path: Path) -> None:
    async def script(pilot: Pilot[int], screen: SettingsScreen) -> None:
        for key in SETTINGS:
            wanted = await change(pilot, screen, key)
            await wait(pilot, lambda key=key, wanted=wanted: values(tmp_path)[key] == wanted, f"{key} to be {wanted}")  # type: ignore[misc]
            await wait(pilot, lambda: isinstance(pilot.app.screen, SettingsScreen), "the dialog to close")
            await calm(pilot)
            assert screen.settings is not None
            assert screen.settings.values == values(tmp_path)
        # And what the command changes meanwhile is shown.
        with_data(tmp_path, lambda workspace: set_setting(workspace, "partner", "Ada"))
        await wait(pilot, lambda: "Ada" in shown(pilot.app), "the other partner")
        # Each has a usual value, which r gives back; u takes back what belongs to the data.
        await to(pilot, screen, "clock")
        await press(pilot, "r")
        await wait(pilot, lambda: values(tmp_path)["clock"] == "24")
        await press(pilot, "u")
        await wait(pilot, lambda: values(tmp_path)["clock"] == "12")

    on_settings(tmp_path, script)


@SIZES
def test_by_mouse_alone(tmp_path: Path, size: tuple[int, int]) -> None:
    with_data(tmp_path, lambda workspace: add_time_off(workspace, "24 Dec", "1 Jan", "holiday"))

    async def click(pilot: Pilot[int], text: str) -> None:
        for y, line in enumerate(shown(pilot.app).splitlines()):
            # On the list, not in what is said of the marked one beside it.
            if text in line[: 62 if text == "Bell" else None]:
                await pilot.click(offset=(line.index(text) + 1, y))
                await calm(pilot)
                return
        raise AssertionError(f"no {text}\n{shown(pilot.app)}")

    async def main(pilot: Pilot[int]) -> None:
        await click(pilot, "^p Palette")
        await enter(pilot, "go to settings")
        await press(pilot, "enter")
        await wait(pilot, lambda: "Daily goal" in shown(pilot.app))
        for _ in range(2):  # The first click marks, the second opens.
            await click(pilot, "Bell" if size == WIDE else "Daily goal")
        if size == NARROW:
            await wait(pilot, lambda: "Cancel" in shown(pilot.app))
            await click(pilot, "Cancel")
        else:
            await wait(pilot, lambda: values(tmp_path)["bell"] == "on")
            await click(pilot, "Usual value")
            await wait(pilot, lambda: values(tmp_path)["bell"] == "off")
        for _ in range(2):
            await click(pilot, "(holiday)")
        await wait(pilot, lambda: "will these days count again" in shown(pilot.app))
        await click(pilot, "Remove enter")
        await wait(pilot, lambda: "(holiday)" not in shown(pilot.app) or "Removed" in shown(pilot.app))
        await click(pilot, "Reminders")
        await wait(pilot, lambda: isinstance(pilot.app.screen, RemindersScreen))
        await pilot.click(AsideBar, offset=(2, 0))
        await wait(pilot, lambda: isinstance(pilot.app.screen, SettingsScreen))

    run(app_on(tmp_path), main, size)
    removed: list[object] = []
    with_data(tmp_path, lambda workspace: removed.extend(each.removed_on for each in time_off(workspace)))
    assert removed != [None]


def test_the_key_goes_from_one_tab_to_the_other(tmp_path: Path) -> None:
    async def script(pilot: Pilot[int], screen: SettingsScreen) -> None:
        for key, kind in (("comma", RemindersScreen), ("comma", SettingsScreen), ("right", RemindersScreen),
                          ("left", SettingsScreen)):  # fmt: skip
            await press(pilot, key)
            assert isinstance(pilot.app.screen, kind)
        for key, row in (("down", "minimum"), ("end", "export"), ("up", "backup"), ("home", "cadence")):
            await press(pilot, key)
            assert screen.list.current is not None
            assert screen.list.current.key == row
        await to(pilot, screen, "reminders")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, RemindersScreen)

    on_settings(tmp_path, script, NARROW)


@SIZES
def test_a_refusal_is_said_in_the_dialog_and_nothing_is_lost(tmp_path: Path, size: tuple[int, int]) -> None:
    async def script(pilot: Pilot[int], screen: SettingsScreen) -> None:
        await to(pilot, screen, "minimum")
        await press(pilot, "enter")
        pilot.app.screen.query_one(Line).value = "soon"
        await press(pilot, "enter")
        await wait(pilot, lambda: "! “soon”" in shown(pilot.app))
        assert pilot.app.screen.query_one(Line).value == "soon"
        await press(pilot, "escape")
        assert values(tmp_path)["minimum"] == "10m"

    on_settings(tmp_path, script, size)


def test_time_off_is_declared_and_removed(tmp_path: Path) -> None:
    def declared() -> list[str]:
        found: list[str] = []
        with_data(
            tmp_path,
            lambda workspace: found.extend(each.why for each in time_off(workspace) if each.removed_on is None),
        )
        return found

    async def script(pilot: Pilot[int], screen: SettingsScreen) -> None:
        await to(pilot, screen, "time-off")
        await press(pilot, "enter")
        await enter(pilot, "24 dec")
        await press(pilot, "tab", "tab")
        await enter(pilot, "holiday")
        await press(pilot, "enter")
        await wait(pilot, lambda: declared() == ["holiday"])
        await wait(pilot, lambda: "Thu 24 Dec (holiday)" in shown(pilot.app))
        await press(pilot, "down", "d", "enter")
        await wait(pilot, lambda: declared() == [])
        await press(pilot, "u")
        await wait(pilot, lambda: declared() == ["holiday"])

    on_settings(tmp_path, script)


def test_what_is_set_is_at_work_at_once(tmp_path: Path) -> None:
    logged(tmp_path, "10m rag")

    async def script(pilot: Pilot[int], screen: SettingsScreen) -> None:
        app = screen.app
        for key in ("clock", "theme", "motion", "goal"):
            await change(pilot, screen, key)
        assert app.theme == "nord"
        await press(pilot, "1")
        await wait(pilot, lambda: "8:30pm" in shown(app), "the clock of twelve hours")
        await wait(pilot, lambda: "of 1 h" in shown(app) or "of 60 min" in shown(app), "the goal")
        await press(pilot, "l")
        field = app.screen.query_one(Line)
        await wait(pilot, lambda: not field.cursor_blink, "a calm cursor")
        assert app.animation_level == "none"

    app = app_on(tmp_path)
    app.animation_level = "full"
    on_settings(tmp_path, script)


def test_the_cursor_blinks_unless_asked_not_to(tmp_path: Path) -> None:
    async def script(pilot: Pilot[int]) -> None:
        pilot.app.animation_level = "full"
        await press(pilot, "l")
        assert pilot.app.screen.query_one(Line).cursor_blink

    run(app_on(tmp_path), script)


def test_the_environment_asks_for_calm_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from textual import constants

    from learnhabit.tui.app import LearnhabitApp
    from tests.tui.support import clock_at

    assert LearnhabitApp(str(tmp_path), clock_at()).animation_level == constants.TEXTUAL_ANIMATIONS
    preferences.set_motion(str(tmp_path), "reduced")
    assert LearnhabitApp(str(tmp_path), clock_at()).animation_level == "none"
    preferences.set_motion(str(tmp_path), "full")
    monkeypatch.setattr(constants, "TEXTUAL_ANIMATIONS", "none")
    assert LearnhabitApp(str(tmp_path), clock_at()).animation_level == "none"


def test_keys_of_ones_own_are_set_shown_and_pressed(tmp_path: Path) -> None:
    logged(tmp_path, "10m rag")

    async def script(pilot: Pilot[int], screen: SettingsScreen) -> None:
        await to(pilot, screen, "keys")
        await press(pilot, "enter")
        await enter(pilot, "session.log")
        await press(pilot, "enter")
        line = pilot.app.screen.query_one(Line)
        line.value = "s"
        await press(pilot, "enter")
        await wait(pilot, lambda: "s is taken" in shown(pilot.app))
        line.value = "b"
        await press(pilot, "enter")
        await wait(pilot, lambda: isinstance(pilot.app.screen, SettingsScreen))
        await wait(pilot, lambda: "b Log" in shown(pilot.app) and "1 of your own" in shown(pilot.app))
        await press(pilot, "b")
        await wait(pilot, lambda: "UNDERSTOOD AS" in shown(pilot.app))
        await press(pilot, "escape", "l")
        assert isinstance(pilot.app.screen, SettingsScreen)

    on_settings(tmp_path, script)
    assert [(each.action, each.keys) for each in preferences.preferences(str(tmp_path)).keys] == [("session.log", "b")]


def test_a_keymap_is_shown_wherever_a_key_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(
        '[keys]\ntimer.start = "b"\n"today.source" = "ctrl+t"\ntab.year = "f6"\nfields.save = "ctrl+g"\n'
    )
    logged(tmp_path, "10m rag")

    async def script(pilot: Pilot[int]) -> None:
        for text in ("b Start", "^t source", "f6 Year"):
            assert text in shown(pilot.app)
        await press(pilot, "ctrl+p")
        await enter(pilot, "start the timer")
        await wait(pilot, lambda: "Pick a topic and start (b)" in shown(pilot.app))
        await press(pilot, "escape", "question_mark")
        await wait(pilot, lambda: "b           Start the timer on the step" in shown(pilot.app))
        await press(pilot, "escape", "f6")
        assert pilot.app.current_mode == "year"
        assert not pilot.app._notifications

    run(app_on(tmp_path), script, (120, 45))


def test_lines_that_can_not_hold_are_named_once_and_the_others_hold(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('theme = "nrd"\n[keys]\n"app.udno" = "b"\n"app.undo" = "f9"\n')

    async def script(pilot: Pilot[int]) -> None:
        await wait(pilot, lambda: "There is no theme “nrd”" in shown(pilot.app))
        assert "1 more" in shown(pilot.app)
        assert "f9 Undo" in shown(pilot.app)
        assert pilot.app.theme == looks.DARK

    run(app_on(tmp_path), script, (140, 45))


def test_what_has_its_usual_value_is_not_written_again(tmp_path: Path) -> None:
    async def script(pilot: Pilot[int], screen: SettingsScreen) -> None:
        await to(pilot, screen, "cadence")
        await press(pilot, "r")
        await wait(pilot, lambda: "It has its usual value already" in shown(pilot.app), "why nothing is done")
        with_data(tmp_path, lambda ws: steps.extend(ws.store.all("SELECT summary FROM journal")))

    steps: list[tuple[str]] = []
    on_settings(tmp_path, script)
    assert steps == []


def test_words_of_a_stranger_are_shown_as_text(tmp_path: Path) -> None:
    def strange(workspace: Workspace) -> None:
        for text in HOSTILE:
            set_setting(workspace, "cue", text[:70])
            add_time_off(workspace, "24 Dec", None, text)

    async def script(pilot: Pilot[int], screen: SettingsScreen) -> None:
        with_data(tmp_path, strange)
        screen.heed()
        await calm(pilot)
        await to(pilot, screen, "cue")
        await press(pilot, "enter", "escape")
        assert not set(UNSHOWN) & set(shown(pilot.app))

    on_settings(tmp_path, script, NARROW)


def test_what_is_said_in_passing_is_said_whole(tmp_path: Path) -> None:
    async def script(pilot: Pilot[int]) -> None:
        for cells in (52, 54, 57, 110):
            last = f"end{cells}"
            safe_text.toast(pilot.app, ("word " * 30)[: cells - len(last)] + last)
            await wait(pilot, lambda last=last: last in shown(pilot.app), last)  # type: ignore[misc]

    run(app_on(tmp_path), script, NARROW)
