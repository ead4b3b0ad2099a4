"""Every action of the app with its keys, read from the bindings themselves, and the keys that a person has set."""

from __future__ import annotations

import inspect
import pkgutil
import sys
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from textual.binding import Binding
from textual.screen import Screen
from textual.widget import Widget

from learnhabit.domain.keymap import KEPT, Action, KeyEntry, Place, fit, read_keys
from learnhabit.errors import UsageError
from learnhabit.tui.tabs import ASIDE, TABS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

PACKAGE = "learnhabit.tui"
EVERYWHERE, DIALOGS, LISTS = "Everywhere", "In dialogs", "In lists and fields"


def fitting(entries: Iterable[KeyEntry]) -> tuple[dict[str, tuple[str, ...]], tuple[tuple[KeyEntry, str], ...]]:
    """The keys that hold, by action, and the entries that can't, each with the reason. Imports every screen."""
    return fit(entries, *collected())


def with_entry(entries: Iterable[KeyEntry], action: str, keys: str) -> dict[str, tuple[str, ...]]:
    """The keys that hold with one more entry, or another one in its place; UsageError when that one can't."""
    entry = KeyEntry(action=action, keys=keys, line=sys.maxsize)
    held, refused = fitting([*(each for each in entries if each.action != action), entry])
    for each, why in refused:
        if each is entry:
            raise UsageError(f"{action} can't have {keys}", why)
    return held


@cache
def collected() -> tuple[tuple[Action, ...], tuple[Place, ...]]:
    """(every action, every place), as the program has them without a keymap."""
    from learnhabit.tui.app import LearnhabitApp

    classes: list[type[Any]] = [LearnhabitApp, *_classes()]
    return tuple(_actions(classes)), tuple(_places(LearnhabitApp, classes))


def _classes() -> Iterator[type[Any]]:
    """What has keys of its own, as the modules come."""
    for found in pkgutil.walk_packages(import_module(PACKAGE).__path__, f"{PACKAGE}."):
        module = import_module(found.name)
        for each in vars(module).values():
            if inspect.isclass(each) and each.__module__ == module.__name__ and issubclass(each, Widget):
                yield each


def _bindings(each: type[Any]) -> list[Binding]:
    return list(Binding.make_bindings(vars(each).get("BINDINGS", ()))) if each.__module__.startswith(PACKAGE) else []


def _actions(classes: Iterable[type[Any]]) -> Iterator[Action]:
    found: dict[str, Action] = {}
    for each in classes:
        for binding in _bindings(each):
            if not binding.id:
                continue
            known = found.get(binding.id)
            keys = (*(known.keys if known else ()), binding.key)
            found[binding.id] = Action(
                id=binding.id,
                keys=tuple(dict.fromkeys(keys)),
                about=known.about if known else binding.tooltip or binding.description,
                place=known.place if known else _heading(each),
                priority=binding.priority,
            )
    order = [EVERYWHERE, *(tab.title for tab in (*TABS, *ASIDE)), LISTS, DIALOGS]
    yield from sorted(found.values(), key=lambda action: order.index(action.place))


def _heading(each: type[Any]) -> str:
    titles = {tab.mode: tab.title for tab in (*TABS, *ASIDE)}
    if not issubclass(each, Widget):
        return EVERYWHERE
    return titles.get(getattr(each, "MODE", ""), DIALOGS) if issubclass(each, Screen) else LISTS


def _places(app: type[Any], classes: Iterable[type[Any]]) -> Iterator[Place]:
    """Each screen with its lists and fields; a main screen with the app's own keys, a dialog with those for fields."""
    from learnhabit.tui.screens.dialog import Dialog, FormDialog
    from learnhabit.tui.screens.main import MainScreen
    from learnhabit.tui.widgets.area import Area
    from learnhabit.tui.widgets.fields import Line

    for screen in classes:
        if not issubclass(screen, MainScreen | Dialog) or screen in (MainScreen, Dialog, FormDialog):
            continue
        held: dict[str, tuple[str, ...]] = {}
        for each in (app, *_family(screen)):
            for binding in _bindings(each):
                if binding.id and (each is not app or issubclass(screen, MainScreen) or binding.priority):
                    held[binding.id] = (*held.get(binding.id, ()), binding.key)
        types = issubclass(screen, FormDialog)
        fields = {binding.key for each in (Line, Area) for binding in _inherited(each)} if types else set()
        yield Place(name=_place_name(screen), held=tuple(held.items()), types=types, own=frozenset(fields))


def _place_name(screen: type[Any]) -> str:
    heading = _heading(screen)
    if heading != DIALOGS:
        return f"on {heading}"
    words = screen.__name__.removesuffix("Dialog")
    return f"in the dialog {''.join(f' {char.lower()}' if char.isupper() else char for char in words).strip()}"


def _family(screen: type[Any]) -> list[type[Any]]:
    """The screen's classes, and those of the widgets that their modules name."""
    classes = [each for each in screen.__mro__ if each.__module__.startswith(PACKAGE)]
    within = [
        kin
        for each in classes
        for named in vars(import_module(each.__module__)).values()
        if inspect.isclass(named) and issubclass(named, Widget) and not issubclass(named, Screen)
        for kin in named.__mro__
    ]
    return list(dict.fromkeys((*classes, *within)))


def _inherited(each: type[Any]) -> list[Binding]:
    return [binding for kin in each.__mro__ for binding in Binding.make_bindings(vars(kin).get("BINDINGS", ()))]


def at_once(entries: Iterable[KeyEntry]) -> dict[str, tuple[str, ...]]:
    """What most likely holds, without a look at any screen: good for the first moment."""
    held = {}
    for entry in entries:
        try:
            keys = read_keys(entry.keys)
        except UsageError:
            continue
        if not set(keys) & set(KEPT):
            held[entry.action] = keys
    if "timer.start" in held:
        # On the first screen one starts in two ways with one key.
        held.setdefault("today.start", held["timer.start"])
    return held


def as_textual(keys: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """As `App.set_keymap` takes it."""
    return {name: ",".join(each) for name, each in keys.items()}
