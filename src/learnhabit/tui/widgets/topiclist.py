"""The map of topics: themes with their topics, each in a row with progress, time and when it was touched last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.content import Content
from textual.message import Message

from learnhabit.domain.duration import format_hours
from learnhabit.services.topic_values import TopicMap, TopicView
from learnhabit.tui import safe_text
from learnhabit.tui.draw import EMPTY, HEAD, MUTE, SOFT, STRONG, bar, row, spread
from learnhabit.tui.widgets.marklist import Line, MarkList

BAR, HOURS, TOUCHED = 6, 6, 7
FOLLOWED = "★"
ICONS = {"to do": "○", "doing": "◐", "done": "●"}


def state_of(view: TopicView) -> str:
    """`to do`, `doing` from the first minute or page on, `done` when everything of it is."""
    if view.resources and view.done == view.resources:
        return "done"
    return "doing" if view.seconds or view.done or view.doing else "to do"


def touched(view: TopicView, today: date) -> str:
    """`today`, `6 d`, `never`."""
    if view.last_day is None:
        return "never"
    days = (today - view.last_day).days
    return "today" if days <= 0 else f"{days:,} d"


class TopicList(MarkList):
    """Topics to move through; it posts which one is marked."""

    DEFAULT_CSS = "TopicList { height: 1fr; width: 1fr; }"

    class Marked(Message):
        """The cursor stands on another topic, or on none."""

        def __init__(self, view: TopicView | None) -> None:
            super().__init__()
            self.view = view

    def __init__(self) -> None:
        super().__init__()
        self._groups: list[tuple[str, str, Sequence[TopicView]]] = []
        self._views: list[TopicView] = []
        self._today = date.min

    @property
    def current(self) -> TopicView | None:
        """The marked topic."""
        return self._views[self._at] if self._views else None

    @property
    def views(self) -> Sequence[TopicView]:
        """In the order in which they stand here."""
        return self._views

    def show_map(self, found: TopicMap, today: date, *, archived: bool) -> None:
        """Show what was read; the cursor stays with its topic, or else where it was."""
        mark = self.current.id if self.current is not None else ""
        self._groups = []
        for theme in found.themes:
            begun = sum(state_of(view) != "to do" for view in theme.topics)
            self._groups.append((theme.title, f"{begun} of {len(theme.topics)} begun", theme.topics))
        if archived and found.archived:
            self._groups.append(("Archived", f"{len(found.archived)}", found.archived))
        self._views = [view for _, _, views in self._groups for view in views]
        self._today = today
        ids = [view.id for view in self._views]
        self.anew(ids.index(mark) if mark in ids else self._at)

    def mark(self, topic: str) -> bool:
        """Put the cursor on a topic by its id; whether it is there."""
        for place, view in enumerate(self._views):
            if view.id == topic:
                self.put_mark(place)
                return True
        return False

    def count(self) -> int:
        """How many there are."""
        return len(self._views)

    def marked(self) -> None:
        """Tell which one is marked."""
        self.post_message(self.Marked(self.current))

    def draw(self, width: int) -> list[Line]:
        """Heads of the columns, then theme by theme."""
        heads = f"{'hours'.rjust(HOURS)}{'last'.rjust(TOUCHED)}  "
        lines: list[Line] = []
        place = 0
        for title, said, views in self._groups:
            if lines:
                lines.append((None, EMPTY))
            right = row((said.rjust(BAR + 3), MUTE), (heads if not lines else " " * len(heads), MUTE))
            lines.append(
                (None, spread(safe_text.elided(title.upper(), width - right.cell_length - 2, HEAD), right, width))
            )
            for view in views:
                lines.append((place, self._row(view, width, "$ink")))
                place += 1
        return lines

    def draw_marked(self, place: int, width: int) -> list[Content]:
        """Its title in bold."""
        return [self._row(self._views[place], width, STRONG)]

    def _row(self, view: TopicView, width: int, ink: str) -> Content:
        state = state_of(view)
        style = MUTE if state == "to do" else "$t3"
        ink = SOFT if state == "to do" and ink != STRONG else ink
        star = (f" {FOLLOWED}" if view.followed else "  ", "$t3")
        room = width - 4 - 2 - 1 - BAR - HOURS - TOUCHED - 2
        hours = format_hours(view.seconds).removesuffix(" h") if view.seconds else ""
        said = touched(view, self._today)
        late = "$amber" if view.neglected else MUTE if said == "never" else SOFT
        return row(
            "  ",
            (f"{ICONS[state]} ", style),
            safe_text.fitted(view.title, room, ink),
            star,
            " ",
            bar(BAR, view.progress) if view.resources else EMPTY.pad_right(BAR),
            (hours.rjust(HOURS), "$ink"),
            (said.rjust(TOUCHED), late),
            (" !" if view.neglected else "  ", "$amber"),
        )
