"""What the recall screen draws around its field: progress, the card's two sides, grades, and what is to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from textual import events
from textual.containers import Vertical
from textual.content import Content

from learnhabit.domain.day_text import WEEKDAYS, long_day, short_day
from learnhabit.domain.recall import AGAIN, REST
from learnhabit.services.recall_values import CardQueue, CardView
from learnhabit.tui import safe_text
from learnhabit.tui.draw import EMPTY, HEAD, KEY, MUTE, SOFT, STRONG, columns, fill, pressable, row, spread
from learnhabit.tui.keynames import named
from learnhabit.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from textual.geometry import Size

CARD_SECONDS = 40
"""That one card takes, more or less; for the estimate of what is left."""
GRADES = (("1", "Again", "○"), ("2", "Hard", "◔"), ("3", "Good", "◑"), ("4", "Easy", "●"))
NAMES = ("", "again", "hard", "good", "easy")
ORIGINS = {"takeaway": "from a takeaway", "question": "from the topic’s questions", "own": "your own card"}
MOST_SIGNS = 20
AROUND = 4
"""Rows of the progress above the card and of the grades below it."""
WHOLE = 5
"""Rows that the coming days take; with fewer they are told in one."""
LEAST = 5
"""Rows of a card that stay on a terminal too low for all of it: the field, and something of the question."""


class Given(NamedTuple):
    """A grade of this sitting."""

    card: str
    grade: int
    reviews: int
    """How many grades the card had with it."""


@dataclass
class Recalling:
    """One sitting as it stands, for drawing."""

    queue: CardQueue | None = None
    card: CardView | None = None
    grades: list[Given] = field(default_factory=list)
    """Those of this sitting, oldest first."""
    day: date | None = None
    """The study day of the latest one."""
    graded_at: int = 0
    """Its epoch seconds."""
    typed: str = ""
    revealed: bool = False
    intervals: tuple[str, str, str, str] = ("", "", "", "")

    @property
    def right(self) -> int:
        """Grades that were not `again`."""
        return sum(each.grade != AGAIN for each in self.grades)

    def begin_anew(self, day: date, now: int) -> None:
        """Count from 0 once the sitting is over: on another study day, or after a rest."""
        if day != self.day or now - self.graded_at > REST:
            self.grades.clear()

    def take_back(self, cards: Sequence[CardView]) -> CardView | None:
        """Forget the grades that cards have no more, since they were undone; the first such card."""
        reviews = {card.id: card.reviews for card in cards}
        back = {each.card for each in self.grades if reviews.get(each.card, each.reviews) < each.reviews}
        self.grades = [each for each in self.grades if reviews.get(each.card, each.reviews) >= each.reviews]
        return next((card for card in cards if card.id in back), None)


class RecallPanel(Panel):
    """A part of the screen that is drawn from the sitting."""

    def __init__(self, state: Recalling, *, id: str) -> None:
        super().__init__(id=id)
        self.state = state


class RecallProgress(RecallPanel):
    """Where one is in the sitting."""

    def rows(self, width: int) -> list[Content]:
        """Signs, the place, and how it went."""
        state = self.state
        if state.queue is None or state.card is None:
            return [EMPTY]
        done, left = len(state.grades), len(state.queue.cards)
        minutes = max((left * CARD_SECONDS + 59) // 60, 1)
        signs = (
            row(("● " * done, "$t3"), ("◆ ", "$t4"), ("○ " * (left - 1), MUTE)) if done + left <= MOST_SIGNS else EMPTY
        )
        place = (f" card {done + 1} of {done + left}, about {minutes} min left", MUTE)
        again = done - state.right
        right = row((f"{state.right} right · {again} again", MUTE)) if done else EMPTY
        return [spread(row(signs, place), right, width)]


class CardBox(Vertical):
    """The card: as high as what is on it, and no higher than leaves the grades below it in sight. Then it scrolls."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """At most what the screen leaves."""
        return min(super().get_content_height(container, viewport, width), max(container.height - AROUND, LEAST))


class CardFace(RecallPanel):
    """The question, and once it is revealed both answers."""

    def rows(self, width: int) -> list[Content]:
        """Question; then what was typed, the answer, and when it was seen last."""
        state, card = self.state, self.state.card
        if card is None:
            return []
        rows = safe_text.wrapped(card.question, width, STRONG)
        if not state.revealed:
            hint = (
                "Say it or write it, then look." if card.answer else "There is no answer yet: write it in your words."
            )
            return [*rows, EMPTY, row((hint, MUTE))]
        if card.answer:
            if state.typed:
                rows += [EMPTY, row(("YOUR ANSWER", HEAD)), *safe_text.wrapped(state.typed, width, SOFT)]
                rows += [EMPTY, row(("─" * width, "$rule"))]
            rows += [EMPTY, row(("ANSWER", HEAD)), *safe_text.wrapped(card.answer, width, SOFT)]
        else:
            rows += [EMPTY, row(("ANSWER, FROM NOW ON", HEAD)), *safe_text.wrapped(state.typed, width, SOFT)]
        return [*rows, EMPTY, row((_seen(card), MUTE))]


def _seen(card: CardView) -> str:
    if not card.reviews or card.last_day is None:
        return f"Added {short_day(card.added_on)}, asked for the first time"
    times = "once" if card.reviews == 1 else f"{card.reviews} times"
    return f"Last seen {short_day(card.last_day)}, {NAMES[card.last_grade or 0]} · seen {times}"


class Grades(RecallPanel):
    """Four tiles with what each grade would mean; or how to see the answer."""

    def rows(self, width: int) -> list[Content]:
        """Key and word, sign and interval."""
        state = self.state
        if state.card is None:
            return [EMPTY] * 3
        if not state.revealed:
            return [EMPTY, row(pressable("enter", "show the answer", "screen.reveal")).center(width), EMPTY]
        tile = (width - 6) // 4
        tops, bottoms, keys = [], [], []
        for index, (name, word, sign) in enumerate(GRADES):
            good = index == 2
            style = "on $sel" if good else "on $surf2"
            edge = ("▌" if good else " ", "$t3")
            tops.append(fill(row(edge, " ", (name, KEY), "  ", (word, STRONG)), tile).stylize_before(style))
            bottoms.append(
                fill(row(edge, " ", (sign, "$t3"), "  ", (state.intervals[index], SOFT)), tile).stylize_before(style)
            )
            keys.append(fill(row(edge, " " * 4, ("enter" if good else "", MUTE)), tile).stylize_before(style))
        return [_joined(line) for line in (tops, bottoms, keys)]

    async def on_click(self, event: events.Click) -> None:
        """A click on a tile gives its grade."""
        if not self.state.revealed:
            return
        tile = (self.size.width - 6) // 4
        index, inside = divmod(event.x, tile + 2)
        if inside < tile and index < 4:
            await self.screen.run_action(f"grade({index + 1})")


def _joined(parts: Sequence[Content]) -> Content:
    return Content("  ").join(parts)


class Coming(RecallPanel):
    """The next days; or, with nothing to recall now, why and what comes. It has what room the card leaves."""

    _height = 0

    def _rows_for(self, width: int) -> list[Content]:
        # Drawn in the room of this moment, so that a card that takes more of it is one picture, not two.
        if self._height != self.size.height:
            self._height, self._key = self.size.height, None
        return super()._rows_for(width)

    def rows(self, width: int) -> list[Content]:
        """Days with their number of cards."""
        queue = self.state.queue
        if queue is None:
            return []
        if self.state.card is not None and self.size.height < WHOLE:
            return [_in_a_row(queue, width)]
        if not queue.cards_in_all:
            return _first(width)
        rows: list[Content] = []
        if self.state.card is None:
            rows += [*_rest(queue, self.state, width), EMPTY]
        most = max((number for _, number in queue.coming), default=1) or 1
        days = []
        for index, (day, number) in enumerate(queue.coming):
            name = "today" if index == 0 else WEEKDAYS[day.weekday()]
            length = max(round(number / most * 6), 1) if number else 0
            bar = ("━" * length, "$t4" if index == 0 else "$t2")
            days.append((fill(row((name, MUTE)), 8), fill(row(bar), 8), fill(row((str(number), SOFT)), 8)))
        head = fill(row(("COMING UP", HEAD)), 12)
        wide = width >= 12 + 8 * len(days)
        blank = fill(EMPTY, 12)
        for line in range(3):
            start = (head if line == 0 else blank) if wide else EMPTY
            rows.append(row(start, *(day[line] for day in days)).truncate(width))
        return [*rows, EMPTY, row((" · ".join(_said(queue)), MUTE))]


def _in_a_row(queue: CardQueue, width: int) -> Content:
    """Where there is no room for more: the days that come, and how many cards there are."""
    days = [f"{WEEKDAYS[day.weekday()]} {number}" for day, number in queue.coming[1:] if number]
    return row(("COMING UP", HEAD), " " * 3, (" · ".join((*days, *_said(queue))), MUTE)).truncate(width, ellipsis=True)


def _said(queue: CardQueue) -> list[str]:
    said = [f"{queue.cards_in_all:,} card{'' if queue.cards_in_all == 1 else 's'}"]
    if queue.recalled is not None:
        said.append(f"{int(queue.recalled * 100 + 0.5)} % recalled in 30 days")
    return [*said, f"at most {queue.limit} a day"]


def _first(width: int) -> list[Content]:
    """How to come by cards."""
    rows = [
        row(("RECALL", HEAD)),
        row(("What you write down comes back as a question, just before it would fade.", SOFT)),
        EMPTY,
        *columns(
            [row(("Stop a timer", "$ink")), row(("On a topic", "$ink")), row(("Here", "$ink"))],
            [
                row(("its takeaway becomes a card with ", SOFT), (named("stop.card", "^r"), KEY)),
                row(
                    (named("tab.topics", "4"), KEY),
                    (" and ", SOFT),
                    (named("topic.cards", "r"), KEY),
                    (" make cards of its questions", SOFT),
                ),
                row(pressable(named("recall.add", "a"), "adds a card of your own", "screen.add")),
            ],
            14,
            2,
        ),
    ]
    return [each.truncate(width, ellipsis=True) for each in rows]


def _rest(queue: CardQueue, state: Recalling, width: int) -> list[Content]:
    """Nothing is to be recalled now: why, and when it goes on."""
    rows = []
    if state.grades:
        done = len(state.grades)
        cards = f"{done} card{'' if done == 1 else 's'}"
        rows.append(row(("✓ ", "$t3"), (f"{cards} recalled, {state.right} right", STRONG)))
    if queue.due > 0:
        rows.append(row((f"That is the limit of {queue.limit} for today; {queue.due} wait until tomorrow.", SOFT)))
    elif queue.later_today:
        rows.append(row((f"{queue.later_today} come back in about ten minutes.", SOFT)))
    else:
        following = next(((day, number) for day, number in queue.coming[1:] if number), None)
        if following is None:
            rows.append(row(("Nothing is due this week.", SOFT)))
        else:
            rows.append(row((f"Nothing is due now. The next: {following[1]} on {long_day(following[0])}.", SOFT)))
    return [each.truncate(width, ellipsis=True) for each in rows]
