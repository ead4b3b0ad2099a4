"""The pictures of the documentation can be made, and hold nothing from elsewhere."""

from __future__ import annotations

import asyncio
import re
import struct
from pathlib import Path

import pytest

from scripts import screenshots

NAMESPACE = "http://www.w3.org/2000/svg"


SHOWS = {
    "today": "RESOLUTIONS",
    "log": "SESSION",
    "resolutions": "PLAN&#160;TODAY",
    "topics": "ASK&#160;YOURSELF",
    "year": "WEEKS&#160;KEPT",
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = str(tmp_path_factory.mktemp("home"))
    screenshots.seed(folder)
    return folder


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.parametrize("name", screenshots.SHOTS)
def test_a_picture_is_made_of_the_real_app(home: str, name: str) -> None:
    svg = screenshots.self_contained(asyncio.run(screenshots.shoot(home, screenshots.SHOTS[name])))
    assert "@font-face" not in svg
    assert set(re.findall(r"https?://[^\s\"')]+", svg)) == {NAMESPACE}
    assert "Mon&#160;23&#160;Nov" in svg
    assert SHOWS[name] in svg
    png = screenshots.render(svg, [])
    assert size_of(png) == size_of((screenshots.IMAGES / f"{name}.png").read_bytes())


def test_the_first_run_is_that_of_the_script(tmp_path: Path) -> None:
    svg = screenshots.self_contained(asyncio.run(screenshots.shoot(str(tmp_path), screenshots.FIRST_RUN)))
    assert "2&#160;of&#160;3&#160;picked" in svg
    png = (screenshots.IMAGES / "first-run.png").read_bytes()
    assert size_of(screenshots.render(svg, [])) == size_of(png)


def test_every_character_has_a_place() -> None:
    text = '<text class="a" x="12.2" y="20" textLength="48.8" clip-path="url(#c)">a&amp;語</text>'
    placed = screenshots.self_contained(text)
    assert placed == '<text class="a" x="12.2 24.4 36.6" y="20" clip-path="url(#c)">a&amp;語</text>'


def test_the_committed_pictures_are_those_of_the_script() -> None:
    assert {each.stem for each in Path(screenshots.IMAGES).glob("*")} == {*screenshots.SHOTS, "card", "first-run"}


def test_the_card_is_that_of_the_script(home: str) -> None:
    assert size_of(screenshots.card(home)) == size_of((screenshots.IMAGES / "card.png").read_bytes()) == (2400, 1260)
