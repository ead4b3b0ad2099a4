"""What the app does with the timer: start, switch, pause, stop, discard, and the question about a doubtful one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from learnhabit.domain.duration import format_duration
from learnhabit.services import tracking
from learnhabit.services.doubting import DoubtError
from learnhabit.tui import safe_text
from learnhabit.tui.faults import Fault
from learnhabit.tui.messages import ChangeFailed, Done, Found
from learnhabit.tui.telling import told
from learnhabit.tui.working import write

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App

    from learnhabit.services.values import TimerView, TodayView
    from learnhabit.services.workspace import Workspace
    from learnhabit.tui.drafts import Draft

    Base = App[int]
else:
    Base = object

KEPT = "What you wrote in Stop is saved with it."


class Doubt(NamedTuple):
    """What a change comes to that was refused because the timer's time looks wrong."""

    timer: TimerView | None
    """As it stands now."""


def or_doubt(deed: Callable[[Workspace], Any]) -> Callable[[Workspace], Any]:
    """A change that comes to a `Doubt` where the timer looks wrong, so that a question can follow, not a refusal."""

    def doing(workspace: Workspace) -> Any:
        try:
            return deed(workspace)
        except DoubtError:
            return Doubt(tracking.timer(workspace))

    return doing


class Timing(Base):
    """The timer's part of the app."""

    view: TodayView | None
    _asked = False
    """It was asked what to do with a timer that looks wrong, and it still does."""
    _draft: tuple[tuple[str, int], Draft] | None = None
    """What was typed when a timer was not stopped after all, and which one: topic and start. There is one at most."""

    if TYPE_CHECKING:
        clock: Any
        folder: str

    @property
    def timer(self) -> TimerView | None:
        """The timer as it was read last."""
        return None if self.view is None else self.view.timer

    def elapsed(self) -> int:
        """Seconds on the timer now, without asking the database."""
        timer = self.timer
        if timer is None or self.view is None:
            return 0
        if timer.paused:
            return timer.seconds
        now: int = self.clock.now()
        return max(timer.seconds + now - int(self.view.now_wall.timestamp()), 0)

    def draft_of(self, timer: TimerView) -> Draft:
        """What was typed about a timer in *Stop and save*."""
        from learnhabit.tui.drafts import Draft

        of, draft = self._draft or (None, Draft())
        return draft if of == (timer.topic, timer.started_at) else Draft()

    def keep_draft(self, timer: TimerView, draft: Draft) -> None:
        """Keep what was typed until the dialog opens again."""
        self._draft = (timer.topic, timer.started_at), draft

    def action_start(self) -> None:
        """Pick a topic, and start on it or switch to it."""
        from learnhabit.tui.screens.start import StartDialog

        self.push_screen(StartDialog())

    def start_topic(self, topic: str, resource: str | None = None) -> None:
        """Start the timer on a topic, with a resource of it by its id."""
        self._change(
            lambda ws: tracking.start(ws, [topic], resource=resource), lambda timer: f"Started {timer.topic_title}"
        )

    def switch_to(self, topic: str, title: str, resource: str | None = None) -> None:
        """Ask, then save what runs and start another topic."""
        running = self.timer
        if running is None:
            self.start_topic(topic, resource)
            return
        if running.suspicion:
            self.ask_about_timer(running, lambda: self.start_topic(topic, resource))
            return
        draft = self.draft_of(running)
        from learnhabit.tui.screens.asking import ConfirmDialog

        def answered(yes: bool | None) -> None:
            if yes:
                self._change(
                    lambda ws: draft.switch(ws, topic, resource=resource),
                    lambda outcome: f"Saved {told(outcome.session)}; {title} is running",
                    lambda: self.start_topic(topic, resource),
                )

        self.push_screen(
            ConfirmDialog(
                "Switch",
                f"Save {format_duration(self.elapsed())} of {running.topic_title}, and start {title}?",
                KEPT if draft.written else "The takeaway can be added later, in the log.",
                "Switch",
            ),
            answered,
        )

    def action_pause(self) -> None:
        """Hold the timer, or let it go on."""
        timer = self.timer
        if timer is None:
            safe_text.toast(self, "No timer is running; s starts one", severity="warning")
        elif timer.paused:
            self._change(tracking.resume, lambda _: "")
        else:
            self._change(tracking.pause, lambda _: "")

    def action_stop(self) -> None:
        """Stop the timer with a takeaway; a doubtful one is asked about first."""
        timer = self.timer
        if timer is None:
            safe_text.toast(self, "No timer is running; s starts one, l logs what is over", severity="warning")
            return
        if timer.suspicion:
            self.ask_about_timer(timer)
            return
        from learnhabit.tui.screens.stop import StopDialog

        self.push_screen(StopDialog())

    def ask_in_doubt(self) -> None:
        """Ask about a timer that looks wrong, once, and over no other dialog."""
        if self.timer is None or not self.timer.suspicion:
            self._asked = False
        elif not self._asked and len(self.screen_stack) == 1:
            self.ask_about_timer(self.timer)

    def ask_about_timer(self, timer: TimerView | None, then: Callable[[], object] | None = None) -> None:
        """What to do with a timer whose time looks wrong; once that is decided, `then` goes on."""
        from learnhabit.tui.screens.doubt import DoubtDialog

        if timer is None or any(isinstance(screen, DoubtDialog) for screen in self.screen_stack):
            return
        self._asked = True

        def answered(decided: bool | None) -> None:
            if decided and then is not None:
                then()

        self.push_screen(DoubtDialog(timer), answered)

    def action_discard(self) -> None:
        """Ask, then drop the timer."""
        timer = self.timer
        if timer is None:
            safe_text.toast(self, "No timer is running", severity="warning")
            return
        from learnhabit.tui.screens.asking import ConfirmDialog

        def answered(yes: bool | None) -> None:
            if yes:
                self._change(
                    tracking.cancel, lambda gone: f"Discarded the timer on {gone.topic_title}; u brings it back"
                )

        self.push_screen(
            ConfirmDialog(
                "Discard the timer",
                f"Drop {format_duration(self.elapsed())} of {timer.topic_title}? Nothing is saved.",
                "u brings the timer back.",
                "Discard",
            ),
            answered,
        )

    def _change(self, deed: Any, said: Any, then: Callable[[], object] | None = None) -> None:
        """Write in a thread and say what was done; a failure can be tried again.

        A timer that looks wrong is asked about first, and then `then` goes on.
        """

        def done(result: Any) -> Found | Done:
            if isinstance(result, Doubt):
                return Found(result.timer, lambda timer: self.ask_about_timer(timer, then))
            return Done(said(result))

        def failed(fault: Fault) -> ChangeFailed:
            return ChangeFailed(fault, again=lambda: self._change(deed, said, then))

        write(self, or_doubt(deed), done, failed)
