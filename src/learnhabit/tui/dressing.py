"""The app's colours and keys, as they are remembered, and what is made ready after the first paint."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

from textual import constants
from textual.binding import Binding
from textual.message import Message
from textual.theme import Theme

from learnhabit.domain.text import quoted
from learnhabit.errors import LearnhabitError
from learnhabit.services import preferences
from learnhabit.services.preferences import NO_PREFERENCES
from learnhabit.tui import looks, safe_text
from learnhabit.tui.faults import Fault
from learnhabit.tui.keynames import name_keys
from learnhabit.tui.messages import Done
from learnhabit.tui.tabs import TABS
from learnhabit.tui.widgets.footbar import KEY_SIGNS
from learnhabit.tui.widgets.panel import Panel
from learnhabit.tui.working import do

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.app import App

    from learnhabit.domain.keymap import KeyEntry
    from learnhabit.services.preferences import Config

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
    "screens/settings.tcss",
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
    _is_dressed = False
    """Our theme is taken up."""
    is_settled = False
    """The other screens are made, and what writes elsewhere is watched for."""
    preferences: Config = NO_PREFERENCES
    """What the file of preferences says."""
    _complaints: tuple[str, ...] = ()
    """What is wrong with it; said once the app stands."""

    def dress(self) -> None:
        """Take up our themes and the one chosen last, without reading the style sheet twice before the first paint."""
        try:
            self.preferences = preferences.preferences(self.folder)
            self._complaints = self.preferences.notes
        except LearnhabitError as error:
            self._complaints = (f"{error.title}: {error.hint}",)
        name_keys({})
        for theme in looks.THEMES:
            self.register_theme(theme)
        if self.theme == "textual-dark":  # Nothing else was asked for in the environment.
            self.set_reactive(type(self).theme, self._remembered())
        self._is_dressed = True
        self.stylesheet.set_variables(self.get_css_variables())
        self.use_motion(self.preferences.motion)
        if self.preferences.keys:
            from learnhabit.tui.keymap import at_once

            # Judging them means to look at every screen; that comes when the first one stands.
            self._set_keys(at_once(self.preferences.keys))

    def _remembered(self) -> str:
        name = self.preferences.theme
        if name and name not in self.available_themes:
            self._complaints += (f"There is no theme {quoted(name)}: learnhabit settings theme nord takes another one",)
        return name if name in self.available_themes else looks.DARK

    def use_motion(self, motion: str) -> None:
        """Let nothing move by itself, or as the environment has it."""
        self.animation_level = "none" if motion == "reduced" else constants.TEXTUAL_ANIMATIONS

    def use_keys(self, entries: Iterable[KeyEntry]) -> None:
        """Take up a person's own keys, as far as they can hold."""
        from learnhabit.domain.keymap import complaint
        from learnhabit.tui.keymap import fitting

        held, refused = fitting(entries)
        self._complaints += tuple(complaint(*each) for each in refused)
        self._set_keys(held)

    def _set_keys(self, held: Mapping[str, tuple[str, ...]]) -> None:
        from learnhabit.tui.keymap import as_textual

        self.set_keymap(as_textual(held))
        shown = {name: self.get_key_display(Binding(keys[0], "")) for name, keys in held.items()}
        name_keys({name: KEY_SIGNS.get(key, key) for name, key in shown.items()})
        if self.is_settled:
            for screen in (screen for stack in self._screen_stacks.values() for screen in stack):
                for panel in screen.query(Panel):
                    panel.renew()

    def get_css_variables(self) -> dict[str, str]:
        """What style sheets may name; nothing while Textual is made, which would work out a theme that nobody sees."""
        return super().get_css_variables() if self._is_dressed else {}

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our colour names, for themes that do not define them."""
        theme = self.current_theme
        return {} if theme in looks.THEMES else looks.borrowed(theme)

    def use_theme(self, name: str) -> None:
        """Change the colours."""
        self.theme = name

    def take_up_looks(self) -> None:
        """Look as the file of preferences has it now."""
        try:
            found = preferences.preferences(self.folder)
        except LearnhabitError:
            # Whoever wrote it has said so.
            return
        before, self.preferences = self.preferences, found
        if found.theme != before.theme:
            self.theme = self._remembered()
        self.use_motion(found.motion)
        if found.keys != before.keys:
            self.use_keys(found.keys)

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
            if tab.beforehand:
                self._init_mode(tab.mode)
        gc.enable()
        gc.collect()
        gc.freeze()
        self.theme_changed_signal.subscribe(self, self.keep_theme)
        self.is_settled = True
        if self.preferences.keys:
            self.use_keys(self.preferences.keys)
        if self._complaints:
            first, *others = self._complaints
            more = f" … and {len(others)} more: learnhabit settings keys says them" if others else ""
            safe_text.toast(self, first + more, severity="warning", seconds=30)
