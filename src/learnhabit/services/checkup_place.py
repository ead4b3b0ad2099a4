"""What the doctor looks at around the database: program, folder, backups, disk, agent and terminal."""

from __future__ import annotations

import os
import re
import sqlite3
import stat
import sys

from learnhabit import __version__
from learnhabit.errors import LearnhabitError
from learnhabit.services.agent import short_path
from learnhabit.services.checkup_data import FIX, size_words
from learnhabit.services.findings import Case, Finding, better, fine, wrong
from learnhabit.storage.opening import BACKUPS, has_changed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

OLDEST_SQLITE = (3, 37)
"""The first one with STRICT tables."""
STALE = 3600
"""Seconds after which a file that is not finished is left over from a process that was ended."""
MONTH = 30 * 86_400
OLD = 7
"""Days from which a backup is old, if anything has changed since."""
ROOM = 3
"""Times the database's size that should be free: a backup, a journal and a bit."""
NARROWEST, LOWEST = 80, 24
_OURS = re.compile(r"learnhabit\.db.*|search\.db.*|config\.toml|remind\.tick|backups|\..*\.part|\.DS_Store")
_PARTIAL = re.compile(r"\..+\.part|.+\.partial(-journal)?|search\.db\.[0-9a-f]{16}(-journal)?")
_COPY = re.compile(r"learnhabit\.db\.before-migration-\d+")
_PRIVATE = re.compile(r"(learnhabit|search)\.db.*")


def program(case: Case) -> Finding:
    """Which versions are at work."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        textual = version("textual")
    except PackageNotFoundError:
        return wrong("program", f"learnhabit {__version__}: textual is not installed", "install learnhabit anew")
    python = ".".join(str(part) for part in sys.version_info[:3])
    return fine("program", f"learnhabit {__version__}, Python {python}, Textual {textual}")


def sqlite(case: Case) -> Finding:
    """Whether Python's SQLite has what is needed."""
    version = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        return wrong("sqlite", f"version {version} is too old", "use a newer Python; 3.37 is needed")
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE words USING fts5(word)")
    except sqlite3.Error:
        return better("sqlite", f"version {version}, without full-text search", "search reads row by row, more slowly")
    finally:
        connection.close()
    return fine("sqlite", f"version {version}, with full-text search")


def folder(case: Case) -> Finding:
    """Whether the data folder is there, and the person's."""
    path, shown = case.folder, short_path(case.folder)
    if not os.path.lexists(path):
        return fine("folder", f"{shown} is not there yet; the first command makes it")
    if not os.path.isdir(path):
        return wrong("folder", f"{shown} is no folder", "move it away, or choose another one with --data-dir")
    owner = os.stat(path).st_uid
    if hasattr(os, "geteuid") and owner != os.geteuid() and os.geteuid() != 0:
        return better("folder", f"{shown} belongs to another user ({owner})", "its owner gives it to you with chown")
    if not os.access(path, os.W_OK | os.X_OK):
        return wrong("folder", f"{shown} can't be written", "allow yourself to write there; nothing can be saved")
    return fine("folder", shown)


def modes(case: Case) -> Finding:
    """Whether others on this machine can read what is private."""
    if os.name == "nt":
        return fine("privacy", "the folder lies in your profile")
    found = list(open_to_others(case.folder))
    if found:
        names = [os.path.relpath(path, case.folder) if path != case.folder else "the folder" for path in found[:3]]
        more = f" and {len(found) - 3} more" if len(found) > 3 else ""
        return better("privacy", f"others on this machine may read {', '.join(names)}{more}", FIX, mends=True)
    return fine("privacy", "nobody else can read your data")


def open_to_others(path: str) -> Iterator[str]:
    """Files and folders of the program that more than their owner may use."""
    if not os.path.isdir(path):
        return
    names = os.listdir(path)
    # A folder that holds other things as well has the mode that its owner gave it.
    if names and all(_OURS.fullmatch(name) for name in names):
        yield from _loose(path)
    for name in names:
        if _PRIVATE.fullmatch(name):
            yield from _loose(os.path.join(path, name))
    kept = os.path.join(path, BACKUPS)
    if os.path.isdir(kept) and not os.path.islink(kept):
        yield from _loose(kept)
        for name in os.listdir(kept):
            yield from _loose(os.path.join(kept, name))


def _loose(path: str) -> Iterator[str]:
    found = os.lstat(path)
    kept = stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)
    if kept and found.st_mode & 0o077:
        yield path


def close_to_others(path: str) -> None:
    """Let only the owner use them."""
    for each in list(open_to_others(path)):
        os.chmod(each, 0o700 if os.path.isdir(each) else 0o600)


def leftovers(case: Case) -> Finding:
    """What an ended process or an old upgrade has left behind."""
    import time

    left = list(unfinished(case.folder, time.time()))
    if left:
        names = ", ".join(os.path.basename(path) for path in left[:3])
        return better("leftovers", f"{len(left)} unfinished file{'s'[: len(left) > 1]}: {names}", FIX, mends=True)
    copies = [
        os.path.join(case.folder, name)
        for name in (os.listdir(case.folder) if os.path.isdir(case.folder) else [])
        if _COPY.fullmatch(name) and time.time() - os.stat(os.path.join(case.folder, name)).st_mtime > MONTH
    ]
    if copies:
        size = size_words(sum(os.path.getsize(path) for path in copies))
        return fine("leftovers", f"copies from before an upgrade, {size}", f"delete {', '.join(copies)} when you like")
    return fine("leftovers", "none")


def unfinished(path: str, now: float) -> Iterator[str]:
    """Files that were begun over an hour ago and never put into their place."""
    for place in (path, os.path.join(path, BACKUPS)):
        if not os.path.isdir(place):
            continue
        for name in os.listdir(place):
            whole = os.path.join(place, name)
            if not _PARTIAL.fullmatch(name) or not os.path.isfile(whole) or os.path.islink(whole):
                continue
            if now - os.lstat(whole).st_mtime > STALE:
                yield whole


def config(case: Case) -> Finding:
    """Whether the file of looks and keys can be read."""
    from learnhabit.config import FILE_NAME, read_config

    try:
        found = read_config(case.folder)
    except LearnhabitError as error:
        return wrong("config", f"{error.title}: {error.hint}", f"correct {FILE_NAME}, or delete it")
    if found.notes:
        return better("config", "; ".join(found.notes), "correct the line; the rest of the file holds")
    return fine("config", FILE_NAME if os.path.exists(os.path.join(case.folder, FILE_NAME)) else "all as usual")


def backups(case: Case) -> Finding:
    """Whether there is a backup that is whole, and how old it is."""
    from learnhabit.services.backups import backups as read_backups
    from learnhabit.services.backups import trouble

    found = read_backups(case.folder)
    if not found:
        if case.header is None:
            return fine("backups", "none yet; there is nothing to keep either")
        if case.trouble is not None or (case.workspace is not None and not case.sound):
            return better("backups", "there is none", "learnhabit backup now makes one, once the file is in order")
        return better("backups", "there is none yet", "learnhabit backup now makes one")
    newest = found[0]
    bad = trouble(case.folder, newest)
    if bad:
        return wrong("backups", f"the newest, {newest.id}: {bad}", "learnhabit backup now makes a new one")
    days = max(case.now - newest.made_at, 0) // 86_400
    age = "today" if days == 0 else f"{days} day{'s'[: days > 1]} ago"
    size = size_words(sum(each.bytes for each in found))
    said = f"{len(found)}, {size}; the newest, {newest.id}, was made {age} and is whole"
    if days > OLD and has_changed(case.folder):
        return better("backups", f"{said}, and something has changed since", "learnhabit backup now makes a new one")
    return fine("backups", said)


def space(case: Case) -> Finding:
    """Whether there is room for what the next writes need."""
    import shutil

    place = case.folder
    while not os.path.isdir(place) and os.path.dirname(place) != place:
        place = os.path.dirname(place)
    free = shutil.disk_usage(place).free
    size = os.path.getsize(case.path) if os.path.isfile(case.path) else 0
    said = f"{size_words(free)} free"
    needed = max(ROOM * size, 10_000_000)
    if free < needed:
        make = wrong if free < max(size, 1_000_000) else better
        return make("space", f"{said}, {size_words(needed)} would be better", "free some space before you go on")
    return fine("space", said)


def agent(case: Case) -> Finding:
    """Whether a reminder that is due would reach the person."""
    from learnhabit.services.agent import agent_status
    from learnhabit.storage.checking import reminder_rules

    if case.workspace is None or not any(on for *_, on in reminder_rules(case.store)):
        return fine("agent", "no reminder is on")
    status = agent_status(case.workspace)
    broken = [link for link in status.links if not link.ok and link.name != "quiet hours"]
    if broken:
        return better("agent", "; ".join(link.says for link in broken), broken[0].do)
    return fine("agent", f"{status.scheduler} sends reminders while the app is closed")


def terminal(case: Case) -> Finding:
    """What the terminal can show, by what it says of itself."""
    import shutil

    if not sys.stdout.isatty():
        return fine("terminal", "the output goes elsewhere; in a terminal this says what it can show")
    kind = os.environ.get("TERM", "")
    if kind in ("", "dumb", "unknown"):
        return better("terminal", f"TERM is {kind or 'not set'}: the app can't draw", "export TERM=xterm-256color")
    if "utf" not in (sys.stdout.encoding or "").lower():
        return better("terminal", f"its text is {sys.stdout.encoding}, not UTF-8", "export LANG=C.UTF-8, or your own")
    size = shutil.get_terminal_size()
    if size.columns < NARROWEST or size.lines < LOWEST:
        said = f"{size.columns} × {size.lines}: the app needs {NARROWEST} × {LOWEST}"
        return better("terminal", said, "make the window larger, or the letters smaller")
    if os.environ.get("NO_COLOR"):
        colours = "no colours (NO_COLOR)"
    elif os.environ.get("COLORTERM") in ("truecolor", "24bit"):
        colours = "all colours"
    else:
        colours = "256 colours" if "256" in kind else "16 colours"
    return fine("terminal", f"{kind}, {size.columns} × {size.lines}, {colours}, UTF-8")
