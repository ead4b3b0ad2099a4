"""Rows 6, 8 and 10: the app in a terminal, against the least that Textual itself can do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

from tests.benchmarks import apps, places
from tests.benchmarks.bench import Bench
from tests.benchmarks.table import OK, OVER, Line, judged
from tests.benchmarks.terminal import Terminal, cpu_seconds, resident_mib
from tests.benchmarks.timing import duration_of, paired

PAINT_BUDGET, GROWTH_BUDGET, MEMORY_BUDGET, CPU_BUDGET = 1.3, 1.1, 1.35, 0.01

PAGES = 25
"""Pages from the newest session on that even the smallest log has."""


def paint(bench: Bench) -> Iterator[Line]:
    """Row 6: from the start to the first screen that shows the data."""
    sizes = bench.between(1_000, 1_000_000)
    rounds = bench.rounds(11, 40)
    with ExitStack() as stack:
        homes = {size: stack.enter_context(places.home(size)) for size in sizes}

        def label() -> float:
            with apps.bare(bench, "label") as terminal:
                return terminal.seen(apps.LABEL)

        def today(size: int) -> Callable[[], float]:
            def start() -> float:
                with apps.app(bench, homes[size]) as terminal:
                    return terminal.seen(apps.TODAY)

            return start

        for size in dict.fromkeys((bench.at(100_000), sizes[-1])):
            ratio = paired(label, today(size), rounds, PAINT_BUDGET)
            yield judged("6", f"first paint at {size:,} : bare app", ratio, PAINT_BUDGET)
        if len(sizes) > 1:
            ratio = paired(today(sizes[0]), today(sizes[-1]), rounds, GROWTH_BUDGET)
            yield judged("6", f"first paint at {sizes[-1]:,} : at {sizes[0]:,}", ratio, GROWTH_BUDGET)


def idle(bench: Bench) -> Iterator[Line]:
    """Row 8: memory of the app that stands still, and its processor time while a timer runs."""
    size = bench.at(100_000)
    with places.home(size) as home:

        def label() -> float:
            with apps.bare(bench, "label") as terminal:
                apps.rested(terminal, apps.LABEL, 2 * apps.SETTLE)
                return resident_mib(terminal.pid)

        def today() -> float:
            with apps.app(bench, home) as terminal:
                apps.rested(terminal, apps.TODAY, 2 * apps.SETTLE)
                return resident_mib(terminal.pid)

        ratio = paired(label, today, bench.rounds(3, 5), MEMORY_BUDGET)
        yield judged("8", f"memory at {size:,} : bare app", ratio, MEMORY_BUDGET, "MiB")
    # The timer has to run, so the clock does, too: a history up to yesterday.
    with places.home(size, datetime.now(UTC).date() - timedelta(days=1)) as home:
        duration_of([bench.learnhabit, "start", "rag", "--at", "-25m"], bench.environment(home, None), bench.log)
        apps.quiet(bench, home, None)
        seconds = 6 if bench.quick else 20
        with apps.app(bench, home, None) as terminal:
            terminal.seen(("RESOLUTIONS", "so far", "00:25:"))
            terminal.rest(2 * apps.SETTLE)
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


def scroll(bench: Bench) -> Iterator[Line]:
    """Row 10: on through the log by page, by row, and as fast as a key repeats."""
    sizes = bench.between(1_000, 1_000_000)
    if len(sizes) < 2:
        return
    small, large = sizes[0], sizes[-1]
    with ExitStack() as stack:
        programs = {}
        for size in (small, large):
            programs[size] = apps.ready(
                stack, apps.app(bench, apps.quiet(bench, stack.enter_context(places.home(size)))), apps.TODAY
            )
            programs[size].send(b"2", apps.ESCAPE)

        # When the whole screen stands hangs on Textual's 60 frames a second, by chance one more or less: not judged.
        for what, pressed, most, whole, budget in (
            ("page down", apps.PAGE_DOWN, PAGES, False, GROWTH_BUDGET),
            ("page down, whole screen", apps.PAGE_DOWN, PAGES, True, None),
            ("down", apps.DOWN, 200, False, GROWTH_BUDGET),
            ("down, whole screen", apps.DOWN, 200, True, None),
            (f"{PAGES} × page down at once", apps.PAGE_DOWN * PAGES, 1, True, GROWTH_BUDGET),
        ):
            first, second = (_Scroller(programs[size], pressed, most, whole) for size in (small, large))
            rounds = bench.rounds(15, 50) if budget else bench.rounds(40, 40)
            yield judged(
                "10", f"Log: {what} at {large:,} : at {small:,}", paired(first, second, rounds, budget), budget
            )


class _Scroller:
    """Goes on through the log with the same keys; every `most` times it begins again at the newest session."""

    def __init__(self, app: Terminal, keys: bytes, most: int, whole: bool) -> None:
        self._app = app
        self._keys = keys
        self._most = most
        self._whole = whole
        self._presses = 0

    def __call__(self) -> float:
        if self._presses % self._most == 0:
            self._app.send(apps.HOME, apps.ESCAPE)
        self._presses += 1
        taken = self._app.press(self._keys)
        return taken.whole if self._whole else taken.first
