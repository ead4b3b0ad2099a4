"""What the app does with the timer: start, switch, pause, stop, discard, and the question about a doubtful one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from learnhabit.domain.duration import format_duration
from learnhabit.services import tracking
from learnhabit.tui import safe_text
from learnhabit.tui.faults import Fault
from learnhabit.tui.messages import ChangeFailed, Done
from learnhabit.tui.telling import told
from learnhabit.tui.working import write

if TYPE_CHECKING:
    from textual.app import App

    from learnhabit.services.values import TimerView, TodayView

    Base = App[int]
else:
    Base = object


class Timing(Base):
    """The timer's part of the app."""

    view: TodayView | None

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
        from learnhabit.tui.screens.asking import ConfirmDialog

        def answered(yes: bool | None) -> None:
            if yes:
                self._change(
                    lambda ws: tracking.switch(ws, [topic], resource=resource)[0],
                    lambda outcome: f"Saved {told(outcome.session)}; {title} is running",
                )

        self.push_screen(
            ConfirmDialog(
                "Switch",
                f"Save {format_duration(self.elapsed())} of {running.topic_title}, and start {title}?",
                "The takeaway can be added later, in the log.",
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
            self.ask_about_timer()
            return
        from learnhabit.tui.screens.stop import StopDialog

        self.push_screen(StopDialog())

    def ask_about_timer(self) -> None:
        """What to do with a timer whose time looks wrong."""
        from learnhabit.tui.screens.doubt import DoubtDialog

        self.push_screen(DoubtDialog())

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

    def _change(self, deed: Any, said: Any) -> None:
        """Write in a thread and say what was done; a failure can be tried again."""

        def failed(fault: Fault) -> ChangeFailed:
            return ChangeFailed(fault, again=lambda: self._change(deed, said))

        write(self, deed, lambda result: Done(said(result)), failed)
