"""Everything out as one file, and back in: into an empty home or one that is lived in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from learnhabit import __version__
from learnhabit.domain.occurrence import next_occurrence
from learnhabit.domain.recall import replayed
from learnhabit.domain.record import Record
from learnhabit.errors import LearnhabitError
from learnhabit.exchange.archive_file import LARGEST, ArchiveImporter, archive_pieces, damaged
from learnhabit.exchange.importer import Archive
from learnhabit.services.archive_checks import SETTINGS, BadRowError, whole_rows
from learnhabit.services.cards import FIRST
from learnhabit.services.files import read_file, write_file
from learnhabit.services.workspace import Workspace
from learnhabit.storage.cards import memory_row, read_grades, read_memory
from learnhabit.storage.connection import SCHEMA_VERSION
from learnhabit.storage.facts import FACTS, columns_of, facts
from learnhabit.storage.merging import PARENTS, Merge, RefusedRowError, prepare
from learnhabit.storage.merging_rules import (
    DATED,
    merge_catalogue,
    merge_dated,
    merge_grades,
    merge_timer,
    touched,
)
from learnhabit.storage.reminders import is_recorded, read_reminders, write_next_due

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Sequence
    from typing import Any

    Values = dict[str, Any]

NAMES = {
    "topic": ("topic", "topics"),
    "resource": ("resource", "resources"),
    "advice": ("hidden piece of advice", "hidden pieces of advice"),
    "setting": ("setting", "settings"),
    "day_start": ("start of the day", "starts of the day"),
    "cadence": ("cadence", "cadences"),
    "daily_amount": ("daily amount", "daily amounts"),
    "time_off": ("time off", "times off"),
    "session": ("session", "sessions"),
    "tag": ("tag", "tags"),
    "timer": ("timer", "timers"),
    "resolution": ("resolution", "resolutions"),
    "resolution_aim": ("target", "targets"),
    "check_in": ("check-in", "check-ins"),
    "review": ("weekly review", "weekly reviews"),
    "year_answer": ("answer on a year", "answers on a year"),
    "dismissal": ("dismissed suggestion", "dismissed suggestions"),
    "card": ("recall card", "recall cards"),
    "card_review": ("grade", "grades"),
    "reminder": ("reminder", "reminders"),
    "advice_shown": ("piece of advice that was shown", "pieces of advice that were shown"),
    "offer": ("offer", "offers"),
}
"""What a person calls a row of a table, and several."""
_DAY = 86_400


class Exported(Record):
    """What was written."""

    path: str
    rows: dict[str, int]
    """By table; those without any are left out."""
    entered: dict[str, int]
    """Those in which a person had a part."""


class Brought(Record):
    """What an import came to, or would."""

    added: dict[str, int]
    """Rows by table."""
    changed: dict[str, int]
    unchanged: dict[str, int]
    skipped: tuple[tuple[str, str, int], ...]
    """(table, why, rows)"""

    @property
    def totals(self) -> dict[str, int]:
        """`added`, `changed`, `unchanged` and `skipped` rows in all."""
        return {
            "added": sum(self.added.values()),
            "changed": sum(self.changed.values()),
            "unchanged": sum(self.unchanged.values()),
            "skipped": sum(number for _, _, number in self.skipped),
        }


class _RehearsedError(Exception):
    """Ends an import that is only tried."""


def export_pieces(
    workspace: Workspace, rows: dict[str, int], entered: dict[str, int] | None = None, *, ascii_only: bool = False
) -> Iterator[bytes]:
    """An export, piece by piece, of one state of the file; with `ascii_only` for a place that may hold nothing else.

    `rows` takes how many there are, by table, and `entered` in how many of them a person had a part.
    """

    def counted(table: str) -> Iterator[dict[str, object]]:
        for row in facts(workspace.store, table):
            rows[table] = rows.get(table, 0) + 1
            if entered is not None and (row.get("origin") != "catalogue" or touched(table, row)):
                entered[table] = entered.get(table, 0) + 1
            yield row

    made_at = datetime.fromtimestamp(workspace.now, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with workspace.store.snapshot():
        tables = {table: counted(table) for table in FACTS}
        yield from archive_pieces(SCHEMA_VERSION, f"learnhabit {__version__}", made_at, tables, ascii_only=ascii_only)


def export(workspace: Workspace, path: str, *, force: bool) -> Exported:
    """Write everything to a file that only its owner can read.

    LearnhabitError when it can't be written, or something is there already and `force` is not set.
    """
    rows: dict[str, int] = {}
    entered: dict[str, int] = {}
    written = write_file(path, export_pieces(workspace, rows, entered), force=force)
    return Exported(path=written, rows=rows, entered=entered)


def import_file(workspace: Workspace, path: str, *, dry_run: bool = False, revive: bool = False) -> Brought:
    """Merge an export into what is here: all of it or nothing, as one step to undo.

    A row that is newer wins, what the file lacks stays, and what was deleted here stays deleted unless it is newer
    there or `revive` is set. With `dry_run` nothing is kept. LearnhabitError for a file that is damaged or hostile.
    """
    data = read_file(path, LARGEST)
    importer = ArchiveImporter()
    if not importer.can_handle(path, data[:1000]):
        raise LearnhabitError(
            "This is no export of learnhabit",
            f"a table of sessions comes with learnhabit import --csv {path}" if data.strip() else "the file is empty",
        )
    try:
        return import_archive(workspace, importer.read(data), dry_run=dry_run, revive=revive)
    except MemoryError:
        raise LearnhabitError(
            "The file needs more memory than there is", "nothing was imported; close other programs, then try again"
        ) from None


def import_archive(workspace: Workspace, archive: Archive, *, dry_run: bool = False, revive: bool = False) -> Brought:
    """The same of an export that was read."""
    if archive.schema > SCHEMA_VERSION:
        raise LearnhabitError(
            "This export is newer than the program",
            f"its rows have schema {archive.schema}, this program knows {SCHEMA_VERSION}; nothing was imported."
            " Install the newest learnhabit",
        )
    for table in archive.tables:
        if table not in FACTS:
            raise damaged(f"it has the unknown table {table[:40]!r}")
    # Looked over before the file is locked: others can write meanwhile.
    found = {table: _checked(workspace, table, archive) for table in FACTS}
    try:
        return merged(workspace, lambda merge: _merge(workspace, merge, found, revive=revive), dry_run=dry_run)
    except RefusedRowError as error:
        rows = archive.tables.get(error.table, ())
        number = next((place for place, row in enumerate(rows, 1) if row.get("id") == error.row_id), 0)
        reason = " ".join(error.reason.split())
        raise _refused(error.table, number, "can't be stored", f"{reason}; nothing was imported") from None


def merged(workspace: Workspace, work: Callable[[Merge], None], *, dry_run: bool) -> Brought:
    """Do an import as one step to undo, or try it and keep nothing."""
    prepare(workspace.store)
    try:
        with workspace.change("imported nothing", imported=True) as change:
            merge = Merge(change)
            work(merge)
            if dry_run:
                raise _RehearsedError
            merge.finish(f"imported {words_for(merge.added, merge.changed)}")
    except _RehearsedError:
        pass
    workspace.forget()
    skipped = tuple((table, reason, len(ids)) for (table, reason), ids in merge.skipped.items())
    return Brought(added=merge.added, changed=merge.changed, unchanged=merge.unchanged, skipped=skipped)


def words_for(*counts: dict[str, int], most: int = 3) -> str:
    """`12 sessions, 2 resolutions and 30 more`."""
    total: dict[str, int] = {}
    for each in counts:
        for table, number in each.items():
            total[table] = total.get(table, 0) + number
    order = sorted((table for table in total if total[table]), key=lambda table: (-_weight(table), FACTS.index(table)))
    words = [f"{total[table]:,} {NAMES[table][total[table] != 1]}" for table in order[:most]]
    rest = sum(total[table] for table in order[most:])
    if rest:
        words.append(f"{rest:,} more")
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:]))) or "nothing"


def _weight(table: str) -> int:
    order = ("session", "resolution", "card", "topic", "reminder", "time_off", "review")
    return len(order) - order.index(table) if table in order else 0


def _refused(table: str, number: int, what: str, hint: str = "nothing was imported") -> LearnhabitError:
    name = NAMES[table][0]
    return LearnhabitError(f"{name[0].upper()}{name[1:]} {number} of the file {what}", hint)


def _merge(workspace: Workspace, merge: Merge, rows: dict[str, list[Values]], *, revive: bool) -> None:
    _check_periods(workspace, rows)
    aimed = {row["resolution"] for row in rows["resolution_aim"]}
    aimed |= {row[0] for row in workspace.store.all("SELECT DISTINCT resolution FROM resolution_aim")}
    for table in FACTS:
        found = rows[table]
        if table in ("topic", "resource", "advice"):
            merge_catalogue(merge, table, found, revive=revive)
        elif table in DATED:
            merge_dated(merge, table, found, revive=revive)
        elif table == "timer":
            merge_timer(merge, found)
        elif table == "card_review":
            graded = merge_grades(merge, found, workspace.new_id(), revive=revive)
            # A card that is newer there is due as that side knew it, and neither side knew all grades.
            _replay(workspace, merge, graded | merge.fresh.get("card", set()))
        elif table in ("advice_shown", "offer"):
            merge.add_quietly(table, found)
        else:
            merge.merge(table, _fitting(workspace, merge, table, found, aimed), revive=revive)
        if table == "card":
            merge.add_quietly("card", [row for row in found if row["deleted_at"] is not None])
    came = merge.fresh.get("reminder")
    if came:
        move_on(workspace, came)


def _checked(workspace: Workspace, table: str, archive: Archive) -> list[Values]:
    """The rows of a table, each whole and sensible; LearnhabitError that names the first that is not."""
    columns = columns_of(workspace.store, table)
    if table == "advice":
        columns = tuple(column for column in columns if column.name in ("id", "hidden_on", "updated_at"))
    given = archive.tables.get(table, [])
    if table == "timer" and len(given) > 1:
        raise damaged("it has several timers, of which one can run")
    try:
        rows = list(whole_rows(table, given, columns))
    except BadRowError as error:
        raise _refused(table, error.args[1], error.args[0]) from None
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        first = seen.setdefault(row["id"] if "id" in row else f"{row['day']} {row['moment']}", number)
        if first != number:
            raise _refused(table, number, f"has the id of number {first}")
    return rows


def _check_periods(workspace: Workspace, rows: dict[str, list[Values]]) -> None:
    begins = dict(workspace.store.all("SELECT id, period_start FROM resolution"))
    begins |= {row["id"]: row["period_start"] for row in rows["resolution"]}
    for number, row in enumerate(rows["resolution_aim"], 1):
        if row["period_end"] < begins.get(row["resolution"], ""):
            raise _refused("resolution_aim", number, "ends before its resolution begins")


def _fitting(
    workspace: Workspace, merge: Merge, table: str, rows: Sequence[Values], aimed: set[str]
) -> Iterator[Values]:
    """Those rows of a table that have what they need; the others are left out, and counted with the reason."""
    for row in rows:
        if row.get("deleted_at") is not None:
            if table != "card":
                merge.skip(table, row["id"], "deleted in the file")
        elif table == "setting" and row["id"] not in SETTINGS:
            merge.skip(table, row["id"], "unknown to this program")
        elif table == "session" and row["ended_at"] > workspace.now + _DAY:
            merge.skip(table, row["id"], "still to come")
        elif table == "resolution" and row["id"] not in aimed:
            merge.skip(table, row["id"], "its target is missing")
        elif table not in PARENTS or not merge.orphaned(table, row):
            yield row


def _replay(workspace: Workspace, merge: Merge, cards: set[str]) -> None:
    """Work out from their grades when cards are due that were here."""
    store = workspace.store
    here = store.all("SELECT id, origin, added_on FROM card WHERE seq <= ?", merge.last_before("card"))
    for card, origin, added_on in here if cards else ():
        if card in cards:
            first = date.fromisoformat(added_on) + FIRST.get(origin, timedelta())
            memory = replayed(first, read_grades(store, card))
            if memory != read_memory(store, card):
                merge.adjust("card", card, memory_row(memory))


def move_on(workspace: Workspace, which: Container[str] | None = None) -> None:
    """Let reminders (all, or those with these ids) be due at their first time from now on, or later where that one was
    left out by hand; inside the caller's transaction."""
    wall = workspace.now_wall.replace(tzinfo=None)
    for reminder in read_reminders(workspace.store, "AND enabled = 1"):
        if (which is None or reminder.id in which) and (reminder.next_due is None or reminder.next_due <= wall):
            due = next_occurrence(reminder.rule, reminder.starts_on, wall)
            while due is not None and is_recorded(workspace.store, reminder.id, due):
                due = next_occurrence(reminder.rule, reminder.starts_on, due)
            write_next_due(workspace.store, reminder.id, due)
