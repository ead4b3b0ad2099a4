"""Durations, read and written."""

from __future__ import annotations

import pytest

from learnhabit.domain.duration import (
    format_clock,
    format_duration,
    format_hours,
    format_short,
    parse_duration,
    read_duration,
)
from learnhabit.errors import UsageError


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("45m", 45 * 60),
        ("45M", 45 * 60),
        ("45min", 45 * 60),
        ("90 min", 90 * 60),
        ("90 minutes", 90 * 60),
        ("1 minute", 60),
        ("2 mins", 120),
        ("90", 90 * 60),
        ("007", 7 * 60),
        ("1", 60),
        ("1440", 86_400),
        ("1h30", 5400),
        ("1h30m", 5400),
        ("1h 30m", 5400),
        ("1H 30 MIN", 5400),
        ("1 h 05 m", 3900),
        ("1 h 5", 3900),
        ("1h90", 9000),
        ("0h45", 45 * 60),
        ("2h", 7200),
        ("2 hours", 7200),
        ("1 hour", 3600),
        ("3hrs", 10_800),
        ("24h", 86_400),
        ("24h0m", 86_400),
        ("1.5h", 5400),
        ("1,5h", 5400),
        (".5h", 1800),
        ("0.1 hours", 360),
        ("0.3333h", 1200),
        ("1:30", 5400),
        ("0:01", 60),
        ("01:05", 3900),
        ("24:00", 86_400),
        (" 45m ", 45 * 60),
        ("45\u00a0m", 45 * 60),
    ],
)
def test_parse_duration(text: str, seconds: int) -> None:
    assert parse_duration(text) == seconds


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("1.5", "“1.5” has no unit"),
        ("1,5", "“1,5” has no unit"),
        ("0", "“0” is no time at all"),
        ("0m", "“0m” is no time at all"),
        ("0h0", "“0h0” is no time at all"),
        ("0:00", "“0:00” is no time at all"),
        ("0.0h", "“0.0h” is no time at all"),
        ("0.0001h", "“0.0001h” is no time at all"),
        ("1441", "“1441” is over 24 hours"),
        ("24h1", "“24h1” is over 24 hours"),
        ("24:01", "“24:01” is over 24 hours"),
        ("24.01h", "“24.01h” is over 24 hours"),
        ("99:59", "“99:59” is over 24 hours"),
        ("999999999h", "“999999999h” is over 24 hours"),
        ("-15m", "“-15m” is no duration"),
        ("-1", "“-1” is no duration"),
        ("+5m", "“+5m” is no duration"),
        ("", "“” is no duration"),
        ("   ", "“” is no duration"),
        ("m", "“m” is no duration"),
        ("h30", "“h30” is no duration"),
        ("rag", "“rag” is no duration"),
        ("45s", "“45s” is no duration"),
        ("1d", "“1d” is no duration"),
        ("1:5", "“1:5” is no duration"),
        ("1:60", "“1:60” is no duration"),
        ("1:30:00", "“1:30:00” is no duration"),
        ("1e3", "“1e3” is no duration"),
        ("1_0", "“1_0” is no duration"),
        ("1h30m20s", "“1h30m20s” is no duration"),
        ("1h 1h", "“1h 1h” is no duration"),
        ("30m 1h", "“30m 1h” is no duration"),
        ("nanh", "“nanh” is no duration"),
        ("infh", "“infh” is no duration"),
        ("٤٥m", "“٤٥m” is no duration"),
        ("４５m", "“４５m” is no duration"),
        ("²", "“²” is no duration"),
        ("9" * 5000, f"“{'9' * 60}…” is no duration"),
        ("9" * 5000 + "h", f"“{'9' * 60}…” is no duration"),
        ("1." + "0" * 5000 + "h", f"“1.{'0' * 58}…” is no duration"),
    ],
)
def test_refused(text: str, title: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_duration(text)
    assert caught.value.title == title
    assert caught.value.hint


@pytest.mark.parametrize(("text", "seconds"), [("0", 0), ("25h", 90_000), ("-5m", None), ("1:60", None), ("x", None)])
def test_read_duration(text: str, seconds: int | None) -> None:
    assert read_duration(text) == seconds


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "0 min"),
        (29, "0 min"),
        (30, "1 min"),
        (89, "1 min"),
        (90, "2 min"),
        (2700, "45 min"),
        (3569, "59 min"),
        (3570, "1 h 00 m"),
        (3600, "1 h 00 m"),
        (3900, "1 h 05 m"),
        (86_400, "24 h 00 m"),
        (172_800, "48 h 00 m"),
        (3600 * 1234 + 300, "1,234 h 05 m"),
    ],
)
def test_format_duration(seconds: int, shown: str) -> None:
    assert format_duration(seconds) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "0.0 h"),
        (179, "0.0 h"),
        (180, "0.1 h"),
        (539, "0.1 h"),
        (540, "0.2 h"),
        (44_640, "12.4 h"),
        (3600 * 1234 + 1800, "1,234.5 h"),
        (3_599_820, "1,000.0 h"),
        (3_599_819, "999.9 h"),
    ],
)
def test_format_hours(seconds: int, shown: str) -> None:
    assert format_hours(seconds) == shown


@pytest.mark.parametrize(
    ("seconds", "clock", "short"),
    [
        (0, "00:00:00", "0:00"),
        (59, "00:00:59", "0:00"),
        (1453, "00:24:13", "0:24"),
        (3599, "00:59:59", "0:59"),
        (3600, "01:00:00", "1:00"),
        (360_000, "100:00:00", "100:00"),
    ],
)
def test_running_time_is_cut_not_rounded(seconds: int, clock: str, short: str) -> None:
    assert format_clock(seconds) == clock
    assert format_short(seconds) == short
