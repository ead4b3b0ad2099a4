"""The app and its bare peers, started in a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from tests.benchmarks.bench import EVENING, Bench
from tests.benchmarks.terminal import Terminal
from tests.benchmarks.timing import duration_of

BARE = Path(__file__).resolve().parent / "bare"
TODAY = ("WEEK 48", "RESOLUTIONS", "so far")
"""On the screen once Today shows the data, from top to bottom."""
LABEL, MODE, CARD = ("bare label 0",), ("first mode",), ("bare card 0",)
"""The same for the bare apps."""
SETTLE = 1.5
"""Seconds until an app that was started has made itself ready."""
ESCAPE = 0.3
"""Seconds to wait after escape, which Textual takes for the beginning of a sequence for a while."""

DOWN, UP, PAGE_DOWN, END, HOME, ESC = b"\x1b[B", b"\x1b[A", b"\x1b[6~", b"\x1b[F", b"\x1b[H", b"\x1b"


def app(bench: Bench, home: Path, now: str | None = EVENING) -> Terminal:
    """The installed app on a data folder; without a moment its clock runs."""
    return Terminal([bench.learnhabit], bench.environment(home, now))


def quiet(bench: Bench, home: Path, now: str | None = EVENING) -> Path:
    """A data folder in which the app has nothing to do by itself: its backup of the half hour is made."""
    duration_of([bench.learnhabit, "backup", "now"], bench.environment(home, now), bench.log)
    return home


def bare(bench: Bench, name: str) -> Terminal:
    """One of the bare apps, in the same environment."""
    return Terminal([bench.python, str(BARE / f"{name}.py")], bench.environment())


def ready(stack: ExitStack, terminal: Terminal, texts: Sequence[str]) -> Terminal:
    """The app of a terminal, shown and settled; it is left when the stack is."""
    stack.enter_context(terminal)
    rested(terminal, texts, SETTLE)
    return terminal


def rested(terminal: Terminal, texts: Sequence[str], seconds: float) -> None:
    """Wait until an app shows these texts, and for a while after that."""
    terminal.seen(texts)
    terminal.rest(seconds)
