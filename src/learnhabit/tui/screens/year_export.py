"""Exporting a year: format, who may see it, and exactly what leaves."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from learnhabit.reports.leaving import leaving
from learnhabit.reports.shared import ABOUT, LEVELS
from learnhabit.services.summary import summary, year_period
from learnhabit.services.summary_files import FORMATS, check, default_name, level_of, make, share, write
from learnhabit.services.workspace import Workspace
from learnhabit.services.year_view import YearView
from learnhabit.tui import safe_text
from learnhabit.tui.draw import HEAD, MUTE, SOFT, STRONG, key, row
from learnhabit.tui.messages import Done
from learnhabit.tui.screens.dialog import FormDialog
from learnhabit.tui.widgets.choice import Choice
from learnhabit.tui.widgets.fields import Field, Line
from learnhabit.tui.widgets.press import Press
from learnhabit.tui.widgets.ticklist import TickList
from learnhabit.tui.working import do, open_for

NAMES = tuple(FORMATS)
COLUMN = 21


class ExportDialog(FormDialog[Any]):
    """Shows each field that leaves and each that stays before anything is written."""

    HEADING = "Nothing was exported"
    HELP = (
        "Choose a format and who may see it with the arrows. Below stands what will be in the file, and what stays "
        "and why. Friends see the titles you tick, none by default. The app sends nothing: it writes a file, and "
        "where that goes is up to you. ^s writes it."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Export", id="export.save", tooltip="Write the file")
    ]

    def __init__(self, view: YearView) -> None:
        super().__init__()
        self._view = view
        self._named = ""
        """The name that was proposed; another one was typed, and stays."""

    def headline(self) -> Content:
        """What is exported."""
        return row((f"Export {self._view.year}", STRONG))

    def corner(self) -> Content:
        """What does not happen."""
        return row(("nothing leaves this computer", MUTE))

    def compose_body(self) -> ComposeResult:
        """Format, level, titles, what leaves, and where to."""
        yield Field("Format", Choice(NAMES, id="format"))
        yield Field("For", Choice(LEVELS, id="level"))
        resolutions = [(each.result.resolution.id, each.statement) for each in self._view.shared.resolutions or ()]
        titles = TickList(resolutions, id="titles")
        titles.styles.height = min(max(len(resolutions), 1), 3 if self.app.size.height < 30 else 5)
        yield Static(row(("TITLES FRIENDS MAY SEE  ", HEAD), ("space ticks", MUTE)), id="titles-head")
        yield titles
        yield Static(id="leaving", classes="gap")
        yield Field("Save to", Line(id="path", select=False))
        yield from self.compose_verdict()

    def note(self) -> Content:
        """How to choose."""
        return row(key("←→", "choose"), "  ", key("tab", "next"))

    def buttons(self) -> list[Press]:
        """Cancel and export."""
        return [Press("Cancel", "esc", "close"), Press("Export", "^s", "save", main=True)]

    def on_mount(self) -> None:
        """A page for oneself, unless something else is chosen."""
        self.query_one("#level", Choice).at = LEVELS.index("full")
        self._renew()

    @property
    def _kind(self) -> str:
        return NAMES[self.query_one("#format", Choice).at]

    @property
    def _level(self) -> str:
        return LEVELS[self.query_one("#level", Choice).at]

    @property
    def _approved(self) -> frozenset[str]:
        return frozenset(self.query_one("#titles", TickList).ticked)

    @on(Choice.Chosen, "#format")
    def _another_format(self) -> None:
        # A card is for others and a file for oneself, unless something else is chosen afterwards.
        self.query_one("#level", Choice).at = LEVELS.index(level_of(None, self._kind))
        self._renew()

    @on(Choice.Chosen, "#level")
    @on(TickList.Ticked)
    def _renew(self) -> None:
        self.verdict(None)
        kind, level = self._kind, self._level
        friends = level == "friends" and kind != "png"
        self.query_one("#titles").display = friends
        self.query_one("#titles-head").display = friends
        self.query_one("#leaving", Static).update(self._leaving())
        line = self.query_one("#path", Line)
        if line.value in ("", self._named):
            self._named = f"~/{default_name(self._view.summary.period, level, kind)}"
            line.value = self._named
        for name, about in (("#format", FORMATS[kind]), ("#level", ABOUT[level])):
            field = self.query_one(name, Choice).parent
            if isinstance(field, Field):
                field.hint(row((about, MUTE)))

    def _leaving(self) -> Content:
        found = leaving(share(self._view.summary, self._level, self._approved), self._kind)
        rows = [row(("WHAT WILL BE IN THE FILE", HEAD))]
        if self.app.size.height < 40:
            # In running text, so that nothing of what leaves is cut off where there is little room.
            for leaves, sign in ((True, ("✓ ", "$t3")), (False, ("– ", MUTE))):
                if said := " · ".join(f"{each.name}: {each.about}" for each in found if each.leaves == leaves):
                    lines = safe_text.wrapped(said, self.room - 2, SOFT if leaves else MUTE)
                    rows += [row("  " if number else sign, line) for number, line in enumerate(lines)]
        else:
            for each in found:
                mark = ("✓ ", "$t3") if each.leaves else ("– ", MUTE)
                name = (each.name.ljust(COLUMN), SOFT if each.leaves else MUTE)
                rows.append(row(mark, name, safe_text.elided(each.about, max(self.room - COLUMN - 2, 10), MUTE)))
        return Content("\n").join(rows)

    @on(Input.Changed)
    def _typed(self) -> None:
        self.verdict(None)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_save()

    def action_save(self) -> None:
        """Write the file."""
        if self.busy:
            return
        self.busy = True
        kind, level, approved = self._kind, self._level, self._approved
        path, year = self.query_one("#path", Line).value, self._view.year

        def deed() -> str:
            with open_for(self) as workspace:
                return _written(workspace, year, kind, level, approved, path)

        do(self, deed, self.Saved, self.NotSaved)

    def saved(self, result: str) -> None:
        """Say where it is."""
        self.app.post_message(Done(f"Written: {result}"))
        self.dismiss(result)


def _written(workspace: Workspace, year: int, kind: str, level: str, approved: frozenset[str], path: str) -> str:
    check(path, kind, force=None)
    found = share(summary(workspace, year_period(workspace, year)), level, approved)
    return write(make(workspace, found, kind), path, kind, force=None)
