"""What the doctor looks at, and what it finds."""

from __future__ import annotations

import os
import sqlite3

from learnhabit.domain.record import Record
from learnhabit.errors import LearnhabitError
from learnhabit.services.workspace import Workspace
from learnhabit.storage.connection import APPLICATION_ID, SCHEMA_VERSION, connect, read_header
from learnhabit.storage.opening import FILE_NAME
from learnhabit.storage.store import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from learnhabit.clock import Clock

OK, WARNING, WRONG = "ok", "warning", "wrong"


class Finding(Record):
    """One check and what came of it."""

    check: str
    """A word or two; programs know it by this."""
    state: str
    """`ok`, `warning` or `wrong`."""
    detail: str
    """What is, in words."""
    do: str
    """What helps; empty when nothing has to be done."""
    mends: bool
    """`doctor --fix` puts it right."""


def fine(check: str, detail: str, do: str = "") -> Finding:
    """All is well."""
    return Finding(check=check, state=OK, detail=detail, do=do, mends=False)


def better(check: str, detail: str, do: str, *, mends: bool = False) -> Finding:
    """It works, and could be better."""
    return Finding(check=check, state=WARNING, detail=detail, do=do, mends=mends)


def wrong(check: str, detail: str, do: str, *, mends: bool = False) -> Finding:
    """Something is not as it should be."""
    return Finding(check=check, state=WRONG, detail=detail, do=do, mends=mends)


class Case:
    """A data folder under examination; a context manager that closes what it opened.

    The file is opened as it is: nothing is made, upgraded or written.
    """

    def __init__(self, folder: str, clock: Clock) -> None:
        self.folder = folder
        self.clock = clock
        self.now = clock.now()
        self.path = os.path.join(folder, FILE_NAME)
        self.workspace: Workspace | None = None
        """The open file, when it is one of this program's schema."""
        self.header: tuple[int, int] | None = None
        """Schema and application as the file's beginning says; None without a file."""
        self.trouble: LearnhabitError | None = None
        """Why the file can't be opened."""
        self.sound = False
        """The file's structure was checked and is whole."""

    def __enter__(self) -> Case:
        try:
            self.header = read_header(self.path)
            if self.header == (SCHEMA_VERSION, APPLICATION_ID):
                connection = connect(self.path)
                self.workspace = Workspace(Store(connection, self.path), self.clock, self.folder)
                # SQLite reads nothing before it is asked.
                connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
        except (LearnhabitError, OSError, sqlite3.Error, UnicodeDecodeError, ValueError) as error:
            self.trouble = self.explained(error)
            self.close()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        if self.workspace is not None:
            self.workspace.store.close()
            self.workspace = None

    def explained(self, error: Exception) -> LearnhabitError:
        """What went wrong, as a person sees it."""
        from learnhabit.storage.faults import damaged, explain

        if isinstance(error, (LearnhabitError, OSError, sqlite3.Error)):
            return explain(error, self.path)
        return damaged(self.path)

    @property
    def store(self) -> Store:
        """The open store; only for checks that come after the opening."""
        assert self.workspace is not None
        return self.workspace.store
