"""Every worked example of the explanation, worked out again by the functions that the program uses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from learnhabit.domain.cadence import Cadence, DailyAmount, Rules, TimeOff
from learnhabit.domain.duration import format_duration, format_hours, format_short, parse_duration
from learnhabit.domain.run import safe_days
from learnhabit.domain.scan import ScanState, advance, peek
from learnhabit.domain.strength import smoothing
from learnhabit.domain.study_day import DEFAULT_DAY_START, DayStart, parse_day_start, resolve_wall, study_day
from learnhabit.domain.timer import Timer, suspicion
from learnhabit.domain.week import WeekResult, week_need, week_result, weeks_in_row
from tests.docs.pages import DOCS, examples

PAGE = DOCS / "explanation" / "numbers.md"
DAY = timedelta(days=1)
MONDAY = date(2026, 3, 2)
LONG_AGO = date(2000, 1, 1)
BERLIN = ZoneInfo("Europe/Berlin")

Row = dict[str, str]


def rows(name: str) -> pytest.MarkDecorator:
    found = examples(PAGE, name)
    return pytest.mark.parametrize("row", found, ids=[" | ".join(row.values()) for row in found])


def rules_of(
    cadences: Sequence[tuple[date, int]], off: Sequence[date] = (), minimums: tuple[DailyAmount, ...] = ()
) -> Rules:
    return Rules(
        cadences=tuple(Cadence(effective_from=day, days_per_week=n, weekdays=()) for day, n in cadences),
        minimums=minimums,
        goals=(),
        time_off=tuple(
            TimeOff(id=str(day), from_day=day, to_day=day, why="", entered_on=day, removed_on=None) for day in off
        ),
        week_start="monday",
    )


def days_of(pattern: str, first: date = MONDAY) -> tuple[dict[date, int], list[date]]:
    """(seconds by day, days of time off) of a row of days such as `●○╱`."""
    assert pattern.startswith("`") and pattern.endswith("`") and set(pattern[1:-1]) <= set("●○╱"), pattern
    days = {first + index * DAY: mark for index, mark in enumerate(pattern[1:-1])}
    return {day: 600 if mark == "●" else 0 for day, mark in days.items()}, [
        day for day, mark in days.items() if mark == "╱"
    ]


def at_the_end(seconds: dict[date, int], rules: Rules) -> ScanState | None:
    """The state as of the last day, which is running."""
    *closed, today = sorted(seconds)
    state: ScanState | None = None
    for day in closed:
        if state is not None or seconds[day]:
            state = advance(state, day, seconds[day], rules)
    return peek(state, today, seconds[today], rules)


def run_of(pattern: str, n: str) -> tuple[str, str]:
    seconds, off = days_of(pattern)
    state = at_the_end(seconds, rules_of([(LONG_AGO, int(n))], off))
    return (str(state.run_days), str(safe_days(state.run_window, int(n)))) if state else ("0", "0")


@rows("study day")
def test_study_day(row: Row) -> None:
    start = DayStart(effective_from=LONG_AGO, minutes=parse_day_start(row["the day begins at"]))
    wall = datetime.fromisoformat(row["wall clock at the start"])
    assert study_day(wall, [start]).isoformat() == row["study day"]


def test_the_day_begins_at_four_unless_told_otherwise() -> None:
    assert DEFAULT_DAY_START == 4 * 60


@rows("new day start")
def test_new_day_start(row: Row) -> None:
    starts = [
        DayStart(effective_from=LONG_AGO, minutes=parse_day_start(row["from"])),
        DayStart(effective_from=date(2026, 3, 3), minutes=parse_day_start(row["to"])),
    ]
    assert study_day(datetime.fromisoformat(row["wall clock"]), starts).isoformat() == row["study day"]


def in_berlin(text: str) -> datetime:
    def offset_at(instant: int) -> int:
        offset = datetime.fromtimestamp(instant, BERLIN).utcoffset()
        assert offset is not None
        return int(offset.total_seconds())

    return datetime.fromtimestamp(resolve_wall(datetime.fromisoformat(text), offset_at), BERLIN)


@rows("wall clock")
def test_wall_clock(row: Row) -> None:
    assert in_berlin(row["you type"]).isoformat(" ", "minutes") == row["that is"].replace(" +", "+")


@rows("length")
def test_length(row: Row) -> None:
    seconds = in_berlin(row["to"]).timestamp() - in_berlin(row["from"]).timestamp()
    assert format_duration(int(seconds)) == row["length"]


def test_fortnight() -> None:
    table = examples(PAGE, "fortnight")
    days = [MONDAY + index * DAY for index in range(len(table))]
    off = [day for day, row in zip(days, table, strict=True) if "time off" in row["day"]]
    state: ScanState | None = None
    for day, row in zip(days, table, strict=True):
        assert row["day"].startswith(f"{day:%a} {day.day}")
        spoken = row["studied"].replace(" 00 m", "")
        seconds = 0 if spoken == "–" else parse_duration(spoken)
        rules = rules_of([(LONG_AGO, int(row["n"]))], off)
        state = advance(state, day, seconds, rules)
        found = state.kind, str(state.run_days), f"{state.strength * 100:.0f} %"
        assert found == (row["the day was"], row["run"], row["strength"]), row["day"]


def test_the_fortnight_shows_every_kind_of_day() -> None:
    kinds = {row["the day was"] for row in examples(PAGE, "fortnight")}
    assert kinds == {"counted", "paused", "day off", "missed"}


@rows("run")
def test_run(row: Row) -> None:
    assert run_of(row["days"], row["n"]) == (row["run"], row["safe days"])


@rows("forgotten day")
def test_forgotten_day(row: Row) -> None:
    before, after = row["days before"], row["the same, with the forgotten day"]
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert changed == [("○", "●")]
    assert run_of(before, row["n"])[0] == row["run before"]
    assert run_of(after, row["n"])[0] == row["run after"]


@rows("new cadence")
def test_new_cadence(row: Row) -> None:
    before, _ = days_of(row["days before"])
    change = MONDAY + len(before) * DAY
    since, _ = days_of(row["days since"], change)
    rules = rules_of([(LONG_AGO, int(row["n before"])), (change, int(row["n since"]))])
    state = at_the_end(before | since, rules)
    assert state is not None
    assert str(state.run_days) == row["run"]
    assert str(safe_days(state.run_window, int(row["n since"]))) == row["safe days"]


@rows("smoothing")
def test_smoothing(row: Row) -> None:
    m = smoothing(int(row["n"]))
    assert f"{m:.4f}" == row["m"]
    assert f"{(1 - m) * 100:.0f} %" == row["first counted day"]


@rows("strength")
def test_strength(row: Row) -> None:
    pattern = f"`{row['days'].strip('`') * int(row['times'])}`"
    seconds, _ = days_of(pattern)
    state = at_the_end(seconds, rules_of([(LONG_AGO, int(row["n"]))]))
    assert state is not None
    assert f"{state.strength * 100:.1f} %" == row["strength"]


@rows("week need")
def test_week_need(row: Row) -> None:
    assert str(week_need(int(row["n"]), int(row["days outside time off"]))) == row["need"]


@rows("week")
def test_week(row: Row) -> None:
    seconds, off = days_of(row["Monday to Sunday"])
    result = week_result(MONDAY, seconds, rules_of([(LONG_AGO, int(row["n"]))], off), LONG_AGO)
    assert str(result.counted_days) == row["counted"]
    assert str(result.need) == row["need"]
    assert {True: "yes", False: "no", None: "skipped"}[result.kept] == row["kept"]


@rows("weeks in a row")
def test_weeks_in_row(row: Row) -> None:
    kept = {"✓": True, "✗": False, "–": None}
    weeks = [
        WeekResult(start=MONDAY + index * 7 * DAY, counted_days=0, need=0, kept=kept[mark])
        for index, mark in enumerate(row["weeks"].strip("`"))
    ]
    assert str(weeks_in_row(reversed(weeks))) == row["in a row"]


@rows("timer")
def test_timer(row: Row) -> None:
    told = row["what happened"]
    hours, minutes = (int(part) for part in told.removeprefix("it shows ").split(" m")[0].split(" h "))
    shown, now = hours * 3600 + minutes * 60, 1_000_000_000
    set_forward, restarted = "set forward by 3 minutes" in told, "restarted" in told
    beat = {"app was last open an hour ago": now - 3600, "app is open": now - 20}
    timer = Timer(
        id="t",
        topic="rag",
        resource=None,
        note="",
        tags=(),
        started_at=now + 60 if "set back to before the start" in told else now - shown,
        utc_offset=60,
        zone="Europe/Berlin",
        pauses=(),
        paused_at=now if "is paused" in told else None,
        boot_id="one",
        boot_clock=0,
        heartbeat_at=next((moment for words, moment in beat.items() if words in told), None),
    )
    boot_clock = now - timer.started_at - (180 if set_forward else 0)
    asked = suspicion(timer, now, "two" if restarted else "one", boot_clock)
    assert ("yes" if asked else "no") == row["asked about"], asked


@rows("rounding")
def test_rounding(row: Row) -> None:
    seconds = int(row["seconds"])
    assert format_duration(seconds) == row["as a session or a day"]
    assert format_hours(seconds) == row["as hours"]
    assert format_short(seconds) == row['in `status --format "{timer}"`']
