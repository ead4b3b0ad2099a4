"""This program's own export: one JSON object with every row, and a checksum over them.

Whoever writes such a file (an export, or what could be saved of a damaged database) calls `archive_pieces`.
"""

from __future__ import annotations

import json
import math

from learnhabit.domain.text import escape_json
from learnhabit.errors import LearnhabitError
from learnhabit.exchange.importer import Archive, Row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any, NoReturn

FORMAT = "learnhabit-export"
VERSION = 1
LARGEST = 1 << 30
"""Bytes of a file that is read at all; a hundred thousand sessions are a twentieth of it."""
_BEGIN, _END = b', "tables": {', b'\n}, "sha256": "'
_DAMAGED = "it was cut off, or changed by another program; nothing was imported. Export it again, or take another copy"


def archive_pieces(
    schema: int,
    program: str,
    made_at: str,
    tables: Mapping[str, Iterable[Mapping[str, object]]],
    *,
    ascii_only: bool = False,
) -> Iterator[bytes]:
    """An export as UTF-8, piece by piece, so that no table has to be held as a whole.

    `schema` is the database's schema version, `program` the writer's name and version, `made_at` an instant in UTC;
    `tables` gives the rows of each table, in the order in which they were entered, as the database holds them, without
    `seq`. Rows may be missing that others refer to: an import leaves those out and says so. With `ascii_only` every
    other character is written as an escape, for a place that may not hold it.
    """
    import hashlib

    digest = hashlib.sha256()
    head = {"format": FORMAT, "version": VERSION, "schema": schema, "program": program, "made_at": made_at}
    yield (escape_json(json.dumps(head, ensure_ascii=False))[:-1] + ', "tables": {').encode()
    digest.update(b"{")
    for place, name in enumerate(sorted(tables)):
        opening = f"{',' if place else ''}{json.dumps(name)}:["
        digest.update(opening.encode())
        yield f"{',' if place else ''}\n{json.dumps(name)}: [".encode()
        comma = ""
        for row in tables[name]:
            text = canonical(row)
            digest.update(f"{comma}{text}".encode())
            if "\\u" in text and not ascii_only:
                text = escape_json(_readable.encode(row))
            yield f"{comma}\n{text}".encode()
            comma = ","
        digest.update(b"]")
        yield b"\n]"
    digest.update(b"}")
    yield f'\n}}, "sha256": "{digest.hexdigest()}"}}\n'.encode()


def canonical(value: object) -> str:
    """JSON with sorted keys, without blanks, ASCII only: what the checksum is taken over."""
    return _canonical.encode(value)


_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False)
_readable = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


class ArchiveImporter:
    """Reads it back."""

    name = "learnhabit's export"

    def can_handle(self, path: str, head: bytes) -> bool:
        """A JSON object, whatever the file is called."""
        return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")

    def read(self, data: bytes) -> Archive:
        """The rows of an export; LearnhabitError for a file that is damaged, newer than the program, or no export."""
        document = _document(data)
        if not isinstance(document, dict):
            raise _no_export()
        if document.get("format") != FORMAT:
            if {"share", "months"} <= document.keys():
                raise LearnhabitError(
                    "This is a summary, not an export",
                    "a summary holds figures for people to read; an import takes what learnhabit export FILE writes",
                )
            raise _no_export()
        version, schema = document.get("version"), document.get("schema")
        if type(version) is not int or type(schema) is not int or version < 1 or schema < 1:
            raise damaged("its format has no version")
        if version > VERSION:
            raise LearnhabitError(
                "This export is newer than the program",
                f"it has format {version}, this program reads up to {VERSION}. Install the newest learnhabit",
            )
        tables = document.get("tables")
        if not isinstance(tables, dict):
            raise damaged("its tables are missing")
        for name, rows in tables.items():
            if not isinstance(rows, list) or not all(type(row) is dict for row in rows):
                raise damaged(f"the table {name[:40]!r} is no list of rows")
        _check_sum(document.get("sha256"), tables, data)
        return Archive(schema=schema, tables=tables)


def _document(data: bytes) -> object:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise LearnhabitError("The file is not UTF-8 text", "an export is; it was saved by another program") from None
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_constant, parse_float=_float)
    except RecursionError:
        raise damaged("it is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise damaged(f"it is no JSON from line {error.lineno:,} on") from None
    except ValueError:
        # Python itself refuses a number of thousands of digits.
        raise damaged("it has a number that is too large") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise damaged(f"{twice[:40]!r} stands twice in one object")
    return found


def _constant(name: str) -> NoReturn:
    raise damaged(f"{name} is no number")


def _float(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise damaged(f"{text[:40]} is no number")
    return value


def _check_sum(given: object, tables: dict[str, list[Row]], data: bytes) -> None:
    """Refuse rows that are not those the checksum was taken over; a file without one is taken as it is."""
    if given is None:
        return
    if given == _sum_of_lines(data):
        return
    import hashlib

    if given != hashlib.sha256(canonical(tables).encode()).hexdigest():
        raise LearnhabitError(
            "The export does not match its checksum",
            f"{_DAMAGED}. If you changed it yourself, take its “sha256” out",
        )


def _sum_of_lines(data: bytes) -> str:
    """The checksum of a file that is laid out as it was written, in a tenth of the time; of another one anything.

    Without its line breaks, such a file is what the checksum is of, but for rows that are not ASCII.
    """
    import hashlib

    digest = hashlib.sha256(b"{")
    begin, end = data.find(_BEGIN), data.rfind(_END)
    for line in data[begin + len(_BEGIN) : end].split(b"\n"):
        if line.endswith(b'": ['):
            digest.update(line[:-2] + b"[")
        elif line.isascii():
            digest.update(line)
        else:
            row = line.removesuffix(b",")
            try:
                digest.update(canonical(json.loads(row)).encode() + line[len(row) :])
            except ValueError:
                return ""
    digest.update(b"}")
    return digest.hexdigest()


def damaged(what: str) -> LearnhabitError:
    """The error for a file that can't be what an export wrote."""
    return LearnhabitError("The export is damaged", f"{what}: {_DAMAGED}")


def _no_export() -> LearnhabitError:
    return LearnhabitError(
        "This is no export of learnhabit",
        "learnhabit export FILE.json writes one; a table of sessions comes with learnhabit import --csv FILE",
    )
