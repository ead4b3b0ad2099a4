"""The documentation as tests read it: pages, headings, tables, code, links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"

_FENCE = re.compile(r"(?ms)^```.*?^```$")
_COMMENT = re.compile(r"(?s)<!--.*?-->")


def pages() -> list[Path]:
    """Every page of the documentation, and those at the top."""
    return [*sorted(DOCS.rglob("*.md")), ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md"]


def name_of(page: Path) -> str:
    """The page as a test's id shows it."""
    return page.relative_to(ROOT).as_posix()


def prose(page: Path) -> str:
    """A page without its blocks of code and its comments."""
    return _COMMENT.sub("", _FENCE.sub("", page.read_text(encoding="utf-8")))


def spans(text: str) -> list[str]:
    """What stands between single backticks."""
    return [span.replace("\\|", "|") for span in re.findall(r"`([^`\n]+)`", text)]


def anchors(page: Path) -> set[str]:
    """The anchors that a page's headings make."""
    found: set[str] = set()
    for heading in re.findall(r"(?m)^#+ (.+)$", _FENCE.sub("", page.read_text(encoding="utf-8"))):
        anchor = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        number = 0
        while (each := anchor if not number else f"{anchor}-{number}") in found:
            number += 1
        found.add(each)
    return found


@dataclass(frozen=True)
class Section:
    """A heading with what stands below it, up to the next heading of any level."""

    level: int
    title: str
    text: str

    def tables(self) -> list[list[dict[str, str]]]:
        """Every table below the heading; a row is a dict by the titles of the columns."""
        return tables(self.text)


def sections(page: Path) -> list[Section]:
    """A page's headings in order."""
    parts = re.split(r"(?m)^(#+) (.+)$", page.read_text(encoding="utf-8"))[1:]
    return [
        Section(level=len(level), title=title.strip(), text=text)
        for level, title, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    ]


def section(page: Path, title: str) -> Section:
    """The one section with a title."""
    (found,) = [each for each in sections(page) if each.title == title]
    return found


def tables(text: str) -> list[list[dict[str, str]]]:
    """Every table in a text."""
    return [rows for _, rows in _tables(text)]


def examples(page: Path, name: str) -> list[dict[str, str]]:
    """The table behind `<!-- example: NAME -->`: worked examples that a test works out again."""
    (found,) = [rows for marker, rows in _tables(page.read_text(encoding="utf-8")) if marker == name]
    assert found, f"{name_of(page)}: the table of {name} is empty"
    return found


def _tables(text: str) -> Iterator[tuple[str, list[dict[str, str]]]]:
    marker, lines = "", text.splitlines()
    position = 0
    while position < len(lines):
        line = lines[position]
        mark = re.fullmatch(r"<!-- example: (.+) -->", line)
        if mark:
            marker = mark[1]
        if line.startswith("|"):
            rows = []
            while position < len(lines) and lines[position].startswith("|"):
                rows.append(_cells(lines[position]))
                position += 1
            titles, _, *body = rows
            yield marker, [dict(zip(titles, row, strict=True)) for row in body]
            marker = ""
        position += 1


def _cells(line: str) -> list[str]:
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip())[1:-1]]
