"""The page by its parts: every day is drawn once, colours are told apart, the PDF speaks."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pypdf
import pytest
from pypdf.generic import ArrayObject, DictionaryObject

from learnhabit.domain.cadence import Rules, TimeOff
from learnhabit.domain.year_counting import year_summary
from learnhabit.domain.year_facts import YearFacts
from learnhabit.domain.year_summary import Period, Recalled, Words
from learnhabit.reports import charts, drawing
from learnhabit.services import tracking
from tests.reports.support import made, opened

SVG = "{http://www.w3.org/2000/svg}"
CSS = (Path(charts.__file__).parent / "templates" / "page.css").read_text(encoding="utf-8")


def year(number: int, week_start: str, last: date | None = None) -> YearFacts:
    """A year with study on every second day, two weeks of time off, and nothing else."""
    first, end = date(number, 1, 1), date(number, 12, 31)
    last = last or end
    days = [first + timedelta(days=n) for n in range(0, (last - first).days + 1, 2)]
    off = TimeOff(
        id="off", from_day=date(number, 7, 1), to_day=date(number, 7, 14), why="", entered_on=first, removed_on=None
    )
    return YearFacts(
        period=Period(year=number, first=first, end=end, last=last, so_far=last < end, future=False),
        today=last if last < end else end + timedelta(days=1),
        totals=[(day, "rag", 1800, 1) for day in days],
        before=[],
        state=None,
        since_state=dict.fromkeys(days, 1800),
        first_session_day=first,
        rules=Rules(cadences=(), minimums=(), goals=(), time_off=(off,), week_start=week_start),
        day_start=240,
        sessions=[],
        names={},
        themes=(),
        resolutions=(),
        finished=(),
        recall=Recalled(grades=0, recalled=0, made=0),
        words=Words(answers=(), takeaways=(), reviews=()),
        successors={},
    )


@pytest.mark.parametrize(
    ("number", "week_start", "columns"),
    [(2012, "monday", 54), (2040, "monday", 54), (2028, "sunday", 54), (2026, "monday", 53), (2027, "saturday", 53)],
)
@pytest.mark.parametrize("share", [1.0, 0.6])
def test_every_day_is_drawn_once_whatever_the_year(number: int, week_start: str, columns: int, share: float) -> None:
    end = date(number, 12, 31)
    last = end if share == 1 else date(number, 1, 1) + timedelta(days=int(share * 365))
    found = year_summary(year(number, week_start, last))
    drawings = [ET.fromstring(each) for each in charts.heatmap(found)]
    assert len(drawings) == 2
    shapes = [
        each for drawn in drawings for each in drawn if each.tag in (f"{SVG}rect", f"{SVG}circle", f"{SVG}polyline")
    ]
    assert len(shapes) == (end - date(number, 1, 1)).days + 1
    places = {(drawn, float(each.get("x") or each.get("cx") or (each.get("points") or "0,0").split(",")[0]),
               float(each.get("y") or each.get("cy") or (each.get("points") or "0,0").split(",")[1].split()[0]))
              for drawn, root in enumerate(drawings) for each in root if each in shapes}  # fmt: skip
    assert len(places) == len(shapes)
    widths = [float(each.get("width") or 0) for each in drawings]
    assert max(widths) <= 470 and sum((width - 32) / charts.PITCH for width in widths) in (columns, columns + 1)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def themes() -> Iterator[dict[str, str]]:
    for block in re.findall(r"\{ (--paper:[^}]*)\}", CSS):
        yield dict(re.findall(r"--([a-z0-9]+): (#[0-9a-f]{6})", block))


def test_colours_can_be_told_apart_in_every_theme() -> None:
    found = list(themes())
    assert len(found) == 5
    for colours in found:
        for ground in (colours["paper"], colours["card"]):
            for text in ("ink", "mute", "accent", "amber", "rust"):
                assert contrast(colours[text], ground) >= 4.5, (text, ground)
            for shape in ("l1", "l2", "l3", "l4", "faint"):
                assert contrast(colours[shape], ground) >= 3, (shape, ground)
    light = found[0]
    assert {name: light[name] for name in ("l1", "l2", "l3", "l4", "ink", "mute", "line", "faint", "track")} == (
        drawing.COLOURS
    )


def _nodes(node: object) -> Iterator[DictionaryObject]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, ArrayObject):
        for each in node:
            yield from _nodes(each)
    elif isinstance(node, DictionaryObject):
        yield node
        if "/K" in node:
            yield from _nodes(node["/K"])


def test_the_pdf_has_tags_and_other_texts(sample: Path) -> None:
    root = pypdf.PdfReader(io.BytesIO(made(sample, "pdf", "full"))).trailer["/Root"].get_object()
    assert isinstance(root, DictionaryObject)
    assert str(root["/MarkInfo"].get_object()) == "{'/Marked': True}" and str(root["/Lang"]) == "en"
    nodes = list(_nodes(root["/StructTreeRoot"]))
    kinds = {str(node.get("/S")) for node in nodes}
    assert {"/H1", "/H2", "/Table", "/TH", "/L", "/LI", "/Figure"} <= kinds
    figures = [node for node in nodes if node.get("/S") == "/Figure"]
    assert len(figures) >= 12
    for figure in figures:
        assert len(str(figure.get("/Alt", ""))) > 10, figure
    assert any("Study by weekday and hour" in str(each["/Alt"]) for each in figures)


@pytest.mark.parametrize("kind", ["html", "md", "json", "csv", "png"])
@pytest.mark.parametrize("level", ["public", "friends", "full"])
def test_one_session_in_may_is_a_real_page(tmp_path: Path, kind: str, level: str) -> None:
    with opened(tmp_path) as workspace:
        tracking.log(workspace, ["45m", "rag"], at="2026-05-12 9:00")
    data = made(tmp_path, kind, level)
    if kind in ("html", "md", "json"):
        text = data.decode()
        assert not re.search(r"\b(NaN|nan|inf|None)\b|∞", text)
        if kind != "json":
            said = {"full": "45 min over 1 day", "friends": "1 hour over 1 day", "public": "1 hour over 1 day"}[level]
            assert said in text
            # Fewer than ten sessions say nothing about a usual one, and there is no year before.
            assert "median" not in text and "Best hour" not in text and "in 2025" not in text
    assert len(data) > 200
