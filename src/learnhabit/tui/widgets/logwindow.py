"""The stretch of the log that is in memory: sessions in order, the rows they make, and where the cursor stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from learnhabit.domain.session import Session
from learnhabit.services.values import LogKey

LIMIT = 600
"""Sessions that are kept; what lies further away is read again when it is needed."""

Row = int
"""A session's index, or for the heading of its day the index's complement (`~index`)."""


class LogWindow:
    """A bounded buffer over the log, newest first. It knows nothing of the screen but a height in rows."""

    def __init__(self) -> None:
        self.sessions: list[Session] = []
        self.day_seconds: dict[date, int] = {}
        self.rows: list[Row] = []
        self.row_of: list[int] = []
        """The row of each session."""
        self.cursor = 0
        """Index of the marked session."""
        self.top = 0
        """First row in view."""
        self.newest = self.oldest = True
        """Nothing lies beyond the first, beyond the last session."""

    @property
    def current(self) -> Session | None:
        """The marked session."""
        return self.sessions[self.cursor] if self.sessions else None

    def replace(
        self,
        sessions: Sequence[Session],
        day_seconds: Mapping[date, int],
        *,
        newest: bool,
        oldest: bool,
        last: bool = False,
    ) -> None:
        """Other sessions altogether; the cursor goes to the first, or to the last."""
        self.sessions, self.day_seconds = list(sessions), dict(day_seconds)
        self.newest, self.oldest = newest, oldest
        self.cursor = max(len(self.sessions) - 1, 0) if last else 0
        self.top = 0
        self._arrange()

    def renew(
        self, sessions: Sequence[Session], day_seconds: Mapping[date, int], *, newest: bool, oldest: bool
    ) -> None:
        """The same stretch read anew: the cursor stays with its session, or else where it was.

        One that was just made is what one wants to look at, and to change: the cursor goes there.
        """
        index, mark, offset, at_top = self.cursor, self.current, self._offset(), self.newest and self.top == 0
        made = self._made(sessions)
        self.replace(sessions, day_seconds, newest=newest, oldest=oldest)
        self.cursor = min(index, max(len(self.sessions) - 1, 0))
        if mark is not None:
            self.cursor = next((i for i, each in enumerate(self.sessions) if each.id == mark.id), self.cursor)
        self._restore(offset)
        if at_top and newest:
            # Whoever looks at the newest ones goes on to: what came in on top must not lie above the view.
            self.top = 0
        if made is not None:
            self.cursor = next(i for i, each in enumerate(self.sessions) if each.id == made)

    def _made(self, sessions: Sequence[Session]) -> str | None:
        """The id of the one session that is new in the stretch; None for none, or for several."""
        if not self.sessions:
            return None
        known, end = {each.id for each in self.sessions}, _order(self.sessions[-1])
        # What lay just beyond the end comes into view when something above it goes; it is as old as it was.
        new = [each.id for each in sessions if each.id not in known and (self.oldest or _order(each) > end)]
        return new[0] if len(new) == 1 else None

    def add_older(self, sessions: Sequence[Session], day_seconds: Mapping[date, int], *, complete: bool) -> None:
        """Go on at the end; the beginning may leave the buffer."""
        offset = self._offset()
        self.sessions += sessions
        self.day_seconds.update(day_seconds)
        self.oldest = complete
        excess = len(self.sessions) - LIMIT
        if excess > 0:
            del self.sessions[:excess]
            self.cursor = max(self.cursor - excess, 0)
            self.newest = False
        self._arrange()
        self._restore(offset)

    def add_newer(self, sessions: Sequence[Session], day_seconds: Mapping[date, int], *, complete: bool) -> None:
        """Go on at the beginning; the end may leave the buffer."""
        offset = self._offset()
        self.sessions[:0] = sessions
        self.day_seconds.update(day_seconds)
        self.cursor += len(sessions)
        self.newest = complete
        if len(self.sessions) > LIMIT:
            del self.sessions[LIMIT:]
            self.cursor = min(self.cursor, LIMIT - 1)
            self.oldest = False
        self._arrange()
        self._restore(offset)

    def mark(self, index: int, height: int) -> None:
        """Move the cursor to a session, and the view with it."""
        if self.sessions:
            self.cursor = min(max(index, 0), len(self.sessions) - 1)
            self.show_cursor(height)

    def show_cursor(self, height: int) -> None:
        """Scroll as little as needed for the cursor to be in view, its day's heading too where it is the first."""
        if not self.sessions:
            self.top = 0
            return
        at = self.row_of[self.cursor]
        above = at - 1 if at and self.rows[at - 1] < 0 else at
        if above < self.top:
            self.top = above
        elif at >= self.top + height:
            self.top = at - height + 1
        self.clamp(height)

    def scroll(self, rows: int, height: int) -> None:
        """Move the view; the cursor comes along where it would leave it."""
        self.top += rows
        self.clamp(height)
        if not self.sessions:
            return
        first, last = self.top, self.top + height - 1
        at = self.row_of[self.cursor]
        if at < first:
            self.cursor = next(
                (i for i in range(self.cursor, len(self.sessions)) if self.row_of[i] >= first), self.cursor
            )
        elif at > last:
            self.cursor = next((i for i in range(self.cursor, -1, -1) if self.row_of[i] <= last), self.cursor)

    def clamp(self, height: int) -> None:
        """No blank rows below the end while there are rows above."""
        self.top = max(min(self.top, len(self.rows) - height), 0)

    def _offset(self) -> int:
        """Rows from the top of the view to the cursor."""
        return self.row_of[self.cursor] - self.top if self.sessions else 0

    def _restore(self, offset: int) -> None:
        self.top = max(self.row_of[self.cursor] - offset, 0) if self.sessions else 0

    def _arrange(self) -> None:
        self.rows, self.row_of = [], []
        day: date | None = None
        for index, session in enumerate(self.sessions):
            if session.study_day != day:
                day = session.study_day
                self.rows.append(~index)
            self.row_of.append(len(self.rows))
            self.rows.append(index)
        days = {session.study_day for session in self.sessions}
        if len(self.day_seconds) > len(days):
            self.day_seconds = {day: seconds for day, seconds in self.day_seconds.items() if day in days}


def _order(session: Session) -> tuple[date, int, int]:
    return session.study_day, session.started_at, session.seq


def key_of(session: Session, *, included: bool = False) -> LogKey:
    """Where a session stands in the log; `included`: just newer, so that a page of older ones begins with it."""
    return LogKey(study_day=session.study_day, started_at=session.started_at, seq=session.seq + (1 if included else 0))
