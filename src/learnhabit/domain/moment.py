"""Which advice fits now: the moments that the data show, and the piece whose turn it is."""

from __future__ import annotations

from datetime import date

from learnhabit.domain.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

REST_DAYS = 14
"""Days for which a piece that was shown stays away while another fits."""
BEGINNING_DAYS = 14
"""Days from the first session on in which advice on starting fits."""
LONG_RUN = 7
REVIEW_DAYS = 2
"""Days at the beginning of a week on which one looks back on the last."""
SHARING_DAYS = 2
"""Days at the end of a week on which one may tell somebody of it."""


class Situation(Record):
    """What the data say about the day."""

    today: date
    week_day: int
    """0 for the first day of the week."""
    first_day: date | None
    """Study day of the first session."""
    counted: bool
    """Today is counted already."""
    missed: bool
    """The last day that is over was missed."""
    run_days: int
    behind: bool
    """Some running resolution is."""
    ahead: bool
    review_due: bool
    """Last week can be looked back on."""
    takeaway: bool
    """There is a takeaway of this week to tell of."""


class Piece(Record):
    """A piece of advice as the choice sees it."""

    id: str
    moment: str
    last_shown: date | None


def moments(now: Situation) -> tuple[str, ...]:
    """The moments that fit, the leading one first; `daily` always fits."""
    today, first = now.today, now.first_day
    fitting = {
        "after-session": now.counted,
        "year-end": first is not None and (today.month, today.day) >= (12, 20),
        "new-year": first is not None and (today.month, today.day) <= (1, 7),
        "missed-day": now.missed and not now.counted,
        "weekly-review": now.review_due and now.week_day < REVIEW_DAYS,
        "behind": now.behind,
        "community": now.takeaway and now.week_day >= 7 - SHARING_DAYS,
        "ahead": now.ahead and not now.behind,
        "run": now.run_days >= LONG_RUN,
        "start": first is None or (today - first).days < BEGINNING_DAYS,
        "daily": True,
    }
    return tuple(moment for moment, fits in fitting.items() if fits)


def choose(fitting: Sequence[str], pieces: Sequence[Piece], today: date) -> str | None:
    """The id of the piece to show; None when there is none at all.

    The leading moment that has a piece which was not shown in the last two weeks gives it: one never shown first, else
    the one shown longest ago. When all that fits was shown lately, the one of it shown longest ago comes again.
    """
    rank = {moment: place for place, moment in enumerate(fitting)}
    found = [piece for piece in pieces if piece.moment in rank]
    rested = [piece for piece in found if piece.last_shown is None or (today - piece.last_shown).days >= REST_DAYS]
    if rested:
        # Sorting is stable: of equals the first one in the catalogue's order.
        return min(rested, key=lambda piece: (rank[piece.moment], piece.last_shown or date.min)).id
    return min(found, key=lambda piece: piece.last_shown or date.min).id if found else None
