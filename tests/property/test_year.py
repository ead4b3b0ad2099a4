"""The summary of a year against slow, obvious versions of its figures, over random histories."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from learnhabit.domain.cadence import Rules
from learnhabit.domain.record import Record
from learnhabit.domain.scan import ScanState, advance
from learnhabit.domain.study_day import week_start_of, week_year
from learnhabit.domain.week import week_need
from learnhabit.domain.year_counting import year_summary
from learnhabit.domain.year_facts import YearFacts, year_before
from learnhabit.domain.year_summary import Period, Recalled, Words, YearSummary
from tests.property.histories import FIRST, History, histories

TYPE_CHECKING = False
if TYPE_CHECKING:
    from learnhabit.domain.year_facts import TopicDay

DAY = timedelta(days=1)
BEGINS = (date(2012, 1, 1), date(2023, 12, 20), date(2024, 2, 10), date(2026, 11, 20), date(2028, 12, 10))
"""Where histories begin: 54 columns, a turn of the year, a leap day, a year of 53 weeks, 54 columns from Sunday on."""
TOPICS = ("rag", "fine-tuning", "weaving")


class Case(Record):
    """A history laid over a year's turn, some of which is over."""

    seconds: dict[date, int]
    topics: dict[date, str]
    rules: Rules
    first: date
    """Of the log."""
    today: date
    period: Period

    def facts(self) -> YearFacts:
        """What would be read."""
        first, end, last = self.period.first, self.period.end, self.period.last
        state = self.state_before(first)
        since = state.study_day + DAY if state is not None else self.first
        return YearFacts(
            period=self.period,
            today=self.today,
            totals=self._totals(first - 6 * DAY, end + 6 * DAY),
            before=self._totals(year_before(first) - 6 * DAY, year_before(end) + 6 * DAY),
            state=state,
            since_state={day: value for day, value in self.seconds.items() if since <= day <= last},
            first_session_day=self.first,
            rules=self.rules,
            day_start=240,
            sessions=(),
            names={name: (name.title(), "Theme") for name in TOPICS},
            themes=("Theme",),
            resolutions=(),
            finished=(),
            recall=Recalled(grades=0, recalled=0, made=0),
            words=Words(answers=(), takeaways=(), reviews=()),
            successors={},
        )

    def _totals(self, first: date, last: date) -> tuple[TopicDay, ...]:
        return tuple(
            (day, self.topics[day], value, 1) for day, value in sorted(self.seconds.items()) if first <= day <= last
        )

    def states(self) -> dict[date, ScanState]:
        """The state at the end of every day that is over."""
        found: dict[date, ScanState] = {}
        state, day = None, self.first
        while day < self.today:
            state = found[day] = advance(state, day, self.seconds.get(day, 0), self.rules)
            day += DAY
        return found

    def state_before(self, day: date) -> ScanState | None:
        """The latest of them before a day."""
        return max((s for d, s in self.states().items() if d < day), key=lambda s: s.study_day, default=None)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    history: History = draw(histories())
    begin = draw(st.sampled_from(BEGINS))
    shift = begin - FIRST
    turned = history.rules.replace(
        cadences=tuple(each.replace(effective_from=each.effective_from + shift) for each in history.rules.cadences),
        minimums=tuple(each.replace(effective_from=each.effective_from + shift) for each in history.rules.minimums),
        time_off=tuple(
            off.replace(
                from_day=off.from_day + shift,
                to_day=off.to_day + shift,
                entered_on=off.entered_on + shift,
                removed_on=None if off.removed_on is None else off.removed_on + shift,
            )
            for off in history.rules.time_off
        ),
    )
    seconds = {day + shift: value for day, value in history.seconds().items()}
    # The same again a year earlier or later, so that there is something to compare with.
    again = draw(st.sampled_from((0, 365, 366)))
    if again:
        seconds |= {day + again * DAY: value for day, value in seconds.items()}
    today = max(seconds) + draw(st.sampled_from((0, 1, 5, 40))) * DAY
    year = draw(st.sampled_from((begin.year, today.year)))
    first, end = date(year, 1, 1), date(year, 12, 31)
    last = min(end, max(first, today))
    topics = {day: TOPICS[(day.toordinal() * 7) % 3] for day in seconds}
    period = Period(year=year, first=first, end=end, last=last, so_far=first <= today <= end, future=today < first)
    return Case(seconds=seconds, topics=topics, rules=turned, first=min(seconds), today=today, period=period)


@given(cases())
def test_every_sum_is_the_sum_of_the_days(case: Case) -> None:
    found = year_summary(case.facts())
    inside = {day: value for day, value in case.seconds.items() if case.period.first <= day <= case.period.last}
    total = sum(inside.values())
    assert found.seconds == total == sum(day.seconds for day in found.heatmap)
    assert total == sum(month.seconds for month in found.months) == sum(topic.seconds for topic in found.topics)
    assert found.days_counted == sum(value >= case.rules.minimum(day) for day, value in inside.items())
    assert [day.day for day in found.heatmap] == sorted({day.day for day in found.heatmap})
    assert len(found.heatmap) == (case.period.last - case.period.first).days + 1
    assert found.pace.done[-1] == total


@given(cases())
def test_days_and_runs_are_those_of_the_scan(case: Case) -> None:
    found = year_summary(case.facts())
    states = case.states()
    longest = 0
    for day in found.heatmap:
        state = states.get(day.day)
        if state is not None:
            assert day.kind == state.kind
            longest = max(longest, state.run_days)
        elif day.day < case.first:
            assert day.kind == "none" and not day.seconds
        else:
            counted = day.seconds >= case.rules.minimum(day.day)
            assert day.kind == ("counted" if counted else "paused" if case.rules.paused(day.day) else "none")
            last = states.get(day.day - DAY)
            if counted:
                longest = max(longest, advance(last, day.day, day.seconds, case.rules).run_days)
    assert found.rhythm.run_longest >= longest
    if case.period.last < case.today:
        assert found.rhythm.run_longest == longest


@given(cases())
def test_weeks_belong_to_the_year_of_their_fourth_day(case: Case) -> None:
    found = year_summary(case.facts())
    kept = over = 0
    day = case.period.first - 7 * DAY
    seen = set()
    while day <= case.period.last:
        start = week_start_of(day, case.rules.week_start)
        if start not in seen and week_year(start, case.rules.week_start)[0] == case.period.year:
            seen.add(start)
            days = [start + number * DAY for number in range(7)]
            counted = sum(case.seconds.get(each, 0) >= case.rules.minimum(each) for each in days)
            asked = sum(each >= case.first and not case.rules.paused(each) for each in days)
            need = week_need(min(case.rules.days_per_week(each) for each in days), asked)
            if need and counted >= need:
                kept, over = kept + 1, over + 1
            elif need and days[-1] < case.today:
                over += 1
        day += DAY
    assert (found.weeks_kept, found.weeks_over) == (kept, over)


@given(cases())
def test_the_year_before_is_held_against_the_same_date(case: Case) -> None:
    found = year_summary(case.facts())
    first, last = year_before(case.period.first), year_before(case.period.last)
    inside = {day: value for day, value in case.seconds.items() if first <= day <= last}
    if case.first > last:
        assert found.before is None
        assert all(topic.before is None for topic in found.topics)
        return
    assert found.before is not None
    assert found.before.seconds == sum(inside.values())
    assert (found.before.first, found.before.last) == (first, last)
    for topic in found.topics:
        assert topic.before == sum(value for day, value in inside.items() if case.topics[day] == topic.topic)
    for month in found.months:
        assert month.before == sum(
            value
            for day, value in case.seconds.items()
            if (day.year, day.month) == (month.first.year - 1, month.first.month)
        )


@given(cases())
def test_the_longest_gap_is_found(case: Case) -> None:
    found = year_summary(case.facts())
    gap = found.rhythm.gap
    studied = [day.day for day in found.heatmap if day.seconds]
    longest = 0
    for before, after in pairwise(studied):
        empty = [before + n * DAY for n in range(1, (after - before).days)]
        longest = max(longest, sum(not case.rules.paused(day) for day in empty))
    assert (gap.days if gap else 0) == longest
    if gap is not None and gap.return_days is not None:
        after = next(day for day in studied if day > gap.last)
        assert gap.return_days == _counted(found, after)


def _counted(found: YearSummary, after: date) -> int:
    return sum(day.kind == "counted" and after <= day.day < after + 7 * DAY for day in found.heatmap)
