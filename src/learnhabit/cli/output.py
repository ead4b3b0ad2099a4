"""Printing: through the display filter for people, as escaped JSON for programs."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta, timezone

from learnhabit.domain.day_text import clock_time
from learnhabit.domain.text import display, display_line, escape_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from learnhabit.domain.session import Session
    from learnhabit.services.values import TimerView
    from learnhabit.services.workspace import Workspace

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)  # noqa: UP017
SHORT_ID = 6
"""Characters of an id that lists show: its last ones, since the first are the time and coincide."""


def say(text: str) -> None:
    """Print lines for people."""
    print(display(text))


def print_json(value: object) -> None:
    """Print a value as JSON; characters that a terminal would obey are escaped, so nothing is lost."""
    import json

    print(escape_json(json.dumps(value, ensure_ascii=False)))


def warn(sentences: Sequence[str]) -> None:
    """Print warnings to stderr; they change no exit code."""
    for sentence in sentences:
        print(f"learnhabit: note: {display_line(sentence)}", file=sys.stderr)


def wall_of(instant: int, utc_offset: int) -> datetime:
    """An instant on the wall clock of an offset in minutes."""
    return (_EPOCH + timedelta(seconds=instant)).astimezone(timezone(timedelta(minutes=utc_offset)))


def session_json(session: Session) -> dict[str, object]:
    """A session as other programs read it."""
    return {
        "id": session.id,
        "topic": session.topic,
        "study_day": session.study_day.isoformat(),
        "started_at": wall_of(session.started_at, session.utc_offset).isoformat(),
        "seconds": session.seconds,
        "note": session.note,
        "takeaway": session.takeaway,
        "tags": list(session.tags),
        "resource": session.resource,
    }


def timer_json(timer: TimerView) -> dict[str, object]:
    """A timer as other programs read it."""
    return {
        "topic": timer.topic,
        "started_at": timer.started_wall.isoformat(),
        "seconds": timer.seconds,
        "paused": timer.paused,
    }


def span_of(session: Session, workspace: Workspace) -> str:
    """`20:31–21:15` on the clock where it was studied."""
    start, end = (wall_of(instant, session.utc_offset) for instant in (session.started_at, session.ended_at))
    clock_24 = workspace.clock_24
    return f"{clock_time(start, clock_24=clock_24)}–{clock_time(end, clock_24=clock_24)}"


def short_id(session_id: str) -> str:
    """The end of an id, as lists show it."""
    return session_id[-SHORT_ID:]
