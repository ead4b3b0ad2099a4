"""`DURATION TOPIC [NOTE] [@WHEN] [#tag …]`: lines, and arguments that a shell has split."""

from __future__ import annotations

import pytest

from learnhabit.domain.quick_entry import Entry, parse_arguments, parse_line, parse_topic_line, place_entry
from learnhabit.domain.topic import TopicName
from learnhabit.errors import LearnhabitError, UsageError
from tests.calendars import calendar_of, wall_in

RAG = TopicName(id="rag", title="Retrieval-augmented generation", aliases=("retrieval", "vector search"))
TUNING = TopicName(id="efficient-fine-tuning", title="Efficient fine-tuning", aliases=("lora", "peft"))
MODELS = TopicName(id="multimodal-models", title="Multimodal models", aliases=("vlm",))
MINERS = TopicName(id="data-mining", title="Mining of data", aliases=("hashing",))
NAMES = (RAG, TUNING, MODELS, MINERS)

M = 60
H = 3600


def entry(seconds: int, topic: TopicName, note: str = "", when: str | None = None, *tags: str) -> Entry:
    return Entry(seconds=seconds, topic=topic, note=note, when=when, tags=tags)


@pytest.mark.parametrize(
    ("line", "read"),
    [
        # durations
        ("45m rag", entry(45 * M, RAG)),
        ("45 rag", entry(45 * M, RAG)),
        ("45min rag", entry(45 * M, RAG)),
        ("1h30 rag", entry(90 * M, RAG)),
        ("1h30m rag", entry(90 * M, RAG)),
        ("1h 30m rag", entry(90 * M, RAG)),
        ("1H 30MIN rag", entry(90 * M, RAG)),
        ("1:30 rag", entry(90 * M, RAG)),
        ("1.5h rag", entry(90 * M, RAG)),
        ("24h rag", entry(24 * H, RAG)),
        ("45 min rag", entry(45 * M, RAG)),
        ("45 minutes rag", entry(45 * M, RAG)),
        ("1 h 05 m rag", entry(65 * M, RAG)),
        ("1 hour 5 minutes rag", entry(65 * M, RAG)),
        ("2 h rag", entry(2 * H, RAG)),
        ("1.5 h rag", entry(90 * M, RAG)),
        ("  45m \t rag  ", entry(45 * M, RAG)),
        ("45m\nrag\nline two", entry(45 * M, RAG, "line two")),
        # topics
        ("45m fine-tuning", entry(45 * M, TUNING)),
        ("45m FINE-TUNING", entry(45 * M, TUNING)),
        ("45m tuning", entry(45 * M, TUNING)),
        ("45m LoRA", entry(45 * M, TUNING)),
        ("45m efficient fine-tuning LoRA", entry(45 * M, TUNING, "LoRA")),
        ("45m efficient fine tuning LoRA", entry(45 * M, TUNING, "LoRA")),
        ("45m efficient methods", entry(45 * M, TUNING, "methods")),
        ("45m vector search engines", entry(45 * M, RAG, "engines")),
        ("45m vector engines", entry(45 * M, RAG, "engines")),
        ("45m Multimodal models", entry(45 * M, MODELS)),
        ("45m multimodal", entry(45 * M, MODELS)),
        ("45m mining", entry(45 * M, MINERS)),
        # a topic of several words is not read across a note in quotes, a moment or a tag
        ('45m vector "search"', entry(45 * M, RAG, "search")),
        ("45m vector #search", entry(45 * M, RAG, "", None, "search")),
        ("45m vector @search", entry(45 * M, RAG, "@search")),
        ('45m "vector search" engines', entry(45 * M, RAG, "engines")),
        ('45m "efficient fine-tuning"', entry(45 * M, TUNING)),
        # notes
        ("45m rag chunking, section 4", entry(45 * M, RAG, "chunking, section 4")),
        ("45m rag 30m of it in the train", entry(45 * M, RAG, "30m of it in the train")),
        ("45m rag rag", entry(45 * M, RAG, "rag")),
        ("45m rag  much   room", entry(45 * M, RAG, "much room")),
        ("45m rag 検索 🎉 é", entry(45 * M, RAG, "検索 🎉 é")),
        ("45m rag [/] [Python] [@click=app.quit]x[/]", entry(45 * M, RAG, "[/] [Python] [@click=app.quit]x[/]")),
        # moments
        ("45m rag @-15m", entry(45 * M, RAG, "", "-15m")),
        ("45m rag @21:00", entry(45 * M, RAG, "", "21:00")),
        ("45m rag @9pm", entry(45 * M, RAG, "", "9pm")),
        ("45m rag @yesterday", entry(45 * M, RAG, "", "yesterday")),
        ("45m rag @yesterday 21:00", entry(45 * M, RAG, "", "yesterday 21:00")),
        ("45m rag @ yesterday  21:00", entry(45 * M, RAG, "", "yesterday 21:00")),
        ("45m rag chunking @mon 8:15", entry(45 * M, RAG, "chunking", "mon 8:15")),
        ("45m rag chunking @2026-03-01 9:00", entry(45 * M, RAG, "chunking", "2026-03-01 9:00")),
        ("45m rag @1 mar 9:00", entry(45 * M, RAG, "", "1 mar 9:00")),
        ("45m rag @mon #paper", entry(45 * M, RAG, "", "mon", "paper")),
        ("45m rag @mon 8:15 #paper more words", entry(45 * M, RAG, "more words", "mon 8:15", "paper")),
        ('45m rag @mon "more words"', entry(45 * M, RAG, "more words", "mon")),
        ("45m rag mail @alice @mon", entry(45 * M, RAG, "mail @alice", "mon")),
        ("45m rag @mon @tue", entry(45 * M, RAG, "@mon", "tue")),
        # only the last one counts; when it is no moment, it and all before it are note
        ("45m rag @mon mail @alice", entry(45 * M, RAG, "@mon mail @alice")),
        ("45m rag @21:00 chunking", entry(45 * M, RAG, "@21:00 chunking")),
        ("45m rag @mon morning", entry(45 * M, RAG, "@mon morning")),
        ("45m rag @home", entry(45 * M, RAG, "@home")),
        ("45m rag @", entry(45 * M, RAG, "@")),
        ("45m rag @@", entry(45 * M, RAG, "@@")),
        ("45m rag @@21:00", entry(45 * M, RAG, "@@21:00")),
        ("45m rag mail to a@21:00", entry(45 * M, RAG, "mail to a@21:00")),
        ("45m rag alice@example.org", entry(45 * M, RAG, "alice@example.org")),
        ("45m rag @1.2", entry(45 * M, RAG, "@1.2")),
        ("45m rag @2026", entry(45 * M, RAG, "@2026")),
        ("45m rag (@21:00)", entry(45 * M, RAG, "(@21:00)")),
        # the form of a moment, refused once it is read
        ("45m rag @25:00", entry(45 * M, RAG, "", "25:00")),
        ("45m rag @03/04", entry(45 * M, RAG, "", "03/04")),
        ("45m rag @2026-02-30", entry(45 * M, RAG, "", "2026-02-30")),
        ("45m rag @tomorrow", entry(45 * M, RAG, "", "tomorrow")),
        # tags
        ("45m rag #paper", entry(45 * M, RAG, "", None, "paper")),
        ("45m rag #paper #Work", entry(45 * M, RAG, "", None, "paper", "Work")),
        ("45m rag #paper #PAPER #paper", entry(45 * M, RAG, "", None, "paper")),
        ("45m rag a #paper b #c++ d", entry(45 * M, RAG, "a b d", None, "paper", "c++")),
        ("45m rag #検索", entry(45 * M, RAG, "", None, "検索")),
        ("45m rag #a#b", entry(45 * M, RAG, "", None, "a#b")),
        ("45m rag #4 and #", entry(45 * M, RAG, "#4 and #")),
        ("45m rag ##x", entry(45 * M, RAG, "##x")),
        ("45m rag C# and x#y", entry(45 * M, RAG, "C# and x#y")),
        ("45m rag #-x", entry(45 * M, RAG, "#-x")),
        # double quotes
        ('45m rag "see #4 @21:00 #x"', entry(45 * M, RAG, "see #4 @21:00 #x")),
        ('45m rag "@21:00"', entry(45 * M, RAG, "@21:00")),
        ('45m rag "#x" #y', entry(45 * M, RAG, "#x", None, "y")),
        ('45m rag "much   room"', entry(45 * M, RAG, "much   room")),
        ('45m rag "LoRA #x", and more', entry(45 * M, RAG, "LoRA #x, and more")),
        ('45m rag a "b c" d', entry(45 * M, RAG, "a b c d")),
        ('45m rag "a\nb"', entry(45 * M, RAG, "a\nb")),
        ('45m rag "" x', entry(45 * M, RAG, "x")),
        ('45m rag ""', entry(45 * M, RAG)),
        ('45m rag "half', entry(45 * M, RAG, '"half')),
        ('45m rag 5" and 3" disks', entry(45 * M, RAG, '5" and 3" disks')),
        ('45m rag "a" @mon', entry(45 * M, RAG, "a", "mon")),
        ('45m rag @mon "a" 8:15', entry(45 * M, RAG, "a 8:15", "mon")),
        ("45m rag 'single @mon'", entry(45 * M, RAG, "'single @mon'")),
        # all of it
        (
            "45m fine-tuning LoRA, section 4 @yesterday 21:00 #paper",
            entry(45 * M, TUNING, "LoRA, section 4", "yesterday 21:00", "paper"),
        ),
        (
            '1h 30m vector search "see #3 @home" then more @-2h #paper #work',
            entry(90 * M, RAG, "see #3 @home then more", "-2h", "paper", "work"),
        ),
    ],
)
def test_line(line: str, read: Entry) -> None:
    assert parse_line(line, NAMES) == read
    assert parse_arguments([line], NAMES) == read


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("", "The duration is missing"),
        ("   ", "The duration is missing"),
        ('""', "The duration is missing"),
        ("rag", "“rag” is no duration"),
        ("rag 45m", "“rag” is no duration"),
        ("@21:00", "“@21:00” is no duration"),
        ("#paper", "“#paper” is no duration"),
        ("-15m rag", "“-15m” is no duration"),
        ("1.5 rag", "“1.5” has no unit"),
        ("0 rag", "“0” is no time at all"),
        ("0m rag", "“0m” is no time at all"),
        ("0h 0m rag", "“0h 0m” is no time at all"),
        ("25h rag", "“25h” is over 24 hours"),
        ("23h 61m rag", "“23h 61m” is over 24 hours"),
        ("1441 rag", "“1441” is over 24 hours"),
        ("1:75 rag", "“1:75” is no duration"),
        ("４５m rag", "“４５m” is no duration"),
        ("9" * 5000 + " rag", f"“{'9' * 60}…” is no duration"),
        ("9" * 5000 + "h 1m rag", f"“{'9' * 60}…” is no duration"),
        ("45m", "The topic is missing"),
        ("1h 30m", "The topic is missing"),
        ("45 min", "The topic is missing"),
        ("45m @21:00", "The topic is missing"),
        ("45m #paper", "The topic is missing"),
        ("45m #paper rag", "The topic is missing"),
        ('45m "" rag', "The topic is missing"),
        ("45m quantum knitting", "Unknown topic “quantum”"),
        ("1h 30 rag", "Unknown topic “30”"),
        ('45m "quantum knitting" x', "Unknown topic “quantum knitting”"),
        ("45m #4", "Unknown topic “#4”"),
        ("45m " + "x" * 10_000, f"Unknown topic “{'x' * 60}…”"),
        ("45m m", "“m” fits several topics"),
        ("45m m x", "“m” fits several topics"),
    ],
)
def test_refused(line: str, title: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_line(line, NAMES)
    assert caught.value.title == title
    assert caught.value.hint


@pytest.mark.parametrize(
    ("arguments", "read"),
    [
        (["45m", "rag"], entry(45 * M, RAG)),
        (["45m", "rag", "chunking,", "section", "4"], entry(45 * M, RAG, "chunking, section 4")),
        (["1h", "30m", "rag"], entry(90 * M, RAG)),
        (["1h 30m", "rag"], entry(90 * M, RAG)),
        (["1 h 05 m", "rag"], entry(65 * M, RAG)),
        (["45", "min", "rag"], entry(45 * M, RAG)),
        # an argument with a blank behind the topic is note, literally
        (["45m", "fine-tuning", "LoRA, section 4"], entry(45 * M, TUNING, "LoRA, section 4")),
        (["45m", "rag", "see #4 @21:00 #x"], entry(45 * M, RAG, "see #4 @21:00 #x")),
        (["45m", "rag", '"a" b'], entry(45 * M, RAG, '"a" b')),
        (["45m", "rag", "a  b\nc\t"], entry(45 * M, RAG, "a  b\nc\t")),
        (["45m", "rag", "@yesterday 21:00"], entry(45 * M, RAG, "@yesterday 21:00")),
        (["45m", "rag", "#a b"], entry(45 * M, RAG, "#a b")),
        (["45m", "vector", "search engines"], entry(45 * M, RAG, "search engines")),
        # one at the topic's place is the topic
        (["45m", "vector search"], entry(45 * M, RAG)),
        (["45m", "efficient fine tuning", "LoRA"], entry(45 * M, TUNING, "LoRA")),
        (["45m", "Efficient fine", "tuning", "x"], entry(45 * M, TUNING, "tuning x")),
        (["45m", "  rag  ", "x"], entry(45 * M, RAG, "x")),
        # one that holds duration and topic is before the topic's end, so it is words
        (["45m rag", "a note #x"], entry(45 * M, RAG, "a note #x")),
        (["45m rag @mon", "a note"], entry(45 * M, RAG, "a note", "mon")),
        # the others are words of the line
        (["45m", "rag", "@yesterday", "21:00", "#paper"], entry(45 * M, RAG, "", "yesterday 21:00", "paper")),
        (["45m", "rag", "a b", "@mon", "c d", "#x"], entry(45 * M, RAG, "a b c d", "mon", "x")),
        (["45m", "rag", "@mon", "8:15", "c d"], entry(45 * M, RAG, "c d", "mon 8:15")),
        (["45m", "rag", '"#x"'], entry(45 * M, RAG, "#x")),
        (["45m", "rag", ""], entry(45 * M, RAG)),
        (["45m", "rag", "a", "", "b"], entry(45 * M, RAG, "a b")),
        (["45m", "vector", "search", "engines"], entry(45 * M, RAG, "engines")),
    ],
)
def test_arguments(arguments: list[str], read: Entry) -> None:
    assert parse_arguments(arguments, NAMES) == read


@pytest.mark.parametrize(
    ("arguments", "title"),
    [
        ([], "The duration is missing"),
        (["", "rag"], "The duration is missing"),
        ([" ", "rag"], "The duration is missing"),
        (["45m", ""], "The topic is missing"),
        (["45m", "", "rag"], "The topic is missing"),
        (["45m", " ", "rag"], "The topic is missing"),
        (["45m", "@mon"], "The topic is missing"),
        (["45 m!", "rag"], "“45 m!” is no duration"),
        (["a rag", "x"], "“a rag” is no duration"),
        (["45m", "rag lora"], "Unknown topic “rag lora”"),
        (["45m", "a b", "rag"], "Unknown topic “a b”"),
    ],
)
def test_refused_arguments(arguments: list[str], title: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_arguments(arguments, NAMES)
    assert caught.value.title == title


@pytest.mark.parametrize(
    ("arguments", "read"),
    [
        (["rag"], entry(0, RAG)),
        (["vector search engines"], entry(0, RAG, "engines")),
        (["vector", "search"], entry(0, RAG)),
        (["vector search", "engines"], entry(0, RAG, "engines")),
        (["rag", "@-15m"], entry(0, RAG, "", "-15m")),
        (["rag chunking @-15m #paper"], entry(0, RAG, "chunking", "-15m", "paper")),
        (["rag", "a note #x", "#y"], entry(0, RAG, "a note #x", None, "y")),
        (["rag", "45m"], entry(0, RAG, "45m")),
    ],
)
def test_start(arguments: list[str], read: Entry) -> None:
    assert parse_topic_line(arguments, NAMES) == read


@pytest.mark.parametrize(
    ("arguments", "title"),
    [
        ([], "The topic is missing"),
        ([""], "The topic is missing"),
        (["@-15m"], "The topic is missing"),
        (["#paper", "rag"], "The topic is missing"),
        (["45m", "rag"], "Unknown topic “45m”"),
    ],
)
def test_refused_start(arguments: list[str], title: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_topic_line(arguments, NAMES)
    assert caught.value.title == title


def test_a_word_after_a_number_that_names_a_topic_exactly_is_the_topic() -> None:
    minutes = TopicName(id="minutes", title="Taking minutes", aliases=("min", "h"))
    assert parse_line("45 min chapter 2", (*NAMES, minutes)) == entry(45 * M, minutes, "chapter 2")
    assert parse_line("45 h", (*NAMES, minutes)) == entry(45 * M, minutes)
    assert parse_line("45 minutes", (*NAMES, minutes)) == entry(45 * M, minutes)
    tagged = TopicName(id="tagged", title="#first", aliases=("@home",))
    assert parse_line("45m #first x", (tagged,)) == entry(45 * M, tagged, "x")
    assert parse_line("45m @home x", (tagged,)) == entry(45 * M, tagged, "x")
    at_work = TopicName(id="ai-at-work", title="AI @ work", aliases=("ai #1",))
    assert parse_line("45m AI @ work @mon", (*NAMES, at_work)) == entry(45 * M, at_work, "", "mon")
    assert parse_line("45m AI #1 x", (*NAMES, at_work)) == entry(45 * M, at_work, "x")


@pytest.mark.parametrize(
    ("seconds", "when", "start", "end"),
    [
        (45 * M, None, "2026-11-23 19:55", "2026-11-23 20:40"),
        (24 * H, None, "2026-11-22 20:40", "2026-11-23 20:40"),
        (45 * M, "-45m", "2026-11-23 19:55", "2026-11-23 20:40"),
        (45 * M, "19:55", "2026-11-23 19:55", "2026-11-23 20:40"),
        (45 * M, "21:00", "2026-11-22 21:00", "2026-11-22 21:45"),
        (45 * M, "yesterday", "2026-11-22 12:00", "2026-11-22 12:45"),
    ],
)
def test_place(seconds: int, when: str | None, start: str, end: str) -> None:
    placed = place_entry(entry(seconds, RAG, "", when), calendar_of("2026-11-23 20:40"))
    assert (wall_in(placed.started_at), wall_in(placed.ended_at)) == (start, end)


@pytest.mark.parametrize(
    ("seconds", "when", "title", "code"),
    [
        (45 * M, "20:00", "It would end at 20:45 on Mon 23 Nov, 5 min after now", 1),
        (45 * M, "-44m", "It would end at 20:41 on Mon 23 Nov, 1 min after now", 1),
        (24 * H, "-15m", "It would end at 20:25 on Tue 24 Nov, 23 h 45 m after now", 1),
        (45 * M, "today 21:00", "Mon 23 Nov 2026 21:00 is still to come", 1),
        (45 * M, "tomorrow", "Tue 24 Nov 2026 12:00 is still to come", 1),
        (45 * M, "25:00", "“25:00” is no moment", 2),
        (45 * M, "03/04", "“03/04” may mean two days", 2),
        (45 * M, "soon", "“soon” is no moment", 2),
        (45 * M, "", "“” is no moment", 2),
    ],
)
def test_no_place(seconds: int, when: str, title: str, code: int) -> None:
    with pytest.raises(LearnhabitError) as caught:
        place_entry(entry(seconds, RAG, "", when), calendar_of("2026-11-23 20:40"))
    assert (caught.value.title, caught.value.exit_code) == (title, code)
