"""Study days and wall clocks over many zones, against a search through every minute and the words of the rule."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from learnhabit.domain.study_day import DayStart, resolve_wall, study_day, week_start_of, week_year
from tests.property.zones import ZONES, first_instant_of, instants, offset, wall_at, walls

DAY = timedelta(days=1)
WEEKDAYS = {"monday": 0, "sunday": 6, "saturday": 5}

zones = st.sampled_from(ZONES)
minutes = st.integers(0, 719) | st.sampled_from([0, 60, 120, 180, 240, 719])
_changes = st.lists(st.tuples(st.integers(-2, 2) | st.integers(-7, 7), minutes), max_size=3)
week_starts = st.sampled_from(sorted(WEEKDAYS))
days = st.dates(date(1990, 1, 1), date(2060, 12, 31))


def resolve(zone: str, wall: datetime) -> int:
    return resolve_wall(wall, lambda instant: offset(zone, instant))


def date_less(wall: datetime, start: int) -> date:
    """The date of a wall clock less a day start, without subtracting: before the start it is the day before's."""
    begun = wall.hour * 60 + wall.minute >= start
    return wall.date() if begun else wall.date() - DAY


def day_by_the_words(wall: datetime, starts: list[DayStart]) -> date:
    """From D on the new start decides, before it the older ones do, below D."""
    if not starts:
        return date_less(wall, 240)
    *older, latest = starts
    by_new = date_less(wall, latest.minutes)
    if by_new >= latest.effective_from:
        return by_new
    return min(day_by_the_words(wall, older), latest.effective_from - DAY)


@given(zones.flatmap(lambda zone: st.tuples(st.just(zone), walls(zone))))
def test_a_wall_clock_is_the_first_instant_that_shows_it_or_the_end_of_its_gap(place: tuple[str, datetime]) -> None:
    zone, wall = place
    assert resolve(zone, wall) == first_instant_of(zone, wall)


@given(zones.flatmap(lambda zone: st.tuples(st.just(zone), walls(zone))))
def test_a_wall_clock_that_exists_is_the_one_of_the_zone_database(place: tuple[str, datetime]) -> None:
    zone, wall = place
    found = resolve(zone, wall)
    if wall_at(zone, found) == wall:
        assert found == int(wall.replace(tzinfo=ZoneInfo(zone)).timestamp())
    else:
        # The first second after the gap: the one before shows a time before the gap.
        assert wall_at(zone, found - 1) < wall < wall_at(zone, found)


@given(zones.flatmap(lambda zone: st.tuples(st.just(zone), instants(zone))))
def test_every_instant_comes_back_from_its_wall_clock_or_is_the_second_of_two(place: tuple[str, int]) -> None:
    zone, instant = place
    found = resolve(zone, wall_at(zone, instant))
    assert found <= instant
    assert wall_at(zone, found) == wall_at(zone, instant)
    if not datetime.fromtimestamp(instant, ZoneInfo(zone)).fold:
        assert found == instant


@st.composite
def day_starts(draw: st.DrawFn, around: date) -> list[DayStart]:
    """Up to three changes around a day, oldest first."""
    places = dict(draw(_changes))
    return [DayStart(effective_from=around + place * DAY, minutes=places[place]) for place in sorted(places)]


@given(zones.flatmap(lambda zone: st.tuples(st.just(zone), instants(zone))), st.data())
def test_the_study_day_of_an_instant_is_what_the_words_say(place: tuple[str, int], data: st.DataObject) -> None:
    wall = wall_at(*place)
    starts = data.draw(day_starts(wall.date()))
    assert study_day(wall, starts) == day_by_the_words(wall, starts)


@given(days.flatmap(lambda day: st.tuples(st.just(day), day_starts(day))))
def test_no_day_start_ever_turns_a_day_back_or_leaves_one_out(place: tuple[date, list[DayStart]]) -> None:
    day, starts = place
    first = datetime.combine(day - 9 * DAY, datetime.min.time())
    # The day can change only when some start of the list, or 04:00, strikes: look just before and at each.
    strikes = sorted({240, *(start.minutes for start in starts)})
    moments = [
        first + number * DAY + timedelta(minutes=minute) + moved
        for number in range(19)
        for minute in strikes
        for moved in (timedelta(seconds=-1), timedelta())
    ]
    found = [study_day(moment, starts) for moment in sorted(moments)]
    assert {(later - earlier).days for earlier, later in pairwise(found)} <= {0, 1}


@given(days.flatmap(lambda day: st.tuples(st.just(day), day_starts(day))), minutes, st.integers(0, 1439))
def test_a_day_start_that_is_set_now_leaves_earlier_moments_alone_and_never_turns_today_back(
    place: tuple[date, list[DayStart]], new: int, minute: int
) -> None:
    day, starts = place
    now = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minute)
    known = [start for start in starts if start.effective_from <= study_day(now, starts)]
    today = study_day(now, known)
    changed = [*known, DayStart(effective_from=today + DAY, minutes=new)]
    for hours in range(0, 72, 3):
        later = now + timedelta(hours=hours)
        assert study_day(later, changed) >= today
        # Days that are over by the old start keep every moment they had.
        earlier = now - timedelta(hours=hours)
        if study_day(earlier, known) < today:
            assert study_day(earlier, changed) == study_day(earlier, known)


@given(days, week_starts)
def test_a_week_is_found_by_walking_back_to_its_first_weekday(day: date, week_start: str) -> None:
    first = day
    while first.weekday() != WEEKDAYS[week_start]:
        first -= DAY
    assert week_start_of(day, week_start) == first


@given(days, week_starts)
def test_a_week_is_numbered_by_counting_the_weeks_of_the_year_of_its_fourth_day(day: date, week_start: str) -> None:
    fourth = week_start_of(day, week_start) + 3 * DAY
    number, earlier = 1, fourth - 7 * DAY
    while earlier.year == fourth.year:
        number, earlier = number + 1, earlier - 7 * DAY
    assert week_year(day, week_start) == (fourth.year, number)
    if week_start == "monday":
        assert week_year(day, week_start) == day.isocalendar()[:2]
