"""Opening a data folder: the store, the clock and the rules that every use case works with."""

from __future__ import annotations

import os
import sys
from datetime import date, datetime

from learnhabit.clock import Clock, clock_from_environment
from learnhabit.domain.day_words import Calendar
from learnhabit.domain.study_day import study_day
from learnhabit.errors import LearnhabitError
from learnhabit.storage.opening import backup_is_due, has_changed, open_store, require_file
from learnhabit.storage.rules import read_day_starts, read_rules, read_setting
from learnhabit.storage.sessions import topic_names
from learnhabit.storage.store import Change, Store, import_id, new_id

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from learnhabit.domain.cadence import Rules
    from learnhabit.domain.study_day import DayStart
    from learnhabit.domain.topic import TopicName


class Workspace:
    """One open data folder, for one thread; a context manager that closes it.

    Whatever SQLite or a damaged file raises inside it leaves as a LearnhabitError with a clear message.
    What it reads about rules and topics is kept for its lifetime, which is one command or one piece of work.
    """

    def __init__(self, store: Store, clock: Clock, folder: str) -> None:
        self.store = store
        self.clock = clock
        self.folder = folder
        self.now = clock.now()
        """Epoch seconds at which this workspace was opened; one piece of work has one now."""
        self.warnings: list[str] = []
        """What a person should know about what was done, a sentence each."""
        self.looks_after = False
        """A backup that is due is made even if this piece of work has changed nothing: it looks in regularly."""
        self._names: tuple[TopicName, ...] | None = None
        self._rules: Rules | None = None
        self._day_starts: tuple[DayStart, ...] | None = None
        self._change: Change | None = None

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        explained = None
        if isinstance(error, Exception) and not isinstance(error, LearnhabitError):
            from learnhabit.storage.faults import explain_within

            # None: a mistake of the program, which must not be taken for damage.
            explained = explain_within(error, self.store.path, self.store.connection)
        try:
            self.store.close()
        finally:
            if explained is not None:
                raise explained from error

    @property
    def names(self) -> tuple[TopicName, ...]:
        """Every topic's names."""
        if self._names is None:
            self._names = topic_names(self.store)
        return self._names

    @property
    def rules(self) -> Rules:
        """Cadence, amounts, time off and week start."""
        if self._rules is None:
            self._rules = read_rules(self.store)
        return self._rules

    @property
    def day_starts(self) -> Sequence[DayStart]:
        """When the study day begins, oldest rule first."""
        if self._day_starts is None:
            self._day_starts = read_day_starts(self.store)
        return self._day_starts

    def refresh(self) -> int:
        """Let now be now again, for work that waits for a person; epoch seconds."""
        self.now = self.clock.now()
        return self.now

    def forget(self) -> None:
        """Read rules and names afresh after a change to them."""
        self._names = self._rules = self._day_starts = None

    def study_day_of(self, wall: datetime) -> date:
        """The study day of a wall clock (its offset, if any, is ignored)."""
        return study_day(wall.replace(tzinfo=None), self.day_starts)

    @property
    def now_wall(self) -> datetime:
        """Now on the wall clock, aware."""
        return self.clock.local(self.now)

    @property
    def today(self) -> date:
        """The study day that is running."""
        return self.study_day_of(self.now_wall)

    @property
    def calendar(self) -> Calendar:
        """What the words for days and times are read against."""
        return Calendar(
            now=self.now,
            now_wall=self.now_wall.replace(tzinfo=None),
            today=self.today,
            study_day_of=self.study_day_of,
            resolve=self.clock.resolve,
        )

    @property
    def clock_24(self) -> bool:
        """Times are shown with 24 hours."""
        return read_setting(self.store, "clock") != "12"

    def new_id(self) -> str:
        """A fresh UUIDv7."""
        return new_id(self.clock.milliseconds())

    def change(self, summary: str, *, imported: bool = False) -> Change:
        """A transaction that is one step to undo; `summary` says in the past tense what it did.

        Inside another one it is a part of that: both are kept or neither, and undo takes both back. What is `imported`
        is undone as if it had never been.
        """
        if self._change is not None and self._change.is_open:
            return self._change.joined(summary)
        journal_id = import_id(self.new_id()) if imported else self.new_id()
        self._change = self.store.change(summary, now=self.now, journal_id=journal_id)
        return self._change

    def damage_or(self, error: LearnhabitError) -> LearnhabitError:
        """The error for a row that should be there and is not: damage if the file shows any, else the given one.

        An index that a broken disk changed leads nowhere, and that is far likelier than another program's hand.
        """
        from learnhabit.storage.faults import explain_within

        return explain_within(LookupError(error.title), self.store.path, self.store.connection) or error

    @property
    def has_changed(self) -> bool:
        """A person's change was made; what is counted anew or brought up to date while reading is none."""
        return self._change is not None

    def backup_is_due(self, largest: int | None = None) -> bool:
        """The newest backup is half an hour old or more, and something has changed; costs microseconds.

        Never for a database of more than `largest` bytes, which somebody else must look after.
        """
        if not backup_is_due(self.store, self.folder, self.clock.now()):
            return False
        small = largest is None or os.stat(self.store.path).st_size <= largest
        return small and has_changed(self.folder)

    def data_version(self) -> int:
        """A number that changes when another connection has written; costs microseconds."""
        row = self.store.one("PRAGMA data_version")
        return int(row[0]) if row else 0


def data_folder() -> str:
    """`LEARNHABIT_HOME`, else the platform's folder for a program's data."""
    home = os.environ.get("LEARNHABIT_HOME", "")
    if home:
        return os.path.abspath(os.path.expanduser(home))
    if sys.platform.startswith(("linux", "freebsd")):
        # What platformdirs would say, without its import on every command.
        base = os.environ.get("XDG_DATA_HOME", "").strip() or os.path.expanduser("~/.local/share")
        return os.path.join(base, "learnhabit")
    from platformdirs import user_data_dir

    return user_data_dir("learnhabit", appauthor=False)


def open_workspace(folder: str | None = None, clock: Clock | None = None, *, make: bool = True) -> Workspace:
    """Open a data folder (default: `data_folder()`), upgraded where needed; one that is not there is made if `make`.

    Raises LearnhabitError when it can't be opened or is not ours, UsageError for an unreadable `LEARNHABIT_NOW`.
    """
    clock = clock or clock_from_environment()
    folder = os.path.abspath(folder) if folder else data_folder()
    if "\0" in folder:
        raise LearnhabitError("The data folder's name can't be used", "it holds a NUL character")
    if not make:
        require_file(folder)
    return Workspace(open_store(folder, clock.now()), clock, folder)
