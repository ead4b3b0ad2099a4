"""What can still be read of a damaged database, written as an export."""

from __future__ import annotations

import os
from datetime import date, datetime, timezone

from learnhabit import __version__
from learnhabit.domain.record import Record
from learnhabit.errors import LearnhabitError
from learnhabit.exchange.archive_file import archive_pieces
from learnhabit.services.archive_checks import BadRowError, whole_rows
from learnhabit.services.checkup_data import rescue
from learnhabit.services.files import checked_file, write_file
from learnhabit.services.findings import Case
from learnhabit.storage.connection import SCHEMA_VERSION
from learnhabit.storage.facts import FACTS, columns_of, exported_columns, facts
from learnhabit.storage.opening import FILE_NAME
from learnhabit.storage.salvage import Salvaged, is_foreign, salvage
from learnhabit.storage.store import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from learnhabit.clock import Clock

_PARENTS = {"tag": "session", "resolution_aim": "resolution", "check_in": "resolution"}
"""Tables whose rows are nothing without another one's."""
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
    lost_seconds: int | None
    """How long the lost sessions were together; None when nothing tells."""
    replaced: int
    """Texts in which bytes that are no text were replaced."""


def salvage_to(folder: str, clock: Clock, path: str, *, force: bool = False) -> SalvageReport:
    """Write all that can be read of a folder's database into an export; the database is never changed.

    LearnhabitError when there is no file, when nothing of it can be read, or when the export can't be written.
    """
    source = os.path.join(folder, FILE_NAME)
    target = checked_file(path, force=force)
    if not os.path.isfile(source):
        raise LearnhabitError("There is no data file to read", f"{source} is missing, or no file")
    if os.path.exists(target) and os.path.samefile(target, source):
        raise LearnhabitError("That is the damaged file itself", "nothing was written; choose another name")
    try:
        if is_foreign(source):
            raise LearnhabitError("This database belongs to another program", f"nothing was read from {source}")
        found = salvage(source)
    except OSError as error:
        raise LearnhabitError("The data file can't be read", f"{source}: {error.strerror}") from error
    except MemoryError as error:
        raise LearnhabitError("The data file is too large to be read", f"{source} needs more memory") from error
    try:
        if not any(name in FACTS for name in found.read):
            raise LearnhabitError(
                "Nothing can be read from the data file",
                f"{source} holds no row of learnhabit that is whole; {_instead(folder, clock)}",
            )
        made_at = datetime.fromtimestamp(clock.now(), timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")  # noqa: UP017
        rows = _Rows(found)
        tables = {name: rows.of(name) for name in FACTS}
        data = b"".join(archive_pieces(SCHEMA_VERSION, f"learnhabit {__version__}", made_at, tables))
    finally:
        found.connection.close()
    written = write_file(target, data, force=force)
    days = ((date.fromisoformat(day), number) for day, number in found.lost_days.items() if _is_date(day))
    return SalvageReport(
        source=source,
        written=written,
        read={name: len(each) for name, each in tables.items() if each},
        lost={name: number for name, number in rows.lost.items() if name in TOLD},
        uncertain=tuple(sorted(found.uncertain & TOLD)),
        lost_days=tuple(sorted(days)),
        lost_seconds=found.lost_seconds,
        replaced=rows.replaced,
    )


class _Rows:
    """The rows of a salvaged database that an import takes: one bad row would let it refuse them all."""

    def __init__(self, found: Salvaged) -> None:
        self.lost = dict(found.lost)
        self.replaced = 0
        self._store = Store(found.connection, "")

    def of(self, table: str) -> list[dict[str, object]]:
        """Those of a table; others are added to what is lost."""
        names = exported_columns(self._store, table)
        columns = [column for column in columns_of(self._store, table) if column.name in names]
        waiting = list(self._sensible(table))
        kept: list[dict[str, object]] = []
        while waiting:
            number = len(waiting) + 1
            try:
                for _ in whole_rows(table, waiting, columns):
                    pass
            except BadRowError as error:
                number = error.args[1]
                self._lose(table)
            kept += waiting[: number - 1]
            waiting = waiting[number:]
        self.replaced += sum(isinstance(text, str) and "\ufffd" in text for row in kept for text in row.values())
        return kept

    def _sensible(self, table: str) -> Iterator[dict[str, object]]:
        begins = {}
        if table == "resolution_aim":
            begins = dict(self._store.all("SELECT id, period_start FROM resolution"))
        if table in _PARENTS:
            parent = _PARENTS[table]
            alone = f"deleted_at IS NULL AND {parent} NOT IN (SELECT id FROM {parent})"
            self._lose(table, self._store.all(f"SELECT count(*) FROM {table} WHERE {alone}")[0][0])
        for row in facts(self._store, table):
            if begins and str(row["period_end"]) < begins.get(row["resolution"], ""):
                self._lose(table)
            else:
                yield row

    def _lose(self, table: str, number: int = 1) -> None:
        if number:
            self.lost[table] = self.lost.get(table, 0) + number


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
