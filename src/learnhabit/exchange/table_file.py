"""A table of sessions as CSV: one row a session, columns by their names in the first row, in any order."""

from __future__ import annotations

import csv
import io

from learnhabit.domain.text import quoted
from learnhabit.errors import LearnhabitError
from learnhabit.exchange.importer import Sheet, SheetRow

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 64 << 20
"""Bytes of a table that is read at all: a million sessions."""
LONGEST_FIELD = 100_000
"""Characters."""
MOST_COLUMNS = 200
_COLUMNS = {
    "day": ("date", "day", "study day", "start date", "started on"),
    "start": ("start", "start time", "time", "started", "started at", "begin", "from"),
    "duration": ("duration", "length", "time spent", "minutes", "duration minutes", "min"),
    "topic": ("topic", "project", "subject", "activity"),
    "note": ("note", "notes", "description", "comment", "details"),
    "tags": ("tags", "tag", "labels"),
}
"""What each column may be called."""
_NAMED = {name: column for column, names in _COLUMNS.items() for name in names}
_REQUIRED = {"day": "date", "duration": "duration", "topic": "topic"}
_DELIMITERS = (",", ";", "\t")


class TableImporter:
    """Reads one."""

    name = "a table (CSV)"

    def can_handle(self, path: str, head: bytes) -> bool:
        """By its name: any text may be a table."""
        return path.lower().endswith((".csv", ".tsv")) or (b"\n" in head and any(map(head.count, (b",", b";", b"\t"))))

    def read(self, data: bytes) -> Sheet:
        """The rows; LearnhabitError when it is no table, or lacks a column that every session needs."""
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise LearnhabitError("The table is not UTF-8 text", "save it again as CSV UTF-8") from None
        if "\0" in text:
            raise LearnhabitError("The table is no text", "it holds NUL characters; save it again as CSV UTF-8")
        # A last line that lacks its end is whole all the same.
        first, _, _ = text.lstrip("\r\n").replace("\r", "\n").partition("\n")
        if not first.strip():
            raise LearnhabitError("The table is empty", f"its first row names the columns: {', '.join(_NAMES)}")
        delimiter = max(_DELIMITERS, key=lambda each: _known(first, each))
        lines = _lines(text, delimiter)
        _, names = next(lines)
        places = _places(names)
        return Sheet(rows=tuple(_rows(lines, places, len(names))))


_NAMES = ("date", "start", "duration", "topic", "note", "tags")


def _known(header: str, delimiter: str) -> int:
    """How many columns a header has that are known, were this the delimiter."""
    return sum(_plain(name.strip().strip('"')) in _NAMED for name in header.split(delimiter))


def _plain(name: str) -> str:
    return " ".join(name.replace("_", " ").replace("-", " ").casefold().split())


def _lines(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """(line in the file on which it begins, fields) of every row that is not blank."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True, skipinitialspace=True)
    line = 1
    try:
        for fields in reader:
            if any(field.strip() for field in fields):
                yield line, fields
            line = reader.line_num + 1
    except csv.Error as error:
        # From its beginning on: an open quote swallows all lines up to the end.
        reason = "a quotation mark is never closed" if "end of data" in str(error) else str(error)
        raise LearnhabitError(
            f"The table can't be read from line {line:,} on", f"{reason}; nothing was imported"
        ) from None


def _places(names: list[str]) -> dict[str, int]:
    """Where each known column stands; LearnhabitError when one is missing or there twice."""
    found: dict[str, int] = {}
    for place, name in enumerate(names[:MOST_COLUMNS]):
        column = _NAMED.get(_plain(name))
        if column is None:
            continue
        if column in found:
            raise LearnhabitError(
                f"The table has two columns for the {_REQUIRED.get(column, column)}",
                f"{quoted(names[found[column]])} and {quoted(name)}: rename or delete one",
            )
        found[column] = place
    missing = [name for column, name in _REQUIRED.items() if column not in found]
    if missing:
        raise LearnhabitError(
            f"The table has no column {' and no column '.join(missing)}",
            f"its first row names the columns, such as {', '.join(_NAMES)}; it has {quoted(', '.join(names))}",
        )
    return found


def _rows(lines: Iterator[tuple[int, list[str]]], places: dict[str, int], width: int) -> Iterator[SheetRow]:
    for line, fields in lines:
        if len(fields) > width and any(field.strip() for field in fields[width:]):
            raise LearnhabitError(
                f"Line {line:,} of the table has more fields than the first row",
                "put what holds the separator in quotation marks; nothing was imported",
            )
        if max(map(len, fields)) > LONGEST_FIELD:
            raise LearnhabitError(
                f"Line {line:,} of the table is too long", f"a field has at most {LONGEST_FIELD:,} characters"
            )
        values = {column: fields[place].strip() if place < len(fields) else "" for column, place in places.items()}
        yield SheetRow(line, *(values.get(column, "") for column in _COLUMNS))
