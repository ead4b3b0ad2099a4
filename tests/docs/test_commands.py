"""The reference of commands against the program: nothing missing, nothing invented."""

from __future__ import annotations

import argparse
import io
import json
import re
import shlex
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from learnhabit.cli import GROUPS, command_named, main
from learnhabit.cli.parser import Parser
from tests.docs.console import steps
from tests.docs.pages import DOCS, Section, examples, name_of, pages, prose, sections, spans

PAGE = DOCS / "reference" / "commands.md"
NAMES = [name for group in GROUPS.values() for name in group]
GENERAL = {"--json", "--data-dir FOLDER", "--help"}
NOW = "2026-03-02T20:00:00+01:00"

Run = Callable[..., tuple[int, str, str]]


def parser_of(name: str) -> Parser:
    return Parser(name, command_named(name))


def shown(action: argparse.Action) -> str:
    """An option as the reference writes it: `--at WHEN`, `--trim [DURATION]`, `--keep`."""
    (name,) = [each for each in action.option_strings if each.startswith("--")]
    if action.nargs == 0:
        return name
    return f"{name} [{action.metavar}]" if action.nargs == "?" else f"{name} {action.metavar}"


def options_of(name: str) -> set[str]:
    return {shown(action) for action in parser_of(name)._actions}


def described() -> list[Section]:
    found = sections(PAGE)
    end = next(index for index, each in enumerate(found) if each.level == 1 and each.title == "JSON")
    return [each for each in found[:end] if each.level == 2 and each.title != "Exit codes and errors"]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call the program in this process, in a home of its own, at any moment."""
    monkeypatch.delenv("TZ")
    monkeypatch.setenv("LEARNHABIT_HOME", str(tmp_path / "home"))

    def call(*arguments: str, now: str = NOW) -> tuple[int, str, str]:
        monkeypatch.setenv("LEARNHABIT_NOW", now)
        out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
        with redirect_stdout(out), redirect_stderr(err):
            code = main(list(arguments))
        texts = []
        for stream in (out, err):
            stream.flush()
            texts.append(stream.detach().getvalue().decode())
        return code, texts[0], texts[1]

    return call


def test_every_command_has_a_heading_in_the_order_of_help() -> None:
    assert [each.title for each in described()] == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_usage_and_options_are_those_of_the_program(name: str) -> None:
    (section,) = [each for each in described() if each.title == name]
    usage = re.search(r"(?ms)^```text\n(.*?)\n```$", section.text)
    assert usage, "no usage"
    parser = parser_of(name)
    assert usage[1] == f"{parser.usage}\n\n{parser.deed_lines()}".strip()
    rows = [row for table in section.tables() if "option" in table[0] for row in table]
    documented = [option for row in rows for option in spans(row["option"])]
    assert len(documented) == len(set(documented))
    assert set(documented) == options_of(name) - GENERAL
    assert re.search(r"(?m)^JSON: ", section.text), "what it prints as JSON is not said"


def test_what_every_command_takes_is_documented() -> None:
    (first,) = [each for each in sections(PAGE) if each.title == "Commands"]
    documented = {option for table in first.tables() for row in table for option in spans(row["every command takes"])}
    assert documented - {"-h"} == GENERAL
    for name in NAMES:
        assert options_of(name) >= GENERAL


@pytest.mark.parametrize("row", examples(PAGE, "exit"), ids=lambda row: str(row["command"]))
def test_exit_codes(run: Run, row: dict[str, str]) -> None:
    (span,) = spans(row["command"])
    program, *arguments = shlex.split(span)
    assert program == "learnhabit"
    code, out, err = run(*arguments)
    assert (code, out) == (int(row["exit"]), "")
    assert re.fullmatch(r"learnhabit: .+: .+\n", err)
    if "--format" in arguments:
        return  # With --json there is no text to fill.
    error = json.loads(run(arguments[0], "--json", *arguments[1:])[1])["error"]
    assert err == f"learnhabit: {error['title']}: {error['hint']}\n"


def fields(title: str) -> set[str]:
    """The documented fields of an object."""
    found = sections(PAGE)
    begin = next(index for index, each in enumerate(found) if each.level == 1 and each.title == "JSON")
    (section,) = [each for each in found[begin:] if each.title == title]
    return {span for row in section.tables()[0] for span in spans(row["field"])}


def keys(value: dict[str, Any], nested: tuple[str, ...] = ()) -> set[str]:
    """The fields of an object; those in `nested` with the fields below them."""
    found = set()
    for name, each in value.items():
        found |= {f"{name}.{below}" for below in each} if name in nested else {name}
    return found


def test_json_has_the_documented_fields(run: Run) -> None:
    def printed(*arguments: str, now: str = NOW) -> Any:
        code, out, err = run(*arguments, "--json", now=now)
        assert code == 0, err
        return json.loads(out)

    session, timer = fields("Session"), fields("Timer")
    later = "2026-03-02T21:00:00+01:00"
    assert keys(printed("log", "45m", "rag")) == session
    assert keys(printed("edit", "last", "--note", "more")) == session
    assert keys(printed("move", "last", "yesterday")) == session
    assert [keys(each) for each in printed("sessions")] == [session]
    first, second = printed("split", "last", "19:30")
    assert keys(first) == keys(second) == session
    (merged,) = printed("merge", first["id"], second["id"])
    assert keys(merged) == session
    assert keys(printed("delete", "last")) == session
    assert printed("undo").keys() == {"undone"}
    assert printed("redo").keys() == {"redone"}

    status = printed("status")
    assert status["timer"] is None
    assert keys(status, ("today", "week", "run")) == fields("Status")
    assert keys(printed("start", "rag")) == timer
    assert keys(printed("status")["timer"]) == timer
    assert keys(printed("pause", now=later)) == timer
    assert keys(printed("resume", now=later)) == timer
    switched = printed("switch", "evaluation", now=later)
    assert switched.keys() == {"stopped", "timer"}
    assert (keys(switched["stopped"]), keys(switched["timer"])) == (session, timer)
    assert keys(printed("stop", now=later)) == session
    for command in (("cancel",), ("stop", "--discard")):
        printed("start", "rag")
        assert keys(printed(*command, now=later)) == timer

    topic = fields("Topic")
    assert all(keys(each) == topic for each in printed("topics"))
    whole = fields("Topic in full")
    assert keys(printed("topic", "add", "Rust")) == keys(printed("topic", "show", "rag")) == whole
    for action in ("follow", "unfollow", "archive", "restore"):
        assert keys(printed("topic", action, "rust")) == whole
    assert keys(printed("topic", "edit", "rust", "--why", "It is fast.")) == whole
    assert {name for step in printed("next") for name in step} == fields("Step")
    assert keys(printed("advice")) == fields("Advice")
    assert printed("share").keys() == {"text"}
    card = fields("Card")
    assert keys(printed("recall", "add", "rag", "Why?", "Because.")) == card
    assert [keys(each) for each in printed("recall")] == [card]
    assert keys(printed("recall", "show", "last")) == card
    assert keys(printed("recall", "review", "last", "good")) == card | {"next", "session"}
    for action in ("suspend", "resume", "delete"):
        assert keys(printed("recall", action, "last")) == card
    assert keys(printed("cadence")) == keys(printed("cadence", "4")) == fields("Cadence")
    assert keys(printed("time-off", "2026-12-24")) == fields("Time off")
    assert [keys(each) for each in printed("time-off", "list")] == [fields("Time off")]
    assert keys(printed("time-off", "remove", "last")) == fields("Time off")

    resolution, recurring = fields("Resolution") - {"period_progress", "period_target"}, fields("Resolution")
    assert keys(printed("resolve", "40 hours of rag by June")) == resolution
    assert keys(printed("resolution", "target", "last", "50")) == resolution
    assert keys(printed("resolve", "2 h a week of rag")) == recurring
    assert [keys(each) for each in printed("resolution", "list")] == [resolution, recurring]
    shown = {"cue", "aims", "let_go_on", "let_go_why", "reached_on", "why"}
    assert keys(printed("resolution", "show", "last")) == recurring | shown
    assert keys(printed("resolution", "edit", "last", "--cue", "after lunch")) == recurring
    assert keys(printed("resolution", "let-go", "last", "--why", "too much")) == recurring
    assert keys(printed("resolution", "delete", "last")) == recurring
    assert keys(printed("resolve", "write 6 posts by June")) == resolution
    assert keys(printed("resolution", "checkin", "last")) == resolution
    lora = "lora-low-rank-adaptation-of-large"
    assert keys(printed("resource", "done", lora)) == keys(printed("resource", "reopen", lora)) == fields("Resource")
    assert (
        keys(printed("resource", "add", "rag", "A survey"))
        == keys(printed("resource", "show", lora))
        == fields("Resource")
    )
    assert keys(printed("resource", "progress", lora, "40%")) == fields("Resource")
    assert keys(printed("resource", "edit", lora, "--minutes", "80")) == fields("Resource")
    assert all(keys(each) == fields("Resource") for each in printed("resource", "list", "rag"))
    assert all(keys(each) == fields("Resource") for each in printed("resource", "move", lora, "up"))
    assert keys(printed("review")) == keys(printed("review", "last", "--write", "Fine.")) == fields("Review")
    assert keys(printed("backup", "now")) == fields("Backup")
    assert all(keys(each) == fields("Backup") for each in printed("backup"))
    assert keys(printed("today")) == fields("Today")
    assert keys(printed("week")) == fields("Week") | fields("Review")
    assert printed("year", "2026") == printed("summary", "2026")


def test_settings_are_documented_with_their_usual_values(run: Run) -> None:
    documented = {spans(row["key"])[0]: row["usual"] for row in examples(PAGE, "settings")}
    found = json.loads(run("settings", "--json")[1])
    assert found.pop("folder")
    assert found == documented


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_every_command_that_is_mentioned_exists(page: Path) -> None:
    mentioned = [span for span in spans(prose(page)) if span.startswith("learnhabit ")]
    for step in steps(page):
        mentioned += re.findall(r"learnhabit [^|;&]*", step.command)
    # The examples of refusals name what does not exist.
    refused = {span for row in examples(PAGE, "exit") for span in spans(row["command"])}
    for text in mentioned:
        if text in refused:
            continue
        words = text.split()[1:]
        while words and words[0].startswith("--"):
            taken = words.pop(0)
            assert taken in ("--data-dir", "--version", "--help"), text
            if taken == "--data-dir":
                words.pop(0)
        if not words or words[0] in ("COMMAND", "help"):
            continue
        assert words[0] in NAMES, text
        known = {option.split()[0] for option in options_of(words[0])}
        assert {option for option in re.findall(r"(?<!\S)--[a-z-]+", text) if option != "--data-dir"} <= known, text


def test_the_reference_is_not_vacuous() -> None:
    assert len(NAMES) >= 21
    assert "--at WHEN" in options_of("log")
    assert "--trim [DURATION]" in options_of("stop")
