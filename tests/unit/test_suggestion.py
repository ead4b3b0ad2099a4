"""The ranking of topics, situation by situation."""

from __future__ import annotations

from datetime import date, timedelta

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
