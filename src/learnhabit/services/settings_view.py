"""The screen Settings: every setting with its value in words, time off, and where the data lies."""

from __future__ import annotations

from datetime import date

from learnhabit.domain.cadence import TimeOff
from learnhabit.domain.day_text import clock_time, short_day, wall_at
from learnhabit.domain.record import Record
from learnhabit.errors import LearnhabitError
from learnhabit.services.agent import short_path
from learnhabit.services.backups import backups
from learnhabit.services.planning import time_off
from learnhabit.services.preferences import DEFAULT, Config, preferences
from learnhabit.services.settings import SETTINGS, setting_values, shown_value
from learnhabit.services.workspace import Workspace


class SettingsView(Record):
    """What the screen shows."""

    values: dict[str, str]
    """Every setting as it may be typed."""
    shown: dict[str, str]
    """The same in words."""
    time_off: tuple[TimeOff, ...]
    """Declared, and not over."""
    today: date
    own_keys: int
    """Actions with keys of the person's own."""
    folder: str
    backup: str
    """When the last one was made, and of how much; empty when there is none."""


def settings_view(workspace: Workspace) -> SettingsView:
    """Read it."""
    today = workspace.today
    try:
        looks = preferences(workspace.folder)
    except LearnhabitError:
        # Said when the app opened.
        looks = DEFAULT
    values = setting_values(workspace, looks)
    shown = {key: shown_value(key, value) for key, value in values.items()}
    latest = next(iter(reversed(workspace.day_starts)), None)
    if latest is not None and latest.effective_from > today:
        shown["day_start"] += f", from {short_day(latest.effective_from)} on"
    return SettingsView(
        values=values,
        shown=shown,
        time_off=tuple(each for each in time_off(workspace) if each.removed_on is None and each.to_day >= today),
        today=today,
        own_keys=_own_keys(looks),
        folder=short_path(workspace.folder),
        backup=_backup(workspace),
    )


def is_usual(view: SettingsView, key: str) -> bool:
    """Whether a setting has its usual value."""
    usual = view.values["minimum"] if key == "goal" else SETTINGS[key].default
    return view.values[key] == usual


def _own_keys(looks: Config) -> int:
    return len({each.action for each in looks.keys})


def _backup(workspace: Workspace) -> str:
    try:
        last = next(iter(backups(workspace.folder)), None)
    except (LearnhabitError, OSError):
        return ""
    if last is None:
        return ""
    wall = wall_at(last.made_at, last.utc_offset)
    held = f"{last.sessions:,} session{'' if last.sessions == 1 else 's'}"
    return f"{short_day(wall.date())} {clock_time(wall, clock_24=workspace.clock_24)}, {held}"
