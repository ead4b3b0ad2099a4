"""A process that has the program loaded and forks children which use it, to be killed or to compete.

Reads JSON lists from its input. `one JOB …` forks a child, which says `child PID`, and says `gone` when it has ended;
`many NUMBER JOB …` forks many that begin at the same moment, and says `ended` with a list of their exit codes. What
children print lies between, a short line at a time, so that lines stay whole.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import random
import sys
import traceback
from collections.abc import Callable

# Loaded here, so that a forked child begins with what it is there for.
import learnhabit.cli.reading
import learnhabit.cli.tracking
import learnhabit.storage.restore
import learnhabit.storage.upgrade  # noqa: F401
from learnhabit.cli import main
from learnhabit.clock import Clock
from learnhabit.errors import LearnhabitError
from learnhabit.services import backups, editing, tracking
from learnhabit.services.log import NO_FILTER, log_page
from learnhabit.services.workspace import Workspace, open_workspace
from learnhabit.storage.timers import read_timer
from tests.storage import next_schema

PAGE = 100_000


def visible(workspace: Workspace) -> str:
    """A digest of all that a person sees of the log and the timer: what must be there whole or not at all."""
    page = log_page(workspace, NO_FILTER, None, older=True, limit=PAGE)
    timer = read_timer(workspace.store)
    seen = [
        [
            [
                *(each.id, each.topic, each.started_at, each.ended_at, each.seconds, each.study_day.isoformat()),
                *(each.note, each.takeaway, *sorted(each.tags)),
            ]
            for each in page.sessions
        ],
        # Undo brings a timer back paused, so its pauses are left out.
        [timer.id, timer.topic, timer.started_at, timer.note] if timer else None,
    ]
    # A whole state would be too long for one write into a pipe.
    return hashlib.sha256(json.dumps(seen).encode()).hexdigest()


def log(label: str, count: str) -> None:
    """Log as the command line does, beside the heartbeat of an open app."""
    for number in range(int(count)):
        if code := main(["log", "1m", "rag", f"{label}.{number}", "#killed", "--json"]):
            os._exit(code)
        if number % 3 == 1:
            with open_workspace() as workspace:
                tracking.heartbeat(workspace)


def change(seed: str) -> None:
    """Change this and that for ever; say what is to be seen after each change."""
    chance = random.Random(seed)
    _say_visible()
    for number in itertools.count():
        try:
            with open_workspace() as workspace:
                _any_change(workspace, chance, f"{seed}.{number}")
        except LearnhabitError:
            continue
        _say_visible()


def _say_visible() -> None:
    with open_workspace() as workspace:
        _say(visible(workspace))


def _any_change(workspace: Workspace, chance: random.Random, text: str) -> None:
    topic = chance.choice(["rag", "evaluation", "lora"])
    choices: list[Callable[[], object]] = [
        lambda: tracking.log(workspace, ["60m", topic, text, "#a"], at="yesterday 10:00", takeaway=text),
        lambda: tracking.start(workspace, [topic, text]),
        lambda: tracking.switch(workspace, [topic, text]),
        lambda: tracking.stop(workspace, takeaway=text),
        lambda: tracking.cancel(workspace),
        lambda: editing.edit(workspace, "last", note=text, topic=topic, tags=[f"b{text}"]),
        lambda: editing.move(workspace, "last", chance.choice(["today", "yesterday"])),
        lambda: editing.delete(workspace, "last"),
        lambda: _split_and_keep(workspace),
        lambda: _merge(workspace),
    ]
    chance.choice(choices)()


def _split_and_keep(workspace: Workspace) -> None:
    page = log_page(workspace, NO_FILTER, None, older=True, limit=PAGE)
    for session in page.sessions:
        if session.origin == "log" and session.seconds > 120:
            editing.split(workspace, session.id, "10:15")
            return
    raise LearnhabitError("Nothing to split", "")


def _merge(workspace: Workspace) -> None:
    sessions = log_page(workspace, NO_FILTER, None, older=True, limit=PAGE).sessions
    for one, other in itertools.combinations(sessions, 2):
        if (one.topic, one.study_day) == (other.topic, other.study_day):
            editing.merge(workspace, one.id, other.id)
            return
    raise LearnhabitError("Nothing to merge", "")


def back_up(count: str) -> None:
    """Make backups, one after the other."""
    for _ in range(int(count)):
        backups.backup_now(os.environ["LEARNHABIT_HOME"], Clock())


def restore(*ids: str) -> None:
    """Restore backups in turn for ever; say what was restored."""
    folder = os.environ["LEARNHABIT_HOME"]
    chosen = [backups.find_backup(folder, each) for each in ids]
    for backup in itertools.cycle(chosen):
        backups.restore(folder, Clock(), backup)
        _say(backup.id)


def see() -> None:
    """Open the folder and look."""
    if code := main(["status", "--json"]):
        os._exit(code)


def upgrade() -> None:
    """Open the folder with a program that has the next schema."""
    next_schema.install()
    see()


JOBS: dict[str, Callable[..., None]] = {each.__name__: each for each in (log, change, back_up, restore, see, upgrade)}


def _say(value: object) -> None:
    os.write(1, json.dumps(value).encode() + b"\n")


def _child(job: str, home: str, *arguments: str) -> None:
    """Do a job and end; an exception goes to stderr, which the tests want empty."""
    try:
        os.environ["LEARNHABIT_HOME"] = home
        JOBS[job](*arguments)
    except BaseException:
        traceback.print_exc()
        os._exit(99)
    os._exit(0)


def _one(words: list[str]) -> None:
    pid = os.fork()
    if pid == 0:
        os.write(1, f"child {os.getpid()}\n".encode())
        _child(*words)
    os.waitpid(pid, 0)
    os.write(1, b"gone\n")


def _many(number: str, words: list[str]) -> None:
    gate, opener = os.pipe()
    pids = []
    for index in range(int(number)):
        pid = os.fork()
        if pid == 0:
            os.close(opener)
            os.read(gate, 1)
            _child(*(word.replace("{}", str(index)) for word in words))
        pids.append(pid)
    os.close(gate)
    # Its last writer gone, the gate reads as ended for all of them at once.
    os.close(opener)
    codes = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]
    os.write(1, f"ended {json.dumps(codes)}\n".encode())


def serve() -> None:
    """Serve until the input ends."""
    for line in iter(sys.stdin.readline, ""):
        kind, *words = json.loads(line)
        if kind == "one":
            _one(words)
        else:
            _many(words[0], words[1:])


if __name__ == "__main__":
    serve()
