"""Blocks of `console` in the documentation: a command behind `$ `, and below it what it prints.

A page's commands run one after the other in an empty home. Comments say when and how: `<!-- now INSTANT -->` sets the
clock from there on, `<!-- exit CODE -->` says how the commands of the next block end. Ids differ from run to run: the
page's are matched with the real ones. A line with `…` alone stands for any lines.

`python -m tests.docs.console PAGE …` runs pages and writes what the commands print into them.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.support import clean_environment

_ID = re.compile(r"\b(?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{6}\b")
"""The end of an id as the documentation writes it; never a number alone."""
_REAL_ID = "([0-9a-f]{6})"
_ANY_LINES = "…"


@dataclass
class Step:
    """A command in a page, with what the page says it prints."""

    line: int
    """Where the command stands, counted from 1."""
    command: str
    expected: list[str]
    now: str
    exit_code: int


def steps(page: Path) -> list[Step]:
    """The commands of a page, in order."""
    found: list[Step] = []
    now, exit_code, inside = "", 0, False
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        if mark := re.fullmatch(r"<!-- now (\S+) -->", line):
            now = mark[1]
        elif mark := re.fullmatch(r"<!-- exit (\d+) -->", line):
            exit_code = int(mark[1])
        elif line == "```console":
            inside = True
        elif line == "```":
            if inside:
                exit_code = 0
            inside = False
        elif inside and line.startswith("$ "):
            assert now, f"{page}:{number}: no <!-- now INSTANT --> stands before it"
            found.append(Step(line=number, command=line[2:], expected=[], now=now, exit_code=exit_code))
        elif inside and line.startswith("> ") and not found[-1].expected:
            found[-1].command += f"\n{line[2:]}"
        elif inside:
            found[-1].expected.append(line)
    return found


class Reader:
    """Runs a page's commands in a home of its own, knowing which real id a page's id stands for."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._ids: dict[str, str] = {}

    def run(self, step: Step) -> list[str]:
        """What a command prints, warnings and errors included; its exit code must be the page's."""
        environment = clean_environment(self.home) | {
            "LEARNHABIT_NOW": step.now,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONUTF8": "1",
        }
        # Without a zone the frozen moment's offset holds for every other time too.
        del environment["TZ"]
        command = _ID.sub(lambda match: self._ids.get(match[0], match[0]), step.command)
        done = subprocess.run(
            ["sh", "-c", command],
            env=environment,
            cwd=self.home,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=60,
            check=False,
        )
        printed = done.stdout.decode()
        assert done.returncode == step.exit_code, f"line {step.line}: exit {done.returncode}: {printed}"
        return printed.splitlines()

    def learn(self, step: Step, printed: list[str]) -> bool:
        """Whether a command printed what the page says; the ids in it are remembered."""
        pattern, names = "", list[str]()
        for line in step.expected:
            if line == _ANY_LINES:
                pattern += r"(?:.*\n)*?"
                continue
            parts = _ID.split(line)
            names += _ID.findall(line)
            pattern += _REAL_ID.join(re.escape(part) for part in parts) + r"\n"
        match = re.fullmatch(pattern, "".join(f"{line}\n" for line in printed))
        if match is None:
            return False
        return all(self._ids.setdefault(name, real) == real for name, real in zip(names, match.groups(), strict=True))

    def with_page_ids(self, line: str, page: str) -> str:
        """A line that was printed, with the page's id for each real one; a new one gets a new id."""

        def told(match: re.Match[str]) -> str:
            real = match[2]
            name = next((name for name, each in self._ids.items() if each == real), "")
            number = len(self._ids)
            while not name:
                made = hashlib.sha256(f"{page} {number}".encode()).hexdigest()[:6]
                name = made if _ID.fullmatch(made) and made not in self._ids else ""
                number += 1
            self._ids[name] = real
            return match[1] + name

        return re.sub(r"(^ {0,2}(?=\S+  )|\bid |^Deleted |\s(?=\w+$))([0-9a-f]{6})\b", told, line)


def write(page: Path) -> None:
    """Run a page and write into it what its commands print; ids that it shows already stay."""
    with tempfile.TemporaryDirectory() as home:
        reader = Reader(Path(home))
        lines = page.read_text(encoding="utf-8").splitlines()
        shift = 0
        for step in steps(page):
            printed = reader.run(step)
            if reader.learn(step, printed):
                continue
            told = [reader.with_page_ids(line, page.name) for line in printed]
            begin = step.line + shift + step.command.count("\n")
            lines[begin : begin + len(step.expected)] = told
            shift += len(told) - len(step.expected)
        page.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        write(Path(argument))
