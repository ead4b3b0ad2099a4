"""Which fields leave with a file, and why the others stay: read off what was let through, not off what was meant."""

from __future__ import annotations

from learnhabit.domain.record import Record
from learnhabit.domain.year_text import count_text
from learnhabit.reports.charts import hours_label

TYPE_CHECKING = False
if TYPE_CHECKING:
    from learnhabit.reports.shared import Shared


class Leaving(Record):
    """A group of fields."""

    name: str
    leaves: bool
    about: str
    """A value of it, or why it stays."""


def leaving(shared: Shared, kind: str) -> tuple[Leaving, ...]:
    """Every group, in the order of how much it tells; a card has room for few of them."""
    full, card = shared.full, kind == "png"
    months = " ".join(hours_label(each.seconds).removesuffix(" h") for each in shared.months)
    states = shared.states
    topics = shared.topics
    resolutions = shared.resolutions
    said = [
        _field("Hours" if full else "Hours, rounded", True, hours_label(shared.seconds)),
        _field("Days and weeks kept", True, f"{shared.days} days, {shared.weeks_kept} of {shared.weeks_over} weeks"),
        _field("Resolution counts", True, f"{states['kept']} kept, {states['open']} open"),
        _field("Week totals", True, count_text(len(shared.weeks), "week")),
        _field("Month totals", not card, months or "none yet"),
        _field(
            "Topics",
            topics is not None,
            "your interests" if topics is None else _topics(len(topics), card=card),
        ),
        _field(
            "Resolution titles",
            bool(resolutions) and not card,
            _titles(len(resolutions), full=full is not None) if resolutions and not card else "your own words",
        ),
        _field("Daily grid", full is not None and not card, _stays(full, card, "every day", "shows absences")),
        _field(
            "Clock hours, zone",
            full is not None and not card,
            _stays(full, card, "weekday × hour", "shows when you are home"),
        ),
        _field(
            "Finished resources",
            full is not None and not card,
            _stays(full, card, count_text(len(full.finished) if full else 0, "title"), "what you read"),
        ),
        _field(
            "Answers, takeaways",
            full is not None and not card,
            _stays(full, card, "in your words", "your own words"),
        ),
        _field(
            "Sessions with notes",
            full is not None and kind == "csv",
            count_text(full.sessions, "row") if full is not None and kind == "csv" else "only in CSV, for yourself",
        ),
    ]
    return tuple(said)


def _field(name: str, leaves: bool, about: str) -> Leaving:
    return Leaving(name=name, leaves=leaves, about=about)


def _topics(count: int, *, card: bool) -> str:
    return f"the first {min(count, 3)}" if card else count_text(count, "line")


def _titles(count: int, *, full: bool) -> str:
    return f"all {count}" if full else f"the {count} chosen"


def _stays(full: object, card: bool, leaves: str, stays: str) -> str:
    if full is not None and card:
        return "no room on the card"
    return leaves if full is not None else stays
