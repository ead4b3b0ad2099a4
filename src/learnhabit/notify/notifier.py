"""What can show a notice to a person."""

from __future__ import annotations

from learnhabit.domain.record import Record
from learnhabit.errors import LearnhabitError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    class Notifier(Protocol):
        """A way to show a notice."""

        def send(self, notice: Notice) -> None:
            """Show it, or raise NotSentError; returns when it was taken over."""


class Notice(Record):
    """What is shown."""

    title: str
    body: str


class NotSentError(LearnhabitError):
    """A notice could not be shown; the title says why, the hint what to do."""
