"""The first run in the app: how it looks, and what it does by keys and by mouse. The pictures: `--snapshot-update`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot

from learnhabit.services import first_steps, reminding, resolving
from learnhabit.services.resolutions import resolutions
from learnhabit.services.workspace import open_workspace
from learnhabit.tui import looks
from learnhabit.tui.app import LearnhabitApp
from learnhabit.tui.screens.error import ErrorDialog
from learnhabit.tui.screens.first_run import FirstRun
from learnhabit.tui.screens.first_run_resolution import Ideas
from learnhabit.tui.screens.first_run_step import Step
from learnhabit.tui.screens.first_run_topics import TopicPicks
from learnhabit.tui.screens.today import TodayScreen
from learnhabit.tui.widgets.fields import Line
from tests.tui.support import app_on, calm, clock_at, enter, press, ready, run, shown, wait, with_data
from tests.tui.test_snapshots import LIGHT, Compare
from tests.tui.test_trouble import mended, spoiled

NARROW, WIDE = (80, 24), (120, 36)
TAB_STOPS = {"Topics": 4, "Resolution": 5, "Cue and reminder": 8}
"""One more than there are, so that it goes around."""
LINE = "15 hours of Retrieval-augmented generation by 31 Mar"


@pytest.fixture(autouse=True)
def _bare_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said of the agent and of notifications does not depend on who runs this."""
    monkeypatch.setenv("PATH", "/nowhere")


def welcomed(folder: Path, script: Callable[[Pilot[int]], Awaitable[None]], size: tuple[int, int] = NARROW) -> None:
    """Run a script in a new home, with the first run open."""

    async def begin(pilot: Pilot[int]) -> None:
        await wait(pilot, lambda: at(pilot.app) == "Topics" and picks(pilot.app).shown, "the topics")
        await script(pilot)

    run(app_on(folder, new=True), begin, size)


def first_run(app: App[Any]) -> FirstRun:
    assert isinstance(app.screen, FirstRun), app.screen
    return app.screen


def step(app: App[Any]) -> Step:
    found = first_run(app).step
    assert found is not None
    return found


def at(app: App[Any]) -> str:
    """The name of the step that is shown; empty before the first one is."""
    found = first_run(app).step
    return found.NAME if found is not None else ""


def picks(app: App[Any]) -> TopicPicks:
    return app.screen.query_one(TopicPicks)


async def arrive(pilot: Pilot[int], name: str) -> None:
    """Wait until a step is there and has read what it shows."""
    await wait(pilot, lambda: at(pilot.app) == name, name)
    if name == "Resolution":
        await wait(pilot, lambda: "UNDERSTOOD AS" in shown(pilot.app), "what it means")
    else:
        await wait(pilot, lambda: "next: " in shown(pilot.app) and "closed" in shown(pilot.app), "when it comes")
    await calm(pilot)


def kept(folder: Path) -> tuple[set[str], list[str], tuple[str, str, str], bool]:
    """(followed topics, resolutions, cue and reminder with its condition, whether it would be asked again)."""
    with open_workspace(str(folder), clock_at()) as workspace:
        moment = first_steps.moment(workspace)
        return (
            {each.id for each in first_steps.topic_choices(workspace) if each.followed},
            [each.resolution.statement for each in resolutions(workspace)],
            (moment.cue, moment.rule, moment.condition if moment.reminder else ""),
            first_steps.is_new(workspace),
        )


@pytest.mark.parametrize("theme", [pytest.param(looks.DARK, id="dark"), LIGHT])
@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x36"])
@pytest.mark.parametrize("name", ["topics", "resolution", "moment"])
def test_a_step(snap_compare: Compare, tmp_path: Path, name: str, size: tuple[int, int], theme: str) -> None:
    async def script(pilot: Pilot[int]) -> None:
        await ready(pilot)
        pilot.app.theme = theme
        await wait(pilot, lambda: picks(pilot.app).shown, "the topics")
        await press(pilot, "space", "down", "down", "space", "up")
        if name != "topics":
            await press(pilot, "enter")
            await arrive(pilot, "Resolution")
        if name == "moment":
            await press(pilot, "enter")
            await arrive(pilot, "Cue and reminder")

    assert snap_compare(app_on(tmp_path, new=True), terminal_size=size, run_before=script)


def test_everything_by_keys(tmp_path: Path) -> None:
    async def script(pilot: Pilot[int]) -> None:
        # A fourth is refused, one that was looked for is picked in the place of another.
        for _ in range(3):
            await press(pilot, "space", "down")
        await press(pilot, "space")
        assert "Three are enough" in shown(pilot.app)
        await press(pilot, "up", "space")
        await enter(pilot, "device")
        assert [topic.id for topic in picks(pilot.app).shown] == ["edge-ai"]
        await press(pilot, "space")
        # One esc shows all again; it takes a second one to leave the step out.
        await press(pilot, "escape")
        assert picks(pilot.app).count() == 26 and at(pilot.app) == "Topics"
        await press(pilot, "enter")
        await arrive(pilot, "Resolution")
        assert pilot.app.screen.query_one("#line", Line).value == LINE
        await press(pilot, "down", "down")
        assert pilot.app.screen.query_one("#line", Line).value == "15 hours of Multimodal models by 31 Mar"
        await press(pilot, "enter")
        await arrive(pilot, "Cue and reminder")
        await enter(pilot, "lunch")
        await press(pilot, "tab")
        await enter(pilot, "daily 12:30")
        await press(pilot, "tab", "right")
        await wait(pilot, lambda: "Tue 24 Nov 12:30" in shown(pilot.app), "the rule is read")
        # The test can't be sent here; it is said why, and the second enter ends it.
        await press(pilot, "enter")
        await wait(pilot, lambda: "could not be sent" in shown(pilot.app), "the test")
        assert "nothing to notify with" in shown(pilot.app)
        await press(pilot, "enter")
        await wait(pilot, lambda: isinstance(pilot.app.screen, TodayScreen), "Today")
        await calm(pilot)

    welcomed(tmp_path, script)
    assert kept(tmp_path) == (
        {"retrieval-augmented-generation", "multimodal-models", "edge-ai"},
        ["15 hours of Multimodal models by 31 Mar"],
        ("after lunch", "daily 12:30", "always"),
        False,
    )


def test_back_and_other_choices(tmp_path: Path) -> None:
    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "space", "enter")
        await arrive(pilot, "Resolution")
        await press(pilot, "enter")
        await arrive(pilot, "Cue and reminder")
        await press(pilot, "ctrl+o")
        await wait(pilot, lambda: at(pilot.app) == "Resolution", "back")
        await press(pilot, "down", "enter")
        await wait(pilot, lambda: at(pilot.app) == "Cue and reminder", "forth")
        await press(pilot, "ctrl+o", "ctrl+o")
        # Another topic instead; the resolution that was made stays in its field.
        await press(pilot, "space", "down", "space", "enter")
        await wait(pilot, lambda: at(pilot.app) == "Resolution", "Resolution")
        await wait(pilot, lambda: "of Multimodal" in shown(pilot.app), "other lines")
        assert pilot.app.screen.query_one("#line", Line).value == "study 5 days a week"
        await press(pilot, "enter", "escape")
        await wait(pilot, lambda: isinstance(pilot.app.screen, TodayScreen), "Today")
        await calm(pilot)

    welcomed(tmp_path, script)
    assert kept(tmp_path) == ({"multimodal-models"}, ["study 5 days a week"], ("", "", ""), False)


def test_an_unclear_and_an_unreadable_line(tmp_path: Path) -> None:
    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "escape")
        await arrive(pilot, "Resolution")
        line, ideas = pilot.app.screen.query_one("#line", Line), pilot.app.screen.query_one(Ideas)
        before = ideas._values
        line.value = "20 hours of models by June"
        await wait(
            pilot, lambda: "What do you mean" in shown(pilot.app) or "↓ takes what" in shown(pilot.app), "choices"
        )
        assert ideas._values != before and ideas.picked != before[0]
        await press(pilot, "down")
        await wait(pilot, lambda: "UNDERSTOOD AS" in shown(pilot.app), "the choice")
        line.value = "0 hours of rag"
        await wait(pilot, lambda: "UNDERSTOOD AS" not in shown(pilot.app), "the refusal")
        assert ideas._values == before
        await press(pilot, "enter")
        # Nothing is made of it, and nothing is lost.
        assert at(pilot.app) == "Resolution" and line.value == "0 hours of rag"

    welcomed(tmp_path, script)
    assert kept(tmp_path) == (set(), [], ("", "", ""), True)


def test_a_file_that_cannot_be_written_loses_nothing_of_what_was_chosen(tmp_path: Path) -> None:
    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "space", "down", "space")
        spoiled(tmp_path)
        await press(pilot, "enter")
        await wait(pilot, lambda: isinstance(pilot.app.screen, ErrorDialog), "the error")
        assert "Nothing was saved" in shown(pilot.app)
        mended(tmp_path)
        await press(pilot, "r")
        await arrive(pilot, "Resolution")
        for _ in range(2):
            await press(pilot, "escape")
        await wait(pilot, lambda: isinstance(pilot.app.screen, TodayScreen), "Today")
        await calm(pilot)

    welcomed(tmp_path, script)
    assert kept(tmp_path)[0] == {"retrieval-augmented-generation", "multimodal-models"}


def test_it_does_not_come_again_but_may_be_opened(tmp_path: Path) -> None:
    async def leave_out(pilot: Pilot[int]) -> None:
        for _ in range(3):
            await press(pilot, "escape")
        await wait(pilot, lambda: isinstance(pilot.app.screen, TodayScreen), "Today")
        await calm(pilot)

    async def open_again(pilot: Pilot[int]) -> None:
        assert isinstance(pilot.app, LearnhabitApp)
        assert isinstance(pilot.app.screen, TodayScreen)
        pilot.app.welcome()
        await wait(pilot, lambda: at(pilot.app) == "Topics" and picks(pilot.app).shown, "the topics")
        # What is followed and reminded of already is there, and leaving it as it is writes nothing.
        assert picks(pilot.app).ticked == ["edge-ai"]
        await press(pilot, "enter")
        assert at(pilot.app) == "Resolution" and pilot.app.screen.query_one("#line", Line).value == ""
        assert "study 5 days a week" not in pilot.app.screen.query_one(Ideas)._values
        await press(pilot, "enter")
        await wait(pilot, lambda: pilot.app.screen.query_one("#rule", Line).value == "daily 06:30", "the rule")
        await press(pilot, "enter")
        await wait(pilot, lambda: "could not be sent" in shown(pilot.app), "the test")
        await press(pilot, "enter")
        await wait(pilot, lambda: isinstance(pilot.app.screen, TodayScreen), "Today")
        await calm(pilot)

    welcomed(tmp_path, leave_out)
    assert kept(tmp_path) == (set(), [], ("", "", ""), False)
    with_data(tmp_path, lambda ws: first_steps.follow(ws, ("edge-ai",)))
    with_data(tmp_path, lambda ws: resolving.add_resolution(ws, "study 5 days a week"))
    with_data(tmp_path, lambda ws: reminding.add_reminder(ws, "daily 6:30"))
    run(app_on(tmp_path, new=True), open_again, NARROW)
    assert kept(tmp_path) == ({"edge-ai"}, ["study 5 days a week"], ("", "daily 06:30", "not-studied"), False)


def test_every_key_press_keeps_the_focus_visible(tmp_path: Path) -> None:
    """tab goes through everything that can be pressed, and around; what has the focus looks so."""

    async def script(pilot: Pilot[int]) -> None:
        for name in ("Topics", "Resolution", "Cue and reminder"):
            if name != "Topics":
                await arrive(pilot, name)
            seen = []
            for _ in range(TAB_STOPS[name]):
                focused = pilot.app.focused
                assert focused is not None and focused.display and focused.region.height > 0, (name, focused)
                seen.append(focused)
                before = pilot.app.export_screenshot()
                await press(pilot, "tab")
                assert pilot.app.export_screenshot() != before, (name, focused)
            assert seen[0] in seen[1:], name
            await press(pilot, "escape")

    welcomed(tmp_path, script)


@pytest.mark.parametrize("size", [(40, 12), (20, 5), (250, 70)])
def test_small_and_large_terminals(tmp_path: Path, size: tuple[int, int]) -> None:
    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "space", "enter", "escape", "escape")
        await wait(pilot, lambda: isinstance(pilot.app.screen, TodayScreen), "Today")
        await calm(pilot)

    welcomed(tmp_path, script, size)
    assert kept(tmp_path)[0] == {"retrieval-augmented-generation"}
