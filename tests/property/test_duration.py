"""Durations: every way to write one is read back, and what is shown is the nearest."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from learnhabit.domain.duration import format_clock, format_duration, format_hours, format_short, parse_duration
from learnhabit.errors import UsageError
from tests.refusals import tried

MINUTES = st.integers(min_value=1, max_value=1440)
SECONDS = st.integers(min_value=0, max_value=10**8)


@given(MINUTES)
def test_every_way_to_write_it(minutes: int) -> None:
    hours, rest = divmod(minutes, 60)
    ways = [f"{minutes}", f"{minutes}m", f"{minutes} min", f"{minutes} minutes", f"{hours}:{rest:02}"]
    ways += [
        f"{hours}h{rest}",
        f"{hours}h{rest:02}m",
        f"{hours}h {rest}m",
        f"{hours} h {rest:02} m",
        f"{hours}H{rest}M",
    ]
    if minutes % 3 == 0:
        ways.append(f"{minutes / 60:.2f}h")
    for way in ways:
        assert parse_duration(way) == minutes * 60, way
    assert parse_duration(format_duration(minutes * 60)) == minutes * 60


@given(st.text(st.sampled_from("0123456789hHmM:., -+ines٣²")))
def test_anything_else_is_refused(text: str) -> None:
    found = tried(lambda: parse_duration(text))
    assert isinstance(found, UsageError) or (isinstance(found, int) and 0 < found <= 86_400)


@given(SECONDS)
def test_shown_is_the_nearest(seconds: int) -> None:
    """Half up: a shown amount s stands for [s − ½, s + ½)."""
    shown = format_duration(seconds).replace(",", "")
    numbers = [int(part) for part in shown.split() if part.isdigit()]
    minutes = numbers[0] if shown.endswith("min") else numbers[0] * 60 + numbers[1]
    assert Fraction(-1, 2) <= Fraction(seconds, 60) - minutes < Fraction(1, 2)
    assert (minutes < 60) == shown.endswith("min")
    hours = Fraction(format_hours(seconds).removesuffix(" h").replace(",", ""))
    assert Fraction(-1, 20) <= Fraction(seconds, 3600) - hours < Fraction(1, 20)


@given(SECONDS)
def test_a_clock_is_cut(seconds: int) -> None:
    hours, minutes, rest = map(int, format_clock(seconds).split(":"))
    assert hours * 3600 + minutes * 60 + rest == seconds
    assert format_short(seconds) == f"{hours}:{minutes:02}"
