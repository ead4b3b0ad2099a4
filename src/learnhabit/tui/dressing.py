"""The app's colours, the theme that is remembered, and what is made ready after the first paint."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

from textual.message import Message
from textual.theme import Theme

from learnhabit.errors import LearnhabitError
from learnhabit.services import preferences
from learnhabit.tui import looks, safe_text
from learnhabit.tui.faults import Fault
from learnhabit.tui.messages import Done
from learnhabit.tui.tabs import TABS
from learnhabit.tui.working import do

if TYPE_CHECKING:
    from textual.app import App

    Base = App[int]
else:
    Base = object

LATER_STYLES = (
    "later.tcss",
    "screens/log.tcss",
    "screens/resolutions.tcss",
    "screens/topics.tcss",
    "screens/recall.tcss",
    "screens/reminders.tcss",
    "screens/year.tcss",
    "screens/dialog.tcss",
)
"""Style sheets that the first screen does without."""


class ThemeNotKept(Message):
    """The chosen theme could not be remembered."""

    def __init__(self, fault: Fault) -> None:
        super().__init__()
        self.fault = fault


class Dressing(Base):
    """The looks' part of the app."""

    folder: str
    is_settled = False
    """The other screens are made, and what writes elsewhere is watched for."""
    _complaint = ""
    """What is wrong with the file of preferences; said once the app stands."""

    def dress(self) -> None:
        """Take up our themes and the one chosen last, without reading the style sheet twice before the first paint."""
        for theme in looks.THEMES:
            self.register_theme(theme)
        if self.theme == "textual-dark":  # Nothing else was asked for in the environment.
            self.set_reactive(type(self).theme, self._remembered())
        self.stylesheet.set_variables(self.get_css_variables())

    def _remembered(self) -> str:
        try:
            name = preferences.theme(self.folder)
        except LearnhabitError as error:
            self._complaint = f"{error.title}: {error.hint}"
            return looks.DARK
        return name if name in self.available_themes else looks.DARK

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our colour names, for themes that do not define them."""
        theme = self.current_theme
        return {} if theme in looks.THEMES else looks.borrowed(theme)

    def use_theme(self, name: str) -> None:
        """Change the colours."""
        self.theme = name

    def keep_theme(self, theme: Theme) -> None:
        """Remember the theme that was chosen."""
        folder, name = self.folder, theme.name
        do(self, lambda: preferences.set_theme(folder, name), lambda _: Done(""), ThemeNotKept)

    def on_theme_not_kept(self, message: ThemeNotKept) -> None:
        """The colours change all the same, for this time."""
        fault = message.fault
        safe_text.toast(self, f"The theme is not remembered. {fault.title}: {fault.hint}", severity="warning")

    def settle(self) -> None:
        """After the first paint: other styles, other screens, and no garbage collector over what stays."""
        for name in LATER_STYLES:
            self.stylesheet.read(os.path.join(os.path.dirname(__file__), name))
        self.stylesheet.reparse()
        self.stylesheet.update(self.screen)
        for tab in TABS:
            self._init_mode(tab.mode)
        gc.enable()
        gc.collect()
        gc.freeze()
        self.theme_changed_signal.subscribe(self, self.keep_theme)
        self.is_settled = True
        if self._complaint:
            safe_text.toast(self, self._complaint, severity="warning")
