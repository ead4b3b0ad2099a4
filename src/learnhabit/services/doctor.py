"""Looking a data folder over, and putting right what can be worked out anew."""

from __future__ import annotations

import os
import sqlite3

from learnhabit.domain.record import Record
from learnhabit.errors import LearnhabitError
from learnhabit.services import checkup_data as data
from learnhabit.services import checkup_place as place
from learnhabit.services.findings import OK, WARNING, WRONG, Case, Finding, wrong
from learnhabit.storage import checking

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from learnhabit.clock import Clock

    Check = Callable[[Case], Finding]

_BEFORE: dict[str, Check] = {
    "program": place.program,
    "sqlite": place.sqlite,
    "folder": place.folder,
    "file": data.file,
}
_DATA: dict[str, Check] = {
    "totals": data.totals,
    "run and strength": data.states,
    "recall": data.recall,
    "references": data.references,
    "settings": data.settings,
    "reminders": data.reminders,
    "time": data.time,
    "search": data.search,
    "agent": place.agent,
}
"""What is asked of a file that is whole."""
_AFTER: dict[str, Check] = {
    "backups": place.backups,
    "config": place.config,
    "privacy": place.modes,
    "leftovers": place.leftovers,
    "space": place.space,
    "terminal": place.terminal,
}
_REMAKES: dict[str, Callable[[Case], object]] = {
    "integrity": lambda case: checking.remake_indexes(case.store),
    "totals": lambda case: checking.remake_totals(case.store),
    "run and strength": lambda case: checking.forget_states(case.store),
    "recall": lambda case: _remake_cards(case),
    "search": lambda case: checking.drop_index(case.store),
}
"""What is mended in the database, all of it in one transaction."""
_TIDIES: dict[str, Callable[[Case], object]] = {
    "privacy": lambda case: place.close_to_others(case.folder),
    "leftovers": lambda case: _remove_unfinished(case),
}
ROUNDS = 3
"""What is behind a damaged index is seen only once that is mended."""


class Checkup(Record):
    """What the doctor found, and did."""

    findings: tuple[Finding, ...]
    mended: tuple[str, ...]
    """Checks that were not in order and are now."""

    @property
    def wrong(self) -> int:
        """How many things are wrong."""
        return sum(each.state == WRONG for each in self.findings)

    @property
    def better(self) -> int:
        """How many could be better."""
        return sum(each.state == WARNING for each in self.findings)

    @property
    def mends(self) -> tuple[str, ...]:
        """What `--fix` would put right."""
        return tuple(each.check for each in self.findings if each.mends)


def examine(folder: str, clock: Clock) -> Checkup:
    """Look everything over; nothing is changed. What can't be looked at is left out, or a finding itself."""
    with Case(folder, clock) as case:
        return Checkup(findings=tuple(_findings(case)), mended=())


def mend(folder: str, clock: Clock) -> Checkup:
    """Put right what can be worked out anew, and look everything over; what a person wrote is never touched.

    LearnhabitError when it can't be written: then the database is as it was.
    """
    mended: list[str] = []
    found = examine(folder, clock)
    for _ in range(ROUNDS):
        wanted = [name for name in found.mends if name not in mended]
        if not wanted:
            break
        _mend(folder, clock, wanted)
        found = examine(folder, clock)
        mended += [name for name in wanted if any(each.check == name and each.state == OK for each in found.findings)]
    return Checkup(findings=found.findings, mended=tuple(mended))


def _mend(folder: str, clock: Clock, wanted: list[str]) -> None:
    with Case(folder, clock) as case:
        try:
            for name in wanted:
                if name in _TIDIES:
                    _TIDIES[name](case)
            remakes = [remake for name, remake in _REMAKES.items() if name in wanted]
            if remakes and case.workspace is not None:
                with case.store.transaction():
                    for remake in remakes:
                        remake(case)
        except (OSError, sqlite3.Error) as error:
            raise case.explained(error) from error


def _findings(case: Case) -> list[Finding]:
    found = [_tried(name, check, case) for name, check in _BEFORE.items()]
    if case.header is not None and case.trouble is None and found[-1].state == OK:
        found.append(_tried("schema", data.schema, case))
    if case.workspace is not None:
        found.append(_tried("integrity", data.integrity, case))
        if case.sound:
            found += [_tried(name, check, case) for name, check in _DATA.items()]
    return found + [_tried(name, check, case) for name, check in _AFTER.items()]


def _tried(name: str, check: Check, case: Case) -> Finding:
    """A check that fails has found something: whatever it met is said, and never raised."""
    try:
        return check(case)
    except LearnhabitError as error:
        return wrong(name, f"{error.title[:1].lower()}{error.title[1:]}", error.hint)
    except (OSError, sqlite3.Error, UnicodeDecodeError) as error:
        explained = case.explained(error)
        return wrong(name, f"{explained.title[:1].lower()}{explained.title[1:]}", explained.hint)
    except Exception as error:
        # A value that no check of SQLite's sees, such as a day that is none.
        return wrong(name, f"a value can't be understood ({type(error).__name__}: {error})", data.rescue(case))


def _remake_cards(case: Case) -> None:
    from learnhabit.services.recall import put_right

    assert case.workspace is not None
    put_right(case.workspace)


def _remove_unfinished(case: Case) -> None:
    import time

    for path in list(place.unfinished(case.folder, time.time())):
        os.unlink(path)
