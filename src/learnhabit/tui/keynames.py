"""Keys as the screens name them: each action's usual one, or the person's own."""

from __future__ import annotations

_OWN: dict[str, str] = {}
"""By action, as footers write it; one program has one keymap."""
_ACTIONS = {
    "app.start": "timer.start",
    "app.log": "session.log",
    "app.stop": "timer.stop",
    "app.find": "session.find",
    "app.review": "app.review",
}
"""Actions of the app that texts offer, by what a click runs."""


def named(action: str, usual: str) -> str:
    """The key to name for an action, by the id of its binding."""
    return _OWN.get(action, usual)


def named_for(deed: str, usual: str) -> str:
    """The same by what a click runs, such as `app.log` or `app.show_tab('log')`."""
    if deed.startswith("app.show_tab('"):
        return named(f"tab.{deed[14:-2]}", usual)
    return named(_ACTIONS.get(deed, ""), usual)


def name_keys(own: dict[str, str]) -> None:
    """Take up a keymap; an empty one is the program's."""
    _OWN.clear()
    _OWN.update(own)


def has_own() -> bool:
    """Whether any key is the person's own."""
    return bool(_OWN)
