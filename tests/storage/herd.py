"""The test's side of `nursery.py`: children to kill, and herds of them that compete."""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.storage.support import ROOT, environment

TIME_LIMIT = 120
"""Seconds after which a child counts as hanging."""


class Nursery:
    """A running nursery; a context manager that ends it and wants no complaint on its stderr."""

    def __init__(self) -> None:
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed at the end of the context
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.storage.nursery"],
            cwd=ROOT,
            env=environment(Path(tempfile.gettempdir()) / "unused"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
        )
        assert self._process.stdin and self._process.stdout
        self._in, self._out = self._process.stdin, self._process.stdout
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._out, selectors.EVENT_READ)
        self._rest = b""
        self._lines: list[str] = []

    def __enter__(self) -> Nursery:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._in.close()
        try:
            self._process.wait(TIME_LIMIT)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._selector.close()
        self._out.close()
        self._complaints.seek(0)
        said = self._complaints.read().decode().splitlines()
        self._complaints.close()
        if error is None:
            # That sessions overlap is noted for each of them; lines of several children may come without their ends.
            complaints = [line for line in said if line and not line.startswith("learnhabit: note:")]
            assert complaints == [], complaints[:5]

    def kill_one(self, *job: str, after: int, delay: float) -> list[Any]:
        """Let a child do a job; kill -9 it once it has said `after` lines and `delay` seconds more have passed.

        Returns all that it said, from JSON.
        """
        self._send("one", *job)
        pid = int(self._wait_for("child")[0].split()[1])
        said: list[str] = []
        deadline = time.monotonic() + TIME_LIMIT
        while len(said) < after and self._read(deadline):
            said += self._take()
        self._read(time.monotonic() + delay)
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # It had done its job.
        said += self._wait_for("gone")
        return [json.loads(line) for line in said if line != "gone"]

    def run_many(self, number: int, *job: str) -> tuple[list[int], list[Any]]:
        """Let many children do a job at the same moment; their exit codes, and all that they said."""
        self._send("many", str(number), *job)
        *said, end = self._wait_for("ended")
        return json.loads(end.removeprefix("ended ")), [json.loads(line) for line in said]

    def _send(self, *words: str) -> None:
        self._in.write(json.dumps(words).encode() + b"\n")
        self._in.flush()

    def _wait_for(self, word: str) -> list[str]:
        """Lines up to the one that begins with a word."""
        found: list[str] = []
        deadline = time.monotonic() + TIME_LIMIT
        while True:
            for line in self._take(until=word):
                found.append(line)
                if line.startswith(word):
                    return found
            assert self._read(deadline), f"no “{word}” within {TIME_LIMIT} s, but {found[-3:]}"

    def _read(self, deadline: float) -> bool:
        """Take in what the children say, waiting up to a moment; False when nothing came."""
        if self._lines or not self._selector.select(max(0.0, deadline - time.monotonic())):
            return bool(self._lines)
        chunk = os.read(self._out.fileno(), 1 << 16)
        assert chunk, "the nursery has died"
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        self._lines += [line.decode() for line in lines]
        return True

    def _take(self, until: str = "") -> list[str]:
        """The lines that were taken in, up to one that begins with a word."""
        for index, line in enumerate(self._lines):
            if until and line.startswith(until):
                taken, self._lines = self._lines[: index + 1], self._lines[index + 1 :]
                return taken
        taken, self._lines = self._lines, []
        return taken
