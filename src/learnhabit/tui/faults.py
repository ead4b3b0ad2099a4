"""What went wrong, in the words that an error dialog shows."""

from __future__ import annotations

import traceback

from learnhabit.domain.record import Record
from learnhabit.errors import LearnhabitError, UsageError


class Fault(Record):
    """An error on its way to a person."""

    title: str
    hint: str
    detail: str
    """What the machine said; empty for a plain refusal."""
    trace: str
    """Where it happened, for whoever mends the program; copied, not shown."""
    refused: bool
    """The request was understood and can't be done, or not understood; the data file is well."""
    unread: bool
    """Words that were not understood."""


def fault_of(error: BaseException) -> Fault:
    """An exception as a fault; one that is not ours is a mistake in the program and says so."""
    if isinstance(error, LearnhabitError):
        cause = error.__cause__
        return Fault(
            title=error.title,
            hint=error.hint,
            detail="" if cause is None else f"{cause} ({_name(cause)})",
            trace="",
            refused=cause is None,
            unread=isinstance(error, UsageError),
        )
    return Fault(
        title="Something is wrong in the program",
        hint="Nothing that was saved before is lost. The details help whoever mends it.",
        detail=f"{type(error).__name__}: {error}",
        trace="".join(traceback.format_exception(error)).strip(),
        refused=False,
        unread=False,
    )


def _name(cause: BaseException) -> str:
    return str(getattr(cause, "sqlite_errorname", None) or type(cause).__name__)
