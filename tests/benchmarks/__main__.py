"""Measure the installed program against its budgets: `python -m tests.benchmarks` (or `make bench`).

Prints one table; the exit status is 1 when a budget is missed. Figures mean something on a quiet machine only.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator

from tests.benchmarks import places, rows_app, rows_commands, rows_keys, rows_summary, rows_transfer
from tests.benchmarks.bench import Bench
from tests.benchmarks.table import FAILED, Line, formatted, missed
from tests.benchmarks.timing import BenchmarkError

Row = Callable[[Bench], Iterator[Line]]

ROWS: dict[str, tuple[str, Row]] = {
    "1": ("commands", rows_commands.commands),
    "2": ("lists", rows_commands.lists),
    "3": ("watson", rows_commands.watson),
    "4": ("summary", rows_summary.data),
    "5": ("page", rows_summary.page),
    "6": ("paint", rows_app.paint),
    "7": ("keys", rows_keys.keys),
    "8": ("idle", rows_app.idle),
    "9": ("import", rows_transfer.bulk),
    "10": ("scroll", rows_app.scroll),
}
SIZES = "1k,10k,100k,1M"
UNITS = {"k": 1_000, "m": 1_000_000}


def _sizes(text: str) -> tuple[int, ...]:
    sizes = set()
    for part in text.lower().split(","):
        unit = UNITS.get(part[-1:], 1)
        number = part[:-1] if unit > 1 else part
        if not number.isdecimal() or int(number) < 1:
            raise argparse.ArgumentTypeError(f"“{part}” is no number of sessions, such as 10k")
        sizes.add(int(number) * unit)
    return tuple(sorted(sizes))


def _row(text: str) -> str:
    for number, (name, _) in ROWS.items():
        if text in (number, name):
            return number
    known = ", ".join(f"{number} ({name})" for number, (name, _) in ROWS.items())
    raise argparse.ArgumentTypeError(f"“{text}” is none of {known}")


def main(arguments: list[str] | None = None) -> int:
    """Run what was asked for; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    names = ", ".join(f"{name} ({number})" for number, (name, _) in ROWS.items())
    parser.add_argument("--only", nargs="+", type=_row, metavar="NAME", help=f"of {names}")
    parser.add_argument("--rows", type=_sizes, default=SIZES, metavar="LIST", help=f"sizes, default {SIZES}")
    parser.add_argument("--quick", action="store_true", help="few rounds: to see that it works, not to judge")
    given = parser.parse_args(arguments)
    # Ended from outside, it still takes its copies of the histories with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    places.DATA.mkdir(exist_ok=True)
    with open(places.DATA / "lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _say("another run is under way: waiting for its end")
            fcntl.flock(lock, fcntl.LOCK_EX)
        begun, load = time.monotonic(), os.getloadavg()[0]
        try:
            bench = Bench(places.program(), given.rows, given.quick)
            for size in bench.sizes:
                _say(f"a history of {size:,}")
                places.history(size)
        except BenchmarkError as error:
            parser.exit(2, f"{error}\n")
        ahead = _go_ahead()
        lines = [line for number in given.only or ROWS for line in _measured(number, bench)]
    _say("")
    print(formatted(lines))
    print(
        f"\n{os.cpu_count()} cores, load {load:.1f} before{', but measured ahead of it' if ahead else ''};"
        f" {time.monotonic() - begun:.0f} s."
        " Medians of ratios of neighbouring runs, with the 95 % interval of the median."
    )
    return int(missed(lines))


def _go_ahead() -> bool:
    """Let this process and those it starts go before all others, both sides of a ratio alike; whether it may.

    Only root may; elsewhere a busy machine is part of what is measured.
    """
    try:
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
    except (AttributeError, OSError):
        return False
    return True


def _measured(number: str, bench: Bench) -> Iterator[Line]:
    name, row = ROWS[number]
    try:
        for line in row(bench):
            _say(f"{line.row}  {line.what}  {line.figure}")
            yield line
    except BenchmarkError as error:
        print(f"\n{number}  {error}", file=sys.stderr)
        yield Line(number, name, verdict=FAILED, detail=str(error).splitlines()[0])


def _say(text: str) -> None:
    """What is going on, for whoever watches."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text[: os.get_terminal_size(2).columns - 1]}", end="", file=sys.stderr, flush=True)
    elif text:
        print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
