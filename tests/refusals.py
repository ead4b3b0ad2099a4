"""Calling what may refuse."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from learnhabit.errors import LearnhabitError

T = TypeVar("T")


def tried(call: Callable[[], T]) -> T | LearnhabitError:
    """What a call returns, or the refusal it raises; any other exception, and one without title or hint, passes."""
    try:
        return call()
    except LearnhabitError as error:
        if not (error.title and error.hint):
            raise
        return error
