"""A year in words: plain facts, no praise."""

from __future__ import annotations

from datetime import date

from learnhabit.domain.day_text import MONTHS
from learnhabit.domain.duration import format_duration, format_hours

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from learnhabit.domain.year_summary import Gap, Period

MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
LONG_GAP = 7
"""Days from which a gap is worth a word."""
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def period_text(period: Period) -> str:
    """`1 January – 23 November 2026`."""
    return span_text(period.first, period.end if period.future else period.last)


def span_text(first: date, last: date) -> str:
    """`1 January – 23 November 2026`; with both years where they differ."""
    if first == last:
        return day_text(first)
    begin = f"{first.day} {MONTH_NAMES[first.month - 1]}"
    if first.year != last.year:
        begin += f" {first.year}"
    return f"{begin} – {day_text(last)}"


def day_text(day: date) -> str:
    """`23 November 2026`."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """`23 Nov`."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def brief_date(day: date, period: Period) -> str:
    """`23 Nov`, with the year where the period has several."""
    return short_date(day) if period.first.year == period.last.year else f"{short_date(day)} {day.year}"


def hours_text(seconds: int) -> str:
    """`154.1 hours`, `45 min`; whole hours, such as those that were rounded for others, without a decimal."""
    if seconds % 3600 == 0:
        return count_text(seconds // 3600, "hour")
    return format_duration(seconds) if seconds < 3600 else f"{format_hours(seconds)}ours"


def count_text(number: int, noun: str) -> str:
    """`1 day`, `1,204 days`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def sentence(
    period: Period,
    *,
    seconds: int,
    days: int,
    weeks: tuple[int, int] | None,
    topics: Sequence[tuple[str, int]],
    states: Mapping[str, int],
    months: Sequence[tuple[date, int]],
    gap: Gap | None,
) -> str:
    """What the period came to, in two to four sentences made of what is given: nothing else is named."""
    if period.future:
        return f"It begins on {day_text(period.first)}. Nothing is counted yet."
    if not seconds and not days:
        said = ["Nothing was studied yet." if period.so_far else "Nothing was studied in this time."]
    else:
        first = f"{hours_text(seconds)} over {count_text(days, 'day')}"
        mostly = _mostly(topics, seconds)
        said = [f"{first}, {mostly}." if mostly else f"{first}."]
    if weeks is not None and weeks[1]:
        said.append(f"{weeks[0]} of {count_text(weeks[1], 'week')} kept.")
    if any(states.values()):
        said.append(_states(states))
    said += _months(period, months, gap)
    return " ".join(said)


def _mostly(topics: Sequence[tuple[str, int]], seconds: int) -> str:
    if not topics or not seconds:
        return ""
    if len(topics) == 1:
        return f"all of it {topics[0][0]}"
    if 5 * topics[0][1] >= 3 * seconds:
        return f"mostly {topics[0][0]}"
    if 2 * (topics[0][1] + topics[1][1]) >= seconds:
        return f"mostly {topics[0][0]} and {topics[1][0]}"
    return f"the most on {topics[0][0]}"


def _states(states: Mapping[str, int]) -> str:
    words = {"kept": "kept", "let_go": "let go on purpose", "open": "still open", "not_kept": "not kept"}
    parts = [(states[name], word) for name, word in words.items() if states[name]]
    number, word = parts[0]
    texts = [f"{_number(number)} resolution{'' if number == 1 else 's'} {word}"]
    texts += [f"{_number(number)} {word}" for number, word in parts[1:]]
    return f"{', '.join(texts)}.".capitalize() if not texts[0][0].isdigit() else f"{', '.join(texts)}."


def _number(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"


def _months(period: Period, months: Sequence[tuple[date, int]], gap: Gap | None) -> list[str]:
    said = ""
    studied = [each for each in months if each[1]]
    if len(studied) > 1:
        fullest = max(studied, key=lambda month: month[1])[0]
        name = MONTH_NAMES[fullest.month - 1]
        if period.first.year != period.last.year:
            name += f" {fullest.year}"
        said = f"{name} was the fullest month"
    if gap is not None and gap.days >= LONG_GAP:
        quiet = f"the longest gap was {count_text(gap.days, 'day')} from {brief_date(gap.first, period)}"
        said = f"{said}; {quiet}" if said else quiet.capitalize()
    return [f"{said}."] if said else []
