"""Rows 1 to 3: commands that are run all day, against an interpreter that does nothing, and against Watson."""

from __future__ import annotations

import json
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

from tests.benchmarks import places
from tests.benchmarks.bench import Bench
from tests.benchmarks.table import NOT_RUN, Line, judged
from tests.benchmarks.timing import BenchmarkError, duration_of, paired

HOT_BUDGET, LIST_BUDGET, WATSON_BUDGET, GROWTH_BUDGET = 3.2, 4.0, 0.1, 1.1
JOURNAL_STEPS = 30
"""As many changes as undo goes back, made before anything is measured: from then on each one drops the oldest."""
STEP = timedelta(seconds=70)
"""Between two moments; sessions of a minute then never share time."""


class Shell:
    """The installed program on one data folder, at a moment that moves on with every session."""

    def __init__(self, bench: Bench, home: Path) -> None:
        self._bench = bench
        self._home = home
        self._moment = datetime.fromisoformat("2026-11-23T18:00:00+01:00")
        self.status()
        for _ in range(JOURNAL_STEPS + 1):
            self.log()

    def run(self, *arguments: str) -> float:
        """Milliseconds that a command takes."""
        environment = self._bench.environment(self._home, self._moment.isoformat())
        return duration_of([self._bench.learnhabit, *arguments], environment, self._bench.log)

    def _go_on(self) -> None:
        self._moment += STEP

    def log(self) -> float:
        """Log a minute that has just passed."""
        self._go_on()
        return self.run("log", "1m", "rag", "chunking, section 4")

    def start(self) -> float:
        """Start the timer; what stops it again does not count."""
        self._go_on()
        taken = self.run("start", "rag", "chunking")
        self.run("cancel")
        return taken

    def stop(self) -> float:
        """Stop the timer; what started it does not count."""
        self._go_on()
        self.run("start", "rag")
        self._go_on()
        return self.run("stop", "--takeaway", "Chunks overlap so that no fact is cut in two.")

    def status(self) -> float:
        """Say where the habit stands."""
        return self.run("status")

    def sessions(self) -> float:
        """List the latest sessions."""
        return self.run("sessions")

    def resolutions(self) -> float:
        """Say where the seven resolutions stand."""
        return self.run("resolution", "list")

    def tick(self) -> float:
        """Look whether a reminder is due, as the agent does each minute."""
        return self.run("remind", "tick")


def bare(bench: Bench) -> Callable[[], float]:
    """An interpreter that does nothing, in the same environment."""
    environment = bench.environment()
    return lambda: duration_of([bench.python, "-c", "pass"], environment, bench.log)


def commands(bench: Bench) -> Iterator[Line]:
    """Row 1: log, start, stop and status at each size, and how they grow."""
    sizes = bench.between(10_000, 1_000_000)
    rounds = bench.rounds(15, 60)
    with ExitStack() as stack:
        shells = {size: Shell(bench, stack.enter_context(places.home(size))) for size in sizes}
        for name, deed in (("log", Shell.log), ("start", Shell.start), ("stop", Shell.stop), ("status", Shell.status)):
            calls = {size: (lambda deed=deed, shell=shell: deed(shell)) for size, shell in shells.items()}
            for size, call in calls.items():
                ratio = paired(bare(bench), call, rounds, HOT_BUDGET)
                yield judged("1", f"{name} at {size:,} : python -c pass", ratio, HOT_BUDGET)
            if len(sizes) > 1:
                ratio = paired(calls[sizes[0]], calls[sizes[-1]], rounds, GROWTH_BUDGET)
                yield judged("1", f"{name} at {sizes[-1]:,} : at {sizes[0]:,}", ratio, GROWTH_BUDGET)


def lists(bench: Bench) -> Iterator[Line]:
    """Row 2: the lists that people look at most, and the agent's minute in which nothing is due."""
    size = bench.at(100_000)
    with places.home(size) as home:
        shell = Shell(bench, home)
        for name, call in (
            ("sessions", shell.sessions),
            ("resolution list", shell.resolutions),
            ("idle remind tick", shell.tick),
        ):
            ratio = paired(bare(bench), call, bench.rounds(15, 60), LIST_BUDGET)
            yield judged("2", f"{name} at {size:,} : python -c pass", ratio, LIST_BUDGET)


def watson(bench: Bench) -> Iterator[Line]:
    """Row 3: one more session, here and in Watson, on the same history."""
    size = bench.at(10_000)
    what = f"log : watson stop, at {size:,}"
    try:
        program = places.watson()
    except BenchmarkError as error:
        yield Line("3", what, budget=f"≤ {WATSON_BUDGET}×", verdict=NOT_RUN, detail=str(error))
        return
    with places.home(size) as home:
        frames = write_frames(home)
        environment = {**bench.environment(), "WATSON_DIR": str(frames.parent)}

        def stop() -> float:
            shutil.copyfile(frames, frames.parent / "frames")
            begun = int(time.time()) - 1500
            (frames.parent / "state").write_text(json.dumps({"project": "rag", "start": begun, "tags": []}))
            return duration_of([str(program / "watson"), "stop"], environment, bench.log)

        ratio = paired(stop, Shell(bench, home).log, bench.rounds(9, 25), WATSON_BUDGET)
        yield judged("3", what, ratio, WATSON_BUDGET)


def write_frames(home: Path) -> Path:
    """The history as Watson keeps it: one JSON list of [start, stop, project, id, tags, updated at]."""
    with sqlite3.connect(home / places.FILE_NAME) as database:
        tags: dict[str, list[str]] = {}
        for session, name in database.execute("SELECT session, name FROM tag"):
            tags.setdefault(session, []).append(name)
        frames = [
            [start, end, topic, key.replace("-", ""), tags.get(key, []), end]
            for start, end, topic, key in database.execute(
                "SELECT started_at, ended_at, topic, id FROM session ORDER BY started_at"
            )
        ]
    folder = home / "watson"
    folder.mkdir()
    path = folder / "all"
    path.write_text(json.dumps(frames, indent=1, ensure_ascii=False))
    return path
