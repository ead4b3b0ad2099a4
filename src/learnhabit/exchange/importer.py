"""What a file of another program, or of this one, comes to when it is read: the one form that an import takes."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from learnhabit.domain.record import Record

Row = dict[str, object]
"""A row of a table by column."""


class Archive(Record):
    """Everything somebody has, table by table, as this program keeps it."""

    schema: int
    """The schema in which the rows are written."""
    tables: dict[str, list[Row]]


class SheetRow(NamedTuple):
    """One stretch of study as a person or another tracker wrote it; every text as it stands in the file."""

    line: int
    """Where it begins in the file, from 1 on."""
    day: str
    start: str
    """Empty: not known."""
    duration: str
    topic: str
    note: str
    tags: str


class Sheet(Record):
    """Study alone, in the words of the file."""

    rows: tuple[SheetRow, ...]


class Importer(Protocol):
    """One format. Another tracker's file needs one more module with one of these, and a line in `services`."""

    name: str
    """What people call it."""

    def can_handle(self, path: str, head: bytes) -> bool:
        """Whether a file of this name, with these first bytes, is meant for it."""
        ...

    def read(self, data: bytes) -> Archive | Sheet:
        """The whole file's content; LearnhabitError when it is damaged or something else. Nothing is written."""
        ...
