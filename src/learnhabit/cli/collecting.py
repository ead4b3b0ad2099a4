"""Papers, courses and books on the command line."""

from __future__ import annotations

import re

from learnhabit.cli.acting import Deed, by_deed
from learnhabit.cli.output import print_json, say, warn
from learnhabit.cli.parser import Command, Parser
from learnhabit.domain.day_text import long_day
from learnhabit.domain.duration import format_duration
from learnhabit.domain.reading_progress import percent
from learnhabit.domain.text import display_line
from learnhabit.errors import UsageError
from learnhabit.services.workspace import Workspace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from learnhabit.services.topic_values import ResourceView

TITLE = 44
"""Cells of a resource's title in a list."""
_PLACES = re.compile(r"[+-]?[0-9]{1,5}")
ICONS = {"to do": "○", "doing": "◐", "done": "●"}


def resource_json(view: ResourceView) -> dict[str, object]:
    """A resource as other programs read it."""
    return {
        "id": view.id,
        "title": view.title,
        "topic": view.topic,
        "kind": view.kind,
        "state": view.state,
        "minutes": view.minutes,
        "progress": view.progress,
        "finished_on": view.finished_on.isoformat() if view.finished_on else None,
        "url": view.url,
    }


def _resource_options(parser: Parser) -> None:
    add = parser.add_argument
    add("--on", metavar="DAY", deeds=("done",), help="the day on which it was finished")
    add("--title", metavar="TEXT", deeds=("edit",), help="another title; the id stays")
    add("--url", metavar="LINK", deeds=("add", "edit"), help="where it is, http or https")
    add("--kind", metavar="KIND", deeds=("add", "edit"), help="paper, course, book, article, docs, code or video")
    add("--minutes", metavar="N", deeds=("add", "edit"), help="about how long it takes")
    add("--authors", metavar="NAMES", deeds=("add", "edit"), help="who made it")
    add("--topic", metavar="TOPIC", deeds=("edit",), help="another topic")


def _list(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services.resources import resource_list

    found = resource_list(workspace, " ".join(words) or None)
    if options.json:
        print_json([resource_json(view) for view in found])
        return
    topic = ""
    for view in found:
        if view.topic != topic:
            topic = view.topic
            say(display_line(view.topic_title))
        say_resource(view)


def say_resource(view: ResourceView) -> None:
    """A resource in a list, in one row."""
    title = display_line(view.title)
    short = title if len(title) <= TITLE else f"{title[: TITLE - 1].rstrip()}…"
    if view.finished_on is not None:
        far = f"done {view.finished_on.isoformat()}"
    elif view.minutes_left:
        far = f"{view.minutes_left:,} min" + (" left" if view.progress else "")
    else:
        far = f"{percent(view.progress)} %" if view.progress else ""
    say(f"  {ICONS[view.state]} {short:<{TITLE}}  {view.kind:<7}  {far:<15}  {view.id}".rstrip())


def _show_resource(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services.resources import resource_view

    view = resource_view(workspace, " ".join(words))
    if options.json:
        print_json(resource_json(view))
        return
    say(display_line(view.title))
    year = f" ({view.year})" if view.year else ""
    rows = [
        ("Topic", view.topic_title),
        ("Kind", view.kind),
        ("Authors", f"{view.authors}{year}" if view.authors else ""),
        ("Link", view.url),
        ("Takes", format_duration(view.minutes * 60) if view.minutes else ""),
        ("State", view.state + (f", {percent(view.progress)} %" if 0 < view.progress < 1 else "")),
        ("Finished", long_day(view.finished_on) if view.finished_on else ""),
        ("Id", view.id),
    ]
    for name, text in rows:
        if text:
            say(f"  {name:<9}{display_line(text)}")


def _add_resource(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services.resources import add_resource

    view = add_resource(
        workspace,
        words[0],
        " ".join(words[1:]),
        url=options.url or "",
        kind=options.kind or "article",
        minutes=options.minutes,
        authors=options.authors or "",
    )
    _say_read(workspace, options, view, f"Added {view.title} to {view.topic_title}; its id is {view.id}")


def _edit_resource(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services.resources import edit_resource

    view = edit_resource(
        workspace,
        " ".join(words),
        title=options.title,
        url=options.url,
        kind=options.kind,
        minutes=options.minutes,
        authors=options.authors,
        topic=options.topic,
    )
    _say_read(workspace, options, view, f"Changed {view.title}")


def _progress(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services.resources import set_progress

    view = set_progress(workspace, words[0], " ".join(words[1:]))
    if view.finished_on is not None:
        said = f"Finished {view.title}"
    else:
        left = f", {view.minutes_left:,} min left" if view.minutes_left else ""
        said = f"{view.title}: {percent(view.progress)} %{left}"
    _say_read(workspace, options, view, said)


def _done(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services.resources import finish_resource

    view = finish_resource(workspace, " ".join(words), options.on)
    day = f" on {long_day(view.finished_on)}" if view.finished_on else ""
    _say_read(workspace, options, view, f"Finished {view.title}{day}")


def _reopen(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services.resources import reopen_resource

    view = reopen_resource(workspace, " ".join(words))
    _say_read(workspace, options, view, f"Reopened {view.title}")


def _move(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services.resources import move_resource, resource_view

    *reference, where = words
    steps = {"up": -1, "down": 1}
    by = steps.get(where.lower()) or (int(where) if _PLACES.fullmatch(where) else 0)
    if not by:
        raise UsageError(f"“{where}” is no way to move", "up, down, or so many places, such as -3")
    order = move_resource(workspace, " ".join(reference), by)
    if options.json:
        print_json([resource_json(view) for view in order])
        return
    moved = resource_view(workspace, " ".join(reference))
    place = [view.id for view in order].index(moved.id) + 1
    say(f"{display_line(moved.title)} is number {place} of {len(order)}.  learnhabit undo takes it back")


def _say_read(workspace: Workspace, options: Namespace, view: ResourceView, said: str) -> None:
    warn(workspace.warnings)
    if options.json:
        print_json(resource_json(view))
    else:
        say(f"{display_line(said)}.  learnhabit undo takes it back")


DEEDS: dict[str, Deed] = {
    "list": Deed(_list, "every one by topic, or those of one topic", "[TOPIC]", 0, None),
    "show": Deed(_show_resource, "all of one", "ID", 1, None),
    "add": Deed(_add_resource, "one of your own", "TOPIC TITLE", 2, None),
    "edit": Deed(_edit_resource, "another title, link, kind, length or topic", "ID", 1, None),
    "progress": Deed(_progress, "how far you are, such as 120 of 300 pages, 35m or a percentage", "ID AMOUNT", 2, None),
    "done": Deed(_done, "finished, today or --on a day", "ID", 1, None),
    "reopen": Deed(_reopen, "not finished after all", "ID", 1, None),
    "move": Deed(_move, "up, down, or so many places in its topic's order, such as -3", "ID UP|DOWN", 2, None),
}


COMMANDS = {
    "resource": Command(
        by_deed("resource", DEEDS),
        "list papers, courses and books, note how far you are, add your own",
        deeds=DEEDS,
        options=_resource_options,
        example='learnhabit resource progress qlora "45%"',
    ),
}
