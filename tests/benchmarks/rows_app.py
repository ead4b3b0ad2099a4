"""Rows 6 to 8 and 10: the app in a terminal, against the least that Textual itself can do."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks import places
from tests.benchmarks.bench import BARE, Bench
from tests.benchmarks.table import OK, OVER, Line, judged
from tests.benchmarks.terminal import Terminal, cpu_seconds, resident_mib
from tests.benchmarks.timing import Pair, duration_of, interleaved, paired

PAINT_BUDGET, KEY_BUDGET, TAB_BUDGET, GROWTH_BUDGET = 1.3, 3.5, 1.3, 1.1
MEMORY_BUDGET, CPU_BUDGET = 1.35, 0.01

TODAY = ("WEEK 48", "STUDIED TODAY", "so far")
"""On the screen once Today shows the data, from top to bottom."""
LABEL, MODE = ("bare label 0",), ("first mode",)
SETTLE = 1.5
"""Seconds until an app that was started has made itself ready."""
ESCAPE = 0.3
"""Seconds to wait after escape, which Textual takes for the beginning of a sequence for a while."""
PAGES = 25
"""Pages from the newest session on that even the smallest log has."""

DOWN, UP, PAGE_DOWN, END = b"\x1b[B", b"\x1b[A", b"\x1b[6~", b"\x1b[F"
HOME, ESC = b"\x1b[H", b"\x1b"


class Key(NamedTuple):
    """A key of a screen, and what brings it back to where it was."""

    screen: str
    name: str
    turns: tuple[bytes, ...]
    """What is pressed, in turns."""
    back: bytes = b""
    before: bytes = b""


TABS = Key("", "tabs 1, 2", (b"2", b"1"))
KEYS = (
    Key("Today", "n", (b"n",)),
    Key("Today", "w", (b"w",), ESC),
    Key("Today", "l", (b"l",), ESC),
    Key("Today", "?", (b"?",), ESC),
    Key("Log", "down", (DOWN,)),
    Key("Log", "up", (UP,), before=DOWN),
    Key("Log", "page down", (PAGE_DOWN,), HOME),
    Key("Log", "end", (END,), HOME),
    Key("Log", "enter", (b"\r",), ESC),
    Key("Log", "e", (b"e",), ESC),
)


def _app(bench: Bench, home: Path, now: bool = False) -> Terminal:
    return Terminal([bench.learnhabit], bench.environment(home, None) if now else bench.environment(home))


def _bare(bench: Bench, name: str) -> Terminal:
    return Terminal([bench.python, str(BARE / f"{name}.py")], bench.environment())


def paint(bench: Bench) -> Iterator[Line]:
    """Row 6: from the start to the first screen that shows the data."""
    sizes = bench.between(1_000, 1_000_000)
    rounds = bench.rounds(11, 40)
    with ExitStack() as stack:
        homes = {size: stack.enter_context(places.home(size)) for size in sizes}

        def label() -> float:
            with _bare(bench, "label") as terminal:
                return terminal.seen(LABEL)

        def today(size: int) -> Callable[[], float]:
            def start() -> float:
                with _app(bench, homes[size]) as terminal:
                    return terminal.seen(TODAY)

            return start

        for size in dict.fromkeys((bench.at(100_000), sizes[-1])):
            ratio = paired(label, today(size), rounds, PAINT_BUDGET)
            yield judged("6", f"first paint at {size:,} : bare app", ratio, PAINT_BUDGET)
        if len(sizes) > 1:
            ratio = paired(today(sizes[0]), today(sizes[-1]), rounds, GROWTH_BUDGET)
            yield judged("6", f"first paint at {sizes[-1]:,} : at {sizes[0]:,}", ratio, GROWTH_BUDGET)


def _ready(stack: ExitStack, terminal: Terminal, texts: tuple[str, ...]) -> Terminal:
    """The app of a terminal, shown and settled; it is left when the stack is."""
    stack.enter_context(terminal)
    terminal.seen(texts)
    terminal.rest(SETTLE)
    return terminal


def keys(bench: Bench) -> Iterator[Line]:
    """Row 7: from a key to the first frame that answers it."""
    sizes = bench.between(10_000, 1_000_000)
    with ExitStack() as stack:
        homes = {size: stack.enter_context(places.home(size)) for size in (sizes[0], sizes[-1])}
        label = _ready(stack, _bare(bench, "label"), LABEL)
        apps = {size: _ready(stack, _app(bench, home), TODAY) for size, home in homes.items()}
        with _bare(bench, "modes") as modes:
            modes.seen(MODE)
            modes.rest(SETTLE)
            yield from _judged(bench, TABS, _Presser(modes, TABS), "bare app of two modes", apps, TAB_BUDGET)
        change, ask = Key("", "", (b"n",)), Key("", "", (b"m",), ESC)
        bare = paired(_Presser(label, change), _Presser(label, ask), bench.rounds(9, 17), 0)
        yield judged("7", "a bare app's dialog : bare label", bare, None)
        for screen, tab in (("Today", b"1"), ("Log", b"2")):
            for app in apps.values():
                app.send(tab, ESCAPE)
            for key in KEYS:
                if key.screen == screen:
                    yield from _judged(bench, key, _Presser(label, change), "bare label", apps, KEY_BUDGET)


class _Presser:
    """Presses a key in an app again and again; gives the first frame's time and remembers the whole."""

    def __init__(self, app: Terminal, key: Key) -> None:
        self._app = app
        self._key = key
        self.wholes: list[float] = []

    def __call__(self) -> float:
        key = self._key
        if key.before:
            self._app.send(key.before)
        taken = self._app.press(key.turns[len(self.wholes) % len(key.turns)])
        self.wholes.append(taken.whole)
        if key.back:
            self._app.send(key.back, ESCAPE)
        return taken.first


def _judged(
    bench: Bench, key: Key, bare: _Presser, peer: str, apps: dict[int, Terminal], budget: float
) -> Iterator[Line]:
    """What a key costs on the largest log, against a bare app and against the smallest log."""
    small, large = min(apps), max(apps)
    pressers = {size: _Presser(app, key) for size, app in apps.items()}
    calls, pairs = [bare, pressers[large]], [Pair(1, 0, budget)]
    if small != large:
        calls.append(pressers[small])
        pairs.append(Pair(1, 2, GROWTH_BUDGET))
    ratios = interleaved(calls, pairs, bench.rounds(9, 17))
    what = f"{key.screen}: {key.name}" if key.screen else key.name
    whole = statistics.median(pressers[large].wholes)
    line = judged("7", f"{what} at {large:,} : {peer}", ratios[0], budget)
    yield replace(line, detail=f"{line.detail}; all of it after {whole:.1f} ms")
    if small != large:
        yield judged("7", f"{what} at {large:,} : at {small:,}", ratios[1], GROWTH_BUDGET)


def idle(bench: Bench) -> Iterator[Line]:
    """Row 8: memory of the app that stands still, and its processor time while a timer runs."""
    size = bench.at(100_000)
    with places.home(size) as home:

        def label() -> float:
            with _bare(bench, "label") as terminal:
                _rest(terminal, LABEL)
                return resident_mib(terminal.pid)

        def today() -> float:
            with _app(bench, home) as terminal:
                _rest(terminal, TODAY)
                return resident_mib(terminal.pid)

        ratio = paired(label, today, bench.rounds(3, 5), MEMORY_BUDGET)
        yield judged("8", f"memory at {size:,} : bare app", ratio, MEMORY_BUDGET, "MiB")
    # The timer has to run, so the clock does, too: a history up to yesterday.
    with places.home(size, datetime.now(UTC).date() - timedelta(days=1)) as home:
        duration_of([bench.learnhabit, "start", "rag", "--at", "-25m"], bench.environment(home, None), bench.log)
        seconds = 6 if bench.quick else 20
        with _app(bench, home, now=True) as terminal:
            terminal.seen(("00:25:", "STUDIED"))
            terminal.rest(2 * SETTLE)
            before = cpu_seconds(terminal.pid)
            terminal.rest(seconds)
            share = (cpu_seconds(terminal.pid) - before) / seconds
    yield Line(
        "8",
        f"processor time with a timer running, at {size:,}",
        f"{share:.2%}".replace("%", " %"),
        f"≤ {CPU_BUDGET:.0%}".replace("%", " %"),
        OK if share <= CPU_BUDGET else OVER,
        f"of one core, over {seconds} s",
    )


def _rest(terminal: Terminal, texts: tuple[str, ...]) -> None:
    terminal.seen(texts)
    terminal.rest(2 * SETTLE)


def scroll(bench: Bench) -> Iterator[Line]:
    """Row 10: on through the log until all of the screen stands: by page, by row, and as fast as a key repeats."""
    sizes = bench.between(1_000, 1_000_000)
    if len(sizes) < 2:
        return
    small, large = sizes[0], sizes[-1]
    with ExitStack() as stack:
        apps = {}
        for size in (small, large):
            apps[size] = _ready(stack, _app(bench, stack.enter_context(places.home(size))), TODAY)
            apps[size].send(b"2", ESCAPE)

        def on(app: Terminal, keys: bytes, most: int) -> Callable[[], float]:
            presses = 0

            def once() -> float:
                nonlocal presses
                if presses % most == 0:
                    app.send(HOME, ESCAPE)
                presses += 1
                return app.press(keys).whole

            return once

        for what, pressed, most in (
            ("page down", PAGE_DOWN, PAGES),
            ("down", DOWN, 200),
            (f"{PAGES} × page down at once", PAGE_DOWN * PAGES, 1),
        ):
            rounds = bench.rounds(15, 50 if most > 1 else 15)
            ratio = paired(on(apps[small], pressed, most), on(apps[large], pressed, most), rounds, GROWTH_BUDGET)
            yield judged("10", f"Log: {what} at {large:,} : at {small:,}", ratio, GROWTH_BUDGET)
