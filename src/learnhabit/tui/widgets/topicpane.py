"""All of one topic: what it is, what it needs, its resources with a cursor, first step, project, questions."""

from __future__ import annotations

from datetime import date

from textual.content import Content
from textual.message import Message

from learnhabit.domain.day_text import days_ago
from learnhabit.domain.duration import format_hours
from learnhabit.domain.reading_progress import Progress, progress_words
from learnhabit.services.topic_values import ResourceView, TopicDetail, TopicView
from learnhabit.tui import safe_text
from learnhabit.tui.draw import EMPTY, HEAD, MUTE, SOFT, STRONG, pressable, row, spread
from learnhabit.tui.keynames import named
from learnhabit.tui.widgets.marklist import Line, MarkList
from learnhabit.tui.widgets.topiclist import FOLLOWED, ICONS

KIND = 8
LABEL = 13


class TopicPane(MarkList):
    """The detail of a topic; its resources, first step, project and questions can be marked."""

    DEFAULT_CSS = "TopicPane { height: 1fr; width: 1fr; }"

    class Entered(Message):
        """The cursor came into the pane, or moved in it."""

    def __init__(self) -> None:
        super().__init__()
        self.view: TopicView | None = None
        self.detail: TopicDetail | None = None
        self.today = date.min

    def show(self, view: TopicView | None, detail: TopicDetail | None) -> None:
        """Another topic, or its details; until they are read those of the same one stay."""
        same = view is not None and self.view is not None and view.id == self.view.id
        if detail is None and same:
            detail = self.detail
        mark = self.resource.id if self.resource is not None and same else ""
        self.view, self.detail = view, detail
        ids = [each.id for each in detail.resources] if detail is not None else []
        self.anew(ids.index(mark) if mark in ids else self._at if same else 0)

    @property
    def resource(self) -> ResourceView | None:
        """The marked resource; None when something else is marked."""
        detail = self.detail
        return detail.resources[self._at] if detail is not None and self._at < len(detail.resources) else None

    @property
    def question(self) -> str | None:
        """The marked question."""
        detail = self.detail
        if detail is None:
            return None
        place = self._at - len(detail.resources) - bool(detail.first_step) - bool(detail.project)
        return detail.questions[place] if 0 <= place < len(detail.questions) else None

    @property
    def _said(self) -> int:
        """Cells of the column that says how far each resource is."""
        return max((len(said_of(each)) for each in self.detail.resources), default=0) if self.detail is not None else 0

    def marked(self) -> None:
        """Another thing is marked."""
        self.post_message(self.Entered())

    def count(self) -> int:
        """Everything that can be marked."""
        detail = self.detail
        if detail is None:
            return 0
        return len(detail.resources) + bool(detail.first_step) + bool(detail.project) + len(detail.questions)

    def draw_empty(self, width: int) -> list[Content]:
        """The title while the rest is read."""
        view = self.view
        if view is None:
            return []
        if self.detail is not None:
            return [line for _, line in self.draw(width)]
        return [safe_text.elided(view.title, width, STRONG)]

    def draw(self, width: int) -> list[Line]:
        """Everything, one below the other."""
        detail, view = self.detail, self.view
        if detail is None or view is None:
            return []
        lines: list[Line] = [(None, line) for line in _about(view, detail, self.today, width)]
        place = 0
        if detail.resources:
            done, doing = view.done, view.doing
            counts = f"  {done} done · {doing} open · {len(detail.resources) - done - doing} to do"
            lines += [(None, EMPTY), (None, row(("RESOURCES", HEAD), (counts, MUTE)))]
            for each in detail.resources:
                lines.append((place, resource_row(each, self._said, width, "$ink")))
                place += 1
        else:
            add = pressable(named("topic.resource", "A"), "adds one", "screen.add_resource")
            lines += [(None, EMPTY), (None, row(("RESOURCES", HEAD), ("  none yet: ", MUTE), add))]
        for head, text in (("FIRST STEP", detail.first_step), ("WEEKEND PROJECT", detail.project)):
            if text:
                lines += [(None, EMPTY), (None, row((head, HEAD)))]
                lines += [(place, row("  ", each)) for each in safe_text.wrapped(text, width - 3, SOFT)]
                place += 1
        if detail.questions:
            said = f"{detail.cards} recall card{'' if detail.cards == 1 else 's'}" if detail.cards else ""
            make = pressable(named("topic.cards", "r"), "make recall cards", "screen.make_cards")
            lines += [
                (None, EMPTY),
                (None, spread(row(("ASK YOURSELF", HEAD)), row((said, MUTE)) if said else make, width)),
            ]
            for question in detail.questions:
                lines += [(place, row("  ", each)) for each in safe_text.wrapped(question, width - 3, SOFT)]
                place += 1
        return [*lines, *((None, line) for line in _behind(detail, width))]

    def draw_marked(self, place: int, width: int) -> list[Content]:
        """A resource in bold; texts as they are."""
        detail = self.detail
        if detail is not None and place < len(detail.resources):
            return [resource_row(detail.resources[place], self._said, width, STRONG)]
        return super().draw_marked(place, width)


def resource_row(view: ResourceView, said: int, width: int, ink: str) -> Content:
    """State, title, kind, and how far it is in so many cells."""
    style = MUTE if view.state == "to do" else "$t3"
    title = safe_text.fitted(
        view.title, width - 5 - KIND - said, SOFT if view.state == "done" and ink != STRONG else ink
    )
    return row(
        "  ",
        (f"{ICONS[view.state]} ", style),
        title,
        (f" {view.kind}".ljust(KIND), MUTE),
        (said_of(view).rjust(said + 1), SOFT),
    )


def said_of(view: ResourceView) -> str:
    """`185 of 480 min`, `45 %`, `60 min`, or nothing."""
    if view.state != "done" and view.unit and view.done_amount is not None and view.whole_amount:
        return progress_words(Progress(unit=view.unit, done=view.done_amount, whole=view.whole_amount))
    return f"{view.minutes:,} min" if view.minutes else ""


def _about(view: TopicView, detail: TopicDetail, today: date, width: int) -> list[Content]:
    """Title, figures, summary, who raised it and why, what it needs and leads to, its parts."""
    facts = []
    if view.archived:
        facts.append("archived")
    if view.followed:
        facts.append(f"{FOLLOWED} following")
    if view.seconds:
        facts.append(format_hours(view.seconds))
    facts.append(days_ago(view.last_day, today) if view.last_day else "never touched")
    right = row((" · ".join(facts), MUTE))
    if safe_text.width_of(view.title) + right.cell_length + 2 <= width:
        rows = [spread(safe_text.line(view.title, STRONG), right, width)]
    else:
        rows = [safe_text.elided(view.title, width, STRONG), right.truncate(width, ellipsis=True)]
    rows += safe_text.wrapped(detail.summary, width, SOFT) if detail.summary else []
    if detail.reason and not view.archived:
        rows += _labelled("Now", detail.reason, width)
    if detail.prerequisites:
        for each in detail.prerequisites:
            mark = ("● " if each.met else "○ ", "$t3" if each.met else MUTE)
            head = ("Builds on" if each.met else "Easier after").ljust(LABEL)
            end = row((f"  {each.said}", MUTE))
            rows.append(
                row((head, MUTE), mark, safe_text.elided(each.title, width - LABEL - 2 - end.cell_length, SOFT), end)
            )
    return rows


def _behind(detail: TopicDetail, width: int) -> list[Content]:
    """Below everything that one does: who raised it and why, its parts, what it leads to."""
    rows: list[Content] = []
    if detail.why or detail.who:
        rows += [EMPTY, *_labelled("Raised by", ", ".join(detail.who), width)] if detail.who else [EMPTY]
        rows += _labelled("" if detail.who else "Why", detail.why, width)
    if detail.subtopics:
        rows += [EMPTY, *_labelled("Parts", " · ".join(detail.subtopics), width)]
    if detail.leads_to:
        rows += [EMPTY, *_labelled("Leads to", ", ".join(detail.leads_to), width)]
    return rows


def _labelled(label: str, text: str, width: int, cells: int = LABEL) -> list[Content]:
    return [
        row(((label if index == 0 else "").ljust(cells), MUTE), line)
        for index, line in enumerate(safe_text.wrapped(text, width - cells, SOFT))
    ]
