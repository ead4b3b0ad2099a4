"""Data folders with resolutions, for what the app shows of them."""

from __future__ import annotations

import os
from datetime import timedelta
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from learnhabit.services import resolving
from learnhabit.services.resolution_values import ResolutionView
from learnhabit.services.resolutions import resolutions
from learnhabit.services.workspace import Workspace, open_workspace
from learnhabit.tui.app import LearnhabitApp
from learnhabit.tui.screens.resolutions import ResolutionsScreen
from tests.tui.support import HOSTILE, NOW, calm, clock_at, made, place, wait, with_data
from tests.tui.test_snapshots import history

LINES = (
    "40 hours of fine-tuning by 31 Dec",
    "Study 5 days a week",
    "Finish 12 papers by 31 Dec",
    "20 sessions on rag or multimodal by 31 Dec",
    "Write 6 blog posts by 31 Dec",
    "Pass the exam by 15 Dec",
    "30 minutes a day",
)
MADE = NOW - timedelta(days=60)


def resolve(folder: Path, number: int, *, hostile: bool = False) -> None:
    """Make resolutions two months ago; the first seven each of another kind."""

    def deed(workspace: Workspace) -> None:
        for index in range(number):
            line = LINES[index] if index < len(LINES) else f"{index} hours of rag by 31 Dec"
            view, _ = resolving.add_resolution(workspace, line)
            if hostile:
                words = f"{HOSTILE[index % len(HOSTILE)]} {'and on ' * (index * 3)}"[:190]
                resolving.edit_resolution(workspace, view.resolution.id, statement=words, cue=words)

    with_data(folder, deed, MADE)


def studied_and_resolved(folder: Path, number: int, *, hostile: bool = False) -> None:
    """Two months of study and resolutions in an empty folder, with the same ids each time."""
    place(folder, _studied_and_resolved(number, hostile))


@cache
def _studied_and_resolved(number: int, hostile: bool) -> bytes:
    def make(folder: Path) -> None:
        numbers = count(1)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "urandom", lambda size: next(numbers).to_bytes(size, "big"))
            resolve(folder, number, hostile=hostile)
            history(folder)

    return made(make)


def opened(folder: Path) -> Workspace:
    """The folder now."""
    return open_workspace(str(folder), clock_at())


def views(folder: Path) -> tuple[ResolutionView, ...]:
    """What the database holds."""
    with opened(folder) as workspace:
        return resolutions(workspace)


def screen_of(app: LearnhabitApp) -> ResolutionsScreen:
    """Screen 3, below whatever dialog is open."""
    screen = app.screen_stack[0]
    assert isinstance(screen, ResolutionsScreen)
    return screen


async def detailed(pilot: Pilot[int]) -> None:
    """Wait until the marked resolution's details are shown."""
    app = pilot.app
    assert isinstance(app, LearnhabitApp)
    screen = screen_of(app)

    def there() -> bool:
        marked, detail = screen.marked, screen.pane.detail
        return marked is not None and detail is not None and detail.view == marked

    await wait(pilot, there, "the details")
    await calm(pilot)


async def typed(pilot: Pilot[int], text: str) -> None:
    """Put a text into the field that has the focus, in one go."""
    field = pilot.app.focused
    assert isinstance(field, Input)
    field.value = text
    await calm(pilot)
