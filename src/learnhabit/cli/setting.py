"""Settings: what can be set, and the keys of the app."""

from __future__ import annotations

from learnhabit.cli.output import print_json, say, warn
from learnhabit.cli.parser import Command, Parser
from learnhabit.errors import LearnhabitError, UsageError
from learnhabit.services import preferences
from learnhabit.services import settings as service

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping, Sequence

    from learnhabit.domain.keymap import Action, KeyEntry
    from learnhabit.services.workspace import Workspace

KEYS = "keys"
WORDS = "[KEY [VALUE]] | keys [ACTION [KEY]]"


def _options(parser: Parser) -> None:
    parser.add_argument("--reset", action="store_true", help="give a setting or an action its usual value back")


def _settings(workspace: Workspace, options: Namespace) -> None:
    words = options.words
    if words[:1] == [KEYS]:
        _keys(workspace, options)
        return
    if len(words) > 2:
        raise UsageError(f"settings: too many words, from “{words[2]}” on", f"it takes {WORDS}")
    if words and words[0] not in (*service.SETTINGS, service.FOLDER):
        raise service.unknown_setting(words[0])
    if options.reset and len(words) != 1:
        raise UsageError("settings --reset: one setting is reset at a time", "it takes a KEY and no value")
    said = ""
    if options.reset:
        said = service.reset_setting(workspace, words[0])
    elif len(words) == 2:
        said = service.set_setting(workspace, *words)
    values = {**service.setting_values(workspace), service.FOLDER: workspace.folder}
    warn(workspace.warnings)
    shown = {words[0]: values[words[0]]} if words else values
    if options.json:
        print_json(shown)
    elif said:
        say(said)
    else:
        for key, value in shown.items():
            say(f"{key:<12} {value}".rstrip())
        if words and words[0] in service.SETTINGS:
            _explain(service.SETTINGS[words[0]])
        elif not words:
            say("\nTime off: learnhabit time-off. Keys of the app: learnhabit settings keys.")


def _explain(setting: service.Setting) -> None:
    """What it means and what it may be, so that nobody has to look it up."""
    import textwrap

    may_be = setting.hint or ", ".join(setting.choices)
    usual = f" Usually {setting.default}." if setting.default else ""
    for line in (setting.about, f"May be {may_be}.{usual}"):
        say(textwrap.fill(line, 88, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False))


def _keys(workspace: Workspace, options: Namespace) -> None:
    from learnhabit.domain.keymap import complaint, fit, read_keys, unknown_action, written
    from learnhabit.tui.keymap import collected, with_entry

    words = options.words[1:]
    if len(words) > 2 or (options.reset and len(words) != 1):
        raise UsageError("settings keys: one action and its keys", "it takes [ACTION [KEY]], or ACTION --reset")
    actions, places = collected()
    known = {action.id: action for action in actions}
    if words and words[0] not in known:
        raise unknown_action(words[0], known)
    if options.reset:
        preferences.set_keys(workspace.folder, words[0], None)
    elif len(words) == 2:
        keys = ",".join(written(key) for key in read_keys(words[1]))
        with_entry(preferences.preferences(workspace.folder).keys, words[0], keys)
        preferences.set_keys(workspace.folder, words[0], keys)
    held, refused = fit(_entries(workspace), actions, places)
    warn([complaint(entry, why) for entry, why in refused])
    shown = {name: action for name, action in known.items() if not words or name == words[0]}
    if options.json:
        print_json([_key_json(action, held) for action in shown.values()])
        return
    place = ""
    for action in shown.values():
        if action.place != place and not words:
            say(f"{chr(10) if place else ''}{action.place}")
            place = action.place
        keys = ",".join(written(key) for key in held.get(action.id, action.keys))
        say(f"{'' if words else '  '}{action.id:<20} {keys:<16} {action.about}")
    if not words:
        say("\nlearnhabit settings keys ACTION KEY changes one; it is kept in config.toml, under [keys].")


def _entries(workspace: Workspace) -> Sequence[KeyEntry]:
    """The person's own keys; of a file that can't be read it is said why."""
    try:
        return preferences.preferences(workspace.folder).keys
    except LearnhabitError as error:
        warn([f"{error.title}: {error.hint}"])
        return ()


def _key_json(action: Action, held: Mapping[str, tuple[str, ...]]) -> dict[str, object]:
    return {
        "action": action.id,
        "keys": list(held.get(action.id, action.keys)),
        "usual": list(action.keys),
        "about": action.about,
        "place": action.place,
    }


COMMANDS = {
    "settings": Command(
        _settings,
        "show or change a setting, and the keys of the app",
        words=WORDS,
        most=None,
        options=_options,
        example="learnhabit settings day_start 05:00",
    ),
}
