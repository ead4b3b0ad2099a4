"""The clock: frozen and real, with the system's zone."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from learnhabit.clock import Clock, FrozenClock, clock_from_environment, zone_name
from learnhabit.errors import UsageError

EVENING = "2026-11-23T20:40:00+01:00"


@pytest.fixture
def new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_a_frozen_moment_needs_an_offset() -> None:
    for text in (
        "2026-11-23T20:40:00",
        "today",
        "2026-13-01T00:00:00+00:00",
        "1764000000",
        "9999-12-31T00:00:00+00:00",
    ):
        with pytest.raises(UsageError):
            clock_from_environment({"LEARNHABIT_NOW": text})


def test_a_frozen_clock_stands_still_at_its_wall_clock() -> None:
    clock = clock_from_environment({"LEARNHABIT_NOW": EVENING})
    assert clock.local(clock.now()).isoformat() == EVENING
    assert clock.now() == clock.now()
    assert clock.milliseconds() == clock.now() * 1000
    assert clock.boot() == ("", None)


def test_without_tz_its_offset_holds_for_every_moment() -> None:
    clock = clock_from_environment({"LEARNHABIT_NOW": EVENING})
    assert clock.local(clock.now() - 180 * 86400).utcoffset() == timedelta(hours=1)
    assert clock.zone(clock.now()) == "+01:00"


@pytest.mark.usefixtures("new_york")
def test_with_tz_other_moments_follow_the_zone() -> None:
    clock = FrozenClock(datetime.fromisoformat(EVENING), zoned=True)
    assert clock.local(clock.now()).isoformat() == EVENING
    summer = clock.local(clock.resolve(datetime(2026, 7, 1, 12)))
    assert summer.isoformat() == "2026-07-01T12:00:00-04:00"
    assert clock.zone(clock.now()) == "America/New_York"


@pytest.mark.usefixtures("new_york")
def test_the_real_clock_resolves_gaps_and_folds() -> None:
    clock = Clock()
    # 8 March 2026, 02:00 → 03:00; 1 November 2026, 02:00 → 01:00.
    assert clock.local(clock.resolve(datetime(2026, 3, 8, 2, 30))).isoformat() == "2026-03-08T03:00:00-04:00"
    assert clock.local(clock.resolve(datetime(2026, 11, 1, 1, 30))).isoformat() == "2026-11-01T01:30:00-04:00"


def test_the_real_clock_tells_the_time() -> None:
    before = time.time()
    clock = Clock()
    assert before - 1 <= clock.now() <= time.time()
    assert abs(clock.milliseconds() - time.time() * 1000) < 5000
    boot_id, seconds = clock.boot()
    assert boot_id
    assert seconds is not None
    assert seconds > 0


@pytest.mark.parametrize(
    ("tz", "name"),
    [
        ("Europe/Paris", "Europe/Paris"),
        (":Europe/Paris", "Europe/Paris"),
        ("CET-1CEST,M3.5.0,M10.5.0/3", ""),
        ("../../etc/passwd", ""),
        ("/etc/passwd", ""),
    ],
)
def test_a_zone_has_a_name_only_if_it_names_a_file(tz: str, name: str) -> None:
    assert zone_name({"TZ": tz}) == name


def test_a_frozen_clock_refuses_a_naive_moment() -> None:
    with pytest.raises(ValueError, match="offset"):
        FrozenClock(datetime(2026, 1, 1))
    assert FrozenClock(datetime(2026, 1, 1, tzinfo=UTC)).offset_at(0) == 0
