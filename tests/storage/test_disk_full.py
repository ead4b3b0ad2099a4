"""A full disk: what can't be saved is said, what was acknowledged is there, and nothing is half written.

Two ways to run out of space. A file size limit works everywhere. A small disk of one's own, in a mount namespace, is
the real thing; where namespaces are not allowed (in some containers) the limit has to do.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from learnhabit.services import tracking
from tests.end_to_end.program import Answer
from tests.storage import next_schema
from tests.storage.support import MONDAY, ROOT, assert_refused, assert_sound, at, copy_home, environment, file_of, run

FULL = "The disk is full or failing"
SAFE = "this was not saved; everything saved before is safe in {}. Free some space, then try again ("
LONG = "x" * 3000


def limit(size: int) -> list[str]:
    """A prefix: no file may grow beyond so many bytes. Python ignores the signal, so the write fails."""
    program = "import os, resource, sys; n = int(sys.argv[1]);"
    program += "resource.setrlimit(resource.RLIMIT_FSIZE, (n, n)); os.execvp(sys.argv[2], sys.argv[2:])"
    return [sys.executable, "-c", program, str(size)]


def test_a_limit_is_a_limit() -> None:
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
    done = subprocess.run([*limit(4096), "sh", "-c", "ulimit -f"], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "8"


def test_what_does_not_fit_is_said_and_nothing_else_is_lost(home: Path) -> None:
    with at(home) as workspace:
        tracking.start(workspace, ["lora", "beside it"], at="-5m")
    few = limit(file_of(home).stat().st_size + 20_000)
    acknowledged: list[str] = []
    while True:
        answer = run(home, "log", "5m", "rag", "--note", f"{len(acknowledged)} {LONG}", "--json", prefix=few)
        if answer.code:
            break
        acknowledged.append(answer.json["id"])
    assert_refused(answer, FULL, SAFE.format(file_of(home)), as_json=True)
    assert acknowledged, "the first did not fit: nothing was tested"
    before = file_of(home).read_bytes()
    for command in (["log", "5m", "rag", "--note", LONG * 3], ["stop", "--takeaway", LONG * 3]):
        assert_refused(run(home, *command, prefix=few), FULL, SAFE.format(file_of(home)))
    for command in (["sessions"], ["status"], ["topics"]):
        assert run(home, *command, prefix=few).code == 0
    assert file_of(home).read_bytes() == before
    assert_kept(home, acknowledged)


def test_nothing_fits_at_all(home: Path) -> None:
    before = file_of(home).read_bytes()
    for command in (["log", "5m", "rag"], ["start", "rag"], ["undo"], ["cadence", "3"]):
        answer = run(home, *command, "--json", prefix=limit(1))
        assert answer.code == 1, answer
        if command != ["undo"]:
            assert_refused(answer, FULL, SAFE.format(file_of(home)), as_json=True)
    assert run(home, "status", prefix=limit(1), now="2026-11-27T20:40:00+01:00").code == 0
    assert file_of(home).read_bytes() == before
    assert run(home, "log", "5m", "rag").code == 0


@pytest.mark.parametrize("size", [0, 1, 5000, 100_000])
def test_a_first_opening_that_does_not_fit_can_be_repeated(tmp_path: Path, size: int) -> None:
    home = tmp_path / "home"
    answer = run(home, "log", "5m", "rag", "--json", prefix=limit(size))
    assert_refused(answer, FULL, "", as_json=True)
    assert run(home, "log", "5m", "rag").code == 0
    assert_sound(home)


def test_a_copy_before_a_migration_that_does_not_fit_leaves_all_as_it_was(home: Path) -> None:
    before = file_of(home).read_bytes()
    script = (
        "import sys; from tests.storage import next_schema; next_schema.install(); from learnhabit.cli import main;"
        "sys.exit(main(['status', '--json']))"
    )
    done = subprocess.run(
        [*limit(100_000), sys.executable, "-c", script],
        env=environment(home),
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert_refused(Answer(done.returncode, done.stdout, done.stderr), FULL, SAFE.format(file_of(home)), as_json=True)
    assert file_of(home).read_bytes() == before
    assert run(home, "log", "5m", "rag").code == 0
    assert not (home / next_schema.COPY).exists()


def assert_kept(home: Path, acknowledged: list[str]) -> None:
    """All that was acknowledged is there, once, and there is room again."""
    found = [session["id"] for session in run(home, "sessions", "--json").json]
    assert sorted(found) == sorted(acknowledged)
    assert_sound(home)
    assert run(home, "stop", "--takeaway", LONG).code == 0
    assert run(home, "log", "5m", "rag", LONG).code == 0
    assert len(run(home, "sessions", "--json").json) == len(acknowledged) + 2
    assert_sound(home)


# Run inside the namespace: mounts a small disk over the folder named first, then does what the test's half says.
SMALL_DISK = """
import json, os, shutil, subprocess, sys
disk, made = sys.argv[1:]
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=704k", "tmpfs", disk], check=True)
home = shutil.copytree(made, disk + "/home")
os.environ["LEARNHABIT_HOME"] = home
ballast = disk + "/ballast"
with open(ballast, "wb") as file:
    file.write(bytes(100_000))

def run(*words):
    done = subprocess.run([sys.executable, "-m", "learnhabit", *words], capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr

said, acknowledged = [run("start", "lora", "beside it", "--at", "-5m")], []
for number in range(1000):
    answer = run("log", "5m", "rag", "--note", str(number) + "x" * 3000, "--json")
    if answer[0]:
        break
    acknowledged.append(json.loads(answer[1])["id"])
print(json.dumps({
    "acknowledged": acknowledged,
    "full": answer,
    "stop": run("stop", "--takeaway", "x" * 9000, "--json"),
    "first": run("--data-dir", disk + "/other", "log", "5m", "rag", "--json"),
    "reading": [run("status", "--json"), run("sessions", "--json")],
    "freed": os.unlink(ballast),
    "after": [run("stop", "--json"), run("log", "5m", "rag", "--json"), run("sessions", "--json")],
}))
shutil.copytree(home, made + "/result")
"""
NAMESPACE = ["unshare", "--map-root-user", "--mount"]


def namespaces_work() -> bool:
    """Whether this machine lets the test have a disk of its own."""
    if shutil.which("unshare") is None:
        return False
    script = 'mount -t tmpfs -o size=64k tmpfs "$0"'
    return subprocess.run([*NAMESPACE, "sh", "-c", script, "/tmp"], capture_output=True, check=False).returncode == 0


def assert_full_and_free_again(home: Path, disk: Path, result: Path) -> None:
    done = subprocess.run(
        [*NAMESPACE, sys.executable, "-c", SMALL_DISK, str(disk), str(home)],
        env=environment(home, LEARNHABIT_NOW=MONDAY),
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    acknowledged = said["acknowledged"]
    assert len(acknowledged) > 3
    safe = SAFE.format(disk / "home" / "learnhabit.db")
    assert_refused(_answer(said["full"]), FULL, safe, as_json=True)
    assert_refused(_answer(said["stop"]), FULL, safe, as_json=True)
    assert_refused(_answer(said["first"]), FULL, "", as_json=True)
    status, sessions = (_answer(answer).json for answer in said["reading"])
    assert status["timer"]["topic"] == "efficient-fine-tuning"
    assert status["timer"]["seconds"] == 300
    assert [session["id"] for session in sessions] == list(reversed(acknowledged))
    stopped, logged, after = (_answer(answer).json for answer in said["after"])
    assert stopped["note"] == "beside it"
    assert {session["id"] for session in after} == {stopped["id"], logged["id"], *acknowledged}
    assert_sound(copy_home(home / "result", result))
    assert os.listdir(disk) == []


if namespaces_work():

    def test_a_full_disk(home: Path, tmp_path: Path) -> None:
        disk = tmp_path / "disk"
        disk.mkdir()
        assert_full_and_free_again(home, disk, tmp_path / "result")


def _answer(parts: object) -> Answer:
    assert isinstance(parts, list)
    code, out, err = parts
    return Answer(code, out.encode(), err.encode())
