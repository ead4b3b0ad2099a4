"""What the doctor looks at in the database: each check reads, and says what it found."""

from __future__ import annotations

import os
from datetime import date, timedelta

from learnhabit.domain.day_text import long_day
from learnhabit.domain.quiet_hours import read_quiet_hours
from learnhabit.domain.reminder_rule import read_rule
from learnhabit.domain.scan import advance
from learnhabit.domain.text import quoted
from learnhabit.errors import LearnhabitError
from learnhabit.services.findings import Case, Finding, better, fine, wrong
from learnhabit.storage import checking
from learnhabit.storage.connection import APPLICATION_ID, SCHEMA_VERSION
from learnhabit.storage.rules import first_session_day, read_day_seconds, read_day_starts, read_rules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from learnhabit.domain.scan import ScanState

FIX = "learnhabit doctor --fix"
_WORDS = {
    "session": "session",
    "resource": "resource",
    "card": "recall card",
    "delivery": "reminder's delivery",
    "tag": "tag",
    "resolution": "resolution",
    "resolution_aim": "resolution's target",
    "check_in": "check-in",
    "card_review": "card's grade",
    "journal_row": "step to undo",
}
_STRAY_DO = {
    "session": "learnhabit edit ID --topic TOPIC gives it another one, learnhabit sessions shows ids",
    "card": "learnhabit recall edit ID --topic TOPIC gives it another one",
    "resource": "learnhabit resource edit changes it; nothing is lost",
    "resolution": "learnhabit resolution list leaves it out; learnhabit resolve makes it anew",
}
_SETTINGS: dict[str, Callable[[str], bool]] = {
    "week_start": lambda value: value in ("monday", "sunday", "saturday"),
    "clock": lambda value: value in ("12", "24"),
    "bell": lambda value: value in ("on", "off"),
    "recall_limit": lambda value: value.isdigit() and int(value[:9]) > 0,
    "catch_up": lambda value: value.isdigit() and int(value[:9]) > 0,
    "quiet_hours": lambda value: read_quiet_hours(value) is not None or value == "off",
}
"""What a stored setting may be; the others are words of the person's own."""


def file(case: Case) -> Finding:
    """Whether there is a database, and it is one of this program's."""
    if case.trouble is not None:
        return wrong("file", f"{case.trouble.title[:1].lower()}{case.trouble.title[1:]}", case.trouble.hint)
    if case.header is None:
        return fine("file", f"there is no {os.path.basename(case.path)} yet; the first session makes it")
    version, application = case.header
    if application not in (APPLICATION_ID, 0):
        return wrong(
            "file",
            f"{os.path.basename(case.path)} belongs to another program",
            "move it away, or choose another --data-dir",
        )
    if version == application == 0:
        return better("file", f"{os.path.basename(case.path)} is not finished", "learnhabit status finishes it")
    return fine("file", f"{os.path.basename(case.path)}, {size_words(os.path.getsize(case.path))}")


def schema(case: Case) -> Finding:
    """Whether the program and the file speak of the same tables."""
    version = case.header[0] if case.header else SCHEMA_VERSION
    if version > SCHEMA_VERSION:
        return wrong(
            "schema", f"the file has version {version}, the program {SCHEMA_VERSION}", "install the newest learnhabit"
        )
    if version < SCHEMA_VERSION:
        return better(
            "schema",
            f"the file has version {version}, the program {SCHEMA_VERSION}",
            "the next command, such as learnhabit status, copies it aside and brings it up to date",
        )
    return fine("schema", f"version {version}")


def integrity(case: Case) -> Finding:
    """Whether the file is whole, as far as SQLite can see."""
    found = checking.integrity(case.store)
    if not found:
        case.sound = True
        return fine("integrity", "SQLite finds nothing wrong")
    first = " ".join(found[0].split())
    said = f"{first}{f', and {len(found) - 1} more' if len(found) > 1 else ''}"
    if checking.is_about_indexes(found):
        return wrong("integrity", f"an index is damaged, no row is ({said})", FIX, mends=True)
    return wrong("integrity", f"the file is damaged: {said}", rescue(case))


def rescue(case: Case) -> str:
    """What helps against damage that can't be mended."""
    from learnhabit.services.backups import newest_good

    try:
        good = newest_good(case.folder)
    except (LearnhabitError, OSError):
        good = None
    saves = "learnhabit doctor --salvage FILE.json writes what can still be read"
    return f"learnhabit backup restore {good.id} brings the newest good backup back; {saves}" if good else saves


def totals(case: Case) -> Finding:
    """Whether the sums that are kept are those of the sessions."""
    number = checking.wrong_totals(case.store)
    if number:
        return wrong("totals", f"{_many(number, 'sum')} of a day or month differ from the log", FIX, mends=True)
    return fine("totals", "the sums by day and month are those of the log")


def states(case: Case) -> Finding:
    """Whether run and strength, as they are kept, are what a scan from the first day on finds."""
    store = case.store
    kept = checking.kept_states(store)
    first = first_session_day(store)
    different = 0
    if kept and first is not None:
        rules, last = read_rules(store), max(date.fromisoformat(day) for day in kept)
        seconds = read_day_seconds(store, first, last)
        state: ScanState | None = None
        day = first
        while day <= last:
            state = advance(state, day, seconds.get(day, 0), rules)
            stored = kept.pop(day.isoformat(), None)
            if stored is not None:
                different += stored != tuple(vars(state).values())[1:]
            day += timedelta(days=1)
    # What is left belongs to no day since the first session.
    different += len(kept)
    if different:
        return wrong("run and strength", f"{_many(different, 'day')} differ from a new count", FIX, mends=True)
    return fine("run and strength", "what is kept is what a new count finds")


def recall(case: Case) -> Finding:
    """Whether each card is due when its grades say so."""
    from learnhabit.services.recall import drifted_cards

    assert case.workspace is not None
    number = len(drifted_cards(case.workspace))
    if number:
        return wrong("recall", f"{_many(number, 'card')} differ from their grades", FIX, mends=True)
    return fine("recall", "every card stands where its grades lead")


def references(case: Case) -> Finding:
    """Rows that refer to what is not there."""
    cut = checking.cut_off(case.store)
    if cut:
        said = ", ".join(_many(number, _WORDS.get(table, table)) for table, number in sorted(cut.items()))
        return wrong("references", f"{said} belong to what is missing", rescue(case))
    found = checking.strays(case.store)
    if not found:
        return fine("references", "nothing refers to what is missing")
    said = "; ".join(
        f"{_many(number, _WORDS[table])} without {'its' if number == 1 else 'their'} {parent} ({quoted(name)})"
        for table, parent, number, name in found
    )
    return better("references", said, _STRAY_DO.get(found[0][0], "nothing is lost; a later import may bring it"))


def settings(case: Case) -> Finding:
    """Settings, and the rules that hold from a day on."""
    stored = checking.stored_settings(case.store)
    for key, allowed in _SETTINGS.items():
        if key in stored and not _holds(allowed, stored[key]):
            return wrong("settings", f"{key} is {quoted(stored[key])}", f"learnhabit settings {key} VALUE sets it anew")
    rules, starts = read_rules(case.store), read_day_starts(case.store)
    dated = len(rules.cadences) + len(rules.minimums) + len(rules.goals) + len(starts)
    return fine("settings", f"{_many(len(stored), 'setting')}, {_many(dated, 'rule')}, all understood")


def _holds(allowed: Callable[[str], bool], value: str) -> bool:
    try:
        return allowed(value)
    except (LearnhabitError, ValueError):
        return False


def reminders(case: Case) -> Finding:
    """Rules of reminders that can't be read."""
    rules = checking.reminder_rules(case.store)
    for name, rule, _ in rules:
        try:
            read_rule(rule)
        except (LearnhabitError, ValueError):
            return wrong("reminders", f"the rule {quoted(rule)} of {name[-6:]} can't be read", rescue(case))
    on = sum(enabled for *_, enabled in rules)
    return fine("reminders", f"{_many(len(rules), 'reminder')}, {on} on")


def time(case: Case) -> Finding:
    """Sessions that are not over yet, as by a clock that was wrong; and pauses that are none."""
    assert case.workspace is not None
    bad = checking.unreadable_pauses(case.store)
    if bad:
        return wrong("time", f"the pauses of {_many(bad, 'session')} can't be read", rescue(case))
    found = checking.latest_end(case.store)
    # Half a minute is the difference between two clocks.
    if found is not None and found[1] > case.now + 30:
        day = long_day(case.clock.local(found[1]).date())
        return better(
            "time",
            f"the session {found[0][-6:]} ends on {day}, which is to come: a clock was or is wrong",
            f"learnhabit edit {found[0][-6:]} --at WHEN, or learnhabit delete {found[0][-6:]}",
        )
    return fine("time", "no session ends after now")


def search(case: Case) -> Finding:
    """Whether the search index, if there is one, can be read."""
    trouble = checking.index_trouble(case.store)
    if trouble:
        return better("search", f"the index: {trouble}", f"{FIX}, or the next search, makes it anew", mends=True)
    return fine("search", "the index is made and renewed by searching")


def size_words(number: int) -> str:
    """`12.3 MB`."""
    if number >= 1e9:
        return f"{number / 1e9:,.1f} GB"
    return f"{number / 1e6:,.1f} MB" if number >= 1e5 else f"{number / 1e3:,.0f} kB"


def _many(number: int, word: str) -> str:
    plural = word[:-1] + "ies" if word.endswith("y") and word[-2:] not in ("ay",) else f"{word}s"
    return f"{number:,} {word if number == 1 else plural}"
