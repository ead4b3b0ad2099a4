"""Editing a session: each field is read while one types, and the day's total before and after is shown."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from learnhabit.domain.day_text import clock_time, short_day, time_range
from learnhabit.domain.duration import format_duration
from learnhabit.domain.session import Session
from learnhabit.services.editing import edit, preview_edit
from learnhabit.services.resources import resource_list
from learnhabit.services.topic_values import ResourceView
from learnhabit.services.topics import topics
from learnhabit.services.values import Outcome, TopicRow
from learnhabit.services.workspace import Workspace
from learnhabit.tui import safe_text
from learnhabit.tui.draw import MUTE, SOFT, STRONG, pressable, row
from learnhabit.tui.faults import Fault
from learnhabit.tui.keynames import named
from learnhabit.tui.matching import best
from learnhabit.tui.messages import Done
from learnhabit.tui.screens.dialog import FormDialog, refusal
from learnhabit.tui.telling import began, ended
from learnhabit.tui.widgets.area import Area
from learnhabit.tui.widgets.fields import Field, Line
from learnhabit.tui.widgets.press import Press
from learnhabit.tui.working import read


class EditDialog(FormDialog[Any]):
    """All of a session's fields; only what was changed is written."""

    HEADING = "The session was not changed"
    HELP = (
        "Change what you like; only changed fields are written. A new start moves the session to the study day it "
        "falls on. Topic and resource are found by a part of their name. enter saves, in a field of several rows ^s "
        "does; u takes it back later."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", id="edit.save", tooltip="Save what was changed"),
        Binding("ctrl+t", "move", "Another day", id="edit.move", tooltip="Count it for another study day"),
    ]

    class Read(Message):
        """What the fields come to."""

        def __init__(self, found: Outcome) -> None:
            super().__init__()
            self.found = found

    class Unread(Message):
        """Why they can't be saved."""

        def __init__(self, fault: Fault) -> None:
            super().__init__()
            self.fault = fault

    class Known(Message):
        """Topics, and the resources of the session's topic."""

        def __init__(self, topics: tuple[TopicRow, ...], resources: tuple[ResourceView, ...]) -> None:
            super().__init__()
            self.topics = topics
            self.resources = resources

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._known: EditDialog.Known | None = None
        self._found: Outcome | None = None

    def headline(self) -> Content:
        """What it is about."""
        return row(("Edit session", STRONG))

    def corner(self) -> Content:
        """Which one."""
        session = self._session
        return row((f"{short_day(session.study_day)}, {format_duration(session.seconds)}", MUTE))

    def compose_body(self) -> ComposeResult:
        """The fields, and what they come to."""
        session = self._session
        start = began(session)
        when = f"{start.date().isoformat()} {clock_time(start)}"
        yield Field("When", Line(when, id="when"))
        yield Field("Duration", Line(_typed(session.seconds), id="duration"))
        yield Field("Topic", Line(session.topic_title, id="topic"))
        yield Field("Resource", Line(session.resource_title, "none", id="resource"))
        for name, text in (("Note", session.note), ("Takeaway", session.takeaway)):
            area = Area(text, id=name.lower())
            area.styles.height = 2
            yield Field(name, area)
        yield Field("Tags", Line(" ".join(f"#{tag}" for tag in session.tags), "#paper #reading", id="tags"))
        yield Static(id="verdict", classes="-shown")

    def note(self) -> Content:
        """The other way to change the day."""
        return pressable(named("edit.move", "^t"), "another day", "screen.move")

    def buttons(self) -> list[Press]:
        """Cancel and save."""
        return [Press("Cancel", "esc", "close"), Press("Save", "^s", "save", main=True)]

    def on_mount(self) -> None:
        """Read the topics for the suggestions, and the first reading."""
        topic = self._session.topic
        read(self, "known", lambda ws: (topics(ws), resource_list(ws, topic)), lambda found: self.Known(*found))
        self._look()

    @on(Known)
    def _learn(self, message: Known) -> None:
        self._known = message

    def _changes(self) -> dict[str, Any]:
        changes: dict[str, Any] = {}
        for name, key_name in (("when", "at"), ("duration", "duration"), ("topic", "topic"), ("resource", "resource")):
            value = self.query_one(f"#{name}", Line).changed
            if value is not None:
                changes[key_name] = value
        for name in ("note", "takeaway"):
            text = self.query_one(f"#{name}", Area).changed
            if text is not None:
                changes[name] = text
        tags = self.query_one("#tags", Line).changed
        if tags is not None:
            changes["tags"] = tuple(word.lstrip("#") for word in tags.split())
        return changes

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _look(self) -> None:
        changes, reference = self._changes(), self._session.id
        read(self, "preview", lambda ws: preview_edit(ws, reference, **changes), self.Read, self.Unread)

    @on(events.DescendantFocus)
    def _focused(self) -> None:
        self._say_below()

    @on(Read)
    def _read(self, message: Read) -> None:
        self._found = message.found
        found, old = message.found, self._session
        if found.session.study_day == old.study_day:
            said = f"Study day stays {short_day(old.study_day)}."
        else:
            said = f"Study day {short_day(old.study_day)} → {short_day(found.session.study_day)}."
        before, after = format_duration(found.day_seconds_before), format_duration(found.day_seconds)
        total = f" Day total {after}." if before == after else f" Day total {before} → {after}."
        lines = [row(("● ", "$t3"), (said + total, SOFT))]
        lines += [row(("◐ ", "$amber"), safe_text.elided(warning, self.room - 2, SOFT)) for warning in found.warnings]
        self.verdict(Content("\n").join(lines))
        self._say_below()

    @on(Unread)
    def _unread(self, message: Unread) -> None:
        if not message.fault.refused:
            self.app.show_fault(message.fault, self.HEADING, self._look, form=True)
            return
        self.verdict(refusal(message.fault, self.room))
        self._say_below(understood=False)

    def _say_below(self, *, understood: bool = True) -> None:
        """The reading of the field that has the focus, below it."""
        focused = self.focused
        for field in self.query(Field):
            if field.field is not focused:
                field.hint(None)
            else:
                field.hint(self._reading(str(field.field.id), understood))

    def _reading(self, name: str, understood: bool) -> Content | None:
        room, old = self.room - 14, self._session
        session = self._found.session if self._found is not None and understood else None
        clock_24 = self.app.view is None or self.app.view.clock_24
        if name in ("when", "duration") and session is not None:
            span = time_range(began(session), ended(session), clock_24=clock_24)
            said = f"{short_day(began(session).date())} {span}"
            pauses = sum(end - start for start, end in session.pauses)
            if pauses:
                said += f" with {format_duration(pauses)} of pause"
            if session.seconds != old.seconds:
                said += f" · was {format_duration(old.seconds)}"
            return safe_text.elided(said, room, MUTE)
        if self._known is None:
            return None
        text = self.query_one(f"#{name}", Line).value if name in ("topic", "resource") else ""
        if name == "topic":
            if session is not None and session.topic_title.casefold() != text.casefold():
                return safe_text.elided(f"→ {session.topic_title}", room, MUTE)
            near = best(text, self._known.topics, lambda topic: (topic.title, topic.id, *topic.aliases))
            titles = [topic.title for topic, _ in near if topic.title != text]
            return safe_text.elided("or " + ", ".join(titles[:3]), room, MUTE) if titles and text else None
        if name == "resource":
            found = best(text, self._known.resources, lambda resource: (resource.title, resource.id))
            titles = [resource.title for resource, _ in found if resource.title != text]
            return safe_text.elided("such as " + "; ".join(titles[:2]), room, MUTE) if titles else None
        return None

    def action_move(self) -> None:
        """Leave this dialog for the one that moves the session."""
        self.leave(self._go_on, self.written)

    def _go_on(self) -> None:
        self.dismiss("move")

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_save()

    def action_save(self) -> None:
        """Write what was changed."""
        changes, reference = self._changes(), self._session.id
        if not changes:
            self.dismiss(None)
            return

        def deed(workspace: Workspace) -> Outcome:
            return edit(workspace, reference, **changes)

        self.save(deed)

    def saved(self, result: Outcome) -> None:
        """Say what was changed."""
        session = result.session
        said = f"Edited {format_duration(session.seconds)} of {session.topic_title}; u takes it back"
        self.app.post_message(Done(said, result.warnings))
        self.dismiss(result)


def _typed(seconds: int) -> str:
    """A duration as one would type it: `44m`, `1h05m`."""
    hours, minutes = divmod((seconds + 30) // 60, 60)
    if hours:
        return f"{hours}h{minutes:02}m"
    return f"{max(minutes, 1)}m"
