"""A terminal that notes when each piece of output came, and works out afterwards when a text stood on the screen.

While a program is measured nothing is emulated: pieces are only stamped as they are read, and the terminal's questions
answered. The emulator replays them later, when its time no longer counts.
"""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import NamedTuple

import pyte

from tests.benchmarks.timing import BenchmarkError

COLUMNS, LINES = 120, 36
QUIET = 0.1
"""Seconds without output after which a key's work counts as done."""
FRAME = 4.0
"""Milliseconds between two pieces of one frame, at most."""
PATIENCE = 3.0
"""Seconds to wait for a key's first change."""
LIMIT = 20.0
"""Seconds to wait for a program's first screen."""

_QUESTION = re.compile(rb"\x1b\[\?(\d+)\$p|\x1b\[(>?)0?c|\x1b\[(6)n|\x1b\[(\?)u|\x1b\](1[01]);\?(?:\x07|\x1b\\)")
_KNOWN_MODES = {b"2026": b"2"}
"""Synchronized output is known and off, as in today's terminals; every other mode is unknown."""
_NOT_FOR_PYTE = re.compile(rb"\x1b\[[<=>][0-9;]*[A-Za-z]|\x1b\[\?[0-9;]*\$p|\x1b\[\?[0-9]*u|\x1b\[[0-9;]*t")
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-9;<=>?$]*|\][^\x07\x1b]{0,200})?\Z")


class Piece(NamedTuple):
    """What one `read()` brought, and when (`perf_counter` seconds)."""

    at: float
    data: bytes


class Paint(NamedTuple):
    """How long after a key the screen's text changed, in milliseconds."""

    first: float
    """Until the first frame with a change stood there whole."""
    whole: float
    """Until nothing changed any more: what is read in a thread, or laid out beside, comes later."""


class Terminal:
    """A program in a pseudo-terminal; a context manager that kills it."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._screen = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.ByteStream(self._screen)
        self._rest = b""
        self._asked = b""
        self.begun = time.perf_counter()
        self.pid, self._master = os.forkpty()
        if self.pid == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
                os.execve(command[0], list(command), dict(environment))
            finally:
                os._exit(127)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._master)

    @property
    def rows(self) -> list[str]:
        """What stands on the screen, as far as it was replayed."""
        # Not `Screen.display`: it stumbles over what is left of a wide character that was half overwritten.
        screen = self._screen
        lines = (screen.buffer[y] for y in range(screen.lines))
        return ["".join(line[x].data for x in range(screen.columns)).rstrip() for line in lines]

    @property
    def text(self) -> str:
        return "\n".join(self.rows)

    def seen(self, texts: Sequence[str], quiet: float = 0.25) -> float:
        """Milliseconds from the program's start until all texts stood on the screen together."""
        found: float | None = None
        until = time.perf_counter() + LIMIT
        while found is None:
            if time.perf_counter() > until:
                raise BenchmarkError(f"never seen: {', '.join(texts)}\n{self.text}")
            for piece in self._read(quiet):
                self._feed(piece.data)
                if found is None and all(text in self.text for text in texts):
                    found = piece.at
        return (found - self.begun) * 1000

    def press(self, keys: bytes) -> Paint:
        """Write keys, and say when the screen's text had changed."""
        self.settle()
        before, changes = self.text, list[float]()
        begun = time.perf_counter()
        os.write(self._master, keys)
        # On a machine that is busy the first change may come late; what follows it comes soon.
        while not changes and time.perf_counter() < begun + PATIENCE:
            for piece in self._read(QUIET):
                self._feed(piece.data)
                after = self.text
                if after != before:
                    before = after
                    changes.append((piece.at - begun) * 1000)
        if not changes:
            raise BenchmarkError(f"{keys!r} changed nothing on the screen\n{self.text}")
        first = changes[0]
        for change in changes:
            first = change if change - first < FRAME else first
        return Paint(first, changes[-1])

    def send(self, keys: bytes, quiet: float = QUIET) -> None:
        """Write keys whose time does not count, and wait until their work is done."""
        os.write(self._master, keys)
        for piece in self._read(quiet):
            self._feed(piece.data)

    def settle(self, quiet: float = 0.0) -> None:
        """Take in what is still to be read."""
        for piece in self._read(quiet):
            self._feed(piece.data)

    def rest(self, seconds: float) -> None:
        """Let the program be for a while, reading what it writes."""
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            for piece in self._read(min(left, 0.2), until):
                self._feed(piece.data)

    def _read(self, quiet: float, until: float | None = None) -> list[Piece]:
        """Stamp and collect output until there is none for `quiet` seconds; the terminal's questions are answered."""
        pieces: list[Piece] = []
        until = time.perf_counter() + LIMIT if until is None else until
        while time.perf_counter() < until and select.select([self._master], [], [], quiet)[0]:
            try:
                data = os.read(self._master, 1 << 16)
            except OSError:
                data = b""
            if not data:
                self._feed(b"".join(piece.data for piece in pieces))
                raise BenchmarkError(f"the program has ended\n{self.text}")
            pieces.append(Piece(time.perf_counter(), data))
            self._answer(data)
        return pieces

    def _answer(self, data: bytes) -> None:
        data = self._asked + data
        unfinished = _UNFINISHED.search(data)
        self._asked = unfinished[0] if unfinished else b""
        for match in _QUESTION.finditer(data):
            mode, device, cursor, kitty, colour = match.groups()
            if mode is not None:
                answer = b"\x1b[?%s;%s$y" % (mode, _KNOWN_MODES.get(mode, b"0"))
            elif device is not None:
                answer = b"\x1b[>41;354;0c" if device else b"\x1b[?62;22c"
            elif cursor is not None:
                answer = b"\x1b[1;1R"
            elif kitty is not None:
                answer = b"\x1b[?0u"
            else:
                answer = b"\x1b]%s;rgb:1e1e/1e1e/1e1e\x1b\\" % colour
            os.write(self._master, answer)

    def _feed(self, data: bytes) -> None:
        data = self._rest + data
        unfinished = _UNFINISHED.search(data)
        self._rest = unfinished[0] if unfinished else b""
        self._stream.feed(_NOT_FOR_PYTE.sub(b"", data[: len(data) - len(self._rest)]))


def resident_mib(pid: int) -> float:
    """Memory of a process that is in RAM, in MiB."""
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS:")) / 1024


def cpu_seconds(pid: int) -> float:
    """Processor time that a process has used."""
    with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
