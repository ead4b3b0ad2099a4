"""Whether a row of an export is one that this program could have written: what the schema's own checks don't see."""

from __future__ import annotations

import re
from datetime import date, datetime

from learnhabit.domain.link import read_link
from learnhabit.domain.quiet_hours import OFF, read_quiet_hours
from learnhabit.domain.reminder_rule import read_rule
from learnhabit.domain.text import accept
from learnhabit.errors import LearnhabitError
from learnhabit.services.recording import tag_id
from learnhabit.storage.merging_rules import TEXTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    from learnhabit.storage.facts import Column

    Values = dict[str, Any]

FIRST_DAY, LAST_DAY = "1970-01-01", "8999-12-31"
"""Days that the program counts with."""
LAST_INSTANT = 253_370_764_799
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ZONE = re.compile(r"[A-Za-z0-9_+\-/:.]{0,64}")
_PAUSES = re.compile(r"([0-9]{1,12}-[0-9]{1,12}( [0-9]{1,12}-[0-9]{1,12})*)?")
_OFFER = re.compile(r"[a-z0-9-]{1,40}(:[0-9-]{1,20})?")
_EPOCH = date(1970, 1, 1).toordinal()
_TYPES = {"TEXT": frozenset({str}), "INTEGER": frozenset({int}), "REAL": frozenset({float, int})}


_DAYS = frozenset(
    {
        *("effective_from", "from_day", "to_day", "entered_on", "removed_on", "study_day", "period_start"),
        *("period_end", "made_on", "let_go_on", "day", "week_start", "written_on", "finished_on", "followed_on"),
        *("archived_on", "hidden_on", "added_on", "suspended_on", "reviewed_on", "due_on", "starts_on"),
    }
)
_INSTANTS = frozenset(
    {
        *("created_at", "updated_at", "deleted_at", "started_at", "ended_at", "paused_at", "reviewed_at"),
        *("due_at", "made_at"),
    }
)
_DEEPEST = 10**9


class BadRowError(Exception):
    """What is wrong with a row, in words that begin behind its name."""


def whole_rows(table: str, rows: Sequence[Values], columns: Sequence[Column]) -> Iterator[Values]:
    """Rows with all columns in one order, defaults where an older export has none, each of them checked.

    Raises BadRowError(what, number of the row from 1 on).
    """
    names = [column.name for column in columns]
    known = frozenset(names)
    defaults = {column.name: column.default for column in columns if not column.required}
    required = [column.name for column in columns if column.required]
    check = _CHECKS.get(table)
    verified: set[tuple[type, ...]] = set()
    texts = [column.name for column in columns if column.kind == "TEXT"]
    days = [name for name in names if name in _DAYS]
    instants = [name for name in names if name in _INSTANTS]
    done = 0
    try:
        for row in rows:
            if not row.keys() <= known:
                raise BadRowError(f"has the unknown column “{next(name for name in row if name not in known)[:40]}”")
            for name in required:
                if name not in row:
                    raise BadRowError(f"has no {name}")
            whole: Values = {name: row[name] if name in row else defaults[name] for name in names}
            kinds = tuple(map(type, whole.values()))
            if kinds not in verified:
                _check_kinds(columns, kinds)
                verified.add(kinds)
            # Most text is printable, and that is quickly seen.
            if not "".join([whole[name] or "" for name in texts]).isprintable():
                _check_text(whole, texts)
            for name in days:
                day = whole[name]
                if day is not None and not FIRST_DAY <= day <= LAST_DAY:
                    raise BadRowError(f"has a {name} that is out of reach")
            for name in instants:
                instant = whole[name]
                if instant is not None and not 0 <= instant <= LAST_INSTANT:
                    raise BadRowError(f"has a {name} that is out of reach")
            if check is not None:
                check(whole)
            yield whole
            done += 1
    except BadRowError as error:
        raise BadRowError(*error.args, done + 1) from None


def _check_kinds(columns: Sequence[Column], kinds: tuple[type, ...]) -> None:
    for column, kind in zip(columns, kinds, strict=True):
        if kind is type(None):
            if not column.optional:
                raise BadRowError(f"has no {column.name}")
        elif kind not in _TYPES[column.kind]:
            wanted = {"TEXT": "text", "INTEGER": "a whole number", "REAL": "a number"}[column.kind]
            raise BadRowError(f"has a {column.name} that is not {wanted}")


def _check_text(row: Values, names: Sequence[str]) -> None:
    for name in names:
        if accept((row[name] or "").replace("\r", ""))[1]:
            raise BadRowError(f"has a {name} with characters that can't be stored")


def _uuid(row: Values) -> None:
    if _UUID.fullmatch(row["id"]) is None:
        raise BadRowError("has an id that is none")


_good: set[str] = set()
"""Names of topics and zones that were looked at: sessions have the same ones again and again."""


def _slugs(text: str, name: str) -> None:
    if text in _good:
        return
    if not all(_SLUG.fullmatch(each) and len(each) <= 80 for each in text.split("\n") if text):
        raise BadRowError(f"has a {name} that names no topic or resource")
    _good.add(text)


def _session(row: Values) -> None:
    _uuid(row)
    _place(row)
    if row["day_moves"] == 0:
        day = (row["started_at"] + row["utc_offset"] * 60) // 86_400 + _EPOCH
        if abs(_day(row["study_day"]) - day) > 1:
            raise BadRowError("counts for a day on which it was not studied")
    elif row["day_moves"] > 1_000_000:
        raise BadRowError("was moved too often")


_ordinals: dict[str, int] = {}


def _day(text: str) -> int:
    found = _ordinals.get(text)
    if found is None:
        try:
            found = _ordinals[text] = date.fromisoformat(text).toordinal()
        except ValueError:
            raise BadRowError("has a day that is none") from None
    return found


def _place(row: Values) -> None:
    """What a session and a timer have in common."""
    _slugs(row["topic"], "topic")
    if row["resource"] is not None:
        _slugs(row["resource"], "resource")
    if abs(row["utc_offset"]) > 1439 or _ZONE.fullmatch(row["zone"]) is None:
        raise BadRowError("has a zone that is none")
    if row["pauses"]:
        if _PAUSES.fullmatch(row["pauses"]) is None:
            raise BadRowError("has pauses that are none")
        for pair in row["pauses"].split(" "):
            start, end = map(int, pair.split("-"))
            if not start <= end <= LAST_INSTANT:
                raise BadRowError("has pauses that are none")


def _tag(row: Values) -> None:
    if _UUID.fullmatch(row["session"]) is None or row["id"] != tag_id(row["session"], row["name"]):
        raise BadRowError("has an id that does not follow from its session and name")
    if not row["name"].strip() or "\n" in row["name"]:
        raise BadRowError("has no name on one line")


def _timer(row: Values) -> None:
    _uuid(row)
    _place(row)
    if row["paused_at"] is not None and row["paused_at"] < row["started_at"]:
        raise BadRowError("was paused before it began")


def _catalogued(table: str) -> Callable[[Values], None]:
    def check(row: Values) -> None:
        _slugs(row["id"] or "?", "id")
        if row["edited"] and not set(row["edited"].split("\n")) <= set(TEXTS[table]):
            raise BadRowError("was edited in columns that nobody can edit")
        if abs(row["position"]) > _DEEPEST:
            raise BadRowError("has a position that is none")
        if table == "topic":
            _slugs(row["prerequisites"], "prerequisite")
            return
        _slugs(row["topic"] or "?", "topic")
        _link(row["url"])
        done, whole = row["done_amount"], row["whole_amount"]
        if (done is None) != (whole is None) or (done is None) != (row["unit"] is None) or (done or 0) > (whole or 0):
            raise BadRowError("has a progress that is none")
        if abs(row["place"] or 0) > _DEEPEST or abs(row["year"] or 0) > 9999 or (row["minutes"] or 0) > _DEEPEST:
            raise BadRowError("has a number that is out of reach")

    return check


def _link(url: str) -> None:
    try:
        if read_link(url) == url:
            return
    except LearnhabitError:
        pass
    raise BadRowError("has a link that does not begin with http:// or https://")


def _setting(row: Values) -> None:
    fits = SETTINGS.get(row["id"])
    try:
        if fits is None or fits(row["value"]):
            return
    except LearnhabitError:
        pass
    raise BadRowError(f"gives {row['id']} a value that it can't have")


def _number(text: str, least: int, most: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 9 and least <= int(text) <= most


SETTINGS: dict[str, Callable[[str], bool]] = {
    "week_start": lambda text: text in ("monday", "sunday", "saturday"),
    "clock": lambda text: text in ("12", "24"),
    "quiet_hours": lambda text: read_quiet_hours(text) is not None or text == OFF,
    "catch_up": lambda text: _number(text, 60, 86_400),
    "bell": lambda text: text in ("on", OFF),
    "recall_limit": lambda text: _number(text, 1, 999),
    "cue": lambda text: len(text) <= 80,
    "partner": lambda text: len(text) <= 80,
}
"""What each setting of the data may be; others are left out."""


def _cadence(row: Values) -> None:
    _uuid(row)
    if len(set(row["weekdays"])) != len(row["weekdays"]):
        raise BadRowError("names a weekday twice")


def _resolution(row: Values) -> None:
    _uuid(row)
    _slugs(row["scope"], "scope")


_STEP = {"learning": 0, "relearning": 0, "review": None}
"""The step that belongs to a phase: while a card is learned there is one, the first, and FSRS counts with it."""


def _card(row: Values) -> None:
    _uuid(row)
    _slugs(row["topic"], "topic")
    memory = row["stability"], row["difficulty"]
    if row["phase"] == "new":
        if memory != (None, None) or row["step"] is not None:
            raise BadRowError("is new and has a memory")
    elif None in memory or not 0 < memory[0] <= 1e6 or not 1 <= memory[1] <= 10:
        raise BadRowError("has a memory that is none")
    elif row["step"] != _STEP.get(row["phase"]):
        raise BadRowError("has a step that does not belong to its phase")


def _reminder(row: Values) -> None:
    _uuid(row)
    try:
        read_rule(row["rule"])
        if row["next_due"] is not None and not 1970 <= datetime.fromisoformat(row["next_due"]).year < 9000:
            raise ValueError("out of reach")
    except (LearnhabitError, ValueError):
        raise BadRowError("has a rule or a time that is none") from None


def _dismissal(row: Values) -> None:
    _slugs(row["topic"], "topic")
    if row["id"] != f"{row['day']}:{row['topic']}":
        raise BadRowError("has an id that does not follow from its topic and day")


def _offer(row: Values) -> None:
    if _OFFER.fullmatch(row["id"]) is None:
        raise BadRowError("has an id that is none")


_CHECKS: dict[str, Callable[[Values], None]] = {
    "topic": _catalogued("topic"),
    "resource": _catalogued("resource"),
    "setting": _setting,
    "day_start": _uuid,
    "cadence": _cadence,
    "daily_amount": _uuid,
    "time_off": _uuid,
    "session": _session,
    "tag": _tag,
    "timer": _timer,
    "resolution": _resolution,
    "resolution_aim": _uuid,
    "check_in": _uuid,
    "review": _uuid,
    "year_answer": _uuid,
    "dismissal": _dismissal,
    "card": _card,
    "card_review": _uuid,
    "reminder": _reminder,
    "offer": _offer,
}
