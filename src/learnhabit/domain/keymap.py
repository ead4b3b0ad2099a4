"""Keys of a person's own: how a key is written, and which of them can hold beside all the others."""

from __future__ import annotations

import re

from learnhabit.domain.record import Record
from learnhabit.domain.text import quoted
from learnhabit.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

KEPT = ("enter", "escape", "tab", "shift+tab", "up", "down", "left", "right", "ctrl+c")
"""Keys that keep what they do: by them one gets into, through and out of everything."""
_NAMED = (*KEPT, "space", "backspace", "delete", "insert", "home", "end", "pageup", "pagedown")
_FUNCTION = re.compile(r"f([1-9]|1[0-9]|2[0-4])")
_MODIFIERS = ("alt", "ctrl", "hyper", "meta", "shift", "super")
_NAMES = {
    "exclamation_mark": "!",
    "quotation_mark": '"',
    "number_sign": "#",
    "dollar_sign": "$",
    "percent_sign": "%",
    "ampersand": "&",
    "apostrophe": "'",
    "left_parenthesis": "(",
    "right_parenthesis": ")",
    "asterisk": "*",
    "plus": "+",
    "comma": ",",
    "minus": "-",
    "full_stop": ".",
    "slash": "/",
    "colon": ":",
    "semicolon": ";",
    "less_than_sign": "<",
    "equals_sign": "=",
    "greater_than_sign": ">",
    "question_mark": "?",
    "at": "@",
    "left_square_bracket": "[",
    "backslash": "\\",
    "right_square_bracket": "]",
    "circumflex_accent": "^",
    "underscore": "_",
    "grave_accent": "`",
    "left_curly_bracket": "{",
    "vertical_line": "|",
    "right_curly_bracket": "}",
    "tilde": "~",
}
"""What stands for a sign that is no letter: `question_mark`."""
_SIGNS = {char: name for name, char in _NAMES.items()}
_SHORT = {"esc": "escape", "del": "delete", "ins": "insert", "return": "enter", "pgup": "pageup", "pgdn": "pagedown"}
_SAME = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+j": "enter", "ctrl+h": "backspace",
         "ctrl+left_square_bracket": "escape"}  # fmt: skip
"""Keys that a terminal does not tell from others."""
EXAMPLES = "such as S, ?, ctrl+t, f5 or space"


class KeyEntry(Record):
    """A line of a keymap: what it asks for, not judged yet."""

    action: str
    keys: object
    """As it was written: text with a comma between two keys, or several texts."""
    line: int


class Action(Record):
    """Something that a key does."""

    id: str
    keys: tuple[str, ...]
    """Its own keys, the first one is shown in footers."""
    about: str
    place: str
    """Where it works, as a heading."""
    priority: bool
    """It works in fields too."""


class Place(Record):
    """What works at the same time: a screen with what is in it."""

    name: str
    held: tuple[tuple[str, tuple[str, ...]], ...]
    """Ids of actions, and the keys that they have here."""
    types: bool
    """It is all fields: a letter that is pressed is typed."""
    own: frozenset[str]
    """Keys that a field needs itself."""


def read_key(text: str) -> str:
    """A key by the name that the terminal gives it, from `S`, `?`, `ctrl+t`, `^t` or `question_mark`."""
    words = text.strip()
    if len(words) == 2 and words[0] == "^":
        words = f"ctrl+{words[1]}"
    *modifiers, name = words.split("+") if len(words) > 1 and not words.endswith("++") else [words]
    if words.endswith("++"):
        modifiers, name = words[:-2].split("+"), "+"
    modifiers = sorted({each.strip().lower() for each in modifiers})
    name = name.strip()
    if len(name) > 1:
        name = _SHORT.get(name.lower(), name.lower())
    name = _SIGNS.get(name, name)
    known = (len(name) == 1 and name.isprintable() and not name.isspace()) or name in _NAMES or name in _NAMED
    if not (known or _FUNCTION.fullmatch(name)) or any(each not in _MODIFIERS for each in modifiers):
        raise UsageError(f"{quoted(text)} is no key", EXAMPLES)
    if len(name) == 1 and "shift" in modifiers and "ctrl" not in modifiers:
        modifiers.remove("shift")
        name = name.upper()
    if modifiers and len(name) == 1:
        name = name.lower()
    if modifiers == ["shift"] and name in _NAMES:
        raise UsageError(f"{quoted(text)} is no key", "write the sign itself, such as ?")
    key = "+".join((*modifiers, name))
    if key in _SAME:
        raise UsageError(f"{quoted(text)} can't be told from {_SAME[key]}", "a terminal sends the same for both")
    return key


def read_keys(value: object) -> tuple[str, ...]:
    """One key or several, from a text with commas or from several texts; UsageError for none."""
    if isinstance(value, str):
        texts: Sequence[object] = [","] if value.strip() == "," else [each for each in value.split(",") if each.strip()]
    else:
        texts = value if isinstance(value, tuple) else [value]
    if not texts:
        raise UsageError("Here is no key", "leave the action out, and it keeps its own")
    for each in texts:
        if not isinstance(each, str):
            raise UsageError(f"{quoted(str(each))} is no key", "keys stand in quotation marks")
    return tuple(dict.fromkeys(read_key(str(each)) for each in texts))


def written(key: str) -> str:
    """A key as a person writes it: `?` for `question_mark`; the comma by its name, as it stands between two keys."""
    *modifiers, name = key.split("+")
    return "+".join((*modifiers, name if name == "comma" else _NAMES.get(name, name)))


def complaint(entry: KeyEntry, why: str) -> str:
    """What is said of a line that can't hold."""
    return f"config.toml, line {entry.line}, {entry.action}: {why}"


def is_typed(key: str) -> bool:
    """Whether a field takes the key as a letter."""
    return key == "space" or key in _NAMES or len(key) == 1


def fit(
    entries: Iterable[KeyEntry], actions: Sequence[Action], places: Sequence[Place]
) -> tuple[dict[str, tuple[str, ...]], tuple[tuple[KeyEntry, str], ...]]:
    """The keys that hold, by action, and the entries that can't, each with the reason.

    Keys that get one out of something stay beside the new ones. Of two entries that want one key the first has it.
    """
    known = {action.id: action for action in actions}
    asked = list(entries)
    wanted: dict[str, tuple[str, ...]] = {}
    leader: dict[str, KeyEntry] = {}
    refused: list[tuple[KeyEntry, str]] = []
    for entry in asked:
        try:
            wanted[entry.action] = keys = _keys_of(entry, known, places)
        except UsageError as error:
            refused.append((entry, f"{error.title}: {error.hint}"))
            continue
        leader[entry.action] = entry
        for name in _followers(entry.action, places) - {each.action for each in asked}:
            wanted[name] = (*keys, *(key for key in known[name].keys if key in KEPT and key not in keys))
            leader[name] = entry
    while True:
        found = _clash(wanted, places)
        if found is None:
            return wanted, tuple(sorted(refused, key=lambda each: each[0].line))
        loser, other, key, place = found
        entry = leader[loser]
        wanted = {name: keys for name, keys in wanted.items() if leader[name] is not entry}
        refused.append((entry, f"{written(key)} is taken: {other} has it ({place})"))


def _followers(action: str, places: Sequence[Place]) -> set[str]:
    """A screen's own way to do what is done everywhere: it lies over the key, and goes where that goes.

    `today.start` starts the step that is shown, `timer.start` any; both have one key.
    """
    found = set()
    for place in places:
        held = dict(place.held)
        for name, keys in held.items():
            same = name != action and name.rpartition(".")[2] == action.rpartition(".")[2]
            if same and set(keys) & set(held.get(action, ())) and _spread(name, places) < _spread(action, places):
                found.add(name)
    return found


def _spread(action: str, places: Sequence[Place]) -> int:
    return sum(1 for place in places if any(name == action for name, _ in place.held))


def _keys_of(entry: KeyEntry, known: Mapping[str, Action], places: Sequence[Place]) -> tuple[str, ...]:
    action = known.get(entry.action)
    if action is None:
        raise unknown_action(entry.action, known)
    keys = read_keys(entry.keys)
    for key in keys:
        if key in KEPT and key not in action.keys:
            raise UsageError(f"{written(key)} keeps what it does", f"choose another, {EXAMPLES}")
        here = [place for place in places if any(name == action.id for name, _ in place.held)]
        # An action with letters of its own is for when no field has the focus.
        types = any(place.types for place in here) and not any(map(is_typed, action.keys))
        if is_typed(key) and (action.priority or types):
            raise UsageError(
                f"{written(key)} could not be typed any more" if action.priority else f"{written(key)} is typed there",
                "in fields only keys with ctrl or alt and function keys act",
            )
        if key not in action.keys and any(key in place.own for place in here):
            raise UsageError(f"{written(key)} is a field's own key", "it moves or cuts the text there")
    return (*keys, *(key for key in action.keys if key in KEPT and key not in keys))


def unknown_action(name: str, known: Collection[str]) -> UsageError:
    """The error for an action that does not exist, with the nearest that does."""
    from difflib import get_close_matches

    near = get_close_matches(name.lower(), list(known), 1, 0.5)
    hint = f"did you mean {near[0]}?" if near else "learnhabit settings keys lists them"
    return UsageError(f"There is no action {quoted(name)}", hint)


def _clash(wanted: Mapping[str, tuple[str, ...]], places: Sequence[Place]) -> tuple[str, str, str, str] | None:
    """The first key that two actions would have in one place: (who loses it, the other one, key, place).

    Where both have a key together of old, one lies over the other on purpose.
    """
    order = list(wanted)
    for place in places:
        held = dict(place.held)
        holders: dict[str, list[str]] = {}
        for name, keys in held.items():
            for key in wanted.get(name, keys):
                holders.setdefault(key, []).append(name)
        for key, names in holders.items():
            for at, name in enumerate(names):
                for other in names[:at]:
                    if set(held[name]) & set(held[other]):
                        continue
                    mine = [each for each in (name, other) if each in wanted]
                    if mine:
                        loser = max(mine, key=order.index)
                        return loser, other if loser == name else name, key, place.name
    return None
