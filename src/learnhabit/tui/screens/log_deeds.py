"""What the log screen does with the marked session."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from learnhabit.domain.day_text import clock_time, short_day, time_range
from learnhabit.domain.duration import format_duration
from learnhabit.domain.session import Session
from learnhabit.services import editing
from learnhabit.services.log import neighbour
from learnhabit.services.values import Outcome
from learnhabit.tui.faults import Fault
from learnhabit.tui.messages import ChangeFailed, Done, Found
from learnhabit.tui.telling import began, ended, summary, told
from learnhabit.tui.working import read, write

if TYPE_CHECKING:
    from learnhabit.services.workspace import Workspace
    from learnhabit.tui.screens.log import LogScreen


def show(screen: LogScreen, session: Session) -> None:
    """All of a session in a dialog."""
    from learnhabit.tui.screens.reading import SessionDialog

    def closed(result: Any) -> None:
        if result == "edit":
            edit(screen, session)

    screen.app.push_screen(SessionDialog(session, screen.pane.known), closed)


def edit(screen: LogScreen, session: Session) -> None:
    """Edit a session."""
    from learnhabit.tui.screens.edit import EditDialog

    def closed(result: Any) -> None:
        if result == "move":
            move_to_day(screen, session)

    screen.app.push_screen(EditDialog(session), closed)


def split_at(screen: LogScreen, session: Session) -> None:
    """Ask for a time and cut the session in two there."""
    from learnhabit.tui.screens.asking import AskDialog

    middle = began(session) + (ended(session) - began(session)) / 2
    screen.app.push_screen(
        AskDialog(
            "Split session",
            f"{told(session)} · {short_day(began(session).date())} {_span(screen, session)}",
            "At",
            clock_time(middle),
            f"a time inside {_span(screen, session)}; the first part keeps note and tags",
            lambda workspace, text: editing.split(workspace, session.id, text),
            lambda parts: _done(
                screen, f"Split into {format_duration(parts[0].seconds)} and {format_duration(parts[1].seconds)}"
            ),
        )
    )


def move_to_day(screen: LogScreen, session: Session) -> None:
    """Ask for a day and count the session for it."""
    from learnhabit.tui.screens.asking import AskDialog

    def moved(outcome: Outcome) -> None:
        day = short_day(outcome.session.study_day)
        _done(screen, f"Moved {told(session)} to {day}: {format_duration(outcome.day_seconds)} in all")

    screen.app.push_screen(
        AskDialog(
            "Move to another day",
            f"{told(session)} counts for {short_day(session.study_day)}",
            "Day",
            "yesterday" if screen.list.today == session.study_day else "",
            "yesterday, mon, 17 nov or 2026-11-17; when it began stays as it is",
            lambda workspace, text: editing.move(workspace, session.id, text),
            moved,
        )
    )


def merge_older(screen: LogScreen, session: Session) -> None:
    """Find the session before it of the same topic and day, show both, and join them."""
    from learnhabit.tui.screens.asking import ConfirmDialog

    def found(older: Session) -> None:
        def answered(yes: bool | None) -> None:
            if yes:
                _write(
                    screen,
                    lambda workspace: editing.merge(workspace, older.id, session.id),
                    lambda merged: f"Merged into {told(merged)}; u takes it back",
                )

        lines = [
            f"{_span(screen, each)}  {format_duration(each.seconds)}  {summary(each)}" for each in (older, session)
        ]
        screen.app.push_screen(
            ConfirmDialog(
                "Merge sessions",
                f"Make these two sessions of {session.topic_title} one?",
                f"Together {format_duration(older.seconds + session.seconds)}; notes and takeaways are joined.",
                "Merge",
                lines,
            ),
            answered,
        )

    def failed(fault: Fault) -> ChangeFailed:
        return ChangeFailed(fault, again=lambda: merge_older(screen, session))

    read(screen, "neighbour", lambda workspace: neighbour(workspace, session), lambda s: Found(s, found), failed)


def star(screen: LogScreen, session: Session) -> None:
    """Star the takeaway, or take the star away."""

    def said(now: Session) -> str:
        return "★ The takeaway is kept for the year's page" if now.starred else "The star is gone; u brings it back"

    _write(screen, lambda workspace: editing.star(workspace, session.id), said)


def remove(screen: LogScreen, session: Session) -> None:
    """Delete a session; undo brings it back."""
    _write(
        screen,
        lambda workspace: editing.delete(workspace, session.id),
        lambda gone: f"Deleted {told(gone)} on {short_day(gone.study_day)}; u brings it back",
    )


def _write(screen: LogScreen, deed: Callable[[Workspace], Any], said: Callable[[Any], str]) -> None:
    def failed(fault: Fault) -> ChangeFailed:
        return ChangeFailed(fault, again=lambda: _write(screen, deed, said))

    write(screen, deed, lambda result: Done(said(result)), failed)


def _done(screen: LogScreen, said: str) -> None:
    screen.app.post_message(Done(said))


def _span(screen: LogScreen, session: Session) -> str:
    return time_range(began(session), ended(session), clock_24=screen.list.clock_24)
