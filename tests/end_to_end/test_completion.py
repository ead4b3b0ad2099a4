"""Completion in real shells: what a tab offers, and that nothing a person wrote is ever run by it."""

from __future__ import annotations

import os
import shlex
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from learnhabit.cli import GROUPS, command_named
from learnhabit.cli.parser import Parser
from learnhabit.cli.shells import tree
from learnhabit.storage.connection import SCHEMA_VERSION
from tests.end_to_end.program import TIME_LIMIT, Program
from tests.end_to_end.terminal import Terminal
from tests.support import need

SHELLS = ("bash", "zsh", "fish")
HOSTILE = """$(touch pwned) `touch pwned` ;touch pwned& "q" it's \\ !x *"""
UNSHOWN = "zz\x1b]0;x\x07shown"


@pytest.fixture(scope="module")
def studied(made_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A data folder with a topic that would like to be run, and something of each kind."""
    home = tmp_path_factory.mktemp("completion") / "home"
    shutil.copytree(made_home, home)
    program = Program(home)
    program.ok("topic", "add", HOSTILE)
    program.ok("topic", "add", UNSHOWN)
    program.ok("topic", "add", "Rust for machine learning", "--alias", "rust")
    program.ok("topic", "archive", "evaluation")
    program.ok("log", "45m", "rag", "a note\twith\nlines")
    program.ok("resolve", "40 hours of rag by June")
    program.ok("remind", "add", "weekdays 19:30")
    program.ok("recall", "add", "rag", "Why?", "Because.")
    program.ok("time-off", "2026-12-24")
    return program


def words(program: Program, kind: str, typed: str = "", *line: str) -> list[str]:
    """What the scripts are told, without what each word is."""
    return [
        each.split("\t")[0] for each in program.ok("completion", "--words", kind, "--", typed, *line).out.splitlines()
    ]


def test_each_kind_has_its_words(studied: Program) -> None:
    session, resolution = studied.ok("sessions", "--json").json[0], studied.ok("resolution", "list", "--json").json[0]
    assert words(studied, "sessions") == ["last", session["id"][-6:]]
    assert words(studied, "resolutions") == ["last", resolution["id"][-6:]]
    for kind in ("cards", "reminders", "time-off"):
        last, tail = words(studied, kind)
        assert last == "last" and len(tail) == 6
    assert words(studied, "archived") == ["llm-evaluation"]
    assert words(studied, "resources", "lora-") == ["lora-low-rank-adaptation-of-large"]
    assert words(studied, "nothing of the kind") == []
    assert studied.ok("backup", "now", "--json").json["id"] in words(studied, "backups")
    (line,) = studied.ok("completion", "--words", "sessions", "--", session["id"][-6:]).out.splitlines()
    assert line.endswith("\t2026-11-23 Retrieval-augmented generation a note with lines")


def test_topics_are_offered_by_id_then_alias_then_title(studied: Program) -> None:
    everything = words(studied, "topics")
    assert "rust-for-machine-learning" in everything and "rust" not in everything and "llm-evaluation" not in everything
    assert set(words(studied, "topics", "ru")) == {"rust", "rust-for-machine-learning"}
    assert words(studied, "topics", "Rus") == ["Rust for machine learning"]
    for typed in ("$(to", "'$(to", '"$(to', r"\$\(to", r"\$\(touch\ pw"):
        assert words(studied, "topics", typed) == [HOSTILE], typed
    # Its id is offered; its title would be keys.
    ids = [each for each in words(studied, "topics") if each.startswith("zz")]
    assert len(ids) == 1 and words(studied, "topics", "zz") == ids


def test_the_folder_on_the_line_is_looked_into(studied: Program, tmp_path: Path) -> None:
    elsewhere = Program(tmp_path / "a b" / "never")
    folder = str(studied.home)
    named = [
        ["--data-dir", folder],
        [f"--data-dir={folder}"],
        ["--data-dir", "=", folder],
        ["--data-dir", f"'{folder}'"],
    ]
    for line in named:
        assert words(elsewhere, "topics", "rust", *line, "start") == ["rust-for-machine-learning", "rust"]
    assert words(studied, "topics", "rust", "--data-dir", str(elsewhere.home)) == []
    assert not (tmp_path / "a b").exists()


def unreadable(home: Path) -> None:
    (home / "learnhabit.db").write_bytes(b"no database " * 100)


def damaged(home: Path) -> None:
    content = bytearray((home / "learnhabit.db").read_bytes())
    content[100:] = b"\xff" * (len(content) - 100)
    (home / "learnhabit.db").write_bytes(content)


def older(home: Path) -> None:
    with sqlite3.connect(home / "learnhabit.db") as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION - 1}")
    connection.close()


def a_pipe(home: Path) -> None:
    (home / "learnhabit.db").unlink()
    os.mkfifo(home / "learnhabit.db")


@pytest.mark.parametrize("spoil", [shutil.rmtree, unreadable, damaged, older, a_pipe], ids=lambda each: each.__name__)
def test_what_cannot_be_read_offers_nothing_and_stays_as_it_is(program: Program, spoil: Callable[[Path], None]) -> None:
    spoil(program.home)
    before = {path: path.read_bytes() for path in program.home.rglob("*") if path.is_file()}
    for kind in ("topics", "sessions"):
        answer = program("completion", "--words", kind, "--", "")
        assert (answer.code, answer.out, answer.err) == (0, "", "")
    assert before == {path: path.read_bytes() for path in program.home.rglob("*") if path.is_file()}
    assert program.home.exists() == (spoil is not shutil.rmtree)


def test_a_writer_keeps_nobody_waiting(program: Program) -> None:
    program.ok("status")
    connection = sqlite3.connect(program.home / "learnhabit.db")
    try:
        connection.execute("BEGIN EXCLUSIVE")
        assert words(program, "topics") == []
    finally:
        connection.close()


def test_the_tree_holds_every_command_deed_and_option() -> None:
    commands = tree()._subparsers._group_actions[0].choices  # type: ignore[union-attr]
    assert list(commands or ()) == [name for names in GROUPS.values() for name in names]
    for name, parser in dict(commands or {}).items():
        wanted = {option for action in Parser(name, command_named(name))._actions for option in action.option_strings}
        assert wanted <= set(parser._option_string_actions), name
        if command_named(name).deeds:
            (deeds,) = parser._subparsers._group_actions
            assert list(deeds.choices or ()) == list(command_named(name).deeds), name


@pytest.fixture
def place(studied: Program, tmp_path: Path) -> Path:
    """An empty folder to stand in, with a script for each shell and whatever the shell reads first."""
    for shell in SHELLS:
        (tmp_path / f"learnhabit.{shell}").write_text(studied.ok("completion", shell).out)
    (tmp_path / ".zshrc").write_text(
        "setopt nounset; autoload -Uz compinit; compinit -D -u; PS1='READY> '; source $ZDOTDIR/learnhabit.zsh\n"
    )
    (tmp_path / "bashrc").write_text(f"set -u; PS1='READY> '; source {tmp_path}/learnhabit.bash\n")
    (tmp_path / "fishrc").write_text(
        f"function fish_prompt; echo -n 'READY> '; end\nsource {tmp_path}/learnhabit.fish\n"
    )
    return tmp_path


def environment(studied: Program, place: Path) -> dict[str, str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    more = {
        "PATH": path,
        "HOME": str(place),
        "ZDOTDIR": str(place),
        "HISTFILE": str(place / "history"),
        "LANG": "C.UTF-8",
    }
    return studied.environment(**more)


def offered(shell: str, studied: Program, place: Path, lines: list[str]) -> dict[str, list[str]]:
    """What bash or fish offers at the end of each line, one process for all."""
    if shell == "fish":
        asked = "\n".join(f"echo '\x01'; complete -C {shlex.quote(line)}" for line in lines)
        command = ["fish", "--no-config", "-c", f"source learnhabit.fish\n{asked}"]
    else:
        asks = []
        for line in lines:
            # As readline splits it: nothing in these lines but blanks parts words.
            parts = [*line.split(" ")]
            array = " ".join(shlex.quote(each) for each in parts)
            asks.append(
                f"echo $'\\x01'; COMP_WORDS=({array}); COMP_CWORD={len(parts) - 1}; _shtab_learnhabit;"
                ' printf "%s\\n" ${COMPREPLY[@]+"${COMPREPLY[@]}"}'
            )
        command = ["bash", "--norc", "--noprofile", "-c", "set -u; source ./learnhabit.bash\n" + "\n".join(asks)]
    done = subprocess.run(
        command,
        cwd=place,
        env=environment(studied, place),
        capture_output=True,
        text=True,
        timeout=TIME_LIMIT,
        check=False,
    )
    assert done.stderr == "", done.stderr
    answers = done.stdout.split("\x01\n")[1:]
    return {
        line: [each.split("\t")[0] for each in answer.splitlines() if each]
        for line, answer in zip(lines, answers, strict=True)
    }


@pytest.mark.parametrize("shell", ["bash", "fish"])
def test_what_a_shell_offers(shell: str, studied: Program, place: Path) -> None:
    need(shell, shell)
    program = Path(sys.executable).parent / "learnhabit"
    expected = {
        "learnhabit lo": ["log", "look-back"],
        "learnhabit start rust": ["rust-for-machine-learning", "rust"],
        f"{program} log 45m rust": ["rust-for-machine-learning", "rust"],
        "learnhabit log --note x 45m rust-": ["rust-for-machine-learning"],
        "learnhabit resolution let": ["let-go"],
        "learnhabit resolution show la": ["last"],
        "learnhabit remind add --if be": ["behind"],
        "learnhabit summary --format h": ["html"],
        "learnhabit summary --share f": ["friends", "full"],
        "learnhabit settings week_start s": ["saturday", "sunday"],
        "learnhabit topic restore ": ["llm-evaluation"],
        "learnhabit move la": ["last"],
        "learnhabit week l": ["last"],
        "learnhabit resource move lora-low-rank-adaptation-of-large d": ["down"],
        "learnhabit completion z": ["zsh"],
        f"learnhabit --data-dir {place}/none start r": [],
        "learnhabit sessions --topic rust-": ["rust-for-machine-learning"],
    }
    found = offered(shell, studied, place, list(expected))
    assert {line: sorted(each) for line, each in found.items()} == {
        line: sorted(each) for line, each in expected.items()
    }
    assert not (place / "none").exists()


def test_bash_keeps_a_word_inside_the_quotes_that_were_begun(studied: Program, place: Path) -> None:
    need("bash", "bash")
    # Within double quotes a dollar sign would be run, so such a title is not offered there at all.
    expected = {
        "learnhabit start 'Rus": ["Rust for machine learning"],
        'learnhabit start "Rus': ["Rust for machine learning"],
        "learnhabit start Rus": [r"Rust\ for\ machine\ learning"],
        'learnhabit start "$(to': [],
        "learnhabit start '$(to": [],
    }
    assert offered("bash", studied, place, list(expected)) == expected


BEGUN = {
    "bash": ["bash", "--noprofile", "--rcfile", "{place}/bashrc", "-i"],
    "zsh": ["zsh", "-i"],
    "fish": ["fish", "--no-config", "-C", "source {place}/fishrc", "-i"],
}


@pytest.mark.parametrize("shell", SHELLS)
def test_a_tab_puts_a_hostile_topic_on_the_line_and_nothing_of_it_runs(
    shell: str, studied: Program, place: Path, tmp_path: Path
) -> None:
    need(shell, shell)
    home = tmp_path / "home"
    shutil.copytree(studied.home, home)
    own = Program(home)
    command = [each.format(place=place) for each in BEGUN[shell]]
    with Terminal(["env", "-C", str(place), *command], environment(own, place), columns=200) as terminal:
        terminal.wait("READY>")
        terminal.keys("learnhabit resolution let", "tab")
        terminal.wait("learnhabit resolution let-go")
        terminal.keys("^u", r"learnhabit start \$\(to", "tab")
        terminal.wait(lambda: "pwned" in terminal.text and "!x" in terminal.text)
        terminal.keys("enter")
        terminal.wait("Started $(touch pwned)")
    assert own.ok("status", "--json").json["timer"]["topic"].startswith("touch-pwned")
    assert not list(place.rglob("pwned"))
