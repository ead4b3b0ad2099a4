"""The main screens. A new one is one line here."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from textual.screen import Screen


class Tab(NamedTuple):
    """A main screen: its mode, what the header calls it, and where it is found once it is needed."""

    mode: str
    title: str
    screen: str
    """Module under `learnhabit.tui.screens` and class, with a dot between."""
    about: str
    beforehand: bool = False
    """Made ready once the first screen stands; others when they are looked at first, as each takes two megabytes."""

    def make(self) -> Screen[Any]:
        """A new instance; imports its module now."""
        module, _, name = self.screen.partition(".")
        screen: Screen[Any] = getattr(import_module(f"learnhabit.tui.screens.{module}"), name)()
        return screen


TABS = (
    Tab("today", "Today", "today.TodayScreen", "Today's goal, the next step, the week and the year"),
    Tab("log", "Log", "log.LogScreen", "All study, newest first: find it, edit it, take it back", beforehand=True),
    Tab(
        "resolutions",
        "Resolutions",
        "resolutions.ResolutionsScreen",
        "What you set out to learn, and where it stands",
        beforehand=True,
    ),
    Tab(
        "topics",
        "Topics",
        "topics.TopicsScreen",
        "The map of topics: what there is, what waits, what to read",
        beforehand=True,
    ),
    Tab("recall", "Recall", "recall.RecallScreen", "Cards that come back when they are about to fade"),
    Tab("year", "Year", "year.YearScreen", "What the year came to so far, and a page of it to keep"),
)

ASIDE = (
    Tab("settings", "Settings", "settings.SettingsScreen", "How the app is set up: days, looks, keys, your data"),
    Tab(
        "reminders",
        "Reminders",
        "reminders.RemindersScreen",
        "When you are asked for ten minutes, and whether it arrives",
    ),
)
"""Screens without a number, beside each other: one key opens the first, and goes from one to the other."""
