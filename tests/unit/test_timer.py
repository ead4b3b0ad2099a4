"""The timer: what it shows, how it is held, and when it looks wrong."""

from __future__ import annotations

import pytest

from learnhabit.domain.timer import Timer, elapsed, end_of, pause, resume, suspicion, trim

T = 1_795_000_000
M = 60
H = 3600
BOOT = 5_000


def timer(*pauses: tuple[int, int], **changes: object) -> Timer:
    plain = Timer(
        id="t",
        topic="rag",
        resource=None,
        note="",
        tags=(),
        started_at=T,
        utc_offset=60,
        zone="Europe/Berlin",
        pauses=tuple((T + a, T + b) for a, b in pauses),
        paused_at=None,
        boot_id="boot",
        boot_clock=BOOT,
        heartbeat_at=None,
    )
    return plain.replace(**changes)


@pytest.mark.parametrize(
    ("running", "now", "seconds", "end"),
    [
        (timer(), 0, 0, 0),
        (timer(), 1, 1, 1),
        (timer(), H, H, H),
        (timer(), -60, 0, -60),
        (timer((600, 900)), 600, 600, 600),
        (timer((600, 900)), 900, 600, 900),
        (timer((600, 900)), 1000, 700, 1000),
        (timer((600, 900), (1200, 1300)), 2000, 1600, 2000),
        (timer(paused_at=T + 600), 5000, 600, 600),
        (timer((100, 200), paused_at=T + 600), 5000, 500, 600),
        (timer(paused_at=T), 5000, 0, 0),
        # a clock that was set back into, or before, a pause
        (timer((600, 900)), 700, 600, 700),
        (timer((600, 900)), 300, 300, 300),
        (timer((600, 900)), -300, 0, -300),
    ],
)
def test_elapsed(running: Timer, now: int, seconds: int, end: int) -> None:
    assert elapsed(running, T + now) == seconds
    assert end_of(running, T + now) == T + end


def test_pause_and_resume() -> None:
    held = pause(timer(), T + 600)
    assert held.paused_at == T + 600
    assert pause(held, T + 700) == held
    going = resume(held, T + 900)
    assert (going.paused_at, going.pauses) == (None, ((T + 600, T + 900),))
    assert resume(going, T + 999) == going
    assert elapsed(going, T + 1000) == 700
    assert resume(held, T + 600) == timer()


def test_a_timer_that_goes_on_is_seen_by_the_app_that_saw_it_before() -> None:
    held = timer(heartbeat_at=T + 4 * H - 20, paused_at=T + 4 * H)
    going = resume(held, T + 5 * H)
    assert going.heartbeat_at == T + 5 * H
    assert suspicion(going, T + 5 * H, "boot", BOOT + 5 * H) == ""
    assert suspicion(going, T + 5 * H + 121, "boot", BOOT + 5 * H + 121).endswith("the app last saw it at 4 h 00 m")
    assert resume(timer(paused_at=T + 4 * H), T + 5 * H).heartbeat_at is None
    assert resume(going, T + 6 * H) == going
    back = resume(held, T + 3 * H)
    assert suspicion(back, T + 3 * H, "boot", BOOT + 3 * H) == ""


def test_pause_and_resume_with_a_clock_set_back() -> None:
    assert pause(timer(), T - 60).paused_at == T
    assert pause(timer((600, 900)), T + 700).paused_at == T + 900
    assert resume(timer(paused_at=T + 600), T + 500) == timer()


@pytest.mark.parametrize(
    ("running", "end", "pauses", "seconds"),
    [
        (timer(), 600, [], 600),
        (timer(), -5, [], 0),
        (timer((100, 200)), 600, [(100, 200)], 500),
        (timer((100, 200)), 200, [(100, 200)], 100),
        (timer((100, 200)), 150, [], 100),
        (timer((100, 200)), 100, [], 100),
        (timer((100, 200)), 50, [], 50),
        (timer((100, 200), (300, 400)), 350, [(100, 200)], 200),
        (timer(paused_at=T + 600), 700, [], 600),
        (timer(paused_at=T + 600), 500, [], 500),
    ],
)
def test_trim(running: Timer, end: int, pauses: list[tuple[int, int]], seconds: int) -> None:
    kept = trim(running, T + end)
    assert list(kept.pauses) == [(T + a, T + b) for a, b in pauses]
    assert elapsed(kept, T + 10**6) == seconds


RESTARTED = "the machine was restarted while it ran, and it shows 10 min"
BACK = "the clock was set back while it ran"


@pytest.mark.parametrize(
    ("running", "now", "reason"),
    [
        (timer(), 0, ""),
        (timer(), H, ""),
        # long
        (timer(), 12 * H, ""),
        (timer(), 12 * H + 1, "it shows 12 h 00 m"),
        (timer(), 30 * H, "it shows 30 h 00 m"),
        (timer((0, 2 * H)), 14 * H, ""),
        (timer((0, 2 * H)), 14 * H + 60, "it shows 12 h 01 m"),
        # with a heartbeat
        (timer(heartbeat_at=T + 60), 3 * H, ""),
        (timer(heartbeat_at=T + H), 3 * H + 1, "it shows 3 h 00 m, and the app last saw it at 1 h 00 m"),
        (timer(heartbeat_at=T + 4 * H - 120), 4 * H, ""),
        (timer(heartbeat_at=T + 4 * H - 121), 4 * H, "it shows 4 h 00 m, and the app last saw it at 3 h 58 m"),
        (timer((H, 3 * H), heartbeat_at=T + 60), 5 * H, ""),
        (timer(heartbeat_at=T + 12 * H), 12 * H + 60, "it shows 12 h 01 m"),
        (timer(), 11 * H, ""),
        # set back
        (timer(), -1, BACK),
        (timer((600, 900)), 800, BACK),
        (timer(heartbeat_at=T + 600), 599, BACK),
        (timer(heartbeat_at=T + 600), 600, ""),
    ],
)
def test_suspicion(running: Timer, now: int, reason: str) -> None:
    assert suspicion(running, T + now, "boot", BOOT + now) == reason


@pytest.mark.parametrize(
    ("running", "boot_id", "boot_clock", "reason"),
    [
        (timer(), "boot", BOOT + 600, ""),
        (timer(), "boot", BOOT + 600 - 120, ""),
        (timer(), "boot", BOOT + 600 + 120, ""),
        (timer(), "boot", BOOT + 600 - 121, "the clock was set forward by 2 min while it ran"),
        (timer(), "boot", BOOT + 600 + 121, "the clock was set back by 2 min while it ran"),
        (timer(), "boot", BOOT - 3000, "the clock was set forward by 1 h 00 m while it ran"),
        (timer(), "boot", None, ""),
        (timer(boot_clock=None), "boot", BOOT, ""),
        (timer(), "other", 30, RESTARTED),
        (timer(), "other", None, RESTARTED),
        (timer(), "", None, ""),
        (timer(boot_id=""), "other", 30, ""),
        (timer(boot_id="", boot_clock=None), "", None, ""),
    ],
)
def test_boot(running: Timer, boot_id: str, boot_clock: int | None, reason: str) -> None:
    assert suspicion(running, T + 600, boot_id, boot_clock) == reason


def test_a_paused_timer_is_not_asked_about() -> None:
    held = timer(paused_at=T + 20 * H, heartbeat_at=T + 60)
    for now in (-H, 600, 20 * H, 500 * H):
        assert suspicion(held, T + now, "other", 5) == ""


def test_the_clock_counts_before_the_length() -> None:
    """A clock that jumped makes the length a guess, so that is the reason to give."""
    assert suspicion(timer(), T + 20 * H, "boot", BOOT + 600).startswith("the clock was set forward by 19 h 50 m")
