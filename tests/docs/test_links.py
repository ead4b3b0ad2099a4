"""Links lead somewhere, pages are reachable, and nothing of a machine or a registry stands in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, ROOT, anchors, name_of, pages, prose

ADDRESSES = {
    "https://keepachangelog.com/en/1.1.0/": "CHANGELOG.md",
    "https://semver.org/spec/v2.0.0.html": "CHANGELOG.md",
}
"""The only addresses, each with the page that may hold it."""


def links(page: Path) -> list[str]:
    return re.findall(r"\]\(([^)\s]+)\)", prose(page))


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    for link in links(page):
        if link.startswith("http"):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert target.is_relative_to(ROOT), link
        if anchor:
            assert anchor in anchors(target), link


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_addresses_are_few(page: Path) -> None:
    found = re.findall(r"https?://[^\s)>\"`]+", page.read_text(encoding="utf-8"))
    assert all(ADDRESSES.get(address) == name_of(page) for address in found), found


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_no_machine_stands_in_a_page(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert not re.search(r"/(?:home|root|work|Users)/\w", text)


def test_every_page_is_linked_from_the_index() -> None:
    index = DOCS / "README.md"
    linked = {(DOCS / link.partition("#")[0]).resolve() for link in links(index)}
    assert linked == {page.resolve() for page in DOCS.rglob("*.md")} - {index.resolve()}


def test_every_picture_is_shown_and_has_a_description() -> None:
    shown = set()
    for page in pages():
        for text, path in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
            assert len(text) > 20, path
            shown.add((page.parent / path).resolve())
    assert shown == {each.resolve() for each in (DOCS / "images").iterdir()}
