"""Wrong and impossible uses: exit 2 when the words were not understood, 1 when they were and it can't be done.

Each says what is wrong and what to do, in both forms, and leaves the database as it was, byte for byte.
"""

from __future__ import annotations

import pytest

from learnhabit import __version__
from learnhabit.cli import GROUPS, HEADINGS, command_named
from learnhabit.cli.parser import Parser
from tests.end_to_end.program import Program

LOGGED = ("log", "1h", "rag", "--at", "18:00")
OTHER = ("log", "1h", "lora", "--at", "16:00")
OTHER_DAY = ("log", "1h", "lora", "--at", "yesterday 16:00")
OFF = ("time-off", "2026-12-24")
STARTED = ("start", "rag", "--at", "-10m")

Case = tuple[int, tuple[str, ...], str]
"""Exit code, command line, a word that title or hint must hold."""

EMPTY: list[Case] = [
    (2, ("bogus",), "bogus"),
    (2, ("help", "bogus"), "bogus"),
    (2, ("lgo", "45m", "rag"), "log"),
    (2, ("",), "--help"),
    (2, ("status", "--bogus"), "--bogus"),
    (2, ("status", "--jsn"), "--jsn"),
    (2, ("status", "today"), "today"),
    (2, ("pause", "now"), "now"),
    (2, ("undo", "2"), "2"),
    (2, ("log",), "DURATION"),
    (2, ("log", ""), "uration"),
    (2, ("log", "45m"), "opic"),
    (2, ("log", "45m", ""), "opic"),
    (2, ("log", "45m", "@yesterday"), "opic"),
    (2, ("log", "rag"), "rag"),
    (2, ("log", "rag", "45m"), "rag"),
    (2, ("log", "1.5", "rag"), "1.5"),
    (2, ("log", "0", "rag"), "0"),
    (2, ("log", "0m", "rag"), "0m"),
    (2, ("log", "-5m", "rag"), "-5m"),
    (2, ("log", "24h01", "rag"), "24h01"),
    (2, ("log", "25h", "rag"), "25h"),
    (2, ("log", "1:75", "rag"), "1:75"),
    (2, ("log", "45 m!", "rag"), "45 m!"),
    (2, ("log", "1e3", "rag"), "1e3"),
    (2, ("log", "٤٥m", "rag"), "٤٥m"),
    (2, ("log", "45s", "rag"), "45s"),
    (2, ("log", "45m", "quux"), "quux"),
    (2, ("log", "45m", "learning"), "learning-in-community"),
    (2, ("log", "45m", "rag", "--at"), "--at"),
    (2, ("log", "45m", "rag", "--at", ""), "moment"),
    (2, ("log", "45m", "rag", "--at", "soon"), "soon"),
    (2, ("log", "45m", "rag", "--at", "25:00"), "25:00"),
    (2, ("log", "45m", "rag", "--at", "12:60"), "12:60"),
    (2, ("log", "45m", "rag", "--at", "13pm"), "13pm"),
    (2, ("log", "45m", "rag", "--at", "2026-02-30 9:00"), "2026-02-30"),
    (2, ("log", "45m", "rag", "--at", "2027-02-29"), "2027-02-29"),
    (2, ("log", "45m", "rag", "--at", "03/04 9:00"), "03/04"),
    (2, ("log", "45m", "rag", "--at", "0001-01-01 9:00"), "0001-01-01"),
    (2, ("log", "45m", "rag", "--at", "-0m"), "-0m"),
    (2, ("log", "45m", "rag", "--resource", "no-such-paper"), "no-such-paper"),
    (2, ("log", "45m", "rag", "--bogus", "x"), "--bogus"),
    (2, ("log", "45m", "rag", "--json=yes"), "--json"),
    (1, ("log", "45m", "rag", "--at", "-30m"), "15 min"),
    (1, ("log", "45m", "rag", "--at", "20:30"), "20:40"),
    (1, ("log", "45m", "rag", "--at", "2026-11-24 9:00"), "come"),
    (2, ("log", "45m", "rag", "--at", "9999-12-31 9:00"), "9999-12-31"),
    (2, ("start",), "TOPIC"),
    (2, ("start", ""), "opic"),
    (2, ("start", "quux"), "quux"),
    (2, ("start", "rag", "--at", "later"), "later"),
    (1, ("start", "rag", "--at", "2026-11-24 9:00"), "come"),
    (1, ("pause",), "start"),
    (1, ("resume",), "start"),
    (1, ("stop",), "start"),
    (1, ("stop", "--keep"), "start"),
    (1, ("stop", "--trim", "30m"), "start"),
    (1, ("stop", "--discard"), ""),
    (1, ("cancel",), "timer"),
    (1, ("switch", "rag"), "start"),
    (2, ("switch", "quux"), "quux"),
    (2, ("stop", "--keep", "--discard"), "--keep"),
    (2, ("stop", "--trim", "30m", "--keep"), "--trim"),
    (2, ("stop", "rag"), "rag"),
    (1, ("edit", "last", "--note", "x"), "log"),
    (1, ("delete", "last"), "log"),
    (1, ("undo",), "undo"),
    (1, ("redo",), "redo"),
    (2, ("sessions", "--from", "someday"), "someday"),
    (2, ("sessions", "--to", "31 feb"), "31 feb"),
    (2, ("sessions", "--from", "1/2"), "1/2"),
    (2, ("sessions", "--topic", "quux"), "quux"),
    (2, ("sessions", "--topic", ""), "opic"),
    (2, ("sessions", "--limit", "0"), "0"),
    (2, ("sessions", "--limit", "-3"), "-3"),
    (2, ("sessions", "--limit", "many"), "many"),
    (2, ("sessions", "--limit", "99999999999999999999"), "9999"),
    (2, ("sessions", "rag"), "rag"),
    (2, ("status", "--format"), "--format"),
    (2, ("cadence", "0"), "0"),
    (2, ("cadence", "8"), "8"),
    (2, ("cadence", "often"), "often"),
    (2, ("cadence", "mon,funday"), "funday"),
    (2, ("cadence", ""), ""),
    (2, ("cadence", "4", "5"), "5"),
    (2, ("cadence", "--minimum", "0"), "0"),
    (2, ("cadence", "--goal", "25h"), "25h"),
    (2, ("time-off", "someday"), "someday"),
    (2, ("time-off", "2026-12-24", "2026-02-30"), "2026-02-30"),
    (2, ("time-off", "2026-12-24", "2026-12-25", "2026-12-26"), "2026-12-26"),
    (2, ("time-off", "remove"), "ID"),
    (2, ("time-off", "remove", "last"), "last"),
    (2, ("time-off", "remove", "zzz"), "zzz"),
    (1, ("time-off", "2026-12-24", "2026-12-23"), "before"),
    (2, ("settings", "colour"), "colour"),
    (2, ("settings", "colour", "red"), "colour"),
    (2, ("settings", "day_start", "12:00"), "12:00"),
    (2, ("settings", "day_start", "late"), "late"),
    (2, ("settings", "day_start", "4:60"), "4:60"),
    (2, ("settings", "week_start", "friday"), "friday"),
    (2, ("settings", "week_start", "s"), "s"),
    (2, ("settings", "clock", "13"), "13"),
    (2, ("settings", "clock", "12", "24"), "24"),
    (2, ("topic",), "add"),
    (2, ("topic", "add"), "TITLE"),
    (2, ("topic", "add", "  "), "title"),
    (2, ("topic", "add", "x" * 201), "200"),
    (2, ("topic", "paint", "it"), "paint"),
    (1, ("topic", "add", "Retrieval-Augmented generation"), "retrieval-augmented-generation"),
]

FILLED: list[Case] = [
    (2, ("edit",), "ID"),
    (2, ("edit", "zzzzzz", "--note", "x"), "zzzzzz"),
    (2, ("edit", "", "--note", "x"), "session"),
    (2, ("edit", "%", "--note", "x"), "%"),
    (2, ("edit", "ffffffffffffffffffff", "--note", "x"), "ffff"),
    (2, ("edit", "last", "now"), "now"),
    (2, ("edit", "last", "--duration", "1.5"), "1.5"),
    (2, ("edit", "last", "--topic", "quux"), "quux"),
    (2, ("edit", "last", "--topic", ""), "opic"),
    (2, ("edit", "last", "--at", "whenever"), "whenever"),
    (1, ("edit", "last", "--at", "2026-11-24 9:00"), "come"),
    (1, ("edit", "last", "--at", "20:00"), "21:00"),
    (1, ("edit", "last", "--duration", "3h"), "come"),
    (1, ("edit", "last"), "--note"),
    (1, ("edit", "last", "--duration", "60m"), ""),
    (2, ("move", "last"), "DAY"),
    (2, ("move", "last", "someday"), "someday"),
    (2, ("move", "last", "2026-02-30"), "2026-02-30"),
    (2, ("move", "zzz", "yesterday"), "zzz"),
    (1, ("move", "last", "tomorrow"), "24 Nov 2026"),
    (1, ("move", "last", "today"), "23 Nov 2026"),
    (2, ("split", "last"), "TIME"),
    (2, ("split", "last", "half"), "half"),
    (2, ("split", "last", "18:75"), "18:75"),
    (1, ("split", "last", "18:00"), "18:00"),
    (1, ("split", "last", "19:00"), "19:00"),
    (1, ("split", "last", "21:00"), "21:00"),
    (2, ("merge", "last"), "ID"),
    (2, ("merge", "last", "zzz"), "zzz"),
    (1, ("merge", "last", "last"), "itself"),
    (2, ("delete",), "ID"),
    (2, ("delete", "zzz"), "zzz"),
    (2, ("delete", "last", "last"), "last"),
    (1, ("redo",), "redo"),
    (1, ("start", "lora"), "switch"),
    (1, ("resume",), "pause"),
    (1, ("stop", "--trim"), "DURATION"),
    (1, ("stop", "--trim", "30m"), "10 min"),
    (2, ("stop", "--trim", "long"), "long"),
    (1, ("switch", "lora", "--at", "-11m"), ""),
    (1, ("switch", "lora", "--at", "2026-11-24 9:00"), "come"),
]


def name_of(case: Case) -> str:
    return f"{case[0]}: {' '.join(case[1])[:60]}"


def refuse(program: Program, case: Case) -> None:
    code, arguments, word = case
    before = program.file()
    title, hint = program.refused(code, *arguments)
    assert word in f"{title}: {hint}"
    assert not title.endswith("."), title
    assert "wrong in the program" not in title
    assert program.file() == before


@pytest.mark.parametrize("case", EMPTY, ids=name_of)
def test_refused_with_an_empty_log(program: Program, case: Case) -> None:
    refuse(program, case)


@pytest.mark.parametrize("case", FILLED, ids=name_of)
def test_refused_with_a_session_and_a_timer(program: Program, case: Case) -> None:
    program.ok(*STARTED)
    program.ok(*LOGGED)
    refuse(program, case)


@pytest.mark.parametrize(
    ("before", "case"),
    [
        ([LOGGED, OTHER], (1, ("merge", "last", "@0"), "topics")),
        ([OTHER_DAY, OTHER], (1, ("merge", "last", "@1"), "days")),
        ([OFF, ("time-off", "remove", "last")], (1, ("time-off", "remove", "last"), "already")),
        ([("time-off", "2026-11-20", "2026-11-21")], (1, ("time-off", "remove", "last"), "over")),
        ([STARTED, ("pause",)], (1, ("pause",), "resume")),
        ([STARTED, ("pause",)], (1, ("start", "lora"), "switch")),
        ([STARTED, ("stop",)], (1, ("stop",), "start")),
        ([LOGGED, ("undo",)], (1, ("undo",), "undo")),
        ([LOGGED, ("undo",), ("redo",)], (1, ("redo",), "redo")),
        ([LOGGED, ("undo",), OTHER], (1, ("redo",), "redo")),
        ([LOGGED, ("delete", "last")], (1, ("edit", "last", "--note", "x"), "log")),
        ([("topic", "add", "Rust")], (1, ("topic", "add", "rust"), "rust")),
    ],
)
def test_refused_after_some_changes(program: Program, before: list[tuple[str, ...]], case: Case) -> None:
    for command in before:
        program.ok(*command)
    ids = [each["id"] for each in program.sessions()]
    code, arguments, word = case
    arguments = tuple(ids[int(each[1:])] if each.startswith("@") else each for each in arguments)
    refuse(program, (code, arguments, word))


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("--data-dir",), "folder"),
        (("--data-dir", "", "status"), "folder"),
        (("--data-dir=", "status"), "folder"),
        (("--bogus", "status"), "--bogus"),
        (("-x",), "-x"),
        (("status", "--format", "{nothing}"), "nothing"),
        (("status", "--format", "{today[nothing]}"), "nothing"),
        (("status", "--format", "{timer[nothing]}"), "nothing"),
        (("status", "--format", "{"), "format"),
        (("status", "--format", "{}"), "format"),
        (("status", "--format", "{0}"), "format"),
        (("status", "--format", "{timer.x}"), "format"),
        (("status", "--format", "{week[counted_days]:d }"), "format"),
        (("status", "--format", "{strength:.99999999999f}"), "format"),
        (("status", "--format", "{strength:99999999999999}"), "format"),
    ],
)
def test_refused_whatever_json_would_do(program: Program, arguments: tuple[str, ...], word: str) -> None:
    answer = program(*arguments)
    assert answer.code == 2, answer
    assert answer.stdout == b"" and answer.err.count("\n") == 1
    assert answer.err.startswith("learnhabit: ") and word in answer.err
    assert "wrong in the program" not in answer.err


@pytest.mark.parametrize("now", ["today", "2026-11-23T20:40:00", "20:40", "2026-13-01T00:00:00+01:00"])
def test_a_frozen_moment_that_is_none(program: Program, now: str) -> None:
    title, hint = program.at(now).refused(2, "status")
    assert "LEARNHABIT_NOW" in title and now in hint


def test_an_error_of_a_process_of_its_own(program: Program) -> None:
    for code, arguments in ((1, ("stop",)), (2, ("log", "1.5", "rag")), (2, ("bogus",))):
        plain = program.spawn(*arguments)
        machine = program.spawn(*arguments, "--json")
        error = machine.json["error"]
        assert plain.code == machine.code == code
        assert plain.stdout == b""
        assert plain.err == machine.err == f"learnhabit: {error['title']}: {error['hint']}\n"


def test_version_and_help(program: Program) -> None:
    assert program.ok("--version").out == f"learnhabit {__version__}\n"
    listed = program.ok("--help").out
    assert listed == program.ok("-h").out == program.ok("help").out
    before = program.file()
    commands = [name for names in GROUPS.values() for name in names]
    assert [name for groups in HEADINGS.values() for group in groups for name in GROUPS[group]] == commands
    for command in commands:
        assert f"  {command} " in listed
        shown = program.ok(command, "--help")
        assert program.ok("help", command) == shown
        assert shown.out.startswith(f"usage: learnhabit {command}") and shown.stderr == b""
        assert "--json" in shown.out and "--data-dir" in shown.out
    assert program.file() == before


def strange_options() -> list[tuple[str, str, str]]:
    """(command, action, option) of each option that is for other actions of a command."""
    found = []
    for name in (name for names in GROUPS.values() for name in names):
        parser = Parser(name, command_named(name))
        for option, deeds in parser.deeds_of.items():
            found += [(name, action, option) for action in parser.command.deeds if action not in deeds]
    return found


@pytest.mark.parametrize(("command", "action", "option"), strange_options())
def test_an_option_of_another_action_is_refused(program: Program, command: str, action: str, option: str) -> None:
    parser = Parser(command, command_named(command))
    value = () if any(option in each.option_strings and each.nargs == 0 for each in parser._actions) else ("x",)
    words = ("x",) * command_named(command).deeds[action].least
    before = program.file()
    title, hint = program.refused(2, command, action, *words, option, *value)
    assert title == f"{command} {action} takes no {option}"
    assert hint.startswith(f"it is for {command} ")
    assert program.file() == before


def test_every_option_of_an_action_names_actions_that_there_are() -> None:
    for command, _, option in strange_options():
        parser = Parser(command, command_named(command))
        assert set(parser.deeds_of[option]) <= set(parser.command.deeds)
