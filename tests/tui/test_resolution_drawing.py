"""What screen 3 draws, in every size: the burn-up, the list and the pane."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from learnhabit.domain.day_text import MONTHS
from learnhabit.services import resolving
from learnhabit.services.resolution_values import BurnUp
from learnhabit.tui.screens.resolution_reading import ResolutionDialog
from learnhabit.tui.widgets.burnup import burn_up_rows
from tests.tui.resolved import MADE, detailed, screen_of, studied_and_resolved
from tests.tui.support import NOW, app_on, calm, press, run, shown, wait, with_data

DAY = timedelta(days=1)
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
HOUR = 3600
SIZES = [(20, 6), (21, 7), (48, 9), (62, 16), (120, 26), (200, 5)]


def burn_up(
    today: date = date(2026, 11, 23),
    *,
    first: date = FIRST,
    last: date = LAST,
    target: int = 40 * HOUR,
    first_target: int | None = None,
    done_a_day: int = 300,
    usual: float | None = 600.0,
    paused: frozenset[date] = frozenset(),
) -> BurnUp:
    """Even study against an even plan."""
    days = (last - first).days + 1
    past = max((min(today, last) - first).days + 1, 0)
    return BurnUp(
        first=first,
        last=last,
        done=tuple(done_a_day * (day + 1) for day in range(past)),
        plan_first=first,
        plan=tuple(target * day // days for day in range(days + 1)),
        paused=paused,
        target=target,
        first_target=first_target or target,
        first_end=last,
        today=today,
        usual_per_day=usual,
    )


def text_of(drawn: BurnUp, measure: str, width: int, height: int) -> list[str]:
    """Its rows as text."""
    return [each.plain for each in burn_up_rows(drawn, measure, width, height)]


def braille(text: str) -> str:
    """Its dots."""
    return "".join(each for each in text if "\u2800" < each <= "\u28ff")


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize(
    "drawn",
    [
        burn_up(),
        burn_up(FIRST),
        burn_up(FIRST - 40 * DAY),
        burn_up(LAST),
        burn_up(LAST + 40 * DAY),
        burn_up(first=LAST, last=LAST, today=LAST),
        burn_up(done_a_day=0, usual=None),
        burn_up(done_a_day=9_000_000),
        burn_up(target=1, done_a_day=0, usual=0.0),
        burn_up(target=999_999_999, first_target=1),
        burn_up(paused=frozenset(FIRST + number * DAY for number in range(365))),
        burn_up(first=date(1, 1, 1), last=date(40, 1, 1), today=date(20, 1, 1)),
    ],
    ids=lambda each: f"{each.first}-{each.today}-{each.target}-{len(each.paused)}",
)
def test_a_drawing_has_the_size_that_was_asked_for(drawn: BurnUp, size: tuple[int, int]) -> None:
    width, height = size
    for measure in ("hours", "resources"):
        rows = burn_up_rows(drawn, measure, width, height)
        assert len(rows) == height
        assert {each.cell_length for each in rows} == {width}


def test_amounts_months_and_names_stand_beside_the_lines() -> None:
    rows = text_of(burn_up(first_target=50 * HOUR), "hours", 62, 16)
    text = "\n".join(rows)
    assert [row[:6].strip() for row in rows if row[:6].strip()] == ["50", "40 h", "30", "20", "10", "0"]
    assert "┄" in next(row for row in rows if row.strip().startswith("50"))
    assert all(name in text for name in ("plan", "done", "usual"))
    assert rows[-1].split() == list(MONTHS)


def test_today_and_time_off_are_marked() -> None:
    july = frozenset(date(2026, 7, 1) + number * DAY for number in range(14))
    text = "\n".join(text_of(burn_up(paused=july), "hours", 62, 16))
    assert "┊" in text
    assert "╱" in text
    assert "╱" not in "\n".join(text_of(burn_up(), "hours", 62, 16))
    assert "┊" not in "\n".join(text_of(burn_up(LAST + DAY), "hours", 62, 16))


def test_nothing_is_foretold_once_the_target_is_reached_or_the_period_over() -> None:
    for drawn in (burn_up(done_a_day=3600), burn_up(LAST + DAY), burn_up(usual=None)):
        assert "usual" not in "\n".join(text_of(drawn, "hours", 62, 16))


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_usual_pace_is_seen_at_every_slope(size: tuple[int, int]) -> None:
    for usual in (0.001, 60.0, 400.0, 1_500.0, 9_000.0):
        drawn = burn_up(date(2026, 6, 1), done_a_day=60, usual=usual)
        rows = burn_up_rows(drawn, "hours", *size)
        assert any(
            braille(row.plain[span.start : span.end]) for row in rows for span in row.spans if span.style == "$t1"
        )


def test_a_line_of_done_has_no_hole() -> None:
    width = 62
    rows = text_of(burn_up(done_a_day=400, usual=None), "hours", width, 16)
    for x in range(7, 7 + 43):
        assert any(braille(row[x]) for row in rows), x


def test_whole_numbers_are_labelled_as_such() -> None:
    rows = text_of(burn_up(target=12, done_a_day=0, usual=None), "resources", 62, 16)
    assert [row[:6].strip() for row in rows if row[:6].strip()] == ["12", "10", "5", "0"]


def test_short_targets_are_labelled_in_minutes() -> None:
    rows = text_of(burn_up(target=HOUR // 2, done_a_day=0, usual=None), "hours", 62, 16)
    assert [row[:6].strip() for row in rows if row[:6].strip()] == ["30 m", "20 m", "10 m", "0"]


def test_rows_out_of_view_are_counted_and_a_click_on_them_goes_on(tmp_path: Path) -> None:
    studied_and_resolved(tmp_path, 40)
    app = app_on(tmp_path)

    def more() -> list[int]:
        """Resolutions above and below, as the list says."""
        return [int(row.split()[1]) for row in shown(app).split("\n") if row.strip().startswith(("↑", "↓"))]

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "3")
        await detailed(pilot)
        screen = screen_of(app)
        for size in ((120, 36), (80, 24), (50, 20)):
            await pilot.resize_terminal(*size)
            narrow = size == (80, 24)
            await calm(pilot)
            await press(pilot, "home")
            assert len(more()) == 1
            for place in range(40):
                if place:
                    await pilot.press("down")
                    await pilot.pause()
                assert screen.list.current == screen.list.views[place]
                marks = sum(row.lstrip().startswith("▌") for row in shown(app).split("\n"))
                assert marks == (1 if narrow or place == 39 else 2)
            assert len(more()) == 1
        await pilot.resize_terminal(80, 24)
        await press(pilot, "home")
        height = screen.list.size.height
        await pilot.click(screen.list, offset=(5, height - 1))
        await calm(pilot)
        place = screen.list.views.index(screen.marked)
        assert place == height - 1
        await press(pilot, "pagedown", "pagedown")
        await pilot.click(screen.list, offset=(5, 0))
        await calm(pilot)
        assert screen.list.views.index(screen.marked) == place + height - 1

    run(app, script)


def test_enter_right_after_moving_opens_the_marked_one(tmp_path: Path) -> None:
    studied_and_resolved(tmp_path, 7)
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "3")
        await detailed(pilot)
        await pilot.press("down", "down", "enter")
        await wait(pilot, lambda: isinstance(app.screen, ResolutionDialog), "the dialog")
        assert "Finish 12 papers" in shown(app)
        await press(pilot, "escape")
        # Asked for and left again: nothing opens later.
        screen = screen_of(app)
        screen.list.action_move(1)
        screen.action_open()
        screen.list.action_move(1)
        await detailed(pilot)
        await press(pilot, "up")
        await detailed(pilot)
        assert not isinstance(app.screen, ResolutionDialog)

    run(app, script)


def test_what_was_read_is_shown_at_once_and_read_anew_after_a_change(tmp_path: Path) -> None:
    studied_and_resolved(tmp_path, 7)
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "3")
        await detailed(pilot)
        screen = screen_of(app)
        first = screen.marked
        assert first is not None
        await press(pilot, "down")
        await detailed(pilot)
        await pilot.press("up")
        await pilot.pause()
        assert screen.pane.detail is not None
        assert screen.pane.detail.view == first
        with_data(tmp_path, lambda workspace: resolving.set_target(workspace, first.resolution.id, "60"))
        await wait(pilot, lambda: "of 60 h" in shown(app) and "first target 40 h" in shown(app), "the new target")
        await wait(pilot, lambda: screen.pane.detail and screen.pane.detail.view.resolution.target == 60 * HOUR)

    run(app, script)


def test_a_recurring_one_shows_its_periods_until_it_was_let_go(tmp_path: Path) -> None:
    for moment, deed in (
        (MADE, lambda workspace: resolving.add_resolution(workspace, "study 5 days a week")),
        (NOW - 30 * DAY, lambda workspace: resolving.let_go(workspace, "last", "Three are enough")),
    ):
        with_data(tmp_path, deed, moment)
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "3")
        await detailed(pilot)
        text = shown(app)
        assert "EACH WEEK" in text
        assert "Three are enough" in text
        assert "THIS WEEK" not in text
        signs = next(row for row in text.split("\n") if "24 Sep  " in row).partition("24 Sep  ")[2]
        assert 4 <= len(signs.split()) <= 6

    run(app, script)


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 18), (40, 15), (30, 12), (20, 6), (10, 4)], ids=str)
def test_every_size_shows_the_marked_one(tmp_path: Path, size: tuple[int, int]) -> None:
    studied_and_resolved(tmp_path, 7)
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "3")
        await detailed(pilot)
        for _ in range(7):
            if size >= (20, 6):
                assert "▌" in shown(app)
            await press(pilot, "down")
            await detailed(pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, ResolutionDialog)

    run(app, script, size)


def test_the_footer_says_open_only_where_less_is_shown(tmp_path: Path) -> None:
    studied_and_resolved(tmp_path, 1)
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "3")
        await detailed(pilot)
        footer = shown(app).split("\n")[-1]
        assert "enter" not in footer
        assert "w Why" in footer
        await pilot.resize_terminal(80, 24)
        await calm(pilot)
        assert "enter Open" in shown(app).split("\n")[-1]

    run(app, script)
