"""A terminal that a program runs in: keys go in, an emulated screen comes out, and its state is seen afterwards."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType

import pyte

PATIENCE = 30.0
"""Seconds to wait for something to appear on the screen. Only a failing test waits so long."""

QUIET = 0.03
"""Seconds without output after which a picture counts as drawn."""

_QUERY = re.compile(
    rb"\x1b\[\?([0-9]+)\$p|\x1b\[(>?)c|\x1b\[(6)n|\x1b\[(1[468])t|\x1b\](1[01]);\?(?:\x07|\x1b\\)|\x1b\[\?u"
)
_UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<=>][0-9;]*[A-Za-z]|\x1b\[\?[0-9;]*\$p|\x1b\[\?[0-9]*u|\x1b\[[0-9;]*t")
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-9;<=>?$]*|\][^\x07\x1b]{0,200})?\Z")
_MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")

KEYS = {"enter": "\r", "esc": "\x1b", "tab": "\t", "backspace": "\x7f", "up": "\x1b[A", "down": "\x1b[B"}


class Terminal:
    """A program in a pseudo-terminal of its own; a context manager that ends it."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], columns: int = 80, lines: int = 24
    ) -> None:
        self.columns, self.lines = columns, lines
        self.modes: dict[int, bool] = {}
        """DEC private modes that were set (True) or reset, such as 1049, the alternate screen."""
        self.written = b""
        """Everything the program wrote."""
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self._rest = b""
        self._master, self._slave = pty.openpty()
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.before = termios.tcgetattr(self._slave)
        slave = self._slave
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**environment, "TERM": "xterm-256color", "COLORTERM": "truecolor"},
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(slave, termios.TIOCSCTTY, 0),
        )

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            print("\n".join(self.rows()))
        if self.process.poll() is None:
            os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()
        for end in (self._master, self._slave):
            if end >= 0:
                os.close(end)

    def rows(self) -> list[str]:
        """What the screen shows."""
        # Not `Screen.display`: it stumbles over what is left of a wide character that was half overwritten.
        cells = self._screen.buffer
        return ["".join(cells[y][x].data for x in range(self.columns)).rstrip() for y in range(self.lines)]

    @property
    def text(self) -> str:
        """What the screen shows, in one string."""
        return "\n".join(self.rows())

    @property
    def after(self) -> list[object]:
        """The terminal's settings as they are now."""
        return termios.tcgetattr(self._slave)

    def keys(self, *keys: str) -> None:
        """Press keys: a name of `KEYS`, `^x` for a control key, or text to type."""
        for key in keys:
            control = len(key) == 2 and key[0] == "^"
            os.write(self._master, bytes([ord(key[1]) & 0x1F]) if control else KEYS.get(key, key).encode())
            if key == "esc":
                # Alone it is a key; with something right behind it the beginning of another one.
                self.settle(0.15)

    def wait(self, condition: str | Callable[[], object], seconds: float = PATIENCE) -> None:
        """Wait until a text is on the screen or a condition holds; AssertionError with the screen when it never is."""
        holds = (lambda: condition in self.text) if isinstance(condition, str) else condition
        until = time.monotonic() + seconds
        # Read on after it holds: half of a picture is none.
        while not holds() or self._read(QUIET):
            left = until - time.monotonic()
            if left <= 0 or not (self._read(min(left, 0.2)) or self.process.poll() is None or holds()):
                raise AssertionError(f"never seen: {condition}\n{self.text}\nexit code {self.process.poll()}")

    def wait_gone(self, text: str) -> None:
        """Wait until a text has left the screen."""
        self.wait(lambda: text not in self.text)

    def settle(self, quiet: float) -> None:
        """Wait until nothing has been written for a while, in seconds."""
        until = time.monotonic() + 10 * quiet
        while self._read(quiet) and time.monotonic() < until:
            pass

    def end(self, seconds: float = PATIENCE) -> int:
        """Wait for the program's end; its exit code, negative for a signal."""
        until = time.monotonic() + seconds
        while self.process.poll() is None:
            if time.monotonic() > until:
                raise AssertionError(f"it does not end\n{self.text}")
            self._read(0.1)
        while self._read(0.05):
            pass
        return self.process.returncode

    def hang_up(self) -> None:
        """Close the terminal, as a window that is shut."""
        os.close(self._slave)
        os.close(self._master)
        self._master = self._slave = -1

    def _read(self, seconds: float) -> bool:
        """Take in what was written, if anything was; whether it was."""
        if self._master < 0 or not select.select([self._master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:
            return False
        self.written += data
        data = self._rest + data
        unfinished = _UNFINISHED.search(data)
        self._rest = unfinished[0] if unfinished else b""
        data = data[: len(data) - len(self._rest)]
        for match in _MODE.finditer(data):
            for mode in match[1].split(b";"):
                self.modes[int(mode)] = match[2] == b"h"
        for match in _QUERY.finditer(data):
            self._answer(match)
        self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", data))
        return True

    def _answer(self, query: re.Match[bytes]) -> None:
        """Answer as a plain xterm would."""
        mode, device, cursor, _, colour = query.groups()
        answer = b""
        if mode is not None:
            answer = b"\x1b[?%s;0$y" % mode
        elif device is not None:
            answer = b"\x1b[>41;354;0c" if device else b"\x1b[?62;22c"
        elif cursor is not None:
            answer = b"\x1b[%d;%dR" % (self._screen.cursor.y + 1, self._screen.cursor.x + 1)
        elif colour is not None:
            answer = b"\x1b]%s;rgb:1e1e/1e1e/1e1e\x1b\\" % colour
        if answer:
            os.write(self._master, answer)
