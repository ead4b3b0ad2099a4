"""What a weekly review can adjust, one at a time: its fields, what they say, and what they change."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from learnhabit.domain.day_words import read_day
from learnhabit.domain.resolution_words import progress_text, target_text
from learnhabit.services.planning import add_time_off, describe_cadence, describe_time_off, set_plan
from learnhabit.services.resolution_values import ResolutionView
from learnhabit.services.resolving import edit_resolution, set_target
from learnhabit.services.workspace import Workspace
from learnhabit.tui import safe_text
from learnhabit.tui.draw import MUTE
from learnhabit.tui.widgets.choice import Choice
from learnhabit.tui.widgets.fields import Field, Line

At = Callable[[str], None]
"""Says which field is read next, so that a refusal stands there."""
Change = Callable[[Workspace, At], str]
"""Changes something, and says in words what is now."""
HINT_WIDTH = 56


class Adjustment(ABC):
    """One kind of adjustment. Its values are read from the screen before the change, which runs in a thread."""

    NAME: ClassVar[str] = ""
    """On the choice."""

    def __init__(self, views: Sequence[ResolutionView], days_per_week: int) -> None:
        self.views = self.adjustable(views)
        self.days_per_week = days_per_week

    @classmethod
    def adjustable(cls, views: Sequence[ResolutionView]) -> Sequence[ResolutionView]:
        """The resolutions that it is about."""
        return ()

    @classmethod
    def fits(cls, views: Sequence[ResolutionView]) -> bool:
        """Whether there is anything to adjust."""
        return True

    @property
    def group(self) -> str:
        """Id of the box that holds its fields."""
        return f"adjust-{self.NAME.replace(' ', '-')}"

    @abstractmethod
    def fields(self) -> list[Widget]:
        """Its fields, made when they are first needed."""

    def say(self, screen: Screen[object]) -> None:  # noqa: B027 - most have nothing to say
        """Say below the fields what is in force now."""

    def picked(self, screen: Screen[object]) -> None:  # noqa: B027 - most are about no resolution
        """Another resolution was picked."""

    @abstractmethod
    def change(self, screen: Screen[object]) -> Change:
        """What to do with what was typed."""


class CadenceAdjustment(Adjustment):
    """Days a week."""

    NAME = "cadence"

    def fields(self) -> list[Widget]:
        """Days a week, or their names."""
        return [Field("Cadence", Line("", "4, or mon,wed,fri", id="cadence"))]

    def say(self, screen: Screen[object]) -> None:
        """The cadence as it is."""
        _hint(screen, "cadence", f"now {describe_cadence(self.days_per_week, ())}; a new one counts from today on")

    def change(self, screen: Screen[object]) -> Change:
        """Set it."""
        text = _value(screen, "cadence")

        def change(workspace: Workspace, at: At) -> str:
            at("cadence")
            now = set_plan(workspace, cadence=text)
            return f"{describe_cadence(now.days_per_week, now.weekdays)} from today on"

        return change


class ResolutionAdjustment(Adjustment):
    """Something of one resolution."""

    @classmethod
    def adjustable(cls, views: Sequence[ResolutionView]) -> Sequence[ResolutionView]:
        """All that are running."""
        return views

    @classmethod
    def fits(cls, views: Sequence[ResolutionView]) -> bool:
        """There is one."""
        return bool(cls.adjustable(views))

    def fields(self) -> list[Widget]:
        """Which one."""
        choice = Choice([view.resolution.statement for view in self.views], id=f"{self.group}-which")
        choice.add_class("adjust--resolution")
        return [Field("Resolution", choice)]

    def view(self, screen: Screen[object]) -> ResolutionView:
        """The one that is picked."""
        return self.views[screen.query_one(f"#{self.group}-which", Choice).at]


class TargetAdjustment(ResolutionAdjustment):
    """Aim higher or lower."""

    NAME = "target"

    @classmethod
    def adjustable(cls, views: Sequence[ResolutionView]) -> Sequence[ResolutionView]:
        """Those with a number."""
        return [view for view in views if view.resolution.measure != "done"]

    def fields(self) -> list[Widget]:
        """Which one, and the new number."""
        return [*super().fields(), Field("Target", Line("", "a number, such as 50", id="target"))]

    def say(self, screen: Screen[object]) -> None:
        """The target as it is, and how much of it is done."""
        resolution, standing = self.view(screen).resolution, self.view(screen).standing
        said = f"now {target_text(resolution.target, resolution.measure, resolution.kind, resolution.per)}"
        if resolution.per is None:
            said = (
                f"now {progress_text(standing.progress, resolution.target, resolution.measure, resolution.kind)} done"
            )
        _hint(screen, "target", f"{said}; the first target is kept")

    def change(self, screen: Screen[object]) -> Change:
        """Set it."""
        text, reference = _value(screen, "target"), self.view(screen).resolution.id

        def change(workspace: Workspace, at: At) -> str:
            at("target")
            now = set_target(workspace, reference, text).resolution
            return f"the target is {target_text(now.target, now.measure, now.kind, now.per)}"

        return change


class CueAdjustment(ResolutionAdjustment):
    """When and where one begins."""

    NAME = "cue"

    def fields(self) -> list[Widget]:
        """Which one, and the words."""
        cue = self.views[0].resolution.cue
        return [*super().fields(), Field("Cue", Line(cue, "after morning coffee", id="cue"))]

    def picked(self, screen: Screen[object]) -> None:
        """Show the cue of another one, unless something was typed."""
        line = screen.query_one("#cue", Line)
        if line.changed is None:
            line.value = self.view(screen).resolution.cue
            line.first = line.value

    def say(self, screen: Screen[object]) -> None:
        """The cue as it is."""
        cue = self.view(screen).resolution.cue
        _hint(screen, "cue", f"now “{cue}”" if cue else "what you do just before, every time")

    def change(self, screen: Screen[object]) -> Change:
        """Set it."""
        text, reference = _value(screen, "cue"), self.view(screen).resolution.id

        def change(workspace: Workspace, at: At) -> str:
            at("cue")
            now = edit_resolution(workspace, reference, cue=text).resolution
            return f"the cue is “{now.cue}”" if now.cue else "the cue is gone"

        return change


class TimeOffAdjustment(Adjustment):
    """Days that ask for nothing."""

    NAME = "time off"

    def fields(self) -> list[Widget]:
        """From, to, and why."""
        return [
            Field("From", Line("", "24 Dec, tomorrow, monday", id="from")),
            Field("To", Line("", "optional; without it one day", id="to")),
            Field("Why", Line("", "optional", id="why")),
        ]

    def say(self, screen: Screen[object]) -> None:
        """Nothing is in force; a refusal goes."""
        for name in ("from", "to"):
            _hint(screen, name, "")

    def change(self, screen: Screen[object]) -> Change:
        """Declare it."""
        first, last, why = _value(screen, "from"), _value(screen, "to"), _value(screen, "why")

        def change(workspace: Workspace, at: At) -> str:
            at("from")
            read_day(first, workspace.calendar, lean="near")
            at("to" if last else "from")
            off = add_time_off(workspace, first, last or None, why)
            return f"time off {describe_time_off(off)}"

        return change


ADJUSTMENTS: tuple[type[Adjustment], ...] = (CadenceAdjustment, TargetAdjustment, CueAdjustment, TimeOffAdjustment)


def _value(screen: Screen[object], name: str) -> str:
    return screen.query_one(f"#{name}", Line).value.strip()


def _hint(screen: Screen[object], name: str, text: str) -> None:
    field = screen.query_one(f"#{name}", Line).parent
    if isinstance(field, Field):
        content: Content | None = safe_text.elided(text, HINT_WIDTH, MUTE) if text else None
        field.hint(content)
