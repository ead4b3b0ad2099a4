"""Which advice fits: every moment, their order, and the rest between two showings."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from learnhabit.domain.moment import REST_DAYS, Piece, Situation, choose, moments

TODAY = date(2026, 11, 25)
QUIET = Situation(
    today=TODAY,
    week_day=2,
    first_day=TODAY - timedelta(days=200),
    counted=False,
    missed=False,
    run_days=0,
    behind=False,
    ahead=False,
    review_due=False,
    takeaway=False,
)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ("daily",)),
        ({"first_day": None}, ("start", "daily")),
        ({"first_day": TODAY - 13 * DAY}, ("start", "daily")),
        ({"first_day": TODAY - 14 * DAY}, ("daily",)),
        ({"counted": True}, ("after-session", "daily")),
        ({"missed": True}, ("missed-day", "daily")),
        ({"missed": True, "counted": True}, ("after-session", "daily")),
        ({"run_days": 6}, ("daily",)),
        ({"run_days": 7}, ("run", "daily")),
        ({"behind": True}, ("behind", "daily")),
        ({"ahead": True}, ("ahead", "daily")),
        ({"behind": True, "ahead": True}, ("behind", "daily")),
        ({"review_due": True}, ("daily",)),
        ({"review_due": True, "week_day": 1}, ("weekly-review", "daily")),
        ({"takeaway": True}, ("daily",)),
        ({"takeaway": True, "week_day": 5}, ("community", "daily")),
        ({"today": date(2026, 12, 19)}, ("daily",)),
        ({"today": date(2026, 12, 20)}, ("year-end", "daily")),
        ({"today": date(2026, 12, 31)}, ("year-end", "daily")),
        ({"today": date(2027, 1, 1)}, ("new-year", "daily")),
        ({"today": date(2027, 1, 7)}, ("new-year", "daily")),
        ({"today": date(2027, 1, 8)}, ("daily",)),
        ({"today": date(2026, 12, 31), "first_day": None}, ("start", "daily")),
        ({"today": date(2026, 12, 31), "missed": True, "behind": True}, ("year-end", "missed-day", "behind", "daily")),
        (
            {"counted": True, "run_days": 9, "ahead": True, "takeaway": True, "week_day": 6},
            ("after-session", "community", "ahead", "run", "daily"),
        ),
    ],
)
def test_moments(changes: dict[str, object], expected: tuple[str, ...]) -> None:
    assert moments(QUIET.replace(**changes)) == expected


def piece(name: str, moment: str, ago: int | None = None) -> Piece:
    return Piece(id=name, moment=moment, last_shown=None if ago is None else TODAY - ago * DAY)


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ([], None),
        ([piece("a", "year-end")], None),
        ([piece("a", "daily"), piece("b", "run")], "b"),
        ([piece("a", "run"), piece("b", "run")], "a"),
        ([piece("a", "run", 3), piece("b", "run")], "b"),
        ([piece("a", "run", REST_DAYS), piece("b", "run")], "b"),
        ([piece("a", "run", REST_DAYS), piece("b", "run", REST_DAYS + 1)], "b"),
        ([piece("a", "run", REST_DAYS - 1), piece("b", "daily")], "b"),
        ([piece("a", "run", 13), piece("b", "daily", 12)], "a"),
        ([piece("a", "run", 2), piece("b", "daily", 12)], "b"),
    ],
)
def test_the_piece_whose_turn_it_is(pieces: list[Piece], expected: str | None) -> None:
    assert choose(("run", "daily"), pieces, TODAY) == expected


def test_none_comes_twice_in_two_weeks_while_another_fits() -> None:
    """A year of days with two moments of five pieces each."""
    names = [(f"{moment}{number}", moment) for moment in ("run", "daily") for number in range(7)]
    shown: dict[str, date] = {}
    day = TODAY
    for _ in range(365):
        pieces = [Piece(id=name, moment=moment, last_shown=shown.get(name)) for name, moment in names]
        chosen = choose(("run", "daily"), pieces, day)
        assert chosen is not None
        assert chosen not in shown or (day - shown[chosen]).days >= REST_DAYS
        shown[chosen] = day
        day += DAY
    assert len(shown) == len(names)
