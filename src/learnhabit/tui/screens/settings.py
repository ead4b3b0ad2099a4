"""Settings: how the app is set up, each in a plain sentence, changed where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.getters import query_one
from textual.message import Message

from learnhabit.services.settings import SETTINGS
from learnhabit.services.settings_view import SettingsView, settings_view
from learnhabit.services.values import TodayView
from learnhabit.tui import safe_text
from learnhabit.tui.screens.main import MainScreen
from learnhabit.tui.widgets.asidebar import AsideBar
from learnhabit.tui.widgets.settinglist import SettingList
from learnhabit.tui.widgets.settingpane import SettingPane
from learnhabit.tui.working import read

if TYPE_CHECKING:
    from learnhabit.tui.screens.setting_deeds import SettingSaved

ABOUT = "all of it can be changed at any time; what is over is not judged anew"


class SettingsScreen(MainScreen):
    """The list, and what the marked one means."""

    MODE = "settings"
    AUTO_FOCUS = "SettingList"
    HELP = (
        "Everything that can be set. enter changes the marked one: it turns to the next of two, or asks. r gives it "
        "its usual value back. What belongs to your data is taken back with u; theme, motion and keys lie in "
        "config.toml, on this machine only."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "change", "Change", id="setting.change", key_display="enter", tooltip="Change the marked one"),
        Binding("r", "reset", "Usual value", id="setting.reset", tooltip="Give it its usual value back"),
        Binding("d", "remove", "Remove", id="setting.remove", show=False, tooltip="Remove the marked time off"),
        Binding("left,right", "app.aside", "Reminders", id="setting.aside", show=False, tooltip="To the reminders"),
    ]

    list = query_one(SettingList)
    pane = query_one(SettingPane)

    class Read(Message):
        """The settings were read."""

        def __init__(self, view: SettingsView) -> None:
            super().__init__()
            self.view = view

    def __init__(self) -> None:
        super().__init__()
        self.settings: SettingsView | None = None

    def compose_body(self) -> ComposeResult:
        """Heading, list, and the marked one in words."""
        with Container(id="main"):
            yield AsideBar(self.MODE, ABOUT)
            with Container(id="columns"):
                yield SettingList()
                yield SettingPane()

    def on_mount(self) -> None:
        """The theme may be changed from the palette."""
        super().on_mount()
        self.app.theme_changed_signal.subscribe(self, lambda _: self.heed())

    def on_screen_resume(self) -> None:
        """The file of preferences may have been changed."""
        self.heed()

    def renew_log(self) -> None:
        """Something was written, here or elsewhere."""
        read(self, "settings", settings_view, self.Read)

    def show_view(self, view: TodayView) -> None:
        """Another day may have begun."""
        super().show_view(view)
        if self.settings is not None and self.settings.today != view.today:
            self.heed()

    @on(Read)
    def _show(self, message: Read) -> None:
        self.settings = message.view
        self.list.show(message.view, self.app.theme)

    @on(SettingList.Marked)
    def _mark(self) -> None:
        item = self.list.current
        self.pane.show(item, resets=item is not None and item.key in SETTINGS and not item.usual)

    def on_setting_saved(self, message: SettingSaved) -> None:
        """Take up what was set, and say it."""
        from learnhabit.tui.screens import setting_deeds

        setting_deeds.said(self, message.key, message.sentence)

    @on(SettingList.Opened)
    def action_change(self) -> None:
        """Change the marked one."""
        from learnhabit.tui.screens import setting_deeds

        if self.list.current is not None and self.settings is not None:
            setting_deeds.change(self, self.list.current, self.settings)

    def action_reset(self) -> None:
        """Give the marked one its usual value back."""
        from learnhabit.tui.screens import setting_deeds

        item = self.list.current
        if item is not None and item.key in SETTINGS and item.usual:
            safe_text.toast(self.app, "It has its usual value already")
        elif item is not None and item.key in SETTINGS:
            setting_deeds.reset(self, item.key)
        elif item is not None:
            safe_text.toast(self.app, "This one has no usual value", severity="warning")

    def action_remove(self) -> None:
        """Remove the marked time off."""
        from learnhabit.tui.screens import setting_deeds

        item = self.list.current
        if item is not None:
            setting_deeds.remove(self, item)
