"""Thinning: what is kept of any backups, and that it is enough to do it once."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from learnhabit.domain.backup import DAYS, LATEST, MONTHS, SHRUNK, WEEKS, Backup, thinned

START = datetime(2025, 1, 1)


def backup(minutes: int, facts: int, number: int = 1) -> Backup:
    wall = START + timedelta(minutes=minutes)
    return Backup(
        id=f"{wall:%Y%m%d-%H%M}" + (f"-{number}" if number > 1 else ""),
        made_at=int((wall - datetime(1970, 1, 1)).total_seconds()),
        utc_offset=0,
        bytes=1,
        sha256="0",
        sessions=facts,
        seconds=0,
        resolutions=0,
        cards=0,
        schema=1,
        why="automatic",
    )


def made(steps: list[tuple[int, int]]) -> list[Backup]:
    """Backups by the minutes since the one before, and what each holds; oldest first."""
    found: list[Backup] = []
    minutes = 0
    for gap, facts in steps:
        minutes += gap
        found.append(backup(minutes, facts, 1 + sum(each.wall == backup(minutes, 0).wall for each in found)))
    return found


gaps = st.one_of(st.integers(0, 90), st.integers(0, 3000), st.integers(0, 60_000))
histories = st.lists(st.tuples(gaps, st.integers(0, 100)), min_size=1, max_size=120).map(made)
growing = st.lists(gaps, min_size=1, max_size=120).map(lambda found: made([(gap, n) for n, gap in enumerate(found)]))


@given(histories, st.lists(st.sampled_from(["automatic", "asked for", "before a restore"]), min_size=1))
def test_what_is_kept_is_kept_again(backups: list[Backup], whys: list[str]) -> None:
    backups = [each.replace(why=whys[number % len(whys)]) for number, each in enumerate(backups)]
    kept = thinned(reversed(backups))
    assert thinned(kept) == kept
    assert kept == [each for each in backups if each in kept]
    for why in whys:
        latest = [each for each in backups if each.why == why][-LATEST:]
        assert set(latest) <= set(kept)


@given(growing)
def test_the_last_of_each_of_the_latest_periods_stays_and_nothing_else(backups: list[Backup]) -> None:
    kept = thinned(backups)
    expected = {each.id for each in backups[-LATEST:]}
    for number, name in ((DAYS, "%Y-%m-%d"), (WEEKS, "%G-%V"), (MONTHS, "%Y-%m")):
        periods: dict[str, str] = {}
        for each in backups:
            periods[each.wall.strftime(name)] = each.id
        expected |= set(list(periods.values())[-number:])
    assert {each.id for each in kept} == expected
    assert len(kept) <= LATEST + DAYS + WEEKS + MONTHS


@given(histories, st.integers(1, 60))
def test_nothing_goes_once_the_database_has_shrunk(backups: list[Backup], later: int) -> None:
    full = [*backups, backup(10_000_000, 1000)]
    before = thinned(full)
    minutes = 10_000_000
    for number in range(later):
        # A backup every half hour of a day, then of the next.
        minutes += 30
        before = thinned([*before, backup(minutes, min(899, number))])
        assert set(thinned(full)) <= set(before)
    # Grown back, the rule of every day holds again.
    grown = thinned([*before, backup(minutes + 30, int(1000 * SHRUNK))])
    assert len(grown) <= LATEST + DAYS + WEEKS + MONTHS
