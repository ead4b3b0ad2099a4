"""How far one is with a resource: what is understood, what is refused, what is left."""

from __future__ import annotations

import pytest

from learnhabit.domain.reading_progress import Progress, minutes_left, progress_words, read_progress
from learnhabit.errors import UsageError

PAGES = Progress(unit="pages", done=120, whole=300)
MINUTES = Progress(unit="minutes", done=35, whole=75)


@pytest.mark.parametrize(
    ("text", "minutes", "before", "expected"),
    [
        ("45%", None, None, ("percent", 45, 100)),
        ("45 %", None, PAGES, ("percent", 45, 100)),
        ("45 percent", None, None, ("percent", 45, 100)),
        ("45", None, None, ("percent", 45, 100)),
        ("100%", None, None, ("percent", 100, 100)),
        ("0", None, None, ("percent", 0, 100)),
        ("0", None, PAGES, ("pages", 0, 300)),
        ("0 pages", None, None, ("percent", 0, 100)),
        ("120 of 300 pages", None, None, ("pages", 120, 300)),
        ("120 of 300", None, None, ("pages", 120, 300)),
        ("120/300", None, None, ("pages", 120, 300)),
        ("p 120/300", None, None, ("pages", 120, 300)),
        ("page 120 of 300", None, None, ("pages", 120, 300)),
        ("pp. 120 of 300", None, None, ("pages", 120, 300)),
        ("120 pages of 300", None, None, ("pages", 120, 300)),
        ("120 out of 300 p", None, None, ("pages", 120, 300)),
        ("P150", None, PAGES, ("pages", 150, 300)),
        ("150", None, PAGES, ("pages", 150, 300)),
        ("35 min", 75, None, ("minutes", 35, 75)),
        ("35 min", 75, Progress(unit="minutes", done=1, whole=80), ("minutes", 35, 80)),
        ("1h30", 180, None, ("minutes", 90, 180)),
        ("1:30", 180, None, ("minutes", 90, 180)),
        ("185 of 480 min", 60, None, ("minutes", 185, 480)),
        ("40/80", None, MINUTES, ("minutes", 40, 80)),
        ("  45   %  ", None, None, ("percent", 45, 100)),
    ],
)
def test_read(text: str, minutes: int | None, before: Progress | None, expected: tuple[str, int, int]) -> None:
    found = read_progress(text, minutes, before)
    assert (found.unit, found.done, found.whole) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "half",
        "-5%",
        "101%",
        "101",
        "45 of 90 %",
        "301 of 300 pages",
        "12 pages",
        "12 min",
        "5 of 0 pages",
        "5 of 1000001 pages",
        "45% pages",
        "9999999999",
        "1e3",
        "４５ ％",
        "p 12 min",
    ],
)
def test_refused(text: str) -> None:
    with pytest.raises(UsageError):
        read_progress(text, None, None)


@pytest.mark.parametrize(
    ("minutes", "progress", "done", "expected"),
    [
        (75, None, False, 75),
        (None, None, False, None),
        (75, None, True, 0),
        (75, MINUTES, False, 40),
        (60, MINUTES, False, 40),
        (100, PAGES, False, 60),
        (1, Progress(unit="percent", done=99, whole=100), False, 1),
        (None, PAGES, False, None),
    ],
)
def test_minutes_left(minutes: int | None, progress: Progress | None, done: bool, expected: int | None) -> None:
    assert minutes_left(minutes, progress, done=done) == expected


@pytest.mark.parametrize(
    ("progress", "expected"),
    [
        (Progress(unit="percent", done=45, whole=100), "45 %"),
        (PAGES, "120 of 300 pages"),
        (Progress(unit="minutes", done=185, whole=1480), "185 of 1,480 min"),
    ],
)
def test_words(progress: Progress, expected: str) -> None:
    assert progress_words(progress) == expected
    again = read_progress(expected.replace(",", ""), None, None)
    assert again == progress
