"""The summary as a file, or as text for the standard output."""

from __future__ import annotations

import os

from learnhabit import __version__
from learnhabit.domain.record import Record
from learnhabit.domain.year_summary import Period, YearSummary
from learnhabit.errors import LearnhabitError, UsageError
from learnhabit.reports.shared import LEVELS, Shared, shared
from learnhabit.services.files import checked_file, checked_folder, write_file, write_folder
from learnhabit.services.resolutions import find_resolution
from learnhabit.services.workspace import Workspace
from learnhabit.storage.sessions import list_sessions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from learnhabit.domain.session import Session

FORMATS = {
    "html": "one page, no script, to look at, print and send",
    "md": "text with tables",
    "json": "for programs, with a schema",
    "csv": "tables, one row a session",
    "png": "a card of 1200 × 630 to share",
    "pdf": "the page on paper",
}
"""Every format, and what it is for."""
TEXTS = ("md", "json")
"""Go to the standard output unless a file is named."""
_ENDINGS = {"htm": "html", "markdown": "md", "zip": "csv"}
_CHUNK = 5_000


class Made(Record):
    """A summary in a format."""

    data: bytes
    tables: dict[str, str]
    """Of CSV: content by file name."""


def format_of(name: str | None, path: str | None) -> str:
    """The format that was asked for, else the one of a file's ending, else html; UsageError for an unknown one."""
    if name is not None:
        wanted = _ENDINGS.get(name.strip().lower(), name.strip().lower())
        if wanted not in FORMATS:
            raise UsageError(f"There is no format “{name}”", f"there are {', '.join(FORMATS)}")
        return wanted
    ending = os.path.splitext(path or "")[1][1:].lower()
    ending = _ENDINGS.get(ending, ending)
    return ending if ending in FORMATS else "html"


def level_of(name: str | None, kind: str) -> str:
    """The level that was asked for; without one a card is public and a file full. UsageError for an unknown one."""
    if name is None:
        return "public" if kind == "png" else "full"
    wanted = name.strip().lower()
    if wanted not in LEVELS:
        raise UsageError(f"There is no level “{name}”", f"there are {', '.join(LEVELS)}")
    return wanted


def default_name(period: Period, share: str, kind: str) -> str:
    """`learnhabit-2026-full.html`; of a stretch of days with its two ends."""
    when = f"{period.year}" if period.year is not None else f"{period.first:%Y%m%d}-{period.end:%Y%m%d}"
    return f"learnhabit-{when}-{share}.{kind}"


def approved_ids(workspace: Workspace, references: Sequence[str]) -> frozenset[str]:
    """The resolutions whose titles friends may see; UsageError for an unknown one."""
    return frozenset(find_resolution(workspace, each).id for each in references)


def share(summary: YearSummary, level: str, approved: frozenset[str]) -> Shared:
    """What a level lets through."""
    return shared(summary, level, approved, f"learnhabit {__version__}")


def make(workspace: Workspace, found: Shared, kind: str, progress: Callable[[int, int], None] | None = None) -> Made:
    """The summary in a format; `progress` hears (sessions read, sessions in all) while tables are made.

    LearnhabitError for a PDF where what makes it is missing.
    """
    if kind == "csv":
        from learnhabit.reports.tables import tables

        return Made(data=b"", tables=tables(found, _sessions(workspace, found, progress)))
    return Made(data=_data(found, kind), tables={})


def _data(found: Shared, kind: str) -> bytes:
    if kind == "json":
        return json_text(found).encode()
    if kind == "md":
        from learnhabit.reports.markdown import markdown

        return markdown(found).encode()
    if kind == "png":
        from learnhabit.reports.card import card

        return card(found)
    from learnhabit.reports.page import page

    if kind == "pdf":
        from learnhabit.reports.paper import pdf

        return pdf(page(found))
    return page(found).encode()


def json_text(found: Shared) -> str:
    """The summary as JSON on one line a field's depth deep, what a terminal would obey escaped."""
    import json

    from learnhabit.domain.text import escape_json
    from learnhabit.reports.json_report import summary_json

    return escape_json(json.dumps(summary_json(found), ensure_ascii=False)) + "\n"


def _sessions(workspace: Workspace, found: Shared, progress: Callable[[int, int], None] | None) -> Sequence[Session]:
    if found.full is None:
        return ()
    period = found.period
    read: list[Session] = []
    where = ["study_day BETWEEN ? AND ?"]
    days: list[object] = [period.first.isoformat(), period.last.isoformat()]
    after: list[object] = []
    while True:
        page = list_sessions(
            workspace.store,
            [*where, *(["(study_day, started_at, session.seq) > (?, ?, ?)"] if after else [])],
            [*days, *after],
            limit=_CHUNK,
            newest_first=False,
        )
        read += page
        if progress is not None:
            progress(len(read), found.full.sessions)
        if len(page) < _CHUNK:
            return read
        last = page[-1]
        after = [last.study_day.isoformat(), last.started_at, last.seq]


def check(path: str, kind: str, *, force: bool | None) -> None:
    """Refuse at once what `write` would refuse after the summary was made."""
    if kind == "csv" and not path.lower().endswith(".zip"):
        checked_folder(path, (), force=force)
    else:
        checked_file(path, force=force)


def write(made: Made, path: str, kind: str, *, force: bool | None) -> str:
    """Write it to a file, or of CSV into a folder unless the name ends with .zip; the whole path.

    LearnhabitError when something is there already and `force` is not set, or it can't be written.
    """
    if kind != "csv":
        return write_file(path, made.data, force=force)
    if path.lower().endswith(".zip"):
        return write_file(path, zipped(made), force=force)
    return write_folder(path, {name: text.encode() for name, text in made.tables.items()}, force=force)


def zipped(made: Made) -> bytes:
    """CSV tables as one file."""
    from learnhabit.reports.tables import archive

    return archive(made.tables)


def standard_output(made: Made, kind: str) -> bytes:
    """What goes to the standard output; of CSV an archive."""
    return zipped(made) if kind == "csv" else made.data


def open_file(path: str) -> None:
    """Show a file with the program that is meant for it; LearnhabitError when there is none."""
    import webbrowser
    from pathlib import Path

    if not webbrowser.open(Path(path).as_uri()):
        raise LearnhabitError("No program was found to open the file", f"it is written: {path}")
