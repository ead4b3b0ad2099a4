"""A takeaway or the week as plain text, for a study partner: nothing is sent, the text is copied or saved."""

from __future__ import annotations

from datetime import date, timedelta

from learnhabit.domain.day_text import long_day, short_day
from learnhabit.domain.duration import format_duration
from learnhabit.domain.record import Record
from learnhabit.domain.study_day import week_start_of, week_year
from learnhabit.domain.text import display, display_line
from learnhabit.errors import LearnhabitError, UsageError
from learnhabit.services.files import write_file
from learnhabit.services.habit import week_of
from learnhabit.services.workspace import Workspace
from learnhabit.storage.rules import read_setting
from learnhabit.storage.sessions import list_sessions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from learnhabit.domain.session import Session

LATEST = 20
"""Takeaways that can be chosen from."""


class Shareable(Record):
    """Something one may send to somebody."""

    title: str
    """`This week`, or where a takeaway is from."""
    text: str
    """Plain text, several lines."""


def shareables(workspace: Workspace) -> tuple[Shareable, ...]:
    """What can be shared: the week so far, then the latest takeaways, newest first."""
    partner = read_setting(workspace.store, "partner") or ""
    sessions = list_sessions(workspace.store, ["takeaway <> ''"], [], limit=LATEST)
    week = _week(workspace, partner)
    return (week, *(_takeaway(session, partner) for session in sessions))


def shareable(workspace: Workspace, what: str) -> Shareable:
    """`week`, or `takeaway` for the latest one. UsageError for anything else, LearnhabitError without a takeaway."""
    found = shareables(workspace)
    if what == "week":
        return found[0]
    if what != "takeaway":
        raise UsageError(f"“{what}” can't be shared", "there are week and takeaway")
    if len(found) == 1:
        raise LearnhabitError("There is no takeaway yet", 'learnhabit edit last --takeaway "…" adds one')
    return found[1]


def save_text(path: str, text: str) -> str:
    """Write a new text file that only its owner can read; the whole path. An existing file is left as it is."""
    return write_file(path, text.encode("utf-8", errors="replace"))


def _takeaway(session: Session, partner: str) -> Shareable:
    head = f"From {display_line(session.topic_title)}, {long_day(session.study_day)}"
    said = f"{head} ({format_duration(session.seconds)}):\n\n{display(session.takeaway).strip()}\n"
    return Shareable(title=f"{short_day(session.study_day)}: {display_line(session.takeaway)}", text=_to(partner, said))


def _week(workspace: Workspace, partner: str) -> Shareable:
    today = workspace.today
    start = week_start_of(today, workspace.rules.week_start)
    end = start + timedelta(days=6)
    year, number = week_year(start, workspace.rules.week_start)
    result = week_of(workspace, today)
    sessions = list_sessions(
        workspace.store, ["study_day BETWEEN ? AND ?"], [start.isoformat(), end.isoformat()], limit=None
    )
    seconds: dict[str, int] = {}
    for session in sessions:
        title = display_line(session.topic_title)
        seconds[title] = seconds.get(title, 0) + session.seconds
    lines = [f"Week {number} of {year}, {short_day(start)} to {_end(end, today)}"]
    if not sessions:
        lines.append("Nothing studied yet.")
    else:
        total = format_duration(sum(seconds.values()))
        days = "day" if result.counted_days == 1 else "days"
        lines.append(f"{total} on {result.counted_days} {days}; the plan is {result.need} a week.")
        lines.append("")
        most_first = sorted(seconds, key=lambda title: -seconds[title])
        lines += [f"- {title}: {format_duration(seconds[title])}" for title in most_first]
    takeaways = [display_line(session.takeaway) for session in reversed(sessions) if session.takeaway]
    if takeaways:
        lines += ["", "What I took away:", *(f"- {each}" for each in takeaways)]
    return Shareable(title="This week", text=_to(partner, "\n".join(lines) + "\n"))


def _end(end: date, today: date) -> str:
    return f"{short_day(end)}, so far" if today < end else short_day(end)


def _to(partner: str, text: str) -> str:
    return f"Hi {display_line(partner)},\n\n{text}" if partner else text
