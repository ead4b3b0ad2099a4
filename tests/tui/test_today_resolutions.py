"""Resolutions on Today, and what the app offers by itself, once."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from textual.pilot import Pilot

from learnhabit.domain.day_text import ordinal
from learnhabit.domain.recurring import RunningPeriod
from learnhabit.domain.resolution import Aim, Resolution, Standing
from learnhabit.services import offers, resolving, reviewing, tracking
from learnhabit.services.resolution_cells import cells_of
from learnhabit.services.resolution_values import ResolutionView
from learnhabit.tui import looks
from learnhabit.tui.screens.asking import ConfirmDialog
from learnhabit.tui.screens.doubt import DoubtDialog
from learnhabit.tui.screens.today_resolutions import narrow_block, wide_block
from tests.tui.resolved import LINES, opened, resolve, studied_and_resolved
from tests.tui.support import HOSTILE, NOW, UNSHOWN, app_on, calm, clock_at, logged, press, run, shown, wait, with_data
from tests.tui.test_snapshots import NARROW, WIDE, Compare, script_of, timing

TODAY = date(2026, 11, 23)
YEAR_END = date(2026, 12, 31)
REVIEW = "Last week can be looked back on"


def made(
    statement: str = "40 hours of fine-tuning by 31 Dec",
    measure: str = "hours",
    target: int = 40 * 3600,
    per: str | None = None,
    **stands: object,
) -> ResolutionView:
    """A resolution that stands where a test wants it."""
    standing: dict[str, object] = {
        "progress": 0,
        "planned": 0,
        "delta": 0,
        "safe_days": None,
        "needed_per_week": None,
        "usual_per_week": None,
        "projected_from": None,
        "projected_to": None,
        "state": "on pace",
        "reached_on": None,
        "running": None,
        "usual_day": None,
    }
    return ResolutionView(
        resolution=Resolution(
            id="r",
            statement=statement,
            measure=measure,
            kind=None,
            scope=(),
            per=per,
            period_start=date(2026, 1, 1),
            made_on=date(2026, 1, 1),
            aims=(Aim(entered_on=date(2026, 1, 1), target=target, period_end=YEAR_END),),
            cue="",
            let_go_on=None,
            let_go_why="",
            carried_from=None,
        ),
        standing=Standing(**{**standing, **stands}),  # type: ignore[arg-type]
        titles=(),
    )


def running(progress: int, target: float, days_left: int) -> RunningPeriod:
    """The period that is running."""
    return RunningPeriod(
        start=TODAY, end=TODAY + timedelta(days=6), progress=progress, target=target, days_left=days_left
    )


BEHIND = made(
    progress=116_640, planned=127_800, safe_days=-20, needed_per_week=5040.0, usual_per_week=4320.0, state="behind"
)
PHRASES = [
    (BEHIND, "32.4 h", "35.5 h", "needs 1.4 h a week, usual 1.2", "1.4 h/week"),
    (
        made(progress=0, planned=7200, safe_days=-5, needed_per_week=4500.0, usual_per_week=1800.0, state="behind"),
        "0.0 h",
        "2.0 h",
        "needs 1.3 h a week, usual 30 min",
        "1.3 h/week",
    ),
    (
        made(progress=36_000, planned=7200, safe_days=0, needed_per_week=2700.0, usual_per_week=7200.0),
        "10.0 h",
        "2.0 h",
        "needs 45 min a week, usual 2.0 h",
        "45 min/week",
    ),
    (made(progress=3600, needed_per_week=3600.0), "1.0 h", "0.0 h", "needs 1.0 h a week", "1.0 h/week"),
    (made(safe_days=12, state="ahead", progress=9000), "2.5 h", "0.0 h", "12 safe days", "12 safe"),
    (
        made("Study 5 days a week", "days", 5, "week", progress=41, planned=45, running=running(1, 5, 6)),
        "41 of 45",
        "weeks",
        "this week 1 of 5, 6 days left",
        "1 of 5",
    ),
    (
        made("2 h a month", "hours", 7200, "month", running=running(1800, 7200.0, 1)),
        "–",
        "months",
        "this month 0.5 of 2 h, 1 day left",
        "0.5 of 2 h",
    ),
    (
        made("30 min a day", "hours", 1800, "day", progress=1, planned=1, running=running(1200, 1800.0, 1)),
        "1 of 1",
        "day",
        "today 20 of 30 min",
        "20 of 30 min",
    ),
    (
        made("12 papers", "resources", 12, progress=11, planned=10, safe_days=38, state="ahead"),
        "11",
        "10",
        "the 12th is due on 31 Dec",
        "12th 31 Dec",
    ),
    (
        made("12 papers", "resources", 12, progress=2, planned=2, safe_days=0),
        "2",
        "2",
        "the 3rd is due today",
        "3rd today",
    ),
    (
        made("6 posts", "count", 6, planned=5, safe_days=-9, needed_per_week=1.1, usual_per_week=0.0, state="behind"),
        "0",
        "5",
        "needs 1.1 a week, usual 0",
        "1.1/week",
    ),
    (made("Pass the exam", "done", 1), "not yet", "", "there is time until 31 Dec", "by 31 Dec"),
]


@pytest.mark.parametrize(("view", "done", "plan", "closing", "short"), PHRASES, ids=[each[3] for each in PHRASES])
def test_what_is_said_of_one(view: ResolutionView, done: str, plan: str, closing: str, short: str) -> None:
    cells = cells_of(view, TODAY)
    assert (cells.done, cells.plan, cells.closing, cells.short) == (done, plan, closing, short)


@pytest.mark.parametrize(
    ("number", "said"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (12, "12th"), (21, "21st"), (113, "113th")]
)
def test_ordinals(number: int, said: str) -> None:
    assert ordinal(number) == said


@pytest.mark.parametrize("width", [60, 76, 104, 114, 134, 200])
@pytest.mark.parametrize("count", [1, 3, 4, 5, 40])
def test_rows_fit(width: int, count: int) -> None:
    views = [PHRASES[index % len(PHRASES)][0] for index in range(count)]
    views = [
        each.replace(resolution=each.resolution.replace(statement=HOSTILE[index % len(HOSTILE)] * 9))
        for index, each in enumerate(views)
    ]
    wide = wide_block(views, TODAY, max(width, 104), 5)
    assert len(wide) == 1 + min(count, 4)
    assert ("more" in wide[0].plain) is (count > 4)
    assert all(each.cell_length <= max(width, 104) for each in wide)
    narrow = narrow_block(views, TODAY, width, 3)
    assert len(narrow) == min(count, 3)
    assert ("more" in narrow[-1].plain) is (count > 3)
    assert all(each.cell_length <= width for each in narrow)


def test_the_most_urgent_come_first_and_the_rest_is_counted(tmp_path: Path) -> None:
    studied_and_resolved(tmp_path, 7)
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        text = shown(app)
        assert app.view is not None
        assert f"… {len(app.view.resolutions) - 4} more   3 shows all" in text
        for view in app.view.resolutions[:4]:
            assert view.resolution.statement in text
        assert app.view.resolutions[4].resolution.statement not in text
        assert "◐ " in text
        assert "behind" in text

    run(app, script)


def test_three_when_narrow(tmp_path: Path) -> None:
    studied_and_resolved(tmp_path, 3)
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        text = shown(app)
        assert all(line in text for line in LINES[:3])
        assert "shows all" not in text
        assert "60 and more" in text  # The year is there.

    run(app, script, (80, 24))


def test_a_click_on_one_shows_all_of_it(tmp_path: Path) -> None:
    studied_and_resolved(tmp_path, 3)
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        rows = shown(app).split("\n")
        row = next(y for y, line in enumerate(rows) if LINES[1] in line)
        await pilot.click(offset=(100, row))
        await wait(pilot, lambda: app.current_mode == "resolutions")

    run(app, script)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
def test_whoever_has_none_is_told_how(tmp_path: Path, size: tuple[int, int]) -> None:
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        assert "A resolution?" in shown(app)
        assert "such as 40 hours of fine-tuning by 31 Dec" in shown(app)

    run(app, script, size)
    logged(tmp_path, "15m rag")
    later = app_on(tmp_path)

    async def after_the_first(pilot: Pilot[int]) -> None:
        assert "3 and a set one, such as 40 hours" in shown(later)

    run(later, after_the_first, size)


@pytest.mark.parametrize("size", [NARROW, WIDE, (150, 50)], ids=["80", "120", "150"])
def test_hostile_statements_are_only_text(tmp_path: Path, size: tuple[int, int]) -> None:
    studied_and_resolved(tmp_path, 8, hostile=True)
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        text = shown(app)
        assert not set(UNSHOWN) & set(text)
        await press(pilot, "2", "1")
        assert app.is_running

    run(app, script, size)


def test_the_review_is_offered_once_a_week(tmp_path: Path) -> None:
    logged(tmp_path, "45m rag", NOW - timedelta(days=5))
    first, second = app_on(tmp_path), app_on(tmp_path)

    async def offered(pilot: Pilot[int]) -> None:
        await wait(pilot, lambda: REVIEW in shown(first))
        await press(pilot, "2", "1")
        assert REVIEW in shown(first)
        with_data(tmp_path, lambda ws: reviewing.write_review(ws, "last", "Mornings worked."))
        await wait(pilot, lambda: REVIEW not in shown(first))

    run(first, offered)
    with_data(tmp_path, lambda ws: None)

    async def not_again(pilot: Pilot[int]) -> None:
        await calm(pilot)
        assert REVIEW not in shown(second)

    run(second, not_again)


def test_it_is_not_offered_a_second_time(tmp_path: Path) -> None:
    logged(tmp_path, "45m rag", NOW - timedelta(days=5))
    for expected in (True, False):
        app = app_on(tmp_path)

        async def script(pilot: Pilot[int], expected: bool = expected) -> None:
            assert (REVIEW in shown(pilot.app)) is expected

        run(app, script, (80, 24))


def test_a_new_week_offers_it_while_the_app_stays_open(tmp_path: Path) -> None:
    logged(tmp_path, "45m rag", NOW - timedelta(hours=2))
    clock = clock_at()
    app = app_on(tmp_path, clock)

    async def script(pilot: Pilot[int]) -> None:
        assert REVIEW not in shown(app)
        clock.move(7 * 86400)
        app.read_today()
        await wait(pilot, lambda: REVIEW in shown(app))

    run(app, script)


def test_nothing_is_offered_while_a_timer_is_doubtful(tmp_path: Path) -> None:
    logged(tmp_path, "45m rag", NOW - timedelta(days=5))
    with_data(tmp_path, lambda ws: tracking.start(ws, ["rag"]), NOW - timedelta(hours=13))
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        assert isinstance(app.screen, DoubtDialog)
        assert not app.review_offered
        with opened(tmp_path) as workspace:
            assert offers.due_offer(workspace) == "review:2026-11-16"
        await press(pilot, "X")
        await wait(pilot, lambda: not isinstance(app.screen, DoubtDialog))
        await wait(pilot, lambda: REVIEW in shown(app))

    run(app, script)


DECEMBER = datetime(2026, 12, 15, 20, tzinfo=timezone(timedelta(hours=1)))
JANUARY = datetime(2027, 1, 2, 20, tzinfo=timezone(timedelta(hours=1)))


def test_the_next_year_is_offered_once_from_15_december(tmp_path: Path) -> None:
    app = app_on(tmp_path, clock_at(DECEMBER - timedelta(days=1)))

    async def not_yet(pilot: Pilot[int]) -> None:
        assert not isinstance(app.screen, ConfirmDialog)

    run(app, not_yet)
    first = app_on(tmp_path, clock_at(DECEMBER))

    async def offered(pilot: Pilot[int]) -> None:
        await wait(pilot, lambda: isinstance(first.screen, ConfirmDialog))
        assert "2027 is near" in shown(first)
        await press(pilot, "escape")
        assert "Plans for 2027?" in shown(first)

    run(first, offered)
    second = app_on(tmp_path, clock_at(DECEMBER + timedelta(days=3)))

    async def not_again(pilot: Pilot[int]) -> None:
        assert not isinstance(second.screen, ConfirmDialog)

    run(second, not_again)


def test_the_offer_opens_the_dialog_that_adds_one(tmp_path: Path) -> None:
    app = app_on(tmp_path, clock_at(DECEMBER))

    async def script(pilot: Pilot[int]) -> None:
        await wait(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        await press(pilot, "enter")
        await wait(pilot, lambda: type(app.screen).__module__.endswith(".resolve"))

    run(app, script)


def test_what_is_left_of_the_last_year_is_offered_once(tmp_path: Path) -> None:
    resolve(tmp_path, 1)
    app = app_on(tmp_path, clock_at(JANUARY))

    async def script(pilot: Pilot[int]) -> None:
        await wait(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        assert "From 2026 to 2027" in shown(app)
        await press(pilot, "enter")
        await wait(pilot, lambda: app.screen.is_modal and not isinstance(app.screen, ConfirmDialog))

    run(app, script)
    second = app_on(tmp_path, clock_at(JANUARY))

    async def not_again(pilot: Pilot[int]) -> None:
        assert not second.screen.is_modal

    run(second, not_again)
    with_data(tmp_path, lambda ws: resolving.carry_over(ws, 2027), JANUARY)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
@pytest.mark.parametrize("number", [1, 7, 40])
def test_today_with_resolutions(tmp_path: Path, snap_compare: Compare, number: int, size: tuple[int, int]) -> None:
    studied_and_resolved(tmp_path, number)
    assert snap_compare(app_on(tmp_path), terminal_size=size, run_before=script_of())


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
def test_today_with_resolutions_in_the_light(tmp_path: Path, snap_compare: Compare, size: tuple[int, int]) -> None:
    studied_and_resolved(tmp_path, 7)
    assert snap_compare(app_on(tmp_path), terminal_size=size, run_before=script_of(theme=looks.LIGHT))


@pytest.mark.parametrize("size", [NARROW, WIDE, (150, 48)], ids=["80", "120", "150"])
def test_today_with_hostile_resolutions_and_a_timer(
    tmp_path: Path, snap_compare: Compare, size: tuple[int, int]
) -> None:
    studied_and_resolved(tmp_path, 8, hostile=True)
    timing(tmp_path)
    assert snap_compare(app_on(tmp_path), terminal_size=size, run_before=script_of())
