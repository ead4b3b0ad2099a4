"""A resolution in one line of plain words: `40 hours of fine-tuning by 31 Dec`, `study 5 days a week`, `pass the exam`.

The line is read from its surest words on: when, each day or week, the number with its unit, topics. What is left must
be a verb or the like, except where a person counts things of their own.
"""

from __future__ import annotations

import re
from datetime import date

from learnhabit.domain.day_text import long_day
from learnhabit.domain.duration import read_duration
from learnhabit.domain.record import Record
from learnhabit.domain.resolution_period import UnclearDateError, default_period, read_period
from learnhabit.domain.text import display_line, quoted
from learnhabit.domain.topic import TopicName, candidates, match_topic, names_any, topic_called
from learnhabit.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from learnhabit.domain.day_words import Calendar

LONGEST_STATEMENT = 200
"""Characters."""
LONGEST_YEARS = 10
MOST = 100_000
"""Of anything that is counted."""
MOST_A_DAY = 100
EXAMPLE = "such as 40 hours of fine-tuning by 31 Dec, or study 5 days a week"
_DAY_SECONDS = 86_400
_PER_DAYS = {"day": 1, "week": 7, "month": 31}

_NUMBERS = {
    name: number
    for number, name in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1
    )
}
_TIMES = {"once": 1, "twice": 2, "thrice": 3}
_ADVERBS = {"daily": "day", "weekly": "week", "monthly": "month"}
_UNITS = {
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), "h"),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), "m"),
}
_MEASURES = {
    **dict.fromkeys(("session", "sessions", "sitting", "sittings"), "sessions"),
    **dict.fromkeys(("day", "days"), "days"),
    **dict.fromkeys(("resource", "resources"), "resources"),
}
_KINDS = {
    **dict.fromkeys(("paper", "papers"), "paper"),
    **dict.fromkeys(("article", "articles"), "article"),
    **dict.fromkeys(("course", "courses"), "course"),
    **dict.fromkeys(("book", "books"), "book"),
    **dict.fromkeys(("docs", "documentation"), "docs"),
}
_STUDY_VERBS = frozenset(
    (
        "study",
        "studying",
        "learn",
        "learning",
        "read",
        "reading",
        "finish",
        "finishing",
        "complete",
        "do",
        "spend",
        "log",
        "get",
        "put",
        "work",
        "practise",
        "practice",
        "invest",
        "go",
        "through",
        "i",
        "will",
        "want",
        "to",
        "at",
        "least",
        "and",
        "also",
        "try",
        "more",
        "watch",
        "follow",
        "take",
        "aim",
        "for",
        "a",
        "total",
        "in",
        "all",
        "up",
    )
)
"""Words that say nothing about the number: verbs of study and what stands around them."""
_MAKING_VERBS = frozenset(
    (
        "write",
        "explain",
        "present",
        "publish",
        "give",
        "review",
        "summarise",
        "summarize",
        "discuss",
        "implement",
        "reproduce",
        "teach",
        "post",
        "share",
    )
)
"""With these even papers are counted by check-ins: to explain a paper is not to finish it."""
_ON = frozenset(("of", "on", "about", "in", "for", "with", "to"))
_BETWEEN = frozenset(("or", "and", "&"))
_CUES = ("after", "before", "when", "while", "whenever", "during", "over", "with")


class Part(Record):
    """A stretch of the line and what it says."""

    start: int
    end: int
    """Characters; the end is not included."""
    role: str
    """`measure`, `topics`, `when` or `cue`."""


class Draft(Record):
    """A line as it was understood."""

    statement: str
    """The line without its cue."""
    measure: str
    kind: str | None
    target: int
    """Seconds for hours, else a number; for each period when it recurs."""
    scope: tuple[str, ...]
    per: str | None
    period_start: date
    period_end: date
    cue: str
    next_year: bool
    """No dates were said, and so late in the year the next one is meant."""
    parts: tuple[Part, ...]


class AmbiguousLine(UsageError):  # noqa: N818 - it is the line that is ambiguous
    """A line that may mean several things; `choices` are whole lines that can't be mistaken."""

    def __init__(self, title: str, choices: Sequence[str]) -> None:
        super().__init__(title, f"write one of: {'; '.join(choices)}" if choices else "write it out in full")
        self.choices = tuple(choices)


class _Word(Record):
    """A word of the line, in lower case without the comma behind it."""

    text: str
    start: int
    end: int


class _Amount(Record):
    """A number with its unit, and where it stands."""

    measure: str
    kind: str | None
    target: float
    """Seconds, or a number."""
    start: int
    """Words; the end is not included."""
    end: int
    bare: bool
    """It has no unit that is known."""


def read_resolution(line: str, names: Sequence[TopicName], calendar: Calendar) -> Draft:
    """What a line resolves. UsageError when it can't be read, AmbiguousLine when it may mean several things."""
    if not display_line(line):
        raise UsageError("A resolution needs words", EXAMPLE)
    if len(line) > 2 * LONGEST_STATEMENT:
        raise UsageError("The resolution is too long", f"at most {LONGEST_STATEMENT} characters")
    return _Reading(line, names, calendar.today).draft()


class _Reading:
    """One line while it is read: its words, and which of them are understood."""

    def __init__(self, line: str, names: Sequence[TopicName], today: date) -> None:
        self.line = line
        self.names = names
        self.today = today
        self.words = [
            _Word(text=match[0].lower().rstrip(",;.!") or match[0], start=match.start(), end=match.end())
            for match in re.finditer(r"\S+", line)
        ]
        self.texts = [word.text for word in self.words]
        self.roles: list[str] = [""] * len(self.words)
        """`measure`, `topics`, `when` or `cue`; empty for words that are not understood yet."""

    def draft(self) -> Draft:
        """All of it."""
        first, last, next_year = self._period()
        cue = self._cue()
        per = self._per()
        amount = self._amount(per)
        if amount is None and per is None:
            return self._done(first, last, next_year, cue)
        if amount is None:
            amount = self._without_number()
            per = "week" if amount.target > 1 else per
        if amount.measure == "sessions" and amount.bare:
            raise self._no_unit(amount)
        scope = self._scope(amount)
        if amount.measure == "days" and per == "day":
            amount, per = amount.replace(target=7), "week"
        target = self._checked(amount, per, first, last)
        return self._made(amount.measure, amount.kind, target, scope, per, (first, last, next_year), cue)

    def _made(
        self,
        measure: str,
        kind: str | None,
        target: int,
        scope: tuple[str, ...],
        per: str | None,
        period: tuple[date, date, bool],
        cue: str,
    ) -> Draft:
        kept = [
            self.line[word.start : word.end] for word, role in zip(self.words, self.roles, strict=True) if role != "cue"
        ]
        statement = " ".join(kept).rstrip(",;")
        if len(statement) > LONGEST_STATEMENT:
            raise UsageError("The resolution is too long", f"at most {LONGEST_STATEMENT} characters")
        return Draft(
            statement=statement,
            measure=measure,
            kind=kind,
            target=target,
            scope=scope,
            per=per,
            period_start=period[0],
            period_end=period[1],
            cue=cue,
            next_year=period[2],
            parts=self._parts(),
        )

    def _parts(self) -> tuple[Part, ...]:
        parts: list[Part] = []
        before = ""
        for word, role in zip(self.words, self.roles, strict=True):
            if role and role == before:
                parts[-1] = parts[-1].replace(end=self._bare_end(word))
            elif role:
                parts.append(Part(start=word.start, end=self._bare_end(word), role=role))
            before = role
        return tuple(parts)

    def _bare_end(self, word: _Word) -> int:
        return word.start + len(self.line[word.start : word.end].rstrip(",;.!")) or word.end

    def _take(self, start: int, end: int, role: str) -> None:
        for place in range(start, end):
            self.roles[place] = role

    def _free(self, place: int) -> str:
        """The word at a place if it is not understood yet."""
        return self.texts[place] if 0 <= place < len(self.texts) and not self.roles[place] else ""

    # When

    def _period(self) -> tuple[date, date, bool]:
        found = None
        for place in range(len(self.texts)):
            if self.roles[place]:
                continue
            try:
                period = read_period(self.texts, place, self.today)
            except UnclearDateError as error:
                raise self._unclear_date(error) from None
            if period is None:
                continue
            self._take(place, place + period.words, "when")
            if found is None:
                found = (period.first, period.last)
            elif period.first == self.today and found[0] >= self.today:
                # `from March by June`, `in 2027 … by June`: the later words only end it earlier.
                found = (found[0], period.last)
            else:
                raise UsageError("It says twice when", "give one period, such as in March, or by 31 Dec")
        if found is None:
            return default_period(self.today)
        first, last = found
        if last < self.today:
            raise UsageError(
                "Its days are over", f"it would end on {long_day(last)}, and today is {long_day(self.today)}"
            )
        if last < first:
            raise UsageError("It would end before it begins", f"from {long_day(first)} to {long_day(last)}")
        if last.year - self.today.year > LONGEST_YEARS:
            raise UsageError("Its end is too far away", f"at most {LONGEST_YEARS} years from now")
        return first, last, False

    def _unclear_date(self, error: UnclearDateError) -> UsageError:
        place = next(i for i, text in enumerate(self.texts) if text == error.word)
        word = self.words[place]
        choices = [self.line[: word.start] + meaning + self.line[word.end :] for meaning in error.meanings]
        if not choices:
            return UsageError(f"{quoted(error.word)} is no date", "there is no such day in the calendar")
        several = "may mean two days" if len(choices) > 1 else "is not written out"
        return AmbiguousLine(f"{quoted(error.word)} {several}", [" ".join(each.split()) for each in choices])

    # The cue

    def _cue(self) -> str:
        """`after morning coffee`: from such a word to the end, or to the words that say when."""
        for place, text in enumerate(self.texts):
            if text not in _CUES or self.roles[place] or place == 0:
                continue
            if text in ("during", "over", "with", "before") and not self._goes_on_as_cue(place):
                continue
            end = place + 1
            while end < len(self.texts) and not self.roles[end]:
                end += 1
            if end == place + 1:
                continue
            self._take(place, end, "cue")
            return self.line[self.words[place].start : self.words[end - 1].end].strip(" ,;.")
        return ""

    def _goes_on_as_cue(self, place: int) -> bool:
        """`with coffee` and `before the mail` are cues, `with agents` names a topic."""
        following = self._free(place + 1)
        return bool(following) and topic_called(following, self.names) is None

    # Each day, week or month

    def _per(self) -> str | None:
        for place in range(len(self.texts)):
            text, following = self._free(place), self._free(place + 1)
            if text in ("every", "each") and following == "other":
                raise UsageError("Every other one can't be counted", "write once a week, or 2 times a month")
            if text in ("a", "an", "per", "every", "each") and following in _PER_DAYS:
                if text in ("a", "an") and place == 0:
                    continue
                self._take(place, place + 2, "measure")
                return following
            if text in ("a", "per", "every", "each") and following in ("year", "quarter", "fortnight"):
                raise self._other_per(place, following)
            if text in _ADVERBS:
                self._take(place, place + 1, "measure")
                return _ADVERBS[text]
            glued = re.fullmatch(r"([0-9][^/]*|[a-z]+)/(day|week|month|d|w|wk|mo)", text)
            if glued:
                raise AmbiguousLine(
                    f"{quoted(text)} is not written out",
                    [self._replaced(place, place + 1, f"{glued[1]} a {_SHORT.get(glued[2], glued[2])}")],
                )
        return None

    def _other_per(self, place: int, unit: str) -> UsageError:
        if unit != "year":
            return UsageError(f"A {unit} is no period here", "write a day, a week, a month or a date")
        year = self.today.year
        return AmbiguousLine(
            "“A year” may mean this one or the next",
            [self._replaced(place, place + 2, "this year"), self._replaced(place, place + 2, f"in {year + 1}")],
        )

    def _replaced(self, start: int, end: int, text: str) -> str:
        before, after = self.line[: self.words[start].start], self.line[self.words[end - 1].end :]
        return " ".join(f"{before}{text}{after}".split())

    # The number

    def _amount(self, per: str | None) -> _Amount | None:
        found: list[_Amount] = []
        place = 0
        while place < len(self.texts):
            amount = None if self.roles[place] else self._amount_at(place, per)
            if amount is None:
                place += 1
                continue
            found.append(amount)
            place = amount.end
        real = [each for each in found if not (each.bare and len(found) > 1 and self._is_article(each))]
        articles = [each for each in real if self._is_article(each)]
        if len(real) > 1 and articles and len(articles) < len(real):
            # `explain a paper once a month`: the number is the once.
            real = self._times_of(real, articles)
        if len(real) > 1:
            raise UsageError("It names two numbers", "make one resolution of each")
        if not real:
            return None
        self._take(real[0].start, real[0].end, "measure")
        return real[0]

    def _is_article(self, amount: _Amount) -> bool:
        return self.texts[amount.start] in ("a", "an", "one")

    def _times_of(self, real: list[_Amount], articles: list[_Amount]) -> list[_Amount]:
        times = [each for each in real if each not in articles]
        if len(times) == 1 and times[0].measure == "times":
            thing = articles[0]
            measure, kind = (thing.measure, thing.kind)
            self._take(thing.start, thing.end, "measure")
            return [times[0].replace(measure=measure, kind=kind)]
        return times if times and all(each.bare for each in articles) else real

    def _amount_at(self, place: int, per: str | None) -> _Amount | None:
        text = self.texts[place]
        if text in _TIMES or (number := re.fullmatch(r"([0-9]+)(?:x|×)", text)):
            count = _TIMES[text] if text in _TIMES else int(number[1] if number else 0)
            return self._times(place, place + 1, count)
        for count in (4, 3, 2, 1):
            spoken = self.texts[place : place + count]
            if len(spoken) == count and text[:1].isdigit() and not any(self.roles[place : place + count]):
                joined = " ".join(spoken)
                seconds = read_duration(joined) if re.search("[hm]", joined) else None
                if seconds is not None:
                    return self._timed(place, place + count, seconds)
        if self.texts[place : place + 2] == ["half", "an"] and self._free(place + 2) in ("hour", "h"):
            return self._timed(place, place + 3, 1800)
        if self.texts[place : place + 2] == ["half", "a"] and self._free(place + 2) in ("day", "week"):
            raise UsageError("Half a day can't be counted", "write it in hours")
        value = self._number(place)
        if value is None:
            return None
        return self._unit(place, value, per)

    def _number(self, place: int) -> float | None:
        text = self.texts[place]
        if re.fullmatch(r"[-−+]?[0-9][0-9.,]*", text):
            plain = text.lstrip("+").replace("−", "-")
            if re.fullmatch(r"-?[0-9]{1,3}(,[0-9]{3})+", plain):
                plain = plain.replace(",", "")
            try:
                value = float(plain.replace(",", "."))
            except ValueError:
                raise UsageError(f"{quoted(text)} is no number", EXAMPLE) from None
            if value <= 0:
                raise UsageError(f"{quoted(text)} is nothing to aim at", "the number is at least 1")
            return value
        if text in _NUMBERS:
            return float(_NUMBERS[text])
        return 1.0 if text in ("a", "an") else None

    def _unit(self, place: int, value: float, per: str | None) -> _Amount | None:
        article = self.texts[place] in ("a", "an")
        unit = self._free(place + 1)
        if unit in _UNITS:
            return self._timed(place, place + 2, int(value * (3600 if _UNITS[unit] == "h" else 60) + 0.5))
        if unit == "times":
            return self._times(place, place + 2, self._whole(value, "times"))
        end = self._unit_end(place + 1)
        if end is not None:
            noun = self.texts[end - 1]
            kind = _KINDS.get(noun)
            measure = _MEASURES.get(noun, "resources")
            if measure == "days" and article:
                return None
            if measure == "resources" and self._makes():
                measure, kind = "count", None
            elif article and per is None and not self._studies():
                # `pass a course` says that it is done or not.
                return None
            # Words between number and noun may be a topic: `12 rag papers`.
            self._between = (place + 1, end - 1)
            return _Amount(
                measure=measure, kind=kind, target=self._whole(value, noun), start=place, end=end, bare=False
            )
        if article:
            if per is None or not unit:
                return None
            return _Amount(measure="count", kind=None, target=1, start=place, end=place + 1, bare=True)
        return self._bare(place, value, unit)

    _between: tuple[int, int] = (0, 0)
    """Places between the number and its noun."""

    def _unit_end(self, place: int) -> int | None:
        """The place behind the noun of a number: at once, or behind a topic of up to three words."""
        for offset in range(4):
            noun = self._free(place + offset)
            if noun in _MEASURES or noun in _KINDS:
                if offset == 0 or (
                    noun in _KINDS and names_any(" ".join(self.texts[place : place + offset]), self.names)
                ):
                    return place + offset + 1
                return None
            if not noun or noun in _ON:
                return None
        return None

    def _bare(self, place: int, value: float, unit: str) -> _Amount:
        """A number whose unit is a thing of one's own (`6 blog posts`), or is missing."""
        own = bool(unit) and unit not in _ON and unit not in _BETWEEN and unit not in _STUDY_VERBS
        if own and (self._other_verb(place) or not names_any(unit, self.names)):
            return _Amount(
                measure="count", kind=None, target=self._whole(value, unit), start=place, end=place + 2, bare=False
            )
        return _Amount(measure="sessions", kind=None, target=value, start=place, end=place + 1, bare=True)

    def _other_verb(self, place: int) -> bool:
        """Whether a word before the number says that something else than study is counted: `train 6 models`."""
        return any(
            not self.roles[before] and text not in _STUDY_VERBS and topic_called(text, self.names) is None
            for before, text in enumerate(self.texts[:place])
        )

    def _times(self, start: int, end: int, count: int) -> _Amount:
        measure = "days" if self._studies() or not self._things() else "times"
        return _Amount(measure=measure, kind=None, target=count, start=start, end=end, bare=False)

    def _things(self) -> bool:
        """Whether the line holds words besides verbs of study, number and period."""
        return any(
            not role and text not in _STUDY_VERBS and text not in _TIMES and text not in ("a", "an", "times")
            for text, role in zip(self.texts, self.roles, strict=True)
        )

    def _timed(self, start: int, end: int, seconds: int) -> _Amount:
        if seconds <= 0:
            raise UsageError("No time at all is nothing to aim at", "the number is at least 1")
        return _Amount(measure="hours", kind=None, target=seconds, start=start, end=end, bare=False)

    def _whole(self, value: float, noun: str) -> int:
        if value != int(value):
            raise UsageError(f"{value:g} {noun} can't be counted", "only hours may have a fraction")
        return int(value)

    def _studies(self) -> bool:
        return any(
            text in ("study", "learn", "read", "finish", "complete", "do", "watch", "take") for text in self.texts
        )

    def _makes(self) -> bool:
        return any(text in _MAKING_VERBS for text in self.texts)

    def _without_number(self) -> _Amount:
        """`study every day` is seven days a week; `a post every week` was read with its article."""
        if self._things() and not self._studies():
            return _Amount(measure="count", kind=None, target=1, start=0, end=0, bare=False)
        return _Amount(measure="days", kind=None, target=1, start=0, end=0, bare=False)

    def _no_unit(self, amount: _Amount) -> UsageError:
        number = self.line[self.words[amount.start].start : self.words[amount.start].end].rstrip(",;.")
        choices = []
        for unit, linking in (("hours", "of"), ("sessions", "on"), ("days", "on")):
            following = self._following(amount.end)
            link = "" if following in _ON or not following or following in _PER_WORDS else f" {linking}"
            choices.append(self._replaced(amount.start, amount.end, f"{number} {unit}{link}"))
        readable = [line for line in choices if self._reads(line)]
        if not readable:
            return UsageError(f"{quoted(number)} has no unit", EXAMPLE)
        return AmbiguousLine(f"{quoted(number)} has no unit", readable)

    def _reads(self, line: str) -> bool:
        try:
            _Reading(line, self.names, self.today).draft()
        except UsageError:
            return False
        return True

    def _following(self, place: int) -> str:
        if place >= len(self.texts) or self.roles[place] in ("when", "cue", "measure"):
            return ""
        return self.texts[place]

    # Topics

    def _scope(self, amount: _Amount) -> tuple[str, ...]:
        if amount.measure in ("count", "times"):
            # Things of one's own are counted by check-ins; its words are its own, too.
            return ()
        found: list[str] = []
        start, end = self._between
        if end > start and amount.start < start < amount.end:
            found += self._topics(start, end)
        place = 0
        while place < len(self.texts):
            if self.roles[place] or self.texts[place] in _STUDY_VERBS - _ON:
                place += 1
                continue
            end = place
            while end < len(self.texts) and not self.roles[end]:
                end += 1
            begin = place
            while begin < end and (self.texts[begin] in _ON or self.texts[begin] in _STUDY_VERBS):
                begin += 1
            if begin < end:
                found += self._topics(begin, end)
            place = end
        return tuple(dict.fromkeys(found))

    def _topics(self, start: int, end: int) -> list[str]:
        """The ids of topics that stand side by side, with commas, `or` and `and` between them."""
        whole = topic_called(" ".join(self.texts[start:end]), self.names)
        if whole is not None:
            self._take(start, end, "topics")
            return [whole.id]
        found: list[str] = []
        place = start
        while place < end:
            if self.texts[place] in _BETWEEN or self.texts[place] in _ON:
                place += 1
                continue
            stop, topic = self._one_topic(place, end)
            self._take(place, stop, "topics")
            found.append(topic.id)
            place = stop
        return found

    def _one_topic(self, place: int, end: int) -> tuple[int, TopicName]:
        """(place behind it, topic): the longest run of words that names one exactly, else up to the next link."""
        for stop in range(end, place, -1):
            named = topic_called(" ".join(self.texts[place:stop]), self.names)
            if named is not None:
                return stop, named
        stop = place + 1
        while stop < end and self.texts[stop] not in _BETWEEN and not self._comma_behind(stop - 1):
            stop += 1
        text = " ".join(self.texts[place:stop])
        try:
            return stop, match_topic(text, self.names)
        except UsageError as error:
            several = _several(text, self.names)
            if several:
                raise AmbiguousLine(error.title, [self._replaced(place, stop, each) for each in several]) from None
            raise

    def _comma_behind(self, place: int) -> bool:
        return self.line[self.words[place].start : self.words[place].end].endswith((",", ";"))

    # Done or not, and limits

    def _done(self, first: date, last: date, next_year: bool, cue: str) -> Draft:
        for place, text in enumerate(self.texts):
            if not self.roles[place] and re.fullmatch(r"[-+]?[0-9][0-9.,/]*%?", text):
                raise UsageError(f"{quoted(text)} can't be read", EXAMPLE)
        if not any(not role for role in self.roles):
            raise UsageError("It says when, and not what", EXAMPLE)
        return self._made("done", None, 1, (), None, (first, last, next_year), cue)

    def _checked(self, amount: _Amount, per: str | None, first: date, last: date) -> int:
        target = amount.target
        days = _PER_DAYS[per] if per else (last - max(first, self.today)).days + 1
        whole_days = _PER_DAYS[per] if per else (last - first).days + 1
        if amount.measure == "hours":
            if target > whole_days * _DAY_SECONDS:
                has = f"a {per} has" if per else f"its {whole_days} days have"
                raise UsageError("That is more than there is time", f"{has} {whole_days * 24:,} hours")
        elif amount.measure == "days" and target > whole_days:
            raise UsageError(f"{int(target):,} days don't fit", f"there are {days} in {f'a {per}' if per else 'it'}")
        elif target > min(MOST, MOST_A_DAY * whole_days):
            raise UsageError(f"{int(target):,} is too much", f"at most {min(MOST, MOST_A_DAY * whole_days):,}")
        return int(target)


_SHORT = {"d": "day", "w": "week", "wk": "week", "mo": "month"}
_PER_WORDS = frozenset(("a", "an", "per", "every", "each", *_ADVERBS))


def _several(text: str, names: Sequence[TopicName]) -> list[str]:
    return [name.id for name in candidates(text, names)]


def read_target(text: str, measure: str, per: str | None) -> int:
    """A new target: `50`, for hours also `50h`, `1h30` or `90m`; UsageError for nothing, fractions and absurd ones."""
    plain = " ".join(text.lower().split())
    hint = "write hours such as 50, 2.5h or 90m" if measure == "hours" else "write a whole number, such as 12"
    number = re.fullmatch(
        r"([0-9]{1,9})(?:[.,]([0-9]{1,4}))?", plain.replace(",", ".") if measure == "hours" else plain
    )
    if number and (measure == "hours" or number[2] is None):
        value = float(f"{number[1]}.{number[2] or 0}")
        target = int(value * 3600 + 0.5) if measure == "hours" else int(value)
    elif measure == "hours" and (seconds := read_duration(plain)) is not None:
        target = seconds
    else:
        raise UsageError(f"{quoted(text)} is no target", hint)
    if target <= 0:
        raise UsageError(f"{quoted(text)} is nothing to aim at", f"{hint}; or let it go")
    days = _PER_DAYS.get(per or "", 0)
    most = MOST * 3600 if measure == "hours" else MOST
    if days and measure == "hours":
        most = days * _DAY_SECONDS
    elif measure == "days":
        most = days or 366 * LONGEST_YEARS
    if target > most:
        limit = f"{most // 3600:,} hours" if measure == "hours" else f"{most:,}"
        raise UsageError(f"{quoted(text)} is too much", f"at most {limit}{f' a {per}' if per else ''}")
    return target
