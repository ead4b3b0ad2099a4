"""What a person installs: the wheel is complete, and works in an empty environment."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from learnhabit import __version__
from tests.support import clean_environment

PROJECT = Path(__file__).parents[2]
HOME = Path.home()
"""The real one, in which pip keeps its cache; tests get another."""


def _pip(*arguments: str | Path) -> None:
    """Run the pip of this environment; what it said is the message when it fails."""
    done = subprocess.run(
        [sys.executable, "-m", "pip", "-q", "--disable-pip-version-check", *map(str, arguments)],
        env={**os.environ, "HOME": str(HOME)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _wheel(source: Path, folder: Path) -> Path:
    _pip("wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", folder, source)
    (wheel,) = folder.glob("*.whl")
    return wheel


def _content(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _wheel(PROJECT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs' folder of an environment that holds the wheel and its pinned requirements, and nothing else."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False, symlinks=True)
    programs = folder / "bin"
    into = ("--python", programs / "python", "install", "--no-compile")
    _pip(*into, "--require-hashes", "-r", PROJECT / "requirements" / "run.txt")
    _pip(*into, "--no-deps", "--no-index", wheel)
    return programs


def test_the_wheel_holds_every_file(wheel: Path) -> None:
    content = _content(wheel)
    for source, inside in (("src/learnhabit", "learnhabit"), ("resources", "learnhabit/_resources")):
        files = [path for path in (PROJECT / source).rglob("*") if path.is_file() and path.suffix != ".pyc"]
        assert files
        missing = [path for path in files if f"{inside}/{path.relative_to(PROJECT / source).as_posix()}" not in content]
        assert missing == []


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    assert {name.split("/")[0] for name in _content(wheel)} == {"learnhabit", f"learnhabit-{__version__}.dist-info"}


def test_a_wheel_made_from_the_source_archive_is_the_same(wheel: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", tmp_path], cwd=PROJECT, check=True)
    (archive,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(archive) as file:
        file.extractall(tmp_path, filter="data")
    again = _wheel(tmp_path / f"learnhabit-{__version__}", tmp_path / "again")
    assert _content(again) == _content(wheel)


def test_the_installed_program_says_its_version(installed: Path, tmp_path: Path) -> None:
    said = subprocess.run(
        [installed / "learnhabit", "--version"],
        cwd=tmp_path,
        env=clean_environment(tmp_path),
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout == f"learnhabit {__version__}\n"


def test_the_installed_program_finds_its_resources(installed: Path, tmp_path: Path) -> None:
    program = (
        "from learnhabit.catalogue import load, root; catalogue = load(); "
        "print(root(), len(catalogue.topics), len(catalogue.advice))"
    )
    said = subprocess.run(
        [installed / "python", "-I", "-c", program],
        cwd=tmp_path,
        env=clean_environment(tmp_path),
        capture_output=True,
        text=True,
        check=True,
    )
    folder, topics, advice = said.stdout.split()
    assert Path(folder).is_relative_to(installed.parent)
    assert (topics, advice) == ("26", "50")


def test_the_installed_program_works_as_a_module(installed: Path, tmp_path: Path) -> None:
    said = subprocess.run(
        [installed / "python", "-I", "-m", "learnhabit", "topics", "--json"],
        cwd=tmp_path,
        env=clean_environment(tmp_path),
        capture_output=True,
        text=True,
        check=True,
    )
    assert '"retrieval-augmented-generation"' in said.stdout
