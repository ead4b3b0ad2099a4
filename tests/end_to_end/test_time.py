"""Days, zones and calendars, through the command line at chosen moments in chosen zones."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.end_to_end.program import Program

PARIS, NEW_YORK, LORD_HOWE = "Europe/Paris", "America/New_York", "Australia/Lord_Howe"
SUMMER_TIME_RULE = "CET-1CEST,M3.5.0,M10.5.0/3"


@pytest.mark.parametrize(
    ("zone", "now", "when", "started_at", "study_day"),
    [
        # A wall time that does not exist moves to the end of the gap.
        (PARIS, "2026-03-29T12:00:00+02:00", "02:30", "2026-03-29T03:00:00+02:00", "2026-03-28"),
        (PARIS, "2026-03-29T12:00:00+02:00", "2026-03-29 2:00", "2026-03-29T03:00:00+02:00", "2026-03-28"),
        (PARIS, "2026-03-29T12:00:00+02:00", "01:59", "2026-03-29T01:59:00+01:00", "2026-03-28"),
        (SUMMER_TIME_RULE, "2026-03-29T12:00:00+02:00", "02:30", "2026-03-29T03:00:00+02:00", "2026-03-28"),
        (NEW_YORK, "2026-03-08T12:00:00-04:00", "02:30", "2026-03-08T03:00:00-04:00", "2026-03-07"),
        (LORD_HOWE, "2026-10-04T12:00:00+11:00", "02:15", "2026-10-04T02:30:00+11:00", "2026-10-03"),
        # The day start is taken from the wall clock: 04:30 of a short day is that day's.
        (PARIS, "2026-03-29T12:00:00+02:00", "04:30", "2026-03-29T04:30:00+02:00", "2026-03-29"),
        (PARIS, "2026-03-29T12:00:00+02:00", "04:00", "2026-03-29T04:00:00+02:00", "2026-03-29"),
        (PARIS, "2026-03-29T12:00:00+02:00", "03:59", "2026-03-29T03:59:00+02:00", "2026-03-28"),
        (NEW_YORK, "2026-03-08T12:00:00-04:00", "04:30", "2026-03-08T04:30:00-04:00", "2026-03-08"),
        # A wall time that exists twice is the first of the two.
        (PARIS, "2026-10-25T12:00:00+01:00", "02:30", "2026-10-25T02:30:00+02:00", "2026-10-24"),
        (PARIS, "2026-10-25T12:00:00+01:00", "03:00", "2026-10-25T03:00:00+01:00", "2026-10-24"),
        (SUMMER_TIME_RULE, "2026-10-25T12:00:00+01:00", "02:30", "2026-10-25T02:30:00+02:00", "2026-10-24"),
        (NEW_YORK, "2026-11-01T12:00:00-05:00", "01:30", "2026-11-01T01:30:00-04:00", "2026-10-31"),
        (LORD_HOWE, "2026-04-05T12:00:00+10:30", "01:45", "2026-04-05T01:45:00+11:00", "2026-04-04"),
        (PARIS, "2026-10-25T12:00:00+01:00", "03:59", "2026-10-25T03:59:00+01:00", "2026-10-24"),
        (PARIS, "2026-10-25T12:00:00+01:00", "04:00", "2026-10-25T04:00:00+01:00", "2026-10-25"),
        # A start has the offset of its own day, not of now.
        (PARIS, "2026-11-23T20:40:00+01:00", "2026-07-01 9:00", "2026-07-01T09:00:00+02:00", "2026-07-01"),
        (NEW_YORK, "2026-07-01T12:00:00-04:00", "2026-01-15 9:00", "2026-01-15T09:00:00-05:00", "2026-01-15"),
        # Without a zone every wall time has the moment's offset.
        (None, "2026-11-23T20:40:00+01:00", "2026-07-01 9:00", "2026-07-01T09:00:00+01:00", "2026-07-01"),
        (None, "2026-11-23T20:40:00+05:45", "2026-07-01 9:00", "2026-07-01T09:00:00+05:45", "2026-07-01"),
        # A midnight that does not exist.
        ("Asia/Beirut", "2026-03-29T12:00:00+03:00", "00:30", "2026-03-29T01:00:00+03:00", "2026-03-28"),
        # 29 February.
        (PARIS, "2028-03-01T20:00:00+01:00", "yesterday 9:00", "2028-02-29T09:00:00+01:00", "2028-02-29"),
        (PARIS, "2028-03-01T03:00:00+01:00", "-30m", "2028-03-01T02:30:00+01:00", "2028-02-29"),
        (PARIS, "2028-02-29T20:00:00+01:00", "9:00", "2028-02-29T09:00:00+01:00", "2028-02-29"),
        (PARIS, "2028-12-31T20:00:00+01:00", "29 feb 9:00", "2028-02-29T09:00:00+01:00", "2028-02-29"),
        # The last evening of a year.
        (PARIS, "2027-01-01T03:00:00+01:00", "1:00", "2027-01-01T01:00:00+01:00", "2026-12-31"),
        (PARIS, "2027-01-01T03:00:00+01:00", "23:00", "2026-12-31T23:00:00+01:00", "2026-12-31"),
    ],
)
def test_a_start_on_the_wall_clock(
    program: Program, zone: str | None, now: str, when: str, started_at: str, study_day: str
) -> None:
    logged = program.at(now, zone).json("log", "1m", "rag", "--at", when)
    assert (logged["started_at"], logged["study_day"]) == (started_at, study_day)


@pytest.mark.parametrize(
    ("zone", "start", "end", "seconds"),
    [
        (PARIS, "2026-03-29T01:30:00+01:00", "2026-03-29T03:30:00+02:00", 3600),
        (PARIS, "2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00", 3600),
        (NEW_YORK, "2026-03-08T01:59:00-05:00", "2026-03-08T03:01:00-04:00", 120),
        (NEW_YORK, "2026-11-01T01:30:00-04:00", "2026-11-01T01:45:00-05:00", 4500),
        (LORD_HOWE, "2026-10-04T01:45:00+10:30", "2026-10-04T02:45:00+11:00", 1800),
        (LORD_HOWE, "2026-04-05T01:45:00+11:00", "2026-04-05T01:45:00+10:30", 1800),
    ],
)
def test_a_timer_over_the_change_of_the_clocks(program: Program, zone: str, start: str, end: str, seconds: int) -> None:
    program.at(start, zone).ok("start", "rag")
    later = program.at(end, zone)
    assert later.json("status")["timer"]["seconds"] == seconds
    stopped = later.json("stop")
    assert (stopped["started_at"], stopped["seconds"]) == (start, seconds)


def test_now_keeps_its_own_offset_in_an_hour_that_comes_twice(program: Program) -> None:
    second = program.at("2026-10-25T02:30:00+01:00", PARIS)
    logged = second.json("log", "10m", "rag")
    assert logged["started_at"] == "2026-10-25T02:20:00+01:00"
    assert second.json("log", "10m", "rag", "--at", "-70m")["started_at"] == "2026-10-25T02:20:00+02:00"


def test_a_log_of_90_minutes_that_ends_now_over_the_gap(program: Program) -> None:
    logged = program.at("2026-03-29T03:45:00+02:00", PARIS).json("log", "90m", "rag")
    assert (logged["started_at"], logged["seconds"]) == ("2026-03-29T01:15:00+01:00", 5400)


def test_flights_leave_study_days_as_they_were(program: Program) -> None:
    tokyo = program.at("2026-11-24T08:00:00+09:00", "Asia/Tokyo")
    morning = tokyo.json("log", "45m", "rag")
    assert (morning["study_day"], morning["started_at"]) == ("2026-11-24", "2026-11-24T07:15:00+09:00")
    # Nine hours later in Los Angeles it is still the 23rd.
    west = program.at("2026-11-24T00:00:00-08:00", "America/Los_Angeles")
    evening = west.json("log", "30m", "lora")
    assert (evening["study_day"], evening["started_at"]) == ("2026-11-23", "2026-11-23T23:30:00-08:00")
    assert west.json("status")["today"] == {
        "study_day": "2026-11-23",
        "seconds": 1800,
        "minimum_seconds": 600,
        "goal_seconds": 600,
    }
    for zone, now in (
        ("Pacific/Kiritimati", "2026-11-30T12:00:00+14:00"),
        ("Pacific/Pago_Pago", "2026-11-29T11:00:00-11:00"),
    ):
        elsewhere = program.at(now, zone)
        assert elsewhere.sessions() == [morning, evening]
        assert elsewhere.json("status")["run"]["longest"] == 2
        shown = elsewhere.ok("sessions").out
        assert "07:15" in shown and "23:30" in shown and "24 Nov" in shown and "23 Nov" in shown
    # Only the note changes; the study day does not follow the zone one is in now.
    assert (
        program.at("2026-11-29T11:00:00-11:00").json("edit", morning["id"], "--note", "x")["study_day"] == "2026-11-24"
    )


def test_a_flight_west_can_make_today_a_day_that_has_entries(program: Program) -> None:
    program.at("2026-11-24T09:00:00+13:00", "Pacific/Auckland").ok("log", "45m", "rag")
    program.at("2026-11-24T21:00:00-10:00", "Pacific/Honolulu").ok("log", "15m", "rag")
    status = program.at("2026-11-24T21:00:00-10:00", "Pacific/Honolulu").json("status")
    assert status["today"]["study_day"] == "2026-11-24" and status["today"]["seconds"] == 3600
    assert status["run"]["days"] == 1


def test_a_timer_that_flies(program: Program) -> None:
    program.at("2026-11-23T20:00:00+01:00", PARIS).ok("start", "rag")
    stopped = program.at("2026-11-23T15:00:00-05:00", NEW_YORK).json("stop")
    assert (stopped["seconds"], stopped["started_at"]) == (3600, "2026-11-23T20:00:00+01:00")
    assert stopped["study_day"] == "2026-11-23"


def test_a_split_elsewhere_keeps_the_offset_of_the_start(program: Program) -> None:
    tokyo = program.at("2026-11-24T08:00:00+09:00", "Asia/Tokyo")
    whole = tokyo.json("log", "2h", "rag")
    home = program.at("2026-11-24T20:00:00+01:00", PARIS)
    first, second = home.json("split", "last", "7:00")
    assert (first["started_at"], first["study_day"]) == (whole["started_at"], "2026-11-24")
    assert (second["started_at"], second["study_day"]) == ("2026-11-24T07:00:00+09:00", "2026-11-24")
    assert home.json("merge", first["id"], second["id"]) == [whole]


def day_of(program: Program, wall: str) -> str:
    """The running study day at a wall clock at +01:00."""
    day: str = program.at(f"{wall}+01:00").json("status")["today"]["study_day"]
    return day


@pytest.mark.parametrize(
    ("new", "days"),
    [
        # (wall clock, study day): D is the 24th; before it min(old, 23rd), from it on by the new start.
        ("06:00", [("24T03:59", 23), ("24T04:30", 23), ("24T05:59", 23), ("24T06:00", 24), ("25T05:59", 24)]),
        ("11:59", [("24T04:30", 23), ("24T11:58", 23), ("24T11:59", 24), ("25T11:58", 24)]),
        ("02:00", [("23T23:59", 23), ("24T01:59", 23), ("24T02:00", 24), ("25T01:59", 24), ("25T02:00", 25)]),
        ("00:00", [("23T23:59", 23), ("24T00:00", 24), ("24T23:59", 24), ("25T00:00", 25)]),
    ],
)
def test_a_changed_day_start_counts_from_the_next_study_day_on(
    program: Program, new: str, days: list[tuple[str, int]]
) -> None:
    program.ok("settings", "day_start", new)
    for wall, day in [("23T20:40", 23), ("23T03:59", 22), ("22T05:00", 22), *days]:
        assert day_of(program, f"2026-11-{wall}:00") == f"2026-11-{day}", wall


@pytest.mark.parametrize("new", ["00:00", "02:00", "06:00", "11:59"])
@pytest.mark.parametrize("hour", [0, 3, 4, 5, 12, 23])
def test_today_never_turns_back(program: Program, new: str, hour: int) -> None:
    moment = f"2026-11-24T{hour:02}:10:00"
    before = day_of(program, moment)
    program.at(f"{moment}+01:00").ok("settings", "day_start", new)
    last = before
    for minutes in range(0, 60 * 48, 97):
        day, minute = divmod(24 * 1440 + hour * 60 + 10 + minutes, 1440)
        now = day_of(program, f"2026-11-{day}T{minute // 60:02}:{minute % 60:02}:00")
        assert last <= now
        assert (date.fromisoformat(now) - date.fromisoformat(last)).days <= 1
        last = now


def test_a_new_day_start_rewrites_nothing(program: Program) -> None:
    late = program.json("log", "10m", "rag", "--at", "2026-11-23 4:30")
    assert late["study_day"] == "2026-11-23"
    program.ok("settings", "day_start", "06:00")
    assert program.sessions() == [late]
    # A start of that day that is typed in later still goes by the rule in force then.
    assert program.json("log", "10m", "lora", "--at", "2026-11-23 4:45")["study_day"] == "2026-11-23"
    later = program.at("2026-11-26T20:40:00+01:00")
    assert later.json("log", "10m", "lora", "--at", "2026-11-26 4:45")["study_day"] == "2026-11-25"
    assert later.json("log", "10m", "lora", "--at", "yesterday 5:00")["started_at"] == "2026-11-26T05:00:00+01:00"


@pytest.mark.parametrize(
    ("now", "when", "started_at", "study_day"),
    [
        # Monday 23 November 2026. A time alone is the latest one that is not in the future.
        ("24T00:30", "21:00", "23T21:00", 23),
        ("24T00:30", "00:10", "24T00:10", 23),
        ("24T00:30", "01:00", "23T01:00", 22),
        ("23T20:40", "20:39", "23T20:39", 23),
        ("23T20:40", "21:00", "22T21:00", 22),
        # yesterday and weekdays are study days.
        ("23T20:40", "yesterday", "22T12:00", 22),
        ("23T20:40", "yesterday 21:00", "22T21:00", 22),
        ("23T20:40", "yesterday 01:00", "23T01:00", 22),
        ("23T20:40", "yesterday 04:00", "22T04:00", 22),
        ("24T00:30", "yesterday 21:00", "22T21:00", 22),
        ("24T00:30", "yesterday", "22T12:00", 22),
        ("24T03:00", "yesterday 01:00", "23T01:00", 22),
        # A weekday: the latest before today; with a time, today's if that is not in the future.
        ("23T20:40", "mon", "16T12:00", 16),
        ("23T20:40", "mon 8:15", "23T08:15", 23),
        ("23T20:40", "mon 21:00", "16T21:00", 16),
        ("23T20:40", "mon 01:00", "17T01:00", 16),
        ("24T00:30", "mon 00:15", "24T00:15", 23),
        ("24T00:30", "mon", "16T12:00", 16),
        ("23T20:40", "tue", "17T12:00", 17),
        ("23T20:40", "sunday 23:00", "22T23:00", 22),
        ("24T00:30", "sun", "22T12:00", 22),
        # A written date is civil.
        ("23T20:40", "2026-11-22 01:00", "22T01:00", 21),
        ("23T20:40", "2026-11-22", "22T12:00", 22),
        ("23T20:40", "22 nov 1:00", "22T01:00", 21),
        # A duration ago.
        ("24T04:10", "-15m", "24T03:55", 23),
        ("24T04:10", "-10m", "24T04:00", 24),
        ("23T20:40", "-1h30", "23T19:10", 23),
        ("23T20:40", "-24h", "22T20:40", 22),
    ],
)
def test_words_for_a_moment(program: Program, now: str, when: str, started_at: str, study_day: int) -> None:
    here = program.at(f"2026-11-{now}:00+01:00")
    for logged in (here.json("log", "1m", "rag", "--at", when), here.json("log", f"1m rag note @{when} #tag")):
        assert (logged["started_at"], logged["study_day"]) == (
            f"2026-11-{started_at}:00+01:00",
            f"2026-11-{study_day}",
        )
    assert here.json("edit", "last", "--note", "x")["note"] == "x"
    assert here.json("start", "rag", "--at", when)["started_at"] == f"2026-11-{started_at}:00+01:00"


@pytest.mark.parametrize("words", ["45m rag @yesterday 21:00", "45m rag @-30m", "24h rag @yesterday 20:41"])
def test_nothing_may_end_after_now(program: Program, words: str) -> None:
    allowed = words.endswith("yesterday 21:00")
    assert program("log", words).code == (0 if allowed else 1)
    assert program("log", words.replace("24h", "23h59").replace("45m", "30m")).code == 0


def test_iso_week_53(program: Program) -> None:
    for day in (28, 29, 30, 31):
        program.at(f"2026-12-{day}T20:00:00+01:00").ok("log", "10m", "rag")
    friday = program.at("2027-01-01T20:00:00+01:00")
    assert friday.json("status")["week"] == {"counted_days": 4, "target_days": 5}
    friday.ok("log", "10m", "rag")
    assert friday.json("status")["week"]["counted_days"] == 5
    assert program.at("2027-01-03T20:00:00+01:00").json("status")["week"]["counted_days"] == 5
    monday = program.at("2027-01-04T20:00:00+01:00").json("status")
    assert monday["week"]["counted_days"] == 0 and monday["run"]["days"] == 5
    year = program.at("2027-01-01T20:00:00+01:00").json("sessions", "--from", "2027-01-01")
    assert [each["study_day"] for each in year] == ["2027-01-01"]


@pytest.mark.parametrize(("week_start", "counted"), [("monday", 1), ("sunday", 2), ("saturday", 3)])
def test_week_start(program: Program, week_start: str, counted: int) -> None:
    for day in ("2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23"):
        program.ok("log", "10m", "rag", "--at", f"{day} 9:00")
    program.ok("settings", "week_start", week_start)
    week = program.json("status")["week"]
    assert week["counted_days"] == counted
    # The first session stands before this week: all seven days are asked for.
    assert week["target_days"] == 5


def test_time_off_over_29_february_and_a_new_year(program: Program) -> None:
    leap = program.at("2028-02-28T20:00:00+01:00")
    leap.ok("log", "10m", "rag")
    leap.ok("time-off", "2028-02-29")
    assert program.at("2028-03-05T20:00:00+01:00").json("status")["week"]["target_days"] == 4
    leap.refused(2, "time-off", "2027-02-29")
    program.at("2028-12-30T20:00:00+01:00").ok("time-off", "2028-12-31", "2029-01-02")
    assert len(leap.json("time-off", "list")) == 2


def test_a_run_over_the_change_of_the_clocks(program: Program) -> None:
    for offset in range(10):
        day = date(2026, 3, 24) + timedelta(days=offset)
        zone = "+01:00" if day < date(2026, 3, 29) else "+02:00"
        program.at(f"{day}T23:30:00{zone}", PARIS).ok("log", "10m", "rag")
    status = program.at("2026-04-02T23:45:00+02:00", PARIS).json("status")
    assert (status["run"]["days"], status["run"]["longest"]) == (10, 10)


def test_the_real_clock(program: Program) -> None:
    """Without a frozen moment a session ends now, in the zone of the machine."""
    real = program.at("", "Asia/Kathmandu")
    logged = real.spawn("log", "45m", "rag", "--json").json
    assert logged["started_at"].endswith("+05:45")
    assert real.spawn("log", "1m", "rag", "--json").json["started_at"] > logged["started_at"]
    status = real.spawn("status", "--json").json
    assert status["today"]["seconds"] == 2760 or status["today"]["study_day"] != logged["study_day"]
