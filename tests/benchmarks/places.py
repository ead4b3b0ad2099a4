"""What the benchmarks run on, made once and kept in `.data/`: the installed program, its peers, the histories."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from tests.benchmarks.generate import generate
from tests.benchmarks.timing import BenchmarkError

PROJECT = Path(__file__).resolve().parents[2]
DATA = Path(__file__).resolve().parent / ".data"
FILE_NAME = "learnhabit.db"
WATSON = "td-watson==2.1.0"


def digest(paths: Iterable[Path]) -> str:
    """A short fingerprint of files, and of the folders' files."""
    total = hashlib.sha256(sys.version.encode())
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and "__pycache__" not in file.parts:
                total.update(f"{file.relative_to(PROJECT)}\0".encode() + file.read_bytes())
    return total.hexdigest()[:16]


def program() -> Path:
    """The environment (its `bin`) that holds the built wheel and its pinned requirements, as a person would have it."""
    folder, requirements = DATA / "program", PROJECT / "requirements" / "run.txt"
    _environment(folder, digest([requirements]), ["--require-hashes", "-r", str(requirements)])
    stamp, wanted = folder / "wheel.stamp", digest(PROJECT / name for name in ("pyproject.toml", "src", "resources"))
    if _read(stamp) != wanted:
        wheels = DATA / "wheels"
        shutil.rmtree(wheels, ignore_errors=True)
        build = ["wheel", "-q", "--no-deps", "--no-build-isolation", "--no-index", "-w", str(wheels), str(PROJECT)]
        _run([sys.executable, "-m", "pip", *build])
        pip = [str(folder / "bin" / "python"), "-m", "pip", "-q"]
        _run([*pip, "install", "--no-index", "--no-deps", "--force-reinstall", *map(str, wheels.glob("*.whl"))])
        stamp.write_text(wanted)
    return folder / "bin"


def watson() -> Path:
    """The environment (its `bin`) with Watson; BenchmarkError when it can't be installed here."""
    folder = DATA / "watson"
    _environment(folder, WATSON, [WATSON])
    return folder / "bin"


def _environment(folder: Path, wanted: str, install: Sequence[str]) -> None:
    """Make an environment with these packages, unless it is there."""
    stamp = folder / "packages.stamp"
    if _read(stamp) == wanted:
        return
    _run(["sh", str(PROJECT / "scripts" / "make-venv"), getattr(sys, "_base_executable", sys.executable), str(folder)])
    _run([str(folder / "bin" / "python"), "-m", "pip", "-q", "--disable-pip-version-check", "install", *install])
    stamp.write_text(wanted)


def _read(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def _run(command: Sequence[str]) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = [line for line in (done.stderr + done.stdout).splitlines() if line.strip()]
        raise BenchmarkError(f"{' '.join(command[:6])} … failed: {said[-1] if said else done.returncode}")


def history(rows: int) -> Path:
    """A generated database; nobody writes to it."""
    here = Path(__file__).resolve().parent
    makers = [here / name for name in ("generate.py", "history.py", "words.py")]
    makers += [PROJECT / name for name in ("resources", "src/learnhabit/__init__.py", "src/learnhabit/storage")]
    path = DATA / "histories" / digest(makers) / f"{rows}.db"
    if not path.exists():
        # Those of an older generator or schema are of no use any more.
        for old in path.parent.parent.glob("*"):
            if old != path.parent:
                shutil.rmtree(old)
        generate(rows, str(path))
    return path


@contextmanager
def home(rows: int, until: date | None = None) -> Iterator[Path]:
    """A data folder with its own copy of a history (or with one that ends on another day), gone afterwards."""
    folder = DATA / "homes" / str(rows)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    try:
        if until is None:
            shutil.copyfile(history(rows), folder / FILE_NAME)
            (folder / FILE_NAME).chmod(0o600)
        else:
            generate(rows, str(folder / FILE_NAME), until=until)
        yield folder
    finally:
        shutil.rmtree(folder)
