"""Reading the line of a resolution while it is typed, for whatever screen it is typed on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.message import Message

from learnhabit.domain.resolution_draft import AmbiguousLine
from learnhabit.services.resolution_preview import preview_resolution
from learnhabit.tui.working import read

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.widget import Widget

    from learnhabit.services.resolution_values import ResolutionPreview
    from learnhabit.services.workspace import Workspace
    from learnhabit.tui.faults import Fault

DEBOUNCE = 0.08
"""Seconds without a key before the line is read."""


class Ambiguous(Message):
    """The line may mean several things."""

    def __init__(self, line: str, title: str, choices: tuple[str, ...]) -> None:
        super().__init__()
        self.line, self.title, self.choices = line, title, choices


class Understood(Message):
    """The line was understood."""

    def __init__(self, line: str, found: ResolutionPreview) -> None:
        super().__init__()
        self.line, self.found = line, found


class NotUnderstood(Message):
    """The line can't be read as it stands."""

    def __init__(self, line: str, fault: Fault) -> None:
        super().__init__()
        self.line, self.fault = line, fault


def read_line(asking: Screen[Any] | Widget, line: str) -> None:
    """Read a line in a thread; whoever asks gets `Understood`, `Ambiguous` or `NotUnderstood`."""

    def deed(workspace: Workspace) -> Message:
        try:
            return Understood(line, preview_resolution(workspace, line))
        except AmbiguousLine as error:
            return Ambiguous(line, error.title, error.choices)

    read(asking, "resolve", deed, lambda found: found, lambda fault: NotUnderstood(line, fault))
