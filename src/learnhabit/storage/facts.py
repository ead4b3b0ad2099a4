"""Which tables hold what a person knows of themselves, and what of it leaves with an export."""

from __future__ import annotations

from learnhabit.domain.record import Record
from learnhabit.storage.connection import patiently

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from learnhabit.storage.store import Store

FACTS = (
    "topic",
    "resource",
    "advice",
    "setting",
    "day_start",
    "cadence",
    "daily_amount",
    "time_off",
    "session",
    "tag",
    "timer",
    "resolution",
    "resolution_aim",
    "check_in",
    "review",
    "year_answer",
    "dismissal",
    "card",
    "card_review",
    "reminder",
    "advice_shown",
    "offer",
)
"""What an export holds; a row stands behind those that it refers to."""
LOCAL = frozenset(
    {"meta", "day_total", "month_total", "scan_state", "journal", "journal_row", "search_queue", "delivery"}
)
"""What stays: of this device alone, or worked out anew."""

_LEFT_OUT = {
    "timer": frozenset({"boot_id", "boot_clock", "heartbeat_at"}),
    "topic": frozenset({"withdrawn"}),
    "resource": frozenset({"withdrawn"}),
}
"""Columns that say something of this device or this program's catalogue only."""
_ADVICE = ("hidden_on", "id", "updated_at")
"""Advice is the catalogue's; a person only hides it."""
_LIVE = {
    "advice": "hidden_on IS NOT NULL",
    "tag": "deleted_at IS NULL AND session IN (SELECT id FROM session WHERE deleted_at IS NULL)",
    "resolution_aim": "deleted_at IS NULL AND resolution IN (SELECT id FROM resolution WHERE deleted_at IS NULL)",
    "check_in": "deleted_at IS NULL AND resolution IN (SELECT id FROM resolution WHERE deleted_at IS NULL)",
    "card": "true",
}
_ORDER = {"timer": "one", "advice_shown": "day, moment", "offer": "id"}
_OWN_KIND, _KIND = 14, "8"
"""Where a UUID says of which kind it is, and the kind (RFC 9562: free for any use) of those that stay here; all others
are of kind 7."""


def staying_id(uuid: str) -> str:
    """An id for a row of the review log that undo of an import wrote: such a row says nothing to other devices."""
    return f"{uuid[:_OWN_KIND]}{_KIND}{uuid[_OWN_KIND + 1 :]}"


def stays_here(row_id: str) -> bool:
    """Whether a row of the review log is one that undo of an import wrote, or doing it again."""
    return row_id[_OWN_KIND : _OWN_KIND + 1] == _KIND


class Column(Record):
    """A column as the schema has it."""

    name: str
    kind: str
    """`TEXT`, `INTEGER` or `REAL`."""
    optional: bool
    """May be NULL."""
    default: object
    """What a row of an older export gets; of `required` ones nothing."""
    required: bool


def columns_of(store: Store, table: str) -> tuple[Column, ...]:
    """The columns of which an export may speak, in the schema's order."""
    left_out = _LEFT_OUT.get(table, frozenset())
    found = []
    for _, name, kind, notnull, default, key in store.all(f"PRAGMA table_info({table})"):
        if name in ("seq", "one") or name in left_out:
            continue
        literal = None if default in (None, "NULL") else default
        value: object = literal.strip("'") if literal is not None and kind == "TEXT" else literal
        if literal is not None and kind == "INTEGER":
            value = int(literal)
        optional = not notnull and not key
        found.append(
            Column(name=name, kind=kind, optional=optional, default=value, required=not optional and literal is None)
        )
    return tuple(found)


def exported_columns(store: Store, table: str) -> tuple[str, ...]:
    """The names of what leaves, sorted as in the file."""
    if table == "advice":
        return _ADVICE
    names = sorted(column.name for column in columns_of(store, table))
    return tuple(name for name in names if name != "deleted_at" or table == "card")


def facts(store: Store, table: str) -> Iterator[dict[str, object]]:
    """The rows of a table that leave, in the order in which they were entered; inside the caller's snapshot.

    Of what was deleted nothing does, but the days on which a card that is gone was graded. Of an import that was undone
    nothing does either: it is as if it had never been.
    """
    names = exported_columns(store, table)
    unsaid = _unsaid(store) if table in ("card", "card_review") else set()
    # The review log stays when a card goes, and still counts: its card leaves as a name without words.
    named = _graded(store, unsaid) if table == "card" else set()
    live = _LIVE.get(table, "deleted_at IS NULL" if "deleted_at" in store.columns(table) else "true")
    order = _ORDER.get(table, "seq")
    for row in patiently(store.connection, f"SELECT {', '.join(names)} FROM {table} WHERE {live} ORDER BY {order}"):
        found = dict(zip(names, row, strict=True))
        if table == "card":
            if found["deleted_at"] is None:
                del found["deleted_at"]
            elif found["id"] in named:
                found |= {"question": "", "answer": ""}
            else:
                continue
        elif found.get("id") in unsaid:
            continue
        yield found


def _graded(store: Store, unsaid: set[str]) -> set[str]:
    """Deleted cards of which a row of the review log leaves."""
    rows = store.all(
        "SELECT id, card FROM card_review WHERE card IN (SELECT id FROM card WHERE deleted_at IS NOT NULL)"
    )
    return {card for name, card in rows if name not in unsaid}


def _unsaid(store: Store) -> set[str]:
    """Rows of the review log that stay: those that undo of an import wrote, and what they take back."""
    verdicts: dict[str, list[tuple[str, int]]] = {}
    kind = f"substr(id, {_OWN_KIND + 1}, 1) = '{_KIND}'"
    for grade, name, voided in store.all(
        "SELECT of_review, id, voided FROM card_review WHERE of_review IN"
        f" (SELECT of_review FROM card_review WHERE of_review IS NOT NULL AND {kind}) ORDER BY seq"
    ):
        verdicts.setdefault(grade, []).append((name, voided))
    found: set[str] = set()
    for grade, rows in verdicts.items():
        found |= {name for name, _ in rows if stays_here(name)}
        said = [row for row in rows if not stays_here(row[0])]
        last, voided = rows[-1]
        if stays_here(last):
            # What was said otherwise came with the import; where nothing else was said, the grade itself did.
            while said and said[-1][1] != voided:
                found.add(said.pop()[0])
            if voided and not said:
                found.add(grade)
    return found
