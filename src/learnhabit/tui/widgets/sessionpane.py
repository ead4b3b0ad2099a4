"""One session with all it holds, beside the log or in a dialog."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import var

from learnhabit.domain.day_text import short_day, time_range
from learnhabit.domain.duration import format_duration
from learnhabit.domain.session import Session
from learnhabit.tui import safe_text
from learnhabit.tui.draw import EMPTY, HEAD, MUTE, SOFT, STRONG, row, spread
from learnhabit.tui.telling import began, ended, offset
from learnhabit.tui.widgets.panel import Panel

LABEL = 7


class SessionPane(Panel):
    """The selected session."""

    session: var[Session | None] = var(None, always_update=True)
    day_seconds = 0
    """Total of the session's study day."""
    clock_24 = True

    def watch_session(self) -> None:
        """Another session."""
        self.renew()

    def on_resize(self) -> None:
        """Other rows are in view."""
        self.renew()

    def rows(self, width: int) -> list[Content]:
        """What is in it, or what could be."""
        session = self.session
        if session is None:
            return [
                row(("SESSION", HEAD)),
                *safe_text.wrapped("The session under the cursor stands here.", width, MUTE),
            ]
        head = spread(row(("SESSION", HEAD)), row((format_duration(session.seconds), STRONG)), width)
        room = max(self.size.height, 1)
        rows = [head, *session_rows(session, self.day_seconds, width, clock_24=self.clock_24, limit=room)]
        return rows if len(rows) <= room else [*rows[: room - 1], row(("… enter shows all of it", MUTE))]


def session_rows(
    session: Session, day_seconds: int, width: int, *, clock_24: bool, limit: int | None = None
) -> list[Content]:
    """Topic, when, where from, and every text, broken into the width; at most `limit` rows of each text."""
    start = began(session)
    span = time_range(start, ended(session), clock_24=clock_24)
    day = short_day(session.study_day)
    moved = ", moved by hand" if session.day_moves else ""
    pauses = sum(end - begin for begin, end in session.pauses)
    count = len(session.pauses)
    source = session.origin if session.origin != "log" else "logged"
    if count:
        source += f", {count} pause{'' if count == 1 else 's'} of {format_duration(pauses)}"
    zone = offset(session.utc_offset)
    if session.zone and session.zone != zone:
        zone = f"{session.zone} {zone}"
    rows = [
        *safe_text.wrapped(session.topic_title, width, STRONG, limit=3),
        EMPTY,
        _labelled("When", f"{short_day(start.date())} {span}", width),
        _labelled("Day", f"{day}, {format_duration(day_seconds)} in all{moved}", width),
        _labelled("From", source, width),
        _labelled("Zone", zone, width),
        _labelled("Id", f"…{session.id[-6:]}", width),
    ]
    kept = "TAKEAWAY ★" if session.starred else "TAKEAWAY"
    for head, text in (("RESOURCE", session.resource_title), ("NOTE", session.note), (kept, session.takeaway)):
        if text:
            rows += [EMPTY, row((head, HEAD)), *safe_text.wrapped(text, width, SOFT, limit)]
    if session.tags:
        tags = " ".join(f"#{tag}" for tag in session.tags)
        rows += [EMPTY, row(("TAGS", HEAD)), *safe_text.wrapped(tags, width, SOFT, limit)]
    return rows


def _labelled(label: str, text: str, width: int) -> Content:
    return row((label.ljust(LABEL), MUTE), safe_text.elided(text, width - LABEL, SOFT))
