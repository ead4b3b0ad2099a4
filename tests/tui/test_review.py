"""The weekly review: written with keys, adjusted in place, kept whole or not at all."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from learnhabit.services import planning, reviewing
from learnhabit.services.resolutions import resolutions
from learnhabit.tui import looks
from learnhabit.tui.screens.asking import ConfirmDialog
from learnhabit.tui.screens.error import ErrorDialog
from learnhabit.tui.screens.review import ReviewDialog
from learnhabit.tui.widgets.area import Area
from learnhabit.tui.widgets.choice import Choice
from learnhabit.tui.widgets.fields import Line
from tests.tui.resolved import opened, resolve, studied_and_resolved
from tests.tui.support import HOSTILE, NOW, UNSHOWN, app_on, enter, logged, press, run, shown, wait, with_data
from tests.tui.test_snapshots import NARROW, WIDE, Compare, script_of
from tests.tui.test_trouble import mended, spoiled

CADENCE, TARGET, CUE, TIME_OFF = (("right",) * times for times in (1, 2, 3, 4))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Study in the last weeks, and a resolution of hours and one of days."""
    resolve(tmp_path, 2)
    for back in (5, 12, 19):
        logged(tmp_path, "45m rag", NOW - timedelta(days=back))
    return tmp_path


def written(folder: Path, week: str = "last") -> str:
    """What is kept about a week."""
    with opened(folder) as workspace:
        return reviewing.review(workspace, week).text


def days_a_week(folder: Path) -> int:
    """The cadence."""
    with opened(folder) as workspace:
        return planning.plan(workspace).days_per_week


def test_a_review_in_a_few_words(home: Path) -> None:
    app = app_on(home)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "W")
        text = shown(app)
        assert "week 47, 16–22 Nov 2026" in text
        assert "1 day studied of the 5 planned, 4 short" in text
        assert "What changed, and what stayed the same?" in text
        await enter(pilot, "Mornings worked, Friday did not.")
        await press(pilot, "ctrl+s")
        await wait(pilot, lambda: not isinstance(app.screen, ReviewDialog))
        assert "Kept the review of week 47. u takes it back" in shown(app)
        await press(pilot, "u")
        await wait(pilot, lambda: "Undone: wrote the review of week 47 of 2026" in shown(app))

    run(app, script, (80, 24))
    assert written(home) == ""


def test_with_another_cadence(home: Path) -> None:
    app = app_on(home)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "W")
        await enter(pilot, "Too much.")
        await press(pilot, "tab", *CADENCE)
        assert "now 5 days a week; a new one counts from today on" in shown(app)
        await press(pilot, "tab")
        await enter(pilot, "mon,wed,fri")
        await press(pilot, "enter")
        await wait(pilot, lambda: not isinstance(app.screen, ReviewDialog))
        # What is said in passing may take two rows.
        await wait(pilot, lambda: days_a_week(home) == 3)
        assert "(Mon, Wed, Fri)" in shown(app)
        assert days_a_week(home) == 3
        await press(pilot, "u")
        await wait(pilot, lambda: written(home) == "")

    run(app, script)
    assert days_a_week(home) == 5


def test_with_another_target(home: Path) -> None:
    app = app_on(home)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "W")
        await enter(pilot, "More than I thought.")
        await press(pilot, "tab", *TARGET)
        # The one of hours is the most urgent.
        text = shown(app)
        assert "◉ 40 hours of fine-tuning" in text
        assert "of 40 h done; the first target is kept" in text
        await press(pilot, "tab", "tab")
        await enter(pilot, "30")
        await press(pilot, "ctrl+s")
        await wait(pilot, lambda: not isinstance(app.screen, ReviewDialog))
        assert "the target is 30 h" in shown(app)

    run(app, script)
    with opened(home) as workspace:
        hours = resolutions(workspace)[0].resolution
    assert (hours.target, hours.first_target) == (30 * 3600, 40 * 3600)
    assert written(home) == "More than I thought."


def test_with_a_cue_of_the_second_resolution(home: Path) -> None:
    app = app_on(home)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "W")
        await enter(pilot, "No fixed hour.")
        await press(pilot, "tab", *CUE, "tab", "right", "tab")
        await enter(pilot, "after breakfast")
        await press(pilot, "ctrl+s")
        await wait(pilot, lambda: not isinstance(app.screen, ReviewDialog))

    run(app, script)
    with opened(home) as workspace:
        assert [each.resolution.cue for each in resolutions(workspace)] == ["", "after breakfast"]


def test_with_time_off(home: Path) -> None:
    app = app_on(home)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "W")
        await enter(pilot, "Tired.")
        await press(pilot, "tab", *TIME_OFF, "tab")
        await enter(pilot, "24 dec")
        await press(pilot, "tab")
        await enter(pilot, "26 dec")
        await press(pilot, "tab")
        await enter(pilot, "holiday")
        await press(pilot, "ctrl+s")
        await wait(pilot, lambda: not isinstance(app.screen, ReviewDialog))

    run(app, script, (80, 24))
    with opened(home) as workspace:
        off = planning.time_off(workspace)
    assert [(each.from_day.day, each.to_day.day, each.why) for each in off] == [(24, 26, "holiday")]


REFUSED = [
    (CADENCE, ("9",), "cadence", "is no cadence"),
    (CADENCE, ("",), "cadence", "The cadence is empty"),
    (TIME_OFF, ("nonsense", "fri"), "from", "nonsense"),
    (TIME_OFF, ("fri", "nonsense"), "to", "nonsense"),
    (TIME_OFF, ("24 dec", "20 dec"), "to", "end before it begins"),
]


@pytest.mark.parametrize(("keys", "values", "field", "said"), REFUSED, ids=[f"{each[2]}-{each[3]}" for each in REFUSED])
def test_a_refusal_stands_at_its_field_and_nothing_is_saved(
    home: Path, keys: tuple[str, ...], values: tuple[str, ...], field: str, said: str
) -> None:
    app = app_on(home)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "W")
        await enter(pilot, "Precious words.")
        await press(pilot, "tab", *keys)
        for value in values:
            await press(pilot, "tab")
            await enter(pilot, value)
        await press(pilot, "ctrl+s")
        await wait(pilot, lambda: "! " in shown(app))
        dialog = app.screen
        assert isinstance(dialog, ReviewDialog)
        rows = shown(app).split("\n")
        at = next(index for index, row in enumerate(rows) if "! " in row)
        focused = dialog.focused
        assert isinstance(focused, Line)
        assert focused.id == field
        assert focused.region.y == at - 1
        assert said in " ".join(rows[at : at + 3])
        assert dialog.query_one("#answer", Area).text == "Precious words."
        # Typing goes on, and the refusal goes.
        await enter(pilot, "1")
        assert "! " not in shown(app)

    run(app, script, (80, 24))
    assert written(home) == ""
    assert days_a_week(home) == 5


def test_no_words_are_no_review(home: Path) -> None:
    app = app_on(home)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "W", "ctrl+s")
        await wait(pilot, lambda: "The review is empty" in shown(app))
        assert isinstance(app.screen.focused, Area)

    run(app, script)


def test_earlier_weeks_are_shown_and_can_be_written_anew(home: Path) -> None:
    with_data(home, lambda ws: reviewing.write_review(ws, "2026-W46", "As planned."))
    app = app_on(home)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "W", "ctrl+o")
        assert "week 46, 9–15 Nov 2026" in shown(app)
        assert "As planned." in shown(app)
        assert "written on Mon 23 Nov 2026" in shown(app)
        await press(pilot, "ctrl+n")
        assert "As planned." not in shown(app)
        await press(pilot, "ctrl+n")
        assert "so far" in shown(app)
        await press(pilot, "ctrl+n")
        assert "This is the running week." in shown(app)
        # Where no text has the focus the brackets do the same.
        await press(pilot, "tab", "left_square_bracket", "left_square_bracket")
        assert "As planned." in shown(app)
        await press(pilot, "left_square_bracket", "left_square_bracket")
        assert "Nothing was logged before this week." in shown(app)
        await press(pilot, "right_square_bracket", "shift+tab")
        await enter(pilot, " Nearly.")
        # What was written is asked about before another week takes its place.
        await press(pilot, "ctrl+o")
        assert isinstance(app.screen, ConfirmDialog)
        await press(pilot, "escape")
        assert "As planned. Nearly." in shown(app)
        await press(pilot, "ctrl+s")
        await wait(pilot, lambda: not isinstance(app.screen, ReviewDialog))

    run(app, script)
    assert written(home, "2026-W46") == "As planned. Nearly."


def test_leaving_asks_only_when_something_would_be_lost(home: Path) -> None:
    app = app_on(home)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "W", "escape")
        assert not app.screen.is_modal
        await press(pilot, "W")
        await enter(pilot, "Words")
        await press(pilot, "escape")
        assert isinstance(app.screen, ConfirmDialog)
        await press(pilot, "escape")
        assert app.screen.query_one("#answer", Area).text == "Words"
        await press(pilot, "escape", "enter")
        await wait(pilot, lambda: not app.screen.is_modal)

    run(app, script)
    assert written(home) == ""


def test_a_save_that_fails_keeps_every_text(home: Path) -> None:
    app = app_on(home)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "W")
        await enter(pilot, "Words")
        await press(pilot, "tab", *CADENCE, "tab")
        await enter(pilot, "4")
        spoiled(home)
        await press(pilot, "ctrl+s")
        await wait(pilot, lambda: isinstance(app.screen, ErrorDialog))
        assert "The review was not saved" in shown(app)
        mended(home)
        await press(pilot, "escape")
        await wait(pilot, lambda: isinstance(app.screen, ReviewDialog))
        assert app.screen.query_one("#answer", Area).text == "Words"
        assert app.screen.query_one("#cadence", Line).value == "4"
        await press(pilot, "ctrl+s")
        await wait(pilot, lambda: written(home) == "Words")

    run(app, script)
    assert days_a_week(home) == 4


def test_without_resolutions_there_is_less_to_adjust(tmp_path: Path) -> None:
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "W")
        text = shown(app)
        assert "○ cadence   ○ time off" in text
        assert "No resolution is running" in text
        await press(pilot, "ctrl+o")
        assert "Nothing was logged before this week." in shown(app)

    run(app, script)


def test_the_mouse_chooses(home: Path) -> None:
    app = app_on(home)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "W")
        rows = shown(app).split("\n")
        row = next(y for y, line in enumerate(rows) if "○ time off" in line)
        await pilot.click(offset=(rows[row].index("time off") + 2, row))
        await wait(pilot, lambda: "From" in shown(app))
        assert app.screen.query_one("#kind", Choice).at == 4
        row = next(y for y, line in enumerate(shown(app).split("\n")) if "week before" in line)
        await pilot.click(offset=(shown(app).split("\n")[row].index("week before") + 2, row))
        await wait(pilot, lambda: "week 46" in shown(app))

    run(app, script)


def test_hostile_words_are_only_text(tmp_path: Path) -> None:
    resolve(tmp_path, len(HOSTILE), hostile=True)
    logged(tmp_path, "45m rag", NOW - timedelta(days=5))
    for number, words in enumerate(HOSTILE):
        with_data(tmp_path, lambda ws, words=words: reviewing.write_review(ws, "last", words))  # type: ignore[misc]
        app = app_on(tmp_path)

        async def script(pilot: Pilot[int], first: bool = number == 0) -> None:
            await press(pilot, "W")
            if first:
                await press(pilot, "tab", *TARGET, "tab", *["right"] * len(HOSTILE), "tab", "shift+tab", "shift+tab")
                await press(pilot, "right")
            assert not set(UNSHOWN) & set(shown(pilot.app))
            assert isinstance(pilot.app.screen, ReviewDialog)

        run(app, script, (80, 24))


DIALOGS: dict[str, tuple[str, ...]] = {
    "nothing": (),
    "cadence": ("tab", *CADENCE, "tab"),
    "target": ("tab", *TARGET, "tab", "right"),
    "time-off": ("tab", *TIME_OFF, "tab", "f", "ctrl+s"),
}


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
@pytest.mark.parametrize("name", DIALOGS)
def test_the_dialog(tmp_path: Path, snap_compare: Compare, name: str, size: tuple[int, int]) -> None:
    studied_and_resolved(tmp_path, 7)
    script = script_of("W", *"Mornings", *DIALOGS[name])
    assert snap_compare(app_on(tmp_path), terminal_size=size, run_before=script)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
def test_the_dialog_in_the_light(tmp_path: Path, snap_compare: Compare, size: tuple[int, int]) -> None:
    studied_and_resolved(tmp_path, 7)
    script = script_of("W", *"Mornings", *DIALOGS["target"], theme=looks.LIGHT)
    assert snap_compare(app_on(tmp_path), terminal_size=size, run_before=script)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
def test_the_dialog_with_forty_hostile_resolutions(
    tmp_path: Path, snap_compare: Compare, size: tuple[int, int]
) -> None:
    studied_and_resolved(tmp_path, 40, hostile=True)
    with_data(tmp_path, lambda ws: reviewing.write_review(ws, "last", "\n".join(HOSTILE)))
    script = script_of("W", *DIALOGS["target"])
    assert snap_compare(app_on(tmp_path), terminal_size=size, run_before=script)
