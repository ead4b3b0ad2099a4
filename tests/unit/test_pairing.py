"""The sentence that joins advice to the next step."""

from __future__ import annotations

import pytest

from learnhabit.domain.pairing import Step, cue_words, pair, says_when

NEW = Step(
    title="Efficient fine-tuning",
    begun=False,
    own=False,
    first_step="Compute how many numbers a rank-8 update trains.",
    project="Fine-tune a small model on 200 examples.",
    resource="LoRA",
    resource_open=False,
    minutes_left=75,
)
OPEN = NEW.replace(begun=True, resource_open=True, minutes_left=40)
BEGUN = NEW.replace(begun=True)


@pytest.mark.parametrize(
    ("moment", "step", "cue", "expected"),
    [
        (
            "start",
            NEW,
            "",
            "Take the first step in Efficient fine-tuning: compute how many numbers a rank-8 update trains.",
        ),
        ("daily", OPEN, "", "Go on with “LoRA”, 40 min left."),
        ("daily", OPEN, "after my morning coffee", "After your morning coffee, go on with “LoRA”, 40 min left."),
        ("daily", BEGUN, "", "Open “LoRA” in Efficient fine-tuning, about 75 min."),
        ("daily", BEGUN.replace(minutes_left=900), "", "Open “LoRA” in Efficient fine-tuning, about 15 h."),
        ("run", OPEN.replace(minutes_left=None), "", "Go on with “LoRA”."),
        ("missed-day", OPEN, "", "Ten minutes today: go on with “LoRA”, 40 min left."),
        ("missed-day", OPEN, "at 8", "Ten minutes today, at 8: go on with “LoRA”, 40 min left."),
        ("behind", OPEN, "", "The next piece: go on with “LoRA”, 40 min left."),
        ("after-session", OPEN, "After lunch.", "Next time, after lunch: go on with “LoRA”, 40 min left."),
        (
            "ahead",
            BEGUN,
            "",
            "There is time for the weekend project of Efficient fine-tuning: fine-tune a small model on 200 examples.",
        ),
        ("ahead", OPEN, "", "Go on with “LoRA”, 40 min left."),
        ("weekly-review", OPEN, "", "Then begin the week: go on with “LoRA”, 40 min left."),
        ("year-end", OPEN, "", "Before the year is over: go on with “LoRA”, 40 min left."),
        ("new-year", OPEN, "", "For a first date: go on with “LoRA”, 40 min left."),
        ("daily", None, "after lunch", ""),
        ("community", None, "", "Send a fellow learner one takeaway of this week, or the week as it was."),
        (
            "daily",
            BEGUN.replace(resource="", own=True, project="Rust a bit"),
            "",
            "There is time for the weekend project of Efficient fine-tuning: Rust a bit.",
        ),
        (
            "daily",
            BEGUN.replace(resource="", project="", own=True, first_step="Read chapter 1!"),
            "",
            "Take the first step in Efficient fine-tuning: Read chapter 1!",
        ),
        ("daily", BEGUN.replace(resource="", project="", first_step=""), "", "Give Efficient fine-tuning ten minutes."),
    ],
)
def test_sentences(moment: str, step: Step | None, cue: str, expected: str) -> None:
    assert pair(moment, step, cue, "") == expected


def test_a_study_partner_is_named() -> None:
    assert pair("community", NEW, "", "Mia") == "Send Mia one takeaway of this week, or the week as it was."


@pytest.mark.parametrize(
    ("cue", "expected"),
    [
        ("", ""),
        ("after my morning coffee", "after your morning coffee"),
        ("When I get home", "when you get home"),
        ("before I open the mail.", "before you open the mail"),
        ("8:15", "at 8:15"),
        ("7pm", "at 7pm"),
        ("morning coffee", "with your cue, morning coffee"),
    ],
)
def test_a_cue_in_the_words_of_a_friend(cue: str, expected: str) -> None:
    assert cue_words(cue) == expected


def test_a_long_title_is_cut() -> None:
    assert (
        pair("daily", OPEN.replace(resource="word " * 40), "", "")
        == f"Go on with “{('word ' * 16).rstrip()}…”, 40 min left."
    )


@pytest.mark.parametrize(
    ("cue", "said"),
    [
        ("when I am home", "when you are home"),
        ("After I was at the gym", "after you were at the gym"),
        ("when I’d scroll", "when you’d scroll"),
        ("before I'll forget", "before you'll forget"),
        ("while the tea is mine", "while the tea is yours"),
        ("over lunch", "over lunch"),
        ("whenever I wait", "whenever you wait"),
        ("right after lunch", "right after lunch"),
        ("the morning I am in", "with your cue, the morning you are in"),
    ],
)
def test_a_cue_is_said_in_whole_english(cue: str, said: str) -> None:
    assert cue_words(cue) == said


def test_a_time_of_day_says_when_by_itself() -> None:
    assert [cue for cue in ("7pm", "19:30", "right after lunch", "coffee", "7 cups") if says_when(cue)] == [
        "7pm",
        "19:30",
        "right after lunch",
    ]
