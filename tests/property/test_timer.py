"""The timer, against a count of single seconds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from learnhabit.domain.timer import Timer, elapsed, end_of, pause, resume, suspicion, trim

T = 1_795_000_000
NEW = Timer(
    id="t",
    topic="rag",
    resource=None,
    note="",
    tags=(),
    started_at=T,
    utc_offset=0,
    zone="UTC",
    pauses=(),
    paused_at=None,
    boot_id="boot",
    boot_clock=1000,
    heartbeat_at=None,
)
# Whether it is paused or resumed, and the seconds that passed before.
STEPS = st.lists(st.tuples(st.sampled_from([pause, resume]), st.integers(0, 30)), max_size=6)


@given(STEPS, st.integers(0, 30))
def test_it_counts_the_seconds_between_the_pauses(steps: list[tuple[object, int]], last: int) -> None:
    timer, now, running, counted = NEW, T, True, 0
    for step, passed in [*steps, (None, last)]:
        for _ in range(passed):
            counted += running
            now += 1
            assert elapsed(timer, now) == counted
        if step is pause:
            timer, running = pause(timer, now), False
        elif step is resume:
            timer, running = resume(timer, now), True
    assert elapsed(timer, now) == counted
    assert end_of(timer, now) <= now
    edges = [T, *(edge for each in timer.pauses for edge in each), end_of(timer, now)]
    assert edges == sorted(edges)
    assert (timer.paused_at is None) == running


WILD = st.lists(st.tuples(st.sampled_from([pause, resume]), st.integers(-(10**5), 10**5)), max_size=6)
SOMETIMES = st.one_of(st.none(), st.integers(-(10**6), 10**6))


def any_timer(steps: list[tuple[object, int]], beat: int | None, boot: int | None) -> Timer:
    """A timer whose clock was set to and fro."""
    timer = NEW.replace(heartbeat_at=None if beat is None else T + beat, boot_clock=boot)
    for step, at in steps:
        timer = pause(timer, T + at) if step is pause else resume(timer, T + at)
    return timer


@given(WILD, SOMETIMES, SOMETIMES, st.integers(-(10**6), 10**6), st.sampled_from(["", "boot", "other"]), SOMETIMES)
def test_never_negative_whatever_the_clock_does(
    steps: list[tuple[object, int]], beat: int | None, boot: int | None, now: int, boot_id: str, boot_now: int | None
) -> None:
    timer = any_timer(steps, beat, boot)
    shown = elapsed(timer, T + now)
    assert 0 <= shown <= max(0, end_of(timer, T + now) - T)
    assert elapsed(timer, T + now + 1) in (shown, shown + 1)
    edges = [edge for each in timer.pauses for edge in each]
    assert edges == sorted(edges)
    reason = suspicion(timer, T + now, boot_id, boot_now)
    if timer.paused_at is not None:
        assert reason == ""
    elif shown > 12 * 3600 or now < 0:
        assert reason


@given(WILD, st.integers(-(10**5), 2 * 10**5), st.integers(0, 2 * 10**5))
def test_trim(steps: list[tuple[object, int]], end: int, now: int) -> None:
    timer = any_timer(steps, None, None)
    kept = trim(timer, T + end)
    assert kept.paused_at is not None
    assert T <= kept.paused_at <= max(T, T + end)
    # It shows what it showed at that instant (at its pause, if that came first), and that stays.
    instant = T + end if timer.paused_at is None else min(T + end, timer.paused_at)
    assert elapsed(kept, T + now) == elapsed(timer.replace(paused_at=None), instant)
    assert all(resumed <= kept.paused_at for _, resumed in kept.pauses)
    assert trim(kept, T + end) == kept
