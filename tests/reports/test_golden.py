"""Every format and level of an invented year, byte for byte as it was looked at.

`LEARNHABIT_GOLDEN=write pytest tests/reports/test_golden.py` writes them anew; then they are looked at again.
"""

from __future__ import annotations

import io
import os
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from learnhabit import __version__
from learnhabit.reports.shared import LEVELS
from tests.reports.support import made

WRITE = os.environ.get("LEARNHABIT_GOLDEN") == "write"
GOLDEN = Path(__file__).parent / "golden"
JANUARY = datetime.fromisoformat("2027-01-08T09:00:00+01:00")
CASES = [
    *((kind, level, 2026) for kind in ("html", "md", "json") for level in LEVELS),
    ("html", "full", 2025),
    ("html", "full", 2024),
    ("html", "full", 2027),
    ("md", "full", 2025),
]


def held(name: str, data: bytes) -> bytes:
    """What the file of this name holds; written first, where that is asked for."""
    path = GOLDEN / name
    if WRITE:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    return path.read_bytes()


def versioned(data: bytes) -> bytes:
    """Without the program's version, which is no part of what is looked at."""
    return data.replace(f"learnhabit {__version__}".encode(), b"learnhabit VERSION")


@pytest.mark.parametrize(("kind", "level", "year"), CASES)
def test_texts(sample: Path, kind: str, level: str, year: int) -> None:
    data = versioned(made(sample, kind, level, year=year))
    assert data.decode() == held(f"{year}-{level}.{kind}", data).decode()


def test_a_year_that_is_over(sample: Path) -> None:
    data = versioned(made(sample, "html", "full", now=JANUARY))
    assert data.decode() == held("2026-over.html", data).decode()


@pytest.mark.parametrize("name", ["totals", "months", "topics", "resolutions", "days", "hours", "words", "sessions"])
def test_tables(sample: Path, name: str) -> None:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(made(sample, "csv", "full"))) as archive:
        data = archive.read(f"{name}.csv")
    assert data == held(f"2026-{name}.csv", data)


@pytest.mark.parametrize("level", ["public", "friends"])
def test_cards(sample: Path, level: str) -> None:
    data = made(sample, "png", level)
    now, then = (Image.open(io.BytesIO(each)).convert("RGB") for each in (data, held(f"2026-{level}.png", data)))
    assert now.size == then.size == (2400, 1260)
    # Rounding differs from processor to processor; a letter that moved would not pass.
    assert max(ImageStat.Stat(ImageChops.difference(now, then)).mean) < 0.05
