"""The app's looks, remembered between openings."""

from __future__ import annotations

from learnhabit.config import read_config, write_theme


def theme(folder: str) -> str:
    """Name of the theme that was chosen last; empty for the default. LearnhabitError for a file that is not valid."""
    return read_config(folder).theme


def set_theme(folder: str, name: str) -> None:
    """Remember a theme. LearnhabitError when it can't be written."""
    write_theme(folder, name)
