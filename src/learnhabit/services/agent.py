"""What lets reminders come while the app is closed: put there, looked after, taken away."""

from __future__ import annotations

import os
import sys
import time
from datetime import datetime

from learnhabit.domain.day_text import clock_time
from learnhabit.domain.record import Record
from learnhabit.errors import LearnhabitError, UsageError
from learnhabit.notify.diagnosis import Link, links
from learnhabit.notify.schedulers.autostart import Autostart
from learnhabit.notify.schedulers.cron import Cron
from learnhabit.notify.schedulers.launchd import Launchd
from learnhabit.notify.schedulers.scheduler import State
from learnhabit.notify.schedulers.systemd import Systemd
from learnhabit.notify.schedulers.windows import TaskScheduler
from learnhabit.services.delivering import TICK_FILE, quiet_hours
from learnhabit.services.reminding import ReminderView, due_words, night_words, reminders
from learnhabit.services.workspace import Workspace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from learnhabit.clock import Clock
    from learnhabit.notify.notifier import Notice, Notifier
    from learnhabit.notify.schedulers.scheduler import Planned, Scheduler

SCHEDULERS: tuple[Scheduler, ...] = (Systemd(), Cron(), Launchd(), TaskScheduler(), Autostart())
"""In the order in which they are preferred."""
HERE = tuple(each for each in SCHEDULERS if sys.platform.startswith(each.systems))
"""Those that this system may have."""
LATE = 180
"""Seconds without a tick from which an agent that should run does not."""


class AgentStatus(Record):
    """Whether reminders come while the app is closed."""

    scheduler: str
    """Name of what is installed; empty when nothing is."""
    about: str
    running: bool
    last_tick: datetime | None
    """The agent's last look, on the wall clock, aware."""
    files: tuple[str, ...]
    """What is installed has written them, or else what would be installed would."""
    proposed: str
    """What would be installed, in words; empty when something is, or nothing can be."""
    links: tuple[Link, ...]
    """Every link from the scheduler to the person, in order."""

    @property
    def arrives(self) -> bool:
        """Whether a reminder would be seen now."""
        return all(link.ok for link in self.links)


def tick_command(workspace: Workspace) -> tuple[str, ...]:
    """What is to run each minute, whatever the folder in which it is started holds."""
    return _command(workspace.folder)


def _command(folder: str) -> tuple[str, ...]:
    return (sys.executable, "-P", "-m", "learnhabit", "--data-dir", folder, "remind", "tick")


def pick(name: str | None = None) -> Scheduler:
    """The scheduler of a name, else the first one that this machine has."""
    if name is not None:
        found = next((each for each in SCHEDULERS if each.name == name.strip().lower()), None)
        if found is None:
            raise UsageError(f"Unknown scheduler “{name}”", f"there are {', '.join(each.name for each in SCHEDULERS)}")
        return found
    found = next((each for each in HERE if each.is_available()), None)
    if found is None:
        raise LearnhabitError("This system has no scheduler that is known", "let learnhabit remind run run at login")
    return found


def planned_files(workspace: Workspace, scheduler: Scheduler) -> tuple[Planned, ...]:
    """What a scheduler would write, on this machine or another one."""
    return scheduler.files(tick_command(workspace))


def require(scheduler: Scheduler) -> None:
    """LearnhabitError unless this machine has the scheduler, and it answers."""
    if scheduler not in HERE or not scheduler.is_available():
        raise LearnhabitError(
            f"This machine has no {scheduler.name} that answers", "leave out --with to take what it has"
        )


def install(workspace: Workspace, name: str | None = None) -> Scheduler:
    """Put the agent there, in the place of one of another kind; once more changes nothing."""
    scheduler = pick(name)
    require(scheduler)
    scheduler.install(tick_command(workspace))
    for other in HERE:
        if other is not scheduler:
            other.uninstall()
    return scheduler


def uninstall(workspace: Workspace) -> tuple[Scheduler, ...]:
    """Take every agent away; those that were there."""
    gone = tuple(each for each in HERE if each.uninstall())
    try:
        os.unlink(os.path.join(workspace.folder, TICK_FILE))
    except OSError:
        pass
    return gone


def agents_of(folder: str) -> tuple[Scheduler, ...]:
    """The agents that are there and look after this data folder, which need not open; not those of another one."""
    return tuple(each for each in HERE if _is_for(each, folder))


def _is_for(scheduler: Scheduler, folder: str) -> bool:
    try:
        there = scheduler.installed()
        if not there:
            return False
        mine, other = (
            "".join(each.text for each in scheduler.files(_command(name))) for name in (folder, f"{folder}_")
        )
    except LearnhabitError:
        return False
    named = set(mine.splitlines()) - set(other.splitlines())
    # Whichever Python runs it; a longer name that begins the same is another folder.
    return any((line.partition("--data-dir")[2] or line) in there for line in named)


def agent_status(workspace: Workspace) -> AgentStatus:
    """Which links there are between a reminder that is due and the person."""
    found, state = _installed()
    last = _last_tick(workspace)
    chain = [_agent_link(workspace, found, state, last), *links(os.environ)]
    hours = quiet_hours(workspace)
    if hours is not None and hours.hold(workspace.now_wall.replace(tzinfo=None)):
        says, do = f"it is quiet until {hours.end:%H:%M}", "reminders wait, or learnhabit settings quiet_hours off"
        chain.append(Link(name="quiet hours", ok=False, says=says, do=do))
    proposed = None if found else next((each for each in HERE if each.is_available()), None)
    writes = found or proposed
    return AgentStatus(
        scheduler=found.name if found else "",
        about=found.about if found else "",
        running=state.running,
        last_tick=last,
        files=tuple(each.path for each in writes.files(tick_command(workspace))) if writes else (),
        proposed=proposed.about if proposed else "",
        links=tuple(chain),
    )


def _installed() -> tuple[Scheduler | None, State]:
    """The agent that is there, and how it stands."""
    for each in HERE:
        state = each.state()
        if state.installed:
            return each, state
    return None, State(installed=False, running=False, detail="")


def _agent_link(workspace: Workspace, found: Scheduler | None, state: State, last: datetime | None) -> Link:
    again = "learnhabit remind install puts it right"
    if found is None:
        says = "no agent is installed, so reminders come only while the app is open"
        return Link(name="agent", ok=False, says=says, do="learnhabit remind install")
    if not state.running:
        return Link(name="agent", ok=False, says=state.detail, do=again)
    silent = None if last is None else workspace.now - int(last.timestamp())
    if silent is None or silent > LATE:
        since = "yet" if silent is None else f"for {silent // 60} min"
        says = f"{found.name} is set up, but has not looked for reminders {since}"
        return Link(name="agent", ok=False, says=says, do=f"it looks each minute; if it does not, {again}")
    return Link(name="agent", ok=True, says=f"{found.name} looks each minute", do="")


def short_path(path: str) -> str:
    """A path with `~` for the person's home."""
    home = os.path.expanduser("~")
    return f"~{path[len(home) :]}" if path.startswith(home + os.sep) else path


def is_installed() -> bool:
    """Whether any agent is there."""
    return any(each.state().installed for each in HERE)


def broken_links(workspace: Workspace) -> tuple[Link, ...]:
    """The links between a notice that is sent now and the person that are not in order."""
    return tuple(link for link in agent_status(workspace).links if not link.ok and link.name != "agent")


def send_test(
    workspace: Workspace, reference: str | None = None, notifier: Notifier | None = None, cue: str | None = None
) -> Notice:
    """Send what a reminder (without one: any) would say now, whatever its condition; NotSentError when that fails.

    A cue takes the place of the one that is kept.
    """
    from learnhabit.services.notices import notice_for
    from learnhabit.services.reminding import any_reminder, find_reminder

    reminder = find_reminder(workspace, reference) if reference is not None else any_reminder(workspace)
    notice = notice_for(workspace, reminder, cue)
    if notifier is None:
        from learnhabit.notify.desktop import DesktopNotifier

        notifier = DesktopNotifier()
    notifier.send(notice)
    return notice


def run_ticks(folder: str, clock: Clock) -> None:
    """Tick at the beginning of each minute until the process is ended; what goes wrong is tried again."""
    from learnhabit.services.backups import backup_by_itself
    from learnhabit.services.delivering import note_tick, tick
    from learnhabit.services.workspace import open_workspace

    make = True
    while True:
        try:
            # Data that was erased while this runs must not come back empty.
            with open_workspace(folder, clock, make=make) as workspace:
                make = False
                tick(workspace)
                note_tick(workspace)
                if workspace.backup_is_due():
                    backup_by_itself(folder, clock)
        except LearnhabitError:
            # A busy file or a full disk passes; whoever runs a command meets the same and is told.
            pass
        time.sleep(60 - clock.now() % 60)


def outlook(workspace: Workspace, view: ReminderView) -> str:
    """When a reminder comes next, or why it will not, as the end of a sentence that begins with it."""
    from learnhabit.services.conditions import unmet

    if view.next_due is None:
        return "is off"
    due = due_words(workspace, view.next_due)
    night = night_words(workspace, view.next_due)
    if night:
        return f"is due on {due}, within the quiet hours: {night}"
    if workspace.study_day_of(view.next_due) != workspace.today:
        return f"is due on {due}"
    why = unmet(workspace, view.reminder.condition)
    at = f"today at {clock_time(view.next_due, clock_24=workspace.clock_24)}"
    return f"would be skipped {at}: {why}" if why else f"comes {at}"


def next_reminder(workspace: Workspace) -> ReminderView | None:
    """The reminder that is due next."""
    found = [view for view in reminders(workspace) if view.next_due is not None]
    return min(found, key=lambda view: (view.next_due, view.reminder.id), default=None)


def _last_tick(workspace: Workspace) -> datetime | None:
    try:
        return workspace.clock.local(int(os.stat(os.path.join(workspace.folder, TICK_FILE)).st_mtime))
    except OSError:
        return None
