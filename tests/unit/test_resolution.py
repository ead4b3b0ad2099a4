"""Where a resolution stands, example by example, worked by hand in docs/explanation/resolutions.md and below."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from learnhabit.domain.cadence import Rules, TimeOff
from learnhabit.domain.resolution import Aim, Done, Resolution, Standing, amounts, line_of, standing

DAY = timedelta(days=1)
HOUR = 3600
NEW_YEAR, JULY, LAST = date(2026, 1, 1), date(2026, 7, 1), date(2026, 12, 31)


def rules(*offs: TimeOff, week_start: str = "monday") -> Rules:
    return Rules(cadences=(), minimums=(), goals=(), time_off=offs, week_start=week_start)


def off(first: date, last: date, entered: date, removed: date | None = None) -> TimeOff:
    return TimeOff(id="off", from_day=first, to_day=last, why="", entered_on=entered, removed_on=removed)


def aim(target: int, entered: date = NEW_YEAR, end: date = LAST) -> Aim:
    return Aim(entered_on=entered, target=target, period_end=end)


def resolution(
    measure: str = "hours",
    *aims: Aim,
    start: date = NEW_YEAR,
    made: date = NEW_YEAR,
    per: str | None = None,
    let_go: date | None = None,
) -> Resolution:
    return Resolution(
        id="it",
        statement="",
        measure=measure,
        kind=None,
        scope=(),
        per=per,
        period_start=start,
        made_on=made,
        aims=aims or (aim(365 * HOUR),),
        cue="",
        let_go_on=let_go,
        let_go_why="",
        carried_from=None,
    )


def done(
    seconds: dict[date, int] | None = None, items: dict[date, int] | None = None, first: date | None = None
) -> Done:
    found = seconds or {}
    return Done(
        seconds=found,
        sessions=dict.fromkeys(found, 1),
        items=items or {},
        first_session_day=first or min(found, default=None),
    )


def each_day(first: date, last: date, seconds: int) -> dict[date, int]:
    return {first + DAY * number: seconds for number in range((last - first).days + 1)}


def on_july(*aims: Aim, offs: tuple[TimeOff, ...] = (), hours: int = 0) -> Standing:
    return standing(resolution("hours", *aims), done({NEW_YEAR: hours * HOUR} if hours else {}), rules(*offs), JULY)


def test_the_checks_of_the_law() -> None:
    assert on_july().planned == 181 * HOUR
    lower = resolution("hours", aim(365 * HOUR), aim(250 * HOUR, JULY))
    assert line_of(lower, {}, rules()).exact(JULY) == (
        Fraction(181 * 250 * HOUR, 365).numerator,
        Fraction(181 * 250 * HOUR, 365).denominator,
    )
    assert on_july(aim(365 * HOUR), aim(250 * HOUR, JULY)).planned == 181 * 250 * HOUR // 365
    assert on_july(offs=(off(date(2026, 7, 10), date(2026, 7, 30), JULY),)).planned == 181 * HOUR
    assert on_july(offs=(off(date(2026, 5, 31), date(2026, 6, 9), JULY),)).planned == 171 * HOUR


def test_a_higher_target_moves_nothing_that_is_over_and_asks_for_more() -> None:
    higher = resolution("hours", aim(365 * HOUR), aim(549 * HOUR, JULY))
    line = line_of(higher, {}, rules())
    assert line.planned(JULY) == 181 * HOUR
    # 368 hours in the 184 days that are left.
    assert line.planned(JULY + DAY) == 183 * HOUR
    assert line.planned(LAST + DAY) == 549 * HOUR


def test_time_off_ahead_is_flat_and_the_rest_makes_up_for_it() -> None:
    away = off(date(2026, 7, 10), date(2026, 7, 30), JULY)
    line = line_of(resolution(), {}, rules(away))
    assert line.planned(date(2026, 7, 10)) == line.planned(date(2026, 7, 31))
    assert line.exact(LAST + DAY) == (365 * HOUR, 1)
    assert line.exact(JULY + DAY)[0] / line.exact(JULY + DAY)[1] == pytest.approx((181 + 184 / 163) * HOUR)


def test_removed_time_off_counts_for_the_days_before_its_removal() -> None:
    removed = off(date(2026, 7, 1), date(2026, 7, 30), date(2026, 6, 20), removed=date(2026, 7, 11))
    line = line_of(resolution(), {}, rules(removed))
    assert line.planned(date(2026, 7, 1)) == line.planned(date(2026, 7, 11))
    assert line.planned(date(2026, 7, 12)) > line.planned(date(2026, 7, 11))
    assert line.exact(LAST + DAY) == (365 * HOUR, 1)


def test_it_starts_where_one_stands_in_the_middle_of_the_year() -> None:
    late = resolution("hours", aim(100 * HOUR, JULY), made=JULY)
    half = done({date(2026, 3, 1): 50 * HOUR})
    found = standing(late, half, rules(), JULY)
    assert (found.planned, found.delta, found.state) == (50 * HOUR, 0, "on pace")
    # 50 hours in 184 days.
    assert standing(late, half, rules(), JULY + 92 * DAY).planned == 75 * HOUR


def test_whole_numbers_are_due_when_the_line_reaches_them() -> None:
    papers = resolution("resources", aim(12))
    assert [standing(papers, done(), rules(), NEW_YEAR + number * DAY).planned for number in (30, 31, 60, 61)] == [
        0,
        1,
        1,
        2,
    ]


def test_safe_days_ahead_and_behind() -> None:
    assert on_july(hours=190).safe_days == 9
    assert on_july(hours=181).safe_days == 0
    behind = on_july(hours=171)
    assert (behind.safe_days, behind.state) == (-10, "behind")
    paused = off(date(2026, 6, 21), date(2026, 6, 25), date(2026, 6, 20))
    found = standing(resolution(), done({NEW_YEAR: 170 * HOUR}), rules(paused), JULY)
    # The line stood at 170 on 20 June; since then it was flat for five days.
    assert found.safe_days == -6


def test_needed_takes_the_days_that_are_left_and_at_least_a_week() -> None:
    assert on_july().needed_per_week == pytest.approx(365 * HOUR / (184 / 7))
    last_day = standing(resolution(), done({NEW_YEAR: 360 * HOUR}), rules(), LAST)
    assert last_day.needed_per_week == 5 * HOUR
    early = resolution("hours", aim(52 * HOUR, date(2025, 12, 20)), made=date(2025, 12, 20))
    assert standing(early, done(), rules(), date(2025, 12, 20)).needed_per_week == pytest.approx(52 * HOUR / (365 / 7))


def test_usual_is_the_median_of_full_weeks_and_the_projection_a_range() -> None:
    monday = date(2026, 6, 1)
    weeks = {monday - 7 * number * DAY: hours * HOUR for number, hours in enumerate((0, 5, 4, 3, 2, 1, 100), 1)}
    found = standing(resolution("hours", aim(200 * HOUR)), done(weeks), rules(), monday)
    # The last six full weeks, the latest of which is empty: 0 5 4 3 2 1.
    assert found.usual_per_week == 2.5 * HOUR
    # 85 hours remain; the quartiles are 1.25 and 3.75 hours a week.
    assert found.projected_from == monday + (-(-85 * 7 * 4 // 15) - 1) * DAY
    assert found.projected_to == monday + (85 * 7 * 4 // 5 - 1) * DAY
    few = standing(resolution("hours", aim(200 * HOUR)), done(weeks, first=monday - 10 * DAY), rules(), monday)
    assert (few.usual_per_week, few.projected_from) == (None, None)


def test_a_week_with_time_off_is_scaled_or_left_out() -> None:
    monday = date(2026, 6, 1)
    work = {monday - 7 * number * DAY: 4 * HOUR for number in range(1, 5)}
    three_left = off(monday - 7 * DAY, monday - 4 * DAY, monday - 30 * DAY)
    four_left = off(monday - 7 * DAY, monday - 5 * DAY, monday - 30 * DAY)
    plain = resolution("hours", aim(100 * HOUR))
    assert standing(plain, done(work), rules(three_left), monday).usual_per_week == 4 * HOUR
    # Weeks of 7, 4, 4 and 4 hours: the median is 4; with one more paused week it moves.
    assert standing(plain, done(work), rules(four_left), monday).usual_per_week == 4 * HOUR
    both = (four_left, off(monday - 14 * DAY, monday - 12 * DAY, monday - 30 * DAY))
    assert standing(plain, done(work), rules(*both), monday).usual_per_week == 5.5 * HOUR


def test_out_of_reach_needs_four_full_weeks_and_a_best_above_nothing() -> None:
    plain = resolution("hours", aim(365 * HOUR, date(2026, 11, 1)), made=date(2026, 11, 1))
    work = done({date(2026, 11, 3): HOUR})
    # From Sunday 1 November: the fourth full week is over on 30 November.
    assert standing(plain, work, rules(), date(2026, 11, 29)).state == "behind"
    assert standing(plain, work, rules(), date(2026, 11, 30)).state == "out of reach"
    assert standing(plain, done(first=NEW_YEAR), rules(), date(2026, 11, 30)).state == "behind"


def test_states_at_the_end() -> None:
    kept = standing(resolution(), done({JULY: 365 * HOUR}), rules(), LAST + DAY)
    assert (kept.state, kept.reached_on, kept.safe_days, kept.needed_per_week) == ("kept", JULY, 0, None)
    assert standing(resolution(), done({JULY: 363 * HOUR}), rules(), LAST).state == "behind"
    assert standing(resolution(), done({JULY: 364 * HOUR}), rules(), LAST + DAY).state == "not kept"
    gone = standing(resolution(let_go=JULY), done({JULY: 365 * HOUR}), rules(), JULY)
    assert (gone.state, gone.safe_days) == ("let go", None)


def test_nothing_is_planned_before_the_period_begins() -> None:
    ahead = resolution("hours", aim(365 * HOUR, date(2025, 12, 20)), made=date(2025, 12, 20))
    found = standing(ahead, done({date(2025, 12, 24): 5 * HOUR}), rules(), date(2025, 12, 28))
    assert (found.progress, found.planned, found.state, found.safe_days) == (0, 0, "on pace", 4)


def test_done_has_time_until_its_last_day_is_over() -> None:
    exam = resolution("done", aim(1))
    assert standing(exam, done(), rules(), LAST).state == "on pace"
    assert standing(exam, done(), rules(), LAST + DAY).state == "not kept"
    passed = standing(exam, done(items={JULY: 1}), rules(), LAST)
    assert (passed.state, passed.planned, passed.safe_days, passed.reached_on) == ("kept", 0, None, JULY)


def test_days_count_with_the_daily_minimum() -> None:
    plain = resolution("days", aim(100))
    assert amounts(plain, done({JULY: 599, JULY + DAY: 600}), rules()) == {JULY + DAY: 1}


def test_a_leap_year_has_a_day_more() -> None:
    leap = resolution(
        "hours", aim(366 * HOUR, date(2028, 1, 1), date(2028, 12, 31)), start=date(2028, 1, 1), made=date(2028, 1, 1)
    )
    assert standing(leap, done(), rules(), date(2028, 3, 1)).planned == 60 * HOUR


WEEKLY = resolution("days", aim(5, date(2026, 11, 25)), made=date(2026, 11, 25), per="week")
"""Made on a Wednesday."""


def test_a_part_week_first_asks_for_its_part_and_counts_only_if_kept() -> None:
    today = date(2026, 11, 25)
    first = standing(WEEKLY, done(), rules(), today)
    assert first.running is not None
    assert (first.running.target, first.running.days_left, first.safe_days) == (4, 5, 1)
    after = date(2026, 12, 8)
    three = each_day(today, today + 2 * DAY, 1800)
    assert (standing(WEEKLY, done(three), rules(), after).planned) == 1
    four = each_day(today, today + 3 * DAY, 1800)
    found = standing(WEEKLY, done(four), rules(), after)
    assert (found.progress, found.planned, found.delta) == (1, 2, -1)


def test_time_off_takes_its_share_of_a_week() -> None:
    monday = date(2026, 11, 30)
    week = resolution("days", aim(5, monday), made=monday, per="week")
    away = off(monday, monday + 2 * DAY, monday)
    found = standing(week, done(), rules(away), monday)
    assert found.running is not None and (found.running.target, found.running.days_left) == (3, 4)
    whole = off(monday, monday + 6 * DAY, monday)
    assert standing(week, done(), rules(whole), monday + 7 * DAY).planned == 0


def test_a_week_is_behind_when_it_can_no_longer_be_kept_at_a_usual_day() -> None:
    monday = date(2026, 11, 30)
    hours = resolution("hours", aim(2 * HOUR, monday), made=monday, per="week")
    # Before there are five counted days a usual one has half an hour: four are needed.
    states = [standing(hours, done(), rules(), monday + number * DAY) for number in range(5)]
    assert [each.state for each in states] == ["on pace"] * 4 + ["behind"]
    assert [each.safe_days for each in states] == [3, 2, 1, 0, -1]
    studied = done({monday + 4 * DAY: 1800})
    assert standing(hours, studied, rules(), monday + 4 * DAY).state == "behind"


def test_a_usual_day_is_the_median_of_the_last_twenty_counted_ones() -> None:
    monday = date(2026, 11, 30)
    hours = resolution("hours", aim(2 * HOUR, monday), made=monday, per="week")
    long_ago = each_day(monday - 40 * DAY, monday - 21 * DAY, 4 * HOUR)
    lately = each_day(monday - 10 * DAY, monday - DAY, HOUR)
    short = dict.fromkeys((monday - 15 * DAY, monday - 16 * DAY), 300)
    found = standing(hours, done({**long_ago, **lately, **short}), rules(), monday)
    # Ten of one hour and ten of four.
    assert found.usual_day == 2.5 * HOUR
    assert standing(hours, done({**long_ago, **lately, monday - 11 * DAY: HOUR}), rules(), monday).usual_day == HOUR


def test_a_running_day_is_never_behind() -> None:
    daily = resolution("hours", aim(2 * HOUR), per="day")
    found = standing(daily, done({JULY: 1800}), rules(), JULY)
    assert (found.state, found.safe_days) == ("on pace", 0)
    assert (found.progress, found.planned) == (0, 181)


def test_aiming_higher_counts_from_the_next_period_lower_at_once() -> None:
    monday = date(2026, 11, 30)
    higher = resolution("days", aim(3, monday), aim(6, monday + 4 * DAY), made=monday, per="week")
    lower = resolution("days", aim(6, monday), aim(3, monday + 4 * DAY), made=monday, per="week")
    for each in (higher, lower):
        found = standing(each, done(), rules(), monday + 4 * DAY)
        assert found.running is not None and found.running.target == 3
    later = standing(higher, done(), rules(), monday + 7 * DAY)
    assert later.running is not None and later.running.target == 6


def test_eight_in_ten_keep_what_recurs() -> None:
    monday = date(2026, 9, 7)
    ten = resolution("sessions", aim(1, monday, monday + 69 * DAY), start=monday, made=monday, per="week")
    for weeks, state in ((8, "kept"), (7, "not kept")):
        work = done({monday + 7 * number * DAY: 1800 for number in range(weeks)})
        found = standing(ten, work, rules(), monday + 70 * DAY)
        assert (found.progress, found.planned, found.state) == (weeks, 10, state)


def test_months_are_as_long_as_they_are() -> None:
    monthly = resolution("hours", aim(28 * HOUR, date(2026, 1, 15)), made=date(2026, 1, 15), per="month")
    found = standing(monthly, done(), rules(), date(2026, 1, 20))
    assert found.running is not None and found.running.target == pytest.approx(28 * HOUR * 17 / 31)
    february = standing(monthly, done(), rules(), date(2026, 2, 1))
    assert february.running is not None and february.running.target == 28 * HOUR
