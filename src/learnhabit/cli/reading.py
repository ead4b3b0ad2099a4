"""Commands that only look: status, sessions, topics."""

from __future__ import annotations

import sys

from learnhabit.cli.output import (
    print_json,
    say,
    session_json,
    short_id,
    timer_json,
    warn,
)
from learnhabit.cli.parser import Command, Parser
from learnhabit.domain.day_text import clock_time, days_ago, long_day, wall_at
from learnhabit.domain.duration import format_duration, format_hours, format_short
from learnhabit.domain.text import display_line
from learnhabit.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace

    from learnhabit.domain.session import Session
    from learnhabit.services.values import LogPage, Status
    from learnhabit.services.workspace import Workspace


def _status_options(parser: Parser) -> None:
    parser.add_argument(
        "--format",
        metavar="TEXT",
        help="fill in fields of the JSON, such as {week[counted_days]}/{week[target_days]} {timer}",
    )


def _status(workspace: Workspace, options: Namespace) -> None:
    from learnhabit.services.status import status

    now = status(workspace)
    if options.json:
        print_json(_status_json(now))
    elif options.format is not None:
        say(_filled(options.format, now))
    else:
        _say_status(workspace, now)


def _status_json(now: Status) -> dict[str, object]:
    return {
        "timer": timer_json(now.timer) if now.timer else None,
        "today": {
            "study_day": now.progress.study_day.isoformat(),
            "seconds": now.progress.seconds,
            "minimum_seconds": now.progress.minimum_seconds,
            "goal_seconds": now.progress.goal_seconds,
        },
        "week": {"counted_days": now.counted_days, "target_days": now.target_days},
        "run": {"days": now.run_days, "longest": now.longest_run, "safe_days": now.safe_days},
        "strength": now.strength,
    }


class _TimerText(dict[str, object]):
    """The timer in a format string: its fields by name, by itself `TOPIC h:mm`; all empty when none runs."""

    def __init__(self, fields: dict[str, object], text: str) -> None:
        super().__init__(fields)
        self._text = text

    def __missing__(self, key: str) -> str:
        if self or key not in ("topic", "started_at", "seconds", "paused"):
            raise KeyError(key)
        return ""

    def __format__(self, specification: str) -> str:
        return format(self._text, specification)


def _filled(template: str, now: Status) -> str:
    fields = _status_json(now)
    text = f"{now.timer.topic_title} {format_short(now.timer.seconds)}" if now.timer else ""
    fields["timer"] = _TimerText(timer_json(now.timer) if now.timer else {}, text)
    try:
        return template.format(**fields)
    except (KeyError, IndexError, ValueError, AttributeError, TypeError, MemoryError, OverflowError) as error:
        raise UsageError(
            f"The format can't be filled ({error})", "fields are named as in status --json, such as {today[seconds]}"
        ) from None


def _say_status(workspace: Workspace, now: Status) -> None:
    from learnhabit.services.habit import progress_words, run_words

    progress = now.progress
    say(f"Today     {progress_words(progress)}")
    say(f"Week      {now.counted_days} of {now.target_days} days")
    say(f"Run       {run_words(now.run_days, now.longest_run, now.safe_days, progress.minimum_seconds)}")
    say(f"Strength  {int(now.strength * 100 + 0.5)} %")
    timer = now.timer
    if timer:
        since = clock_time(timer.started_wall, clock_24=workspace.clock_24)
        paused = ", paused" if timer.paused else ""
        say(f"Timer     {timer.topic_title} {format_short(timer.seconds)}, since {since}{paused}")
        if timer.suspicion:
            warn([f"{timer.suspicion}; learnhabit stop takes --keep, --trim [DURATION] or --discard"])


def _sessions_options(parser: Parser) -> None:
    parser.add_argument("--from", dest="from_day", metavar="DAY", help="from this study day on")
    parser.add_argument("--to", dest="to_day", metavar="DAY", help="up to this study day")
    parser.add_argument("--topic", metavar="TOPIC", help="of this topic")
    parser.add_argument("--tag", metavar="TAG", help="with this tag")
    parser.add_argument("--search", metavar="TEXT", help="with these words in topic, note, takeaway or tags")
    parser.add_argument("--limit", metavar="N", help="at most so many, newest first")
    parser.add_argument("--all", action="store_true", help="every one, not the last 50 only")


def _sessions(workspace: Workspace, options: Namespace) -> None:
    from learnhabit.services.log import DEFAULT_LIMIT, NO_FILTER, filter_of, log_page

    only = filter_of(
        workspace,
        from_text=options.from_day,
        to_text=options.to_day,
        topic=options.topic,
        tag=options.tag,
        search=options.search,
    )
    limit = _limit(options.limit)
    if limit is None:
        everything = options.json or options.all or only != NO_FILTER
        limit = sys.maxsize - 1 if everything else DEFAULT_LIMIT
    page = log_page(workspace, only, None, older=True, limit=limit)
    if options.json:
        print_json([session_json(session) for session in page.sessions])
    elif page.sessions:
        _say_sessions(workspace, page)
    elif only == NO_FILTER:
        say("Nothing is logged yet. Begin with: learnhabit start rag   or   learnhabit log 45m rag")
    else:
        say("No session fits. learnhabit sessions shows the latest; learnhabit topics lists the topics.")


def _limit(text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) > 0):
        raise UsageError(f"“{text}” is no number of sessions", "such as --limit 20")
    return int(text)


def _say_sessions(workspace: Workspace, page: LogPage) -> None:
    day = None
    for session in page.sessions:
        if session.study_day != day:
            day = session.study_day
            ago = f"  {days_ago(day, workspace.today)}" if (workspace.today - day).days < 2 else ""
            say(f"{long_day(day)}{ago}  {format_duration(page.day_seconds[day])}")
        say(f"  {_session_line(workspace, session)}")
    if not page.complete:
        say(f"The latest {len(page.sessions)}; --all shows every one, --limit N so many.")


def _session_line(workspace: Workspace, session: Session) -> str:
    start = clock_time(wall_at(session.started_at, session.utc_offset), clock_24=workspace.clock_24)
    words = [session.topic_title, session.resource_title, session.note, *(f"#{tag}" for tag in session.tags)]
    if session.takeaway:
        words.append(f"{'★' if session.starred else '→'} {session.takeaway}")
    text = display_line(" · ".join(word for word in words if word))
    return f"{short_id(session.id)}  {start:>7}  {format_duration(session.seconds):>9}  {text}"


def _topics(workspace: Workspace, options: Namespace) -> None:
    from learnhabit.services.topics import topics

    rows = topics(workspace, " ".join(options.words))
    if options.json:
        print_json(
            [
                {
                    "id": row.id,
                    "title": row.title,
                    "aliases": list(row.aliases),
                    "theme": row.theme,
                    "seconds": row.seconds,
                    "last_study_day": row.last_study_day.isoformat() if row.last_study_day else None,
                }
                for row in rows
            ]
        )
        return
    if not rows:
        say('No topic fits. learnhabit topics lists all; learnhabit topic add "TITLE" adds one of your own.')
    theme = None
    for row in rows:
        if row.theme != theme:
            theme = row.theme
            say(theme)
        spent = (
            f"{format_hours(row.seconds)}, {days_ago(row.last_study_day, workspace.today)}"
            if row.last_study_day
            else "–"
        )
        say(f"  {row.id:<34} {spent:<22} {display_line(row.title)}")


COMMANDS = {
    "status": Command(
        _status,
        "today, the week, the run and strength in a few lines",
        options=_status_options,
        example='learnhabit status --format "{week[counted_days]}/{week[target_days]} {timer}"',
    ),
    "sessions": Command(
        _sessions,
        "list what was studied, newest first",
        options=_sessions_options,
        example="learnhabit sessions --from mon --topic rag",
    ),
    "topics": Command(
        _topics,
        "list the topics and the time spent on them",
        words="[QUERY]",
        most=None,
        example="learnhabit topics retrieval",
    ),
}
