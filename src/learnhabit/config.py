"""`config.toml` in the data folder: looks and keys, which belong to a person's terminal and not to the data."""

from __future__ import annotations

import os
import stat

from learnhabit.domain.keymap import KeyEntry
from learnhabit.domain.record import Record
from learnhabit.domain.text import quoted
from learnhabit.errors import LearnhabitError
from learnhabit.files import write_whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

FILE_NAME = "config.toml"
KEYS = ("theme", "motion", "keys")
"""What may stand in it; `keys` is a table."""
MOTIONS = ("full", "reduced")
LARGEST = 64 * 1024
"""Bytes; a keymap of every action takes a tenth of it."""


class Config(Record):
    """What the file says; a missing file or key is the default."""

    theme: str
    """Name of the app's theme; empty for the default."""
    motion: str
    """`full` or `reduced`."""
    keys: tuple[KeyEntry, ...]
    """Keys of the person's own, in the order of the file, not judged yet."""
    notes: tuple[str, ...]
    """What is in the file and can't be used, a sentence each; the rest of it holds."""


DEFAULT = Config(theme="", motion="full", keys=(), notes=())


def read_config(folder: str) -> Config:
    """Read the file; LearnhabitError names the line and column from which on it can't be read."""
    path = os.path.join(folder, FILE_NAME)
    try:
        text = _text(path)
        return _understood(_values(path, text), text) if text else DEFAULT
    except LearnhabitError as error:
        raise LearnhabitError(error.title, f"{error.hint}; defaults are used") from None


def write_config(folder: str, names: Sequence[str], value: str | None) -> None:
    """Set a key (`("theme",)`, or `("keys", "timer.start")`), or drop it; comments and other keys stay as they are.

    LearnhabitError when the file can't be written, or is not valid: a file that can't be read is never overwritten.
    """
    # A link stays one: such files are often kept with others elsewhere.
    path = os.path.realpath(os.path.join(folder, FILE_NAME))
    try:
        text = _text(path)
        before = _values(path, text)
    except LearnhabitError as error:
        raise LearnhabitError("config.toml was not changed", f"{error.title}: {error.hint}") from None
    if value is None and _found(before, names) is None:
        return
    after = _edited(text, names, value)
    if _found(_values(path, after), names) != value:
        raise LearnhabitError("config.toml was not changed", f"write {'.'.join(names)} into {path} by hand")
    try:
        write_whole(path, after.encode())
    except OSError as error:
        raise LearnhabitError("config.toml was not changed", f"{path}: {error.strerror}") from None


def lines_of(text: str) -> dict[str, int]:
    """The line on which each key and table such as `keys.timer.start` stands first."""
    import re

    part = r"""(?:"[^"\n]*"|'[^'\n]*'|[\w-]+)"""
    shape = re.compile(rf"(?a:\s*(\[\s*)?({part}(?:\s*\.\s*{part})*)\s*(?(1)\]|=))")
    parts = re.compile(part)
    found: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        match = shape.match(line)
        if match is None:
            continue
        written = ".".join(each.strip("\"'") for each in parts.findall(match[2]))
        if match[1]:
            table = f"{written}."
        found.setdefault(written if match[1] else f"{table}{written}", number)
    return found


def _line(lines: Mapping[str, int], name: str) -> int:
    """The line of a key, or of the table that holds it; 0 when it is written in a way that no line shows."""
    while name and name not in lines:
        name = name.rpartition(".")[0]
    return lines.get(name, 0)


def _text(path: str) -> str:
    """The file's text; empty when there is none."""
    try:
        found = os.stat(path)
        if not stat.S_ISREG(found.st_mode):
            # Reading a pipe would wait for ever.
            raise LearnhabitError("config.toml is no file", f"{path} is a folder or a device")
        if found.st_size > LARGEST:
            raise LearnhabitError(
                "config.toml is too large", f"{path} has {found.st_size:,} bytes, at most {LARGEST:,} are read"
            )
        with open(path, "rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise LearnhabitError("config.toml can't be read", f"{path}: {error.strerror}") from None
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise _invalid(path, _place(data[: error.start].decode(errors="replace")), "this is no UTF-8 text") from None


def _values(path: str, text: str) -> dict[str, object]:
    """What the text says; LearnhabitError with line and column when it is no TOML."""
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        import re

        said, _, place = str(error).rpartition(" (at ")
        numbers = re.findall(r"[0-9]+", place)
        at = (int(numbers[0]), int(numbers[1])) if len(numbers) == 2 else _place(text.rstrip("\n"))
        raise _invalid(path, at, said[:1].lower() + said[1:]) from None
    except (ValueError, RecursionError):
        # A number of thousands of digits, or brackets within brackets without end.
        raise _invalid(path, (1, 1), "it holds a value that is too large") from None


def _place(before: str) -> tuple[int, int]:
    """Line and column behind a text."""
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _invalid(path: str, at: tuple[int, int], why: str) -> LearnhabitError:
    return LearnhabitError("config.toml is not valid", f"line {at[0]}, column {at[1]}: {why}, in {path}")


def _understood(values: Mapping[str, object], text: str) -> Config:
    lines = lines_of(text)
    notes = [
        f"config.toml, line {_line(lines, name)}: {quoted(name)} means nothing; there are {', '.join(KEYS)}"
        for name in values
        if name not in KEYS
    ]
    theme, motion, keys = values.get("theme", ""), values.get("motion", MOTIONS[0]), values.get("keys", {})
    if not isinstance(theme, str):
        notes.append(f'config.toml, line {_line(lines, "theme")}: a theme is text, such as theme = "nord"')
        theme = ""
    if motion not in MOTIONS:
        notes.append(f'config.toml, line {_line(lines, "motion")}: motion is "{MOTIONS[0]}" or "{MOTIONS[1]}"')
        motion = MOTIONS[0]
    if not isinstance(keys, dict):
        notes.append(f'config.toml, line {_line(lines, "keys")}: keys is a table: [keys], and "timer.start" = "S"')
        keys = {}
    entries = tuple(
        KeyEntry(action=action, keys=value, line=_line(lines, f"keys.{action}")) for action, value in _flat(keys)
    )
    return Config(theme=theme, motion=str(motion), keys=entries, notes=tuple(notes))


def _flat(table: Mapping[str, object], before: str = "") -> Iterator[tuple[str, object]]:
    """`timer.start = "S"` without quotation marks is a table within a table, and means the same."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", tuple(value) if isinstance(value, list) else value


def _found(values: Mapping[str, object], names: Sequence[str]) -> object:
    """The value of a key, however its name is written."""
    if len(names) == 1:
        return values.get(names[0])
    table = values.get(names[0])
    return dict(_flat(table)).get(names[1]) if isinstance(table, dict) else None


def _edited(text: str, names: Sequence[str], value: str | None) -> str:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
        table: dict[str, object] = document
        name = names[-1]
        if len(names) > 1:
            if not isinstance(table.get(names[0]), dict):
                table[names[0]] = tomlkit.table()
            table = table[names[0]]  # type: ignore[assignment]
            first, _, rest = name.partition(".")
            within = table.get(first)
            if isinstance(within, dict) and rest:
                # Written without quotation marks; two spellings of one key would be two keys.
                table, name = within, rest
        if value is None:
            del table[name]
        else:
            table[name] = value
        return tomlkit.dumps(document)
    except (TOMLKitError, KeyError, TypeError, ValueError):
        # What comes back is compared with what was asked for.
        return text
