"""How the log screen reads: pages by key, and counts, in threads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.message import Message

from learnhabit.services.log import log_count, log_page, read_filter, session_detail
from learnhabit.services.session_more import SessionMore, carded, session_more
from learnhabit.services.values import LogCount, LogPage
from learnhabit.services.workspace import Workspace
from learnhabit.tui.faults import Fault
from learnhabit.tui.widgets.logwindow import LIMIT, LogWindow, key_of
from learnhabit.tui.working import read

if TYPE_CHECKING:
    from learnhabit.domain.session import Session
    from learnhabit.tui.screens.log import LogScreen

PAGE = 120


class PageRead(Message):
    """A page arrived; it knows how to join the window."""

    def __init__(self, generation: int, put_into: Callable[[LogWindow], None]) -> None:
        super().__init__()
        self.generation = generation
        self.put_into = put_into


class Counted(Message):
    """How much a filter matches."""

    def __init__(self, text: str, count: LogCount) -> None:
        super().__init__()
        self.text = text
        self.count = count


class Uncounted(Message):
    """The count failed; the page that was read with it says why."""


class MoreRead(Message):
    """What there is to say of the marked session, and which of some sessions have a recall card."""

    def __init__(self, generation: int, more: SessionMore, asked: Sequence[str], carded: frozenset[str]) -> None:
        super().__init__()
        self.generation = generation
        self.more = more
        self.asked = asked
        self.carded = carded


class Unfiltered(Message):
    """A filter that is not understood, or a log that can't be read."""

    def __init__(self, fault: Fault) -> None:
        super().__init__()
        self.fault = fault


def read_page(screen: LogScreen, what: str, generation: int, session: str) -> None:
    """Read a page: the `newest`, the `oldest`, `older` or `newer` ones, the same `again`, or `around` a session."""
    window, text = screen.list.window, screen.text
    first = window.sessions[0] if window.sessions else None
    last = window.sessions[-1] if window.sessions else None
    size, at_newest = len(window.sessions), window.newest

    def deed(workspace: Workspace) -> Callable[[LogWindow], None]:
        only = read_filter(workspace, text)

        def page(anchor: object, *, older: bool, limit: int = PAGE) -> LogPage:
            return log_page(workspace, only, anchor, older=older, limit=limit)  # type: ignore[arg-type]

        if what == "older" and last is not None:
            found = page(key_of(last), older=True)
            return lambda w: w.add_older(found.sessions, found.day_seconds, complete=found.complete)
        if what == "newer" and first is not None:
            found = page(key_of(first), older=False)
            return lambda w: w.add_newer(found.sessions, found.day_seconds, complete=found.complete)
        if what == "oldest":
            found = page(None, older=False)
            return lambda w: w.replace(found.sessions, found.day_seconds, newest=found.complete, oldest=True, last=True)
        if what == "around":
            key = key_of(session_detail(workspace, session), included=True)
            found = page(key, older=True)
            return lambda w: w.replace(found.sessions, found.day_seconds, newest=False, oldest=found.complete)
        if what == "again" and first is not None:
            limit = min(max(size + 1, PAGE), LIMIT)
            found = page(None if at_newest else key_of(first, included=True), older=True, limit=limit)
            return lambda w: w.renew(found.sessions, found.day_seconds, newest=at_newest, oldest=found.complete)
        found = page(None, older=True)
        return lambda w: w.replace(found.sessions, found.day_seconds, newest=True, oldest=found.complete)

    group = "more" if what in ("older", "newer") else "page"
    read(screen, group, deed, lambda put: PageRead(generation, put), Unfiltered)


def count(screen: LogScreen, text: str) -> None:
    """Count what a filter matches; with words that may take longer than the page."""

    def deed(workspace: Workspace) -> LogCount:
        return log_count(workspace, read_filter(workspace, text))

    read(screen, "count", deed, lambda found: Counted(text, found), lambda _: Uncounted())


def read_more(screen: LogScreen, session: Session, asked: Sequence[str], generation: int) -> None:
    """Read the rest about the marked session, and which of some sessions have a recall card."""

    def deed(workspace: Workspace) -> tuple[SessionMore, frozenset[str]]:
        return session_more(workspace, session), carded(workspace, asked)

    read(screen, "more of one", deed, lambda found: MoreRead(generation, found[0], asked, found[1]))
