"""Running programs of the system, in plain English and never for ever."""

from __future__ import annotations

import os
import subprocess

from learnhabit.domain.record import Record
from learnhabit.errors import LearnhabitError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

SECONDS = 30
"""A program of the system that takes longer hangs."""


class Said(Record):
    """What a program said."""

    code: int
    out: str
    err: str


def call(arguments: Sequence[str], text: str | None = None) -> Said:
    """Run a program of the system in plain English; a missing or hanging one is code 127."""
    try:
        done = subprocess.run(
            arguments,
            input=text,
            stdin=subprocess.DEVNULL if text is None else None,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=SECONDS,
            env={**os.environ, "LC_ALL": "C"},
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return Said(code=127, out="", err=str(error))
    return Said(code=done.returncode, out=done.stdout, err=done.stderr)


def required(arguments: Sequence[str], what: str, text: str | None = None) -> Said:
    """The same; LearnhabitError with `what` went wrong when it failed."""
    said = call(arguments, text)
    if said.code:
        raise LearnhabitError(what, " ".join((said.err or said.out).split()) or f"{arguments[0]} gave no reason")
    return said
