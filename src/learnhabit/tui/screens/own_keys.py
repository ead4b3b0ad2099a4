"""Keys of one's own: pick an action, then say its key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from learnhabit.domain.keymap import read_keys, written
from learnhabit.services.preferences import preferences, set_keys
from learnhabit.services.workspace import Workspace
from learnhabit.tui.keymap import collected, fitting, with_entry
from learnhabit.tui.messages import Done
from learnhabit.tui.screens.asking import AskDialog
from learnhabit.tui.screens.picking import Option, PickDialog

if TYPE_CHECKING:
    from learnhabit.domain.keymap import Action
    from learnhabit.tui.screens.settings import SettingsScreen

HINT = "such as b, ?, ctrl+t or f5; several with commas; nothing for the usual ones"


def pick_action(screen: SettingsScreen) -> None:
    """Show every action with its keys."""
    held, _ = fitting(screen.app.preferences.keys)
    actions = {action.id: action for action in collected()[0]}

    def shown(action: Action) -> str:
        return ", ".join(written(key) for key in held.get(action.id, action.keys))

    def picked(chosen: str | None) -> None:
        if chosen is not None:
            screen.app.call_later(_ask, screen, actions[chosen], shown(actions[chosen]))

    options = [Option(each.id, each.about, each.place, shown(each)) for each in actions.values()]
    screen.app.push_screen(PickDialog("Keys", "Pick what is to have another key.", options), picked)


def _ask(screen: SettingsScreen, action: Action, shown: str) -> None:
    def deed(workspace: Workspace, typed: str) -> str:
        if not typed.strip():
            set_keys(workspace.folder, action.id, None)
            return f"{action.about}: its usual keys"
        keys = ",".join(written(key) for key in read_keys(typed))
        with_entry(preferences(workspace.folder).keys, action.id, keys)
        set_keys(workspace.folder, action.id, keys)
        return f"{action.about}: {keys.replace(',', ', ')}"

    def done(sentence: str) -> None:
        screen.app.take_up_looks()
        screen.app.post_message(Done(sentence))

    screen.app.push_screen(AskDialog("A key", f"{action.about} ({action.place})", "Keys", shown, HINT, deed, done))
