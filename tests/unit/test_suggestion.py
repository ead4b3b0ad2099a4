"""The ranking of topics, situation by situation."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from learnhabit.domain.suggestion import Candidate, rank

TODAY = date(2026, 11, 23)


def candidate(
    name: str,
    *,
    ago: int | None = None,
    row: int = 0,
    seconds: int = 0,
    after: tuple[str, ...] = (),
    behind: int = 0,
    follow: bool = False,
    open: str = "",
    finished: int = 0,
    put_off: bool = False,
    aside: bool = False,
) -> Candidate:
    return Candidate(
        id=name,
        title=name.title(),
        seconds=seconds,
        last_day=None if ago is None else TODAY - timedelta(days=ago),
        days_in_row=row,
        prerequisites=after,
        days_behind=behind,
        behind_on=f"{behind} days behind on “{name}”" if behind else "",
        followed=follow,
        begun_with=open,
        finished=finished,
        dismissed=put_off,
        archived=aside,
    )


def order(*candidates: Candidate) -> list[str]:
    return [each.topic for each in rank(candidates, TODAY)]


def reason(name: str, *candidates: Candidate) -> str:
    return next(each.reason for each in rank(candidates, TODAY) if each.topic == name)


def test_the_topic_that_waited_longest_comes_first() -> None:
    assert order(candidate("a", ago=1), candidate("b", ago=6), candidate("c")) == ["b", "a", "c"]


def test_what_was_studied_today_comes_last_of_those_begun() -> None:
    assert order(candidate("a", ago=0), candidate("b", ago=1), candidate("c")) == ["b", "a", "c"]


def test_no_fourth_day_in_a_row_while_another_topic_waits() -> None:
    assert order(candidate("a", ago=5, row=3), candidate("b", ago=1, row=1)) == ["b", "a"]


def test_what_is_behind_comes_before_all_else_and_says_so() -> None:
    several = (candidate("a", ago=9), candidate("b", behind=2), candidate("c", ago=1, behind=20), candidate("d"))
    assert order(*several) == ["c", "b", "a", "d"]
    assert reason("c", *several) == "20 days behind on “c”"


def test_what_is_behind_stays_first_on_the_day_it_was_studied() -> None:
    assert order(candidate("a", ago=0, row=1, behind=1), candidate("b", ago=9)) == ["a", "b"]


def test_no_fourth_day_in_a_row_while_another_is_behind() -> None:
    assert order(candidate("a", ago=1, row=3, behind=9), candidate("b", ago=1, row=2, behind=1)) == ["b", "a"]
    assert order(candidate("a", ago=1, row=3, behind=9), candidate("b", ago=5)) == ["a", "b"]


def test_of_the_topics_of_one_resolution_the_one_not_touched_for_longest_comes_first() -> None:
    assert order(candidate("a", ago=2, behind=3), candidate("b", ago=5, behind=3), candidate("c", behind=3)) == [
        "c",
        "b",
        "a",
    ]


def test_new_topics_keep_their_order_but_prerequisites_come_first() -> None:
    assert order(candidate("a", after=("b",)), candidate("b"), candidate("c")) == ["b", "c", "a"]


def test_an_hour_on_a_prerequisite_is_enough() -> None:
    assert order(candidate("a", after=("b",)), candidate("b", ago=2, seconds=3600)) == ["b", "a"]
    assert reason("a", candidate("a", after=("b",)), candidate("b", ago=2, seconds=3600)) == (
        "New to you, and you have what it builds on"
    )
    assert (
        reason("a", candidate("a", after=("b",)), candidate("b", ago=2, seconds=3599)) == "New to you; easier after B"
    )


def test_an_unknown_prerequisite_is_no_hindrance() -> None:
    assert reason("a", candidate("a", after=("gone",))) == "New to you, and you have what it builds on"


def test_every_reason_says_what_is_true() -> None:
    both = (candidate("a", ago=6), candidate("b", ago=1), candidate("c", ago=0), candidate("d"))
    assert reason("a", *both) == "Of the topics you have begun it has waited longest: last touched 6 days ago"
    assert reason("b", *both) == "You have begun it: last touched yesterday"
    assert reason("c", *both) == "You studied it today and can go on"
    assert reason("d", *both) == "New to you, and it needs nothing before it"


def test_nothing_to_rank_is_nothing() -> None:
    assert rank([], TODAY) == ()


PAPER = "You are 40 % through a paper on it"
NEW = "New to you, and it needs nothing before it"
READY = "New to you, and you have what it builds on"
FOLLOWED = "You follow it and have not begun: ten minutes are a start"
LONGEST = "Of the topics you have begun it has waited longest: last touched "
LONGEST_FOLLOWED = "Of the topics you follow it has waited longest: last touched "
c = candidate
SITUATIONS: dict[str, tuple[list[Candidate], str, str]] = {
    # Nothing done yet.
    "a new user": ([c("a"), c("b")], "a", NEW),
    "a new user whose first topic builds on the second": ([c("a", after=("b",)), c("b")], "b", NEW),
    "every topic builds on another": ([c("a", after=("b",)), c("b", after=("a",))], "a", "New to you; easier after B"),
    "a new user who follows one": ([c("a"), c("b", follow=True)], "b", FOLLOWED),
    "a new user who follows three": (
        [c("a"), c("b", follow=True), c("c", follow=True), c("d", follow=True)],
        "b",
        FOLLOWED,
    ),
    "a followed topic whose prerequisite is missing": ([c("a"), c("b", follow=True, after=("a",))], "b", FOLLOWED),
    "of two followed the one that needs another stays first": (
        [c("a", follow=True, after=("x",)), c("x"), c("b", follow=True)],
        "a",
        FOLLOWED,
    ),
    "a followed topic put off for today": ([c("a"), c("b", follow=True, put_off=True)], "a", NEW),
    "a prerequisite that is no topic": ([c("a", after=("gone",)), c("b")], "a", READY),
    # Prerequisites.
    "an hour on the prerequisite": (
        [c("a", after=("b",)), c("b", ago=0, seconds=3600, put_off=True)],
        "a",
        READY,
    ),
    "a second less than an hour on the prerequisite": (
        [c("a", after=("b",)), c("b", ago=0, seconds=3599, put_off=True)],
        "a",
        "New to you; easier after B",
    ),
    "a resource of the prerequisite is done": ([c("a", after=("b",)), c("b", finished=1, put_off=True)], "a", READY),
    "one of two prerequisites is met": (
        [c("a", after=("b", "d")), c("b", finished=1, put_off=True), c("d", put_off=True)],
        "a",
        "New to you; easier after D",
    ),
    "a topic that is ready before one that is not": (
        [c("a", after=("d",)), c("b", after=("e",)), c("d", put_off=True), c("e", finished=2, put_off=True)],
        "b",
        READY,
    ),
    # Begun, not followed.
    "one topic begun": ([c("a"), c("b", ago=1)], "b", "You have begun it: last touched yesterday"),
    "two begun": ([c("a", ago=2), c("b", ago=6)], "b", f"{LONGEST}6 days ago"),
    "two begun on the same day": ([c("a", ago=6), c("b", ago=6)], "a", "You have begun it: last touched 6 days ago"),
    "the only one begun was today": ([c("a"), c("b", ago=0)], "b", "You studied it today and can go on"),
    "begun topics before new ones": ([c("a"), c("b", ago=200)], "b", "You have begun it: last touched 200 days ago"),
    "a gap of two weeks": ([c("a", ago=15), c("b", ago=14), c("c")], "a", f"{LONGEST}15 days ago"),
    "three days in a row with one, the other as lately": (
        [c("a", ago=1, row=3), c("b", ago=1, row=2)],
        "b",
        "You have begun it: last touched yesterday",
    ),
    # Followed.
    "followed before begun": (
        [c("a", ago=30), c("b", ago=1, follow=True)],
        "b",
        "You follow it: last touched yesterday",
    ),
    "of the followed the one not touched for longest": (
        [c("a", ago=2, follow=True), c("b", ago=9, follow=True)],
        "b",
        f"{LONGEST_FOLLOWED}9 days ago",
    ),
    "a followed topic never touched before one touched": (
        [c("a", ago=40, follow=True), c("b", follow=True)],
        "b",
        FOLLOWED,
    ),
    "a followed topic studied today": (
        [c("a", ago=5), c("b", ago=0, follow=True)],
        "b",
        "You studied it today and can go on",
    ),
    "followed, and three days in a row": (
        [c("a", ago=1, row=3, follow=True), c("b", ago=1, row=1, follow=True)],
        "b",
        "You follow it: last touched yesterday",
    ),
    # An open resource.
    "an open resource before what is followed": (
        [c("a", ago=9, follow=True), c("b", ago=1, open=PAPER)],
        "b",
        f"{PAPER}, last touched yesterday",
    ),
    "an open resource of a topic that was never timed": ([c("a", follow=True), c("b", open=PAPER)], "b", PAPER),
    "of two with open resources the one not touched for longest": (
        [c("a", ago=1, open=PAPER), c("b", ago=4, open=PAPER)],
        "b",
        f"{PAPER}, last touched 4 days ago",
    ),
    "an open resource touched today": ([c("a", ago=3), c("b", ago=0, open=PAPER)], "b", f"{PAPER}, last touched today"),
    "an open resource put off for today": (
        [c("a", ago=9, follow=True), c("b", ago=1, open=PAPER, put_off=True)],
        "a",
        "You follow it: last touched 9 days ago",
    ),
    "two open resources, one three days in a row": (
        [c("a", ago=1, row=3, open=PAPER), c("b", ago=1, row=1, open=PAPER)],
        "b",
        f"{PAPER}, last touched yesterday",
    ),
    # Behind.
    "behind on one": ([c("a", ago=9), c("b", behind=1)], "b", "1 days behind on “b”"),
    "behind before an open resource": ([c("a", open=PAPER), c("b", behind=1)], "b", "1 days behind on “b”"),
    "behind on two": ([c("a", behind=2), c("b", behind=12)], "b", "12 days behind on “b”"),
    "behind on two alike": ([c("a", ago=1, behind=3), c("b", ago=2, behind=3)], "b", "3 days behind on “b”"),
    "behind, and studied today already": ([c("a", ago=0, behind=2), c("b", ago=9)], "a", "2 days behind on “a”"),
    "behind for a fourth day in a row, another one is behind": (
        [c("a", ago=1, row=3, behind=9), c("b", ago=3, behind=1)],
        "b",
        "1 days behind on “b”",
    ),
    "behind for a fourth day in a row, none else is behind": (
        [c("a", ago=1, row=3, behind=9), c("b", ago=3)],
        "a",
        "9 days behind on “a”",
    ),
    "two days in a row are not too many": (
        [c("a", ago=1, row=2, behind=9), c("b", ago=3, behind=1)],
        "a",
        "9 days behind on “a”",
    ),
    "both behind and both tired": (
        [c("a", ago=1, row=3, behind=1), c("b", ago=1, row=4, behind=2)],
        "b",
        "2 days behind on “b”",
    ),
    "what is behind was put off for today": (
        [c("a", behind=9, put_off=True), c("b", ago=3)],
        "b",
        "You have begun it: last touched 3 days ago",
    ),
    "behind on a topic that needs another": ([c("a"), c("b", after=("a",), behind=1)], "b", "1 days behind on “b”"),
    # All at once, and nothing left.
    "one of each": (
        [c("a"), c("b", ago=9), c("d", ago=9, follow=True), c("e", ago=9, open=PAPER), c("f", ago=9, behind=1)],
        "f",
        "1 days behind on “f”",
    ),
    "everything put off": ([c("a", put_off=True), c("b", put_off=True)], "a", "You put it off for today"),
    "everything done today": ([c("a", ago=0), c("b", ago=0)], "a", "You studied it today and can go on"),
}


@pytest.mark.parametrize("situation", SITUATIONS)
def test_situation(situation: str) -> None:
    candidates, expected, why = SITUATIONS[situation]
    first = rank(candidates, TODAY)[0]
    assert (first.topic, first.reason) == (expected, why)


def test_there_are_enough_situations() -> None:
    assert len(SITUATIONS) >= 40


def test_what_is_put_aside_is_not_ranked_but_may_still_be_easier_first() -> None:
    several = (candidate("a", after=("b",)), candidate("b", aside=True))
    assert order(*several) == ["a"]
    assert reason("a", *several) == "New to you; easier after B"


def test_a_topic_with_a_finished_resource_is_not_new() -> None:
    several = (candidate("a"), candidate("b", finished=1), candidate("c", finished=2, follow=True))
    assert order(*several) == ["c", "b", "a"]
    assert reason("b", *several) == "You have finished one resource of it"
    assert reason("c", *several) == "You have finished 2 resources of it, and follow it"


@pytest.mark.parametrize("follow", [True, False])
def test_only_the_one_that_waited_longest_is_said_to_have(follow: bool) -> None:
    verb = "follow" if follow else "have begun"
    open_one = candidate("a", ago=56, follow=follow, open="You have begun a paper on it")
    several = (open_one, candidate("b", ago=6, follow=follow), candidate("c", ago=4, follow=follow))
    assert reason("b", *several) == f"You {verb} it: last touched 6 days ago"
    assert reason("b", *several[1:]) == f"Of the topics you {verb} it has waited longest: last touched 6 days ago"
    both = (candidate("a", ago=6, follow=follow), candidate("b", ago=6, follow=follow))
    assert reason("a", *both) == f"You {verb} it: last touched 6 days ago"
