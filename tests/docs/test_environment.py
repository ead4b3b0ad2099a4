"""Files and variables: what the program reads and leaves behind."""

from __future__ import annotations

import re
import stat
import tomllib
from pathlib import Path

from learnhabit.config import KEYS
from learnhabit.services import preferences
from tests.docs.pages import DOCS, ROOT, examples, spans
from tests.services.support import at

PAGE = DOCS / "reference" / "environment.md"
OF_TEXTUAL = {"NO_COLOR", "TEXTUAL_ANIMATIONS"}


def test_the_documented_files_are_those_that_are_made(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with at(home, "2026-03-02T20:00:00+01:00"):
        pass
    documented = {name for row in examples(PAGE, "files") for name in spans(row["file"])}
    assert {each.name for each in home.iterdir()} == documented
    assert (home / "learnhabit.db-journal").stat().st_size == 0
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "learnhabit.db").stat().st_mode) == 0o600


def test_the_documented_keys_of_the_configuration_are_those_that_are_kept(tmp_path: Path) -> None:
    preferences.set_theme(str(tmp_path), "learnhabit-light")
    preferences.set_motion(str(tmp_path), "reduced")
    preferences.set_keys(str(tmp_path), "timer.start", "b")
    documented = {spans(row["key"])[0] for row in examples(PAGE, "config")}
    assert tomllib.loads((tmp_path / "config.toml").read_text(encoding="utf-8")).keys() == documented
    assert set(KEYS) == documented


def test_the_documented_variables_are_those_that_are_read() -> None:
    read: set[str] = set()
    for module in (ROOT / "src").rglob("*.py"):
        text = module.read_text(encoding="utf-8")
        read |= set(re.findall(r'environ(?:ment)?(?:\.get\(|\[)"(\w+)"', text))
    assert "LEARNHABIT_HOME" in read
    documented = {spans(row["variable"])[0] for row in examples(PAGE, "variables")}
    assert documented == read | OF_TEXTUAL
