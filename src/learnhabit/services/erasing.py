"""Erasing all of a person's data: what that is, and taking it away, whatever state it is in."""

from __future__ import annotations

import os
import re

from learnhabit.config import FILE_NAME as CONFIG
from learnhabit.domain.record import Record
from learnhabit.errors import LearnhabitError
from learnhabit.services import agent
from learnhabit.services.delivering import TICK_FILE
from learnhabit.storage.opening import BACKUPS, FILE_NAME
from learnhabit.storage.store import SEARCH_FILE

_DATA, _SEARCH = re.escape(FILE_NAME), re.escape(SEARCH_FILE)
_OURS = (
    (rf"{_DATA}(-journal|-wal|-shm)?", "your data"),
    (rf"{_DATA}\.before-migration-\d+(\.partial)?(-journal)?", "a copy from before an upgrade"),
    (rf"{_DATA}\.damaged(-.*)?", "a damaged file that was kept"),
    (rf"{_SEARCH}(-journal|\.[0-9a-f]+(-journal)?)?", "the search index"),
    (re.escape(CONFIG), "looks and keys"),
    (re.escape(TICK_FILE), "the agent's mark"),
    (r"\..+\.\d+(-[0-9a-f]+)?\.part", "a file that was not finished"),
)
"""What this program writes into the data folder, by name, and what it is."""
_OF_BACKUPS = (
    (r"\d{8}-\d{4}(-\d+)?\.db", "a backup"),
    (r"manifest\.json", "the list of the backups"),
    (r"\.(\d{8}-\d{4}|manifest\.json)\.\d+(-[0-9a-f]+)?\.part", "a backup that was not finished"),
)


class Thing(Record):
    """Something that would go."""

    path: str
    about: str
    """What it is, in words."""
    bytes: int


class Found(Record):
    """What is there."""

    ours: tuple[Thing, ...]
    foreign: tuple[str, ...]
    """Whole paths of what this program has not written, and of what a link leads to."""
    agents: tuple[str, ...]
    """Names of what runs `remind tick` for this folder."""


class Erased(Record):
    """What was done."""

    erased: tuple[str, ...]
    kept: tuple[str, ...]


def look(folder: str) -> Found:
    """What erasing would take from a data folder, and what it would leave there."""
    ours, foreign = _sorted_out(folder, _OURS)
    backups = os.path.join(folder, BACKUPS)
    if os.path.islink(backups):
        foreign.remove(backups)
        ours.append(Thing(path=backups, about="a link to your backups; they stay", bytes=0))
    elif os.path.isdir(backups):
        foreign.remove(backups)
        more, others = _sorted_out(backups, _OF_BACKUPS)
        ours += more
        foreign += others
    linked = (os.path.realpath(each.path) for each in ours if os.path.islink(each.path))
    foreign += [each for each in linked if os.path.lexists(each)]
    return Found(ours=tuple(ours), foreign=tuple(foreign), agents=tuple(each.name for each in agent.agents_of(folder)))


def erase(folder: str, found: Found) -> Erased:
    """Take away what `look` found, the agent first so that it makes nothing anew; LearnhabitError names what can't
    be taken away."""
    gone = [f"agent: {each.name}" for each in agent.agents_of(folder) if each.uninstall()]
    failed: list[str] = []
    # Written to meanwhile, there may be more of it than was shown.
    everything = {each.path for each in (*found.ours, *look(folder).ours)}
    for path in sorted(everything, key=lambda each: (not os.path.basename(each).startswith(FILE_NAME), each)):
        try:
            os.unlink(path)
            gone.append(path)
        except FileNotFoundError:
            pass
        except OSError as error:
            failed.append(f"{path} ({error.strerror})")
    for each in (os.path.join(folder, BACKUPS), folder):
        try:
            if not os.path.islink(each):
                os.rmdir(each)
        except OSError:
            # Not empty, or not there.
            pass
    if failed:
        raise LearnhabitError("Not everything could be erased", f"still there: {', '.join(failed)}")
    kept = {*look(folder).foreign, *(each for each in found.foreign if os.path.lexists(each))}
    return Erased(erased=tuple(gone), kept=tuple(sorted(kept)))


def _sorted_out(folder: str, names: tuple[tuple[str, str], ...]) -> tuple[list[Thing], list[str]]:
    """What is ours in a folder, and what is not."""
    ours, foreign = [], []
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda each: each.name)
    except FileNotFoundError:
        return [], []
    except OSError as error:
        raise LearnhabitError(f"{folder} can't be read", error.strerror or str(error)) from error
    for entry in found:
        about = next((about for name, about in names if re.fullmatch(name, entry.name)), "")
        # A link goes, and not what it leads to; a folder of such a name is not ours.
        if about and not entry.is_dir(follow_symlinks=False):
            size = entry.stat(follow_symlinks=False).st_size
            link = ", a link; what it leads to stays" if entry.is_symlink() else ""
            ours.append(Thing(path=entry.path, about=about + link, bytes=size))
        else:
            foreign.append(entry.path)
    return ours, foreign
