"""What may be shown, what may be stored, and ids made of titles."""

from __future__ import annotations

import json

import pytest

from learnhabit.domain.text import accept, display, display_line, escape_json, quoted, slug


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("plain", "plain"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("[/] [@click=app.quit]x[/] [Python]", "[/] [@click=app.quit]x[/] [Python]"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\x1b]52;c;aGk=\x07", "]52;c;aGk="),
        ("\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\", "]8;;https://example.org\\link]8;;\\"),
        ("\x9b31mC1\x9d0;title\x9c", "31mC10;title"),
        ("a\x00b\x08c\x7fd\x80e\x9ff", "abcdef"),
        ("line\r\nend\rhere\x0b\x0c", "line\nendhere"),
        ("a\x85b", "ab"),
        ("\u202etxt.exe\u202c", "txt.exe"),
        ("\u2066a\u2067b\u2068c\u2069\u200e\u200f\u061c", "abc"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("tag\U000e0001\U000e0041\U000e007f", "tag"),
        ("lone\ud800 and \udfff", "lone and "),
        ("👩\u200d🔬", "👩\u200d🔬"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("e\u0301 検索 ｗｉｄｅ 한국어", "e\u0301 検索 ｗｉｄｅ 한국어"),
        ("\u2028\u2029\xa0", "\u2028\u2029\xa0"),
    ],
)
def test_display(text: str, shown: str) -> None:
    assert display(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("  two \n\n lines\tand  a tab ", "two lines and a tab"),
        ("a\r\nb", "a b"),
        ("a\u2028b\u2029c\xa0d", "a b c d"),
        ("\x1b\n\x07", ""),
        ("a\x1b \x07b", "a b"),
    ],
)
def test_display_line(text: str, shown: str) -> None:
    assert display_line(text) == shown


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ('"plain é 検索"', '"plain é 検索"'),
        ('"\x7f"', '"\\u007f"'),
        ('"\x9b31m"', '"\\u009b31m"'),
        ('"\u202e\u200b\ufeff"', '"\\u202e\\u200b\\ufeff"'),
        ('"\U000e0041"', '"\\udb40\\udc41"'),
        ('"\ud800"', '"\\ud800"'),
        ('{\n "a": "\\n\\u001b"\n}', '{\n "a": "\\n\\u001b"\n}'),
        ('"👩\u200d🔬"', '"👩\u200d🔬"'),
    ],
)
def test_escape_json(text: str, escaped: str) -> None:
    assert escape_json(text) == escaped
    assert json.loads(escaped) == json.loads(text)


@pytest.mark.parametrize(
    ("text", "kept", "changed"),
    [
        ("", "", False),
        ("plain é", "plain é", False),
        ("a\nb\tc", "a\nb\tc", False),
        ("a\r\nb\rc", "a\nb\nc", False),
        ("a\x00b", "ab", True),
        ("a\ud83db\udfff", "ab", True),
        ("\x00\r\n", "\n", True),
        ("\x1b[31m\u202e", "\x1b[31m\u202e", False),
        ("😀\U000e0041", "😀\U000e0041", False),
    ],
)
def test_accept(text: str, kept: str, changed: bool) -> None:
    assert accept(text) == (kept, changed)


@pytest.mark.parametrize(
    ("title", "taken", "found"),
    [
        ("Rust for ML", (), "rust-for-ml"),
        ("Rust for ML", ("rust-for-ml",), "rust-for-ml-2"),
        ("Rust for ML", ("rust-for-ml", "rust-for-ml-2", "rust-for-ml-3"), "rust-for-ml-4"),
        ("  Überlänge & Café!  ", (), "uberlange-cafe"),
        ("C++ / C#", (), "c-c"),
        ("ｗｉｄｅ ①", (), "wide-1"),
        ("検索", (), "topic"),
        ("", (), "topic"),
        ("---", ("topic",), "topic-2"),
        ("x" * 100, (), "x" * 60),
        ("x" * 59 + " yz", (), "x" * 59),
        ("../../etc/passwd", (), "etc-passwd"),
    ],
)
def test_slug(title: str, taken: tuple[str, ...], found: str) -> None:
    assert slug(title, taken) == found


@pytest.mark.parametrize(
    ("text", "shown"),
    [("", "“”"), (" a\nb ", "“a b”"), ("x" * 60, f"“{'x' * 60}”"), ("x" * 61, f"“{'x' * 60}…”")],
)
def test_quoted(text: str, shown: str) -> None:
    assert quoted(text) == shown
