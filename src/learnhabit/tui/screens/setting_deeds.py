"""What the screen Settings does: each setting is turned to the next of two, picked, or typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message

from learnhabit.services import planning
from learnhabit.services.settings import SETTINGS, Setting, reset_setting, set_setting, shown_value
from learnhabit.services.workspace import Workspace
from learnhabit.tui import safe_text
from learnhabit.tui.faults import Fault
from learnhabit.tui.messages import ChangeFailed, Done
from learnhabit.tui.widgets.settinglist import OFF, Item
from learnhabit.tui.working import write

if TYPE_CHECKING:
    from learnhabit.services.settings_view import SettingsView
    from learnhabit.tui.screens.settings import SettingsScreen


class SettingSaved(Message):
    """A setting was written."""

    def __init__(self, key: str, sentence: str) -> None:
        super().__init__()
        self.key = key
        self.sentence = sentence


def change(screen: SettingsScreen, item: Item, view: SettingsView) -> None:
    """Change what is marked, in the way that suits it."""
    if item.key in SETTINGS:
        setting, value = SETTINGS[item.key], view.values[item.key]
        if item.key == "theme":
            value = screen.app.theme
        if len(setting.choices) == 2:
            _set(screen, item.key, setting.choices[1 - setting.choices.index(value)])
        elif setting.choices:
            _pick(screen, setting, value)
        else:
            _ask(screen, setting, value)
    elif item.key.startswith(OFF):
        remove(screen, item)
    elif item.key == "time-off":
        _declare(screen)
    elif item.key == "keys":
        from learnhabit.tui.screens.own_keys import pick_action

        pick_action(screen)
    elif item.key == "reminders":
        screen.app.call_later(screen.app.action_show_tab, "reminders")
    else:
        _copy(screen, item)


def reset(screen: SettingsScreen, key: str) -> None:
    """Give a setting its usual value back."""
    _write(screen, key, lambda workspace: reset_setting(workspace, key))


def remove(screen: SettingsScreen, item: Item) -> None:
    """End time off from today on, after a question."""
    from learnhabit.tui.screens.asking import ConfirmDialog

    if not item.key.startswith(OFF):
        safe_text.toast(screen.app, "Only time off is removed; r gives the usual value back", severity="warning")
        return

    def deed(workspace: Workspace) -> str:
        off = planning.remove_time_off(workspace, item.key.removeprefix(OFF))
        return f"Removed from today on: {planning.describe_time_off(off)}"

    def answered(yes: bool | None) -> None:
        if yes:
            _write(screen, "time-off", deed)

    screen.app.push_screen(
        ConfirmDialog(
            "Remove the time off",
            f"{item.value}: will these days count again, from today on?",
            "Days that are over stay off; u takes it back.",
            "Remove",
        ),
        answered,
    )


def said(screen: SettingsScreen, key: str, sentence: str) -> None:
    """Take up what was set, and say it."""
    app = screen.app
    if key in ("theme", "motion"):
        app.take_up_looks()
    app.post_message(Done(sentence))


def _set(screen: SettingsScreen, key: str, value: str) -> None:
    _write(screen, key, lambda workspace: set_setting(workspace, key, value))


def _pick(screen: SettingsScreen, setting: Setting, value: str) -> None:
    from learnhabit.tui.screens.picking import Option, PickDialog

    def picked(chosen: str | None) -> None:
        if chosen is not None and chosen != value:
            _set(screen, setting.key, chosen)

    options = [Option(each, shown_value(setting.key, each)) for each in setting.choices]
    screen.app.push_screen(PickDialog(setting.title, setting.about, options, value), picked)


def _ask(screen: SettingsScreen, setting: Setting, value: str) -> None:
    from learnhabit.tui.screens.asking import AskDialog

    screen.app.push_screen(
        AskDialog(
            setting.title,
            setting.about,
            "Value",
            value,
            setting.hint,
            lambda workspace, typed: set_setting(workspace, setting.key, typed),
            partial(said, screen, setting.key),
        )
    )


def _declare(screen: SettingsScreen) -> None:
    from learnhabit.tui.screens.form import Entry, FieldsDialog

    def deed(workspace: Workspace, typed: Mapping[str, str]) -> str:
        last = typed.get("to", "").strip() or None
        off = planning.add_time_off(workspace, typed.get("from", ""), last, typed.get("why", ""))
        return ". ".join((f"Time off: {planning.describe_time_off(off)}", *workspace.warnings))

    screen.app.push_screen(
        FieldsDialog(
            "Time off",
            "Both days are included; without the second it is one day.",
            [
                Entry("from", "From", hint="today, mon, 24 Dec or 2026-12-24"),
                Entry("to", "To", hint="the last day"),
                Entry("why", "Why", hint="a word for it, such as holiday"),
            ],
            deed,
            partial(said, screen, "time-off"),
        )
    )


def _copy(screen: SettingsScreen, item: Item) -> None:
    text = item.command or screen.app.folder
    screen.app.copy_to_clipboard(safe_text.plain(text))
    safe_text.toast(screen.app, f"Copied {text}")


def _write(screen: SettingsScreen, key: str, deed: Callable[[Workspace], str]) -> None:
    def failed(fault: Fault) -> ChangeFailed:
        return ChangeFailed(fault, again=lambda: _write(screen, key, deed))

    write(screen, deed, lambda sentence: SettingSaved(key, sentence), failed)
