"""Whatever anybody typed stays text: no element, no attribute, no Markdown, no formula; and every page can be made."""

from __future__ import annotations

import csv
import io
import os
import re
import xml.etree.ElementTree as ET
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from learnhabit.domain.year_summary import QUESTIONS, Finished, Review, Takeaway, YearSummary
from learnhabit.reports.card import card, card_svg
from learnhabit.reports.clean import line
from learnhabit.reports.markdown import markdown
from learnhabit.reports.page import page
from learnhabit.reports.shared import Shared, shared
from learnhabit.reports.tables import tables
from tests.reports.support import summed
from tests.support import CAMPAIGN_SCALE, campaign_size

pytestmark = pytest.mark.property
"""In `make test` and, with thousands of texts, in a campaign."""

PLAIN = "Plain words"
PIECES = (
    "<script>alert(1)</script>", "\"'><img src=x onerror=y>", "</style>", "</svg>", "]]>", "<!--", "&lt;", "&#60;",
    "{{ 7*7 }}", "{% raw %}", "| a | b |", "```", "# h", "- l", "1. n", "> q", "[x](javascript:y)", "![x](y)",
    "***b***", "https://evil.example", "www.evil.example", "a@b.example", "<https://x.example>", "`c`", "\\", "~~s~~",
    "---", "===", "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x")', "\x00", "\x1b[31m",
    "\x1b]0;t\x07", "\u202e", "\ufffe", "\uffff", "\u200b", "\U000e0041", "é", "漢字", "🙂", "\n", "\n\n", "  ",
    "javascript:x", "onload=z", "&amp;", ";", ",", '"',
)  # fmt: skip
TEXTS = (
    st.lists(st.sampled_from(PIECES) | st.text(max_size=12), min_size=1, max_size=5)
    .map("".join)
    # What is empty once it is filtered leaves its line out, which is another structure.
    .filter(line)
)
SHARES = st.sampled_from(("full", "friends"))
MANY = settings(max_examples=campaign_size(5_000) if CAMPAIGN_SCALE in os.environ else 40)
FEW = settings(max_examples=campaign_size(50) if CAMPAIGN_SCALE in os.environ else 2)


@pytest.fixture(scope="module")
def year(sample: Path) -> YearSummary:
    return summed(sample)


def filled(summary: YearSummary, text: str, share: str) -> Shared:
    """The same year with one text in every place that a person or a file fills."""
    words = summary.words.replace(
        answers=tuple((key, text) for key, _ in QUESTIONS),
        takeaways=tuple(Takeaway(day=summary.period.first, topic=text, text=text) for _ in range(2)),
        reviews=(Review(week_start=summary.period.first, text=text),),
    )
    resolutions = tuple(
        each.replace(
            resolution=each.resolution.replace(statement=text, cue=text, let_go_why=text, kind=each.resolution.kind)
        )
        for each in summary.resolutions
    )
    return shared(
        summary.replace(
            words=words,
            resolutions=resolutions,
            topics=tuple(each.replace(title=text) for each in summary.topics),
            themes=tuple((text, seconds) for _, seconds in summary.themes),
            finished=(Finished(day=summary.period.first, title=text, kind="paper", topic=text),),
            pace=summary.pace.replace(statement=text),
            counting=summary.counting.replace(zones=(text,)),
        ),
        share,
        {each.resolution.id for each in summary.resolutions},
        "learnhabit 0",
    )


class Skeleton(HTMLParser):
    """Elements and the names of their attributes, in order; texts of links and handlers would show."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[object, ...]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, tuple(name for name, _ in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(("/", tag))

    def handle_comment(self, data: str) -> None:
        self.found.append(("comment",))


@cache
def plain(year: YearSummary, share: str, kind: str) -> object:
    """The structure of a page, or of Markdown, of plain words."""
    found = filled(year, PLAIN, share)
    return bones(page(found)) if kind == "html" else tokens(markdown(found))


def bones(text: str) -> list[tuple[object, ...]]:
    """The skeleton without the paragraphs of quotes, of which a text of several lines has several."""
    return [each for each in Skeleton(text).found if each not in (("p", ()), ("/", "p"))]


@MANY
@given(text=TEXTS, share=SHARES)
def test_html_has_the_elements_of_a_plain_page(year: YearSummary, text: str, share: str) -> None:
    made = page(filled(year, text, share))
    assert bones(made) == plain(year, share, "html")
    for drawing in re.findall(r"<svg .*?</svg>", made, flags=re.DOTALL):
        ET.fromstring(drawing)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\u202a-\u202e\U000e0000-\U000e007f]", made)


def tokens(text: str) -> list[tuple[str, str]]:
    """Block and inline structure, without what quotes and their lines consist of."""
    parsed = MarkdownIt("gfm-like", {"html": True, "linkify": False}).enable(["table", "strikethrough"]).parse(text)
    found = [(token.type, token.tag) for token in parsed]
    inline = [(child.type, child.tag) for token in parsed for child in token.children or () if child.type != "text"]
    flat = [each for each in found if each[0] not in ("paragraph_open", "paragraph_close", "inline")]
    return flat + [each for each in inline if each[0] not in ("softbreak", "text_special")]


@MANY
@given(text=TEXTS, share=SHARES)
def test_markdown_has_the_structure_of_plain_text(year: YearSummary, text: str, share: str) -> None:
    assert tokens(markdown(filled(year, text, share))) == plain(year, share, "md")


@MANY
@given(text=TEXTS)
def test_no_cell_is_a_formula(year: YearSummary, text: str) -> None:
    found = filled(year, text, "full")
    usual = tables(filled(year, PLAIN, "full"), [])
    for name, content in tables(found, []).items():
        rows = list(csv.reader(io.StringIO(content, newline="")))
        assert len(rows) == len(list(csv.reader(io.StringIO(usual[name], newline="")))), name
        for row in rows[1:]:
            for cell in row:
                # A number may begin with a sign; text that does is quoted.
                assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\x00")) or _number(cell), cell


def _number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


@MANY
@given(text=TEXTS)
def test_the_card_is_well_formed(year: YearSummary, text: str) -> None:
    made = card_svg(filled(year, text, "friends"))
    usual = card_svg(filled(year, PLAIN, "friends"))
    assert {each.tag for each in ET.fromstring(made).iter()} == {each.tag for each in ET.fromstring(usual).iter()}


@FEW
@given(text=TEXTS)
def test_every_text_can_be_drawn_and_printed(year: YearSummary, text: str) -> None:
    from learnhabit.reports.paper import pdf

    found = filled(year, text, "full")
    assert card(filled(year, text, "friends")).startswith(b"\x89PNG")
    assert pdf(page(found)).startswith(b"%PDF")
