"""What every row needs: where the program is, which sizes are measured, how often, and in which surroundings."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.places import DATA
from tests.benchmarks.timing import Rounds

EVENING = "2026-11-23T20:40:00+01:00"
"""The moment at which most programs under measurement stand."""


@dataclass(frozen=True)
class Bench:
    """One run of the benchmarks."""

    program: Path
    """`bin` of the environment in which learnhabit is installed."""
    sizes: tuple[int, ...]
    """Sessions in the histories, ascending."""
    quick: bool

    @property
    def python(self) -> str:
        """The interpreter of that environment."""
        return str(self.program / "python")

    @property
    def learnhabit(self) -> str:
        """The installed command."""
        return str(self.program / "learnhabit")

    def at(self, rows: int) -> int:
        """The measured size that is nearest to a number of sessions."""
        return min(self.sizes, key=lambda size: abs(size - rows))

    def between(self, least: int, most: int) -> list[int]:
        """Measured sizes in a range; where there is none, the nearest one."""
        return [size for size in self.sizes if least <= size <= most] or [self.at(least)]

    def rounds(self, least: int, most: int) -> Rounds:
        """How often to measure, fewer times in a quick run."""
        return Rounds(max(least // 3, 3), max(most // 5, 3)) if self.quick else Rounds(least, most)

    def environment(self, home: Path | None = None, now: str | None = EVENING) -> dict[str, str]:
        """Surroundings of a measured process: the same for all, and nothing of this one's `PYTHON…`."""
        DATA.joinpath("empty").mkdir(parents=True, exist_ok=True)
        found = {
            "PATH": os.defpath,
            "HOME": str(DATA / "empty"),
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "TZ": "Europe/Paris",
        }
        if home is not None:
            found["LEARNHABIT_HOME"] = str(home)
            if now is not None:
                found["LEARNHABIT_NOW"] = now
        return found

    @property
    def log(self) -> str:
        """The file that takes what a measured command prints."""
        return str(DATA / "output.txt")
