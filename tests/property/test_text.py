"""The display filter, JSON and ids, for any text."""

from __future__ import annotations

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from learnhabit.domain.text import accept, display, display_line, escape_json, slug

_NASTY = (
    "\x00\x07\x1b\x7f\x80\x9b\x9f\r\n\t"
    "\u061c\u200b\u200d\u200e\u200f\u202a\u202e\u2066\u2069\ufeff\U000e0041\ud800\udfff"
)
TEXTS = st.text(st.one_of(st.characters(), st.characters(categories=["Cc", "Cf", "Cs", "Zl"]), st.sampled_from(_NASTY)))
STORED = TEXTS.map(lambda text: accept(text)[0])


def forbidden(character: str) -> bool:
    """Whether a character may not be shown, by the list of the design, one by one."""
    code = ord(character)
    return (
        (code < 0x20 and character not in "\n\t")
        or 0x7F <= code <= 0x9F
        or code in (0x061C, 0x200B, 0x200E, 0x200F, 0xFEFF)
        or 0x202A <= code <= 0x202E
        or 0x2066 <= code <= 0x2069
        or 0xD800 <= code <= 0xDFFF
        or 0xE0000 <= code <= 0xE007F
    )


def test_each_character_alone() -> None:
    """All 1,114,112, against the list."""
    for block in range(0, 0x110000, 0x1000):
        characters = [chr(code) for code in range(block, block + 0x1000)]
        kept = "".join(each for each in characters if not forbidden(each))
        assert display("".join(characters)) == kept


@given(TEXTS)
def test_display(text: str) -> None:
    shown = display(text)
    assert shown == "".join(each for each in text if not forbidden(each))
    assert display(shown) == shown
    line = display_line(text)
    assert not re.search("[\n\t]|  ", line)
    assert line == line.strip()
    assert display_line(line) == line == display_line(shown)


@given(TEXTS)
def test_accept(text: str) -> None:
    kept, changed = accept(text)
    assert "\x00" not in kept
    assert "\r" not in kept
    kept.encode()
    assert accept(kept) == (kept, False)
    assert changed == any(each == "\x00" or 0xD800 <= ord(each) <= 0xDFFF for each in text)


VALUES = st.recursive(
    st.one_of(STORED, st.integers(), st.booleans(), st.none()),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(STORED, inner, max_size=4)),
    max_leaves=5,
)


@given(VALUES, st.sampled_from([None, 2]), st.booleans())
def test_json_keeps_everything_and_prints_nothing_raw(value: object, indent: int | None, ascii_only: bool) -> None:
    printed = escape_json(json.dumps(value, ensure_ascii=ascii_only, indent=indent))
    assert json.loads(printed) == value
    assert display(printed) == printed
    assert escape_json(printed) == printed


@given(TEXTS, st.sets(st.sampled_from(["topic", "topic-2", "a", "a-2", "b", "x-y"])))
def test_slug(title: str, taken: set[str]) -> None:
    found = slug(title, taken)
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", found)
    assert found not in taken
    assert len(found) <= 62
    assert slug(found, ()) == found
