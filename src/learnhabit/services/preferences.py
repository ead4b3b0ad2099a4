"""The app's looks and keys, remembered between openings in `config.toml`."""

from __future__ import annotations

from learnhabit.config import DEFAULT, Config, read_config, write_config

__all__ = ["DEFAULT", "NO_PREFERENCES", "Config"]

NO_PREFERENCES = DEFAULT
DARK, LIGHT = "learnhabit-dark", "learnhabit-light"
THEMES = (
    *(DARK, LIGHT),
    *("ansi-dark", "ansi-light", "atom-one-dark", "atom-one-light", "catppuccin-frappe", "catppuccin-latte"),
    *("catppuccin-macchiato", "catppuccin-mocha", "dracula", "flexoki", "gruvbox", "monokai", "nord", "rose-pine"),
    *("rose-pine-dawn", "rose-pine-moon", "solarized-dark", "solarized-light", "textual-dark", "textual-light"),
    "tokyo-night",
)
"""Ours, and those that come with the terminal's library; a test compares them."""


def preferences(folder: str) -> Config:
    """What the file says. LearnhabitError for a file that is not valid."""
    return read_config(folder)


def theme(folder: str) -> str:
    """Name of the theme that was chosen last; empty for the default. LearnhabitError for a file that is not valid."""
    return read_config(folder).theme


def set_theme(folder: str, name: str) -> None:
    """Remember a theme. LearnhabitError when it can't be written."""
    write_config(folder, ("theme",), name)


def set_motion(folder: str, value: str) -> None:
    """Remember whether anything moves by itself: `full` or `reduced`. LearnhabitError when it can't be written."""
    write_config(folder, ("motion",), value)


def set_keys(folder: str, action: str, keys: str | None) -> None:
    """Remember an action's keys; None gives it its own back. LearnhabitError when they can't be written."""
    write_config(folder, ("keys", action), keys)


def reset(folder: str, key: str) -> None:
    """Forget the theme or the motion. LearnhabitError when the file can't be written."""
    write_config(folder, (key,), None)
