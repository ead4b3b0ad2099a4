"""Screen 5: one card at a time, four grades, what is logged; and the stop dialog's card and progress."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from learnhabit.domain.recall import REST
from learnhabit.services import tracking
from learnhabit.services.cards import add_card, add_question_cards, card_list
from learnhabit.services.resources import resource_view, set_progress
from learnhabit.services.settings import set_setting
from learnhabit.services.workspace import Workspace, open_workspace
from learnhabit.tui.app import LearnhabitApp
from learnhabit.tui.keynames import name_keys
from learnhabit.tui.screens import recall
from learnhabit.tui.screens.form import FieldsDialog
from learnhabit.tui.screens.recall import RecallScreen
from learnhabit.tui.screens.stop import StopDialog
from learnhabit.tui.widgets.area import Area
from learnhabit.tui.widgets.fields import Line
from learnhabit.tui.widgets.recallcard import Grades
from tests.tui.support import (
    HOSTILE,
    NOW,
    UNSHOWN,
    MovingClock,
    app_on,
    calm,
    clock_at,
    enter,
    press,
    run,
    sessions,
    shown,
    wait,
    with_data,
)

NARROW, WIDE = (80, 24), (120, 36)
PEFT = "peft-documentation"


def on_recall(
    folder: Path,
    script: Callable[[Pilot[int], RecallScreen], Awaitable[None]],
    size: tuple[int, int] = WIDE,
    clock: MovingClock | None = None,
) -> None:
    """Run a script on screen 5."""

    async def main(pilot: Pilot[int]) -> None:
        await press(pilot, "5")
        screen = pilot.app.screen
        assert isinstance(screen, RecallScreen)
        await wait(pilot, lambda: screen._state.queue is not None, "the queue")
        await calm(pilot)
        await script(pilot, screen)

    run(app_on(folder, clock), main, size)


def cards(folder: Path) -> tuple[Any, ...]:
    with open_workspace(str(folder), clock_at(NOW)) as workspace:
        return card_list(workspace)


def made(folder: Path, number: int, topic: str = "rag") -> None:
    def add(workspace: Workspace) -> None:
        for place in range(number):
            add_card(workspace, topic, f"Question {place} of {topic}", f"Answer {place}")

    with_data(folder, add)


async def alone(pilot: Pilot[int]) -> None:
    """From now on nobody tells the app that something was written, its own grades neither."""
    app = pilot.app
    assert isinstance(app, LearnhabitApp)
    app._watcher.stop()
    await wait(pilot, lambda: not app._watcher._thread.is_alive(), "the watcher's end")
    await calm(pilot)


async def asked(pilot: Pilot[int], screen: RecallScreen, text: str) -> None:
    await wait(pilot, lambda: screen._state.card is not None and text in screen._state.card.question, text)
    await calm(pilot)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
def test_answer_look_and_grade(tmp_path: Path, size: tuple[int, int]) -> None:
    made(tmp_path, 2)

    async def script(pilot: Pilot[int], screen: RecallScreen) -> None:
        app = pilot.app
        assert "5 Recall 2" in shown(app)
        await asked(pilot, screen, "Question 0")
        await enter(pilot, "my answer 12")
        assert "Answer 0" not in shown(app)
        await press(pilot, "enter")
        for text in ("my answer 12", "Answer 0", "10 min", "2 days", "8 days"):
            assert text in shown(app), text
        await press(pilot, "4")
        await asked(pilot, screen, "Question 1")
        assert "1 right · 0 again" in shown(app)
        assert screen.answer.text == ""
        await press(pilot, "enter", "enter")
        await wait(pilot, lambda: "2 cards recalled, 2 right" in shown(app), "the end")

    on_recall(tmp_path, script, size)
    assert [(card.last_grade, card.state) for card in sorted(cards(tmp_path), key=lambda card: card.question)] == [
        (4, "review"),
        (3, "review"),
    ]


def test_the_footer_says_what_keys_do_in_the_field(tmp_path: Path) -> None:
    """A letter types there, and so do `/` and `?`; how to leave it is said, and only there."""
    made(tmp_path, 1)

    async def script(pilot: Pilot[int], screen: RecallScreen) -> None:
        def footer() -> str:
            return shown(pilot.app).splitlines()[-1]

        await asked(pilot, screen, "Question 0")
        assert screen.focused is screen.answer
        assert "esc Leave field" in footer() and "f1 Help" in footer()
        assert not any(each in footer() for each in ("/ Find", "? Help", "e Edit card"))
        await enter(pilot, "1/2?")
        assert screen.answer.text == "1/2?"
        await press(pilot, "escape")
        assert "esc Leave field" not in footer() and "e Edit card" in footer() and "? Help" in footer()

    on_recall(tmp_path, script)


def test_the_footer_says_what_keys_do_once_the_answer_is_open(tmp_path: Path) -> None:
    made(tmp_path, 2)

    async def script(pilot: Pilot[int], screen: RecallScreen) -> None:
        def footer() -> str:
            return shown(pilot.app).splitlines()[-1]

        await asked(pilot, screen, "Question 0")
        assert "enter Reveal" in footer() and "Grade" not in footer()
        await press(pilot, "enter")
        assert "1-4 Grade  enter Good  e Edit card  z Suspend  u Undo" in footer()
        # Four keys in one are none that can be pressed.
        await pilot.click("FootBar", offset=(footer().index("1-4"), 0))
        await calm(pilot)
        assert screen._state.card is not None and screen._state.revealed
        name_keys({"recall.again": "v"})
        try:
            screen.refresh_bindings()
            await wait(pilot, lambda: "v 2 3 4 Grade" in footer(), "their own key")
        finally:
            name_keys({})
        screen.refresh_bindings()
        await pilot.pause()
        await pilot.click("FootBar", offset=(footer().index("enter"), 0))
        await asked(pilot, screen, "Question 1")
        assert "enter Reveal" in footer() and "Good" not in footer()

    on_recall(tmp_path, script, NARROW)
    assert [card.last_grade for card in cards(tmp_path) if card.reviews] == [3]


def test_enter_reveals_with_and_without_the_field(tmp_path: Path) -> None:
    made(tmp_path, 1)
    with_data(tmp_path, lambda ws: add_question_cards(ws, "lora"))

    async def script(pilot: Pilot[int], screen: RecallScreen) -> None:
        await asked(pilot, screen, "Question 0")
        await enter(pilot, "mine")
        await press(pilot, "escape", "enter")
        assert screen._state.revealed and "mine" in shown(pilot.app)
        await press(pilot, "3")
        await wait(pilot, lambda: screen._state.card is not None and not screen._state.card.answer, "a new question")
        await calm(pilot)
        await press(pilot, "escape", "enter")
        # It has to be written first.
        assert not screen._state.revealed
        assert screen.focused is screen.answer

    on_recall(tmp_path, script)


def test_number_keys_open_screens_until_the_answer_is_open(tmp_path: Path) -> None:
    made(tmp_path, 1)

    async def script(pilot: Pilot[int], screen: RecallScreen) -> None:
        app = pilot.app
        await asked(pilot, screen, "Question 0")
        await press(pilot, "escape", "1")
        assert app.current_mode == "today"
        await press(pilot, "5", "enter")
        await wait(pilot, lambda: screen._state.revealed, "the answer")
        assert screen.top_bar.dimmed
        await press(pilot, "1")
        assert app.current_mode == "recall"
        await wait(pilot, lambda: screen._state.card is None, "the grade")
        assert not screen.top_bar.dimmed
        await press(pilot, "2")
        assert app.current_mode == "log"

    on_recall(tmp_path, script)
    assert cards(tmp_path)[0].state == "learning"


@pytest.mark.parametrize("grade", [1, 2, 3, 4])
def test_grades_by_mouse(tmp_path: Path, grade: int) -> None:
    made(tmp_path, 1)

    async def script(pilot: Pilot[int], screen: RecallScreen) -> None:
        await asked(pilot, screen, "Question 0")
        await pilot.click(screen.query_one(Grades), offset=(screen.query_one(Grades).size.width // 2, 1))
        await wait(pilot, lambda: screen._state.revealed, "the answer")
        tiles = screen.query_one(Grades)
        tile = (tiles.size.width - 6) // 4
        await pilot.click(tiles, offset=((grade - 1) * (tile + 2) + 3, 1))
        await wait(pilot, lambda: screen._state.grades, "the grade")

    on_recall(tmp_path, script)
    assert cards(tmp_path)[0].last_grade == grade


def test_a_card_without_an_answer_asks_for_one(tmp_path: Path) -> None:
    with_data(tmp_path, lambda ws: add_question_cards(ws, "rag"))

    async def script(pilot: Pilot[int], screen: RecallScreen) -> None:
        await wait(pilot, lambda: screen._state.card is not None, "the card")
        assert "There is no answer yet" in shown(pilot.app)
        await press(pilot, "enter")
        assert not screen._state.revealed
        assert any("Write an answer" in each.message for each in pilot.app._notifications)
        await enter(pilot, "Because it is read")
        await press(pilot, "enter", "3")
        await wait(pilot, lambda: len(screen._state.grades) == 1, "the grade")

    on_recall(tmp_path, script)
    assert [card.answer for card in cards(tmp_path) if card.reviews] == ["Because it is read"]


def test_undo_brings_the_card_back(tmp_path: Path) -> None:
    made(tmp_path, 2)

    async def script(pilot: Pilot[int], screen: RecallScreen) -> None:
        await asked(pilot, screen, "Question 0")
        await press(pilot, "enter", "3")
        await asked(pilot, screen, "Question 1")
        await press(pilot, "escape", "u")
        await asked(pilot, screen, "Question 0")
        assert screen._state.grades == []
        assert "card 1 of 2" in shown(pilot.app)

    on_recall(tmp_path, script)
    assert {card.state for card in cards(tmp_path)} == {"new"}
    assert sessions(tmp_path) == ()


def test_a_sitting_is_a_session_for_each_topic(tmp_path: Path) -> None:
    made(tmp_path, 2)
    made(tmp_path, 1, "lora")
    clock = clock_at(NOW)

    async def script(pilot: Pilot[int], screen: RecallScreen) -> None:
        answered = (("Question 0 of rag", 30), ("Question 1 of rag", 400), ("Question 0 of lora", 20))
        for done, (text, seconds) in enumerate(answered, start=1):
            await asked(pilot, screen, text)
            clock.move(seconds)
            await press(pilot, "enter", "3")
            await wait(pilot, lambda: len(screen._state.grades) == done, "the grade")  # noqa: B023

    on_recall(tmp_path, script, clock=clock)
    found = {each.topic: (each.seconds, each.note, each.tags) for each in sessions(tmp_path)}
    assert found == {
        "retrieval-augmented-generation": (150, "Recall, 2 cards", ("recall",)),
        "efficient-fine-tuning": (20, "Recall, 1 card", ("recall",)),
    }


def test_no_session_while_a_timer_runs(tmp_path: Path) -> None:
    made(tmp_path, 1)
    with_data(tmp_path, lambda ws: tracking.start(ws, ["lora"]))

    async def script(pilot: Pilot[int], screen: RecallScreen) -> None:
        await asked(pilot, screen, "Question 0")
        await press(pilot, "enter", "3")
        await wait(pilot, lambda: screen._state.card is None, "the grade")

    on_recall(tmp_path, script)
    assert sessions(tmp_path) == ()
    assert cards(tmp_path)[0].reviews == 1


def test_what_is_typed_survives_another_writer(tmp_path: Path) -> None:
    made(tmp_path, 2)

    async def script(pilot: Pilot[int], screen: RecallScreen) -> None:
        await asked(pilot, screen, "Question 0")
        await enter(pilot, "half an ans")
        with_data(tmp_path, lambda ws: add_card(ws, "lora", "Another", "Answer"))
        await wait(pilot, lambda: "card 1 of 3" in shown(pilot.app), "the new card")
        await enter(pilot, "wer")
        assert screen.answer.text == "half an answer"

    on_recall(tmp_path, script)


def test_editing_suspending_and_adding(tmp_path: Path) -> None:
    made(tmp_path, 2)

    async def script(pilot: Pilot[int], screen: RecallScreen) -> None:
        app = pilot.app
        await asked(pilot, screen, "Question 0")
        await press(pilot, "escape", "e")
        assert isinstance(app.screen, FieldsDialog)
        app.screen.query_one("#question", Area).text = "What then?"
        await press(pilot, "ctrl+s")
        await asked(pilot, screen, "What then?")
        await press(pilot, "escape", "z")
        await asked(pilot, screen, "Question 1")
        await press(pilot, "escape", "a")
        app.screen.query_one("#topic", Line).value = "nowhere"
        app.screen.query_one("#question", Area).text = "Who?"
        app.screen.query_one("#answer", Area).text = "Somebody."
        await press(pilot, "ctrl+s")
        assert "Unknown topic" in shown(app)
        app.screen.query_one("#topic", Line).value = "lora"
        await press(pilot, "ctrl+s")
        await wait(pilot, lambda: app.screen is screen, "the screen")

    on_recall(tmp_path, script)
    assert {card.question: card.state for card in cards(tmp_path)} == {
        "What then?": "suspended",
        "Question 1 of rag": "new",
        "Who?": "new",
    }


def test_the_limit_is_said(tmp_path: Path) -> None:
    made(tmp_path, 3)
    with_data(tmp_path, lambda ws: set_setting(ws, "recall_limit", "2"))

    async def script(pilot: Pilot[int], screen: RecallScreen) -> None:
        for number in range(2):
            await asked(pilot, screen, f"Question {number}")
            await press(pilot, "enter", "3")
        await wait(
            pilot, lambda: "That is the limit of 2 for today; 1 wait until tomorrow" in shown(pilot.app), "limit"
        )
        assert "5 Recall " in shown(pilot.app)

    on_recall(tmp_path, script)


def test_a_forgotten_card_comes_back_after_ten_minutes(tmp_path: Path) -> None:
    made(tmp_path, 1)
    clock = clock_at(NOW)

    async def script(pilot: Pilot[int], screen: RecallScreen) -> None:
        await asked(pilot, screen, "Question 0")
        await press(pilot, "enter", "1")
        await wait(pilot, lambda: "come back in about ten minutes" in shown(pilot.app), "the pause")
        clock.move(601)
        await press(pilot, "1", "5")
        await asked(pilot, screen, "Question 0")

    on_recall(tmp_path, script, clock=clock)


def test_it_comes_back_to_who_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the screen, without a key: the card, and how many there are in the header."""
    # Looked for so often that the test need not wait for a minute.
    monkeypatch.setattr(recall, "LOOK_SECONDS", 0.01)
    made(tmp_path, 1)
    clock = clock_at(NOW)

    async def script(pilot: Pilot[int], screen: RecallScreen) -> None:
        await asked(pilot, screen, "Question 0")
        await press(pilot, "enter", "1")
        await wait(pilot, lambda: "come back in about ten minutes" in shown(pilot.app), "the pause")
        await wait(pilot, lambda: "5 Recall 1" not in shown(pilot.app), "the header")
        await alone(pilot)
        clock.move(601)
        await asked(pilot, screen, "Question 0")
        await wait(pilot, lambda: "5 Recall 1" in shown(pilot.app), "the header")
        assert pilot.app.screen is screen

    on_recall(tmp_path, script, clock=clock)


def test_it_comes_back_behind_another_screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recall, "LOOK_SECONDS", 0.01)
    made(tmp_path, 1)
    clock = clock_at(NOW)

    async def script(pilot: Pilot[int], screen: RecallScreen) -> None:
        await asked(pilot, screen, "Question 0")
        await press(pilot, "enter", "1")
        await wait(pilot, lambda: screen._state.queue is not None and screen._state.queue.next_at, "the pause")
        await press(pilot, "1")
        await alone(pilot)
        assert "5 Recall 1" not in shown(pilot.app)
        clock.move(601)
        await wait(pilot, lambda: "5 Recall 1" in shown(pilot.app), "the header")

    on_recall(tmp_path, script, clock=clock)


def test_the_next_morning_is_another_sitting(tmp_path: Path) -> None:
    """Left open overnight: what was graded yesterday and is due again was not undone, and what is typed stays."""
    made(tmp_path, 2)
    clock = clock_at(NOW)

    async def script(pilot: Pilot[int], screen: RecallScreen) -> None:
        await asked(pilot, screen, "Question 0")
        await press(pilot, "enter", "1")
        await asked(pilot, screen, "Question 1")
        assert "card 2 of 2" in shown(pilot.app)
        await enter(pilot, "half an ans")
        clock.move(13 * 3600)
        await wait(pilot, lambda: "card 1 of 2" in shown(pilot.app), "the next day")
        await calm(pilot)
        assert "0 right" not in shown(pilot.app)
        await enter(pilot, "wer")
        assert screen.answer.text == "half an answer"
        await press(pilot, "enter", "3")
        await asked(pilot, screen, "Question 0")
        assert "card 2 of 2" in shown(pilot.app) and "1 right · 0 again" in shown(pilot.app)

    on_recall(tmp_path, script, clock=clock)
    assert sorted((each.study_day.day, each.note) for each in sessions(tmp_path)) == [
        (23, "Recall, 1 card"),
        (24, "Recall, 1 card"),
    ]


def test_after_a_rest_it_is_counted_anew(tmp_path: Path) -> None:
    made(tmp_path, 2)
    clock = clock_at(NOW)

    async def script(pilot: Pilot[int], screen: RecallScreen) -> None:
        await asked(pilot, screen, "Question 0")
        await press(pilot, "enter", "3")
        await asked(pilot, screen, "Question 1")
        clock.move(REST + 1)
        await press(pilot, "enter", "3")
        await wait(pilot, lambda: "1 card recalled, 1 right" in shown(pilot.app), "the end")
        clock.move(REST + 1)
        with_data(tmp_path, lambda ws: add_card(ws, "lora", "Another", "Answer"))
        await wait(pilot, lambda: "card 1 of 1" in shown(pilot.app), "the new card")

    on_recall(tmp_path, script, clock=clock)


def test_undo_of_a_second_grade_asks_the_card_again(tmp_path: Path) -> None:
    made(tmp_path, 1)
    clock = clock_at(NOW)

    async def script(pilot: Pilot[int], screen: RecallScreen) -> None:
        await asked(pilot, screen, "Question 0")
        await press(pilot, "enter", "1")
        await wait(pilot, lambda: screen._state.queue is not None and screen._state.queue.next_at, "the pause")
        clock.move(601)
        await press(pilot, "1", "5")
        await asked(pilot, screen, "Question 0")
        await press(pilot, "enter", "3")
        await wait(pilot, lambda: "2 cards recalled, 1 right" in shown(pilot.app), "the end")
        await press(pilot, "u")
        await asked(pilot, screen, "Question 0")
        assert "card 2 of 2" in shown(pilot.app) and "0 right · 1 again" in shown(pilot.app)

    on_recall(tmp_path, script, clock=clock)


LONG = " ".join(f"word{number}" for number in range(250))
"""More than a screen of 24 rows holds."""


def test_a_long_answer_scrolls_above_the_grades(tmp_path: Path) -> None:
    with_data(tmp_path, lambda ws: add_card(ws, "rag", "Question 0", LONG))

    async def script(pilot: Pilot[int], screen: RecallScreen) -> None:
        await asked(pilot, screen, "Question 0")
        await press(pilot, "enter")
        for key, at in (("down", 6), ("down", 5), ("up", 6)):
            await press(pilot, key)
            assert "ANSWER" in shown(pilot.app).splitlines()[at]
        for _ in range(4):
            assert "10 min" in shown(pilot.app) and "8 days" in shown(pilot.app)
            await press(pilot, "pagedown")
        assert "word249" in shown(pilot.app) and "asked for the first time" in shown(pilot.app)
        await press(pilot, *["pageup"] * 4)
        assert "Question 0" in shown(pilot.app)
        await press(pilot, "2")
        await wait(pilot, lambda: screen._state.grades, "the grade")

    on_recall(tmp_path, script, NARROW)


def test_a_long_question_scrolls_above_its_field(tmp_path: Path) -> None:
    with_data(tmp_path, lambda ws: add_card(ws, "rag", LONG, "It is short."))
    made(tmp_path, 1)

    async def script(pilot: Pilot[int], screen: RecallScreen) -> None:
        app = pilot.app
        await asked(pilot, screen, "word0")
        await enter(pilot, "mine")
        assert "word0 " in shown(app) and "mine" in shown(app)
        await press(pilot, *["pagedown"] * 4)
        assert "word249" in shown(app) and "Say it or write it" in shown(app)
        # The field has kept the focus, and stands where it stood.
        await enter(pilot, "!")
        assert "mine!" in shown(app)
        await press(pilot, "enter")
        assert "10 min" in shown(app)
        await press(pilot, *["pagedown"] * 4)
        assert "It is short." in shown(app)
        await press(pilot, "3")
        # The next card begins at its top.
        await asked(pilot, screen, "Question 0")
        assert "Question 0" in shown(app) and not screen.box.scroll_y

    on_recall(tmp_path, script, NARROW)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
def test_a_card_is_turned_by_one_layout_and_one_paint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    """The first picture that is painted is the whole answer; Textual lays out what has changed its size once more."""
    with_data(tmp_path, lambda ws: add_card(ws, "rag", "Question 0", "One line, and then more. " * 5))
    done: list[str] = []
    layout, paint = Screen._refresh_layout, Screen._compositor_refresh

    def lay_out(screen: Screen[object], *more: object, **named: object) -> None:
        done.append("layout")
        layout(screen, *more, **named)  # type: ignore[arg-type]

    def show(screen: Screen[object]) -> None:
        if screen._dirty_widgets:
            done.append(shown(screen.app))
        paint(screen)

    async def script(pilot: Pilot[int], screen: RecallScreen) -> None:
        await asked(pilot, screen, "Question 0")
        await enter(pilot, "my answer")
        monkeypatch.setattr(Screen, "_refresh_layout", lay_out)
        monkeypatch.setattr(Screen, "_compositor_refresh", show)
        await press(pilot, "enter")
        assert (done[0], done[1], done.count("layout")) == ("layout", shown(pilot.app), 2)

    on_recall(tmp_path, script, size)


def test_no_cards_and_none_due(tmp_path: Path) -> None:
    async def nothing(pilot: Pilot[int], screen: RecallScreen) -> None:
        assert "What you write down comes back" in shown(pilot.app)
        await press(pilot, "enter", "3")
        assert pilot.app.current_mode == "resolutions"

    on_recall(tmp_path, nothing, NARROW)
    with_data(tmp_path, lambda ws: add_card(ws, "rag", "Later?", "Yes.", origin="takeaway"))

    async def later(pilot: Pilot[int], screen: RecallScreen) -> None:
        assert "Nothing is due now. The next: 1 on Tue 24 Nov 2026" in shown(pilot.app)

    on_recall(tmp_path, later, NARROW)


def test_hostile_cards_are_words(tmp_path: Path) -> None:
    for text in HOSTILE:
        with_data(tmp_path, lambda ws, text=text: add_card(ws, "rag", text, text))  # type: ignore[misc]

    async def script(pilot: Pilot[int], screen: RecallScreen) -> None:
        for number in range(len(HOSTILE)):
            await wait(pilot, lambda n=number: len(screen._state.grades) == n and screen._state.card, "the card")  # type: ignore[misc]
            assert not set(UNSHOWN) & set(shown(pilot.app))
            await press(pilot, "enter")
            assert not set(UNSHOWN) & set(shown(pilot.app))
            await press(pilot, "3")

    on_recall(tmp_path, script, NARROW)


def stopping(folder: Path, script: Callable[[Pilot[int], StopDialog], Awaitable[None]], size: tuple[int, int]) -> None:
    with_data(folder, lambda ws: tracking.start(ws, ["lora"], resource=PEFT), NOW)
    clock = clock_at(NOW)
    clock.move(1800)

    async def main(pilot: Pilot[int]) -> None:
        await press(pilot, "x")
        assert isinstance(pilot.app.screen, StopDialog)
        await script(pilot, pilot.app.screen)

    run(app_on(folder, clock), main, size)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "120"])
@pytest.mark.parametrize("question", ["", "What is less?"])
def test_stopping_makes_a_card_and_notes_progress(tmp_path: Path, question: str, size: tuple[int, int]) -> None:
    with_data(tmp_path, lambda ws: set_progress(ws, PEFT, "10 of 60 min"), NOW)

    async def script(pilot: Pilot[int], dialog: StopDialog) -> None:
        app = pilot.app
        assert isinstance(app, LearnhabitApp)
        await wait(pilot, lambda: "10 of 60 min" in shown(app), "the progress from before")
        await press(pilot, "ctrl+r")
        await press(pilot, "ctrl+s")
        assert "A card needs a takeaway" in shown(app)
        dialog.query_one("#takeaway", Area).text = "Less is more."
        dialog.query_one("#question", Line).value = question
        dialog.query_one("#progress", Line).value = "lots"
        await press(pilot, "ctrl+s")
        assert "is no progress" in shown(app)
        assert app.timer is not None
        assert cards(tmp_path) == ()
        dialog.query_one("#progress", Line).value = "100%"
        await press(pilot, "ctrl+s")
        await wait(pilot, lambda: not isinstance(app.screen, StopDialog), "the end")

    stopping(tmp_path, script, size)
    (card,) = cards(tmp_path)
    assert card.question == (question or "What did you take away from Efficient fine-tuning on Mon 23 Nov?")
    assert (card.answer, card.due_on.isoformat()) == ("Less is more.", "2026-11-24")
    with open_workspace(str(tmp_path), clock_at(NOW)) as workspace:
        assert resource_view(workspace, PEFT).state == "done"


def test_a_card_is_made_only_when_it_is_asked_for(tmp_path: Path) -> None:
    async def script(pilot: Pilot[int], dialog: StopDialog) -> None:
        dialog.query_one("#takeaway", Area).text = "Less is more."
        await press(pilot, "ctrl+r", "ctrl+r")
        await press(pilot, "ctrl+s")
        await wait(pilot, lambda: not isinstance(pilot.app.screen, StopDialog), "the end")

    stopping(tmp_path, script, WIDE)
    assert cards(tmp_path) == ()
    assert sessions(tmp_path)[0].takeaway == "Less is more."
