"""Reminders on the command line. `remind tick` runs each minute, so nothing is imported before it is needed."""

from __future__ import annotations

import sys

from learnhabit.cli.acting import Deed, by_deed
from learnhabit.cli.output import ask, print_json, say, short_id, tell, warn
from learnhabit.cli.parser import Command, Parser
from learnhabit.domain.text import display_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from learnhabit.domain.reminder import Delivery
    from learnhabit.services.delivering import Tick
    from learnhabit.services.reminding import ReminderView
    from learnhabit.services.workspace import Workspace

LOGGED = 20
"""Deliveries that `log` shows unless all are asked for."""


def reminder_json(view: ReminderView) -> dict[str, object]:
    """A reminder as other programs read it."""
    reminder = view.reminder
    return {
        "id": reminder.id,
        "rule": reminder.rule.text,
        "condition": reminder.condition,
        "text": reminder.text,
        "enabled": reminder.enabled,
        "next_due": view.next_due.isoformat(timespec="minutes") if view.next_due else None,
    }


def delivery_json(delivery: Delivery) -> dict[str, object]:
    """A delivery as other programs read it."""
    return {
        "reminder": delivery.reminder,
        "occurrence": delivery.occurrence.isoformat(timespec="minutes"),
        "state": delivery.state,
        "attempts": delivery.attempts,
        "reason": delivery.reason,
    }


def _options(parser: Parser) -> None:
    parser.add_argument(
        "--if", dest="condition", metavar="CONDITION", deeds=("add", "edit"), help="only if, such as not-studied"
    )
    parser.add_argument("--text", metavar="TEXT", deeds=("add", "edit"), help="what it says; without it the next step")
    parser.add_argument(
        "--with", dest="scheduler", metavar="NAME", deeds=("install",), help="systemd, cron, launchd, …"
    )
    parser.add_argument(
        "--dry-run", action="store_true", deeds=("install",), help="show what would be written, write nothing"
    )
    parser.add_argument("--all", action="store_true", deeds=("log",), help="everything, not the last 20")
    parser.add_argument("--force", action="store_true", deeds=("export",), help="over a file that exists")


def _add(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.domain.reminder import DEFAULT_CONDITION
    from learnhabit.services.reminding import add_reminder

    view = add_reminder(workspace, words[0], options.condition or DEFAULT_CONDITION, options.text or "")
    _say_change(workspace, options, view, "Added")
    if not options.json:
        _hint_at_agent(workspace)


def _edit(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services.reminding import edit_reminder

    rule = words[1] if len(words) > 1 else None
    view = edit_reminder(workspace, words[0], rule=rule, condition=options.condition, text=options.text)
    _say_change(workspace, options, view, "Edited")


def _enable(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services.reminding import enable_reminder

    _say_change(workspace, options, enable_reminder(workspace, words[0]), "Turned on")


def _disable(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services.reminding import disable_reminder

    _say_change(workspace, options, disable_reminder(workspace, words[0]), "Turned off")


def _delete(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services.reminding import delete_reminder

    _say_change(workspace, options, delete_reminder(workspace, words[0]), "Deleted")


def _say_change(workspace: Workspace, options: Namespace, view: ReminderView, done: str) -> None:
    from learnhabit.services.reminding import due_words

    warn(workspace.warnings)
    if options.json:
        print_json(reminder_json(view))
        return
    due = f", next {due_words(workspace, view.next_due)}" if view.next_due and done != "Deleted" else ""
    say(
        f"{done}: {view.reminder.rule.text}, if {_condition(view)}{due}."
        f"  id {short_id(view.reminder.id)} · learnhabit undo takes it back"
    )


def _condition(view: ReminderView) -> str:
    from learnhabit.domain.reminder import CONDITIONS

    return CONDITIONS[view.reminder.condition]


def _hint_at_agent(workspace: Workspace) -> None:
    from learnhabit.services.agent import is_installed

    if not is_installed():
        warn(["reminders come while the app is open; learnhabit remind install lets them come always"])


def _list(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services.reminding import due_words, reminders

    found = reminders(workspace)
    if options.json:
        print_json([reminder_json(view) for view in found])
        return
    if not found:
        say('There is no reminder yet. Such as: learnhabit remind add "weekdays 19:30"')
        return
    rule = max(len(view.reminder.rule.text) for view in found)
    for view in found:
        mark = "[x]" if view.reminder.enabled else "[ ]"
        text = view.reminder.text or "(the next step)"
        say(
            f"{mark} {view.reminder.rule.text:<{rule}}  {_condition(view):<17}  "
            f"{due_words(workspace, view.next_due):<16}  {short_id(view.reminder.id)}  {text}"
        )


def _next(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services.agent import next_reminder, outlook

    view = next_reminder(workspace)
    if options.json:
        print_json(reminder_json(view) if view else None)
    elif view is None:
        say('No reminder is due. Such as: learnhabit remind add "weekdays 19:30"')
    else:
        say(f"{view.reminder.rule.text}, if {_condition(view)}: it {outlook(workspace, view)}.")


def _log(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services.reminding import deliveries, due_words

    found = deliveries(workspace, words[0] if words else None, None if options.all or options.json else LOGGED)
    if options.json:
        print_json([delivery_json(delivery) for delivery in found])
        return
    if not found:
        say("No reminder was due yet.")
    for delivery in found:
        words_of = "  ".join(each for each in (delivery.text, delivery.reason) if each)
        line = f"{due_words(workspace, delivery.occurrence):<16}  {delivery.state:<8}  {words_of}"
        say(line.rstrip())


def _snooze(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services.reminding import due_words, snooze

    until = words[-1] if words else "10m"
    delivery, wall = snooze(workspace, words[0] if len(words) == 2 else None, until)
    if options.json:
        print_json({**delivery_json(delivery), "until": wall.isoformat(timespec="minutes")})
    else:
        said = f"“{delivery.text}” comes" if delivery.text else "It comes"
        say(f"{said} again on {due_words(workspace, wall)}, unless it is done by then.")


def _skip(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services.reminding import due_words, skip

    view, left_out = skip(workspace, words[0])
    if options.json:
        print_json(reminder_json(view))
    else:
        say(f"Left out on {due_words(workspace, left_out)}; next {due_words(workspace, view.next_due)}.")


def _tick(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services.delivering import note_tick, tick

    done = tick(workspace)
    note_tick(workspace)
    workspace.looks_after = True
    if options.json:
        print_json(_tick_json(done))
        return
    for delivery in (*done.ended, *done.waiting):
        said = delivery.text or delivery.reason
        say(f"{delivery.state}: {said}" + (f" ({delivery.reason})" if delivery.reason and delivery.text else ""))


def _tick_json(done: Tick) -> dict[str, object]:
    states = [delivery.state for delivery in done.ended]
    counts: dict[str, object] = {state: states.count(state) for state in ("sent", "skipped", "expired", "failed")}
    return {**counts, "pending": len(done.waiting)}


def _run(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services.agent import run_ticks

    run_ticks(workspace.folder, workspace.clock)


def _test(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services.agent import broken_links, send_test

    notice = send_test(workspace, words[0] if words else None)
    if options.json:
        print_json({"title": notice.title, "body": notice.body, "sent": True})
        return
    said = f"Sent “{display_line(notice.title)}”."
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        say(f"{said} If nothing shows, learnhabit remind status says why.")
        return
    answer = (ask(f"{said} Did you see it? [y/n] ") or "n").strip().lower()
    if answer.startswith("y"):
        say("Good: reminders reach you here.")
        return
    broken = broken_links(workspace)
    say("The notification service took it, and did not show it.")
    for link in broken:
        say(f"- {link.says}: {link.do}")
    if not broken:
        say("- every link is in order: look for “do not disturb” in your desktop's settings")


def _install(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services import agent

    scheduler = agent.pick(options.scheduler)
    planned = agent.planned_files(workspace, scheduler)
    if not options.dry_run:
        agent.require(scheduler)
    if not options.json:
        for each in planned:
            # Before anything is written, so not kept back until the end.
            tell(f"{'Would write' if options.dry_run else 'Writes'} {each.path}:")
            tell("".join(f"  {line}\n" for line in each.text.splitlines()).rstrip("\n"))
    if not options.dry_run:
        agent.install(workspace, scheduler.name)
    if options.json:
        files = [{"path": each.path, "text": each.text} for each in planned]
        print_json({"scheduler": scheduler.name, "files": files, "written": not options.dry_run})
    elif options.dry_run:
        say("Nothing was written.")
    else:
        say(f"Reminders come by {scheduler.about}.  learnhabit remind test sends one")


def _uninstall(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services.agent import uninstall

    gone = uninstall(workspace)
    if options.json:
        print_json({"removed": [each.name for each in gone]})
    elif gone:
        say(f"Removed: {', '.join(each.name for each in gone)}. Reminders come while the app is open.")
    else:
        say("There was no agent to remove.")


def _status(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services.agent import agent_status, next_reminder, outlook

    status, view = agent_status(workspace), next_reminder(workspace)
    if options.json:
        print_json(
            {
                "agent": status.scheduler or None,
                "running": status.running,
                "last_tick": status.last_tick.isoformat() if status.last_tick else None,
                "files": list(status.files) if status.scheduler else [],
                "arrives": status.arrives,
                "links": [
                    {"name": each.name, "ok": each.ok, "says": each.says, "do": each.do} for each in status.links
                ],
                "next": reminder_json(view) if view else None,
            }
        )
        return
    say("A reminder would arrive now." if status.arrives else "A reminder would not arrive now.")
    for each in status.links:
        say(f"{'ok ' if each.ok else '-> '} {each.says}" + (f": {each.do}" if each.do else ""))
    if view is None:
        say("No reminder is on: learnhabit remind add")
    else:
        say(f"Next: {view.reminder.rule.text}; it {outlook(workspace, view)}.")


def _export(workspace: Workspace, words: Sequence[str], options: Namespace) -> None:
    from learnhabit.services.calendar import export_calendar

    path, number = export_calendar(workspace, words[0], force=options.force)
    if options.json:
        print_json({"path": path, "reminders": number})
    else:
        say(f"Wrote {number} reminder{'' if number == 1 else 's'} to {path}. Open it on your phone's calendar.")


DEEDS: dict[str, Deed] = {
    "list": Deed(_list, "every reminder, and when it comes next"),
    "next": Deed(_next, "the one that comes next"),
    "add": Deed(_add, "remind by a rule, such as weekdays 19:30", "RULE", 1, 1),
    "edit": Deed(_edit, "another rule, condition or text", "ID [RULE]", 1, 2),
    "enable": Deed(_enable, "turn it on again", "ID", 1, 1),
    "disable": Deed(_disable, "turn it off, and keep it", "ID", 1, 1),
    "delete": Deed(_delete, "delete it", "ID", 1, 1),
    "snooze": Deed(
        _snooze, "send the one that came again later: 30m, tonight, tomorrow; usually in 10m", "[[ID] UNTIL]", 0, 2
    ),
    "skip": Deed(_skip, "leave out its next time", "ID", 1, 1),
    "test": Deed(_test, "send one now, and say whether it was seen", "[ID]", 0, 1),
    "log": Deed(_log, "what became of each that was due", "[ID]", 0, 1),
    "status": Deed(_status, "whether one would arrive now, and if not, why"),
    "install": Deed(_install, "let them come while the app is closed"),
    "uninstall": Deed(_uninstall, "take that away again"),
    "tick": Deed(_tick, "send what is due now; the agent does so each minute"),
    "run": Deed(_run, "send what is due until ended, for where there is no agent"),
    "export": Deed(_export, "the reminders for a phone's calendar", "FILE.ics", 1, 1),
}

COMMANDS = {
    "remind": Command(
        by_deed("remind", DEEDS),
        "reminders, and the agent that sends them while the app is closed",
        deeds=DEEDS,
        alone="list",
        options=_options,
        example='learnhabit remind add "weekdays 19:30" --if not-studied',
    ),
}
