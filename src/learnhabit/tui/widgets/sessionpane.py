"""One session with all it holds and what it counts for, beside the log or in a dialog."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from textual.content import Content

from learnhabit.domain.day_text import short_day, time_range
from learnhabit.domain.duration import format_duration
from learnhabit.domain.reading_progress import progress_words
from learnhabit.domain.resolution import Resolution
from learnhabit.domain.resolution_words import STATE_ICONS
from learnhabit.domain.session import Session
from learnhabit.services.session_more import SessionMore
from learnhabit.tui import safe_text
from learnhabit.tui.draw import EMPTY, HEAD, MUTE, SOFT, STRONG, bar, row, spread
from learnhabit.tui.screens.today_resolutions import STATE_STYLES
from learnhabit.tui.telling import began, ended, offset
from learnhabit.tui.widgets.loglist import CARD, STARRED
from learnhabit.tui.widgets.panel import FillingPanel

LABEL = 7
LONGEST_BAR, SHORTEST_BAR = 20, 6


@dataclass(frozen=True)
class Known:
    """What is known of a session beyond what it holds itself, and how it is said."""

    day_seconds: int = 0
    """Total of its study day."""
    clock_24: bool = True
    today: date = date.min
    states: Mapping[str, str] = field(default_factory=dict)
    """Of the resolutions that are running and not kept, by id."""
    more: SessionMore | None = None
    """None until it is read."""


class SessionPane(FillingPanel):
    """The selected session. It always has as many rows as there is room for: a key press lays nothing out anew."""

    def __init__(self) -> None:
        super().__init__()
        self.session: Session | None = None
        self.known = Known()

    def show(self, session: Session | None, known: Known) -> None:
        """Another session, or more that is known of it."""
        self.session, self.known = session, known
        self.renew()

    def renew(self) -> None:
        """Draw what has changed. While it is hidden there is nothing, and a layout would cost more than the key."""
        if self._key is not None:
            super().renew()

    def rows(self, width: int) -> list[Content]:
        """What is in it, or what could be."""
        session, room = self.session, max(self.size.height, 1)
        if session is None:
            rows = [
                row(("SESSION", HEAD)),
                *safe_text.wrapped("The session under the cursor stands here.", width, MUTE),
            ]
            return [*rows, *[EMPTY] * (room - len(rows))][:room]
        head = spread(row(("SESSION", HEAD)), row((format_duration(session.seconds), STRONG)), width)
        rows = [head, *session_rows(session, self.known, width, limit=room)]
        if len(rows) > room:
            return [*rows[: room - 1], row(("… enter shows all of it", MUTE))]
        blank = room - len(rows)
        if blank < 2:
            return rows + [EMPTY] * blank
        signs = row((CARD, "$t3"), (" card   ", MUTE), (STARRED, "$t3"), (" starred takeaway", MUTE))
        return [*rows, *[EMPTY] * (blank - 1), signs]


def session_rows(session: Session, known: Known, width: int, *, limit: int | None = None) -> list[Content]:
    """Topic, when, where from, and every text, broken into the width; at most `limit` rows of each text."""
    more = known.more
    rows = [*safe_text.wrapped(session.topic_title, width, STRONG, limit=3), EMPTY, *_facts(session, known, width)]
    if session.resource_title:
        rows += _headed("RESOURCE", safe_text.wrapped(session.resource_title, width, SOFT, limit))
        rows += _progress(more, width) if more is not None else []
    if session.note:
        rows += _headed("NOTE", safe_text.wrapped(session.note, width, SOFT, limit))
    if session.takeaway:
        head = f"TAKEAWAY {STARRED}" if session.starred else "TAKEAWAY"
        rows += _headed(head, safe_text.wrapped(session.takeaway, width, SOFT, limit))
    if more is not None and more.cards:
        rows += [EMPTY, row((f"{CARD} ", "$t3"), (card_words(more, known.today), SOFT))]
    if session.tags:
        rows += _headed("TAGS", safe_text.wrapped(" ".join(f"#{tag}" for tag in session.tags), width, SOFT, limit))
    if more is not None and more.resolutions:
        rows += _headed("COUNTS FOR", [_resolution(each, known, width) for each in more.resolutions])
    return rows


def card_words(more: SessionMore, today: date) -> str:
    """`recall card, due in 2 days`."""
    what = "recall card" if more.cards == 1 else f"{more.cards} recall cards"
    if more.due_on is None:
        return f"{what}, put aside"
    days = (more.due_on - today).days
    return f"{what}, due {'now' if days <= 0 else 'tomorrow' if days == 1 else f'in {days:,} days'}"


def _headed(head: str, lines: list[Content]) -> list[Content]:
    return [EMPTY, row((head, HEAD)), *lines]


def _facts(session: Session, known: Known, width: int) -> list[Content]:
    start = began(session)
    span = time_range(start, ended(session), clock_24=known.clock_24)
    moved = ", moved by hand" if session.day_moves else ""
    pauses = sum(end - begin for begin, end in session.pauses)
    count = len(session.pauses)
    source = session.origin if session.origin != "log" else "logged"
    if count:
        source += f", {count} pause{'' if count == 1 else 's'} of {format_duration(pauses)}"
    zone = offset(session.utc_offset)
    if session.zone and session.zone != zone:
        zone = f"{session.zone} {zone}"
    return [
        _labelled("When", f"{short_day(start.date())} {span}", width),
        _labelled("Day", f"{short_day(session.study_day)}, {format_duration(known.day_seconds)} in all{moved}", width),
        _labelled("From", source, width),
        _labelled("Zone", zone, width),
        _labelled("Id", f"…{session.id[-6:]}", width),
    ]


def _progress(more: SessionMore, width: int) -> list[Content]:
    """How far the resource is now; nothing while nothing is noted."""
    if more.finished:
        said, share = "done", 1.0
    elif more.progress is not None:
        said, share = progress_words(more.progress), more.progress.share
    else:
        return []
    length = max(min(width - len(said) - 2, LONGEST_BAR), SHORTEST_BAR)
    return [row(bar(length, share), "  ", safe_text.elided(said, width - length - 2, MUTE))]


def _resolution(resolution: Resolution, known: Known, width: int) -> Content:
    state = _state(resolution, known)
    statement = safe_text.fitted(resolution.statement, width - 3 - len(state), SOFT)
    style = STATE_STYLES.get(state, MUTE)
    return row((f"{STATE_ICONS.get(state, ' ')} ", style), statement, " ", (state, style))


def _state(resolution: Resolution, known: Known) -> str:
    """As Today has read it, so that showing a session reads no log."""
    if resolution.let_go_on is not None:
        return "let go"
    if resolution.period_end < known.today:
        return "over"
    # Today shows those that are running and not kept.
    return known.states.get(resolution.id) or ("kept" if resolution.period_start <= known.today else "")


def _labelled(label: str, text: str, width: int) -> Content:
    return row((label.ljust(LABEL), MUTE), safe_text.elided(text, width - LABEL, SOFT))
