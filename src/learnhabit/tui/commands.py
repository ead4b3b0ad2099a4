"""The command palette: every command by name, topics to start on, resolutions and sessions to go to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual.app import SystemCommand
from textual.command import DiscoveryHit, Hit, Hits, Provider

from learnhabit.domain.day_text import short_day
from learnhabit.domain.duration import format_duration
from learnhabit.domain.resolution import Resolution
from learnhabit.errors import LearnhabitError
from learnhabit.services.log import log_page, read_filter
from learnhabit.services.resolutions import made_resolutions
from learnhabit.services.values import LogPage
from learnhabit.services.workspace import Workspace
from learnhabit.tui import looks, safe_text
from learnhabit.tui.app import LearnhabitApp
from learnhabit.tui.draw import row
from learnhabit.tui.keynames import named
from learnhabit.tui.matching import best
from learnhabit.tui.messages import ShowResolution, ShowSession, ShowTopic
from learnhabit.tui.tabs import ASIDE, TABS
from learnhabit.tui.telling import summary
from learnhabit.tui.working import open_for

if TYPE_CHECKING:
    from learnhabit.services.searching import Hit as Found

WIDTH = 74
SESSIONS = 6
RESOLUTIONS = 8
TOPICS = 8
ON_LOG = (
    ("Edit the session", "Change when, how long, topic, note or tags of the marked session", "edit"),
    ("Split the session", "Cut the marked session in two at a time", "split"),
    ("Merge sessions", "Join the marked session with the one before it", "merge"),
    ("Move the session to another day", "Count the marked session for another study day", "move"),
    ("Star the takeaway", "Keep the marked session's takeaway for the year's page, or not (*)", "star"),
    ("Delete the session", "Delete the marked session; undo brings it back", "delete"),
)
ON_TODAY = (
    ("Another next step", "Show another topic that is worth a session", "another"),
    ("Put the step off for today", "Do not suggest this topic again today (N)", "put_off"),
    ("Source of the advice", "Where the advice on Today comes from (h)", "source"),
    ("Share a takeaway or the week", "Plain text for a study partner (y)", "share"),
)

ON_YEAR = (
    ("Export the year", "A page, text, tables, a card or a PDF, as much as you want others to see (E)", "export"),
    ("Look back on the year", "What worked, what did not, what changed (a)", "answer"),
    ("Decide what goes on", "Carry on, set smaller or drop this year's resolutions (o)", "onward"),
)


IN_TEXTS = {
    **{str(number): f"tab.{tab.mode}" for number, tab in enumerate(TABS, start=1)},
    ",": "app.aside",
    "s": "timer.start",
    "x": "timer.stop",
    "p": "timer.pause",
    "X": "timer.discard",
    "l": "session.log",
    "/": "session.find",
    "W": "app.review",
    "u": "app.undo",
    "^r": "app.redo",
    "w": "app.why",
    "?": "app.help",
    "^q": "app.quit",
    "*": "session.star",
    "N": "today.putoff",
    "h": "today.source",
    "y": "today.share",
    "E": "year.export",
    "a": "year.answer",
    "o": "year.onward",
}
"""The action of a key that stands in brackets at the end of what a command does."""


def commands_of(app: LearnhabitApp) -> Iterator[SystemCommand]:
    """Every command that makes sense now, with what it does and the key that does it too."""
    for command in _commands(app):
        said, bracket, usual = command.help.rpartition(" (")
        action = IN_TEXTS.get(usual.rstrip(")"), "")
        yield command._replace(help=f"{said} ({named(action, usual[:-1])})") if bracket and action else command


def _commands(app: LearnhabitApp) -> Iterator[SystemCommand]:
    for number, tab in enumerate(TABS, start=1):
        yield SystemCommand(
            f"Go to {tab.title}", f"{tab.about} ({number})", partial(app.run_action, f"show_tab('{tab.mode}')")
        )
    for tab in ASIDE:
        yield SystemCommand(
            f"Go to {tab.title}",
            f"{tab.about} (,)" if tab is ASIDE[0] else tab.about,
            partial(app.run_action, f"show_tab('{tab.mode}')"),
        )
    if app.timer is None:
        yield SystemCommand("Start the timer", "Pick a topic and start (s)", app.action_start)
    else:
        held = app.timer.paused
        yield SystemCommand("Stop the timer", "Save the session, with a takeaway (x)", app.action_stop)
        yield SystemCommand(
            "Resume the timer" if held else "Pause the timer", "Hold it or let it go on (p)", app.action_pause
        )
        yield SystemCommand("Switch to another topic", "Save what runs and start another (s)", app.action_start)
        yield SystemCommand("Discard the timer", "Save nothing of it (X)", app.action_discard)
    yield SystemCommand("Log what you studied", "One line for study that is over (l)", app.action_log)
    yield SystemCommand("Find in the log", "Words, topics, tags and dates (/)", partial(app.run_action, "find"))
    yield SystemCommand(
        "New resolution",
        f"One line of plain words ({named('tab.resolutions', '3')}, then {named('resolution.add', 'a')})",
        partial(_resolve, app, "add"),
    )
    yield SystemCommand("Weekly review", "Look back on a week, and adjust one thing (W)", app.action_review)
    yield SystemCommand(
        "Carry resolutions over",
        "Take what is left of last year's into this one",
        partial(_resolve, app, "carry_over"),
    )
    screen = app.screen_stack[0]
    mode = app.current_mode
    for name, about, action in {"log": ON_LOG, "today": ON_TODAY, "year": ON_YEAR}.get(mode, ()):
        yield SystemCommand(name, about, partial(screen.run_action, action))
    yield SystemCommand("Undo", "Take back the latest change (u)", app.action_undo)
    yield SystemCommand("Redo", "Do again what was undone (^r)", app.action_redo)
    yield SystemCommand("Why these numbers", "How goal, week, run and strength come about (w)", app.action_why)
    yield SystemCommand("First steps", "Topics, one resolution, a cue and a reminder, as on the first day", app.welcome)
    yield SystemCommand("Help", "Keys of this screen and what it is for (?)", app.action_help)
    dark = app.current_theme.dark
    yield SystemCommand(
        "Light theme" if dark else "Dark theme", "Switch between our light and dark colours",
        partial(app.use_theme, looks.LIGHT if dark else looks.DARK),
    )  # fmt: skip
    yield SystemCommand("Other themes", "Choose from all colour themes", app.action_change_theme)
    yield SystemCommand("Quit", "Leave learnhabit; a running timer goes on (^q)", app.action_quit)


def _resolve(app: LearnhabitApp, deed: str) -> None:
    from learnhabit.tui.screens import resolution_deeds

    getattr(resolution_deeds, deed)(app.screen_stack[0])


class Find(Provider):
    """Commands, topics, resolutions and sessions: one provider, so that their order is always the same."""

    @property
    def _app(self) -> LearnhabitApp:
        app = self.app
        assert isinstance(app, LearnhabitApp)
        return app

    async def discover(self) -> Hits:
        """The commands, and the next steps that Today suggests."""
        for command in self._app.get_system_commands(self.screen):
            yield DiscoveryHit(row(command.title), command.callback, text=command.title, help=command.help)
        view = self._app.view
        if view is not None and view.timer is None:
            for step in view.steps[:3]:
                yield DiscoveryHit(
                    row("Start on ", safe_text.elided(step.title, WIDTH)),
                    partial(self._app.start_topic, step.topic),
                    text=f"Start on {safe_text.plain(step.title)}",
                    help="Start the timer on this topic",
                )

    async def search(self, query: str) -> Hits:
        """Commands and topics by a few letters, sessions by their words."""
        commands = list(self._app.get_system_commands(self.screen))
        for number, (command, offsets) in enumerate(best(query, commands, lambda command: (command.title,))):
            yield Hit(
                1 - number / 100,
                safe_text.marked(command.title, offsets, WIDTH, "", "bold $keys"),
                command.callback,
                text=command.title,
                help=command.help,
            )
        view = self._app.view
        if view is not None:
            deed = self._app.start_topic if view.timer is None else self._switch
            for number, (step, offsets) in enumerate(best(query, view.steps, lambda step: (step.title, step.topic))):
                yield Hit(
                    0.8 - number / 100,
                    row("Start on ", safe_text.marked(step.title, offsets, WIDTH - 9, "", "bold $keys")),
                    partial(deed, step.topic),
                    text=safe_text.plain(step.title),
                    help="Start the timer on this topic",
                )
        if len(query) < 2:
            return
        resolutions, hits, page = await self._read(query)
        found = best(query, resolutions, lambda resolution: (resolution.statement,))
        for number, (resolution, offsets) in enumerate(found[:RESOLUTIONS]):
            yield Hit(
                0.6 - number / 100,
                safe_text.marked(resolution.statement, offsets, WIDTH, "", "bold $keys"),
                partial(self._app.post_message, ShowResolution(resolution.id)),
                text=safe_text.plain(resolution.statement),
                help="Show this resolution",
            )
        for number, hit in enumerate(hits):
            what = "the topic" if hit.kind == "topic" else "its topic"
            yield Hit(
                0.5 - number / 100,
                row("Show ", safe_text.elided(hit.title, WIDTH - 5)),
                partial(self._app.post_message, ShowTopic(hit.topic)),
                text=safe_text.plain(hit.title),
                help=f"Show {what} on the map",
            )
        for number, session in enumerate(page.sessions if page is not None else ()):
            told = f"{short_day(session.study_day)} {session.study_day.year}  {format_duration(session.seconds)}  "
            said = f"{session.topic_title} {summary(session)}"
            yield Hit(
                0.4 - number / 100,
                row(told, safe_text.elided(said, WIDTH - len(told))),
                partial(self._app.post_message, ShowSession(session.id)),
                text=safe_text.plain(said)[:WIDTH],
                help="Show this session in the log",
            )

    def _switch(self, topic: str) -> None:
        view = self._app.view
        title = next((step.title for step in view.steps if step.topic == topic), topic) if view is not None else topic
        self._app.switch_to(topic, title)

    async def _read(self, query: str) -> tuple[tuple[Resolution, ...], tuple[Found, ...], LogPage | None]:
        """Every resolution, topics and things to read, and the latest sessions that fit."""

        def sessions(workspace: Workspace) -> LogPage | None:
            try:
                return log_page(workspace, read_filter(workspace, query), None, older=True, limit=SESSIONS)
            except LearnhabitError:  # A query that is no filter; other hits are still shown.
                return None

        def deed() -> tuple[tuple[Resolution, ...], tuple[Found, ...], LogPage | None]:
            from learnhabit.services.searching import search

            with open_for(self.screen) as workspace:
                hits = search(workspace, query, kinds=("topic", "resource"), limit=TOPICS)
                return made_resolutions(workspace), hits, sessions(workspace)

        worker = self.screen.run_worker(deed, thread=True, group="palette", exit_on_error=False)
        try:
            return await worker.wait()
        except Exception:  # A log that can't be read: other hits are still shown.
            return (), (), None
