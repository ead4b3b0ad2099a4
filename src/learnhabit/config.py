"""`config.toml` in the data folder: looks, which belong to a person's terminal and not to the data."""

from __future__ import annotations

import os

from learnhabit.domain.record import Record
from learnhabit.errors import LearnhabitError
from learnhabit.files import write_whole

FILE_NAME = "config.toml"


class Config(Record):
    """What the file says; a missing file or key is the default."""

    theme: str
    """Name of the app's theme; empty for the default."""


DEFAULT = Config(theme="")


def read_config(folder: str) -> Config:
    """Read the file; LearnhabitError names the place in it that can't be read."""
    path = os.path.join(folder, FILE_NAME)
    if not os.path.exists(path):
        return DEFAULT
    import tomllib

    try:
        with open(path, "rb") as file:
            values = tomllib.load(file)
    except OSError as error:
        raise LearnhabitError("config.toml can't be read", f"{path}: {error.strerror}; defaults are used") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LearnhabitError("config.toml is not valid", f"{path}: {error}; defaults are used") from None
    theme = values.get("theme", "")
    if not isinstance(theme, str):
        raise LearnhabitError("config.toml is not valid", f'{path}: theme should be text, such as theme = "paper"')
    return Config(theme=theme)


def write_theme(folder: str, theme: str) -> None:
    """Remember a theme; comments and other keys stay as they are. LearnhabitError when it can't be written."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    path = os.path.join(folder, FILE_NAME)
    try:
        text = ""
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                text = file.read()
        document = tomlkit.parse(text)
        document["theme"] = theme
        write_whole(path, tomlkit.dumps(document).encode())
    except OSError as error:
        raise LearnhabitError("The theme was not remembered", f"{path}: {error.strerror}") from None
    except (TOMLKitError, UnicodeDecodeError) as error:
        raise LearnhabitError("The theme was not remembered", f"{path} is not valid: {error}") from None
