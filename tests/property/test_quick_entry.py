"""The line, for whatever is typed: what was written is read, the shell makes no difference, nothing else is raised."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnhabit.domain.quick_entry import Entry, parse_arguments, parse_line, parse_topic_line, place_entry
from learnhabit.domain.topic import TopicName, match_topic, take_topic
from learnhabit.errors import LearnhabitError
from tests.calendars import calendar_of
from tests.refusals import tried

NAMES = (
    TopicName(id="rag", title="Retrieval-augmented generation", aliases=("retrieval", "vector search")),
    TopicName(id="efficient-fine-tuning", title="Efficient fine-tuning", aliases=("lora", "peft")),
    TopicName(id="multimodal-models", title="Multimodal models", aliases=("vlm",)),
    TopicName(id="model-audits", title="[/] Straße & Café", aliases=("検索", "C#", "#odd", "@odd", '"odd"')),
)
CALENDAR = calendar_of("2026-11-23 20:40")

DURATIONS = st.sampled_from(
    [
        ("45m", 2700),
        ("90", 5400),
        ("1h30", 5400),
        ("1h 30m", 5400),
        ("1:30", 5400),
        ("1.5h", 5400),
        ("2 h 05 min", 7500),
    ]
)
TOPICS = st.sampled_from(
    [("rag", 0), ("vector search", 0), ("LoRA", 1), ("Efficient Fine-Tuning", 1), ("fine-tuning", 1), ("multim", 2)]
)
PLAIN = st.text(st.characters(exclude_categories=["Z", "C"], exclude_characters='"'), min_size=1, max_size=6)
# `zz` keeps a note's first word from going on with the topic's name.
NOTES = st.lists(PLAIN.filter(lambda word: word[0] not in "@#"), max_size=4).map(lambda words: " ".join(["zz", *words]))
QUOTED = st.text(st.characters(exclude_characters='"'), max_size=12).map(lambda text: text.replace('"', ""))
WHENS = st.sampled_from(
    [None, "-15m", "21:00", "yesterday 21:00", "mon", "mon 8:15", "2026-03-01 9:00", "1 mar", "9 pm"]
)
TAGS = st.lists(st.sampled_from(["paper", "Work", "c++", "検索", "a#b"]), max_size=3, unique=True)


@given(DURATIONS, TOPICS, NOTES, QUOTED, WHENS, TAGS, st.booleans())
def test_what_was_written_is_read(
    duration: tuple[str, int],
    topic: tuple[str, int],
    note: str,
    quoted: str,
    when: str | None,
    tags: list[str],
    tags_first: bool,
) -> None:
    moment = [] if when is None else [f"@{when}"]
    marks = [f"#{tag}" for tag in tags]
    end = [*marks, *moment] if tags_first else [*moment, *marks]
    line = " ".join([duration[0], topic[0], note, f'"{quoted}"', *end])
    expected = Entry(
        seconds=duration[1],
        topic=NAMES[topic[1]],
        note=f"{note} {quoted}" if quoted else note,
        when=when,
        tags=tuple(tags),
    )
    assert parse_line(line, NAMES) == parse_arguments([line], NAMES) == expected
    started = parse_topic_line([" ".join(line.split(" ")[len(duration[0].split()) :])], NAMES)
    assert started == expected.replace(seconds=0)
    if quoted and any(each.isspace() for each in quoted):
        # The same from a shell, which takes the quotes away.
        words = [*duration[0].split(), *topic[0].split(), *note.split(), quoted, *" ".join(end).split()]
        assert parse_arguments(words, NAMES) == expected


PIECES = st.one_of(
    st.sampled_from(["45m", "1h", "30m", "90", "1.5", "0", "-5m", "h", "min", "rag", "vector", "search", "lora", "C#"]),
    st.sampled_from(
        ["@", "@@", "@21:00", "@mon", "8:15", "@25:00", "@-1h", "@3/4", "@2026-02-30", "@bob", "@tomorrow"]
    ),
    st.sampled_from(
        ["#", "#a", "#A", "#4", "##", '"', '""', '"a', 'b"', '"#x', '@21:00"', "\x00", "\ud800", "\x1b[", "[/]"]
    ),
    st.sampled_from(["9" * 50, "9" * 50 + "h", "²", "٤٥m", "\u2028", "\x85", "\xa0", "\u200b", "İ", "ß", "ſ"]),
    st.text(max_size=5),
)
LINES = st.lists(PIECES, max_size=8)


def check(found: Entry | LearnhabitError) -> None:
    if isinstance(found, LearnhabitError):
        assert found.exit_code == 2
        assert len(found.title) < 120
        assert "\n" not in found.title
        return
    assert 0 <= found.seconds <= 86_400
    assert found.topic in NAMES
    assert all(tag[0].isalpha() and not any(each.isspace() for each in tag) for tag in found.tags)
    assert len({tag.casefold() for tag in found.tags}) == len(found.tags)
    assert found.when is None or found.when.strip() == found.when != ""
    placed = tried(lambda: place_entry(found, CALENDAR))
    if not isinstance(placed, LearnhabitError):
        assert placed.ended_at - placed.started_at == found.seconds
        assert 0 <= placed.started_at <= placed.ended_at <= CALENDAR.now


@given(LINES, st.sampled_from([" ", "", "  ", "\n", "\t", "\u3000"]))
def test_nothing_but_our_errors(pieces: list[str], between: str) -> None:
    line = between.join(pieces)
    check(tried(lambda: parse_line(line, NAMES)))
    check(tried(lambda: parse_arguments(pieces, NAMES)))
    check(tried(lambda: parse_topic_line(pieces, NAMES)))


@given(st.lists(PIECES.filter(lambda piece: piece and not any(c.isspace() or c == '"' for c in piece)), min_size=2))
def test_a_shell_that_splits_at_blanks_makes_no_difference(words: list[str]) -> None:
    line = " ".join(words)
    for parse in (parse_arguments, parse_topic_line):
        one, several = tried(lambda p=parse: p([line], NAMES)), tried(lambda p=parse: p(words, NAMES))  # type: ignore[misc]
        if isinstance(one, LearnhabitError):
            assert isinstance(several, LearnhabitError)
            assert (one.title, one.hint) == (several.title, several.hint)
        else:
            assert one == several


@given(st.text(max_size=20).filter(lambda text: any(each.isspace() for each in text)), LINES)
def test_an_argument_with_a_blank_behind_the_topic_is_kept_to_the_letter(text: str, others: list[str]) -> None:
    found = tried(lambda: parse_arguments(["45m", "rag", text, *others], NAMES))
    assert not isinstance(found, LearnhabitError)
    assert found.note.startswith(text)


def plain(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").split())


def tiers(text: str, names: Sequence[TopicName]) -> set[str]:
    """The topics that the first single tier, else the first one with any, leaves: read off the design."""
    wanted = plain(text)
    if not wanted:
        return set()
    first: set[str] = set()
    for tier in range(4):
        found = set()
        for name in names:
            called = [plain(each) for each in (name.title, *name.aliases)]
            every = [plain(name.id), *called]
            ends = [" ".join(each.split()[place:]) for each in every for place in range(len(each.split()))]
            fits = (
                plain(name.id) == wanted,
                wanted in called,
                any(each.startswith(wanted) for each in every),
                any(each.startswith(wanted) for each in ends),
            )
            if fits[tier]:
                found.add(name.id)
        if len(found) == 1:
            return found
        first = first or found
    return first


WORDS = ("a", "b", "ab", "aB", "ba", "a-b", "b-a", "aa-b", "abba", "A")
PHRASES = (*WORDS, *(f"{one} {two}" for one in WORDS for two in WORDS[:5]), "a b a", "ab-a b", "a - b")
# No two topics have one id.
NAMED = st.lists(
    st.tuples(st.sampled_from(PHRASES), st.lists(st.sampled_from(PHRASES), max_size=2)), min_size=1, max_size=5
).map(
    lambda drawn: [
        TopicName(id=topic_id, title=title, aliases=tuple(aliases))
        for topic_id, (title, aliases) in zip(("ab", "a-b", "b-a-a", "abc", "b"), drawn, strict=False)
    ]
)


@given(st.sampled_from([*PHRASES, "", "-", " A  b ", "c", "abb", "a b a b"]), NAMED)
def test_tiers(text: str, names: list[TopicName]) -> None:
    expected = tiers(text, names)
    found = tried(lambda: match_topic(text, names))
    if isinstance(found, LearnhabitError):
        assert len(expected) != 1
        assert ("fits several" in found.title) == bool(expected)
        assert all(f"({each})" in found.hint for each in expected)
    else:
        assert {found.id} == expected


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5), NAMED)
def test_the_longest_run_that_names_one_exactly(words: list[str], names: list[TopicName]) -> None:
    called = {plain(each) for name in names for each in (name.id, name.title, *name.aliases)}
    runs = [count for count in range(len(words), 1, -1) if plain(" ".join(words[:count])) in called]
    count = runs[0] if runs else 1
    found = tried(lambda: take_topic(words, names))
    expected = tiers(" ".join(words[:count]), names)
    if isinstance(found, LearnhabitError):
        assert len(expected) != 1
    else:
        assert ({found[0].id}, list(found[1])) == (expected, words[count:])


LONG = 100_000
OFTEN = [
    '"',
    '" ',
    'a"b ',
    '"a"b',
    "@ ",
    "@21:00 ",
    "@mon ",
    "#a ",
    "x ",
    " ",
    "-",
    "1h ",
    "9",
    "9:",
    "x",
    "\n",
    "am ",
    "検",
]


@pytest.mark.parametrize("piece", OFTEN)
@pytest.mark.parametrize("before", ["", "45m ", '45m rag "'])
def test_a_long_line_takes_no_longer_than_its_length(before: str, piece: str) -> None:
    """Seconds would mean that some step is quadratic: it takes a few hundredths."""
    line = before + piece * (LONG // len(piece))
    start = time.process_time()
    tried(lambda: parse_line(f"{line} @21:00 #a", NAMES))
    tried(lambda: parse_arguments(["45m", line], NAMES))
    assert time.process_time() - start < 3
