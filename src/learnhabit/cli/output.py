"""Printing: through the display filter for people, as escaped JSON for programs."""

from __future__ import annotations

import os
import sys

from learnhabit.domain.day_text import time_range, wall_at
from learnhabit.domain.text import display, display_line, escape_json
from learnhabit.errors import LearnhabitError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from learnhabit.domain.session import Session
    from learnhabit.services.values import TimerView
    from learnhabit.services.workspace import Workspace

SHORT_ID = 6
"""Characters of an id that lists show: its last ones, since the first are the time and coincide."""


_waiting: list[str] = []
"""What a command has to say. It is written once the data file is closed: a full disk or a closed pipe behind the
output must not be taken for trouble with the file."""


def say(text: str) -> None:
    """Print lines for people."""
    _waiting.append(display(text))


def write_waiting() -> None:
    """Write what was said; raises OSError when it can't be written."""
    text = "".join(f"{line}\n" for line in _waiting)
    _waiting.clear()
    sys.stdout.write(text)
    sys.stdout.flush()


def tell(text: str) -> None:
    """Print lines for people now: somebody waits for them before the command goes on."""
    try:
        print(display(text), flush=True)
    except OSError as error:
        silence(sys.stdout)
        raise LearnhabitError("The answer could not be written", f"{error.strerror}; nothing more was done") from None


def ask(question: str) -> str | None:
    """A line that a person types; None when there is none to come."""
    try:
        return input(display(question))
    except EOFError:
        return None


def print_json(value: object) -> None:
    """Print a value as JSON; characters that a terminal would obey are escaped, so nothing is lost."""
    import json

    # Other encodings can't hold every character, and JSON has an escape for each.
    plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    _waiting.append(escape_json(json.dumps(value, ensure_ascii=plain)))


def drop_waiting() -> None:
    """Say nothing of what a command had to say before it failed."""
    _waiting.clear()


def complain(line: str) -> None:
    """Print one line to stderr; when even that can't be written there is nobody to tell."""
    try:
        print(display_line(line), file=sys.stderr, flush=True)
    except OSError:
        silence(sys.stderr)


def silence(stream: TextIO) -> None:
    """Let a stream that can't be written lead nowhere, so that Python has nothing to complain about at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def warn(sentences: Sequence[str]) -> None:
    """Print warnings to stderr; they change no exit code."""
    for sentence in sentences:
        complain(f"learnhabit: note: {sentence}")


def session_json(session: Session) -> dict[str, object]:
    """A session as other programs read it."""
    return {
        "id": session.id,
        "topic": session.topic,
        "study_day": session.study_day.isoformat(),
        "started_at": wall_at(session.started_at, session.utc_offset).isoformat(),
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
    start, end = (wall_at(instant, session.utc_offset) for instant in (session.started_at, session.ended_at))
    return time_range(start, end, clock_24=workspace.clock_24)


def short_id(session_id: str) -> str:
    """The end of an id, as lists show it."""
    return session_id[-SHORT_ID:]
