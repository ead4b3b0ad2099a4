"""The third step of the first run: a cue, a reminder that is tested at once, and whether it comes while closed."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input

from learnhabit.domain.reminder import CONDITIONS, DEFAULT_CONDITION
from learnhabit.errors import LearnhabitError
from learnhabit.notify.diagnosis import Link
from learnhabit.notify.notifier import Notice
from learnhabit.services import agent, first_steps
from learnhabit.services.agent import AgentStatus
from learnhabit.services.first_steps import Moment, Outlook
from learnhabit.services.workspace import Workspace
from learnhabit.tui import safe_text
from learnhabit.tui.draw import EMPTY, KEY, MUTE, SOFT, STRONG, row
from learnhabit.tui.faults import Fault, fault_of
from learnhabit.tui.messages import Done, Found, ReadFailed
from learnhabit.tui.screens.first_run_step import Rows, Step
from learnhabit.tui.widgets.choice import Choice
from learnhabit.tui.widgets.fields import Field, Line
from learnhabit.tui.widgets.press import Press
from learnhabit.tui.widgets.ticklist import TickList
from learnhabit.tui.working import do, open_for, read

NAMES = ("not-studied", "always")
CUE, RULE = "my morning coffee", "weekdays 7:35"
"""What stands there at first."""
DEBOUNCE = 0.08
HINT = "such as weekdays 7:35, daily 8pm, mon,wed 12:30; or none"


class MomentStep(Step):
    """After what, when, and whether it arrives."""

    NAME = "Cue and reminder"
    ASKS = "When will it happen?"
    SAYS = "Tied to a thing you do anyway, it is likelier to start (Gollwitzer 1999)."
    ABOUT = (
        "The cue is something that you do anyway; advice and reminders name it. A reminder comes at its time unless "
        "you have studied already. ^t sends a notification now, so that you see whether it arrives. While learnhabit "
        "is closed it comes only if the system looks for it, which the last row sets up. esc leaves the step out; "
        ", in the app changes all of it."
    )

    class Known(Message):
        """What there is already."""

        def __init__(self, moment: Moment) -> None:
            super().__init__()
            self.moment = moment

    class Looked(Message):
        """What lies between a reminder and the person."""

        def __init__(self, status: AgentStatus) -> None:
            super().__init__()
            self.status = status

    class RuleRead(Message):
        """When it comes, or why it can't be read."""

        def __init__(self, rule: str, outlook: Outlook | None, fault: Fault | None = None) -> None:
            super().__init__()
            self.rule, self.outlook, self.fault = rule, outlook, fault

    class Tested(Message):
        """It was sent, or could not be."""

        def __init__(
            self, notice: Notice | None, status: AgentStatus | None = None, fault: Fault | None = None
        ) -> None:
            super().__init__()
            self.notice, self.status, self.fault = notice, status, fault

    def __init__(self) -> None:
        super().__init__()
        self._reminder: str | None = None
        self._kept: tuple[Any, ...] | None = None
        """The values that are written."""
        self._status: AgentStatus | None = None
        self._rest: Timer | None = None
        self._tested = False

    def compose_step(self) -> ComposeResult:
        """Fields, the test, the agent."""
        yield Field("After", Line("", "something you do anyway, such as lunch", id="cue"))
        yield Field("I do", Rows(id="deed"))
        yield Field("Remind me", Line("", HINT, id="rule"))
        yield Field("Only if", Choice([CONDITIONS[name] for name in NAMES], id="condition"))
        with Vertical(classes="panel"):
            yield Rows(id="test")
            with Horizontal(id="answers"):
                yield Rows(row(("Did you see it?", SOFT)), id="asked")
                yield Press("Yes", "", "saw")
                yield Press("No, show what to check", "", "check")
        yield TickList([("agent", "Also when learnhabit is closed")], id="agent")
        yield Rows(id="adds")

    def on_mount(self) -> None:
        """What there is."""
        read(self, "first-run", first_steps.moment, self.Known, ReadFailed)
        read(self, "agent", agent.agent_status, self.Looked, ReadFailed)
        self._invite()

    @property
    def next_label(self) -> str:
        """What enter does."""
        return "To Today" if self._kept is not None and self._kept == self._values() else "Finish"

    def begin(self) -> None:
        """The cue has the focus."""
        self.query_one("#cue").focus()
        self._deed()

    def _deed(self) -> None:
        view = self.app.view
        title = view.steps[0].title if view is not None and view.steps else "study"
        self.query_one("#deed", Rows).say(
            row("  ", safe_text.elided(f"ten minutes of {title}", self.room - 14, "$ink"))
        )

    def on_moment_step_known(self, message: MomentStep.Known) -> None:
        """A home that is lived in shows what it has."""
        found = message.moment
        self._reminder = found.reminder
        words = found.cue.partition(" ")
        cue = words[2] if words[0].lower() == "after" else found.cue
        self.query_one("#cue", Line).value = cue or ("" if found.reminder else CUE)
        self.query_one("#rule", Line).value = found.rule or RULE
        condition = found.condition if found.condition in NAMES else DEFAULT_CONDITION
        self.query_one("#condition", Choice).at = NAMES.index(condition)
        self.query_one("#cue", Line).action_select_all()

    # The agent

    def on_moment_step_looked(self, message: MomentStep.Looked) -> None:
        """Say what is in the way, and what would be added."""
        self._status = message.status
        status, ticks = message.status, self.query_one("#agent", TickList)
        if status.scheduler:
            ticks.display = False
            said = f"✓ {status.about} looks for it while learnhabit is closed"
        elif status.proposed:
            # Where nothing can be shown there is nothing to look for.
            ticks.ticked = set() if self._broken(status) else {"agent"}
            said = f"adds {status.proposed}\nlearnhabit remind uninstall takes it away"
        else:
            ticks.display = False
            said = "While learnhabit is closed nothing looks for it here: learnhabit remind run does."
        indent = 6 if ticks.display else 0
        lines = said.split("\n") if self.app.size.height >= 30 else [said.replace("\n", "; ")]
        self.query_one("#adds", Rows).say(
            *[row(" " * indent, safe_text.elided(line, self.room - indent, MUTE)) for line in lines]
        )
        ticks.renew()
        if not self._tested:
            self._invite()

    def _invite(self) -> None:
        """What the test is for, and what is known to be in the way."""
        rows = [row(("^t", KEY), (" Test it now", STRONG), (": one notification, to see that it arrives.", SOFT))]
        rows += self._in_the_way(self._status)
        self._panel(*rows, amber=len(rows) > 1)

    def _in_the_way(self, status: AgentStatus | None) -> list[Content]:
        """What keeps a notification from the person, what to do, and what comes all the same."""
        link = self._broken(status)
        if link is None:
            return []
        lines = safe_text.wrapped(f"{link.says}: {link.do}", self.room - 6, "$amber", limit=1)
        rows = [row(("! ", "bold $amber"), line) for line in lines]
        return [*rows, row(("  While learnhabit is open, reminders show in it.", SOFT))]

    def _broken(self, status: AgentStatus | None) -> Link | None:
        """The first link to the desktop that is broken; a quiet hour passes."""
        links = status.links if status is not None else ()
        return next((link for link in links if not link.ok and link.name in ("way", "bus", "service")), None)

    def _panel(self, *rows: Content, asks: bool = False, amber: bool = False) -> None:
        panel = self.query_one(".panel", Vertical)
        panel.set_class(asks, "-asks")
        panel.set_class(amber, "-amber")
        self.query_one("#test", Rows).say(*rows)

    # What is typed

    def on_input_changed(self, message: Input.Changed) -> None:
        """Read the rule when one rests."""
        message.stop()
        self.post_message(self.Changed())
        if message.input.id == "rule":
            if self._rest is not None:
                self._rest.stop()
            self._rest = self.set_timer(DEBOUNCE, self._read)

    def _read(self) -> None:
        rule = self.query_one("#rule", Line).value.strip()
        if not rule:
            self._hint(row((HINT, MUTE)))
            return
        read(
            self,
            "rule",
            lambda workspace: first_steps.outlook(workspace, rule),
            lambda outlook: self.RuleRead(rule, outlook),
            lambda fault: self.RuleRead(rule, None, fault),
        )

    def on_moment_step_rule_read(self, message: MomentStep.RuleRead) -> None:
        """Below its field."""
        if message.rule != self.query_one("#rule", Line).value.strip():
            return
        width = self.room - 14
        if message.fault is not None:
            said = f"{message.fault.title}: {message.fault.hint}"
            self._hint(row(("! ", "bold $amber"), safe_text.elided(said, width - 2, "$amber")))
        elif message.outlook is not None and message.outlook.warning:
            self._hint(row(("! ", "bold $amber"), safe_text.elided(message.outlook.warning, width - 2, "$amber")))
        elif message.outlook is not None:
            self._hint(safe_text.elided(message.outlook.says, width, "$t3"))

    def _hint(self, content: Content) -> None:
        list(self.query(Field))[2].hint(content)

    def _values(self) -> tuple[str, str, str, bool]:
        if not self.query("#agent"):
            return "", "", "", False
        return (
            self.query_one("#cue", Line).value.strip(),
            self.query_one("#rule", Line).value.strip(),
            NAMES[self.query_one("#condition", Choice).at],
            "agent" in self.query_one("#agent", TickList).ticked,
        )

    def on_choice_chosen(self) -> None:
        """The button says what it does."""
        self.post_message(self.Changed())

    def on_tick_list_ticked(self) -> None:
        """The same."""
        self.post_message(self.Changed())

    # The test

    def send_test(self) -> None:
        """Send one now."""
        self._tested = True
        self._panel(row(("Sending a test notification …", SOFT)))
        app, cue = self.app, self._values()[0]

        def deed() -> MomentStep.Tested:
            with open_for(app) as workspace:
                try:
                    return self.Tested(agent.send_test(workspace, cue=first_steps.cue_of(cue)))
                except LearnhabitError as error:
                    return self.Tested(None, agent.agent_status(workspace), fault_of(error))

        do(self, deed, lambda tested: tested, lambda fault: self.Tested(None, None, fault))

    def on_moment_step_tested(self, message: MomentStep.Tested) -> None:
        """Ask whether it was seen, or say why it was not sent."""
        width, notice, fault = self.room - 6, message.notice, message.fault
        if notice is not None:
            said = safe_text.wrapped(f"“{notice.title}: {notice.body}”", width - 2, SOFT, limit=2)
            sent = row(("✓ ", "bold $t3"), ("A test notification was sent just now.", STRONG))
            self._panel(sent, *[row("  ", line) for line in said], asks=True)
            self.query_one("#answers Press", Press).focus()
            return
        rows = self._in_the_way(message.status)
        if not rows and fault is not None:
            said = safe_text.wrapped(f"{fault.title}: {fault.hint}", width - 2, "$amber", limit=2)
            rows = [row(("! " if at == 0 else "  ", "bold $amber"), line) for at, line in enumerate(said)]
        self._panel(row(("The test notification could not be sent.", STRONG)), *rows, amber=True)

    def saw(self) -> None:
        """It arrives."""
        self._panel(row(("✓ ", "bold $t3"), ("Good: reminders will look like that.", STRONG)))
        if self._kept is not None and self._kept == self._values():
            self.post_message(self.Over(self, chosen=True))
        else:
            self.query_one("#rule").focus()

    def check(self) -> None:
        """Every link between a reminder and the person."""
        from learnhabit.tui.screens.reminder_agent import AgentDialog

        def changed(said: str) -> None:
            self.app.post_message(Done(said))
            read(self, "agent", agent.agent_status, self.Looked, ReadFailed)

        def show(status: AgentStatus) -> None:
            self.app.push_screen(AgentDialog(status, changed), lambda _: self._focus_main())

        read(self, "agent", agent.agent_status, lambda status: Found(status, show), ReadFailed)

    def _focus_main(self) -> None:
        """Enter goes on from here."""
        self.screen.query_one("#buttons .-main", Press).focus()

    # The end

    def proceed(self) -> None:
        """Keep it all; the first time a test goes with it."""
        values = self._values()
        cue, rule, condition, while_closed = values
        if values == self._kept or (not cue and not rule):
            self.post_message(self.Over(self, chosen=self._kept is not None))
            return
        chosen = Moment(cue=cue, rule=rule, condition=condition, reminder=self._reminder)
        wanted = while_closed and bool(rule)

        def deed(workspace: Workspace) -> tuple[Any, str | None, str]:
            reminder = first_steps.keep_moment(workspace, chosen)
            try:
                if wanted and not agent.is_installed():
                    agent.install(workspace)
            except LearnhabitError as error:
                return values, reminder, f"Reminders come while learnhabit is open only. {error.title}: {error.hint}"
            return values, reminder, ""

        self.save(deed)

    def written(self, result: Any) -> None:
        """Test it, or go on."""
        self._kept, self._reminder, trouble = result
        self.say(row(("! ", "bold $amber"), safe_text.line(trouble, "$amber")) if trouble else EMPTY)
        if self._kept is not None and self._kept[1] and not self._tested:
            self.send_test()
        else:
            super().written(result)
