"""The real program under test: in this process (fast) or in one of its own, at a moment and in a zone of choice."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from learnhabit.cli import main
from tests.support import clean_environment

NOW = "2026-11-23T20:40:00+01:00"
"""A Monday evening of ISO week 48, the moment at which most tests stand."""
TIME_LIMIT = 60
"""Seconds after which a process counts as hanging."""


@dataclass(frozen=True)
class Answer:
    """What a call printed, byte for byte, and its exit code."""

    code: int
    stdout: bytes
    stderr: bytes

    @property
    def out(self) -> str:
        return self.stdout.decode()

    @property
    def err(self) -> str:
        return self.stderr.decode()

    @property
    def json(self) -> Any:
        """Standard output as the one JSON document it must be."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Program:
    """learnhabit with a data folder, a frozen moment and, if given, a zone."""

    home: Path
    now: str = NOW
    zone: str | None = None

    def at(self, now: str, zone: str | None = None) -> Program:
        """The same data at another moment, and perhaps elsewhere."""
        return replace(self, now=now, zone=zone or self.zone)

    def environment(self, **more: str) -> dict[str, str]:
        """What a process of its own is started with."""
        kept = clean_environment(self.home.parent)
        del kept["TZ"]
        kept |= {"LEARNHABIT_HOME": str(self.home), "PYTHONIOENCODING": "utf-8"}
        if self.now:
            kept["LEARNHABIT_NOW"] = self.now
        if self.zone:
            kept["TZ"] = self.zone
        return kept | more

    def __call__(self, *arguments: str) -> Answer:
        """Run a command line in this process."""
        with surroundings(self.environment()):
            return captured(arguments)

    def spawn(self, *arguments: str | bytes, environment: Mapping[str, str] | None = None, text: bytes = b"") -> Answer:
        """Run a command line in a process of its own; bytes are arguments that need not be UTF-8."""
        done = subprocess.run(
            [sys.executable, "-m", "learnhabit", *arguments],
            env=self.environment(**(environment or {})),
            input=text,
            capture_output=True,
            timeout=TIME_LIMIT,
            check=False,
        )
        return Answer(done.returncode, done.stdout, done.stderr)

    def ok(self, *arguments: str) -> Answer:
        """Run a command line that must work."""
        answer = self(*arguments)
        assert answer.code == 0, (arguments, answer)
        return answer

    def json(self, *arguments: str) -> Any:
        """What a command prints as JSON; it must work, and print nothing else."""
        return self.ok(*arguments, "--json").json

    def refused(self, code: int, *arguments: str) -> tuple[str, str]:
        """(title, hint) of a command line that must be refused with an exit code, in both forms, saying the same."""
        plain = self(*arguments)
        assert plain.code == code, (arguments, plain)
        assert plain.stdout == b"", (arguments, plain)
        # Not at the end: an option that lacks its value would take it.
        machine = self(arguments[0], "--json", *arguments[1:])
        assert machine.code == code, (arguments, machine)
        assert machine.stderr == plain.stderr, (plain, machine)
        error = machine.json
        assert error.keys() == {"error"} and error["error"].keys() == {"title", "hint"}, error
        title, hint = error["error"]["title"], error["error"]["hint"]
        assert title and hint, error
        assert plain.err == f"learnhabit: {title}: {hint}\n", plain
        return title, hint

    def file(self) -> bytes:
        """The database, byte for byte."""
        return (self.home / "learnhabit.db").read_bytes()

    def sessions(self) -> list[dict[str, Any]]:
        """Every session, newest first."""
        found: list[dict[str, Any]] = self.json("sessions")
        return found


@contextmanager
def surroundings(environment: Mapping[str, str]) -> Iterator[None]:
    """This process's environment and zone, for a while."""
    before = dict(os.environ)
    try:
        os.environ.clear()
        os.environ.update(environment)
        time.tzset()
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
        time.tzset()


def captured(arguments: tuple[str, ...]) -> Answer:
    """Run the command line in this process with streams like a pipe's."""
    streams = sys.stdin, sys.stdout, sys.stderr
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n") for _ in range(2))
    sys.stdin, sys.stdout, sys.stderr = io.StringIO(), out, err
    try:
        code = main(arguments)
    except SystemExit as end:
        # argparse leaves this way after --help.
        code = int(end.code or 0)
    finally:
        sys.stdin, sys.stdout, sys.stderr = streams
    pages = []
    for stream in (out, err):
        stream.flush()
        buffer = stream.buffer
        assert isinstance(buffer, io.BytesIO)
        pages.append(buffer.getvalue())
    return Answer(code, *pages)
