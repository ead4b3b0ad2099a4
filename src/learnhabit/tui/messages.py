"""Messages that cross screens: facts in the past tense, requests in the imperative."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from textual.message import Message

if TYPE_CHECKING:
    from learnhabit.services.values import TodayView
    from learnhabit.tui.faults import Fault

T = TypeVar("T")


class DataChanged(Message):
    """The log was written, here or by another process, or the study day has turned."""


class TodayRead(Message):
    """Today was read anew."""

    def __init__(self, view: TodayView) -> None:
        super().__init__()
        self.view = view


class ReadFailed(Message):
    """Something could not be read."""

    def __init__(self, fault: Fault) -> None:
        super().__init__()
        self.fault = fault


class ChangeFailed(Message):
    """Something could not be written; `again` tries once more."""

    def __init__(self, fault: Fault, again: Callable[[], None]) -> None:
        super().__init__()
        self.fault = fault
        self.again = again


class Done(Message):
    """A change was written; `summary` says which, in the past tense."""

    def __init__(self, summary: str, warnings: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.summary = summary
        self.warnings = warnings


class ReminderCame(Message):
    """A reminder is due, to be said in the app."""

    def __init__(self, text: str, *, bell: bool, seconds: float) -> None:
        super().__init__()
        self.text = text
        self.bell = bell
        self.seconds = seconds


class Found(Message):
    """What an action waited for was read; `then` goes on with it on the screen."""

    def __init__(self, value: T, then: Callable[[T], None]) -> None:
        super().__init__()
        self.go_on: Callable[[], None] = lambda: then(value)


class ShowSession(Message):
    """Go to a session in the log."""

    def __init__(self, session: str) -> None:
        super().__init__()
        self.session = session


class ShowDay(Message):
    """Show the log of one day."""

    def __init__(self, day: date) -> None:
        super().__init__()
        self.day = day


class ShowResolution(Message):
    """Go to a resolution on its screen."""

    def __init__(self, resolution: str) -> None:
        super().__init__()
        self.resolution = resolution


class ShowTopic(Message):
    """Go to a topic on its screen."""

    def __init__(self, topic: str) -> None:
        super().__init__()
        self.topic = topic


class OfferDue(Message):
    """Something that the app offers once, such as `review:2026-11-16`; None when nothing is."""

    def __init__(self, offer: str | None) -> None:
        super().__init__()
        self.offer = offer


class AdviceNoted(Message):
    """That a piece of advice was shown is written down."""
