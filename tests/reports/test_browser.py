"""The pages in a real browser: accessible in five modes, nothing asked for, no sideways scroll, valid HTML and SVG.

Campaign only: it takes a browser, Node and Java. `tests/browser/package.json` names what else is needed.
"""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from learnhabit.reports.card import card_svg
from learnhabit.reports.page import page
from learnhabit.reports.shared import LEVELS
from learnhabit.services.summary_files import share
from tests.reports.support import made, summed
from tests.reports.test_hostile import filled
from tests.support import need

FOLDER = Path(__file__).parents[1] / "browser"
MODES = ("light", "dark", "phone", "forced", "print")
HOSTILE = (
    "A title that does not end, " * 12,
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3,
    "漢字かな交じり文" * 20,
)

pytestmark = pytest.mark.campaign


@pytest.fixture(scope="module")
def pages(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Every level of every kind of year, and one whose texts are as long as they may be."""
    folder = tmp_path_factory.mktemp("pages")
    found = []
    for level in LEVELS:
        for year in (2024, 2025, 2026, 2027):
            found.append(folder / f"{year}-{level}.html")
            found[-1].write_bytes(made(sample, "html", level, year=year))
    for number, text in enumerate(HOSTILE):
        found.append(folder / f"long-{number}.html")
        found[-1].write_text(page(filled(summed(sample), text, "full")), encoding="utf-8")
    return found


def looked_at(mode: str, files: list[Path]) -> list[dict[str, Any]]:
    """What the browser finds on each page."""
    need("node", "nodejs")
    need("chromium", "chromium")
    done = subprocess.run(
        ["node", "check.mjs", "/usr/bin/chromium", mode, *map(str, files)],
        cwd=FOLDER,
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(found) == len(files)
    return found


@pytest.mark.parametrize("mode", MODES)
def test_pages_are_accessible_and_keep_to_themselves(pages: list[Path], mode: str) -> None:
    for found in looked_at(mode, pages):
        name = Path(found["file"]).name
        assert found["violations"] == [], name
        assert found["requests"] == [], name
        assert found["complaints"] == [], name
        assert found["wide"] <= 0, name
        assert found["passes"] > 20, name


def test_what_is_wrong_is_found(tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text(
        "<!DOCTYPE html><html><head><title>x</title></head><body><img src='http://127.0.0.1:9/x.png'>"
        "<p style='color:#aaa;background:#fff'>pale</p><div style='width:3000px'>wide</div></body></html>"
    )
    found = looked_at("phone", [bad])[0]
    assert {each["id"] for each in found["violations"]} >= {"html-has-lang", "image-alt", "color-contrast"}
    assert found["requests"] == ["http://127.0.0.1:9/x.png"]
    assert found["wide"] > 2000


def test_html_and_svg_are_valid(pages: list[Path], sample: Path, tmp_path: Path) -> None:
    need("java", "default-jre-headless")
    drawings = []
    for number, drawing in enumerate(re.findall(r"<svg .*?</svg>", pages[2].read_text(encoding="utf-8"), re.DOTALL)):
        drawings.append(tmp_path / f"{number}.svg")
        drawings[-1].write_text(drawing, encoding="utf-8")
    for level in LEVELS:
        drawings.append(tmp_path / f"card-{level}.svg")
        drawings[-1].write_text(card_svg(share(summed(sample), level, frozenset())), encoding="utf-8")
    jar = FOLDER / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    done = subprocess.run(
        ["java", "-jar", str(jar), "--errors-only", "--also-check-svg", *map(str, pages), *map(str, drawings)],
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    (tmp_path / "bad.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><rect nothing="1"/></svg>')
    wrong = subprocess.run(
        ["java", "-jar", str(jar), "--also-check-svg", str(tmp_path / "bad.svg")],
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert wrong.returncode == 1 and "nothing" in wrong.stderr
