"""Editing a resolution: its words, its topics, its last day, its cue."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from learnhabit.domain.day_text import MONTHS
from learnhabit.domain.resolution_words import STATE_ICONS, target_text
from learnhabit.domain.topic import match_topic
from learnhabit.services.resolution_values import ResolutionView
from learnhabit.services.resolving import edit_resolution
from learnhabit.services.workspace import Workspace
from learnhabit.tui import safe_text
from learnhabit.tui.draw import MUTE, SOFT, STRONG, row
from learnhabit.tui.faults import Fault
from learnhabit.tui.keynames import named
from learnhabit.tui.messages import Done
from learnhabit.tui.screens.dialog import FormDialog, refusal
from learnhabit.tui.screens.resolution_deeds import needed_change
from learnhabit.tui.screens.today_resolutions import STATE_STYLES
from learnhabit.tui.widgets.fields import Field, Line
from learnhabit.tui.widgets.press import Press
from learnhabit.tui.working import read


class ResolutionEditDialog(FormDialog[Any]):
    """The measure stays: another one is another resolution."""

    HEADING = "The resolution was not changed"
    HELP = (
        "Change the words, the topics (names with commas between them; none means all), the last day, or the cue. "
        "Progress follows the topics, and the plan is aimed anew from today when the last day changes. "
        "The target has a key of its own, once this dialog is closed: T."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", id="resolution.save", tooltip="Save the changes"),
    ]

    class TopicsRead(Message):
        """The topics were understood."""

        def __init__(self, titles: tuple[str, ...]) -> None:
            super().__init__()
            self.titles = titles

    class TopicsUnread(Message):
        """The topics can't be read."""

        def __init__(self, fault: Fault) -> None:
            super().__init__()
            self.fault = fault

    def __init__(self, view: ResolutionView) -> None:
        super().__init__()
        self._view = view

    def headline(self) -> Content:
        """What it is about."""
        return row(("Edit resolution", STRONG))

    def corner(self) -> Content:
        """How it stands."""
        state = self._view.standing.state
        return row((f"{STATE_ICONS[state]} {state}", STATE_STYLES.get(state, MUTE)))

    def compose_body(self) -> ComposeResult:
        """A field each."""
        resolution = self._view.resolution
        target = target_text(resolution.target, resolution.measure, resolution.kind, resolution.per)
        key = named("resolution.target", "T")
        said = "done or not" if resolution.measure == "done" else f"target {target}: esc, then {key}, changes it"
        yield Static(row((said, MUTE)), classes="gap")
        yield Field("Words", Line(resolution.statement, id="statement", select=False))
        if resolution.measure not in ("count", "done"):
            yield Field("Topics", Line(", ".join(resolution.scope), "all topics", id="topics", select=False))
        end = resolution.period_end
        yield Field("Last day", Line(f"{end.day} {MONTHS[end.month - 1]} {end.year}", id="until"))
        yield Field("Cue", Line(resolution.cue, "optional, such as after morning coffee", id="cue", select=False))
        yield from self.compose_verdict()

    def buttons(self) -> list[Press]:
        """Cancel and save."""
        return [Press("Cancel", "esc", "close"), Press("Save", "^s", "save", main=True)]

    def on_mount(self) -> None:
        """The words come first."""
        self.query_one("#statement", Line).focus()

    def _line(self, name: str) -> Line | None:
        found = self.query(f"#{name}")
        return found.first(Line) if found else None

    def _topics(self) -> list[str] | None:
        line = self._line("topics")
        if line is None or line.changed is None:
            return None
        return [name.strip() for name in line.value.split(",") if name.strip()]

    @on(Input.Changed, "#topics")
    def _read_topics(self) -> None:
        topics = self._topics()
        if topics is None:
            # As it was: what was said of other words goes, and what is still read of them.
            self.workers.cancel_group(self, "topics")
            self._field("topics").hint(None)
            return

        def deed(workspace: Workspace) -> tuple[str, ...]:
            return tuple(match_topic(name, workspace.names).title for name in topics)

        read(self, "topics", deed, self.TopicsRead, self.TopicsUnread)

    @on(TopicsRead)
    def _show_topics(self, message: TopicsRead) -> None:
        text = ", ".join(message.titles) or "all topics"
        self._field("topics").hint(safe_text.elided(text, self.room - 14, SOFT))

    @on(TopicsUnread)
    def _show_unread(self, message: TopicsUnread) -> None:
        if message.fault.refused:
            self._field("topics").hint(refusal(message.fault, self.room - 14))

    def _field(self, name: str) -> Field:
        parent = self.query_one(f"#{name}", Line).parent
        assert isinstance(parent, Field)
        return parent

    @on(Input.Changed)
    def _clear(self) -> None:
        self.verdict(None)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_save()

    def action_save(self) -> None:
        """Save what was changed."""
        reference, topics = self._view.resolution.id, self._topics()
        changes = {}
        for name in ("statement", "until", "cue"):
            line = self._line(name)
            if line is not None and line.changed is not None:
                changes[name] = line.changed
        if not changes and topics is None:
            self.dismiss(None)
            return
        self.save(lambda workspace: edit_resolution(workspace, reference, topics=topics, **changes))

    def saved(self, result: ResolutionView) -> None:
        """Say so."""
        change = needed_change(self._view, result)
        self.app.post_message(Done(f"Changed “{result.resolution.statement}”{change}; u takes it back"))
        self.dismiss(result)
