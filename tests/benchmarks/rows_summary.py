"""Rows 4 and 5: the year's summary, against the reports of Watson and Timewarrior, and as a page."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks import places
from tests.benchmarks.bench import Bench
from tests.benchmarks.rows_commands import bare, write_frames
from tests.benchmarks.table import NOT_RUN, Line, judged
from tests.benchmarks.timing import BenchmarkError, duration_of, paired

YEAR = "2026"
WATSON_BUDGET, TIMEW_BUDGET, PAGE_BUDGET, GROWTH_BUDGET = 0.03, 0.7, 25.0, 1.15


def data(bench: Bench) -> Iterator[Line]:
    """Row 4: the year as JSON, here and in two other programs, on the same history."""
    size = bench.at(100_000)
    with places.home(size) as home, ExitStack() as stack:
        summary = _summary(bench, home, "json")
        for name, peer, budget in (
            ("watson report", _watson, WATSON_BUDGET),
            ("timew summary", _timew, TIMEW_BUDGET),
        ):
            what = f"summary --format json : {name}, at {size:,}"
            try:
                call = peer(bench, home, stack)
            except BenchmarkError as error:
                yield Line("4", what, budget=f"≤ {budget}×", verdict=NOT_RUN, detail=str(error))
                continue
            yield judged("4", what, paired(call, summary, bench.rounds(7, 21), budget), budget)


def page(bench: Bench) -> Iterator[Line]:
    """Row 5: the year as a page, against an interpreter, and with ten years around the year against nothing else."""
    size = bench.at(100_000)
    with ExitStack() as stack:
        home = stack.enter_context(places.home(size))
        ratio = paired(bare(bench), _summary(bench, home, "html"), bench.rounds(9, 25), PAGE_BUDGET)
        yield judged("5", f"summary --format html at {size:,} : python -c pass", ratio, PAGE_BUDGET)
        large = bench.sizes[-1]
        if large == size:
            return
        sessions = _keep(home, f"study_day >= '{YEAR}-01-01'")
        crowded = stack.enter_context(places.home(large))
        some = (
            f"SELECT seq FROM session WHERE study_day >= '{YEAR}-01-01' ORDER BY started_at * 7 % 1009 LIMIT {sessions}"
        )
        _keep(crowded, f"study_day < '{YEAR}-01-01' OR seq IN ({some})")
        calls = [_summary(bench, each, "html") for each in (home, crowded)]
        ratio = paired(calls[0], calls[1], bench.rounds(9, 25), GROWTH_BUDGET)
        what = f"summary --format html, {sessions:,} sessions in the year, of {large:,} : of none besides"
        yield judged("5", what, ratio, GROWTH_BUDGET)


def _summary(bench: Bench, home: Path, kind: str) -> Callable[[], float]:
    environment = bench.environment(home)
    command = [bench.learnhabit, "summary", YEAR, "--format", kind, "-o", "-"]
    # What the first one keeps shortens all others: the state of the scan at the end of each closed day.
    duration_of(command, environment, bench.log)
    return lambda: duration_of(command, environment, bench.log)


def _keep(home: Path, which: str) -> int:
    """Delete all sessions but some; how many are left of the year."""
    with sqlite3.connect(home / places.FILE_NAME) as database:
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute("PRAGMA recursive_triggers = ON")
        database.execute(f"CREATE TEMP TABLE kept AS SELECT seq FROM session WHERE {which}")
        database.execute("DELETE FROM tag WHERE session IN (SELECT id FROM session WHERE seq NOT IN kept)")
        database.execute("DELETE FROM session WHERE seq NOT IN kept")
        row = database.execute(f"SELECT count(*) FROM session WHERE study_day >= '{YEAR}-01-01'").fetchone()
    return int(row[0])


def _watson(bench: Bench, home: Path, stack: ExitStack) -> Callable[[], float]:
    del stack
    program = places.watson()
    frames = write_frames(home)
    shutil.copyfile(frames, frames.parent / "frames")
    environment = {**bench.environment(), "WATSON_DIR": str(frames.parent)}
    command = [str(program / "watson"), "report", "--no-pager", "--from", f"{YEAR}-01-01", "--to", f"{YEAR}-12-31"]
    return lambda: duration_of(command, environment, bench.log)


def _timew(bench: Bench, home: Path, stack: ExitStack) -> Callable[[], float]:
    program = shutil.which("timew")
    if program is None:
        raise BenchmarkError("Timewarrior is not installed: apt install timewarrior")
    # Elsewhere: it takes no notice of data in a folder whose name, or whose parent's, begins with a dot.
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="timew-")))
    (folder / "data").mkdir()
    (folder / "timewarrior.cfg").write_text("confirmation = off\n")
    months: dict[str, list[str]] = {}
    with sqlite3.connect(home / places.FILE_NAME) as database:
        for start, end, topic in database.execute(
            "SELECT started_at, ended_at, topic FROM session WHERE deleted_at IS NULL ORDER BY started_at"
        ):
            begin, stop = (datetime.fromtimestamp(each, UTC) for each in (start, end))
            line = f"inc {begin:%Y%m%dT%H%M%SZ} - {stop:%Y%m%dT%H%M%SZ} # {topic}\n"
            months.setdefault(f"{begin:%Y-%m}", []).append(line)
    for month, lines in months.items():
        (folder / "data" / f"{month}.data").write_text("".join(lines))
    environment = {**bench.environment(), "TIMEWARRIORDB": str(folder)}
    command = [program, "summary", f"{YEAR}-01-01", "-", f"{int(YEAR) + 1}-01-01"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode or "No filtered data" in done.stdout:
        raise BenchmarkError(f"timew summary failed: {(done.stderr or done.stdout).strip()[:200]}")
    return lambda: duration_of(command, environment, bench.log)
