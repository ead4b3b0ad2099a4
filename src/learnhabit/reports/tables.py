"""The summary as CSV tables. Sessions leave at the full level only; no cell is a formula."""

from __future__ import annotations

import csv
import io
import zipfile

from learnhabit.reports.clean import block
from learnhabit.reports.shared import HOUR

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from learnhabit.domain.session import Session
    from learnhabit.reports.shared import Shared, SharedResolution

    Table = tuple[str, Sequence[str], list[Sequence[object]]]

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
"""A text that begins so would be computed by a spreadsheet; full-width signs are folded by some."""
_STAMP = (1980, 1, 1, 0, 0, 0)
"""Of the files in an archive: when it was made is nobody's business."""


def cell(value: object) -> object:
    """A text that no spreadsheet takes for a formula; numbers and dates as they are, nothing for None."""
    if not isinstance(value, str):
        return "" if value is None else value
    text = block(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def tables(shared: Shared, sessions: Iterable[Session]) -> dict[str, str]:
    """File name and content of each table the level allows; `sessions` are looked at on full only."""
    return {f"{name}.csv": _written(heads, rows) for name, heads, rows in _tables(shared, sessions)}


def archive(files: dict[str, str]) -> bytes:
    """The same files as one zip, the same bytes each time."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, text.encode())
    return made.getvalue()


def _written(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([cell(value) for value in row] for row in rows)
    return made.getvalue()


def _tables(shared: Shared, sessions: Iterable[Session]) -> Iterable[Table]:
    period = shared.period
    totals: list[Sequence[object]] = [
        ("year", period.year),
        ("from", period.first.isoformat()),
        ("to", (period.end if period.future else period.last).isoformat()),
        ("so_far", int(period.so_far)),
        ("share", shared.share),
        ("seconds", shared.seconds),
        ("days", shared.days),
        ("weeks_kept", shared.weeks_kept),
        ("weeks_over", shared.weeks_over),
        *((f"resolutions_{name}", count) for name, count in shared.states.items()),
    ]
    if shared.full is not None:
        totals += [
            ("sessions", shared.full.sessions),
            ("run_longest", shared.full.rhythm.run_longest),
            ("hash", shared.full.hash),
        ]
    yield "totals", ("name", "value"), totals
    yield (
        "months",
        ("month", "seconds", "hours"),
        [(f"{each.first:%Y-%m}", each.seconds, _hours(each.seconds)) for each in shared.months],
    )
    yield (
        "weeks",
        ("week_start", "seconds", "hours"),
        [(start.isoformat(), seconds, _hours(seconds)) for start, seconds in shared.weeks],
    )
    if shared.topics is not None:
        yield (
            "topics",
            ("topic", "title", "seconds", "hours"),
            [(each.topic, each.title, each.seconds, _hours(each.seconds)) for each in shared.topics],
        )
    if shared.resolutions is not None:
        yield "resolutions", _RESOLUTION, [_resolution(each) for each in shared.resolutions]
    if shared.full is not None:
        yield from _full(shared, sessions)


_RESOLUTION = ("statement", "state", "progress", "first_target", "target", "unit")


def _resolution(each: SharedResolution) -> Sequence[object]:
    statement, result = each.statement, each.result
    resolution, standing = result.resolution, result.standing
    hours = HOUR if resolution.measure == "hours" else 1
    counted = 1 if resolution.per else hours
    unit = resolution.kind or resolution.measure
    return (
        statement,
        standing.state,
        standing.progress / counted if counted > 1 else standing.progress,
        resolution.first_target / hours if hours > 1 else resolution.first_target,
        resolution.target / hours if hours > 1 else resolution.target,
        f"{unit} a {resolution.per}" if resolution.per else unit,
    )


def _full(shared: Shared, sessions: Iterable[Session]) -> Iterable[Table]:
    full = shared.full
    assert full is not None
    yield (
        "days",
        ("day", "seconds", "kind"),
        [(each.day.isoformat(), each.seconds, each.kind) for each in full.heatmap],
    )
    yield (
        "hours",
        ("weekday", "hour", "seconds"),
        [
            (weekday, hour, seconds)
            for weekday, row in enumerate(full.rhythm.hours)
            for hour, seconds in enumerate(row)
            if seconds
        ],
    )
    yield (
        "finished",
        ("day", "title", "kind", "topic"),
        [(each.day.isoformat(), each.title, each.kind, each.topic) for each in full.finished],
    )
    words: list[Sequence[object]] = [("answer", "", key, text) for key, text in full.words.answers]
    words += [("takeaway", each.day.isoformat(), each.topic, each.text) for each in full.words.takeaways]
    words += [("review", each.week_start.isoformat(), "", each.text) for each in full.words.reviews]
    yield "words", ("what", "day", "about", "text"), words
    yield (
        "sessions",
        ("study_day", "started_at", "seconds", "topic", "topic_title", "note", "takeaway", "tags", "resource", "id"),
        [_session(each) for each in sessions],
    )


def _session(session: Session) -> Sequence[object]:
    from learnhabit.domain.day_text import wall_at

    return (
        session.study_day.isoformat(),
        wall_at(session.started_at, session.utc_offset).isoformat(),
        session.seconds,
        session.topic,
        session.topic_title,
        session.note,
        session.takeaway,
        " ".join(f"#{tag}" for tag in session.tags),
        session.resource_title,
        session.id,
    )


def _hours(seconds: int) -> float:
    return round(seconds / HOUR, 4)
