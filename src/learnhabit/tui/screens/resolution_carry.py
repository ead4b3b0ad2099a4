"""Carrying last year's unfinished resolutions over: a list to tick."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from learnhabit.services.resolution_cells import cells_of
from learnhabit.services.resolution_values import ResolutionView
from learnhabit.services.resolving import carried, carry_over
from learnhabit.tui import safe_text
from learnhabit.tui.draw import MUTE, SOFT, STRONG, key, row, spread
from learnhabit.tui.messages import Done
from learnhabit.tui.screens.dialog import FormDialog
from learnhabit.tui.widgets.picklist import PickList
from learnhabit.tui.widgets.press import Press


class CarryOverDialog(FormDialog[Any]):
    """What was not finished becomes a resolution of this year, as much as is left of it."""

    HEADING = "Nothing was carried over"
    HELP = (
        "Last year's resolutions that are not kept, and those that recur. space ticks one, enter takes the ticked ones "
        "into this year: what is left of the target, or the whole of what recurs."
    )
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,ctrl+s", "save", "Carry over", id="carry.save", tooltip="Take the ticked ones on"),
        Binding("space", "tick", "Tick", id="carry.tick", tooltip="Tick the marked one, or not"),
        Binding("down,j", "move(1)", "Down", id="carry.down", show=False, tooltip="The next one"),
        Binding("up,k", "move(-1)", "Up", id="carry.up", show=False, tooltip="The one before"),
    ]

    def __init__(self, year: int, choices: Sequence[ResolutionView]) -> None:
        super().__init__()
        self._year, self._choices = year, choices
        self._ticked = {each.resolution.id for each in choices}

    def headline(self) -> Content:
        """What it is about."""
        return row((f"From {self._year - 1} to {self._year}", STRONG))

    def compose_body(self) -> ComposeResult:
        """What becomes of each."""
        yield Static(row(("What goes on this year? Nothing has to.", SOFT)), classes="gap")
        yield PickList[ResolutionView](self._draw, id="list")
        yield from self.compose_verdict()

    def note(self) -> Content:
        """How to tick."""
        return key("space", "tick or not")

    def buttons(self) -> list[Press]:
        """Later, or now."""
        return [Press("Cancel", "esc", "close"), Press("Carry over", "enter", "save", main=True)]

    @property
    def _list(self) -> PickList[ResolutionView]:
        return self.query_one("#list", PickList)

    def on_mount(self) -> None:
        """Show them, all ticked."""
        self._list.show_values(self._choices)

    def _draw(self, view: ResolutionView, width: int, picked: bool) -> Content:
        ticked = view.resolution.id in self._ticked
        today = self.app.view.today if self.app.view is not None else view.resolution.period_end
        right = row((cells_of(view, today).done, MUTE))
        statement = safe_text.elided(carried(view, self._year).statement, width - right.cell_length - 6, "$ink")
        return spread(row(("[✓] " if ticked else "[ ] ", "$keys"), statement), right, width)

    def action_move(self, by: int) -> None:
        """Mark another one."""
        self._list.move(by)

    def action_tick(self) -> None:
        """Tick the marked one, or not."""
        picked = self._list.picked
        if picked is not None:
            self._ticked ^= {picked.resolution.id}
            self._list.renew()

    @on(PickList.Picked)
    def _clicked(self) -> None:
        self.action_tick()

    def on_click(self, event: events.Click) -> None:
        """A click ticks what it marks; the list does the marking."""
        event.stop()

    def action_save(self) -> None:
        """Take the ticked ones on."""
        ids = [each.resolution.id for each in self._choices if each.resolution.id in self._ticked]
        if not ids:
            self.dismiss(None)
            return
        self.save(lambda workspace: carry_over(workspace, self._year, ids))

    def saved(self, result: Sequence[ResolutionView]) -> None:
        """Say how many."""
        plural = "" if len(result) == 1 else "s"
        self.app.post_message(Done(f"Carried {len(result)} resolution{plural} over; u takes it back"))
        self.dismiss(result)
