"""What can still be read of a damaged database, written as an export."""

from __future__ import annotations

import os
from datetime import date, datetime, timezone

from learnhabit import __version__
from learnhabit.domain.record import Record
from learnhabit.errors import LearnhabitError
from learnhabit.exchange.archive_file import archive_pieces
from learnhabit.services.checkup_data import rescue
from learnhabit.services.files import checked_file, write_file
from learnhabit.services.findings import Case
from learnhabit.storage.connection import SCHEMA_VERSION
from learnhabit.storage.facts import FACTS, facts
from learnhabit.storage.opening import FILE_NAME
from learnhabit.storage.salvage import is_foreign, salvage
from learnhabit.storage.store import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from learnhabit.clock import Clock

TOLD = frozenset(FACTS) - {"advice"}
"""Tables whose losses are told: the advice comes with the program."""


class SalvageReport(Record):
    """What was saved, and what is known of the rest."""

    source: str
    """The damaged file; it was not changed."""
    written: str
    """The export."""
    read: dict[str, int]
    """Rows that the export holds, by table."""
    lost: dict[str, int]
    """Rows that were there and could not be read, by table."""
    uncertain: tuple[str, ...]
    """Tables of which more may be lost."""
    lost_days: tuple[tuple[date, int], ...]
    """(study day, number) of the lost sessions whose day is known."""
    replaced: int
    """Texts with bytes that are no text; they were replaced."""


def salvage_to(folder: str, clock: Clock, path: str, *, force: bool = False) -> SalvageReport:
    """Write all that can be read of a folder's database into an export; the database is never changed.

    LearnhabitError when there is no file, when nothing of it can be read, or when the export can't be written.
    """
    source = os.path.join(folder, FILE_NAME)
    target = checked_file(path, force=force)
    if os.path.realpath(target) == os.path.realpath(source):
        raise LearnhabitError("That is the damaged file itself", "nothing was written; choose another name")
    if not os.path.isfile(source):
        raise LearnhabitError("There is no data file to read", f"{source} is missing, or no file")
    try:
        if is_foreign(source):
            raise LearnhabitError("This database belongs to another program", f"nothing was read from {source}")
        found = salvage(source)
    except OSError as error:
        raise LearnhabitError("The data file can't be read", f"{source}: {error.strerror}") from error
    except MemoryError as error:
        raise LearnhabitError("The data file is too large to be read", f"{source} needs more memory") from error
    read: dict[str, int] = {}
    try:
        if not any(name in FACTS for name in found.read):
            raise LearnhabitError(
                "Nothing can be read from the data file",
                f"{source} holds no row of learnhabit that is whole; {_instead(folder, clock)}",
            )
        store = Store(found.connection, source)
        made_at = datetime.fromtimestamp(clock.now(), timezone.utc).isoformat()  # noqa: UP017
        tables = {name: _counted(facts(store, name), name, read) for name in FACTS}
        data = b"".join(archive_pieces(SCHEMA_VERSION, f"learnhabit {__version__}", made_at, tables))
    finally:
        found.connection.close()
    written = write_file(target, data, force=force)
    days = ((date.fromisoformat(day), number) for day, number in found.lost_days.items() if _is_date(day))
    return SalvageReport(
        source=source,
        written=written,
        read=read,
        lost={name: number for name, number in found.lost.items() if name in TOLD},
        uncertain=tuple(sorted(found.uncertain & TOLD)),
        lost_days=tuple(sorted(days)),
        replaced=found.replaced,
    )


def _counted(rows: Iterator[dict[str, object]], name: str, read: dict[str, int]) -> Iterator[dict[str, object]]:
    for row in rows:
        read[name] = read.get(name, 0) + 1
        yield row


def _instead(folder: str, clock: Clock) -> str:
    # Without opening it: only the backups are asked for.
    found = rescue(Case(folder, clock))
    return found if "restore" in found else "there is no backup in its folder either; look for a copy of your own"


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
