"""The agent: every link between a reminder that is due and the person, and what would be written to mend them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from learnhabit.services import agent
from learnhabit.services.agent import AgentStatus
from learnhabit.services.workspace import Workspace
from learnhabit.tui import safe_text
from learnhabit.tui.draw import EMPTY, HEAD, INK, KEY, MUTE, SOFT, STRONG, row
from learnhabit.tui.faults import Fault
from learnhabit.tui.keynames import named
from learnhabit.tui.messages import ChangeFailed, Found
from learnhabit.tui.screens.reading import ReadingDialog
from learnhabit.tui.widgets.press import Press
from learnhabit.tui.working import do, open_for

if TYPE_CHECKING:
    from learnhabit.tui.app import LearnhabitApp


class AgentDialog(ReadingDialog):
    """What is, and what may be done."""

    HELP = (
        "The agent looks once a minute whether a reminder is due, also while the app is closed. s sets it up by what "
        "this machine has; learnhabit remind install --dry-run shows every file first. r takes it away again."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "set_up", "Set up", id="agent.setup", tooltip="Let reminders come while the app is closed"),
        Binding("r", "remove", "Remove", id="agent.remove", tooltip="Take the agent away again"),
    ]

    def __init__(self, status: AgentStatus, changed: Callable[[str], None]) -> None:
        super().__init__()
        self._status = status
        self._changed = changed

    def headline(self) -> Content:
        """What it is about."""
        return row(("While the app is closed", STRONG))

    def rows(self, width: int) -> list[Content]:
        """The links, and the files."""
        status = self._status
        head = "A reminder would arrive now." if status.arrives else "A reminder would not arrive now."
        rows = [row((head, STRONG)), EMPTY]
        for link in status.links:
            sign, style = ("✓ ", "$t3") if link.ok else ("! ", "bold $amber")
            for number, line in enumerate(safe_text.wrapped(link.says, width - 2, INK, limit=3)):
                rows.append(row((sign if number == 0 else "  ", style), line))
            rows += [row("  ", line) for line in safe_text.wrapped(link.do, width - 2, MUTE, limit=3) if link.do]
        if status.proposed:
            rows += [EMPTY, row((named("agent.setup", "s"), KEY), (" SETS UP", HEAD))]
            rows += safe_text.wrapped(status.proposed, width, INK, limit=2)
        elif status.files:
            rows += [EMPTY, row(("FILES", HEAD))]
        rows += [safe_text.elided(agent.short_path(path), width, SOFT) for path in status.files]
        if status.scheduler:
            rows += [
                EMPTY,
                row(
                    (named("agent.setup", "s"), KEY),
                    (" sets it up anew", MUTE),
                    ("   " + named("agent.remove", "r"), KEY),
                    (" removes it", MUTE),
                ),
            ]
        return rows

    def buttons(self) -> list[Press]:
        """Close, and what is wanted most."""
        if self._status.scheduler and self._status.running:
            return [Press("Remove", "r", "remove"), Press("Close", "esc", "close", main=True)]
        return [Press("Close", "esc", "close"), Press("Set up", "s", "set_up", main=True)]

    def action_set_up(self) -> None:
        """Install by what the machine has."""

        def deed(workspace: Workspace) -> str:
            return f"Reminders come by {agent.install(workspace).about}"

        self._do(deed)

    def action_remove(self) -> None:
        """Uninstall."""

        def deed(workspace: Workspace) -> str:
            gone = agent.uninstall(workspace)
            return "The agent is gone; reminders come while the app is open" if gone else "There was no agent"

        self._do(deed)

    def _do(self, deed: Callable[[Workspace], str]) -> None:
        # The app's, not the dialog's: it goes on when this is closed.
        _do(self.app, deed, self._changed)
        self.dismiss(None)


def _do(app: LearnhabitApp, deed: Callable[[Workspace], str], changed: Callable[[str], None]) -> None:
    def work() -> str:
        with open_for(app) as workspace:
            return deed(workspace)

    def failed(fault: Fault) -> ChangeFailed:
        return ChangeFailed(fault, again=lambda: _do(app, deed, changed))

    do(app, work, lambda said: Found(said, changed), failed)
