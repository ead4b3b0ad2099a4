"""Resolutions: what one has set out to learn, and where each stands today."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.getters import query_one
from textual.message import Message
from textual.timer import Timer

from learnhabit.services.resolution_detail import resolution_detail
from learnhabit.services.resolution_values import ResolutionDetail, ResolutionView
from learnhabit.services.resolutions import resolutions
from learnhabit.services.values import TodayView
from learnhabit.tui import safe_text
from learnhabit.tui.screens.main import MainScreen
from learnhabit.tui.widgets.resolutionlist import ResolutionList
from learnhabit.tui.widgets.resolutionpane import ResolutionPane
from learnhabit.tui.working import if_there, read

WIDE = 110
DEBOUNCE = 0.06
"""Seconds that the cursor rests before the details of its resolution are read."""


class ResolutionsScreen(MainScreen):
    """The list, and the marked one with everything."""

    MODE = "resolutions"
    AUTO_FOCUS = "ResolutionList"
    HELP = (
        "What you have set out to learn, held against what was logged. The plan starts where you stood when you made "
        "it and leaves room for time off; today is judged when it is over. a adds one in a line of plain words, "
        "w tells how each figure comes about. Every change can be taken back with u."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "Add", id="resolution.add", tooltip="Make a resolution in one line"),
        Binding("e", "deed('edit')", "Edit", id="resolution.edit", tooltip="Change its words, topics, end or cue"),
        Binding("enter", "open", "Open", id="resolution.open", key_display="enter", tooltip="All of the resolution"),
        Binding("c", "deed('check_in')", "Check in", id="resolution.checkin", tooltip="Note that it was done"),
        Binding("g", "deed('let_go')", "Let go", id="resolution.letgo", tooltip="Let it go on purpose, with a reason"),
        Binding("T", "deed('change_target')", "Target", id="resolution.target", tooltip="Aim higher or lower"),
        Binding("o", "carry_over", "Carry over", id="resolution.carry", tooltip="Take last year's on into this one"),
        Binding("w", "why", "Why", id="resolution.why", tooltip="Why its figures are what they are"),
        Binding("d", "deed('delete')", "Delete", id="resolution.delete", tooltip="Delete it; u brings it back"),
        Binding(
            "s", "start", "Start", id="resolution.start", show=False, tooltip="Start on the topic that brings it on"
        ),
    ]

    list = query_one(ResolutionList)
    pane = query_one(ResolutionPane)

    class ListRead(Message):
        """Every resolution was read."""

        def __init__(self, views: tuple[ResolutionView, ...]) -> None:
            super().__init__()
            self.views = views

    class DetailRead(Message):
        """The details of one were read."""

        def __init__(self, detail: ResolutionDetail | None, reading: int) -> None:
            super().__init__()
            self.detail = detail
            self.reading = reading

    def __init__(self) -> None:
        super().__init__()
        self._wanted = ""
        """The id to go to once the list is read."""
        self._rest: Timer | None = None
        self._reading = 0
        """Counts the readings of the list; details that were asked for before the latest one are not kept."""
        self._details: dict[str, ResolutionDetail] = {}
        """By id, since the list was read: going back to one shows it at once."""
        self._opening = ""
        """The id of what is opened as soon as its details are read."""

    def compose_body(self) -> ComposeResult:
        """The list left or above, the marked one right or below."""
        with Container(id="main"):
            yield ResolutionList()
            yield ResolutionPane()

    def reload(self) -> None:
        """Read the list anew; the details follow."""
        self._stale = False
        read(self, "resolutions", resolutions, self.ListRead)

    def renew_log(self) -> None:
        """Something was written, here or elsewhere."""
        self.reload()

    def show_view(self, view: TodayView) -> None:
        """Another day moves every plan on."""
        super().show_view(view)
        if self.pane.today != view.today:
            self.pane.today = view.today
            self.heed()

    @on(ListRead)
    def _show_list(self, message: ListRead) -> None:
        view = self.app.view
        if view is None:
            return
        self._reading += 1
        self._details = {}
        self.query_one("#main").set_class(not message.views, "-empty")
        self.list.show_views(message.views, view.today)
        if self._wanted:
            self.list.mark(self._wanted)
            self._wanted = ""

    @on(ResolutionList.Marked)
    def _mark(self, message: ResolutionList.Marked) -> None:
        if self._rest is not None:
            self._rest.stop()
        name = "" if message.view is None else message.view.resolution.id
        known = self._details.get(name)
        if name != self._opening:
            self._opening = ""
        self.pane.show(message.view, known)
        if known is None:
            self._rest = self.set_timer(DEBOUNCE, self._read_detail)

    def _read_detail(self) -> None:
        marked = self.marked
        if marked is not None:
            name, reading = marked.resolution.id, self._reading
            read(
                self,
                "resolution",
                if_there(lambda workspace: resolution_detail(workspace, name)),
                lambda detail: self.DetailRead(detail, reading),
            )

    @on(DetailRead)
    def _show_detail(self, message: DetailRead) -> None:
        detail, marked = message.detail, self.marked
        if detail is None:
            return
        name = detail.view.resolution.id
        if message.reading == self._reading:
            self._details[name] = detail
        if marked is None or marked.resolution.id != name:
            return
        self.pane.show(marked, detail)
        if self._opening == name and self.is_current:
            self.action_open()

    @on(ResolutionList.Opened)
    def action_open(self) -> None:
        """All of the marked one in a dialog; as soon as it is read."""
        marked, detail = self.marked, self.pane.detail
        self._opening = ""
        if marked is None:
            return
        if detail is None or detail.view.resolution.id != marked.resolution.id:
            self._opening = marked.resolution.id
            return
        from learnhabit.tui.screens.resolution_reading import ResolutionDialog

        self.app.push_screen(ResolutionDialog(detail))

    @property
    def unsaid(self) -> tuple[str, ...]:
        """Keys that the footer need not say: wide, nearly everything is shown beside the list already."""
        return ("resolution.open",) if self.app.size.width >= WIDE else ()

    @property
    def marked(self) -> ResolutionView | None:
        """The resolution under the cursor."""
        return self.list.current

    def show_resolution(self, resolution: str) -> None:
        """Go to one by its id."""
        self._wanted = resolution
        self.list.mark(resolution)
        self.list.focus()
        self.reload()

    def action_add(self) -> None:
        """Make one."""
        from learnhabit.tui.screens import resolution_deeds

        resolution_deeds.add(self)

    def action_carry_over(self) -> None:
        """Take last year's on."""
        from learnhabit.tui.screens import resolution_deeds

        resolution_deeds.carry_over(self)

    def action_deed(self, name: str) -> None:
        """Do something with the marked one."""
        from learnhabit.tui.screens import resolution_deeds

        deed: Any = getattr(resolution_deeds, name)
        marked = self.marked
        if marked is None:
            safe_text.toast(self.app, "There is no resolution here; a makes one", severity="warning")
        else:
            deed(self, marked)

    def action_why(self) -> None:
        """How the figures of the marked one come about; those of the habit when there is none."""
        marked = self.marked
        known = None if marked is None else self._details.get(marked.resolution.id)
        if marked is None:
            self.app.action_why()
        elif known is None:
            self.action_deed("why")
        else:
            from learnhabit.tui.screens.resolution_why import WhyResolutionDialog

            self.app.push_screen(WhyResolutionDialog(known))

    def action_start(self) -> None:
        """Start the timer on the topic that brings the marked one on; without one ask which."""
        detail, marked = self.pane.detail, self.marked
        if detail is not None and (marked is None or detail.view.resolution.id != marked.resolution.id):
            detail = None
        if detail is None or detail.next_step is None or self.app.timer is not None:
            self.app.action_start()
        else:
            self.app.start_topic(detail.next_step.topic)
