"""By keys alone, by the mouse alone, and without colour: every main screen and the dialogs that open from it."""

from __future__ import annotations

import os
import re
import shutil
from functools import partial
from pathlib import Path

import pytest
from textual.binding import ActiveBinding
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input

from learnhabit.cli.collecting import ICONS
from learnhabit.domain.resolution_words import STATE_ICONS
from learnhabit.services import cards, planning, reminding, resolving, resources, tracking
from learnhabit.services.workspace import Workspace
from learnhabit.tui.app import LearnhabitApp
from learnhabit.tui.commands import commands_of
from learnhabit.tui.faults import fault_of
from learnhabit.tui.screens import today_rows, year_rows
from learnhabit.tui.screens.asking import AskDialog
from learnhabit.tui.widgets import heatmap
from learnhabit.tui.widgets.choice import Choice
from learnhabit.tui.widgets.footbar import FootBar
from learnhabit.tui.widgets.press import Press
from tests.tui.support import NOW, app_on, calm, press, run, shown, wait, with_data

PLACES: dict[str, tuple[list[str], list[str]]] = {
    "today": (["1"], ["w", "h", "y", "W", "l", "question_mark", "s x", "X"]),
    "log": (["2"], ["e", "t", "S"]),
    "resolutions": (["3"], ["a", "e", "g", "T", "w", "enter"]),
    "topics": (["4"], ["a", "e", "enter", "slash"]),
    "recall": (["5"], []),
    "year": (["6"], ["E", "a", "w"]),
    "settings": (["comma"], ["enter"]),
    "reminders": (["comma", "comma"], ["a", "e"]),
}
"""The keys of each screen, and those of its dialogs."""
NO_BUTTON = re.compile(
    # The wheel scrolls, and a click marks, chooses or opens what is under it.
    r"(list|choice|ticks|pick|button)\..*|(reading|help|year|pane)\.(up|down|pageup|pagedown|top|end|home)"
    # It only explains: what a dialog does has its buttons.
    r"|dialog\.help"
    # Out of the field: a click on anything else leaves it too.
    r"|recall\.leave"
)
"""Actions of keys that need nothing to be clicked, and why."""


def lived_in(workspace: Workspace) -> None:
    """Something on every screen."""
    resolving.add_resolution(workspace, "40 hours of fine-tuning by 31 Dec", "after morning coffee")
    resolving.add_resolution(workspace, "write 6 posts by 31 Dec", "")
    planning.add_time_off(workspace, "2026-11-19", "2026-11-20", why="a fair")
    tracking.log(workspace, ["50m fine-tuning @2026-11-18 9:00"])
    tracking.log(workspace, ["5m rag @2026-11-17 9:00"])
    tracking.log(workspace, ["8m rag chunk size @7:41"], takeaway="Small chunks lose context.")
    resources.set_progress(workspace, "lora-low-rank-adaptation-of-large", "40%")
    cards.add_question_cards(workspace, "rag")
    reminding.add_reminder(workspace, "weekdays 19:30")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("accessible") / "home"
    with_data(folder, lived_in, NOW)
    return folder


def bare(action: str) -> str:
    """An action without the name of whose it is."""
    return re.sub(r"^(app|screen)\.", "", action)


def by_mouse(app: LearnhabitApp) -> set[str]:
    """Actions, and keys, of what can be clicked on the screen."""
    screen = app.screen
    found = {f"key {name}" for foot in screen.query(FootBar) for _, _, name in foot._spots}
    found |= {bare(each._deed) for each in screen.query(Press)}
    for segment in (each for strip in screen._compositor.render_strips() for each in strip):
        action = segment.style.meta.get("@click") if segment.style else None
        if action:
            found.add(bare(str(action)))
    if "key ctrl+p" in found:
        for command in commands_of(app):
            call = command.callback
            words = call.args if isinstance(call, partial) else [call.__name__.removeprefix("action_")]
            found |= {bare(word) for word in words if isinstance(word, str)}
    return found


def out_of_reach(app: LearnhabitApp) -> dict[str, str]:
    """Actions of keys for which there is nothing to click, by their id."""
    found = by_mouse(app)
    actions: dict[str, list[ActiveBinding]] = {}
    for each in app.screen.active_bindings.values():
        if each.binding.id and not NO_BUTTON.fullmatch(each.binding.id):
            actions.setdefault(each.binding.id, []).append(each)
    if found & {"help", "key question_mark"}:
        # What the help lists is pressed by a click on it.
        actions = {name: every for name, every in actions.items() if not every[0].tooltip}
    elif app.screen.is_modal:
        # What works everywhere is a dialog's neighbour, not its own.
        actions = {name: every for name, every in actions.items() if every[0].node is not app}
    return {
        name: every[0].binding.action
        for name, every in actions.items()
        if not any(bare(each.binding.action) in found or f"key {each.binding.key}" in found for each in every)
    }


def rows_of(widget: Widget) -> list[list[tuple[str, bool, bool, bool]]]:
    """A widget's cells without colours: each one's character, and whether it is bold, underlined, reversed.

    A character in the colour of its background is none. The sign of a field may stand before it.
    """
    found = []
    region = widget.region
    left = region.x - 3 if isinstance(widget, Input) else region.x
    for strip in widget.screen._compositor.render_strips()[region.y : region.bottom]:
        row = []
        for text, style, _ in strip.crop(max(left, 0), region.right):
            unseen = style is not None and style.color is not None and style.color == style.bgcolor
            look = (bool(style and style.bold), bool(style and style.underline), bool(style and style.reverse))
            row += [(" " if unseen else character, *look) for character in text]
        found.append(row)
    return found


async def check_focus(pilot: Pilot[int], name: str) -> None:
    """Tab goes through everything that takes keys, and back; what has the focus looks other than it does without."""
    screen = pilot.app.screen
    chain = screen.focus_chain
    if not chain or (len(chain) == 1 and screen.focused is chain[0]):
        # What alone takes keys has them always.
        return
    screen.set_focus(chain[-1] if len(chain) > 1 else None)
    focused: dict[Widget, object] = {}
    for place, widget in enumerate(chain):
        await pilot.press("tab")
        assert screen.focused is widget, f"{name}: tab leads to {screen.focused}, not to {widget}"
        focused[widget] = rows_of(widget)
        before = chain[place - 1]
        assert focused.get(before) != rows_of(before) or before is widget, f"{name}: nobody sees the focus of {before}"
    await pilot.press("shift+tab")
    assert screen.focused is chain[-2 if len(chain) > 1 else 0], f"{name}: shift+tab does not lead back"
    screen.set_focus(None)
    await pilot.pause()
    assert focused[chain[-1]] != rows_of(chain[-1]), f"{name}: nobody sees the focus of {chain[-1]}"


@pytest.mark.parametrize(("place", "wide"), [*((place, False) for place in PLACES), ("log", True), ("topics", True)])
def test_keys_alone_and_the_mouse_alone_do_everything(home: Path, tmp_path: Path, place: str, wide: bool) -> None:
    folder = tmp_path / "home"
    shutil.copytree(home, folder)
    opening, dialogs = PLACES[place]

    async def script(pilot: Pilot[int]) -> None:
        app = pilot.app
        assert isinstance(app, LearnhabitApp)
        await press(pilot, *opening)
        assert out_of_reach(app) == {}, place
        await check_focus(pilot, place)
        focused = app.screen.focus_chain
        for keys in dialogs:
            if focused:
                app.screen.set_focus(focused[-1])
            await press(pilot, *keys.split())
            name = f"{place} {keys} {type(app.screen).__name__}"
            assert len(app.screen_stack) > 1, f"{name}: no dialog\n{shown(app)}"
            assert out_of_reach(app) == {}, name
            held = app.screen.focused
            await check_focus(pilot, name)
            app.screen.set_focus(held)
            await press(pilot, "escape")
            assert len(app.screen_stack) == 1, f"{name}: esc does not leave it"

    # Wide, the log and the topics have a pane more.
    run(app_on(folder), script, size=(130, 40) if wide else (80, 24))


def test_an_error_can_be_left_copied_and_tried_again_either_way(home: Path) -> None:
    async def script(pilot: Pilot[int]) -> None:
        app = pilot.app
        assert isinstance(app, LearnhabitApp)
        app.show_fault(fault_of(OSError("disk")), "Nothing was saved", lambda: None)
        await calm(pilot)
        assert out_of_reach(app) == {}
        await check_focus(pilot, "an error")

    run(app_on(home), script, size=(80, 24))


def test_a_click_on_a_key_in_the_help_presses_it(home: Path) -> None:
    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "3")
        (foot,) = pilot.app.screen.query(FootBar)
        at = next(begin for begin, _, key in foot._spots if key == "question_mark")
        await pilot.click(foot, offset=(at, 0))
        await calm(pilot)
        row = next(number for number, line in enumerate(shown(pilot.app).splitlines()) if "Aim higher or lower" in line)
        await pilot.click(offset=(30, row))
        await wait(pilot, lambda: isinstance(pilot.app.screen, AskDialog), "the question that T asks")

    run(app_on(home), script, size=(120, 40))


def test_without_colour_the_same_is_said(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pictures: list[str] = []

    async def script(pilot: Pilot[int]) -> None:
        for key in ("1", "2", "3", "4", "6"):
            await press(pilot, key)
            pictures.append(shown(pilot.app))
            if "NO_COLOR" in os.environ:
                strips = pilot.app.screen._compositor.render_strips()
                styles = [segment.style for strip in strips for segment in strip if segment.style]
                colours = {each.get_truecolor() for style in styles for each in (style.color, style.bgcolor) if each}
                assert all(red == green == blue for red, green, blue in colours)

    for number in range(2):
        folder = tmp_path / str(number)
        shutil.copytree(home, folder)
        run(app_on(folder), script)
        monkeypatch.setenv("NO_COLOR", "1")
    for with_colour, without in zip(pictures[:5], pictures[5:], strict=True):
        assert with_colour.splitlines() == without.splitlines()


def test_states_differ_by_their_signs() -> None:
    days = [sign for sign, _ in today_rows.DOTS.values()]
    steps = [year_rows.GLYPHS, heatmap.GLYPHS]
    for signs in (days, list(STATE_ICONS.values()), list(ICONS.values()), *steps):
        assert len(set(signs)) == len(signs), signs


def test_what_is_chosen_differs_by_its_sign(home: Path) -> None:
    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "6", "E")
        choice = pilot.app.screen.query(Choice).first()
        before = rows_of(choice)
        await press(pilot, "right")
        assert rows_of(choice) != before

    run(app_on(home), script)
