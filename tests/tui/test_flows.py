"""What a person does, with keys, on a real data folder."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from textual.pilot import Pilot

from learnhabit.services import tracking
from learnhabit.tui.screens.asking import ConfirmDialog
from learnhabit.tui.screens.doubt import DoubtDialog
from learnhabit.tui.screens.edit import EditDialog
from learnhabit.tui.screens.entry import EntryDialog
from learnhabit.tui.screens.log import LogScreen
from learnhabit.tui.screens.reading import SessionDialog
from learnhabit.tui.screens.start import StartDialog
from learnhabit.tui.screens.stop import StopDialog
from tests.tui.support import (
    NOW,
    app_on,
    calm,
    clock_at,
    enter,
    logged,
    press,
    run,
    sessions,
    shown,
    wait,
    with_data,
)


def test_the_first_log_is_three_keys_away(tmp_path: Path) -> None:
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        assert "Press s to start below, or l to log what is over." in shown(app)
        await press(pilot, "l", "enter")
        await wait(pilot, lambda: sessions(tmp_path))

    run(app, script, (80, 24))
    assert [each.seconds for each in sessions(tmp_path)] == [600]


def test_start_stop_with_a_takeaway(tmp_path: Path) -> None:
    clock = clock_at()
    app = app_on(tmp_path, clock)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "s")
        await wait(pilot, lambda: app.timer is not None)
        assert "00:00:00" in shown(app)
        clock.move(25 * 60 + 3)
        await wait(pilot, lambda: "00:25:03" in shown(app), "the timer to tick")
        await press(pilot, "x")
        assert isinstance(app.screen, StopDialog)
        await enter(pilot, "one thing")
        await press(pilot, "enter")
        await enter(pilot, "and another")
        await press(pilot, "ctrl+s")
        await wait(pilot, lambda: app.timer is None)
        assert not isinstance(app.screen, StopDialog)
        await wait(pilot, lambda: "25 min" in shown(app))

    run(app, script)
    (session,) = sessions(tmp_path)
    assert session.takeaway == "one thing\nand another"
    assert session.seconds == 25 * 60 + 3


def test_escape_lets_the_timer_run_and_control_o_holds_it(tmp_path: Path) -> None:
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "s", "x", "escape")
        assert app.timer is not None
        assert not app.timer.paused
        await press(pilot, "x", "ctrl+o")
        await wait(pilot, lambda: app.timer is not None and app.timer.paused)
        assert "paused" in shown(app)
        await press(pilot, "p")
        await wait(pilot, lambda: app.timer is not None and not app.timer.paused)
        await press(pilot, "X")
        assert isinstance(app.screen, ConfirmDialog)
        await press(pilot, "enter")
        await wait(pilot, lambda: app.timer is None)
        await press(pilot, "u")
        await wait(pilot, lambda: app.timer is not None)

    run(app, script)
    assert sessions(tmp_path) == ()


def test_log_a_line_with_a_live_reading(tmp_path: Path) -> None:
    app = app_on(tmp_path)
    logged(tmp_path, "10m rag")

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "l")
        assert isinstance(app.screen, EntryDialog)
        await enter(pilot, "45m rga")
        await wait(pilot, lambda: "rga" in shown(app) and "!" in shown(app))
        await press(pilot, "enter")
        assert isinstance(app.screen, EntryDialog)
        await press(pilot, "backspace", "backspace")
        await enter(pilot, "ag LoRA section 4 @yesterday 21:00 #paper")
        await wait(pilot, lambda: "Sun 22 Nov 21:00–21:45" in shown(app))
        await press(pilot, "tab")
        await enter(pilot, "kept")
        await press(pilot, "ctrl+s")
        await wait(pilot, lambda: len(sessions(tmp_path)) == 2)

    run(app, script, (80, 24))
    session = sessions(tmp_path)[-1]
    assert (session.seconds, session.note, session.tags, session.takeaway) == (
        2700,
        "LoRA section 4",
        ("paper",),
        "kept",
    )


def test_keys_that_come_with_the_save_are_not_lost(tmp_path: Path) -> None:
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "s")
        await wait(pilot, lambda: app.timer is not None)
        await press(pilot, "x")
        # All at once, as a paste or a slow line brings them.
        for key in (*"Nothing", "ctrl+s"):
            app.simulate_key(key)
        await wait(pilot, lambda: sessions(tmp_path))

    run(app, script)
    assert sessions(tmp_path)[0].takeaway == "Nothing"


def test_pick_a_topic_and_switch(tmp_path: Path) -> None:
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "2", "s")
        assert isinstance(app.screen, StartDialog)
        await enter(pilot, "fine-tun")
        await press(pilot, "enter")
        await wait(pilot, lambda: app.timer is not None and "fine-tuning" in app.timer.topic_title)
        await press(pilot, "s")
        await enter(pilot, "Something of my own")
        await press(pilot, "enter")
        await wait(pilot, lambda: app.timer is not None and app.timer.topic_title == "Something of my own")
        await wait(pilot, lambda: "Something of my own" in shown(app))

    run(app, script)
    assert len(sessions(tmp_path)) == 1


def test_edit_delete_undo_redo(tmp_path: Path) -> None:
    logged(tmp_path, "45m rag chunking @19:00")
    logged(tmp_path, "20m rag older", NOW - timedelta(days=1))
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "2", "e")
        assert isinstance(app.screen, EditDialog)
        await press(pilot, "tab")
        await enter(pilot, "50m")
        await wait(pilot, lambda: "Day total 45 min → 50 min" in shown(app))
        await press(pilot, "ctrl+s")
        await wait(pilot, lambda: sessions(tmp_path)[0].seconds == 3000)
        await wait(pilot, lambda: "50 min" in shown(app))
        await press(pilot, "d")
        await wait(pilot, lambda: len(sessions(tmp_path)) == 1)
        await wait(pilot, lambda: "chunking" not in shown(app))
        await press(pilot, "u")
        await wait(pilot, lambda: "chunking" in shown(app))
        await press(pilot, "ctrl+r")
        await wait(pilot, lambda: len(sessions(tmp_path)) == 1)
        await press(pilot, "U", "u")
        await wait(pilot, lambda: len(sessions(tmp_path)) == 2)

    run(app, script)


def test_an_edit_that_can_not_be_stays_with_its_reason(tmp_path: Path) -> None:
    logged(tmp_path, "45m rag chunking")
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "2", "e", "tab")
        await enter(pilot, "nonsense")
        await wait(pilot, lambda: "is no duration" in shown(app))
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, EditDialog)
        await press(pilot, "escape")
        assert isinstance(app.screen, LogScreen)

    run(app, script)
    assert sessions(tmp_path)[0].seconds == 2700


def test_split_merge_and_move(tmp_path: Path) -> None:
    logged(tmp_path, "1h rag all of it @19:00")
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "2", "S")
        await enter(pilot, "19:20")
        await press(pilot, "enter")
        await wait(pilot, lambda: sorted(each.seconds for each in sessions(tmp_path)) == [1200, 2400])
        await calm(pilot)
        await press(pilot, "home", "m")
        await wait(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        assert "19:20–20:00" in shown(app)
        await press(pilot, "enter")
        await wait(pilot, lambda: len(sessions(tmp_path)) == 1)
        await calm(pilot)
        await press(pilot, "m")
        await wait(pilot, lambda: "no session to merge with" in shown(app))
        await press(pilot, "t")
        await press(pilot, "ctrl+a", "ctrl+k")
        await enter(pilot, "2026-11-20")
        await press(pilot, "enter")
        await wait(pilot, lambda: sessions(tmp_path)[0].study_day.day == 20)

    run(app, script)


def test_filter_and_clear(tmp_path: Path) -> None:
    logged(tmp_path, "45m rag chunking")
    logged(tmp_path, "20m fine-tuning adapters", NOW - timedelta(days=1))
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "slash")
        assert isinstance(app.screen, LogScreen)
        await enter(pilot, "adapt")
        await wait(pilot, lambda: "1 session " in shown(app) and "chunking" not in shown(app))
        for _ in range(5):
            await press(pilot, "backspace")
        await enter(pilot, "since:nonsense")
        await wait(pilot, lambda: "nonsense” " in shown(app))
        await press(pilot, "escape", "escape")
        await wait(pilot, lambda: "chunking" in shown(app) and "2 sessions" in shown(app))
        await press(pilot, "slash")
        await enter(pilot, "nowhere")
        await wait(pilot, lambda: "Nothing matches." in shown(app))

    run(app, script)


def test_narrow_the_session_opens_as_a_dialog(tmp_path: Path) -> None:
    logged(tmp_path, "45m rag chunking", takeaway="what was learnt")
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "2", "enter")
        assert isinstance(app.screen, SessionDialog)
        assert "what was learnt" in shown(app)
        await press(pilot, "e")
        assert isinstance(app.screen, EditDialog)

    run(app, script, (80, 24))


def test_another_process_is_noticed(tmp_path: Path) -> None:
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        logged(tmp_path, "45m rag from elsewhere")
        await wait(pilot, lambda: "from elsewhere" in shown(app))
        await press(pilot, "2")
        await wait(pilot, lambda: "from elsewhere" in shown(app))
        logged(tmp_path, "10m rag once more", NOW - timedelta(hours=3))
        await wait(pilot, lambda: "once more" in shown(app))
        with_data(tmp_path, lambda workspace: tracking.start(workspace, ["rag"]))
        await wait(pilot, lambda: app.timer is not None)

    run(app, script)


def test_a_new_study_day_is_noticed(tmp_path: Path) -> None:
    logged(tmp_path, "45m rag yesterday's")
    clock = clock_at()
    app = app_on(tmp_path, clock)

    async def script(pilot: Pilot[int]) -> None:
        assert "Mon 23 Nov 2026" in shown(app)
        clock.move(8 * 3600)
        await wait(pilot, lambda: "Tue 24 Nov 2026" in shown(app))

    run(app, script)


def test_a_doubtful_timer_is_asked_about(tmp_path: Path) -> None:
    with_data(tmp_path, lambda workspace: tracking.start(workspace, ["rag"]), NOW - timedelta(hours=13))
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await wait(pilot, lambda: isinstance(app.screen, DoubtDialog))
        await press(pilot, "escape")
        assert "looks wrong" in shown(app)
        await press(pilot, "x", "d")
        await enter(pilot, "1h30")
        await wait(pilot, lambda: "saves 1 h 30 m" in shown(app))
        await press(pilot, "enter")
        await wait(pilot, lambda: app.timer is None)

    run(app, script)
    assert [each.seconds for each in sessions(tmp_path)] == [5400]


def test_another_next_step_help_why_and_source(tmp_path: Path) -> None:
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        first = app.screen.next_step  # type: ignore[attr-defined]
        await press(pilot, "n")
        assert app.screen.next_step != first  # type: ignore[attr-defined]
        for key, title in (("question_mark", "Help"), ("w", "Why these numbers"), ("h", "Where this comes from")):
            await press(pilot, key)
            assert title in shown(app)
            await press(pilot, "escape")

    run(app, script, (80, 24))


def test_the_palette_starts_a_topic_and_goes_to_a_session(tmp_path: Path) -> None:
    logged(tmp_path, "45m rag needle", NOW - timedelta(days=3))
    app = app_on(tmp_path)

    async def script(pilot: Pilot[int]) -> None:
        await press(pilot, "ctrl+p")
        await enter(pilot, "needle")
        await wait(pilot, lambda: "Show this session in the log" in shown(app))
        await press(pilot, "enter")
        await wait(pilot, lambda: isinstance(app.screen, LogScreen))
        await press(pilot, "ctrl+p")
        await enter(pilot, "multimodal")
        await wait(pilot, lambda: "Start on Multimodal" in shown(app))
        await press(pilot, "enter")
        await wait(pilot, lambda: app.timer is not None and app.timer.topic_title.startswith("Multimodal"))

    run(app, script)
