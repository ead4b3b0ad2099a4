"""Random resolutions with their changes, and what was done for them."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from learnhabit.domain.cadence import DailyAmount, Rules, TimeOff
from learnhabit.domain.record import Record
from learnhabit.domain.resolution import Aim, Done, Resolution

DAY = timedelta(days=1)
BEGINS = (date(2026, 1, 1), date(2024, 2, 20), date(2026, 11, 2), date(2023, 12, 27))
"""First days of histories: a year's beginning, a leap day ahead, a Monday, a year's end ahead."""
LONGEST = 120
"""Days of a history."""


class Case(Record):
    """A resolution, what was done for it, the rules, and today."""

    resolution: Resolution
    done: Done
    rules: Rules
    today: date


_places = st.integers(0, LONGEST - 1)
_offs = st.lists(st.tuples(_places, st.integers(0, 20), _places, st.none() | _places), max_size=4)
_aims = st.lists(st.tuples(_places, st.sampled_from((0, 25, 50, 90, 110, 200)), st.integers(-20, 30)), max_size=4)
_shape = st.tuples(
    st.sampled_from(BEGINS),
    st.integers(0, 40),  # where the period begins
    st.integers(0, 90),  # how long it lasts
    st.integers(-30, 30),  # when it was made, from its first day
    st.integers(0, LONGEST - 1),  # today
    st.sampled_from((1, 3, 10, 40, 200)),  # the target
    st.sampled_from(("monday", "sunday", "saturday")),
    st.sampled_from((300, 600, 1200)),
)
_work = st.binary(min_size=LONGEST, max_size=LONGEST)
_habits = st.sampled_from([(0, 0, 0, 0, 1500), (0, 400, 1500), (0, 700, 1500, 4000), (3000,), (0,)])
_measures = st.sampled_from(("hours", "sessions", "days", "resources", "count", "done"))
_first_session = st.sampled_from((-400, -30, 0, 1, 40, None))
_let_go = st.sampled_from([False] * 9 + [True])


@st.composite
def cases(draw: st.DrawFn, *, per: bool = False) -> Case:
    """A case whose resolution recurs, or not."""
    begin, offset, length, made, at, number, week_start, minimum = draw(_shape)
    measure = draw(_measures)
    unit = draw(st.sampled_from(("day", "week", "month"))) if per else None
    if unit and measure == "done":
        measure = "hours"
    first = begin + offset * DAY
    end = first + length * DAY
    made_on = max(min(first + made * DAY, end), begin - 40 * DAY)
    target = 1 if measure == "done" else number * (900 if measure == "hours" else 1)
    today = max(begin + at * DAY, made_on)
    aims = [Aim(entered_on=made_on, target=target, period_end=end)]
    for place, share, more in sorted(draw(_aims)) if measure != "done" else ():
        day = begin + place * DAY
        if made_on <= day <= min(today, aims[-1].period_end):
            changed = max(1, target * share // 100)
            aims.append(
                Aim(entered_on=day, target=changed, period_end=max(aims[-1].period_end + more * DAY, day, first))
            )
    offs = tuple(
        TimeOff(
            id="off",
            from_day=begin + place * DAY,
            to_day=begin + (place + more) * DAY,
            why="",
            entered_on=min(begin + entered * DAY, today),
            removed_on=None if removed is None else max(min(begin + removed * DAY, today), begin + entered * DAY),
        )
        for place, more, entered, removed in draw(_offs)
        if begin + entered * DAY <= today
    )
    habit, work = draw(_habits), draw(_work)
    last = min((today - begin).days + 1, LONGEST)
    seconds = {begin + place * DAY: value for place in range(last) if (value := habit[work[place] % len(habit)])}
    sessions = {day: 1 + day.day % 3 for day in seconds}
    items = {begin + place * DAY: 1 + work[place] % 2 for place in range(last) if work[place] > 200}
    session = draw(_first_session)
    return Case(
        resolution=Resolution(
            id="it",
            statement="",
            measure=measure,
            kind=None,
            scope=(),
            per=unit,
            period_start=first,
            made_on=made_on,
            aims=tuple(aims),
            cue="",
            let_go_on=today if draw(_let_go) else None,
            let_go_why="",
            carried_from=None,
        ),
        done=Done(
            seconds=seconds,
            sessions=sessions,
            items=items,
            first_session_day=None if session is None else begin + session * DAY,
        ),
        rules=Rules(
            cadences=(),
            minimums=(DailyAmount(effective_from=begin + 30 * DAY, seconds=minimum),),
            goals=(),
            time_off=offs,
            week_start=week_start,
        ),
        today=today,
    )
