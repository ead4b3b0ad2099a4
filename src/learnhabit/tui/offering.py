"""What the app offers by itself, once each and never in the way: a look back, the next year, what is left of the last.

Nothing is asked for before the first screen stands, and nothing is offered over a dialog.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from learnhabit.services.today import today_view
from learnhabit.tui.messages import AdviceNoted, OfferDue
from learnhabit.tui.working import do, open_for, read

if TYPE_CHECKING:
    from datetime import date

    from textual.app import App
    from textual.screen import Screen
    from textual.signal import Signal

    from learnhabit.services.values import AdviceView, TodayView
    from learnhabit.services.workspace import Workspace

    Base = App[int]
else:
    Base = object


class Offering(Base):
    """The offers' part of the app."""

    review_offered = False
    """Today names the weekly review, as long as the app is open and the review is not written."""
    _offer: str | None = None
    """Waits for a moment in which nothing else is asked."""
    _noted: AdviceView | None = None
    """The piece of advice that was noted as shown last."""
    _looked_on: date | None = None
    """The study day on which it was last looked what is due."""
    _is_new = False
    """Nothing was ever done in this home."""
    _welcomed = False
    """The first run was shown, as long as the app is open."""

    if TYPE_CHECKING:
        view: TodayView | None
        is_settled: bool
        today_changed: Signal[TodayView]

    def first_look(self, workspace: Workspace) -> TodayView:
        """Today; only at the opening, and where it holds nothing, it is looked whether anybody was here before."""
        view = today_view(workspace)
        if self.view is None and view.empty and view.timer is None and not view.resolutions:
            from learnhabit.services.first_steps import is_new

            self._is_new = is_new(workspace)
        return view

    def welcome(self) -> None:
        """Show the first run, in a new home or once more."""
        from learnhabit.tui.screens.first_run import FirstRun

        self._welcomed = True
        if not isinstance(self.screen, FirstRun):
            self.push_screen(FirstRun())

    def offer_again(self) -> None:
        """Look once a study day what is due; make an offer that waits."""
        view = self.view
        if view is not None and self._is_new and not self._welcomed:
            # Nothing else is offered on the first day.
            self._looked_on = view.today
            self.welcome()
        if not self.is_settled or view is None:
            return
        if view.advice is not None and view.advice != self._noted:
            self._note(view.advice)
        if self._looked_on != view.today:
            self._looked_on = view.today
            read(self, "offers", _due, OfferDue, lambda _: OfferDue(None))
        else:
            self._make()

    def _note(self, advice: AdviceView) -> None:
        """Remember which advice was shown, so that it does not come again too soon."""
        self._noted = advice

        def deed(workspace: Workspace) -> None:
            from learnhabit.services.advising import note_advice

            note_advice(workspace, advice)

        read(self, "advice", deed, lambda _: AdviceNoted(), lambda _: AdviceNoted())

    # Handlers of a mixin are found by their names only, not by `@on`.

    def on_offer_due(self, message: OfferDue) -> None:
        """Make it now, or when nothing else is asked any more."""
        self._offer = message.offer
        self._make()

    def _make(self) -> None:
        offer, view = self._offer, self.view
        if offer is None or view is None or len(self.screen_stack) > 1 or (view.timer and view.timer.suspicion):
            return
        self._offer = None
        kind, _, what = offer.partition(":")
        if kind == "review":
            self.review_offered = True
            self.today_changed.publish(view)
        else:
            self._ask(kind, what)
        self._take(offer)

    def _take(self, offer: str) -> None:
        """Remember that it was made, and see what else is due; a file that can't be written offers it once more."""

        def deed() -> str | None:
            from learnhabit.services.offers import due_offer, take_offer

            with open_for(self) as workspace:
                take_offer(workspace, offer)
                return due_offer(workspace)

        do(self, deed, OfferDue, lambda _: OfferDue(None))

    def _ask(self, kind: str, year: str) -> None:
        from learnhabit.tui.screens.asking import ConfirmDialog

        def answered(yes: bool | None) -> None:
            # Once the question is gone.
            if yes:
                self.call_later(self._deed, kind)
            else:
                self.call_later(self._make)

        if kind == "next-year":
            dialog = ConfirmDialog(
                f"Resolutions for {year}",
                f"{year} is near. Will you set what you want to learn in it?",
                "This is asked once; a in 3 Resolutions does it at any time.",
                "Set one",
            )
        elif kind == "look-back":
            after = int(year) + 1
            dialog = ConfirmDialog(
                f"{year} is nearly over",
                f"Will you decide which of your resolutions go on in {after}? Each can be carried on, set smaller, or "
                "dropped.",
                "This is asked once; o in 6 Year does it at any time, and a looks back in your own words.",
                "Decide",
            )
        else:
            before = int(year) - 1
            dialog = ConfirmDialog(
                f"From {before} to {year}",
                f"Some of your resolutions of {before} are not finished. Will you take what is left into {year}?",
                "You choose which. This is asked once; o in 3 Resolutions does it at any time.",
                "Choose",
            )
        self.push_screen(dialog, answered)

    async def _deed(self, kind: str) -> None:
        if kind == "look-back":
            await self.switch_mode("year")
            year: Any = self.screen_stack[0]
            year.decide()
            return
        from learnhabit.tui.screens import resolution_deeds

        screen: Screen[Any] = self.screen_stack[-1]
        if kind == "next-year":
            resolution_deeds.add(screen)
        else:
            resolution_deeds.carry_over(screen)


def _due(workspace: Workspace) -> str | None:
    # Imported in the thread that reads: the first screen needs nothing of what offers know of.
    from learnhabit.services.offers import due_offer

    return due_offer(workspace)
