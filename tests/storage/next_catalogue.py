"""The program as its next version may be: another catalogue."""

from __future__ import annotations

import pytest

from learnhabit.catalogue import Catalogue
from learnhabit.storage import opening, upgrade


def release(patch: pytest.MonkeyPatch, catalogue: Catalogue, version: str = "99.0") -> None:
    """Let this process be a later program with another catalogue."""
    patch.setattr(opening, "__version__", version)
    patch.setattr(upgrade, "__version__", version)
    patch.setattr(upgrade, "load", lambda: catalogue)
    patch.setattr(upgrade, "digest", lambda: repr(catalogue))
